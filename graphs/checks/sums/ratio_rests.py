"""FIG of what a ratio leaves: ``53/75 xã (70,7%); còn 22 xã chưa có``, ``46 trên 52 trường …, còn 06 trường``.

In papers without a fault the number behind "còn", "chưa" that follows a ratio of its things is always the rest.
One farther behind is held against it only where it is mistyped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import head
from graphs.checks.reading.placed import Placed, placed
from graphs.checks.reading.prose import Stated, everywhere, stated
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.sums.some_of import PEOPLE
from kb.bilingual import both
from kb.models import Figure, Finding, Span

#: Right before a rest; behind "giảm", "chỉ" the same word tells what something fell to, or what there is at all.
_LEFT_RE = re.compile(
    r"(?<!giảm )(?<!xuống )(?<!chỉ )(?<!rút )\b(?:còn(?: lại)?|số còn lại|chưa)\s*(?:là\s*)?:?\s*$", re.IGNORECASE
)
_OUT_OF_RE = re.compile(r"[^,;.()\d]{0,30}\b(?:trên|trong)\s+(?:tổng số\s+|tổng\s+|số\s+)?")
#: Words between that make the rest one of another time or of other things.
_OTHER_RE = re.compile(
    r"cùng kỳ|năm trước|kỳ trước|\bnăm (?:19|20)\d\d|\btrong đó\b|\bgiảm\b|\btăng\b|\briêng\b", re.IGNORECASE
)
#: Nouns under which any things are counted.
_ANY = frozenset(("", "đơn", "trường", "nơi", "địa"))
_PERSONS = PEOPLE | {"em", "trẻ", "cháu", "giáo viên"}
_BEHIND_RE = re.compile(r"\s*[^.;,()\d]{0,30}?\b(?:chưa|còn lại)\b", re.IGNORECASE)
_REACH, _BEHIND = 22, 60


def check_ratio_rests(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """What is left behind a ratio is its whole less its part; each number is told once."""
    if subject.is_rule():
        return
    told: set[Span] = set()
    for where in stated(subject):
        for finding in _right_behind(where, tally, by):
            told.add(finding.spans[0])
            yield finding
    for where in everywhere(subject):
        if "còn" in where.text or "chưa" in where.text:
            yield from (one for one in _farther_behind(where, tally, by) if one.spans[0] not in told)


def _right_behind(where: Stated, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``53/75 xã; còn 22 xã``: no other number between, and the word for a rest before it."""
    places = [one for one in placed(where) if not one.is_name]
    for at, left in enumerate(places):
        before = where.text[max(left.low, left.start - _REACH) : left.start]
        if left.sort == "%" or left.of or left.figure.bound or not _LEFT_RE.search(before):
            continue
        ratio = _ratio_before(places, at)
        if ratio is None or not _alike(ratio[2], left):
            continue
        part, whole, _, terms = ratio
        earlier = [one.of - one.value for one in places[:at] if one.of and head(one.figure) == head(left.figure)]
        if any(abs(rest - left.value) <= left.step / 2 for rest in (whole - part, *earlier)):
            tally.held += 1
            continue
        words = f"{show(_decimal(whole / left.scale))} - {show(_decimal(part / left.scale))}"
        yield _finding(where, left.figure, words, _decimal((whole - part) / left.scale), terms, tally, by)


def _farther_behind(where: Stated, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``742.000/905.000 thửa được đối chiếu; 163.000 thửa chưa đối chiếu``: one that is mistyped."""
    for at, ratio in enumerate(where.figures):
        if not ratio.of or not ratio.unit or ratio.unit == "%":
            continue
        for rest in where.figures[at + 1 : at + 4]:
            if rest.of and head(rest) == head(ratio):
                break  # what is left then is left of the nearer ratio
            words = where.text[where.end(rest) : where.end(rest) + _BEHIND]
            ahead = where.text[max(0, where.start(rest) - _BEHIND // 3) : where.start(rest)]
            left = _BEHIND_RE.match(words) or re.search(r"\bcòn(?:\s+lại)?\s+$", ahead)
            between = where.between(ratio, rest)
            if between.count(")") > between.count("("):
                break  # what a bracket tells of another time leaves nothing behind it
            one_thing = rest.unit and f"{ratio.unit} ".startswith(f"{rest.unit} ")
            if rest.of or rest.bound or not one_thing or not left:
                continue
            exact, told = Decimal(ratio.of) - Decimal(ratio.value), Decimal(rest.value)
            earlier = [one for one in where.figures[:at] if one.of and head(one) == head(ratio)]
            if told in (exact, *(Decimal(one.of or 0) - Decimal(one.value) for one in earlier)):
                tally.held += 1
            elif exact and is_mistyped(exact, told):
                words = f"{show(Decimal(ratio.of))} - {show(Decimal(ratio.value))}"
                yield _finding(where, rest, words, exact, (ratio,), tally, by)
            break


def _finding(
    where: Stated, left: Figure, words: str, exact: Decimal, terms: tuple[Figure, ...], tally: Tally, by: Rule
) -> Finding:
    tally.failed += 1
    return by.finding(
        (left.span,),
        f"ghi còn {left.printed} {left.unit or ''}, nhưng {words} = {show(exact)}",
        f"{left.printed} is said to be left, but {words} = {show(exact)}",
        stated=left.printed,
        expected=show(exact),
        evidence=tuple(one.span for one in terms),
        suggestion=both("kiểm tra lại số toàn thể, phần và số còn lại", "check the whole, the part and the rest"),
        page=where.block.page,
    )


def _is_age(one: Placed) -> bool:
    return one.where.text.startswith(" tuổi", one.end)


def _ratio_before(places: Sequence[Placed], at: int) -> tuple[float, float, Placed, tuple[Figure, ...]] | None:
    """Part and whole of the ratio right before a number in its sentence, what they count, and where they stand."""
    left = places[at]
    before = [one for one in places[:at] if one.sort != "%" and one.sentence == left.sentence and not _is_age(one)]
    if not before or before[-1].depth != left.depth:
        return None
    last, first = before[-1], before[-2] if len(before) > 1 else None
    text = last.where.text
    if _OTHER_RE.search(text, last.end, left.start):
        return None
    if last.of:
        return (last.value, last.of, last, (last.figure,)) if last.value < last.of else None
    if first is None or first.of or first.value >= last.value or first.depth != last.depth:
        return None
    if not _OUT_OF_RE.fullmatch(text, first.end, last.start):
        return None
    return first.value, last.value, last, (first.figure, last.figure)


def _alike(whole: Placed, left: Placed) -> bool:
    """Whether the rest may count the things of the whole."""
    one, other = head(whole.figure), head(left.figure)
    words = whole.where.text[whole.start : left.start].lower()
    if (whole.scale != left.scale and left.unit) or (not whole.unit and ";" in words):
        return False
    named = other in words.split()
    return one == other or other in _ANY or named or (_are_persons(whole.unit) and _are_persons(left.unit))


def _are_persons(unit: str) -> bool:
    words = unit.split()
    return not _PERSONS.isdisjoint((" ".join(words[:1]), " ".join(words[:2])))


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.3f}")


def is_mistyped(exact: Decimal, told: Decimal) -> bool:
    """Whether a number may be another mistyped: so many digits, and one of them or two neighbours differ."""
    one, other = str(exact.normalize()), str(told.normalize())
    if len(one) == len(other):
        apart = [at for at in range(len(one)) if one[at] != other[at]]
        return len(apart) == 1 or (len(apart) == 2 and sorted(one) == sorted(other))
    return abs(exact - told) <= exact / 10
