"""What a text says of how many rows of a table do a thing, and how many rows the table has that do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graphs.checks.reading.counted import NUMBER_WORDS
from graphs.checks.reading.rows import Grid, Line

#: A count in digits or words.
COUNT = rf"(?:\d{{1,2}}|một|{'|'.join(NUMBER_WORDS)})"
#: What rows are called; a goal has its own rules.
NOUN = (
    r"(?:lĩnh vực|khoản(?: thu| chi| mục)?|nội dung(?: thu| chi)?|loại(?: hình| tội| cây| rừng| đất)?"
    r"|nhóm(?: hàng)?|thị trường|ngành(?: hàng)?|mặt hàng|sản phẩm|nguồn(?: thu| vốn)?"
    r"|huyện(?:, (?:thị xã|thành phố))*|xã(?:, (?:phường|thị trấn))*|phường|địa phương|địa bàn|đơn vị|thôn"
    r"|cây trồng|dịch bệnh|bệnh|khu vực|sở|cơ quan|trường|tuyến|dự án|chỉ số|hạng mục|tháng|quý)"
)
OF_WHOLE = r"\s+(?:trong|trên)\s+(?:tổng số\s+|số\s+)?"
#: How many rows do so, by each way in which a table tells it; None where one does not tell.
Made = Callable[[Grid, Sequence[Line]], Iterator[int | None]]


@dataclass(frozen=True, slots=True)
class Claim:
    """So many of so many rows, called so, do a thing; `told` is where the count stands in its paragraph."""

    count: int
    whole: int | None
    noun: str
    told: tuple[int, int]
    words: str
    made: Made


def number(words: str | None) -> int | None:
    """The number that digits or a word say, one too.

    >>> number("03"), number("Một"), number("")
    (3, 1, None)
    """
    told = (words or "").lower()
    return int(told) if told.isdigit() else {"một": 1, **NUMBER_WORDS}.get(told)
