"""Queries that found nothing, kept in the home so that one sees what is missing; nothing leaves the machine."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from kb.search.answers import Answer
from kb.settings import Settings

#: The log is cut to its later half when it grows beyond this.
_MOST_BYTES = 1_000_000


def note_unanswered(settings: Settings, answer: Answer) -> None:
    """Write down a query without an answer, unless the log is turned off (``CANCU_QUERY_LOG=off``)."""
    if answer.total or not settings.query_log or not answer.query.strip() or not settings.home.is_dir():
        return
    path = settings.home / "unanswered.jsonl"
    row = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "query": answer.query[:1000]}
    try:
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            lines = path.read_text(encoding="utf-8").splitlines()
            path.write_text("\n".join(lines[len(lines) // 2 :]) + "\n", encoding="utf-8")
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError:
        return  # a home that cannot be written can still be searched


def list_unanswered(settings: Settings) -> list[dict[str, str]]:
    """The log, oldest first."""
    path = settings.home / "unanswered.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
