"""Which places (``khoản 2 Điều 5``) belong to which mention, and which to the text itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ingest.citations.found import Found
from ingest.citations.letters import NO_LETTER, UPPER
from ingest.citations.pinpoints import PinpointRun

#: Between a place and its document: nothing, a comma, "của", or the act the document came with.
TIE_RE = re.compile(
    r"(?:[ \n]{1,2}\([^()\n]{1,80}\))?,?[ \n]{0,2}(?:(?:của|tại|trong|thuộc|theo)[ \n](?:các[ \n])?|các[ \n])?"
    r"(?:(?:(?:bản )?(?:Quy chế|Quy định|Điều lệ|Danh mục|Chương trình|Kế hoạch|Đề án|Hướng dẫn"
    r"|Quy trình|Nội quy|Phụ lục)(?:[ \n][^;.:\n]{0,120}?)?,?[ \n])?"
    r"(?:được[ ])?(?:ban hành[ \n])?(?:kèm|kèm theo|theo)(?:[ \n]theo)?[ \n])?"
)
_LONGEST_TIE = 240
_LABEL_END_RE = re.compile(r"[ \t]*(?:[.:)\n]|$)")
#: A heading whose lines were joined: ``Điều 3 Phạm vi``.
_HEADING_RE = re.compile(rf"Điều[ ]\d+[a-zđ]?[ ][{UPPER}]")
#: The place of another document that is named by its type alone: ``khoản 1 Điều 33 của Luật;``
_ELSEWHERE_RE = re.compile(
    r"[ \n]của[ \n](?:Luật|Bộ luật|Pháp lệnh|Nghị[ \n]định|Thông[ \n]tư|Nghị[ \n]quyết|Hiệp[ \n]định|Công[ \n]ước)"
    rf"{NO_LETTER}(?![ \n](?:này|trên|nêu))"
)
#: A table of another document's appendix: ``khoản 2.c Bảng số 01 Phụ lục 4 kèm theo Thông tư số …``.
_TABLE_RE = re.compile(
    r"(?:\.[a-zđ0-9])?[ \n](?:Bảng|Biểu|Danh mục|Sơ đồ)[ \n][^.;]{0,80}?[ \n](?:kèm[ \n]theo|ban hành)[ \n]"
    r"(?!.{0,40}này)"
)
#: A unit that does not stand there yet: ``Bổ sung Điều 2a vào sau Điều 2``.
_INSERTED_RE = re.compile(r"[ \n]vào[ \n](?:sau|trước|tiếp)[ \n]")
_LABEL_RE = re.compile(r"(?:Điều|ĐIỀU)[ ]\d{1,3}[a-zđ]?")
_POINTING = frozenset(("điều", "khoản", "điểm", "tiết"))


def bind_places(text: str, mentions: Sequence[Found], runs: Sequence[PinpointRun]) -> tuple[PinpointRun, ...]:
    """Give each mention without a place the run that ends where it begins; what is left of the runs.

    Mentions come in reading order and so do runs; numbers have read their places themselves.
    """
    taken = [found.mention.pinpoint_span for found in mentions if found.mention and found.mention.pinpoint_span]
    ends = [run.end for run in runs]
    used: set[int] = set()
    for found in mentions:
        if found.mention is not None:
            continue
        index = bisect_right(ends, found.start) - 1
        if index < 0 or index in used:
            continue
        run = runs[index]
        if run.self_ended or found.start - run.end > _LONGEST_TIE or _is_label(text, run, found.start):
            continue
        if TIE_RE.fullmatch(text, run.end, found.start):
            found.run = run
            used.add(index)
    starts = [start for start, _ in taken]
    return tuple(run for index, run in enumerate(runs) if index not in used and not _covered(run, taken, starts))


def _is_label(text: str, run: PinpointRun, start: int) -> bool:
    """Whether a label stands alone on its line: ``Điều 11``, below it ``Nghị định này có hiệu lực``."""
    begins = run.start == 0 or text[run.start - 1] == "\n"
    return begins and _LABEL_RE.fullmatch(text, run.start, run.end) is not None and "\n" in text[run.end : start]


def _covered(run: PinpointRun, taken: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    index = bisect_left(starts, run.end) - 1
    return index >= 0 and taken[index][1] > run.start


def points_inside(text: str, run: PinpointRun) -> bool:
    """Whether a run without a document points into the text it stands in, and is no label of a unit."""
    if run.self_ended:
        return True
    levels = {level for pinpoint in run.pinpoints for level, _ in pinpoint.path}
    if not levels & _POINTING:
        return False
    if _ELSEWHERE_RE.match(text, run.end) or _TABLE_RE.match(text, run.end) or _inserted(text, run):
        return False
    begins = run.start == 0 or text[run.start - 1] in '\n“"'
    if begins and _HEADING_RE.match(text, run.start):
        return False
    return not (begins and _LABEL_END_RE.match(text, run.end)) and bool(levels & {"điều", "khoản"})


def _inserted(text: str, run: PinpointRun) -> bool:
    """Whether an amendment adds the units of a run: ``Bổ sung khoản 3a vào sau khoản 3``."""
    before = text[max(0, run.start - 10) : run.start].lower()
    return before.rstrip().endswith("bổ sung") and bool(_INSERTED_RE.match(text, run.end))
