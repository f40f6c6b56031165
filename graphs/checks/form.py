"""DOC and FTN: the form after Nghị định 30/2020/NĐ-CP, and the notes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from graphs.checks.citing import numbered
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.lawrules import has_formal_end
from kb.models import Finding, Span
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
        yield MISSING.finding(place, f"không đọc được {vi} của văn bản", f"the document's {en} is not found")
    if any(issuer.value.casefold() in _NO_RECIPIENTS for issuer in meta.issuers):
        tally.skip(
            both(
                "văn bản của Quốc hội không theo thể thức của Nghị định 30/2020/NĐ-CP",
                "papers of the National Assembly do not follow the form of Nghị định 30/2020/NĐ-CP",
            )
        )
    elif not meta.recipients and _GAZETTE_RE.search(subject.document.text):
        tally.skip(both("bản in Công báo không in nơi nhận", "the gazette prints no recipients"))
    elif not meta.recipients:
        tally.failed += 1
        yield MISSING.finding(
            place, "không đọc được nơi nhận của văn bản", "the document's recipients are not found"
        )
    else:
        tally.held += 1


#: Điều 8 asks of these for type and name alone.
_BY_NAME = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")


def check_first_citations(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The first citation of a document gives its date and its issuer; of a law its name is enough."""
    number, kind = subject.document.metadata.number, subject.document.metadata.type
    if has_formal_end(number.value if number else None, kind.value if kind else None):
        tally.skip(
            both(
                "văn bản quy phạm pháp luật không theo thể thức của Nghị định 30/2020/NĐ-CP",
                "normative documents do not follow the form of Nghị định 30/2020/NĐ-CP",
            )
        )
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
        lacks = [
            words
            for words, value in (
                (("ngày", "date"), citation.issued),
                (("cơ quan ban hành", "issuer"), citation.issuer),
            )
            if not value and not (words[1] == "date" and citation.reason and "ngày" in citation.reason)
        ]
        if not lacks:
            tally.held += 1
            continue
        tally.failed += 1
        vi, en = " và ".join(one for one, _ in lacks), " and ".join(two for _, two in lacks)
        yield FIRST.finding(
            (citation.span,),
            f"lần đầu viện dẫn “{citation.surface}” chưa ghi {vi}",
            f"the first citation of “{citation.surface}” lacks its {en}",
            stated=citation.surface,
            page=citation.page,
        )


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


def check_written_numbers(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A number has the signs that its system asks for, between its parts; each wrong way of it is told once."""
    seen: set[str] = set()
    for citation in numbered(subject):
        slip = next(
            (
                (found, right, why)
                for mask, right, why in _NUMBER_SLIPS
                if (found := mask.search(citation.surface))
            ),
            None,
        )
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
            page=citation.page,
        )


def check_notes_without_mark(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Every note has its mark in the text."""
    for note in subject.document.footnotes:
        if note.anchor is not None:
            tally.held += 1
            continue
        if not note.mark.strip("*()"):
            tally.skip(
                both("dấu * thường nằm trong bảng, hình", "the mark * often stands in a table or a picture")
            )
            continue
        tally.failed += 1
        yield NO_MARK.finding(
            note.parts,
            f"chú thích {note.mark} không có dấu dẫn trong bài",
            f"note {note.mark} has no mark in the text",
            stated=note.mark,
            page=note.page,
        )


def check_marks_without_note(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Every mark has its note."""
    for problem in subject.document.problems:
        if problem.code == "footnote.no_note":
            tally.failed += 1
            yield NO_NOTE.finding(problem.spans, problem.vi, problem.en)


def check_numbering(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """In each series the notes are numbered through."""
    series: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    for note in subject.document.footnotes:
        if note.mark.isdigit() and note.parts:
            series[note.series].append((int(note.mark), note.parts[0]))
    for notes in series.values():
        numbers = {number for number, _ in notes}
        for number, span in notes:
            if number == 1 or number - 1 in numbers or number == min(numbers):
                tally.held += 1
                continue
            tally.failed += 1
            yield GAP.finding(
                (span,),
                f"chú thích {number} đứng sau một số bị thiếu ({number - 1})",
                f"note {number} follows a missing one ({number - 1})",
                stated=str(number),
                expected=str(number - 1),
            )


MISSING = rule("DOC-001", check_parts_of_form)
FIRST = rule("DOC-002", check_first_citations)
ZERO = rule("DOC-003", check_zeros)
LEVELS = rule("DOC-004", check_levels_of_places)
WRITTEN = rule("DOC-005", check_written_numbers)
NO_MARK = rule("FTN-001", check_notes_without_mark)
NO_NOTE = rule("FTN-002", check_marks_without_note)
GAP = rule("FTN-003", check_numbering)
FORM_RULES = (MISSING, FIRST, ZERO, LEVELS, WRITTEN, NO_MARK, NO_NOTE, GAP)
