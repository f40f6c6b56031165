"""The Word file that was handed in, each finding a comment at its words; nothing else of it is changed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from zipfile import BadZipFile

from docx import Document as open_word
from docx.document import Document as WordFile
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingest.readers.docx_package import Element
from kb.models import Document, Finding, Footnote, MediaType
from kb.text.normalize import nfc, printable
from webapp.outputs.front import basics, decision, finding_words, verdict
from webapp.outputs.sheet import Sheet, coverage

_AUTHOR, _INITIALS = "Căn Cứ", "CC"
_COPY = "Bản sao của tệp đã nộp, kèm ghi chú kiểm tra; chữ trong văn bản không đổi."
#: Signs that may stand between the words of two runs: a mark of a note, a label of a list.
_GAP = 40
#: How far ahead the words of a paragraph are looked for, where they are few.
_NEAR, _FEW = 2_000, 12
_W, _MC = qn("w:p")[: -len("p")], "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


@dataclass(frozen=True, slots=True)
class _Words:
    """A run of the file and its place in the text that was read."""

    start: int
    end: int
    run: Element
    paragraph: Element


def commented_copy(sheet: Sheet) -> bytes | None:
    """The bytes of the file with comments; None where what was handed in is no Word file that can bear them."""
    document = sheet.analysis.document
    if document.source.media_type is not MediaType.DOCX or not sheet.original:
        return None
    try:
        word = open_word(io.BytesIO(sheet.original))
    except (ValueError, KeyError, OpcError, BadZipFile, SyntaxError):
        return None  # a file with macros is of another kind; some that can be read are broken elsewhere
    findings = sheet.report.findings
    cuts = {edge for finding in findings for span in finding.spans[:1] for edge in (span.start, span.end)}
    words = list(_located(word, document.text, sorted(cuts)))
    if not words:
        return None
    _say(word, words[:1], _head(sheet))
    placed = [(_words_of(document, words, finding), finding) for finding in findings]
    for (found, note), finding in sorted(placed, key=lambda one: one[0][0][0].start):
        lead = f"Chú thích {note.mark}. " if note else ""
        decided = decision(sheet, finding)
        _say(word, found, lead + finding_words(finding) + (f"\n✓ {decided}" if decided else ""))
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _head(sheet: Sheet) -> str:
    lines = [_COPY, verdict(sheet), basics(sheet)]
    return "\n".join([*lines, *(coverage(family, tally) for family, tally in sheet.report.checked.items())])


def _say(word: WordFile, words: list[_Words], text: str) -> None:
    runs = [Run(one.run, Paragraph(one.paragraph, word)) for one in (words[0], words[-1])]
    word.add_comment(runs, text=printable(text), author=_AUTHOR, initials=_INITIALS)


def _words_of(document: Document, words: list[_Words], finding: Finding) -> tuple[list[_Words], Footnote | None]:
    """The runs that a comment marks, within one paragraph; of a note those at its mark."""
    start, end = (finding.spans[0].start, finding.spans[0].end) if finding.spans else (0, 0)
    notes = (note for note in document.footnotes if any(part.start <= start < part.end for part in note.parts))
    note = next(notes, None)
    if note is not None and note.anchor is not None:
        start = end = note.anchor.start
    found = [one for one in words if one.start < max(end, start + 1) and one.end > start]
    found = found or [one for one in words if one.start <= start][-1:] or words[:1]
    return [one for one in found if one.paragraph is found[0].paragraph], note


def _located(word: WordFile, text: str, cuts: list[int]) -> Iterator[_Words]:
    """The runs with their places in a text, in its order; cut where findings begin and end."""
    at = 0
    for paragraph in word.element.body.iter(f"{_W}p"):
        leaves = [leaf for leaf in _leaves(paragraph) if (leaf.text or "").strip()]
        shown = "".join(leaf.text for leaf in leaves).strip()
        found = _pattern([leaf.text for leaf in leaves]).search(text, at) if leaves else None
        if found is None or (len(shown) < _FEW and found.start() - at > _NEAR):
            continue
        at = found.end()
        for number, leaf in enumerate(leaves, 1):
            yield from _cut(leaf, paragraph, found.start(number), found.end(number), cuts)


def _leaves(paragraph: Element) -> Iterator[Element]:
    """The texts of a paragraph's own runs: what was struck out, and text for older programs, left aside."""
    if any(parent.tag == f"{_MC}Fallback" for parent in paragraph.iterancestors()):
        return
    for leaf in paragraph.iter(f"{_W}t"):
        above = [parent.tag for parent in leaf.iterancestors()]
        near = above[: above.index(f"{_W}p")]
        if near[0] == f"{_W}r" and f"{_W}del" not in near and f"{_W}moveFrom" not in near:
            yield leaf


def _pattern(texts: list[str]) -> re.Pattern[str]:
    """Texts one after the other with little between; each is a group, and none is tried twice."""
    words = (r"\s*".join(map(re.escape, nfc(text).split())) for text in texts)
    between = f"(?>.{{0,{_GAP}}}?"
    groups = (f"{between if at else '(?>'}({each}))" for at, each in enumerate(words))
    return re.compile("".join(groups), re.DOTALL | re.IGNORECASE)


def _cut(leaf: Element, paragraph: Element, start: int, end: int, cuts: list[int]) -> Iterator[_Words]:
    """A run as one or several, where cuts stand in it and it holds nothing but its words."""
    run = leaf.getparent()
    inside = [cut for cut in cuts if start < cut < end]
    words = leaf.text.strip()
    alone = [child for child in run if child.tag != f"{_W}rPr"] == [leaf]
    if not inside or not alone or len(words) != end - start:
        yield _Words(start, end, run, paragraph)
        return
    lead = len(leaf.text) - len(leaf.text.lstrip())
    edges = [start, *inside, end]
    texts = [words[low - start : high - start] for low, high in pairwise(edges)]
    texts[0] = leaf.text[:lead] + texts[0]
    texts[-1] += leaf.text[lead + len(words) :]
    made = [run, *(deepcopy(run) for _ in texts[1:])]
    for before, after in pairwise(made):
        before.addnext(after)
    for one, shown in zip(made, texts, strict=True):
        own = one.find(f"{_W}t")
        own.text = shown
        own.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for one, (low, high) in zip(made, pairwise(edges), strict=True):
        yield _Words(low, high, one, paragraph)
