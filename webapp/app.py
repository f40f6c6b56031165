"""The web application: makes everything, knows nothing of documents itself."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException

from kb.bilingual import Bilingual, both
from kb.errors import CanCuError, NotFound, StoreError
from kb.search.home import is_behind, refresh_index
from kb.search.index import Wanted
from kb.settings import Settings
from webapp import drawing, presenters
from webapp.accounts.access import Refused, accounts_exist, gate
from webapp.accounts.people import known_account, set_up_people
from webapp.addresses import url_for
from webapp.api.answers import http_refusal, is_api_request, refusal
from webapp.api.door import register_api
from webapp.asked import Incomplete
from webapp.cells import place_anchor
from webapp.current import current_index, current_store
from webapp.forms import ask_for_token, refuse_other_sites, set_up_forms
from webapp.held import is_read_by_older
from webapp.language import set_up_language
from webapp.limits import set_up_limits
from webapp.logs import set_up_logs
from webapp.serving import Serving, set_up_serving
from webapp.views import (
    accounts,
    check,
    compare,
    decisions,
    diagrams,
    documents,
    effect,
    inbox,
    lists,
    prints,
    provisions,
    records,
    review,
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

#: What a page says of a status.
HTTP_MESSAGES = {
    404: (
        both("Không tìm thấy", "Not found"),
        both("Địa chỉ này không có trong kho.", "There is no such address."),
    ),
    400: (
        both("Yêu cầu chưa đủ", "Something is missing"),
        both(
            "Yêu cầu này thiếu hoặc sai một phần; hãy quay lại, xem lại điều đã chọn, đã gõ rồi gửi lại.",
            "Something of this request is missing or wrong; go back, look at what was chosen, and send it again.",
        ),
    ),
    401: (
        both("Cần đăng nhập", "Log in first"),
        both("Hãy đăng nhập hoặc gửi kèm khóa API.", "Log in, or send an API key along."),
    ),
    403: (both("Không được phép", "Not allowed"), both("Yêu cầu này bị từ chối.", "This request is refused.")),
    429: (
        both("Quá nhiều lần", "Too many tries"),
        both("Hãy chờ một phút rồi thử lại.", "Wait a minute, then try again."),
    ),
    413: (
        both("Tệp quá lớn", "Too large a file"),
        both("Tệp vượt quá giới hạn của máy chủ.", "The file is larger than this server takes."),
    ),
    408: (
        both("Gửi quá chậm", "Sent too slowly"),
        both("Nội dung gửi lên đến quá chậm; hãy gửi lại.", "What was sent came too slowly; send it again."),
    ),
    503: (
        both("Máy chủ đang bận", "Busy"),
        both("Hãy thử lại sau vài giây.", "Try again in a few seconds."),
    ),
    405: (
        both("Không dùng được cách này", "Not this way"),
        both("Trang này chỉ để đọc.", "This page is only read."),
    ),
}


_OTHER = (both("Có lỗi", "An error"), both("Yêu cầu này không thực hiện được.", "This cannot be done."))


def create_app(settings: Settings, serving: Serving | None = None) -> Flask:
    """The application over the base that `settings` name; `serving` says to whom, by default to this machine."""
    app = Flask(__name__)
    app.config["CANCU_SETTINGS"] = settings
    app.json.ensure_ascii = app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = UPLOAD_LIMIT
    app.config["MAX_FORM_MEMORY_SIZE"] = UPLOAD_LIMIT
    set_up_serving(app, serving or Serving(), settings.home)
    set_up_logs(app)
    set_up_people(app)
    set_up_forms(app)
    set_up_language(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(presenters.FILTERS)
    app.jinja_env.globals.update(
        url_for=url_for,
        is_read_by_older=is_read_by_older,
        draw_pieces=drawing.draw_pieces,
        draw_piece=drawing.draw_piece,
        draw_runs=drawing.draw_runs,
        place_anchor=place_anchor,
    )
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
    app.register_blueprint(review.blueprint)
    app.register_blueprint(decisions.blueprint)
    app.register_blueprint(records.blueprint)
    app.register_blueprint(lists.blueprint)
    register_api(app)
    app.register_blueprint(accounts.blueprint)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CanCuError, refused)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(RecursionError, too_deep)
    for step in (refuse_other_sites, gate, ask_for_token):
        app.before_request(step)
    app.context_processor(visitor)
    set_up_limits(app)
    app.after_request(keep_up)
    app.after_request(harden)
    return app


def healthz() -> Response:
    """``{"status": "ok"}`` when store and index answer; a refusal of either is 503 with its reason."""
    current_store().count_documents()
    current_index().search(Wanted("76", limit=1, facets=False))
    return jsonify(status="ok")


def http_error(error: HTTPException) -> tuple[str, int] | Response:
    """The page for a wrong address or a wrong way to ask; JSON for the API."""
    if is_api_request():
        return http_refusal(error)
    code = error.code or 500
    title, message = HTTP_MESSAGES.get(code, _OTHER)
    if isinstance(error, Refused | Incomplete):
        message = Bilingual(error.vi, error.en)
    return render_template("error.html", title=title, message=message), code


def too_deep(error: RecursionError) -> tuple[str, int] | Response:
    """A JSON body of brackets without end is a request that cannot be read; anything else is our fault."""
    if not request.is_json:
        raise error
    return http_error(BadRequest())


def stale_form(error: CSRFError) -> tuple[str, int] | Response:
    """The page for a form without the token of this session: an old page, or another site's."""
    if is_api_request():
        return http_refusal(error)
    message = both(
        "Biểu mẫu này đã cũ: hãy tải lại trang rồi gửi lại. Chưa có gì thay đổi.",
        "This form is old: reload the page and send it again. Nothing has changed.",
    )
    return render_template("error.html", title=both("Biểu mẫu đã cũ", "An old form"), message=message), 400


def visitor() -> dict[str, object]:
    """For templates: the account that is in, whether there are accounts, whether nothing may be changed."""
    serving: Serving = current_app.config["CANCU_SERVING"]
    return {"account": known_account(), "accounts_exist": accounts_exist, "read_only": serving.read_only}


def refused(error: CanCuError) -> tuple[str, int] | Response:
    """The page for anything the base refuses, in its own words; JSON for the API."""
    if is_api_request():
        return refusal(error)
    status = 404 if isinstance(error, NotFound) else 503 if isinstance(error, StoreError) else 422
    title, message = both("Không thực hiện được", "Not done"), Bilingual(error.vi, error.en)
    return render_template("error.html", title=title, message=message), status


def keep_up(response: Response) -> Response:
    """The response to a change, once the index knows of what was changed: no later search has to wait for that."""
    settings: Settings = current_app.config["CANCU_SETTINGS"]
    if request.method not in ("GET", "HEAD", "OPTIONS") and response.status_code < 400 and is_behind(settings):
        refresh_index(settings)
    return response


def harden(response: Response) -> Response:
    """The response with the headers that keep a hostile document harmless."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint not in _FOR_EVERYBODY and (known_account() or g.get("accounts_exist")):
        keep_private(response)
    return response


#: What holds nothing of the base, whoever asks.
_FOR_EVERYBODY = ("static", "healthz")


def keep_private(response: Response) -> None:
    """See to it that what one person may read is kept by no cache for another, nor shown after the log-out.

    What has a tag may stay with the browser: it asks each time whether it may still show it.
    """
    if response.cache_control.no_store:
        return
    response.cache_control.private = True
    if response.headers.get("ETag"):
        response.cache_control.no_cache = True
    else:
        response.cache_control.no_store = True
