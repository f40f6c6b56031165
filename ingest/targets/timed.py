"""The period of a target, from the words of its own sentence."""

from __future__ import annotations

import re

from ingest.figures.measures import periods
from ingest.figures.quantities import Quantity
from ingest.targets.deadlines import by_day
from kb.models import Document

#: "Phấn đấu đến năm 2026, …" holds for all that the sentence lists.
_OPENING_RE = re.compile(
    r"[\s*_“\"+•–-]*(?:\w{1,3}[.)]\s+)?(?:Phấn đấu\s+)?[Đđ]ến\s+(?:hết\s+|cuối\s+)?năm\s+\d{4}"
)
#: Words before a period in which something else was, or was in force.
_OF_OTHERS_RE = re.compile(
    r"(?:\b(?:so với|hơn|hiệu lực)\b[^,;.]{0,40}|\btổng số(?: giao)?\s+|\b(?:số|mức|kết quả|ước) thực hiện\s+"
    r"|,\s*(?:tăng\s+)?từ\s+(?:mức\s+)?\d[\d.,]*\s*%?\s*(?:(?!trở|đến|lên)[^\W\d_]+\s+){0,3}"
    r"|\d[\d.,]*\s+[^\W\d_]+(?:\s+[^\W\d_]+)?\s+(?:còn lại\s+)?của\s+)$"
)
#: In what part of the year, said of the task itself.
_WITHIN_RE = re.compile(
    r"\b(?:trong|vào|hết|cuối|xong)\s+(?P<period>(?:quý|tháng)\s+(?:[IVX]+|\d{1,2})(?:/|\s+năm\s+)20\d\d)",
    re.IGNORECASE,
)


def period_of(
    document: Document, text: str, place: tuple[int, int], quantity: Quantity | None, measured: str | None
) -> str | None:
    """The period of a level of a sentence: of its bracket, a day by which, what its clause names, its sentence.

    `place` is the sentence in its paragraph, `measured` the period that the clause of the number names.
    """
    sentence = " ".join(text[slice(*place)].split())
    issued = document.metadata.issued
    period = _period_of_bracket(text, place[0], quantity)
    period = period or by_day(
        text, *place, quantity.start if quantity else place[0], issued.value if issued else None
    )
    period = period or measured or _period(text, place)
    # "…, tăng 9% so với năm 2030; trong đó …": told in the clause before, it is asked there what it is of.
    before = sentence if not period or period in sentence else " ".join(text[: place[1]].split())
    while period and period in before:
        before = before.rpartition(period)[0]
        if _OF_OTHERS_RE.search(before):
            # where it is reckoned from, or what was in force then: "rừng còn lại của năm 2031 trong quý II/2032"
            within = _WITHIN_RE.search(text, *place)
            return within["period"] if within else None
    return period


def _period_of_bracket(text: str, low: int, quantity: Quantity | None) -> str | None:
    """``mục tiêu giai đoạn 2021-2025 (mức độ hài lòng tối thiểu 90%)``: the period right before the bracket."""
    opened = text.rfind("(", low, quantity.start) if quantity else -1
    if quantity is None or opened < 0 or ")" in text[opened : quantity.start]:
        return None
    told = [found for found in periods(text, low, opened) if not text[found.end() : opened].strip()]
    return told[-1].group() if told else None


def _period(text: str, place: tuple[int, int]) -> str | None:
    """The period of a sentence outside its brackets; else the one that opens the sentences before it."""
    bare = re.sub(r"\([^()]*\)", lambda found: " " * len(found.group()), text)
    found = next(periods(bare, *place), None)
    if found is None:
        opened = _OPENING_RE.match(text)
        full_stop = opened and re.search(r"\.\s", text[opened.end() : place[0]])
        found = next(periods(text, *opened.span()), None) if opened and not full_stop else None
    return found.group() if found else None
