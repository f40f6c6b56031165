"""TGT of how far a result is from its level: ``thấp hơn mức đề ra 0,9 điểm``, ``hụt 624 tỷ đồng so với dự toán``.

Level and result stand in the sentence or right before it, in the row of a table that the clause names, or in
another sentence that tells both of a goal of that name. In the row, the number may stand in a cell of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.goals.level_and_result import PLAN, level_of, results_of, unit_of
from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.forms import BARE, SIGN, Signs, signs_of
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import GENERAL, row_place, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.unit_cells import UNIT_WORDS, label_of
from graphs.checks.report import Rule, Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.models import Figure, Finding, Span

_UNDER = r"(?:còn\s+)?(?:thiếu|hụt|thấp hơn|ít hơn|kém(?:\s+hơn)?|cách)"
_OVER = r"(?:vượt|cao hơn|nhiều hơn)"
#: By how much something is under or over its level, the level called by its name before or behind, or not at all.
_AWAY_RE = re.compile(
    rf"\b(?:(?P<under>{_UNDER})|(?P<over>{_OVER}))\s+(?:so với\s+)?(?P<plan>{PLAN}{BARE}{{0,25}}?\s+)?"
    rf"(?:\(?{BARE}{{0,12}}?(?P<level>{SIGN})\)?,?\s+)?(?:(?:là|tới|đến|khoảng|mất)\s+)*"
    rf"(?P<by>{SIGN})(?P<behind>{BARE}{{0,30}}?\s+so với\s+{PLAN})?",
    re.IGNORECASE,
)
_CUES = ("thiếu ", "hụt ", "hơn ", "kém ", "vượt ", "cách ")
#: Words that make the number one of other things: of all, of a year before, of each.
_OTHER_RE = re.compile(
    r"\b(?:cùng kỳ|năm trước|năm ngoái|bình quân (?:chung|cả nước|toàn)|trung bình|cả nước|mỗi|tăng|giảm"
    r"|so với năm)\b",
    re.IGNORECASE,
)
_LEVEL_HEAD_RE = re.compile(
    r"^\W*(?:dự toán|kế hoạch|mục tiêu|chỉ tiêu|mức (?:được )?(?:giao|đề ra|đặt ra)|được giao|giao|KH|DT)\b",
    re.IGNORECASE,
)
_RESULT_HEAD_RE = re.compile(r"^\W*(?:ước\s+)?(?:thực hiện|kết quả|đạt được|thực tế|TH|UTH)\b", re.IGNORECASE)
_NO_AMOUNT_RE = re.compile(r"%|\bso\b|/|tỷ lệ", re.IGNORECASE)
_CELL_RE = re.compile(
    r"\W*(?:chưa đạt|không đạt|đạt|hoàn thành)?\W*"
    r"(?:(?P<under>còn thiếu|thiếu|hụt|thấp hơn|kém)|(?P<over>vượt|cao hơn))\s+"
    r"(?P<by>\d+(?:\.\d{3})*(?:,\d+)?)\s*(?P<unit>%|điểm|[^\W\d_]*)",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_NAME_WORDS, _REACH = 2, 160
_ASIDE = thing_words("thu chi số tỷ lệ mức chỉ tiêu mục tiêu còn riêng kết quả đạt tổng toàn tỉnh huyện đó trong")
_FAR = Decimal(3)


@dataclass(frozen=True, slots=True)
class _Goal:
    """A level and its result: the values, what they count, the words of the goal, where all stands."""

    level: Decimal
    result: Decimal
    unit: str
    words: frozenset[str]
    spans: tuple[Span, ...]
    told: Bilingual


def check_how_far(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """By how much a result is said to miss its level, or to be over it, is what lies between the two."""
    if subject.is_rule():
        return
    places = [(where, signs_of(where)) for where in stated(subject) if any(cue in where.text for cue in _CUES)]
    far: list[tuple[Stated, Signs, re.Match[str]]] = []
    for where, signs in places:
        for away in _AWAY_RE.finditer(signs.text):
            if _is_other(signs, away) or _is_level(signs, away):
                continue
            near = list(_near(signs, away))
            if near:
                yield from _held(where, signs, away, near, tally)
            elif away["plan"] or away["behind"]:
                far.append((where, signs, away))
    if far:
        goals = [*_in_rows(subject), *_in_text(subject)]
        for where, signs, away in far:
            yield from _held(where, signs, away, _named(signs, away, goals), tally)
    yield from _in_cells(subject, tally)


def _is_other(signs: Signs, away: re.Match[str]) -> bool:
    figure = signs.of(away["by"])
    if figure.of or figure.bound == "~" or not figure.unit:
        return True
    behind = re.split(r"[.;,]", signs.text[away.end() : away.end() + 60])[0]
    if away["behind"] is None and away["plan"] is None and "so với" in behind:
        return True
    return bool(_OTHER_RE.search(f"{signs.text[max(0, away.start() - 12) : away.end()]}{behind}"))


def _is_level(signs: Signs, away: re.Match[str]) -> bool:
    """Whether a number behind a plan is its level: ``1.260 giàn, gấp 1,5 lần, vượt chỉ tiêu 1.200 giàn``."""
    if not away["plan"] or away["level"] or away["behind"]:
        return False
    told = signs.of(away["by"])
    level, over = scaled(told), bool(away["over"])
    before = signs.inside(signs.sentence_start(away.start()), away.start())
    reached = [scaled(one) for _, one in before if unit_of(one) == unit_of(told) and not one.of]
    return any((one > level) == over and level / 2 <= one <= level * 2 for one in reached if one != level)


def _near(signs: Signs, away: re.Match[str]) -> Iterator[_Goal]:
    """The level and each number that may be its result, told before in the sentence or the one before it."""
    low = signs.sentence_start(away.start())
    for start in (low, signs.sentence_start(max(low - 2, 0))):
        inside = away.start("level") if away["level"] else None
        place = inside if inside is not None else level_of(signs, start, away.start())
        if place is None:
            continue
        goal = signs.of(signs.text[place])
        if unit_of(goal) != unit_of(signs.of(away["by"])):
            return
        for _, figure in results_of(signs, start, away.start(), place):
            told = both(
                "mức đặt ra {level}, kết quả {result}",
                "the level is {level}, the result {result}",
                level=goal.printed,
                result=figure.printed,
            )
            spans = (goal.span, figure.span)
            yield _Goal(scaled(goal), scaled(figure), unit_of(goal), frozenset(), spans, told)
        return


def _name(signs: Signs, away: re.Match[str]) -> frozenset[str]:
    """What the clause says before that is under or over its level."""
    low = max(signs.sentence_start(away.start()), away.start() - _REACH)
    clause = re.split(r"[;:,]|\bnhưng\b|\bsong\b", signs.text[low : away.start()])
    words = next((part for part in reversed(clause) if part.strip()), "")
    return thing_words(words) - GENERAL - UNIT_WORDS - _ASIDE


def _named(signs: Signs, away: re.Match[str], goals: Sequence[_Goal]) -> list[_Goal]:
    """The goals of the very name that a clause says."""
    name, unit = _name(signs, away), unit_of(signs.of(away["by"]))
    if len(name) < _NAME_WORDS:
        return []
    low = max(signs.sentence_start(away.start()), signs.text.rfind(";", 0, away.start()))
    own = signs.inside(low, away.start())
    beside = [figure for _, figure in own if unit_of(figure) == unit and not figure.of]
    fit = [
        one
        for one in goals
        if one.words and (one.unit == unit or not one.unit or not unit) and all(_is_of(two, one) for two in beside)
    ]
    same = [one for one in fit if one.words == name]
    return same or [
        one for one in fit if name <= one.words or (one.words <= name and len(one.words) >= _NAME_WORDS)
    ]


def _is_of(figure: Figure, goal: _Goal) -> bool:
    """Whether a number told beside is the level or the result: another one is of another goal."""
    values = (Decimal(figure.value) * scale for scale in _scales(figure, goal))
    return any(value in (goal.level, goal.result) for value in values)


def _held(
    where: Stated, signs: Signs, away: re.Match[str], goals: Sequence[_Goal], tally: Tally
) -> Iterator[Finding]:
    """The finding where no goal that may be meant is so far from its level; of several none is told."""
    figure, over = signs.of(away["by"]), bool(away["over"])
    if any(_fits(figure, scale, one, over) for one in goals for scale in _scales(figure, one)):
        tally.held += 1
        return
    if len({(one.level, one.result) for one in goals}) == 1:
        for scale in _scales(figure, goals[0]):
            if _is_near(Decimal(figure.value) * scale, goals[0]):
                tally.failed += 1
                yield _finding(figure.span, figure.printed, over, goals[0], where.block.page, scale)
                return


def _scales(figure: Figure, one: _Goal) -> tuple[Decimal, ...]:
    """What a number may be multiplied with to be of the unit of a goal; rows seldom tell theirs."""
    own = scaled(figure) / Decimal(figure.value) if Decimal(figure.value) else Decimal(1)
    if one.unit:
        return (own,)
    money = head(figure) == "đồng"
    return (Decimal(1), Decimal(1000), Decimal("0.001")) if money else (Decimal(1), own)


def _fits(figure: Figure, scale: Decimal, one: _Goal, over: bool) -> bool:
    """Whether a number tells how far the result is from the level: as an amount, or as a share of the level."""
    away, told = one.result - one.level, Decimal(figure.value) * scale
    if figure.unit == "%" and one.level and abs(abs(away) / one.level * 100 - told) <= _last(figure.value):
        return True
    right = abs(abs(away) - told) <= _last(figure.value) * scale / 2 or told in (one.level, one.result)
    return right and (not away or (away > 0) == over)


def _last(value: str) -> Decimal:
    return Decimal(1).scaleb(min(int(Decimal(value).as_tuple().exponent), 0)) if "." in value else Decimal(0)


def _is_near(told: Decimal, one: _Goal) -> bool:
    """Whether a number is of the size of what it should be, so that it is told of this goal."""
    away = abs(one.result - one.level)
    return bool(away) and bool(told) and max(away, told) <= _FAR * min(away, told)


def _finding(
    span: Span, printed: str, over: bool, one: _Goal, page: int | None, unit: Decimal = Decimal(1)
) -> Finding:
    away = show(abs(one.result - one.level) / unit)
    way, way_en = ("vượt", "over") if one.result > one.level else ("thiếu", "under")
    said, said_en = ("vượt", "over") if over else ("thiếu", "under")
    return HOW_FAR.finding(
        (span,),
        f"ghi {said} {printed}, nhưng {one.told}: {way} {away}",
        f"{printed} {said_en} is stated, but {one.told.en}: {away} {way_en}",
        stated=printed,
        expected=f"{way} {away}",
        evidence=one.spans,
        suggestion=both("đối chiếu mức đặt ra và kết quả", "compare the level and the result"),
        page=page,
    )


def _in_text(subject: Subject) -> Iterator[_Goal]:
    """Goals that sentences set, each with the one number that may be its result."""
    for where in stated(subject):
        if len(where.figures) < 2:
            continue
        signs = signs_of(where)
        low = 0
        while low < len(signs.text):
            high = where_ends(signs, low)
            place = level_of(signs, low, high)
            results = list(results_of(signs, low, high, place)) if place is not None else []
            if place is not None and len(results) == 1:
                goal, result = signs.of(signs.text[place]), results[0][1]
                words = thing_words(signs.text[low:high]) - GENERAL - UNIT_WORDS - _ASIDE
                told = both(
                    "mức đặt ra {level}, kết quả {result}",
                    "the level is {level}, the result {result}",
                    level=goal.printed,
                    result=result.printed,
                )
                spans = (goal.span, result.span)
                yield _Goal(scaled(goal), scaled(result), unit_of(goal), words, spans, told)
            low = high + 1


def where_ends(signs: Signs, low: int) -> int:
    """Where the sentence that begins at a place ends."""
    found = re.search(r"[.!?](?=\s+[A-ZĐÀ-Ỹ]|\s*$)", signs.text[low:])
    return low + found.start() if found else len(signs.text)


def _in_rows(subject: Subject) -> Iterator[_Goal]:
    """The rows of tables that have a column of levels and one of results."""
    for grid in grids(subject.document):
        columns = _columns(grid)
        if columns is not None:
            for line in grid.lines:
                if goal := _of_row(grid, line, *columns):
                    yield goal


def _columns(grid: Grid) -> tuple[int, int] | None:
    """The only column of levels and that of the results of the same year."""
    levels = [at for at in grid.columns if _is_head(_LEVEL_HEAD_RE, grid.head(at))]
    results = [at for at in grid.columns if _is_head(_RESULT_HEAD_RE, grid.head(at))]
    if len(levels) == 1 and len(results) > 1:
        years = set(_YEAR_RE.findall(grid.head(levels[0])))
        results = [at for at in results if years & set(_YEAR_RE.findall(grid.head(at)))]
    return (levels[0], results[0]) if len(levels) == 1 and len(results) == 1 else None


def _is_head(pattern: re.Pattern[str], words: str) -> bool:
    return bool(pattern.search(words)) and not _NO_AMOUNT_RE.search(re.sub(r"\([^()]*\)", "", words))


def _of_row(grid: Grid, line: Line, level: int, result: int) -> _Goal | None:
    goal, done = line.value(level), line.value(result)
    if goal is None or done is None:
        return None
    words = thing_words(label_of(line)) - GENERAL - UNIT_WORDS - _ASIDE
    place = row_place(grid, line)
    told = both(
        "{place}: {level} và {result}",
        "{place_en}: {level} and {result}",
        place=str(place),
        place_en=place.en,
        level=line.printed(level),
        result=line.printed(result),
    )
    return _Goal(goal, done, "", words, (line.span(level), line.span(result)), told)


def _in_cells(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Cells of a row that tell how far its result is from its level: ``45 km | 41,2 km | Thiếu 3,8 km``."""
    for grid in grids(subject.document):
        columns = _columns(grid)
        for line in grid.lines if columns else ():
            goal = _of_row(grid, line, *columns) if columns else None
            for at, cell in enumerate(line.cells) if goal else ():
                found = _CELL_RE.match(cell.text or "")
                if goal is None or not found or (columns and at in columns) or found["unit"] == "%":
                    continue
                told = Decimal(found["by"].replace(".", "").replace(",", "."))
                away = goal.result - goal.level
                if abs(away) == told and (away > 0) == bool(found["over"]):
                    tally.held += 1
                elif _is_near(told, goal):
                    tally.failed += 1
                    yield _finding(cell.span, found["by"], bool(found["over"]), goal, line.page)


HOW_FAR = rule("TGT-010", check_how_far)
HOW_FAR_RULES: tuple[Rule, ...] = (HOW_FAR,)
