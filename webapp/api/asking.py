"""What a request may ask: paging, days, names of documents; and the analysis of the one that is named."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError, fields, validate

from graphs.finding import FoundWork
from ingest.analysis import Analysis, analyse
from kb.errors import NotFound
from kb.models import Document
from kb.store.lookup import DocumentRow
from webapp.api.schemas import ErrorRow
from webapp.cli.documents import find_one
from webapp.cli.works_named import one_work
from webapp.current import current_settings, current_store

#: Rows of a page, by default and at most.
PAGE, LARGEST_PAGE = 100, 1000


def proper(words: str) -> None:
    """Refuse what is no text: half a character of a pair cannot be stored or sent.

    >>> proper("Nghị định")
    """
    try:
        words.encode()
    except UnicodeEncodeError as error:
        message = "nửa ký tự (surrogate) không phải chữ / a lone surrogate is no text"
        raise ValidationError(message) from error


class Paging(Schema):
    """Which rows of a list."""

    limit = fields.Integer(load_default=PAGE, validate=validate.Range(1, LARGEST_PAGE))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, 10_000_000))


class OnDay(Schema):
    """The day of a question."""

    as_of = fields.Date(load_default=None, metadata={"description": "YYYY-MM-DD; hôm nay / today"})


def may_miss(blueprint: Blueprint) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Describe what a name may come to besides one document: none (404), several (409)."""

    def describe(view: Callable[..., Any]) -> Callable[..., Any]:
        for status in (404, 409):
            view = blueprint.alt_response(status, schema=ErrorRow)(view)
        return view

    return describe


def named_document(name: str) -> tuple[DocumentRow, Document]:
    """The one held document that a name means, and its text; raises `NotFound`, `Several`."""
    row = find_one(current_store(), _clean(name))
    return row, current_store().load(row.id)


def named_work(name: str) -> FoundWork:
    """The one work that a name means, held or only known of; raises `NotFound`, `Several`."""
    return one_work(current_store(), _clean(name))


def named_analysis(name: str) -> tuple[str, Analysis]:
    """The id of the one held document that a name means, and all that was read from it."""
    row = find_one(current_store(), _clean(name))
    return row.id, _analysis(current_settings().home, row.id, row.sha256)


@lru_cache(maxsize=8)
def _analysis(_home: Path, work: str, _sha256: str) -> Analysis:
    """The analysis of a text; the last few are kept, since the pages of one list are asked one after the other."""
    store = current_store()
    return analyse(store.load(work), store.citations(work))


def _clean(name: str) -> str:
    if "\0" in name or not name.isprintable():
        raise NotFound(code="work.unknown", vi="tên có ký tự điều khiển", en="the name has control characters")
    return name
