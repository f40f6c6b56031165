"""FTN: notes and their marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from graphs.checks.citations.citing import numbered
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Citation, Finding, Footnote, Span, UnitKind
from kb.numbers import number_key, parse_number


def check_notes_without_mark(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Every note has its mark in the text."""
    behind = (UnitKind.APPENDIX, UnitKind.ATTACHMENT)
    attached = [unit.span.start for unit in subject.document.units if unit.kind in behind]
    for note in subject.document.footnotes:
        if note.anchor is not None:
            tally.held += 1
            continue
        if subject.is_rule() and attached and note.parts and note.parts[0].start >= min(attached):
            tally.skip(both("chú thích của biểu mẫu", "a note of a form"))
            continue
        if not note.mark.strip("*()") and _stars_elsewhere(subject, note):
            tally.skip(
                both("dấu * thường nằm trong bảng, hình", "the mark * often stands in a table or a picture")
            )
            continue
        tally.failed += 1
        yield NO_MARK.finding(
            note.parts,
            f"chú thích {note.mark} không có dấu dẫn trong bài",
            f"note {note.mark} has no mark in the text",
            stated=note.mark,
            suggestion=both(
                "đặt dấu dẫn vào chỗ cần chú thích, hoặc bỏ chú thích",
                "set its mark in the text, or drop the note",
            ),
            page=note.page,
        )


_STARS_RE = re.compile(r"\*+")


def _stars_elsewhere(subject: Subject, note: Footnote) -> bool:
    """Whether as many stars as a note has stand outside of all notes: more often than notes begin with them."""
    notes = subject.document.footnotes
    parts = sorted((part for one in notes for part in one.parts), key=lambda part: part.start)
    stars = note.mark.strip("()")
    runs = _STARS_RE.findall(_outside(subject.document.text, parts))
    return runs.count(stars) > sum(one.mark.strip("()") == stars for one in notes)


def _outside(text: str, parts: Sequence[Span]) -> str:
    """The text without some parts of it."""
    places = [0, *(at for part in parts for at in (part.start, part.end)), len(text)]
    return "".join(text[low:high] for low, high in zip(places[::2], places[1::2], strict=True))


#: From so many on the copy has lost its notes: one fault, told once.
_MANY_LOST = 4
_ADD_NOTE = both("bổ sung nội dung chú thích, hoặc bỏ dấu dẫn", "add the note, or drop the mark")


def check_marks_without_note(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Every mark has its note."""
    lost = [problem for problem in subject.document.problems if problem.code == "footnote.no_note"]
    tally.failed += len(lost)
    if len(lost) >= _MANY_LOST:
        first, last = lost[0].spans[0], lost[-1].spans[0]
        marks = subject.document.text[first.start : first.end], subject.document.text[last.start : last.end]
        yield NO_NOTE.finding(
            tuple(span for problem in lost for span in problem.spans),
            f"{len(lost)} dấu dẫn, từ {marks[0]} đến {marks[1]}, không có nội dung chú thích",
            f"{len(lost)} marks, from {marks[0]} to {marks[1]}, have no notes",
            suggestion=_ADD_NOTE,
        )
        return
    for problem in lost:
        yield NO_NOTE.finding(problem.spans, problem.vi, problem.en, suggestion=_ADD_NOTE)
    yield from _stars_without_note(subject, tally)


#: Stars in brackets close behind a figure, and a line that tells what stars mean.
_STAR_MARK_RE = re.compile(r"(?<=[\d%])\s?(?P<mark>\(\*{1,3}\))")
_STAR_LINE_RE = re.compile(r"^[\s|\"“_]*\(?\*", re.MULTILINE)
_STAR_TOLD_RE = re.compile(r"(?:dấu|ghi chú|chú thích)[^.\n]{0,20}\(?\*", re.IGNORECASE)


def _stars_without_note(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``95%(*)`` in a text that has no line with a star."""
    text = subject.document.text
    marks = list(_STAR_MARK_RE.finditer(text)) if "(*" in text else []
    if not marks or subject.is_rule() or _STAR_LINE_RE.search(text) or _STAR_TOLD_RE.search(text):
        return
    tally.failed += len(marks)
    mark = marks[0]["mark"]
    yield NO_NOTE.finding(
        tuple(Span(*one.span("mark")) for one in marks),
        f"dấu dẫn {mark} không có nội dung chú thích",
        f"the mark {mark} has no note",
        stated=mark,
        suggestion=_ADD_NOTE,
    )


def check_numbering(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """In each series the notes are numbered through."""
    series: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    for note in subject.document.footnotes:
        if note.mark.isdigit() and note.parts:
            series[note.series].append((int(note.mark), note.parts[0]))
    for notes in series.values():
        numbers = {number for number, _ in notes}
        for number, span in notes:
            if number == 1 or number - 1 in numbers or number == min(numbers):
                tally.held += 1
                continue
            tally.failed += 1
            yield GAP.finding(
                (span,),
                f"chú thích {number} đứng sau một số bị thiếu ({number - 1})",
                f"note {number} follows a missing one ({number - 1})",
                stated=str(number),
                expected=str(number - 1),
                suggestion=both("đánh số lại chú thích", "number the notes again"),
            )


#: Between a document and the mark of its note: its date and its body, nothing else.
_TO_MARK_RE = re.compile(
    r"[”\"’)]?\s*(?:,?\s*ngày\s+[\d/.\-]+|,?\s*ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4})?"
    r"(?:\s+(?:của|do)\s+[^,.;()]{2,70})?\s*"
)
_BEGINS = 12


def check_notes_of_documents(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A note hung on a document by number cites that document, not another paper of the same body and type."""
    cited = list(numbered(subject))
    starts = [one.parts[0].start for one in cited]
    for note in subject.document.footnotes:
        if note.anchor is None or not note.parts:
            continue
        at = bisect_left(starts, note.anchor.start) - 1
        named = cited[at] if at >= 0 else None
        inside = cited[bisect_left(starts, note.parts[0].start) : bisect_left(starts, note.parts[-1].end)]
        if named is None or named.footnote or not inside or inside[0].span.start > note.parts[0].start + _BEGINS:
            continue
        between = subject.document.text[named.span.end : note.anchor.start]
        if not _TO_MARK_RE.fullmatch(between) or not _alike(named, inside[0]):
            continue
        if any(number_key(one.number or "") == number_key(named.number or "") for one in inside):
            tally.held += 1
            continue
        tally.failed += 1
        other = inside[0]
        yield OTHER_PAPER.finding(
            (named.span, other.span),
            f"chú thích {note.mark} đặt ở “{named.surface}” lại dẫn “{other.surface}”",
            f"note {note.mark} stands at “{named.surface}” but cites “{other.surface}”",
            stated=other.number,
            expected=named.number,
            suggestion=both(
                "xem lại số văn bản ở bài và ở chú thích", "look at the number in the text and the note"
            ),
            page=note.page,
        )


def _alike(one: Citation, other: Citation) -> bool:
    first, second = parse_number(one.number or ""), parse_number(other.number or "")
    if first is None or second is None:
        return False
    return (first.type_code, first.issuers) == (second.type_code, second.issuers)


NO_MARK = rule("FTN-001", check_notes_without_mark)
NO_NOTE = rule("FTN-002", check_marks_without_note)
GAP = rule("FTN-003", check_numbering)
OTHER_PAPER = rule("FTN-004", check_notes_of_documents)
NOTE_RULES = (NO_MARK, NO_NOTE, GAP, OTHER_PAPER)
