"""Verdicts as words and cells tell them: met, more than met, missed, nearly, likely or hardly to be met."""

from __future__ import annotations

import re

from graphs.checks.reading.counted import DONE

_EACH = rf"{DONE}(?:\s+vượt(?:\s+mức)?)?"
#: Verdicts as words and cells tell them, each of one kind; the first that fits is meant.
VERDICTS = (
    ("likely", rf"(?:có\s+)?khả năng\s+{DONE}"),
    ("hard", rf"khó\s+(?:có khả năng\s+)?{DONE}"),
    ("missed", rf"(?:chưa|không)\s+(?:được\s+)?{DONE}"),
    ("nearly", rf"cơ bản\s+{DONE}"),
    ("met", rf"{_EACH}(?:(?:,|/|\s+và|\s+hoặc)\s*{_EACH})+"),
    ("over", r"(?:(?:hoàn thành|đạt)\s+)?vượt(?:\s+mức)?"),
    ("done", DONE),
)
VERDICT = "|".join(f"(?P<{name}>{words})" for name, words in VERDICTS)
CELL_RE = re.compile(rf"\W*(?:{VERDICT})\b", re.IGNORECASE)


def kind_of_verdict(found: re.Match[str]) -> str:
    """Of which kind the verdict is that a pattern with `VERDICT` found.

    >>> [kind_of_verdict(CELL_RE.match(cell)) for cell in ("Chưa đạt", "Vượt 3%", "Đạt và vượt", "Hoàn thành")]
    ['missed', 'over', 'met', 'done']
    """
    return next(name for name, _ in VERDICTS if found[name])
