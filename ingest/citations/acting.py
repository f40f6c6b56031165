"""Words behind a mention that decide: what happens to it, what it does itself.

``Nghị định số … hết hiệu lực kể từ ngày …`` where it begins its sentence; ``Nghị định số … cũng sửa đổi, bổ sung
Nghị định này``: as the subject of its clause it takes the deed's relation, in the passive: it did this to another
document. Words of a title have no such force: a marker of time or order (``đã``, ``cũng``) tells the verb of a
clause from them, or an object that points back (``Nghị định này``).
"""

from __future__ import annotations

import re

from ingest.citations.relations import ACTIVE, PASSIVE, Governing, Row, pattern_of
from kb.models import Relation, Span

#: Words right of the mention that decide by themselves, where the mention begins its sentence.
RIGHT_ROWS: tuple[Row, ...] = (
    Row(
        "is amended as follows",
        r"[^;:.\n“]{0,260}?(?P<said>(?:được\s+)?(?:sửa đổi|bổ sung|sửa đổi,?\s*bổ sung)(?:\s+một số điều)?"
        r"\s+như sau)",
        Relation.AMENDS,
        ACTIVE,
        "Điều 65 của [Luật Thi đua, khen thưởng] được sửa đổi, bổ sung như sau:",
    ),
    Row(
        "expires",
        # Several subjects may have one verb: "Nghị định A quy định …; Nghị định B … hết hiệu lực kể từ ngày …".
        r"(?!\s*có hiệu lực)(?:[^;.\n]|;\s(?=(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Chỉ thị"
        r"|Thông tư)\s)){0,900}?(?<!này\s)(?P<said>(?:sẽ\s+)?hết hiệu lực(?:\s+thi hành)?)"
        r"(?=\s+(?:kể\s+)?(?:từ|khi))",
        Relation.REPEALS,
        ACTIVE,
        "[Nghị định số 3/2018/NĐ-CP] hết hiệu lực kể từ ngày Nghị định này có hiệu lực",
    ),
)
_RIGHT = tuple((row, re.compile(pattern_of(row.words), re.IGNORECASE)) for row in RIGHT_ROWS)
_RIGHT_HINT_REACH = 930

_TYPES = (
    r"(?:[Nn]ghị định|[Nn]ghị quyết|[Tt]hông tư|[Qq]uyết định|[Cc]hỉ thị|[Kk]ế hoạch|[Qq]uy chế|[Qq]uy định"
    r"|[Bb]ộ luật|[Ll]uật|[Pp]háp lệnh|[Cc]ông văn|[Vv]ăn bản|[Hh]ướng dẫn|[Cc]hương trình|[Đđ]ề án|[Kk]ết luận)"
)
_MARKER = r"(?:\s+(?:cũng|đã|vừa|sẽ|nay|mới|lại|sau đó|tiếp đó|sau này|tiếp tục|trực tiếp)){1,3}"
#: Parts of the object: ``một số điều của``, ``điểm a khoản 2 Điều 5``, ``Phụ lục I``.
_PARTS = (
    r"(?:\s+(?:một số|một phần|các|những|toàn bộ|nội dung|quy định|[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương|[Mm]ục"
    r"|[Pp]hụ lục|[Mm]ẫu|của|tại|trong|và|thi hành|thực hiện|biện pháp|[0-9]{1,3}[a-zđ]?|[a-zđ]"
    r"|[IVX]{1,5}),?){0,12}"
)
_BACK = rf"(?={_PARTS}\s+{_TYPES}\s+(?:này|trên|nêu trên|nói trên)(?![^\W\d_]))"
_OBJECT = rf"(?={_PARTS}\s+{_TYPES}(?![^\W\d_]))"
#: Nothing follows: ``(Nghị định số … đã thay thế)``.
_NOTHING = r"(?=\s*(?:[.;)”\"]|$))"

#: What a document does to another; one row a deed.
ACTING_ROWS: tuple[Row, ...] = (
    Row(
        "itself amends",
        r"(?:sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|bổ sung|điều chỉnh)",
        Relation.AMENDS,
        PASSIVE,
        "[Nghị định số 7/2023/NĐ-CP] cũng sửa đổi, bổ sung Nghị định này.",
    ),
    Row(
        "itself replaces",
        r"thay thế(?:\s+cho)?",
        Relation.REPLACES,
        PASSIVE,
        "[Thông tư số 5/2024/TT-BNV] đã thay thế Thông tư trên.",
    ),
    Row(
        "itself repeals",
        r"(?:bãi bỏ|hủy bỏ|huỷ bỏ)",
        Relation.REPEALS,
        PASSIVE,
        "[Quyết định số 9/2025/QĐ-UBND] sau đó bãi bỏ một phần Quyết định này.",
    ),
    Row(
        "itself suspends",
        r"(?:đình chỉ|(?:tạm\s+)?ngưng hiệu lực)",
        Relation.SUSPENDS,
        PASSIVE,
        "[Nghị quyết số 9/NQ-CP] đã ngưng hiệu lực một phần Nghị định này.",
    ),
    Row(
        "itself corrects",
        "đính chính",
        Relation.CORRECTS,
        PASSIVE,
        "[Quyết định số 71/QĐ-BNV] đã đính chính Thông tư này.",
    ),
    Row(
        "itself guides",
        r"(?:quy định chi tiết|hướng dẫn)",
        Relation.GUIDES,
        PASSIVE,
        "[Thông tư số 5/2024/TT-BNV] cũng hướng dẫn thi hành Nghị định này.",
    ),
)
#: ``đã được Nghị định số … sửa đổi, bổ sung``: what did it stands between, the verb behind it needs no object.
_AGENT_RE = re.compile(r"(?<![^\W\d_])(?:được|bị)\s+(?:các\s+|chính\s+)?$")


def _behind(row: Row) -> str:
    """The words of a row behind their subject; ``Luật sửa đổi.`` is no clause, ``… thay thế.`` is one."""
    ended = f"|{_NOTHING}" if row.relation in (Relation.REPLACES, Relation.REPEALS) else ""
    return rf"{_MARKER}\s+{row.words}(?:{_OBJECT}|{_NOTHING})|\s+{row.words}(?:{_BACK}{ended})"


_PATTERNS = tuple(
    (row, re.compile(_behind(row)), re.compile(rf"\s+{row.words}(?![^\W\d_])")) for row in ACTING_ROWS
)
_HINT_RE = re.compile(
    rf"{_MARKER}(?![^\W\d_])|\s+(?:sửa|bổ|điều|thay|bãi|h[uủ][yỷ]|đình|tạm|ngưng|đính|quy định chi|hướng)"
)


def acting(text: str, start: int, end: int) -> Governing | None:
    """What a document that stands at ``text[start:end]``, with date and body, does itself.

    >>> text = "Nghị định số 7/2023/NĐ-CP đã thay thế Nghị định trên."
    >>> found = acting(text, 0, 25)
    >>> found.relation.value, found.direction.value, found.evidence.cut(text)
    ('thay thế', 'passive', 'đã thay thế')
    """
    if not _HINT_RE.match(text, end):
        return None
    agent = _AGENT_RE.search(text, max(0, start - 16), start) is not None
    for row, pattern, bare in _PATTERNS:
        found = (bare if agent else pattern).match(text, end)
        if found:
            start = found.end() - len(found.group().lstrip())
            return Governing(row.relation, row.direction, Span(start, found.end()))
    return None


def right_of(text: str, end: int) -> Governing | None:
    """The row of words that follow a mention that ends at `end` and begins its sentence."""
    reach = end + _RIGHT_HINT_REACH
    if text.find("hết hiệu lực", end, reach) < 0 and text.find("như sau", end, reach) < 0:
        return None
    for row, pattern in _RIGHT:
        found = pattern.match(text, end)
        if found:
            return Governing(row.relation, row.direction, Span(*found.span("said")))
    return None
