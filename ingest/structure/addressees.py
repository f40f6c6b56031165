"""Whom a letter is addressed to (Kính gửi) and who receives copies (Nơi nhận)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GREETING_RE = re.compile(r"(?:Kính\s+gửi|KÍNH\s+GỬI|(?<=\n)[^\n]{3,50}\sđiện|Gửi)\s*:\s*")
_BULLET_RE = re.compile(r"^[\s*_]*[-–+•][\s*_]*")
_END_RE = re.compile(r"[;.,:\s*_]+$")
_MOST = 60


def find_addressees(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    """The addressees of a head behind its greeting: start, end and name of each."""
    greeting = _GREETING_RE.search(text, start)
    if greeting is None:
        return
    at = greeting.end()
    bulleted = False
    for _ in range(_MOST):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        bullet = _BULLET_RE.match(line)
        if line.strip():
            if (bulleted and bullet is None) or len(line) > 400 or line.strip().endswith(":"):
                return
            bulleted = bulleted or bullet is not None
            yield from _pieces(line, at, bullet.end() if bullet else 0)
            if not bulleted and not line.rstrip().endswith((";", ",")):
                return
            if line.rstrip().endswith("."):
                return
        if end < 0:
            return
        at = end + 1


def _pieces(line: str, at: int, first: int) -> Iterator[tuple[int, int, str]]:
    """The names of a line, which semicolons part."""
    while first < len(line):
        stop = line.find(";", first)
        stop = len(line) if stop < 0 else stop
        piece = line[first:stop]
        words = _END_RE.sub("", piece).strip(" *_")
        if words:
            begin = at + first + len(piece) - len(piece.lstrip())
            yield begin, begin + len(piece.strip()), " ".join(words.split())
        first = stop + 1
