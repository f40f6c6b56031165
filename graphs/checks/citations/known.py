"""CIT against what is known of all: the names of laws, the terms of the Assembly, the lives of ministries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from graphs.checks.citations.citing import numbered, own_day
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.models import Citation, Finding
from kb.numbers import DocumentNumber, number_key, parse_number
from kb.vocabulary.issuers import Issuer, issuer_of_code
from kb.vocabulary.laws import Law, laws_by_name, load_laws, name_key
from kb.vocabulary.types import LAW_TYPES

_NAMED_RE = re.compile(
    r"(?:bộ luật|luật|pháp lệnh)\s+(?P<name>.+?)[\s,(]*(?:số[\s:.]*)?\d+\s*/.*", re.IGNORECASE | re.DOTALL
)


_AMENDED_RE = re.compile(r"^sửa đổi.*\b(?:bộ luật|luật|pháp lệnh)\s+(?P<name>\S.*?)$", re.IGNORECASE | re.DOTALL)
#: Before a law that amended another one.
_BY_RE = re.compile(r"\bsửa đổi(?:,?\s+bổ sung)?[^;.]{0,30}\b(?:bởi|theo|tại)\s*$", re.IGNORECASE)


#: Behind a law that amended another one.
_AMENDS_BEHIND_RE = re.compile(r"[^;.\n]{0,80}?\s(?:về\s+)?(?:việc\s+)?sửa đổi,?\s+bổ sung\s+một số điều\s+của\b")


@lru_cache(maxsize=1)
def _laws_by_number() -> dict[str, Law]:
    return {number_key(law.number): law for law in load_laws()}


def check_law_names(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A law called by name and number is one law: the number is not that of a law of another name."""
    for citation in numbered(subject):
        named = _NAMED_RE.fullmatch(citation.surface) if citation.type in LAW_TYPES else None
        law = _laws_by_number().get(number_key(citation.number or "")) if named else None
        if named is None or law is None:
            continue
        meant = laws_by_name().get(name_key(named["name"]), ())
        # "Luật sửa đổi, bổ sung một số điều của Luật Giá số 16/2023/QH15": the number may be that of either law.
        if amended := _AMENDED_RE.search(named["name"]):
            meant = (*meant, *laws_by_name().get(name_key(amended["name"]), ())) if meant else ()
        amending = _AMENDED_RE.search(law.name)
        if (
            not meant
            or any(number_key(one.number) == number_key(law.number) for one in meant)
            # "được sửa đổi bởi Luật Đường thủy số 48/2014/QH13": the law that amends it, by its short name
            or (amending and name_key(amending["name"]) == name_key(named["name"]) and _amends(subject, citation))
            # "Luật Quảng cáo số 75/2025/QH15 … về sửa đổi, bổ sung một số điều của Luật Quảng cáo": said behind it
            or (amending and _AMENDS_BEHIND_RE.match(subject.document.text, citation.span.end))
        ):
            tally.held += 1
            continue
        tally.failed += 1
        right = _likely(meant, own_day(subject, citation), subject.as_of)
        yield LAW_NAME.finding(
            (citation.span,),
            f"“{citation.surface}”: số {law.number} là của {law.type} {law.name}, không phải"
            f" {citation.type} {named['name']} (số {right.number})",
            f"“{citation.surface}”: {law.number} is the number of {law.type} {law.name}, not of"
            f" {citation.type} {named['name']} ({right.number})",
            stated=citation.number,
            expected=right.number,
            suggestion=both("đối chiếu số, ký hiệu với tên luật", "hold the number against the name of the law"),
            page=citation.page,
        )


def _amends(subject: Subject, citation: Citation) -> bool:
    """Whether the words before a law say that something was amended by it."""
    start = citation.span.start
    return _BY_RE.search(subject.document.text, max(0, start - 60), start) is not None


def _likely(laws: tuple[Law, ...], signed: date | None, as_of: date | None) -> Law:
    """Of laws of one name the one passed on a day, else the last one in force on the document's day."""
    if signed and (same := [law for law in laws if law.issued == signed.isoformat()]):
        return same[0]
    begun = [law for law in laws if as_of and law.effective and law.effective <= as_of.isoformat()]
    return (begun or list(laws))[0]


#: The year in which each term of the National Assembly began, from the eighth on; it ends when the next begins.
_FIRST_TERM, _BEGUN = 8, (1987, 1992, 1997, 2002, 2007, 2011, 2016, 2021, 2026, 2031)
_TERM_RE = re.compile(r"(?:UBTV)?QH(\d{1,2})(?!\d)")


def check_terms(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The term in a number of the National Assembly is that of its year."""
    for citation in numbered(subject):
        number = parse_number(citation.number or "")
        term = _TERM_RE.search(number.symbol) if number else None
        signed = own_day(subject, citation)
        year = number.year if number and number.year else signed.year if signed else None
        if number is None or term is None or year is None:
            continue
        at = int(term[1]) - _FIRST_TERM
        if not 0 <= at < len(_BEGUN) - 1 or _BEGUN[at] <= year <= _BEGUN[at + 1]:
            tally.held += 1
            continue
        tally.failed += 1
        right = _FIRST_TERM + max(bisect_left(_BEGUN, year) - 1, 0)
        yield TERM.finding(
            (citation.span,),
            f"“{citation.surface}”: Quốc hội khóa {term[1]} làm việc từ {_BEGUN[at]} đến {_BEGUN[at + 1]},"
            f" không có văn bản năm {year}",
            f"“{citation.surface}”: term {term[1]} of the National Assembly was from {_BEGUN[at]} to"
            f" {_BEGUN[at + 1]}, the year is {year}",
            stated=term.group(),
            expected=term.group().replace(term[1], str(right)),
            suggestion=both(
                "đối chiếu bản gốc: sửa khóa hoặc sửa năm", "look at the original: mend the term or the year"
            ),
            page=citation.page,
        )


#: Papers of a body that was merged are still signed and numbered for some weeks.
_GRACE = timedelta(days=45)


def check_lives(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The ministry whose code a number bears was there on the day of its date."""
    for citation in numbered(subject):
        number, signed = parse_number(citation.number or ""), own_day(subject, citation)
        body = _ministry(number) if number else None
        if body is None or signed is None:
            continue
        first, last = _day(body.valid_from), _day(body.valid_to)
        early, late = first and signed < first - _GRACE, last and signed > last + _GRACE
        if not early and not late:
            tally.held += 1
            continue
        tally.failed += 1
        day, vi, en = (first, "có từ", "exists since") if early else (last, "có đến", "was there until")
        successor = issuer_of_code(body.successor) if late and body.successor else None
        yield NO_BODY.finding(
            (citation.span,),
            f"“{citation.surface}” ghi ngày {told_day(signed)}, nhưng {body.name} {vi} {told_day(day)}"
            + (f"; việc của bộ này nay thuộc {successor.name}" if successor else ""),
            f"“{citation.surface}” is dated {signed}, but {body.name} {en} {day}",
            stated=signed.isoformat(),
            expected=successor.name if successor else f">= {day}" if early else f"<= {day}",
            suggestion=both(
                "đối chiếu bản gốc: sửa ngày hoặc sửa ký hiệu cơ quan",
                "look at the original: mend the date or the code of the body",
            ),
            page=citation.page,
        )


def _ministry(number: DocumentNumber) -> Issuer | None:
    """The one ministry of a number by its own code; None for joint papers and for codes that others share."""
    body = issuer_of_code(number.issuers[0]) if len(number.issuers) == 1 else None
    if body is None or body.level != "central" or not body.key.startswith("B") or number.issuers[0] != body.key:
        return None
    return body


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_ROMAN_RE = re.compile(
    r"[KkQLlNnCPM](?<![^\W\d_].)(?:(?<=[Kk])(?:hóa|hoá)|(?<=Q)uốc hội|(?<=[Ll])ần thứ|(?<=[Nn])hiệm kỳ"
    r"|(?<=C)hương|(?<=P)hần|(?<=M)ục)\s+"
    r"(?P<figure>[IVXLC]{2,7})(?![\w.]\w|\w)"
)
_WELL_FORMED_RE = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def check_roman(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A term, a session or a chapter in Roman figures is a number that there is."""
    reading = subject.document.reading
    for found in _ROMAN_RE.finditer(reading.text):
        if _WELL_FORMED_RE.fullmatch(found["figure"]):
            continue
        tally.failed += 1
        yield ROMAN.finding(
            (reading.hull(*found.span()),),
            f"“{found.group()}”: {found['figure']} không phải chữ số La Mã đúng",
            f"“{found.group()}”: {found['figure']} is no Roman number",
            stated=found["figure"],
            suggestion=both("đối chiếu bản gốc, sửa chữ số", "look at the original and mend the figure"),
        )


LAW_NAME = rule("CIT-013", check_law_names)
TERM = rule("CIT-014", check_terms)
NO_BODY = rule("CIT-015", check_lives)
ROMAN = rule("CIT-016", check_roman)
KNOWN_RULES = (LAW_NAME, TERM, NO_BODY, ROMAN)
