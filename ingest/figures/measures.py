"""What a quantity measures: its unit, the words that name it, its period, its scope, its bound.

All are read from the clause around the number, never invented: what the words do not say is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.figures.quantities import Quantity
from ingest.figures.units import MONEY_RE, NO_UNIT_RE, SIGN_RE, unit_behind

_YEAR = r"(?:19|20)\d\d"
_UNTIL = rf"\s+(?:hết\s+|cuối\s+|đầu\s+)?(?:ngày|tháng|năm|quý)\s+[\dIVX/.]{{1,10}}(?:\s+năm\s+{_YEAR})?"
_UNTIL_DAY = rf"\s+(?:hết\s+)?\d{{1,2}}/\d{{1,2}}/{_YEAR}"
_SPAN = rf"\s+(?:từ\s+)?(?:năm\s+)?{_YEAR}\s?(?:[-–—]|đến)\s?(?:năm\s+)?{_YEAR}"
_OF_YEAR = rf"[Nn]ăm\s+{_YEAR}(?:\s?[-–]\s?{_YEAR})?"
# Each alternative begins with a letter of its own, and asks behind it what stands before: those that cannot begin
# at a place are passed over without being tried.
PERIOD_RE = re.compile(
    rf"(?:[Nn](?:ăm\s+{_YEAR}(?:\s?[-–]\s?{_YEAR})?|hiệm kỳ{_SPAN})"
    rf"|[Tt](?:hời kỳ{_SPAN}|ừ\s+(?:đầu\s+)?(?:ngày\s+|tháng\s+|năm\s+)?[\d/.]{{4,10}}\s+đến\s+(?:hết\s+)?"
    rf"(?:ngày\s+|tháng\s+|năm\s+)?[\d/.]{{4,10}}|ính\s+(?:[Đđ]ến|[Tt]ới){_UNTIL}|ới{_UNTIL}"
    rf"|ính\s+[Đđ]ến{_UNTIL_DAY}|ừ\s+(?:đầu\s+)?năm\s+{_YEAR}\s+đến\s+nay"
    rf"|hời điểm\s+\d{{1,2}}/\d{{1,2}}/{_YEAR}|háng\s+\d{{1,2}}(?:/|\s+năm\s+){_YEAR})"
    rf"|[Đđ](?:ến(?:{_UNTIL}|{_UNTIL_DAY}|\s+20\d\d(?=\s*(?:[,;.:)]|$)))|(?<=\b[Đđ])ầu\s+{_OF_YEAR})"
    rf"|[Cc](?<=\b[Cc])uối\s+{_OF_YEAR}|[Hh](?<=\b[Hh])(?:ằ|à)ng năm\b|[Kk]ỳ{_SPAN}|[Gg]iai đoạn{_SPAN}"
    rf"|\d(?<=\b\d)\d?\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+{_YEAR})?|[Qq](?<=\b[Qq])(?<!mỗi q)(?<![ằà]ng q)"
    rf"(?<!từng q)(?<!một q)u[ýí]\s*(?:[IVX]+|\d)(?:\s?[/.-]\s?{_YEAR}|\s+năm\s+{_YEAR})?)"
)
SCOPE_RE = re.compile(
    r"\b(?:các\s+)?(?:cấp\s+(?:tỉnh|huyện|xã|bộ|trung ương|Trung ương|cơ sở)(?:\s*,\s*cấp\s+(?:tỉnh|huyện|xã))*|"
    r"toàn\s+(?:tỉnh|quốc|thành phố|huyện|ngành)|cả nước|UBND\s+(?:cấp\s+)?(?:tỉnh|huyện|xã|các\s+\w+)"
    r"(?!\s+(?:đã|đều|đề|ban|tiếp|chỉ|yêu|trình|tổ|phê|giao|tặng|có|sẽ|phấn)(?![^\W\d_])))"
)
#: Words that tie a number to what stands before it.
_LINK_RE = re.compile(
    r"(?:đạt|là|chiếm|bằng|còn|lên|xuống|tăng|giảm|ước(?:\s+tính)?|khoảng|tỷ lệ|tỉ lệ|trên|dưới|hơn|gần|từ|đến"
    r"|tối thiểu|tối đa|ít nhất|không quá|không dưới|thêm|được|có|đã|với|mức|tỷ trọng|tổng số|tổng cộng|cơ"
    r" cấu|đạt được|thành|[:=≥≤<>(–-])\s*$"
)
_BOUND_RE = re.compile(r"\b(?P<bound>hơn|trên|quá|vượt|dưới|gần|khoảng|chừng|ước(?:\s+tính)?|xấp xỉ)\s*$")
#: A part of a whole: ``chi 187 trên 214 triệu đồng``, ``40 trong 45 xã``; a time is none: ``15 trong 6 tháng``.
_OF_WHOLE_RE = re.compile(
    r"\s+tr(?:ên|ong)(?:\s+tổng(?:\s+số)?)?\s+\d[\d.]*(?:,\d+)?(?!\s*(?:%|giờ|ngày|tuần|tháng|quý|năm)\b)(?=\s)"
)
_WHOLE_RE = re.compile(r"\d\s+trên\s*$")
_BOUNDS = {
    "hơn": ">",
    "trên": ">",
    "quá": ">",
    "vượt": ">",
    "dưới": "<",
    "gần": "~",
    "khoảng": "~",
    "chừng": "~",
    "xấp xỉ": "~",
}
#: Where a clause ends: a semicolon, a full stop that ends a sentence, an opening bracket, "trong đó".
# (A pattern that begins with a set of letters is searched for several times as fast.)
_CLAUSE_RE = re.compile(
    r"[;.!?():Tt](?:(?<=[;()])|(?<=\D[.!?])(?=\s)|(?<=\.)\s(?=[A-ZĐÀ-Ỹ])|(?<=\b[Tt])rong (?:số )?đó\b,?|(?<=:)\s)"
)
#: An abbreviation in brackets behind its words: it ends no clause.
_SHORT_RE = re.compile(r"\([A-ZĐƯ&]{2,12}\)")
_EDGE_RE = re.compile(
    r"^(?:[\s,.;:*_“”\"'+–-]|(?:phấn đấu|dự kiến|bảo đảm|đảm bảo|và|đồng thời|theo đó|ngoài ra|trong (?:số )?đó"
    r"|với|riêng|nay|hiện|có|đã|thì|mà|nhưng)\b)+"
    r"|(?:[\s,.;:*_“”\"'+≥≤<>–-]|\b(?:đạt|là|chiếm|(?<!mặt )bằng|còn|lên|xuống|tăng|giảm|ước|tính|khoảng|trên|dưới"
    r"|hơn|gần|từ|đến|phấn đấu|không quá|không dưới|không vượt quá|không thấp hơn|tối thiểu|tối đa|ít nhất|thêm"
    r"|được|có|đã|với|mức|đạt được|thành|tỷ lệ|tỉ lệ|của|luôn|trong|bình quân cả nước|cả nước|vượt|theo)\b)+$",
    re.IGNORECASE,
)
_FOLLOWING_RE = re.compile(
    r"\s*(?P<what>[^,;.:()%\d]{2,160}?)"
    r"(?=\s*(?:[,;.:()]|$|\bvà\s+(?:[^\W\d_]+\s+){0,3}\d|\b(?:được|đã|đạt|có|phải|so với|trở|là|để|nhằm|thực"
    r" hiện|trong|vào"
    r"|đủ|bằng)\b))"
)
#: A change of what follows: "giảm 10% số lượng đơn vị".
_CHANGED_RE = re.compile(
    r"\b(?:cắt giảm|tinh giản|tinh giảm|giảm|tăng|bãi bỏ|đơn giản hóa)"
    r"(?:\s+(?:ít nhất|tối thiểu|hơn|trên|khoảng|thêm|bình quân|cả nước|được))*\s*$"
    r"|\b(?:mục tiêu|chỉ tiêu)\b[^,;.]{0,40}\blà\s*$"
    r"|(?<!đạt )(?<!là )(?:ít nhất|tối thiểu|không dưới)\s*$",
    re.IGNORECASE,
)
#: Words of intent: what is measured stands behind them.
_AIMS_RE = re.compile(r"\b(?:phấn đấu|đạt mục tiêu|mục tiêu(?: là| tới| đến)|chỉ tiêu là)\b", re.IGNORECASE)
#: What a rate is by: "6,24%/năm", "10%/năm".
_PER_RE = re.compile(r"^\s*/\s*(?:năm|tháng|quý|ngày|người|hộ|vụ|kỳ)(?![^\W\d_])")
#: One more noun of a list behind a share: "100% bộ, ngành, địa phương hoàn thành".
_ONE_MORE_RE = re.compile(
    r",\s+(?!(?:được|đã|đạt|có|phải|trong|tăng|giảm|bao gồm|gồm|chiếm|nhất là|đặc biệt|góp phần|vượt|bằng"
    r"|bảo đảm|đảm bảo|so"
    r"|với|là|và|từ|tương)\b)[^\W\d_]+(?:\s+[^\W\d_]+){0,8}?(?=\s*,|\s+(?:được|đã|đạt|có|phải|khi|hoàn thành"
    r"|thực hiện"
    r"|sử dụng|tham gia|đủ|chưa|là|công lập|bảo đảm|đảm bảo|nhà nước)\b)"
)
#: Words that tell how the number is meant, not of what.
_BY_ITSELF_RE = re.compile(r"(?:ngày|tháng|giờ|phút|năm)(?:\s+làm việc)?\s+kể\b", re.IGNORECASE)
#: Before the bronze medals of a list, which are no money: "3 vàng, 4 bạc và 5 đồng".
_SILVER_RE = re.compile(r"\d\s+(?:huy chương )?bạc\s*(?:,|và|,\s*và)\s*$")
_RANGE_BEFORE_RE = re.compile(r"\d[\d.,]*\s*%?\s*(?:[-–]|đến)\s*$")
_RANGE_AFTER_RE = re.compile(r"^\s*(?:[-–]|đến)\s*\d[\d.,]*\s*%?")
#: Before a year that is the one compared with, or a part of a date.
_NO_PERIOD_RE = re.compile(
    r"(?:so với|cùng kỳ|ngày\s+\d{1,2})\s*(?:cùng kỳ|cuối|thời điểm|mức(?: trung bình| bình quân)?)?\s*$",
    re.IGNORECASE,
)
#: Years in a row, values in the same order, and what parts them.
_YEARS_RE = re.compile(rf"năm\s+{_YEAR}(?:\s*,\s*(?:năm\s+)?{_YEAR})*\s+và\s+(?:năm\s+)?{_YEAR}")
_IN_TURN_RE = re.compile(r"\blần lượt\s+(?:là|đạt|có|ở mức)?\s*(?P<before>(?:\d[\d.,]*[^.,;\d][^.;\d]{0,24})*)$")
_AND_RE = re.compile(r",\s|\bvà\b")
_YEAR_BEHIND_RE = re.compile(
    rf"[\s⁰¹²³⁴-⁹]*(?:vào\s+|trong\s+)?(?P<period>năm\s+{_YEAR})(?=\s*(?:lên|xuống|còn|đến|[,.;)]|và\b|$))"
)
_YEARLY_RE = re.compile(r"(?:hằng|hàng|mỗi)\s+năm", re.IGNORECASE)
#: A period that a colon gives its value: "(năm 2023: 06, năm 2024: 08)".
_NAMED_BEFORE_RE = re.compile(rf"\b(?P<period>[Nn]ăm\s+{_YEAR})\s*:\s*$")
_LEADS_RE = re.compile(r"(?:^|[.;,:(]\s?)(?:[Tt]rong |[Rr]iêng |[Tt]ính |[+–-]\s?)?$")
_NUMBERS_RE = re.compile(r"\d+(?:[.,/]\d+)*(?!\d|\s*(?:tuổi|năm|tháng)(?![^\W\d_]))")
_NEXT_RE = re.compile(r",\s|\bvà\s")
_BRACKET_BEHIND_RE = re.compile(r"\s*[⁰¹²³⁴-⁹]*\s*\((?P<inside>[^()]{3,40})\)")
_RAISED_RE = re.compile(r"[⁰¹²³⁴-⁹]+")
_MOST = 160
#: Words farther from a number than this do not measure it: the time for a paragraph grows with its length alone.
_REACH = 600


@dataclass(frozen=True, slots=True)
class Measure:
    """What a quantity measures."""

    unit: str | None
    what: str | None
    period: str | None
    scope: str | None
    bound: str | None


@lru_cache(maxsize=4096)
def measure(text: str, quantity: Quantity) -> Measure:
    """What a quantity of a paragraph measures, as far as its clause says.

    >>> from ingest.figures.quantities import find_quantities
    >>> text = "Năm 2024, mức độ hài lòng chung của tỉnh đạt 87,92%; đã ban hành 192 văn bản chỉ đạo"
    >>> found = [measure(text, quantity) for quantity in find_quantities(text)]
    >>> [(one.unit, one.what, one.period) for one in found]
    [('%', 'mức độ hài lòng chung của tỉnh', 'Năm 2024'), ('văn bản', 'văn bản chỉ đạo', 'Năm 2024')]
    """
    low = max(0, quantity.start - _REACH)
    text = text[low : quantity.end + _REACH]
    quantity = replace(quantity, start=quantity.start - low, end=quantity.end - low)
    text = _SHORT_RE.sub(lambda found: " " * len(found.group()), text)
    low, high = clause(text, quantity.start, quantity.end)
    left, right = _without_range(text[low : quantity.start], text[quantity.end : high])
    whole = _OF_WHOLE_RE.match(right)
    unit = "%" if quantity.percent else unit_behind(right[whole.end() :] if whole else right)
    unit = None if unit == "đồng" and _SILVER_RE.search(left) else unit
    bound = None if _WHOLE_RE.search(left) else _BOUND_RE.search(left)
    what, period = _what(text, low, left, right, unit), _period(text, low, high, quantity)
    scope = _scope(left, right, bool(_LINK_RE.search(left)))
    return Measure(unit, what, period, scope, _BOUNDS.get(bound["bound"], "~") if bound else None)


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the clause that holds ``text[start:end]``."""
    low = 0
    for found in _CLAUSE_RE.finditer(text, 0, start):
        low = found.end()
    after = _CLAUSE_RE.search(text, end)
    return low, after.start() if after else len(text)


def _without_range(left: str, right: str) -> tuple[str, str]:
    """What stands around a number; of two ends of a range (``70% - 80% hộ``) around both."""
    return _RANGE_BEFORE_RE.sub("", left), _RANGE_AFTER_RE.sub("", right)


def _what(text: str, low: int, left: str, right: str, unit: str | None) -> str | None:
    words = _subject(left)
    if not any(letter.isalpha() for letter in words):
        words = ""  # "tỷ lệ hồ sơ: 32/128, đạt 25%": the counts of a rate do not name it
    linked = _LINK_RE.search(left) if words else None
    signed = words and unit is not None and SIGN_RE.fullmatch(unit) is not None
    money = unit is not None and MONEY_RE.fullmatch(unit) is not None
    changed = unit == "%" and _CHANGED_RE.search(left) is not None
    if (not signed and not (money and words)) and (changed or not linked or (unit != "%" and not money and unit)):
        thing = _following(right, unit)
        if thing:
            return thing
    if words:
        return words[-_MOST:].split(" ", 1)[-1] if len(words) > _MOST else words
    if not text[:low].rstrip().endswith(("(", ":")):
        return None if money or unit == "%" else unit
    # "… năm 2023 (năm 2022: 42 văn bản", "Thời gian: 3 ngày": the words stand before the bracket, the colon.
    before = text[max(0, low - _MOST) : max(low - 1, 0)]
    cut = [found.end() for found in _CLAUSE_RE.finditer(before)]
    return _tidy(PERIOD_RE.sub(" ", before[cut[-1] if cut else 0 :])) or (None if money or unit == "%" else unit)


def _subject(left: str) -> str:
    """The words before a number that name what it measures: behind the last comma after a number before it.

    Where none stand there (``…, vượt 11%``), the words before the first number.
    """
    left = PERIOD_RE.sub(" ", left)
    told = [found.end() for found in _AIMS_RE.finditer(left)]
    if told and len(_tidy(left[told[-1] :]).split()) > 1:
        left = left[told[-1] :]
    numbers = list(_NUMBERS_RE.finditer(left))
    if not numbers:
        return _tidy(left)
    after = _NEXT_RE.search(left, numbers[-1].end())
    own = _tidy(left[after.end() :]) if after else ""
    return own or _tidy(left[: numbers[0].start()]) or _tidy(left)


def _following(right: str, unit: str | None) -> str:
    """The thing that is counted, behind a number; empty where the words there name none."""
    rest = _PER_RE.sub("", right.lstrip("⁰¹²³⁴⁵⁶⁷⁸⁹"))
    found = _FOLLOWING_RE.match(rest)
    if not found:
        return ""
    thing = found["what"]
    while unit == "%" and (
        more := _ONE_MORE_RE.match(rest, found.end("what") if found.re is _FOLLOWING_RE else found.end())
    ):
        found = more
        thing = rest[: more.end()]
    thing = _tidy(thing)
    empty = not thing or "/" in thing or NO_UNIT_RE.match(" " + thing) or _BY_ITSELF_RE.match(thing)
    return "" if empty or (unit or "").lower().startswith(thing.lower()) else thing


@lru_cache(maxsize=2048)
def _tidy(words: str) -> str:
    words = " ".join(_RAISED_RE.sub("", words).split())
    previous = None
    while previous != words:
        previous, words = words, _EDGE_RE.sub("", words)
    return words


def _in_turn(text: str, quantity: Quantity) -> str | None:
    """The year of a quantity among several that have one each: "năm 2026 và 2027 lần lượt là 70% và 80%"."""
    low = max(text.rfind(". ", 0, quantity.start), text.rfind("\n", 0, quantity.start)) + 1
    told = _IN_TURN_RE.search(text, low, quantity.start)
    lists = _YEARS_RE.findall(text, low, told.start()) if told else []
    if told is None or not lists:
        return None
    years, at = re.findall(_YEAR, lists[-1]), len(_AND_RE.findall(told["before"]))
    return years[at] if at < len(years) else None


def _period(text: str, low: int, high: int, quantity: Quantity) -> str | None:
    """The nearest period: in the clause before it, in brackets right after it, else earlier in the sentence."""
    bracket = _BRACKET_BEHIND_RE.match(text, quantity.end)
    if bracket:
        inside = PERIOD_RE.fullmatch(bracket["inside"].strip())
        if inside:
            return inside.group()
    if named := _NAMED_BEFORE_RE.search(text, max(0, quantity.start - 20), quantity.start):
        return named["period"]
    # "từ 86,5% năm 2022 lên 92,3% năm 2024": the year right behind a number is its own.
    own = _YEAR_BEHIND_RE.match(text, quantity.end)
    if own:
        return own["period"]
    if year := _in_turn(text, quantity):
        return f"năm {year}"
    before = [found.group() for found in periods(text, low, quantity.start)]
    if before:
        return before[-1]
    after = next(periods(text, quantity.end, high), None)
    if after and not re.search(r"so với|cùng kỳ|\bhơn\b", text[quantity.end : after.start()]):
        return after.group()
    # "tăng bình quân hàng năm …" tells how its own number grew, not when others are to be reached.
    earlier = [found for found in periods(text, max(0, low - 300), low) if not _YEARLY_RE.match(found.group())]
    # "Năm 2024, …; …" governs what follows; "mục tiêu giai đoạn 2021-2025" inside the sentence only names a thing.
    leading = [found for found in earlier if _LEADS_RE.search(text, max(0, found.start() - 12), found.start())]
    return (leading or earlier)[-1].group() if earlier else None


def periods(text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """The periods of a range; what a thing is compared with, and the date of a document, is none.

    >>> text = "đến năm 2030 giảm 10% so với năm 2024"
    >>> [found.group() for found in periods(text, 0, len(text))]
    ['đến năm 2030']
    """
    for found in PERIOD_RE.finditer(text, low, high):
        if not _NO_PERIOD_RE.search(text, max(0, found.start() - 30), found.start()):
            yield found


def _scope(left: str, right: str, linked: bool) -> str | None:
    """The scope on the side where the quantity's words stand, else on the other."""
    before = [found.group() for found in SCOPE_RE.finditer(left)][-1:]
    after = [found.group() for found in SCOPE_RE.finditer(right)][:1]
    found = (*before, *after) if linked else (*after, *before)
    return " ".join(found[0].split()) if found else None
