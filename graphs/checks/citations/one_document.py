"""CIT of a document that is cited under two numbers: one of them has a digit too many, too few, or another one.

Numbers of documents lie close together, so a slip alone says little. What tells that two citations mean one
document is the day, the title, the short name, the amendment, or that a paper which gives every document its day
when it is first cited (Nghị định 30/2020/NĐ-CP, Phụ lục I) gives none to this one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from graphs.checks.citations.citing import numbered, own_day
from graphs.checks.citations.places import are_of_two_places
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.models import Citation, Finding, Severity
from kb.numbers import number_key
from kb.text.normalize import fold
from kb.vocabulary.issuers import issuer_of_code

#: So many words of a title tell a document; so many that it alone is called so.
_LONG, _WHOLE = 6, 9
#: So much of a paper's other documents at most lack a day; more than two of a day are a row of documents.
_UNDATED, _PAIR = 0.25, 2
#: So much of a paper's documents that have a day have a title too, where one that has none stands out.
_TITLED = 0.6
#: So many decrees and circulars the State issues in a day; they are often cited without their day.
_IN_A_DAY = 10
_LEAD, _NEXT = 300, 25
#: What amends a document stands between it and its number told again.
_AMENDER = 3
#: Behind these words stands what a document, named just before, amended.
_AMENDS_RE = re.compile(
    r"\b(?:sửa đổi|bổ sung)(?:,?\s+(?:bổ sung|thay thế))?(?:\s+(?:một số|các)\s+(?:điều|nội dung|quy định))?"
    r"(?:\s+của)?\s+$"
)
#: Before a document the scheme that it approved.
_SCHEME_RE = re.compile(
    r"\b(?:[Đđ]ề án|[Cc]hương trình|[Cc]hiến lược|[Dd]ự án|[Qq]uy hoạch|[Pp]hong trào)\s[^.;:\n]{8,120}?\s"
    r"(?:được\s+)?(?:(?:phê duyệt|ban hành)\s+(?:kèm\s+)?)?(?:theo|tại)\s+$"
)
#: Behind a document its short name, which holds its number.
_SHORT_NAME_RE = re.compile(
    r"\((?:[Ss]au đây|[Dd]ưới đây|[Gg]ọi|[Vv]iết)\s[^()]{0,40}?\b(?:là|tắt):?\s*[“\"]?\s*$"
)


@dataclass(frozen=True)
class _Cited:
    """A number with all its mentions in a paper: its running number, what stands behind it, days and titles."""

    running: str
    symbol: str
    mentions: tuple[Citation, ...]
    days: frozenset[str]
    titles: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether nothing but its number is told of it."""
        return not self.days and not self.titles

    @cached_property
    def of_a_year(self) -> bool:
        """Whether its number holds its year: norms, which everybody cites by their number alone."""
        return self.symbol[1:5].isdigit()

    def known(self) -> tuple[bool, bool, int]:
        """How well a paper tells it: it is the less known of two that is the slip."""
        return bool(self.days), bool(self.titles), len(self.mentions)


def one_slip(one: str, other: str) -> bool:
    """Whether a number is another one with a digit changed, left out, or two changed about.

    >>> [one_slip("312", other) for other in ("313", "132", "31", "412", "3125", "567", "312")]
    [True, True, True, True, True, False, False]
    """
    if len(one) == len(other):
        unlike = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(unlike) == 2 and unlike[1] == unlike[0] + 1:
            low, high = unlike
            return one[low] == other[high] and one[high] == other[low]
        return len(unlike) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


#: What stands behind a running number: a year, the type, the bodies.
_SYMBOL_RE = re.compile(r"[/-](?:(?P<year>\d{4})/)?(?P<type>[^-/]+)[-/](?P<body>.+)")
#: A running number of so many digits is that of one paper of a body alone.
_RARE = 3


def _unlike(one: _Cited, other: _Cited) -> Bilingual | None:
    """In what two numbers differ by a slip: a digit, the year, the body; None for two that have more unlike."""
    if one.symbol == other.symbol:
        return both(" một chữ số", " in a digit") if one_slip(one.running, other.running) else None
    mine, its = _SYMBOL_RE.fullmatch(one.symbol), _SYMBOL_RE.fullmatch(other.symbol)
    if mine is None or its is None or one.running != other.running or mine["type"] != its["type"]:
        return None
    if mine["body"] == its["body"]:
        years = mine["year"] and its["year"] and len(one.running) > 1 and one_slip(mine["year"], its["year"])
        return both(" ở năm", " in its year") if years else None
    bodies = [issuer_of_code(found["body"].split("-")[0]) for found in (mine, its)]
    if (
        mine["year"] != its["year"]
        or bodies[0] is bodies[1]
        or not (len(one.running) >= _RARE or one.days & other.days)
    ):
        return None
    return both(" ở cơ quan", " in its body")


def _cited(subject: Subject) -> list[_Cited]:
    groups: dict[str, list[Citation]] = {}
    for one in numbered(subject):
        if not subject.is_own(one):
            groups.setdefault(number_key(one.number or ""), []).append(one)
    found = []
    for key, mentions in groups.items():
        running = key.split("/")[0].split("-")[0]
        if not running.isdigit():
            continue
        days = frozenset(day.isoformat() for one in mentions if (day := own_day(subject, one)))
        titles = tuple(title for one in mentions if (title := one.title or one.name or _called(one)))
        found.append(_Cited(running.lstrip("0"), key[len(running) :], tuple(mentions), days, titles))
    return found


def _called(one: Citation) -> str:
    """What a citation calls a document before its number, besides its type: ``Đường bộ`` of a law."""
    before = one.surface.partition(" số ")[0] if " số " in one.surface else ""
    return before.removeprefix(one.type or "").strip()


class _Paper:
    """The documents that a paper cites, and how it uses to cite them."""

    def __init__(self, subject: Subject, cited: Sequence[_Cited]) -> None:
        self.subject, self.cited = subject, cited
        self.of_day = Counter((one.symbol, day) for one in cited for day in one.days)

    def titles_others(self, untitled: _Cited) -> bool:
        """Whether most of its documents with a day, norms left out, have a title, besides one that has none."""
        others = [one for one in self.cited if one.days and not one.of_a_year and one is not untitled]
        return bool(others) and sum(bool(one.titles) for one in others) >= _TITLED * len(others)

    def dates_others(self, bare: _Cited) -> bool:
        """Whether all but few of its documents have a day or a title, besides one that has neither."""
        undated = sum(one.bare for one in self.cited) - bare.bare
        return undated <= _UNDATED * (len(self.cited) - 1)

    def lists(self, bare: _Cited) -> bool:
        """Whether it stands in a list of numbers: near another that has no day either."""
        others = [told for cited in self.cited if cited is not bare for told in cited.mentions if not told.issued]
        spans = [(mine.span, its.span) for mine in bare.mentions for its in others]
        return any(
            -_NEXT < its.start - mine.end < _NEXT or -_NEXT < mine.start - its.end < _NEXT for mine, its in spans
        )

    def in_a_row(self, one: _Cited) -> bool:
        """Whether it is one of several of a kind that were issued in a day."""
        return any(self.of_day[one.symbol, day] > _PAIR for day in one.days)


def check_one_document(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Kế hoạch số 312/KH-UBND ngày 05/3/2024``, and ``Kế hoạch số 313/KH-UBND``, which is never given a day."""
    cited = [] if subject.is_rule() or subject.lists_texts() else _cited(subject)
    paper = _Paper(subject, cited)
    pairs = [sorted(pair, key=_Cited.known) for pair in combinations(cited, 2)]
    found = [(one, other, how) for one, other in pairs if (how := _is_one(paper, one, other))]
    meant = Counter((id(one), how) for one, _, how in found)
    for one, other, how in found:
        surer = how is Severity.NOTE and (id(one), Severity.WARNING) in meant
        # What may be a slip for two documents alike is perhaps a third of their row.
        if not one.bare or (meant[id(one), how] == 1 and not surer):
            yield _finding(one, other, how, tally)
    told = {id(one) for one, _, _ in found}
    # A number that is told again as it is was held against itself; one told once bears nothing out.
    tally.held += sum(len(one.mentions) > 1 and id(one) not in told for one in cited)


def _is_one(paper: _Paper, one: _Cited, other: _Cited) -> Severity | None:
    """How surely something tells that two numbers are those of one document; None where nothing does."""
    subject, slip = paper.subject, _unlike(one, other)
    if not slip and one.symbol != other.symbol:
        return None
    if _is_short_name(subject, one, other):
        return Severity.WARNING
    if all(_is_known(subject, told) for told in (one, other)) or _have_two_places(one, other):
        return None
    if one.days & other.days:
        found = _is_one_of_a_day(paper, one, other, slip=bool(slip))
        certain = not _are_near(one, other) or _is_amended(subject, one, other)
        return _severity(one, certain=certain) if found else None
    if not slip or not one.bare or min(len(one.mentions), len(other.mentions)) > 1:
        return None
    if _stand_together(subject, one, other):
        return Severity.WARNING if _is_amended(subject, one, other) else None
    # Laws are known by their numbers, and a list of numbers gives no days.
    found = bool(other.days) and "qh" not in one.symbol and paper.dates_others(one) and not paper.lists(one)
    certain = one.symbol != other.symbol or _is_amended(subject, one, other)
    return _severity(one, certain=certain) if found else None


def _severity(one: _Cited, *, certain: bool) -> Severity:
    """Less for norms, of which the State issues many a day, and which are often cited without their day."""
    return Severity.WARNING if certain or not one.of_a_year else Severity.NOTE


def _is_one_of_a_day(paper: _Paper, one: _Cited, other: _Cited, *, slip: bool) -> bool:
    """Whether two numbers with one day are those of one document."""
    together = _stand_together(paper.subject, one, other)
    if one.titles and other.titles:
        least = _LONG if slip and not together else _WHOLE
        alike = any(_alike(mine, its, least) for mine in one.titles for its in other.titles)
        return alike and not paper.in_a_row(one)
    if not slip or together or paper.in_a_row(one) or min(len(one.mentions), len(other.mentions)) > 1:
        return False
    if abs(int(one.running) - int(other.running)) != 1:
        return True
    # Two neighbours of one day may be two, as resolutions of a session are; one without a title, where others
    # have one, is not.
    lone = bool(other.titles) and not one.of_a_year and not one.symbol.startswith("/nq")
    return lone and paper.titles_others(one) and not _is_of_scheme(paper.subject, one)


def _is_of_scheme(subject: Subject, cited: _Cited) -> bool:
    """Whether what a document approved is named before it: ``Đề án "Một tỷ cây xanh" theo Quyết định số 12``."""
    return any(_SCHEME_RE.search(_before(subject, mention)) for mention in cited.mentions)


def _is_known(subject: Subject, cited: _Cited) -> bool:
    """Whether the library knows a document of that number: then it is no slip for another one."""
    day = subject.as_of or subject.today
    return subject.library is not None and day is not None and subject.library(cited.mentions[0], day) is not None


def _have_two_places(one: _Cited, other: _Cited) -> bool:
    """Whether all that is said of their bodies tells two of different places or levels."""
    bodies = [(a.issuer, b.issuer) for a in one.mentions for b in other.mentions if a.issuer and b.issuer]
    return bool(bodies) and all(are_of_two_places(mine, its) for mine, its in bodies)


def _alike(one: str, other: str, least: int) -> bool:
    """Whether one title is the other, or as much of its beginning as tells a document."""
    short, long = sorted((fold(title).split() for title in (one, other)), key=len)
    return long[: len(short)] == short and len(short) >= (least if len(short) < len(long) else min(least, _LONG))


def _stand_together(subject: Subject, one: _Cited, other: _Cited) -> bool:
    """Whether both stand in one paragraph: two documents of a list."""
    blocks = [
        {block.span.start for told in cited.mentions if (block := subject.document.block_over(told.span.start))}
        for cited in (one, other)
    ]
    return bool(blocks[0] & blocks[1])


def _before(subject: Subject, one: Citation) -> str:
    """What stands before a mention, in its paragraph."""
    text, start = subject.document.text, one.span.start
    return text[max(text.rfind("\n\n", 0, start) + 1, start - _LEAD) : start]


def _is_amended(subject: Subject, one: _Cited, other: _Cited) -> bool:
    """Whether one is told as what was amended right behind the other: ``A và B sửa đổi một số điều của A``."""
    near = len(subject.citations) if _stand_together(subject, one, other) else _AMENDER
    return any(
        name.of_a_year
        and _AMENDS_RE.search(_before(subject, mention))
        and any(told in cited.mentions for told in _cited_before(subject, mention)[-near:])
        for name, cited in ((one, other), (other, one))
        for mention in name.mentions
    )


def _is_short_name(subject: Subject, one: _Cited, other: _Cited) -> bool:
    """Whether one is told as the short name of the other: ``A … (sau đây gọi tắt là B)``."""
    return any(
        _SHORT_NAME_RE.search(_before(subject, mention))
        and any(told in cited.mentions for told in _cited_before(subject, mention)[-1:])
        for name, cited in ((one, other), (other, one))
        for mention in name.mentions
    )


def _cited_before(subject: Subject, mention: Citation) -> list[Citation]:
    return [told for told in numbered(subject) if told.span.start < mention.span.start]


def _are_near(one: _Cited, other: _Cited) -> bool:
    """Whether two numbers of one day lie so close that both may be: the State issues many a day."""
    return one.symbol == other.symbol and abs(int(one.running) - int(other.running)) < _IN_A_DAY


def _finding(one: _Cited, other: _Cited, severity: Severity, tally: Tally) -> Finding:
    told, meant = one.mentions[0], other.mentions[0]
    tally.failed += 1
    by = _unlike(one, other) or both(" ở số", " in its number")
    return ONE_DOCUMENT.finding(
        (told.span,),
        f"“{told.surface}” khác “{meant.surface}”{by}, dường như là cùng một văn bản",
        f"“{told.surface}” differs from “{meant.surface}”{by.en}, and seems to be the same document",
        stated=told.number,
        expected=meant.number,
        evidence=tuple(mention.span for mention in (*other.mentions[:2], *one.mentions[1:2])),
        suggestion=both("đối chiếu bản gốc để chọn số đúng", "look at the original for the right number"),
        severity=severity,
        page=told.page,
    )


ONE_DOCUMENT = rule("CIT-019", check_one_document)
ONE_DOCUMENT_RULES = (ONE_DOCUMENT,)
