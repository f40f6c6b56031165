"""Who may do what: one table of exceptions, one gate before every request."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import g, redirect, request, url_for
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from kb.settings import Settings
from kb.store.accounts import Role, any_account
from kb.store.revisions import read_revision
from webapp.accounts.people import current_account
from webapp.api.answers import is_api_request
from webapp.current import current_settings, current_store
from webapp.serving import current_serving

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Refused(Forbidden):
    """What may not be done, with the reason in Vietnamese and in English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} {en}")
        self.vi, self.en = vi, en


@dataclass(frozen=True, slots=True)
class Need:
    """What a request needs: a role (None: anyone at all), and a base that may be changed."""

    role: Role | None
    changes: bool = False


_READ = Need(Role.READER)
_WRITE = Need(Role.EDITOR, changes=True)
_MANAGE = Need(Role.ADMIN, changes=True)

#: Endpoints, or whole blueprints, that need something else than reading for GET and editing for the rest.
NEEDS = {
    "static": Need(None),
    "healthz": Need(None),
    "accounts.login": Need(None),
    "accounts.enter": Need(None),
    "accounts.leave": _READ,
    "accounts.change_password": Need(Role.READER, changes=True),
    "accounts.make_token": Need(Role.READER, changes=True),
    "accounts.end_token": Need(Role.READER, changes=True),
    "accounts.people": Need(Role.ADMIN),
    "accounts.add": _MANAGE,
    "accounts.change": _MANAGE,
    "effect.follow": Need(Role.READER, changes=True),
    "check.create": Need(Role.READER, changes=True),
    "search.keep": Need(Role.READER, changes=True),
    "search.forget": Need(Role.READER, changes=True),
    "api_texts": _READ,
    "api_desk.log": Need(Role.EDITOR),
    "records.log": Need(Role.EDITOR),
    "records.log_file": Need(Role.EDITOR),
    "records.backup": Need(Role.ADMIN),
    "records.download": Need(Role.ADMIN),
}


def need_of(endpoint: str, method: str) -> Need:
    """What a request to an endpoint needs.

    >>> need_of("documents.show", "GET").role, need_of("check.mute", "POST").role
    (<Role.READER: 'reader'>, <Role.EDITOR: 'editor'>)
    """
    told = NEEDS.get(endpoint) or NEEDS.get(endpoint.partition(".")[0])
    return told or (_READ if method in _SAFE else _WRITE)


def may(endpoint: str, method: str = "POST") -> bool:
    """Whether the visitor may send such a request; templates hide what they may not."""
    need = need_of(endpoint, method)
    if need.changes and current_serving().read_only:
        return False
    if need.role is None:
        return True
    account = current_account()
    if account is not None:
        return account.role.rank >= need.role.rank
    return not accounts_exist() and (not current_serving().read_only or need.role is Role.READER)


def accounts_exist() -> bool:
    """Whether anybody has to log in; the base is asked again when somebody may have been added or removed."""
    if "accounts_exist" not in g:
        settings = current_settings()
        revision = read_revision(settings)
        known = _EXIST.get(settings)
        if revision is None or known is None or known[0] != revision.desk:
            known = _EXIST[settings] = (revision.desk if revision else "", any_account(current_store()))
        g.accounts_exist = known[1]
    exist: bool = g.accounts_exist
    return exist


_EXIST: dict[Settings, tuple[str, bool]] = {}


def gate() -> Response | None:
    """Before every request: let it through, send to the log-in page, or refuse."""
    if request.endpoint is None:
        return None
    need, serving = need_of(request.endpoint, request.method), current_serving()
    if need.changes and serving.read_only:
        raise Refused(*READ_ONLY)
    if need.role is None:
        return None
    if serving.exposed and not serving.read_only and not accounts_exist():
        raise Refused(*NOBODY)
    if may(request.endpoint, request.method):
        return None
    if current_account() is not None or not accounts_exist():
        raise Refused(*NO_RIGHT)
    if request.method in _SAFE and not is_api_request():
        return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))
    raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))


#: Why something is refused: Vietnamese, English.
READ_ONLY = ("Kho đang mở ở chế độ chỉ đọc: không nhận thay đổi nào.", "Read-only: no change is accepted.")
NO_RIGHT = ("Tài khoản của bạn không có quyền làm việc này.", "Your account may not do this.")
NOBODY = (
    "Kho mở ra ngoài máy này mà chưa có tài khoản nào: hãy tạo một quản trị (cancu users add TÊN --role admin).",
    "Served beyond this machine without any account: make an admin (cancu users add NAME --role admin).",
)


def local_path(address: str | None) -> str:
    """Where to go after the log-in: a path of this site; anything else is the first page.

    >>> local_path("/van-ban?trang=2"), local_path("//xau.example"), local_path("https://xau.example/")
    ('/van-ban?trang=2', '/', '/')
    """
    wanted = address or "/"
    clean = wanted.isprintable() and "\\" not in wanted and wanted.startswith("/") and not wanted.startswith("//")
    parts = urlsplit(wanted) if clean else None
    return wanted if parts and not parts.scheme and not parts.netloc else "/"
