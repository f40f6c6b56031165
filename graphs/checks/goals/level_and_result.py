"""Levels that sentences and items set, and the numbers that may be their results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.reading.forms import AT_LEAST, AT_MOST, SIGN, WORDS, Signs
from graphs.checks.reading.moved import head, scaled
from kb.models import Figure
from kb.text.items import list_style

WHAT = r"(?:nhiệm vụ|chỉ tiêu|mục tiêu|kế hoạch|yêu cầu|nội dung|dự toán)"
SET = r"(?:\s+(?:được\s+)?(?:đề ra|đặt ra|đã giao|giao|phê duyệt|yêu cầu|năm(?:\s+(?:19|20)\d\d)?|cả năm))*"
#: A plan as what was reached is held against it.
PLAN = (
    rf"(?:(?:mức|ngưỡng)\s+)?(?:{WHAT}|mức(?=\s+(?:đề|đặt|được|giao|tối|quy|yêu)))"
    rf"(?:\s+(?:tối thiểu|tối đa))?{SET}"
)
#: A level that is set, and words that make a number the result.
LEVEL_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|kế hoạch|yêu cầu|nhiệm vụ|đề ra|đặt ra|(?<!bàn )(?<!chuyển )giao|quy định|phấn đấu"
    rf"|dự toán|{AT_LEAST}|{AT_MOST})\b{WORDS}{{0,110}}?(?P<goal>{SIGN})",
    re.IGNORECASE,
)
#: Where the goal of an item ends.
_ITEM_END_RE = re.compile(
    r"[:;.](?=\s)|[,–-]\s*(?=(?:kết quả|thực hiện|thực tế|đến nay|đã|nay|mới)\b)", re.IGNORECASE
)
_ITEM = 220
_GOALS = ("mục tiêu", "chỉ tiêu")
WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được|từ|trên|ít nhất|tối thiểu))*\s*$", re.IGNORECASE)
#: Before the whole that a part is told of, the part with its unit or without: ``16 hộ trên tổng số 25 hộ``.
_OF_WHOLE_RE = re.compile(
    rf"(?P<part>{SIGN})\s+(?P<unit>(?:[^\W\d_]+[²³]?\s+){{0,3}})tr(?:ên|ong)(?:\s+tổng(?:\s+số)?)?\s*$",
    re.IGNORECASE,
)
_TO_RE = re.compile(r"\b(?:lên|xuống|còn|đến|tới|thành)(?:\s+(?:còn|là))?\s*$", re.IGNORECASE)
_WAYS_RE = re.compile(r"\b(?:tăng|giảm)\b(?!\s+(?:còn|xuống|lên))", re.IGNORECASE)
_NO_RESULT_RE = re.compile(
    r"(?:\b(?:thêm|hơn|kém|vượt|thiếu|hụt|bớt|chênh|so với|cùng kỳ|năm trước|trong đó|riêng|bình quân|mỗi"
    r"|trong số|trên|tổng số|của|với|từ|gồm)(?:\s+(?:là|có|khoảng|năm\s+\d{4}))*\s*|/\s*"
    r"|\b(?:trong đó|riêng)\b[^.;,]*)$",
    re.IGNORECASE,
)


def unit_of(figure: Figure) -> str:
    """In what two numbers may be held against each other: points are of a hundred, as per cent are."""
    unit = head(figure)
    return "%" if unit == "điểm" else unit


def is_whole(signs: Signs, low: int, at: int) -> bool:
    """Whether a number is the whole that a part right before it is told of, which is no level."""
    found, whole = _OF_WHOLE_RE.search(signs.text, low, at), signs.of(signs.text[at])
    if found is None or not found["unit"]:
        return found is not None
    part = signs.of(found["part"])
    return head(part) == head(whole) != "" and scaled(part) <= scaled(whole)


def level_of(signs: Signs, low: int, high: int) -> int | None:
    """Where the only level of a stretch stands: behind words that set it, or in the goal that begins an item."""
    text = signs.text
    places = {found.start("goal") for found in LEVEL_RE.finditer(text, low, high)}
    places = {at for at in places if _sets(signs.of(text[at])) and not _began(signs, at, high)}
    # What counts goals by how they came out sets none: "02 mục tiêu vượt, 01 mục tiêu chưa đạt".
    places = {at for at in places if (signs.of(text[at]).unit or "").lower() not in _GOALS}
    places = {at for at in places if not is_whole(signs, low, at)}
    if not places and low == 0 and list_style(text):
        ends = (found.start() for found in _ITEM_END_RE.finditer(text, low, min(high, _ITEM)))
        told = ({at for at, figure in signs.inside(low, end) if _sets(figure)} for end in ends)
        places = next((found for found in told if found), set())
    return places.pop() if len(places) == 1 else None


def _began(signs: Signs, at: int, high: int) -> bool:
    """Whether something rose or fell from a number: ``từ 24 triệu đồng (2016) lên 42 triệu đồng``."""
    behind = next((place for place, _ in signs.inside(at + 1, high)), None)
    since = re.search(r"\btừ\s*$", signs.text[max(0, at - 4) : at], re.IGNORECASE)
    return bool(since and behind and _TO_RE.search(signs.text, at, behind))


def _sets(figure: Figure) -> bool:
    """Whether a number may be a level: no age, no ratio, and of a unit."""
    return head(figure) not in ("", "tuổi") and not figure.of and figure.bound != "~"


def results_of(signs: Signs, low: int, high: int, place: int) -> Iterator[tuple[int, Figure]]:
    """The numbers of a stretch that may be the result of the level at a place: of its unit, and of its way."""
    text, goal = signs.text, signs.of(signs.text[place])
    ways = ways_of(signs, place)
    for at, figure in signs.inside(low, high):
        if at == place or head(figure) != head(goal) or figure.of or figure.bound == "~":
            continue
        own = WAY_RE.search(text, low, at)
        if (own["way"].lower() not in ways) if own else WAY_RE.search(text, signs.sentence_start(place), place):
            continue
        if not _NO_RESULT_RE.search(text, low, at):
            yield at, figure


def ways_of(signs: Signs, place: int) -> frozenset[str]:
    """The words for a rise or a fall in the clause of a level: ``Chỉ tiêu giảm nghèo đặt ra 1,5%``."""
    low = signs.sentence_start(place)
    return frozenset(word.lower() for word in _WAYS_RE.findall(signs.text, low, place))
