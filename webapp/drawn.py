"""Texts of documents drawn once for all worker processes.

Reading a document and drawing its text costs most of its page, and depends on nothing but the text. So it is done
once and kept in a folder of the home, with gaps for what the graph says: where citations lead and who cites what.
What is kept lies under a name made of the text itself, as the base holds it now, of the language and of the
program: another text or program has another name, so nothing that is kept is ever old.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from pathlib import Path
from types import ModuleType

from flask import get_template_attribute, request

import kb
import webapp
from kb.mentions import places_of
from kb.models import Citation, CitationKind, Document, MediaType
from kb.settings import Settings
from kb.store.codec import dump_value, load_value
from kb.store.packed import Packed
from kb.text.view import View
from webapp.drawing import GAP, OPEN, Tools
from webapp.language import language
from webapp.pages import Marks, build_page
from webapp.presenters import SourceNote, describe_source
from webapp.provisions import citation_words, unit_at

#: Bytes of all texts kept in a home, and after how many new ones a process looks whether they are more.
LIMIT, _EACH = 1_000_000_000, 500
_WRITTEN = count(1)


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation of a text: the place that it names, and the unit of the text itself that it leads to, if one."""

    place: str
    here: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document's page but for what the graph says.

    `document` is the document without its text; `text` and `notes` are HTML with gaps, for
    `webapp.drawing.fill_gaps`; `eids` are those of its units; `printed`: whether an original has pages to look at.
    """

    document: Document
    source: SourceNote
    outline: str
    text: str
    notes: str
    furniture: tuple[str, ...]
    mentions: tuple[Mention, ...]
    eids: tuple[str, ...]
    printed: bool


def read_drawn(settings: Settings, work_id: str, packed: Packed, current: bool) -> Drawn:
    """The drawn text of a document, drawn now unless it is kept."""
    path = _path(settings, work_id, packed, current)
    with suppress(OSError, zlib.error, ValueError, KeyError, TypeError):
        return load_value(Drawn, zlib.decompress(path.read_bytes()))
    document = packed.document()
    drawn = _draw(work_id, document, packed.citations(), current)
    if GAP not in document.text:
        _keep(path, zlib.compress(dump_value(drawn).encode("utf-8", "surrogatepass"), 1))
    return drawn


def _path(settings: Settings, work_id: str, packed: Packed, current: bool) -> Path:
    """Where a drawn text is kept, named by all that it depends on."""
    name = blake2b(packed.payload, digest_size=20)
    name.update(packed.mentions.encode("utf-8", "surrogatepass"))
    name.update(repr((work_id, current, language(), request.script_root, program_mark(kb, webapp))).encode())
    digest = name.hexdigest()
    return settings.home / "drawn" / digest[:2] / digest[2:]


@lru_cache(maxsize=4)
def program_mark(*packages: ModuleType) -> str:
    """What tells these packages of the program from others that may do otherwise."""
    told = blake2b(digest_size=16)
    for package in packages:
        for file in sorted(Path(str(package.__file__)).parent.rglob("*")):
            if file.suffix in (".py", ".html", ".po", ".mo", ".csv"):
                told.update(file.read_bytes())
    return told.hexdigest()


def _draw(work_id: str, document: Document, citations: tuple[Citation, ...], current: bool) -> Drawn:
    kinds = ((citation.kind, citation.span, at) for at, citation in enumerate(citations))
    marked = ((span, at) for kind, span, at in kinds if kind is not CitationKind.SELF)
    page = build_page(document, Marks(tuple(marked)))
    printed = document.source.media_type is MediaType.PDF and current
    tools = Tools(work_id, OPEN, citation_words(document.units), {}, printed)
    macro = {
        name: get_template_attribute("_text.html", f"render_{name}") for name in ("outline", "pieces", "notes")
    }
    eids = {unit.eid for unit in document.units}
    return Drawn(
        _without_text(document),
        describe_source(document),
        str(macro["outline"](page.outline)).strip() if page.outline else "",
        str(macro["pieces"](page, tools)),
        str(macro["notes"](page, OPEN)),
        page.furniture,
        tuple(_mention(citation, eids) for citation in citations),
        tuple(unit.eid for unit in document.units),
        printed,
    )


def _mention(citation: Citation, eids: Collection[str]) -> Mention:
    place = places_of(citation.pinpoints[:1])
    inside = citation.kind is CitationKind.INTERNAL
    return Mention(place, unit_at(place, eids, citation.unit or "") if inside else None)


def _without_text(document: Document) -> Document:
    """What of a document is not in its drawn text: its head, what its tables are called, what is wrong with it."""
    tables = tuple(
        replace(table, columns=(), rows=(), notes={}, head_spans=(), problems=()) for table in document.tables
    )
    nothing = View("", (), (), ())
    return replace(document, text="", reading=nothing, blocks=(), units=(), tables=tables, footnotes=())


def _keep(path: Path, data: bytes) -> None:
    """Put a drawn text into its place in one step; without room or right to write, it is drawn again next time."""
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        fresh.replace(path)
        if next(_WRITTEN) % _EACH == 0:
            make_room(path.parents[1], LIMIT)


def make_room(folder: Path, limit: int) -> None:
    """Remove the oldest of what is kept in a folder until it has no more than so many bytes."""
    found = [(status.st_mtime_ns, status.st_size, file) for file in folder.glob("??/*") if (status := file.stat())]
    size = sum(each for _, each, _ in found)
    for _, each, file in sorted(found):
        if size <= limit:
            return
        file.unlink(missing_ok=True)
        size -= each
