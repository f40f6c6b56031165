"""Whether a count that is not how many things a list has is meant for them at all.

Where the things bear counts of their own, are judged one by one, or the sentence has another count that fits them,
the count is of something else, or of some of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from graphs.checks.reading.counted import read_count
from kb.text.items import list_style

#: A count and the word behind it.
_COUNT_RE = re.compile(r"(?<![\w.,/-])(?P<count>\d{1,3})(?![\d.,/%])\s+(?!(?:tháng|năm|ngày)\b)(?=[^\W\d_])")
#: A thing with its own count: "- 02 kế hoạch …", "1. Với tỉnh (01 kiến nghị)".
_ITS_COUNT_RE = re.compile(
    r"(?:^|\n|[;:]\s|\)\s)\s*(?:[-–+*•]\s*)?(?:\(?(?:\d{1,2}|[a-zđ]|[ivx]+)[.)]\s+)?"
    r"(?P<count>\d{1,3})\s+(?!(?:tháng|năm|ngày)\b)(?=[^\W\d_])"
)
#: A count behind the name of a thing, and what it counts: "- Theo kế hoạch: 06 cuộc (đã xong 05 cuộc)".
_NAMED_COUNT_RE = re.compile(r"(?:^|\n)[^\d\n]{3,80}:\s*\d{1,4}\s+(?P<noun>[^\W\d_]+)")
#: What was done of what is counted: "Mở 5 lớp tập huấn: mới mở 4 lớp, không đạt".
_DONE_RE = re.compile(
    r"\s*(?:kết quả|thực hiện|thực tế|đến (?:nay|hết)|cả năm|trong năm|mới|đã|chỉ|ước)\b[^.;:]*?\b\d{1,4}\s+"
    r"(?P<noun>[^\W\d_]+)",
    re.IGNORECASE,
)
_VERDICT_RE = re.compile(r"\b(?:đạt|vượt|hoàn thành)\b", re.IGNORECASE)
_END_RE = re.compile(r"[.!?]\s+(?=[A-ZĐÀ-Ỹ])|\n")
_FAR, _MOST, _SHARE = 300, 4000, 0.6


def is_of_the_list(text: str, start: int, end: int, told: int) -> bool:
    r"""Whether a count between two places of a text is of the `told` things that are listed behind it.

    >>> is_of_the_list("Ban hành 07 văn bản, gồm: 02 kế hoạch; 05 công văn.", 9, 11, 2)
    False
    >>> is_of_the_list("Đề ra 6 chỉ tiêu, hoàn thành 5 chỉ tiêu: (1) thu; (2) chi.", 29, 30, 6)
    False
    >>> is_of_the_list("Có 5 nhóm việc: (1) thu; (2) chi.", 3, 4, 2)
    True
    >>> is_of_the_list("Đón 9 đoàn tại 6 xã:\n- Trong tỉnh: 7 đoàn;\n- Tỉnh bạn: 2 đoàn.", 15, 19, 2)
    False
    """
    low = max(0, start - _FAR)
    before = list(_END_RE.finditer(text, low, start))
    low = before[-1].end() if before else low
    line = text.find("\n", end)
    line = line if line >= 0 else len(text)
    lead = text.find(":", end, line)
    lead = lead + 1 if lead >= 0 else line
    kind = _noun(text, start, lead)
    others = {
        int(found["count"])
        for place in ((low, start), (end, lead))
        for found in _COUNT_RE.finditer(text, *place)
        if kind and _noun(text, found.start(), lead) == kind
    }
    if told in others:
        return False
    things = text[lead:line] if text[lead:line].strip() else _below(text, line)
    enough = max(2, told * _SHARE)
    nouns = {found["noun"].lower() for found in _NAMED_COUNT_RE.finditer(things)}
    if (
        len(nouns) == 1
        and kind not in nouns
        and {_noun(text, *place) for place in _counts(text, low, lead)} & nouns
    ):
        return False  # "08 cuộc tại 17 đơn vị:" over so many *cuộc* each
    if kind and len(re.findall(rf"\(\d{{1,3}}\s+{re.escape(kind)}\b", things)) >= enough:
        return False
    count, own = read_count(text[start:end].split()[0]), [int(one) for one in _ITS_COUNT_RE.findall(things)]
    if count and len(own) >= enough and abs(sum(own) - count) * 2 <= count:
        return False
    judged = _VERDICT_RE.search(text, low, lead)
    return not (judged and len(_VERDICT_RE.findall(things)) >= told)


def is_answered(text: str, start: int, end: int) -> bool:
    """Whether behind a count stands how many there came to be: a goal and its result, and no list.

    >>> is_answered("Mở 5 lớp tập huấn: mới mở 4 lớp, không đạt.", 3, 17)
    True
    >>> is_answered("Mở 2 lớp tập huấn: đã xong lớp kế toán, lớp thống kê.", 3, 17)
    False
    """
    told = _DONE_RE.match(text, end + 1) if text[end : end + 1] == ":" else None
    return told is not None and told["noun"].lower() == _noun(text, start, end)


def _counts(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    return ((found.start(), high) for found in _COUNT_RE.finditer(text, low, high))


def _noun(text: str, at: int, end: int) -> str | None:
    """The first word behind a count."""
    words = text[at:end].split(maxsplit=2)[1:2]
    return words[0].strip(" ,:").lower() if words else None


def _below(text: str, start: int) -> str:
    """The lines of the list below, with the dashes under its items."""
    lines = [line for line in text[start : start + _MOST].split("\n") if line.strip()]
    styles = {list_style(lines[0]), "dash", "plus"} if lines else set()
    return "\n".join(takewhile(lambda line: list_style(line) in styles - {None}, lines))
