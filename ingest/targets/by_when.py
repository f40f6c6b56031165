"""Tasks of the time to come that name a day: ``Trình đề án bến bãi (trước ngày 30/6/2032)``."""

from __future__ import annotations

import re

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.deadlines import DAY, is_before
from ingest.targets.led import ITEM_RE

_TO = r"(?:ngày\s+|hết\s+|cuối\s+|đầu\s+|giữa\s+|là\s+|vào\s+|trong\s+|đến\s+|trước\s+)*"
#: A word that calls a day the end of a task, and the day.
_BY_RE = re.compile(
    rf"(?<![^\W\d_])(?:trước|chậm nhất|muộn nhất|xong|hoàn thành|hoàn tất|thời hạn|hạn(?:\s+(?:cuối|chót))?)"
    rf"(?:\s+(?:hoàn thành|trình|ban hành|thực hiện|xong))?\s*:?\s*{_TO}(?P<due>{DAY}|\d{{1,2}}/20\d\d)",
    re.IGNORECASE,
)
#: A part of a year in which it is done: no whole year, in which all tasks of a plan are.
_WITHIN_RE = re.compile(
    rf"(?<![^\W\d_])(?:trong|vào|ngay trong|đến hết|đến|hết)\s+{_TO}(?P<due>(?!năm\b){DAY})", re.IGNORECASE
)
#: From when on a thing is to run.
_FROM_RE = re.compile(
    r"\b(?:vận hành|khai trương|mở cửa|khai giảng|hoạt động|phát sóng)\b[^.;,]{0,60}?\b(?P<by>từ\s+"
    rf"{_TO}(?P<due>(?!năm\b){DAY}))",
    re.IGNORECASE,
)
#: A time that opens its task: "Quý II/2032, ban hành quy chế", "Tháng 5/2032: thông xe cầu".
_FIRST_RE = re.compile(
    rf"(?:(?:trong|đến|vào|hết|cuối)\s+)*(?P<due>(?!năm\b){DAY}|\d{{1,2}}/20\d\d)\s*[:,]\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
#: A clause that is no more than the day of the one before: "; thời hạn: 30/4/2032".
_BARE_RE = re.compile(
    rf"\W*(?:(?:thời\s+)?hạn(?:\s+(?:hoàn thành|trình|cuối|chót))?|xong|chậm nhất|trước)\s*:?\s*{_TO}{DAY}\W*",
    re.IGNORECASE,
)
#: The bracket that ends an item with its day and no more.
_BRACKET_RE = re.compile(
    rf"\(\s*(?:(?:phải|cần|dự kiến|phấn đấu|thời gian|thời hạn|hạn|xong|hoàn thành|hoàn tất|kết thúc|trước|trong"
    rf"|chậm nhất|muộn nhất|đến|vào|ngay)[\s:]+)*{_TO}(?P<due>{DAY}|\d{{1,2}}/20\d\d)\s*\)\W*$",
    re.IGNORECASE,
)
#: What the day is of where no task ends with it: a law, a figure, what is reckoned from it.
_OF_OTHERS_RE = re.compile(
    r"\b(?:hiệu lực|phát sinh|so với|số liệu|cập nhật|tồn đọng|tồn|tính|kể|dở dang|tốt nghiệp|áp dụng"
    r"|nếu)\s+(?:từ\s+)?$|\btừ\s+(?:ngày\s+)?\d[\d/]*\s+$",
    re.IGNORECASE,
)
#: "các dự án khởi công trước năm 2032": a year before which things were made.
_MADE_RE = re.compile(r"\b(?:khởi công|xây dựng|ban hành|thành lập|phê duyệt|tuyển dụng|sinh)\s+$", re.IGNORECASE)
#: What was done, or is a case, by the first words; what others are asked for; reporting, a duty of office.
_TOLD_RE = re.compile(
    r"(?:[^\W\d_]+\s+){0,7}?(?:đã|vừa|đang|trường hợp|nếu|hiện nay|hiện có|đến nay)(?![^\W\d_])", re.IGNORECASE
)
_ASKS_RE = re.compile(r"\b(?:đề nghị|kiến nghị|đề xuất với)(?![^\W\d_])", re.IGNORECASE)
_REPORTS_RE = re.compile(r"\b(?:báo cáo|gửi|tổng hợp|thông báo)(?!\s+(?:viên|cáo))(?![^\W\d_])", re.IGNORECASE)
_EACH_RE = re.compile(r"[^.;,]{0,12}\b(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng)\b", re.IGNORECASE)
#: The most words before a day that opens its sentence, and the least of a task, that by when among them.
_OPENING, _FEWEST = 2, 4


def task_due(sentence: str, issued: str | None) -> str | None:
    """The day that a task names as its end, as told; None where it names none, or one before that of the paper.

    >>> task_due("- Trình đề án bến bãi (trước ngày 30/6/2032).", "2032-01-05")
    'trước ngày 30/6/2032'
    >>> task_due("3. Tổ chức sơ kết quy hoạch rừng trong quý III năm 2032.", "2032-01-05")
    'trong quý III năm 2032'
    >>> told = "Đã trình đề án trước ngày 30/6/2032.", "Rà soát các dự án khởi công trước năm 2032."
    >>> [task_due(one, "2032-01-05") for one in told]
    [None, None]
    """
    words = ITEM_RE.sub("", " ".join(sentence.split()))
    if words.endswith(":") or words.isupper() or _TOLD_RE.match(words) or _ASKS_RE.search(words):
        return None
    found = _BRACKET_RE.search(words) or _in_clause(words) or _first(words)
    if found is None or is_before(found["due"], issued) or _EACH_RE.match(words, found.end()):
        return None
    head = re.findall(r"[^\W\d_]+", words[: found.start("due")])
    opens = len(head) <= _OPENING  # "Trước 28/02: kiểm tra …"
    if len(re.findall(r"[^\W\d_]+", words[found.end() :]) if opens else head) < _FEWEST:
        return None
    if _REPORTS_RE.search(words, 0, found.start()):
        return None
    return found[("by" if found.re is _FROM_RE else 0)].strip(" .;:,()")


def is_bare(clause: str) -> bool:
    """Whether a clause is no more than the day of the one before.

    >>> is_bare("thời hạn: 30/4/2032."), is_bare("trình đề án trước 30/4/2032.")
    (True, False)
    """
    return _BARE_RE.fullmatch(clause) is not None


def _first(words: str) -> re.Match[str] | None:
    found = _FIRST_RE.match(words)
    return None if found is None or _TOLD_RE.match(words, found.end()) else found


def _in_clause(words: str) -> re.Match[str] | None:
    for form in (_BY_RE, _WITHIN_RE, _FROM_RE):
        for found in form.finditer(words):
            left = words[: found.start()]
            made = found["due"].lower().startswith("năm") and _MADE_RE.search(left)
            if left.count("(") <= left.count(")") and not made and not _OF_OTHERS_RE.search(left):
                return found
    return None


#: The name of a thing that bears a number: "giai đoạn 2", "tuyến số 3", "Nghị định số 12", "Phụ lục 4".
_NAME_RE = re.compile(
    r"(?:\b(?:số|giai đoạn|đợt|kỳ|khóa|khoá|lần|tuyến|đường|quốc lộ|tỉnh lộ|khu|nhóm|bảng|phụ lục|biểu|khoản|điều"
    r"|mục|tháng|năm|quý|ngày|tuần|mức|cấp|cấp độ|vòng|bước|lô|thôn|tổ|phường|quận|cầu|ấp|khối|hạng|loại|từ|so với"
    r"|bão)|/)\s*$"
)
_TIME_RE = re.compile(
    r"\s*(?:năm|tháng|quý|tuần|ngày|giờ|phút|tuổi|lần|buổi|đợt|bước|giai đoạn|cấp|bên|phía|mặt|khâu)(?![^\W\d_])",
    re.IGNORECASE,
)
#: Bodies told by how many places they are of: "Giao Trung tâm y tế 17 huyện"; what was there already.
_BODIES_RE = re.compile(
    r"(?:^|\b(?:giao|yêu cầu|đề nghị|chỉ đạo)\s+)\W*(?:các\s+)?(?:UBND|Ủy ban nhân dân|Trung tâm|Phòng|Trạm"
    r"|Chi cục|Hạt|Công an|Đội|Ban|Trường|Bệnh viện|Hội)\b[^,;:.()\d]{0,40}\s$",
    re.IGNORECASE,
)
_PLACES_RE = re.compile(
    r"\s+(?:huyện|xã|phường|thị trấn|thị xã|quận|tỉnh|thành phố|thôn)(?![^\W\d_])", re.IGNORECASE
)
_LEFT_RE = re.compile(r"(?:\s+[^\W\d_]+){1,5}?\s+(?:còn (?:tồn|lại|nợ)|tồn đọng|nêu trên)(?![^\W\d_])")
_FORBIDS_RE = re.compile(r"\W*(?:[^:;.\d]{2,60}:\s+)?không\s", re.IGNORECASE)


def task_count(sentence: str) -> Quantity | None:
    """How many things a task with a day is of: the first number of its sentence, where it counts things.

    >>> told = task_count("b) Đấu giá 12 lô đất ở trước ngày 30/9/2032.")
    >>> told and told.printed, task_count("Thông xe đoạn 2 tuyến số 5 trước ngày 30/9/2032.")
    ('12', None)
    >>> [
    ...     task_count(f"{what} trước ngày 30/9/2032.")
    ...     for what in ("Trạm thú y 9 xã tiêm phòng", "Xóa 8 bãi còn tồn")
    ... ]
    [None, None]
    """
    if _FORBIDS_RE.match(ITEM_RE.sub("", sentence)):
        return None
    mark = ITEM_RE.match(sentence)
    low = mark.end() if mark else 0
    first = next((one for one in find_quantities(sentence) if one.start >= low), None)
    if (
        first is None
        or first.of
        or _NAME_RE.search(sentence, 0, first.start)
        or _TIME_RE.match(sentence, first.end)
    ):
        return None
    before = sentence[low : first.start].split()
    if _LEFT_RE.match(sentence, first.end) or (
        _PLACES_RE.match(sentence, first.end) and _BODIES_RE.search(sentence[low : first.start])
    ):
        return None
    if len(before) > 1 and before[-1][:1].isupper():
        return None  # "dự án Bến Lội 2"
    inside = sentence.count("(", low, first.start) > sentence.count(")", low, first.start)
    whole = first.value == "100" if first.percent else measure(sentence, first).unit is not None
    return first if whole and not inside else None
