"""FIG of one share that is told at two places with its counts: ``a hồ sơ … trên tổng số b hồ sơ …, đạt p%``.

Two shares are of one thing when both say what they are of in this form, in the same words but for deeds, of wholes
of one kind, at one time. The years in a bracket behind such a share are of what it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from graphs.checks.reading.named import plain_name
from graphs.checks.reading.periods import same_period, told_period
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.reading.said import cut_off
from graphs.checks.reading.told import Days
from graphs.checks.reading.yearly import yearly_series
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding, Span

#: "862.852 hồ sơ trực tuyến trên tổng số 1.472.290 hồ sơ …" and "tỷ lệ hồ sơ trực tuyến trên tổng số hồ sơ: 3/4".
_OUT_OF_RE = re.compile(r"\s*(?P<what>[^.;,:()\d]{4,60}?)\s+trên\s+tổng\s+số\s+(?=\d)")
_RATE_OF_RE = re.compile(
    r"[Tt](?:ỷ|ỉ)\s+lệ\s+(?P<what>[^.;,:()\d]{4,80}?)\s+trên\s+tổng\s+số\s+(?P<whole>[^.;,:()\d]{2,60}?)\s*:?\s*(?:đạt\s+|là\s+)?(?=\d)"
)
_DEEDS = frozenset(re.findall(r"\w+", "giải quyết tiếp nhận nộp được đã gửi thực hiện phát sinh có xử lý"))
_WORD_RE = re.compile(r"[^\W\d_]+")
_APART, _FEWEST = Decimal(2), 3


@dataclass(frozen=True, slots=True)
class _Share:
    """What it is a share of what, when, its rate, the figures that tell it, the block it stands in."""

    what: frozenset[str]
    whole: str
    period: Days
    rate: Figure
    parts: tuple[Figure, ...]
    block: Span


def check_shares_twice(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``hồ sơ trực tuyến trên tổng số hồ sơ`` is 70 % in the text and 25 % among the goals, of one quarter."""
    if subject.is_rule():
        return
    cut = cut_off(subject)
    shares = [
        share for where in everywhere(subject) if "trên tổng số" in where.text for share in _shares(where, cut)
    ]
    for one, other in combinations(shares, 2):
        if one.block == other.block or not _one_share(one, other):
            continue
        away = abs(Decimal(one.rate.value) - Decimal(other.rate.value))
        if away < _APART:
            tally.held += 1
            continue
        tally.failed += 1
        first, second = (" / ".join(each.printed for each in share.parts) for share in (one, other))
        yield TWICE.finding(
            (one.rate.span,),
            f"ghi {one.rate.printed} ({first}), chỗ khác ghi {other.rate.printed} ({second}) cho cùng một tỷ lệ"
            " trên tổng số, cùng thời điểm: hai cách tính mà không nói",
            f"{one.rate.printed} ({first}) is stated, elsewhere {other.rate.printed} ({second}) for the same share"
            " at the same time: two ways of counting, and nothing says so",
            stated=one.rate.printed,
            expected=other.rate.printed,
            evidence=tuple(each.span for each in (*one.parts, other.rate, *other.parts)),
            suggestion=both(
                "dùng một cách tính ở mọi chỗ, hoặc nói rõ mẫu số của từng tỷ lệ",
                "count in one way everywhere, or say of what whole each share is",
            ),
            page=one.rate.page,
        )


def _one_share(one: _Share, other: _Share) -> bool:
    return one.what == other.what and one.whole == other.whole and same_period(one.period, other.period)


def _shares(where: Stated, cut: date | None) -> Iterator[_Share]:
    figures = where.figures
    for first, second, rate in zip(figures, figures[1:], figures[2:], strict=False):
        found = _OUT_OF_RE.match(where.text, _digits_end(where, first))
        if found is None or rate.unit != "%" or where.start(second) != found.end():
            continue
        what, whole = _what(found["what"]), _head(second.unit or "")
        if len(what) < _FEWEST:
            continue
        if when := _period(first, cut):
            yield _Share(what, whole, when, rate, (first, second), where.block.view)
        yield from _by_year(where, what, whole, rate, cut)
    for found in _RATE_OF_RE.finditer(where.text):
        behind = [one for one in figures if where.start(one) >= found.end()]
        if len(behind) < 2 or not behind[0].of or behind[1].unit != "%" or where.start(behind[0]) != found.end():
            continue
        when = _period(behind[1], cut) or _period(behind[0], cut)
        if when:
            what, whole = _what(found["what"]), _head(found["whole"])
            yield _Share(what, whole, when, behind[1], (behind[0],), where.block.view)


def _by_year(where: Stated, what: frozenset[str], whole: str, rate: Figure, cut: date | None) -> Iterator[_Share]:
    """The shares of years in the bracket behind a share."""
    for series in yearly_series(where):
        if series.opened is None or series.opened < where.end(rate) or series.unit != "%":
            continue
        for share in series.by_year.values():
            count = where.figures[where.figures.index(share) - 1]
            if when := _period(share, cut):
                yield _Share(what, whole, when, share, (count,), where.block.view)


def _digits_end(where: Stated, figure: Figure) -> int:
    """Where the digits of a figure end, before what it counts."""
    found = re.compile(r"[\d.,]*\d").match(where.text, where.start(figure))
    return found.end() if found else where.end(figure)


def _period(figure: Figure, cut: date | None) -> Days | None:
    told = told_period(figure.period or "")
    if told and cut and told == (date(cut.year, 1, 1), date(cut.year, 12, 31)):
        return told[0], cut
    return told


def _what(words: str) -> frozenset[str]:
    return frozenset(_WORD_RE.findall(plain_name(words))) - _DEEDS


def _head(words: str) -> str:
    return " ".join(_WORD_RE.findall(plain_name(words))[:2])


TWICE = rule("FIG-298", check_shares_twice)
SHARE_TWICE_RULES = (TWICE,)
