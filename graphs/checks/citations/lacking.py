"""DOC of citations that give no number, VAL of recitals that are no legal bases of a norm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.citations.citing import numbered
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding, Severity, Span, UnitKind
from kb.numbers import parse_number, type_of

_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
_BODY = r"(?:Chính phủ|Thủ tướng|Quốc hội|Bộ|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Chủ tịch|Tỉnh ủy|Thành ủy|Sở|Ban)\b"
_TYPES = (
    r"(?P<type>Quyết định|Nghị quyết|Chỉ thị|Kế hoạch|Công văn|Thông báo|Tờ trình|Báo cáo|Thông tư|Nghị định"
    r"|Kết luận|Hướng dẫn|Chương trình hành động|(?:Đề án|Chương trình|Kế hoạch|Chiến lược)\s+“[^”\n]{8,200}”)"
)
#: A document told by its day and its body, in either order, and by no number.
_NO_NUMBER_RE = re.compile(
    rf"(?<!các )\b{_TYPES}\s+(?:ngày\s+{_DAY}\s+của\s+(?={_BODY})[^\d,.;()]{{2,60}}"
    rf"|của\s+(?={_BODY})[^\d,.;():]{{2,60}}?\s+ngày\s+{_DAY})(?!\s*,?\s*số\s)"
)


#: Behind the full citations of a sentence another one, told by its body and matter; a note may tell more.
_IN_LIST_RE = re.compile(
    r"[;v](?:(?<=;)|(?<=\bv)à)\s+"
    r"(?P<cited>(?P<type>Quyết định|Nghị quyết|Chỉ thị|Kế hoạch|Công văn|Thông báo)\s+của\s+"
    rf"(?={_BODY})"
    r"[^\d,.;():]{2,60}?\s+(?:về|V/v|ban hành|phê duyệt)\s)(?![^.;\n]{0,300}?(?:\bsố\s+\d|[¹²³⁰⁴-⁹]|\[\d{1,3}\]))"
)
_SENTENCE = 500


def check_numbers_given(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A document that is cited with its day and its body has a number; so has one told among others in full."""
    yield from _without_number(subject, tally)
    yield from _amid_others(subject, tally)
    yield from _left_blank(subject, tally)


def _amid_others(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Nghị định số … ngày … của …; Kế hoạch của Ủy ban nhân dân tỉnh về …``."""
    if subject.is_rule():
        return  # a rule names what will be issued every year
    reading = subject.document.reading
    cited = list(numbered(subject))
    for found in _IN_LIST_RE.finditer(reading.text):
        where = reading.hull(*found.span("cited"))
        before = [one for one in cited if one.span.start < where.start]
        near = before and before[-1].issued and where.start - before[-1].span.end <= _SENTENCE
        between = subject.document.text[before[-1].span.end : where.start] if near else "."
        # One of that type that was told in full before may be meant.
        if re.search(r"\.\s|\n\s*\n", between) or any(one.type == found["type"] for one in before):
            continue
        tally.failed += 1
        printed = " ".join(found["cited"].split()).removesuffix(" về").removesuffix(" ban hành")
        yield NO_NUMBER.finding(
            (where,),
            f"“{printed}”: không có số, ký hiệu và ngày, các văn bản dẫn cùng câu đều có",
            f"“{printed}”: no number and no date, which the others of the sentence have",
            stated=printed,
            suggestion=both("ghi thêm số, ký hiệu và ngày", "add the number and the date"),
        )


#: ``Kế hoạch số …/KH-UBND``: a number left blank in a draft.
_BLANK_RE = re.compile(
    rf"\b(?:{_TYPES}|Văn bản)\s+số:?(?P<blank>[\s.…_]*|\s+[xX]{{2,4}})/(?:(?:19|20)\d\d/)?"
    r"[A-ZĐ][A-Za-zĐ]*(?:-[A-ZĐ]\w*)+"
)
#: What a paper is attached to bears its own number, that comes with the signature.
_ATTACHED_RE = re.compile(r"kèm\s+theo\s+$", re.IGNORECASE)
#: Papers that forms to be filled in are attached to, all of them with blanks.
_WITH_FORMS = frozenset(("Quyết định", "Nghị quyết", "Thông tư", "Nghị định"))


def _left_blank(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Thực hiện Quyết định số …/QĐ-UBND``: only forms leave numbers blank, which decisions and norms hold."""
    reading, kind = subject.document.reading, subject.document.metadata.type
    if subject.is_rule() or (kind is not None and kind.value in _WITH_FORMS):
        return
    for found in _BLANK_RE.finditer(reading.text):
        if _ATTACHED_RE.search(reading.text, max(0, found.start() - 20), found.start()):
            continue
        tally.failed += 1
        printed = " ".join(found.group().split())
        yield NO_NUMBER.finding(
            (reading.hull(*found.span()),),
            f"“{printed}”: số để trống",
            f"“{printed}”: its number is left blank",
            stated=printed,
            suggestion=both(
                "ghi số, ký hiệu và ngày của văn bản đã ký", "give the number and date of the signed paper"
            ),
            severity=Severity.WARNING,
        )


def _without_number(subject: Subject, tally: Tally) -> Iterator[Finding]:
    reading = subject.document.reading
    cited = [one.span for one in numbered(subject)]
    for found in _NO_NUMBER_RE.finditer(reading.text):
        where = reading.hull(*found.span())
        if any(span.start < where.end and where.start < span.end for span in cited):
            continue
        tally.failed += 1
        printed = " ".join(found.group().split())
        yield NO_NUMBER.finding(
            (where,),
            f"“{printed}”: có ngày, cơ quan mà không có số, ký hiệu",
            f"“{printed}”: a day and a body, and no number",
            stated=printed,
            suggestion=both("ghi thêm số, ký hiệu", "add the number"),
        )


#: Papers that hold no norms and are no legal bases of one.
_NO_BASES = (
    "Thông báo",
    "Công văn",
    "Báo cáo",
    "Tờ trình",
    "Kế hoạch",
    "Kết luận",
    "Biên bản",
    "Hướng dẫn",
    "Đề án",
)
_RECITAL_RE = re.compile(r"\W{0,4}Căn cứ\s+(?:(?:tại|theo|vào|nội dung)\s+)?$")


def check_kinds_of_bases(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The legal bases of a norm are norms: no notice, letter, report or plan."""
    if not subject.is_norm():
        return
    text = subject.document.text
    recitals = [unit.span for unit in subject.document.units if unit.kind is UnitKind.RECITAL]
    for citation in numbered(subject):
        within = next((span for span in recitals if span.start <= citation.span.start < span.end), None)
        if within is None or not _begins(text, within, citation.span):
            continue
        number = parse_number(citation.number or "")
        kind = citation.type or (type_of(number) if number else None)
        if kind not in _NO_BASES:
            tally.held += 1
            continue
        tally.failed += 1
        yield NO_BASIS.finding(
            (citation.span,),
            f"“{citation.surface}” không chứa quy phạm pháp luật, không là căn cứ ban hành",
            f"“{citation.surface}” holds no norms and is no legal basis of one",
            stated=kind,
            expected="văn bản quy phạm pháp luật",
            suggestion=both("bỏ khỏi phần căn cứ, nêu ở tờ trình", "leave it out, name it in the submission"),
            page=citation.page,
        )


def _begins(text: str, recital: Span, citation: Span) -> bool:
    """Whether a citation is what its recital is about: ``Căn cứ Thông báo số …``."""
    return _RECITAL_RE.fullmatch(text, recital.start, citation.start) is not None


NO_NUMBER = rule("DOC-016", check_numbers_given)
NO_BASIS = rule("VAL-008", check_kinds_of_bases)
LACKING_RULES = (NO_NUMBER, NO_BASIS)
