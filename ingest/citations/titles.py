"""The trích yếu of a cited document: ``về việc …``, ``quy định …``, or quoted words, behind date and body."""

from __future__ import annotations

import re

_LEAD_RE = re.compile(
    r"[”\"’)]?[¹²³⁰⁴-⁹]{0,4}[ \n]{0,2},?[ \n]{0,2}(?="
    r"(?:[Vv]ề|V/v|[Qq]uy định|[Bb]an hành|[Pp]hê duyệt|[Ss]ửa đổi|[Hh]ướng dẫn|[Cc]ông bố|[Bb]ãi bỏ"
    r"|[Tt]hông qua|[Tt]riển khai|[Qq]uy chế"
    r"|[Bb]ổ sung|[Tt]hực hiện|[Gg]iao(?![ \n](?:cho[ \n])?\d)|[Đđ]iều chỉnh|[Tt]hành lập|[Qq]uản lý|[Kk]iện toàn"
    # A body with a duty is none: "Nghị định số …, tổ chức đánh giá có trách nhiệm như sau".
    r"|[Tt]ổ chức(?![^;.]{0,120}\b(?:có trách nhiệm|có quyền|phải)\b)"
    r"|[Tt]ăng cường|[Đđ]ẩy mạnh|[Cc]hủ trương|[Pp]hân),?[ \n])"
)
_QUOTED_RE = re.compile(r"[ \n]{0,2},?[ \n]{0,2}(?:“(?P<a>[^”\n]{4,400})”|\"(?P<b>[^\"\n]{4,400})\")")
_LONGEST = 500
_LOOK = 3
#: A title ends with its clause, at a note mark before white space, or where a new document or sentence begins.
_END_RE = re.compile(
    r"[;\n]|,?\s(?=(?:đã\s)?(?:[Đđ]ược|[Bb]ị)\s(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hợp nhất|đính chính)|(?:hết"
    r"|có)\shiệu lực)|\.(?=[\s”\"]|$)|:(?=\s)|[¹²³⁰⁴-⁹]|\((?=(?:sau đây|gọi tắt|viết tắt|được sửa|đã được"
    r"|sửa đổi))|(?<!\()\)"
    r"|,\s(?=(?:(?:UBND|Ủy ban|Sở|Bộ|tỉnh|các)\s[^,;.]{0,40}(?:đã|có|báo cáo)\s)|(?:đã|theo đó|trong đó|qua đó"
    r"|nhằm|góp phần)\s)"
    r"|(?:,|\svà)\s(?=(?:các\s)?(?:[Nn]ghị định|[Nn]ghị quyết|[Qq]uyết định|[Tt]hông tư|[Cc]hỉ thị"
    r"|[Cc]ông văn|[Kk]ế hoạch|[Kk]ết luận)\s(?:số\s)?\d)"
    r"|\s(?:[-–]\s)?(?=https?://|www\.)"
    r"|,\s(?=(?:Chiến lược|Quy hoạch|Chương trình mục tiêu quốc gia)\s[a-zđà-ỹ“\"])"
)


def read_title(text: str, at: int, stop: int) -> tuple[int, int] | None:
    """The range of the title that begins behind a number, its date and its body; None when none does.

    >>> text = "Quyết định số 5/QĐ-TTg về việc phê duyệt Đề án; xét đề nghị"
    >>> text[slice(*read_title(text, 22, len(text)))]
    'về việc phê duyệt Đề án'
    >>> text = "Quyết định số 5/QĐ-TTg về việc phê duyệt Đề án - https://a.vn/x?id=5"
    >>> text[slice(*read_title(text, 22, len(text)))]
    'về việc phê duyệt Đề án'
    >>> text = "Nghị định số 9/2020/NĐ-CP, tổ chức kiểm định có trách nhiệm như sau:"
    >>> read_title(text, 25, len(text)) is None
    True
    """
    quoted = _QUOTED_RE.match(text, at, stop)
    if quoted:
        return quoted.span("a") if quoted["a"] else quoted.span("b")
    lead = _LEAD_RE.match(text, at, stop)
    if lead is None:
        return None
    limit = min(stop, lead.end() + _LONGEST)
    # What ends a title may show only behind the next number's first figure.
    end = _END_RE.search(text, lead.end(), min(len(text), limit + _LOOK))
    last = min(end.start(), limit) if end else limit
    return (lead.end(), last) if last > lead.end() else None
