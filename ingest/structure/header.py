"""The header of a document: number, place and date, bodies, type, title, recipients.

Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I (state); Hướng dẫn 36-HD/VPTW (party). What a damaged head does not
show is not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.header_lines import read_head_text
from ingest.structure.nodes import Paragraph
from kb.models import Field
from kb.text.view import View


@dataclass(frozen=True, slots=True)
class Header:
    """What the head says; `end` is the place of the first paragraph after it."""

    end: int
    number: Field | None = None
    type: Field | None = None
    issuers: tuple[Field, ...] = ()
    parent_issuer: Field | None = None
    place: Field | None = None
    issued: Field | None = None
    title: Field | None = None
    recipients: tuple[Field, ...] = ()


def read_header(paragraphs: Sequence[Paragraph], view: View) -> Header:
    """The header of a document; everything empty where it has none."""
    head = read_head_text(paragraphs)
    return Header(head.limit if head.motto else 0)
