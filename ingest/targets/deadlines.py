"""Things to be completed by a day: ``hoàn thành trước ngày 30/6/2026``."""

from __future__ import annotations

import re

DAY = (
    r"(?:ngày\s+\d{1,2}(?:\s*[/.-]\s*\d{1,2}|\s+tháng\s+\d{1,2})(?:(?:\s*[/.-]\s*|\s+năm\s+)20\d\d)?"
    r"|\d{1,2}/\d{1,2}(?:/20\d\d)?|tháng\s+\d{1,2}(?:\s*/\s*|\s+năm\s+)20\d\d|tháng\s+\d{1,2}(?![\d/])"
    r"|[Qq]u[ýí]\s+(?:[IVX]+|\d)(?:(?:\s*/\s*|\s+năm\s+)20\d\d)?|năm\s+20\d\d)"
)
_BY = r"(?:trước|trong|chậm nhất(?:\s+(?:là|trong|vào|đến|trước))?|đến hết|xong trước|vào|đến)"
_DONE = r"(?:hoàn thành|hoàn tất|xong)"
#: What is begun, opened or handed over by a time is a goal too.
_BEGUN = (
    r"(?:khởi công|khánh thành|thông xe|bàn giao|đóng điện|(?:đưa|đi)\b[^.;,]{0,60}?\bvào\s+(?:vận hành|sử dụng"
    r"|hoạt động|khai thác))"
)
#: The deadline behind the word, or before it.
DUE_RE = re.compile(
    rf"\b(?:{_DONE}|{_BEGUN})\b(?P<what>[^.;]{{0,160}}?)\b(?P<due>{_BY}\s+(?:hết\s+|cuối\s+)?{DAY})"
    rf"|\b(?P<first>(?:trước|trong|chậm nhất(?:\s+là)?|đến hết)\s+(?:hết\s+|cuối\s+)?{DAY})"
    rf"[^.;]{{0,60}}?\b{_DONE}\b",
    re.IGNORECASE,
)
_MONTH_RE = re.compile(
    r"(?:(?:tháng\s+|\d{1,2}\s*[/.-]\s*)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+))?((?:19|20)\d\d)", re.IGNORECASE
)
_PAST_RE = re.compile(
    rf"\b(?:đã|được|vừa|cơ bản)\s+(?:\w+\s+){{0,3}}?(?:hoàn thành|hoàn tất|{_BEGUN})"
    r"|hoàn thành\s+(?:trước|vượt)\s+(?:tiến độ|thời hạn|hạn|kế hoạch)",
    re.IGNORECASE,
)
_CASE_RE = re.compile(r"\b(?:trường hợp|nếu|khi|kể từ ngày|sau khi|người nộp|đối với)\b", re.IGNORECASE)
#: What others are asked for.
_ASKS_RE = re.compile(r"\W*(?:\w{1,3}[.)]\s+)?(?:(?:Kính )?đề nghị|kiến nghị|đề xuất)(?![^\W\d_])", re.IGNORECASE)
#: Reporting by a day is a duty of office, no aim.
_TELLS_RE = re.compile(r"\b(?:báo cáo|gửi|tổng hợp|thông báo)\b|[”\"]", re.IGNORECASE)
#: "tin tưởng năm nay sẽ hoàn thành các mục tiêu đã đề ra": all goals at once are none.
_ALL_GOALS_RE = re.compile(
    rf"\b{_DONE}\s+(?:[^\W\d_]+\s+){{0,3}}?(?:mục tiêu|chỉ tiêu)(?![^\W\d_])[^.;]{{0,90}}\b(?:đề ra|đặt ra)\b",
    re.IGNORECASE,
)
#: What is left of a clause that only gives the deadline.
_BARE_RE = re.compile(
    rf"\W*(?:(?:\w{{1,3}}[.)]|và|thời hạn|thời gian|thực hiện|yêu cầu|phấn đấu|bảo đảm|đảm bảo):?\s+)*{_DONE}\W*",
    re.IGNORECASE,
)


#: A day by which: "Đến 30/9", "(hạn: 31/10/2032)", "Hết 31/12/2026"; not one that figures are of.
_BY_DAY_RE = re.compile(
    r"(?<!tính )\b(?:(?:xong |hoàn thành )?trước|đến hết|đến|hết|chậm nhất(?:\s+(?:là|vào|trong))?"
    r"|(?:thời )?hạn(?: cuối| chót)?:?)\s+(?:hết\s+)?(?:ngày\s+)?\d{1,2}(?:/\d{1,2}(?:/(?:19|20)\d\d)?"
    r"|\s+tháng\s+\d{1,2}(?:\s+năm\s+(?:19|20)\d\d)?)(?![\d/,.]\d|[/%])",
    re.IGNORECASE,
)
_SETS_RE = re.compile(r"xong|hoàn thành|trước|chậm nhất|thời hạn|hạn", re.IGNORECASE)
_WITHIN_RE = re.compile(
    r"\b(?:trong|hết|cuối)\s+(?:hai\s+)?(?:năm|quý|tháng|giai đoạn)\s+(?:[IVX]+\b|\d{1,4})", re.IGNORECASE
)
_FRACTION_RE = re.compile(r"(?:đến|hết)\s+\d{1,2}/\d{1,2}\s+(?=[^\W\d_])", re.IGNORECASE)
_LABEL_RE = re.compile(r"^[\s*_+•–-]*(?:\(?\w{1,4}[.)])?")
_SINCE_RE = re.compile(
    r"(?:\btừ\s[^,;]{0,30}|\b(?:ban hành|hiệu lực|phát sinh|thành lập|tiếp nhận|được cấp|sinh|so với|số liệu"
    r"|cập nhật))\s*$",
    re.IGNORECASE,
)


def by_day(text: str, low: int, high: int, at: int, issued: str | None) -> str | None:
    """The day by which a level at a place of a sentence is to be reached: the nearest behind it, else before it.

    None for a day before that of the paper (`issued`), and for one from which things are counted; a day of the
    paper's year "trước" which a thing is to be done is set by it, though it be past when the paper is signed.

    >>> by_day("Đến 30/9 giải ngân ít nhất 60%;", 0, 31, 26, "2026-01-05")
    'Đến 30/9'
    >>> by_day("100% dự án khởi công trước ngày 30/11/2026.", 0, 43, 0, "2026-01-05")
    'trước ngày 30/11/2026'
    >>> by_day("rà soát 100% văn bản ban hành trước ngày 01/7/2016", 0, 50, 8, "2026-01-05") is None
    True
    """
    found = [
        one
        for one in _BY_DAY_RE.finditer(text, low, high)
        if not _SINCE_RE.search(text, max(low, one.start() - 40), one.start())
        and not (_FRACTION_RE.match(text, one.start()) and _LABEL_RE.sub("", text[low : one.start()]).strip())
        and not is_before(one.group(), issued and (f"{issued[:4]}-01" if _SETS_RE.match(one.group()) else issued))
    ]
    behind = [one for one in found if one.start() >= at and not re.search(r"[.;]\s", text[at : one.start()])]
    before = [one for one in found if one.end() <= at and not re.search(r"[.;]\s", text[one.end() : at])]
    chosen = behind[0] if behind else before[-1] if before else None
    return " ".join(chosen.group().split()) if chosen else None


def is_due(text: str, end: int) -> bool:
    """Whether a sentence that ends at `end`, or the bare clause behind it, names a day or a year by which.

    >>> text = "Hợp nhất 46 cơ sở còn 31; hoàn thành trước ngày 31/12/2030."
    >>> is_due(text, 25), is_due("Hợp nhất 46 cơ sở; các xã báo cáo trước ngày 31/12/2030.", 18)
    (True, False)
    """
    own = _BY_DAY_RE.search(text, 0, end) or _WITHIN_RE.search(text, 0, end) or DUE_RE.search(text, 0, end)
    behind = DUE_RE.search(text, end) if own is None and text[:end].rstrip().endswith(";") else None
    bare = behind and behind["due"] and _BARE_RE.fullmatch(text[end : behind.start("due")])
    return own is not None or bool(bare)


def is_before(words: str, issued: str | None) -> bool:
    """Whether a time is over when the paper is signed; of no known day none is.

    >>> is_before("quý I năm 2031", "2032-02-01"), is_before("30/6/2032", "2032-02-01"), is_before("2031", None)
    (True, False, False)
    """
    month = _MONTH_RE.search(words)
    return bool(month and issued and f"{month[2]}-{int(month[1] or 12):02}" < issued[:7])


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
    if _PAST_RE.search(sentence) or _ASKS_RE.match(sentence) or _CASE_RE.search(sentence, 0, found.start()):
        return None
    if _TELLS_RE.search(found["what"] or "") or _ALL_GOALS_RE.search(sentence):
        return None
    words = found["due"] or found["first"]
    if is_before(words, issued):
        return None
    bare = _BARE_RE.fullmatch(sentence[: found.start("due")]) if found["due"] else None
    return " ".join(words.split()), bare is not None
