"""FIG of one change that is told both ways: ``so với cùng kỳ (2.318,6) tăng 290,8``, elsewhere ``giảm 290,8``.

Which way is right is told by the values beside it at one of the places; a change of three digits or more, in one
unit, is hardly told of two things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.reading.change_forms import FROM_FORMS, SINCE_FORMS
from graphs.checks.reading.forms import BARE, SIGN, WORDS, Signs, signs_of
from graphs.checks.reading.moved import Moved, fits, head, read_moved
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding

_WAY_RE = re.compile(rf"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được|mạnh|nhẹ|là))*\s*(?P<sign>{SIGN})", re.IGNORECASE)
_OTHERWISE_RE = re.compile(
    r"\b(?:phấn đấu|mục tiêu|dự kiến|kế hoạch|bình quân|nếu|mỗi năm|chỉ tiêu)\b", re.IGNORECASE
)
_SINCE_RE = re.compile(r"so với|cùng kỳ|năm trước|trong kỳ|năm nay", re.IGNORECASE)
_FEWEST_DIGITS = 3


_MORE = r"(?:\s+(?:thêm|được|khoảng|gần|hơn))*"
#: A change and what is the same: "tăng 8 lượt so với năm trước (40 lượt), tương ứng tăng 20%".
_SAME_RE = re.compile(
    rf"\b(?P<one>tăng|giảm){_MORE}\s*(?P<change>{SIGN}){BARE}{{0,25}}(?:\bvà\s+{SIGN}{BARE}{{0,25}})?"
    rf"(?:\bso với\s+{WORDS}{{0,40}}(?:\([^()]{{0,40}}\)\s*)?)?[,(]\s*(?:tương ứng|tương đương|tức|hay)\s+"
    rf"(?:với\s+|là\s+)*(?P<other>tăng|giảm){_MORE}\s*(?P<share>{SIGN})"
    rf"(?=\s*(?:điểm\s*)?(?:%\s*|phần trăm\s*)?(?:[.,;)(]|$|và\s+{SIGN}|so với\b|trong\b))",
    re.IGNORECASE,
)
#: Who left what should be little: more of them is less of it.
_ESCAPED_RE = re.compile(r"\bthoát\b|\bkhông còn\b", re.IGNORECASE)
_RATES = ("%", "điểm")


@dataclass(frozen=True, slots=True)
class _Told:
    """A change, the word for its way, and where it stands."""

    figure: Figure
    way: str
    where: Stated
    signs: Signs


def check_both_ways(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A change that its values show to be a rise is no fall elsewhere."""
    told: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for where in everywhere(subject) if not subject.is_rule() else ():
        if "ăng" in where.text or "iảm" in where.text:
            signs = signs_of(where)
            for found in _WAY_RE.finditer(signs.text):
                figure = signs.of(found["sign"])
                if _is_telling(figure):
                    key = (figure.value, head(figure))
                    told[key].append(_Told(figure, found["way"].lower(), where, signs))
            yield from _at_once(where, signs, tally, by)
    for changes in told.values():
        if len({one.way for one in changes}) > 1:
            yield from _against(changes, tally, by)


def _at_once(where: Stated, signs: Signs, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A change told as a number and as a rate goes one way: ``giảm 310 hộ, tương ứng giảm 2,06 điểm``."""
    for found in _SAME_RE.finditer(signs.text):
        figure, change = signs.of(found["share"]), signs.of(found["change"])
        one, other = found["one"].lower(), found["other"].lower()
        clause = signs.text[max(signs.text.rfind(mark, 0, found.start()) for mark in ".;") + 1 : found.end()]
        if head(figure) not in _RATES or figure.of or _ESCAPED_RE.search(clause):
            continue
        if one == other:
            tally.held += 1
            continue
        tally.failed += 1
        yield by.finding(
            (figure.span, change.span),
            f"ghi {one} {change.printed}, nhưng tương ứng {other} {figure.printed}",
            f"{one} {change.printed} is said to be the same as {other} {figure.printed}",
            stated=f"{other} {figure.printed}",
            expected=f"{one} {figure.printed}, hoặc {other} {change.printed}",
            suggestion=both("đối chiếu chiều tăng, giảm", "compare which way it went"),
            page=where.block.page,
        )


def _is_telling(figure: Figure) -> bool:
    digits = figure.value.replace(".", "").strip("0")
    return len(digits) >= _FEWEST_DIGITS and not figure.of and not figure.bound and bool(head(figure))


def _against(changes: list[_Told], tally: Tally, by: Rule) -> Iterator[Finding]:
    shown = [(one, moved) for one in changes if (moved := _shown(one))]
    if len({one.way for one, _ in shown}) != 1:
        return
    right, moved = shown[0]
    values = f"{moved.earlier.printed} → {moved.later.printed}"
    for one in changes:
        low = one.signs.sentence_start(one.signs.text.index(one.signs.sign(one.figure)))
        sentence = re.split(r"(?<=\.)\s", one.signs.text[low:])[0]
        if one.way == right.way or not _SINCE_RE.search(sentence) or _OTHERWISE_RE.search(sentence):
            continue
        tally.failed += 1
        yield by.finding(
            (one.figure.span,),
            f"ghi {one.way} {one.figure.printed}, nhưng chỗ khác ghi {right.way} {right.figure.printed},"
            f" khớp hai giá trị kèm theo ({values})",
            f"{one.way} {one.figure.printed} is stated, elsewhere {right.way} {right.figure.printed}, as its"
            f" two values show ({values})",
            stated=f"{one.way} {one.figure.printed}",
            expected=f"{right.way} {right.figure.printed}",
            evidence=(right.figure.span, moved.earlier.span, moved.later.span),
            suggestion=both("đối chiếu chiều tăng, giảm ở hai chỗ", "compare which way it went at both places"),
            page=one.where.block.page,
        )


def _shown(told: _Told) -> Moved | None:
    """The two values beside a change that show that it is right; None where none do."""
    for form in (*SINCE_FORMS, *FROM_FORMS):
        for match in form.read(told.signs):
            if match.figures.get("change") == told.figure:
                moved = read_moved(told.signs, match)
                if moved is not None and fits(moved):
                    return moved
    return None
