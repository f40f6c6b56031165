"""What back references and short names stand for."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.citations.aliases import find_definitions
from ingest.citations.found import Found
from kb.models import CitationKind

_FULL = frozenset((CitationKind.NUMBER, CitationKind.NAME))
_REACH = 1500


def set_antecedents(text: str, found: Sequence[Found], own: Found | None, kind: str | None) -> None:
    """Point every back reference and short name at the mention it stands for, where there is one.

    ``này`` means this text, when it is of that type (`kind`); ``nêu trên`` the last document of its type before.
    """
    defined = _definitions(text, found)
    last: dict[str, Found] = {}
    latest: Found | None = None
    paper: Found | None = None
    for one in found:
        if one.kind is CitationKind.ALIAS:
            one.antecedent = defined.get(" ".join(text[one.start : one.end].split()).lower())
        elif one.kind is CitationKind.BACK:
            if text[one.start : one.end].endswith("này"):
                one.antecedent = own if own and (one.type == kind or one.type is None) else None
            else:
                one.antecedent = last.get(one.type) if one.type else paper or latest
            if one.type is None:
                one.type = (one.antecedent.type if one.antecedent else None) or "Văn bản"
        elif one.kind in _FULL:
            latest = one
            if one.type == "Công văn" or text[one.start : one.start + 7].lower() == "văn bản":
                paper = one
            if one.type:
                last[one.type] = one


def _definitions(text: str, found: Sequence[Found]) -> dict[str, Found]:
    """What each short name is short for: the nearest document before the bracket, of its type where one is."""
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
        meant.setdefault(alias.name.lower(), (alike or figure or near)[-1])
    return meant
