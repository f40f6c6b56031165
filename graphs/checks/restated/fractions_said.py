"""What part of a kind is said in words, against the share told of it: ``quá nửa số xã`` beside ``38,5% số xã``.

The share is the one number of the same words in its clause, in its sentence or in the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.forms import PLANNED_RE
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.said_of_all import ELSE_RE, NOT_RE
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

#: Parts as they are said, in hundredths.
PARTS: tuple[tuple[str, Decimal], ...] = (
    (r"(?:một\s+)?nửa", Decimal(50)),
    (r"một phần ba", Decimal(100) / 3),
    (r"hai phần ba", Decimal(200) / 3),
    (r"một phần tư", Decimal(25)),
    (r"ba phần tư", Decimal(75)),
    (r"một phần năm", Decimal(20)),
    (r"bốn phần năm", Decimal(80)),
)
_OVER = r"(?P<over>quá|hơn|trên)"
_UNDER = r"(?P<under>chưa (?:được|đến|tới|đầy)|không (?:đến|tới|đầy)|gần|dưới|ít hơn)"
_SAID_RE = re.compile(
    rf"\b(?:{_OVER}|{_UNDER})\s+(?P<part>{'|'.join(words for words, _ in PARTS)})\s+(?:tổng\s+)?"
    r"(?:số\s+|các\s+)(?P<of>[^.;:(),\d]{2,90})",
    re.IGNORECASE,
)
_GATES = ("nửa ", "phần ba", "phần tư", "phần năm")
_SHARE_OF_RE = re.compile(r"\s*(?:so với|kế hoạch|dự toán|chỉ tiêu|mục tiêu|tổng (?:vốn|chi|thu))", re.IGNORECASE)
_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|thêm|hơn|kém|từ|năm trước|cùng kỳ|trong đó)\b[^,;]{0,40}$", re.IGNORECASE)
_PLAIN = thing_words("đã được có là số tỷ lệ đạt chiếm nay đến hiện tổng như vậy thực hiện")
#: Rounding, in hundredths; what is nearly a part is more than so much of it.
_ROUNDED, _NEARLY = Decimal("0.5"), Decimal("0.6")


def check_fractions_said(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``47,2%, hơn hai phần ba số hộ``: no share is both."""
    for where in stated(subject) if not subject.is_rule() else ():
        if not where.figures or not any(gate in where.text for gate in _GATES):
            continue
        sentences = split_sentences(where.text)
        for at, (low, high) in enumerate(sentences):
            for said in _SAID_RE.finditer(where.text, low, high):
                told = where.text[low : said.end()]
                if PLANNED_RE.search(told) or ELSE_RE.search(told):
                    continue
                share = _share(where, low, said) or (_share(where, sentences[at - 1][0], said) if at else None)
                if share is not None:
                    yield from _held(where, said, share, tally, by)


def _share(where: Stated, low: int, said: re.Match[str]) -> Figure | None:
    """The one share between two places that is of the words of what is said, and denied as they are."""
    shares = [
        one
        for one in where.figures
        if low <= where.start(one) < said.start() and (one.unit == "%" or (one.of and one.unit)) and not one.bound
    ]
    if len(shares) != 1:
        return None
    start, end = where.start(shares[0]), where.end(shares[0])
    before, behind = where.text[low:start], re.split(r"[,;.(]", where.text[end : said.start()])[0]
    words = thing_words(said["of"]) - _PLAIN
    if _CHANGE_RE.search(before) or _SHARE_OF_RE.match(where.text, end) or len(words) < 2:
        return None
    around = f"{before} {behind} {shares[0].unit}"
    same = words <= thing_words(around) and bool(NOT_RE.search(around)) == bool(NOT_RE.search(said["of"]))
    return shares[0] if same else None


def _value(share: Figure) -> Decimal:
    return Decimal(share.value) * 100 / Decimal(share.of) if share.of else Decimal(share.value)


def _held(where: Stated, said: re.Match[str], share: Figure, tally: Tally, by: Rule) -> Iterator[Finding]:
    part = next(value for words, value in PARTS if re.fullmatch(words, said["part"], re.IGNORECASE))
    value = _value(share)
    nearly = (said["under"] or "").lower() == "gần"
    wrong = (
        value < part - _ROUNDED if said["over"] else value > part + _ROUNDED or (nearly and value < part * _NEARLY)
    )
    if not wrong:
        tally.held += 1
        return
    tally.failed += 1
    words = " ".join(where.text[said.start() : said.end("part")].split())
    yield by.finding(
        (share.span,),
        f"nói “{words}”, nhưng tỷ lệ nêu cho việc đó là {share.printed}",
        f"“{words}” is said, but the share told of it is {share.printed}",
        stated=words,
        expected=share.printed,
        evidence=(share.span,),
        suggestion=both("đối chiếu lời văn và tỷ lệ", "compare the words and the share"),
        page=where.block.page,
    )
