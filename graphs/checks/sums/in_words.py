"""FIG of a number told in digits and in words right behind: ``240.000 đồng (Bằng chữ: …)``, ``05 (năm) ngày``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.prose import everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding
from kb.vocabulary.counts import number_in_words

_BEHIND_RE = re.compile(
    r"(?P<unit>(?:\s+[^\W\d_]+){0,3}?)"
    r"(?:\s*[,;.]?\s*\(?\s*(?:(?:viết|ghi)\s+)?(?:số tiền\s+)?bằng chữ(?:\s+là)?\s*:?\s*|\s*\(\s*)"
    r"(?P<words>[^\W\d_]+(?:[\s,]+[^\W\d_]+){0,40})(?=\s*(?:[).;/]|$))",
    re.IGNORECASE,
)
_TAIL_RE = re.compile(r"\s+(?:đồng(?:\s+(?:việt nam|chẵn))?|chẵn)$", re.IGNORECASE)


def check_in_words(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What words write out is what the digits before them say."""
    for where in everywhere(subject):
        for figure in where.figures if "(" in where.text or "ằng chữ" in where.text else ():
            found = _BEHIND_RE.match(where.text, where.end(figure))
            if found is None or figure.of or figure.unit == "%":
                continue
            words = _TAIL_RE.sub("", found["words"].strip())
            number = number_in_words(words)
            # "25 (năm)" are years; "10 xã (một)" is something else.
            years = words.lower() == "năm" and Decimal(figure.value) != number
            if number is None or years or (" " not in words and found["unit"].strip()):
                continue
            if number in (Decimal(figure.value), scaled(figure)):
                tally.held += 1
                continue
            tally.failed += 1
            yield IN_WORDS.finding(
                (figure.span,),
                f"ghi {figure.printed} {figure.unit or ''}, nhưng bằng chữ là “{words}” ({show(Decimal(number))})",
                f"{figure.printed} is stated, but in words it is “{words}” ({show(Decimal(number))})",
                stated=figure.printed,
                expected=show(Decimal(number)),
                suggestion=both("thống nhất số viết bằng số và bằng chữ", "make digits and words agree"),
                page=where.block.page,
            )


IN_WORDS = rule("FIG-286", check_in_words)
IN_WORDS_RULES = (IN_WORDS,)
