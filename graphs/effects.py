"""What expired or changes soon among the works that held documents rest on, and which documents those are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphs.lives import Lives
from graphs.trace import BASES
from kb.models import Change
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.resting import ended_works, resting_on_changed
from kb.store.store import Store
from kb.validity import PARTS, Event, Validity, Word, covers, status_at

#: Kinds of turns, in Vietnamese.
END, PART, SUSPENSION, START = "hết hiệu lực", "đổi một phần", "ngưng, tiếp tục", "bắt đầu"
#: Changes that are turns in a life; a first day of force is one only while it is ahead.
_TURNING = PARTS | {Change.SUSPEND, Change.RESUME, Change.MOVE, Change.DETAILS, Change.INSERT}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: turns of ISO days from `since` (None: from ever) to `until`, seen from `today`.

    `kinds`: only these kinds (none: all); `everything`: documents that only cite a work count too, not only those
    that rest on it; `ended_too`: documents that have ended themselves count too.
    """

    since: str | None
    until: str
    today: str
    kinds: frozenset[str] = frozenset()
    everything: bool = False
    ended_too: bool = False


@dataclass(frozen=True, slots=True)
class Resting:
    """A held document that rests on a work: how, on which parts of it, where it says so first, how often.

    `touched`: the turn concerns the very parts that it names; `late`: it was issued when the work had ended.
    """

    work: rows.Record
    relations: tuple[str, ...]
    places: tuple[str, ...]
    unit: str | None
    count: int
    touched: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One day in the life of a work: what it becomes, by which events (none is sure where a start is by law)."""

    work: str
    on: str
    kind: str
    before: Word
    after: Word
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A turn with its work, the works that did it by id, and the documents that rest on it."""

    turn: Turn
    work: rows.Record
    acting: dict[str, rows.Record]
    resting: tuple[Resting, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """The rows of one page, and how many turns there are of each kind, before today's and after."""

    rows: tuple[Row, ...]
    total: int
    kinds: dict[str, int]
    ahead: int


def read_effects(store: Store, wish: Wish, limit: int = 50, offset: int = 0) -> Effects:
    """The turns that are asked for: those ahead first, the nearest first; then the past ones, latest first."""
    with said(), store.connect() as connection:
        resting = resting_on_changed(connection, None if wish.everything else BASES)
        if not wish.ended_too:
            gone = ended_works(connection, wish.today)
            kept = {
                work: {one: day for one, day in ours.items() if one not in gone} for work, ours in resting.items()
            }
            resting = {work: ours for work, ours in kept.items() if ours}
        lives = Lives(connection)
        lives.read(sorted(resting))
        turns = (turn for work in sorted(resting) for turn in _turns(lives.validity(work), work, wish))
        found = [turn for turn in turns if _concerned(turn, resting[turn.work])]
        kinds: dict[str, int] = defaultdict(int)
        for turn in found:
            kinds[turn.kind] += 1
        wanted = [turn for turn in found if not wish.kinds or turn.kind in wish.kinds]
        ahead = sorted((turn for turn in wanted if turn.on > wish.today), key=lambda turn: (turn.on, turn.work))
        past = sorted((turn for turn in wanted if turn.on <= wish.today), key=lambda turn: turn.on, reverse=True)
        shown = (ahead + past)[offset : offset + limit]
        return Effects(tuple(_rows(connection, lives, shown, resting, wish)), len(wanted), dict(kinds), len(ahead))


def _turns(validity: Validity, work: str, wish: Wish) -> Iterator[Turn]:
    """The days of a life that fall into the window, each with its events."""
    by_day: dict[str, list[Event]] = defaultdict(list)
    for part in validity.intervals:
        for event in part.events:
            ahead = event.change is Change.START and (event.on or "") > wish.today
            if event.on and event not in validity.conflicts and (event.change in _TURNING or ahead):
                by_day[event.on].append(event)
    # A suspension that runs out has no event of its own.
    for part in validity.intervals[1:]:
        if part.start and (part.start > wish.today or part.word is not Word.IN_FORCE):
            by_day.setdefault(part.start, [])
    for day, events in sorted(by_day.items()):
        if (wish.since or "") <= day <= wish.until:
            before, after = _word_before(validity, day), status_at(validity, day).word
            yield Turn(work, day, _kind(events, before, after), before, after, tuple(events))


def _concerned(turn: Turn, ours: dict[str, str]) -> list[str]:
    """The documents that a turn concerns: what is issued after a change of parts rests on what it became."""
    return [one for one, issued in ours.items() if turn.kind == END or not issued or issued < turn.on]


def _word_before(validity: Validity, day: str) -> Word:
    return next(part.word for part in validity.intervals if part.end is None or day <= part.end)


def _kind(events: Sequence[Event], before: Word, after: Word) -> str:
    if after is Word.EXPIRED and before is not Word.EXPIRED:
        return END
    if Word.SUSPENDED in (before, after) and before is not after:
        return SUSPENSION
    if before is Word.NOT_YET or all(event.change in (Change.START, Change.MOVE) for event in events):
        return START
    return PART


def _rows(
    connection: rows.Base, lives: Lives, turns: Sequence[Turn], resting: dict[str, dict[str, str]], wish: Wish
) -> Iterator[Row]:
    works = sorted({turn.work for turn in turns})
    proofs: dict[tuple[str, str], list[rows.Record]] = defaultdict(list)
    for edge in rows.some_edges(connection, "target", works, None if wish.everything else BASES):
        if edge.source in resting[edge.target] and edge.version_id is not None:
            proofs[edge.target, edge.source].append(edge)
    lives.read(sorted({source for _, source in proofs} - set(works)))
    for turn in turns:
        node = lives.node(turn.work)
        if node is None:
            continue
        acting = {event.by: row for event in turn.events if event.by and (row := lives.node(event.by)) is not None}
        concerned = _concerned(turn, resting[turn.work])
        found = (_resting(lives, turn, source, proofs[turn.work, source]) for source in concerned)
        ours = sorted(filter(None, found), key=lambda one: (one.touched, one.work.issued or ""), reverse=True)
        yield Row(turn, node, acting, tuple(ours))


def _resting(lives: Lives, turn: Turn, source: str, edges: Sequence[rows.Record]) -> Resting | None:
    node = lives.node(source)
    if node is None or not edges:
        return None
    first = min(edges, key=lambda edge: edge.start or 0)
    places = {place for edge in edges if edge.place for place in edge.place.split("; ")}
    changed = {event.place for event in turn.events if event.place}
    touched = any(covers(one, other) or covers(other, one) for one in places for other in changed)
    relations = {edge.relation for edge in edges if edge.relation}
    late = turn.kind == END and (node.issued or "") >= turn.on
    named = tuple(sorted(places))
    return Resting(node, tuple(sorted(relations)), named, first.unit, len(edges), touched, late)
