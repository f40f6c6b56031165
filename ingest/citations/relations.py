"""The words that govern a mention, and the relation each of them means: one table for all vocabularies.

Two kinds: *adjacent* words (``theo``, ``tại``, ``kèm theo``) count only where they touch the mention; *free* ones
(``triển khai``, ``bãi bỏ``, ``căn cứ``) govern to the end of their clause, and the nearest wins. A few stand to
the right of the mention (``… hết hiệu lực kể từ ngày …``). Every row carries an example, which the tests walk.
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
    """What governs a mention: the relation, its direction and the deciding words (a range of the text).

    `weak` says that the words alone (``tại``, ``trong``) yield to the verb of their clause; `given` that nothing
    was read and the relation is what remains.
    """

    relation: Relation
    direction: Direction | None
    evidence: Span | None
    weak: bool = False
    given: bool = False


ACTIVE, PASSIVE = Direction.ACTIVE, Direction.PASSIVE

#: Where the citing words touch the mention; searched first, in this order.
ADJACENT_ROWS: tuple[Row, ...] = (
    Row(
        "based on what it says",
        r"căn cứ(?:\s+vào|\s+theo)?(?:\s+(?:quy định|nội dung|hướng dẫn|chỉ đạo)){0,2}(?:\s+(?:tại|của))?",
        Relation.BASED_ON,
        None,
        "Căn cứ quy định tại [Nghị định số 3/2018/NĐ-CP], Sở đã tham mưu",
    ),
    Row(
        "amended by",
        r"(?:được|bị)\s+(?:thay thế|sửa đổi|bổ sung)[^;.()\n]{0,90}?\s+theo\s+quy định\s+tại"
        r"|(?:được|đã được|có nội dung được)?\s*(?:sửa đổi,?\s*(?:và\s+)?(?:bổ sung)?(?:,\s*(?:thay thế|bãi bỏ))*"
        r"|bổ sung|điều chỉnh)"
        r"(?:\s+(?:một số|các)\s+(?:điều|nội dung|quy định)(?:\s+của\s+[^;()\n]{2,90}?)?)?"
        r"(?:\s+lần\s+thứ\s+[^\W\d_]+)?"
        r"(?<!kèm)\s+(?:bởi|tại|theo(?:\s+(?:quy định|nội dung))?(?:\s+(?:tại|của))?|bằng)(?:\s+các)?",
        Relation.AMENDS,
        PASSIVE,
        "Nghị định số 1/2016/NĐ-CP (được sửa đổi, bổ sung bởi [Nghị định số 2/2020/NĐ-CP])",
    ),
    Row(
        "replaced by",
        r"(?:được|bị)\s+thay thế\s+(?:bởi|bằng|tại|theo(?:\s+quy định)?(?:\s+(?:tại|của))?)",
        Relation.REPLACES,
        PASSIVE,
        "Thông tư cũ đã được thay thế bởi [Thông tư số 5/2024/TT-BNV]",
    ),
    Row(
        "repealed by",
        r"(?:được|bị)\s+(?:bãi bỏ|hủy bỏ|huỷ bỏ)\s+(?:bởi|tại|theo(?:\s+quy định)?(?:\s+(?:tại|của))?)"
        r"|bãi bỏ\s+bởi",
        Relation.REPEALS,
        PASSIVE,
        "khoản này bị bãi bỏ bởi [Nghị định số 7/2023/NĐ-CP]",
    ),
    Row(
        "suspends the execution of",
        r"đình chỉ\s+(?:việc\s+)?(?:thi hành|thực hiện|áp dụng)(?:\s+(?:một phần|toàn bộ|nội dung))?",
        Relation.SUSPENDS,
        ACTIVE,
        "Đình chỉ việc thi hành [Quyết định số 5/QĐ-UBND]",
    ),
    Row(
        "corrected by",
        r"(?:được\s+)?đính chính\s+(?:bởi|theo)",
        Relation.CORRECTS,
        PASSIVE,
        "được đính chính theo [Quyết định số 7/QĐ-BNV]",
    ),
    Row(
        "consolidated by",
        r"được\s+hợp nhất\s+(?:bởi|tại)",
        Relation.CONSOLIDATES,
        PASSIVE,
        "các Nghị định được hợp nhất tại [Văn bản hợp nhất số 7/VBHN-BNV]",
    ),
    Row(
        "details what it says",
        r"(?:quy định chi tiết|hướng dẫn|biện pháp)(?:,?\s+(?:và|một số điều|biện pháp|tổ chức|hướng dẫn|để|cụ thể"
        r"|quy định chi tiết)){0,6}(?:,?\s+(?:thi hành|thực hiện|triển khai)){0,2}"
        r"(?:\s+(?:một số|các)\s+(?:điều,\s*khoản|điều|nội dung"
        r"|quy định)(?:\s+và\s+biện pháp thi hành)?)?(?:\s+của)?",
        Relation.GUIDES,
        None,
        "quy định chi tiết một số điều và biện pháp thi hành [Luật số 5/2020/QH14]",
    ),
    Row(
        "promulgated with",
        r"(?:ban hành\s+)?k[èe]m(?:\s+theo)?(?:\s+tại)?"
        r"|(?:Quy chế|Quy định|Danh mục|Đề án|Chương trình|Kế hoạch|Mẫu)(?:\s+[^;.()\n]{0,90}?)?\s(?:ban hành"
        r"|phê duyệt)"
        r"\s+(?:theo|tại)"
        r"|được\s+(?:ban hành|phê duyệt|công bố)\s+(?:theo|tại|bởi|bằng)",
        Relation.PROMULGATED_WITH,
        None,
        "Quy chế ban hành kèm theo [Quyết định số 9/QĐ-UBND]",
    ),
    Row(
        "implements what it says",
        r"(?<!lực\s)(?:triển khai|thực hiện|thi hành|tổ chức)(?:,?\s+(?:thực hiện|thi hành|triển khai))*"
        r"(?:\s+(?:nghiêm(?:\s+túc)?|tốt|đầy đủ|kịp thời|có\s+hiệu quả|hiệu quả|đồng bộ|quyết liệt),?){0,3}"
        r"(?:\s+(?:các\s+)?(?:quy định|nội dung|nhiệm vụ|chỉ đạo|ý kiến chỉ đạo|mục tiêu|chính sách)"
        r"(?:\s+(?:nêu|giao))?){0,2}(?:\s+(?:của|tại|trong)(?:\s+các)?)?",
        Relation.IMPLEMENTS,
        None,
        "triển khai có hiệu quả các nội dung của [Nghị quyết số 5/NQ-CP]",
    ),
    Row(
        "brought to life",
        r"đưa",
        Relation.IMPLEMENTS,
        None,
        "để đưa [Nghị quyết số 57-NQ/TW] vào cuộc sống",
    ),
    Row(
        "as provided",
        r"(?:theo\s+)?(?:đúng\s+)?(?:quy định|hướng dẫn|chỉ đạo|nêu|giao|nội dung|yêu cầu|tinh thần|kết luận"
        r"|đề nghị"
        r"|định hướng|nhiệm vụ|chỉ tiêu|mục tiêu)(?:\s+(?:rõ|cụ thể|chi tiết))?\s+(?:tại|của|trong|ở|theo)"
        r"|theo\s+(?:đúng\s+)?(?:quy định|yêu cầu|tinh thần|nội dung|hướng dẫn|chỉ đạo)"
        r"|theo\s+đúng|so với|trái với|phù hợp với|theo|xem(?:\s+thêm)?|tham khảo"
        r"|(?:trước|sau|từ|đến|vào)\s+(?:thời điểm|ngày)",
        Relation.CITES,
        None,
        "việc công bố thực hiện theo quy định tại [Nghị định số 3/2018/NĐ-CP]",
    ),
    Row("in", r"tại|trong|ở", Relation.CITES, None, "như đã nêu trong [Nghị định số 3/2018/NĐ-CP]"),
)

#: Governing words that reach over a clause; the nearest to the mention wins.
FREE_ROWS: tuple[Row, ...] = (
    Row(
        "based on",
        r"(?<!phần\s)căn cứ(?:\s+vào|\s+theo)?",
        Relation.BASED_ON,
        None,
        "Căn cứ [Nghị định số 3/2018/NĐ-CP];",
    ),
    Row(
        "considering",
        r"xét(?=\s+(?:tờ trình|báo cáo|đề nghị|công văn|văn bản))|trên cơ sở(?!\s+(?:dữ liệu|vật chất))",
        Relation.BASED_ON,
        None,
        "Xét [Tờ trình số 3/TTr-UBND] của Ủy ban nhân dân tỉnh",
    ),
    Row(
        "details",
        r"(?<!văn\sbản\s)(?:quy định chi tiết"
        r"|hướng dẫn(?:\s+(?:thi hành|thực hiện|thi hành và tổ chức thực hiện))?)"
        r"|quy định\s+(?:một số điều và\s+)?biện pháp(?:\s+cụ thể)?(?:\s+để\s+tổ chức,?\s+hướng dẫn)?\s+thi hành",
        Relation.GUIDES,
        None,
        "quy định chi tiết một số điều của [Luật số 5/2020/QH14]",
    ),
    Row(
        "implements",
        r"(?<!lực\s)(?<!hướng\sdẫn\s)(?:tổ chức\s+)?(?:triển khai|thực hiện|thi hành|quán triệt"
        r"|(?<!ban\s)chấp hành|cụ thể hóa|cụ thể hoá"
        r"|hưởng ứng|thực thi)"
        r"(?:,?\s+(?:thực hiện|thi hành|triển khai|cụ thể hóa))*(?:\s+nghiêm(?:\s+túc)?|\s+có hiệu quả"
        r"|\s+hiệu quả)?"
        r"|tổ chức\s+(?:có\s+)?hiệu quả",
        Relation.IMPLEMENTS,
        None,
        "Triển khai thực hiện [Quyết định số 14/QĐ-BNV]",
    ),
    Row(
        "changes words",
        r"(?:thay(?:\s+thế)?|bỏ|bãi bỏ|bổ sung)(?:,?\s+(?:và\s+)?(?:thay thế|bãi bỏ|bổ sung))*"
        r"\s+(?:các\s+|một số\s+)?(?:cụm\s+)?từ(?:,\s+(?:cụm\s+)?từ)*(?:\s+ngữ)?"
        r"(?=\s*[“\"‘'*:,]|\s+(?:tại|trong|của|ở)\s)",
        Relation.AMENDS,
        ACTIVE,
        "Thay thế cụm từ “cấp huyện” bằng cụm từ “cấp xã” tại Điều 5 của [Nghị định số 3/2018/NĐ-CP]",
    ),
    Row(
        "amends",
        r"sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|điều chỉnh,?\s*bổ sung"
        r"|bổ sung(?=,?\s+(?:thay thế|sửa đổi|một số|khoản|điểm|điều|một số điều|các điều|vào|cụm từ|phụ lục))",
        Relation.AMENDS,
        ACTIVE,
        "Sửa đổi, bổ sung một số điều của [Nghị định số 3/2018/NĐ-CP]",
    ),
    Row("replaces", r"thay thế(?:\s+cho)?", Relation.REPLACES, ACTIVE, "và thay thế [Thông tư số 5/2017/TT-BNV]"),
    Row(
        "repeals",
        r"bãi bỏ|hủy bỏ|huỷ bỏ|chấm dứt hiệu lực(?:\s+của)?|hết hiệu lực(?:\s+thi hành)?(?=[^.;]{0,80}:)",
        Relation.REPEALS,
        ACTIVE,
        "Bãi bỏ [Quyết định số 9/2015/QĐ-UBND]",
    ),
    Row(
        "suspends",
        r"đình chỉ(?:\s+(?:việc\s+)?thi hành)?|(?:tạm\s+)?ngưng hiệu lực(?:\s+thi hành)?(?:\s+(?:một phần"
        r"|toàn bộ))?",
        Relation.SUSPENDS,
        ACTIVE,
        "ngưng hiệu lực thi hành của [Thông tư số 24/2019/TT-BGTVT]",
    ),
    Row("corrects", r"đính chính", Relation.CORRECTS, ACTIVE, "Đính chính [Thông tư số 5/2017/TT-BNV]"),
    Row(
        "consolidates",
        r"(?:được\s+)?hợp nhất(?:\s+(?:từ|bởi|các|nội dung))*(?=\s+(?:văn bản|nghị định|thông tư|luật"
        r"|pháp lệnh|sau))",
        Relation.CONSOLIDATES,
        ACTIVE,
        "được hợp nhất từ Nghị định sau: [Nghị định số 3/2018/NĐ-CP]",
    ),
    Row(
        "as provided, at a distance",
        r"theo(?:\s+(?:đúng\s+)?(?:quy định|hướng dẫn|chỉ đạo|yêu cầu|tinh thần))?|quy định\s+tại|so với|trái với",
        Relation.CITES,
        None,
        "theo chỉ đạo của Phó Thủ tướng trong [Văn bản số 3/VPCP-V.I]",
    ),
    Row(
        "issues",
        r"(?:đã\s+)?(?:ký\s+)?ban hành|(?:đã\s+)?thông qua|(?:đã\s+)?phê duyệt|(?:đã\s+)?tham mưu|đã\s+trình"
        r"|trình(?=\s+(?:HĐND|Hội đồng|UBND|Ủy ban|Thủ tướng|Chính phủ|Quốc hội|cấp))"
        r"|(?<!khi\s)(?<!chưa\s)(?<!không\s)(?:đã\s+)?có(?=\s+(?:văn bản|công văn|tờ trình|báo cáo|quyết định"
        r"|kế hoạch|thông báo|các văn bản))",
        Relation.ISSUES,
        None,
        "Ủy ban nhân dân tỉnh đã ban hành [Kế hoạch số 14/KH-UBND]",
    ),
)

#: Relations whose verb, at the head of its clause, decides over ``tại`` or ``của`` beside the mention.
DEEDS = frozenset((Relation.AMENDS, Relation.REPLACES, Relation.REPEALS, Relation.SUSPENDS, Relation.CORRECTS))
#: Relations whose verb governs nearby, or inside its bracket.
NEAR_ONLY = DEEDS | {Relation.GUIDES}

#: Between an adjacent word and its mention stand only these.
_FILLER = r"[\s“\"(*:]*(?:(?:các|những|một số|toàn bộ|nội dung|điều,\s*khoản của|của|văn bản|bản)\s+)*[\s“\"(*]*"


def pattern_of(words: str) -> str:
    """Governing words as a pattern: any white space between them."""
    return words.replace(" ", r"\s+")


_ADJACENT = tuple(
    (row, re.compile(rf"(?<![^\W\d_])(?:{pattern_of(row.words)}){pattern_of(_FILLER)}$", re.IGNORECASE))
    for row in ADJACENT_ROWS
)
_FREE_RE = re.compile(
    r"(?<![^\W\d_])(?:"
    + "|".join(f"(?P<r{at}>{pattern_of(row.words)})" for at, row in enumerate(FREE_ROWS))
    + r")(?![^\W\d_¹²³⁰⁴-⁹])",
    re.IGNORECASE,
)
_ADJACENT_REACH = 130
#: What follows a governing word may decide whether it is one (``có văn bản``).
_LOOK = 24


def adjacent(text: str, low: int, at: int) -> Governing | None:
    """The row of words that touch a mention beginning at `at`, reading back as far as `low`."""
    low = max(low, at - _ADJACENT_REACH)
    left = text[low:at]
    if not left.strip():
        return None
    for row, pattern in _ADJACENT:
        found = pattern.search(left)
        if found:
            evidence = _trim(text, low + found.start(), low + found.end())
            return Governing(row.relation, row.direction, evidence, weak=row.name == "in")
    return None


def nearest_free(text: str, low: int, high: int) -> Governing | None:
    """The row of the last free words in ``text[low:high]``."""
    last = None
    for found in _FREE_RE.finditer(text, low, min(len(text), high + _LOOK)):
        if found.end() > high:
            break
        last = found
    return _governing_of(last) if last else None


def first_free(text: str, low: int, high: int) -> Governing | None:
    """The row of free words that begin exactly at `low`."""
    found = _FREE_RE.match(text, low, min(len(text), high + _LOOK))
    return _governing_of(found) if found and found.end() <= high else None


def all_rows() -> tuple[Row, ...]:
    """Every row of words that stand before their mention, for the tests and the documentation."""
    return tuple(chain(ADJACENT_ROWS, FREE_ROWS))


def _governing_of(found: re.Match[str]) -> Governing:
    row = FREE_ROWS[int((found.lastgroup or "r0")[1:])]
    return Governing(row.relation, row.direction, Span(*found.span()))


def _trim(text: str, start: int, end: int) -> Span:
    """The range without white space and opening marks at its ends."""
    while start < end and text[start] in " \n\t":
        start += 1
    while end > start and text[end - 1] in ' \n\t“"(*':
        end -= 1
    return Span(start, end)
