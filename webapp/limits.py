"""How often one may try: passwords and checks, counted in a file of the home for all worker processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import HTTPException

from webapp.accounts.access import accounts_exist
from webapp.accounts.people import current_account
from webapp.api import texts
from webapp.serving import current_serving
from webapp.tries import FILE, FileStorage

#: Wrong passwords: from one address, and for one name from wherever.
FROM_ADDRESS = "10 per minute; 60 per hour"
FOR_NAME = "30 per hour"
#: Checks a person or an address may ask for; each may read a large file.
CHECKS = "30 per minute"


def set_up_limits(app: Flask) -> None:
    """Count what is tried, after the blueprints are there."""
    home = app.config["CANCU_SETTINGS"].home
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=f"{FileStorage.STORAGE_SCHEME[0]}://{home / FILE}",
        headers_enabled=True,
        in_memory_fallback_enabled=True,  # of each process, while the file cannot be written
    )
    _count(app, "accounts.enter", limiter.limit(FROM_ADDRESS, deduct_when=_refused))
    _count(app, "accounts.enter", limiter.limit(FOR_NAME, key_func=_typed, deduct_when=_refused))
    checks = limiter.shared_limit(CHECKS, "checks", key_func=_asker, exempt_when=_at_home)
    _count(app, "check.create", checks)
    checks(texts.blueprint)
    _count(app, "api_documents.check", checks)


def _count(app: Flask, endpoint: str, limit: Callable[[Any], Any]) -> None:
    app.view_functions[endpoint] = limit(app.view_functions[endpoint])


def _refused(response: Response) -> bool:
    """Whether a password was wrong; a form that is old or never came whole was no try."""
    return response.status_code == 401


def _typed() -> str:
    try:
        name = request.form.get("name", "")
    except HTTPException:  # what does not come whole is refused by whoever reads it next
        name = ""
    return "name:" + name.strip().casefold()[:60]


def _asker() -> str:
    account = current_account()
    return f"account:{account.id}" if account else get_remote_address()


def _at_home() -> bool:
    """The person at this machine may check as much as they like."""
    return not current_serving().exposed and not accounts_exist()
