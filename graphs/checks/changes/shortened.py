"""FIG of a time that is cut: by how much, against the times before and after, in the item that tells all three.

``Giảm 05 ngày`` stands in one paragraph of an item, ``từ 17 ngày xuống còn 12 ngày`` or ``theo quy định: 17 ngày …
thực hiện: 12 ngày`` in others; steps that are each cut add up to the whole cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_UNIT_RE = re.compile(r"(?:ngày|giờ|tháng|phút)\b", re.IGNORECASE)
_ITEM_RE = re.compile(r"[\s*_]*(?:\d{1,3}|[IVX]{1,5})[.)](?!\d)\s*\S")
_CUT_RE = re.compile(r"\b(?:giảm|rút ngắn)(?:\s+(?:được|tổng cộng|thời gian|thêm|là))*\s*$", re.IGNORECASE)
_FROM_RE = re.compile(r"\btừ\s*$", re.IGNORECASE)
_TO_RE = re.compile(r"[^.;:\d]{0,40}\b(?:xuống còn|xuống|còn)\s*$", re.IGNORECASE)
_BEFORE_RE = re.compile(r"(?:theo\s+quy\s+định|hiện\s+hành|trước\s+khi[^:;.\d]{0,40})\s*:\s*$", re.IGNORECASE)
_AFTER_RE = re.compile(
    r"(?:thời\s+gian\s+thực\s+hiện|sau\s+khi[^:;.\d]{0,40}|sau\s+cắt\s+giảm|đề\s+xuất)\s*:\s*$", re.IGNORECASE
)


@dataclass(slots=True)
class _Item:
    """What an item tells: cuts, pairs of a time before and after, and the two times that labels tell."""

    cuts: list[tuple[Stated, Figure]] = field(default_factory=list)
    pairs: list[tuple[Figure, Figure]] = field(default_factory=list)
    before: list[Figure] = field(default_factory=list)
    after: list[Figure] = field(default_factory=list)


def check_cuts(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The time that an item says is cut is the time before less the time after."""
    for item in _items(subject):
        labelled = [(item.before[0], item.after[0])] if len(item.before) == len(item.after) == 1 else []
        values = {figure.value for _, figure in item.cuts}
        # "Giảm 03 ngày … có thể rút ngắn 02 ngày": of two cuts the one that the labels give is right.
        told_right = len(values) == 2 and labelled and str(_cut(labelled)) in values - {item.cuts[0][1].value}
        if len(values) != 1 and not told_right:
            continue
        where, cut = item.cuts[0]
        told = _once(item.pairs)
        if len(told) > 1 and labelled and _cut(labelled) == Decimal(cut.value) > _cut(told):
            tally.held += 1  # the steps that are told are some of those that are cut
            continue
        for pairs, others in ((labelled, told), (told, labelled)):
            alike = [pair for pair in pairs if all(_kind(one) == _kind(cut) for one in pair)]
            if alike and len(alike) == len(pairs):
                yield from _held_against(where, cut, alike, others, tally)


def _items(subject: Subject) -> Iterator[_Item]:
    document, item = subject.document, _Item()
    by_block = {where.block.view.start: where for where in stated(subject)}
    for block in sorted(document.blocks, key=lambda one: one.view.start):
        if _ITEM_RE.match(document.block_text(block)):
            yield item
            item = _Item()
        if where := by_block.get(block.view.start):
            _read(where, item)
    yield item


def _read(where: Stated, item: _Item) -> None:
    """What a paragraph adds to its item."""
    at = 0
    while at < len(where.figures):
        figure = where.figures[at]
        ahead = where.text[: where.start(figure)]
        then = where.figures[at + 1] if at + 1 < len(where.figures) else None
        at += 1
        if not _UNIT_RE.match(figure.unit or "") or figure.bound:
            continue
        if _FROM_RE.search(ahead) and then is not None and _TO_RE.fullmatch(where.between(figure, then)):
            item.pairs.append((figure, then))
            at += 1
        elif _CUT_RE.search(ahead):
            item.cuts.append((where, figure))
        elif _BEFORE_RE.search(ahead):
            item.before.append(figure)
        elif _AFTER_RE.search(ahead):
            item.after.append(figure)


def _once(pairs: Sequence[tuple[Figure, Figure]]) -> list[tuple[Figure, Figure]]:
    """The pairs, one that is told twice once."""
    found: dict[tuple[str, str], tuple[Figure, Figure]] = {}
    for one, other in pairs:
        found.setdefault((one.value, other.value), (one, other))
    return list(found.values())


def _cut(pairs: Sequence[tuple[Figure, Figure]]) -> Decimal:
    return sum((Decimal(one.value) - Decimal(other.value) for one, other in pairs), Decimal(0))


def _kind(figure: Figure) -> str:
    return (figure.unit or "").lower().split()[0]


def _held_against(
    where: Stated,
    cut: Figure,
    pairs: Sequence[tuple[Figure, Figure]],
    others: Sequence[tuple[Figure, Figure]],
    tally: Tally,
) -> Iterator[Finding]:
    told = _cut(pairs)
    if told == Decimal(cut.value):
        tally.held += 1
        return
    tally.failed += 1
    sums = " + ".join(f"({one.printed} - {other.printed})" for one, other in pairs)
    yield CUT.finding(
        (cut.span,),
        f"ghi giảm {cut.printed} {cut.unit}, nhưng {sums} = {show(told)}",
        f"a cut of {cut.printed} {cut.unit} is stated, but {sums} = {show(told)}",
        stated=cut.printed,
        expected=show(told),
        evidence=tuple(figure.span for pair in (*pairs, *others) for figure in pair),
        suggestion=both(
            "đối chiếu thời gian trước, sau và mức cắt giảm", "compare the times before and after and the cut"
        ),
        # Steps that are cut may not be told all.
        severity=Severity.WARNING if len(pairs) > 1 else None,
        page=where.block.page,
    )


CUT = rule("FIG-222", check_cuts)
SHORTENED_RULES = (CUT,)
