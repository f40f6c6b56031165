"""TGT of what a row of goals tells of each goal in it: a number for every level, and of the very thing it is of.

``Mức độ hài lòng tối thiểu 90%, riêng đất đai tối thiểu 85%`` asks for two results; a share of procedures is
none of ``80% hồ sơ …``. Such a row may be right, but does not show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from graphs.checks.goals.steps import read_steps
from graphs.checks.reading.named import plain_name, thing_words
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.goals import MET
from kb.models import Comparator, Finding, Severity, Target
from kb.text.words import cut_short

_SHARE_RE = re.compile(r"\d\s*%|\d/\d")
_COUNT_RE = re.compile(r"(?<![\d/.,])(?P<count>\d[\d.]*)\s+(?P<unit>[^\W\d_]{2,}(?:\s+[^\W\d_]{2,}){0,2})")
_ALL_RE = re.compile(r"\b(?:toàn\s+bộ|tất\s+cả|đầy\s+đủ|mọi|cả\s+\d+|cơ\s+bản|hầu\s+hết)\b", re.IGNORECASE)
#: Words of units in which time and documents are told, and no things.
_NO_THING_RE = re.compile(r"(?:năm|tháng|ngày|quý|giờ|phút|kế hoạch|quyết định|văn bản)\b", re.IGNORECASE)
#: A level and what it is of: "tối thiểu 80% hồ sơ …".
_OF_RE = re.compile(
    r"(?:^|[.;,:]\s+|\b(?:tối thiểu|ít nhất|có|đạt|bảo đảm|đảm bảo)\s+)(?P<level>\d[\d.,]*)\s*%\s+"
    r"(?!(?:đối với|so|của|trở|trong|tại|theo|mỗi|hằng|hàng|vào|và|đến|năm|vốn|kế hoạch|dự toán)\b)[^\W\d_]",
    re.IGNORECASE,
)
_LEADS_RE = re.compile(r"^\W*(?:(?:tỷ lệ|tổng|số(?!\s+hóa)|các|những|có|là|đến|đã)\s+)+")
#: What is said of a thing begins with one of these.
_SAID_RE = re.compile(r"\b(?:được|đều|đã|sau khi|có|thực hiện|không|đạt|đang|phải|trên|tại|khi)\b")
_HEAD = 2


def check_parts_of_goals(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Each level that a row of goals asks for has a result in it."""
    rows = [one for one in subject.targets if one.table is not None and one.verdict and one.result]
    for _, found in groupby(rows, key=lambda one: (one.table, one.row)):
        targets = list(found)
        if any(read_steps(one.text) for one in targets):
            continue
        if len(targets) > 1:
            yield from _lacking(targets, tally)
        else:
            yield from _counted_only(targets[0], tally)


def _lacking(targets: Sequence[Target], tally: Tally) -> Iterator[Finding]:
    told = [one for one in targets if one.result and one.result.value is not None]
    lacking = [one for one in targets if told and one not in told and _says_nothing_of(one, targets)]
    tally.held += len(told) == len(targets)
    if not lacking:
        return
    tally.failed += 1
    first, named = lacking[0], "; ".join(map(_named, lacking))
    yield LACKS.finding(
        (first.level or first.span,),
        f"ghi “{first.verdict}”, nhưng kết quả không có số cho phần “{named}”",
        f"“{first.verdict}” is stated, but the result has no number for the part “{named}”",
        stated=first.verdict,
        expected=", ".join(map(_level, lacking)),
        evidence=tuple(other.result.span for other in told if other.result),
        suggestion=both(
            "nêu kết quả của từng phần mục tiêu rồi mới đánh giá", "tell the result of each part of the goal"
        ),
        severity=None if first.verdict in MET else Severity.NOTE,
        page=first.page,
    )


def _says_nothing_of(target: Target, targets: Sequence[Target]) -> bool:
    """Whether the result of a row has none of the words in which one of its goals differs from the others."""
    others = frozenset[str]().union(*(thing_words(other.metric) for other in targets if other is not target))
    own = thing_words(target.metric) - others
    said = thing_words(target.result.text) if target.result else frozenset[str]()
    return target.value is not None and bool(own) and not own & said


def _named(target: Target) -> str:
    return f"{_level(target)} {cut_short(target.metric, 90)}"


def _level(target: Target) -> str:
    return f"{(target.value or '').replace('.', ',')}{target.unit or ''}"


def _counted_only(target: Target, tally: Tally) -> Iterator[Finding]:
    """A share that is called reached on a bare count: ``90% thủ tục …``, ``đã công khai 510 thủ tục``."""
    result = target.result
    if target.unit != "%" or target.verdict not in MET or result is None or result.value is not None:
        return
    if target.comparator in (Comparator.INCREASE, Comparator.DECREASE):
        return
    if _SHARE_RE.search(result.text) or _ALL_RE.search(result.text):
        return
    what = thing_words(target.metric)
    counts = [
        found
        for found in _COUNT_RE.finditer(result.text)
        if not _NO_THING_RE.match(found["unit"]) and len(thing_words(found["unit"]) & what) > 1
    ]
    if len(counts) != 1:
        return
    tally.failed += 1
    told = counts[0].group()
    yield LACKS.finding(
        (target.level or target.span,),
        f"ghi “{target.verdict}” cho mức {_level(target)}, nhưng kết quả chỉ nêu “{told}”,"
        " không có tổng số để tính tỷ lệ",
        f"“{target.verdict}” is stated for {_level(target)}, but the result only tells “{told}”, of no total",
        stated=told,
        expected=_level(target),
        evidence=(result.span,),
        suggestion=both("nêu tổng số để thấy tỷ lệ", "tell the total, so that the share is seen"),
        severity=Severity.NOTE,
        page=target.page,
    )


def check_things_of_results(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A share of some things that is called reached has a share of the same things for its result."""
    for target in subject.targets:
        result = target.result
        if target.table is None or target.verdict not in MET or result is None or result.value is None:
            continue
        if target.unit != "%" or result.unit != "%" or not result.what or not _is_of(target):
            continue
        asked, told = _thing(target.metric), _thing(result.what)
        if not asked or len(told.split()) < _HEAD:
            continue
        head = " ".join(asked.split()[:_HEAD])
        if head in told or thing_words(head) <= thing_words(told):
            tally.held += 1
            continue
        tally.failed += 1
        goal, other = cut_short(target.metric, 80), cut_short(result.what, 80)
        yield OTHER.finding(
            (result.span,),
            f"mục tiêu tính trên “{goal}”, kết quả lại là của “{other}”: hai chỉ số khác nhau",
            f"the goal is of “{goal}”, the result of “{other}”: two measures",
            stated=_printed(subject, target),
            expected=_level(target),
            evidence=(target.level or target.span,),
            suggestion=both(
                "nêu kết quả của đúng chỉ số mà mục tiêu đặt ra", "tell the result of the very measure of the goal"
            ),
            severity=Severity.NOTE,
            page=target.page,
        )


def _printed(subject: Subject, target: Target) -> str:
    """The rate of a result as it is printed in its cell."""
    cells = (one for one in subject.figures if (one.table, one.row) == (target.table, target.row))
    value = target.result.value if target.result else None
    return next((one.printed for one in cells if one.value == value), f"{(value or '').replace('.', ',')}%")


def _is_of(target: Target) -> bool:
    """Whether a target says right behind its level what that is a share of."""
    return any(found["level"].replace(",", ".") == target.value for found in _OF_RE.finditer(target.text))


def _thing(name: str) -> str:
    """The thing that a name begins with, in small letters, up to what is said of it."""
    return _SAID_RE.split(_LEADS_RE.sub("", plain_name(name)))[0].strip(" ,")


LACKS = rule("TGT-020", check_parts_of_goals)
OTHER = rule("TGT-021", check_things_of_results)
GOAL_PART_RULES = (LACKS, OTHER)
