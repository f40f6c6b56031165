"""CIT: what a citation itself shows to be wrong, alone or beside the other citations of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from graphs.checks.citations.behind import body_at, date_at
from graphs.checks.citations.joint import OF_RE, left_out
from graphs.checks.reading.days import is_at_turn
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.models import Citation, CitationKind, Finding, Severity, Span
from kb.numbers import issuer_of, parse_number, type_of
from kb.symbols import NumberForm
from kb.vocabulary.issuers import Issuer, issuer_of_name
from kb.vocabulary.types import LAW_TYPES

#: What follows a number whose date is not its own: the next number of a list, a date alone in the next cell.
_NOT_ITS_DATE_RE = re.compile(r"\s*(?:,|;|và)\s+(?:số\s+)?\d+[/-]|[^\S\n]*\n\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
LOOK_AT_DATE = both("đối chiếu bản gốc để chọn ngày đúng", "look at the original for the right date")
#: Words that stand for any type.
_ANY_TYPE = ("Văn bản",)
#: Papers of the party whose symbol is that of another type of theirs (Hướng dẫn 36-HD/VPTW).
_PARTY_TYPES = {
    ("Quy định", "Quyết định"),
    ("Quy chế", "Quyết định"),
    ("Quy chế", "Quy định"),
    ("Điều lệ", "Quyết định"),
    ("Thông tri", "Thông tư"),
}
#: A conclusion that bears the symbol of a notice: it should be called "Thông báo kết luận".
_LESS = {("Kết luận", "Thông báo")}


def numbered(subject: Subject, *, own: bool = False) -> Iterator[Citation]:
    """The citations by number, and on demand those of the document itself that say its type."""
    for one in subject.citations:
        called = own and one.type and one.surface.casefold().startswith(one.type.casefold())
        if one.number and (one.kind is CitationKind.NUMBER or (called and one.kind is CitationKind.SELF)):
            yield one


def day_of(issued: str | None) -> date | None:
    """A full ISO date; None for a month, a year, or nothing."""
    try:
        return date.fromisoformat(issued or "")
    except ValueError:
        return None


def own_day(subject: Subject, citation: Citation) -> date | None:
    """The full date that a citation itself bears; None for one that belongs to a neighbour."""
    if _NOT_ITS_DATE_RE.match(subject.document.text, citation.span.end):
        return None
    return day_of(citation.issued)


#: What the National Assembly and its committee issue with their symbols alone (``59/2020/QH14``).
_OF_ASSEMBLY = {"QH": ("Luật", "Bộ luật", "Nghị quyết"), "UBTVQH": ("Pháp lệnh", "Nghị quyết")}
#: Types that neither ever issues.
_OF_OTHERS = ("Nghị định", "Thông tư", "Thông tư liên tịch", "Quyết định", "Chỉ thị", "Kế hoạch", "Công văn")
_ASSEMBLY_RE = re.compile(r"(UBTVQH|QH)\d{1,2}")


def _type_of_assembly(symbol: str, called: str) -> str | None:
    """What a number of the Assembly is of, where it is called something that the Assembly does not issue."""
    found = _ASSEMBLY_RE.fullmatch(symbol) if called in _OF_OTHERS else None
    return _OF_ASSEMBLY[found[1]][0] if found else None


def check_types(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The type word and the code in the number name one type."""
    for citation in numbered(subject, own=True):
        number = parse_number(citation.number or "")
        told = type_of(number) if number and number.type_code else None
        if number and told is None and citation.type not in (None, *_ANY_TYPE):
            told = _type_of_assembly(number.symbol, citation.type or "")
        if told is None or citation.type is None or citation.type in _ANY_TYPE:
            tally.skip(
                both("ký hiệu không cho biết loại văn bản", "the symbol does not tell the type of document")
            )
            continue
        # A programme of action bears the code of a programme; a regulation of the party that of a decision.
        same = citation.type.startswith(told) or told.startswith(citation.type)
        # The orders that made laws known, "10-LCT/HĐNN7", made ordinances known too.
        same = same or (told == "Luật" and citation.type in LAW_TYPES)
        # "Thông báo kết luận số …/TB-…": the word before names the type, the other what it is about.
        before = subject.document.text[max(0, citation.span.start - len(told) - 2) : citation.span.start]
        named = " ".join(before.split()).casefold().endswith(told.casefold())
        party = number is not None and number.party
        if same or named or (party and (citation.type, told) in _PARTY_TYPES) or citation.type == "Luật":
            tally.held += 1
            continue
        tally.failed += 1
        yield TYPE.finding(
            (citation.span,),
            f"“{citation.surface}”: ghi {citation.type} nhưng ký hiệu là của {told}",
            f"“{citation.surface}”: called {citation.type}, but its symbol is that of {told}",
            stated=citation.type,
            expected=told,
            suggestion=both(
                "sửa loại văn bản thành {told} hoặc sửa ký hiệu",
                "call it {told}, or mend its symbol",
                told=told,
            ),
            severity=Severity.NOTE if party and (citation.type, told) in _LESS else None,
            page=citation.page,
        )


def check_years(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The year in a number is that of the date."""
    for citation in numbered(subject):
        number = parse_number(citation.number or "")
        issued = own_day(subject, citation)
        if number is None or number.year is None or issued is None:
            continue
        if issued.year == number.year or is_at_turn(number, issued):
            tally.held += 1
            continue
        tally.failed += 1
        yield YEAR.finding(
            (citation.span,),
            f"“{citation.surface}”: năm trong số hiệu là {number.year}, ngày ghi là {told_day(issued)}",
            f"“{citation.surface}”: the number has the year {number.year}, the date is {issued}",
            stated=issued.isoformat(),
            expected=str(number.year),
            evidence=date_at(subject, citation),
            suggestion=LOOK_AT_DATE,
            page=citation.page,
        )


#: ``(Kế hoạch số 12/KH-UBND ngày …) do Sở Y tế``, ``do Sở Y tế chủ trì``: a body that did not issue the document.
_DONE_BY_RE = re.compile(
    r"(?:\s*,?\s*ngày\s+[\d/.-]+|\s*,?\s*ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4})?"
    r"(?:\s*\)\s*,?\s*do\s|\s*,?\s*do\s[^,;.\n]{2,60}?\s(?:chủ trì|thực hiện|tham mưu|đề xuất|soạn thảo|trình"
    r"|phụ trách|triển khai|xây dựng)\b)"
)


def check_issuers(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The body named and the body in the symbol are one."""
    cited = list(numbered(subject))
    for citation, following in zip_longest(cited, cited[1:]):
        number = parse_number(citation.number or "")
        told = issuer_of(number) if number else None
        named = issuer_of_name(citation.issuer) if citation.issuer else None
        if following and _behind(subject, citation, following):
            named = None  # the body behind a list is that of its last document alone
        if _DONE_BY_RE.match(subject.document.text, citation.span.end):
            named = None  # it does what the document asks for
        before = None if OF_RE.match(subject.document.text, citation.span.end) else _issued_by(subject, citation)
        printed = citation.issuer
        if before:
            printed = " ".join(subject.document.text[before.start : before.end].split())
            named = issuer_of_name(printed)
        # "87-CT" of the Chairman of the Council of Ministers: codes of old forms are those of others today.
        if told is None or named is None or number is None or number.form is NumberForm.OLD:
            tally.skip(
                both("không biết cơ quan từ ký hiệu hoặc từ lời văn", "neither symbol nor text tells the issuer")
            )
            continue
        if len(number.issuers) > 1 or (citation.issuer or "").casefold().startswith("liên"):
            missing = left_out(subject.document.text, citation, number.issuers)
            tally.failed += bool(missing)
            tally.held += not missing
            if missing:
                yield _joint(subject, citation, missing, of_it=len(missing) < len(number.issuers))
            continue
        said = before is not None or _said_of_it(subject, citation)
        offices = {told.key, told.successor, f"CT{told.key}", *number.issuers}
        if (
            named.key in offices
            or named.successor == told.key
            or (told.level == "party" and not _of_another_committee(told, named, said=said))
            or (told.level not in ("party", named.level) and not (said and _far_apart(told, named)))
        ):
            tally.held += 1
            continue
        tally.failed += 1
        yield ISSUER.finding(
            (citation.span,),
            f"“{citation.surface}” của {printed}, nhưng ký hiệu là của {told.name}",
            f"“{citation.surface}” of {printed}, but its symbol is that of {told.name}",
            stated=printed,
            expected=told.name,
            evidence=(before,) if before else body_at(subject, citation),
            suggestion=both(
                "sửa tên cơ quan thành {body} hoặc sửa ký hiệu", "name {body}, or mend the symbol", body=told.name
            ),
            # Before its number the Prime Minister's paper is often called the Government's, as its work is.
            severity=Severity.NOTE if before and {named.key, told.key} == {"CP", "TTg"} else None,
            page=citation.page,
        )


#: ``Sở Y tế đã ban hành Công văn số …``: who issued a document stands right before it.
_ISSUED_BY_RE = re.compile(
    r"(?P<body>[^\W\d_]+(?:,? [^\W\d_]+){0,11}?)\s+(?:(?:đã|vừa|cũng|kịp thời)\s+)*"
    r"(?:(?:ký|thông qua)\s+(?:và\s+)?)?ban hành\s+$"
)
_BODY_RE = re.compile(
    r"(?<![^\W\d_])(?<!\bvà )(?:Chủ tịch\s+)?(?:Bộ|Sở|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Chính phủ|Thủ tướng"
    r"|(?<!Thường vụ\s)(?<!đại biểu\s)Quốc hội|Văn phòng(?:\s+(?:UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Bộ|Sở))?)\b"
)
_TO_ISSUER = 110


def _issued_by(subject: Subject, citation: Citation) -> Span | None:
    """The body that the words right before a citation say issued it; None where none is known to be one."""
    start = max(0, citation.span.start - _TO_ISSUER)
    text = subject.document.text[start : citation.span.start]
    # The last body before the verb: "tham mưu UBND tỉnh ban hành".
    for found in reversed(list(_BODY_RE.finditer(text))):
        told = _ISSUED_BY_RE.match(text, found.start())
        if told and issuer_of_name(told["body"]):
            return Span(start + told.start("body"), start + told.end("body"))
    return None


def _behind(subject: Subject, citation: Citation, following: Citation) -> bool:
    """Whether the body of a citation stands behind the next one, that has a symbol of another body."""
    first, second = parse_number(citation.number or ""), parse_number(following.number or "")
    if not citation.issuer or first is None or second is None or first.issuers == second.issuers:
        return False
    text, body = subject.document.text, " ".join(citation.issuer.split()).casefold()
    before = text[max(0, citation.span.start - 120) : following.span.start]
    return body not in " ".join(before.split()).casefold()


#: Bodies of which one is never meant by the name of the other: those of the centre, those of a place.
_HEADS, _OF_PLACES = ("TTg", "CP", "QH", "UBTVQH", "VPCP"), ("UBND", "HĐND", "VPUBND")
#: A paper without number that carries out the one cited: the body behind may be its own.
_CARRIED_OUT_RE = re.compile(
    r"(?:triển khai|thực hiện|thi hành|hướng dẫn|cụ thể hóa|theo|về|tại|phê duyệt|ban hành)\s*$", re.IGNORECASE
)
_PAPER_RE = re.compile(
    r"\b(?:kế hoạch|chương trình|báo cáo|công văn|văn bản|đề án|hướng dẫn|quyết định|chỉ thị)\b", re.I
)


def _far_apart(told: Issuer, named: Issuer) -> bool:
    """Whether a paper of the centre is given to a people's committee or council, or the other way round."""
    central, local = (told, named) if told.key in _HEADS else (named, told)
    return central.key in _HEADS and local.key in _OF_PLACES


#: Committees of the Party by their level; the bodies of one level are called by each other's names.
_COMMITTEES = {"TW": 0, "BCT-TW": 0, "BBT": 0, "TU": 1, "HU": 2, "QU": 2, "ThU": 2}


def _of_another_committee(told: Issuer, named: Issuer, *, said: bool) -> bool:
    """Whether a paper of the Party is given to a body of the State, or to a committee of another level."""
    if named.level == "party":
        levels = {_COMMITTEES.get(told.key), _COMMITTEES.get(named.key)}
        return said and len(levels - {None}) > 1
    return said


def _said_of_it(subject: Subject, citation: Citation) -> bool:
    """Whether the body behind a number is said of that paper, not of one without number that carries it out."""
    text, start = subject.document.text, citation.span.start
    before = re.split(r"[.;\n]", text[max(0, start - 160) : start])[-1]
    if citation.pinpoints or not OF_RE.match(text, citation.span.end):
        return False
    return not (_CARRIED_OUT_RE.search(before) and _PAPER_RE.search(before))


def _joint(subject: Subject, citation: Citation, missing: tuple[str, ...], *, of_it: bool) -> Finding:
    left_out = ", ".join(missing)
    return ISSUER.finding(
        (citation.span,),
        f"“{citation.surface}” là văn bản liên tịch, chỉ ghi {citation.issuer}; thiếu {left_out}",
        f"“{citation.surface}” is a joint paper; only {citation.issuer} is named, {left_out} is left out",
        stated=citation.issuer,
        expected=f"{citation.issuer}, {left_out}" if of_it else left_out,
        evidence=body_at(subject, citation),
        suggestion=both("ghi đủ các cơ quan ban hành", "name every body that issued it"),
        severity=Severity.NOTE if of_it else None,
        page=citation.page,
    )


def check_own(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The document's own number and date are the same wherever they stand."""
    conflicts = [
        one for one in subject.document.problems if one.code.startswith("header.") and "conflict" in one.code
    ]
    if not conflicts and subject.document.metadata.number:
        tally.held += 1
    for problem in conflicts:
        tally.failed += 1
        yield OWN.finding(
            problem.spans,
            problem.vi,
            problem.en,
            evidence=problem.spans[:1],
            suggestion=both(
                "thống nhất số, ngày của văn bản ở mọi chỗ",
                "give one number and one date everywhere",
            ),
        )


TYPE = rule("CIT-001", check_types)
YEAR = rule("CIT-003", check_years)
ISSUER = rule("CIT-006", check_issuers)
OWN = rule("CIT-008", check_own)
CITING_RULES = (TYPE, YEAR, ISSUER, OWN)
