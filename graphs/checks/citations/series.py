"""CIT in series: within a year the numbers of an office rise with their dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from graphs.checks.citations.citing import day_of, numbered
from graphs.checks.citations.places import place_of
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.lawrules import is_central
from kb.models import Citation, Finding
from kb.numbers import parse_number

#: From so many papers on a series tells that plans and letters are numbered through.
_LONG = 8
#: Provinces and communes that were joined number anew from this day (Nghị quyết 202/2025/QH15).
_JOINED = date(2025, 7, 1)
#: So many days a number may be kept for a paper that is signed later.
_KEPT_DAYS = 7


def check_order(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Within a year and a series numbers rise with dates (Nghị định 30/2020/NĐ-CP, Điều 15)."""
    series: dict[tuple[str, int, bool, bool], dict[str, dict[int, Citation]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for citation in numbered(subject):
        number = parse_number(citation.number or "")
        issued = day_of(citation.issued)
        if number is None or issued is None or number.letter or number.series or number.party:
            continue
        # Norms, whose numbers hold the year, are numbered apart from other papers of the same symbol.
        # Laws and resolutions of one assembly bear one symbol, and each kind is numbered by itself.
        kind = (citation.type or "").split()[0:1] if "QH" in number.symbol else []
        bodies = series[
            " ".join((number.symbol, *kind)).lower(),
            issued.year,
            number.year is not None,
            _is_anew(citation, issued),
        ]
        bodies[place_of(citation.issuer)].setdefault(int(number.number), citation)
    for bodies in series.values():
        # A member of a list names no body: it belongs to the one that most of its series belong to.
        unnamed = bodies.pop("", {})
        largest = max(bodies.values(), key=len, default={})
        bodies[""] = {**unnamed, **largest} if unnamed else {}
        if unnamed:
            largest.clear()
        for found in bodies.values():
            yield from _order(found, tally)
    yield from _one_series(subject, tally)


def _is_anew(citation: Citation, issued: date) -> bool:
    return issued >= _JOINED and not is_central(citation.number)


def _one_series(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Plans and letters of an office that numbers all its papers through: one that its neighbours contradict.

    That it numbers them through is read off them: in a long series all but one rise with their dates.
    """
    series: dict[tuple[str, int, bool], dict[int, Citation]] = defaultdict(dict)
    for citation in numbered(subject):
        number, issued = parse_number(citation.number or ""), day_of(citation.issued)
        if number is None or issued is None or number.letter or number.series or number.party or number.year:
            continue
        if number.type_code in (None, "KH", "CTr") and number.issuers and number.issuers[0] in ("UBND", "HĐND"):
            series[number.issuers[0], issued.year, issued >= _JOINED].setdefault(int(number.number), citation)
    for found in series.values():
        kinds = {citation.type for citation in found.values()}
        if len(found) < _LONG or len(kinds) < 2:
            continue
        against = _against([(citation, day_of(citation.issued)) for _, citation in sorted(found.items())])
        outliers = [(citation, wrong) for citation, wrong in against if wrong >= 2]
        if len(outliers) == 1 and sum(wrong > 0 for _, wrong in against) == outliers[0][1] + 1:
            yield from _out_of_order(*outliers[0], tally)


def _against(days: list[tuple[Citation, date | None]]) -> list[tuple[Citation, int]]:
    """With how many others each paper of a series, in the order of numbers, is out of order."""
    counted = []
    for at, (citation, day) in enumerate(days):
        before = [other for _, other in days[:at] if other and day and other > day]
        after = [other for _, other in days[at + 1 :] if other and day and other < day]
        counted.append((citation, len(before) + len(after)))
    return counted


def _out_of_order(citation: Citation, wrong: int, tally: Tally) -> Iterator[Finding]:
    day = day_of(citation.issued)
    tally.failed += 1
    yield ORDER.finding(
        (citation.span,),
        f"“{citation.surface}” ngày {told_day(day)} không theo thứ tự với {wrong} văn bản cùng loại trong năm",
        f"“{citation.surface}” of {day} is out of order with {wrong} documents of its series",
        stated=citation.issued,
        suggestion=both("kiểm tra số hoặc ngày", "check the number or the date"),
        page=citation.page,
    )


def _order(found: dict[int, Citation], tally: Tally) -> Iterator[Finding]:
    """A citation that stands out of order with two others or more, and with a third of its series."""
    against = _against([(citation, day_of(citation.issued)) for _, citation in sorted(found.items())])
    pair = [citation for citation, wrong in against if wrong]
    if len(pair) == 2 and _of_one_body(*pair):
        yield from _either_of_two(pair[0], pair[1], tally)
        return
    if len(against) < 3:
        return
    for citation, wrong in against:
        if wrong < 2 or wrong < (len(against) - 1) / 3:
            tally.held += 1
        else:
            yield from _out_of_order(citation, wrong, tally)


def _of_one_body(one: Citation, other: Citation) -> bool:
    """Whether two papers of one series are certainly of one body: of the centre, or of a place that both name."""
    place = place_of(one.issuer)
    return is_central(one.number) or bool(place and place == place_of(other.issuer))


def _either_of_two(lower: Citation, higher: Citation, tally: Tally) -> Iterator[Finding]:
    """Two papers that contradict one another and no third: either may be wrong."""
    before, after = day_of(higher.issued), day_of(lower.issued)
    if before is None or after is None or (after - before).days <= _KEPT_DAYS:
        tally.held += 2
        return
    tally.held += 1
    tally.failed += 1
    later, earlier = sorted((lower, higher), key=lambda one: one.span.start, reverse=True)
    yield ORDER.finding(
        (later.span, earlier.span),
        f"“{higher.surface}” ngày {told_day(before)} lại trước “{lower.surface}” ngày {told_day(after)}: "
        "số hoặc ngày của một trong hai không đúng",
        f"“{higher.surface}” of {before} is before “{lower.surface}” of {after}: one of them is wrong",
        stated=later.issued,
        suggestion=both("kiểm tra số và ngày của cả hai", "check number and date of both"),
        page=later.page,
    )


ORDER = rule("CIT-005", check_order)
SERIES_RULES = (ORDER,)
