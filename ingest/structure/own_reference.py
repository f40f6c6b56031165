"""What older heads print among the words of the title: who issues, the number and the day of the document itself.

LUẬT / CỦA QUỐC HỘI SỐ 06/2003/QH11 NGÀY 17 THÁNG 6 NĂM 2003 VỀ BIÊN GIỚI QUỐC GIA; LÝ LỊCH TƯ PHÁP / CỦA QUỐC HỘI
KHÓA XII, KỲ HỌP THỨ 5. All of that is told elsewhere in the head; the title is what is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.title import HeadLine

#: Acts that bear a name, not a subject: "LUẬT ... VỀ DẦU KHÍ" is Luật Dầu khí.
_NAMED = ("Luật", "Bộ luật", "Pháp lệnh")
#: "CỦA QUỐC HỘI", "của Chủ tịch nước": no act, no other "của" and no sign in between.
_ACT = (
    r"(?:(?:bộ\s+)?luật|pháp\s+lệnh|hiến\s+pháp|nghị\s+(?:định|quyết)|quyết\s+định|thông\s+tư|chỉ\s+thị"
    r"|điều|các|một)"
)
_BODY = rf"của(?!\s+{_ACT}\b)(?:\s+(?!của\b|số\b|về\b)[^\W\d_]+){{1,14}}"
_DAY = r"ngày\s+\d{1,2}\s*(?:tháng\s+\d{1,2}\s+năm\s+\d{4}|[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})"
#: The term of an assembly and its session on a line of their own, below the title.
_SESSION_RE = re.compile(
    rf"\s*{_BODY}\s+(?:khóa|khoá)\s+[IVXLC\d]+(?:\s*[,.-]?\s*kỳ\s+họp\s+(?:thứ\s+)?[^\W_]+)?[\s.,]*", re.IGNORECASE
)
_ABOUT_RE = re.compile(r"\s*về\s+(?:(?:bộ\s+)?luật\s+|pháp\s+lệnh\s+)?", re.IGNORECASE)


def without_own_reference(pieces: Sequence[HeadLine], number: str, kind: str) -> list[HeadLine]:
    """The lines of a title without the document's own number, its day, and who issued it.

    >>> line = "CỦA QUỐC HỘI SỐ 06/2003/QH11 NGÀY 17 THÁNG 6 NĂM 2003 VỀ BIÊN GIỚI"
    >>> without_own_reference([(0, len(line), line)], "06/2003/QH11", "Luật")
    [(57, 66, 'BIÊN GIỚI')]
    >>> line = "SỬA ĐỔI LUẬT CỦA QUỐC HỘI SỐ 06/2003/QH11 VỀ BIÊN GIỚI"
    >>> without_own_reference([(0, len(line), line)], "40/2009/QH12", "Luật") == [(0, len(line), line)]
    True
    """
    kept = list(pieces)
    while len(kept) > 1 and _SESSION_RE.fullmatch(kept[-1][2]):
        kept.pop()
    text = "\n".join(piece for _, _, piece in kept)
    found = _own_re(number).search(text)
    if found is None:
        return kept
    low, high = found.span()
    about = _ABOUT_RE.match(text, high) if kind in _NAMED and not text[:low].strip() else None
    return _without(kept, low, about.end() if about else high)


def _own_re(number: str) -> re.Pattern[str]:
    printed = r"\s*".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", number))
    return re.compile(
        rf"(?:{_BODY}\s*,?\s+)?số\s*:?\s*{printed}(?![\w/-])(?:\s*,?\s*{_DAY})?(?:\s+{_BODY}(?=\s+về\b|\s*$))?",
        re.IGNORECASE,
    )


def _without(pieces: Sequence[HeadLine], low: int, high: int) -> list[HeadLine]:
    """The lines without a range of their text, joined by line ends."""
    left: list[HeadLine] = []
    at = 0
    for start, _, text in pieces:
        for first, last in ((0, min(low - at, len(text))), (max(high - at, 0), len(text))):
            words = text[first:last] if first < last else ""
            if any(letter.isalpha() for letter in words):
                first += len(words) - len(words.lstrip())
                words = words.strip()
                left.append((start + first, start + first + len(words), words))
        at += len(text) + 1
    return left
