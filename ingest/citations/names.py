"""Documents mentioned by name: laws, codes, ordinances, the Constitution, schemes and programmes.

A law's name ends where the table of laws says; an unknown one where the grammar of a sentence says. An amending
law holds the names of the laws it amends: it is one document, not several. A scheme or programme counts when the
text makes it a definite one: a quoted title, a period (giai đoạn 2021-2025), a horizon (đến năm 2030), or a name
of the table.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.vocabulary.laws import match_name


@dataclass(frozen=True, slots=True)
class Name:
    """A document mentioned by name: ``text[start:end]``; `type` as the law calls it; `year` where one is printed.

    `end` leaves out the year; `reach` takes it in.
    """

    start: int
    end: int
    reach: int
    type: str
    year: int | None = None
    quoted: bool = False


_LETTER = r"[^\W\d_]"

LAW_RE = re.compile(r"\b(?P<type>Bộ [Ll]uật|Luật|Pháp lệnh|luật)\s+(?=[^\W\d_])")
CONSTITUTION_RE = re.compile(
    r"\bHiến pháp\b(?!\s+(?:hóa|và pháp luật))(?:\s+nước\s+(?:Cộng hòa"
    r"|Cộng hoà)\s+(?:xã hội chủ nghĩa|XHCN)\s+Việt Nam)?"
)
YEAR_RE = re.compile(r"(?:\s*\(sửa đổi\))?,?\s*(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?![\d/.,]\d|[/\-]|\d)")
AMENDING_RE = re.compile(
    r"[Ss]ửa đổi,?\s*(?:và\s+)?bổ sung\s*(?:một số\s+)?(?:[Đđ]iều,?\s*)?(?:(?:và"
    r"|,)\s+[Pp]hụ lục\s[^.;\n]{0,80}?)?\s*(?:của\s+)?"
)
#: ``của 37 Luật có liên quan đến quy hoạch``
COUNTED_RE = re.compile(
    r"(?:của\s+)?(?P<count>\d{1,2}|các)\s+[Ll]uật\s+(?:có\s+)?(?:liên quan|trong|về)[^.,;:()\n]{3,60}"
)
JOINT_RE = re.compile(r"\s*(?:,|và|;)?\s*(?:và\s+)?(?=(?:Bộ luật|Luật|Pháp lệnh)\s)")

#: After the type word these make no law's name: ``Luật sư``, ``Luật này`` ...
NO_NAME_RE = re.compile(
    r"(?:sư|gia|học|này|trên|đó|nêu|nói|số|tục|pháp|định|sau|mới|hiện|khác|được|có|và|của|thì|về"
    r"|cơ bản|chuyên|khoa)\b"
    r"|(?:Việt Nam|Hà Nội|TP|Thành phố)\b"
)
#: An unknown name is a capitalised syllable and what follows, up to a word that no name holds.
UNKNOWN_RE = re.compile(
    rf"[A-ZĐÀ-Ỹ]{_LETTER}*(?:,?\s+(?!(?:năm|số|ngày|được|có|quy định|này|khi|thì|đã|sẽ|để|từ|tại"
    rf"|do|theo|nêu|trên|hiện|như"
    rf"|là|nhằm|trong|bao gồm|gồm|thay|sửa|ban hành|và các|và những|và Luật|Luật|Bộ luật"
    rf"|Pháp lệnh|Nghị|Thông tư|Quyết định"
    rf"|cho|với|còn|phải|chưa|đang|cần|đến|hoặc|của Quốc hội)\b)[^\W\d_]+){{0,9}}"
)

SCHEME_RE = re.compile(
    r"\b(?P<type>Đề án|Chương trình(?: hành động)?|Chiến lược|Kế hoạch(?: hành động)?|Quy hoạch"
    r"|Dự án|Phương án|Quy chế)\s+"
)
QUOTED_TITLE_RE = re.compile(r"\*?(?:“[^”\n]{8,260}”|\"[^\"\n]{8,260}\")")
#: The words of a scheme's name, then the period or horizon that makes it definite.
PERIOD_RE = re.compile(
    r"(?P<words>[^.;:“”\"\n()]{6,220}?)"
    r"(?:,?\s*(?P<period>giai đoạn\s+(?:20|19)\d\d\s*[-–—]\s*(?:20|19)\d\d"
    r"|(?:đến|từ nay đến) năm (?:20|19)\d\d|thời kỳ\s+(?:20|19)\d\d\s*[-–—]\s*(?:20|19)\d\d"
    r"|nhiệm kỳ\s+(?:20|19)\d\d\s*[-–—]\s*(?:20|19)\d\d))"
    r"(?:,?\s*(?:và\s+)?(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?(?:20)\d\d)?"
)
#: Words that belong to a sentence, not to a scheme's name.
SENTENCE_WORD_RE = re.compile(
    r"\b(?:đã|sẽ|được|là|và đề xuất|nhằm|để|do đó|theo|tại|trong đó|ban hành|triển khai thực hiện|số \d)\b|\d+/\d"
)


def find_names(text: str) -> tuple[Name, ...]:
    """The documents that a text mentions by name, in reading order; none overlaps another.

    >>> text = "triển khai Luật Đất đai năm 2024, Luật Nhà ở Luật Kinh doanh bất động sản; Đoàn Luật sư tỉnh"
    >>> [(text[name.start : name.end], name.year) for name in find_names(text)]
    [('Luật Đất đai', 2024), ('Luật Nhà ở', None), ('Luật Kinh doanh bất động sản', None)]
    """
    found: list[Name] = []
    for name in sorted(
        (*_laws(text), *_constitutions(text), *_schemes(text)), key=lambda name: (name.start, -name.end)
    ):
        if not found or name.start >= found[-1].end:
            found.append(name)
    return tuple(found)


def _laws(text: str) -> Iterator[Name]:
    for head in LAW_RE.finditer(text):
        end = law_name_end(text, head.end(), lower=head["type"] == "luật")
        if end is not None:
            yield _with_year(
                text,
                head.start(),
                end,
                head["type"].replace("Luật", "luật") if " " in head["type"] else head["type"].capitalize(),
            )


def law_name_end(text: str, at: int, *, lower: bool = False) -> int | None:
    """Where the name of a law that begins at ``text[at]`` ends; None when no name begins there.

    With `lower` (the type word is in lower case) only a known, capitalised name counts.
    """
    amending = AMENDING_RE.match(text, at)
    if amending is not None:
        return _amended_end(text, amending.end())
    if NO_NAME_RE.match(text, at):
        return None
    known = match_name(text, at)
    if known is not None:
        return known if not lower or text[at].isupper() else None
    if lower:
        return None
    unknown = UNKNOWN_RE.match(text, at)
    return unknown.end() if unknown and " " in unknown.group() else None


def _amended_end(text: str, at: int) -> int | None:
    """Where the list of amended laws ends: ``… của Luật A, Luật B và Luật C``."""
    counted = COUNTED_RE.match(text, at)
    if counted is not None:
        return counted.end()
    end = None
    head = LAW_RE.match(text, at)
    while head is not None and head.start() == at:
        reached = law_name_end(text, head.end())
        if reached is None:
            break
        end = reached
        joint = JOINT_RE.match(text, reached)
        at = joint.end() if joint else len(text)
        head = LAW_RE.match(text, at)
    return end


def _constitutions(text: str) -> Iterator[Name]:
    for found in CONSTITUTION_RE.finditer(text):
        yield _with_year(text, found.start(), found.end(), "Hiến pháp")


def _with_year(text: str, start: int, end: int, kind: str) -> Name:
    year = YEAR_RE.match(text, end)
    if year is None:
        return Name(start, end, end, kind)
    return Name(start, end, year.end(), kind, int(year["year"]))


def _schemes(text: str) -> Iterator[Name]:
    for head in SCHEME_RE.finditer(text):
        quoted = QUOTED_TITLE_RE.match(text, head.end())
        if quoted is not None:
            yield Name(head.start(), quoted.end(), quoted.end(), head["type"], quoted=True)
            continue
        end = _scheme_end(text, head.start(), head.end())
        if end is not None:
            yield Name(head.start(), end, end, head["type"])


def _scheme_end(text: str, start: int, at: int) -> int | None:
    known = _known_schemes().match(text, start)
    period = PERIOD_RE.match(text, at)
    if (
        period is not None
        and not SENTENCE_WORD_RE.search(period["words"])
        and not SCHEME_RE.search(period["words"])
    ):
        return period.end()
    return known.end() if known else None


@lru_cache(maxsize=1)
def _known_schemes() -> re.Pattern[str]:
    """The names of the table, with the abbreviations of official papers, without their period."""
    table = files("kb.vocabulary").joinpath("data/schemes.csv").read_text(encoding="utf-8")
    names = {re.sub(r" giai đoạn .*$", "", row["name"]) for row in csv.DictReader(table.splitlines())}
    patterns = []
    for name in sorted(names, key=len, reverse=True):
        words = re.escape(name).replace(r"\ ", r"\s+")
        words = words.replace(r"cải\s+cách\s+hành\s+chính", r"(?:cải\s+cách\s+hành\s+chính|CCHC)")
        patterns.append(words + (r"(?![\d/])" if name[-1].isdigit() else ""))
    return re.compile("(?:" + "|".join(patterns) + ")")
