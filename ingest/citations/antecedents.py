"""What back references and short names stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ingest.citations.aliases import find_definitions
from ingest.citations.found import Found
from ingest.citations.notes import Notes
from kb.models import CitationKind
from kb.symbols import NumberForm

_FULL = frozenset((CitationKind.NUMBER, CitationKind.NAME))
_REACH = 1500


def set_antecedents(text: str, found: Sequence[Found], own: Found | None, kind: str | None, notes: Notes) -> None:
    """Point every back reference and short name at the mention it stands for, where there is one.

    ``này`` means this text, when it is of that type (`kind`), in a note the document at which its mark stands;
    or of the paragraph; ``nêu trên`` the last document of its type before, unless several are meant.
    """
    defined = _definitions(text, found)
    last: dict[str, Found] = {}
    numbers: dict[tuple[str | None, str, int | None], Found | None] = {}
    latest: Found | None = None
    paper: Found | None = None
    told = 0
    for one in found:
        if one.kind is CitationKind.ALIAS:
            one.antecedent = defined.get(" ".join(text[one.start : one.end].split()).lower())
        elif one.kind is CitationKind.BACK:
            if text[one.start : one.end].endswith("này"):
                means_own = one.type is None or bool(kind and f"{kind} ".startswith(f"{one.type} "))
                one.antecedent = own if own and means_own else None
                if one.note is not None and not means_own:
                    one.antecedent = _at_mark(one, found, notes)
                elif kind and not means_own and text[one.start].isupper():
                    one.antecedent = _just_named(text, last.get(one.type or ""), one)
            elif told < _SEVERAL or not _MANY_RE.search(text, max(0, one.start - 12), one.start):
                one.antecedent = last.get(one.type) if one.type else paper or latest
            if one.type is None:
                one.type = (one.antecedent.type if one.antecedent else None) or "Văn bản"
        elif one.kind in _FULL:
            if _shortens(one, numbers):
                continue
            latest, told = one, told + 1
            if one.type == "Công văn" or text[one.start : one.start + 7].lower() == "văn bản":
                paper = one
            if one.type:
                last[one.type] = one


#: ``các văn bản nêu trên``, ``hai Nghị định trên``: no one document, where several were told before.
_SEVERAL = 2
_MANY_RE = re.compile(r"(?<![^\W\d_])(?:các|những|hai|ba|bốn|năm|sáu|\d{1,2})[ \n]+$", re.IGNORECASE)


def _shortens(one: Found, numbers: dict[tuple[str | None, str, int | None], Found | None]) -> bool:
    """Whether a number without a symbol (``Thông tư số 02/2018``) means the one that the text gave in full before.

    `numbers` learns the full ones; two of one type, number and year are told apart by nobody.
    """
    number = one.mention.number if one.mention else None
    if number is None or number.year is None:
        return False
    key = (one.type, number.number.lstrip("0"), number.year)
    if number.form is not NumberForm.SHORT:
        known = numbers.setdefault(key, one)
        same = known is not None and known.mention is not None and known.mention.number.symbol == number.symbol
        numbers[key] = known if same else None
    elif (one.mention is not None and one.mention.issued is None) and numbers.get(key):
        one.antecedent = numbers[key]
    return one.antecedent is not None


def _just_named(text: str, before: Found | None, back: Found) -> Found | None:
    """The document of another type that the paragraph named before ``Luật này``.

    A paragraph that opens with it (``Cũng theo Nghị quyết này, …``) goes on from the one before.
    """
    if before is None:
        return None
    between = text[before.end : back.start]
    opened = _OPENED_RE.search(between)
    return before if "\n" not in between[: opened.start() if opened else len(between)] else None


#: The end of a paragraph, and words that rest the next one on what it named.
_OPENED_RE = re.compile(
    r"\n\s*(?:(?:\d{1,2}|[a-zđ])[.)]\s*|[-+•]\s*)?(?:Cũng\s+)?(?:[Tt]heo|[Tt]ại|[Tt]hực hiện|[Cc]ăn cứ)\s+$"
)


def _at_mark(back: Found, found: Sequence[Found], notes: Notes) -> Found | None:
    """The document of its type that stands last before the mark of a back reference's note."""
    note = notes.at(back.parts[0].start)
    anchor = notes.anchor(note) if note else None
    if anchor is None:
        return None
    for index in range(bisect_left(found, anchor, key=lambda one: one.start) - 1, -1, -1):
        one = found[index]
        if anchor - one.end > _REACH:
            return None
        if one.kind in _FULL and one.type == back.type and one.note is None:
            return one
    return None


def _definitions(text: str, found: Sequence[Found]) -> dict[str, Found]:
    """What each short name is short for: the nearest document before the bracket, of its type and figure."""
    full = [one for one in found if one.kind in _FULL]
    meant: dict[str, Found] = {}
    at = 0
    for alias in find_definitions(text):
        while at < len(full) and full[at].end <= alias.start:
            at += 1
        near = [
            one
            for one in full[max(0, at - 12) : at]
            if alias.start - one.end < _REACH and "\n" not in text[one.end : alias.start]
        ]
        if not near:
            continue
        alike = [one for one in near if one.type == alias.type]
        figure = [
            one for one in near if one.mention and one.mention.number.number == alias.name.rsplit(" ", 1)[-1]
        ]
        both = [one for one in figure if one.type == alias.type]
        meant.setdefault(alias.name.lower(), (both or alike or figure or near)[-1])
    return meant
