"""Where a paper judges its goals one by one: the column of verdicts of a table, or the items of a list.

Each place has its verdicts counted by kind; what the text counts of them is held against the place that has
as many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from graphs.checks.goals.verdict_words import CELL_RE, VERDICT, kind_of_verdict
from graphs.checks.goals.verdicts_reckoned import Told, told_in_tables, told_in_text
from graphs.checks.report import Subject
from kb.goals import MET, read_columns
from kb.models import BlockKind, Span, Table, Target, TextBlock
from kb.text.items import list_style

#: The verdict that closes an item: "kết quả 61,2%, hoàn thành (hơn 1,2 điểm).".
_ITEM_RE = re.compile(
    rf"(?:^|[,;:(–-]|\.\s|=>)\s*(?:đã\s+|được\s+|đánh giá:?\s+|là\s+)*(?:{VERDICT})"
    r"(?:\s+(?:kế hoạch|yêu cầu|mục tiêu|chỉ tiêu))?(?=\s*(?:[.;,()]|$)|\s+\d)",
    re.IGNORECASE,
)
#: Labels of items that stand one behind another in one paragraph.
_LABEL_RE = re.compile(
    r"(?<![\w(./])(?:\((?P<number>\d{1,2})\)|(?P<bare>\d{1,2})\)|(?P<letter>[a-zđ])\))\s+(?=\w)"
)
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_GOALS_RE = re.compile(r"chỉ tiêu|mục tiêu|tiêu chí|nhiệm vụ|nội dung|chỉ số", re.IGNORECASE)
_FEWEST, _BEFORE = 3, 160


@dataclass(frozen=True, slots=True)
class VerdictPlace:
    """A table or a list that judges goals: where it stands, and how many verdicts of each kind it has.

    `mended` counts them as level and result would have them, in each way, where some contradict these.
    """

    span: Span
    kinds: Counter[str]
    mended: tuple[Counter[str], ...]
    table: Table | None = None

    @property
    def goals(self) -> int:
        """How many goals it judges."""
        return self.kinds.total()


def verdict_places(subject: Subject) -> list[VerdictPlace]:
    """Every table and list of a paper that judges three goals or more, in reading order."""
    wrong = [one for one in (*told_in_tables(subject), *told_in_text(subject)) if not one.right]
    found = [
        (table.span, kinds, table)
        for table in subject.document.tables
        if _GOALS_RE.search(_heads(subject, table)) and (kinds := _of_table(table) or _of_goals(subject, table))
    ]
    places = [
        VerdictPlace(span, kinds, _mended(span, kinds, wrong), table)
        for span, kinds, table in (*found, *((span, kinds, None) for span, kinds in _lists(subject)))
    ]
    return sorted(places, key=lambda place: place.span.start)


def _heads(subject: Subject, table: Table) -> str:
    """What a table says that its rows are, of itself or by the words right before it."""
    before = subject.document.text[max(table.span.start - _BEFORE, 0) : table.span.start]
    return " ".join(filter(None, (*table.columns, table.title, table.caption, before)))


def _mended(span: Span, kinds: Counter[str], wrong: Iterable[Told]) -> tuple[Counter[str], ...]:
    """The verdicts of a place with those that level and result contradict turned: met, or more than met."""
    told = [
        (kind_of_verdict(said), one.reached)
        for one in wrong
        if span.start <= one.verdict[1].start < span.end and (said := CELL_RE.match(one.verdict[0]))
    ]
    ways = []
    for met in ("done", "over") if told else ():
        turned = Counter(kinds)
        for kind, reached in told:
            turned[kind] -= 1
            turned[met if reached else "missed"] += 1
        ways.append(turned)
    return tuple(ways)


def _of_table(table: Table) -> Counter[str]:
    """How many verdicts of each kind a table has in the one column of them; nothing for no such column."""
    width = max((len(row.cells) for row in table.rows), default=0)
    columns = []
    for at in range(1, width):
        cells = [row.cells[at].text or "" for row in table.rows if at < len(row.cells)]
        found = [found for cell in cells if (found := CELL_RE.match(cell))]
        if len(found) >= _FEWEST and len(found) * 2 > sum(map(bool, cells)):
            columns.append(Counter(map(kind_of_verdict, found)))
    return columns[0] if len(columns) == 1 else Counter()


def _of_goals(subject: Subject, table: Table) -> Counter[str]:
    """The verdicts of the rows that are read as goals, of a table whose cells tell them otherwise."""
    if read_columns(table) is None:
        return Counter()
    rows: dict[int, Target] = {
        target.row: target
        for target in subject.targets
        if target.row is not None and target.table is not None and subject.document.tables[target.table] is table
    }
    kinds = Counter("done" if one.verdict in MET else "missed" for one in rows.values() if one.verdict)
    return kinds if kinds.total() == len(rows) > 1 else Counter()


def _lists(subject: Subject) -> Iterator[tuple[Span, Counter[str]]]:
    """Lists whose items each end with a verdict: paragraph by paragraph, or within one."""
    document = subject.document
    run: list[tuple[TextBlock, str | None]] = []
    style: str | None = None
    for block in (*document.blocks, None):
        text = document.block_text(block) if block is not None and block.kind is BlockKind.TEXT else ""
        own = list_style(text) if text else None
        if block is not None and own and own == style:
            run.append((block, _of_item(text)))
            continue
        yield from _of_run(run)
        run, style = ([(block, _of_item(text))], own) if block is not None and own else ([], None)
        if block is not None and text and len(kinds := _within(text)) >= _FEWEST:
            yield block.span, Counter(kinds)


def _of_run(run: Sequence[tuple[TextBlock, str | None]]) -> Iterator[tuple[Span, Counter[str]]]:
    """The items of a list that have verdicts, as far as they stand one behind another."""
    for told, items in groupby(run, key=lambda item: item[1] is not None):
        stretch = list(items)
        if told and len(stretch) >= _FEWEST:
            span = Span(stretch[0][0].span.start, stretch[-1][0].span.end)
            yield span, Counter(kind for _, kind in stretch if kind)


def _of_item(text: str) -> str | None:
    """The kind of the one verdict that an item gives its goal; None for none, or several.

    >>> _of_item("- Trồng tối thiểu 40 ha: 43 ha, vượt."), _of_item("- Trồng 40 ha rừng, đạt 93%")
    ('over', None)
    """
    said = list(_ITEM_RE.finditer(text))
    closing = [found for found in said if not text[found.end() :].lstrip()[:1].isdigit()]
    kinds = [
        kind_of_verdict(found) for found in closing or said if found in closing or "vượt" in found.group().lower()
    ]
    return kinds[-1] if kinds and len({kind == "missed" for kind in kinds}) == 1 else None


def _within(text: str) -> list[str]:
    """The verdicts of the items that a paragraph counts off; none where one of them has no verdict."""
    labels = list(_LABEL_RE.finditer(text))
    values = [
        int(one["number"] or one["bare"]) if not one["letter"] else _LETTERS.find(one["letter"]) + 1
        for one in labels
    ]
    if not values or values != list(range(1, len(values) + 1)):
        return []
    ends = [one.start() for one in labels[1:]] + [len(text)]
    kinds = [_of_item(text[one.end() : end]) for one, end in zip(labels, ends, strict=True)]
    return [kind for kind in kinds if kind] if all(kinds) else []
