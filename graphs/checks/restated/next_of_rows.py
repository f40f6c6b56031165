"""The row that is said to come next behind the most: ``cao nhất là A, tiếp đến là B`` where C has more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.most_said import MostSaid
from graphs.checks.reading.named import row_place
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.row_measures import Measure, has_value
from kb.bilingual import both
from kb.models import Finding, TextBlock

#: Behind the one that is most: the words for the second, and what may stand before its name.
NEXT_RE = re.compile(
    r"[,;]\s*(?:(?:và|còn)\s+)?(?P<next>tiếp (?:đến|theo|sau)|kế (?:đến|tiếp)|sau đó|theo sau|xếp sau|liền sau"
    r"|(?:đứng|xếp)(?: ở)?(?: vị trí)? thứ (?:hai|nhì))\s+(?:(?:lần lượt\s+)?là|có|thuộc về)\s+",
    re.IGNORECASE,
)
_KIND_RE = re.compile(r"(?:(?:huyện|xã|phường|thị xã|thị trấn|thành phố|tỉnh|quận|khu|cụm)\s+)?", re.IGNORECASE)
_VALUE_RE = re.compile(r"[^\d.;:,]{0,20}\(?(?P<value>\d[\d.]*+(?:,\d+)?+)")
_FEWEST = 3


def check_next_of_most(
    subject: Subject,
    told_at: tuple[TextBlock, MostSaid, int],
    table: tuple[Grid, Sequence[tuple[str, Line]], Line],
    most: Sequence[Measure],
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    """Of the rows but the one that is most none is beyond the one said to come next, by what the one is most."""
    (block, said, end), (grid, names, first) = told_at, table
    mark = NEXT_RE.search(said.text, end, said.sentence[1])
    if mark is None or NEXT_RE.search(said.text, said.sentence[0], mark.start()):
        return
    start = mark.end()
    named = _named(said.text, start, names)
    if named is None or named[0] is first:
        return
    line, stop = named
    value = _VALUE_RE.match(said.text, stop, said.sentence[1])
    if value is not None:  # the number told of it says which column is meant
        number = str(read_number(value["value"]))
        most = [one for one in most if has_value(one, line.at, number)]
    measures = [one for one in most if line.at in one.values and len(one.values) >= _FEWEST]
    if not measures:
        return
    if any(_beyond(one, first, line, least=said.least) is None for one in measures):
        tally.held += 1
        return
    tally.failed += 1
    measure = measures[0]
    at = _beyond(measure, first, line, least=said.least)
    best = next(one for _, one in names if one.at == at)
    span = subject.document.reading.hull(block.view.start + start, block.view.start + stop)
    words, place = " ".join(mark["next"].split()).lower(), row_place(grid, best)
    yield by.finding(
        (span or line.span(measure.column),),
        f"lời văn nói “{words}” là “{line.label}” ({line.printed(measure.column)}), nhưng {place}, cột"
        f" {measure.called}, ghi {best.printed(measure.column)}",
        f"“{line.label}” is said to come next ({line.printed(measure.column)}), but {place.en}, column"
        f" {measure.called}, {best.printed(measure.column)}",
        stated=line.label,
        expected=best.label,
        evidence=(line.span(measure.column), best.span(measure.column)),
        suggestion=both("kiểm tra lại tên nêu trong lời văn và bảng", "check the name in the text and the table"),
        page=block.page,
    )


def _named(text: str, start: int, names: Sequence[tuple[str, Line]]) -> tuple[Line, int] | None:
    """The row whose name stands there, the longest that does, and where it ends."""
    lower = text.lower()
    kind = _KIND_RE.match(lower, start)
    found: list[tuple[int, Line]] = []
    for name, line in names:
        for at in {start, kind.end() if kind else start}:
            if lower.startswith(name, at) and not lower[at + len(name) : at + len(name) + 1].isalnum():
                found.append((at + len(name), line))
    if not found:
        return None
    end = max(one[0] for one in found)
    lines = {id(line): line for stop, line in found if stop == end}
    return (next(iter(lines.values())), end) if len(lines) == 1 else None


def _beyond(measure: Measure, first: Line, line: Line, *, least: bool) -> int | None:
    """The row that is most but for the first, where that is beyond a row; None where none is."""
    others = {at: value for at, value in measure.values.items() if at != first.at}
    best = (min if least else max)(others, key=lambda at: others[at])
    return best if others[best] != others[line.at] else None
