"""What the paragraph of a target says was reached."""

from __future__ import annotations

import re

from ingest.figures.measures import clause
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.levels import MODAL_RE, REQUIRING, read_level
from ingest.targets.same import content_words
from kb.models import Document, Result, TextBlock

#: What tells that a rate was reached, not set.
_HAPPENED_RE = re.compile(
    r"\b(?:đã|đến nay|hiện|kết quả|thống kê|thực tế|mới đạt|chỉ đạt|cải thiện|(?<!ến )(?<!hết )năm \d{4}|quý"
    r" [IVX\d]+|tháng"
    r" \d+|tính đến"
    r"|từ ngày|từ năm)\b",
    re.IGNORECASE,
)


def find_result(document: Document, block: TextBlock, text: str, at: int, metric: str) -> Result | None:
    """What the rest of the paragraph says was reached, in brackets, or after ``đến nay``, ``năm … đạt``.

    Of several the one that speaks most of the target; of a level that stands in brackets, what stands before them.
    """
    before = reached_before(text, at)
    found = [before] if before else [one for one in find_quantities(text[at:]) if _is_reached(text, at, one)]
    if not found:
        return None
    shift = 0 if before else at
    wanted = content_words(metric)
    best = max(found, key=lambda one: len(wanted & _around(text, shift + one.start, shift + one.end)))
    start, end = shift + best.start, shift + best.end
    low = max(text.rfind(mark, 0, start) for mark in ("(", ". ", "; ")) + 1
    words = " ".join(text[low : end + 1].split()).strip(" ().;")
    span = document.reading.hull(block.view.start + start, block.view.start + end)
    return Result(words, best.value, "%", span)


def _is_reached(text: str, at: int, quantity: Quantity) -> bool:
    start, end = at + quantity.start, at + quantity.end
    row = read_level(text, start, end)[1]
    told = re.search(r"\b(?:đạt|là|được|:|năm \d{4},)\s*(?:tỷ lệ|tỉ lệ)?\s*(?:trên|hơn|gần)?\s*$", text[at:start])
    low, _ = clause(text, start, end)
    low = max(low, at)
    happened = _HAPPENED_RE.search(text, low, start) or text.count("(", at, start) > text.count(")", at, start)
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
    return rates[-1] if told else None


def _around(text: str, start: int, end: int) -> frozenset[str]:
    """The words of the clause that holds a quantity."""
    low, high = clause(text, start, end)
    return content_words(text[low:high])
