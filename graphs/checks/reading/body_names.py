"""Names of bodies in which "và", or a comma, joins no two things: ``Sở Khoa học và Công nghệ``."""

from __future__ import annotations

import re

_FIRST = (
    r"Khoa học|Nông nghiệp|Giáo dục|Thông tin|Tài nguyên|Kế hoạch|Dân tộc|Thể thao|Kinh tế|Văn hóa|Thương binh"
    r"|ĐBQH|[Đđ]ại biểu Quốc hội|Phát thanh"
)
_SECOND = (
    r"Công nghệ|Môi trường|Đào tạo|Truyền thông|Đầu tư|Xã hội|Tôn giáo|Du lịch|Phát triển nông thôn|Hạ tầng"
    r"|Thông tin|HĐND|Hội đồng nhân dân|Truyền hình"
)
_JOINED_RE = re.compile(
    rf"\b(?P<first>{_FIRST})\s+và\s+(?=(?:{_SECOND})\b)|\b(?P<three>Văn hóa),\s+(?=Thể thao và Du lịch\b)"
)


def as_one_name(text: str) -> str:
    """A text with a dash for what joins the words of one name.

    >>> as_one_name("Sở Nội vụ, Sở Khoa học và Công nghệ"), as_one_name("Sở Văn hóa, Thể thao và Du lịch")
    ('Sở Nội vụ, Sở Khoa học-Công nghệ', 'Sở Văn hóa-Thể thao-Du lịch')
    """
    if " và " not in text:
        return text
    return _JOINED_RE.sub(lambda found: f"{found['first'] or found['three']}-", text)
