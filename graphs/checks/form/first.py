"""DOC: the first citation of a document is full: its date and the body that issued it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from graphs.checks.citations.citing import numbered
from graphs.checks.form.form import follows_decree
from graphs.checks.form.written import places
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both, joined
from kb.models import Citation, Finding, Relation, Span, UnitKind
from kb.numbers import number_key, parse_number, type_of
from kb.symbols import NumberForm
from kb.vocabulary.issuers import issuer_of_code

#: Điều 8 asks of these for type and name alone.
_BY_NAME = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
_WORD_RE = re.compile(r"[^\W\d_]{2}")
#: So many documents of one finding are named; so near behind a citation the mark of its note stands.
_NAMED, _NOTE_NEAR = 4, 2


def numbers_of_laws(subject: Subject) -> Iterator[str]:
    """The numbers of the documents of which type and name are enough."""
    return (number_key(one.number or "") for one in numbered(subject) if one.type in _BY_NAME)


def check_first_citations(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The first citation of a document gives its date and its issuer; of a law its name is enough."""
    if not follows_decree(subject, tally):
        return
    lacking: dict[tuple[Bilingual, Span | None], list[Citation]] = defaultdict(list)
    for citation in first_citations(subject):
        if citation.type in _BY_NAME:
            tally.held += 1
            continue
        if not _is_ours(subject, citation):
            tally.skip(both("số theo cách riêng của đơn vị gửi", "a number in a sender's own way"))
            continue
        lacks = _lacks(subject, citation)
        if not lacks or is_short_by_rule(subject, citation):
            tally.held += 1
            continue
        tally.failed += 1
        what = joined(lacks, " và ", " and ")
        # What is mended in one go is told at once: a paragraph, the tables and appendices.
        block = None if _in_a_list(subject, citation) else subject.document.block_over(citation.span.start)
        lacking[what, block.span if block else None].append(citation)
    for (what, _), found in lacking.items():
        yield _lacking(found, what)


def _lacking(found: list[Citation], what: Bilingual) -> Finding:
    """What first citations of one paragraph, or of the tables and appendices, lack."""
    first, spans = found[0], tuple(one.span for one in found)
    named = ", ".join(f"“{one.surface}”" for one in found[:_NAMED])
    more = places(spans) if len(found) > _NAMED else both("", "")
    return FIRST.finding(
        spans,
        f"lần đầu viện dẫn {named} chưa ghi {what}{more}",
        f"the first citation of {named} lacks its {what.en}{more.en}",
        stated="; ".join(one.surface for one in found[:_NAMED]),
        suggestion=both(
            "ghi thêm {what}; từ lần sau chỉ cần tên loại và số, ký hiệu",
            "add its {what}; later type and number are enough",
            what=what,
        ),
        page=first.page,
    )


def _in_a_list(subject: Subject, citation: Citation) -> bool:
    """Whether a citation stands in a table or in what is attached."""
    document, at = subject.document, citation.span.start
    attached = [one.span.start for one in document.units if one.kind in (UnitKind.APPENDIX, UnitKind.ATTACHMENT)]
    if attached and at >= min(attached):
        return True
    return any(one.span.start <= at < one.span.end for one in document.tables)


def first_citations(subject: Subject) -> Iterator[Citation]:
    """The first citation of each document where it can be written in full.

    The title of the text, what is quoted, and the titles of other documents name a document as they may.
    """
    seen: set[str] = set()
    titles = [span for one in (subject.document.metadata.title,) if one for span in one.spans]
    quoted = _quoted(subject)
    before: Citation | None = None
    for citation in numbered(subject):
        at, named = citation.span.start, before
        before = citation
        key = number_key(citation.number or "")
        if key in seen or citation.antecedent is not None:
            continue
        within = any(span.start <= at < span.end for span in (*titles, *quoted)) or citation.surface.isupper()
        if named and named.title and " ".join(citation.surface.split()) in " ".join(named.title.split()):
            within = True
        if not within or citation.issued:
            seen.add(key)  # a title may cite in full too
        if not within:
            yield _in_its_note(subject, citation) or citation


def _in_its_note(subject: Subject, citation: Citation) -> Citation | None:
    """The same document in the note right behind a citation: there it is written in full."""
    end, key = citation.span.end, number_key(citation.number or "")
    notes = (one for one in subject.document.footnotes if one.anchor and 0 <= one.anchor.start - end <= _NOTE_NEAR)
    parts = [part for note in notes for part in note.parts]
    return next(
        (
            one
            for one in (numbered(subject) if parts else ())
            if number_key(one.number or "") == key
            and any(part.start <= one.span.start < part.end for part in parts)
        ),
        None,
    )


def _quoted(subject: Subject) -> list[Span]:
    """What stands between quotation marks, over several paragraphs too."""
    reading = subject.document.reading
    return [reading.hull(*found.span()) for found in _QUOTED_RE.finditer(reading.text)]


_QUOTED_RE = re.compile(r"“[^“”]{1,4000}”|\"[^\"\n]{1,1500}\"")


def _is_ours(subject: Subject, citation: Citation) -> bool:
    """Whether a number is one of the state or the party, whole: firms number their letters in their own ways."""
    text, number = subject.document.text, parse_number(citation.number or "")
    cut = _CUT_RE.search(text, max(0, citation.span.start - 3), citation.span.start) is not None
    if number is None or cut or _GOES_ON_RE.match(text, citation.span.end):
        return False
    if number.form is NumberForm.LAW:
        return True
    kind = type_of(number)
    if kind is None or (number.type_code == "CV" and not number.party):
        return False
    return bool(number.type_code) or any(issuer_of_code(code) for code in number.issuers)


_CUT_RE, _GOES_ON_RE = re.compile(r"\d-$"), re.compile(r"/\d{2,4}(?!\d)|-\d")


#: A date or a body that is printed behind a number, whether it could be read or not.
_ANY_DATE_RE = re.compile(r"[”\"’)\s,]{0,4}(?:(?:được )?(?:ký|ban hành)\s+)?ngày\s")
_ANY_BODY_RE = re.compile(r"[^.;]{0,60}?\s(?:của|do|giữa)\s+(?:các\s+)?[A-ZĐÂÊÔƠƯỦ]")
#: One date stands behind two documents: "Tờ trình số 1/TTr-CP và Đề án số 2/ĐA-CP ngày …".
_WITH_NEXT_RE = re.compile(r"\s*(?:,|và|,\s*và)\s+(?:[^\W\d_]+\s){0,3}(?:số\s*)?")
_DAY_BEFORE_RE = re.compile(
    r"[Nn]gày\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}),?\s(?:[^.;]|\.(?!\s)){0,170}$"
)


def _day_before(subject: Subject, citation: Citation) -> bool:
    """Whether the sentence began with the day: ``Ngày 26/02/2025, Cục Thuế … có Thông báo số``."""
    start = citation.span.start
    found = _DAY_BEFORE_RE.search(subject.document.text, max(0, start - 220), start)
    return found is not None and not any(found.start() <= one.span.start < start for one in numbered(subject))


def _lacks(subject: Subject, citation: Citation) -> list[Bilingual]:
    """What a citation does not print: its date, its issuer."""
    text, end = subject.document.text, citation.span.end
    lacks = []
    if citation.issued and len(citation.issued) < len("2025-01-01"):
        lacks.append(both("ngày, tháng", "day and month"))
    elif not citation.issued and not (
        _ANY_DATE_RE.match(text, end) or _day_before(subject, citation) or _date_of_next(subject, citation)
    ):
        lacks.append(both("ngày", "date"))
    if not citation.issuer and not _ANY_BODY_RE.match(text, end) and not _written_by(text, citation):
        lacks.append(both("cơ quan ban hành", "issuer"))
    return lacks


def _date_of_next(subject: Subject, citation: Citation) -> bool:
    end = citation.span.end
    ahead = next((one for one in numbered(subject) if one.parts[0].start >= end), None)
    if ahead is None or not ahead.issued or ahead.issuer != citation.issuer:
        return False
    return _WITH_NEXT_RE.fullmatch(subject.document.text, end, ahead.span.start) is not None


_SENDER_RE = re.compile(
    r"(?<![^\W\d_])(?:Cục|Chi cục|Công ty|Sở|Bộ|Ban|Thuế|Trung tâm|Viện|Trường|Tổng|Ủy ban|UBND|HĐND|Hội đồng"
    r"|Chủ tịch|Giám đốc|Chính phủ|Thủ tướng|Quốc hội|(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) ủy|Phòng)"
    r"\s[^.;,\n]{3,90}"
    r"\s(?:gửi|có|tại|ban hành|ký|phê duyệt|trình|xây dựng)\s[^.;,\n]{0,20}$|liên ngành\s[^.;,\n]{3,40}\ssố\s$"
    r"|[Đđ]ề nghị của\s[^.;]{3,140}\stại\s$"
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


def _clause(text: str, span: Span) -> str:
    """The words around a citation up to the signs that end its clause."""
    before = _CLAUSE_RE.split(text[max(0, span.start - 160) : span.start])[-1]
    after = _CLAUSE_RE.split(text[span.end : span.end + 160])[0]
    return " ".join(f"{before} {after}".split())


_CLAUSE_RE = re.compile(r"[;.]\s(?!số\s)")


def check_implied_bodies(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The first citation names the issuer; of several that only their symbols tell one finding is made."""
    if not follows_decree(subject, tally):
        return
    text, laws, wrong = subject.document.text, set(numbers_of_laws(subject)), []
    for citation in first_citations(subject):
        if number_key(citation.number or "") in laws or not citation.issuer or subject.is_own(citation):
            continue
        around = _clause(text, citation.span)
        # A later member of a list has the body of its head.
        told = not _WORD_RE.match(citation.surface) or citation.issuer in around or not citation.issued
        named = _OF_RE.match(text, citation.span.end) or _written_by(text, citation)
        if told or named or is_short_by_rule(subject, citation):
            tally.held += 1
        else:
            wrong.append(citation)
    if not wrong:
        return
    tally.failed += len(wrong)
    spans = tuple(one.span for one in wrong)
    first = wrong[0]
    yield UNNAMED.finding(
        spans,
        f"lần đầu viện dẫn “{first.surface}” không ghi cơ quan ban hành, chỉ ký hiệu cho biết{places(spans)}",
        f"the first citation of “{first.surface}” does not name the issuer: only its symbol tells it"
        f"{places(spans).en}",
        stated=first.surface,
        suggestion=both("ghi “của …” sau ngày ban hành", "name the body behind the date"),
        page=first.page,
    )


_OF_RE = re.compile(r"[^.;]{0,60}?\s(?:của|do|giữa|CỦA|DO)\s+(?:các\s+|CÁC\s+)?[A-ZĐÂÊÔƠƯỦ]")


FIRST = rule("DOC-002", check_first_citations)
UNNAMED = rule("DOC-009", check_implied_bodies)
FIRST_RULES = (FIRST, UNNAMED)
