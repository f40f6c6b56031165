"""Notes read where their marks stand, by every rule that holds numbers against each other.

``Tuyển 264 hộ lý trên tổng số 300 chỉ tiêu[1]`` with the note ``Số còn lại 36 chỉ tiêu`` tells what one
sentence may tell as well, with the note in it at the mark. So the paragraphs that bear marks are read once
more that way, as a paper of their own in which each letter still stands where it was printed; what is found
there counts where it takes words of the note and of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graphs.checks.learned.borne_out import borne_out
from graphs.checks.learned.trusted import trusted
from graphs.checks.learned.vouched import vouched
from graphs.checks.reading.forms import OF_THESE
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.spliced import Spliced
from graphs.checks.report import Rule, Subject, Tally
from kb.models import BlockKind, Finding, Footnote, Span, TextBlock
from kb.text.sentences import sentence_start, split_sentences

_LABEL_RE = re.compile(r"\s*(?:\(?\[?(?:\d{1,3}|\*+)\]?\)?|[⁰¹²³⁴-⁹]+)?[.:]?\s*")
_MARK_RE = re.compile(r"\s?[(\[]?(?:\d{1,3}|\*+|[⁰¹²³⁴-⁹]+)[)\]]?")
#: Notes that say where something is told, or by which paper, tell nothing of what their sentence counts.
_SOURCE_RE = re.compile(
    r"(?:theo|tại|căn cứ|nguồn|xem|ban hành)\b|(?:nghị quyết|nghị định|quyết định|thông tư|kế hoạch|công văn"
    r"|báo cáo|tờ trình|văn bản|thông báo|chỉ thị|luật|công điện|hướng dẫn)\s+(?:số|của|này|\d)",
    re.IGNORECASE,
)
#: With these words a note goes on from its sentence; with others it is told aside.
_GOES_ON_RE = re.compile(rf"(?:{OF_THESE}|riêng|(?:bao\s+)?gồm|cụ thể|chia ra|còn lại)\b", re.IGNORECASE)
_ENDS_RE = re.compile(r"\s*(?:[.;]|$)")
_CLAUSE_END_RE = re.compile(r"[,;.:(](?=\s|$)|\s\(")
_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|vượt|thêm|hụt|thiếu|hơn|kém)\s+(?:[^\W\d_]+\s+)?$", re.IGNORECASE)
_STOP = " .;"
#: Rules of days and periods read a paper as a whole, and its notes with it.
_ON_TIMES = "graphs.checks.times."
#: Longer notes tell a story of their own.
_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class _Note:
    """A note on a paragraph: where its mark stands, where it is read, its sentences; in the reading text."""

    over: Stated
    mark: Span
    place: int
    body: Stated
    sentences: tuple[Span, ...]

    def side(self, subject: Subject, span: Span) -> bool | None:
        """Whether a place is in the note; None where it is neither there nor in the paragraph."""
        if _within(span, self._words(subject)):
            return True
        return False if any(_within(span, part) for part in self.over.block.parts) else None

    def told(self, subject: Subject, span: Span) -> Span:
        """A place, without the words before a note that are only read with it."""
        words = self._words(subject)
        return Span(words.start, span.end) if span.start < words.start < span.end <= words.end else span

    def _words(self, subject: Subject) -> Span:
        return subject.document.reading.hull(self.sentences[0].start, self.sentences[-1].end)


def found_with_notes(subject: Subject, rules: Iterable[Rule]) -> list[Finding]:
    """What rules find of a paragraph and a note on it together."""
    notes = tuple(_notes(subject)) if subject.document.footnotes and not subject.is_rule() else ()
    if not notes:
        return []
    read = _read_in(subject, notes)
    asked = [rule for rule in rules if not rule.run.__module__.startswith(_ON_TIMES)]
    found = [_of_note(subject, notes, one) for rule in asked for one in rule.run(read, Tally())]
    of_both = [one for one in found if one]
    for weigh in (trusted, vouched):
        of_both = list(weigh(read, of_both, Tally()))
    return of_both


def not_told(subject: Subject, of_notes: Iterable[Finding], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of notes without those whose number the whole paper proves, or where it is told of already."""
    known = {(one.rule, span) for one in findings for span in one.spans}
    proved = borne_out(subject)
    for one in of_notes:
        if not any(span in proved or (one.rule, span) in known for span in one.spans):
            yield one
            known |= {(one.rule, span) for span in one.spans}


def _notes(subject: Subject) -> Iterator[_Note]:
    """The notes that state figures, on paragraphs that state some too; in the order of their marks."""
    document = subject.document
    told = {where.block.view.start: where for where in stated(subject)}
    bearing = [where.block for where in told.values() if where.block.kind is BlockKind.TEXT]
    bodies = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    for note in document.footnotes:
        body = next((one for one in bodies if _holds(one, note)), None)
        over = next((one for one in bearing if _bears(one, note)), None)
        mark = document.reading.from_source(note.anchor.start, over.view) if over and note.anchor else None
        if body is None or over is None or mark is None:
            continue
        words = told.get(body.view.start) or Stated(body, document.block_text(body), ())
        text = told[over.view.start]
        label = _LABEL_RE.match(words.text)
        skip = label.end() if label else 0
        sentences = tuple(_telling(words, skip))
        if sentences and not _SOURCE_RE.match(words.text, skip):
            printed = _MARK_RE.match(text.text, mark - over.view.start)
            behind = printed.end() if printed else mark - over.view.start
            place = _counted_until(text, behind)
            if place is None:
                continue
            yield _Note(text, Span(mark, over.view.start + behind), over.view.start + place, words, sentences)


def _telling(words: Stated, skip: int) -> Iterator[Span]:
    """The first sentences of a note that state figures, or list what a paragraph counts."""
    start = words.block.view.start
    for low, high in split_sentences(words.text[skip:])[:_MOST_SENTENCES]:
        end = skip + low + len(words.text[skip + low : skip + high].rstrip(_STOP))
        counts = any(skip + low <= words.start(one) < end for one in words.figures)
        if counts or "; " in words.text[skip + low : end]:
            yield Span(start + skip + low, start + end)


def _counted_until(text: Stated, mark: int) -> int | None:
    """Where what a note is on ends: at its mark, or behind the first count that follows: ``Trợ cấp[2]: 9 hộ``.

    None where the first that follows is by how much it changed: how many there are is not told then.
    """
    low, high = sentence_start(text.text, mark - 1), text.sentence_end(mark)
    if any(low <= text.start(one) < mark for one in text.figures):
        return mark
    first = next((one for one in text.figures if mark <= text.start(one) < high), None)
    if first is None:
        return mark
    if first.unit == "%" or _CHANGE_RE.search(text.text, low, text.start(first)):
        return None
    end = _CLAUSE_END_RE.search(text.text, text.start(first), high)
    return end.start() if end else high


def _read_in(subject: Subject, notes: Iterable[_Note]) -> Subject:
    """A paper of the paragraphs that bear marks, with their notes read there."""
    spliced = Spliced(subject.document.reading)
    blocks: list[TextBlock] = []
    by_paragraph: dict[int, list[_Note]] = {}
    for note in notes:
        by_paragraph.setdefault(note.over.block.view.start, []).append(note)
    for of_one in by_paragraph.values():
        over, start = of_one[0].over, spliced.length
        at = over.block.view.start
        for note in sorted(of_one, key=lambda one: (one.mark.start, one.place)):
            spliced.copy(at, max(at, note.mark.start), over.figures)
            at = max(at, note.mark.end)
            spliced.copy(at, max(at, note.place), over.figures)
            at = max(at, note.place)
            _read_note(spliced, note, at)
        spliced.copy(at, over.block.view.end, over.figures)
        blocks.append(replace(over.block, view=Span(start, spliced.length)))
        spliced.insert("\n", at)
    document = replace(
        subject.document, reading=spliced.view(), blocks=tuple(blocks), tables=(), footnotes=(), units=()
    )
    return replace(subject, document=document, citations=(), figures=tuple(spliced.figures), targets=())


def _read_note(spliced: Spliced, note: _Note, at: int) -> None:
    """A note read in its paragraph: behind a comma where it goes on from its sentence, else in brackets."""
    first = note.sentences[0]
    ends = _ENDS_RE.match(note.over.text, at - note.over.block.view.start)
    alone = ends is not None and len(note.sentences) == 1
    goes_on = alone and _GOES_ON_RE.match(note.body.text, first.start - note.body.block.view.start)
    spliced.insert(", " if goes_on else " (", first.start)
    for sentence in note.sentences:
        if sentence is not first:
            spliced.insert("; ", sentence.start)
        spliced.copy(sentence.start, sentence.end, note.body.figures, small=True)
    if not goes_on:
        spliced.insert(")", first.start)


def _of_note(subject: Subject, notes: Iterable[_Note], finding: Finding) -> Finding | None:
    """A finding that takes words of one note and of its paragraph; None where it takes others."""
    for note in notes:
        spans, evidence = (
            tuple(note.told(subject, one) for one in of) for of in (finding.spans, finding.evidence)
        )
        sides = [note.side(subject, one) for one in (*spans, *evidence)]
        if None not in sides and len(set(sides)) > 1:
            page = (note.body if sides[0] else note.over).block.page
            return replace(finding, spans=spans, evidence=evidence, page=page)
    return None


def _within(span: Span, part: Span) -> bool:
    return part.start <= span.start <= span.end <= part.end


def _holds(block: TextBlock, note: Footnote) -> bool:
    return any(_covers(block, part.start) for part in note.parts[:1])


def _bears(block: TextBlock, note: Footnote) -> bool:
    return note.anchor is not None and _covers(block, note.anchor.start)


def _covers(block: TextBlock, at: int) -> bool:
    return any(part.start <= at < part.end for part in block.parts)
