"""Everything at once: documents, citations, catalogue as JSON lines, the graph in its formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

from flask import Response, stream_with_context
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate
from werkzeug.exceptions import ServiceUnavailable

from graphs.base import open_base
from graphs.citation_graph import load_graph
from graphs.export import SHAPES, write_graph
from graphs.trace import BASES
from kb.catalogue import KINDS
from kb.store.catalogue import export_rows
from webapp.api.readings import citation_rows
from webapp.api.schemas import ErrorRow
from webapp.cli.show import document_row
from webapp.current import current_settings, current_store

blueprint = Blueprint("api_bulk", __name__, description="Xuất cả kho / bulk export")

LINES = "application/x-ndjson"
#: One asker at a time of a worker process.
_ONE = BoundedSemaphore(1)
_MEDIA = {
    "graphml": "application/xml",
    "gexf": "application/xml",
    "json": "application/json",
    "csv": "text/csv",
    "dot": "text/vnd.graphviz",
}


class GraphArgs(Schema):
    """How the graph is written."""

    format = fields.String(load_default="graphml", validate=validate.OneOf(list(SHAPES)))
    bases = fields.Boolean(load_default=False, metadata={"description": "chỉ căn cứ, hướng dẫn, triển khai"})


class CatalogueArgs(Schema):
    """Which table of the catalogue."""

    kind = fields.String(load_default="works", validate=validate.OneOf(list(KINDS)))


def _alone(view: Callable[..., Response]) -> Callable[..., Response]:
    """A view that one asker at a time has of a worker: it reads the whole base, and others want their pages."""

    @wraps(view)
    def wait(*args: object, **values: object) -> Response:
        if not _ONE.acquire(blocking=False):
            raise ServiceUnavailable(retry_after=10)
        with ExitStack() as stack:
            stack.callback(_ONE.release)
            answer = view(*args, **values)
            if answer.is_streamed:
                held = stack.pop_all()
                answer.response = _then(answer.response, held.close)
                answer.call_on_close(held.close)
            return answer

    return wait


def _then(pieces: Iterable[Any], done: Callable[[], None]) -> Iterator[Any]:
    try:
        yield from pieces
    finally:
        done()


@blueprint.route("/export/documents")
@blueprint.response(200, {"type": "string"}, content_type=LINES)
@blueprint.alt_response(503, schema=ErrorRow)
@_alone
def documents() -> Response:
    """Mọi văn bản với toàn văn, mỗi dòng một văn bản / every document with its text, one a line."""
    return _lines(_documents())


def _documents() -> Iterator[dict[str, Any]]:
    with open_base(current_settings()) as store:
        for row in store.list_documents():
            document = store.load(row.id)
            yield {**document_row(row, document), "text": document.text}


@blueprint.route("/export/citations")
@blueprint.response(200, {"type": "string"}, content_type=LINES)
@blueprint.alt_response(503, schema=ErrorRow)
@_alone
def citations() -> Response:
    """Mọi viện dẫn của mọi văn bản, mỗi dòng một viện dẫn / every citation of every document, one a line."""
    return _lines(_citations())


def _citations() -> Iterator[dict[str, Any]]:
    with open_base(current_settings()) as store:
        for row in store.list_documents():
            document, found = store.load(row.id), store.citations(row.id)
            for citation in citation_rows(store, document, found):
                yield {"document": row.id, **citation}


@blueprint.route("/export/catalogue")
@blueprint.arguments(CatalogueArgs, location="query")
@blueprint.response(200, {"type": "string"}, content_type=LINES)
@blueprint.alt_response(503, schema=ErrorRow)
@_alone
def catalogue(asked: dict[str, Any]) -> Response:
    """Danh mục văn bản đã biết, mỗi dòng một dữ kiện có nguồn / known works, facts with their sources."""
    return _lines(iter(export_rows(current_store(), asked["kind"])))


@blueprint.route("/export/graph")
@blueprint.arguments(GraphArgs, location="query")
@blueprint.response(200, {"type": "string"}, content_type="application/xml")
@blueprint.alt_response(200, schema={"type": "object"}, content_type="application/json")
@blueprint.alt_response(200, schema={"type": "string"}, content_type="text/csv")
@blueprint.alt_response(200, schema={"type": "string"}, content_type="text/vnd.graphviz")
@blueprint.alt_response(503, schema=ErrorRow)
@_alone
def graph(asked: dict[str, Any]) -> Response:
    """Cả đồ thị: GraphML, GEXF, JSON, CSV, DOT / the whole graph."""
    found = load_graph(current_store(), BASES if asked["bases"] else None)
    return Response(write_graph(found, asked["format"]), mimetype=_MEDIA[asked["format"]])


def _lines(rows: Iterator[dict[str, Any]]) -> Response:
    """Rows as JSON lines, sent as they are made."""
    lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
    return Response(stream_with_context(lines), mimetype=LINES)
