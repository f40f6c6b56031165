"""Pages that are made once for a state of the base, and sent again while nothing has been written."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import wraps
from threading import Lock

from flask import request
from flask_wtf.csrf import generate_csrf

from kb.store.revisions import read_revision
from webapp.accounts.people import current_account
from webapp.current import current_settings
from webapp.language import language
from webapp.serving import current_serving

#: Characters of all pages that a process keeps; those asked for longest ago go first.
LIMIT = 40_000_000


class KeptPages:
    """Pages by what they depend on, up to so many characters.

    >>> pages = KeptPages(limit=10)
    >>> for name in "abc":
    ...     pages.put(name, ("1234", "5"))
    >>> pages.get("a"), pages.get("b")
    (None, ('1234', '5'))
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._size = 0
        self._pages: OrderedDict[object, tuple[str, ...]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> tuple[str, ...] | None:
        """The parts of a page, None when it is not kept."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: object, parts: tuple[str, ...]) -> None:
        """Keep the parts of a page."""
        with self._lock:
            self._size += _length(parts) - _length(self._pages.pop(key, ()))
            self._pages[key] = parts
            while self._size > self._limit:
                self._size -= _length(self._pages.popitem(last=False)[1])

    def clear(self) -> None:
        """Keep nothing, as a process that has just begun."""
        with self._lock:
            self._pages.clear()
            self._size = 0


def _length(parts: tuple[str, ...]) -> int:
    return sum(map(len, parts))


PAGES = KeptPages()


def kept(view: Callable[..., str]) -> Callable[..., str]:
    """A view whose page depends on nothing but its address, the base, the day, the language and who looks.

    The token of the session, which stands in forms, is cut out before a page is kept and put in when it is sent.
    """

    @wraps(view)
    def look(**values: object) -> str:
        revision = read_revision(current_settings())
        if revision is None:
            return view(**values)
        account = current_account()
        visitor = (account.id, account.name, account.role) if account else None
        asked = (request.host_url, request.full_path, language(), date.today())
        key = (str(current_settings().home), revision, asked, visitor, current_serving())
        parts = PAGES.get(key)
        if parts is None:
            parts = tuple(view(**values).split(generate_csrf()))
            PAGES.put(key, parts)
        return parts[0] if len(parts) == 1 else generate_csrf().join(parts)

    return look
