"""How a text stands to a document it mentions: the words that govern the mention, and what they mean.

Two kinds of governing words: *adjacent* ones (``theo``, ``tại``, ``của``) count only where they touch the mention;
*free* ones (``triển khai``, ``bãi bỏ``, ``căn cứ``) govern to the end of their clause, and the nearest wins. A few
stand to the right of the mention (``… hết hiệu lực kể từ ngày …``). Every row carries examples of what it must and
must not decide; the tests walk them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from kb.models import Direction, Relation, Span


@dataclass(frozen=True, slots=True)
class Row:
    """One way of governing a mention.

    `words` is a regular expression for the governing words; `example` holds, in brackets, a mention they decide.
    """

    name: str
    words: str
    relation: Relation
    direction: Direction | None
    example: str


@dataclass(frozen=True, slots=True)
class Governing:
    """What governs a mention: the relation, its direction and the deciding words (a range of the text)."""

    relation: Relation
    direction: Direction | None
    evidence: Span | None


ACTIVE, PASSIVE = Direction.ACTIVE, Direction.PASSIVE

#: Where the citing words touch the mention; searched first, in this order.
ADJACENT_ROWS: tuple[Row, ...] = (
    Row(
        "amended by",
        r"(?:được|đã được|có nội dung được)?\s*(?:sửa đổi,?\s*(?:và\s+)?(?:bổ sung)?"
        r"|bổ sung)(?:\s+một số điều)?\s+(?:bởi|tại|theo|bằng)"
        r"(?:\s+các)?",
        Relation.AMENDS,
        PASSIVE,
        "Nghị định số 1/2016/NĐ-CP (được sửa đổi, bổ sung bởi [Nghị định số 2/2020/NĐ-CP])",
    ),
    Row(
        "replaced by",
        r"(?:được|bị)\s+thay thế\s+(?:bởi|bằng|tại|theo)",
        Relation.REPLACES,
        PASSIVE,
        "Thông tư cũ đã được thay thế bởi [Thông tư số 5/2024/TT-BNV]",
    ),
    Row(
        "repealed by",
        r"(?:được|bị)\s+(?:bãi bỏ|hủy bỏ|huỷ bỏ)\s+(?:bởi|tại|theo)",
        Relation.REPEALS,
        PASSIVE,
        "khoản này bị bãi bỏ bởi [Nghị định số 7/2023/NĐ-CP]",
    ),
    Row(
        "promulgated with",
        r"(?:ban hành\s+)?kèm(?:\s+theo)?(?:\s+tại)?|ban hành\s+(?:theo|tại)|phê duyệt\s+(?:theo"
        r"|tại)|được\s+ban hành\s+(?:theo|tại|bởi)",
        Relation.PROMULGATED_WITH,
        None,
        "Quy chế ban hành kèm theo [Quyết định số 9/QĐ-UBND]",
    ),
    Row(
        "as provided",
        r"(?:theo\s+)?(?:quy định|hướng dẫn|chỉ đạo|nêu|giao|nội dung|yêu cầu"
        r"|tinh thần)\s+(?:tại|của|trong|ở)|theo\s+quy định|theo\s+đúng"
        r"(?:\s+quy định(?:\s+(?:tại|của))?)?|so với|trái với|phù hợp với|theo|tại|trong",
        Relation.CITES,
        None,
        "việc công bố thực hiện theo quy định tại [Nghị định số 3/2018/NĐ-CP]",
    ),
)

#: Governing words that reach over a clause; the nearest to the mention wins.
FREE_ROWS: tuple[Row, ...] = (
    Row("based on", r"căn cứ(?:\s+vào|\s+theo)?", Relation.BASED_ON, None, "Căn cứ [Nghị định số 3/2018/NĐ-CP];"),
    Row(
        "details",
        r"quy định chi tiết|hướng dẫn(?:\s+(?:thi hành|thực hiện"
        r"|thi hành và tổ chức thực hiện))?|quy định\s+(?:một số điều và\s+)?biện pháp"
        r"(?:\s+cụ thể)?(?:\s+để\s+tổ chức,?\s+hướng dẫn)?\s+thi hành",
        Relation.GUIDES,
        None,
        "quy định chi tiết một số điều của [Luật số 5/2020/QH14]",
    ),
    Row(
        "implements",
        r"(?:tổ chức\s+)?(?:triển khai|thực hiện|thi hành|quán triệt|chấp hành|cụ thể hóa|cụ thể hoá|hưởng ứng)"
        r"(?:,?\s+(?:thực hiện|thi hành|triển khai|cụ thể hóa))*(?:\s+nghiêm(?:\s+túc)?"
        r"|\s+có hiệu quả|\s+hiệu quả)?",
        Relation.IMPLEMENTS,
        None,
        "Triển khai thực hiện [Quyết định số 14/QĐ-BNV]",
    ),
    Row(
        "amends",
        r"sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|bổ sung(?=\s+(?:khoản|điểm|điều|một số điều|các điều|vào|cụm từ))",
        Relation.AMENDS,
        ACTIVE,
        "Sửa đổi, bổ sung một số điều của [Nghị định số 3/2018/NĐ-CP]",
    ),
    Row("replaces", r"thay thế(?:\s+cho)?", Relation.REPLACES, ACTIVE, "và thay thế [Thông tư số 5/2017/TT-BNV]"),
    Row(
        "repeals",
        r"bãi bỏ|hủy bỏ|huỷ bỏ|chấm dứt hiệu lực(?:\s+của)?|hết hiệu lực(?:\s+thi hành)?(?=[^.;]{0,60}:)",
        Relation.REPEALS,
        ACTIVE,
        "Bãi bỏ [Quyết định số 9/2015/QĐ-UBND]",
    ),
    Row(
        "suspends",
        r"đình chỉ(?:\s+(?:việc\s+)?thi hành)?"
        r"|(?:tạm\s+)?ngưng hiệu lực(?:\s+thi hành)?(?:\s+(?:một phần|toàn bộ))?",
        Relation.SUSPENDS,
        ACTIVE,
        "ngưng hiệu lực thi hành của [Thông tư số 24/2019/TT-BGTVT]",
    ),
    Row("corrects", r"đính chính", Relation.CORRECTS, ACTIVE, "Đính chính [Thông tư số 5/2017/TT-BNV]"),
    Row(
        "consolidates",
        r"(?:được\s+)?hợp nhất(?:\s+(?:từ|bởi|các|nội dung))*(?=\s+(?:văn bản|nghị định|thông tư"
        r"|luật|pháp lệnh|sau))",
        Relation.CONSOLIDATES,
        ACTIVE,
        "được hợp nhất từ Nghị định sau: [Nghị định số 3/2018/NĐ-CP]",
    ),
    Row(
        "issues",
        r"(?:đã\s+)?(?:ký\s+)?ban hành|(?:đã\s+)?thông qua|(?:đã\s+)?phê duyệt"
        r"|(?:đã\s+)?(?:tham mưu|trình)\b|(?:đã\s+)?có(?=\s+(?:văn bản|công văn|tờ trình|báo cáo|quyết"
        r" định|kế hoạch|thông báo)\b)",
        Relation.ISSUES,
        None,
        "Ủy ban nhân dân tỉnh đã ban hành [Kế hoạch số 14/KH-UBND]",
    ),
)

#: Words right of the mention that decide by themselves.
RIGHT_ROWS: tuple[Row, ...] = (
    Row(
        "expires",
        r"\s*(?:\([^)]{0,120}\)\s*)?(?:sẽ\s+)?hết hiệu lực(?:\s+thi hành)?(?=\s+(?:kể\s+)?(?:từ|khi))",
        Relation.REPEALS,
        ACTIVE,
        "[Nghị định số 3/2018/NĐ-CP] hết hiệu lực kể từ ngày Nghị định này có hiệu lực",
    ),
)

#: Between an adjacent word and its mention stand only these: articles, "các", a pinpoint, a conjunction of a list.
_FILLER = r"[\s“\"(*]*(?:(?:các|những|một số|toàn bộ|nội dung|điều,\s*khoản của|của)\s+)*"
_ADJACENT = tuple(
    (row, re.compile(rf"(?<![^\W\d_])(?:{row.words}){_FILLER}$", re.IGNORECASE)) for row in ADJACENT_ROWS
)
_FREE_RE = re.compile(
    "|".join(rf"(?P<r{at}>(?<![^\W\d_])(?:{row.words})(?![^\W\d_]))" for at, row in enumerate(FREE_ROWS)),
    re.IGNORECASE,
)
_RIGHT = tuple((row, re.compile(row.words, re.IGNORECASE)) for row in RIGHT_ROWS)
#: A full stop, or a line of its own, ends what a word can govern; a semicolon does not (lists).
_SENTENCE_END_RE = re.compile(r"(?<=[^\s\d.A-ZĐ])[.!?…]\s+(?=[A-ZĐÀ-Ỹ“\"(])|\n")
WINDOW = 420


def govern(text: str, start: int, end: int, *, floor: int = 0) -> Governing | None:
    """What governs the mention ``text[start:end]``, looking no further left than `floor`; None when nothing does.

    `start` should be that of the mention's pinpoint where it has one.

    >>> text = "Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số 14/KH-UBND"
    >>> govern(text, text.index("Kế hoạch"), len(text)).relation.value
    'ban hành'
    """
    for row, pattern in _RIGHT:
        found = pattern.match(text, end)
        if found:
            return Governing(row.relation, row.direction, Span(*_trim(text, *found.span())))
    low = sentence_start(text, start, floor)
    left = text[low:start]
    for row, pattern in _ADJACENT:
        found = pattern.search(left)
        if found:
            return Governing(
                row.relation, row.direction, Span(*_trim(text, low + found.start(), low + found.end()))
            )
    return _free(text, low, left)


def govern_anchor(text: str, at: int, *, floor: int = 0) -> Governing | None:
    """What governs a note whose mark stands at `at`: the nearest free words of the anchor's sentence."""
    low = sentence_start(text, at, floor)
    return _free(text, low, text[low:at])


def sentence_start(text: str, at: int, floor: int = 0) -> int:
    """Where the sentence that holds `at` begins, at most `WINDOW` characters back and not before `floor`."""
    low = max(floor, at - WINDOW)
    ends = [found.end() for found in _SENTENCE_END_RE.finditer(text, low, at)]
    return ends[-1] if ends else low


def _free(text: str, low: int, left: str) -> Governing | None:
    last = max(_FREE_RE.finditer(left), key=re.Match.start, default=None)
    if last is None or last.lastgroup is None:
        return None
    row = FREE_ROWS[int(last.lastgroup[1:])]
    return Governing(row.relation, row.direction, Span(low + last.start(), low + last.end()))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space and opening marks at its ends."""
    while start < end and text[start] in " \n\t":
        start += 1
    while end > start and text[end - 1] in ' \n\t“"(*':
        end -= 1
    return start, end


def all_rows() -> tuple[Row, ...]:
    """Every row, for the tests and the documentation."""
    return tuple(chain(RIGHT_ROWS, ADJACENT_ROWS, FREE_ROWS))
