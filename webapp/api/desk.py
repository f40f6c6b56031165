"""What changes the base: files handed in, decisions of people on works; and the log of changes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, jsonify, request, url_for
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from graphs.update import update_within
from kb.errors import NotFound
from kb.store.audit import Filter, count_entries, list_entries
from kb.store.decided import list_decisions, merge_works, withdraw_decision
from kb.store.inbox import DONE, Item, list_batch
from webapp.api.answers import WrongInput, page, whole
from webapp.api.asking import Paging, proper
from webapp.api.schemas import ErrorRow
from webapp.api.schemas_base import DecisionRow, LogRow, UploadedFile, UploadRow
from webapp.api.shapes import page_of
from webapp.current import acting, current_store
from webapp.views.decisions import pair_to_merge
from webapp.views.inbox import TOTAL_LIMIT, hand_in, see_to

blueprint = Blueprint("api_desk", __name__, description="Nạp, gộp, nhật ký / uploads, decisions, the log")

_FILES = {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}}
_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {"type": "object", "required": ["files"], "properties": {"files": _FILES}}
        }
    },
}
_WORK = validate.And(validate.Length(1, 300), proper)


@blueprint.url_value_preprocessor
def allow_many_files(endpoint: str | None, _: dict[str, object] | None) -> None:
    """Let an upload be larger than other requests; before anything reads its form."""
    if endpoint == "api_desk.upload":
        request.max_content_length = TOTAL_LIMIT


@blueprint.route("/uploads", methods=["POST"])
@blueprint.doc(requestBody=_BODY)
@blueprint.response(202, UploadRow)
@blueprint.alt_response(413, schema=ErrorRow)
@blueprint.alt_response(422, schema=ErrorRow)
def upload() -> Response:
    """Nạp tệp vào kho; kết quả từng tệp hỏi ở địa chỉ trả về / files into the base; ask for the verdicts."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        raise WrongInput({"files": "chưa có tệp nào / no file"})
    batch = hand_in(files)
    response = jsonify(_upload_row(batch, list_batch(current_store(), batch)))
    response.status_code = 202
    response.headers["Location"] = url_for("api_desk.verdicts", batch=batch)
    return response


@blueprint.route("/uploads/<batch>")
@blueprint.response(200, UploadRow)
@blueprint.alt_response(404, schema=ErrorRow)
def verdicts(batch: str) -> Response:
    """Các tệp của một lần nạp, mỗi tệp với kết quả / the files of an upload, each with its verdict."""
    store = current_store()
    items = list_batch(store, batch)
    if not items:
        raise NotFound(code="upload.absent", vi="không có lần nạp này", en="there is no such upload")
    see_to(store)
    return whole(_upload_row(batch, items))


def _upload_row(batch: str, items: list[Item]) -> dict[str, object]:
    shown = [name for name in UploadedFile().fields if name != "message"]
    rows = [{**{name: getattr(item, name) for name in shown}, "message": item.vi} for item in items]
    return {"upload": batch, "done": all(item.state == DONE for item in items), "files": rows}


class MergeArgs(Schema):
    """Which work is which."""

    former = fields.String(required=True, validate=_WORK)
    into = fields.String(required=True, validate=_WORK)
    note = fields.String(load_default="", validate=validate.And(validate.Length(max=500), proper))


@blueprint.route("/decisions")
@blueprint.arguments(Paging, location="query")
@blueprint.response(200, page_of(DecisionRow))
def decisions(asked: dict[str, Any]) -> Response:
    """Quyết định gộp, tách, ghim, mới nhất trước / merges, splits, pins, latest first."""
    return page([asdict(one) for one in list_decisions(current_store())[::-1]], asked)


@blueprint.route("/decisions", methods=["POST"])
@blueprint.arguments(MergeArgs, location="json")
@blueprint.response(201, DecisionRow)
@blueprint.alt_response(400, schema=ErrorRow)
@blueprint.alt_response(404, schema=ErrorRow)
@blueprint.alt_response(409, schema=ErrorRow)
def merge(asked: dict[str, Any]) -> Response:
    """Gộp: hai mã là một văn bản / merge: two ids are one work."""
    store = current_store()
    one, other = pair_to_merge(store, asked["former"], asked["into"])
    made = merge_works(store, one.id, other.id, acting(), asked["note"], relate=update_within)
    response = jsonify(next(asdict(row) for row in list_decisions(store) if row.id == made.number))
    response.status_code = 201
    return response


@blueprint.route("/decisions/<int(max=2147483647):number>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.alt_response(404, schema=ErrorRow)
def withdraw(number: int) -> Response:
    """Rút một quyết định / take a decision back."""
    store = current_store()
    withdraw_decision(store, number, acting(), update_within)
    return Response(status=204)


class LogArgs(Paging):
    """Which changes."""

    who = fields.String(load_default="", validate=proper)
    action = fields.String(load_default="", validate=proper)
    words = fields.String(load_default="", validate=proper)
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)


@blueprint.route("/log")
@blueprint.arguments(LogArgs, location="query")
@blueprint.response(200, page_of(LogRow))
def log(asked: dict[str, Any]) -> Response:
    """Nhật ký thay đổi, mới nhất trước / the log of changes, latest first."""
    store = current_store()
    days = {name: asked[name].isoformat() if asked[name] else "" for name in ("since", "until")}
    wanted = Filter(asked["who"], asked["action"], asked["words"], **days)
    entries = list_entries(store, wanted, asked["limit"], asked["offset"])
    return page([asdict(entry) for entry in entries], asked, count_entries(store, wanted))
