"""Who sends a request: by the session of a browser or by a token; logging in and out."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from kb.errors import CanCuError
from kb.store.accounts import Account, KeyKind, account_of, close_key, find_account, keep_hash, open_key
from kb.store.audit import record
from webapp.accounts.passwords import fits, hash_password, is_dated
from webapp.current import current_store

#: A session ends after a working day, whatever happens.
SESSION_LASTS = timedelta(hours=12)


class Visitor(UserMixin):  # type: ignore[misc]
    """An account that came in with a secret: of its session or of a token."""

    def __init__(self, account: Account, secret: str, by_token: bool = False) -> None:
        self.account = account
        self.secret = secret
        self.by_token = by_token

    def get_id(self) -> str:
        """What the session cookie holds: a secret whose hash the base knows, so that it can be ended there."""
        return self.secret


def set_up_people(app: Flask) -> None:
    """Flask-Login over the sessions and tokens of the base."""
    manager = LoginManager(app)
    manager.user_loader(_by_session)
    manager.request_loader(_by_token)


def current_account() -> Account | None:
    """The account of the request; None when nobody logged in."""
    return current_user.account if current_user.is_authenticated else None


def known_account() -> Account | None:
    """The account of the request; None also when the base cannot be asked, as on the page that says so."""
    try:
        return current_account()
    except CanCuError:
        return None


def came_by_cookie() -> bool:
    """Whether a cookie, which a browser sends unasked, is what authorises the request."""
    return bool(current_user.is_authenticated and not current_user.by_token)


def log_in(name: str, password: str, remote: str) -> Account | None:
    """The account whose password was typed, now logged in; None for any other, which the log of changes tells."""
    store = current_store()
    account = find_account(store, name)
    if not fits(account.password if account else None, password) or account is None:
        record(store, name[:60] or "–", "account.login_failed", name[:60], {"remote": remote})
        return None
    if is_dated(account.password):
        keep_hash(store, account, hash_password(password))
    # Whatever a stranger may have put into this browser before ends here.
    session.clear()
    secret = open_key(store, account, KeyKind.SESSION, remote, SESSION_LASTS, account.name)
    login_user(Visitor(account, secret))
    return account


def log_out() -> None:
    """End the session, in the base as well: a copy of the cookie is worth nothing."""
    if came_by_cookie():
        close_key(current_store(), current_user.secret)
    logout_user()
    session.clear()


def _by_session(secret: str) -> Visitor | None:
    account = account_of(current_store(), KeyKind.SESSION, secret)
    return Visitor(account, secret) if account else None


def _by_token(request: Request) -> Visitor | None:
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        return None
    account = account_of(current_store(), KeyKind.TOKEN, sent.token)
    return Visitor(account, sent.token, by_token=True) if account else None
