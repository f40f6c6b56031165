"""Addresses of our own pages, each worked out once: a page has dozens of links, many of them the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import flask
from flask import request

#: Addresses that a process remembers; those asked for longest ago go first.
_MOST = 8192


def url_for(endpoint: str, **values: object) -> str:
    """The path of a page as Flask gives it; only for addresses on this site (no ``_external``).

    >>> from webapp.app import create_app
    >>> from kb.settings import Settings
    >>> import tempfile, pathlib
    >>> home = pathlib.Path(tempfile.mkdtemp())
    >>> with create_app(Settings(home, "sqlite://")).test_request_context():
    ...     url_for("documents.show", work_id="a b", ngay=None, _anchor="art_5")
    ...     url_for("effect.index", loai=["het", "ngung"])
    '/van-ban/a%20b#art_5'
    '/hieu-luc?loai=het&loai=ngung'
    """
    # A value that an address has several times comes as a list, which cannot be looked up.
    given = ((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items())
    return _path(request.script_root, endpoint, tuple(given))


@lru_cache(maxsize=_MOST, typed=True)
def _path(_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return flask.url_for(endpoint, **dict(values))
