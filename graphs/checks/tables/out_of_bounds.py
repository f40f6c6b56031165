"""FIG of units: a value that no such thing ever has, so that its unit must be wrong.

``Xuất khẩu cả năm đạt 2.940 tỷ USD`` is more than the trade of a continent, ``62,5 tỷ đồng/năm`` no income of a
person. What is known of a thing is a row of `BOUNDS`, wide enough for every province and decade.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.mentions import Mention, mentions
from graphs.checks.reading.rows import grids
from graphs.checks.reading.unit_cells import label_of, read_cell
from graphs.checks.reading.unit_words import WholeUnit, unit_behind
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding, Span


@dataclass(frozen=True, slots=True)
class Bound:
    """What a thing is at least and at most, in the first unit named; `example` is beyond it, `not_` is not.

    `pattern` finds its name before the number; `not_of` words that make it another thing.
    """

    pattern: str
    unit: str
    least: str
    most: str
    example: str
    not_: str
    not_of: str = ""


_BY_HEAD = r"bình quân(?:\s+trên)?\s+đầu\s+người"
_SPENT = r"chi\b|tiêu dùng|mua|kinh phí|thuế|nợ|dư nợ|tiền thuốc"
_WORLD = r"thế giới|toàn cầu|quốc tế|châu|khu vực|Hoa Kỳ|Mỹ|Trung Quốc|Nhật|EU|ASEAN|lũy kế|giai đoạn|thị trường"
BOUNDS: tuple[Bound, ...] = (
    Bound(
        r"kim ngạch|xuất khẩu|nhập khẩu|xuất siêu|nhập siêu|\bFDI\b|đầu tư nước ngoài",
        "tỷ USD",
        "0",
        "1000",
        "Xuất khẩu cả năm đạt 2.940 tỷ USD",
        "Xuất khẩu cả năm đạt 2.940 triệu USD",
        _WORLD,
    ),
    Bound(
        _BY_HEAD,
        "triệu đồng",
        "0.1",
        "1000",
        "Thu nhập bình quân đầu người đạt 62,5 tỷ đồng/năm",
        "Thu nhập bình quân đầu người đạt 62,5 triệu đồng/năm",
        _SPENT,
    ),
    Bound(
        _BY_HEAD,
        "triệu đồng/tháng",
        "0.1",
        "100",
        "Thu nhập bình quân đầu người 6,8 tỷ đồng/tháng",
        "Thu nhập bình quân đầu người 6,8 triệu đồng/tháng",
        _SPENT,
    ),
    Bound(
        r"năng suất\s+(?:bình quân\s+)?(?:cây\s+)?lúa",
        "tạ/ha",
        "8",
        "150",
        "Năng suất lúa cả năm đạt 58,7 tấn/ha",
        "Năng suất lúa cả năm đạt 58,7 tạ/ha",
    ),
    Bound(
        r"\bdân số\b",
        "triệu người",
        "0",
        "130",
        "Dân số trung bình của tỉnh là 1.243,6 triệu người",
        "Dân số trung bình của tỉnh là 1.243,6 nghìn người",
        _WORLD,
    ),
    Bound(
        r"giường",
        "giường/10.000 dân",
        "2",
        "150",
        "bình quân 26,4 giường/1.000 dân",
        "bình quân 26,4 giường/10.000 dân",
    ),
    Bound(
        r"\bbác\b",
        "bác sĩ/10.000 dân",
        "0.3",
        "60",
        "đạt 11,2 bác sĩ/1.000 dân",
        "đạt 11,2 bác sĩ/10.000 dân",
    ),
    Bound(
        r"quy mô (?:GRDP|(?:nền )?kinh tế)|GRDP\)?[^.;,]{0,40}\b(?:đạt|ước|là)",
        "tỷ đồng",
        "1000",
        "20000000",
        "Quy mô GRDP ước 148.199 triệu đồng",
        "Quy mô GRDP ước 148.199 tỷ đồng",
        r"bình quân|đầu người|lao động|tăng|giảm|đóng góp|vượt|ngành|xã\b|huyện",
    ),
)
_READ = tuple(
    (
        one,
        re.compile(one.pattern, re.IGNORECASE),
        re.compile(rf"\b(?:{one.not_of})", re.IGNORECASE) if one.not_of else None,
        unit_behind(one.unit, 0),
    )
    for one in BOUNDS
)
_REACH = 90
#: By how much a thing changed or differs is no value of it.
_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|chênh|(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn)\b[^,;.]*$", re.IGNORECASE)


def check_out_of_bounds(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Numbers of text and tables whose name is known stay within what is known of it."""
    if subject.is_rule():
        return
    for one in mentions(subject):
        if one.figure.of or one.figure.unit in (None, "%"):
            continue
        name = _name(one)
        if _CHANGE_RE.search(name):
            continue
        unit = unit_behind(one.where.text, one.where.end(one.figure)) if name else None
        if unit and (bound := _broken(name, Decimal(one.figure.value), unit)):
            tally.failed += 1
            yield _finding(one.figure.span, one.figure.printed, unit, bound, one.where.block.page)
    for grid in grids(subject.document):
        for line in grid.lines:
            label = label_of(line)
            if not any(pattern.search(label) for _, pattern, _, _ in _READ):
                continue
            for column in grid.columns:
                value, cell = line.value(column), read_cell(grid, line, column)
                if not value or cell is None or cell.shared or cell.unit.printed in ("%", "‰"):
                    continue
                if bound := _broken(label, value, cell.unit):
                    tally.failed += 1
                    yield _finding(line.span(column), line.printed(column), cell.unit, bound, line.page)


def _name(one: Mention) -> str:
    """The words between the number before it, or the beginning of its sentence, and a number; by its unit too."""
    text, start = one.where.text, one.where.start(one.figure)
    low = max(start - _REACH, start - len(one.sentence))
    if one.at:
        low = max(low, one.where.end(one.where.figures[one.at - 1]))
    name = text[low:start]
    return name if any(letter.isalpha() for letter in name) else ""


def _broken(name: str, value: Decimal, unit: WholeUnit) -> Bound | None:
    for bound, pattern, other, by in _READ:
        if by is None or not pattern.search(f"{name} {unit.thing}") or (other and other.search(name)):
            continue
        if (by.people and not unit.people) or (by.time and by.time != unit.time) or by.land != unit.land:
            continue
        many = unit.times(by)
        if many and not Decimal(bound.least) <= value * many <= Decimal(bound.most):
            return bound
    return None


def _finding(span: Span, printed: str, unit: WholeUnit, bound: Bound, page: int | None) -> Finding:
    told = f"{printed} {unit.printed}"
    least, most = (show(Decimal(one)) for one in (bound.least, bound.most))
    limits = f"{least} – {most} {bound.unit}"
    return OUT.finding(
        (span,),
        f"ghi {told}, ngoài mức có thể có ({limits})",
        f"{told} is stated, which no such thing comes to ({limits})",
        stated=told,
        expected=limits,
        suggestion=both("xem lại đơn vị", "look at the unit"),
        page=page,
    )


OUT = rule("FIG-306", check_out_of_bounds)
OUT_RULES = (OUT,)
