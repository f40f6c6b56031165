"""Reads the case files: a title, a dot, the input, a dot, what is expected, a dot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case; `id` names its file and line."""

    title: str
    text: str
    expected: str
    id: str


def load_cases(name: str) -> list[Case]:
    """The cases of ``tests/cases/<name>.txt``; lines before a title that begin with ``#`` are comments."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    cases, parts, title, at = [], [[]], "", 0
    for number, line in enumerate(lines, 1):
        if line == ".":
            parts.append([])
            if len(parts) == 4:
                cases.append(Case(title, "\n".join(parts[1]), "\n".join(parts[2]), f"{name}:{at} {title}"))
                parts = [[]]
        elif len(parts) == 1:
            if line.strip() and not line.startswith("#"):
                title, at = line.strip(), number
        else:
            parts[-1].append(line)
    if len(parts) != 1:
        raise ValueError(f"{name}.txt: the last case ({title}) has no closing dot")
    return cases
