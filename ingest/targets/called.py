"""The document that words call without its number, where the paper cites it with one: ``Kế hoạch CCHC năm 2021``.

Its kind, its years and the words of its name tell it; a name that has others (``Kế hoạch tuyên truyền CCHC``) is
of another paper. Several numbers with one name are all told.
"""

from __future__ import annotations

import re

from ingest.targets.named import title_of
from ingest.targets.places import body_as_short
from ingest.targets.same import spelled_words
from kb.models import Citation, CitationKind, Document

_KINDS = "Kế hoạch|Nghị quyết|Chương trình|Đề án|Quyết định|Chỉ thị|Chiến lược"
_NAME_RE = re.compile(
    rf"(?P<kind>{_KINDS})\s+(?P<words>.*?)(?:\s+của\s+(?P<body>(?:UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Chính phủ"
    r"|Thủ tướng|Quốc hội|Tỉnh ủy|Thành ủy|Huyện ủy|Bộ|Sở|Cục|Tổng cục)\b.*))?",
    re.DOTALL,
)
_TITLE_RE = re.compile(
    rf"\s*(?:về\s+)?(?:việc\s+)?(?:ban hành|phê duyệt)\s+(?P<name>(?P<kind>{_KINDS})\b.*)", re.DOTALL
)
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Words of a name that one mention has and another leaves out.
_LOOSE = frozenset(
    re.findall(
        r"\w+",
        "nam giai doan nha nuoc tinh thanh pho huyen xa dia ban cong tac thuc hien trien khai nganh bo so ve viec"
        " tren uy ban nhan dan",
    )
)
#: Fewer words of its own name nothing.
_LEAST = 2


def called_by(document: Document, citations: tuple[Citation, ...], name: str) -> tuple[int, ...]:
    """The first mentions of the documents that a name can stand for, one a number."""
    words = _NAME_RE.fullmatch(" ".join(name.split()))
    here = _here(document)
    own = _own_words(words["words"]) - here if words else frozenset()
    if words is None or len(own) < _LEAST:
        return ()
    found: dict[str, int] = {}
    for at, one in enumerate(citations):
        title = _title(one, words["kind"]) if one.number and one.kind is CitationKind.NUMBER else None
        same = title and own == _own_words(title) - here and _is_of(words["body"], one)
        if title and same and _in_years(words["words"], title, one):
            found.setdefault(one.number or "", at)
    return tuple(found.values())


def _own_words(name: str) -> frozenset[str]:
    return spelled_words(_YEAR_RE.sub(" ", name)) - _LOOSE


def _is_of(body: str | None, citation: Citation) -> bool:
    """Whether a body that is told with a name, and with a number, is the same one."""
    told = body_as_short(citation.issuer)
    return not body or not told or told.startswith(body_as_short(body)) or body_as_short(body).startswith(told)


def _title(citation: Citation, kind: str) -> str | None:
    """What a document of a kind is about, or the paper of that kind that it issued."""
    title = title_of(citation)
    issued = _TITLE_RE.fullmatch(title) if title else None
    if issued:
        return issued["name"].removeprefix(kind) if issued["kind"] == kind else None
    return title if citation.type == kind else None


def _in_years(name: str, title: str, citation: Citation) -> bool:
    """Whether a document is of the years of a name; a plan of a year may be of the end of the one before."""
    wanted, told = (frozenset(map(int, _YEAR_RE.findall(words))) for words in (name, title))
    if told or not wanted:
        return wanted <= told
    year = citation.year or int((citation.issued or "0")[:4])
    return len(wanted) == 1 and wanted <= {year, year + 1}


def _here(document: Document) -> frozenset[str]:
    """The words of the paper's own body and place, which its titles have or leave out."""
    fields = (*document.metadata.issuers, document.metadata.place)
    return frozenset().union(*(spelled_words(field.value) for field in fields if field))
