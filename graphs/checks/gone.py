"""FIG of what is said to be no more: ``không còn xã nào dưới 10 tiêu chí`` against a count of it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Finding, Span, TextBlock

_NONE_LEFT_RE = re.compile(
    r"\bkhông còn\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+){0,2}?)\s+nào\s+(?P<rest>[^.;,()]{4,60}?)\s*(?=[.;,()]|$)",
    re.IGNORECASE,
)
_WAS_RE = re.compile(r"\b(?:từ|trước|đầu kỳ|cùng kỳ|năm\s+(?:19|20)\d\d)\b[^.;,]*$", re.IGNORECASE)


def check_none_left(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What is said to be no more is counted nowhere else."""
    texts = list(_texts(subject)) if not subject.is_rule() else []
    for block, text in texts:
        for found in _NONE_LEFT_RE.finditer(text):
            words = f"{found['noun']} {found['rest']}".split()
            thing = r"\s+".join(map(re.escape, words))
            counted = re.compile(rf"(?<![\d.,/])(?P<count>\d{{1,5}})\s+{thing}(?!\w)", re.IGNORECASE)
            for other, told in texts:
                for count in counted.finditer(told):
                    if int(count["count"]) == 0 or _WAS_RE.search(told[: count.start()]):
                        continue
                    tally.failed += 1
                    yield NONE_LEFT.finding(
                        (_span(subject, block, found.start(), found.end()),),
                        f"ghi “{found.group()}”, nhưng chỗ khác ghi “{count.group()}”",
                        f"“{found.group()}” is stated, but elsewhere “{count.group()}”",
                        stated=found.group(),
                        expected=count.group(),
                        evidence=(_span(subject, other, count.start(), count.end()),),
                        suggestion=both("đối chiếu hai chỗ", "compare the two places"),
                        page=block.page,
                    )


def _texts(subject: Subject) -> Iterator[tuple[TextBlock, str]]:
    for block in subject.document.blocks:
        if block.kind in (BlockKind.TEXT, BlockKind.NOTE):
            yield block, subject.document.block_text(block)


def _span(subject: Subject, block: TextBlock, start: int, end: int) -> Span:
    return subject.document.reading.hull(block.view.start + start, block.view.start + end)


NONE_LEFT = rule("FIG-227", check_none_left)
GONE_RULES = (NONE_LEFT,)
