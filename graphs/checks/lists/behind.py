"""FIG in lists: a count and the things told right behind it, read in the forms that sound papers keep to.

In a bracket, behind a colon, "gồm" or "là", or by their names alone: ``ba xã A, B và C``. What one cannot be sure
of says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.lists.itemised import MEASURED_RE
from graphs.checks.lists.pieces import pieces
from graphs.checks.lists.things import things_told
from graphs.checks.reading.body_names import as_one_name
from graphs.checks.reading.brackets import closing_of
from graphs.checks.reading.counted import COUNT_WORDS, read_count
from graphs.checks.reading.forms import CAPITAL
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, Span
from kb.text.sentences import SENTENCE_END_RE

#: What the word for five counts: before other words it is a year.
_FIVE = (
    r"nội dung|nhiệm vụ|nhóm|giải pháp|chỉ tiêu|chỉ số|mục tiêu|đơn vị|xã|phường|huyện|tỉnh|thôn|sở|hồ|trạm|tuyến"
    r"|hạn chế|tồn tại|nguyên nhân|lĩnh vực|trường|dự án|công trình|địa phương|địa bàn|loại|khoản|sản phẩm|bài học"
)
_COUNT_RE = re.compile(
    rf"(?<![\w.,/+-])(?:(?P<digits>0?[2-9]|[1-4]\d)(?:/(?P<of>\d{{1,3}}))?|(?P<word>(?i:{COUNT_WORDS})"
    rf"|[Nn]ăm(?=\s+(?:{_FIVE})\b)))\s+(?=[a-zà-ỹđ])"
)
#: Words behind which a number is one of a series, a part of a name, or no exact count.
_NO_COUNT_RE = re.compile(
    r"\b(?:thứ|số|tháng|quý|năm|mục|điểm|khoản|điều|cột|bảng|biểu|chương|phần|lần|mức|giai đoạn|ngõ|phố|mũi"
    r"|ít nhất|tối thiểu|tối đa|không quá|không dưới|ngoài|trên|hơn|dưới|gần|khoảng|mỗi|hoặc|từ|đến|thêm|ngày"
    r"|một trong)\s*$",
    re.IGNORECASE,
)
#: Numbers in the words of what is counted that count nothing: levels, times, numbers of papers.
_LEVEL_RE = re.compile(
    r"\d[\d.,]*\s?%|\bnăm (?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?|\b\d{1,2} tháng\b"
    r"|\btháng \d{1,2}(?:/\d{4})?\b"
    r"|\bquý [IV\d]+\b|\bsố \d+[/-][\w./-]+|\bngày \d{1,2}/\d{1,2}/\d{4}|\b(?:cấp độ|mức độ|hạng|loại) \d\b"
)
_PLACE = r"(?:xã|phường|huyện|thị xã|thị trấn|thành phố|quận|sở|ban|ngành|thôn|bản|tỉnh)"
_PLACES_RE = re.compile(rf"\b{_PLACE}(?:, {_PLACE})+\b")
#: Words of a noun that make the list one of something else.
_OTHER_RE = re.compile(
    r"\b(?:hoặc|phối hợp|tuổi|trong số|một trong|và các|mỗi|từng|lần lượt|trừ|như|phải|đối với|là|cả|nhằm"
    rf"|bình quân|theo)\b|(?:,|\bvà|\bthì)\s+(?:{COUNT_WORDS})\s"
    r"|/|,\s*(?:trong đó|còn|riêng|nhiều|cao|thấp|lớn|tiếp|kế|đứng|dẫn|chủ yếu|tập trung)\b"
)
_BARE_RE = re.compile(
    r"(?:huyện|xã|phường|thị xã|thị trấn|tỉnh|thành phố|quận|đặc khu|thôn|bản|buôn|địa phương|địa bàn|đơn vị|sở"
    r"|hồ|trạm|khu vực|cảng|cửa khẩu|hạt kiểm lâm|chi cục|công ty|bệnh viện|trường|nước|quốc gia|tuyến|khu)"
    r"(?:\s(?!(?:thuộc|của|tại|ở|giáp|với|trong|trên|từ|do|và|là|như|đến|theo|mới|cùng)\b)[a-zà-ỹđ]+){0,2}\s+"
    rf"(?P<names>{CAPITAL})"
)
_PROPER = rf"{CAPITAL}[^\W\d_]*(?:[\s'’-]+{CAPITAL}[^\W\d_]*)*"
_LAST_RE = re.compile(rf"(?P<name>{_PROPER})(?P<more>.*)", re.DOTALL)
_OPEN_RE = re.compile(
    r"(?P<bracket>\()|(?P<word>,?\s(?:(?:bao )?gồm(?: có)?|đó là|cụ thể(?: là)?|(?P<be>là))\b(?:\s*:)?)"
    r"|(?P<colon>:)|(?P<stop>[.;](?!\d))"
)
#: "2 buổi/ngày"
PER_RE = re.compile(r"\s*[^\W\d_]+(?:\s[^\W\d_]+)?/(?!\d)")
_NOUN_RE = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?")
#: Entries of an account, not the parts of an article.
_ENTRIES_RE = re.compile(r"khoản\b(?!\s+\d)")
_BARE_WORDS, _NOUN_WORDS, _FAR, _AHEAD, _SHORT_CELL = 4, 16, 4, 160, 20


@dataclass(frozen=True, slots=True)
class Told:
    """A count with the range of its words, how many things are told behind it, and where these end."""

    count: int
    start: int
    end: int
    least: int
    most: int
    until: int

    @property
    def right(self) -> bool:
        """Whether the list may be read as so many things."""
        return self.least <= self.count <= self.most

    @property
    def listed(self) -> int:
        """The number of things nearest to the count."""
        return self.least if self.count < self.least else self.most

    @property
    def near(self) -> bool:
        """Whether count and list differ by few: far more or fewer things are of something else."""
        return abs(self.listed - self.count) <= max(1, self.count // _FAR)


def told_behind(text: str) -> Iterator[Told]:
    """The counts of a paragraph with what is told behind each, once each.

    >>> [
    ...     (one.count, one.least, one.most)
    ...     for one in told_behind("Còn 03 xã chưa đạt là Lương Sơn (71%), Ea Na (68%).")
    ... ]
    [(3, 2, 2)]
    >>> [(one.count, one.least, one.most) for one in told_behind("Hai hồ Núi Một và Định Bình đầy trên 80%.")]
    [(2, 2, 2)]
    """
    for count, found in _exact(text, 0, len(text)):
        told = _bare(text, found.end()) or _opened(text, found.end(), count)
        if told:
            least, most, end, until = told
            yield Told(count, found.start(), end, least, most, until)


def exact_counts(text: str, low: int, high: int) -> Iterator[tuple[int, int | None, int, int]]:
    """The counts of things between two places of a text, the wholes they are of, where each stands with its noun.

    >>> list(exact_counts("Trong quý có 5/6 chỉ tiêu đạt, 2 đơn vị chậm 3 tháng", 0, 52))
    [(5, 6, 13, 25), (2, None, 31, 39)]
    """
    levels = [one.span() for one in _LEVEL_RE.finditer(text, low, high)]
    for count, found in _exact(text, low, high):
        if not any(start <= found.start() < end for start, end in levels):
            noun = _NOUN_RE.match(text, found.end())
            yield (
                count,
                int(found["of"]) if found["of"] else None,
                found.start(),
                noun.end() if noun else found.end(),
            )


def _exact(text: str, low: int, high: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Counts of things, not measures nor numbers of a series, that are said exactly."""
    for found in _COUNT_RE.finditer(text, low, high):
        count = read_count(found["digits"] or found["word"])
        measured = MEASURED_RE.match(text, found.end()) and not _ENTRIES_RE.match(text, found.end())
        if count is None or measured or PER_RE.match(text, found.end()):
            continue
        if not _NO_COUNT_RE.search(text, max(0, found.start() - 20), found.start()):
            yield count, found


def _opened(text: str, low: int, count: int) -> tuple[int, int, int, int] | None:
    """What the first list behind a count tells: fewest and most things, the end of the noun and of the list."""
    ends = SENTENCE_END_RE.search(text, low)
    limit = ends.start() if ends else len(text)
    at = low
    while found := _OPEN_RE.search(text, at, min(limit, low + _AHEAD)):
        noun = text[low : found.start()].strip(" ,")
        if found["stop"] or not _is_clean(noun):
            return None
        until = closing_of(text, found.start(), True) if found["bracket"] else limit
        told = things_told(text[found.end() : until], noun, count, bool(found["bracket"]))
        if told:
            return *told, found.start(), until
        if found["colon"]:
            return None
        at = until if found["bracket"] else found.end()
    return None


def _is_clean(noun: str) -> bool:
    """Whether words behind a count are what it counts, and nothing else is counted among them."""
    words = _PLACES_RE.sub("xã", _LEVEL_RE.sub("", re.sub(r"\([^()]*\)?", "", noun)))
    return (
        not re.search(r"\d|;", words)
        and not _OTHER_RE.search(words)
        and 0 < len(words.split()) <= _NOUN_WORDS
        and words.count(",") <= 1
    )


def _bare(text: str, low: int) -> tuple[int, int, int, int] | None:
    """Names right behind what is counted: ``hai huyện Đakrông và Hướng Hóa``."""
    found = _BARE_RE.match(text, low)
    if not found:
        return None
    ends = re.compile(r"[.;:](?!\d)").search(text, found.start("names"))
    until = ends.start() if ends else len(text)
    told = pieces(as_one_name(text[found.start("names") : until]))
    names, joined = 0, False
    for at, one in enumerate(told):
        last = _LAST_RE.fullmatch(one.words)
        if not last:
            break
        names, joined = names + 1, joined or one.mark == "và"
        if last["more"].strip():
            # "Văn phòng Cục": the first word alone has a capital, and a name has few of them.
            if not joined and at < len(told) - 1 and len(one.words.split()) < _BARE_WORDS:
                continue
            break
        if one.mark == "và":
            break
    if names < 2 or not (joined or names > 2 or names == len(told)):
        return None
    return names, names, found.start("names"), until


def check_behind(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``có 3 đơn vị chưa đạt: A (92%), B (90%), C (88%)`` tells as many things as it says."""
    if subject.is_rule():
        return
    document = subject.document
    for block in document.blocks:
        text = document.block_text(block) if block.kind in (BlockKind.TEXT, BlockKind.NOTE) else ""
        start = block.view.start
        for told in _wrong(text, tally):
            span, list_ = (
                document.reading.hull(start + low, start + high)
                for low, high in ((told.start, told.end), (told.end, told.until))
            )
            yield differs(by, (span,), text[told.start : told.end], told.listed, (list_,), block.page)
    for row in (row for table in document.tables for row in table.rows):
        for cell in row.cells:
            text = " ".join((cell.text or "").split())
            for told in _wrong(text, tally) if len(text) > _SHORT_CELL and cell.spans else ():
                yield differs(by, cell.spans[:1], text[told.start : told.end], told.listed, (), row.page)


def _wrong(text: str, tally: Tally) -> Iterator[Told]:
    """The counts of a text that are not, but nearly, how many things are told behind them."""
    for told in told_behind(text):
        tally.held += told.right
        if not told.right and told.near:
            tally.failed += 1
            yield told


def differs(
    by: Rule, spans: tuple[Span, ...], words: str, listed: int, evidence: tuple[Span, ...], page: int | None
) -> Finding:
    """That some words count otherwise than what they list."""
    words = words.strip(" ,(:")
    return by.finding(
        spans,
        f"ghi {words}, nhưng liệt kê {listed}",
        f"{words} are stated, but {listed} are listed",
        stated=words.split()[0],
        expected=str(listed),
        evidence=evidence,
        suggestion=both("kiểm tra lại số lượng hoặc danh sách", "check the count or the list"),
        page=page,
    )
