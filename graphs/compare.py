"""Two texts side by side: passages that belong together, and the words that differ in them.

Passages are aligned by their number and by what they say, first articles, then what stands in them; what moved to
another article is found last. Nothing is said of what a difference means.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import nlargest
from itertools import groupby, pairwise

from graphs.passages import OPENING, Passage, read_passages
from graphs.words import Run, compare_words
from kb.models import Document

#: How alike two passages must be to be one (shared pairs of words): with the same number, without, after a move.
_ALIKE_SAME_NUMBER, _ALIKE, _ALIKE_ELSEWHERE = 0.2, 0.5, 0.75
#: What the same number and the same heading add.
_NUMBER, _HEADING = 0.1, 0.7
#: Shortest passage (words) that is looked for in other articles.
_LONG = 6
#: Of those that share rare words with a passage, so many are looked at closely.
_NEAREST = 4
#: What stands in more passages than this is not rare.
_COMMON = 40


class Fate(StrEnum):
    """What became of a passage."""

    SAME = "giống"
    CHANGED = "sửa"
    ADDED = "thêm"
    REMOVED = "bỏ"


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of the first text and the one of the second that it became; None where there is none.

    `moved`: it stands elsewhere in the order; `renumbered`: under another number.
    """

    left: Passage | None
    right: Passage | None
    fate: Fate
    moved: bool = False
    renumbered: bool = False
    left_runs: tuple[Run, ...] = ()
    right_runs: tuple[Run, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything of it is not the same."""
        return self.fate is not Fate.SAME or self.moved or self.renumbered


@dataclass(frozen=True, slots=True)
class Section:
    """What stands in one article, item or table of either text; `moved` as a whole."""

    left: str
    right: str
    heading: str
    moved: bool
    pairs: tuple[Pair, ...]

    @property
    def differs(self) -> bool:
        """Whether anything in it is not the same."""
        return self.moved or any(pair.differs for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All sections in the order of the second text, with what only the first has in between; and counts.

    `counts`: same, changed, added and removed passages; moved ones (whole sections count once); renumbered.
    """

    sections: tuple[Section, ...]
    counts: dict[str, int]


def compare_documents(left: Document, right: Document) -> Comparison:
    """How two texts differ, passage by passage."""
    ours, theirs = _sections(read_passages(left)), _sections(read_passages(right))
    pairs = align([_bag(some) for some in ours], [_bag(some) for some in theirs])
    moved = _out_of_order(pairs)
    found: list[tuple[list[Pair], bool]] = []
    for i, j in _in_order(pairs, len(ours), len(theirs), moved):
        inner = _align_passages(ours[i] if i is not None else (), theirs[j] if j is not None else ())
        found.append((inner, i is not None and j is not None and (i, j) in moved))
    _find_moved(found)
    sections = tuple(_section(inner, whole) for inner, whole in found if inner)
    return Comparison(sections, _count(sections))


@dataclass(frozen=True, slots=True)
class Bag:
    """What is compared of a passage or of a section: its number, its heading, its pairs of words."""

    key: str
    heading: str
    shingles: Counter[str]
    text: tuple[str, ...]


def align(left: Sequence[Bag], right: Sequence[Bag]) -> list[tuple[int, int]]:
    """Which of the first belongs to which of the second, by position; each at most once, best fits first."""
    scored = [(_score(left[i], right[j], shared), i == j, i, j) for i, j, shared in _candidates(left, right)]
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    found = []
    for score, _, i, j in sorted(scored, key=lambda one: (-one[0], not one[1], abs(one[2] - one[3]), one[2:])):
        same = bool(left[i].key) and left[i].key == right[j].key
        if i in taken_left or j in taken_right or score < (_ALIKE_SAME_NUMBER + _NUMBER if same else _ALIKE):
            continue
        taken_left.add(i)
        taken_right.add(j)
        found.append((i, j))
    return sorted(found)


def _candidates(left: Sequence[Bag], right: Sequence[Bag]) -> Iterator[tuple[int, int, int]]:
    """Pairs worth a look, with how much they share: same number, same heading, or the most rare pairs of words."""
    places: dict[str, list[int]] = defaultdict(list)
    named: dict[str, list[int]] = defaultdict(list)
    for j, bag in enumerate(right):
        for shingle in bag.shingles:
            places[shingle].append(j)
        for name in _names(bag):
            named[name].append(j)
    for i, bag in enumerate(left):
        weights: dict[int, float] = defaultdict(float)
        for shingle in bag.shingles:
            here = places.get(shingle, ())
            if len(here) <= _COMMON:  # what stands everywhere tells nothing, and would cost most
                for j in here:
                    weights[j] += 1 / len(here)
        near = set(nlargest(_NEAREST, weights, key=lambda j: (weights[j], -abs(i - j))))
        near.update(j for name in _names(bag) for j in named.get(name, ())[:_COMMON])
        for j in sorted(near):
            yield i, j, sum(min(count, right[j].shingles.get(one, 0)) for one, count in bag.shingles.items())


def _names(bag: Bag) -> set[str]:
    return {f"#{bag.key}", bag.heading} - {"", "#"}


def _score(left: Bag, right: Bag, shared: int) -> float:
    number = _NUMBER if left.key and left.key == right.key else 0.0
    if left.text == right.text:
        return 1.0 + number
    total = sum(left.shingles.values()) + sum(right.shingles.values())
    alike = 2 * shared / total if total else 0.0
    if left.heading and left.heading == right.heading:
        alike = max(alike, _HEADING + (1 - _HEADING) * alike)
    return alike + number


def _bag(passages: Sequence[Passage]) -> Bag:
    tokens = tuple(token.lower() for passage in passages for token in passage.tokens)
    heading = " ".join(passages[0].heading.lower().split())
    return Bag(passages[0].group, heading, _shingles(tokens), tokens)


def _passage_bag(passage: Passage) -> Bag:
    tokens = tuple(token.lower() for token in passage.tokens)
    return Bag(passage.key, "", _shingles(tokens), tokens)


def _shingles(tokens: Sequence[str]) -> Counter[str]:
    return Counter(f"{one} {other}" for one, other in pairwise(tokens)) or Counter(tokens)


def _sections(passages: Iterable[Passage]) -> list[list[Passage]]:
    return [list(some) for _, some in groupby(passages, key=lambda passage: passage.group)]


def _align_passages(left: Sequence[Passage], right: Sequence[Passage]) -> list[Pair]:
    pairs = align([_passage_bag(one) for one in left], [_passage_bag(one) for one in right])
    if left and right and left[0].key == right[0].key == OPENING and not {0} & {i for pair in pairs for i in pair}:
        pairs.insert(0, (0, 0))  # of one article, however little of its opening words is left
    moved = _out_of_order(pairs)
    found = []
    for i, j in _in_order(pairs, len(left), len(right), moved):
        one, other = left[i] if i is not None else None, right[j] if j is not None else None
        found.append(_pair(one, other, i is not None and j is not None and (i, j) in moved))
    return found


def _pair(left: Passage | None, right: Passage | None, moved: bool) -> Pair:
    if left is None or right is None:
        return Pair(left, right, Fate.REMOVED if right is None else Fate.ADDED)
    renumbered = left.key != right.key
    if left.tokens == right.tokens:
        return Pair(left, right, Fate.SAME, moved, renumbered)
    return Pair(left, right, Fate.CHANGED, moved, renumbered, *compare_words(left.text, right.text))


def _out_of_order(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The pairs outside the longest run that stands in one order in both texts: the fewest that must have moved.

    >>> sorted(_out_of_order([(0, 1), (1, 2), (2, 0), (3, 3)]))
    [(2, 0)]
    """
    best: list[tuple[int, int]] = []  # length of the longest run that ends here, where it came from
    for at, (_, j) in enumerate(pairs):
        before = [(best[k][0], k) for k in range(at) if pairs[k][1] < j]
        length, where = max(before, key=lambda one: (one[0], one[1]), default=(0, -1))
        best.append((length + 1, where))
    at = max(range(len(best)), key=lambda one: best[one][0], default=-1)
    kept = set()
    while at >= 0:
        kept.add(pairs[at])
        at = best[at][1]
    return set(pairs) - kept


def _in_order(
    pairs: Sequence[tuple[int, int]], left: int, right: int, moved: set[tuple[int, int]]
) -> Iterator[tuple[int | None, int | None]]:
    """The pairs in the order of the second text; what only the first has stands where it stood between those."""
    of_right = {j: i for i, j in pairs}
    taken = set(of_right.values())
    lone = [i for i in range(left) if i not in taken]
    stops = [(i, j) for i, j in pairs if (i, j) not in moved]
    for j in range(right):
        while stops and stops[0][1] < j:
            stops.pop(0)
        # What is gone stands before what came in its place.
        while lone and lone[0] < (stops[0][0] if stops else left):
            yield lone.pop(0), None
        yield of_right.get(j), j
    for i in lone:
        yield i, None


def _find_moved(found: list[tuple[list[Pair], bool]]) -> None:
    """Join what one section lost and another one got, where the words are nearly the same."""

    def lone(wanted: Callable[[Pair], Passage | None], fate: Fate) -> list[tuple[int, int, Passage]]:
        return [
            (at, place, passage)
            for at, (inner, _) in enumerate(found)
            for place, pair in enumerate(inner)
            if pair.fate is fate and (passage := wanted(pair)) is not None and len(passage.tokens) >= _LONG
        ]

    gone, come = lone(lambda pair: pair.left, Fate.REMOVED), lone(lambda pair: pair.right, Fate.ADDED)
    left, right = ([replace(_passage_bag(one), key="") for _, _, one in some] for some in (gone, come))
    dropped: dict[int, set[int]] = defaultdict(set)
    for i, j in align(left, right):
        shared = sum((left[i].shingles & right[j].shingles).values())
        if _score(left[i], right[j], shared) < _ALIKE_ELSEWHERE:
            continue
        at, place, passage = come[j]
        found[at][0][place] = replace(_pair(gone[i][2], passage, moved=True), renumbered=True)
        dropped[gone[i][0]].add(gone[i][1])
    for at, places in dropped.items():
        found[at] = [pair for place, pair in enumerate(found[at][0]) if place not in places], found[at][1]


def _section(pairs: Sequence[Pair], moved: bool) -> Section:
    left = next((pair.left for pair in pairs if pair.left and not _elsewhere(pair)), None)
    right = next((pair.right for pair in pairs if pair.right), None)
    named = right or left
    heading = named.heading if named else ""
    return Section(
        left.group_label if left else "", right.group_label if right else "", heading, moved, tuple(pairs)
    )


def _elsewhere(pair: Pair) -> bool:
    return bool(pair.moved and pair.left and pair.right and pair.left.group != pair.right.group)


def _count(sections: Iterable[Section]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for section in sections:
        counts["moved"] += section.moved
        for pair in section.pairs:
            counts[pair.fate.name.lower()] += 1
            counts["moved"] += pair.moved
            counts["renumbered"] += pair.renumbered and not pair.moved
    return {name: counts[name] for name in ("same", "changed", "added", "removed", "moved", "renumbered")}
