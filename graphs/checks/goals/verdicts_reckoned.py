"""TGT by agreement: verdicts of a table or a list that contradict level and result where all others bear them out.

Which columns of a table hold levels and results is learned from its own rows: the two by which nearly all verdicts
come out right. An item of a list, or a sentence, is held by its words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.goals.reckoned_items import Reckoned, reckoned
from graphs.checks.goals.reckoned_verdicts import is_reached
from graphs.checks.goals.verdict_words import CELL_RE, kind_of_verdict
from graphs.checks.reading.rows import Same
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.goals import counts_goals
from kb.models import BlockKind, Finding, Row, Severity, Span, Table
from kb.text.items import list_style
from kb.text.sentences import split_sentences

#: So many verdicts must come out right, and so many for each that does not.
_FEWEST, _FOR_EACH_WRONG = 3, 3
_UNSURE = ("likely", "hard", "nearly")
_PACE_RE = re.compile(r"tiến độ|lộ trình", re.IGNORECASE)
_LEVEL_HEAD_RE = re.compile(
    r"(?:kế hoạch|mục tiêu|chỉ tiêu|mức)\s+(?:được\s+)?(?:giao|đề ra|đặt ra|năm|quý|\d+ tháng|\d{4}|9T|\()"
    r"|^\W*(?:kế hoạch|mục tiêu|mức|giao|được giao|yêu cầu|KH|chỉ tiêu giao)\b(?!.*%\s*$)",
    re.IGNORECASE,
)
_RESULT_HEAD_RE = re.compile(
    r"^\W*(?:ước\s+)?(?:kết quả|thực hiện|đạt được|giải ngân|thực tế|TH|KQ)\b(?!\s*/)", re.IGNORECASE
)
_SHARE_HEAD_RE = re.compile(r"tỷ lệ|tỉ lệ|%|chênh lệch|so với|tăng|giảm|\+/-", re.IGNORECASE)
_INLINE_RE = re.compile(r"(?<![\w(./])(?=\(?(?:\d{1,2}|[a-zđ])\)\s)")
_LONGEST = 320
#: One of these stands wherever a goal is judged.
_HINTS = ("đạt", "vượt", "hoàn thành")


@dataclass(frozen=True, slots=True)
class Told:
    """A level, a result and a verdict, each with its words and its place, and whether the verdict is right."""

    level: tuple[str, Span]
    result: tuple[str, Span]
    verdict: tuple[str, Span]
    met: bool
    reached: bool
    page: int | None
    row: tuple[int, int] | None = None

    @property
    def right(self) -> bool:
        """Whether level and result give the verdict."""
        return self.met == self.reached


def told_in_tables(subject: Subject) -> tuple[Told, ...]:
    """The verdicts of tables whose own rows show which columns they are read from; read once for all rules."""
    return _read_once(Same(subject))[0]


def told_in_text(subject: Subject) -> tuple[Told, ...]:
    """The verdicts of items and sentences that tell one level and one result; read once for all rules."""
    return _read_once(Same(subject))[1]


@lru_cache(maxsize=2)
def _read_once(read: Same[Subject]) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    return tuple(_in_tables(read.it)), tuple(_in_text(read.it))


def _in_tables(subject: Subject) -> Iterator[Told]:
    for number, table in enumerate(subject.document.tables):
        verdict = _verdict_column(Same(table))
        if verdict is None or _PACE_RE.search(" ".join(table.columns[verdict : verdict + 1])):
            continue
        width = max(len(row.cells) for row in table.rows)
        pairs = [
            (low, high) for low in range(1, width) for high in range(low + 1, width) if verdict not in (low, high)
        ]
        # Columns that are called level and result are meant, if there are such; a share is no level of an amount.
        called = [(low, high) for low, high in pairs if _are_called(table, low, high)]
        pairs = [(low, high) for low, high in pairs if _is_share(table, low) == _is_share(table, high)]
        # The level may stand behind the result too: the pair that nearly all verdicts come out right by is meant.
        ways = [
            list(_rows(table, number, verdict, low, high))
            for low, high in called or (*pairs, *((high, low) for low, high in pairs))
        ]
        best = max(ways, key=_worth, default=[])
        right = sum(one.right for one in best)
        if right >= max(_FEWEST, _FOR_EACH_WRONG * (len(best) - right)):
            yield from best


def _are_called(table: Table, level: int, result: int) -> bool:
    heads = (*table.columns, *[""] * (result + 1))
    return bool(_LEVEL_HEAD_RE.search(heads[level]) and _RESULT_HEAD_RE.search(heads[result]))


def _is_share(table: Table, column: int) -> bool:
    return bool(_SHARE_HEAD_RE.search((*table.columns, *[""] * (column + 1))[column]))


def _worth(told: Sequence[Told]) -> int:
    return sum(1 if one.right else -_FOR_EACH_WRONG for one in told)


@lru_cache(maxsize=64)
def _verdict_column(read: Same[Table]) -> int | None:
    """The one column with three verdicts or more; None for none or several."""
    table = read.it
    width = max((len(row.cells) for row in table.rows), default=0)
    columns = [
        at for at in range(2, width) if sum(bool(CELL_RE.match(_text(row, at))) for row in table.rows) >= _FEWEST
    ]
    return columns[0] if len(columns) == 1 else None


def _text(row: Row, at: int) -> str:
    return (row.cells[at].text or "") if at < len(row.cells) else ""


def _rows(table: Table, number: int, verdict: int, level: int, result: int) -> Iterator[Told]:
    for at, row in enumerate(table.rows):
        said = CELL_RE.match(_text(row, verdict))
        if said is None or kind_of_verdict(said) in _UNSURE or _PACE_RE.search(_text(row, verdict)):
            continue
        if counts_goals(row):
            continue
        name = " ".join(_text(row, column) for column in range(level))
        given = is_reached(name, _text(row, level), _text(row, result))
        if given is not None:
            goal, done, how = ((_text(row, column), row.cells[column].span) for column in (level, result, verdict))
            yield Told(goal, done, how, kind_of_verdict(said) != "missed", given, row.page, (number, at))


def _in_text(subject: Subject) -> Iterator[Told]:
    document = subject.document
    for block in document.blocks if not subject.is_rule() else ():
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        small = text.lower()
        if not any(hint in small for hint in _HINTS):
            continue
        for low, piece, one in judged_pieces(text):
            start = block.view.start + low
            goal, done, how = (
                (piece[first:last], document.reading.hull(start + first, start + last))
                for first, last in (one.level, one.result, one.said)
            )
            yield Told(goal, done, how, one.met, one.reached, block.page)


def judged_pieces(text: str) -> Iterator[tuple[int, str, Reckoned]]:
    """Items and sentences of a paragraph that judge a goal each: where they begin, their words, what they say."""
    seen: set[int] = set()
    for low, high, item in _pieces(text):
        one = reckoned(text[low:high])
        if one is not None and not one.rivals and (item or one.asked) and low + one.level[0] not in seen:
            seen.add(low + one.level[0])
            yield low, text[low:high], one


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """The stretches that may judge one goal each, and whether they are items of a list."""
    marks = [found.start() for found in _INLINE_RE.finditer(text)] if text.count(")") > 1 else []
    if len(marks) > 1:
        yield from ((low, high, True) for low, high in zip(marks, [*marks[1:], len(text)], strict=True))
    elif list_style(text) and len(text) <= _LONGEST:
        yield 0, len(text), True
    for low, high in split_sentences(text, clauses=True):
        yield low, high, False


def check_reckoned(told: Sequence[Told], known: set[Span], tally: Tally, by: Rule) -> Iterator[Finding]:
    """The verdicts that level and result do not give; nothing of what is told already."""
    for one in told:
        if one.right:
            tally.held += 1
            continue
        places = [one.level[1], one.result[1], one.verdict[1]]
        if any(span.start < place.end and place.start < span.end for span in known for place in places):
            continue
        tally.failed += 1
        level, result, verdict = (" ".join(words.split()) for words, _ in (one.level, one.result, one.verdict))
        yield by.finding(
            (one.verdict[1],),
            f"mức đặt ra {level}, kết quả {result}, nhưng đánh giá “{verdict}”",
            f"the level is {level}, the result {result}, the verdict “{verdict}”",
            stated=verdict,
            expected="Đạt" if one.reached else "Không đạt",
            evidence=(one.result[1], one.level[1]),
            suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
            # What reached its level may yet be missed for another reason.
            severity=None if one.met else Severity.WARNING,
            page=one.page,
        )
