"""Posted text or files: what the commands say of a lone file, against the base that is served. Nothing is kept."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import PurePath
from typing import Any, NoReturn

from flask import Response, abort, jsonify, request
from flask_smorest import Blueprint
from marshmallow import ValidationError

from ingest.analysis import Analysis, analyse
from ingest.document import build_document, text_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from webapp.api.answers import WrongInput
from webapp.api.asking import proper
from webapp.api.readings import READINGS, Reading, sheet_of, sheet_row
from webapp.api.schemas import CheckSheet, ErrorRow
from webapp.api.shapes import list_of
from webapp.current import current_store

blueprint = Blueprint("api_texts", __name__, description="Chữ hoặc tệp gửi lên, không lưu / posted text or files")

_NAME = {"type": "string", "maxLength": 200, "description": "tên tệp / name of the file"}
_AS_OF = {"type": "string", "format": "date", "description": "ngày áp dụng, chỉ cho check / the day to check for"}


def _object(required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": [required], "additionalProperties": False, "properties": properties}


#: Bodies that are taken: text, a file in base 64, a file of a form.
REQUEST_SCHEMAS = {
    "PostedText": _object("text", text={"type": "string", "minLength": 1}, name=_NAME, as_of=_AS_OF),
    "PostedFile": _object(
        "content",
        content={"type": "string", "format": "byte", "minLength": 4, "description": "base 64"},
        name=_NAME,
        as_of=_AS_OF,
    ),
    "PostedForm": _object("file", file={"type": "string", "format": "binary"}, as_of=_AS_OF),
}
_JSON = [{"$ref": f"#/components/schemas/{name}"} for name in ("PostedText", "PostedFile")]
_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": {"oneOf": _JSON}},
        "multipart/form-data": {"schema": {"$ref": "#/components/schemas/PostedForm"}},
    },
}


def _offer(command: str, about: str, schema: Any, answer: Any) -> None:  # noqa: ANN401
    def view() -> Response:
        analysis, as_of = _posted()
        return jsonify(answer(analysis, as_of))

    view.__doc__ = f"{about}."
    for status in (400, 413, 415, 422):
        view = blueprint.alt_response(status, schema=ErrorRow)(view)
    view = blueprint.response(200, schema)(view)
    view = blueprint.doc(requestBody=_BODY)(view)
    blueprint.route(f"/{command}", methods=["POST"], endpoint=command)(view)


def _rows(reading: Reading) -> Any:  # noqa: ANN401
    return lambda analysis, _: {"items": reading.rows(current_store(), analysis)}


for _reading in READINGS:
    _offer(_reading.command, _reading.about, list_of(_reading.schema), _rows(_reading))
_offer(
    "check",
    "Kiểm tra trước khi ký: phát hiện, và điều gì chưa kiểm tra / findings, and what was not checked",
    CheckSheet,
    lambda analysis, as_of: sheet_row(sheet_of(current_store(), analysis, as_of)),
)


def _posted() -> tuple[Analysis, date | None]:
    """The analysis of what was sent, and the day it is asked for; what cannot be read is refused."""
    if request.mimetype == "multipart/form-data":
        upload = request.files.get("file")
        if upload is None:
            _wrong(file="thiếu / missing")
        name, data, as_of = upload.filename or "", upload.read(), request.form.get("as_of")
    elif request.mimetype == "application/json":
        body = _json_body()
        name, as_of = body.get("name", ""), body.get("as_of")
        if "text" in body:
            if not body["text"].strip():
                _wrong(text="chưa có chữ nào / there is no text")
            return analyse(text_document(body["text"], _file_name(name))), _day(as_of)
        data = _decoded(body["content"])
    else:
        abort(415)
    source = source_of(_file_name(name), data)
    return analyse(build_document(source, read_source(source, data))), _day(as_of)


def _file_name(name: str) -> str:
    return PurePath(name).name or "van-ban.txt"


def _json_body() -> dict[str, str]:
    """The object that was sent, its members known and of the right kind."""
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(body, dict):
        _wrong(body="phải là một đối tượng JSON / must be an object")
    for key, value in body.items():
        if key not in ("text", "content", "name", "as_of"):
            _wrong(**{key: "không biết / unknown"})
        if not isinstance(value, str):
            _wrong(**{key: "phải là chữ / must be a string"})
        try:
            proper(value)
        except ValidationError as error:
            _wrong(**{key: str(error)})
    if ("text" in body) == ("content" in body):
        _wrong(text="gửi text hoặc content, một trong hai / send one of text and content")
    return body


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except ValueError:
        _wrong(content="không phải base 64 / is no base 64")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        _wrong(as_of="phải là YYYY-MM-DD / must be a day")


def _wrong(**errors: str) -> NoReturn:
    raise WrongInput(errors)
