"""CIT across time: what is older than what it carries out or changes, in force before its day, dated amiss."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from graphs.checks.citations.behind import date_at
from graphs.checks.citations.carrying import carried_out
from graphs.checks.citations.changing import changed
from graphs.checks.citations.citing import day_of, numbered, own_day
from graphs.checks.citations.entitled import is_another, is_one_title
from graphs.checks.citations.laws_carried import laws_carried
from graphs.checks.reading.arithmetic import is_typing_slip
from graphs.checks.report import Namesake, Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.models import Citation, CitationKind, Finding, Span
from kb.numbers import parse_number
from kb.text.dates import find_dates
from kb.vocabulary.laws import laws_by_name, name_key


def check_carrying_out(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A document issued to carry out another is not older than it, in whatever order the two are told."""
    yield from _carried_laws(subject, tally)
    yield from _changed(subject, tally)
    for one, first, base, second, mention in carried_out(subject):
        if first >= second:
            tally.held += 1
            continue
        tally.failed += 1
        told = () if mention is base else (mention.span,)
        yield OLDER.finding(
            (one.span,),
            f"“{one.surface}” ({told_day(first)}) có trước văn bản mà nó triển khai, “{base.surface}” "
            f"({told_day(second)})",
            f"“{one.surface}” ({first}) is older than what it carries out, “{base.surface}” ({second})",
            stated=first.isoformat(),
            expected=f">= {second}",
            evidence=(base.span, *told, *date_at(subject, base), *date_at(subject, one)),
            suggestion=both(
                "đối chiếu ngày của hai văn bản, có thể gõ nhầm năm",
                "hold the two dates against the originals: a year may be mistyped",
            ),
            page=one.page,
        )


def _changed(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Quyết định A sửa đổi, bổ sung Quyết định B``: A is not older than B."""
    for later, day, older, other, deed in changed(subject) if not subject.is_rule() else ():
        if day >= other:
            tally.held += 1
            continue
        tally.failed += 1
        yield OLDER.finding(
            (later.span,),
            f"“{later.surface}” ({told_day(day)}) có trước văn bản mà nó {deed}, “{older.surface}”"
            f" ({told_day(other)})",
            f"“{later.surface}” ({day}) is older than what it {deed.en}, “{older.surface}” ({other})",
            stated=day.isoformat(),
            expected=f">= {other}",
            evidence=(older.span, *date_at(subject, older), *date_at(subject, later)),
            suggestion=both("đối chiếu ngày của hai văn bản", "hold the two dates against the originals"),
            page=later.page,
        )


def _carried_laws(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``ban hành kế hoạch thi hành Luật này vào ngày …``: not before that law was passed."""
    for one in laws_carried(subject) if not subject.is_rule() else ():
        if one.day >= one.passed:
            tally.held += 1
            continue
        tally.failed += 1
        law = " ".join(one.law.surface.split())
        yield OLDER.finding(
            (one.place,),
            f"việc triển khai ghi ngày {one.printed}, trước ngày của “{law}” ({told_day(one.passed)})",
            f"what carries it out is dated {one.printed}, before “{law}” ({one.passed})",
            stated=one.printed,
            expected=f">= {one.passed}",
            evidence=(one.law.span,),
            suggestion=both("đối chiếu hai ngày với bản gốc", "hold the two days against the originals"),
            page=one.law.page,
        )


_IN_FORCE_RE = re.compile(
    r"[^;\n]{0,160}?\b(?<!hết )hiệu lực\s+(?:thi hành\s+)?(?:(?:kể\s+)?từ|vào)\s+(?=ngày|\d)", re.IGNORECASE
)


#: What begins then is of the document carried out: ``quy định chi tiết một số điều có hiệu lực từ …``.
_OF_PARTS_RE = re.compile(r"\b(?:điều|khoản|điểm|quy định|nội dung)\s+(?:có\s+)?hiệu\s+lực\b", re.IGNORECASE)


def check_in_force(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A document does not come into force before it was signed."""
    text = subject.document.text
    starts = [citation.span.start for citation in subject.citations]
    for citation in subject.citations:
        signed = own_day(subject, citation) if citation.number else None
        if subject.is_own(citation):
            signed = subject.as_of
        if signed is None:
            continue
        at = bisect_right(starts, citation.span.start)
        limit = starts[at] if at < len(starts) else len(text)
        found = _IN_FORCE_RE.match(text, citation.span.end)
        if not found or found.end() > limit or ". " in found.group() or _OF_PARTS_RE.search(found.group()):
            continue
        printed = next(find_dates(text, found.end(), min(found.end() + 40, limit)), None)
        begins = day_of(printed.value) if printed and printed.start <= found.end() + 1 else None
        if printed is None or begins is None:
            continue
        if begins >= signed:
            tally.held += 1
            continue
        tally.failed += 1
        yield BEFORE_SIGNING.finding(
            (Span(printed.start, printed.end),),
            f"“{citation.surface}” ký ngày {told_day(signed)} mà ghi có hiệu lực từ {told_day(begins)}, trước"
            f" ngày ký",
            f"“{citation.surface}”, signed on {signed}, is said to be in force from {begins}, before it was"
            f" signed",
            stated=begins.isoformat(),
            expected=f">= {signed}",
            evidence=(citation.span,),
            suggestion=both(
                "đối chiếu ngày ký và ngày có hiệu lực trong bản gốc",
                "look at the original for the day of signing and that of effect",
            ),
            page=citation.page,
        )


def check_known_dates(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The date of a citation is the one that the library knows for that document."""
    if subject.library is None or subject.as_of is None:
        tally.skip(both("không có kho để so ngày", "no base to compare dates with"))
        return
    for citation in subject.citations:
        if citation.kind not in (CitationKind.NUMBER, CitationKind.NAME) or not citation.issued:
            continue
        if day_of(citation.issued) and own_day(subject, citation) is None:
            continue  # the date of the next number of a list
        standing = subject.library(citation, subject.as_of)
        passed = _near_years(citation)
        if passed:
            tally.failed += 1
            yield KNOWN_DATE.finding(
                (citation.span,),
                f"“{citation.surface}” ghi năm {citation.issued}; luật này được thông qua năm {passed}",
                f"“{citation.surface}” is dated {citation.issued}; the law was passed in {passed}",
                stated=citation.issued,
                expected=passed,
                suggestion=both("ghi năm thông qua", "write the year in which it was passed"),
                page=citation.page,
            )
        elif (standing is None or standing.issued is None) and (other := _of_another_year(subject, citation)):
            tally.failed += 1
            yield _known_day(subject, citation, other.issued, "năm", "year")
        elif standing is None or standing.issued is None:
            tally.skip(
                both(
                    "kho chưa biết ngày của văn bản này",
                    "the base does not know the date of this document",
                )
            )
        elif standing.issued.isoformat().startswith(citation.issued):
            tally.held += 1
        elif citation.title and standing.title and is_another(citation.title, standing.title):
            # Some bodies number apart: another document of that number, or a wrong number; its title is told of.
            tally.skip(both("tên ghi là của văn bản khác cùng số", "the title is that of another of this number"))
        elif not citation.number and abs(standing.issued.year - int(citation.issued[:4])) > 1:
            tally.skip(both("có thể là luật khác cùng tên", "perhaps another law of the same name"))
        else:
            tally.failed += 1
            yield _known_day(subject, citation, standing.issued, "ngày", "date")


def _known_day(subject: Subject, citation: Citation, known: date, vi: str, en: str) -> Finding:
    """The finding of a date that is not the one known; the number may be the wrong one of the two."""
    near = _near_number(subject, citation)
    return KNOWN_DATE.finding(
        (citation.span,),
        f"“{citation.surface}” ghi {_shown(citation.issued or '')}; kho biết văn bản này ban hành"
        f" ngày {told_day(known)}",
        f"“{citation.surface}” is dated {citation.issued}; the base knows it to be of {known}",
        stated=citation.issued,
        expected=known.isoformat(),
        evidence=(*date_at(subject, citation), *((near.span,) if near else ())),
        suggestion=both(
            "chỗ khác viện dẫn “{other}”, có thể số ở đây gõ nhầm; đối chiếu bản gốc",
            "“{other}” is cited elsewhere, perhaps the number is mistyped here; look at the original",
            other=near.surface,
        )
        if near
        else both(f"đối chiếu bản gốc để chọn {vi} đúng", f"look at the original for the right {en}"),
        page=citation.page,
    )


def _near_number(subject: Subject, citation: Citation) -> Citation | None:
    """A document cited elsewhere whose number is that of a citation with one digit mistyped."""
    number = parse_number(citation.number or "")
    if number is None or number.year is None:
        return None
    for one in numbered(subject):
        other = parse_number(one.number or "")
        if (
            other
            and (other.year, other.symbol) == (number.year, number.symbol)
            and len(other.number) == len(number.number)
            and is_typing_slip(Decimal(other.number), Decimal(number.number))
            and one.issued in (None, citation.issued)
        ):
            return one
    return None


_FIRST_PAPERS = 5


def _of_another_year(subject: Subject, citation: Citation) -> Namesake | None:
    """The one document of this number that the library knows where only the year of the citation is another.

    Numbers begin again every year: that it is the same document is told by its day and month, or by its title.
    """
    day, number = own_day(subject, citation), parse_number(citation.number or "")
    if subject.namesakes is None or day is None or number is None or number.year is not None:
        return None
    found = subject.namesakes(citation)
    if any(one.issued.year == day.year for one in found):
        return None
    # The first papers of every January are alike in number and day: 01/NQ-CP, 02/NQ-CP.
    yearly = day.month == 1 and number.type_code == "NQ" and int(number.number) <= _FIRST_PAPERS
    same = [
        one
        for one in found
        if ((one.issued.day, one.issued.month) == (day.day, day.month) and not yearly)
        or (citation.title and is_one_title(citation.title, one.title))
    ]
    return same[0] if len(same) == 1 else None


def _near_years(citation: Citation) -> str | None:
    """The year in which a law of a name was passed where a citation names one beside it; None for no such slip."""
    if citation.number or not citation.issued or len(citation.issued) != len("2015"):
        return None
    name = (citation.name or citation.surface).removeprefix(citation.type or "").strip()
    laws = [law for law in laws_by_name().get(name_key(name), ()) if law.type == citation.type]
    years = {law.issued[:4] for law in laws if law.issued}
    if not years or not all(law.issued for law in laws) or citation.issued in years:
        return None
    near = [year for year in years if abs(int(year) - int(citation.issued)) == 1]
    return near[0] if len(near) == 1 else None


def _shown(issued: str) -> str:
    day = day_of(issued)
    return f"ngày {told_day(day)}" if isinstance(day, date) else f"năm {issued}"


OLDER = rule("CIT-009", check_carrying_out)
BEFORE_SIGNING = rule("CIT-010", check_in_force)
KNOWN_DATE = rule("CIT-012", check_known_dates)
DATED_RULES = (OLDER, BEFORE_SIGNING, KNOWN_DATE)
