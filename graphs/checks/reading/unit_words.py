"""The whole unit of a number: what is measured, how much of it at a time, and what it falls to.

``triệu đồng/người/tháng`` measures money, a million at a time, by the person and the month; ``giường/vạn dân``
counts beds for every ten thousand people. Two units that measure alike may still be many times each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

#: What is measured and how much of it a unit is.
_MEASURES: dict[str, tuple[str, int]] = {
    word: (kind, int(size))
    for kind, words in (
        ("money", "đồng:1 vnđ:1"),
        ("usd", "usd:1 đô:1"),
        ("weight", "g:1 kg:1000 tạ:100000 tấn:1000000"),
        ("area", "m²:1 m2:1 ha:10000 hecta:10000 km²:1000000 km2:1000000"),
        ("length", "cm:1 m:100 mét:100 km:100000"),
        ("volume", "lít:1 m³:1000 m3:1000"),
        ("power", "kw:1 mw:1000 gw:1000000"),
        ("current", "kwh:1 mwh:1000 gwh:1000000"),
    )
    for word, _, size in (pair.partition(":") for pair in words.split())
}
_MANY = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
#: The times that something may come to, in days; nobody means a month of 31 by it.
_TIMES = {"ngày": 1, "tuần": 7, "tháng": 30, "quý": 91, "năm": 365}
_COUNT = "count"
_WORD = r"[^\W\d_]+(?:[²³]|[23](?!\w))?"
#: So many of a unit: "nghìn tỷ đồng", "triệu lượt khách", "m3".
_UNIT_RE = re.compile(
    rf"\s*(?P<many>(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+)*(?:nghìn|ngàn|triệu|tỷ|tỉ)?)\s*(?P<word>{_WORD})?"
    r"(?P<more>(?:\s+[^\W\d_]+){0,3}?)(?=\s*(?:/|[,;.:()‰]|$|\s))",
    re.IGNORECASE,
)
#: What it falls to: "/người/tháng", "/1.000 dân", "trên một vạn dân".
_PER_RE = re.compile(
    r"\s*(?:/|\b(?:trên|cho)\s+(?=(?:một|mỗi|1|10)\s*(?:vạn|nghìn|ngàn|\.000|00\.000)))\s*"
    r"(?:một\s+|mỗi\s+)?(?P<many>(?:\d[\d.]*\s+)?(?:vạn|nghìn|ngàn|triệu)?|\d[\d.]*)\s*(?P<word>[^\W\d_]+)",
    re.IGNORECASE,
)
#: Money as heads of columns shorten it, written out.
_SHORT_RES = tuple(
    (re.compile(rf"^\s*{short}(?![^\W\d_])", re.IGNORECASE), long)
    for short, long in (
        (r"tr(?:iệu)?\.?\s*đ(?:ồng|g)?", "triệu đồng"),
        (r"(?:tỷ|tỉ)\s*đ(?:g)?", "tỷ đồng"),
        (r"(?:ng(?:hìn|àn)?|1\.?000)\.?\s*đ(?:ồng|g)?", "nghìn đồng"),
    )
)
#: Signs of units with their capitals, which tables lose.
_SIGNS = {sign.lower(): sign for sign in ("USD", "kWh", "MWh", "GWh", "kW", "MW", "GW")}
_SIGNS_RE = re.compile(rf"\b(?:{'|'.join(_SIGNS)})\b", re.IGNORECASE)
#: What something falls to, by its words; none of them is another one.
EACH = {"người": "người", "khẩu": "người", "hộ": "hộ", "ha": "ha", "xã": "xã", "thôn": "thôn", "lớp": "lớp"}
_PEOPLE = frozenset(("dân", "người", "trẻ", "lao", "phụ", "học", "bà"))
_FAR = 40


@dataclass(frozen=True, slots=True)
class WholeUnit:
    """What a unit measures, how much of it is one of it, and what it falls to; as printed.

    `kind` is a measure or ``count``, with the word for what is counted as `thing`; `time` the days and `people`
    the persons that it falls to, nothing where no such is told.
    """

    kind: str
    size: int
    thing: str
    time: int
    people: int
    printed: str
    each: str = ""

    @property
    def land(self) -> bool:
        """Whether it falls to an area: ``tạ/ha``."""
        return "/ha" in self.printed.replace(" ", "")

    def times(self, other: WholeUnit) -> Decimal:
        """How many of another unit one of this is; 1 where they are not known to differ, 0 if of another kind."""
        if self.kind != other.kind or (self.thing and other.thing and self.thing != other.thing):
            return Decimal(0)
        many = Decimal(self.size) / other.size
        for mine, its in ((self.time, other.time), (self.people, other.people)):
            if mine and its:
                many = many * its / mine
        return many


IN_HUNDRED, IN_THOUSAND = (WholeUnit(_COUNT, 1, "", 0, of, sign) for of, sign in ((100, "%"), (1000, "‰")))


def unit_behind(text: str, at: int) -> WholeUnit | None:
    """The whole unit right behind a number.

    >>> text = "26,4 giường/1.000 dân; 9,3 triệu đồng/người/tháng; 12 nghìn tỷ đồng; 5 là"
    >>> found = [unit_behind(text, text.index(number) + len(number)) for number in ("26,4", "9,3", "12")]
    >>> [(one.kind, one.size, one.time, one.people) for one in found]
    [('count', 1, 0, 1000), ('money', 1000000, 30, 0), ('money', 1000000000000, 0, 0)]
    """
    return whole_unit(text[at : at + _FAR])


def unit_that_shows(kind: str, amount: Decimal, size: Decimal) -> tuple[Decimal, str] | None:
    """An amount of a measure in its unit of that size, else in the largest that shows no nought; None without one.

    >>> (
    ...     unit_that_shows("weight", Decimal(30_000), Decimal(1_000)),
    ...     unit_that_shows("count", Decimal(3), Decimal(1)),
    ... )
    ((Decimal('30'), 'kg'), None)
    >>> unit_that_shows("money", Decimal(944_000_000), Decimal(10**9))
    (Decimal('944'), 'triệu đồng')
    """
    units = {own: word for word, (of, own) in reversed(_MEASURES.items()) if of == kind}
    if kind == "money":
        units |= {_MANY[many]: f"{many} đồng" for many in ("nghìn", "triệu", "tỷ")}
    if amount >= size and size in units:
        return amount / size, units[int(size)]
    fit = max((one for one in units if one <= amount), default=None)
    return None if fit is None else (amount / fit, units[fit])


@lru_cache(maxsize=4096)
def whole_unit(text: str) -> WholeUnit | None:
    """The whole unit that a text begins with.

    >>> whole_unit("Triệu USD").size, whole_unit("m2").kind, whole_unit("tấn/ngày đêm").time
    (1000000, 'area', 1)
    >>> whole_unit("tr.đ").size, whole_unit("1.000 đồng").size, whole_unit("triệu usd").printed
    (1000000, 1000, 'triệu USD')
    >>> whole_unit("giường").times(whole_unit("nghìn lượt"))
    Decimal('0')
    """
    for short, long in _SHORT_RES:
        text = short.sub(long, text, count=1)
    found = _UNIT_RE.match(text)
    if found is None:
        return None
    size = 1
    for word in found["many"].lower().split():
        size *= _MANY[word]
    word = (found["word"] or "").lower()
    kind, own = _MEASURES.get(word, (_COUNT, 1))
    end, thing = found.end("word") if found["word"] else found.end("many"), ""
    if kind == _COUNT:
        if word in _TIMES or not (word or found["many"].strip()):
            return None
        if not word and "‰" not in text and {"triệu", "tỷ", "tỉ"} & set(found["many"].lower().split()):
            kind = "money"  # "3.600 tỷ" says no more in such papers
        thing = "" if kind != _COUNT else word
        per = _PER_RE.search(text, end)
        between = text[end : per.start()] if per else ""
        if per and re.fullmatch(r"(?:\s+[^\W\d_]+){0,3}\s*", between):
            end = per.start()
    time = people = 0
    each = ""
    while per := _PER_RE.match(text, end):
        many, to = _many(per["many"]), per["word"].lower()
        if to in _TIMES:
            time = _TIMES[to]
        elif to in _PEOPLE and (many > 1 or to == "dân"):
            people = many
        elif many == 1:
            each = EACH.get(to, each)
        end = per.end()
    printed = _SIGNS_RE.sub(lambda sign: _SIGNS[sign[0].lower()], " ".join(text[:end].split()))
    return WholeUnit(kind, size * own, thing, time, people, printed, each)


def _many(text: str) -> int:
    size = 1
    for word in text.lower().split():
        size *= _MANY.get(word) or int(word.replace(".", "") or 1)
    return size
