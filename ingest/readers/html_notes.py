"""Footnotes of a saved page: links that point at each other, as Word and wikis export them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from ingest.readers.flow import SUPERSCRIPT
from ingest.readers.html_page import Element

_TARGET_RE = re.compile(
    r"#_*(?:(?P<ref>(?:ftn|edn|fn|footnote|note|cite[_-]?note)[-_:]?ref|cite_ref|(?:fn)?ref)|"
    r"(?P<body>ftn|edn|fn|footnote|note|cite_note))[-_:]?\w{0,20}$",
    re.IGNORECASE,
)
_BODY_ID_RE = re.compile(r"_*(?:ftn|edn|fn|(?:sd)?(?:foot|end)?note|cite_note)[-_:]?\d", re.IGNORECASE)
_MARK_RE = re.compile(r"[\[(]?\s*(\d{1,3}|\*{1,4}|[ivxlc]{1,6})\s*[\])]?")


@dataclass(slots=True)
class NoteLinks:
    """Marks by the element that holds them (a mark that opens a note begins with a line end), and note bodies."""

    marks: dict[Element, str] = field(default_factory=dict)
    bodies: set[Element] = field(default_factory=set)


def find_notes(body: Element) -> NoteLinks:
    """The note marks of a page; the words of the links are taken out, for the marks stand for them.

    Two links that lead to each other are a mark and, further on, the head of its note, whatever they are called;
    so are links with the names that Word gives (``#_ftn1``, ``#_ftnref1``), the other one there or not.
    """
    notes = NoteLinks()
    names: dict[str, Element] = {}
    for element in body.iter():
        for key in ("id", "name"):
            if isinstance(element.tag, str) and element.get(key):
                names.setdefault(element.get(key), element)
    heads: set[Element] = set()
    for link in list(body.iter("a")):
        address = link.get("href") or ""
        mark = _MARK_RE.fullmatch("".join(link.itertext()).strip())
        if mark is None or not address.startswith("#"):
            continue
        found = _TARGET_RE.match(address)
        target = names.get(address[1:])
        back = _link_back(link, target, names)
        if found is None and back is None:
            continue
        is_head = link in heads or (found is not None and found["ref"] is not None)
        if back is not None and not is_head:
            heads.add(back)
        raised = mark[1].translate(SUPERSCRIPT)
        notes.marks[link] = f"\n{raised}" if is_head else raised
        _empty(link)
        holder = _holder(link) if is_head else target
        if holder is not None and holder.tag in {"div", "li"}:
            notes.bodies.add(holder)
    return notes


def _link_back(link: Element, target: Element | None, names: dict[str, Element]) -> Element | None:
    """The link in the target of a link that leads back to it; None where there is none."""
    # A note's own link stands at its head; a target with many links (the top of the page) is none.
    for other in islice(target.iter("a"), 4) if target is not None else ():
        place = names.get((other.get("href") or "").removeprefix("#"))
        if (
            place is not None
            and other is not link
            and (place is link or place is link.getparent() or link in place)
        ):
            return other
    return None


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
