"""Đăng nhập, tài khoản của mình, và người dùng (cho quản trị)."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.errors import CanCuError
from kb.store import accounts as rows
from kb.store.accounts import Account, KeyKind, Role
from webapp.accounts.access import accounts_exist, local_path
from webapp.accounts.passwords import SHORTEST, fits, hash_password
from webapp.accounts.people import current_account, log_in, log_out
from webapp.current import acting, current_store

blueprint = Blueprint("accounts", __name__)

ROLES = {
    Role.READER: ("người đọc", "đọc, tìm, kiểm tra"),
    Role.EDITOR: ("biên tập", "sửa kho, bỏ qua phát hiện"),
    Role.ADMIN: ("quản trị", "sửa kho và quản lý tài khoản"),
}
#: Days that a token made on the page holds.
TOKEN_DAYS = (30, 90, 365)


@blueprint.get("/dang-nhap")
def login() -> Response | str:
    """The log-in page; who is in already goes on."""
    wanted = local_path(request.args.get("next"))
    if current_account() is not None or not accounts_exist():
        return redirect(wanted)
    return render_template("accounts/login.html", next=wanted, name="", wrong=False)


@blueprint.post("/dang-nhap")
def enter() -> Response:
    """Log in and go where one wanted to; a wrong name and a wrong password look the same."""
    wanted, name = local_path(request.form.get("next")), request.form.get("name", "").strip()
    account = log_in(name, request.form.get("password", ""), request.remote_addr or "")
    if account is None:
        return make_response(render_template("accounts/login.html", next=wanted, name=name[:60], wrong=True), 401)
    return redirect(wanted, code=303)


@blueprint.post("/dang-xuat")
def leave() -> Response:
    """End the session."""
    log_out()
    return redirect(url_for("accounts.login"), code=303)


@blueprint.get("/tai-khoan")
def own() -> Response:
    """One's own account: password and tokens."""
    return _own_page(_me())


@blueprint.post("/tai-khoan/mat-khau")
def change_password() -> Response:
    """Another password for oneself; the one of today is asked for, and every session ends, this one too."""
    account = _me()
    try:
        if not fits(account.password, request.form.get("old", "")):
            raise CanCuError(
                code="password.wrong",
                vi="mật khẩu hiện tại không đúng",
                en="the password of today is another one",
            )
        rows.set_password(current_store(), account.name, hash_password(request.form.get("new", "")), account.name)
    except CanCuError as error:
        return _own_page(account, error=error)
    log_out()
    return redirect(url_for("accounts.login"), code=303)


@blueprint.post("/tai-khoan/khoa")
def make_token() -> Response:
    """A new token, shown this once."""
    account = _me()
    days = request.form.get("days", TOKEN_DAYS[0], type=int)
    lasts = timedelta(days=days if days in TOKEN_DAYS else TOKEN_DAYS[0])
    label = request.form.get("label", "")
    return _own_page(account, rows.open_key(current_store(), account, KeyKind.TOKEN, label, lasts, account.name))


@blueprint.post("/tai-khoan/khoa/<int(max=2147483647):number>/cham-dut")
def end_token(number: int) -> Response:
    """End one of one's tokens."""
    account = _me()
    rows.drop_token(current_store(), account, number, account.name)
    return redirect(url_for("accounts.own"), code=303)


@blueprint.get("/nguoi-dung")
def people() -> Response:
    """All accounts."""
    return _people_page()


@blueprint.post("/nguoi-dung")
def add() -> Response:
    """A new account. Whoever makes the first one on this machine is logged in as it: nobody is locked out."""
    form, first = request.form, not accounts_exist()
    name, password = form.get("name", "").strip(), form.get("password", "")
    try:
        rows.add_account(current_store(), name, _role(form.get("role", "")), hash_password(password), acting())
    except CanCuError as error:
        return _people_page(error)
    if first:
        log_in(name, password, request.remote_addr or "")
    return redirect(url_for("accounts.people"), code=303)


@blueprint.post("/nguoi-dung/<name>")
def change(name: str) -> Response:
    """Another role or password for an account, or its end."""
    store, form = current_store(), request.form
    try:
        if "remove" in form:
            rows.remove_account(store, name, acting())
        elif form.get("password"):
            rows.set_password(store, name, hash_password(form["password"]), acting())
        else:
            rows.set_role(store, name, _role(form.get("role", "")), acting())
    except CanCuError as error:
        return _people_page(error)
    return redirect(url_for("accounts.people"), code=303)


def _me() -> Account:
    account = current_account()
    if account is None:  # nobody has to log in here, so there is no own account
        abort(404)
    return account


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        abort(400)


def _own_page(account: Account, secret: str = "", error: CanCuError | None = None) -> Response:
    tokens = rows.list_tokens(current_store(), account)
    page = render_template(
        "accounts/own.html",
        me=account,
        roles=ROLES,
        tokens=tokens,
        secret=secret,
        error=error,
        shortest=SHORTEST,
        days=TOKEN_DAYS,
    )
    return _private(page, 422 if error else 200)


def _people_page(error: CanCuError | None = None) -> Response:
    found = rows.list_accounts(current_store())
    page = render_template("accounts/people.html", people=found, roles=ROLES, error=error, shortest=SHORTEST)
    return _private(page, 422 if error else 200)


def _private(page: str, status: int) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
