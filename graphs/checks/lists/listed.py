"""FIG in lists: a count against the things that it announces, in brackets, by names, or in the items below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from graphs.checks.lists.announced import check_announced, in_sequence, items_below, names_told
from graphs.checks.lists.behind import PER_RE, check_behind
from graphs.checks.lists.below import check_below
from graphs.checks.lists.itemised import MEASURED_RE, check_itemised
from graphs.checks.lists.named_counts import check_named_counts
from graphs.checks.lists.numbered import annexes_told, appendix_rows, titled_rows
from graphs.checks.lists.of_list import is_answered, is_of_the_list
from graphs.checks.lists.rows_told import check_rows_told
from graphs.checks.lists.shared_places import check_shared_places
from graphs.checks.lists.times_counted import check_times_counted
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding
from kb.text.items import list_style
from kb.text.sentences import SENTENCE_END_RE

_ANNOUNCES_RE = re.compile(
    r"^[^\d;.:]{0,70}?(?:\b(?:gồm|bao gồm|sau đây|như sau|cụ thể|sau|đó là|là)\b[^\d;.:]{0,25})?\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_OPEN_END_RE = re.compile(r"(?:\.\.\.|…|v\.\s?v)")
_MOST = 60
_OPENS_LIST_RE = re.compile(
    r"\b(?:gồm(?: có)?|sau đây|như sau|sau|cụ thể(?: là)?|đó là)\s*[⁰¹²³⁴-⁹]*\s*:\s*$", re.IGNORECASE
)
_ENDS_RE = re.compile(r":\s*$")
#: What is to be done with the things counted is listed, not the things.
#: What is still to be reached, of which what is still to be done may stand below.
_TO_REACH_RE = re.compile(r"\b(?:phấn đấu|sẽ|để|nhằm|phải|cần)\b", re.IGNORECASE)
_DEALS_RE = re.compile(
    r"^\W*(?:\w{1,3}[.)]\s+)?(?:đối với|theo|căn cứ|về)\b|\b(?:thực hiện|quy định|xử lý|tiến hành) như sau",
    re.IGNORECASE,
)
#: Those who told it: "tổng hợp từ 8/8 huyện như sau:".
_FROM_RE = re.compile(r"\b(?:tổng hợp|báo cáo|số liệu)\s+(?:từ|của)\s+$", re.IGNORECASE)
#: What is told last in a lead is divided below.
_DIVIDED_RE = re.compile(r"\b(?:cơ cấu|phân bổ|sử dụng|phân theo|chia theo)\b[^.;:\d]{0,40}$", re.IGNORECASE)
_HEADED_RE = re.compile(
    r"\s+(?P<noun>[^\d;.:,()]{2,90}?),?\s+(?:bao\s+)?gồm(?:\s+có)?\s*:?\s+(?=[^\d\s])", re.IGNORECASE
)
#: What closes a list without being one of its things.
_REST_RE = re.compile(r"(?<=;)\s*(?:và\s+)?các\s+[^;]{1,40}\s(?:còn lại|khác)\b.*$", re.DOTALL)
_CODED_RE = re.compile(
    r"\s+[^\d;.:,()]{3,60}\((?P<codes>[A-Z\d][\w./-]*\d[\w./-]*(?:[,;]\s*[A-Z\d][\w./-]*\d[\w./-]*){1,30})\)"
)
_APART_RE = re.compile(r"\s+[^\W\d_][^\d;.:()]{1,70}(?:\([^()]{1,40}\))?:\s+(?=\S)")
_NAMED_RE, _RANGE_RE = re.compile(r"\s+[^\W\d_]"), re.compile(r"\d\s*[-–]\s*$")
_VALUED_RE = re.compile(r"[^\d;.:,()]{0,60}:\s+")
_ITS_NAME_RE = re.compile(r"\s*(?:[,;]\s*)?(?:và\s+)?[A-ZĐÀ-Ỹ][^\d,;.:()]{2,70}[\s(:]*")
_HEAD_WORDS, _FEWEST_HEADED = 2, 3
_FARTHEST = 90
#: The only number of a lead that is so near to how many things stand below it is meant for them.
_ALMOST = 1
#: What is counted and then listed: the words right behind the number.
_COUNTED_RE = re.compile(
    r"\s+(?:mục tiêu|chỉ tiêu|nhóm|nội dung|nhiệm vụ|giải pháp|đơn vị|cơ quan|văn bản|nghị quyết|quyết định"
    r"|kế hoạch"
    r"|hoạt động|bài học|nguyên nhân|hạn chế|phong trào|mô hình|cuộc thi|sự kiện"
    r"|dự án|đề án|lĩnh vực|bước|thủ tục|hạng mục|tiêu chí|yêu cầu|nguyên tắc|điều kiện|hồ sơ|xã|phường"
    r"|huyện|tỉnh|sở)\b",
    re.IGNORECASE,
)
_DEED = r"(?:[A-ZĐ][^\d,;.()]{3,30}\s)?(?:số\s+)?\d+/[A-ZĐ\d][\w/-]*(?:\s+ngày\s+\d{1,2}/\d{1,2}/\d{4})?"
#: Deeds that are counted and then told by nothing but their numbers and dates.
_DEEDS_RE = re.compile(
    r"\s+(?:văn bản|quyết định|nghị quyết|kế hoạch|công văn|chỉ thị|tờ trình|báo cáo|thông báo|thông tư)\b"
    r"[^\d;.:()]{0,50}?(?:,?\s*(?:bao gồm|gồm|là|cụ thể))?\s*(?::|\()\s*"
    rf"(?P<deeds>{_DEED}(?:\s*(?:,\s*và|,|;|\bvà)\s*{_DEED}){{1,30}})\s*(?:[.;)]|$)"
)
_DEED_RE = re.compile(_DEED)


def check_lists(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``05 nhóm đối tượng gồm: (1) …; (2) …`` lists as many things as it says; each count is told once."""
    told: set[int] = set()
    text = subject.document.text
    for check in (check_behind, check_below, check_shared_places, _all_lists):
        for finding in check(subject, tally, LISTED):
            span, listed = finding.spans[0], finding.expected or ""
            if span.start in told or is_answered(text, span.start, span.end):
                continue
            counted = int(listed) if check is _all_lists and listed.isdigit() else None
            if counted is not None and not is_of_the_list(text, span.start, span.end, counted):
                continue
            told.add(span.start)
            yield finding


def _all_lists(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    yield from check_items(subject, tally)
    yield from check_announced(subject, tally, by)
    yield from appendix_rows(subject, tally, by)
    yield from titled_rows(subject, tally, by)
    yield from annexes_told(subject, tally, by)
    for where in stated(subject):
        for at, figure in enumerate(where.figures):
            if figure.of or figure.unit == "%" or figure.bound or not figure.value.isdigit():
                continue
            if not 2 <= int(figure.value) <= _MOST:
                continue
            behind = where.text[where.end(figure) :]
            if PER_RE.match(behind):
                continue
            listed = _listed(where, at) if _COUNTED_RE.match(behind) else None
            codes = _coded(behind)
            named = _deeds(behind) or _headed(behind)
            listed = (
                listed
                or named
                or _valued(where, at)
                or (codes if codes and codes * 2 > int(figure.value) else None)
                or (_set_apart(behind, int(figure.value)) if _counts(where, figure) else None)
            )
            if listed is None:
                continue
            if listed == int(figure.value):
                tally.held += 1
                continue
            tally.failed += 1
            yield by.finding(
                (figure.span,),
                f"ghi {figure.printed} {figure.unit or ''}, nhưng liệt kê {listed}",
                f"{figure.printed} is stated, but {listed} are listed",
                stated=figure.printed,
                expected=str(listed),
                suggestion=both("kiểm tra lại số lượng hoặc danh sách", "check the count or the list"),
                page=where.block.page,
            )
    yield from check_itemised(subject, tally, by)
    yield from check_named_counts(subject, tally, by)
    yield from check_rows_told(subject, tally, by)
    yield from check_times_counted(subject, tally, by)


def check_items(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``đã đạt 17/23 mục tiêu, gồm:`` is followed by as many items as it says."""
    if subject.is_rule():
        return  # a rule names how many cases it has, and divides each
    blocks = [block for block in subject.document.blocks if block.kind is BlockKind.TEXT]
    texts = [subject.document.block_text(block) for block in blocks]
    at_start = {block.view.start: at for at, block in enumerate(blocks)}
    for where in stated(subject):
        found = _OPENS_LIST_RE.search(where.text) or _ENDS_RE.search(where.text)
        place = at_start.get(where.block.view.start)
        counts = [one for one in where.figures if one.unit != "%" and not one.bound and one.value.isdigit()]
        if not found or place is None or not counts or _DEALS_RE.search(where.text):
            continue
        counts = [one for one in counts if found.start() - where.end(one) <= _FARTHEST]
        counts = [one for one in counts if not _FROM_RE.search(where.text, 0, where.start(one))]
        counted = [
            one
            for one in counts
            if where.end(one) <= found.start()
            and (
                _COUNTED_RE.match(where.text, where.end(one))
                if _OPENS_LIST_RE.search(where.text)
                else _all_called(texts[place + 1 :], one)
            )
        ]
        items = items_below(texts, place + 1)
        if items is None:
            continue
        marked, asides = items
        alone = [one for one in counts if len(where.figures) == 1 and _counts(where, one)]
        counted = counted or [one for one in alone if abs(int(one.value) - marked - asides) <= _ALMOST]
        if len(counted) != 1 or not 2 <= int(counted[0].value) <= _MOST:
            continue
        if _is_aside(where, counted[0], found.start()):
            continue
        if counted[0].of == counted[0].value and _TO_REACH_RE.search(where.text):
            continue  # "phấn đấu hoàn thành 9/9 chỉ tiêu, cụ thể:" is followed by what is still to be done
        if int(counted[0].value) in (marked, marked + asides):
            tally.held += 1
            continue
        tally.failed += 1
        yield LISTED.finding(
            (counted[0].span,),
            f"ghi {counted[0].printed} {counted[0].unit or ''}, nhưng danh sách bên dưới có {marked + asides}",
            f"{counted[0].printed} is stated, but the list below has {marked + asides}",
            stated=counted[0].printed,
            expected=str(marked + asides),
            suggestion=both("kiểm tra lại số lượng hoặc danh sách", "check the count or the list"),
            page=where.block.page,
        )


def _is_aside(where: Stated, count: Figure, high: int) -> bool:
    """Whether the list is of another number of its lead: ``(9 phường), rộng 310 ha, cơ cấu như sau``."""
    between = where.text[where.end(count) : high]
    closes = where.end(count) + between.find(")") if ")" in between.partition("(")[0] else where.end(count)
    aside = closes > where.end(count) or _DIVIDED_RE.search(between)
    return bool(aside) and any(closes < where.start(one) < high for one in where.figures)


def _all_called(below: list[str], count: Figure) -> bool:
    """Whether the items of a list all begin with what was counted before it: ``- Khu đất A; - Khu đất B``."""
    items = [text.lstrip(" -–+•*").lower() for text in takewhile(lambda one: list_style(one) == "dash", below)]
    noun = (count.unit or "").lower()
    return bool(noun) and len(items) > 1 and all(item.startswith(f"{noun} ") for item in items)


def _listed(where: Stated, at: int) -> int | None:
    """How many things the words behind a count list; None where they list none, or one cannot be sure."""
    figure = where.figures[at]
    low = where.end(figure)
    found = _ANNOUNCES_RE.match(where.text[low:])
    rest = where.text[low + found.end() :] if found else where.text[low:]
    if not found and not re.match(r"[^\d;.:()]{0,60}\b(?:gồm|là|như)?\s*\((?:1|i)\)\s", rest):
        return None
    return in_sequence(rest) or (_named(rest, int(Decimal(figure.value))) if found else None)


def _headed(behind: str) -> int | None:
    """Things set apart by semicolons that all begin with one word: ``gồm: Thành lập …; thành lập …``.

    None where one of them begins otherwise, or the list is left open.
    """
    found = _HEADED_RE.match(behind)
    if not found:
        return None
    rest = behind[found.end() :]
    end = SENTENCE_END_RE.search(rest)
    rest = _REST_RE.sub("", rest[: end.start()] if end else rest)
    parts = [part for part in rest.lower().split(";") if part.strip()]
    first, _, last = parts[-1].partition(" và ") if parts else ("", "", "")
    if last and parts[0].split()[0] == last.split()[0]:
        parts[-1:] = [first, last]  # "…; khu đất tại A và khu đất tại B"
    things = [part.split() for part in parts]
    if _OPEN_END_RE.search(rest) or len(things) < _FEWEST_HEADED:
        return None
    firsts = {thing[0] for thing in things}
    counted = len(firsts) == 1 and things[0][0] == found["noun"].lower().split()[0]
    same = len({tuple(thing[:_HEAD_WORDS]) for thing in things}) == 1
    return len(things) if counted or same else None


def _coded(behind: str) -> int | None:
    """Codes in a bracket right behind what is counted: ``03 mã kết quả (KQ.01, KQ.02, KQ.03)``."""
    found = _CODED_RE.match(behind)
    codes = re.split(r"[,;]\s*", found["codes"]) if found else []
    # "02 chữ số (01, 02, 03)": bare numbers are what the things counted make.
    return None if all(code.isdigit() for code in codes) else len(codes)


def _deeds(behind: str) -> int | None:
    """Deeds told by their numbers behind their count: ``03 kế hoạch (số 12/KH-UBND, số 25/KH-UBND)``."""
    found = _DEEDS_RE.match(behind)
    return len(_DEED_RE.findall(found["deeds"])) if found else None


def _counts(where: Stated, figure: Figure) -> bool:
    """Whether a number counts the things named right behind it: no measure, label, range or one of a series."""
    behind, before = where.text[where.end(figure) :], where.text[: where.start(figure)]
    return (
        bool(_NAMED_RE.match(behind)) and not MEASURED_RE.match(behind.lstrip()) and not _RANGE_RE.search(before)
    )


def _set_apart(behind: str, count: int) -> int | None:
    """Things set apart by semicolons behind a colon, whatever they tell: about as many as were counted."""
    found = _APART_RE.match(behind)
    if not found or "gồm" in found.group():
        return None
    end = SENTENCE_END_RE.search(behind, found.end())
    rest = re.sub(r"\([^()]*\)", "", behind[found.end() : end.start() if end else len(behind)])
    told = len([part for part in rest.split(";") if part.strip()])
    return told if told >= _FEWEST_HEADED and abs(told - count) <= _ALMOST else None


def _valued(where: Stated, at: int) -> int | None:
    """Names that each have an amount behind them: ``07 đơn vị còn nợ: Công ty A 1.120 triệu đồng, HTX B 640 …``.

    All are named where the amounts make a number told before; else one cannot be sure.
    """
    figure = where.figures[at]
    lead = _VALUED_RE.match(where.text, where.end(figure))
    if not lead:
        return None
    end, low = where.sentence_end(lead.end()), lead.end()
    parts: list[Figure] = []
    for one in where.figures[at + 1 :]:
        if where.end(one) > end:
            break
        name = where.text[low : where.start(one)].strip().removeprefix(parts[-1].unit or "" if parts else "")
        if one.unit == figure.unit or one.of or not _ITS_NAME_RE.fullmatch(name):
            return None
        parts.append(one)
        low = where.end(one)
    units, sum_ = {one.unit for one in parts}, sum(Decimal(one.value) for one in parts)
    whole = any(Decimal(one.value) == sum_ and one.unit in units for one in where.figures[:at])
    return len(parts) if whole and len(units) == 1 and len(parts) > 1 else None


def _named(rest: str, count: int) -> int | None:
    """Names set apart by commas, up to the end of the sentence: short, with a capital, without numbers."""
    end = re.search(r"[.;()]|$", rest)
    assert end is not None
    words = rest[: end.start()]
    if _OPEN_END_RE.search(rest[: end.start() + 3]) or any(letter.isdigit() for letter in words):
        return None
    told = names_told(words, count)
    return told if told is not None and len(re.split(r",|\bvà\b", words)) >= _FEWEST_HEADED else None


LISTED = rule("FIG-209", check_lists)
LISTED_RULES = (LISTED,)
