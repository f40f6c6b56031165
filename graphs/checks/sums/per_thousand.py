"""FIG of rates of a population told in hundreds that are of thousands: ``28.350 trẻ sinh ra; tỷ suất sinh 17,5%``.

What happened stands in the sentence, the people it happened among there or elsewhere in the paper. It is believed
where per thousand fits to the last digit and per hundred fits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.arithmetic import rounds_to, show
from graphs.checks.reading.prose import Stated, stated, value_as_printed
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

#: A rate that demographers and physicians tell of thousands, and one whose two numbers stand right before it.
_RATE_RE = re.compile(
    r"\b(?:tỷ|tỉ)\s+suất\s+(?:sinh|chết|tử vong|mắc|di cư|nhập cư|xuất cư)[^.;,()\d]{0,30}[:,]?\s*$"
    r"|\bmức (?:sinh|chết)(?: thô)?\s*$|\b(?:tỷ|tỉ) lệ (?:mắc|sinh|chết|tử vong)[^.;,()\d]{0,20}$",
    re.IGNORECASE,
)
_PAIR_RE = re.compile(r"(?:,\s*|\s)(?:(?:chiếm\s+|với\s+|đạt\s+)?(?:tỷ|tỉ) lệ|bằng)\s*$", re.IGNORECASE)
_PEOPLE = ("người", "dân", "nhân", "khẩu", "trẻ", "cháu", "bé", "em", "ca", "trường")
_MANY, _HUNDRED, _THOUSAND, _PAIR = 1_000, Decimal(100), Decimal(1_000), 2


def check_per_thousand(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A rate of births that is ten times what it can be."""
    blocks = list(stated(subject)) if not subject.is_rule() else []
    people = [one for where in blocks for one in where.figures if _counts_people(one) and int(one.value) >= _MANY]
    for where in blocks:
        for low, high in split_sentences(where.text):
            inside = [one for one in where.figures if low <= where.start(one) < high]
            for one in inside:
                if one.unit != "%" or one.of or one.bound or not Decimal(one.value):
                    continue
                lead = where.text[low : where.start(one)]
                rate = _RATE_RE.search(lead)
                near = _PAIR_RE.search(lead)
                if not rate and not near:
                    continue
                counts = [other for other in inside if _counts_people(other)]
                wholes = [*counts, *people] if rate else counts if _trusted(where, counts, one) else []
                yield from _held(where, one, counts, wholes, tally, by)


def _trusted(where: Stated, counts: Sequence[Figure], rate: Figure) -> bool:
    """Whether two counts, one ``trên`` the other, stand right before a rate."""
    before = [one for one in counts if where.end(one) <= where.start(rate)][-_PAIR:]
    return len(before) == _PAIR and bool(re.search(r"\btrên\b|/", where.between(*before)))


def _counts_people(one: Figure) -> bool:
    word = (one.unit or "").split(" ")[0].lower()
    return word in _PEOPLE and one.value.isdigit() and not one.of  # "26 ca trên 130.000 dân" is no bound


def _held(
    where: Stated, rate: Figure, counts: Sequence[Figure], wholes: Sequence[Figure], tally: Tally, by: Rule
) -> Iterator[Finding]:
    printed = value_as_printed(rate)
    made = [(part, whole) for part in counts for whole in wholes if Decimal(part.value) < Decimal(whole.value)]
    share = {pair: Decimal(pair[0].value) / Decimal(pair[1].value) for pair in made}
    if any(rounds_to(one * _HUNDRED, printed) for one in share.values()):
        tally.held += 1
        return
    fits = [pair for pair in made if rounds_to(share[pair] * _THOUSAND, printed)]
    if not fits:
        return
    part, whole = fits[0]
    tally.failed += 1
    yield by.finding(
        (rate.span,),
        f"ghi {rate.printed}, nhưng {part.printed} / {whole.printed} = {show(share[fits[0]] * _THOUSAND)}‰",
        f"{rate.printed} is stated, but {part.printed} / {whole.printed} = {show(share[fits[0]] * _THOUSAND)}‰",
        stated=rate.printed,
        expected=f"{show(share[fits[0]] * _THOUSAND)}‰",
        evidence=(part.span, whole.span),
        suggestion=both("ghi đơn vị ‰", "write it per thousand"),
        page=where.block.page,
    )
