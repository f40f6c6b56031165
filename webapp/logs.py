"""One line a request, for people or as JSON; every line names its request."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

from webapp.accounts.people import known_account
from webapp.serving import current_serving

LOG = logging.getLogger("cancu.requests")
_ID_RE = re.compile(r"[\w-]{8,64}")


def set_up_logs(app: Flask) -> None:
    """Number the requests of an application and write each down when it is answered."""
    app.before_request(_begin)
    app.after_request(_told)


def write_logs(shape: str) -> None:
    """Write all lines of this process to standard error: ``text`` or ``json``."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if shape == "json" else _Lines("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("cancu").setLevel(logging.INFO)


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """The line of a person; a request's own line has its number already."""
        line = super().format(record)
        return line if record.name == LOG.name or not _number() else f"{line} [{_number()}]"


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message; of a request its id, user, method, path, status, ms."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record; an error has its traceback under ``exception``."""
        row: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        row |= getattr(record, "request", None) or {"message": record.getMessage(), "request_id": _number()}
        if record.exc_info:
            row["exception"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False)


def _number() -> str | None:
    return g.get("request_id") if has_request_context() else None


def _begin() -> None:
    """Number the request; a proxy that is trusted may have numbered it."""
    given = request.headers.get("X-Request-ID", "") if current_serving().proxies else ""
    g.request_id = given if _ID_RE.fullmatch(given) else uuid.uuid4().hex[:16]
    g.began = time.perf_counter()


def _told(response: Response) -> Response:
    """The response with the number of its request, which is written down without what was looked for."""
    if "began" not in g:
        return response
    account = known_account()
    row = {
        "request_id": g.request_id,
        "user": account.name if account else None,
        "remote": request.remote_addr,
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.began) * 1000, 1),
    }
    response.headers["X-Request-ID"] = g.request_id
    words = "{remote} {user} {method} {path} {status} {ms} ms [{request_id}]".format(
        **row | {"user": row["user"] or "–"}
    )
    LOG.info(words.replace("\n", " ").replace("\r", " "), extra={"request": row})
    return response
