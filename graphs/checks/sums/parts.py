"""FIG in lists and brackets: a total against the items below it, and the parts in brackets right behind it.

A list adds up only where each of its items counts the same kind of thing. "Gồm" and "cụ thể" tell all parts;
"trong đó" may tell some of them, so there only what exceeds the total a little, or is it mistyped, is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from graphs.checks.reading.arithmetic import mistyped, places_of, show
from graphs.checks.reading.enumerated import behind_colon, bracketed, closed_by, counts_things, of_which, tidy
from graphs.checks.reading.prose import Stated, everywhere, stated
from graphs.checks.reading.said import MONEY_RE
from graphs.checks.report import Rule, Subject, Tally, rule
from graphs.checks.sums.all_told import check_all_told
from graphs.checks.sums.divided import check_divided
from graphs.checks.sums.grades import are_grades
from graphs.checks.sums.pairs_added import check_pairs_added
from graphs.checks.sums.some_of import PEOPLE
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding, Severity
from kb.text.items import list_level, list_style
from kb.text.sentences import split_sentences

#: How far parts may be from a total to have been meant to make it: where some may be left out, where all are told.
_NEAR, _FAR = Decimal("0.05"), Decimal("0.25")
#: So many parts closed by "và" that leave no more than that of their total were meant to be all.
_MANY, _SEVERAL, _NEXT_TO_NOTHING = 4, 3, Decimal("0.03")
#: How long a list is read; numbers of fewer digits than the second differ by a slip too often by chance.
_MOST_ITEMS, _HUNDRED = 40, 100
_ALL_RE = re.compile(
    r"\b(?:(?:gồm(?: có)?|bao gồm|(?:chia|phân) (?:ra|thành|làm|hạng|nhóm|cấp))\b(?:\s+0?\d{1,2}\b)?[^.;:\d]{0,40}"
    r"|(?:cụ thể|như sau)\b[^.;\d]{0,40}"
    r"|(?:chia|phân|phân loại|cơ cấu|tính|phân tích)\s+theo\s[^.;:\d]{2,40}"
    r"(?:\bcủa\s+[\d.,]*\d[^.;:\d]{0,40})?):\s*$",
    re.IGNORECASE,
)
_SOME_RE = re.compile(r"\btrong đó\b[^.;\d]{0,30}:\s*$", re.IGNORECASE)
_TOTAL_RE = re.compile(
    r"[\s*_+–-]*(?:tổng cộng|tổng số|cộng)\b(?:[^.\d]{0,12}\s(?:0?\d|10)\s+[^\W\d_]+)?[^\d]{0,40}$", re.IGNORECASE
)
_CHANGE_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được|so với[^,;.()]{0,40}?là))?\s*$", re.IGNORECASE)
#: Behind the parts of a total: another way in which it is divided.
_AGAIN_RE = re.compile(r"[^.;:()\d]{0,40};\s*(?:chia|phân|tính)(?:\s+(?:ra|loại))?\s+theo\s+[^.;:()\d]{2,40}:")
#: What members of a body are: each is one of them.
_ROLE_RE = re.compile(
    r"(?:tổ |ban )?(?:chủ tịch|phó|trưởng|ủy viên|uỷ viên|thư ký|thành viên|đội trưởng)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its depth and its figures."""

    level: tuple[str, int]
    where: Stated

    def main(self, unit: str) -> Figure | None:
        """Its one figure outside brackets, of a unit, in its first clause; None for none or several."""
        first = re.search(r"[,;.](?=\s)", self.where.text)
        limit = first.start() if first else len(self.where.text)
        found = [
            figure
            for figure in self.where.figures
            if counts_things(figure) and not _in_brackets(self.where, figure) and _of_unit(figure, unit)
        ]
        own = [figure for figure in found if self.where.start(figure) < limit] if len(found) > 1 else found
        return own[0] if len(own) == 1 else None

    def change(self, way: str) -> Figure | None:
        """Its one figure in brackets that tells by how much it rose or fell."""
        found = [figure for figure in self.where.figures if _changes(self.where, figure) == way]
        return found[0] if len(found) == 1 and _in_brackets(self.where, found[0]) else None


def _of_unit(figure: Figure, unit: str) -> bool:
    own = (figure.unit or "").lower()
    return not own or own == unit or own.split()[0] == unit.split()[0] or {own, unit} <= PEOPLE


def _in_brackets(where: Stated, figure: Figure) -> bool:
    before = where.text[: where.start(figure)]
    return before.count("(") > before.count(")")


def _changes(where: Stated, figure: Figure) -> str | None:
    found = _CHANGE_RE.search(where.text[: where.start(figure)])
    return found["way"].lower() if found and counts_things(figure) else None


def check_items_add_up(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``572 đơn vị. Cụ thể:`` is the sum of the items below; so is a last item called a total."""
    if subject.is_rule():
        return
    yield from check_divided(subject, tally, PARTS)
    document = subject.document
    by_block = {where.block.view.start: where for where in stated(subject)}
    blocks = [block for block in document.blocks if block.kind is BlockKind.TEXT]
    blocks.sort(key=lambda one: one.view.start)
    texts = [document.block_text(block) for block in blocks]
    for at, block in enumerate(blocks):
        if not texts[at].rstrip().endswith(":") or at + 1 == len(blocks):
            continue
        lead = by_block.get(block.view.start)
        items: list[Item] = []
        for other in range(at + 1, min(at + 1 + _MOST_ITEMS, len(blocks))):
            where = by_block.get(blocks[other].view.start) or Stated(blocks[other], texts[other], ())
            if list_style(texts[other]) is None:
                if items and _closing(where):  # a total may stand below its list
                    items.append(Item(items[0].level, where))
                break
            items.append(Item(list_level(texts[other]), where))
        own = _own_items(items, list_level(texts[at]) if list_style(texts[at]) else None)
        if len(own) >= 2:
            yield from _against_items(lead, own, tally)


def _own_items(items: Sequence[Item], over: tuple[str, int] | None) -> list[Item]:
    """The items of the first depth, as far as the list goes; those below them are parts of parts."""
    own: list[Item] = []
    for item in items:
        if over is not None and item.level == over:
            break
        if not own or item.level == own[0].level:
            own.append(item)
        elif item.level[0] == "plus" and own[0].level[0] == "plus" and item.level[1] < own[0].level[1]:
            break
        elif _closing(item.where):
            own.append(item)
    return own


def _closing(where: Stated) -> Figure | None:
    """The total with which an item begins; how many years it is of stands before it."""
    found = [one for one in where.figures if _TOTAL_RE.match(where.text[: where.start(one)])]
    return found[-1] if found else None


def _against_items(lead: Stated | None, items: list[Item], tally: Tally) -> Iterator[Finding]:
    last = items[-1].where
    closing = _closing(last)
    if closing is not None and len(items) > 2:
        yield from _sum(
            closing, last, [item.main((closing.unit or "").lower()) for item in items[:-1]], True, tally
        )
        return
    if lead is None:
        return
    whole, complete = _total_of(lead)
    if whole is None:
        yield from _in_columns(lead, items, tally)
        return
    parts = [item.main((whole.unit or "").lower()) for item in items]
    yield from _sum(whole, lead, parts, complete, tally)
    change = next((one for one in reversed(lead.figures) if _changes(lead, one)), None)
    # A list that adds up tells all parts, and with them all that rose or fell.
    complete = complete or sum(Decimal(part.value) for part in parts if part) == Decimal(whole.value)
    if change is not None and change is not whole:
        way = _changes(lead, change) or ""
        yield from _sum(change, lead, [item.change(way) for item in items], complete, tally)


def _in_columns(lead: Stated, items: list[Item], tally: Tally) -> Iterator[Finding]:
    """Several totals of a lead, each of its own unit, where every item has one figure of each.

    ``486 cơ sở với 9.240 buồng. Phân hạng:`` over ``5 sao: 4 cơ sở, 1.120 buồng``.
    """
    totals = _counted(lead)
    units = [(one.unit or "").lower() for one in totals]
    if not _ALL_RE.search(lead.text.rstrip()) or not 1 < len(totals) == len(set(units)) < _MANY:
        return
    for total in totals:
        columns = [
            [one for one in item.where.figures if counts_things(one) and one.unit == total.unit] for item in items
        ]
        if all(len(column) == 1 for column in columns):
            yield from _sum(total, lead, [column[0] for column in columns], True, tally)


def _total_of(lead: Stated) -> tuple[Figure | None, bool]:
    """The total that a lead announces, and whether its list tells all parts; None where one cannot be sure."""
    text = lead.text.rstrip()
    all_ = _ALL_RE.search(text)
    complete = all_ is not None
    if not complete and not _SOME_RE.search(text):
        return None, False
    counted = _counted(lead)
    if all_ is not None and len(counted) > 1:  # "18,6 km, gồm 03 đoạn:": how many parts there are is no total
        counted = [figure for figure in counted if lead.start(figure) < all_.start()] or counted
    if len(counted) != 1 or any(  # "ước 8.640 tỷ đồng, cùng kỳ 7.980 tỷ đồng": the estimate may be meant
        one.bound
        and one.unit == counted[0].unit
        and lead.start(one) < lead.start(counted[0]) < lead.sentence_end(lead.end(one))
        for one in lead.figures
    ):
        return None, complete
    return counted[0], complete


def _counted(lead: Stated) -> list[Figure]:
    """What the last sentence of a lead with figures counts, outside brackets."""
    text = lead.text.rstrip()
    sentences = split_sentences(text)
    low = (
        sentences[-2][0]
        if len(sentences) > 1 and not any(lead.start(figure) >= sentences[-1][0] for figure in lead.figures)
        else sentences[-1][0]
    )
    return [
        figure
        for figure in lead.figures
        if lead.start(figure) >= low
        and counts_things(figure)
        and not _changes(lead, figure)
        and figure.unit
        and not _in_brackets(lead, figure)
    ]


def _sum(
    whole: Figure,
    where: Stated,
    parts: Sequence[Figure | None],
    complete: bool,
    tally: Tally,
    by: Rule | None = None,
    kinds: bool = False,
) -> Iterator[Finding]:
    told = [part for part in parts if part is not None]
    if len(told) < 2 or len(told) != len(parts):
        return
    total, sum_ = Decimal(whole.value), sum((Decimal(part.value) for part in told), Decimal(0))
    own = [Decimal(part.value) for part in told if part.unit == whole.unit]
    if sum_ in (total, Decimal(whole.of or total)) or (1 < len(own) < len(told) and sum(own) == total):
        tally.held += 1
        return
    near = abs(total - sum_) <= _NEAR * total
    units = {(part.unit or whole.unit or "").lower() for part in told}
    alike = units == {(whole.unit or "").lower()} or (units | {(whole.unit or "").lower()}) <= PEOPLE
    # Sums of money that are parts of one do not overlap, as people counted twice do.
    apart = complete or (sum_ > total and bool(MONEY_RE.match(whole.unit or "")))
    sure = apart and (alike or kinds) and abs(total - sum_) <= _FAR * total
    few = near and mistyped(total, [Decimal(part.value) for part in told])
    slip = few or (complete and alike and _mistyped(whole, told))
    if not sure and not slip and not (near and (complete or sum_ > total)):
        tally.skip(both("không chắc các mục dưới cộng thành số ở trên", "the items below may not add up to it"))
        return
    tally.failed += 1
    words = " + ".join(show(Decimal(part.value)) for part in told)
    yield (by or PARTS).finding(
        (whole.span,),
        f"ghi {whole.printed} {whole.unit or ''}, nhưng các phần kê ra: {words} = {show(sum_)}",
        f"{whole.printed} is stated, but the parts listed are {words} = {show(sum_)}",
        stated=whole.printed,
        expected=show(sum_),
        evidence=tuple(part.span for part in told),
        suggestion=both("kiểm tra lại số tổng hoặc từng phần kê ra", "check the total or each of its parts"),
        severity=None if sure and near else Severity.WARNING,
        page=where.block.page,
    )


def _mistyped(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether one digit, or two side by side, keep parts from making their whole; in its last place."""
    values = [Decimal(one.value) for one in (whole, *parts)]
    last = max(places_of(one.value) for one in (whole, *parts))
    total, *others = (value.scaleb(last) for value in values)
    return total >= _HUNDRED and mistyped(total, others)


def check_parts_behind(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``836 thôn, tổ dân phố (471 thôn, 365 tổ dân phố)``, ``2.611 người, trong đó có: 1.350 … và 1.261 …``."""
    yield from check_pairs_added(subject, tally, BEHIND)
    yield from check_all_told(subject, tally, BEHIND)
    for where in everywhere(subject) if not subject.is_rule() else ():
        for at, whole in enumerate(where.figures):
            if whole.unit == "%" or whole.bound or Decimal(whole.value) < 2:
                continue
            parts = bracketed(where, at) or of_which(where, at)
            run = _run(Decimal(whole.value), parts)
            if run:
                complete = _closed(where, whole, run)
                yield from _sum(whole, where, run, complete, tally, BEHIND, complete)
                yield from _split_again(where, whole, run, tally)
            elif not parts and (all_ := behind_colon(where, at) or closed_by(where, at)):
                roles = all(_ROLE_RE.match(part.unit or "") for part in all_)
                yield from _sum(whole, where, all_, True, tally, BEHIND, roles)


def _split_again(where: Stated, whole: Figure, run: Sequence[Figure], tally: Tally) -> Iterator[Finding]:
    """``388 người, trong đó nam 352, nữ 36; chia theo dân tộc: A 361, B 15, C 14 người``: all once more."""
    again = _AGAIN_RE.match(where.text, where.end(run[-1]))
    if again:
        end = where.text.find(";", again.end())
        limit = min(where.sentence_end(again.end()), end if end > 0 else len(where.text))
        parts = [one for one in where.figures if again.end() <= where.start(one) and where.end(one) <= limit]
        units = {None, whole.unit, *(one.unit for one in run)}
        alike = all(counts_things(one) and one.unit in units for one in parts)
        if len(parts) >= _SEVERAL and alike and tidy(where, parts):
            yield from _sum(whole, where, parts, True, tally, BEHIND)


def _closed(where: Stated, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts are told as all: many, the last behind "và", which leave next to nothing of the total.

    In a bracket fewer do, whatever they leave; or parts that make too much, or that are things of so many kinds.
    """
    left = abs(Decimal(whole.value) - sum(Decimal(part.value) for part in parts))
    last = len(parts) > 1 and re.search(r"\bvà\b", where.between(parts[-2], parts[-1])) is not None
    units = {part.unit for part in parts}
    in_bracket = "(" in where.between(whole, parts[0]) and len(parts) >= _SEVERAL
    # Counts of the very things, each with its name before it, that make more than there are.
    over = sum(Decimal(part.value) for part in parts) > Decimal(whole.value)
    named = over and units <= {whole.unit} and whole.unit not in PEOPLE
    if over and named and "trong đó" in where.between(whole, parts[0]).lower() and are_grades(where, parts):
        return True
    if in_bracket and (named or _are_kinds(whole, parts) or last):
        return "trong đó" not in where.between(whole, parts[0])
    return (
        len(parts) >= _MANY and last and units == {whole.unit} and left <= _NEXT_TO_NOTHING * Decimal(whole.value)
    )


def _are_kinds(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts are things of so many kinds: ``52 văn bản (09 tờ trình, 13 báo cáo, 30 công văn)``.

    People are of several kinds at once.
    """
    kinds = [(part.unit or whole.unit or "").lower() for part in parts]
    return len({*kinds, (whole.unit or "").lower()}) > len(parts) and PEOPLE.isdisjoint((*kinds, whole.unit or ""))


def _run(total: Decimal, parts: Sequence[Figure]) -> Sequence[Figure]:
    """The first parts that add up to a total, else all where they nearly do; none where neither is so."""
    sums = list(accumulate(Decimal(part.value) for part in parts))
    for end, sum_ in enumerate(sums, 1):
        if sum_ == total and end > 1:
            return parts[:end]
    near = len(sums) > 1 and abs(total - sums[-1]) <= _FAR * total
    return parts if near and all(Decimal(part.value) < total for part in parts) else ()


PARTS = rule("FIG-217", check_items_add_up)
BEHIND = rule("FIG-215", check_parts_behind)
PARTS_RULES = (PARTS, BEHIND)
