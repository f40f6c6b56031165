"""Figures told one after another that may be the parts of one beside them.

In a bracket behind it, behind a colon, behind "trong đó", or before it where it closes them as their total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.brackets import closing_of
from graphs.checks.reading.prose import ANOTHER_RE, Stated
from kb.models import Figure

#: The same with the names before the numbers: "(cấp tỉnh 05, cấp huyện 09)".
_NAMED_GAP_RE = re.compile(r"[^\d(),;:%.]{0,20}?(?:,|;|\bvà\b|,\s*và\b)[^\d();:%.]{1,70}", re.IGNORECASE)
#: The number of one of a series, which is a name: "đợt 2: 15 đơn vị", "Đoàn số 3".
_ORDER_RE = re.compile(
    r"\b(?:số|đợt|tổ|đoàn|nhóm|khối|vòng|khu vực|tuyến|cụm|lần|kỳ)\s+\d{1,2}\b(?!\s+[^\W\d_]+,)\s*:?",
    re.IGNORECASE,
)
#: The year that a part is of, before its colon.
_OWN_YEAR_RE = re.compile(r"\bnăm\s+(?:19|20)\d\d\s*:")
#: The share of a part, in a bracket behind it.
_SHARE_RE = re.compile(r"\s*\(\s*(?:chiếm|bằng|tỷ lệ)?\s*\d[\d.,]*\s?%\s*\)")
_IS_NAME_RE = re.compile(r"\b(?:[Đđ]oàn|[Tt]ổ|[Nn]hóm|[Đđ]ội|[Cc]ụm) số\s+$")
_INTO_NAMES_RE = re.compile(r"[^\d.;:()]{0,60}\([^\d();:%.]{1,70}$", re.IGNORECASE)
_NO_PART_RE = re.compile(
    r"\b(?:(?<!hằng )(?<!hàng )năm|quý|tháng|so với|tăng|giảm|cùng kỳ|kế hoạch|đạt|trong đó|riêng|hơn|mỗi|từ)\b",
    re.IGNORECASE,
)
_INTO_BRACKET_RE = re.compile(r"[^\d.;:()]{0,60}\(\s*(?:còn|trong đó|có)?\s*$", re.IGNORECASE)
#: What a bracket of parts holds between its figures: a noun, then a comma, a semicolon or "và".
_PART_GAP_RE = re.compile(r"[^\d(),;:%.]{1,40}(?:,|;|\bvà\b|,\s*và\b)\s*", re.IGNORECASE)
_PART_END_RE = re.compile(r"[^\d(),;:%.]{1,40}$", re.IGNORECASE)
_COLON_RE = re.compile(r"[^\d.;:()]{2,90}:\s*[^\d.;:(),]{0,50}$")
#: Between two counts of a list behind a colon: one name, one mark.
_ITEM_GAP_RE = re.compile(r"[^\d(),;:%.]{0,60}(?:,|;|\bvà\b)[^\d();:%.]{0,60}", re.IGNORECASE)
_OF_WHICH_RE = re.compile(r"(?:[^.;\d]{0,90}?|[^.;\d]{0,60};\s*)\b[Tt]rong đó\b(?:\s+có)?\s*:?[^.;\d]{0,60}$")
#: What leads to by how much a whole changed, or to the rate of that.
_ASIDE_RE = re.compile(
    r"^(?:[^.;:()\d]{0,60},\s*(?:đã\s+)?(?:tăng|giảm|vượt)(?:\s+(?:thêm|được|là))?\s*|[^.;:()\d]{0,20}\(\s*)$",
    re.IGNORECASE,
)
_SINCE_RE = re.compile(r"so với\s+(?:cuối\s+|đầu\s+|cùng kỳ\s+)?năm\s+\d{4}")
#: What closes parts as their total: with words of its own between where these words are sure, or the unit again.
_CLOSES_RE = re.compile(
    r"[,;(.]\s*(?:(?:tổng cộng|cộng(?!\s+(?:dồn|với|đồng|tác|hòa)\b)|chung|tất cả|cả thảy)"
    r"(?:[^.,;:()\d]{0,12}\s(?:0?\d|10)\s+[^\W\d_]+)?(?:\s+[^\W\d_]+){0,5}|(?P<year>cả năm)(?:\s+là)?"
    r"|tổng(?!\s+cộng)(?:\s+(?:số|các [^\W\d_]+))?(?P<of>\s+[^.,;:()\d]{2,40}?)??(?:\s+(?:là|được))?)\s*:?\s*$",
    re.IGNORECASE,
)
_CLOSING, _QUARTERS, _LONGEST_NAME = 70, 4, 20
#: When a part is of, in a list; what a number is that the parts begin from, or are of.
_WHEN_RE = re.compile(
    r"\b(?:năm\s+(?:19|20)\d\d|quý\s+(?:[IVX]+|[1-4])\b|(?:tháng|đợt)\s+\d{1,2}\b)\s*:?", re.IGNORECASE
)
_NOT_PART_RE = re.compile(r"\b(?:từ|trong|trên|so với|tổng số|tổng)\s+$", re.IGNORECASE)
_OPENS_RE = re.compile(
    r"\b(?:trong đó|gồm|cụ thể|riêng|đạt|kế hoạch|để|nhằm|so với|trước|sau khi|còn lại|trong khi|giảm|tăng)\b",
    re.IGNORECASE,
)
#: What was done with all of it, behind its parts: "…; đã giải ngân 70 tỷ đồng".
_DONE_RE = re.compile(r";\s*(?:đã|đến (?:nay|hết|ngày)|hiện|lũy kế|luỹ kế)\b", re.IGNORECASE)
#: The year that a part is of: "trong đó năm 2025 là 300, năm 2026 là 900".
_YEAR_RE = re.compile(r"\bnăm (?:19|20)\d\d(?:\s+(?:là|có|cần|đạt))?")


def counts_things(figure: Figure) -> bool:
    """Whether a figure counts things exactly: no share, no ratio, nothing vague."""
    return figure.unit != "%" and not figure.of and not figure.bound


def bracketed(where: Stated, at: int) -> tuple[Figure, ...]:
    """The figures of a bracket right behind a figure that holds nothing but counts of things."""
    whole, rest = where.figures[at], where.figures[at + 1 :]
    if not rest:
        return ()
    gap = _SINCE_RE.sub("", where.between(whole, rest[0]))
    if "(" not in gap:
        return ()
    closing = closing_of(where.text, where.end(whole), True)
    inside = [figure for figure in rest if where.end(figure) <= closing and not _is_aside(where, rest[0], figure)]
    between = [_unnumbered(where.between(one, other)) for one, other in pairwise(inside)]
    gap = _unnumbered(gap)
    if not _INTO_BRACKET_RE.fullmatch(gap):
        named = _INTO_NAMES_RE.fullmatch(gap) and all(_NAMED_GAP_RE.fullmatch(words) for words in between)
        told = [gap.rpartition("(")[2], *between]
        plain = named and all(map(counts_things, inside)) and not any(map(_NO_PART_RE.search, told))
        tail = _SHARE_RE.sub("", where.text[where.end(inside[-1]) : closing]).strip() if inside else ""
        ends = inside and tail in ("", inside[-1].unit)
        units = {figure.unit for figure in inside}
        return tuple(inside) if plain and ends and units <= {None, whole.unit} else ()
    tidy = all(_PART_GAP_RE.fullmatch(words) for words in between) and all(map(counts_things, inside))
    tail = _SHARE_RE.sub("", where.text[where.end(inside[-1]) : closing]) if inside else ""
    ends = bool(inside) and bool(_PART_END_RE.fullmatch(tail))
    return tuple(inside) if tidy and ends else ()


def behind_colon(where: Stated, at: int) -> tuple[Figure, ...]:
    """The figures of a sentence behind a colon that counts one thing after another; none where it tells more."""
    whole = where.figures[at]
    rest = [one for one in where.figures[at + 1 :] if not _is_name(where, one)]
    if not rest or not whole.unit or not _COLON_RE.fullmatch(_unnumbered(where.between(whole, rest[0]))):
        return ()
    limit = where.sentence_end(where.end(whole))
    first = where.text.find(";", where.end(rest[0]), limit)
    several = first > 0 and sum(where.end(figure) <= first for figure in rest) > 2
    limit = first if several else limit
    found = [figure for figure in rest if where.end(figure) <= limit]
    in_order = tidy(where, found)
    tail = where.text[where.end(found[-1]) : limit] if found else ""
    counted = all(counts_things(figure) and Decimal(figure.value) < Decimal(whole.value) for figure in found)
    return tuple(found) if len(found) > 2 and in_order and counted and _PART_END_RE.fullmatch(tail + " ") else ()


def closed_by(where: Stated, at: int) -> tuple[Figure, ...]:
    """The counts of one thing after another that a total closes: ``A 64, B 28, tổng là 92``.

    They stand behind a colon, or are all of the unit of the total.
    """
    whole = where.figures[at]
    start = where.start(whole)
    low = max(0, start - _CLOSING)
    closed = _CLOSES_RE.search(where.text, low, start)
    if closed is None or (closed["of"] and not closed["of"].strip().lower().startswith(whole.unit or "?")):
        return ()
    before = [figure for figure in where.figures[:at] if where.end(figure) <= closed.start()]
    opened = where.text.rfind(":", 0, closed.start())
    found = [figure for figure in before if where.start(figure) > opened >= 0]
    first = where.text[opened + 1 : where.start(found[0])] if found else "."
    if (
        len(found) >= 3
        and all(map(counts_things, found))
        and not re.search(r"[.;\d]", first)
        and tidy(where, found)
    ):
        return tuple(found)
    found = []
    # A number that is no figure may be a part too.
    if before and re.search(r"[\d.]", _WHEN_RE.sub(" ", where.text[where.end(before[-1]) : closed.start()])):
        return ()
    for figure in reversed(before):
        if not counts_things(figure) or not figure.unit or figure.unit != whole.unit:
            break
        words = _WHEN_RE.sub(" ", where.between(figure, found[0])) if found else ""
        if found and (not _ITEM_GAP_RE.fullmatch(words) or _OPENS_RE.search(words)):
            break
        if _NOT_PART_RE.search(where.text, 0, where.start(figure)):
            break
        found.insert(0, figure)
    for some in range(len(found) - 1):  # what stands before the parts may count alike
        if sum(Decimal(part.value) for part in found[some:]) == Decimal(whole.value):
            return tuple(found[some:])
    return tuple(found) if len(found) > (_QUARTERS - 1 if closed["year"] else 1) else ()


def _is_name(where: Stated, figure: Figure) -> bool:
    """Whether a number is that of a group that it names."""
    start = where.start(figure)
    return _IS_NAME_RE.search(where.text, max(0, start - _LONGEST_NAME), start) is not None


def _unnumbered(words: str) -> str:
    """Words without the numbers that belong to names."""
    return _ORDER_RE.sub("", _OWN_YEAR_RE.sub("", _SHARE_RE.sub("", words)))


def _is_aside(where: Stated, first: Figure, figure: Figure) -> bool:
    """Whether a share stands in a bracket of its own behind a part."""
    words = where.text[where.end(first) : where.start(figure)]
    return figure.unit == "%" and words.count("(") > words.count(")")


def _lists(words: str) -> bool:
    return bool(_ITEM_GAP_RE.fullmatch(words)) and not ANOTHER_RE.search(words)


def tidy(where: Stated, found: Sequence[Figure]) -> bool:
    """Whether figures are told one after another, each with a name."""
    gaps = [_unnumbered(where.between(one, other)) for one, other in pairwise(found)]
    return all(map(_lists, gaps))


def of_which(where: Stated, at: int) -> tuple[Figure, ...]:
    """The figures that "trong đó" lists behind a figure, up to the end of the sentence or bracket."""
    whole, rest = where.figures[at], where.figures[at + 1 :]
    last = whole
    # "340 dự án, 6.055 ha, trong đó: … 131 dự án": how large the things are may stand between.
    if len(rest) > 1 and rest[0].unit != whole.unit == rest[1].unit and rest[0].unit != "%":
        last = rest[0] if re.fullmatch(r"[^.;:()\d]{0,40},\s*", where.between(whole, rest[0])) else whole
        rest = rest[1:] if last is not whole else rest
    # "162 tỷ đồng, tăng 14 tỷ đồng (9%) so với năm 2024; trong đó …": by how much the whole changed, too.
    while rest and last is not rest[0] and _ASIDE_RE.search(where.between(last, rest[0])):
        last, rest = rest[0], rest[1:]
    words = _YEAR_RE.sub("", where.between(last, rest[0])) if rest else ""
    if not rest or not (opened := _OF_WHICH_RE.fullmatch(words)):
        return ()
    limit = where.sentence_end(where.end(whole))
    if "(" in opened.group():
        limit = min(limit, closing_of(where.text, where.end(whole), True))
    found: list[Figure] = []
    for figure in rest:
        words = where.text[where.end(found[-1]) if found else where.start(figure) : where.start(figure)]
        if where.end(figure) > limit or figure.bound or ANOTHER_RE.search(words):
            break
        if ";" in words and (_DONE_RE.search(words) or _beside(where, at, figure)):
            break
        if figure.unit == "%" or figure.of:
            continue  # how much of its plan a part reached
        if not _deeper(where, where.start(rest[0]), figure):
            found.append(figure)
    return tuple(found)


def _beside(where: Stated, at: int, figure: Figure) -> bool:
    """Whether a figure stands beside a whole, not in it: the two make one told before them.

    ``nhận 24.615 hồ sơ, giải quyết 24.180 hồ sơ, trong đó đúng hạn 23.938 hồ sơ; 435 hồ sơ đang giải quyết``.
    """
    both_ = Decimal(where.figures[at].value) + Decimal(figure.value)
    return any(Decimal(one.value) == both_ and one.unit == figure.unit for one in where.figures[:at])


def _deeper(where: Stated, low: int, figure: Figure) -> bool:
    before = where.text[low : where.start(figure)]
    return before.count("(") > before.count(")")
