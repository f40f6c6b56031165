"""So sánh: two texts of one work, or of two works, unit by unit and word by word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template, request

from graphs.compare import Comparison, Pair, Section, compare_documents
from graphs.finding import FoundWork, find_works
from graphs.versions import Twin, twins_of_work
from kb.bilingual import both
from kb.models import Document
from kb.store.store import Store, VersionRow
from webapp.current import current_store
from webapp.presenters import SourceNote, describe_source

blueprint = Blueprint("compare", __name__)

#: What people type or an address says: a work, and which of its texts.
_SIDE_RE = re.compile(r"(?P<work>.+?)(?:@(?P<version>\d{1,6}))?")
#: The counts in the order in which they are told.
COUNTS = {
    "changed": "sửa",
    "added": "thêm",
    "removed": "bỏ",
    "moved": "chuyển chỗ",
    "renumbered": "chỉ đổi số",
    "same": "giống nhau",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: its work, which of its texts, what one must know of it; or why there is none."""

    asked: str
    work: FoundWork | None = None
    version: VersionRow | None = None
    versions: int = 0
    source: SourceNote | None = None
    document: Document | None = None
    choices: tuple[FoundWork, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as the page shows it: pairs that differ one by one, the same ones between them folded together."""

    section: Section
    runs: tuple[tuple[bool, tuple[Pair, ...]], ...]


@blueprint.get("/so-sanh")
def show() -> str:
    """The form; with ``a`` and ``b`` (a work's id or number, ``@`` and which of its texts) the comparison."""
    store = current_store()
    left, right = (read_side(store, request.args.get(name, "").strip()) for name in ("a", "b"))
    comparison = None
    if left.document and right.document:
        comparison = _compared(left.document, right.document)
    return render_template(
        "compare/show.html",
        left=left,
        right=right,
        comparison=comparison,
        counts=COUNTS,
        shown=[shown(section) for section in comparison.sections] if comparison else (),
        digest=[side for side in (left, right) if side.source and side.source.kind == "digest"],
        scanned=[side for side in (left, right) if side.source and side.source.kind == "ocr"],
        same_work=bool(left.work and right.work and left.work.id == right.work.id),
    )


@blueprint.app_context_processor
def offer_twins() -> dict[str, Callable[[str], list[Twin]]]:
    """`twins_of(work)` for templates: the texts that a work's page offers to compare it with."""
    return {"twins_of": lambda work_id: twins_of_work(current_store(), work_id)}


def read_side(store: Store, asked: str) -> Side:
    """The text that an address asks for."""
    told = _SIDE_RE.fullmatch(asked)
    if told is None:
        return Side(asked)
    held = [work for work in find_works(store, told["work"]) if work.held]
    if len(held) > 1:
        return Side(
            asked,
            choices=tuple(held),
            problem=both(
                "“{name}” có thể là {n} văn bản, hãy chọn",
                "“{name}” may be {n} documents: choose one",
                name=told["work"],
                n=len(held),
            ),
        )
    if not held:
        return Side(
            asked,
            problem=both(
                "kho không có toàn văn của “{name}”", "the text of “{name}” is not held", name=told["work"]
            ),
        )
    rows = store.versions(held[0].id)
    wanted = int(told["version"]) if told["version"] else None
    row = next((row for row in rows if (row.current if wanted is None else row.ordinal == wanted)), None)
    if row is None:
        return Side(
            asked,
            held[0],
            versions=len(rows),
            problem=both("văn bản không có bản số {n}", "the document has no text {n}", n=wanted),
        )
    document = store.load(held[0].id, row.ordinal)
    return Side(asked, held[0], row, len(rows), describe_source(document), document)


def shown(section: Section) -> Shown:
    """A section with the passages that are the same folded together."""
    runs = groupby(section.pairs, key=lambda pair: pair.differs)
    return Shown(section, tuple((differs, tuple(some)) for differs, some in runs))


#: The last comparisons made, by the hashes of their files: a page is opened again and again.
_KEPT: dict[tuple[str, str], Comparison] = {}
_MOST = 8


def _compared(left: Document, right: Document) -> Comparison:
    key = (left.source.sha256, right.source.sha256)
    found = _KEPT.get(key)
    if found is None:
        found = compare_documents(left, right)
        if len(_KEPT) >= _MOST:
            for oldest in list(_KEPT)[:1]:
                _KEPT.pop(oldest, None)
        _KEPT[key] = found
    return found
