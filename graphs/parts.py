"""The articles of a chapter or a section: what is repealed with it, where the text that has it is held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kb.models import UnitKind
from kb.store import graph as rows
from kb.store.graph import Base, Record
from kb.text.roman import roman_value

#: Levels that hold articles, outer first, and the kind of unit each of them is.
_LEVELS: Mapping[str, UnitKind] = {
    "phần": UnitKind.PART,
    "chương": UnitKind.CHAPTER,
    "mục": UnitKind.SECTION,
    "tiểu mục": UnitKind.SUBSECTION,
}
_NUMBER_RE = re.compile(r"(?:[IVXLC]+|\d+)(?=[a-zđ]?\W*$)")


class Parts:
    """Reads the units of the works that are asked for."""

    def __init__(self, connection: Base) -> None:
        self._connection = connection
        self._units: dict[str, Sequence[Record]] = {}

    def articles(self, work: str, place: str) -> list[str]:
        """The articles under a stored place of chapters and sections (``điều 5``); none where no text tells.

        What is no such place, or stands in an annex, has none.
        """
        steps = [step.rpartition(" ") for step in place.split("/")]
        if not place or any(level not in _LEVELS for level, _, _ in steps):
            return []
        if work not in self._units:
            kinds = [kind.value for kind in (*_LEVELS.values(), UnitKind.ARTICLE)]
            self._units[work] = rows.unit_rows(self._connection, work, kinds)
        units = self._units[work]
        found: list[Record] = []
        for level, _, number in steps:
            inside = [unit for unit in units if not found or _holds(found[0], unit)]
            found = [
                one for one in inside if one.kind == _LEVELS[level].value and _value(one.label) == _value(number)
            ]
            if len(found) != 1:
                return []
        return list(
            _labels(unit for unit in units if unit.kind == UnitKind.ARTICLE.value and _holds(found[0], unit))
        )


def _holds(outer: Record, inner: Record) -> bool:
    return bool(outer.start <= inner.start < outer.end and inner is not outer)


def _value(label: str) -> int:
    """The number of a chapter or a section, whichever figures it is printed in.

    >>> _value("Chương III"), _value("MỤC 3."), _value("Phần thứ nhất")
    (3, 3, 0)
    """
    found = _NUMBER_RE.search(label.strip())
    return 0 if found is None else int(found.group()) if found.group().isdigit() else roman_value(found.group())


def _labels(units: Iterable[Record]) -> Iterable[str]:
    for unit in units:
        found = re.search(r"\d+[a-zđ]?", unit.label)
        if found:
            yield f"điều {found.group()}"
