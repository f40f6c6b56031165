"""CIT of a document that is cited under two numbers: one of them has a digit too many, too few, or another one.

Numbers of documents lie close together, so a slip alone says little. It is told where both numbers bear the same
symbol and the same day and are called alike, or where every document of a paper is given its day when it is first
cited (Nghị định 30/2020/NĐ-CP, Phụ lục I), and this one number is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from graphs.checks.citations.citing import numbered, own_day
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Citation, Finding, Severity
from kb.numbers import number_key
from kb.text.normalize import fold

#: So many words of a title tell a document.
_LONG = 6
#: So much of a paper's documents at most lack a day, of so many; more than two of a day are a row of documents.
_UNDATED, _FEWEST, _PAIR = 0.25, 4, 2
#: So many decrees and circulars the State issues in a day; they are often cited without their day.
_IN_A_DAY = 10


@dataclass(frozen=True, slots=True)
class _Cited:
    """A number with all its mentions in a paper: its running number, what stands behind it, days and titles."""

    running: str
    symbol: str
    mentions: tuple[Citation, ...]
    days: frozenset[str]
    titles: tuple[str, ...]


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


def check_one_document(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Kế hoạch số 312/KH-UBND ngày 05/3/2024``, and ``Kế hoạch số 313/KH-UBND``, which is never given a day."""
    cited = _cited(subject) if not subject.is_rule() else []
    undated = [one for one in cited if not one.days and not one.titles]
    whole = len(cited) >= _FEWEST and len(undated) <= _UNDATED * len(cited)
    told: set[str] = set()
    of_day = Counter((one.symbol, day) for one in cited for day in one.days)
    for first, second in combinations(cited, 2):
        if first.symbol != second.symbol or not one_slip(first.running, second.running):
            continue
        one, other = sorted(
            (first, second), key=lambda told: (bool(told.days), bool(told.titles), len(told.mentions))
        )
        several = any(of_day[one.symbol, day] > _PAIR for day in one.days)
        if not several and _is_one(subject, one, other, whole):
            told.add(one.running + one.symbol)
            yield _finding(one, other, tally)
    # A number that is told again as it is was held against itself; one told once bears nothing out.
    tally.held += sum(len(one.mentions) > 1 and one.running + one.symbol not in told for one in cited)


def _is_one(subject: Subject, one: _Cited, other: _Cited, whole: bool) -> bool:
    if _together(subject, one, other) or all(_is_known(subject, told) for told in (one, other)):
        return False
    if one.days & other.days:
        if one.titles and other.titles:
            return any(_alike(mine, its) for mine in one.titles for its in other.titles)
        return len(one.mentions) == 1 and abs(int(one.running) - int(other.running)) != 1
    return whole and not one.days and not one.titles and len(one.mentions) == 1 and bool(other.days)


def _is_known(subject: Subject, cited: _Cited) -> bool:
    """Whether the library knows a document of that number: then it is no slip for another one."""
    day = subject.as_of or subject.today
    return subject.library is not None and day is not None and subject.library(cited.mentions[0], day) is not None


def _alike(one: str, other: str) -> bool:
    """Whether one title is the other, or as much of its beginning as tells a document."""
    short, long = sorted((fold(title).split() for title in (one, other)), key=len)
    return long[: len(short)] == short and (len(short) >= _LONG or len(short) == len(long))


def _together(subject: Subject, one: _Cited, other: _Cited) -> bool:
    """Whether both stand in one paragraph: two documents of a list."""
    blocks = [
        {block.span.start for told in cited.mentions if (block := subject.document.block_over(told.span.start))}
        for cited in (one, other)
    ]
    return bool(blocks[0] & blocks[1])


def _are_near(one: _Cited, other: _Cited) -> bool:
    """Whether two numbers of one day lie so close that both may be: the State issues many a day."""
    return bool(one.days & other.days) and abs(int(one.running) - int(other.running)) < _IN_A_DAY


def _finding(one: _Cited, other: _Cited, tally: Tally) -> Finding:
    told, meant = one.mentions[0], other.mentions[0]
    tally.failed += 1
    return ONE_DOCUMENT.finding(
        (told.span,),
        f"“{told.surface}” khác “{meant.surface}” một chữ số, dường như là cùng một văn bản",
        f"“{told.surface}” differs from “{meant.surface}” in a digit, and seems to be the same document",
        stated=told.number,
        expected=meant.number,
        evidence=tuple(mention.span for mention in other.mentions[:2]),
        suggestion=both("đối chiếu bản gốc để chọn số đúng", "look at the original for the right number"),
        severity=Severity.NOTE if one.symbol[1:5].isdigit() and (not one.days or _are_near(one, other)) else None,
        page=told.page,
    )


ONE_DOCUMENT = rule("CIT-019", check_one_document)
ONE_DOCUMENT_RULES = (ONE_DOCUMENT,)
