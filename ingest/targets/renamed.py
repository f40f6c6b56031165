"""A name that names nothing, ``mục tiêu`` or ``điểm phần trăm``: the thing is named with the number before."""

from __future__ import annotations

import re

from ingest.figures.measures import measure
from ingest.figures.quantities import find_quantities
from kb.text.sentences import sentence_start

#: Names that name nothing.
_BARE_RE = re.compile(
    r"(?:mức\s+)?(?:mục tiêu|chỉ tiêu)|điểm(?:\s+(?:phần trăm|%))?|tương đương|bằng|chiếm"
    r"|(?:vượt|thấp hơn|cao hơn)(?![^\W\d_]).*",
    re.IGNORECASE,
)
#: Whence it is known, before the thing; and what the thing does, behind it.
_SOURCE_RE = re.compile(r"^\W*(?:(?:\w{1,3}[.)]\s+)|(?:Theo|Qua)\s[^,;.]{3,60},\s+)*", re.IGNORECASE)
_VERB_RE = re.compile(r"(?:\s+(?:giảm|tăng|đạt|còn|là|được|bình quân|khoảng|thêm|từ))+\s*$", re.IGNORECASE)
#: The most words of a name.
_MOST = 14


def renamed(metric: str, text: str, at: int) -> str:
    """The name of a level at a place of a text, of the number before in its sentence where its own is bare.

    >>> text = "Tỷ lệ hộ nghèo 3,1%; mục tiêu năm 2032 còn 2,2%"
    >>> renamed("mục tiêu", text, text.index("2,2")), renamed("số hộ", text, 40)
    ('Tỷ lệ hộ nghèo', 'số hộ')
    """
    if not _BARE_RE.fullmatch(metric):
        return metric
    low = sentence_start(text, at)
    before = [one for one in find_quantities(text) if low <= one.start and one.end < at]
    for quantity in reversed(before):
        what = measure(text, quantity).what
        if what and " " in what and not _BARE_RE.fullmatch(what):
            return _SOURCE_RE.sub("", what)
    words = _VERB_RE.sub("", _SOURCE_RE.sub("", text[low : before[0].start])) if before else ""
    return words.strip() if words.strip() and len(words.split()) <= _MOST else metric
