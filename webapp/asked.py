"""What the addresses of several pages ask for alike."""

from __future__ import annotations

from datetime import date

from flask import abort, request


def asked_day() -> str:
    """The day asked for (``?ngay=``), ISO; today without one; a day that is none is refused."""
    given = request.args.get("ngay") or date.today().isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        abort(400)


def chosen_day() -> str | None:
    """The day that was chosen, for links that keep it; None where none was."""
    return asked_day() if request.args.get("ngay") else None
