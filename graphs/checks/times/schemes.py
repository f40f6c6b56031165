"""FIG of schemes told by their years: one scheme, or review, under two spans; one of years gone by as a task.

Spans that do not meet are of two schemes, one after the other; a span of five-year steps inside another is a phase
of it. What is left of spans that overlap is a slip of a digit, or a scheme taken for another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations

from graphs.checks.reading.forms import occurrences
from graphs.checks.reading.named import plain_name, surroundings, thing_words
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.times.time_of_report import times_of_figures
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity, Span
from kb.text.sentences import split_sentences

_KINDS = r"Chương trình|Kế hoạch|Đề án|Chiến lược|Dự án|Quy hoạch|Phương án|Lộ trình"
_GOALS = r"mục tiêu|chỉ tiêu|nhiệm vụ"
_YEARS = r"(?P<low>(?:19|20)\d\d)\s*[-–—]\s*(?P<high>(?:19|20)\d\d)(?![\d/])"
_SPAN_RE = re.compile(rf"(?:[Gg]iai\s+đoạn|GIAI\s+ĐOẠN)\s+{_YEARS}")
#: A review of several years: "tổng kết 10 năm (2014 - 2023) triển khai …", "đánh giá kết quả … giai đoạn …".
_REVIEW = r"(?:tổng kết|sơ kết|đánh giá)(?:\s+(?:kết quả|tình hình|việc))*"
_DOING = r"(?:\s+(?:thực hiện|triển khai|tổ chức))*"
#: What a span of years is of: the last of these words before it begins its name.
_KIND_RE = re.compile(
    rf"\b(?:(?:{_KINDS})(?!\s+(?:phối hợp|công tác))|{_GOALS}|(?P<review>{_REVIEW}){_DOING})\b", re.IGNORECASE
)
#: Before a scheme: what came of it is told, up to the time of the paper.
_CAME_OF_RE = re.compile(r"\b(?:kết quả|tình hình|sơ kết|tổng kết|đánh giá)\s[^.;:]{0,40}$", re.IGNORECASE)
_NAME_RE = re.compile(r"[^.;:()“”\"\d]{8,150}")
_AGO_RE = re.compile(rf"năm \({_YEARS}\){_DOING}(?P<name>[^.;:()“”\"\d]{{8,90}})")
_SINCE_RE = re.compile(r"\s+(?:từ|trong|đến)(?:\s+năm)?\s*$")
_BEFORE_AGO_RE = re.compile(rf"\b(?P<review>{_REVIEW})\s+\d\d?\s+$", re.IGNORECASE)
#: Where a thing is, behind its name.
_PLACE_RE = re.compile(
    r"\s(?:của|trên\s+địa\s+bàn|tại)\s+(?:các\s+|toàn\s+)?(?:tỉnh|thành\s+phố|huyện)\b.*", re.DOTALL
)
#: Words that tell a phase of a longer scheme.
_PHASE_RE = re.compile(r"(?:[Gg]iai|GIAI)\s+(?:đoạn|ĐOẠN)\s+(?:I+|\d|đầu|thứ nhất)\b(?![\d\s]*[-–])")
_OF_PROVINCE_RE = re.compile(r"\b(?:tỉnh|thành phố|huyện|thị xã|quận)\b", re.IGNORECASE)
_STEP, _BACK, _REVIEW_LONG, _FEWEST, _MORE, _OFTEN = 5, 200, 60, 4, 2, 2


@dataclass(frozen=True, slots=True)
class _Named:
    """A span of years with what it is of: its kind, its words in order, whether a province is named with it.

    `reviewed`: it is told what came of it, which may be over fewer years than it has.
    """

    kind: str
    goal: bool
    words: tuple[str, ...]
    known: frozenset[str]
    local: bool
    low: int
    high: int
    printed: str
    span: Span
    reviewed: bool = False

    @property
    def years(self) -> tuple[int, int]:
        """Its first and last year."""
        return self.low, self.high


def check_spans_of_schemes(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Chương trình hỗ trợ … giai đoạn 2021-2025`` is not told of 2021-2026 elsewhere."""
    named: dict[tuple[object, ...], list[_Named]] = {}
    for found in _named(subject) if not subject.is_consolidated() else ():
        named.setdefault((found.kind, found.words, found.local, found.low, found.high), []).append(found)
    phased = cache(lambda: _PHASE_RE.search(subject.document.reading.text) is not None)
    alike = list(named.values())
    same: list[list[list[_Named]]] = [[one] for one in alike]
    for (at, one), (behind, other) in combinations(enumerate(alike), 2):
        if _one_thing(one[0], other[0]):
            same[at].append(other)
            same[behind].append(one)
    groups: dict[tuple[int, int], list[tuple[list[_Named], _Named]]] = {}
    for one, others in zip(alike, same, strict=True):
        told = Counter[tuple[int, int]]()
        for other in others:
            told[other[0].years] += len(other)
        wrong = [
            other[0]
            for other in others
            if _two_spans(one[0], other[0], told, phased) and not _is_review(one[0], other[0], subject)
        ]
        tally.held += len(one) if not wrong and told.total() > 1 else 0
        # The span that is told less often, or later, is the one to look at.
        rank = (told[one[0].years], -one[0].span.start)
        if wrong and rank <= min((told[other.years], -other.span.start) for other in wrong):
            groups.setdefault(one[0].years, []).append((one, wrong[0]))
    yield from _told_once(groups, tally)
    yield from _times_of_figures(subject, tally)


def _times_of_figures(subject: Subject, tally: Tally) -> Iterator[Finding]:
    for one, other in times_of_figures(subject) if not subject.is_rule() else ():
        if one.days == other.days:
            tally.held += 1
            continue
        tally.failed += 1
        yield SPANS.finding(
            (other.span,),
            f"thời gian lấy số liệu ghi “{other.printed}”, chỗ khác ghi “{one.printed}”",
            f"the time of the figures is “{other.printed}”, elsewhere “{one.printed}”",
            stated=other.printed,
            expected=one.printed,
            evidence=(one.span,),
            suggestion=both("ghi thống nhất thời gian lấy số liệu", "write one time of the figures"),
        )


def _told_once(
    groups: Mapping[tuple[int, int], Sequence[tuple[list[_Named], _Named]]], tally: Tally
) -> Iterator[Finding]:
    """Of two spans one finding, with all places of the one that is to be looked at."""
    seen: set[frozenset[tuple[int, int]]] = set()
    for years, pairs in groups.items():
        other = pairs[0][1]
        key = frozenset((years, other.years))
        if key not in seen:
            seen.add(key)
            tally.failed += 1
            first, *again = [place for places, _ in pairs for place in places]
            yield _finding(first, other, again)


def _named(subject: Subject) -> Iterator[_Named]:
    """The spans of years of a paper that say what they are of."""
    reading = subject.document.reading
    text = reading.text
    for found in _SPAN_RE.finditer(text):
        before = text[max(0, found.start() - _BACK) : found.start()].rstrip(" ,\n")
        for kind in reversed(list(_KIND_RE.finditer(before))):
            name = before[kind.end() :]
            if _NAME_RE.fullmatch(name):
                printed = " ".join(f"{kind.group()}{name} {found.group()}".split())
                word = "" if kind["review"] else kind.group().lower()
                made = _made(word, name, found, printed, reading.hull(*found.span()))
                yield replace(made, reviewed=bool(_CAME_OF_RE.search(before[: kind.start()])))
                break
    for at in occurrences(text, "năm ("):
        ago, before_it = _AGO_RE.match(text, at), _BEFORE_AGO_RE.search(text, max(0, at - _REVIEW_LONG), at)
        if ago and before_it:
            said = f"{before_it['review']} ({ago['low']} - {ago['high']}){ago.group().partition(')')[2]}"
            printed = _SINCE_RE.sub("", " ".join(said.split()))
            yield _made("", _SINCE_RE.sub("", ago["name"]), ago, printed, reading.hull(*ago.span()))


def _made(kind: str, name: str, years: re.Match[str], printed: str, span: Span) -> _Named:
    local = bool(_OF_PROVINCE_RE.search(name))
    name = _PLACE_RE.sub("", name)
    kept = thing_words(name)
    words = tuple(word for word in re.findall(r"[^\W\d_]+", plain_name(name)) if word in kept)
    goal = bool(re.fullmatch(_GOALS, kind))
    low, high = int(years["low"]), int(years["high"])
    return _Named(kind, goal, words, frozenset(words), local, low, high, printed, span)


def _one_thing(one: _Named, other: _Named) -> bool:
    """Whether two names are of one thing: they are the same but for a word or two, or one opens the other."""
    mine, others = one.known, other.known
    if min(len(mine), len(others)) < _FEWEST or (not one.kind) != (not other.kind):
        return False
    if one.kind != other.kind and not one.goal and not other.goal:
        return False
    short, long = sorted((one.words, other.words), key=len)
    if not one.kind and short == long[: len(short)]:
        return True
    return (mine <= others or others <= mine) and len(mine ^ others) <= _MORE


def _two_spans(
    one: _Named, other: _Named, told: Mapping[tuple[int, int], int], phased: Callable[[], bool]
) -> bool:
    """Whether two spans of one thing cannot both be right."""
    if one.years == other.years or one.high < other.low or other.high < one.low:
        return False
    low, high = abs(one.low - other.low), abs(one.high - other.high)
    inside = one.low <= other.low <= other.high <= one.high or other.low <= one.low <= one.high <= other.high
    if not inside:
        return True
    if low % _STEP == 0 and high % _STEP == 0:
        # A phase of a longer scheme, but where the very name is told of the whole again and again.
        same = one.words == other.words and one.kind == other.kind and one.local == other.local
        few, many = sorted((told[one.years], told[other.years]))
        return same and few == 1 and many > _OFTEN and not phased()
    return low == 0


def _is_review(one: _Named, other: _Named, subject: Subject) -> bool:
    """Whether of two spans from one year on the shorter one ends with the time that a paper is of."""
    short, long = sorted((one, other), key=lambda named: named.high)
    year = subject.as_of.year if subject.as_of else 0
    return short.reviewed and not long.reviewed and short.low == long.low and year - 1 <= short.high <= year


def _finding(one: _Named, other: _Named, again: Sequence[_Named]) -> Finding:
    return SPANS.finding(
        (one.span,),
        f"ghi “{one.printed}”, chỗ khác ghi “{other.printed}”: hai giai đoạn của cùng một việc",
        f"“{one.printed}” is stated, elsewhere “{other.printed}”: two spans of years of one thing",
        stated=f"{one.low}-{one.high}",
        expected=f"{other.low}-{other.high}",
        evidence=(other.span, *(place.span for place in again)),
        suggestion=both(
            "đối chiếu giai đoạn với văn bản ban hành chương trình, kế hoạch",
            "hold the years against the document that issued the scheme",
        ),
    )


#: A heading under which tasks to come are set, with its first year.
_TASKS_RE = re.compile(r"nhiệm\s+vụ|phương\s+hướng|giải\s+pháp|định\s+hướng", re.IGNORECASE)
#: A task that a sentence or a clause of it sets.
_DO_RE = re.compile(
    r"(?:^|[.;,]\s+)\W*(?:tiếp\s+tục\s+)?(?:tập\s+trung\s+|tổ\s+chức\s+|đẩy\s+mạnh\s+)*(?:triển\s+khai|thực\s+hiện"
    r"|hoàn\s+thành|phấn\s+đấu)\b",
    re.IGNORECASE,
)
_UNTIL_RE = re.compile(rf"(?:[Gg]iai\s+đoạn\s+{_YEARS}|\bnăm\s+(?P<year>20\d\d)\b(?![\s\d]*[-–]))")
_SCHEME_RE = re.compile(rf"\b(?:{_KINDS})\s[^.;:()\d]{{8,150}}$")
#: What is done with a scheme that is over: it is told of, settled, gone on with.
_OVER_RE = re.compile(
    r"\b(?:tổng\s+kết|sơ\s+kết|đánh\s+giá|kế\s+thừa|phát\s+huy|kết\s+quả\s+(?:của|thực)|hạn\s+chế|quyết\s+toán"
    r"|kéo\s+dài|chuyển\s+tiếp|chuyển\s+sang|thay\s+thế|bài\s+học|tiếp\s+nối|đã|sau\s+khi)\b",
    re.IGNORECASE,
)
#: A scheme that looks beyond its years.
_VIEW_RE = re.compile(r"\W*(?:định\s+hướng|tầm\s+nhìn)", re.IGNORECASE)
_NEAR = 60


def check_tasks_of_past_schemes(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Under ``nhiệm vụ giai đoạn 2026-2030`` no task is to carry out a plan of 2021-2025."""
    if subject.is_rule():
        return
    places = surroundings(subject.document)
    heads = (*(unit.heading for unit in subject.document.units), *chain(*places.leads.values()))
    if not any(map(_begins, frozenset(heads))):
        return
    for block in subject.document.blocks:
        text = subject.document.block_text(block) if block.kind is BlockKind.TEXT else ""
        schemes = list(_schemes(text))
        begins = max(map(_begins, places.over(block)), default=0) if schemes else 0
        for start, end, last in schemes if begins else ():
            low = next((low for low, high in split_sentences(text) if low <= start < high), 0)
            before = text[low:start]
            if not _DO_RE.search(before) or _OVER_RE.search(before.rpartition(";")[2][-_NEAR:]):
                continue
            if last >= begins:
                tally.held += 1
                continue
            tally.failed += 1
            printed = " ".join(text[start:end].split())
            yield PAST.finding(
                (subject.document.reading.hull(block.view.start + start, block.view.start + end),),
                f"nhiệm vụ từ năm {begins} lại là thực hiện “{printed}”, chỉ đến năm {last}",
                f"a task from {begins} on is to carry out “{printed}”, which ends in {last}",
                stated=str(last),
                expected=f">= {begins}",
                suggestion=both(
                    "dẫn chương trình, kế hoạch của giai đoạn mới, hoặc nói rõ phần việc chuyển tiếp",
                    "cite the scheme of the new years, or say what is carried over",
                ),
                page=block.page,
                severity=Severity.NOTE if _VIEW_RE.match(text, end) else None,
            )


def _schemes(text: str) -> Iterator[tuple[int, int, int]]:
    """The schemes that a text names with their years: where each begins and ends, and its last year."""
    for found in _UNTIL_RE.finditer(text):
        name = _SCHEME_RE.search(text, max(0, found.start() - _BACK), found.start())
        if name is not None:
            yield name.start(), found.end(), int(found["high"] or found["year"])


def _begins(head: str) -> int:
    """The first year of the tasks that a heading announces, of several spans the latest; 0 for none."""
    spans = _SPAN_RE.finditer(head) if _TASKS_RE.search(head) else ()
    return max((int(years["low"]) for years in spans), default=0)


SPANS = rule("FIG-282", check_spans_of_schemes)
PAST = rule("FIG-283", check_tasks_of_past_schemes)
SCHEME_RULES = (SPANS, PAST)
