"""The programme whose goals a text sets out: ``mục tiêu của Chương trình là …``, named some lines before."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.targets.same import likeness, spelled_words
from kb.mentions import root_of
from kb.models import BlockKind, Citation, CitationKind, Document, Footnote
from kb.text.items import list_style
from kb.vocabulary.schemes import known_scheme

#: The goals of a paper called by its kind alone; what follows is no name of its own.
GOALS_OF_RE = re.compile(
    r"[MmCc](?<=\b.)(?:(?<=[Mm])ục|(?<=[Cc])hỉ) tiêu(?:\s+(?:cụ thể|chung|tổng quát|chủ yếu|trọng tâm))?\s+"
    r"(?:của|tại|theo|trong)\s+"
    r"(?P<kind>Chương trình|Đề án|Kế hoạch|Nghị quyết|Chiến lược|Quy hoạch|Dự án)"
    r"(?!\s+(?:số\b|tổng thể|phát triển|chuyển đổi|hành động|cải cách|quốc gia|tỉnh|mục tiêu|[A-ZĐ“\"\d]))"
)
#: A short name with the year until which it runs.
_BY_YEAR_RE = re.compile(r"(?P<kind>Chương trình|Đề án|Kế hoạch|Chiến lược|Quy hoạch|Dự án)\s+đến năm\s+20\d\d")
#: What is done with a scheme, before its name in the title of the paper that does it.
_DEED_RE = re.compile(r"^\s*(?:về\s+)?(?:việc\s+)?(?:ban hành|phê duyệt)\b|\(.*$", re.IGNORECASE | re.DOTALL)
#: Where a programme is carried out is no part of its name.
_WHERE_RE = re.compile(r"\btrên\s+địa\s+bàn\s.*$", re.IGNORECASE | re.DOTALL)
_GOES_ON_RE = re.compile(
    r"[,;]\s+(?=(?:Ủy ban|Uỷ ban|UBND|Hội đồng|HĐND|Sở|Bộ|Ban|Tỉnh ủy|Thành ủy|Chủ tịch|Thủ tướng|Chính phủ)\b)"
)
#: The words of a name that tell one scheme from another, and the share that two statements of it have in common.
_OWN_WORDS, _SAME_NAME = 5, 0.8
#: How far back the name may stand, and how far a list may run.
_FARTHEST, _LONGEST = 4000, 15


def named_programme(
    document: Document, citations: tuple[Citation, ...], notes: tuple[Footnote, ...], block: int, end: int
) -> tuple[int, int] | None:
    """The citation that a target in a block (its words up to `end`) has its goals from, and that of its name.

    The same twice where the name bears no number in a note; None where no goals of a bare kind are spoken of.
    """
    found = _spoken(document, block, end)
    if found is None:
        return None
    kind, at = found
    before = [
        index
        for index, citation in enumerate(citations)
        if at - _FARTHEST <= citation.parts[0].start < at
        if citation.kind in (CitationKind.NAME, CitationKind.NUMBER)
        if citation.type == kind and citation.footnote is None
    ]
    if not before:
        return None
    name = before[-1]
    return _numbered(citations, notes, name), name


def number_of(citations: tuple[Citation, ...], name: int) -> int:
    """The citation that gives a scheme's number where another place of the paper says so; itself where none does.

    ``Đề án “X”`` here, ``Quyết định số 5/QĐ-UBND ban hành Đề án “X”`` there: the two share nearly all words.
    """
    named = citations[root_of(citations, name)]
    if named.number and not citations[name].number and named.kind is not CitationKind.SELF:
        return root_of(citations, name)  # a short name: "Nghị quyết 66"
    named = citations[name]
    if short := _BY_YEAR_RE.fullmatch(" ".join(named.surface.split())):
        called = _called(citations, short["kind"])
        return name if called is None else called
    digits = re.search(r"\s(\d{1,5})$", named.surface) if named.kind is CitationKind.ALIAS else None
    begins = re.compile(rf"0*{int(digits[1])}[/-]") if digits else None
    told = [at for at, one in enumerate(citations) if begins and begins.match(one.number or "")]
    if len({citations[at].number for at in told}) == 1:
        return told[0]  # "Chương trình 2105", which the decision of that number issued
    if named.kind is not CitationKind.NAME or named.number or known_scheme(named.surface):
        return name
    wanted = spelled_words(_WHERE_RE.sub(" ", named.surface))
    scored = [
        (likeness(wanted, _title_words(title_of(citation) or "")), -at)
        for at, citation in enumerate(citations)
        if citation.number and citation.title and citation.kind is CitationKind.NUMBER
    ]
    best, at = max(scored, default=(0.0, 0))
    return -at if len(wanted) >= _OWN_WORDS and best >= _SAME_NAME else name


@lru_cache(maxsize=4096)
def _title_words(title: str) -> frozenset[str]:
    """The words of a title, asked for with each name of a paper, without where it holds and what issued it."""
    return spelled_words(_WHERE_RE.sub(" ", _DEED_RE.sub(" ", title)))


def _called(citations: tuple[Citation, ...], kind: str) -> int | None:
    """The document that is called by its kind alone: ``Chỉ tiêu theo Đề án đến năm 2030`` where one is "Đề án"."""
    aliases = [at for at, one in enumerate(citations) if one.kind is CitationKind.ALIAS and one.surface == kind]
    roots = {root_of(citations, at) for at in aliases}
    found = number_of(citations, roots.pop()) if len(roots) == 1 else None
    return found if found is not None and citations[found].number else None


def title_of(citation: Citation) -> str | None:
    """The title that a mention gives, without who goes on behind it (``…, Ủy ban nhân dân tỉnh báo cáo``)."""
    return _GOES_ON_RE.split(citation.title)[0] if citation.title else None


def _spoken(document: Document, block: int, end: int) -> tuple[str, int] | None:
    """The kind of paper and the place of the words, in the target's own paragraph or in its list above it."""
    blocks = document.blocks
    text = document.block_text(blocks[block])[:end]
    style = list_style(text)
    for at in range(block, max(block - _LONGEST, -1), -1):
        if blocks[at].kind is not BlockKind.TEXT:
            continue
        if at != block:
            text = document.block_text(blocks[at])
            if style is None or list_style(text) not in (style, None):
                return None
        found = GOALS_OF_RE.search(text)
        if found:
            start = blocks[at].view.start + found.start()
            return found["kind"], document.reading.hull(start, start + 1).start
    return None


def _numbered(citations: tuple[Citation, ...], notes: tuple[Footnote, ...], name: int) -> int:
    """The citation with a number in the note right behind a name; the name itself without one."""
    end = citations[name].span.end
    for note in notes:
        if note.anchor and 0 <= note.anchor.start - end <= 3:
            for part in note.parts:
                for index, citation in enumerate(citations):
                    if part.start <= citation.span.start < part.end and citation.number:
                        return index
    return name
