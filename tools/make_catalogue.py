"""Brings the English catalogue up to date with templates and code, and compiles it.

    python tools/make_catalogue.py

What is said for the first time is written to the catalogue without English: fill it in and run this again.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from webapp.language import marked  # noqa: E402
from webapp.own_words import own_words  # noqa: E402

TEMPLATES = ROOT / "webapp" / "templates"
FOLDER = ROOT / "webapp" / "translations" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "messages.po", FOLDER / "messages.mo"
#: Sheets that are taken along are in Vietnamese: they go into the files of the office.
LEFT_OUT = ("outputs",)


def said() -> dict[str, set[str]]:
    """Every message with the places that say it."""
    environment = Environment(extensions=["jinja2.ext.i18n"])
    found: dict[str, set[str]] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES)
        if name.parts[0] in LEFT_OUT:
            continue
        for _, _, message in extract_from_ast(environment.parse(marked(path.read_text(encoding="utf-8")))):
            found.setdefault(message if isinstance(message, str) else str(message[0]), set()).add(str(name))
    for word in own_words():
        found.setdefault(word, set()).add("own_words")
    return found


def read_catalogue() -> Catalog:
    """The catalogue as it is; empty where there is none."""
    if not PO.exists():
        return Catalog("en")
    with PO.open("rb") as file:
        return read_po(file, "en")


def renew(catalogue: Catalog) -> Catalog:
    """A catalogue of just what is said, with the English there is."""
    fresh = Catalog("en", project="Căn Cứ", fuzzy=False, header_comment="# English of the pages of Căn Cứ.")
    fresh.creation_date = fresh.revision_date = catalogue.creation_date if PO.exists() else fresh.creation_date
    for message, places in sorted(said().items()):
        known = catalogue.get(message)
        fresh.add(message, known.string if known else "", locations=[(place, 0) for place in sorted(places)])
    return fresh


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def written(catalogue: Catalog) -> bytes:
    """The catalogue as people write it."""
    out = io.BytesIO()
    write_po(out, catalogue, width=120, include_lineno=False)
    return out.getvalue()


def main() -> None:
    """Write both files and say what has no English."""
    catalogue = renew(read_catalogue())
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(written(catalogue))
    MO.write_bytes(compiled(catalogue))
    for message in catalogue:
        if message.id and not message.string:
            print(f"without English: {message.id}")  # noqa: T201


if __name__ == "__main__":
    main()
