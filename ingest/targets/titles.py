"""The two parts of the title of a paper that tells what was and says what is to come."""

from __future__ import annotations

import re

#: ``Kết quả công tác năm 2022 và nhiệm vụ, giải pháp năm 2023``
_TO_COME_RE = re.compile(
    r"(?:[;,]\s*|\s+và\s+|[;,]\s*và\s+)(?P<coming>(?:(?:một số|những|các)\s+)?(?:phương hướng|định hướng|nhiệm vụ"
    r"|kế hoạch|triển khai|mục tiêu|chỉ tiêu|giải pháp|phương án|chương trình công tác|dự toán|dự kiến)"
    r"(?![^\W\d_]).*)$",
    re.IGNORECASE | re.DOTALL,
)
_TOLD_RE = re.compile(
    r"\b(?:kết quả|tình hình|tổng kết|sơ kết|đánh giá|thực hiện|công tác|báo cáo)\b", re.IGNORECASE
)
#: The least words of a heading by which it is known as the second part of the title.
_FEWEST = 3


def part_to_come(title: str) -> str:
    """The part of a title that says what is to come; empty where it has none.

    >>> part_to_come("Kết quả công tác thuế năm 2022 và nhiệm vụ, giải pháp năm 2023")
    'nhiệm vụ, giải pháp năm 2023'
    >>> part_to_come("Kế hoạch phát triển sản xuất và tiêu thụ năm 2023")
    ''
    """
    words = " ".join(title.split())
    for found in _TO_COME_RE.finditer(words):
        if _TOLD_RE.search(words, 0, found.start()):
            return found["coming"]
    return ""


def main_part(title: str) -> str:
    """What a title says before that, all of it where it says nothing of what is to come.

    >>> main_part("Kết quả công tác thuế năm 2022 và nhiệm vụ, giải pháp năm 2023")
    'Kết quả công tác thuế năm 2022'
    """
    words, coming = " ".join(title.split()), part_to_come(title)
    return re.sub(r"(?:[;,]|\s+và|\s)+$", "", words[: len(words) - len(coming)]) if coming else words


def is_of(heading: str, coming: str) -> bool:
    """Whether a heading is the part of the title that says what is to come, or the beginning of it.

    >>> is_of("TRIỂN KHAI SẢN XUẤT VỤ MÙA NĂM 2023", "triển khai sản xuất vụ Mùa năm 2023")
    True
    >>> is_of("KẾ HOẠCH NĂM 2023", "kế hoạch phát triển sản xuất năm 2023")
    True
    >>> is_of("Kế hoạch", "kế hoạch năm 2019")
    False
    """
    words, told = heading.lower().rstrip(" .:").split(), coming.lower().split()
    if len(words) < _FEWEST:
        return False
    # "KẾ HOẠCH NĂM 2023" of "kế hoạch phát triển sản xuất năm 2023"
    return " ".join(words) in " ".join(told) or (words[:2] == told[:2] and words[2:] == told[-len(words) + 2 :])
