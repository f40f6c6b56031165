"""Deeds with their days, and which of them come one after the other: rows of data, held against what is told.

A day belongs to the deed of its clause: the words since the day before it, or, where the day opens its sentence,
those behind it. A clause with both deeds of a row tells nothing of their order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from graphs.checks.periods import when
from graphs.checks.report import Subject
from kb.models import BlockKind, TextBlock
from kb.text.sentences import SENTENCE_END_RE


@dataclass(frozen=True, slots=True)
class Order:
    """A deed that makes another one possible; `breaks` tells them the wrong way round.

    `far` where there is one of each in a paper: then the next paragraph may tell the second.
    """

    first: str
    then: str
    breaks: str
    far: bool = False


_RESULT = (
    r"(?:công bố|thông báo|xác nhận|công nhận|phê duyệt)[^.;:\d]{0,12}kết quả"
    r"|kết quả[^.;:\d]{0,25}(?:công bố|xác nhận|phê duyệt)"
)
_LOOK = r"(?:thanh tra|kiểm tra|kiểm toán|giám sát|xác minh)"
ORDERS: tuple[Order, ...] = (
    Order(
        r"thụ lý",
        r"(?:quyết định|trả lời|kết luận)\b[^.;:\d]{0,25}giải quyết|giải quyết xong",
        "Đơn thụ lý ngày 12/9/2023, quyết định giải quyết ngày 05/8/2023.",
    ),
    Order(
        r"(?:tiếp nhận|nhận được|nhận)\s+đơn",
        r"thụ lý",
        "Nhận đơn ngày 12/9/2023, thụ lý ngày 05/9/2023.",
    ),
    Order(
        r"(?:tiếp nhận|nộp)\s+hồ sơ",
        r"trả kết quả|cấp\s+(?:giấy chứng nhận|giấy phép)",
        "Tiếp nhận hồ sơ ngày 12/9/2023, trả kết quả ngày 02/9/2023.",
    ),
    Order(
        r"lắp đặt(?: xong)?|đưa vào sử dụng",
        r"(?:ca|lần|lượt|sản phẩm)\b[^.;:\d]{0,15}đầu tiên",
        "Máy lắp đặt xong ngày 20/3/2024; ca chụp đầu tiên ngày 05/3/2024.",
    ),
    Order(
        r"cấp\s+(?:giấy chứng nhận|giấy phép|phép)",
        r"khởi công",
        "Dự án được cấp giấy phép ngày 18/4/2025, khởi công ngày 02/4/2025.",
    ),
    Order(
        r"(?:bồi thường|giải phóng mặt bằng|bàn giao mặt bằng)",
        r"(?:hoàn thành|kết thúc)\s+(?:thi công|xây dựng|công trình|toàn tuyến)|thông xe|khánh thành",
        "Giải phóng mặt bằng xong trong quý IV/2023, hoàn thành thi công trước ngày 30/6/2023.",
    ),
    Order(
        r"khởi công",
        r"hoàn thành|nghiệm thu|bàn giao(?!\s+mặt bằng)|khánh thành|thông xe|đưa vào sử dụng|quyết toán",
        "Cầu khởi công ngày 12/5/2020, khánh thành ngày 30/4/2020.",
    ),
    Order(
        r"nghiệm thu",
        r"(?:phê duyệt|duyệt)\s+quyết toán|đưa vào (?:sử dụng|khai thác|vận hành)",
        "Công trình nghiệm thu ngày 12/5/2020, đưa vào sử dụng ngày 30/4/2020.",
    ),
    Order(
        r"giao (?:dự toán|vốn|kế hoạch vốn)",
        r"phân bổ",
        "Giao dự toán trước ngày 25/12/2024; xã phân bổ trước ngày 20/12/2024.",
    ),
    Order(
        r"(?:mở|đóng|phát hành hồ sơ mời)\s+thầu",
        r"ký(?: kết)? hợp đồng|phê duyệt kết quả (?:lựa chọn nhà thầu|đấu thầu)",
        "Mở thầu ngày 12/5/2020, ký hợp đồng ngày 30/4/2020.",
    ),
    Order(
        r"ký (?:kết )?hợp đồng|hợp đồng[^.;:,\d]{0,40}\bký",
        r"nghiệm thu|bàn giao(?!\s+mặt bằng)|thanh lý|quyết toán",
        "Công trình nghiệm thu ngày 05/3/2020, hợp đồng thi công ký ngày 12/6/2020.",
    ),
    Order(
        r"khởi tố(?: vụ án| bị can)?",
        r"(?:ban hành |ra )?cáo trạng|truy tố|đưa ra xét xử|xét xử|tuyên án",
        "Khởi tố vụ án ngày 14/8/2021, ban hành cáo trạng ngày 20/7/2021.",
    ),
    Order(r"truy tố|cáo trạng", r"xét xử|tuyên án", "Cáo trạng ban hành ngày 14/8/2021, xét xử ngày 20/7/2021."),
    Order(
        rf"công bố quyết định {_LOOK}",
        rf"kết thúc (?:việc )?{_LOOK}",
        "Công bố quyết định thanh tra ngày 12/4/2021, kết thúc thanh tra ngày 15/3/2021.",
    ),
    Order(
        rf"kết thúc (?:việc )?{_LOOK}",
        rf"(?:báo cáo|kết luận|thông báo)(?: về)?(?: kết quả)? {_LOOK}",
        "Kết thúc thanh tra ngày 15/6/2021. Báo cáo kết quả thanh tra ngày 08/6/2021.",
        True,
    ),
    Order(
        rf"báo cáo kết quả {_LOOK}",
        rf"kết luận {_LOOK}",
        "Đoàn có báo cáo kết quả thanh tra ngày 15/6/2021, kết luận thanh tra ngày 08/6/2021.",
    ),
    Order(
        r"(?:có|gửi|trình|lập)\b[^.;:\d]{0,40}(?:báo cáo|tờ trình|hồ sơ|dự thảo|phương án|quyết toán)",
        r"(?:đã (?:tổ chức )?|họp |thông báo kết quả |báo cáo )(?:thẩm định|thẩm tra)",
        "Huyện trình báo cáo ngày 26/5/2021; Sở Tài chính đã thẩm định ngày 18/5/2021.",
    ),
    Order(
        r"(?:báo cáo|họp|có kết quả|kết quả|tổ chức|đã)\s+(?:thẩm định|thẩm tra)",
        r"(?:được|đã|quyết định|ký)\s+phê duyệt(?!\s+(?:điều chỉnh|chủ trương|nhiệm vụ|dự toán|quyết toán))",
        "Báo cáo thẩm định ngày 26/5/2021, dự án được phê duyệt ngày 18/5/2021.",
    ),
    Order(
        r"lập biên bản",
        r"(?:ra|ban hành|ký) quyết định xử phạt",
        "Lập biên bản ngày 26/5/2021, ra quyết định xử phạt ngày 18/5/2021.",
    ),
    Order(
        r"(?:tổ chức|tiến hành|diễn ra|ngày)\s+(?:cuộc\s+|việc\s+)?(?:bầu cử|bỏ phiếu)",
        _RESULT + r"|tổng kết (?:cuộc )?bầu cử",
        "Tổ chức bầu cử thêm ngày 06/6/2021 tại 04 đơn vị; kết quả được công bố ngày 04/6/2021.",
    ),
    Order(
        r"(?:tổ chức|diễn ra|khai mạc)\s+(?:kỳ\s+|đợt\s+|vòng\s+)?(?:thi|xét|sát hạch|tuyển dụng)\b",
        _RESULT,
        "Tổ chức thi ngày 06/6/2021; kết quả được công bố ngày 04/6/2021.",
    ),
    Order(r"khai (?:mạc|giảng)", r"bế (?:mạc|giảng)", "Lớp khai giảng ngày 06/6/2021, bế giảng ngày 04/5/2021."),
    Order(
        r"(?:dịch|ca bệnh|ca mắc|vụ cháy|đám cháy)\b[^.;:\d]{0,40}(?:phát hiện|xuất hiện|bùng phát|xảy ra)",
        r"(?:khống chế|dập tắt|công bố hết dịch)",
        "Ổ dịch xảy ra ngày 06/6/2021, được khống chế ngày 04/5/2021.",
    ),
    Order(
        r"công bố (?:có )?dịch",
        r"công bố hết dịch",
        "Công bố dịch ngày 06/6/2021, công bố hết dịch ngày 04/5/2021.",
    ),
    Order(
        r"(?:bắt đầu |xong )?(?:gieo cấy|gieo sạ|xuống giống|gieo trồng|thả giống)",
        r"thu hoạch",
        "Xuống giống từ ngày 10/12/2022, thu hoạch xong ngày 15/11/2022.",
    ),
    Order(
        r"thông báo thu hồi đất",
        r"quyết định thu hồi đất",
        "Thông báo thu hồi đất ngày 06/6/2021, quyết định thu hồi đất ngày 04/5/2021.",
    ),
    Order(
        r"lấy ý kiến[^.;:\d]{0,40}",
        r"(?:thông qua|ban hành) (?:nghị quyết|quyết định|kế hoạch|đề án|quy hoạch)",
        "Lấy ý kiến Nhân dân xong ngày 06/6/2021, thông qua đề án ngày 04/5/2021.",
    ),
    Order(
        r"lập danh sách",
        r"niêm yết(?: công khai)? danh sách",
        "Lập danh sách cử tri xong ngày 06/6/2021, niêm yết danh sách cử tri ngày 04/5/2021.",
        True,
    ),
    Order(
        r"thành lập (?:tổ|đoàn|hội đồng)\b",
        r"(?:tổ(?! chức)|đoàn|hội đồng)\b[^.;:,\d]{0,20}(?:tổ chức|tiến hành|làm việc|họp|chấm)",
        "Thành lập Tổ khảo sát ngày 06/6/2021; Tổ khảo sát làm việc tại các xã ngày 04/5/2021.",
    ),
    Order(
        rf"(?:ban hành|ký|có)\s+quyết định (?:về việc )?{_LOOK}|quyết định {_LOOK}[^.;:\d]{{0,25}}(?:ban hành|ký)",
        rf"đoàn\b[^.;:\d]{{0,30}}(?:làm việc|tiến hành|{_LOOK} tại)",
        "Quyết định kiểm tra được ban hành ngày 18/4/2021, Đoàn làm việc tại đơn vị từ ngày 10/4/2021.",
    ),
)
_ORDER_RES = tuple(
    (row, re.compile(rf"\b(?:{row.first})\b"), re.compile(rf"\b(?:{row.then})\b")) for row in ORDERS
)
#: One of these strings stands in every clause that tells a deed of a row.
_HINT_RE = re.compile(
    r"thụ lý|giải quyết|đơn|hồ sơ|kết quả|cấp|lắp đặt|đưa vào|đầu tiên|khởi|bồi thường|mặt bằng|"
    r"thi công|hoàn thành|kết thúc|thông xe|khánh thành|nghiệm thu|bàn giao|quyết toán|giao |phân bổ|"
    r"thầu|hợp đồng|thanh lý|cáo trạng|truy tố|xét xử|tuyên án|thanh tra|kiểm t|giám sát|xác minh|"
    r"trình|báo cáo|phương án|dự thảo|thẩm |phê duyệt|biên bản|xử phạt|bầu cử|bỏ phiếu|tổ chức|"
    r"diễn ra|khai |bế |dịch|bệnh|ca mắc|cháy|khống chế|dập tắt|gieo |giống|thu |lấy ý kiến|thông qua|"
    r"ban hành|niêm yết|thành lập|đoàn|tổ |hội đồng|danh sách"
)
_DAY_RE = re.compile(
    r"\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\d/])|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d"
    r"|(?:tháng\s+\d{1,2}|quý\s*(?:iv|i{1,3}|[1-4]))\s*(?:/|-|năm)?\s*(?:19|20)\d\d(?![\d/])"
)
_BY_RE = re.compile(r"\b(?:trước|chậm nhất|muộn nhất|đến)(?:\s+(?:là|vào|hết))*\s+(?:ngày\s+)?$")
#: A day told behind these is no day of a deed of its own.
_NO_DEED_RE = re.compile(
    r"\b(?:chưa|không|dự kiến|gia hạn|điều chỉnh|bổ sung|sửa đổi|từng phần|một phần|(?<!nhà )tạm|lại|kéo dài|kể từ"
    r"|có hiệu lực|nếu|trường hợp)\b",
)
#: A deed that rests on the one told before it is not what that one follows.
_LINK_RE = re.compile(r"\b(?:trên cơ sở|căn cứ|từ (?:kết quả|nguồn)|sau khi)\b")
_OPENS_RE = re.compile(r"(?:^|[.;:]\s)\W*(?:(?:vào|trong|đến|từ|trước|chậm nhất|muộn nhất)\s+)*(?:ngày\s+)?$")
#: Which of several: two deeds of different ones are in no order.
_WHICH_RE = re.compile(
    r"\b(?P<what>(?i:gói thầu|gói|đợt|giai đoạn|bước|lần|khóa|vòng|dự án|công trình|hạng mục|tuyến|cầu|đường|vụ án"
    r"|vụ|đơn của|trường|trạm|hồ chứa|kỳ|lớp|xã|huyện|phường|thị trấn|thành phố|ông|bà|công ty|đoàn))"
    r"\s+(?P<which>(?:số\s+)?\d[\w.-]*|thứ\s\w+|[A-ZĐÀ-Ỹ][\w.-]*(?:\s[A-ZĐÀ-Ỹ]\w*)?)"
)
_FAR_WORDS = ("thanh tra", "kiểm tra", "kiểm toán", "giám sát", "xác minh", "danh sách")
_YEARS = ("/20", "m 20", "/19", "m 19", "I 20", "V 20", "-20")
_FARTHEST, _CLAUSE, _SENTENCES, _BESIDE = 320, 150, 2, 30


@dataclass(frozen=True, slots=True)
class Dated:
    """A day with its clause in small letters and as told: first and last day, whether only "by" it, its place."""

    days: tuple[date, date]
    by: bool
    printed: str
    start: int
    end: int
    clause: str
    told: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two deeds of a row told together, each with the block that it stands in."""

    first: Dated
    then: Dated
    blocks: tuple[TextBlock, TextBlock]

    @property
    def holds(self) -> bool | None:
        """Whether the second may have followed the first; None where the first only has a last day."""
        if self.first.by and not self.then.by:
            return None
        return self.first.days[0] <= self.then.days[1]


def pairs_of_deeds(subject: Subject) -> Iterator[Pair]:
    """Two deeds of a row in one sentence or the next, or, of rows that say so, in the next paragraph."""
    before: tuple[TextBlock, tuple[Dated, ...]] | None = None
    for block in subject.document.blocks:
        if block.kind not in (BlockKind.TEXT, BlockKind.NOTE):
            continue
        text = subject.document.block_text(block)
        days = sum(map(text.count, _YEARS))
        alone = days == 1 and any(word in text for word in _FAR_WORDS)
        told = dated_clauses(text) if days > 1 or alone else ()
        dated = tuple(one for one in told if _HINT_RE.search(one.clause))
        for row, first, then in _ORDER_RES:
            if len(dated) > 1:
                yield from _beside(block, dated, first, then)
            if row.far and before is not None and dated:
                yield from _across(before, (block, dated), first, then)
        before = (block, dated)


def _beside(
    block: TextBlock, dated: tuple[Dated, ...], first: re.Pattern[str], then: re.Pattern[str]
) -> Iterator[Pair]:
    ones, others = _of_row(dated, first, then)
    for other in others:
        near = [one for one in ones if _near(one, other)]
        one = min(near, key=lambda at: abs(at.start - other.start), default=None)
        if one is None or _of_others(one, other):
            continue
        if one.start < other.start or not _LINK_RE.search(one.clause):
            yield Pair(one, other, (block, block))


def _across(
    before: tuple[TextBlock, tuple[Dated, ...]],
    after: tuple[TextBlock, tuple[Dated, ...]],
    first: re.Pattern[str],
    then: re.Pattern[str],
) -> Iterator[Pair]:
    ones, _ = _of_row(before[1], first, then)
    _, others = _of_row(after[1], first, then)
    if len(ones) == 1 and len(others) == 1 and not _of_others(ones[0], others[0]):
        yield Pair(ones[0], others[0], (before[0], after[0]))


def _of_row(
    dated: tuple[Dated, ...], first: re.Pattern[str], then: re.Pattern[str]
) -> tuple[list[Dated], list[Dated]]:
    ones: list[Dated] = []
    others: list[Dated] = []
    for one in dated:
        is_first, is_then = bool(first.search(one.clause)), bool(then.search(one.clause))
        if is_first != is_then:
            (ones if is_first else others).append(one)
    return ones, others


def _near(one: Dated, other: Dated) -> bool:
    return abs(one.start - other.start) <= _FARTHEST and abs(one.sentence - other.sentence) < _SENTENCES


def _of_others(one: Dated, other: Dated) -> bool:
    """Whether the clauses name two of one kind: two lots, two works, two cases."""
    mine, others = (
        {found["what"].lower(): found["which"].lower() for found in _WHICH_RE.finditer(at.told)}
        for at in (one, other)
    )
    return any(mine[what] != others[what] for what in mine.keys() & others.keys())


@lru_cache(maxsize=512)
def dated_clauses(text: str) -> tuple[Dated, ...]:
    """The days of a text, each with its clause, but those of which no deed is told.

    >>> [one.clause for one in dated_clauses("Khởi công ngày 12/5/2020, xong ngày 30/4/2021.")]
    ['khởi công ngày ', ', xong ngày ']
    """
    low_text = text.lower()
    found = list(_DAY_RE.finditer(low_text))
    ends = [end.end() for end in SENTENCE_END_RE.finditer(text)] if found else []
    dated = []
    reach = 0
    for at, one in enumerate(found):
        sentence = bisect_right(ends, one.start())
        low = max(reach, ends[sentence - 1] if sentence else 0, one.start() - _CLAUSE)
        if _OPENS_RE.search(low_text, max(low - 2, 0), one.start()):
            next_ = found[at + 1].start() if at + 1 < len(found) else len(text)
            low = one.end()
            high = min(next_, ends[sentence] if sentence < len(ends) else len(text), low + _CLAUSE)
            high = low + len(low_text[low:high].partition(";")[0])
        else:
            high, reach = one.start(), one.end()
            low = low_text.rfind(";", low, high) + 1 or low
        clause = low_text[low:high]
        days = when(text[slice(*one.span())])
        if days is not None and not _NO_DEED_RE.search(clause, clause.rfind(",") + 1):
            by = bool(_BY_RE.search(low_text, max(one.start() - _BESIDE, 0), one.start()))
            printed, told = text[slice(*one.span())], text[low:high]
            dated.append(Dated(days, by, printed, *one.span(), clause, told, sentence))
    return tuple(dated)
