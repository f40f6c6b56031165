"""DOC: the form after Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from graphs.checks.citations.citing import day_of, numbered
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.lawrules import has_formal_end
from kb.models import Citation, Finding, Severity, Span
from kb.numbers import parse_number
from kb.text.dates import match_date
from kb.vocabulary.issuers import issuer_of_code

#: Parts that Điều 8 asks for, with their names.
_PARTS = (
    ("number", "số và ký hiệu", "number"),
    ("issued", "ngày, tháng, năm ban hành", "date"),
    ("title", "trích yếu", "title"),
    ("signing", "thẩm quyền ký", "signing capacity"),
)
#: Bodies whose documents Nghị định 30/2020/NĐ-CP does not govern.
_NO_RECIPIENTS = ("quốc hội", "ủy ban thường vụ quốc hội")
#: The gazette prints documents without their recipients.
_GAZETTE_RE = re.compile(r"^\W*(?:\d+\s+)?CÔNG BÁO\s?/\s?S[ốóô]\s", re.MULTILINE)


_NOT_OF_ASSEMBLY = both(
    "văn bản của Quốc hội không theo thể thức của Nghị định 30/2020/NĐ-CP",
    "papers of the National Assembly do not follow the form of Nghị định 30/2020/NĐ-CP",
)


def _is_of_assembly(subject: Subject) -> bool:
    meta = subject.document.metadata
    number = parse_number(meta.number.value) if meta.number else None
    named = any(issuer.value.casefold() in _NO_RECIPIENTS for issuer in meta.issuers)
    return named or (number is not None and "QH" in number.symbol.split("-")[-1])


#: A copy from a portal: its rules of dashes under the heads, its words for the signature, its list of files.
_COPY_RE = re.compile(r"\((?:[Đđ]ã ký|ĐÃ KÝ)\)|FILE ĐƯỢC ĐÍNH KÈM|^-{5,}\s*\|?\s*$", re.MULTILINE)
_HEAD = 2_500
_MARKED_RE = re.compile(r"[À-ỹĐđ]")
_LEAST_MARKED = 0.08


def is_translation(text: str) -> bool:
    """Whether a text is in a language without the letters of Vietnamese: no original that was signed."""
    letters = [sign for sign in text[:_HEAD] if sign.isalpha()]
    return len(_MARKED_RE.findall(text[:_HEAD])) < _LEAST_MARKED * len(letters)


def _not_held_to_form(subject: Subject) -> Bilingual | None:
    """Why a copy cannot be blamed for parts of the form that it lacks; None for what was sent to be signed."""
    text = subject.document.text
    if is_translation(text):
        return both("bản dịch, không phải bản được ký", "a translation, not what was signed")
    if _GAZETTE_RE.search(text):
        return both("bản in Công báo không in nơi nhận", "the gazette prints no recipients")
    if _COPY_RE.search(text):
        return both(
            "bản chép từ trang mạng có thể bỏ phần đầu, phần cuối", "a copy from a site may leave parts out"
        )
    return None


def check_parts_of_form(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The header and the foot have what Điều 8 asks for; of copies and extracts they cannot be asked."""
    meta = subject.document.metadata
    lacking = [part for part in _PARTS if getattr(meta, part[0]) is None]
    tally.held += len(_PARTS) - len(lacking)
    excuse = _not_held_to_form(subject)
    # A part that is not there has no words: its finding stays the same whatever the paper begins with.
    start = Span(0, 0)
    if lacking and excuse:
        tally.skip(excuse, len(lacking))
    elif {name for name, _, _ in lacking} >= {"issued", "signing"} and not meta.recipients:
        tally.failed += 1
        yield MISSING.finding(
            (start,),
            "văn bản không có phần đầu và phần ký (có thể là bản trích)",
            "the document has neither head nor foot (perhaps an excerpt)",
            suggestion=both("kiểm tra bản đầy đủ trước khi ký", "check the whole text before it is signed"),
            severity=Severity.NOTE,
        )
        return
    else:
        tally.failed += len(lacking)
        yield from (_missing(subject, name, both(vi, en), start) for name, vi, en in lacking)
    if _is_of_assembly(subject):
        tally.skip(_NOT_OF_ASSEMBLY)
    elif meta.recipients:
        tally.held += 1
    elif excuse:
        tally.skip(excuse)
    else:
        tally.failed += 1
        yield MISSING.finding(
            (start,),
            "không đọc được nơi nhận của văn bản",
            "the document's recipients are not found",
            expected="nơi nhận",
            suggestion=both("bổ sung nơi nhận", "add the recipients"),
        )


#: Where a part of the head stands that cannot be read.
_PRINTED = {
    "number": re.compile(r"^\W{0,6}số\s?:\s*(?P<part>[^\n\t|]{2,40})", re.IGNORECASE | re.MULTILINE),
    "issued": re.compile(r"(?P<part>ngày[^\n]{0,8}\btháng\b[^\n]{0,6}\bnăm\b[^\n\t|]{0,6})", re.IGNORECASE),
}


def _is_read(text: str, at: int) -> bool:
    """Whether a date stands here that can be read."""
    printed = match_date(text, at)
    return printed is not None and printed.value is not None


def _missing(subject: Subject, name: str, part: Bilingual, start: Span) -> Finding:
    """A part that is not there, or that is printed and cannot be read."""
    text = subject.document.text
    places = _PRINTED[name].finditer(text, 0, _HEAD) if name in _PRINTED else iter(())
    # A date that can be read is that of another document.
    found = next((one for one in places if not _is_read(text, one.start())), None)
    if found is None:
        return MISSING.finding(
            (start,),
            f"không đọc được {part} của văn bản",
            f"the document's {part.en} is not found",
            expected=str(part),
            suggestion=both(
                "bổ sung {part}, hoặc xem lại bản gửi kiểm tra có đủ trang",
                "add the {part}, or see whether the copy has all its pages",
                part=part,
            ),
        )
    printed = " ".join(found["part"].split())
    return MISSING.finding(
        (Span(*found.span("part")),),
        f"không đọc được {part} của văn bản: “{printed}”",
        f"the document's {part.en} cannot be read: “{printed}”",
        stated=printed,
        suggestion=both("ghi lại {part}", "write the {part} again", part=part),
    )


def follows_decree(subject: Subject, tally: Tally) -> bool:
    """Whether Nghị định 30/2020/NĐ-CP governs the form of a document; that it does not is counted."""
    number, kind = subject.document.metadata.number, subject.document.metadata.type
    if has_formal_end(number.value if number else None, kind.value if kind else None):
        tally.skip(
            both(
                "văn bản quy phạm pháp luật không theo thể thức của Nghị định 30/2020/NĐ-CP",
                "normative documents do not follow the form of Nghị định 30/2020/NĐ-CP",
            )
        )
        return False
    if _is_of_assembly(subject):
        tally.skip(_NOT_OF_ASSEMBLY)
        return False
    return True


def check_zeros(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Numbers under ten have a zero before them."""
    for citation in numbered(subject):
        number = parse_number(citation.number or "")
        if number is None or len(number.number) > 1 or number.letter:
            tally.held += 1
            continue
        tally.failed += 1
        yield ZERO.finding(
            (citation.span,),
            f"“{citation.surface}”: số dưới 10 ghi thêm số 0 phía trước",
            f"“{citation.surface}”: a number under ten is written with a zero",
            stated=citation.number,
            expected=f"0{citation.number}",
            suggestion=both("viết {right}", "write {right}", right=f"0{citation.number}"),
            page=citation.page,
        )


#: In the middle of a sentence: a level that the decree writes small with a capital, or the other way round.
#: What may not stand before is asked behind the word: a pattern that begins with letters is found far sooner.
_CAPITAL_RE = re.compile(
    r"(?:Khoản(?<=[a-zà-ỹđ0-9,] Khoản)|Điểm(?<=[a-zà-ỹđ0-9,] Điểm))\s(?:\d{1,2}|[a-zđ])(?=[\s,;.)])"
)
_SMALL_RE = re.compile(
    r"điều(?<![^\W\d_]điều)(?<!các điều)(?<!những điều)(?<!và điều)(?<!, điều)\s\d{1,3}"
    r"(?=[\s,;.)]*(?:của|Luật|Nghị|Thông|Bộ luật))"
)


def check_levels_of_places(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``khoản 2 Điều 5``: the article with a capital, its parts without; told once a document."""
    reading = subject.document.reading
    wrong = [found for pattern in (_CAPITAL_RE, _SMALL_RE) for found in pattern.finditer(reading.text)]
    if not wrong:
        tally.held += bool(any(citation.pinpoint for citation in subject.citations))
        return
    wrong.sort(key=lambda found: found.start())
    tally.failed += 1
    first = wrong[0].group()
    right = first[0].swapcase() + first[1:]
    yield LEVELS.finding(
        tuple(reading.hull(*found.span()) for found in wrong),
        f"“{first}” viết đúng là “{right}”" + (f" ({len(wrong)} chỗ)" if len(wrong) > 1 else ""),
        f"“{first}” is written “{right}”" + (f" ({len(wrong)} places)" if len(wrong) > 1 else ""),
        stated=first,
        expected=right,
        suggestion=both(
            "“Điều” viết hoa, “khoản”, “điểm” viết thường khi không đứng đầu câu",
            "“Điều” with a capital, “khoản” and “điểm” without, unless they begin a sentence",
        ),
    )


_TYPES, _PARTY = "NQ|QĐ|CT|KL|KH|BC|CTr|TB|HD|QC|TTr", "TU|TW|HU|QU|ThU|ThTU|ĐU|BTCTU|BTGTU|BDVTU|UBKTTU"
_STATE = "UBND|HĐND|CP|TTg|B[A-ZĐ]{2,9}|S[A-ZĐ]{2,9}"
#: How a number may be written wrongly: the pattern, how it is written right, what is wrong.
_NUMBER_SLIPS = (
    (
        re.compile(rf"(?P<n>\d{{1,5}})\s?/\s?(?P<t>{_TYPES})\s?-\s?(?P<b>{_PARTY})(?![^\W\d_])"),
        "{n}-{t}/{b}",
        (
            "văn bản của Đảng có gạch nối sau số, gạch chéo trước cơ quan",
            "papers of the party: hyphen, then slash",
        ),
    ),
    (
        re.compile(rf"(?P<n>\d{{1,5}})\s?-\s?(?P<t>{_TYPES})\s?/\s?(?P<b>UBND|HĐND)(?![^\W\d_])"),
        "{n}/{t}-{b}",
        (
            "văn bản hành chính có gạch chéo sau số, gạch nối trước cơ quan",
            "papers of the state: slash, then hyphen",
        ),
    ),
    (
        re.compile(rf"(?P<n>\d{{1,5}}(?:/\d{{4}})?)\s?/\s?(?P<t>{_TYPES})\s+(?P<b>{_STATE})(?![^\W\d_])"),
        "{n}/{t}-{b}",
        ("thiếu gạch nối giữa loại và cơ quan", "no hyphen between type and body"),
    ),
    (
        re.compile(rf"(?<![\d/])(?P<n>\d{{1,5}})\s+(?P<t>{_TYPES})\s?[/-]\s?(?P<b>{_STATE})(?![^\W\d_])"),
        "{n}/{t}-{b}",
        ("thiếu gạch chéo sau số", "no slash behind the number"),
    ),
    (
        re.compile(r"(?<![\d/])(?P<n>\d{1,5})\s?/\s?(?P<b>UBTVQH\d{1,2})(?!\d)"),
        "{n}/NQ-{b}",
        ("thiếu năm hoặc loại văn bản trong ký hiệu", "the symbol lacks its year or its type"),
    ),
)


def slip_in(surface: str) -> tuple[re.Match[str], str, tuple[str, str]] | None:
    """The first known slip in a number as printed: where, how it is written right, what is wrong."""
    slips = ((mask.search(surface), right, why) for mask, right, why in _NUMBER_SLIPS)
    return next(((found, right, why) for found, right, why in slips if found), None)


def check_written_numbers(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A number has the signs that its system asks for, between its parts; each wrong way of it is told once."""
    seen: set[str] = set()
    for citation in numbered(subject):
        slip = slip_in(citation.surface)
        year = _year_left_out(citation) if slip is None else None
        if year and year not in seen:
            seen.add(year)
            tally.failed += 1
            yield _without_year(citation, year)
        if slip is None:
            tally.held += not year
            continue
        found, right, (vi, en) = slip
        expected = right.format(**found.groupdict())
        if expected in seen:
            continue
        seen.add(expected)
        tally.failed += 1
        yield WRITTEN.finding(
            (citation.span,),
            f"“{found.group()}”: {vi}",
            f"“{found.group()}”: {en}",
            stated=" ".join(found.group().split()),
            expected=expected,
            suggestion=both("viết {right}", "write {right}", right=expected),
            page=citation.page,
        )


#: From when decrees and circulars bear the year in their number.
_WITH_YEAR = {"NĐ": date(1997, 1, 1), "TT": date(2005, 1, 1), "TTLT": date(2005, 1, 1)}


def _year_left_out(citation: Citation) -> str | None:
    """How a decree or a circular with a date is numbered whose number lacks the year (``192/NĐ-CP``)."""
    number, signed = parse_number(citation.number or ""), day_of(citation.issued)
    first = _WITH_YEAR.get(number.type_code or "") if number else None
    if number is None or number.printed_year or number.letter or first is None or signed is None or signed < first:
        return None
    if any(issuer_of_code(code) is None for code in number.issuers) or not number.issuers:
        return None
    return f"{number.number}/{signed.year}/{number.symbol}" if number.joint == "/" else None


def _without_year(citation: Citation, expected: str) -> Finding:
    return WRITTEN.finding(
        (citation.span,),
        f"“{citation.surface}”: số của {citation.type} thiếu năm",
        f"“{citation.surface}”: the number lacks its year",
        stated=citation.number,
        expected=expected,
        suggestion=both("viết {right}", "write {right}", right=expected),
        page=citation.page,
    )


MISSING = rule("DOC-001", check_parts_of_form)
ZERO = rule("DOC-003", check_zeros)
LEVELS = rule("DOC-004", check_levels_of_places)
WRITTEN = rule("DOC-005", check_written_numbers)
FORM_RULES = (MISSING, ZERO, LEVELS, WRITTEN)
