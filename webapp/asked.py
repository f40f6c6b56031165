"""What the addresses of several pages ask for alike, and how a request is told what it lacks."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from flask import request
from werkzeug.exceptions import BadRequest

from kb.clock import read_day


class Incomplete(BadRequest):
    """A request that lacks something or has it wrong: what, in Vietnamese and in English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} {en}")
        self.vi, self.en = vi, en


def refuse(vi: str, en: str) -> NoReturn:
    """Answer that a request cannot be done as it is, and why."""
    raise Incomplete(vi, en)


def day_of(given: str) -> date:
    """The day that an address or a form gives, ISO or as papers print it; what is none is refused."""
    try:
        return read_day(given)
    except ValueError:
        shown = given[:40]
        refuse(
            f"“{shown}” không phải ngày; ghi như 27/6/2025 hoặc 2025-06-27.",
            f"“{shown}” is no day; write 2025-06-27.",
        )


def asked_day() -> str:
    """The day asked for (``?ngay=``), ISO; today without one; a day that is none is refused."""
    given = request.args.get("ngay")
    return (day_of(given) if given else date.today()).isoformat()


def chosen_day() -> str | None:
    """The day that was chosen, for links that keep it; None where none was."""
    return asked_day() if request.args.get("ngay") else None
