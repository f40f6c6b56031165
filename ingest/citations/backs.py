"""Back references: ``Nghị định này``, ``Luật trên``, ``văn bản nói trên``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.citations.letters import NO_LETTER, occurrences

_THIS_RE = re.compile(
    rf"(?:này|(?:nêu|nói|kể)[ \n]{{1,2}}trên|trên|nêu[ \n]trên đây|đó){NO_LETTER}",
)
#: How a pointing word begins, behind white space.
_MARKERS = tuple(gap + word for gap in " \n" for word in ("này", "trên", "đó", "nêu", "nói", "kể"))
_WORDS = (
    "Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp", "Sắc lệnh", "Nghị định", "Nghị quyết", "Quyết định", "Chỉ thị",
    "Thông tư liên tịch", "Thông tư liên bộ", "Thông tư", "Thông tri", "Văn bản hợp nhất", "Văn bản", "Công văn",
    "Kế hoạch", "Kết luận", "Công điện", "Tờ trình", "Thông báo", "Quy chế", "Quy định", "Điều lệ", "Hướng dẫn",
    "Chương trình hành động", "Chương trình", "Đề án", "Chiến lược", "Phương án", "Báo cáo", "Quy hoạch", "Lệnh",
    "Quy trình", "Thông cáo", "Bản Quy định", "Bản Quy chế",
)  # fmt: skip
#: Small letters mean a document only with these: ``quy định này`` is a rule, not a paper.
_SMALL = (
    "bộ luật", "luật", "pháp lệnh", "nghị định", "nghị quyết", "quyết định", "chỉ thị", "thông tư liên tịch",
    "thông tư", "văn bản", "công văn", "kế hoạch",
)  # fmt: skip
_BACK_RE = re.compile(
    r"(?<![^\W\d_])(?:" + "|".join(word.replace(" ", r"[ \n]") for word in (*_WORDS, *_SMALL)) + r")[ \n]{1,2}$"
)
#: Of ``trên`` and ``đó``: what follows makes it a place, not a reference (``Luật trên cơ sở``).
_ENDED_RE = re.compile(
    r"[ \n]*(?:[.,;:)”\"]|$)|[ \n](?:và|thì|được|đã|do|có|là|để|của|mà|cho|phải|không|cũng|hết|bị|sẽ|chưa|vẫn"
    rf"|hoặc|còn|đang|nhưng){NO_LETTER}"
)
_LONGEST = 24
#: ``văn bản pháp luật nêu trên`` are texts of law, no law.
_LEGAL = ("pháp ", "pháp\n")


@dataclass(frozen=True, slots=True)
class Back:
    """A back reference: its range, the type it names (None for ``văn bản``), whether it means this text."""

    start: int
    end: int
    type: str | None
    own: bool


def find_backs(text: str) -> Iterator[Back]:
    """The back references of a text, in reading order.

    >>> text = "Nghị định này thay thế văn bản nói trên; Trường Đại học Luật trên cơ sở"
    >>> [(text[back.start : back.end], back.own) for back in find_backs(text)]
    [('Nghị định này', True), ('văn bản nói trên', False)]
    """
    floor = 0
    for before in occurrences(text, _MARKERS):
        at = before + 1
        found = _THIS_RE.match(text, at) if at >= floor else None
        if found is None:
            continue
        floor = found.end()
        head = _BACK_RE.search(text, max(0, at - _LONGEST), at)
        if head is None:
            continue
        if text[max(0, head.start() - 5) : head.start()].lower() in _LEGAL:
            continue
        said = found.group()
        if said in ("trên", "đó") and (head.group()[0].islower() or not _ENDED_RE.match(text, found.end())):
            continue
        word = " ".join(head.group().split()).removeprefix("Bản ")
        kind = word[0].upper() + word[1:]
        if kind == "Thông tư liên bộ":
            kind = "Thông tư liên tịch"
        yield Back(head.start(), found.end(), None if kind == "Văn bản" else kind, said == "này")
