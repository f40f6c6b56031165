"""Documents that are held: text, structure, tables, and what was read from them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from webapp.api.answers import page, whole
from webapp.api.asking import OnDay, Paging, may_miss, named_analysis, named_document
from webapp.api.readings import READINGS, Reading, sheet_of, sheet_row
from webapp.api.schemas import CheckSheet, DocumentDetail, DocumentRow, TableRow, TextRow, UnitText
from webapp.api.schemas_base import TraceRow
from webapp.api.shapes import page_of
from webapp.cli.documents import LineFinder
from webapp.cli.show import document_row, find_table, unit_text_row
from webapp.cli.tables import table_row
from webapp.current import current_store
from webapp.target_trace import find_target, trace_target

blueprint = Blueprint("api_documents", __name__, description="Văn bản trong kho / documents that are held")


@blueprint.route("/documents")
@blueprint.arguments(Paging, location="query")
@blueprint.response(200, page_of(DocumentRow))
def index(asked: dict[str, Any]) -> Response:
    """Các văn bản có trong kho / the documents that are held."""
    store = current_store()
    rows = store.list_documents(asked["limit"], asked["offset"])
    return page([asdict(row) for row in rows], asked, store.count_documents())


@blueprint.route("/documents/<path:name>")
@blueprint.response(200, DocumentDetail)
@may_miss(blueprint)
def show(name: str) -> Response:
    """Một văn bản theo mã hoặc số / one document by id or number."""
    return whole(document_row(*named_document(name)))


@blueprint.route("/documents/<path:name>/text")
@blueprint.response(200, TextRow)
@may_miss(blueprint)
def text(name: str) -> Response:
    """Toàn văn mà các vị trí đếm theo / the text that offsets count in."""
    row, document = named_document(name)
    return whole({"work": row.id, "text": document.text})


@blueprint.route("/documents/<path:name>/units/<eid>")
@blueprint.response(200, UnitText)
@may_miss(blueprint)
def unit(name: str, eid: str) -> Response:
    """Một đơn vị với chữ của nó / one unit with its words."""
    return whole(unit_text_row(named_document(name)[1], eid))


@blueprint.route("/documents/<path:name>/tables/<int(max=2147483647):number>")
@blueprint.response(200, TableRow)
@may_miss(blueprint)
def table(name: str, number: int) -> Response:
    """Bảng thứ N / table number N (from 1)."""
    document = named_document(name)[1]
    return whole(table_row(find_table(document, number), LineFinder(document.text)))


@blueprint.route("/documents/<path:name>/check")
@blueprint.arguments(OnDay, location="query")
@blueprint.response(200, CheckSheet)
@may_miss(blueprint)
def check(asked: dict[str, Any], name: str) -> Response:
    """Kiểm tra: phát hiện, và điều gì chưa kiểm tra / findings, and what was not checked."""
    return whole(sheet_row(sheet_of(current_store(), named_analysis(name)[1], asked["as_of"])))


@blueprint.route("/documents/<path:name>/targets/<target>/trace")
@blueprint.arguments(OnDay, location="query")
@blueprint.response(200, TraceRow)
@may_miss(blueprint)
def trace(asked: dict[str, Any], name: str, target: str) -> Response:
    """Chỉ tiêu, căn cứ, chỉ tiêu tương ứng ở đó, chuỗi trên nó / a target, basis, twin there, chain."""
    work, analysis = named_analysis(name)
    on = (asked["as_of"] or date.today()).isoformat()
    found = find_target(analysis, target)
    return whole(trace_target(current_store(), analysis, found, f"{work}#{found.id}", on))


def _offer(reading: Reading) -> None:
    def view(asked: dict[str, Any], name: str) -> Response:
        return page(reading.rows(current_store(), named_analysis(name)[1]), asked)

    view.__doc__ = f"{reading.about}."
    view = may_miss(blueprint)(view)
    view = blueprint.response(200, page_of(reading.schema))(view)
    view = blueprint.arguments(Paging, location="query")(view)
    blueprint.route(f"/documents/<path:name>/{reading.noun}", endpoint=reading.noun)(view)


for _reading in READINGS:
    _offer(_reading)
