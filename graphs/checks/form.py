"""DOC: the form after Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.citing import numbered
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.lawrules import has_formal_end
from kb.models import Citation, Finding, Relation, Span
from kb.numbers import number_key, parse_number

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


def check_parts_of_form(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The header and the foot have what Điều 8 asks for."""
    meta = subject.document.metadata
    place = (Span(0, min(80, len(subject.document.text))),)
    if not meta.recipients and not any(getattr(meta, name) for name, _, _ in _PARTS):
        tally.failed += 1
        yield MISSING.finding(
            place,
            "văn bản không có phần đầu và phần ký (có thể là bản trích)",
            "the document has neither head nor foot (perhaps an excerpt)",
        )
        return
    for name, vi, en in _PARTS:
        if getattr(meta, name) is not None:
            tally.held += 1
            continue
        tally.failed += 1
        yield MISSING.finding(
            place,
            f"không đọc được {vi} của văn bản",
            f"the document's {en} is not found",
            suggestion=both(
                "bổ sung {part}, hoặc xem lại bản gửi kiểm tra có đủ trang",
                "add the {part}, or see whether the copy has all its pages",
                part=both(vi, en),
            ),
        )
    if _is_of_assembly(subject):
        tally.skip(_NOT_OF_ASSEMBLY)
    elif not meta.recipients and _GAZETTE_RE.search(subject.document.text):
        tally.skip(both("bản in Công báo không in nơi nhận", "the gazette prints no recipients"))
    elif not meta.recipients:
        tally.failed += 1
        yield MISSING.finding(
            place,
            "không đọc được nơi nhận của văn bản",
            "the document's recipients are not found",
            suggestion=both("bổ sung nơi nhận", "add the recipients"),
        )
    else:
        tally.held += 1


#: Điều 8 asks of these for type and name alone.
_BY_NAME = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")


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


def numbers_of_laws(subject: Subject) -> Iterator[str]:
    """The numbers of the documents of which type and name are enough."""
    return (number_key(one.number or "") for one in numbered(subject) if one.type in _BY_NAME)


def check_first_citations(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The first citation of a document gives its date and its issuer; of a law its name is enough."""
    if not follows_decree(subject, tally):
        return
    seen: set[str] = set()
    for citation in numbered(subject):
        key = number_key(citation.number or "")
        if key in seen or citation.antecedent is not None:
            continue
        seen.add(key)
        if citation.type in _BY_NAME:
            tally.held += 1
            continue
        lacks = _lacks(subject, citation)
        if not lacks or is_short_by_rule(subject, citation):
            tally.held += 1
            continue
        tally.failed += 1
        vi, en = " và ".join(one for one, _ in lacks), " and ".join(two for _, two in lacks)
        yield FIRST.finding(
            (citation.span,),
            f"lần đầu viện dẫn “{citation.surface}” chưa ghi {vi}",
            f"the first citation of “{citation.surface}” lacks its {en}",
            stated=citation.surface,
            suggestion=both(
                "ghi thêm {what}; từ lần sau chỉ cần tên loại và số, ký hiệu",
                "add its {what}; later type and number are enough",
                what=both(vi, en),
            ),
            page=citation.page,
        )


#: A date or a body that is printed behind a number, whether it could be read or not.
_ANY_DATE_RE = re.compile(r"[”\"’)\s,]{0,4}(?:(?:được )?(?:ký|ban hành)\s+)?ngày\s")
_ANY_BODY_RE = re.compile(r"[^.;]{0,60}?\s(?:của|do)\s+(?:các\s+)?[A-ZĐÂÊÔƠƯỦ]")
#: One date stands behind two documents: "Tờ trình số 1/TTr-CP và Đề án số 2/ĐA-CP ngày …".
_WITH_NEXT_RE = re.compile(r"\s*(?:,|và|,\s*và)\s+(?:[^\W\d_]+\s){0,3}(?:số\s*)?")
_DAY_BEFORE_RE = re.compile(r"[Nn]gày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4},?\s[^.;\n]{0,60}$")


def _lacks(subject: Subject, citation: Citation) -> list[tuple[str, str]]:
    """What a citation does not print: its date, its issuer."""
    text, end = subject.document.text, citation.span.end
    lacks = []
    if citation.issued and len(citation.issued) < len("2025-01-01"):
        lacks.append(("ngày, tháng", "day and month"))
    elif not citation.issued and not _ANY_DATE_RE.match(text, end):
        before = text[max(0, citation.span.start - 90) : citation.span.start]
        if not _DAY_BEFORE_RE.search(before) and not _date_of_next(subject, citation):
            lacks.append(("ngày", "date"))
    if not citation.issuer and not _ANY_BODY_RE.match(text, end) and not _written_by(text, citation):
        lacks.append(("cơ quan ban hành", "issuer"))
    return lacks


def _date_of_next(subject: Subject, citation: Citation) -> bool:
    ahead = next((one for one in numbered(subject) if one.span.start >= citation.span.end), None)
    if ahead is None or not ahead.issued or ahead.issuer != citation.issuer:
        return False
    return _WITH_NEXT_RE.fullmatch(subject.document.text, citation.span.end, ahead.span.start) is not None


_SENDER_RE = re.compile(
    r"(?<![^\W\d_])(?:Cục|Chi cục|Công ty|Sở|Bộ|Ban|Thuế|Trung tâm|Viện|Trường|Tổng|Ủy ban|UBND)\s[^.;,\n]{3,90}"
    r"\s(?:gửi|có|tại|ban hành|ký)\s[^.;,\n]{0,20}$"
)


def _written_by(text: str, citation: Citation) -> bool:
    """Whether the words before a citation say who wrote it: ``Cục Thuế … gửi công văn số``."""
    return _SENDER_RE.search(text, max(0, citation.span.start - 140), citation.span.start) is not None


#: Behind these words a document is named as the title of another one names it, or as what changed it is named.
_IN_A_TITLE_RE = re.compile(
    r"(?:(?:một số|các|nội dung|quy định)\s[^.;]{0,40}\s(?:của|tại)|thi hành|chi tiết|hướng dẫn"
    r"|(?:sửa đổi|bổ sung|thay thế|bãi bỏ)[^.;]{0,40}?\s(?:bởi|tại|theo|bằng))\s+(?:các\s+)?"
    r"(?:(?:(?:tại|và|,)\s+)?(?:[Mm]ục|[Đđ]iều|[Kk]hoản|[Đđ]iểm)\s\w{1,4},?\s+){0,6}$"
)


def is_short_by_rule(subject: Subject, citation: Citation) -> bool:
    """Whether a citation stands in the title of another document or says what amended another one."""
    if citation.relation not in (Relation.AMENDS, Relation.GUIDES, Relation.REPLACES, Relation.REPEALS):
        return False
    before = " ".join(subject.document.text[max(0, citation.span.start - 90) : citation.span.start].split()) + " "
    return _IN_A_TITLE_RE.search(before) is not None


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
_CAPITAL_RE = re.compile(r"(?<=[a-zà-ỹđ0-9,] )(?:Khoản|Điểm)\s(?:\d{1,2}|[a-zđ])(?=[\s,;.)])")
_SMALL_RE = re.compile(
    r"(?<![^\W\d_])(?<!các )(?<!những )(?<!và )(?<!, )điều\s\d{1,3}(?=[\s,;.)]*(?:của|Luật|Nghị|Thông|Bộ luật))"
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
        if slip is None:
            tally.held += 1
            continue
        found, right, (vi, en) = slip
        expected = right.format(**found.groupdict())
        if expected in seen:
            continue
        seen.add(expected)
        tally.failed += 1
        yield WRITTEN.finding(
            (citation.span,),
            f"“{found.group()}”: {vi}; nên viết {expected}",
            f"“{found.group()}”: {en}; write {expected}",
            stated=" ".join(found.group().split()),
            expected=expected,
            suggestion=both("viết {right}", "write {right}", right=expected),
            page=citation.page,
        )


MISSING = rule("DOC-001", check_parts_of_form)
FIRST = rule("DOC-002", check_first_citations)
ZERO = rule("DOC-003", check_zeros)
LEVELS = rule("DOC-004", check_levels_of_places)
WRITTEN = rule("DOC-005", check_written_numbers)
FORM_RULES = (MISSING, FIRST, ZERO, LEVELS, WRITTEN)
