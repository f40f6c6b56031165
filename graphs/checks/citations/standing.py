"""How cited documents stand, and the words in which a finding tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from graphs.checks.citations.citing import day_of
from graphs.checks.citations.entitled import is_one_title
from graphs.checks.reading.rows import Same
from graphs.checks.report import Changed, Standing, Subject
from kb.bilingual import Bilingual, both
from kb.clock import told_day
from kb.models import Citation, CitationKind, Relation, Span
from kb.numbers import number_key, same_number
from kb.vocabulary.schemes import name_words

EXPIRED, PARTLY, FUTURE = "Hết hiệu lực toàn bộ", "Hết hiệu lực một phần", "Chưa có hiệu lực"
UNKNOWN = "Không xác định"
CITED = (CitationKind.NUMBER, CitationKind.NAME)
#: Deeds done to a document, or words about one, do not rest on it.
NOT_RESTING = (Relation.REPEALS, Relation.REPLACES, Relation.AMENDS, Relation.ISSUES, Relation.CORRECTS)


def standings(subject: Subject) -> tuple[tuple[Citation, Standing | None], ...]:
    """How each cited document stands on the day of the subject; of the document itself nothing is asked."""
    return _standings_of(Same(subject))


@lru_cache(maxsize=2)
def _standings_of(read: Same[Subject]) -> tuple[tuple[Citation, Standing | None], ...]:
    return tuple(_standings(read.it))


def _standings(subject: Subject) -> Iterator[tuple[Citation, Standing | None]]:
    if subject.library is None or subject.as_of is None:
        return
    for citation in subject.citations:
        if citation.kind not in CITED or subject.is_own(citation) or subject.by_compiler(citation):
            continue
        text = subject.document.text
        no_basis = _is_amender(text, citation.span) if citation.number else _is_drafted(text, citation.span)
        if no_basis or _is_of_its_day(text, citation.span):
            continue
        standing = subject.library(citation, subject.as_of)
        yield citation, None if standing and _may_be_another(citation, standing) else standing


#: A law that is being drafted, and the day of a law.
_DRAFTED_RE = re.compile(r"\s*\((?:sửa đổi|SỬA ĐỔI)\)")
_DRAFT_RE = re.compile(r"(?:dự án|dự thảo|DỰ ÁN|DỰ THẢO)\s+$")
_DAY_OF_RE = re.compile(r"(?:ngày|trước|(?:trước|sau|từ)\s+khi)\s+$", re.IGNORECASE)
_BEGINS_RE = re.compile(
    r"(?:\s+(?:ngày\s+[\d/]+|ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4}|năm\s+\d{4}))?\s+có\s+hiệu\s+lực",
    re.IGNORECASE,
)


def _is_drafted(text: str, span: Span) -> bool:
    """Whether a law is named as a draft (``dự án Luật … (sửa đổi)``)."""
    return bool(_DRAFTED_RE.match(text, span.end) or _DRAFT_RE.search(text, max(0, span.start - 12), span.start))


def _is_of_its_day(text: str, span: Span) -> bool:
    """Whether a document is named for the day on which it began (``trước khi Luật … có hiệu lực``)."""
    before = _DAY_OF_RE.search(text, max(0, span.start - 12), span.start)
    return bool(before and _BEGINS_RE.match(text, span.end))


def _may_be_another(citation: Citation, standing: Standing) -> bool:
    """Whether a citation has a known number but another day of that year, and no title tells that they are one."""
    day = day_of(citation.issued)
    if day is None or standing.issued is None or day == standing.issued or day.year != standing.issued.year:
        return False
    return not is_one_title(citation.title or "", standing.title)


#: What amended another document, in a list of several: "được sửa đổi, bổ sung bởi Luật số 1/…, Luật số 2/…".
_AMENDERS_RE = re.compile(
    r"sửa đổi,?\s+bổ sung[^.;()]{0,40}?\s(?:bởi|theo|tại|bằng)\s+(?:các\s+)?"
    r"(?:(?:(?:Luật|Nghị định|Thông tư|Quyết định|Nghị quyết|Pháp lệnh)\s+)?(?:số\s+)?\d+/[\w/-]+"
    r"(?:\s+ngày\s+[\d/]+)?\s*(?:,|;|và)\s+(?:và\s+)?)+(?:số\s+)?$"
)


def _is_amender(text: str, span: Span) -> bool:
    """Whether a document is only named, behind others, for what it did to another one."""
    return _AMENDERS_RE.search(text, max(0, span.start - 500), span.start) is not None


def once(
    found: Iterable[tuple[Citation, Standing]],
) -> Iterator[tuple[Citation, Standing, tuple[Span, ...]]]:
    """The first mention of each document, with the places of the others."""
    groups: dict[str, list[tuple[Citation, Standing]]] = {}
    for citation, standing in found:
        name = number_key(citation.number) if citation.number else name_words(citation.surface)
        groups.setdefault(standing.work or f"{name} {standing.since}", []).append((citation, standing))
    for (citation, standing), *rest in groups.values():
        yield citation, standing, tuple(other.span for other, _ in rest)


def places_told(others: tuple[Span, ...]) -> Bilingual:
    """In how many places a document is cited, where in several."""
    return both(" (dẫn ở {n} chỗ)", " (cited in {n} places)", n=len(others) + 1) if others else both("", "")


@dataclass(frozen=True, slots=True)
class Cited:
    """A document where it is cited first, how it stands, and where it is cited again."""

    citation: Citation
    standing: Standing
    others: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """All places, the first one first."""
        return self.citation.span, *self.others

    def told(self) -> Bilingual:
        """What it is called there, and in how many places."""
        places = places_told(self.others)
        return both("“{name}”{places}", "“{name}”{places}", name=self.citation.surface, places=places)


def end_of(standing: Standing) -> Changed:
    """The end of a document: of the whole, or of all but what it left alive."""
    rest = next((one for one in standing.changes if one.ends and one.saved), None)
    if standing.status != EXPIRED and rest:
        return rest
    return Changed(both("", ""), standing.until, standing.successor or "", ends=True, called=standing.replaced_by)


def rests(citation: Citation) -> bool:
    """Whether a text can rest on what it cites so: not where it ends, changes or issues the document itself."""
    return citation.relation not in NOT_RESTING or citation.direction == "passive"


def is_over(citation: Citation, standing: Standing) -> bool:
    """Whether what is cited has ended, and the citing text rests on it; parts that were left alive have not."""
    if not rests(citation):
        return False
    if standing.status != EXPIRED:
        rest = end_of(standing) if standing.status == PARTLY else None
        return bool(rest and rest.saved) and not any(
            f"{level} {label}" in (rest.saved if rest else "")
            for pinpoint in citation.pinpoints
            for level, label in pinpoint.path
        )
    return True


def ended_by_itself(subject: Subject, standing: Standing) -> bool:
    """Whether the document checked is what ended the other."""
    own = subject.document.metadata.number
    successors = (standing.successor or "").split(", ")
    return own is not None and any(same_number(own.value, one) for one in successors if one)


def names_what_followed(subject: Subject, citation: Citation, standing: Standing) -> bool:
    """Whether the paragraph names what took the place of a document: ``trước đây theo A, nay theo B``."""
    block = subject.document.block_over(citation.span.start)
    successors = {number_key(one) for one in end_of(standing).by.split(", ") if one}
    return block is not None and any(
        block.span.start <= one.span.start < block.span.end and number_key(one.number or "") in successors
        for one in subject.citations
    )


def why(standing: Standing) -> Bilingual:
    """What ended it."""
    over = end_of(standing)
    if standing.status != EXPIRED and over.by:
        return both("{deed} bởi {by}", "{deed} by {by}", deed=over.deed, by=over.name)
    return both("{why}", "{why}", why=standing.reason)


def but_for(over: Changed) -> Bilingual:
    """What an end left alive."""
    return both(" trừ {saved}", " but for {saved}", saved=over.saved) if over.saved else both("", "")


def since(day: date | None) -> Bilingual:
    """From which day on; nothing where it is not known."""
    return both(" từ {day}", " since {iso}", day=told_day(day), iso=day) if day else both("", "")


def on_day(day: date | None) -> str:
    """On which day, in English."""
    return f" on {day}" if day else ""


def replaced(over: Changed) -> str:
    """What took its place."""
    return f", thay bằng {over.name}" if over.by else ""


def replaced_by(over: Changed) -> str:
    """What took its place, in English."""
    return f", replaced by {over.name}" if over.by else ""


def cite_later(over: Changed) -> Bilingual:
    """What to cite of deeds after a document has ended."""
    if over.by and over.on:
        return both(
            "việc từ {day} trở đi viện dẫn {other}",
            "of deeds from {iso} on cite {other}",
            day=told_day(over.on),
            iso=over.on,
            other=over.name,
        )
    return both("kiểm tra văn bản thay thế", "look for what replaced it")


def cite_instead(standing: Standing) -> Bilingual:
    """What to do about a document that has expired: cite what took its place, where that is known."""
    by = end_of(standing).name
    if by and not standing.certain:
        return both(
            "đối chiếu Công báo (nguồn chưa chắc chắn), rồi viện dẫn {other}",
            "look in the gazette (the source is not sure), then cite {other}",
            other=by,
        )
    if by:
        return both("viện dẫn {other}", "cite {other}", other=by)
    return both("kiểm tra văn bản thay thế", "look for what replaced it")
