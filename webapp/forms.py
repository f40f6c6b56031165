"""Forms that post: each carries the token of its session, and only those are shown that the visitor may send."""

from __future__ import annotations

import re

from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect
from jinja2.ext import Extension

from webapp.accounts.access import may
from webapp.accounts.people import came_by_cookie
from webapp.api.answers import is_api_request

# Each way on begins with another letter, so a tag is read once, forwards, whatever stands in it. Possessive
# repetition would say so too, but CPython 3.11.2, which Debian 12 has, matches nothing with it around groups.
_FORM_RE = re.compile(
    r"(<form\b(?:[^>{]|\{\{(?:(?!\}\}).)*\}\}|\{%(?:(?!%\}).)*%\})*>)((?:(?!</form>).)*</form>)", re.S
)
_ENDPOINT_RE = re.compile(r"""url_for\(\s*(['"][\w.]+['"])""")
_TOKEN = '<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'

_PROTECT = CSRFProtect()


class PostForms(Extension):
    """Puts the token into every posting form of a template, and leaves out the form that the visitor may not send.

    No template has to remember either.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with its posting forms completed."""
        return _FORM_RE.sub(_completed, source)


def _completed(form: re.Match[str]) -> str:
    if 'method="post"' not in form[1]:
        return form[0]
    whole = form[1] + _TOKEN + form[2]
    endpoint = _ENDPOINT_RE.search(form[1])
    return f"{{% if may({endpoint[1]}) %}}{whole}{{% endif %}}" if endpoint else whole


def set_up_forms(app: Flask) -> None:
    """Tokens made and asked for; they hold as long as the session."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    _PROTECT.init_app(app)
    app.jinja_env.add_extension(PostForms)
    app.jinja_env.globals["may"] = may


def refuse_other_sites() -> None:
    """Refuse what a page of another site sends: a form there must not act here (cross-site request forgery)."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    here = request.host_url.rstrip("/")
    if site not in (None, "same-origin", "none") or (origin is not None and origin != here):
        abort(403)


def ask_for_token() -> None:
    """Ask for the token of the session where a browser sends a form.

    A program that has no cookie to abuse needs none: it names no origin. JSON needs none either, since no form
    can send it and a script of another site is not allowed to.
    """
    browser = "Origin" in request.headers or "Sec-Fetch-Site" in request.headers
    if is_api_request() and (request.is_json or not came_by_cookie()):
        return
    if browser or came_by_cookie():
        _PROTECT.protect()
