"""CIT of papers told for what was done in a period, in a note or in its sentence: they are of that period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from graphs.checks.citations.behind import date_at
from graphs.checks.citations.citing import numbered, own_day
from graphs.checks.citations.schemes_approved import check_schemes_approved
from graphs.checks.reading.periods import Period, find_periods
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.models import BlockKind, Finding, Footnote
from kb.text.sentences import split_sentences

#: Papers of one occasion: a letter or a report of another time says nothing of this one.
_OF_A_TIME = ("Công văn", "Báo cáo", "Thông báo", "Công điện")
_GRACE, _CARRIED = timedelta(days=45), timedelta(days=370)


def check_other_period(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What is offered for what was done in a period is of that period; no scheme is approved behind its years."""
    yield from check_schemes_approved(subject, tally, OTHER_TIME)
    yield from _of_its_sentence(subject, tally)
    notes = [note for note in subject.document.footnotes if note.anchor and note.parts]
    papers = [one for one in numbered(subject) if (one.type or "") in _OF_A_TIME]
    for note in notes:
        period, carried = _period_at(subject, note)
        cited = [
            (one, day)
            for one in papers
            if any(part.start <= one.parts[0].start < part.end for part in note.parts)
            if (day := own_day(subject, one))
        ]
        if period is None or not cited:
            continue
        grace = _CARRIED if carried else _GRACE
        days = [day for _, day in cited]
        letters = all(one.type == "Công văn" for one, _ in cited)
        early = max(days) < period.first - grace
        late = letters and min(days) > period.last + grace
        if not early and not late:
            tally.held += len(cited)
            continue
        tally.failed += 1
        one = cited[0][0]
        when = f"{told_day(period.first)} – {told_day(period.last)}"
        vi, en = ("trước", "before") if early else ("sau", "after")
        yield OTHER_TIME.finding(
            tuple(found.span for found, _ in cited),
            f"chú thích {note.mark} dẫn “{one.surface}” ngày {told_day(cited[0][1])}, {vi} thời kỳ mà câu nói"
            f" đến ({when})",
            f"note {note.mark} cites “{one.surface}” of {cited[0][1]}, {en} the period of the sentence",
            stated=cited[0][1].isoformat(),
            expected=when,
            evidence=(note.anchor,) if note.anchor else (),
            suggestion=both(
                "dẫn văn bản của đúng thời kỳ, hoặc kiểm tra năm trong ngày",
                "cite a paper of that period, or check the year of its date",
            ),
            page=note.page,
        )


#: A sentence that opens with its time, and up to the paper says that it was issued then and for nothing else.
_ISSUED_THEN_RE = re.compile(
    r"\W*(?:[Tt]rong\s+|[Nn]gay\s+)?(?P<time>[^,;.]{3,40}),?\s[^;.:\d]{0,120}?\bđã\s+(?:kịp thời\s+|tham mưu\s+)?"
    r"(?:ban hành|ký ban hành|có)\s+(?:(?:các|những)\s+)?"
)


def _of_its_sentence(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Năm 2023, … đã ban hành Kế hoạch … ngày 09/10/2023``: of that year."""
    text = subject.document.text
    for one in numbered(subject) if not subject.is_rule() else ():
        day = own_day(subject, one)
        before = re.split(r"[.;]\s|\n", text[max(0, one.span.start - 240) : one.span.start])[-1]
        opened = _ISSUED_THEN_RE.fullmatch(before) if day else None
        periods = list(find_periods(before)) if opened else []
        if day is None or opened is None or len(periods) != 1 or periods[0].end > opened.end("time") + 1:
            continue
        period = periods[0]
        if period.first - _GRACE <= day <= period.last + _GRACE:
            tally.held += 1
            continue
        tally.failed += 1
        when = f"{told_day(period.first)} – {told_day(period.last)}"
        yield OTHER_TIME.finding(
            (one.span,),
            f"“{one.surface}” ngày {told_day(day)} không thuộc thời kỳ mà câu nói đến ({when})",
            f"“{one.surface}” of {day} is not of the period of its sentence",
            stated=day.isoformat(),
            expected=when,
            evidence=date_at(subject, one),
            suggestion=both("kiểm tra năm trong ngày, hoặc thời kỳ", "check the year of its date, or the period"),
            page=one.page,
        )


def _period_at(subject: Subject, note: Footnote) -> tuple[Period | None, bool]:
    """The one period of the sentence that a note stands in; else that of the sentence before, and True."""
    document = subject.document
    assert note.anchor is not None
    block = document.block_over(note.anchor.start)
    if block is None or block.kind is not BlockKind.TEXT:
        return None, False
    text = document.block_text(block)
    # The mark itself is no part of the reading text: the letter before it is.
    places = (document.reading.from_source(note.anchor.start - back, block.view) for back in range(4))
    at = next((place for place in places if place is not None), None)
    if at is None:
        return None, False
    sentences = [pair for pair in split_sentences(text) if pair[0] <= at - block.view.start]
    for carried, (low, high) in enumerate(reversed(sentences[-2:])):
        periods = list(find_periods(text[low:high]))
        if periods:
            return (periods[0] if len(periods) == 1 or carried else None), bool(carried)
    return None, False


OTHER_TIME = rule("CIT-011", check_other_period)
OF_THEIR_TIME_RULES = (OTHER_TIME,)
