"""FIG of a span of years that is not over, told beside one that is: no word says what of it is foreseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from graphs.checks.reading.prose import stated
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.models import Finding, Severity
from kb.text.sentences import split_sentences

_YEARS = r"giai đoạn\s+(?P<{}>(?:19|20)\d\d)\s*[-–—]\s*(?P<{}>(?:19|20)\d\d)"
_CLAUSE = r"(?:[^.;]|(?<=\d)\.(?=\d))"
_TOLD_RE = re.compile(
    rf"(?:{_YEARS.format('low', 'high')}){_CLAUSE}{{0,160}}?\b(?:tăng|giảm|bằng|gấp|cao hơn|thấp hơn)\s"
    rf"{_CLAUSE}{{0,40}}?so với\s+(?:{_YEARS.format('first', 'last')})",
    re.IGNORECASE,
)
_FORESEEN_RE = re.compile(
    r"\b(?:ước|dự kiến|kế hoạch|dự toán|mục tiêu|phấn đấu|chỉ tiêu|sẽ|khoảng|bình quân|tính đến|đến hết|đến nay"
    r"|đến (?:ngày|tháng|quý)|\d+ năm đầu|nhu cầu|đề xuất|giao|cần|tối thiểu|so với cùng kỳ)\b",
    re.IGNORECASE,
)


#: From this day of its last year on hardly anything of a span of years is foreseen.
_NEARLY = (10, 1)


def check_unfinished(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """In June 2025 ``giai đoạn 2021-2025 …, tăng 14% so với giai đoạn 2016-2020`` is partly foreseen."""
    if subject.as_of is None or subject.is_rule():
        return
    seen: set[str] = set()
    for where in stated(subject):
        if where.text.count("so với") == 0 or "giai đoạn" not in where.text.lower():
            continue
        for low, high in split_sentences(where.text):
            found = _TOLD_RE.search(where.text, low, high)
            if found is None or int(found["last"]) >= int(found["low"]):
                continue
            if date(int(found["high"]), *_NEARLY) <= subject.as_of:
                tally.held += 1
                continue
            if int(found["low"]) > subject.as_of.year or _FORESEEN_RE.search(where.text, low, found.end()):
                continue
            told = [one for one in where.figures if found.start() < where.start(one) < found.end()]
            if not told or found["high"] in seen:
                continue
            seen.add(found["high"])
            tally.failed += 1
            span, whole = f"{found['low']}-{found['high']}", f"{found['first']}-{found['last']}"
            yield UNFINISHED.finding(
                (told[0].span,),
                f"ghi {told[0].printed} cho giai đoạn {span}, so với giai đoạn {whole}, nhưng đến ngày văn bản"
                f" ({told_day(subject.as_of)}) giai đoạn chưa hết: phần ước tính không được nói rõ",
                f"{told[0].printed} is stated for {span} and compared with {whole}, but the years were not over on"
                f" {subject.as_of}: what is foreseen is not told",
                stated=told[0].printed,
                evidence=tuple(one.span for one in told[1:]),
                suggestion=both(
                    "ghi rõ là số ước, hoặc số tính đến ngày nào", "say that it is foreseen, or until when"
                ),
                page=where.block.page,
                severity=Severity.NOTE,
            )


UNFINISHED = rule("FIG-293", check_unfinished)
UNFINISHED_RULES = (UNFINISHED,)
