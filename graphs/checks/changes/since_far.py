"""FIG of a change told with the value that it is since, while the value now stands in another paragraph.

``nhiều hơn 15 hồ chứa so với quy hoạch (60 hồ chứa)`` where the paper has 71 of them. What the two give
must be told nowhere, and one other value alone, of the unit and the words, may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.mentions import Mention, mentions
from graphs.checks.reading.moved import RISES, head, scaled
from graphs.checks.reading.named import GENERAL, thing_words, with_unit
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Finding

_WAY_RE = re.compile(rf"\b(?P<way>{'|'.join(RISES)}|giảm|thấp hơn|ít hơn)(?:\s+(?:thêm|được))*\s*$", re.IGNORECASE)
_SINCE_RE = re.compile(r"[^.;()%]{0,60}\bso với\b[^.;()]{0,60}\(\s*(?:là\s+|đạt\s+)?$")
_CLOSE_RE = re.compile(r"[^()\d]{0,25}\)")
_SHORT_RE = re.compile(r"\b[A-ZĐ]{3,}\b")
#: "So với năm 2020 (14 vụ cháy, thiệt hại 3,2 tỷ đồng), số vụ cháy tăng 05 vụ".
_OPENS_RE = re.compile(r"\bSo với\s(?:cùng kỳ\s)?năm\s(?:19|20)\d\d\s*\((?P<was>[^()]+)\)\s*,(?P<now>[^.]+)")
_NAME_RE = re.compile(r"(?:^|[,;]\s|\bvà\s)\s*(?P<name>[^,;\d()]+?)\s*$")
_NO_COUNTS = ("", "%", "điểm", "lần", "bậc", "ngày", "tháng", "năm")
#: So many times more or less than it is told to be, a change may be meant.
_FAR, _WORDS, _NEAR = 3, 2, 20


def check_since_far(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """What a value and a change since it give is told somewhere, where the value now is."""
    told = mentions(subject) if not subject.is_rule() else ()
    for at, change in enumerate(told[:-1]):
        earlier = told[at + 1]
        if earlier.where is not change.where or not _is_since(change, earlier):
            continue
        way = _WAY_RE.search(change.where.text, 0, change.where.start(change.figure))
        if way is None or any(
            _is_alike(one, change) for one in told[at - change.at : at] if _in_sentence(one, change)
        ):
            continue
        sign = 1 if way["way"].lower() in RISES else -1
        old, by_much = scaled(earlier.figure), scaled(change.figure)
        exact = old + sign * by_much
        alike = [one for one in told if one not in (change, earlier) and _is_alike(one, change)]
        if any(scaled(one.figure) == exact for one in alike):
            tally.held += 1
            continue
        meant = [
            one
            for one in alike
            if one.where is not change.where
            and by_much <= _FAR * (scaled(one.figure) - old) * sign <= _FAR * _FAR * by_much
            and _says_the_same(one, change, way.start())
        ]
        if len({one.figure.value for one in meant}) == 1:
            tally.failed += 1
            yield _finding(by, change, earlier, meant[0], way["way"].lower())
    yield from _since_told_first(told, tally, by)


def _since_told_first(told: tuple[Mention, ...], tally: Tally, by: Rule) -> Iterator[Finding]:
    """A change whose sentence opens with the earlier values, against the value now in the paragraphs before."""
    for at, change in enumerate(told):
        text, start = change.where.text, change.where.start(change.figure)
        if "So với" not in text or head(change.figure) in _NO_COUNTS or change.figure.of:
            continue
        found = next((one for one in _OPENS_RE.finditer(text) if one.start("now") <= start < one.end()), None)
        way = _WAY_RE.search(text, found.start("now"), start) if found else None
        name = _NAME_RE.search(text[found.start("now") : way.start()]) if found and way else None
        if found is None or way is None or name is None:
            continue
        words = thing_words(name["name"]) - GENERAL - thing_words(change.figure.unit or "")
        near = [one for one in told[max(at - _NEAR, 0) : at] if _is_alike(one, change) and words <= _beside(one)]
        was = [one for one in near if found.start("was") <= _start_in(one, change) < found.end("was")]
        now = {one.figure.value: one for one in near if one.where is not change.where}
        if not words or len(was) != 1 or len(now) != 1:
            continue
        later = next(iter(now.values()))
        sign = 1 if way["way"].lower() in RISES else -1
        by_much = sign * (scaled(later.figure) - scaled(was[0].figure))
        if by_much == scaled(change.figure):
            tally.held += 1
        elif 0 < by_much <= _FAR * scaled(change.figure) <= _FAR * _FAR * by_much:
            tally.failed += 1
            yield _finding(by, change, was[0], later, way["way"].lower())


def _beside(one: Mention) -> frozenset[str]:
    """The words of a number between the commas around it."""
    before = re.split(r"[,;(]\s", f"{one.sentence} ")[-1]
    return thing_words(f"{before} {one.counted}")


def _start_in(one: Mention, change: Mention) -> int:
    """Where a mention stands in the paragraph of a change; before it where it stands in another one."""
    return one.where.start(one.figure) if one.where is change.where else -1


def _is_since(change: Mention, earlier: Mention) -> bool:
    """Whether a change is said to be since a value in a bracket behind it."""
    where = change.where
    return (
        head(change.figure) not in _NO_COUNTS
        and head(earlier.figure) in (head(change.figure), "")
        and not (change.figure.of or earlier.figure.of or earlier.figure.bound)
        and _SINCE_RE.fullmatch(where.between(change.figure, earlier.figure)) is not None
        and _CLOSE_RE.match(where.text, where.end(earlier.figure)) is not None
    )


def _in_sentence(one: Mention, change: Mention) -> bool:
    start = change.where.start(change.figure)
    return one.where is change.where and one.where.start(one.figure) >= start - len(change.sentence)


def _is_alike(one: Mention, change: Mention) -> bool:
    return head(one.figure) == head(change.figure) and not one.figure.bound


def _says_the_same(one: Mention, change: Mention, at: int) -> bool:
    """Whether the words before a change, an abbreviation among them, stand in the sentence of another number."""
    low = change.where.start(change.figure) - len(change.sentence)
    said = change.where.text[low:at]
    unit = thing_words(change.figure.unit or "")
    words = (thing_words(said) - GENERAL - unit) & one.clause
    named = set(_SHORT_RE.findall(said)) & set(_SHORT_RE.findall(one.sentence))
    return bool(named) or (len(words) > _WORDS and len(words) * 2 > len(thing_words(said) - GENERAL - unit))


def _finding(by: Rule, change: Mention, earlier: Mention, later: Mention, way: str) -> Finding:
    told, was, now = (with_unit(one.figure) for one in (change, earlier, later))
    apart = show(abs(Decimal(later.figure.value) - Decimal(earlier.figure.value)))
    return by.finding(
        (change.figure.span,),
        f"ghi {way} {told} so với {was}, nhưng chỗ khác ghi {now}: {apart}",
        f"{way} {told} since {was} is stated, but elsewhere it is {now}: {apart}",
        stated=f"{way} {change.figure.printed}",
        expected=apart,
        evidence=(earlier.figure.span, later.figure.span),
        suggestion=both("đối chiếu hai giá trị và mức tăng, giảm", "compare the two values and the change"),
        page=change.where.block.page,
    )
