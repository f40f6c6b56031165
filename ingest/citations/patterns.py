"""What stands before a number: the type word, ``số``, and words that say it is no document at all.

Numbers are found first, in one pass; then the words before each are read *backwards* from it, on a mirrored
window, so that a pattern can be anchored where the number begins and no text is searched twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.citations.issuers import IssuerPart, match_issuer
from ingest.citations.letters import LOWER, occurrences
from kb.vocabulary.lookalikes import lookalike_heads
from kb.vocabulary.types import PRINTED_ABBREVIATIONS, type_of_word, type_words

#: How far back a type word may begin; the longest is about 30 letters, with ``số`` and signs between.
BACK_WINDOW = 64
_MARKS = "¹²³⁰⁴-⁹"
_SHORT_WORDS = frozenset(short for short, _ in PRINTED_ABBREVIATIONS)
#: Between the type word and ``số``; they change nothing: "Công văn hỏa tốc số".
_ADJECTIVES = (
    "hỏa tốc",
    "hoả tốc",
    "khẩn",
    "thượng khẩn",
    "mật",
    "cá biệt",
    "liên ngành",
    "của đảng",
    "quy phạm pháp luật",
)


def _mirror(words: tuple[str, ...]) -> str:
    """The words as an alternation to be met from their ends, longest first."""
    options = sorted(sorted(words), key=len, reverse=True)
    return "|".join(r"\s{1,3}".join(re.escape(part[::-1]) for part in reversed(word.split())) for word in options)


_LEAD = rf"""
    \s{{0,3}} (?:[“\"'‘*«(\[]\s{{0,2}})?
    (?P<so>[.:]?\s{{0,2}}[:.]?\s{{0,2}}[{_MARKS}]{{0,4}}ốs(?![^\W\d_{_MARKS}])\s{{0,3}})?
    (?:[:,“\"'‘*(\s]|[{_MARKS}]){{0,4}}
"""
_TYPE_BACK_RE = re.compile(
    rf"{_LEAD}(?:(?:{_mirror(_ADJECTIVES)})\s{{1,3}})?(?P<type>{_mirror(tuple(type_words()))})(?![^\W\d_{_MARKS}])",
    re.VERBOSE,
)
_SO_BACK_RE = re.compile(
    rf"\s{{0,3}}[“\"'(]?\s{{0,2}}[.:]?\s{{0,2}}[:.]?\s{{0,2}}[{_MARKS}]{{0,4}}ốs(?![^\W\d_{_MARKS}])", re.VERBOSE
)
_NOT_BACK_RE = re.compile(rf"\s{{0,3}}[“\"'(:]?\s{{0,2}}(?:{_mirror(lookalike_heads())})(?![^\W\d_{_MARKS}])")
_PLURAL_RE = re.compile(r"(?:[Cc]ác|[Nn]hững|[Mm]ột số|[Hh]ai|[Bb]a|0\d|\d\d)\s{1,2}(?:loại\s)?$")
_URL_RE = re.compile(r"(?:https?://|www\.|\.vn/|\.com/|\.aspx)\S*$")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a number.

    `start` is where the mention begins (the type word, else the number); `word` the range of the type word;
    `type` its name in the vocabulary; `numbered` says that ``số`` stands there; `issuer` is a body named between;
    `plural` says that the word heads a list (``các Nghị định``); `name` is the range of a law's name in between;
    `form` says that the number is a form's.
    """

    start: int
    word: tuple[int, int] | None = None
    type: str | None = None
    numbered: bool = False
    issuer: IssuerPart | None = None
    plural: bool = False
    name: tuple[int, int] | None = None
    form: bool = False


#: ``biểu mẫu báo cáo số``: a form, not a document.
_FORM_RE = re.compile(r"(?:[Bb]iểu|[Mm]ẫu)[ \n]{1,2}(?:biểu[ \n])?$")


def read_head(text: str, at: int, floor: int) -> Head:
    """The words before a number that begins at `at`, not reading back beyond `floor`."""
    window = text[max(floor, at - BACK_WINDOW) : at]
    lower = window.lower()
    back = (lower if len(lower) == len(window) else window)[::-1]
    found = _TYPE_BACK_RE.match(back)
    if found and _FORM_RE.search(text, max(floor, at - found.end("type") - 12), at - found.end("type")):
        return Head(at, numbered=False, form=True)
    if found:
        start, end = at - found.end("type"), at - found.start("type")
        word = text[start:end]
        if word.lower() not in _SHORTS_LOWER or word in _SHORT_WORDS:
            plural = _PLURAL_RE.search(text, max(floor, start - 12), start) is not None
            return Head(start, (start, end), type_of_word(word), found["so"] is not None, None, plural)
    so = _SO_BACK_RE.match(back)
    return Head(at, numbered=so is not None)


_SHORTS_LOWER = frozenset(short.lower() for short in _SHORT_WORDS)


#: Types that are often told apart by a few words before ``số``.
_QUALIFIED = (
    "Báo cáo",
    "Kế hoạch",
    "Chương trình",
    "Thông báo",
    "Hướng dẫn",
    "Biên bản",
    "Tờ trình",
    "Quyết định",
    "Nghị quyết",
    "Công văn",
)


def read_distant_head(text: str, at: int, floor: int, lawlike: bool) -> Head | None:
    """A type word with a body, a name or a few words between it and the number.

    ``các Nghị định của Chính phủ: số``, ``Luật Đất đai số``, ``Báo cáo thẩm tra số``; `lawlike` says that the
    number is a law's.
    """
    low = max(floor, at - 240)
    tail = _TAIL_RE.search(text, max(low, at - 16), at)
    end = tail.start() if tail else at
    of = text.rfind(" của ", max(low, at - 130), end)
    if of >= 0:
        issuer = match_issuer(text, of + 5)
        if issuer and text[issuer.end : end].strip(" \n,:(").replace("ban hành", "") == "":
            head = read_head(text, of, low)
            if head.word and head.word[1] == of:
                # The head of a list stands apart from its members: "các Nghị định của Chính phủ: số …".
                begin = at if head.plural else head.start
                return Head(begin, head.word, head.type, True, issuer, head.plural)
    return _read_law(text, end, max(floor, at - _LONGEST_LAW)) if lawlike else _read_qualified(text, end, low)


_QUALIFIED_RE = re.compile(
    rf"(?<![^\W\d_])(?P<type>{'|'.join(sorted(map(re.escape, _QUALIFIED), key=len, reverse=True))})"
    rf"(?:,?[ \n](?!(?:của|số|tại|theo|và|này|trên|nêu|đã|được|ngày|năm|do)[ \n])[{LOWER}]+){{1,9}}$"
)


def _read_qualified(text: str, end: int, low: int) -> Head | None:
    """``Báo cáo thẩm tra số``, ``Kế hoạch tổng thể số``: words that say what kind of report or plan it is."""
    found = _QUALIFIED_RE.search(text, max(low, end - 80), end)
    if found is None:
        return None
    return Head(found.start(), found.span("type"), type_of_word(found["type"]), True)


#: An amending law may name ten others before its number.
_LONGEST_LAW = 700
_TAIL_RE = re.compile(r"[ \n]*[:,(]?[ \n]*(?:(?:số|SỐ)[ ]?:?[ \n]*)?$")
_LAW_RE = re.compile(
    r"(?<![^\W\d_])(?P<type>Bộ [Ll]uật|Luật|Pháp lệnh|Lệnh|BỘ LUẬT|LUẬT"
    r"|PHÁP LỆNH)[ \n](?=[^\W\d_])(?P<amending>[Ss]ửa đổi|SỬA ĐỔI)?"
)
#: A sentence or another document ends the search for the law's name.
_BARRIER_RE = re.compile(
    rf"[;“”]|(?<!Luật)(?<!Luật )(?<!lệnh)\n(?![{LOWER}])|\.\s|\d/|:\s|(?<![^\W\d_])(?:này|được ban hành"
    rf"|có hiệu lực|thay thế)(?![^\W\d_])"
)


def _read_law(text: str, end: int, low: int) -> Head | None:
    """The law whose name ends where ``số`` begins; of several names, the amending law that holds the others."""
    barrier = low
    for hit in _BARRIER_RE.finditer(text, low, end):
        barrier = hit.end()
    laws = list(_LAW_RE.finditer(text, barrier, end))
    if not laws:
        return None
    law = next((hit for hit in laws if hit["amending"]), laws[-1])
    plural = _PLURAL_RE.search(text, max(low, law.start() - 12), law.start()) is not None
    return Head(
        law.start(), law.span("type"), type_of_word(law["type"]), True, None, plural, (law.end("type") + 1, end)
    )


def is_lookalike(text: str, at: int) -> bool:
    """Whether the words before a number say that it numbers a form, a case, an account, or it stands in a URL."""
    back = text[max(0, at - 40) : at].lower()[::-1]
    return _NOT_BACK_RE.match(back) is not None or (
        ("/" in back or "." in back) and _URL_RE.search(text[max(0, at - 200) : at]) is not None
    )


#: Short ways to name a norm: ``Thông tư 99``, ``Nghị định 320``, ``Thông tư số 01 ngày 2-3-1985``.
BARE_RE = re.compile(
    r"(?<![^\W\d_])(?P<type>Nghị định|Nghị quyết|Thông tư|Chỉ thị|Quy định|Kết luận"
    r"|Quyết định|Công văn|Tờ trình|Báo cáo|Kế hoạch|Thông báo|Công điện|Văn bản)[ ](?P<so>số[ ])?"
    r"(?P<num>[0-9]{1,4})"
    r"(?:(?=,?[ ]ngày[ ][0-9]{1,2}[/ -]|[ ]năm[ ](?:19|20)[0-9]{2})|(?<=[0-9])(?=[,;.)”\"]?(?:[ \n]"
    r"|$))(?![,.][0-9]))"
)
#: After a bare number these words make it a count: "Quyết định 05 nội dung".
_COUNT_RE = re.compile(
    r"[ \n](?!(?:của|và|về|được|đã|này|thì|có|là|cũng|quy định|ngày|năm|hoặc|ban hành|nêu|do|để|theo"
    r"|chưa)(?![^\W\d_]))[^\W\d_]"
)
_COMMON_NORMS = frozenset(("Nghị định", "Nghị quyết", "Thông tư", "Chỉ thị"))


#: Papers of every office are told by ``số`` and the day: ``Công văn số 345 ngày 02/3/2035 của Sở Tài chính``.
_PAPERS = ("Công văn", "Tờ trình", "Báo cáo", "Kế hoạch", "Thông báo", "Công điện", "Văn bản")
_BARE_TYPES = tuple(
    f"{name} "
    for name in ("Nghị định", "Nghị quyết", "Thông tư", "Chỉ thị", "Quy định", "Kết luận", "Quyết định", *_PAPERS)
)


def find_bare_numbers(text: str) -> list[re.Match[str]]:
    """The matches of `BARE_RE` that are documents, in reading order."""
    hits = (BARE_RE.match(text, at) for at in occurrences(text, _BARE_TYPES))
    return [hit for hit in hits if hit and is_bare_number(text, hit)]


def is_bare_number(text: str, found: re.Match[str]) -> bool:
    """Whether a match of `BARE_RE` is a document: a date follows, or a norm and no counted thing."""
    dated = re.match(r",?[ ](?:(ngày)[ ]\d|năm[ ]\d{4})", text[found.end() : found.end() + 12])
    if found["type"] in _PAPERS:
        return dated is not None and dated[1] is not None and found["so"] is not None
    if dated:
        return True
    if len(found["num"]) == 4 and found["num"][:2] in ("19", "20"):
        return False
    return found["type"] in _COMMON_NORMS and not _COUNT_RE.match(text, found.end())


@lru_cache(maxsize=1)
def norm_words() -> frozenset[str]:
    """Types that are cited by number and year alone (``Nghị định 130/2020``)."""
    names = (
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Nghị quyết",
        "Quyết định",
        "Chỉ thị",
        "Luật",
        "Pháp lệnh",
        "Quy định",
        "Kết luận",
    )
    return frozenset(names)
