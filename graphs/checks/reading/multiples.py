"""How many times as much one thing is as another, as words tell it: ``gấp gần 3 lần``, ``gấp rưỡi``, ``bằng 1/3``.

Each has the words of what is compared before it, of what it is compared with behind it, and between which
multiples what is meant may lie: a word before the number (``gần``, ``hơn``, ``khoảng``) widens it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import places_of, read_number
from graphs.checks.reading.forms import occurrences
from graphs.checks.reading.loose import PARTS
from kb.text.sentences import split_sentences

#: Small numbers in words.
_SMALL = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_WORDS = {word: Decimal(at) for at, word in enumerate(_SMALL, 1)}
#: Words by which a multiple is told without *lần*.
_WHOLE = {"rưỡi": Decimal("1.5"), "đôi": Decimal(2), **_WORDS}
#: Words before the number, and how many steps below it and above it what is meant may lie: with decimals, without.
_HEDGES: tuple[tuple[str, tuple[str, str], tuple[str, str]], ...] = (
    (r"hơn|trên|quá", ("0.1", "6"), ("0.06", "1.06")),
    (
        r"gần(?:\s+(?:tới|đến|bằng))?|ngót|suýt soát|(?:còn\s+)?(?:chưa|không)\s+(?:đến|tới|đầy|được)|chưa|dưới",
        ("4", "0.6"),
        ("0.7", "0.06"),
    ),
    (r"khoảng|chừng|xấp xỉ|tầm|ước", ("2.1", "2.1"), ("0.6", "0.6")),
    (r"đúng|tròn|vừa", ("0.6", "0.6"), ("0.05", "0.05")),
    (r"(?:tới|đến|những|lên\s+(?:tới|đến))?", ("0.55", "1"), ("0.5", "0.75")),
)
_HEDGE = "|".join(words for words, _, _ in _HEDGES[:-1])
_MANNER = r"(?:(?:tới|đến|những|lên|cũng|đã|đều|là)\s+)*"
_NUMBER = rf"(?P<number>\d{{1,4}}(?:,\d+)?|{'|'.join(_WORDS)})"
_H1, _H2 = rf"(?:(?P<h1>{_HEDGE}|chưa)\s+)?", rf"(?:(?P<h2>{_HEDGE})\s+)?"
_PART = f"1/[2-9]|2/[35]|3/[45]|4/5|{'|'.join(words for words, _ in PARTS)}"
_LARGER = "tăng|lớn hơn|cao hơn|nhiều hơn|dài hơn|rộng hơn|hơn"
_SMALLER = "thấp hơn|ít hơn|nhỏ hơn|kém|giảm"
#: So often, and not so many times as much.
_OFTEN = r"\b(?!\s+(?:lượt|này|thứ|\d))"
_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "gấp gần 3,7 lần", "gần gấp 3 lần", "nhiều gấp hơn hai lần rưỡi"
        rf"\b{_H1}gấp\s+{_MANNER}{_H2}{_MANNER}{_NUMBER}\s+lần(?P<half>\s+rưỡi)?{_OFTEN}",
        rf"\b{_H1}gấp\s+{_MANNER}{_H2}(?P<whole>rưỡi|đôi|hai|ba|bốn|năm(?!\s+(?:trước|ngoái|nay|qua|sau)))(?!\s+(?:lần|mươi|trăm|nghìn|\d))\b",
        rf"\b{_H1}bằng\s+{_H2}(?P<number>\d{{1,3}}(?:,\d+)?)\s+lần\b",
        rf"\b(?P<loose>{_LARGER})\s+{_H2}{_MANNER}{_NUMBER}\s+lần{_OFTEN}",
        rf"\b(?P<inverse>{_SMALLER})\s+{_H2}{_MANNER}(?P<number>\d{{1,3}}(?:,\d+)?|hai|ba|bốn)\s+lần{_OFTEN}",
        rf"\b{_H1}bằng\s+{_H2}(?P<part>{_PART})(?![\w/])",
    )
)
#: Words one of which stands in every text that tells a multiple, and what stands around them there.
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ấp ", re.compile(r"[gG]ấp ")),
    (" lần", re.compile(rf"(?:(?<=\d)|{'|'.join(f'(?<={word})' for word in _WORDS)}) lần\b(?! lượt)")),
    ("ằng ", re.compile(r"[bB]ằng\s[^.,;:()]{0,24}?(?:nửa|phần\s|\d/\d)")),
)
#: What is asked for, or set by a rule.
_ASKED_RE = re.compile(
    r"\b(?:mức lương|lương (?:cơ sở|tối thiểu)|tối đa|không quá|ít nhất|tối thiểu|trở lên|định mức|quy định"
    r"|phấn đấu|mục tiêu|dự kiến|nếu|sẽ)\b",
    re.IGNORECASE,
)
#: Behind a multiple: where the words end of what it is compared with.
_OBJECT_END = "và|nhưng|song|còn|trong khi|trong đó|do|vì|nhờ|để|dù|tuy|tức|cho thấy|chiếm|đạt|tăng|giảm|hay"
_OBJECT_RE = re.compile(
    rf"(?P<object>(?:(?![;:()]|[.,](?!\d)|(?<!\d)\s[-–]\s|\s[-–]\s(?!\d)|\b(?:{_OBJECT_END})\b).)*)(?:\s*\((?P<bracket>[^()]*)\))?",
    re.DOTALL,
)
#: Before it: what it is compared with is told first.
_FIRST_RE = re.compile(
    r"\b[Ss]o (?:sánh )?với\s+(?P<object>[^;:.]+?)(?:\s*,(?![^;:.]*\sthì\s)|,?\s+thì\s)\s*(?P<subject>[^;:.]*)$",
    re.DOTALL,
)
#: ``So với năm 2021 (14 hồ) gấp đôi``.
_BRACKETED_FIRST_RE = re.compile(
    r"\b[Ss]o (?:sánh )?với\s+(?P<object>[^;:.()]+\([^()]*\))\s*(?P<subject>)$", re.DOTALL
)
#: ``cao hơn xã Tân Lập 1.620 triệu đồng, bằng 1,9 lần``.
_MORE_RE = re.compile(
    r"\bhơn\s+(?:so với\s+)?(?P<object>[^;:.,()\d]{3,60}?)\s+(?:là\s+|tới\s+)?"
    r"\d[\d.,]*[^;:.,()\d]{0,30},[^;:.,()\d]{0,12}$"
)
#: ``số giải cấp huyện và cấp ngành cộng lại``.
_TOGETHER_RE = re.compile(
    r"(?P<object>[^;:.,()\d]+?\s(?:và|cùng|với)\s[^;:.()\d]+?)\s*(?:cộng|gộp|gom|tính) (?:lại|chung)\b",
    re.IGNORECASE,
)
_CLAUSE_RE = re.compile(r"[;:]\s|\s[-–]\s|,\s|\b(?:còn|trong khi|nhưng|song|trong đó)\b")
_LEAST_OF_PART = Decimal("0.06")


@dataclass(frozen=True, slots=True)
class Multiple:
    """A multiple as it is told: its place, its sentence, its words, its bounds, and the words beside it.

    `first` is where what it is compared with begins before it; `bracket` stands right behind that in brackets.
    """

    start: int
    end: int
    low_at: int
    high_at: int
    words: str
    value: Decimal
    low: Decimal
    high: Decimal
    subject: str
    object: str
    object_at: tuple[int, int]
    bracket: tuple[int, int] | None
    #: *tăng 2 lần* is meant both ways: twice as much, or twice more.
    loose: bool = False
    #: What it is compared with is several things added up: ``A và B cộng lại``.
    together: bool = False

    def fits(self, exact: Decimal, slack: Decimal = Decimal(0)) -> bool:
        """Whether so many times is what is said; `slack` is by what share the exact one is rounded."""
        tried = (exact, exact - 1) if self.loose else (exact,)
        return any(self.low * (1 - slack) <= one <= self.high * (1 + slack) for one in tried)


def multiples_in(text: str) -> Iterator[Multiple]:
    """The multiples that a text tells.

    >>> told = list(multiples_in("Thu từ đất gấp gần 3,7 lần thu từ phí. Số này gấp đôi năm 2023 (13 thôn)."))
    >>> [(one.words, one.subject.strip(), one.object.strip()) for one in told]
    [('gấp gần 3,7 lần', 'Thu từ đất', 'thu từ phí'), ('gấp đôi', 'Số này', 'năm 2023')]
    >>> [one.fits(Decimal("3.68")) for one in told], [one.fits(Decimal("2.05")) for one in told]
    ([True, False], [False, True])
    """
    told_at = [
        at
        for word, around in _SAID
        for at in occurrences(text, word)
        if around.match(text, at - 1) or around.match(text, at)
    ]
    for low, high in split_sentences(text) if told_at else ():
        if not any(low <= at < high for at in told_at):
            continue
        seen: list[tuple[int, int]] = []
        for form in _FORMS:
            for found in form.finditer(text, low, high):
                if any(found.start() < end and start < found.end() for start, end in seen):
                    continue
                seen.append(found.span())
                told = _read(text, found, low, high)
                if told is not None:
                    yield told


def _read(text: str, found: re.Match[str], low_at: int, high_at: int) -> Multiple | None:
    groups = found.groupdict()
    value, step, whole = _value(groups)
    hedge = groups.get("h2") or groups.get("h1") or ""
    row = next(row for row in _HEDGES if re.fullmatch(row[0], hedge, re.IGNORECASE))
    below, above = (Decimal(row[1 + whole][side]) * step for side in (0, 1))
    low, high = value - below, value + above
    if groups.get("part"):
        low, high = (value - below / 5 - _LEAST_OF_PART / 2, value + above / 5 + _LEAST_OF_PART / 2)
    elif groups.get("whole") and not hedge:
        low, high = (value - Decimal("0.3"), value + Decimal("0.4")) if value < 3 else (low, high)
    if groups.get("inverse"):
        low, high, value = 1 / high, 1 / max(low, Decimal("0.5")), 1 / value
    before = text[low_at : found.start()]
    if _ASKED_RE.search(before) or _ASKED_RE.match(text, found.end() + 1):
        return None
    behind = _OBJECT_RE.match(text, found.end(), high_at)
    object_, at, bracket = "", (found.end(), found.end()), None
    if behind:
        object_, at = behind["object"], behind.span("object")
        bracket = behind.span("bracket") if behind["bracket"] is not None else None
    both_ = _TOGETHER_RE.match(text, found.end(), high_at)
    if both_ and not bracket:
        object_, at = both_["object"], both_.span("object")
    subject = before
    first = _FIRST_RE.search(before) or _BRACKETED_FIRST_RE.search(before) or _MORE_RE.search(before)
    if not object_.strip() and bracket is None and first:
        object_, subject = first["object"], first.groupdict().get("subject") or before[: first.start()]
        at = (low_at + first.start("object"), low_at + first.end("object"))
    return Multiple(
        *found.span(),
        low_at,
        high_at,
        " ".join(found.group().split()),
        value,
        low,
        high,
        subject,
        object_,
        at,
        bracket,
        bool(groups.get("loose")),
        bool(both_ and not bracket),
    )


def _value(groups: dict[str, str | None]) -> tuple[Decimal, Decimal, bool]:
    """The number of a multiple, one of its last place, and whether it is a whole number."""
    if part := groups.get("part"):
        if part[0].isdigit():
            return Decimal(part[0]) / Decimal(part[2]), Decimal("0.5"), True
        share = next(share for words, share in PARTS if re.fullmatch(words, part, re.IGNORECASE))
        return share / 100, Decimal("0.5"), True
    if word := groups.get("whole"):
        return _WHOLE[word.lower()], Decimal(1), True
    told = (groups["number"] or "").lower()
    value = _WORDS.get(told) or read_number(told)
    places = places_of(str(value))
    if groups.get("half"):
        return value + Decimal("0.5"), Decimal("0.5"), True
    return value, Decimal(1).scaleb(-places), not places


def clauses_before(subject: str) -> Iterator[str]:
    """The words before a multiple, the clause right before it first, then with more of the sentence.

    >>> list(clauses_before("Cả vùng có 9 trạm, riêng trạm Bắc"))
    ['riêng trạm Bắc', 'Cả vùng có 9 trạm, riêng trạm Bắc']
    """
    cuts = [cut.end() for cut in _CLAUSE_RE.finditer(subject.rstrip(" ,"))]
    for at in (*reversed(cuts), 0):
        if words := subject[at:].strip(" ,"):
            yield words
