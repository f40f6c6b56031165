"""Tasks that a paper sets with a deadline: in its text, and in the rows of its timetables.

A deadline is a span of days: a day, a month, a quarter, a year. A task has names (its clause and the ends of it),
each as words that compare, with the stage it is brought to and the marks and counts in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from graphs.checks.reading.named import plain_name
from graphs.checks.reading.periods import EACH_YEAR, NO_YEAR, WHEN, each_year, when
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from graphs.checks.times.missed_days import is_missed
from kb.models import BlockKind, Document, Span, Table, TextBlock, Unit
from kb.text.sentences import SENTENCE_END_RE

#: Words that set a time before it: by a day, or, with a word of an end, within a span of days.
_BY = r"trước(?:\s+hạn)?|chậm nhất(?:\s+(?:là|vào|đến|trước))*|muộn nhất(?:\s+(?:là|vào))*|không quá"
_IN = (
    r"(?:thời gian|thời hạn|hạn)(?:\s+(?:hoàn thành|thực hiện))?\s*:|hoàn thành:|xong(?:\s+(?:trong|vào))?|trong"
    r"|vào|đến(?:\s+hết)?|hết"
)
_DUE_RE = re.compile(
    rf"\b(?:(?P<by>{_BY})|(?P<in>{_IN}))\s+(?P<when>{WHEN}|{EACH_YEAR})(?![\d/]|\s*[-–]\s*(?:20)?\d)",
    re.IGNORECASE,
)
#: A time at the head of an item, its task behind it.
_LEAD_RE = re.compile(
    rf"[\s\-–+*•]*(?:\(?[a-zđ\d]{{1,2}}[.)]\s+)?(?:(?P<by>{_BY})\s+|(?:{_IN})\s+)?(?P<when>{WHEN})\s*[:,]\s*",
    re.IGNORECASE,
)
_ENDS_RE = re.compile(
    r"\b(?:hoàn thành|hoàn thiện|xong|trình|ban hành|báo cáo|gửi|nộp|công bố|phê duyệt|kết thúc|chấm dứt|bàn giao"
    r"|đưa vào (?:sử dụng|vận hành|khai thác)|nghiệm thu|khởi công|khánh thành)\b",
    re.IGNORECASE,
)
#: What was done, what a day divides, what is so only in a case.
_TOLD_RE = re.compile(
    r"\b(?:nếu|trường hợp|quá hạn|số liệu|tính đến|kể từ|từ ngày|phát sinh|có hiệu lực|riêng|trừ|gia hạn"
    r"|kéo dài|thay cho|dự án được|hồ sơ được)\b|(?<!học )\bsinh\s*$|\bđược\s[^,;]{0,25}$",
    re.IGNORECASE,
)
_DONE_RE = re.compile(r"\bđã\b", re.IGNORECASE)
#: What is done to a thing, stage by stage; the one nearest before the time is what it is for.
_STAGES: tuple[tuple[str, str], ...] = (
    ("draft", r"dự thảo|soạn thảo|lấy ý kiến|góp ý|đề cương"),
    ("review", r"thẩm định|thẩm tra|cho ý kiến"),
    ("submit", r"trình|tham mưu"),
    ("issue", r"ban hành|phê duyệt|ký|quyết định|công bố|thông qua|công khai"),
    ("report", r"báo cáo|gửi|nộp"),
    ("collect", r"tổng hợp"),
    ("plan", r"xây dựng (?:kế hoạch|chương trình|đề án|phương án|dự toán)|lập"),
    ("check", r"kiểm tra|thanh tra|giám sát|rà soát|khảo sát|đánh giá|thống kê"),
    ("begin", r"khởi công|bắt đầu|khởi động|triển khai"),
    ("accept", r"nghiệm thu|bàn giao|quyết toán|khánh thành|đưa vào"),
    ("review year", r"sơ kết|tổng kết"),
    ("tell", r"thông báo|tuyên truyền|tập huấn|bồi dưỡng|phổ biến|hướng dẫn|đăng ký"),
    ("pay", r"giải ngân|chi trả|phân bổ|giao vốn|thanh toán"),
    ("tender", r"đấu thầu|lựa chọn nhà thầu|mở thầu"),
    ("found", r"thành lập|kiện toàn"),
    ("choose", r"lựa chọn|tuyển chọn|tuyển dụng|cử"),
)
_STAGE_RE = re.compile(
    "|".join(rf"\b(?P<s{at}>{words})\b" for at, (_, words) in enumerate(_STAGES)), re.IGNORECASE
)
#: Words that say only that a task is to be done, not what it is.
_IDLE_RE = re.compile(
    r"\b(?:hoàn thành|hoàn thiện|hoàn tất|xong|bảo đảm|đảm bảo|đôn đốc|chỉ đạo|tập trung|khẩn trương|phối hợp"
    r"|chủ trì|chủ động|tiếp tục|tổ chức|thực hiện|triển khai|thời gian|thời hạn|công tác|việc|sẽ|do|toàn bộ"
    r"|tất cả|tỷ lệ|yêu cầu|giao|đề nghị|phấn đấu|cơ bản|dứt điểm|để|nhằm|qua|nội dung|nhiệm vụ|kết quả|phải|cần"
    r"|tham mưu|rà soát|đề án|hồ sơ|trình|gửi|báo cáo|ban hành|nghiên cứu|sử dụng|đưa vào|ít nhất|tối thiểu"
    r"|chậm nhất|trước|ngay|sớm|kịp thời|tại|giữa|một số|từng|mọi|mỗi|bằng|như|nêu trên|quy định"
    # Who is told or asked.
    r"|(?:phó )?thủ tướng|chính phủ|quốc hội|ủy ban nhân dân|hội đồng nhân dân|ban chỉ đạo|ban thường vụ"
    r"|thường trực|(?:tỉnh|thành|huyện|đảng) ủy|chủ tịch|bộ chính trị|ban bí thư)\b"
)
#: Which of several a thing is, and when it returns: parts told apart by these are other tasks.
_MARKS_RE = re.compile(
    r"\b(?:đợt|giai đoạn|bước|lần|học kỳ|quý|kỳ|phần|tập|vòng|gói thầu|gói|tuyến|hạng mục|cụm|số|tháng|khóa"
    r"|phụ lục|mẫu|biểu|nhóm|khu|lô)\s*(?:\d+|[ivx]+\b)|\b\d+\s*(?:tháng|quý)\b"
    r"|\b(?:năm|niên độ)\s*20\d\d(?:\s*[-–]\s*20\d\d)?"
    r"|\b(?:mới|thí điểm|dự phòng|nâng cấp|mở rộng|hằng tháng|hằng quý|hằng năm|hàng năm|hàng quý|hàng tháng"
    r"|định kỳ|sơ bộ|chính thức|bổ sung|đầu tiên"
    r"|cuối cùng|cơ bản|một phần)\b"
)
_SHARE_RE = re.compile(r"(\d+(?:,\d+)?)\s*%")
_COUNT_RE = re.compile(r"(?<![\d/.,])(\d[\d.]*)\s+(?!tháng|năm|ngày|quý|giờ|%)[^\W\d_]")
_BODY = (
    r"(?:Sở|Bộ|Ban|Phòng|Chi cục|Cục|Công an|Văn phòng|Ủy ban nhân dân|UBND|Uỷ ban nhân dân|Hội|Liên đoàn"
    r"|Thanh tra|Bảo hiểm|BHXH|Kho bạc|Trung tâm|Bệnh viện|Đài|Báo|Thuế|Chi nhánh|Trường|HĐND|Các|Thủ trưởng"
    r"|Đơn vị|Trạm|Công ty|Xã|Phường|Huyện|Thành phố|Xí nghiệp|Nhà máy|Tổ|Mặt trận|Quỹ|Ngân hàng|Viện|Chủ đầu tư)"
)
_MARK = r"[\W\d]*(?:[a-zđ]{1,2}[.)]\s*)?"
_BODY_RE = re.compile(rf"{_MARK}(?:(?:Giao|Đề nghị|Yêu cầu)\s+)?(?P<body>{_BODY}\b[^;:.]{{0,60}})")
_MARKED_RE = re.compile(rf"{_MARK}")
#: What is asked for behind words that only lead to it.
_TAIL_RE = re.compile(r",\s+|\b(?:chỉ đạo|bảo đảm|đảm bảo|đôn đốc|phấn đấu|để)\s+")
_CITED_RE = re.compile(
    r"\bsố\s+\d+[\d/]*[-/][A-ZĐ][^\s,;)]*|\bngày\s+\d{1,2}(?:/\d|\s+tháng)[\d/]*(?:\s+\d{1,2}\s+năm\s+\d{4})?"
)
#: A word of a name inside a sentence.
_INSIDE_RE = re.compile(r"(?<=\w )[^\W\d_]+")
_BRACKET_RE = re.compile(r"\([^()]*\)")
_CAPITAL = r"[A-ZĐÀ-Ỹ][^\W\d_]*(?: [a-zđà-ỹ][^\W\d_]*)?"
_NAMED_BODY_RE = re.compile(
    rf"\b(?:Bộ|Sở|Cục|Chi cục|Ban|Phòng|Viện|Văn phòng) {_CAPITAL}(?:(?:,| -|) (?:và )?{_CAPITAL})*"
    r"|(?<=\w )(?:Bộ|Sở|Cục|Ban|Phòng)(?= [a-zđ])"
)
_FEWEST = 4
#: What a plan has once is known by fewer words: ``sơ kết giữa kỳ``.
_ONCE, _FEW_OF_ONCE = "review year", 3
_HEADING, _BEHIND = 70, 40
_WORD_RE = re.compile(r"[^\W\d_]+")
_LINKS = (
    "và các của cho theo về với từ là có được những trong trên đến ở vào ra cả này đó thì mà còn lại địa bàn tỉnh"
    " đối đã"
)
_IDLE_WORDS = frozenset(_LINKS.split())
_TIME_HEAD_RE = re.compile(r"thời (?:gian|hạn|điểm)|hoàn thành|tiến độ|hạn hoàn", re.IGNORECASE)
_TASK_HEAD_RE = re.compile(
    r"nhiệm vụ|nội dung|công việc|hoạt động|giải pháp|chỉ tiêu|mục tiêu|sản phẩm|tên", re.IGNORECASE
)
_BODY_HEAD_RE = re.compile(
    r"cơ quan|đơn vị (?:chủ trì|thực hiện|chịu)|chủ trì|phụ trách|đơn vị đầu mối", re.IGNORECASE
)
_WHEN_RE = re.compile(rf"\W*(?:(?P<by>{_BY})\s+|(?:{_IN})\s+)?(?P<when>{WHEN})\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """What a task is called: its words in order, the stage it is brought to, its marks and counts.

    `stages` are all it names; `thing` are its words without them, `proper` those of names of places.
    """

    words: tuple[str, ...]
    stage: str
    stages: frozenset[str]
    thing: tuple[str, ...]
    proper: frozenset[str]
    marks: frozenset[str]
    shares: frozenset[str]
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Due:
    """A task with its deadline: names, who is to do it, first and last day, as printed, where.

    `full` is the name of its whole clause, `own` the body that its clause names. It is `sure` where words of an
    end or of a last day say that it is a deadline; `rank` is the how-manieth its unit is under the one over it.
    A day told without a year is of year 4; `behind` are the words behind it; one that its sentence says was not
    kept is `missed`.
    """

    names: tuple[Name, ...]
    full: Name
    body: str
    own: str
    first: date
    last: date
    by: bool
    sure: bool
    printed: str
    task: str
    span: Span
    unit: str
    rank: int
    block: int
    page: int | None
    behind: str = ""
    missed: bool = False

    @property
    def yearly(self) -> bool:
        """Whether its day is told without a year."""
        return self.last.year == NO_YEAR


def dues_of(subject: Subject) -> tuple[Due, ...]:
    """The tasks of a paper that have a deadline, read once for all rules."""
    return _dues_of(Same(subject))


@lru_cache(maxsize=2)
def _dues_of(read: Same[Subject]) -> tuple[Due, ...]:
    return tuple(dues(read.it))


def dues(subject: Subject) -> Iterator[Due]:
    """The tasks of a paper that have a deadline: in its text, and in the rows of its timetables."""
    document = subject.document
    units = {unit.eid: unit for unit in document.units}
    ranks = _ranks(document)
    for block in document.blocks:
        if block.kind is BlockKind.TEXT:
            text = document.block_text(block)
            if "/20" in text or "năm 20" in text or "ước ngày" in text or "nhất ngày" in text:
                rank = ranks.get(block.unit or "", 0)
                yield from (replace(due, rank=rank) for due in _in_text(document, block, text, units))
    for at, table in enumerate(document.tables):
        yield from _in_table(table, f"table {at}")


_ACTS_RE = re.compile(
    r"\b(?:chủ trì|phối hợp|tổ chức|thực hiện|có trách nhiệm|tiếp tục|hoàn thành|khẩn trương)\b|:"
)
#: Bodies that set tasks, and do none.
_SETS_RE = re.compile(r"\b(?:nhất trí|quyết nghị|kết luận|thông qua|yêu cầu)\b")


def _cut(body: str) -> str:
    """A body without what it does."""
    ends = [found.start() for pattern in (_ACTS_RE, _STAGE_RE) if (found := pattern.search(body))]
    return "" if _SETS_RE.search(body) else plain_name(body[: min(ends, default=len(body))])


def _ranks(document: Document) -> dict[str, int]:
    """The units, each with the how-manieth it is under the one over it."""
    counts: Counter[str] = Counter()
    ranks = {}
    for unit in document.units:
        counts[unit.parent or ""] += 1
        ranks[unit.eid] = counts[unit.parent or ""]
    return ranks


def _body_over(eid: str, units: dict[str, Unit]) -> str:
    """The body that a heading over a place names, and nothing else."""
    unit = units.get(eid)
    while unit is not None:
        found = _BODY_RE.fullmatch(unit.heading.rstrip(" :.")) if len(unit.heading) < _HEADING else None
        if found and (body := _cut(found["body"])):
            return body
        unit = units.get(unit.parent or "")
    return ""


def _in_text(document: Document, block: TextBlock, text: str, units: dict[str, Unit]) -> Iterator[Due]:
    reach = 0
    for found in _DUE_RE.finditer(text):
        low = max((end.end() for end in SENTENCE_END_RE.finditer(text, reach, found.start())), default=reach)
        lead = _LEAD_RE.match(text, low)
        if lead and lead.start("when") <= found.start("when") < lead.end():
            task = re.split(r";|\.\s", text[lead.end() :])[0]
            by, sure = bool(lead["by"]), True
        else:
            before = text[low : found.start()]
            task = before.rpartition(";")[2]
            if len(_words_of(task)) < 2:
                task = before
            by = bool(found["by"])
            sure = by or _ends(task, found["in"].lower())
            if not sure and (found["in"].lower() not in ("trong", "vào") or "năm" in found["when"][:8].lower()):
                continue
            if not by and found["in"].lower().startswith("đến") and "năm" in found["when"][:8].lower():
                continue
            if (done := _DONE_RE.search(task)) and not _ENDS_RE.search(task, 0, done.start()):
                continue
        reach = found.end()
        days = when(found["when"]) or each_year(found["when"])
        if days is None or _TOLD_RE.search(task):
            continue
        start = block.view.start
        span = document.reading.hull(start + found.start("when"), start + found.end("when"))
        own = _BODY_RE.match(task)
        body = _cut(own["body"]) if own else _body_over(block.unit or "", units)
        due = _due(task, days, by, found["when"], body, span, block.unit or "", block.page)
        behind = text[found.end() : found.end() + _BEHIND]
        own_body, missed = _cut(own["body"]) if own else "", is_missed(text, found.end())
        yield replace(due, sure=sure, own=own_body, block=start, behind=behind, missed=missed)


def _ends(task: str, word: str) -> bool:
    """Whether a time behind a word is when a task is to be done: it says so, or the task does."""
    return word.startswith("xong") or word.endswith(":") or bool(_ENDS_RE.search(task))


def _in_table(table: Table, place: str) -> Iterator[Due]:
    heads = list(table.columns)
    times = [at for at, head in enumerate(heads) if _TIME_HEAD_RE.search(head) and not _TASK_HEAD_RE.search(head)]
    tasks = [at for at, head in enumerate(heads) if _TASK_HEAD_RE.search(head) and at not in times]
    bodies = [at for at, head in enumerate(heads) if _BODY_HEAD_RE.search(head) and at not in (*times, *tasks)]
    if len(times) != 1 or not tasks:
        return
    for row in table.rows:
        texts = [" ".join((cell.text or "").split()) for cell in row.cells]
        if max(times[0], tasks[0]) >= len(texts):
            continue
        found = _WHEN_RE.fullmatch(texts[times[0]])
        days = when(found["when"]) if found else None
        task = texts[tasks[0]]
        cell = row.cells[times[0]]
        if found is None or days is None or not cell.spans or _TOLD_RE.search(task):
            continue
        body = plain_name(texts[bodies[0]]) if bodies and bodies[0] < len(texts) else ""
        span = cell.span
        yield _due(task, days, bool(found["by"]), found["when"], body, span, place, row.page)


def _due(
    task: str,
    days: tuple[date, date],
    by: bool,
    printed: str,
    body: str,
    span: Span,
    unit: str,
    page: int | None,
) -> Due:
    # Before a day is as good as on the day before it.
    first = days[0] - timedelta(days=1) if by else days[0]
    task = _MARKED_RE.sub("", task, count=1)
    tails = [task[found.end() :] for found in _TAIL_RE.finditer(task)]
    names = (_name(task), *map(_name, tails))
    kept = tuple(
        name
        for at, name in enumerate(names)
        if len(set(name.words)) >= (_FEW_OF_ONCE if name.stage == _ONCE else _FEWEST) and name not in names[:at]
    )
    told = " ".join(task.split())
    return Due(kept, names[0], body, body, first, days[1], by, True, printed, told, span, unit, 0, -1, page)


@lru_cache(maxsize=4096)
def _name(task: str) -> Name:
    stages = [_STAGES[int((one.lastgroup or "s0")[1:])][0] for one in _STAGE_RE.finditer(task)]
    low = _CITED_RE.sub(" ", task).lower()
    shares = frozenset(_SHARE_RE.findall(low)) - {"100"}
    counts = frozenset(_COUNT_RE.findall(low))
    marks = frozenset(" ".join(one.split()) for one in _MARKS_RE.findall(low))
    words = _words_of(task)
    proper = frozenset(word.lower() for word in _INSIDE_RE.findall(task) if word.istitle()) & frozenset(words)
    thing = _words_of(_STAGE_RE.sub(" ", task))
    return Name(words, stages[-1] if stages else "", frozenset(stages), thing, proper, marks, shares, counts)


@lru_cache(maxsize=4096)
def _words_of(task: str) -> tuple[str, ...]:
    text = _IDLE_RE.sub(" ", plain_name(_NAMED_BODY_RE.sub(" ", _BRACKET_RE.sub(" ", _CITED_RE.sub(" ", task)))))
    return tuple(word for word in _WORD_RE.findall(text) if word not in _IDLE_WORDS)
