"""The unit behind a number: money, a measure by its sign, a thing that is counted, thousands of these."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

from kb.kept_patterns import patterns_kept

MONEY_RE = re.compile(
    r"\s*(?P<unit>(?:nghìn|ngàn|triệu|tỷ|tỉ)(?:\s+(?:đồng|USD|VNĐ|lượt|đô la))?|đồng(?!\s+hồ)|USD|VNĐ)(?![^\W\d_])"
)
_SCALES = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ")
#: Alone these are of money: "1.404 tỷ công trình cấp nước" counts no works.
_MONEY_ALONE = ("tỷ", "tỉ")
_TIME_RE = re.compile(r"\s+(?:năm|tháng|ngày|giờ|phút|quý|lần|tỷ)(?![^\W\d_])", re.IGNORECASE)
#: Units of measure, by their signs.
SIGN_RE = re.compile(
    r"\s*(?P<unit>(?:[kcm]?m[23²³]|[kcm]?m|ha|kg|g|mg|tấn|tạ|lít|ml|[kM]?V|[kM]?VA|[kMG]W(?:h|p)?|°C|dB"
    r"|km/h)(?!\w))"
)
_WORDS_RE = re.compile(r"\s+(?P<unit>[^\W\d_]+(?:\s+[a-zà-ỹđ]+)?)")
NO_UNIT_RE = re.compile(
    r"\s+(?:so|và|hoặc|đến|trở|của|là|đạt|được|đã|trong|tại|theo|cho|tương|thì|với|từ|ở|thuộc|trên|dưới|do|bằng"
    r"|nay|vào|để|khi|hay|gồm|nhưng|mà|cũng|còn|chiếm|tăng|giảm|qua|sau|trước|lên|xuống|như|có|không|chưa|sẽ"
    r"|quá|kể|bị|cả nước|toàn quốc|toàn tỉnh)(?![^\W\d_])"
)


def unit_behind(right: str) -> str | None:
    """The unit of the number that stands before some words; None where they name none.

    >>> [unit_behind(words) for words in (" tỷ đồng", " nghìn lượt khách", " triệu cây xanh", " hộ", " so với")]
    ['tỷ đồng', 'nghìn lượt', 'triệu cây', 'hộ', None]
    """
    money = MONEY_RE.match(right)
    if money:
        many = " ".join(money["unit"].split())
        # "17.578,4 nghìn m3", "1,5 triệu cây": so many thousands of what is measured or counted.
        rest = right[money.end() :] if many in _SCALES else ""
        thing = SIGN_RE.match(rest) if rest else None
        if rest and thing is None and many not in _MONEY_ALONE:
            thing = None if _TIME_RE.match(rest) else _counted().match(rest)
        return f"{many} {' '.join(thing['unit'].split())}" if thing else many
    counted = SIGN_RE.match(right) or _counted().match(right)
    if counted:
        return " ".join(counted["unit"].split())
    if NO_UNIT_RE.match(right):
        return None
    words = _WORDS_RE.match(right)
    if words is None:
        return None
    first, *more = words["unit"].split()
    # "MVA", "TTHCNB": an abbreviation is whole by itself; "cột và": the next word only joins.
    alone = first[1:] != first[1:].lower() or not more or NO_UNIT_RE.match(f" {more[0]}")
    return first if alone else f"{first} {more[0]}"


@lru_cache(maxsize=1)
@patterns_kept()
def _counted() -> re.Pattern[str]:
    """Counted things of administrative papers; any other is its first words."""
    table = files("kb.vocabulary").joinpath("data/counted.csv").read_text(encoding="utf-8")
    names = sorted((row["name"] for row in csv.DictReader(table.splitlines())), key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"\s+(?P<unit>{words})(?![^\W\d_])", re.IGNORECASE)
