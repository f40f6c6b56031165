"""Footnotes of a saved page: links that point at each other, as Word and wikis export them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.flow import SUPERSCRIPT
from ingest.readers.html_page import Element

_TARGET_RE = re.compile(
    r"#_*(?:(?P<ref>(?:ftn|edn|fn|footnote|note|cite[_-]?note)[-_:]?ref|cite_ref|(?:fn)?ref)|"
    r"(?P<body>ftn|edn|fn|footnote|note|cite_note))[-_:]?\w{0,20}$",
    re.IGNORECASE,
)
_BODY_ID_RE = re.compile(r"_*(?:ftn|edn|fn|footnote|note|cite_note)[-_:]?\d", re.IGNORECASE)
_MARK_RE = re.compile(r"[\[(]?\s*(\d{1,3}|\*{1,4}|[ivxlc]{1,6})\s*[\])]?")


@dataclass(slots=True)
class NoteLinks:
    """Marks by the element that holds them (a mark that opens a note begins with a line end), and note bodies."""

    marks: dict[Element, str] = field(default_factory=dict)
    bodies: set[Element] = field(default_factory=set)


def find_notes(body: Element) -> NoteLinks:
    """The note marks of a page; the words of the links are taken out, for the marks stand for them.

    A link to a note whose target links back is a mark; the target is the head of the note. A link to a note that
    is not on the page is a mark still.
    """
    notes = NoteLinks()
    names: dict[str, Element] = {}
    for element in body.iter():
        for key in ("id", "name"):
            if isinstance(element.tag, str) and element.get(key):
                names.setdefault(element.get(key), element)
    for link in list(body.iter("a")):
        found = _TARGET_RE.match(link.get("href") or "")
        text = "".join(link.itertext()).strip()
        mark = _MARK_RE.fullmatch(text)
        if found is None or mark is None:
            continue
        raised = mark[1].translate(SUPERSCRIPT)
        notes.marks[link] = f"\n{raised}" if found["ref"] else raised
        _empty(link)
        body_of_note = _holder(link) if found["ref"] else names.get(link.get("href")[1:])
        if body_of_note is not None and body_of_note.tag in {"div", "li"}:
            notes.bodies.add(body_of_note)
    return notes


def _holder(head: Element) -> Element | None:
    """The element that holds a whole note, by its name (``<div id="ftn1">``)."""
    for parent in head.iterancestors("div", "li"):
        if _BODY_ID_RE.match(parent.get("id") or ""):
            return parent
    return None


def _empty(link: Element) -> None:
    for inner in link.iter():
        inner.text = None
        if inner is not link:
            inner.tail = None
