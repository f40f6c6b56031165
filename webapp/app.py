"""The web application: makes everything, knows nothing of documents itself."""

from __future__ import annotations

from flask import Flask, Response, abort, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from kb.errors import CanCuError, NotFound, UnreadableFile
from kb.search.index import Wanted
from kb.settings import Settings
from webapp import presenters
from webapp.api.answers import http_refusal, is_api_request, refusal
from webapp.api.door import register_api
from webapp.current import close_store, current_index, current_store
from webapp.views import (
    check,
    compare,
    diagrams,
    documents,
    effect,
    inbox,
    prints,
    provisions,
    search,
    targets,
    works,
)

#: No script runs that is not ours, nothing is framed, nothing leaves the machine.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: Bytes of the largest upload.
UPLOAD_LIMIT = 64 * 1024 * 1024

#: What a page says of a status, in Vietnamese.
HTTP_MESSAGES = {
    404: ("Không tìm thấy", "Địa chỉ này không có trong kho."),
    400: ("Yêu cầu chưa đủ", "Hãy chọn một tệp hoặc dán văn bản rồi gửi lại."),
    413: ("Tệp quá lớn", "Tệp vượt quá giới hạn của máy chủ."),
    405: ("Không dùng được cách này", "Trang này chỉ để đọc."),
}


def create_app(settings: Settings) -> Flask:
    """The application over the base that `settings` name."""
    app = Flask(__name__)
    app.config["CANCU_SETTINGS"] = settings
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = UPLOAD_LIMIT
    app.config["MAX_FORM_MEMORY_SIZE"] = UPLOAD_LIMIT
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(presenters.FILTERS)
    app.register_blueprint(search.blueprint)
    app.register_blueprint(documents.blueprint)
    app.register_blueprint(provisions.blueprint)
    app.register_blueprint(prints.blueprint)
    app.register_blueprint(check.blueprint)
    app.register_blueprint(works.blueprint)
    app.register_blueprint(diagrams.blueprint)
    app.register_blueprint(targets.blueprint)
    app.register_blueprint(effect.blueprint)
    app.register_blueprint(inbox.blueprint)
    app.register_blueprint(compare.blueprint)
    register_api(app)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CanCuError, refused)
    app.before_request(refuse_other_sites)
    app.after_request(harden)
    app.teardown_appcontext(close_store)
    return app


def healthz() -> Response:
    """``{"status": "ok"}`` when store and index answer; a refusal of either is 503 with its reason."""
    current_store().list_documents()
    current_index().search(Wanted("76", limit=1, facets=False))
    return jsonify(status="ok")


def http_error(error: HTTPException) -> tuple[str, int] | Response:
    """The page for a wrong address or a wrong way to ask; JSON for the API."""
    if is_api_request():
        return http_refusal(error)
    code = error.code or 500
    title, message = HTTP_MESSAGES.get(code, ("Có lỗi", "Yêu cầu này không thực hiện được."))
    return render_template("error.html", title=title, message=message, english=error.name), code


def refused(error: CanCuError) -> tuple[str, int] | Response:
    """The page for anything the base refuses, in its own words; JSON for the API."""
    if is_api_request():
        return refusal(error)
    status = 404 if isinstance(error, NotFound) else 422 if isinstance(error, UnreadableFile) else 503
    return render_template("error.html", title="Không thực hiện được", message=error.vi, english=error.en), status


def refuse_other_sites() -> None:
    """Refuse what a page of another site sends: a form there must not act here (cross-site request forgery)."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    here = request.host_url.rstrip("/")
    if site not in (None, "same-origin", "none") or (origin is not None and origin != here):
        abort(403)


def harden(response: Response) -> Response:
    """The response with the headers that keep a hostile document harmless."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response
