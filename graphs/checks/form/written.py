"""DOC: how citations are written after Phụ lục I and II of Nghị định 30/2020/NĐ-CP; each fault told once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import name

from graphs.checks.citations.citing import numbered
from graphs.checks.form.form import follows_decree, slip_in
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.models import Finding, Severity, Span
from kb.numbers import parse_number
from kb.text.dates import find_dates
from kb.text.normalize import nfc


def places(spans: Sequence[Span]) -> Bilingual:
    """In how many places a fault stands, where in several."""
    return both(" ({n} chỗ)", " ({n} places)", n=len(spans)) if len(spans) > 1 else both("", "")


#: Between the type and the number: the word "số" or its sign.
_SO_RE = re.compile(r"(?:số|SỐ|Số)\b|№")
_WORD_RE = re.compile(r"[^\W\d_]{2}")


def check_word_so(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Between type and number stands the word "số"."""
    if not follows_decree(subject, tally):
        return
    wrong = []
    for citation in numbered(subject):
        head = citation.surface[: len(citation.surface) - len(_tail(citation.surface))]
        if not _WORD_RE.search(head) or "/" not in citation.surface:
            continue  # a later member of a list, a short name
        if _SO_RE.search(head):
            tally.held += 1
        else:
            wrong.append(citation)
    if not wrong:
        return
    tally.failed += len(wrong)
    first = wrong[0]
    surface = " ".join(first.surface.split())
    right = f"{surface.removesuffix(_tail(surface)).rstrip()} số {_tail(surface)}"
    spans = tuple(one.span for one in wrong)
    yield NO_SO.finding(
        spans,
        f"“{first.surface}”: thiếu chữ “số” trước số, ký hiệu{places(spans)}",
        f"“{first.surface}”: the word “số” is missing before the number{places(spans).en}",
        stated=first.surface,
        expected=right,
        suggestion=both("viết “{right}”", "write “{right}”", right=right),
        page=first.page,
    )


def _tail(surface: str) -> str:
    """A citation from its first figure on."""
    found = re.search(r"\d", surface)
    return surface[found.start() :] if found else ""


_DAY_RE = re.compile(r"(?P<day>\d{1,2})(?P<to>\s*(?:[/.-]|tháng)\s*)(?P<month>\d{1,2})(?!\d)(?P<rest>[^,;]*\d{4})")

_OWN_DAY_RE = re.compile(
    r"(?P<day>\d{1,2})(?P<to>\s*tháng\s*)(?P<month>\d{1,2})(?!\d)(?P<rest>\s*năm\s*\d{4})", re.IGNORECASE
)


def check_zeros_of_dates(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Days under ten and the months 1 and 2 have a zero before them, in the paper's own date and in cited ones."""
    if not follows_decree(subject, tally):
        return
    yield from _zeros_of_own_date(subject, tally)
    text, wrong = subject.document.text, []
    for citation in numbered(subject):
        end = citation.span.end
        printed = next(find_dates(text, end, end + 40), None) if citation.issued else None
        found = _DAY_RE.search(text, printed.start, printed.end) if printed and printed.start <= end + 8 else None
        if found is None:
            continue
        if len(found["day"]) == 1 or found["month"] in ("1", "2"):
            wrong.append((citation, Span(*found.span()), found))
        else:
            tally.held += 1
    if not wrong:
        return
    tally.failed += len(wrong)
    citation, _, first = wrong[0]
    stated, right = _with_zeros(first)
    spans = tuple(span for _, span, _ in wrong)
    yield DAY_ZERO.finding(
        spans,
        f"“{stated}”: ngày dưới 10 và tháng 1, 2 ghi thêm số 0 phía trước{places(spans)}",
        f"“{stated}”: days under ten and the months 1 and 2 have a zero before them{places(spans).en}",
        stated=stated,
        expected=right,
        suggestion=both("viết {right}", "write {right}", right=right),
        page=citation.page,
    )


def _zeros_of_own_date(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Hòa Lâm, ngày 5 tháng 12 năm 2024`` over the body of a paper."""
    issued = subject.document.metadata.issued
    place = issued.spans[0] if issued and issued.spans else None
    found = _OWN_DAY_RE.search(subject.document.text, place.start, place.end) if place else None
    if found is None:
        return
    stated, right = _with_zeros(found)
    if stated == right:
        tally.held += 1
        return
    tally.failed += 1
    yield DAY_ZERO.finding(
        (Span(*found.span()),),
        f"“{stated}”: ngày dưới 10 và tháng 1, 2 ở địa danh, thời gian ban hành ghi thêm số 0 phía trước",
        f"“{stated}”: days under ten and the months 1 and 2 of the paper's own date have a zero before them",
        stated=stated,
        expected=right,
        suggestion=both("viết {right}", "write {right}", right=right),
    )


def _with_zeros(found: re.Match[str]) -> tuple[str, str]:
    """A date as it is written, and with the zeros that it should have."""
    month = found["month"].zfill(2) if found["month"] in ("1", "2") else found["month"]
    stated, right = (
        " ".join("".join(pieces).split())
        for pieces in (found.groups(), (found["day"].zfill(2), found["to"], month, found["rest"]))
    )
    return stated, right


#: Signs and look-alike letters that print the same; white space.
_SAME_SIGNS = str.maketrans("‐‑‒–—ÐƉ", "-----ĐĐ")
_ENGLISH_RE = re.compile(r"\bNos?\.\s*$")
_INNER_SPACE_RE = re.compile(r"[^\W_][ ]?[-/][ ]+[^\W_]|[^\W_][ ]+[-/]")


def check_letters(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Letters and signs of a number are those of its symbol: no ``NĐCP``, no ``QD-TTg``; a space is told once."""
    spaced: list[Span] = []
    told: set[str] = set()
    first = None
    for citation in numbered(subject):
        before = subject.document.text[max(0, citation.span.start - 6) : citation.span.start]
        if citation.surface.isupper() or slip_in(citation.surface) or _ENGLISH_RE.search(before):
            continue  # a title in capitals; told by another rule; a text in English
        raw = nfc(_tail(citation.surface)).translate(_SAME_SIGNS)
        squeezed, right = re.sub(r"\s", "", raw), citation.number or ""
        if squeezed.casefold() != right.casefold() and parse_number(raw) is not None:
            tally.failed += 1
            if right in told:
                continue
            told.add(right)
            strange = any(not name(sign, "LATIN").startswith("LATIN") for sign in raw if sign.isalpha())
            why = (
                both("có chữ cái không phải chữ Việt", "there are letters of another script")
                if strange
                else both("chữ hoặc dấu của ký hiệu gõ sai", "letters or signs are mistyped")
            )
            yield LETTERS.finding(
                (citation.span,),
                f"“{' '.join(raw.split())}”: {why}; đúng là {right}",
                f"“{' '.join(raw.split())}”: {why.en}; it is {right}",
                stated=squeezed,
                expected=right,
                suggestion=both("viết {right}", "write {right}", right=right),
                page=citation.page,
            )
        elif _INNER_SPACE_RE.search(raw):
            first = first or citation
            spaced.append(citation.span)
        else:
            tally.held += 1
    if first is not None:
        tally.failed += len(spaced)
        stated = " ".join(_tail(first.surface).split())
        yield LETTERS.finding(
            tuple(spaced),
            f"“{stated}”: có khoảng trắng trong số, ký hiệu{places(spaced)}",
            f"“{stated}”: there is a space inside the number{places(spaced).en}",
            stated=stated,
            expected=first.number,
            suggestion=both("viết liền {right}", "write {right}", right=first.number),
            severity=Severity.NOTE,
            page=first.page,
        )


#: An appendix whose number was left open: ``(Kèm theo Quyết định số   /QĐ-UBND ngày   /11/2025)``.
_OPEN_RE = re.compile(
    r"\(\s*(?:[Bb]an hành\s+)?[Kk]èm theo\s+(?:Quyết định|Kế hoạch|Nghị quyết|Báo cáo|Tờ trình|Thông báo|Công văn"
    r"|Thông tư|Quy chế|Hướng dẫn|Chỉ thị)\s+số\s*:?[\s.…_]*/\s?(?:20\d\d/)?"
    r"(?P<symbol>[A-ZĐ][A-Za-zĐđ]*-[A-ZĐa-z]+)"
)


def check_open_places(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What came with a signed document gives its number and date: no open places are left."""
    own = parse_number(subject.document.metadata.number.value) if subject.document.metadata.number else None
    if own is None or subject.document.metadata.number is None:
        return  # a draft
    reading = subject.document.reading
    # A form leaves the number of another paper open.
    found = [one for one in _OPEN_RE.finditer(reading.text) if one["symbol"] == own.symbol]
    tally.failed += len(found)
    if found:
        spans = tuple(reading.hull(*one.span()) for one in found)
        yield OPEN.finding(
            spans,
            f"phụ lục chưa điền số, ngày của văn bản{places(spans)}",
            f"an appendix leaves the number or the date of the document open{places(spans).en}",
            stated=" ".join(found[0].group().split()),
            expected=subject.document.metadata.number.value,
            suggestion=both("điền {number}", "write {number}", number=subject.document.metadata.number.value),
        )


NO_SO = rule("DOC-006", check_word_so)
DAY_ZERO = rule("DOC-007", check_zeros_of_dates)
LETTERS = rule("DOC-010", check_letters)
OPEN = rule("DOC-011", check_open_places)
WRITTEN_RULES = (NO_SO, DAY_ZERO, LETTERS, OPEN)
