"""How many goals a sentence says came out how: ``7/8 chỉ tiêu đạt``, ``vượt 05, đạt 02``.

The count may stand before the verdict or behind it, with its whole (``7/8``), or the whole stands elsewhere in the
sentence (``Trong 8 chỉ tiêu …``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from graphs.checks.goals.verdict_words import VERDICT, kind_of_verdict
from graphs.checks.reading.counted import COUNT_WORDS, DONE_WORDS, read_count
from graphs.checks.reading.forms import PLANNED_RE

GOALS = ("chỉ tiêu", "mục tiêu")
KINDS = (*GOALS, "tiêu chí", "nhiệm vụ", "nội dung", "chỉ số")
_KIND = rf"(?:{'|'.join(KINDS)})"
_NUMBER = rf"(?:\d{{1,3}}|một|{COUNT_WORDS})"
_FREE = r"(?<![\w/.,])"
_OUT_OF = rf"(?:/(?P<of>\d{{1,3}})|\s+(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?(?P<whole>{_NUMBER}))"
_IS_SAID = r"(?:đã\s+|được\s+|đánh giá\s+|là\s+|cũng\s+|đều\s+)*"
#: No verdict of all of them: "đạt 95%", "vượt từ 5%", "đạt trên mức".
_NO_SHARE = r"(?!\s+(?:(?:trên|từ|dưới|khoảng|gần)\s+(?:mức|\d)|tỷ lệ|\d))"
_ANY_VERDICT = re.sub(r"\?P<\w+>", "?:", VERDICT)
#: Five, which is a year too, where it opens a clause and its verdict stands right behind it.
_FIVE = rf"(?<=[,;:]\s)năm(?=\s+(?:{_ANY_VERDICT})\b)"
_COUNT = rf"{_FREE}(?P<count>{_NUMBER}|{_FIVE}){_OUT_OF}?"
#: What may stand between a count and its verdict; no other count, and no other verdict.
_WORDS = (
    rf"(?:(?![;:()]|\.\s|\b(?:phải|cần)\b|{_FIVE}|,\s{_NUMBER}\s+(?:{_ANY_VERDICT})\b|{_NUMBER}(?:/\d+)?\s+{_KIND}"
    rf"|\b(?:{_ANY_VERDICT})\b).){{0,110}}?"
)
_BEFORE_RE = re.compile(
    rf"{_COUNT}\s+(?:(?P<kind>{_KIND})\b(?P<what>{_WORDS})\s+)?{_IS_SAID}"
    rf"(?>{VERDICT})\b{_NO_SHARE}",
    re.IGNORECASE,
)
_BEHIND_RE = re.compile(
    rf"\b(?>{VERDICT})(?:\s+(?:mức|là|có|được|tiến độ|kế hoạch|yêu cầu))*:?\s+"
    rf"(?:(?:cả|toàn bộ|tất cả)\s+(?=\d+/))?"
    rf"(?P<count>{_NUMBER})(?:/(?P<of>\d{{1,3}}))?(?![\w/]|[.,]\d)(?:\s+(?P<kind>{_KIND})\b|(?=\s*(?:[.;,)]|$)))",
    re.IGNORECASE,
)
_WHOLE_RE = re.compile(rf"{_FREE}(?P<count>{_NUMBER})\s+{_KIND}\b", re.IGNORECASE)
_KIND_RE = re.compile(rf"\b{_KIND}\b", re.IGNORECASE)
#: What is left out, or is of another time or body.
_BUT_RE = re.compile(
    r"\b(?:trừ|ngoại trừ|riêng|năm trước|cùng kỳ|nếu|hầu hết|khác|còn lại|quý|nhóm|mỗi|từng)\b", re.IGNORECASE
)
#: All of them; and what has yet to be.
_ALL_RE = re.compile(r"\b(?:cả|tất cả|toàn bộ)\s+$", re.IGNORECASE)
#: Before what is left of them, which is no whole: ``10 mục tiêu đã có 6 mục tiêu hoàn thành, còn 4 mục tiêu``.
_LEFT_RE = re.compile(r"\bcòn(?: lại)?\s+$", re.IGNORECASE)
_IN_IT_RE = re.compile(r"\btrong (?:đó|số này|số đó),?\s+(?:có\s+)?$", re.IGNORECASE)
_NEAR = 24
#: Words that name no part of the goals.
_LIGHT_RE = re.compile(
    r"(?:\b(?:chủ yếu|được|giao|đề ra|đặt ra|cơ bản|năm|kế hoạch|của|theo|tại|số|ngày|so với|thành phần"
    r"|cụ thể|kinh tế|xã hội|phát triển|huyện|tỉnh|thành phố|xã|nghị quyết|quyết định|phương án|chương trình|đề án"
    r"|\d[\w/-]*|(?-i:[A-ZĐ]{2,}[\w/-]*))(?!\w)|[\s,–-])*+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class GoalCount:
    """So many goals, of how many, came out so; where it stands in its paragraph, and whether it names no part.

    `of` is told beside it (`7/8`), `whole` elsewhere in the sentence.
    """

    count: int
    of: int | None
    verdict: str
    start: int
    end: int
    number: tuple[int, int]
    plain: bool = True
    whole: int | None = None
    noun: str | None = None


def may_count(text: str) -> bool:
    """Whether a text has the words of both, looked for before its sentences are."""
    return any(word in text for word in DONE_WORDS) and any(word in text.lower() for word in KINDS)


def goal_counts(text: str, low: int, high: int) -> tuple[GoalCount, ...]:
    """What a sentence counts of goals; nothing of what is to come, or of all but some.

    >>> line = "Trong 9 chỉ tiêu có 6 chỉ tiêu vượt, 02 đạt và một chỉ tiêu chưa đạt."
    >>> [(one.count, one.verdict, one.whole) for one in goal_counts(line, 0, len(line))]
    [(6, 'over', 9), (2, 'done', 9), (1, 'missed', 9)]
    >>> line = "Tám mục tiêu, năm vượt, một đạt, hai chưa đạt."
    >>> [(one.count, one.verdict, one.whole) for one in goal_counts(line, 0, len(line))]
    [(5, 'over', 8), (1, 'done', 8), (2, 'missed', 8)]
    """
    if not _KIND_RE.search(text, low, high):
        return ()
    told: list[GoalCount] = []
    named = False
    for pattern in (_BEFORE_RE, _BEHIND_RE):
        for found in pattern.finditer(text, low, high):
            if any(one.start < found.end() and found.start() < one.end for one in told):
                continue
            if _ALL_RE.search(text, max(low, found.start() - _NEAR), found.start()) or PLANNED_RE.search(
                text, found.start(), found.end()
            ):
                continue
            named = named or bool(found["kind"])
            told.append(_count(found))
    told.sort(key=lambda one: one.start)
    # "trong đó 01 chỉ tiêu đã hoàn thành cả năm" is by another measure.
    told = [
        one
        for at, one in enumerate(told)
        if not at
        or one.of
        or one.verdict != "done"
        or not _IN_IT_RE.search(text, max(low, one.start - _NEAR), one.start)
    ]
    wholes = {
        _read(found["count"])
        for found in _WHOLE_RE.finditer(text, low, high)
        if not any(one.start <= found.start() < one.end for one in told)
        and not _LEFT_RE.search(text, max(low, found.start() - _NEAR), found.start())
    }
    if not told or not (named or wholes) or PLANNED_RE.search(text, low, told[0].start):
        return ()
    if _BUT_RE.search(text, low, told[-1].end):
        return ()
    return tuple(_with_whole(told, wholes))


def _with_whole(told: Sequence[GoalCount], wholes: Set[int]) -> Iterator[GoalCount]:
    """Each count with the one whole of the sentence, else with that of the count before it, or behind."""
    last = next((one.of for one in told if one.of), None)
    for one in told:
        last = one.of or last
        yield replace(one, whole=one.of or (next(iter(wholes)) if len(wholes) == 1 else last))


def _count(found: re.Match[str]) -> GoalCount:
    words = found.groupdict()
    of = _read(words["of"] or words.get("whole") or "")
    noun = (words["kind"] or "").lower() or None
    plain = _LIGHT_RE.fullmatch(words.get("what") or "") is not None
    return GoalCount(
        _read(found["count"]), of or None, kind_of_verdict(found), *found.span(), _number(found), plain, noun=noun
    )


def _number(found: re.Match[str]) -> tuple[int, int]:
    """Where a count stands, with its whole behind a stroke."""
    return found.start("count"), found.end("of") if found["of"] else found.end("count")


def _read(words: str) -> int:
    return 1 if words.lower() == "một" else read_count(words or None) or 0


def sums_told(told: Sequence[GoalCount]) -> Iterator[tuple[GoalCount, int]]:
    """Counts of a sentence that do not come to their whole: the one missed, and what it would have to be.

    >>> line = "7/9 chỉ tiêu đạt, còn 3 chỉ tiêu chưa đạt"
    >>> [(one.count, right) for one, right in sums_told(goal_counts(line, 0, len(line)))]
    [(3, 2)]
    """
    wholes = {one.whole for one in told}
    if len(wholes) != 1 or None in wholes or {one.verdict for one in told} - {"met", "over", "done", "missed"}:
        return
    whole = wholes.pop() or 0
    missed = [one for one in told if one.verdict == "missed"]
    reached = [one for one in told if one.verdict != "missed"]
    if len(missed) != 1 or not reached or any(one.count > whole for one in told):
        return
    rest = whole - missed[0].count
    kinds = [one.verdict for one in reached]
    parts = sum(one.count for one in reached) if len(set(kinds)) == len(kinds) else rest
    if rest not in (parts, *(one.count for one in reached)):
        most = max(reached, key=lambda one: one.count)
        if len(reached) == 1 or most.of or most.verdict == "met":
            yield missed[0], whole - most.count
