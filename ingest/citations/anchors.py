"""Notes: a mention in a note is governed by the sentence in which the note's mark stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.citations.clauses import sentence_start
from ingest.citations.found import Found
from ingest.citations.governing import GIVEN
from ingest.citations.owners import Owner
from ingest.citations.relations import Governing, nearest_free
from ingest.layout_anchors import SUPERSCRIPTS
from kb.models import Relation


def govern_note(text: str, anchor: int, mentions: Iterable[Found], body: Sequence[Found], owner: Owner) -> None:
    """Set what governs the mentions of a note by the sentence in which its mark stands at `anchor`.

    A note that merely names a paper of the citing body tells with which paper it did what the sentence says.
    """
    lead = _at_anchor(text, anchor, body) or GIVEN
    before: Found | None = None
    for found in mentions:
        if before is not None and found.start < before.close:
            continue
        own = found.governing
        direct = own and own.evidence and (before is None or own.evidence.start >= before.end)
        if own and own.evidence and before is not None and ";" not in text[before.close : found.left]:
            direct = True  # it goes on a list inside the title of the paper before
        if own and not direct and owner.issued(found) and not found.placed:
            evidence = lead.evidence if lead.relation is Relation.ISSUES else None
            found.governing = Governing(Relation.ISSUES, None, evidence)
        elif own is None or own.given:
            settled = owner.settle(found, lead)
            mere = settled.relation is Relation.ISSUES and not owner.issued(found)
            found.governing = replace(settled, relation=Relation.CITES) if mere else settled
        before = found


def _at_anchor(text: str, anchor: int, body: Sequence[Found]) -> Governing | None:
    """What governs the place of a mark: its mention, else words behind the last mention, else that mention's."""
    sentence = sentence_start(text, anchor)
    last: Found | None = None
    for index in range(bisect_left(body, sentence, key=lambda one: one.start), len(body)):
        if body[index].start >= anchor:
            break
        last = body[index] if body[index].governing else last
    if last is None:
        return None if _in_heading(text, anchor) else nearest_free(text, sentence, anchor)
    if anchor - last.close <= 1 or anchor in (last.end, last.reach):
        return last.governing
    return nearest_free(text, min(last.close, anchor), anchor) or last.governing


#: ``Điều 11. Tổ chức thực hiện⁷``: words of a heading govern nothing.
_HEADING_RE = re.compile(
    r"[*#\s]*(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|CHƯƠNG|MỤC|PHẦN)\s+[0-9IVXLC]+[a-zđ]?(?:[.:].*)?$"
)
_LONGEST_HEADING = 300


def _in_heading(text: str, anchor: int) -> bool:
    line = text.rfind("\n", max(0, anchor - _LONGEST_HEADING), anchor) + 1
    end = text.find("\n", anchor)
    behind = text[anchor : end if end >= 0 else len(text)]
    return (
        not behind.strip(f"{SUPERSCRIPTS}0123456789[]()*. ") and _HEADING_RE.match(text, line, anchor) is not None
    )
