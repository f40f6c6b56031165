"""What is said of all of them: ``các khoản thu đều đạt dự toán``, ``cả 05 nông trường đều vượt kế hoạch``.

All are the rows of a table that says how much of a plan each reached: the one whose rows are called so, or the one
beside the sentence. Or they are the shares told right before, whose levels the paper sets elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.changes.trends import LESS_IS_BETTER_RE
from graphs.checks.goals.levels_missed import LEVEL, Missed, missed_at_all, said_met
from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.counted import COUNT, DONE, read_count
from graphs.checks.reading.forms import PLANNED_RE
from graphs.checks.reading.named import GENERAL, row_place, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.all_rows import EXCEPT_RE, NAME_MISSED, sayings
from kb.models import Figure, Finding, Table, TextBlock
from kb.text.sentences import split_sentences

_PLAN = r"(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nhiệm vụ được giao|mức giao|KH|DT)"
#: All things of a kind, a count of them, and that each reached its plan.
_ALL_RE = re.compile(
    rf"(?<![\w/])(?:(?:(?:cả|tất cả|toàn bộ|mọi|100%)\s+(?:số\s+)?(?:các\s+)?|các\s+)(?P<count>{COUNT}\s+)?"
    r"|(?P<some>\d{1,3})/(?P<of>\d{1,3})\s+)"
    r"(?P<noun>[^\W\d_][^.;:()\d%]{1,60}?)\s+(?:(?(some)|(?!))|đều\s+)(?:đã\s+|được\s+|cơ bản\s+)*"
    rf"(?P<verb>(?:hoàn thành|thực hiện|đạt|vượt)(?:(?:,|\s+và|\s+hoặc)?\s+{DONE})*)"
    rf"(?:(?:\s+(?:mức|so với|trên|tiến độ))*\s+(?:(?:từ|trên|tối thiểu|ít nhất)\s+)?"
    rf"(?:(?P<least>\d{{2,3}}(?:,\d+)?)\s*%\s+)?{_PLAN}\b)",
    re.IGNORECASE,
)
#: That each grew since the time before.
_GROWN_RE = re.compile(
    rf"(?<![\w/])(?:cả|tất cả|toàn bộ|mọi)\s+(?:số\s+)?(?:các\s+)?(?P<count>{COUNT}\s+)?"
    r"(?P<noun>[^\W\d_][^.;:()\d%]{1,60}?)\s+(?:(?:vẫn|đều)\s+)+"
    r"(?:giữ|duy trì|có|đạt)?\s*(?:được\s+)?(?:mức\s+|đà\s+)?tăng(?:\s+trưởng)?"
    r"(?:\s+(?:khá|dương))?\s+so(?:\s+với)?\s+(?:cùng kỳ|năm trước|năm ngoái)\b",
    re.IGNORECASE,
)
_GROWN_GATE_RE = re.compile(r"(?:đều|vẫn)\s[^.;:()\d%]{0,30}?tăng\s")
#: A column of what each is of the time before, in per cent: 100 where nothing changed.
_GROWN_HEAD_RE = re.compile(
    r"^(?!.*\b(?:KH|kế hoạch|dự toán)\b).*(?:%|\bso(?:\s+sánh)?)\W.*(?:cùng kỳ|năm trước|(?:19|20)\d\d)",
    re.IGNORECASE,
)
#: One of these stands in every such sentence.
_GATE_RE = re.compile(
    r"đều\s(?:đã\s|được\s|cơ bản\s)*(?:hoàn thành|thực hiện|bảo đảm|đảm bảo|đạt|vượt)"
    rf"|\d/\d{{1,3}}\s[^.;:()\d%]{{2,60}}?\s(?:đạt|vượt|hoàn thành)\s[^.;:()]{{0,40}}{_PLAN}"
)
#: Not all after all; others than those.
_BUT_RE = re.compile(
    r"\b(?:trừ|ngoại trừ|riêng|hầu hết|đa số|phần lớn|cơ bản|còn lại|khác|này|trên|sau|chính|chủ yếu|lớn"
    r"|trọng điểm|chưa|không|nếu|để)\b",
    re.IGNORECASE,
)
_HEAD_PLAN = r"(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|mức giao|KH|DT|giao)"
#: A column of how much of its plan each row reached.
_RATE_HEAD_RE = re.compile(
    rf"(?:%|tỷ lệ|tỉ lệ|so(?:\s+với)?|đạt|bằng|mức)\W.*\b{_HEAD_PLAN}\b|^\W*%?\W*{_HEAD_PLAN}\W*%"
    rf"|\b(?:QT|TH|KQ|quyết toán|thực hiện|kết quả)\s*/\s*{_HEAD_PLAN}\b"
    r"|(?:tỷ lệ|tỉ lệ|mức(?:\s+độ)?|%)\s+(?:hoàn thành|thực hiện|đạt)\b",
    re.IGNORECASE,
)
_PLAN_HEAD_RE = re.compile(rf"\W*(?:số\s+)?{_HEAD_PLAN}(?!\w|.*(?:%|tỷ lệ|so\s))", re.IGNORECASE)
_RESULT_HEAD_RE = re.compile(
    r"\W*(?:ước\s+|số\s+)?(?:thực hiện|quyết toán|kết quả|đạt được|TH|QT)\b(?!.*(?:%|/))", re.IGNORECASE
)
_OTHER_TIME_RE = re.compile(r"cùng kỳ|năm trước|so(?:\s+với)?\s+năm|tăng|giảm|tỷ trọng|cơ cấu", re.IGNORECASE)
_KIND_WORDS = thing_words("khoản mục huyện thị xã thành phố phường quận thị trấn ngành lĩnh vực loại nội dung")
#: Words that only say that a plan was given.
_GIVEN = thing_words(
    "giao đề ra đặt ra năm tỉnh huyện xã trung ương trên mức cấp nay hằng hội đồng nhân dân ủy ban chính phủ"
)
_GOALS_RE = re.compile(r"chỉ tiêu|mục tiêu|tiêu chí", re.IGNORECASE)
_FEWEST_ROWS, _BESIDE, _LONGEST = 3, 900, 8
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Claim:
    """That all things of a kind, or `some`, reached their plan: its words, the kind, how many, what is asked."""

    block: TextBlock
    start: int
    end: int
    words: str
    noun: str
    count: int | None
    some: int | None
    least: Decimal
    over: bool
    of: frozenset[str]
    grown: bool = False

    def met(self, value: Decimal) -> bool:
        """Whether so many per cent of a plan are what is said."""
        return value > self.least if self.over else value >= self.least


@dataclass(frozen=True, slots=True)
class _Reached:
    """How much of its plan each row of a table reached, in per cent, by one or more columns, and where."""

    grid: Grid
    rows: tuple[Line, ...]
    shares: dict[int, tuple[tuple[Decimal, int], ...]]


def check_all_met(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Các khoản thu đều đạt dự toán`` is true of each row of the table of them."""
    if subject.is_rule():
        return
    claims = list(_claims(subject))
    tables = [told for grid in grids(subject.document) if (told := _reached(grid))] if claims else []
    grown = list(_growths(subject))
    compared = [told for grid in grids(subject.document) if (told := _compared(grid))] if grown else []
    for claim in (*claims, *grown):
        for told in _meant(claim, compared if claim.grown else tables)[:1]:
            yield from _held(subject, claim, told, tally, by)


def _claims(subject: Subject) -> Iterator[_Claim]:
    for block, found, before, behind in sayings(subject, _GATE_RE, (_ALL_RE,), _BUT_RE):
        if EXCEPT_RE.search(behind) or (found["some"] and "vượt" in behind + before):
            continue
        verb = found["verb"].lower()
        least = read_number(found["least"]) if found["least"] else _FULL
        over = verb == "vượt" and not found["least"]
        count = read_count((found["count"] or found["of"] or "").strip() or None)
        some = int(found["some"]) if found["some"] else None
        of = thing_words(behind.partition(",")[0]) - GENERAL - _GIVEN
        yield _Claim(block, *found.span(), found.group(), found["noun"], count, some, least, over, of)


def _growths(subject: Subject) -> Iterator[_Claim]:
    """What is said of all of them, that each grew: a share of the time before above 100."""
    for block, found, _, behind in sayings(subject, _GROWN_GATE_RE, (_GROWN_RE,), _BUT_RE):
        if not EXCEPT_RE.search(behind):
            count = read_count((found["count"] or "").strip() or None)
            low, high = found.span()
            words: frozenset[str] = frozenset()
            yield _Claim(
                block, low, high, found.group(), found["noun"], count, None, _FULL, True, words, grown=True
            )


def _compared(grid: Grid) -> _Reached | None:
    """What the rows are of the time before, by the only column that says so; None for no such table."""
    rows = tuple(_rows(grid))
    heads = [at for at in grid.columns if _GROWN_HEAD_RE.search(grid.head(at))]
    values = {row.at: row.value(heads[0]) for row in rows} if len(heads) == 1 else {}
    told = [value for value in values.values() if value is not None]
    if len(told) < _FEWEST_ROWS or not all(_FULL / 2 < value < _FULL * 2 for value in told):
        return None
    return _Reached(grid, rows, {at: ((value, heads[0]),) for at, value in values.items() if value is not None})


def _reached(grid: Grid) -> _Reached | None:
    """What the rows reached: by columns that say so, else by those of plan and result; None for no such table."""
    rows = tuple(_rows(grid))
    heads = {at: grid.head(at).rpartition(" / ")[2] or grid.head(at) for at in grid.columns}
    rates = [at for at, head in heads.items() if _RATE_HEAD_RE.search(head) and not _OTHER_TIME_RE.search(head)]
    shares = {row.at: tuple((value, at) for at in rates if (value := row.value(at)) is not None) for row in rows}
    plans = [at for at, head in heads.items() if _PLAN_HEAD_RE.match(head)]
    results = [at for at, head in heads.items() if _RESULT_HEAD_RE.match(head)]
    if not rates and len(plans) == len(results) == 1:
        pairs = {row.at: (row.value(plans[0]), row.value(results[0])) for row in rows}
        shares = {
            at: ((done / plan * _FULL, results[0]),)
            for at, (plan, done) in pairs.items()
            if plan and done is not None
        }
    return _Reached(grid, rows, shares) if sum(map(bool, shares.values())) >= _FEWEST_ROWS else None


def _rows(grid: Grid) -> list[Line]:
    """The rows of things: no totals, nothing of which less is better."""
    return [
        line
        for line in grid.lines
        if line.label and not line.total and not LESS_IS_BETTER_RE.search(line.label) and not grid.children(line)
    ]


def _meant(claim: _Claim, tables: Sequence[_Reached]) -> list[_Reached]:
    """The tables whose rows are called so, the nearest first; else the one beside the sentence."""
    noun = thing_words(claim.noun) - GENERAL
    at = claim.block.span

    def away(table: Table) -> int:
        return min(abs(table.span.end - at.start), abs(table.span.start - at.end))

    near = sorted(tables, key=lambda one: away(one.grid.table))
    called = [one for one in near if noun and noun <= thing_words(_first_head(one.grid))]
    if claim.some is not None and _GOALS_RE.match(claim.noun):
        # Goals are counted over rows that are called so, not over crops or districts.
        called = [one for one in near if _GOALS_RE.search(_first_head(one.grid))]
        return [one for one in called if len(one.rows) == claim.count]
    # "kế hoạch giải quyết việc làm": the table of districts whose caption says so, however far, and no other.
    of_it = [one for one in near if not claim.of or claim.of & thing_words(one.grid.over)]
    beside = [
        one for one in of_it if away(one.grid.table) <= _BESIDE and noun <= _KIND_WORDS | _row_words(one.rows)
    ]
    afar = [
        one
        for one in of_it
        if claim.of
        and claim.of <= thing_words(one.grid.over)
        and noun <= _KIND_WORDS
        and noun & _row_words(one.rows)
    ]
    return [one for one in called or beside or afar if claim.count in (None, len(one.rows))]


def _first_head(grid: Grid) -> str:
    return " ; ".join((*grid.table.columns[: grid.columns[0]], grid.table.caption or ""))


def _row_words(rows: Sequence[Line]) -> frozenset[str]:
    """The words that most rows begin with."""
    firsts = [line.label.lower().split()[0] for line in rows]
    return frozenset(word for word in firsts if firsts.count(word) * 2 >= len(firsts))


def _printed(told: _Reached, line: Line) -> str:
    return " | ".join(line.printed(at) for at in told.grid.columns if line.value(at) is not None)


def _held(subject: Subject, claim: _Claim, told: _Reached, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The rows that miss in every column that may be meant."""
    missed = [
        (line, shares[0][1])
        for line in told.rows
        if (shares := told.shares.get(line.at, ())) and not any(claim.met(value) for value, _ in shares)
    ]
    met, rows = len(told.rows) - len(missed), len(told.rows)
    if met == claim.some or (claim.some is None and not missed):
        tally.held += 1
        return
    if claim.some is not None and not all(len(shares) == 1 for shares in told.shares.values()):
        return  # rows without a share, or several plans
    tally.failed += 1
    start = claim.block.view.start
    vi = "; ".join(f"{row_place(told.grid, line)}: {_printed(told, line)}" for line, _ in missed) or "–"
    en = "; ".join(f"{row_place(told.grid, line).en}: {_printed(told, line)}" for line, _ in missed) or "–"
    words = " ".join(claim.words.split())
    span = subject.document.reading.hull(start + claim.start, start + claim.end)
    yield by.finding(
        (span,),
        f"lời văn nói “{words}”, nhưng bảng có {met}/{rows} dòng như vậy; không phải: {vi}",
        f"“{words}” is said, but {met} of {rows} rows of the table are so; these are not: {en}",
        stated=words,
        expected=f"{met}/{rows}",
        evidence=tuple(line.span(at) for line, at in missed),
        suggestion=NAME_MISSED,
        page=claim.block.page,
    )


#: "Các cơ cấu đều đạt yêu cầu đề ra": of the shares told before it.
_TOLD_RE = re.compile(
    r"\b(?:(?:cả|tất cả|toàn bộ|mọi)\s+)?(?:các|những)?\s*[^\W\d_][^.;:()\d%]{1,40}?\s+đều\s+(?:đã\s+|được\s+)*"
    rf"(?:bảo đảm|đảm bảo|hoàn thành|đạt|vượt)(?:(?:,|\s+và|\s+hoặc)?\s+{DONE})*"
    rf"(?:\s+(?:mức|so với|trên|theo))*\s+(?:{_PLAN}|yêu cầu|quy định|định hướng)\b",
    re.IGNORECASE,
)
_LABEL_END_RE = re.compile(r"[:;(]|[.,]\s")
_COUNTED_RE = re.compile(r"\s*\d[\d.,/]*\s*[^\W\d_]*(?:\s[^\W\d_]+)?\s*\(?\s*$|\s*\(\s*$|\s+(?:đạt|là|chiếm)\s*$")


#: A level behind the name of what it is set for.
_LEVEL = (
    r"\s*(?:\([^()]*\)\s*)?(?:đạt\s+|chiếm\s+|phải\s+)*"
    rf"{LEVEL}"
)


def check_told_shares(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``ngoài Đảng 04 người (8,0%) … Các cơ cấu đều đạt yêu cầu`` is true of the levels set elsewhere."""
    for where in stated(subject) if not subject.is_rule() else ():
        found = _TOLD_RE.search(where.text) if _GATE_RE.search(where.text) else None
        if found is None or _BUT_RE.search(found.group()):
            continue
        sentences = [low for low, _ in split_sentences(where.text) if low <= found.start()]
        low = sentences[-2] if len(sentences) > 1 else 0
        if PLANNED_RE.search(where.text, sentences[-1], found.start()):
            continue
        own = [one for one in where.figures if one.unit == "%" and low <= where.start(one) < found.start()]
        missed = [
            Missed(figure.printed, figure.span, level)
            for figure in own
            if (level := _missed(subject, where, figure))
        ]
        tally.held += len(own) - len(missed)
        if missed:
            tally.failed += 1
            yield said_met(by, subject, where.block, found, missed)


def _missed(subject: Subject, where: Stated, figure: Figure) -> re.Match[str] | None:
    """A level that the paper sets for a share of that name, where it reaches none of that name."""
    before = _COUNTED_RE.sub("", where.text[: where.start(figure)])
    cut = max((end.end() for end in _LABEL_END_RE.finditer(before)), default=0)
    label = before[cut:].split()
    if not label or len(label) > _LONGEST:
        return None
    words = r"\s+".join(map(re.escape, label))
    levels = list(re.finditer(rf"\b{words}{_LEVEL}", subject.document.reading.text, re.IGNORECASE))
    return missed_at_all(Decimal(figure.value), levels)
