"""``Tất cả chỉ tiêu được giao đã hoàn thành``, ``hầu hết chỉ tiêu đạt``: against how many are counted so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.goals.tallied import counted_goals
from graphs.checks.goals.verdict_places import VerdictPlace, verdict_places
from graphs.checks.reading.counted import DONE
from graphs.checks.reading.loose import Loose, loose_in
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.loose_said import is_else
from graphs.checks.restated.said_of_all import texts_of
from kb.bilingual import both
from kb.models import Finding, Severity, Span, TextBlock
from kb.text.sentences import split_sentences

_ALL_RE = re.compile(r"\b(?:tất cả|toàn bộ|mọi)(?=\s)", re.IGNORECASE)
#: Goals, words that make them no part of them, and that they were reached.
_REACHED_RE = re.compile(
    r"\s+(?:các\s+|số\s+|những\s+)*(?:chỉ tiêu|mục tiêu)"
    r"(?:\s+(?:được|giao|đề ra|đặt ra|chủ yếu|kế hoạch|của|năm|trong|(?:19|20)\d\d|tỉnh|huyện|xã|thành phố|theo"
    r"|cấp|trên|kinh tế|xã hội|-))*?(?:\s+(?:đều|đã|được))*\s+"
    rf"{DONE}\b(?!\s+(?:\d|từ|trên|dưới|tỷ lệ|khoảng|gần))",
    re.IGNORECASE,
)
_BUT_RE = re.compile(r"\b(?:trừ|ngoại trừ|riêng|còn lại|khác|nếu|chưa|không)\b", re.IGNORECASE)
_MET = ("met", "done", "over")
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Reached:
    """How many of how many goals were reached, and where that stands."""

    count: int
    whole: int
    span: Span

    @property
    def share(self) -> Decimal:
        """The same in per cent."""
        return Decimal(self.count) / self.whole * _FULL

    @property
    def told(self) -> str:
        """The same in words."""
        return f"{self.count}/{self.whole} chỉ tiêu đạt"


def check_goals_loosely(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """So many of the goals as the words say were reached."""
    if subject.is_rule():
        return
    claims = [claim for block, text in texts_of(subject) for claim in _claims(block, text)]
    shares = list(_shares(subject)) if claims else []
    for block, said in claims:
        if any(said.fits(one.share) for one in shares):
            tally.held += 1
        elif len({one.whole for one in shares}) == 1:
            tally.failed += 1
            told, span = shares[0].told, shares[0].span
            at = block.view.start
            yield by.finding(
                (subject.document.reading.hull(at + said.start, at + said.end),),
                f"nói “{said.words}” chỉ tiêu đạt, nhưng chỗ khác cho thấy {told}",
                f"“{said.words}” of the goals are said to be reached, but elsewhere it is {told}",
                stated=said.words,
                expected=told,
                evidence=(span,),
                suggestion=both("đối chiếu với kết quả từng chỉ tiêu", "compare with the result of each goal"),
                page=block.page,
                severity=Severity.WARNING,
            )


def _claims(block: TextBlock, text: str) -> Iterator[tuple[TextBlock, Loose]]:
    """What a block says in loose words, or of all, of goals that were reached."""
    if "iêu" not in text:
        return
    found = [Loose(*one.span(), one.group(), _FULL, _FULL) for one in _ALL_RE.finditer(text)]
    for said in (*found, *loose_in(text)):
        reached = _REACHED_RE.match(text, said.end)
        if not reached:
            continue
        low, high = next(one for one in split_sentences(text) if one[0] <= said.start < one[1])
        if not _BUT_RE.search(text, said.start, high) and not is_else(text[low : said.start], reached.group()):
            yield block, said


def _shares(subject: Subject) -> Iterator[_Reached]:
    """How many of the goals were reached, by every count of the text and every place that judges them."""
    for goals in counted_goals(subject):
        # "08 đạt và vượt (vượt 07, đạt 01), 02 chưa đạt": what was missed leaves all others, of the rest the most.
        told = [(one, whole) for one in goals.told if (whole := one.whole or one.of) and one.count <= whole]
        missed = [(one, whole, whole - one.count) for one, whole in told if one.verdict == "missed"]
        reached = [(one, whole, one.count) for one, whole in told if one.verdict in _MET]
        for one, whole, count in missed[:1] or sorted(reached, key=lambda of: -of[2])[:1]:
            at = goals.block.view.start
            span = subject.document.reading.hull(at + one.start, at + one.end)
            yield _Reached(count, whole, span)
    for place in verdict_places(subject):
        met = _met(place)
        if place.table is not None and place.goals:
            span = Span(place.span.start, place.span.start + 1)
            yield _Reached(met, place.goals, span)


def _met(place: VerdictPlace) -> int:
    return sum(place.kinds[kind] for kind in _MET)
