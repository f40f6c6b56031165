"""The code of a pattern with what a match may begin with, so that it is found fast in Vietnamese texts.

Before the matcher tries a pattern at a place of a text, it looks there for what the compiler says that a match
begins with: a word, or a set of characters. The compiler says so only of patterns that begin with nothing else.
Most of the program's begin at the edge of a word, after what may not stand before them, or with letters in either
case, and would be tried at every letter of a text. What takes no character does not matter: a match begins with
what the first thing takes that takes one.

This changes where a pattern is tried, never what it finds: the set may hold too many characters, not too few. What
a thing takes the matcher itself is asked. All stands on the inside of CPython as `kb.kept_patterns` does, which
alone uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeAlias

compiler: Any = import_module("re._compiler")
words: Any = import_module("re._constants")
parser: Any = import_module("re._parser")
matching: Any = import_module("_sre")

#: A pattern as it is read: a row of parts, of each what it is and what is told about it.
_Parts: TypeAlias = Any
_What: TypeAlias = Any
_About: TypeAlias = Any
#: The characters with a number below this are told one by one, those above all together.
_PLANE, _LAST, _BLOCK = 0x10000, 0x10FFFF, 0x100
#: Characters of the plane: a number with one byte for each, so that sets are put together fast.
_Taken: TypeAlias = int

_BEGINNINGS = (words.AT_BEGINNING, words.AT_BEGINNING_STRING, words.AT_BEGINNING_LINE)
_REPEATS = (words.MAX_REPEAT, words.MIN_REPEAT, words.POSSESSIVE_REPEAT)
_WITHOUT_WIDTH = (words.AT, words.ASSERT, words.ASSERT_NOT)
_OF_ONE = (words.LITERAL, words.NOT_LITERAL, words.IN, words.ANY)
#: So many rows of characters are sooner compared than looked up.
_FEW = 3


def code_of(parsed: _Parts, flags: int) -> list[int]:
    """The code for the matcher of a parsed pattern."""
    code: list[int] = compiler._code(parsed, flags)
    skip, told, least = code[1:4]
    first = code[skip + 1 : skip + 3]
    # What holds only where a text or a line begins is passed over faster than any set.
    if told or not least or (first[0] == words.AT and first[1] in _BEGINNINGS):
        return code
    start = _Start()
    if start.add(parsed, flags | parsed.state.flags) or start.unknown:
        return code
    chars = _set(start.taken, start.beyond)
    return [words.INFO, 4 + len(chars), words.SRE_INFO_CHARSET, *code[3:5], *chars, *code[skip + 1 :]]


class _Start:
    """The characters that a match may begin with, told by the parts of a pattern one after the other."""

    def __init__(self) -> None:
        self.taken: _Taken = 0
        self.beyond = self.unknown = False

    def add(self, parts: _Parts, flags: int) -> bool:
        """Take in what a row of parts may begin with, and say whether it may also take nothing."""
        return all(self._add_part(what, about, flags) for what, about in parts)

    def _add_part(self, what: _What, about: _About, flags: int) -> bool:
        if what in _WITHOUT_WIDTH:
            return True
        if what in _OF_ONE:
            self.taken |= _taken(what, tuple(about) if what == words.IN else about, flags)
            # No letter of the plane has its other case beyond it.
            self.beyond |= what != words.LITERAL or about >= _PLANE
            return False
        if what == words.SUBPATTERN:
            return self.add(about[3], compiler._combine_flags(flags, about[1], about[2]))
        if what == words.BRANCH:
            may_be_empty = [self.add(way, flags) for way in about[1]]  # each is taken in
            return any(may_be_empty)
        if what in _REPEATS:
            return self.add(about[2], flags) or about[0] == 0
        if what == words.ATOMIC_GROUP:
            return self.add(about, flags)
        self.unknown = True  # what a group took, or what hangs on it
        return False


@lru_cache(maxsize=4096)
def _taken(what: _What, about: _About, flags: int) -> _Taken:
    """The characters of the plane that one thing takes, as the matcher says."""
    thing = parser.SubPattern(parser.State(), [(what, list(about) if what == words.IN else about)])
    run = parser.SubPattern(thing.state, [(words.MAX_REPEAT, (1, words.MAXREPEAT, thing))])
    code: list[int] = []
    compiler._compile(code, run, flags)
    matcher = matching.compile("", flags, [*code, words.SUCCESS], 0, {}, (None,))
    taken = bytearray(_PLANE)
    for found in matcher.finditer(_plane()):
        taken[slice(*found.span())] = b"\1" * len(found[0])
    return int.from_bytes(taken, "little")


@lru_cache(maxsize=1)
def _plane() -> str:
    return "".join(map(chr, range(_PLANE)))


@lru_cache(maxsize=1024)
def _set(taken: _Taken, beyond: bool) -> tuple[int, ...]:
    """Characters as the matcher takes a set of them: row by row, or by a table."""
    told = taken.to_bytes(_PLANE, "little")
    rows = [*_rows(told), *([(_PLANE, _LAST)] if beyond else [])]
    if len(rows) > _FEW:
        rows = rows[-1:] if beyond else []
        table = _table(told)
    else:
        table = ()
    return (*table, *(code for row in rows for code in (words.RANGE, *row)), words.FAILURE)


def _rows(told: bytes) -> Iterator[tuple[int, int]]:
    """The first and the last of the characters that follow each other."""
    end = 0
    while (low := told.find(1, end)) >= 0:
        end = told.find(0, low)
        end = end if end >= 0 else _PLANE
        yield low, end - 1


def _table(told: bytes) -> tuple[int, ...]:
    """A table of characters: the block that stands for each, then every block once, with a bit a character."""
    blocks = [told[at : at + _BLOCK] for at in range(0, _PLANE, _BLOCK)]
    apart = list(dict.fromkeys(blocks))
    places = compiler._bytes_to_codes(bytes(map(apart.index, blocks)))
    return (words.BIGCHARSET, len(apart), *places, *compiler._mk_bitmap(b"".join(apart)))
