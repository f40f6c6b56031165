"""Numbers of a line as a reader sees them: value and unit; no days, labels, codes; no rule of ours is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

Place = tuple[int, int]

PLAIN = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_NUMBER = re.compile(rf"(?<![\w.,/:–-])(?P<one>{PLAIN})(?:/(?P<of>{PLAIN}))?(?![\w/]|[.,:–-]\d|-\w)")
#: What is no quantity: behind one of these words stands a day, a place of a text, a name that has a number.
_NAMING = re.compile(
    r"(?:\b(?:ngày|tháng|quý|hè|khóa|kỳ|đợt|vòng|thứ|lớp|mức độ|cấp độ|tiêu chí|điều|khoản|điểm|mục|phần|chương"
    r"|dự án|nội dung|phụ lục|biểu|bảng|mẫu|nhóm|khối|hạng|loại|quốc lộ|km|lúc|năm học|từ ngày|đến ngày|giai đoạn"
    r"|phiên bản|tiểu dự án|hợp phần|cụm|đội|tổ|phường|quận|khu phố|ấp|thôn|xóm|đại hội|ISO|TCVN)"
    r"|(?<!tổng )(?<!dân )(?<!trị )\bsố) ?$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?:[-+•*]\s*)?(?:\(?\d+(?:\.\d+)*[.)]+|\(?[a-zđ]\)|\(?[ivx]+\)|\d+(?:\.\d+)+)(?=\s)")
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000}
_UNIT = re.compile(r"\s?(?:(?P<sign>%|‰)|(?P<points>điểm (?:phần trăm|%))|(?P<words>[^\W\d_]+(?: [^\W\d_]+)?))")
#: Words that begin no unit.
_NO_UNIT = set(
    re.findall(
        r"\w+",
        """năm và so trong của với là được đạt tăng giảm bằng chiếm trên hoặc đến cho tại ở về do thì lên xuống từ
        để vào mà nên có như cùng còn cao thấp hơn nay theo tính bình trung ước tương nếu tức ngày tháng quý gồm
        thuộc qua đã đang sẽ chưa không khi vượt thêm trước sau phấn mỗi này nêu""",
    )
)
#: Syllables that tell nothing of what is counted.
_STOP = _NO_UNIT | set(
    re.findall(
        r"\w+",
        """các những một số tổng tỷ lệ kết quả thực hiện kế hoạch mức kỳ cấp đơn vị nội dung chỉ tiêu toàn tỉnh
        huyện xã phường thành phố cả trăm phần điểm triệu nghìn tỷ đồng đầu cuối giao riêng đó bố trí tt stt đvt
        ra khoảng hết đối khác chung cộng lũy kế hằng thứ giai đoạn biểu phụ lục bảng tình hình trường hợp""",
    )
)


@dataclass(frozen=True)
class Number:
    """One printed number; `base` counts *triệu*, *tỷ*; `of` is the whole in ``21/25``; `column` that of a cell."""

    start: int
    end: int
    printed: str
    value: Decimal
    unit: str
    scale: int = 1
    column: int | None = None
    of: Place | None = None

    @property
    def base(self) -> Decimal:
        return self.value * self.scale

    @property
    def place(self) -> Place:
        return self.start, self.end

    @property
    def decimals(self) -> int:
        return len(self.printed.partition(",")[2])

    @property
    def step(self) -> Decimal:
        """One of its last printed digit."""
        return Decimal(self.scale).scaleb(-self.decimals)

    @property
    def telling(self) -> int:
        """How many digits say something: no noughts before or behind."""
        return len(re.sub(r"\D", "", self.printed).strip("0"))

    @property
    def percent(self) -> bool:
        return self.unit == "%"


def value_of(printed: str) -> Decimal:
    """``1.234,5`` as a number.

    >>> value_of("1.234,5")
    Decimal('1234.5')
    """
    return Decimal(printed.replace(".", "").replace(",", "."))


def numbers_in(text: str, offset: int = 0) -> Iterator[Number]:
    """Quantities of a line: no days, years, labels, codes, numbers of documents.

    >>> [(one.printed, one.unit) for one in numbers_in("1. Năm 2024 giải ngân 206,4 tỷ đồng, đạt 64,17% (Điều 5)")]
    [('206,4', 'tỷ đồng'), ('64,17', '%')]
    """
    label = _LABEL.match(text)
    for found in _NUMBER.finditer(text, label.end() if label else 0):
        before = text[max(0, found.start() - 16) : found.start()]
        if _NAMING.search(before) or _is_year(found["one"]):
            continue
        if found["of"] and (_is_year(found["of"]) or _is_day(found, before)):
            continue
        behind = _UNIT.match(text, found.end())
        unit, scale = _unit(behind) if behind else ("", 1)
        whole = (offset + found.start("of"), offset + found.end("of")) if found["of"] else None
        for group in ("one", "of") if found["of"] else ("one",):
            printed, start = found[group], offset + found.start(group)
            ratio = whole if group == "one" else None
            yield Number(start, start + len(printed), printed, value_of(printed), unit, scale, None, ratio)


def _is_year(printed: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", printed))


def _is_day(found: re.Match[str], before: str) -> bool:
    one, of = value_of(found["one"]), value_of(found["of"])
    return one > of or ((one <= 31 and of <= 12) and bool(re.search(r"(?:từ|đến|trước|ngày|và|-) ?$", before)))


def _unit(found: re.Match[str]) -> tuple[str, int]:
    if found["sign"] or found["points"]:
        return ("%", 1) if found["sign"] == "%" else (found["sign"] or "điểm", 1)
    words = found["words"].lower().split()
    scale = _SCALES.get(words[0], 1)
    if words[0] in _NO_UNIT:
        return "", 1
    return (" ".join(words) if scale > 1 else words[0]), scale


def same_unit(one: Number, other: Number) -> bool:
    """Whether nothing printed says that two numbers count different things.

    A part and its whole in ``21/25 xã`` count the same; a percentage is never an amount.
    """
    if one.percent != other.percent:
        return False
    return not one.unit or not other.unit or one.unit == other.unit


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring syllables that say what is spoken of.

    >>> sorted(bigrams("Tỷ lệ hộ nghèo của tỉnh"))
    ['hộ nghèo']
    """
    pairs: set[str] = set()
    for run in re.split(r"[^\w ]|\d+", text.lower()):
        words = run.split()
        pairs |= {f"{a} {b}" for a, b in pairwise(words) if not {a, b} & _STOP and len(a + b) > 3}
    return pairs
