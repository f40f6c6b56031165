"""FIG of one total divided in several ways, each way an item of its own below it.

``Xảy ra 38 vụ. - Theo mức độ: nghiêm trọng 16 vụ, ít nghiêm trọng 22 vụ; - Theo tuyến: quốc lộ 14 vụ, đường tỉnh
23 vụ``: an item that divides the same adds up to what the items beside it do, or to what was counted before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.forms import SIGN, signs_of
from graphs.checks.reading.moved import head
from graphs.checks.reading.prose import ANOTHER_RE, Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding, Severity
from kb.text.items import list_style
from kb.text.sentences import SENTENCE_END_RE

#: What an item divides by, before its colon.
_LABEL_RE = re.compile(
    r"[\s*_+–•-]*(?:\(?[a-zđ\d]{1,2}[.)]\s+)?"
    r"(?P<by>(?:chia|phân|phân loại|tính)?\s*theo\s)?(?P<label>[^\W\d_][^.;:()\d]{2,45}):\s",
    re.IGNORECASE,
)
_BRACKET_RE = re.compile(r"\([^()]*\)")
_GAP_RE = re.compile(r"[^.;:()]{0,90}(?:,|;|\bvà\b)[^.;:()]{0,90}")
_TAIL_RE = re.compile(r"[^,:()]{0,50}")
#: "Chia theo loại:", with the parts in the items below.
_BELOW_RE = re.compile(
    r"\b(?:(?:chia|phân|phân loại|tính)\s+theo\s[^.;:()\d]{2,40}|phân loại)\s*:\s*$", re.IGNORECASE
)
_OF_WHICH_RE = re.compile(
    r"\b(?:trong đó|riêng|điển hình|nổi bật|như|chủ yếu|nhiều nhất|cao nhất)\b", re.IGNORECASE
)
_REACH, _FEWEST, _MOST_ITEMS = 10, 2, 20
#: How far parts may be from a total that others make, from one that is only told near them.
_NEAR, _NEARER = Decimal("0.1"), Decimal("0.05")


@dataclass(frozen=True, slots=True)
class _Division:
    """Parts that an item tells one after another, and whether its words say that they are all."""

    where: Stated
    parts: tuple[Figure, ...]
    by: bool

    @property
    def sum(self) -> Decimal:
        """What the parts come to."""
        return sum((Decimal(part.value) for part in self.parts), Decimal(0))

    @property
    def unit(self) -> str:
        """What they count; nothing where they do not say."""
        return next((head(part) for part in self.parts if part.unit), "")


def check_divided(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Items that divide one total add up to it."""
    blocks = _blocks(subject) if not subject.is_rule() else []
    run: list[_Division] = []
    for at, where in enumerate(blocks):
        division = _division(where)
        if division is not None:
            run.append(division)
            continue
        yield from _held_together(blocks[max(0, at - len(run) - _REACH) : at - len(run)], run, tally, by)
        run = []
        below = _divided_below(blocks, at)
        if below is not None:
            yield from _held_together(blocks[max(0, at - 2) : at + 1], [below], tally, by)
    yield from _held_together(
        blocks[max(0, len(blocks) - len(run) - _REACH) : len(blocks) - len(run)], run, tally, by
    )


def _blocks(subject: Subject) -> list[Stated]:
    """The paragraphs of running text, those too that state no figure."""
    known = {where.block.view.start: where for where in stated(subject)}
    blocks = [block for block in subject.document.blocks if block.kind is BlockKind.TEXT]
    blocks.sort(key=lambda one: one.view.start)
    return [known.get(one.view.start) or Stated(one, subject.document.block_text(one), ()) for one in blocks]


def _division(where: Stated) -> _Division | None:
    """The parts of an item ``Theo tuyến: quốc lộ 14 vụ, đường tỉnh 23 vụ``; None for anything else."""
    label = _LABEL_RE.match(where.text) if len(where.figures) >= _FEWEST else None
    if label is None or where.start(where.figures[0]) < label.end() or _OF_WHICH_RE.search(label["label"]):
        return None
    signs = signs_of(where)
    text = signs.text[label.end() :]
    end = SENTENCE_END_RE.search(text)
    text = _BRACKET_RE.sub(" ", text[: end.start() if end else len(text)]).rstrip(" .;")
    places = [found.start() for found in re.finditer(SIGN, text)]
    if len(places) < _FEWEST or not _TAIL_RE.fullmatch(text[places[-1] + 1 :]):
        return None
    gaps = [text[one + 1 : other] for one, other in pairwise(places)]
    parts = tuple(signs.of(text[place]) for place in places)
    words = text[: places[0]]
    tidy = all(
        _GAP_RE.fullmatch(gap) and not ANOTHER_RE.search(gap) and not _OF_WHICH_RE.search(gap) for gap in gaps
    )
    if not tidy or ANOTHER_RE.search(words) or not _alike(parts):
        return None
    return _Division(where, parts, bool(label["by"]))


def _alike(parts: Sequence[Figure]) -> bool:
    """Whether figures count one kind of thing, exactly."""
    exact = all(not (part.of or part.bound or part.unit == "%") for part in parts)
    return exact and len({head(part) for part in parts if part.unit}) <= 1


def _divided_below(blocks: Sequence[Stated], at: int) -> _Division | None:
    """The parts in the items below a "Chia theo loại:"; None where an item has several figures or none."""
    if not blocks[at].text.rstrip().endswith(":") or not _BELOW_RE.search(blocks[at].text):
        return None
    parts = []
    for where in blocks[at + 1 : at + 1 + _MOST_ITEMS]:
        if list_style(where.text) is None or len(where.figures) != 1:
            break
        parts.append(where.figures[0])
    told = len(parts) > _FEWEST and _alike(parts) and all(part.unit for part in parts)
    return _Division(blocks[at], tuple(parts), True) if told else None


def _held_together(before: Sequence[Stated], run: list[_Division], tally: Tally, by: Rule) -> Iterator[Finding]:
    """Each division of a run against what the others, or what the text before, count."""
    counted = [figure for where in before for figure in where.figures if not figure.of and figure.unit != "%"]
    for division in run:
        totals = [one for one in counted if not division.unit or head(one) == division.unit]
        if any(Decimal(one.value) == division.sum for one in totals):
            tally.held += 1
            continue
        beside = [one.sum for one in run if one is not division and one.unit == division.unit]
        sure = [one for one in totals if Decimal(one.value) in beside]
        near = sure or (totals if division.by and division.unit else [])
        most = _NEAR if sure else _NEARER
        near = [one for one in near if abs(Decimal(one.value) - division.sum) <= most * division.sum]
        if not near:
            continue
        tally.failed += 1
        whole = min(near, key=lambda one: abs(Decimal(one.value) - division.sum))
        words = " + ".join(part.printed for part in division.parts)
        yield by.finding(
            (division.parts[0].span,),
            f"{words} = {show(division.sum)}, nhưng tổng được ghi là {whole.printed} {whole.unit or ''}".rstrip(),
            f"{words} = {show(division.sum)}, but the total is {whole.printed}",
            stated=show(division.sum),
            expected=whole.printed,
            evidence=(whole.span, *(part.span for part in division.parts[1:])),
            suggestion=both("kiểm tra lại số tổng hoặc từng phần kê ra", "check the total or each of its parts"),
            severity=None if sure else Severity.WARNING,
            page=division.where.block.page,
        )
