"""FIG of how often a thing is done, told twice: ``mỗi tháng một lần (4 lần/năm)``, ``họp 12 kỳ, mỗi quý một kỳ``.

What is done once in a time is done so many times in a longer one. Where no longer time is named, that of the
paper is meant, of which one may only be sure where more is counted than it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.reading.counted import COUNT_WORDS, read_count
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity

_OCCASION = r"(?:lần|kỳ|đợt|buổi|phiên|cuộc|chuyến|lượt|số|mẫu)"
_COUNT = rf"(?:\d{{1,3}}|một|mỗi|{COUNT_WORDS}|năm(?=\s+{_OCCASION}))"
_EACH = r"(?:mỗi|một|hằng|hàng|từng)"
#: How often, in each order of its words.
_OFTEN = (
    rf"(?:{_EACH}\s+(?P<by>tuần|tháng|quý|năm)(?:\s*,?\s+(?:họp\s+|tổ chức\s+)?(?:ít nhất\s+)?"
    rf"(?P<times>{_COUNT})\s+(?P<noun>{_OCCASION}))?"
    rf"|(?P<many>{_COUNT})\s+(?P<by_many>tuần|tháng|quý|năm)\s+(?:họp\s+)?(?P<times_many>một|01|1)\s+(?P<noun_many>{_OCCASION})"
    rf"|(?P<times_per>{_COUNT})\s+(?P<noun_per>{_OCCASION})\s*(?:/|mỗi|một)\s*(?P<by_per>tuần|tháng|quý))\b"
)
#: How many times in a longer one.
_IN = r"(?:\s*/\s*|\s+(?:trong\s+(?:cả\s+|một\s+)?|mỗi\s+|một\s+|cả\s+|trên\s+))(?P<long>tháng|quý|năm)\b(?!\s+\d)"
_SO_MANY = rf"(?P<count>(?:\d{{1,3}}|{COUNT_WORDS}))\s+(?P<counted>{_OCCASION})\b"
_SO_MANY_TOO = _SO_MANY.replace("<count>", "<count2>").replace("<counted>", "<counted2>")
_LEAD = (
    r"\s*(?:\(|,|;|[-–])\s*(?:(?:tức(?: là)?|hay(?: là)?|tổng(?: cộng)?|tổng số|cộng|nghĩa là|như vậy|tương ứng"
    r"|tương đương|đã|có|tổ chức|họp|thực hiện)\s+)*"
)
_FORWARD_RE = re.compile(
    rf"\b{_OFTEN}{_LEAD}(?:(?P<whole>(?:cả|một|mỗi|trong|toàn)\s+năm)\s+(?:[^\W\d_]+\s+){{0,2}}{_SO_MANY}|{_SO_MANY_TOO}{_IN})",
    re.IGNORECASE,
)
_BARE_RE = re.compile(
    rf"(?<![\w.,/-]){_SO_MANY}(?:\s+[^\W\d_]+){{0,4}}\s*(?:,|\()\s*(?:định kỳ\s+|bình quân\s+)?"
    rf"{_EACH}\s+(?P<by>tuần|tháng|quý)\s+(?P<times>\d{{1,2}}|một)\s+(?P=counted)\b",
    re.IGNORECASE,
)
_LEAD_RE = re.compile(_LEAD)
_LEAST_RE = re.compile(r"\b(?:ít nhất|tối thiểu|trở lên|trên|hơn|từ)\b", re.IGNORECASE)
#: Besides those that are due.
_ASIDE_RE = re.compile(r"\b(?:đột xuất|bất thường|chuyên đề|tăng cường|phát sinh|ngoài ra)\b", re.IGNORECASE)
#: Of several bodies, or of several years.
_SEVERAL_RE = re.compile(
    rf"\b(?:các|những|từng|mỗi|giai đoạn|nhiệm kỳ|lũy kế|luỹ kế|từ (?:năm|đầu)|\d+\s+năm|đều|100%)\b"
    rf"|\b(?!20\d\d)\d+\s+(?!{_OCCASION}\b)",
    re.IGNORECASE,
)
#: Months of the year in which it is done, here or in the part that it belongs to.
_SEASON_RE = re.compile(
    r"\btháng\s+\d{1,2}\s*(?:đến(?:\s+hết)?|tới|-|–)\s*(?:tháng\s+)?\d{1,2}\b(?!\s*/)", re.IGNORECASE
)
_PART = 3000
_IN_A_YEAR = {"tuần": (48, 53), "tháng": (12, 12), "quý": (4, 4), "năm": (1, 1)}
_GATES = ("lần", "kỳ", "đợt", "buổi", "phiên", "cuộc", "chuyến")
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class _Told:
    """How many times are counted, how many there are, at least and at most, and where both are told."""

    count: int
    least: int
    most: int
    place: tuple[int, int]
    proof: tuple[int, int]


def check_how_often(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A thing done once a month is not done four times a year."""
    document = subject.document
    for block in document.blocks if not subject.is_rule() else ():
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for told in _told(text) if any(gate in text for gate in _GATES) else ():
            if told.least <= told.count <= told.most:
                tally.held += 1
                continue
            reading, at = document.reading.text, block.view.start
            if told.count < told.least and _SEASON_RE.search(reading, max(0, at - _PART), at + len(text)):
                continue
            tally.failed += 1
            place, proof = (
                document.reading.hull(block.view.start + low, block.view.start + high)
                for low, high in (told.place, told.proof)
            )
            said, often = (" ".join(text[low:high].split()) for low, high in (told.place, told.proof))
            right = str(told.least) if told.least == told.most else f"{told.least}-{told.most}"
            yield by.finding(
                (place,),
                f"ghi “{said}”, nhưng “{often}” là {right}",
                f"“{said}” is stated, but “{often}” makes {right}",
                stated=str(told.count),
                expected=right,
                evidence=(proof,),
                suggestion=both("kiểm tra lại số lần hoặc định kỳ", "check how many times or how often"),
                page=block.page,
                severity=Severity.WARNING,
            )


def _told(text: str) -> Iterator[_Told]:
    for found in _FORWARD_RE.finditer(text):
        count, noun = found["count"] or found["count2"], (found["counted"] or found["counted2"]).lower()
        own = (found["noun"] or found["noun_many"] or found["noun_per"] or noun).lower()
        yearly, long = _a_year(found), _IN_A_YEAR[(found["long"] or "năm").lower()]
        number = read_count(count)
        if number is None or yearly is None or own != noun or (found["whole"] and not found["noun"]):
            continue
        low, high = yearly[0] / long[1], yearly[1] / long[0]
        if high < 1:
            continue
        least = round(low) if low == high else int(low)
        most = round(high) if low == high else int(high) + 1
        around = text[max(0, found.start() - _BEFORE) : found.end() + _BEFORE]
        if _ASIDE_RE.search(around) or (number > most and _LEAST_RE.search(around)):
            continue
        least = least // 2 + 1 if found["whole"] else least  # what was done may have begun within the year
        start = found.start("count") if found["count"] else found.start("count2")
        end = max(found.end("counted"), found.end("counted2"), found.end("long"))
        proof = _LEAD_RE.search(text, found.start(), start)
        yield _Told(number, least, most, (start, end), (found.start(), proof.start() if proof else start))
    for found in _BARE_RE.finditer(text):
        sentence = max(text.rfind(sign, 0, found.start()) for sign in (". ", "; ", "\n", ": ")) + 1
        yearly, number = _a_year(found), read_count(found["count"])
        if yearly is None or number is None or _SEVERAL_RE.search(text, sentence, found.start()):
            continue
        # A paper may be of less than a year.
        yield _Told(number, 1 if number <= yearly[1] else yearly[0], yearly[1], found.span("count"), found.span())


def _a_year(found: re.Match[str]) -> tuple[int, int] | None:
    """How many times a year, at least and at most, the words of a match say."""
    words = found.groupdict()
    by = words["by"] or words.get("by_many") or words.get("by_per")
    times = _number(words["times"] or words.get("times_many") or words.get("times_per") or "1")
    many = _number(words.get("many") or "1")
    if by is None or not times or not many or (by.lower() != "tháng" and many > 1):
        return None
    low, high = _IN_A_YEAR[by.lower()]
    return (low * times // many, high * times // many) if low * times % many == 0 else None


def _number(word: str) -> int:
    return 1 if word.lower() in ("một", "mỗi") else read_count(word) or 0
