"""FIG of changes whose values are told by their years, or by their name in the sentence before.

``98.400 hồ sơ (2022); 214.512 hồ sơ (2023) … 301.200 hồ sơ, so với năm 2023 tăng 40,4%``; ``năm 2025 cần 397,9
tỷ … năm 2027 cần 1.022,1 tỷ. Nhu cầu năm 2027 gấp 2,57 lần năm 2025``. A change is wrong only where no two values
of its paragraph give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from graphs.checks.changes.alongside import Named, named_counts
from graphs.checks.reading.forms import BARE, PLANNED_RE, SIGN, WORDS, Signs, signs_of
from graphs.checks.reading.moved import Moved, head, judge
from graphs.checks.reading.prose import everywhere
from graphs.checks.report import Rule, Subject, Tally
from kb.models import Figure, Finding

_YEAR = r"(?:19|20)\d\d"
_WAY = r"\b(?P<way>tăng|giảm|gấp|cao hơn|thấp hơn|nhiều hơn|ít hơn)(?:\s+(?:thêm|được|khoảng|gần|hơn))?\s*"
_VALUE_RES = (
    re.compile(rf"(?P<figure>{SIGN})[^.;,()]{{0,25}}\((?:[^()]{{0,20}}?\s)?(?P<year>{_YEAR})\)"),
    re.compile(
        rf"\bnăm\s+(?P<year>{_YEAR})(?:\s+(?:(?!,){BARE}){{0,16}}?)?\s*(?:là|đạt|có|cần|thu|chi|được|:)\s*(?P<figure>{SIGN})",
        re.IGNORECASE,
    ),
)
_CHANGE_RES = (
    re.compile(
        rf"(?:\bnăm\s+(?P<own>{_YEAR})\s+)?{_WAY}(?P<change>{SIGN}){BARE}{{0,25}}?(?:so với\s+)?(?:cả\s+)?năm\s+"
        rf"(?P<year>{_YEAR})(?!\s*(?:\(|{SIGN}))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bso với\s+(?:cả\s+)?năm\s+(?P<year>{_YEAR})\s*,?\s*(?:thì\s+)?{_WAY}(?P<change>{SIGN})", re.IGNORECASE
    ),
)
#: What is compared is named at the head of the sentence; its later value stands in the one before.
_NAMED_RE = re.compile(
    rf"(?:^|[.;]\s+)(?P<subject>{BARE}{{4,60}}?)\s+so với\s+(?:mức\s+)?(?P<earlier>{SIGN}){WORDS}{{0,40}}?"
    rf"{_WAY}(?P<change>{SIGN})",
    re.IGNORECASE,
)
_IS_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|thêm|hơn|gấp|kém)\s*$", re.IGNORECASE)
_WORD_RE = re.compile(r"[^\W\d_]+")
_BEFORE, _SHARED = 320, 2


def check_by_year(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Changes since a year, or of a thing named, fit the values that the paragraph tells of them."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        text = where.text
        if (
            len(where.figures) < 3
            or "ăm" not in text
            or ("ăng" not in text and "iảm" not in text and "ấp" not in text)
        ):
            continue
        signs = signs_of(where)
        for moved in (*_since_years(signs), *_of_subjects(signs)):
            told = moved.change
            if told is None or _any_fits(where.figures, moved, told):
                tally.held += 1
            elif not moved.earlier.bound and not moved.later.bound and not told.bound:
                yield from judge(where, moved, tally, by)


def _any_fits(figures: Sequence[Figure], moved: Moved, change: Figure) -> bool:
    """Whether some two values of the unit, one after the other or not, give the change."""
    alike = [one for one in figures if head(one) == head(moved.earlier) and not one.of and one is not change]
    for earlier, later in permutations(alike, 2):
        if (earlier, later) == (moved.later, moved.earlier):
            continue  # the other way round it is the very slip
        tried = Moved(earlier, later, change, moved.way)
        off = tried.off()
        if tried.right_way and off is not None and off < 1:
            return True
    return False


def _since_years(signs: Signs) -> Iterator[Moved]:
    values: dict[str, list[Figure]] = {}
    for pattern in _VALUE_RES:
        for found in pattern.finditer(signs.text):
            figure = signs.of(found["figure"])
            if not figure.of and figure not in values.setdefault(found["year"], []):
                values[found["year"]].append(figure)
    if not values:
        return
    for pattern in _CHANGE_RES:
        for found in pattern.finditer(signs.text):
            change, own = signs.of(found["change"]), found.groupdict().get("own")
            if PLANNED_RE.search(signs.text, signs.sentence_start(found.start()), found.start()):
                continue
            for earlier in values.get(found["year"], ())[:1]:
                others = [one for year, known in values.items() if year != found["year"] for one in known]
                later = _later(signs, found.start(), earlier, values.get(own or "", []), others)
                if later is not None and len(values[found["year"]]) == 1 and _can_be(earlier, later, change):
                    yield Moved(earlier, later, change, found["way"].lower())


def _later(
    signs: Signs, at: int, earlier: Figure, own: Sequence[Figure], others: Sequence[Figure]
) -> Figure | None:
    """The value of the year named, else the nearest before a place, where it is that of another year."""
    if own:
        return own[0] if len(own) == 1 and head(own[0]) == head(earlier) else None
    for place in range(at - 1, max(0, at - _BEFORE), -1):
        if signs.text[place] == "." and signs.text[place + 1 : place + 2].isspace():
            return None
        if not signs.is_sign(signs.text[place]) or _IS_CHANGE_RE.search(signs.text, 0, place):
            continue
        figure = signs.of(signs.text[place])
        if head(figure) == head(earlier) and not figure.of:
            return figure if figure in others else None
    return None


def _can_be(earlier: Figure, later: Figure, change: Figure) -> bool:
    """Whether a change may be told between two values."""
    return not change.of and head(earlier) != "" and head(change) in ("%", "lần", "điểm", head(earlier))


def _of_subjects(signs: Signs) -> Iterator[Moved]:
    for found in _NAMED_RE.finditer(signs.text):
        words = frozenset(_WORD_RE.findall(found["subject"].lower())) - {"số", "tổng", "lượng", "riêng"}
        earlier, change = signs.of(found["earlier"]), signs.of(found["change"])
        told = Named(earlier, words)
        before = named_counts(signs, max(0, found.start() - _BEFORE), found.start("subject"))
        later = [one.figure for one in before if len(words) >= _SHARED and words <= one.words and one.names(told)]
        if len(later) == 1 and not earlier.of and _can_be(earlier, later[0], change):
            yield Moved(earlier, later[0], change, found["way"].lower())
