"""Schemes, programmes and strategies mentioned by name, and resolutions of party congresses.

A name counts when the text makes it a definite one: a quoted title, a period (giai đoạn 2021-2025), a horizon
(đến năm 2030), or a name of the table. A capitalised ``Đề án`` or ``Chương trình`` with a title of its own
counts too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from ingest.citations.dates import read_date
from ingest.citations.issuers import read_issuer
from ingest.citations.laws import Name
from ingest.citations.letters import NO_LETTER, UPPER
from kb.kept_patterns import patterns_kept
from kb.vocabulary.abbreviations import either_form

_SCHEME_RE = re.compile(
    r"(?:Đề án|Chương trình(?: hành động)?|CHƯƠNG TRÌNH(?=[ \n]+MỤC TIÊU)|CTMTQG|Chiến lược"
    r"|Kế hoạch(?: hành động)?|Quy hoạch)[ \n]+(?=[^\W_]|[“\"*])"
)
#: Working papers of every office: only with a title in quotes.
_QUOTED_ONLY = ("Kế hoạch",)
#: Told by any title of their own; the others need quotes, a period or the table.
_BY_TITLE = ("Đề án", "Chương trình", "Chiến lược")
_QUOTED_RE = re.compile(r"\*?(?:“[^”\n]{8,260}”|\"[^\"\n]{8,260}\")")
_YEARS = r"(?:20|19)\d\d\s*[-–—]\s*(?:20|19)\d\d"
#: The period or horizon that makes a scheme's name definite.
_PERIOD_RE = re.compile(
    rf",?\s*(?:(?:giai đoạn|\d{{1,2}} năm)\s+{_YEARS}|(?:đến|từ nay đến) (?:hết )?năm (?:20|19)\d\d"
    rf"|thời kỳ\s+{_YEARS}|nhiệm kỳ\s+{_YEARS}|các năm {_YEARS}|(?<=[^\W\d_] )năm 20\d\d(?: và (?:năm )?20\d\d)?)"
    r"(?:,?\s*(?:và\s+)?(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?(?:20)\d\d)?"
)
#: A name ends before these; a short bracket may stand in it.
_BREAK_RE = re.compile(r"[.;:“”\"\n)]|\((?![^()\n]{2,40}\)[ ])")
_LONGEST_NAME = 320
_HORIZON_RE = re.compile(
    rf"\s*,?\s*(?:(?:giai đoạn|thời kỳ)\s+{_YEARS}|(?:đến|từ nay đến) (?:hết )?năm 20\d\d"
    r"|(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?20\d\d)"
    r"(?:,?\s*(?:và\s+)?(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?20\d\d)?"
)
#: What is still to be written is no document yet: ``xây dựng Đề án …``.
_UNMADE_RE = re.compile(
    r"(?:xây dựng|nghiên cứu|lập|tổ chức|trình|thẩm định|hồ sơ|các|một|những|mỗi|mọi|soạn thảo|hoàn thiện)"
    r"(?:[ \n]và[ \n](?:tổ chức[ \n])?triển khai)?[ \n:]+$",
    re.IGNORECASE,
)
#: Words that belong to a sentence, not to a scheme's name.
_SENTENCE_WORD_RE = re.compile(
    r"(?<![^\W\d_])(?:đã|sẽ|được|là|nhằm|do đó|theo|trong đó|ban hành|triển khai thực hiện|số \d|này|ngày \d"
    r"|nêu trên|của Chính phủ|của Thủ tướng|đạt|so với|Quyết định|Nghị quyết|Thông tư|Nghị định|Luật"
    rf"|phê duyệt|tại Quyết định|kèm theo){NO_LETTER}|\d+/\d"
)
#: After the type word these begin no title: ``Đề án của``, ``Chương trình này`` ...
_NO_TITLE_RE = re.compile(
    r"(?:của|này|trên|đó|nêu|nói|số|được|đã|là|và|hoặc|có|thì|sau|khác|mới|phải|do|theo|cho|để|cần|cụ thể|chi tiết"
    r"|tại|trong|với|đến|khi|về việc|đang|sẽ|chưa|còn|không|gồm|nhằm|các|những|hành động|công tác|làm việc"
    r"|kiểm tra"
    r"|họp|tốt nghiệp|vị trí|tuyển sinh|về|kịp thời|bảo đảm|đảm bảo|chuyên viên|tổng thể|hằng năm|hàng năm"
    r"|thời sự|giáo dục|đào tạo|phối hợp|liên|gửi|đạt|vượt|hoàn thành|giải ngân|ước|chiếm|trên địa bàn"
    r"|trình|thuộc|bao|như|đề|tiếp|thành|sớm|trước|nay|vào|rất|bị|từ"
    rf"|riêng|nhánh|khung|\d){NO_LETTER}"
)
_TITLE_RE = re.compile(r"(?:[^.;:“”\"\n()]|\([A-ZĐ]{2,10}\)){12,220}")
#: Where a title without period ends: a clause, another document, the verb of the sentence.
_TITLE_END_RE = re.compile(
    rf",\s(?=[{UPPER}])|[ \n]và[ \n](?=các[ \n])"
    r"|,\s(?=(?:[Đđ]ề án|[Cc]hương trình|[Cc]hiến lược|[Kk]ế hoạch|[Qq]uy hoạch|[Nn]ghị|[Qq]uyết định|[Tt]hông tư"
    r"|[Cc]hỉ thị|[Cc]ông văn|[Ll]uật|UBND|Ủy ban|Sở|Bộ|tỉnh|góp phần|nhằm|đã|đảm bảo|bảo đảm|trong đó|qua đó|theo"
    r"|hoàn thành|bám sát|triển khai|thực hiện|phục vụ|ưu tiên|trình"
    r"|đồng thời|tập trung|để|là|hiện|đến nay|giao|đề xuất|tham mưu|với)(?![^\W\d_¹²³⁰⁴-⁹]))"
    r"|[ \n](?=(?:và|của)[ \n](?:các[ \n])?(?:Đề án|Chương trình|Chiến lược|Kế hoạch|Nghị|Quyết định|Thông tư"
    r"|Chỉ thị"
    r"|Luật|Chính phủ|Thủ tướng|Quốc hội|UBND|Ủy ban|Bộ|tỉnh|Trung ương))"
    r"|[ \n](?=(?:hay còn gọi|ưu tiên triển khai|trình Thủ|trình Chính|theo|tại|được|đã|sẽ|là|nhằm|do|đang|để"
    r"|gắn với|phải|cần|chỉ|đạt|ban hành|kèm theo|khi|thì|trước đây|nay|sớm|thành"
    r"|đến hết|bằng"
    r"|với số|có hiệu)(?![^\W\d_¹²³⁰⁴-⁹]))|[¹²³⁰⁴-⁹]|\s\d+/\d"
)
#: What a scheme is given is no part of its name: ``Chương trình … nước sạch 42.300 triệu đồng``.
_GIVEN_RE = re.compile(r"[ \n]\d{1,3}(?:(?:\.\d{3})+(?!\d)|,\d|[ ](?:nghìn|triệu|tỷ|tỉ)[ ])")
_CONGRESS_RE = re.compile(
    rf"Nghị quyết (?:của )?Đại hội (?:(?:đại biểu |Đảng bộ |toàn quốc |Đảng |các |cấp )[^.;:,()\n]{{0,80}}?)?"
    rf"(?:lần thứ )?(?:[IVX]{{1,7}}|thứ \w+){NO_LETTER}(?:(?:[ ]của)? Đảng(?: bộ tỉnh"
    rf"| Cộng sản Việt Nam)?{NO_LETTER})?"
)
#: Schemes known by a figure: ``Đề án 06``; they are short names.
NICKNAME_RE = re.compile(
    r"(?:Đề án|Chương trình|Dự án)[ ](?P<figure>\d{2,4}[a-z]?)(?![\d/]|[.,\-–]\d|%|[^\W\d_¹²³⁰⁴-⁹])"
    r"(?![ ](?:đề án|chương trình|dự án|nội dung|tỉnh|xã|người|ngày|tháng|năm|tỷ|triệu|nhiệm vụ|mục|chỉ|hộ"
    r"|công|cơ))"
)


def find_schemes(text: str) -> Iterator[Name]:
    """The schemes and programmes that a text mentions by name, in reading order.

    >>> text = "thực hiện Đề án “Nâng cao năng lực pháp chế” và Chương trình khuyến công giai đoạn 2021 - 2025"
    >>> [text[name.start : name.end] for name in find_schemes(text)]
    ['Đề án “Nâng cao năng lực pháp chế”', 'Chương trình khuyến công giai đoạn 2021 - 2025']
    """
    floor = 0
    for head in _SCHEME_RE.finditer(text):
        start = head.start()
        if start < floor or (start and text[start - 1].isalpha()):
            continue
        kind = " ".join(head.group().split())
        if kind.isupper():  # a heading in capitals, or letters for the word: only a name of the table
            known = _known_schemes().match(text, start)
            if known:
                floor = known.end()
                yield Name(start, floor, floor, "Chương trình")
            continue
        end, definite = _scheme_end(text, start, head.end(), kind)
        if end is None or (not definite and _UNMADE_RE.search(text, max(0, start - 30), start)):
            continue
        floor = end
        date = read_date(text, end)
        reach = date.end if date else end
        issuer = read_issuer(text, reach)
        reach = issuer.end if issuer else reach
        if issuer and date is None and (date := read_date(text, reach)):
            reach = date.end
        yield Name(start, end, reach, kind, date, issuer.name if issuer else None, definite)
    for found in _CONGRESS_RE.finditer(text):
        yield Name(found.start(), found.end(), found.end(), "Nghị quyết")


def _scheme_end(text: str, start: int, at: int, kind: str) -> tuple[int | None, bool]:
    """Where a scheme's name ends, and whether something makes it certain; None when there is no name."""
    quoted = _QUOTED_RE.match(text, at)
    if quoted is not None:
        horizon = _HORIZON_RE.match(text, quoted.end())
        return (horizon.end() if horizon else quoted.end()), True
    if text[at] in '“"*':
        return None, False
    known = _known_schemes().match(text, start)
    if kind in _QUOTED_ONLY:
        return (known.end(), True) if known else (None, False)
    if known is not None:
        horizon = _HORIZON_RE.match(text, known.end())
        return (horizon.end() if horizon else known.end()), True
    period = _period_end(text, at)
    if period is not None:
        return period, True
    national = text.startswith("mục tiêu quốc gia", at)
    return (_title_end(text, at, kind), national) if kind in _BY_TITLE else (None, False)


def _period_end(text: str, at: int) -> int | None:
    """Where the period of a name that begins at `at` ends; None when no period closes the name."""
    limit = min(len(text), at + _LONGEST_NAME)
    period = _PERIOD_RE.search(text, at + 3, limit)
    if period is None:
        return None
    words = text[at : period.start()]
    if any(_closes(words, found) for found in _BREAK_RE.finditer(words)):
        return None
    plain = re.sub(r"\([^()]*\)", "", words)
    return None if _SENTENCE_WORD_RE.search(plain) or _other(plain) else period.end()


def _closes(words: str, found: re.Match[str]) -> bool:
    """Whether a sign ends a name: all but the closing sign of a short bracket in it."""
    return found.group() != ")" or "(" not in words[: found.start()]


def _other(words: str) -> bool:
    """Whether another scheme begins in the words, so that the period is its own."""
    return any(found.start() for found in _SCHEME_RE.finditer(words))


def _title_end(text: str, at: int, kind: str) -> int | None:
    if _NO_TITLE_RE.match(text, at) or (kind == "Chương trình" and text[at].isupper()):
        return None
    found = _TITLE_RE.match(text, at)
    if found is None:
        return None
    end = _TITLE_END_RE.search(text, at + 8, found.end())
    stop = end.start() if end else found.end()
    given = _GIVEN_RE.search(text, at, stop + len(".000"))
    stop = min(stop, given.start()) if given else stop
    words = text[at:stop].split()
    return at + len(text[at:stop].rstrip(" ,")) if len(words) >= 4 else None


@lru_cache(maxsize=1)
@patterns_kept()
def _known_schemes() -> re.Pattern[str]:
    """The names of the table without their period, what has an abbreviation in official papers in either form."""
    table = files("kb.vocabulary").joinpath("data/schemes.csv").read_text(encoding="utf-8")
    names = {re.sub(r" giai đoạn .*$", "", row["name"]) for row in csv.DictReader(table.splitlines())}
    longest = sorted(sorted(names), key=len, reverse=True)
    patterns = [either_form(name) for name in longest if not name[-1].isdigit()]
    return re.compile("(?:" + "|".join(patterns) + ")", re.IGNORECASE)
