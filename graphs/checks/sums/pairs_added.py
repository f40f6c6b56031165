"""FIG of two counts at once, added up: ``32.617 hộ/118.743 người, trong đó: bão số 3: 1.845 hộ/6.720 người; …``.

Where the first counts of the parts make the first of the whole, the second make the second: the list is of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import decimal, show
from graphs.checks.reading.prose import stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Finding
from kb.text.sentences import SENTENCE_END_RE

_NUMBER = r"(?<![\w.,/])\d{1,3}(?:\.\d{3})*(?:,\d+)?(?![\d/])|(?<![\w.,/])\d+(?:,\d+)?(?![\d/])"
_UNIT = r"[^\W\d_]+(?:\s[^\W\d_]+)?"
#: Two counts with a slash between: "1.845 hộ/6.720 người", "12 vụ/19 bị can".
_PAIR_RE = re.compile(
    rf"(?P<one>{_NUMBER})\s+(?P<unit>{_UNIT})\s?/\s?(?P<other>\d[\d.]*(?:,\d+)?)\s+(?P<then>[^\W\d_]+)"
)
_LEADS_RE = re.compile(r"[^.;:()\d]{0,60}?\b(?:trong đó|gồm|cụ thể|như sau)\b[^.;\d]{0,40}", re.IGNORECASE)
_FEWEST = 2


def check_pairs_added(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Two counts told at once are what those of their parts come to."""
    for where in stated(subject) if not subject.is_rule() else ():
        if "/" not in where.text:
            continue
        pairs = list(_PAIR_RE.finditer(where.text))
        for at, whole in enumerate(pairs[:-_FEWEST]):
            units = (whole["unit"].lower(), whole["then"].lower())
            end = SENTENCE_END_RE.search(where.text, whole.end())
            limit = end.start() if end else len(where.text)
            parts = [one for one in pairs[at + 1 :] if one.end() <= limit]
            lead = where.text[whole.end() : parts[0].start()] if parts else ""
            if len(parts) < _FEWEST or not _LEADS_RE.match(lead):
                continue
            if any((one["unit"].lower(), one["then"].lower()) != units for one in parts):
                continue
            sums = {name: sum((_value(one[name]) for one in parts), Decimal(0)) for name in ("one", "other")}
            wrong = [name for name in sums if sums[name] != _value(whole[name])]
            if not wrong:
                tally.held += 1
            if len(wrong) != 1:
                continue
            tally.failed += 1
            name, unit = wrong[0], units[wrong[0] == "other"]
            told, words = whole[name], " + ".join(one[name] for one in parts)
            hull = subject.document.reading.hull
            start = where.block.view.start
            yield by.finding(
                (hull(start + whole.start(name), start + whole.end(name)),),
                f"ghi {told} {unit}, nhưng các phần kê ra: {words} = {show(sums[name])}",
                f"{told} is stated, but the parts listed are {words} = {show(sums[name])}",
                stated=told,
                expected=show(sums[name]),
                evidence=tuple(hull(start + one.start(name), start + one.end(name)) for one in parts),
                suggestion=both(
                    "kiểm tra lại số tổng hoặc từng phần kê ra", "check the total or each of its parts"
                ),
                page=where.block.page,
            )
            break


def _value(printed: str) -> Decimal:
    return decimal(printed.replace(".", "").replace(",", ".")) or Decimal(0)
