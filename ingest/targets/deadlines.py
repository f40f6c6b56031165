"""Things to be completed by a day: ``hoàn thành trước ngày 30/6/2026``."""

from __future__ import annotations

import re

_DAY = (
    r"(?:ngày\s+\d{1,2}(?:\s*[/.-]\s*\d{1,2}|\s+tháng\s+\d{1,2})(?:(?:\s*[/.-]\s*|\s+năm\s+)20\d\d)?"
    r"|\d{1,2}/\d{1,2}(?:/20\d\d)?|tháng\s+\d{1,2}(?:\s*/\s*|\s+năm\s+)20\d\d|tháng\s+\d{1,2}(?![\d/])"
    r"|[Qq]u[ýí]\s+(?:[IVX]+|\d)(?:(?:\s*/\s*|\s+năm\s+)20\d\d)?|năm\s+20\d\d)"
)
_BY = r"(?:trước|trong|chậm nhất(?:\s+(?:là|trong|vào|đến|trước))?|đến hết|xong trước|vào|đến)"
_DONE = r"(?:hoàn thành|hoàn tất|xong)"
#: The deadline behind the word, or before it.
DUE_RE = re.compile(
    rf"\b{_DONE}\b(?P<what>[^.;]{{0,160}}?)\b(?P<due>{_BY}\s+(?:hết\s+|cuối\s+)?{_DAY})"
    rf"|\b(?P<first>(?:trước|trong|chậm nhất(?:\s+là)?|đến hết)\s+(?:hết\s+|cuối\s+)?{_DAY})"
    rf"[^.;]{{0,60}}?\b{_DONE}\b",
    re.IGNORECASE,
)
_MONTH_RE = re.compile(
    r"(?:(?:tháng\s+|\d{1,2}\s*[/.-]\s*)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+))?(20\d\d)", re.IGNORECASE
)
_PAST_RE = re.compile(
    r"\b(?:đã|được|vừa|cơ bản)\s+(?:\w+\s+){0,3}?(?:hoàn thành|hoàn tất)"
    r"|hoàn thành\s+(?:trước|vượt)\s+(?:tiến độ|thời hạn|hạn|kế hoạch)",
    re.IGNORECASE,
)
_CASE_RE = re.compile(r"\b(?:trường hợp|nếu|khi|kể từ ngày|sau khi|người nộp|đối với)\b", re.IGNORECASE)
#: Reporting by a day is a duty of office, no aim.
_TELLS_RE = re.compile(r"\b(?:báo cáo|gửi|tổng hợp|thông báo)\b|[”\"]", re.IGNORECASE)
#: What is left of a clause that only gives the deadline.
_BARE_RE = re.compile(
    rf"\W*(?:(?:\w{{1,3}}[.)]|và|thời hạn|thời gian|thực hiện|yêu cầu|phấn đấu|bảo đảm|đảm bảo):?\s+)*{_DONE}\W*",
    re.IGNORECASE,
)


def due(sentence: str, issued: str | None) -> tuple[str, bool] | None:
    """The deadline by which a sentence wants something done, and whether it names nothing else.

    None where it tells what was done, a case, a report to be sent, or a day before that of the paper (`issued`).

    >>> due("Hoàn thành cấp mã số trước ngày 30/6/2026.", "2026-02-01")
    ('trước ngày 30/6/2026', False)
    >>> due("hoàn thành trong quý II năm 2026.", "2026-02-01")
    ('trong quý II năm 2026', True)
    >>> due("Tỉnh đã hoàn thành việc cấp mã trong năm 2025.", "2026-02-01") is None
    True
    """
    found = DUE_RE.search(sentence)
    if found is None or sentence.count("(", 0, found.start()) > sentence.count(")", 0, found.start()):
        return None  # an aside
    if _PAST_RE.search(sentence) or _CASE_RE.search(sentence, 0, found.start()):
        return None
    if _TELLS_RE.search(found["what"] or ""):
        return None
    words = found["due"] or found["first"]
    month = _MONTH_RE.search(words)
    if month and issued and f"{month[2]}-{int(month[1] or 12):02}" < issued[:7]:
        return None
    bare = _BARE_RE.fullmatch(sentence[: found.start("due")]) if found["due"] else None
    return " ".join(words.split()), bare is not None
