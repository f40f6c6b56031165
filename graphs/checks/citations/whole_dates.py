"""CIT of the day that a cited document bears: whole, in the calendar, before the text, the same everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from graphs.checks.citations.behind import TO_DATE, date_at
from graphs.checks.citations.citing import LOOK_AT_DATE, day_of, numbered, own_day
from graphs.checks.citations.entitled import is_one_title
from graphs.checks.citations.places import are_of_two_places
from graphs.checks.reading.days import DAY_RE, why_none
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.models import Citation, Finding, Severity, Span
from kb.numbers import number_key

#: A day of which a part is left out or cannot be: ``ngày /11/2023``, ``ngày …/7/2022``, ``ngày 12/11/2204``,
#: ``ngày 12/11 của``, ``ngày 11/2023``, ``ngày … tháng 7 năm 2022``.
_UNFINISHED_RE = re.compile(
    r"[”\"’)]?,?\s{1,2}(?P<all>ngày\s{1,2}(?:"
    r"(?P<day>[.…_]*\s?(?:[/-]\s?\d{1,2}\s?[/-]|tháng\s\d{1,2}\s(?:năm|/))\s?(?:19|20)\d\d(?!\d))"
    r"|(?P<lone>\d{1,2}[/-](?:19|20)\d\d(?![\d/-]))"
    r"|\d{1,2}\s?[/-]\s?(?P<month>[.…_]*\s?)[/-]\s?(?:19|20)\d\d(?!\d)"
    r"|\d{1,2}[/-]\d{1,2}[/-](?P<odd>(?!(?:19|20)\d\d)\d{2,5})(?![\d/-])"
    r"|\d{1,2}(?:/|\stháng\s)\d{1,2}(?P<year>(?=[,;)]|\.\s|\s+của\s))))"
)


_YEAR_DIGITS = 4
_DAY_WORDS_RE = re.compile(r"[^;.\w]{0,4}(?P<day>ngày\s+\S{1,16})")


def check_dates(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A cited date exists, is whole, and is not after the document itself."""
    own = subject.as_of
    for citation in numbered(subject):
        unfinished = (
            _UNFINISHED_RE.match(subject.document.text, citation.span.end) if not day_of(citation.issued) else None
        )
        if unfinished:
            tally.failed += 1
            yield _left_open(citation, unfinished)
            continue
        if citation.reason and "ngày" in citation.reason:
            if _GROWN_RE.match(subject.document.text, citation.span.end):
                tally.skip(both("năm của ngày ghi dính số khác", "another number stands in the year of the date"))
                continue
            tally.failed += 1
            yield _unread(subject, citation)
            continue
        issued = own_day(subject, citation)
        if issued is None:
            tally.skip(both("không ghi ngày", "no date is given"))
        elif subject.is_own(citation):
            continue  # a date of its own that differs is told of the document itself
        elif subject.by_compiler(citation):
            tally.skip(
                both(
                    "văn bản ban hành sau, do người soạn bản lược thuật nêu",
                    "a later document, named by whoever made the digest",
                )
            )
        elif own and issued > own:
            tally.failed += 1
            yield DATE.finding(
                (citation.span,),
                f"“{citation.surface}” ghi ngày {told_day(issued)}, sau ngày của văn bản này ({told_day(own)})",
                f"“{citation.surface}” is dated {issued}, after this document ({own})",
                stated=issued.isoformat(),
                expected=f"<= {own}",
                evidence=date_at(subject, citation),
                suggestion=LOOK_AT_DATE,
                page=citation.page,
            )
        else:
            tally.held += 1


#: The mark of a note or the number of a page that stuck to a year: ``ngày 27 tháng 11 năm 20237``, ``năm 3 2019``.
_GROWN_RE = re.compile(
    r"\s+ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:(?:19|20)\d{2}\d{1,2}(?!\d)|\d{1,3}\s+(?:19|20)\d\d\b)"
)
_NO_YEAR_RE = re.compile(r"[^;.]{0,10}?(?P<day>ngày\s+\d{1,2}\s?/\s?\d{1,2}\s?/?)(?!\s?/?\s?\d)")


def _unread(subject: Subject, citation: Citation) -> Finding:
    """A date that cannot be read; where only its year is missing, or there is no such day, that is said."""
    text, end = subject.document.text, citation.span.end
    found = _NO_YEAR_RE.match(text, end)
    printed = DAY_RE.search(text, end, end + TO_DATE)
    none = why_none(printed) if printed else None
    if found:
        why = both("ngày ghi thiếu năm (“{day}”)", "its date lacks the year (“{day}”)", day=found["day"].strip())
    elif printed and none:
        day = " ".join(printed.group().split())
        why = both("“{day}” không có trong lịch: {why}", "“{day}” is no day: {why}", day=day, why=none)
    else:
        why = both("ngày ghi không đọc được", "its date cannot be read")
    return DATE.finding(
        (citation.span,),
        f"“{citation.surface}”: {why}",
        f"“{citation.surface}”: {why.en}",
        stated=found["day"].strip() if found else None,
        evidence=date_at(subject, citation) or _printed_day(text, end),
        suggestion=both("ghi đủ ngày, tháng, năm", "give day, month and year"),
        page=citation.page,
    )


def _printed_day(text: str, end: int) -> tuple[Span, ...]:
    """The words behind a number that should be its date."""
    found = _DAY_WORDS_RE.match(text, end)
    return (Span(*found.span("day")),) if found else ()


def _left_open(citation: Citation, found: re.Match[str]) -> Finding:
    """A date of which a part is missing or cannot be."""
    printed = " ".join(found["all"].split())
    odd = found["odd"]
    if odd is not None:
        shown = {"day": printed}
        why = both("năm của ngày ghi không thể có (“{day}”)", "the year of its date cannot be (“{day}”)", **shown)
        if len(odd) < _YEAR_DIGITS:
            why = both(
                "năm của ngày ghi thiếu chữ số (“{day}”)", "the year of its date lacks digits (“{day}”)", **shown
            )
    else:
        part = "năm" if found["year"] is not None else "tháng" if found["month"] is not None else "ngày"
        part = "ngày hoặc tháng" if found["lone"] else part
        english = {"ngày": "day", "tháng": "month", "năm": "year", "ngày hoặc tháng": "day or the month"}[part]
        why = both(
            "ngày ghi thiếu {part} (“{day}”)",
            "its date lacks the {lacking} (“{day}”)",
            part=part,
            lacking=english,
            day=printed,
        )
    return DATE.finding(
        (citation.span,),
        f"“{citation.surface}”: {why}",
        f"“{citation.surface}”: {why.en}",
        stated=printed,
        evidence=(Span(*found.span("all")),),
        suggestion=both("ghi đủ ngày, tháng, năm", "give day, month and year"),
        severity=Severity.WARNING if found["year"] is not None else None,
        page=citation.page,
    )


def check_same_number(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """One number has one date, unless they are two documents of different years."""
    groups: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in numbered(subject):
        if own_day(subject, citation):
            groups[number_key(citation.number or ""), citation.type or ""].append(citation)
    for citations in groups.values():
        days = {day_of(citation.issued): citation for citation in reversed(citations)}
        if len(days) == 1:
            tally.held += len(citations)
            continue
        first = citations[0]
        for day, citation in days.items():
            first_day = day_of(first.issued)
            if day == first_day or day is None or first_day is None:
                continue
            if are_of_two_places(first.issuer, citation.issuer) or _are_of_two_years(first, citation):
                tally.held += 1
                continue
            tally.failed += 1
            yield TWO_DATES.finding(
                (citation.span,),
                f"“{citation.surface}” ghi ngày {told_day(day)}; chỗ khác ghi {told_day(first_day)}",
                f"“{citation.surface}” is dated {day}; elsewhere {first_day}",
                stated=day.isoformat(),
                expected=first_day.isoformat(),
                evidence=(first.span, *date_at(subject, first), *date_at(subject, citation)),
                suggestion=LOOK_AT_DATE,
                page=citation.page,
            )


def _are_of_two_years(one: Citation, other: Citation) -> bool:
    """Whether two citations of a number are of two documents: numbers begin again every year.

    One day of the year, or one title, is that of one document.
    """
    first, second = day_of(one.issued), day_of(other.issued)
    if first is None or second is None or first.year == second.year:
        return False
    return (first.day, first.month) != (second.day, second.month) and not (
        is_one_title(one.title or "", other.title or "") and len(one.title or "") == len(other.title or "")
    )


DATE = rule("CIT-002", check_dates)
TWO_DATES = rule("CIT-004", check_same_number)
WHOLE_DATE_RULES = (DATE, TWO_DATES)
