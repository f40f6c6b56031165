"""FIG in running text: what it states, block by block, and rates against the counts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.among_people import both_people, is_named_rate
from graphs.checks.reading.arithmetic import percent, places_of, rounded_twice, rounds_to, show
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding, Severity, Span, TextBlock
from kb.text.sentences import SENTENCE_END_RE, sentence_start

#: Between a ratio and its rate: few words, or a longer clause closed by a comma ("12/13 mục tiêu …, đạt 92,3%").
_RATE_LINK_RE = re.compile(
    r"(?:[^.;%]{0,70}?(?:đạt|chiếm|tương đương|tương ứng(?: với)?|ứng với|bằng|tức(?: là)?|hay|tỷ trọng|\(|,)"
    r"|[^.;%\d]{0,90}?(?:(?:19|20)\d\d[^.;%\d]{0,3}){0,2}[^.;%\d]{0,60}?,\s*(?:đạt|chiếm))"
    r"\s*(?:tỷ lệ|tỉ lệ|khoảng|tức|đạt)?\s*(?:là\s*)?$",
    re.IGNORECASE,
)
_OUT_OF_RE = re.compile(r"[^.;%()]{0,90}?\b(?:trên|trong)\s+(?:tổng số|tổng|số)?\s*$", re.IGNORECASE)
_BARE_OUT_RE = re.compile(r"\s*(?:trên|trong)\s+(?:tổng số|tổng|số)\s*", re.IGNORECASE)
_REACHED_RE = re.compile(r"[^.;()%\d]{0,40},\s*(?:đạt|bằng|hoàn thành|tương đương)\s*(?:tỷ lệ\s*)?", re.IGNORECASE)
_PLAN_RE = re.compile(
    r"\s*(?:so với\s+)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?:\s+(?!trước|cùng)[^\W\d_]+){0,6}?\s*"
    r"(?:năm\s*)?(?:\(|\blà\s|\s)\s*",
    re.IGNORECASE,
)
#: ``bằng 95% cùng kỳ năm trước (5.000 con)``, ``bằng 112% so với năm 2023 (5.000 tấn)``
_PAST_RE = re.compile(
    r"\s*(?:so với\s+)?(?:mức\s+)?(?:cùng kỳ(?:\s+năm\s+(?:trước|ngoái|(?:19|20)\d\d))?"
    r"|(?:năm|vụ|niên vụ|quý|tháng|kỳ)\s+(?:trước|ngoái|(?:19|20)\d\d))\s*\(\s*(?:là\s+)?",
    re.IGNORECASE,
)
#: Behind what else is told of a count before its share of a plan: ``412 hộ, tăng 34 hộ (9%) và bằng``.
_AND_REACHED_RE = re.compile(r"[^.;()%\d]{0,40}\)?(?:,|\s+và)\s+(?:đạt|bằng)\s*(?:tỷ lệ\s*)?", re.IGNORECASE)
_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|thêm|vượt|hụt|hơn|kém)\s+(?:[^\W\d_]+\s+)?$|\([^()]*$", re.IGNORECASE)
#: Between a rate and the two numbers of it behind it: ``đạt 92%, tức 276 tàu trong 300 tàu``.
_TWO_BEHIND_RE = re.compile(
    r"[^.;()%\d]{0,60}?(?:\(|,\s*|\s)(?:tức|hay|với|tương ứng|tương đương|cụ thể)(?:\s+(?:là|có|với))?\s*",
    re.IGNORECASE,
)
ANOTHER_RE = re.compile(
    r"\b(?:để|thành|nhằm|so với|trước|sau khi|còn lại|trong khi|giảm|tăng|riêng|cho|với|thu hút|phục vụ)\b",
    re.IGNORECASE,
)

#: "Cứ 8 người dân thì có 1 người": before the first number, and before the second.
_MET_PLAN_RE = re.compile(
    r"\b(?:vượt|đạt|hoàn thành|so với)\s+(?:mức\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)"
    r"(?:\s+[^\W\d_]+){0,4}\s*$",
    re.IGNORECASE,
)
_OF_EACH_RE = re.compile(
    r"\bcứ\s+(?:(?:khoảng|gần|hơn|mỗi)\s+)?(?:\d+\s+[^,;.\d]{1,40}\s(?:thì|có)\s(?:[^,;.\d]{0,20}\s)?)?$",
    re.IGNORECASE,
)
_EACH_REACH = 90


@dataclass(frozen=True, slots=True)
class Stated:
    """The figures of one block with its text; positions are inside the text."""

    block: TextBlock
    text: str
    figures: tuple[Figure, ...]

    def start(self, figure: Figure) -> int:
        """Where a figure begins."""
        return figure.view.start - self.block.view.start

    def end(self, figure: Figure) -> int:
        """Where a figure ends."""
        return figure.view.end - self.block.view.start

    def between(self, one: Figure, other: Figure) -> str:
        """The words between two figures."""
        return self.text[self.end(one) : self.start(other)]

    def sentence_end(self, at: int) -> int:
        """Where the sentence that holds `at` ends."""
        found = SENTENCE_END_RE.search(self.text, at)
        return found.start() if found else len(self.text)


def stated(subject: Subject) -> tuple[Stated, ...]:
    """The blocks of running text and notes that state figures; read once for all rules."""
    return _read_once(Same(subject))[0]


def stated_in_cells(subject: Subject) -> tuple[Stated, ...]:
    """The cells of words that state several figures, each as a block of its own text; read once for all rules."""
    return _read_once(Same(subject))[1]


@lru_cache(maxsize=2)
def _read_once(read: Same[Subject]) -> tuple[tuple[Stated, ...], tuple[Stated, ...]]:
    return tuple(_stated(read.it)), tuple(_stated_in_cells(read.it))


def _stated(subject: Subject) -> Iterator[Stated]:
    by_start = sorted((figure for figure in subject.figures if figure.view.end), key=lambda one: one.view.start)
    at = 0
    for block in sorted(subject.document.blocks, key=lambda one: one.view.start):
        if block.kind not in (BlockKind.TEXT, BlockKind.NOTE):
            continue
        while at < len(by_start) and by_start[at].view.start < block.view.start:
            at += 1
        low = at
        while at < len(by_start) and by_start[at].view.start < block.view.end:
            at += 1
        if at > low:
            yield Stated(block, subject.document.block_text(block), tuple(by_start[low:at]))


def _stated_in_cells(subject: Subject) -> Iterator[Stated]:
    found: dict[tuple[int, int, int], list[Figure]] = {}
    for figure in subject.figures:
        if figure.inside and figure.table is not None and figure.row is not None and figure.column is not None:
            inside = replace(figure, view=figure.inside)
            found.setdefault((figure.table, figure.row, figure.column), []).append(inside)
    for (table, row, column), figures in found.items():
        cell = subject.document.tables[table].rows[row].cells[column]
        text = " ".join((cell.text or "").splitlines())
        block = TextBlock(BlockKind.TABLE, cell.spans, Span(0, len(text)), figures[0].page)
        if len(figures) > 1:
            yield Stated(block, text, tuple(figures))


def everywhere(subject: Subject) -> Iterator[Stated]:
    """What running text, notes and cells of words state."""
    yield from stated(subject)
    yield from stated_in_cells(subject)


def fits(exact: Decimal, rate: Figure) -> bool:
    """Whether a rate is printed for an exact one: "93,0%" tells its place after the comma, "93%" none."""
    printed = value_as_printed(rate)
    return rounds_to(exact, printed) or (Decimal(printed) != Decimal(rate.value) and rounds_to(exact, rate.value))


def check_text_rates(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``a/b, đạt p%``, ``a … trên tổng số b …, đạt p%`` and ``a …, đạt p% kế hoạch (b)``."""
    for where in everywhere(subject):
        figures = where.figures
        for at in range(1, len(figures) - 1):
            part, rate, whole = figures[at - 1 : at + 2]
            if rate.unit == "%" and _of_plan(where, part, rate, whole):
                yield from _quotient(where, part, whole, part.value, whole.value, rate, tally)
            elif rate.unit == "%" and (so_far := _reached_before(where, at, whole)):
                yield from _quotient(where, so_far, whole, so_far.value, whole.value, rate, tally)
            elif part.unit == "%" and _is_of_two_behind(where, part, rate, whole):
                yield from _quotient(where, rate, whole, rate.value, whole.value, part, tally)
        for at, rate in enumerate(figures):
            if rate.unit != "%" or not at:
                continue
            ratio = figures[at - 1]
            if ratio.of and rate_link(where.between(ratio, rate)):
                yield from _quotient(where, ratio, ratio, ratio.value, ratio.of, rate, tally)
            elif at >= 2 and _out_of(where, figures[at - 2], ratio, rate):
                yield from _quotient(
                    where, figures[at - 2], ratio, figures[at - 2].value, ratio.value, rate, tally
                )


def _of_plan(where: Stated, part: Figure, rate: Figure, whole: Figure) -> bool:
    """Whether a rate is said to be of a plan told right behind it, in the unit of what was done."""
    return (
        bool(part.unit)
        and part.unit == whole.unit != "%"
        and not (part.of or whole.of or part.bound or whole.bound or rate.bound)
        and bool(_REACHED_RE.fullmatch(where.between(part, rate)))
        and any(of.fullmatch(where.between(rate, whole)) for of in (_PLAN_RE, _PAST_RE))
    )


def _reached_before(where: Stated, at: int, whole: Figure) -> Figure | None:
    """The one count that a rate of a plan is of, where its sentence tells by how much it changed before that."""
    rate = where.figures[at]
    low = sentence_start(where.text, where.start(rate))
    if whole.of or whole.bound or rate.bound or not whole.unit or where.figures[at - 1].unit == "%":
        return None
    if not _AND_REACHED_RE.fullmatch(where.between(where.figures[at - 1], rate)):
        return None
    if not any(of.fullmatch(where.between(rate, whole)) for of in (_PLAN_RE, _PAST_RE)):
        return None
    noun = whole.unit.split(" ")[0]
    before = [one for one in where.figures[:at] if where.start(one) >= low and (one.unit or "").startswith(noun)]
    counts = [one for one in before if not _CHANGE_RE.search(where.text, low, where.start(one))]
    return counts[0] if len(counts) == 1 < len(before) and not (counts[0].of or counts[0].bound) else None


def _is_of_two_behind(where: Stated, rate: Figure, part: Figure, whole: Figure) -> bool:
    """Whether a rate is explained by the two numbers right behind it: ``66 em trên 220 em``."""
    out_of = _OUT_OF_RE.fullmatch(where.between(part, whole))
    plain = not (rate.bound or rate.of or part.of or part.bound or whole.of or whole.bound)
    same = part.unit == whole.unit and part.unit not in (None, "%")
    return bool(plain and same and out_of and _TWO_BEHIND_RE.fullmatch(where.between(rate, part)))


def _out_of(where: Stated, part: Figure, whole: Figure, rate: Figure) -> bool:
    between, link = where.between(part, whole), where.between(whole, rate)
    people = both_people(part, whole)
    bare = not part.unit and _BARE_OUT_RE.fullmatch(between)
    return (
        bool(people or part.unit == whole.unit or not whole.unit or bare)
        and part.unit != "%"
        and not (part.of or whole.of)
        and bool(_OUT_OF_RE.fullmatch(between))
        and (rate_link(link) or (people and is_named_rate(link)))
    )


def _quotient(
    where: Stated, one: Figure, other: Figure, part: str, whole: str, rate: Figure, tally: Tally
) -> Iterator[Finding]:
    exact = percent(part, whole)
    if exact is None:
        tally.skip(both("mẫu số bằng 0", "a denominator of 0"))
        return
    if fits(exact, rate):
        tally.held += 1
        return
    tally.failed += 1
    # Rounded up, or rounded twice: the last place is wrong, the rate is not.
    places = places_of(value_as_printed(rate))
    last = Decimal(1).scaleb(-places)
    close = Severity.WARNING if last < 1 and abs(exact - Decimal(rate.value)) < last else None
    right = show(exact)
    if close and rounded_twice(exact, value_as_printed(rate)):
        close = Severity.NOTE
        right = show(exact, places + 2)  # so many places show which way it is rounded
    sum_ = f"{show(Decimal(part))} / {show(Decimal(whole))} = {right}%"
    yield TEXT_RATE.finding(
        (rate.span,),
        f"ghi {rate.printed}, nhưng {sum_}",
        f"{rate.printed} is stated, but {sum_}",
        stated=rate.printed,
        expected=f"{right}%",
        evidence=(one.span, other.span) if one is not other else (one.span,),
        suggestion=both("đối chiếu số liệu và tỷ lệ", "compare the figures and the rate"),
        severity=close,
        page=where.block.page,
    )


def is_of_each(where: Stated, figure: Figure) -> bool:
    """Whether a number is one of "cứ 8 người thì có 1 người", in which both stand for any share near theirs."""
    before = where.text[max(0, where.start(figure) - _EACH_REACH) : where.start(figure)]
    return _OF_EACH_RE.search(before) is not None


def is_met_plan(where: Stated, figure: Figure) -> bool:
    """Whether a number is the plan that another is held against: ``vượt kế hoạch 150.000 người, bằng 101,7%``."""
    return (
        _MET_PLAN_RE.search(where.text, max(0, where.start(figure) - _EACH_REACH), where.start(figure)) is not None
    )


def rate_link(words: str) -> bool:
    """Whether the words between a count and a rate say that the rate is of the count."""
    return bool(_RATE_LINK_RE.fullmatch(words))


def value_as_printed(rate: Figure) -> str:
    """The value with the places it is printed with (``85,70%`` has two)."""
    return _as_printed(rate.value, rate.printed)


@lru_cache(maxsize=2048)
def _as_printed(value: str, printed: str) -> str:
    digits = re.sub(r"[^\d.,]", "", printed).replace(",", ".")
    plain = digits.count(".") <= 1 and digits.strip(".")
    return digits if plain and Decimal(digits) == Decimal(value) else value  # "26.940" has none


TEXT_RATE = rule("FIG-201", check_text_rates)
PROSE_RULES = (TEXT_RATE,)
