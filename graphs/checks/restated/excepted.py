"""FIG of what is said of all, of none or of one alone, against an exception told anywhere else in the paper.

``100% số xã đã được phê duyệt quy hoạch`` and ``còn 03 xã chưa được phê duyệt quy hoạch``; ``không còn xã nào
dưới 10 tiêu chí`` and ``03 xã dưới 10 tiêu chí``. Both must be of the same words, but for places and reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from graphs.checks.reading.counted import COUNT_WORDS
from graphs.checks.reading.forms import PLANNED_RE
from graphs.checks.reading.named import surroundings, thing_words
from graphs.checks.reading.rows import grids
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.happened import begins_with, what_never_was
from graphs.checks.restated.left_told import left_told
from graphs.checks.restated.rows_of_none import rows_of_none
from graphs.checks.restated.said_of_all import (
    ANY,
    ELSE_RE,
    NAME_RE,
    NOT_RE,
    SOME,
    TASK_RE,
    YEAR_RE,
    Claim,
    Clause,
    claims_of,
    clauses_of,
    said_words,
    texts_of,
    without_tail,
)
from kb.bilingual import both
from kb.models import Finding, Span
from kb.text.dates import find_dates

_COUNT_RE = re.compile(
    r"(?<![\w/.,+-])(?:(?P<count>\d{1,3}(?:\.\d{3})*(?:,\d+)?)"
    r"(?:\s*(?:/|trong số|trên tổng số)\s*(?P<of>\d{1,3}(?:\.\d{3})*))?"
    rf"|(?P<word>{COUNT_WORDS}|một số|nhiều))(?P<share>\s*%(?:\s+số)?)?\s+(?=[^\W\d_])"
)
_NO_COUNT_RE = re.compile(
    r"\b(?:năm|tháng|quý|ngày|điều|khoản|điểm|số|mức độ|mức|thứ|loại|cấp|lần|hạng|trên|dưới|dự án|đề án|bảng|biểu)"
    r"\s+$",
    re.IGNORECASE,
)
_ALL_OF_RE = re.compile(r"\b[Cc]ả\s+0*(?P<count>\d+)\b")
_RATE_RE = re.compile(
    r"[Tt][ỷỉ] lệ\s+(?P<rest>[^.;:(),]{8,160}?)\s+(?:(?:ước|đạt|là|chiếm|khoảng|mới|chỉ)\s+)+"
    r"\d{1,2}(?:,\d+)?\s*%"
)
_ZERO_RE = re.compile(r"(?<![\d,])0+(?:,0+)?\s*%?$")
#: "Số nhà tạm còn lại là 214": what is counted stands before its number.
_LEFT_RE = re.compile(r"\b(?:[Ss]ố|[Tt]ổng số)\s+(?P<rest>[^.;:(),\d]{4,90}?)\s+(?:là|:)\s+\d")
#: Another count of a list, before the one that is looked at: "46 cầu treo và".
_LIST_RE = re.compile(r"^.*\d.*\b(?:và|cùng)\s+$", re.DOTALL)
#: Said of the whole that the paper is of: it tells no other thing.
_WHOLE_RE = re.compile(
    r"\b(?:[Tt]oàn|[Tt]rên địa bàn(?: toàn)?|[Cc]ả)\s+"
    r"(?:tỉnh|huyện|xã|phường|quận|thị xã|thành phố|ngành|địa bàn)\b"
)
#: What is not yet done with is there: "18 trường hợp lấn chiếm chưa xử lý".
_UNDONE_RE = re.compile(
    r"\s+(?:mà\s+)?chưa\s+(?:được\s+)?(?:xử lý|giải quyết|khắc phục|thanh toán|thu hồi|xóa|xoá|di dời)\b.*$",
    re.DOTALL,
)
_AMONG_RE = re.compile(r"\btrong\s+(?:số\s+|tổng số\s+)?$", re.IGNORECASE)
_END_RE = re.compile(r"[;:()]|[.,](?!\d)")
_WHEN_RE = re.compile(r"\b(?:tháng|quý|ngày|năm)\s+[\d/]+(?:\s+năm\s+\d{4})?|\bquý\s+[IVX]+|\d{1,2}/\d{1,2}/\d{4}")
_SO_FAR_RE = re.compile(r"\b(?:tháng|quý)\s+[\dIVX]")
#: How well, and since when: what all did so, all did.
_MANNER = thing_words(
    "đầy đủ kịp thời nghiêm túc đúng quy định thường xuyên duy trì tiếp tục cơ bản hoàn thành xong việc thực hiện"
    " nay đến hiện đều cũng nào bị trở lên"
)
#: "có bác sĩ làm việc tại chỗ" is "có bác sĩ".
_AT_WORK = thing_words("làm việc tại chỗ công tác")
#: A row of a rate, and the column of what came out this time.
_RATE_ROW_RE = re.compile(r"\W*t[ỷỉ] lệ\s+(?:số\s+)?", re.IGNORECASE)
_UNIT_RE = re.compile(r"\(|[%≥≤<>\d]")
_RESULT_HEAD_RE = re.compile(
    r"^(?!.*\b(?:19|20)\d\d\b.*\b(?:19|20)\d\d\b)(?!.*(?:so|/|kế hoạch|trước|cùng kỳ)).*"
    r"\b(?:thực hiện|kết quả|đạt được|ước đạt|TH)\b",
    re.IGNORECASE,
)
_FULL, _FEWEST_OF_ROW = 100, 3
#: One of these stands in every exception.
_HINTS = (*"0123456789", *COUNT_WORDS.split("|"), "một số", "nhiều", "hưa ", "hông ")
_GRACE, _OF_YEAR = timedelta(days=45), timedelta(days=360)


def check_excepted(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What is so of all, of none or of one alone is not told otherwise elsewhere."""
    if subject.is_rule():
        return
    around = surroundings(subject.document)
    texts = [(block, text, text.lower()) for block, text in texts_of(subject)]
    for claim in [claim for block, text, _ in texts for claim in claims_of(block, text, around)]:
        own = claim.clause.text[claim.start : claim.end].lower()
        # Words that stand for others of one sense need not be there.
        rare = sorted((word for word in claim.words - _MANNER - ANY if word in own), key=len, reverse=True)
        elsewhere = (
            (clause, where)
            for block, text, small in [one for one in texts if rare and rare[0] in one[2]]
            if all(map(small.__contains__, rare))
            for clause in clauses_of(block, text, around, rare)
            if (where := _exception(subject, claim, clause))
        )
        if found := next(elsewhere, None):
            tally.failed += 1
            yield _finding(subject, claim, found[0].printed(*found[1]), found[0].span(subject, *found[1]))
        elif told := next(
            chain(_rows(subject, claim), left_told(subject, claim, texts), rows_of_none(subject, claim)), None
        ):
            tally.failed += 1
            yield _finding(subject, claim, *told)


def _rows(subject: Subject, claim: Claim) -> Iterator[tuple[str, Span]]:
    """The rows of a rate of what all are said to be, with a result under 100 %: as printed, and where."""
    if claim.kind != "all" or claim.denies:
        return
    for grid in grids(subject.document):
        results = [at for at in grid.columns if _RESULT_HEAD_RE.search(grid.head(at))]
        for line in grid.lines if len(results) == 1 else ():
            value = line.value(results[0])
            rate = _RATE_ROW_RE.match(line.label)
            words = said_words(_UNIT_RE.split(line.label[rate.end() :])[0]) if rate else frozenset()
            if value is None or not 0 < value < _FULL or len(words) < _FEWEST_OF_ROW:
                continue
            if words <= claim.words and not claim.words - words - _MANNER - _AT_WORK - ANY:
                yield f"{line.label}: {line.printed(results[0])}", line.span(results[0])


def _exception(subject: Subject, claim: Claim, clause: Clause) -> tuple[int, int] | None:
    """Where a clause tells an exception to a claim; None for none."""
    text = clause.text
    own = clause.block is claim.clause.block and clause.low == claim.clause.low
    if own or not any(map(text.__contains__, _HINTS)) or ELSE_RE.search(text) or PLANNED_RE.search(text):
        return None
    if claim.kind == "all" and _SO_FAR_RE.search(text):
        return None
    where = _told_otherwise(claim, text)
    if where is None or _years(subject, text) != _years(subject, claim.clause.text):
        return None
    late = _is_late(subject, text, _OF_YEAR if what_never_was(claim) else _GRACE)
    return where if claim.clause.scope == clause.scope and late else None


def _told_otherwise(claim: Claim, text: str) -> tuple[int, int] | None:
    """Where the words of a clause tell what a claim says is not."""
    for pattern, kind in ((_RATE_RE, "all"), (_LEFT_RE, "none"), (_RATE_RE, "none")):
        told = pattern.search(text) if claim.kind == kind else None
        if told and kind == "none" and _ZERO_RE.search(told.group()):
            continue
        if told and bool(NOT_RE.search(told["rest"])) == claim.denies and _alike(claim, said_words(told["rest"])):
            return told.span()
    all_of = _ALL_OF_RE.search(claim.clause.text, claim.start, claim.end)
    for found in _COUNT_RE.finditer(text):
        if all_of and found["of"] and all_of["count"] != found["of"].lstrip("0"):
            continue  # "cả 8 khoản nêu trên" are not the 11 of which 3 are left
        before = _END_RE.split(text[: found.start()])[-1]
        if _NO_COUNT_RE.search(before) or (found["count"] or "1").strip("0,") == "" or TASK_RE.search(before):
            continue
        if where := _counted(claim, text, before, found):
            return where
    return _named(claim, text) if claim.kind == "all" else None


def _years(subject: Subject, text: str) -> set[str]:
    """The years that a text names, but for that of the paper."""
    return set(YEAR_RE.findall(text)) - {str(subject.as_of.year) if subject.as_of else ""}


def _is_late(subject: Subject, text: str, grace: timedelta) -> bool:
    """Whether no day is told, or one shortly before the paper."""
    try:
        told = [date.fromisoformat(one.value or "") for one in find_dates(text, 0, len(text))]
    except ValueError:
        return False
    return not told or (subject.as_of is not None and all(subject.as_of - day <= grace for day in told))


def _counted(claim: Claim, text: str, before: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Where a count is one of things that a claim says there are none of."""
    behind = _END_RE.split(text[found.end() :])[0]
    before = _WHEN_RE.sub(" ", _WHOLE_RE.sub(" ", _LIST_RE.sub(" ", before)))
    rest = without_tail(behind)
    if claim.kind == "none" and not claim.denies:
        rest = _UNDONE_RE.sub("", rest)
    denies = bool(NOT_RE.search(before + rest))
    some = bool(found["share"]) or (found["of"] is not None and _value(found["count"]) < _value(found["of"]))
    if claim.kind == "one" and _AMONG_RE.search(before):
        return None  # "trong 8 lĩnh vực" counts all, and not those that are so
    if claim.kind == "one":
        is_one = denies == claim.denies and (found["word"] is not None or _value(found["count"]) > 1)
    elif (claim.kind == "all") != claim.denies:
        is_one = some or (denies and not found["of"])
    else:
        is_one = denies == claim.denies
    never = what_never_was(claim)
    if never and is_one and begins_with(rest, never, text):
        return found.start(), found.end() + len(rest)
    if not is_one or not _alike(claim, said_words(NAME_RE.sub(" ", rest)), said_words(NAME_RE.sub(" ", before))):
        return None
    return found.start(), found.end() + len(rest)


def _named(claim: Claim, text: str) -> tuple[int, int] | None:
    """Where a clause denies what is said of all of those that it names: ``các huyện A, B chưa ban hành …``."""
    name = NAME_RE.search(text)
    denied = NOT_RE.search(text, name.end()) if name else None
    if (
        name is None
        or denied is None
        or said_words(text[name.end() : denied.start()])
        or TASK_RE.search(text, 0, name.start())
    ):
        return None
    rest = without_tail(_END_RE.split(text[denied.end() :])[0])
    words, said = said_words(rest), claim.words - ANY
    alike = not words - claim.words and not said - words - _MANNER and said_words(name.group()) & claim.words & ANY
    return (name.start(), denied.end() + len(rest)) if alike else None


def _value(printed: str) -> int:
    return int(printed.partition(",")[0].replace(".", ""))


def _alike(claim: Claim, behind: frozenset[str], before: frozenset[str] = frozenset()) -> bool:
    """Whether the words beside a number are those of a claim; before it only that there are some may be said."""
    some = SOME | ANY if claim.kind == "one" else SOME
    lacking = claim.words - behind - before - _MANNER
    return not lacking and not behind - claim.words - some and not before - claim.words - some


def _finding(subject: Subject, claim: Claim, other: str, where: Span) -> Finding:
    said = claim.clause.printed(claim.start, claim.end)
    return EXCEPTED.finding(
        (claim.clause.span(subject, claim.start, claim.end),),
        f"ghi “{said}”, nhưng chỗ khác ghi “{other}”",
        f"“{said}” is stated, but elsewhere “{other}”",
        stated=said,
        expected=other,
        evidence=(where,),
        suggestion=both("đối chiếu hai chỗ", "compare the two places"),
        page=claim.clause.block.page,
    )


EXCEPTED = rule("FIG-227", check_excepted)
EXCEPTED_RULES = (EXCEPTED,)
