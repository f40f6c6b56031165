"""FIG of parts that a list tells for all there are, against how many there are told elsewhere.

All are told where the shares in brackets make 100% (``Tốt 7.108 (84,1%); Khá 1.082 (12,8%); …``), or where things
are told by their grades (``Xếp loại: 08 hợp tác xã loại tốt; 16 hợp tác xã loại khá; …``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import is_slip, percent, places_of, rounds_to, show
from graphs.checks.reading.moved import head
from graphs.checks.reading.prose import Stated, value_as_printed
from graphs.checks.report import Rule, Tally
from graphs.checks.sums.shares import lists_of_shares
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_ALL, _FEWEST, _LEAST = Decimal(100), 3, 10
#: So far, in parts of the whole, parts that were meant to make it may be from it.
_NEAR = Decimal("0.1")
#: What leads to things told by their grades, or by how much each has reached.
_GRADES_RE = re.compile(
    r"\b(?:xếp loại|xếp hạng|phân loại|phân nhóm|phân hạng|chia nhóm|phân bố)\b[^.;:\d]{0,60}:\s", re.IGNORECASE
)
_ITEM_RE = re.compile(r";\s+")
_COMMA_RE = re.compile(r",\s+(?=(?:và\s+)?\d)")
#: Some of them only, or of another time.
_SOME_RE = re.compile(
    r"\b(?:trong đó|riêng|tăng(?! cường)|giảm|so với|kế hoạch|kiểm tra|thẩm định|năm (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_NAME = 30


def check_shared_out(texts: Sequence[Stated], tally: Tally, by: Rule) -> Iterator[Finding]:
    """Parts that are told for all there are make how many there are."""
    for where in texts:
        for pairs in lists_of_shares(where) if where.text.count("%") >= _FEWEST else ():
            yield from _by_shares(pairs, texts, tally, by)
        for found in (
            _GRADES_RE.finditer(where.text) if len(where.figures) >= _FEWEST and ":" in where.text else ()
        ):
            parts = _graded(where, found.end())
            if parts and not _SOME_RE.search(found.group()):
                yield from _by_grades(parts, texts, tally, by)


def _by_shares(
    pairs: Sequence[tuple[Figure, Figure]], texts: Sequence[Stated], tally: Tally, by: Rule
) -> Iterator[Finding]:
    """Counts whose shares make 100%: where these are no shares of their sum, those of a number told elsewhere."""
    shares = [share for _, share in pairs]
    slack = sum((Decimal(1).scaleb(-places_of(value_as_printed(one))) for one in shares), Decimal(0)) / 2
    if len(pairs) < _FEWEST or abs(sum(Decimal(one.value) for one in shares) - _ALL) > slack:
        return
    counts = [Decimal(count.value) for count, _ in pairs]
    sum_ = sum(counts, Decimal(0))
    if not _misfits(counts, shares, sum_):
        tally.held += 1
        return
    exact = [percent(str(count), str(sum_)) or sum_ for count in counts]
    cut = all(rounds_to(one, value_as_printed(share)) for one, share in zip(exact, shares, strict=True))
    unit, meant = head(pairs[0][0]), dict[Decimal, tuple[Figure, int, Decimal]]()
    for whole in (one for where in texts for one in where.figures):
        value = Decimal(whole.value)
        if whole.of or whole.bound or not unit or head(whole) != unit or abs(value - sum_) > _NEAR * value:
            continue
        off = _misfits(counts, shares, value)
        right = value - sum_ + counts[off[0]] if len(off) == 1 else Decimal(0)
        slip = right > 0 and (not cut or is_slip(counts[off[0]], right))
        if slip and _fits(right, value, shares[off[0]]):
            meant[value] = (whole, off[0], right)
    if len(meant) == 1:
        whole, at, right = next(iter(meant.values()))
        tally.failed += 1
        count, share = pairs[at]
        yield by.finding(
            (count.span,),
            f"ghi {count.printed} ({share.printed}), nhưng tổng {whole.printed} nêu ở chỗ khác và các tỷ lệ"
            f" kê cạnh cho: {show(right)}",
            f"{count.printed} ({share.printed}) is stated, but the total {whole.printed} told elsewhere and the"
            f" shares beside it give: {show(right)}",
            stated=count.printed,
            expected=show(right),
            evidence=(whole.span, *(one.span for one, _ in pairs if one is not count)),
            suggestion=both("đối chiếu các phần với số tổng", "compare the parts with the total"),
            page=count.page,
        )


def _misfits(counts: Sequence[Decimal], shares: Sequence[Figure], whole: Decimal) -> list[int]:
    """Which counts do not have their shares of a whole."""
    pairs = enumerate(zip(counts, shares, strict=True))
    return [at for at, (count, share) in pairs if not _fits(count, whole, share)]


def _fits(count: Decimal, whole: Decimal, share: Figure) -> bool:
    """Whether a share is told as rounded; cut shares of a list are rare where the others are rounded."""
    exact, printed = percent(str(count), str(whole)), value_as_printed(share)
    return exact is not None and abs(exact - Decimal(printed)) <= Decimal(1).scaleb(-places_of(printed)) / 2


def _graded(where: Stated, low: int) -> list[Figure]:
    """The counts of one thing that items of a sentence begin with, one each; none for anything else."""
    end = where.sentence_end(low)
    cut = _ITEM_RE if ";" in where.text[low:end] else _COMMA_RE
    places = [low, *(found.end() for found in cut.finditer(where.text, low, end)), end]
    parts: list[Figure] = []
    for start, stop in pairwise(places):
        inside = [one for one in where.figures if start <= where.start(one) < stop and one.unit]
        first = inside[0] if inside else None
        if (
            first is None
            or first.of
            or first.bound
            or where.start(first) - start > _NAME
            or _SOME_RE.search(where.text, start, stop)
            or any(head(one) == head(first) for one in inside[1:])
            or (parts and head(parts[0]) != head(first))
        ):
            return []
        parts.append(first)
    return parts if len(parts) >= _FEWEST and parts[0].unit != "%" else []


def _by_grades(parts: Sequence[Figure], texts: Sequence[Stated], tally: Tally, by: Rule) -> Iterator[Finding]:
    """Things told by their grades are as many as ratios of them are of, one of which tells a grade."""
    noun, sum_ = head(parts[0]), sum((Decimal(one.value) for one in parts), Decimal(0))
    alike = [one for where in texts for one in where.figures if head(one) == noun and not one.bound]
    ratios = [one for one in alike if one.of]
    wholes = {one.of for one in ratios if any(one.value == part.value for part in parts)}
    wholes = wholes or {one.of for one in ratios}
    told = {Decimal(one.value) for one in alike if one not in parts} | {Decimal(one.of or 0) for one in ratios}
    if len(wholes) != 1 or sum_ in told:
        tally.held += sum_ in told
        return
    whole = next(one for one in ratios if one.of in wholes)
    total = Decimal(whole.of or 0)
    if total < _LEAST or abs(total - sum_) > _NEAR * total:
        return
    tally.failed += 1
    words = f"{' + '.join(one.printed for one in parts)} = {show(sum_)}"
    yield by.finding(
        tuple(one.span for one in parts),
        f"các nhóm kê ra {words}, nhưng chỗ khác ghi {whole.printed}: có tất cả {show(total)}",
        f"the groups listed are {words}, but elsewhere {whole.printed} is stated: there are {show(total)}",
        stated=show(sum_),
        expected=show(total),
        evidence=(whole.span,),
        suggestion=both("đối chiếu các nhóm với số tổng", "compare the groups with the total"),
        page=parts[0].page,
        severity=Severity.WARNING,
    )
