"""FIG of two opposites that make one whole between them: met and unmet, in force and ended, planned and sudden.

Opposites are pairs of words (còn hiệu lực, hết hiệu lực; theo kế hoạch, đột xuất), or one word told with and
without "chưa", "không": ``41 hồ an toàn và 23 hồ chưa an toàn``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.enumerated import counts_things
from graphs.checks.reading.forms import BARE, SIGN, WORDS, Form, Match, Signs, signs_of
from graphs.checks.reading.moved import head
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.opposed_shares import check_opposed_shares
from kb.bilingual import both
from kb.models import Figure, Finding

_NEAR, _CLOSE = Decimal("0.25"), Decimal("0.15")


@dataclass(frozen=True, slots=True)
class Opposites:
    """Two parts that make a whole between them: what is said of the one and of the other."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    example: str


def _pair(one: str, other: str, example: str) -> Opposites:
    tail = r"\b[^.;\d]{0,70}$"
    return Opposites(
        re.compile(rf"\b(?:{one}){tail}", re.IGNORECASE),
        re.compile(rf"\b(?:{other}){tail}", re.IGNORECASE),
        example,
    )


OPPOSITES: tuple[Opposites, ...] = (
    _pair(
        r"đã (?:được )?(?:thực hiện|giải quyết|xử lý|hoàn thành|khắc phục|giải ngân|thu hồi)",
        r"(?:chưa|đang) (?:được )?(?:thực hiện|giải quyết|xử lý|hoàn thành|khắc phục|giải ngân|thu hồi)",
        "tổng số 3.875 …; đã thực hiện 3.642; chưa thực hiện 233",
    ),
    _pair(r"còn hiệu lực", r"hết hiệu lực", "tổng số 596 văn bản; còn hiệu lực 392; hết hiệu lực toàn bộ 204"),
    _pair(
        r"(?:trước hạn, |trước và |sớm hạn, )?đúng hạn",
        r"(?:quá|trễ) hạn",
        "tổng số 100 hồ sơ; đúng hạn 98; quá hạn 2",
    ),
    _pair(r"trực tuyến", r"trực tiếp(?: và [^.;\d]{0,40})?", "tổng số 100 hồ sơ; trực tuyến 60; trực tiếp 40"),
)
_TOTAL_RE = re.compile(r"\b(?:tổng|tiếp nhận|phải|thuộc đối tượng)\b[^.;\d]{0,110}$", re.IGNORECASE)


#: Two opposites told behind their numbers; their total is a number of their unit before them.
_BEHIND_FORMS: tuple[Form, ...] = (
    Form(
        rf"{{one}}{BARE}{{0,40}}\bxong\s*[,;]\s*(?:và\s+)?(?:còn\s+)?{{other}}{BARE}{{0,30}}?\b(?:đang|chưa)\b",
        "15 tỉnh phân bổ xong, 04 tỉnh còn đang phân bổ",
    ),
    Form(
        rf"{{one}}{BARE}{{0,40}}\b(?:đạt|hoàn thành|hoạt động tốt|vượt)(?:\s+(?:và|hoặc)\s+vượt)?"
        rf"(?:\s+(?:kế hoạch|mục tiêu|chỉ tiêu))?\s*[,;]\s*(?:và\s+)?(?:còn\s+)?{{other}}"
        rf"{BARE}{{0,30}}?\b(?:chưa|không|hư hỏng)\b",
        "15 xã đạt, 04 xã chưa đạt",
    ),
)
#: The same of what is well and what is not: "17 hồ sơ đủ điểm, 4 hồ sơ phải bổ sung".
_WELL_FORM = Form(
    rf"{{one}}{BARE}{{0,30}}?\s(?:đủ|đạt|đúng|chấp hành|bảo đảm|đảm bảo|hợp lệ|có hiệu quả|đã (?:được|nhận|có)"
    rf"|hoàn thành|khá|tốt)\b(?:{WORDS}{{0,30}}?{SIGN})?{WORDS}{{0,40}}?\s*[,;]\s*(?:và\s+|còn\s+|chỉ\s+)*"
    rf"{{other}}{BARE}{{0,25}}?\s(?:phải|bị|chậm|quá hạn|vi phạm|yếu"
    r"|(?:chưa|không) (?:đủ|đạt|bảo đảm|đúng|nhận|hợp)"
    r"|cần (?:bổ sung|hoàn thiện|chỉnh sửa|làm lại|khắc phục)|còn (?:thiếu sót|hạn chế|tồn tại|sai sót|vướng))\b",
    "17 hồ sơ đủ điểm từ 3 sao trở lên, 4 hồ sơ phải hoàn thiện lại",
)

#: What a thing is or was done with, in a few words, and the share in a bracket behind it.
_WHAT = r"(?P<what>[^\W\d_]+(?:\s[^\W\d_]+){0,4})"
_ASIDE = r"(?:\s*\([^()]{0,30}\))?"
_NOT = r"(?:chưa|không)\s+(?:được\s+|bị\s+)?(?P=what)\b"
#: The same word told with and without "chưa", "không", behind the numbers or before them.
_SAME_FORMS: tuple[Form, ...] = (
    Form(
        rf"{{one}}{BARE}{{0,40}}?\s{_WHAT}{_ASIDE}(?:\s*[,;]|\s+và\b)\s*(?:và\s+|còn\s+)*"
        rf"{{other}}{BARE}{{0,40}}?\s{_NOT}",
        "41 hồ bảo đảm an toàn và 23 hồ chưa bảo đảm an toàn",
    ),
    Form(
        rf"(?<!chưa )(?<!không )\b{_WHAT}\s+{{one}}{BARE}{{0,40}}?{_ASIDE}(?:\s*[,;]|\s+và\b)\s*"
        rf"(?:và\s+|còn\s+)*{_NOT}{BARE}{{0,20}}?\s{{other}}",
        "đã nghiệm thu 9 sản phẩm, chưa nghiệm thu 5 sản phẩm",
    ),
)
_LEAD = rf"(?:\btrong đó\b|\bgồm\b|:|\(){BARE}{{0,30}}?"
#: Two words of which each thing has one.
_PAIRS: tuple[tuple[str, str], ...] = (
    (r"theo kế hoạch|trong kế hoạch|báo trước|định kỳ|thường xuyên|chuyên đề", r"đột xuất"),
    (r"(?:trong|còn|đúng) hạn|trước và đúng hạn", r"(?:quá|trễ|chậm) hạn"),
    (r"trực tuyến", r"trực tiếp"),
    (r"nam", r"nữ"),
    (r"trong nước", r"(?:ngoài nước|nước ngoài)"),
    (r"thành thị", r"nông thôn"),
)
#: These words right behind what they divide, before their numbers or behind them.
_PAIR_FORMS: tuple[Form, ...] = tuple(
    form
    for first, second in _PAIRS
    for one, other in ((first, second), (second, first))
    for form in (
        Form(
            rf"{_LEAD}\b(?:{one})\b(?:\s+là)?:?\s*{{one}}{BARE}{{0,30}}?{_ASIDE}(?:\s*[,;]|\s+và\b){BARE}{{0,20}}?"
            rf"\b(?:{other})\b(?:\s+là)?:?\s*{{other}}",
            "42 cuộc kiểm tra, trong đó theo kế hoạch 25 cuộc, đột xuất 17 cuộc",
        ),
        Form(
            rf"{_LEAD}{{one}}{BARE}{{0,30}}?\s(?:{one}){_ASIDE}(?:\s*[,;]|\s+và\b)\s*(?:và\s+)?"
            rf"{{other}}{BARE}{{0,30}}?\s(?:{other})\b",
            "42 cuộc kiểm tra (25 cuộc theo kế hoạch, 17 cuộc đột xuất)",
        ),
    )
)
#: Right behind another part of the same whole: "05 chỉ tiêu vượt, 03 chỉ tiêu đạt".
_BESIDE_RE = re.compile(r"(?:,|\bvà)\s*$")
_NOT_WELL_RE = re.compile(
    r"\d[\d.]*\s+[^.;:()\d]{0,40}\b(?:phải|bị|chưa|không|cần|chậm|quá hạn|vi phạm|yếu|còn)\b"
)
_CUE_RE = re.compile(r"đột xuất|hạn\b|trực tuyến|\bnữ\b|trong nước|thành thị", re.IGNORECASE)


def _told_behind(where: Stated) -> Iterator[tuple[Figure, Figure, list[Figure]]]:
    """Two opposites and the numbers before them in their paragraph that may be their total, the last first."""
    if len(where.figures) < 3:
        return
    forms = _BEHIND_FORMS if "xong" in where.text or "ạt" in where.text else ()
    forms += _SAME_FORMS if "chưa " in where.text or "không " in where.text else ()
    forms += (_WELL_FORM,) if _NOT_WELL_RE.search(where.text) else ()
    pairs = _PAIR_FORMS if _CUE_RE.search(where.text) else ()
    if not forms and not pairs:
        return
    signs = signs_of(where)
    for form in (*forms, *pairs):
        for match in form.read(signs):
            totals = _totals_of(where, signs, match, form in pairs)
            if totals and (form is not _WELL_FORM or _may_be_all(where, match, totals)):
                yield match.figures["one"], match.figures["other"], totals


def _may_be_all(where: Stated, match: Match, totals: Sequence[Figure]) -> bool:
    """Whether what is well and what is not nearly make a total, and no other of the kind stands between them."""
    one, other = match.figures["one"], match.figures["other"]
    sum_ = Decimal(one.value) + Decimal(other.value)
    between = [figure for figure in where.figures if where.end(one) <= where.start(figure) < where.start(other)]
    near = any(abs(sum_ - Decimal(total.value)) <= _CLOSE * Decimal(total.value) for total in totals)
    return near and all(head(figure) != head(one) for figure in between)


def _totals_of(where: Stated, signs: Signs, match: Match, right_before: bool) -> list[Figure]:
    """The numbers before two opposites that may be their total, the last first, or the one right before them.

    None where a third part stands beside the two.
    """
    one, other = match.figures["one"], match.figures["other"]
    if one.of or other.of or one.bound or other.bound or "%" in (one.unit, other.unit):
        return []
    before = [figure for figure in where.figures if where.end(figure) <= where.start(one)]
    last = before[-1] if before else None
    # "6 chỉ tiêu: 5 hoàn thành, 2 chưa hoàn thành": what is said of them is no unit.
    said = {*match.words.get("what", "").lower().split(), "chưa", "không"}
    units = {head(figure) for figure in (one, other)} - {*said, ""}
    unit = units.pop() if units else head(last) if last and (right_before or match.words.get("what")) else ""
    if not unit or units:
        return []
    least = max(Decimal(one.value), Decimal(other.value))
    alike = [figure for figure in before if head(figure) == unit and not figure.of]
    if not alike or (unit == "đồng" and len({one.unit, other.unit, alike[-1].unit}) > 1):
        return []
    near = where.sentence_end(where.end(alike[-1])) > where.start(one)
    if (near and Decimal(alike[-1].value) < least) or (right_before and (not near or last != alike[-1])):
        return []
    ahead = signs.text[signs.text.index(signs.sign(alike[-1])) + 1 : match.start]
    behind = next((figure for figure in where.figures if where.start(figure) > where.end(other)), None)
    third = behind and head(behind) in (unit, *said, "") and not behind.of and behind.unit != "%"
    if behind and third and where.start(behind) < where.sentence_end(where.end(other)):
        third = ")" not in where.between(other, behind)
    else:
        third = False
    if third or (near and not right_before and _BESIDE_RE.search(ahead)):
        return []
    return [figure for figure in reversed(alike) if Decimal(figure.value) >= least]


def check_opposites(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A total, or 100%, and the two opposites that it is made of: met and unmet, in force and ended."""
    before: Stated | None = None
    for where in stated(subject) if not subject.is_rule() else ():
        for one, other, totals in _told_behind(where):
            yield from _opposed(one, other, totals, totals[:1], where, tally)
        yield from check_opposed_shares(where, tally, OPPOSED)
        own = _labelled(where)
        earlier = _labelled(before) if before is not None else []
        for pair in OPPOSITES:
            yield from _of_pair(pair, own, earlier, where, tally)
        before = where


def _labelled(where: Stated) -> list[tuple[str, Figure]]:
    """The figures of a block that count, each with the words since the figure before it."""
    found, low = [], 0
    for figure in where.figures:
        words = where.text[low : where.start(figure)]
        low = where.end(figure)
        if figure.unit != "%" and not figure.of and not figure.bound:
            found.append((words, figure))
    return found


def _of_pair(
    pair: Opposites,
    own: Sequence[tuple[str, Figure]],
    earlier: Sequence[tuple[str, Figure]],
    where: Stated,
    tally: Tally,
) -> Iterator[Finding]:
    ones = [at for at, (words, _) in enumerate(own) if pair.one.search(words) and not pair.other.search(words)]
    others = [at for at, (words, _) in enumerate(own) if pair.other.search(words)]
    if len(ones) != 1 or not others:
        return
    one, other = own[ones[0]][1], own[others[0]][1]
    ahead = [*earlier, *own[: min(ones[0], others[0])]]
    totals = [
        figure
        for words, figure in reversed(ahead)
        if _TOTAL_RE.search(words) and (figure.unit or "") == (one.unit or "") == (other.unit or "")
    ]
    if totals:
        yield from _opposed(one, other, [figure for _, figure in ahead], totals, where, tally)


def _opposed(
    one: Figure,
    other: Figure,
    ahead: Sequence[Figure],
    totals: Sequence[Figure],
    where: Stated,
    tally: Tally,
) -> Iterator[Finding]:
    """Whether two opposites make one of the numbers ahead; the finding where they nearly make the only total."""
    sum_ = Decimal(one.value) + Decimal(other.value)
    if any(sum_ == Decimal(figure.value) for figure in ahead) or _has_others(one, other, totals, sum_, where):
        tally.held += 1
    elif len(totals) == 1 and abs(sum_ - Decimal(totals[0].value)) <= max(
        _NEAR * Decimal(totals[0].value), Decimal(1)
    ):
        total = totals[0]
        tally.failed += 1
        yield OPPOSED.finding(
            (total.span,),
            f"ghi {total.printed}, nhưng hai phần {one.printed} + {other.printed} = {show(sum_)}",
            f"{total.printed} is stated, but its two parts are {one.printed} + {other.printed} = {show(sum_)}",
            stated=total.printed,
            expected=show(sum_),
            evidence=(one.span, other.span),
            suggestion=both("kiểm tra lại số tổng hoặc hai phần", "check the total or its two parts"),
            page=where.block.page,
        )


def _has_others(one: Figure, other: Figure, totals: Sequence[Figure], sum_: Decimal, where: Stated) -> bool:
    """Whether what is neither, told in the paragraph, makes the total: ``9 đạt, 4 chưa đạt, 1 không áp dụng``."""
    low, high = sorted((where.start(one), where.start(other)))
    counts = [
        figure
        for figure in where.figures
        if figure not in (one, other, *totals)
        and counts_things(figure)
        and head(figure) in ("", head(one))
        and low < where.start(figure)
    ]
    for total in totals:
        left = Decimal(total.value) - sum_
        behind = list(accumulate(Decimal(figure.value) for figure in counts if where.start(figure) > high))
        if left > 0 and left in {*behind, *(Decimal(figure.value) for figure in counts)}:
            return True
    return False


OPPOSED = rule("FIG-218", check_opposites)
OPPOSED_RULES = (OPPOSED,)
