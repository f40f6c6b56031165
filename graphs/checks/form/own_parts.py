"""Where a paper refers to a part of its own by a path of labels: ``điểm b khoản 2 mục III``, ``mục II.6``.

The path is followed from its Roman part inwards. A label is missing where the part around it numbers others and
goes no further, or does not skip any.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.models import Document, Unit, UnitKind
from kb.text.roman import roman_value

_ELEMENT = (
    r"(?:[Đđ]iểm|[Kk]hoản|[Tt]iểu mục|[Mm]ục|[Pp]hần)\s+"
    r"(?:(?-i:[IVX]{1,5})(?:\.\d{1,2}){0,3}|\d{1,2}(?:\.\d{1,2}){0,2}|(?-i:[a-eghiklmnđ]))(?![\w/%-]|[.,]\d)"
)
_PATH_RE = re.compile(rf"\b{_ELEMENT}(?:\s*,?\s*(?:của\s+)?{_ELEMENT}){{0,3}}")
_LABEL_RE = re.compile(r"(?:iểm|hoản|ục|hần)\s+(?P<label>[^\s,]+)")
#: An article is of a rule; a part that is said to be of something has its name behind it.
_OF_RULE_RE = re.compile(r"\s*,?\s*(?:của\s+)?(?:Điều|Chương|Phụ lục|Mẫu)\b")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class MissingPart:
    """Where a path stands, its label that is not there, the part that should have it, the labels of that."""

    start: int
    end: int
    label: str
    around: Unit
    there: tuple[str, ...]


class OwnParts:
    """The numbered parts of a paper, to be asked for those that it refers to."""

    def __init__(self, document: Document) -> None:
        self._under: dict[str, list[Unit]] = defaultdict(list)
        self._tops: dict[str, list[Unit]] = defaultdict(list)
        for unit in document.units:
            if unit.kind not in (UnitKind.ITEM, UnitKind.PART, UnitKind.SECTION):
                continue
            self._under[unit.parent or ""].append(unit)
            if roman_value(label := _label(unit)):
                self._tops[label].append(unit)

    def missing(self, text: str) -> Iterator[MissingPart]:
        """The paths of a text whose last labels no part of the paper has."""
        for found in _PATH_RE.finditer(text) if "ục " in text or "hần " in text else ():
            path = _path(found.group())
            tops = self._tops.get(path[0], []) if len(path) > 1 else []
            if not tops or _OF_RULE_RE.match(text, found.end()):
                continue
            lacks = [self._lacks(top, path[1:]) for top in tops]
            if None not in lacks and (first := lacks[0]) is not None:
                label, around, there = first
                yield MissingPart(found.start(), found.end(), label, around, there)

    def _lacks(self, top: Unit, path: Sequence[str]) -> tuple[str, Unit, tuple[str, ...]] | None:
        """The first label of a path that a part has not, where it may be known; None where all are there."""
        around = top
        for at, label in enumerate(path):
            under = self._under.get(around.eid, [])
            nested = ".".join(path[: at + 1])
            inner = next((one for one in under if _label(one) in (label, nested)), None)
            if inner is None:
                there = tuple(one for one in map(_label, under) if label.isdigit() == one.isdigit())
                return (label, around, there) if _is_known(label, there) else None
            around = inner
        return None


def _label(unit: Unit) -> str:
    return unit.label.strip(" .)(").rpartition(" ")[2]


def _path(words: str) -> list[str]:
    """The labels of a path from its Roman one inwards; none where that stands neither first nor last.

    >>> _path("điểm b khoản 2 mục III"), _path("mục II.6"), _path("Mục I, khoản 7"), _path("khoản 2")
    (['III', '2', 'b'], ['II', '6'], ['I', '7'], [])
    """
    labels = [found["label"].split(".") for found in _LABEL_RE.finditer(words)]
    if roman_value(labels[-1][0]):
        labels.reverse()
    elif not roman_value(labels[0][0]):
        return []
    return [label for one in labels for label in one]


def _is_known(label: str, there: Sequence[str]) -> bool:
    """Whether a label is surely not among those of a part: numbers from one on, or letters from a."""
    if label in there or len(there) < _FEWEST or there[0] not in ("1", "a"):
        return False
    if label.isdigit():
        numbers = [int(one) for one in there]
        return int(label) > max(numbers) or len(set(numbers)) == max(numbers)
    return label > max(there)
