"""FIG of ranks told in the text: by how many places an index rose or fell, against its place now and before.

A place with a smaller number is higher: from the 7th to the 4th it rose three.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.reading.named import plain_name
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_UP = "tăng|lên|cải thiện|thăng|vươn lên|nâng"
_DOWN = "giảm|tụt|lùi|xuống|hạ|sụt"
_WAY = rf"\b(?P<way>{_UP}|{_DOWN})(?:\s+(?:được|thêm|hạng|tới|đến))*"
_PLACES = rf"{_WAY}\s+(?P<places>\d{{1,2}})\s+(?:bậc|hạng|vị trí)\b"
_RANKED = r"(?:(?:xếp|đứng|ở|đạt|là|vị trí|thứ hạng|hạng|vị thứ)\s+)*(?:thứ|hạng|vị trí)\s+(?:thứ\s+)?"
_RANK = _RANKED + r"(?P<{}>\d{{1,3}})(?![\d,.]*\d)(?:\s*/\s*\d{{1,3}})?"
_NO_OTHER = r"(?:(?!\bbậc\b|\bthứ\s+\d|[;]|\.\s).)"
#: Now, by how many, and what it was: each order is a form, with an example.
FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), example)
    for pattern, example in (
        (
            _RANK.format("now") + rf"{_NO_OTHER}{{0,80}}?{_PLACES}{_NO_OTHER}{{0,60}}?\(\s*(?:năm\s+\d{{4}}\s*)?"
            rf"(?:{_NO_OTHER}{{0,25}}?){_RANK.format('was')}",
            "đứng thứ 5/30, lên 06 bậc so với năm 2030 (thứ 11/30)",
        ),
        (
            rf"{_PLACES}{_NO_OTHER}{{0,60}}?\btừ\s+(?:{_NO_OTHER}{{0,12}}?){_RANK.format('was')}{_NO_OTHER}{{0,40}}?"
            rf"\b(?:lên|xuống|đến|về)\s+(?:{_NO_OTHER}{{0,12}}?){_RANK.format('now')}",
            "tăng 3 bậc, từ vị trí thứ 9 lên vị trí thứ 6",
        ),
        (
            rf"\btừ\s+(?:{_NO_OTHER}{{0,12}}?){_RANK.format('was')}{_NO_OTHER}{{0,40}}?\b(?:lên|xuống|đến|về)\s+"
            rf"(?:{_NO_OTHER}{{0,12}}?){_RANK.format('now')}{_NO_OTHER}{{0,60}}?[,(]\s*(?:tức\s+|đã\s+)?{_PLACES}",
            "từ vị trí thứ 9 năm 2022 lên vị trí thứ 6 năm 2023, tăng 3 bậc",
        ),
        (
            r"\bnăm\s+(?P<y1>(?:19|20)\d\d)\s+(?:\w+\s+){0,4}?"
            + _RANK.format("was")
            + rf"{_NO_OTHER}{{0,30}}?[,;]\s*"
            rf"(?:đến\s+)?năm\s+(?P<y2>(?:19|20)\d\d)\s+(?:\w+\s+){{0,4}}?{_RANK.format('now')}"
            rf"{_NO_OTHER}{{0,30}}?[,(]\s*(?:tức\s+|đã\s+)?{_PLACES}(?!\s+so với)",
            "năm 2022 xếp thứ 31, năm 2023 xếp thứ 26, tăng 5 bậc",
        ),
    )
)
_PLACES_RE = re.compile(_PLACES, re.IGNORECASE)
_SHORT_RE = re.compile(r"\b(?:PCI|PAPI|SIPAS|DTI|DDCI|DGI|PGI|PII|PAR[ -]?INDEX|ICT[ -]INDEX)\b")
_INDEX_RE = re.compile(
    r"\b[Cc]hỉ số\s+(?P<name>(?:[^\W\d_]+\s+){2,7}?)(?=\(|của|cấp|năm|xếp|đứng|đạt|tăng|giảm|tụt|lùi|\d|,)"
)
_SINCE_RE = re.compile(
    r"[^.;]{0,20}?\bso với\s+(?:cùng kỳ\s+)?(?:năm\s+(?P<year>(?:19|20)\d\d)|năm (?:trước|ngoái))"
)


@dataclass(frozen=True, slots=True)
class _Move:
    """By how many places the index of a name moved since a year, if told, as told in one sentence."""

    figure: Figure
    where: Stated
    places: int
    up: bool
    since: str | None


def check_ranks_told(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``đứng thứ 5/30, tụt 6 bậc so với năm 2030 (thứ 11/30)``: it rose; and one rise told twice is one number."""
    moves: dict[str, list[_Move]] = defaultdict(list)
    for where in stated(subject) if not subject.is_rule() else ():
        if not ("bậc" in where.text or "hạng" in where.text or "vị trí" in where.text):
            continue
        seen: set[int] = set()
        for form, _ in FORMS:
            for found in form.finditer(where.text):
                if found.start("places") not in seen:
                    seen.add(found.start("places"))
                    yield from _held(where, found, tally, by)
        _gather(where, moves)
    for told in moves.values():
        yield from _twice(told, tally, by)


def _held(where: Stated, found: re.Match[str], tally: Tally, by: Rule) -> Iterator[Finding]:
    now, was, places = (int(found[name]) for name in ("now", "was", "places"))
    years = found.groupdict()
    if (years.get("y1") or "") > (years.get("y2") or ""):
        now, was = was, now
    way, rose = found["way"].lower(), was - now
    up = way in _UP.split("|")
    figure = _figure_at(where, found.start("places"))
    if figure is None:
        return
    if abs(rose) == places and (rose > 0) == up:
        tally.held += 1
        return
    tally.failed += 1
    expected = f"{'tăng' if rose > 0 else 'giảm'} {abs(rose)} bậc" if rose else "không đổi"
    yield by.finding(
        (figure.span,),
        f"ghi {way} {found['places']} bậc, nhưng từ thứ {was} đến thứ {now}: {expected}",
        f"{way} {found['places']} places is stated, but from place {was} to place {now}: {rose:+d}",
        stated=f"{way} {found['places']} bậc",
        expected=expected,
        suggestion=both("đối chiếu thứ hạng hai năm", "compare the ranks of the two years"),
        page=where.block.page,
    )


def _figure_at(where: Stated, at: int) -> Figure | None:
    return next((one for one in where.figures if where.start(one) <= at < where.end(one)), None)


def _gather(where: Stated, moves: dict[str, list[_Move]]) -> None:
    """The moves of a text by the index that its sentence names last before them."""
    for low, high in split_sentences(where.text):
        for found in _PLACES_RE.finditer(where.text, low, high):
            short = _SHORT_RE.findall(where.text, low, found.start())
            named = [one["name"] for one in _INDEX_RE.finditer(where.text, low, found.start())]
            figure = _figure_at(where, found.start("places"))
            if not (short or named) or figure is None:
                continue
            behind = _SINCE_RE.match(where.text, found.end())
            up = found["way"].lower() in _UP.split("|")
            name = short[-1].replace("-", " ") if short else plain_name(named[-1])
            since = behind["year"] or "" if behind else None
            moves[name].append(_Move(figure, where, int(found["places"]), up, since))


def _twice(told: list[_Move], tally: Tally, by: Rule) -> Iterator[Finding]:
    """A rise told again, since the year before, that is not the one told of the one year compared with."""
    years = {one.since for one in told if one.since}
    first = next((one for one in told if one.since), None)
    if len(years) != 1 or first is None or len({(one.places, one.up) for one in told}) != 2:
        return
    for one in told:
        if one.since is None or one.where is first.where or (one.places, one.up) == (first.places, first.up):
            continue
        tally.failed += 1
        stated_, expected = (f"{'tăng' if at.up else 'giảm'} {at.figure.printed} bậc" for at in (one, first))
        yield by.finding(
            (one.figure.span,),
            f"ghi {stated_}, chỗ khác ghi {expected}, cùng nói về một chỉ số",
            f"{one.figure.printed} places is stated, elsewhere {first.figure.printed}, of the same index",
            stated=stated_,
            expected=expected,
            evidence=(first.figure.span,),
            suggestion=both("đối chiếu thứ hạng hai năm", "compare the ranks of the two years"),
            page=one.where.block.page,
        )
