"""FIG of shares told one after another: ``khỏi 15.516 (60,0%); đỡ 8.275 (34,0%); chuyển tuyến 1.293 (5,0%)``.

Shares of one list are of one whole, told before it or not: each says between what numbers that lies. Where all but
one agree, that one is wrong. A share of what words behind it name ("bằng 45,1% chi thường xuyên") is one of that.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import is_rate_slip, percent, places_of, rounds_to, show
from graphs.checks.reading.named import GENERAL, names_of, thing_words
from graphs.checks.reading.prose import Stated, everywhere, value_as_printed
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding

_OPENED_RE = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,7}?(?:[^\W\d_]+\s*)?(?:\(\s*(?:chiếm\s+)?|,\s*(?P<bare>chiếm)\s+)(?:tỷ lệ\s+)?"
)
#: A share that is said without brackets, and nothing of what.
_CLOSED_RE = re.compile(r"\s*(?:[;,.]|$)")
_FEWEST, _FEWEST_UNTOLD = 3, 4
_OF_RE = re.compile(r"\s*(?:của\s+)?(?:tổng\s+(?:số\s+)?)?(?P<of>[^\d,;.()%]{6,45})")
_ITEM_RE = re.compile(r"\s*(?:[-+*•–]|\(?(?:[a-zđ]|\d{1,2})[.)])\s")
#: How many figures before a list, and how far before a share, its whole is looked for.
_REACH = 40
_BEFORE = 400
_LEAST_WORDS = 2
#: What leads to all the parts of a structure, and what stands before each of them.
_STRUCTURE_RE = re.compile(r"\bcơ cấu\b[^.;:%]{0,80}?(?::|\blà\b|\bgồm\b)(?=[^.;:%]{2,60}?\d)", re.IGNORECASE)
#: What leads to where money comes from: sources do not overlap, but some may be left out.
_SOURCES_RE = re.compile(
    r"\b(?:kinh phí|vốn|nguồn lực)\b(?:[^.;%]|\.(?=\d)){0,120}?\b(?:trong đó|gồm)\b:?"
    r"(?=\s+(?:nguồn|vốn|ngân sách)\b[^.;:%\d]{2,60}?\bchiếm\s)",
    re.IGNORECASE,
)
_SOURCE_RE = re.compile(r"\b(?:nguồn|vốn|ngân sách|xã hội hóa|đóng góp|huy động)\b", re.IGNORECASE)
_PART_RE = re.compile(
    r"[,;]?\s*(?:và\s+)?(?:(?!\b(?:trong đó|tăng|giảm|so với|từ|đạt trên|riêng|còn lại)\b)[^;:.()%\d]){2,80}",
    re.IGNORECASE,
)
#: What may stand behind the last share, marks of notes too.
_END = " .;)*⁰¹²³⁴⁵⁶⁷⁸⁹"
#: So far from all, shares are not those of one structure.
_ALL, _FAR = Decimal(100), Decimal(20)

_Pair = tuple[Figure, Figure]


def check_lists_of_shares(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Shares told one after another are of one whole."""
    before: deque[Figure] = deque(maxlen=_REACH)
    items = _Items()
    texts = tuple(everywhere(subject)) if not subject.is_rule() else ()
    for where in texts:
        pairs_here = list(lists_of_shares(where))
        if not items.takes(where, pairs_here, before):
            yield from _of_one_whole(items.told, items.pairs, tally)
            items = _Items()
            items.takes(where, pairs_here, before)
        for pairs in pairs_here:
            yield from _of_one_whole(_told_before(where, pairs, before), pairs, tally)
        yield from _of_what_is_named(where, texts, tally)
        yield from _of_a_structure(where, tally)
        before.extend(one for one in where.figures if one.unit != "%" and not one.of)
    yield from _of_one_whole(items.told, items.pairs, tally)


class _Items:
    """Items of a list that follow each other, each a count with its share, and what was told before the first."""

    def __init__(self) -> None:
        self.pairs: list[_Pair] = []
        self.told: list[Figure] = []

    def takes(self, where: Stated, lists: Sequence[Sequence[_Pair]], before: Iterable[Figure]) -> bool:
        """Whether a paragraph goes on with the list; one that begins a list is taken by an empty one."""
        if not _ITEM_RE.match(where.text) or len(lists) != 1 or len(lists[0]) != 1:
            return False
        if self.pairs and lists[0][0][0].unit != self.pairs[0][0].unit:
            return False
        if not self.pairs:
            self.told = list(before)
        self.pairs += lists[0]
        return True


def lists_of_shares(where: Stated) -> Iterator[list[_Pair]]:
    """The counts of each sentence with their shares in brackets, of one unit."""
    found: dict[tuple[int, str], list[_Pair]] = {}
    for count, share in pairwise(where.figures):
        if share.unit != "%" or count.unit == "%" or count.of or share.bound:
            continue
        opened = _OPENED_RE.fullmatch(where.between(count, share))
        if opened and (not opened["bare"] or _CLOSED_RE.match(where.text, where.end(share))):
            key = (where.sentence_end(where.end(count)), count.unit or "")
            found.setdefault(key, []).append((count, share))
    yield from found.values()


def _between(pair: _Pair) -> tuple[Decimal, Decimal]:
    """The least and the most that the whole of a count and its rounded share may be."""
    count, share = (Decimal(one.value) for one in pair)
    half = Decimal(1).scaleb(-places_of(value_as_printed(pair[1]))) / 2
    low = count * 100 / (share + half)
    return low, count * 100 / (share - half) if share > half else Decimal("Infinity")


def _told_before(where: Stated, pairs: Sequence[_Pair], before: Iterable[Figure]) -> list[Figure]:
    first = where.start(pairs[0][0])
    here = (one for one in where.figures if where.end(one) <= first and one.unit != "%" and not one.of)
    return [*before, *here]


def _of_one_whole(told: Sequence[Figure], pairs: Sequence[_Pair], tally: Tally) -> Iterator[Finding]:
    if len(pairs) < _FEWEST:
        return
    reaches = [_between(pair) for pair in pairs]
    unit = pairs[0][0].unit
    wholes = [Decimal(one.value) for one in told if not unit or not one.unit or one.unit == unit]
    edges = [edge for reach in reaches for edge in reach if edge.is_finite()]
    best: tuple[int, Decimal] = (0, Decimal(0))
    for at, whole in enumerate((*reversed(wholes), *edges)):
        fits = sum(low <= whole <= high for low, high in reaches)
        enough = fits >= (_FEWEST - 1 if at < len(wholes) else _FEWEST_UNTOLD - 1)
        if enough and fits > best[0]:
            best = (fits, whole)
    fits, whole = best
    tally.held += fits
    if len(pairs) - fits != 1 or not fits:
        return
    count, share = next(pair for pair, (low, high) in zip(pairs, reaches, strict=True) if not low <= whole <= high)
    others = tuple(one.span for pair in pairs for one in pair if pair[1] is not share)
    worked = percent(count.value, str(whole)) or Decimal(0)
    if rounds_to(worked, value_as_printed(share)):  # cut, that the shares make 100% say
        tally.held += 1
        return
    exact = show(worked)
    tally.failed += 1
    yield SHARES.finding(
        (share.span,),
        f"ghi {count.printed} ({share.printed}), nhưng các tỷ lệ kê cạnh là của {show(whole)}: {exact}%",
        f"{count.printed} ({share.printed}) is stated, but the shares beside it are of {show(whole)}: {exact}%",
        stated=share.printed,
        expected=f"{exact}%",
        evidence=(count.span, *others),
        suggestion=both("đối chiếu số liệu và tỷ lệ", "compare the figures and the rate"),
        page=share.page,
    )


def _of_what_is_named(where: Stated, texts: Sequence[Stated], tally: Tally) -> Iterator[Finding]:
    """``Chi thường xuyên 21.980 … giáo dục 9.120, bằng 45,1% chi thường xuyên``.

    What only another paragraph names so gives a rate that is wrong where it is a slip away.
    """
    for at, (part, rate) in enumerate(pairwise(where.figures)):
        if rate.unit != "%" or part.unit == "%" or part.of or part.bound or rate.bound:
            continue
        if not re.fullmatch(r"[^.;()\d%]{0,30},?\s*(?:bằng|chiếm|đạt)\s+(?:tỷ lệ\s+)?", where.between(part, rate)):
            continue
        named = _OF_RE.match(where.text, where.end(rate))
        words = thing_words(named["of"]) if named else frozenset()
        if len(words - GENERAL) < _LEAST_WORDS:
            continue
        wholes = [
            one
            for one in where.figures[:at]
            if where.start(part) - where.end(one) < _BEFORE
            and one.unit == part.unit
            and not (one.of or one.bound)
            and any(
                name and words == name - thing_words(one.unit or "")
                for name in names_of(one, where.text[: where.start(one)])
            )
        ]
        near = bool(wholes)
        wholes = wholes or list(_named_far(where, part, words, texts))
        if len({one.value for one in wholes}) != 1:
            continue
        exact = percent(part.value, wholes[0].value)
        if exact is None or rounds_to(exact, value_as_printed(rate)):
            tally.held += 1
            continue
        if not near and not is_rate_slip(exact, value_as_printed(rate)):
            continue
        tally.failed += 1
        sum_ = f"{part.printed} / {wholes[0].printed} = {show(exact)}%"
        yield SHARES.finding(
            (rate.span,),
            f"ghi {rate.printed}, nhưng {sum_}",
            f"{rate.printed} is stated, but {sum_}",
            stated=rate.printed,
            expected=f"{show(exact)}%",
            evidence=(part.span, wholes[0].span),
            suggestion=both("đối chiếu số liệu và tỷ lệ", "compare the figures and the rate"),
            page=where.block.page,
        )


def _named_far(where: Stated, part: Figure, words: frozenset[str], texts: Sequence[Stated]) -> Iterator[Figure]:
    """The larger figures of its unit that other paragraphs call by words."""
    for other in texts:
        for one in other.figures if other is not where else ():
            larger = (
                one.unit == part.unit and not (one.of or one.bound) and Decimal(one.value) > Decimal(part.value)
            )
            if larger and any(words <= name for name in names_of(one, other.text[: other.start(one)])):
                yield one


def _of_a_structure(where: Stated, tally: Tally) -> Iterator[Finding]:
    """``Cơ cấu kinh tế: nông nghiệp 30,2%; công nghiệp 33,5%; dịch vụ 46,3%``: parts of a structure make 100%."""
    structures = _STRUCTURE_RE.finditer(where.text) if "ơ cấu" in where.text else ()
    sources = _SOURCES_RE.finditer(where.text) if "chiếm" in where.text else ()
    for opened in (*structures, *sources):
        limit = where.sentence_end(opened.end())
        parts = [one for one in where.figures if opened.end() <= where.start(one) < limit]
        places = [opened.end(), *map(where.end, parts)]
        gaps = [where.text[low : where.start(one)] for low, one in zip(places, parts, strict=False)]
        listed = all(_PART_RE.fullmatch(gap) for gap in gaps) and not where.text[places[-1] : limit].strip(_END)
        if opened.re is _SOURCES_RE and not all(map(_SOURCE_RE.search, gaps)):
            continue
        if len(parts) < _FEWEST or not listed or any(one.unit != "%" or one.bound or one.of for one in parts):
            continue
        sum_ = sum((Decimal(one.value) for one in parts), Decimal(0))
        slack = sum((Decimal(1).scaleb(-places_of(value_as_printed(one))) for one in parts), Decimal(0)) / 2
        if abs(sum_ - _ALL) <= slack:
            tally.held += 1
        elif abs(sum_ - _ALL) < _FAR and (sum_ > _ALL or opened.re is _STRUCTURE_RE):
            tally.failed += 1
            words = " + ".join(one.printed for one in parts)
            yield SHARES.finding(
                tuple(one.span for one in parts),
                f"các tỷ lệ của một cơ cấu cộng lại phải bằng 100%: {words} = {show(sum_)}%",
                f"the shares of a structure must make 100%: {words} = {show(sum_)}%",
                stated=f"{show(sum_)}%",
                expected="100%",
                suggestion=both("xem tỷ lệ nào gõ sai", "see which of the shares is mistyped"),
                page=where.block.page,
            )


SHARES = rule("FIG-230", check_lists_of_shares)
SHARES_RULES = (SHARES,)
