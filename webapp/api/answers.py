"""How answers leave: objects, pages of rows with links, tags for caches, refusals in one shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException, UnprocessableEntity

from kb.errors import CanCuError, NotFound, Several, StoreError

#: What HTTP says of a refusal by the base.
_STATUSES: tuple[tuple[type[CanCuError], int], ...] = (
    (Several, 409),
    (NotFound, 404),
    (StoreError, 503),
    (CanCuError, 422),
)
_WORDS = {
    400: "yêu cầu không đọc được",
    401: "cần đăng nhập hoặc mã truy cập",
    403: "không được phép",
    404: "không có địa chỉ này",
    405: "không dùng được cách này ở địa chỉ này",
    409: "tên này có thể là nhiều văn bản",
    413: "nội dung quá lớn",
    415: "kiểu nội dung không đọc được",
    422: "tham số không đúng",
    429: "quá nhiều yêu cầu, hãy chờ một lát",
}


class WrongInput(UnprocessableEntity):
    """What was sent is wrong: `data` says what, by its name."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__()
        self.data = {"messages": dict(errors)}


def is_api_request() -> bool:
    """Whether the request is one for the API, which answers errors as JSON."""
    return request.path.startswith("/api/")


def whole(row: Any) -> Response:  # noqa: ANN401
    """One object as an answer, with a tag: a client that has it already gets 304."""
    response = jsonify(row)
    response.add_etag()
    response.make_conditional(request)
    return response


def page(rows: Sequence[object], asked: dict[str, int], total: int | None = None) -> Response:
    """A page of rows with links to the one before and after; `rows` are all of them unless `total` is given."""
    limit, offset = asked["limit"], asked["offset"]
    items = rows[offset : offset + limit] if total is None else rows
    total = len(rows) if total is None else total
    response = jsonify(total=total, limit=limit, offset=offset, items=list(items))
    links = []
    if offset + limit < total:
        links.append(f'<{_address(offset + limit)}>; rel="next"')
    if offset:
        links.append(f'<{_address(max(offset - limit, 0))}>; rel="prev"')
    if links:
        response.headers["Link"] = ", ".join(links)
    response.add_etag()
    response.make_conditional(request)
    return response


def _address(offset: int) -> str:
    args = [(name, value) for name, value in request.args.items(multi=True) if name != "offset"]
    return f"{request.base_url}?{urlencode([*args, ('offset', str(offset))])}"


def refusal(error: CanCuError) -> Response:
    """What the base refuses, as JSON."""
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    row: dict[str, object] = {"code": error.code, "vi": error.vi, "en": error.en.strip(), "status": status}
    if isinstance(error, Several):
        row["candidates"] = list(error.candidates)
    return _error(row, status)


def http_refusal(error: HTTPException) -> Response:
    """What HTTP refuses, as JSON: wrong address, wrong way to ask, wrong parameters."""
    status = error.code or 500
    data: dict[str, Any] = getattr(error, "data", None) or {}
    row: dict[str, object] = {
        "code": f"http.{status}",
        "vi": getattr(error, "vi", "") or _WORDS.get(status, "yêu cầu này không thực hiện được"),
        "en": getattr(error, "en", "") or error.name,
        "status": status,
    }
    if data.get("messages"):
        row["errors"] = data["messages"]
    response = _error(row, status)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            response.headers[name] = value
    return response


def _error(row: dict[str, object], status: int) -> Response:
    response = jsonify(row)
    response.status_code = status
    return response
