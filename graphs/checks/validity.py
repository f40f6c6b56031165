"""VAL: each cited document in force on the day that matters; what the library does not know is not checked.

Three days matter: that of the deed, that of the document, today. A past deed under a document that has since
expired is a note; a plan, a basis or an instruction that rests on one is an error (Luật 64/2025/QH15, Điều 57).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from graphs.checks.report import Standing, Subject, Tally, rule
from kb.bilingual import Bilingual, both, english
from kb.models import Citation, CitationKind, Finding, Relation, Span, UnitKind, Use
from kb.numbers import number_key, same_number
from kb.vocabulary.schemes import name_words

EXPIRED, PARTLY, FUTURE = "Hết hiệu lực toàn bộ", "Hết hiệu lực một phần", "Chưa có hiệu lực"
UNKNOWN = "Không xác định"
_CITED = (CitationKind.NUMBER, CitationKind.NAME)
#: Deeds done to a document, or words about one, do not rest on it.
_NOT_RESTING = (Relation.REPEALS, Relation.REPLACES, Relation.AMENDS, Relation.ISSUES, Relation.CORRECTS)


def standings(subject: Subject) -> Iterator[tuple[Citation, Standing | None]]:
    """How each cited document stands on the day of the subject; of the document itself nothing is asked."""
    if subject.library is None or subject.as_of is None:
        return
    for citation in subject.citations:
        if citation.kind in _CITED and not subject.is_own(citation) and not subject.by_compiler(citation):
            yield citation, subject.library(citation, subject.as_of)


def check_force(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Nothing rests on a document that has expired."""
    if subject.library is None or subject.as_of is None:
        tally.skip(
            both("chưa có ngày của văn bản hoặc chưa có thư viện", "no date of the document, or no library"),
            len(subject.citations),
        )
        return
    for citation, standing in standings(subject):
        if standing is None:
            tally.skip(both("thư viện chưa biết văn bản này", "the library does not know this document"))
        elif standing.status == UNKNOWN:
            tally.skip(standing.reason or both("không xác định", "not known"))
        elif standing.status == FUTURE:
            continue  # told, and counted, by the rule of what has not begun; past deeds likewise
        elif (
            standing.status != EXPIRED or citation.relation in _NOT_RESTING or _ended_by_itself(subject, standing)
        ):
            tally.held += 1
        elif citation.use is not Use.PAST:
            tally.failed += 1
            yield EXPIRED_BASIS.finding(
                (citation.span,),
                f"“{citation.surface}” đã hết hiệu lực{_since(standing.until)}: {standing.reason}",
                f"“{citation.surface}” expired{_from(standing.until)}{_by(standing)}: {english(standing.reason)}",
                stated=citation.surface,
                expected=standing.successor,
                evidence=(citation.evidence,) if citation.evidence else (),
                suggestion=cite_instead(standing),
                page=citation.page,
            )


def check_past(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What was done under a document that has expired since is information."""
    for citation, standing in standings(subject):
        if standing and standing.status == EXPIRED and citation.use is Use.PAST:
            tally.held += 1
            yield PAST.finding(
                (citation.span,),
                f"“{citation.surface}” (việc đã làm) hết hiệu lực{_since(standing.until)}{_instead(standing)}",
                f"“{citation.surface}” (a past deed) expired{_from(standing.until)}{_by(standing)}",
                stated=citation.surface,
                expected=standing.successor,
                page=citation.page,
            )


def check_future(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What is cited as in force has come into force."""
    for citation, standing in standings(subject):
        if standing is None or standing.status != FUTURE:
            continue
        if citation.kind is CitationKind.NAME and not citation.issued and not citation.year:
            # A law by its bare name is the one in force that day, not the one to come.
            tally.skip(
                both(
                    "luật chỉ gọi bằng tên, không ghi số hoặc ngày",
                    "a law called by its name alone, without number or date",
                )
            )
        elif subject.is_norm():
            # A decree that details a law is issued before the law's day, to come into force with it.
            tally.held += 1
        else:
            tally.failed += 1
            yield NOT_YET.finding(
                (citation.span,),
                f"“{citation.surface}” chưa có hiệu lực vào ngày {subject.as_of:%d/%m/%Y}: {standing.reason}",
                f"“{citation.surface}” is not yet in force on {subject.as_of}: {english(standing.reason)}",
                stated=citation.surface,
                page=citation.page,
            )


def check_amended(subject: Subject, _: Tally) -> Iterator[Finding]:
    """A document of which a part has gone is cited with what changed it; told once a document."""
    found = (
        (citation, standing)
        for citation, standing in standings(subject)
        if standing and standing.status == PARTLY and citation.relation not in _NOT_RESTING
    )
    for citation, standing, others in _once(found):
        yield AMENDED.finding(
            (citation.span, *others),
            f"“{citation.surface}” hết hiệu lực một phần{_since(standing.since)}{_changed_by(standing)}:"
            f" {standing.reason}{_places(others)}",
            f"“{citation.surface}” is partly expired{_from(standing.since, 'since')}{_acting(standing)}:"
            f" {english(standing.reason)}{english(_places(others))}",
            stated=citation.surface,
            page=citation.page,
        )


def check_today(subject: Subject, _: Tally) -> Iterator[Finding]:
    """What was in force on the day of the document and has ended since, told once a document."""
    library, today = subject.library, subject.today
    if library is None or subject.as_of is None or today is None or today <= subject.as_of:
        return
    found = (
        (citation, now)
        for citation, standing in standings(subject)
        if standing and standing.status not in (EXPIRED, UNKNOWN)
        if (now := library(citation, today)) and now.status == EXPIRED
    )
    for citation, now, others in _once(found):
        yield SINCE.finding(
            (citation.span, *others),
            f"“{citation.surface}” đến nay ({today:%d/%m/%Y}) đã hết hiệu lực{_since(now.until)}:"
            f" {now.reason}{_places(others)}",
            f"“{citation.surface}” has expired since, as of {today}{_from(now.until)}{_by(now)}:"
            f" {english(now.reason)}{english(_places(others))}",
            stated=citation.surface,
            expected=now.successor,
            page=citation.page,
        )


def _stands_in(offset: int, spans: Sequence[Span]) -> bool:
    """Whether an offset stands in one of several spans, which come in their order and lie apart."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


def check_recitals(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What the text rests its decision on stands among its legal bases; of papers that have none nothing is asked.

    A text that only mentions a document, reports a deed under it or amends it does not rest on it.
    """
    recitals = [unit.span for unit in subject.document.units if unit.kind is UnitKind.RECITAL]
    body = max((span.end for span in recitals), default=0)
    attached = [u.span.start for u in subject.document.units if u.kind in (UnitKind.APPENDIX, UnitKind.ATTACHMENT)]
    end = min(attached, default=len(subject.document.text))
    within = sorted(recitals, key=lambda span: span.start)
    based = [one for one in subject.citations if _stands_in(one.span.start, within)]
    if not based:
        tally.skip(both("văn bản không có phần căn cứ", "the document states no legal bases"))
        return
    named = {_document(one) for one in based} | {_law(one) for one in based} - {""}
    seen: set[str] = set()
    for citation in subject.citations:
        if citation.kind not in _CITED or citation.relation is not Relation.BASED_ON:
            continue
        if not body <= citation.span.start < end or not _is_resting(subject, citation):
            continue
        if subject.is_own(citation) or _document(citation) in seen or citation.use is Use.PAST:
            continue
        seen.add(_document(citation))
        if _document(citation) in named or (_law(citation) and _law(citation) in named):
            tally.held += 1
            continue
        tally.failed += 1
        yield NOT_RECITED.finding(
            (citation.span,),
            f"“{citation.surface}” là căn cứ trong nội dung nhưng không có trong phần căn cứ ban hành",
            f"“{citation.surface}” is a basis in the text but not among the legal bases",
            stated=citation.surface,
            suggestion=both(
                "bổ sung vào phần căn cứ hoặc bỏ chữ “căn cứ” trong nội dung",
                "add it to the legal bases, or drop the word “căn cứ” in the text",
            ),
            page=citation.page,
        )


#: "Căn cứ" as a word of the sentence, not the name of a column or of a part of a procedure.
_RESTS_RE = re.compile(r"\b[Cc]ăn cứ\s+(?!pháp lý)[^.;\n]{0,120}$")


def _is_resting(subject: Subject, citation: Citation) -> bool:
    return bool(_RESTS_RE.search(subject.document.text, max(0, citation.span.start - 140), citation.span.start))


def _document(citation: Citation) -> str:
    """What two mentions of one document share: its number, else its name."""
    return number_key(citation.number) if citation.number else name_words(citation.surface)


def _law(citation: Citation) -> str:
    """The name of a law or code without its number and year, by which the text calls it again."""
    name = name_words(citation.name or citation.surface)
    return re.sub(r"\s(?:so\s\S.*|nam\s\d{4}|\d{4})$", "", name) if name.startswith(("luat ", "bo luat ")) else ""


def _once(
    found: Iterable[tuple[Citation, Standing]],
) -> Iterator[tuple[Citation, Standing, tuple[Span, ...]]]:
    """The first mention of each document, with the places of the others."""
    groups: dict[str, list[tuple[Citation, Standing]]] = {}
    for citation, standing in found:
        name = number_key(citation.number) if citation.number else name_words(citation.surface)
        groups.setdefault(f"{name} {standing.since}", []).append((citation, standing))
    for (citation, standing), *rest in groups.values():
        yield citation, standing, tuple(other.span for other, _ in rest)


def _places(others: tuple[Span, ...]) -> str:
    return both(" (dẫn ở {n} chỗ)", " (cited in {n} places)", n=len(others) + 1) if others else ""


def _ended_by_itself(subject: Subject, standing: Standing) -> bool:
    """Whether the document checked is what ended the other."""
    own = subject.document.metadata.number
    successors = (standing.successor or "").split(", ")
    return own is not None and any(same_number(own.value, one) for one in successors if one)


def _changed_by(standing: Standing) -> str:
    return f", do {standing.successor}" if standing.successor else ""


def _acting(standing: Standing) -> str:
    return f", by {standing.successor}" if standing.successor else ""


def _since(day: date | None) -> str:
    return f" từ {day:%d/%m/%Y}" if day else ""


def _from(day: date | None, word: str = "on") -> str:
    return f" {word} {day}" if day else ""


def _instead(standing: Standing) -> str:
    return f", thay bằng {standing.successor}" if standing.successor else ""


def _by(standing: Standing) -> str:
    return f", replaced by {standing.successor}" if standing.successor else ""


def cite_instead(standing: Standing) -> Bilingual:
    """What to do about a document that has expired: cite what took its place, where that is known."""
    if standing.successor:
        return both("viện dẫn {other}", "cite {other}", other=standing.successor)
    return both("kiểm tra văn bản thay thế", "look for what replaced it")


EXPIRED_BASIS = rule("VAL-001", check_force)
PAST = rule("VAL-002", check_past)
NOT_YET = rule("VAL-003", check_future)
AMENDED = rule("VAL-004", check_amended)
SINCE = rule("VAL-005", check_today)
NOT_RECITED = rule("VAL-006", check_recitals)
VALIDITY_RULES = (EXPIRED_BASIS, PAST, NOT_YET, AMENDED, SINCE, NOT_RECITED)
