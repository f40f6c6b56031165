"""CIT of schemes approved after their years: ``Quyết định … ngày 12/7/2022 … Đề án … giai đoạn 2016 - 2020``.

A paper that looks back at them, settles or mends them is later than they are by its nature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.citations.behind import date_at
from graphs.checks.citations.citing import numbered, own_day
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.clock import told_day
from kb.models import Citation, Finding, Span

_KINDS = r"(?:Chương trình|Kế hoạch|Đề án|Chiến lược|Dự án|Quy hoạch|Phương án|Lộ trình)"
#: What is set about, and no state of things of those years.
_DO = (
    r"(?:phê\s+duyệt|ban\s+hành|phát\s+triển|hỗ\s+trợ|đẩy\s+mạnh|tăng\s+cường|thực\s+hiện|triển\s+khai|nâng\s+cao|bảo\s+tồn"
    r"|chuyển\s+đổi|xây\s+dựng|cải\s+cách|thúc\s+đẩy|chương\s+trình|kế\s+hoạch|đề\s+án)\b"
)
_YEARS = r"giai\s+đoạn\s+(?P<low>(?:19|20)\d\d)\s*[-–—]\s*(?P<high>(?:19|20)\d\d)(?![\d/])"
#: What is done with years that are over, and what goes on beyond them.
_OVER_RE = re.compile(
    r"\b(?:tổng\s+kết|sơ\s+kết|đánh\s+giá|kết\s+quả|quyết\s+toán|kéo\s+dài|chuyển\s+(?:tiếp|nguồn|sang)|gia\s+hạn"
    r"|tiếp\s+tục|điều\s+chỉnh|sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|chấm\s+dứt|hết\s+hiệu\s+lực|giám\s+sát|kiểm\s+(?:tra|toán)"
    r"|thanh\s+(?:tra|toán)|khen\s+thưởng|tặng|công\s+(?:bố|nhận)|xử\s+lý|thu\s+hồi|thuộc|còn\s+lại|chưa|rà\s+soát|tồn\s+đọng"
    r"|hoàn\s+thành|theo(?!\s+dõi))\b",
    re.IGNORECASE,
)
_BEYOND_RE = re.compile(
    r"\s*\)?\s*[,và]*\s*(?:và\s+)?(?:định\s+hướng|tầm\s+nhìn|đến\s+năm|các\s+năm\s+tiếp|giai\s+đoạn|kế\s+hoạch)",
    re.IGNORECASE,
)
#: The scheme behind the paper that approves it, whoever issued that.
_BEHIND_RE = re.compile(
    rf"[^;:.\d]{{0,90}}?\b(?:(?:phê\s+duyệt|ban\s+hành|thông\s+qua)\s+|về(?:\s+việc)?\s+(?=(?-i:{_KINDS})|{_DO}))"
    rf"(?P<what>[^;:.\d]{{4,150}}?)\s{_YEARS}",
    re.IGNORECASE,
)
#: The scheme before it.
_BEFORE_RE = re.compile(
    rf"\b(?P<what>{_KINDS}\s[^;:.()\d]{{4,150}}?)\s{_YEARS}"
    r"\s*(?:\(|(?:đã\s+)?(?:được\s+)?(?:[^\W\d_]+\s+){0,4}?(?:phê\s+duyệt|ban\s+hành|thông\s+qua)(?:\s+(?:tại|theo|kèm\s+theo))?\s)\s*$"
)
_LEAD, _REACH = 260, 300


def check_schemes_approved(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """No scheme is approved when its years are over."""
    text = subject.document.text
    for one in numbered(subject) if not subject.is_rule() else ():
        day = own_day(subject, one)
        end = max((place.end for place in date_at(subject, one)), default=one.span.end)
        found = (_behind(text, one, end) or _before(text, one)) if day else None
        if day is None or found is None:
            continue
        years = Span(found.start("low"), found.end("high"))
        if day.year <= int(found["high"]):
            tally.held += 1
            continue
        if _OVER_RE.search(found.group()) or _BEYOND_RE.match(text, found.end("high")):
            continue
        tally.failed += 1
        printed = " ".join(text[years.start : years.end].split())
        yield by.finding(
            (years,),
            f"“{one.surface}” ngày {told_day(day)} phê duyệt, ban hành “{' '.join(found['what'].split())}”"
            f" giai đoạn {printed}, khi giai đoạn ấy đã hết",
            f"“{one.surface}” of {day} approves a scheme of {printed}, which were over by then",
            stated=printed,
            expected=f">= {day.year}",
            evidence=(one.span,),
            suggestion=both(
                "kiểm tra giai đoạn của chương trình, kế hoạch, hoặc ngày của văn bản",
                "check the years of the scheme, or the date of the paper",
            ),
            page=one.page,
        )


def _behind(text: str, one: Citation, end: int) -> re.Match[str] | None:
    return _BEHIND_RE.match(text, end, end + _REACH)


def _before(text: str, one: Citation) -> re.Match[str] | None:
    low = max(0, one.span.start - _LEAD)
    return next(iter(reversed(list(_BEFORE_RE.finditer(text, low, one.span.start)))), None)
