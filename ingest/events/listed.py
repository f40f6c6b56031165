"""The documents that a stretch of text is about: those it lists, not those in titles and brackets of others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.events.days import TYPES
from ingest.events.paragraphs import Mentions
from kb.models import Citation, CitationKind, Direction

#: Joins a further document to a list of them.
_JOIN_RE = re.compile(r"(?:[;,:]|\bvà|\n|\bcùng)\s*(?:và\s+)?(?:các\s+|số:?\s*|[a-zđ]\)\s*|[-–+]\s*)*$")

#: Places of a further document: ``…; khoản 2 Điều 5 của Thông tư …``.
_RUN_OF_RE = re.compile(
    r"(?:[;,]|\bvà)\s*(?:các\s+)?(?:(?:khoản|điểm|[Đđ]iều|Phụ lục|tiết|[Mm]ục|[Cc]hương)\s(?!chỉnh)[^;]*)"
    rf"(?:của\s+|tại\s+)?(?:{TYPES})?\s*$"
)

_NAMED_RE = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh)\s+(?!số\b)[^\d]{3,}?số\s*:?\s*\d", re.IGNORECASE)

_PLACED_RE = re.compile(r"(?:khoản|điểm|[Đđ]iều|[Cc]hương|[Mm]ục|[Pp]hụ lục)\s+[\dIVXa-zđ][^;]*$")
_PLACE_END_RE = re.compile(
    r"(?:hướng\s+dẫn|chi\s+tiết|thi\s+hành|thực\s+hiện)[^;]{0,60}(?:khoản|điểm|[Đđ]iều)\s+\w+\s*$"
)
_DONE_RE = re.compile(r"(?<!\w)(?:được|bị|đã)\s")
#: The verb of a title that changes what it names, several documents of any type.
_CHANGES_RE = re.compile(r"ngưng\s+hiệu\s+lực|kéo\s+dài|gia\s+hạn|đình\s+chỉ|đính\s+chính", re.IGNORECASE)
_AND_RE = re.compile(r"\bvà\s+(?:các\s+)?$")
_TOLD_RE = re.compile(
    r"(?:được|bị)\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|đính\s+chính)[^;]*?\s(?:theo|bởi|tại|bằng)\s",
    re.IGNORECASE,
)


def main_mentions(text: str, offset: int, mentions: Mentions, low: int, high: int) -> list[tuple[int, int, int]]:
    """The documents that a stretch of text lists, without those that stand in titles and brackets of others."""
    kept: list[tuple[int, int, int]] = []
    nested = told = unnamed = changing = False
    inner: str | None = None
    last_end = low
    for start, end, index in mentions.between(offset + low, offset + high):
        citation = mentions.citations[index]
        at = start - offset
        if at < last_end or _of_itself(mentions.citations, citation) or not text[at : end - offset].strip():
            continue  # the last: inside a quotation that was blanked
        before = text[low:at]
        between = text[last_end:at]
        # "… theo Luật số 1 và Luật số 2, Luật Giá số 3": who has a name of its own is told of no other.
        named = is_named(citation)
        fresh = bool(_TOLD_RE.search(between if kept else before)) and not told
        told = fresh or (told and ";" not in between and not (named and unnamed))
        unnamed = told and not named
        passive = citation.direction is Direction.PASSIVE and _DONE_RE.search(before)
        if told or (passive and not (named and kept)):
            # "… đã được sửa đổi, bổ sung theo Luật A, Luật B và Luật C": what was done before, by others.
            last_end = end - offset
            continue
        if before.count("(") > before.count(")"):
            continue
        if kept:
            joined = bool(_JOIN_RE.search(between)) and not re.search(r"[“\"]\s*$", between)
            run = _RUN_OF_RE.search(between)
            if run and _PLACE_END_RE.search(between[: run.start()]):
                run = None  # "hướng dẫn Điều 4 và Điều 7 Nghị định số …": one run of a title
            if not joined and not run:
                nested, inner = True, family(citation)
                changing = bool(_CHANGES_RE.search(between))
                last_end = end - offset
                continue
            head = family(mentions.citations[kept[0][2]])
            placed = bool(_PLACED_RE.search(text[low : kept[0][0] - offset])) and not run
            title = placed or (inner != head and family(citation) == inner)
            title = title or (changing and bool(_AND_RE.search(between)) and "," not in between)
            if nested and ";" not in between and title:
                # "Nghị quyết … về việc thi hành Bộ luật A, Luật B", "khoản 2 Điều 1 Thông tư … sửa đổi Thông tư A
                # và Thông tư B", "Nghị quyết … tạm ngưng hiệu lực Nghị định A và Nghị quyết B": inside the title.
                last_end = end - offset
                continue
            if (
                nested
                and (inner == head or family(citation) != head)
                and ";" not in between
                and not re.search(r"\d{4}[^,;]*,?\s*(?:và\s+)?$", between)
                and "," not in between
            ):
                last_end = end - offset
                continue
        nested = False
        kept.append((start, end, index))
        last_end = end - offset
    return kept


def is_named(citation: Citation) -> bool:
    """Whether a law is printed with its name and its number: ``Luật Giá số 3/2020/QH14``."""
    return bool(_NAMED_RE.match(" ".join(citation.surface.split())))


def _of_itself(citations: Sequence[Citation], citation: Citation) -> bool:
    """Whether a mention means the document that speaks; of a back reference, also that nothing was found."""
    if citation.kind is not CitationKind.BACK:
        return citation.kind in (CitationKind.INTERNAL, CitationKind.SELF)
    at = citation.antecedent
    return at is None or citations[at].kind is CitationKind.SELF


def family(citation: Citation) -> str | None:
    """The type of a document as far as lists in titles hold together by it."""
    return "Luật" if citation.type in ("Bộ luật", "Pháp lệnh") else citation.type
