"""FIG of a whole that the text counts and of its kinds that a table counts: all kinds add up to it at that time.

The kinds are rows of a table with the law that makes them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import plain_name, row_place, thing_words, with_unit
from graphs.checks.reading.periods import same_period
from graphs.checks.reading.prose import stated
from graphs.checks.reading.said import MONEY_RE, said_figures
from graphs.checks.reading.told import Days, Told, told_cells
from graphs.checks.reading.yearly import total_of, yearly_series
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding, Severity


@dataclass(frozen=True, slots=True)
class SplitRow:
    """The kinds that some things are of, no third being given.

    `things` names them, `kinds` each kind, `whole` what the count of all of them says besides; `plain` are words
    that change nothing of what is counted.
    """

    things: str
    kinds: tuple[str, ...]
    whole: str
    plain: frozenset[str]
    source: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HANDED_IN = _words("nộp dịch vụ công tiếp nhận phát sinh gửi đã thủ tục hành chính hình thức theo")
SPLITS: tuple[SplitRow, ...] = (
    SplitRow(r"hồ sơ", (r"toàn trình", r"một phần"), r"trực tuyến", _HANDED_IN, "Nghị định 42/2022/NĐ-CP"),
    SplitRow(
        r"hồ sơ",
        (r"trực tiếp", r"trực tuyến", r"(?:qua\s+)?(?:dịch vụ\s+)?bưu chính(?:\s+công ích)?"),
        r"tiếp nhận",
        _HANDED_IN,
        "Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
    ),
    SplitRow(
        r"hồ sơ",
        (r"(?:trước hạn\W+(?:và\s+)?)?đúng hạn", r"(?:quá|trễ|chậm) hạn"),
        r"(?:đã|được)\s+(?:giải quyết|xử lý)",
        _HANDED_IN | _words("trả kết quả"),
        "Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
    ),
    SplitRow(
        r"đơn",
        (r"khiếu nại", r"tố cáo", r"(?:kiến nghị\W+(?:và\s+)?phản ánh|phản ánh\W+(?:và\s+)?kiến nghị)"),
        r"",
        _words("thư tiếp nhận đã các loại"),
        "Luật Tiếp công dân 42/2013/QH13",
    ),
)


#: What a row of a kind has in it, before its abbreviations are written out.
_HINT_RE = re.compile(
    r"toàn trình|một phần|trực tiếp|trực tuyến|bưu chính|hạn|hẹn|khiếu nại|tố cáo|phản ánh|PAKN", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A count of all kinds that the text tells, with what it is called, its time, the words before it."""

    figure: Figure
    text: str
    period: Days
    before: str


def check_splits(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``hồ sơ trực tuyến`` of the text are those ``toàn trình`` and those ``một phần`` of the table."""
    if subject.is_rule():
        return
    cells = [
        cell
        for cell in told_cells(subject)
        if cell.by_row and not cell.rate and len(cell.columns) == 1 and _HINT_RE.search(cell.line.label)
    ]
    names = {cell.line.label: plain_name(cell.line.label) for cell in cells}
    found = [(split, parts) for split in SPLITS if (parts := _parts(split, cells, names))]
    told = list(_wholes(subject)) if found else []
    for split, parts in found:
        yield from _compared(split, parts, [one for one in told if _is_whole(split, one)], tally)


_Parts = dict[tuple[int, frozenset[str]], dict[Days, tuple[Told, ...]]]


def _parts(split: SplitRow, cells: Sequence[Told], names: dict[str, str]) -> _Parts:
    """The cells of each kind, by table and by what is left of their names; where every kind has its one."""
    found: dict[tuple[int, frozenset[str]], dict[Days, dict[int, list[Told]]]] = defaultdict(dict)
    for cell in cells:
        name = names[cell.line.label]
        kinds = [at for at, kind in enumerate(split.kinds) if re.search(kind, name)]
        if len(kinds) == 1 and re.search(split.things, name):
            rest = thing_words(re.sub(split.kinds[kinds[0]], " ", name))
            at_time = found[id(cell.grid), rest].setdefault(cell.period, {})
            at_time.setdefault(kinds[0], []).append(cell)
    whole: _Parts = {}
    for key, times in found.items():
        full = {
            period: tuple(one[0] for one in kinds.values())
            for period, kinds in times.items()
            if len(kinds) == len(split.kinds) and all(len(one) == 1 for one in kinds.values())
        }
        if full:
            whole[key] = full
    return whole


def _is_whole(split: SplitRow, one: _Whole) -> bool:
    name = f"{one.before} {one.text}"
    if any(re.search(kind, re.sub(split.whole, " ", name) if split.whole else name) for kind in split.kinds):
        return False
    return bool(re.search(split.things, one.text) and re.search(split.whole, name))


def _wholes(subject: Subject) -> Iterator[_Whole]:
    """The counts of the text with their names and times; those of a series by the total that it follows."""
    in_series: dict[Figure, tuple[str, str]] = {}
    before: dict[Figure, str] = {}
    for where in stated(subject):
        for figure in where.figures:
            start = where.start(figure)
            before[figure] = _CLAUSE_RE.split(where.text[max(0, start - _BEFORE) : start])[-1]
        for series in yearly_series(where):
            total = total_of(where, series)
            if total is not None and series.opened is not None:
                told = _NUMBER_RE.sub("", where.text[where.start(total) : series.opened])
                name = plain_name(_NAME_END_RE.split(told)[0])
                in_series |= dict.fromkeys(series.by_year.values(), (name, before[total]))
    for said in said_figures(subject):
        figure = said.figure
        if figure.of or said.planned or figure.unit == "%" or MONEY_RE.match(figure.unit or ""):
            continue
        own = plain_name(f"{said.label} {figure.unit or ''}"), before.get(figure, "")
        name, words = in_series.get(figure, own)
        yield _Whole(figure, name, said.period, plain_name(words))


_CLAUSE_RE = re.compile(r"[,;.:(]\s")
_BEFORE = 60
#: What is done with things: those done with otherwise are others.
_DEED_RE = re.compile(r"\b(?:xử lý|trả kết quả|tồn đọng|hoàn thành|từ chối|rút)\b")
_NUMBER_RE = re.compile(r"^\s*[\d.,]+\s*")
_NAME_END_RE = re.compile(r"\s(?:trên|trong)\s|[,;:(]|\b(?:đạt|chiếm|bằng)\b")


def _compared(split: SplitRow, parts: _Parts, wholes: Sequence[_Whole], tally: Tally) -> Iterator[Finding]:
    for (_, rest), times in parts.items():
        label = plain_name(next(iter(times.values()))[0].line.label)
        deeds = set(_DEED_RE.findall(label))
        wrong: list[tuple[_Whole, tuple[Told, ...], Decimal]] = []
        for whole in wholes:
            words = thing_words(whole.text)
            if set(_DEED_RE.findall(f"{whole.before} {whole.text}")) != deeds:
                continue
            if not words <= rest | split.plain or not rest - words <= split.plain or not words & rest:
                continue
            for period, cells in times.items():
                if not same_period(whole.period, period):
                    continue
                sum_ = sum((cell.value for cell in cells), Decimal(0))
                if sum_ == Decimal(whole.figure.value):
                    tally.held += 1
                else:
                    wrong.append((whole, cells, sum_))
        if wrong:
            tally.failed += len(wrong)
            yield _not_the_whole(split, wrong)


def _not_the_whole(split: SplitRow, wrong: Sequence[tuple[_Whole, tuple[Told, ...], Decimal]]) -> Finding:
    more = any(sum_ > Decimal(whole.figure.value) for whole, _, sum_ in wrong)
    first, cells, _ = wrong[0]
    places = [row_place(cell.grid, cell.line) for cell in cells]
    told = "; ".join(
        f"{whole.period[1].year}: {' + '.join(cell.printed for cell in there)} = {show(sum_)},"
        f" {'>' if sum_ > Decimal(whole.figure.value) else '<'} {with_unit(whole.figure)}"
        for whole, there, sum_ in wrong
    )
    return SPLIT.finding(
        tuple(whole.figure.span for whole, _, _ in wrong),
        f"lời văn nêu {first.text}; {'; '.join(places)} cộng lại khác: {told} (theo {split.source})",
        f"the text counts {first.text}; {'; '.join(place.en for place in places)} add up otherwise: {told}"
        f" ({split.source})",
        stated=first.figure.printed,
        expected=show(wrong[0][2]),
        evidence=tuple(span for _, there, _ in wrong for cell in there for span in cell.spans),
        suggestion=both(
            "đối chiếu số chung với số của từng loại, nêu rõ phạm vi nếu khác nhau",
            "compare the whole with its kinds, or say what each of them counts",
        ),
        page=first.figure.page,
        severity=Severity.ERROR if more else None,
    )


SPLIT = rule("FIG-261", check_splits)
SPLIT_RULES = (SPLIT,)
