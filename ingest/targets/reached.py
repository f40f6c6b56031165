"""What the paragraph of a target says was reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.figures.measures import clause, measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.answer_words import HELD_AGAINST_RE
from ingest.targets.judgements import Judgement, judgement
from ingest.targets.levels import AGAINST_RE, MODAL_RE, REQUIRING, read_level
from ingest.targets.papers import reports
from ingest.targets.same import content_words, likeness
from kb.models import Document, Result, Target, TextBlock
from kb.text.sentences import SENTENCE_END_RE, sentence_start

#: The share of a rate's words that are the target's, where it stands some sentences away.
_MOST = 0.6
#: What tells that a rate was reached, not set.
_HAPPENED_RE = re.compile(
    r"\b(?:đã|đến nay|hiện|kết quả|thống kê|thực tế|mới đạt|(?<!chứng )chỉ đạt"
    r"|cải thiện|(?<!ến )(?<!hết )năm \d{4}"
    r"|quý [IVX\d]+|tháng"
    r" \d+|tính đến"
    r"|từ ngày|từ năm)\b",
    re.IGNORECASE,
)


#: The same in papers that plan: there a year tells nothing.
_DONE_RE = re.compile(
    r"\b(?:đã|đến nay|hiện nay|kết quả|thực tế|mới đạt|(?<!chứng )chỉ đạt|tính đến)\b", re.IGNORECASE
)
_INSIDE = r"(?:[^()]|\([^()]*\))*"
_BRACKET_RE = re.compile(rf"[^.;()]*\((?P<told>(?=[^()]*\bđã\b){_INSIDE})\)")


#: A level that a report names and judges.
_MET_RE = re.compile(
    r"(?P<how>hoàn thành vượt|chưa hoàn thành|không hoàn thành|chưa đạt|không đạt|vượt|hoàn thành|đạt)\s+"
    r"(?:được\s+)?(?:mức\s+)?(?:mục tiêu|chỉ tiêu)(?![^.;]*(?:;|\.\s))(?:[^\d.;]|\d(?!\d*[,.]?\d*\s*%)){0,60}$",
    re.IGNORECASE,
)
_NAMES_GOAL_RE = re.compile(r"(?:mục tiêu|chỉ tiêu)\b[^.;,%]{0,60}$", re.IGNORECASE)
_MET_BEHIND_RE = re.compile(
    r"[^.;%]{0,80}?(?:đã|được)\s+(?P<how>hoàn thành vượt|vượt|hoàn thành|đạt)(?![^\W\d_])", re.IGNORECASE
)
#: "còn thấp hơn mục tiêu 95%", "so với mức 80% của Kế hoạch": no verdict, but what was reached stands before.
_HELD_RE = re.compile(
    r"\b(?:(?:thấp hơn|cao hơn|kém|so với)\s+(?:mức\s+)?(?:mục tiêu|chỉ tiêu)|so với mức"
    r"|trong khi\s+(?:mức\s+)?(?:mục tiêu|chỉ tiêu|kế hoạch|yêu cầu)(?:\s+[^\W\d_]+){0,5}?)"
    r"(?:\s+(?:là|từ|trên|ít nhất|tối thiểu|đề ra))*\s*$",
    re.IGNORECASE,
)
_BETWEEN_RE = re.compile(r"[\s,;()⁰¹²³⁴-⁹]*(?:(?:nhưng|và|còn|vẫn)\s*)*")
_AIMED_RE = re.compile(
    r"\b(?:để|nhằm|phấn đấu|quyết tâm|cần|phải|sẽ|bảo đảm|đảm bảo|tiếp tục|có thể)\b", re.IGNORECASE
)
#: "số vụ bình quân giảm 22,4% (mục tiêu ít nhất 20%)"
_OPENS_GOAL_RE = re.compile(r"\(\s*(?:chỉ tiêu|mục tiêu|kế hoạch|yêu cầu)(?![^\W\d_])", re.IGNORECASE)
_SUMS_UP_RE = re.compile(r"\W*(?:Như vậy|Như thế|Do đó|Do vậy|Vì vậy|Qua đó|Kết quả)(?![^\W\d_])")
_CHANGED_RE = re.compile(r"\d[^.;]{0,40}[,(]\s*(?:tăng|giảm|hơn|kém|thêm)(?:\s+thêm)?\s*$", re.IGNORECASE)
_REACHED_RE = re.compile(r"(?:đạt|bằng|chiếm|là|giảm|tăng|tỷ lệ|tỉ lệ|\()\s*$")


def find_result(document: Document, block: TextBlock, text: str, at: int, metric: str) -> Result | None:
    """What the rest of the paragraph says was reached, in brackets, or after ``đến nay``, ``năm … đạt``.

    Of several the one that speaks most of the target; of a level that stands in brackets, what stands before them.
    """
    before = reached_before(text, at) or _reached_for(document, text, at) or held_against(text, at)
    happened = _HAPPENED_RE if document.metadata.type is None or reports(document) else _DONE_RE
    rates = (one for one in find_quantities(text[at:]) if _is_reached(text, at, one, happened))
    found = [before] if before else list(rates)
    if not found:
        return told_in_brackets(document, block, text, at)
    shift = 0 if before else at
    wanted = content_words(metric)
    best = max(found, key=lambda one: len(wanted & _around(text, shift + one.start, shift + one.end)))
    start, end = shift + best.start, shift + best.end
    if not before and _is_far(text, at, start) and not _speaks_of(wanted, text, best, shift):
        return None
    low = max(text.rfind(mark, 0, start) for mark in ("(", ". ", "; ")) + 1
    words = " ".join(text[low : end + 1].split()).strip(" ().;")
    span = document.reading.hull(block.view.start + start, block.view.start + end)
    what = measure(text, replace(best, start=start, end=end)).what
    unit = "%" if best.percent else measure(text, replace(best, start=start, end=end)).unit
    return Result(words, best.value, unit, span, what)


def said_verdict(document: Document, text: str, low: int, quantity: Quantity | None) -> Judgement | None:
    """What a sentence says of the level that it names: ``hoàn thành vượt mục tiêu … 45%``; else None."""
    told = _judged(text, low, quantity) if quantity and document.metadata.type else None
    if told is None or quantity is None:
        return None
    # A plan judges a level only where it says what was reached: "lộ trình đạt mục tiêu 50%" is still to come.
    return told[1] if reports(document) or _reached_for(document, text, quantity.end) else None


def _judged(text: str, low: int, quantity: Quantity) -> tuple[int, Judgement] | None:
    """Where a sentence begins to judge a level, and its verdict."""
    found = _MET_RE.search(text, low, quantity.start)
    if found:
        # "…, để đảm bảo hoàn thành chỉ tiêu 100%": what is aimed at
        clause_ = text[max(text.rfind(",", low, found.start()), low) : found.start()]
        if _AIMED_RE.search(clause_):
            return None
        return found.start(), judgement(found, "how")
    named = _NAMES_GOAL_RE.search(text, low, quantity.start)
    behind = _MET_BEHIND_RE.match(text, quantity.end) if named else None
    if named and behind:
        return named.start(), judgement(behind, "how")
    return None


def _reached_for(document: Document, text: str, at: int) -> Quantity | None:
    """The rate that a judged level was reached with: before it in its sentence, or in the one that it sums up."""
    if document.metadata.type is None:
        return None
    low = sentence_start(text, at)
    quantity = next((one for one in find_quantities(text[:at]) if one.end == at), None)
    told = _judged(text, low, quantity) if quantity else None
    if told is None or quantity is None:
        return None
    if _SUMS_UP_RE.match(text, low):
        low = sentence_start(text, max(low - 2, 0))
    unit = measure(text, quantity).unit
    rates = [
        one
        for one in find_quantities(text[: told[0]])
        if one.start >= low
        and one.percent == quantity.percent
        and (one.percent or measure(text, one).unit == unit)
        and not HELD_AGAINST_RE.search(text, low, one.start)
    ]
    # "đạt 71,1%, tăng so với năm 2030 (45,3%), vượt mục tiêu": an aside is not what was reached
    rates = [one for one in rates if ")" not in text[one.end : told[0]] or _is_open(text, low, one.start)] or rates
    # "thu 493 tỷ đồng, tăng 57 tỷ đồng so với năm trước; vượt kế hoạch": a change is not what was reached.
    rates = [one for one in rates if not _CHANGED_RE.search(text[low : one.start])] or rates
    # "đạt 98,2% (kế hoạch 98%); mọi thôn đã có điện, hoàn thành mục tiêu 100%": of another thing
    _, ended, own = text[rates[-1].end : told[0]].rpartition(";") if rates else ("", "", "")
    if ended and own.strip(" ,"):
        return None
    near = bool(rates) and _BETWEEN_RE.fullmatch(text[rates[-1].end : told[0]]) is not None
    return rates[-1] if near or (rates and _REACHED_RE.search(text[: rates[-1].start])) else None


def _is_open(text: str, low: int, at: int) -> bool:
    """Whether a place of a sentence stands in no bracket."""
    return text.count("(", low, at) <= text.count(")", low, at)


def held_against(text: str, at: int) -> Quantity | None:
    """The rate right before the words that hold it against a level which ends or begins at `at`.

    >>> text = "giải ngân đạt 93,99%, còn thấp hơn mục tiêu 95%"
    >>> found = held_against(text, len(text))
    >>> found.value if found else None
    '93.99'
    """
    low = sentence_start(text, at)
    quantities = find_quantities(text[low:at])
    level = quantities[-1] if quantities and quantities[-1].end == at - low else None
    left = text[low : low + level.start] if level else text[low:at]
    words = AGAINST_RE.search(left) or _HELD_RE.search(left)
    rates = [one for one in quantities if words and one.percent and one.end <= words.start()]
    if words is None or not rates or not _BETWEEN_RE.fullmatch(left[rates[-1].end : words.start()]):
        return None
    return replace(rates[-1], start=rates[-1].start + low, end=rates[-1].end + low)


def each_its_own(targets: list[Target]) -> Iterator[Target]:
    """Of several levels of a paragraph that got one rate that one keeps it whose words speak of it most.

    Of equals the first: what is set behind it ("trong đó …", "80% cấp huyện") is a part.
    """
    scores = [
        likeness(content_words(one.metric), content_words((one.result and one.result.what) or ""))
        for one in targets
    ]
    for at, target in enumerate(targets):
        rivals = [
            (scores[other], -other)
            for other, one in enumerate(targets)
            if one.result and target.result and one.result.value and one.result.span == target.result.span
        ]
        yield replace(target, result=None) if rivals and (scores[at], -at) < max(rivals) else target


def told_in_brackets(document: Document, block: TextBlock, text: str, at: int) -> Result | None:
    """``… được công khai (đã công khai 510 thủ tục)``: what brackets behind a level tell without a rate."""
    found = _BRACKET_RE.match(text, at)
    if found is None:
        return None
    span = document.reading.hull(block.view.start + found.start("told"), block.view.start + found.end("told"))
    return Result(" ".join(found["told"].split()), None, None, span)


def _is_reached(text: str, at: int, quantity: Quantity, signs: re.Pattern[str]) -> bool:
    start, end = at + quantity.start, at + quantity.end
    row = read_level(text, start, end)[1]
    told = re.search(r"\b(?:đạt|là|được|:|năm \d{4},)\s*(?:tỷ lệ|tỉ lệ)?\s*(?:trên|hơn|gần)?\s*$", text[at:start])
    low, _ = clause(text, start, end)
    low = max(low, at)
    aside = text.count("(", at, start) > text.count(")", at, start)
    # In a plan "75% (năm 2024: 62,4%)" says where things stand.
    happened = signs.search(text, low, start) or (aside and (signs is _HAPPENED_RE or "đạt" in text[at:start]))
    set_ = MODAL_RE.search(text, low, start)
    return quantity.percent and told is not None and row not in REQUIRING and bool(happened) and not set_


def reached_before(text: str, at: int) -> Quantity | None:
    """``đạt tỷ lệ 25,60% (Trung ương yêu cầu 15%)``: the rate right before the bracket that holds the level."""
    opened = text.rfind("(", 0, at)
    if opened < 0 or ")" in text[opened:at] or not MODAL_RE.search(text, opened, at):
        return None
    rates = [one for one in find_quantities(text[:opened]) if one.percent]
    near = rates and re.fullmatch(r"[\s⁰¹²³⁴-⁹]*", text[rates[-1].end : opened])
    told = near and re.search(r"\b(?:đạt|là|chiếm|được)\s*(?:tỷ lệ|tỉ lệ)?\s*$", text[: rates[-1].start])
    held = near and _OPENS_GOAL_RE.match(text, opened)
    return rates[-1] if told or held else None


def _is_far(text: str, at: int, start: int) -> bool:
    """Whether another sentence stands between a level and a rate, outside brackets."""
    between = text[at:start]
    return between.count("(") <= between.count(")") and len(SENTENCE_END_RE.findall(between)) > 1


def _speaks_of(wanted: frozenset[str], text: str, rate: Quantity, shift: int) -> bool:
    """Whether most words that name a rate are those of the target."""
    moved = replace(rate, start=rate.start + shift, end=rate.end + shift)
    told = content_words(measure(text, moved).what or "")
    return len(told & wanted) >= _MOST * len(told)


def _around(text: str, start: int, end: int) -> frozenset[str]:
    """The words of the clause that holds a quantity."""
    low, high = clause(text, start, end)
    return content_words(text[low:high])
