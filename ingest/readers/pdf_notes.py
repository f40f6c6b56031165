"""Footnotes at the foot of a page: small lines under a short rule, or that begin with a raised mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.pdf_print import PrintedPage, Rule, Segment
from kb.models import LineKind

_MARK_RE = re.compile(r"(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?!\d)\s*(?=\S)")
_PLAIN_MARK_RE = re.compile(r"(?P<mark>\d{1,3})(?:\s+|(?=[^\W\d_]))(?=\S)")
_ANCHOR_RE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Notes are set at least this much smaller than the text over them.
_SMALLER = 0.7
# Word draws a rule of 144 points, LibreOffice a quarter of the width; a note that runs on has a full rule.
_RULE_MIN, _RULE_MAX = 0.06, 0.45


def body_size(pages: Sequence[PrintedPage]) -> float:
    """The size in which most letters of the running text are printed."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            for segment in row:
                if segment.kind is LineKind.TEXT:
                    sizes[round(segment.size * 2) / 2] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def mark_notes(page: PrintedPage, lines: list[Segment], body: float, running: float | None) -> float | None:
    """The size of the notes that end the page, which are marked; None when there are none.

    `lines` are the page's text in reading order, `running` is the size of the notes that ended the page
    before, the last of which may run on here.
    """
    start = _note_start(page, lines, body, running)
    if start is None:
        return None
    anchors = {found.group() for line in lines[:start] for found in _ANCHOR_RE.finditer(line.text)}
    notes = lines[start:]
    if any(_MARK_RE.match(line.text) for line in notes):
        anchors = set()
    for line in notes:
        line.kind = LineKind.NOTE
        _set_mark(line, anchors)
    return notes[-1].size


def _set_mark(line: Segment, anchors: set[str]) -> None:
    """A space after the mark; a mark printed level with the text is raised when the page has its anchor."""
    found = _MARK_RE.match(line.text)
    if found:
        line.text = f"{found['mark']} {line.text[found.end() :]}"
        return
    found = _PLAIN_MARK_RE.match(line.text)
    if found and found["mark"].translate(_TO_SUPERSCRIPT) in anchors:
        line.text = f"{found['mark'].translate(_TO_SUPERSCRIPT)} {line.text[found.end() :]}"


def _note_start(page: PrintedPage, lines: list[Segment], body: float, running: float | None) -> int | None:
    if not lines:
        return None
    lowest_table = max((table.bottom for table in page.tables), default=0.0)
    left = min(line.x0 for line in lines)
    for rule in sorted(page.rules, key=lambda rule: -rule.top):
        if rule.level and rule.top > lowest_table - 2:
            start = _under_rule(rule, page, lines, body, running, left)
            if start is not None:
                return start
    return _small_tail(lines, body, running, lowest_table)


def _under_rule(
    rule: Rule, page: PrintedPage, lines: list[Segment], body: float, running: float | None, left: float
) -> int | None:
    share = (rule.x1 - rule.x0) / page.width
    if share < _RULE_MIN or rule.x0 > left + 60 or (share > _RULE_MAX and running is None):
        return None
    start = next((i for i, line in enumerate(lines) if line.baseline > rule.top + 2), None)
    if start is None or any(line.baseline <= rule.top for line in lines[start:]):
        return None
    first, under = lines[start], lines[start:]
    small = all(line.size <= body - _SMALLER for line in under)
    marked = bool(_MARK_RE.match(first.text)) or (small and bool(_PLAIN_MARK_RE.match(first.text)))
    if first.top - rule.top > 3 * first.size:
        return None
    return start if marked or (small and _runs_on(under, running)) else None


def _small_tail(lines: list[Segment], body: float, running: float | None, lowest_table: float) -> int | None:
    """The first of the last small lines that begins with a mark; from the top of them when notes run on."""
    top = len(lines)
    while top and lines[top - 1].size <= body - _SMALLER and lines[top - 1].baseline > lowest_table:
        top -= 1
    marked = [i for i in range(top, len(lines)) if _MARK_RE.match(lines[i].text)]
    if top < len(lines) and _runs_on(lines[top : marked[0] if marked else len(lines)], running):
        return top
    return marked[0] if marked else None


def _runs_on(lines: Sequence[Segment], running: float | None) -> bool:
    """Whether lines look like the notes of the page before."""
    return running is not None and all(abs(line.size - running) < 0.4 and line.column is None for line in lines)
