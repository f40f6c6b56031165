from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import Case, load_cases
from kb.lawrules import child_rule, default_start, has_formal_end, rank_of
from kb.models import Change
from kb.validity import Event, Origin, Word, build_validity, covers, status_at

FIRST = date(2020, 1, 1)
DAYS = 60


def iso(day: int) -> str:
    return (FIRST + timedelta(days=day)).isoformat()


PLACES = ("", "", "", "điều 1", "điều 1/khoản 2", "điều 10")
events = st.builds(
    Event,
    change=st.sampled_from([change for change in Change if change not in (Change.DETAILS, Change.CONSOLIDATE)]),
    on=st.one_of(st.none(), st.integers(1, DAYS - 2).map(iso)),
    place=st.sampled_from(PLACES),
    saved=st.sampled_from(((), (), ("điều 1",))),
    by=st.sampled_from((None, "a", "b")),
    origin=st.sampled_from(list(Origin)),
    certainty=st.sampled_from(("text", "official", "general")),
    until=st.one_of(st.none(), st.integers(1, DAYS).map(iso)),
)
histories = st.lists(events, max_size=7)

ENDS = (Change.REPEAL, Change.REPLACE, Change.END, Change.TERM)
STRENGTH = {Origin.PERSON: 0, Origin.TEXT: 1, Origin.CATALOGUE: 2, Origin.LAW: 3}


def first_day(history: list[Event]) -> str | None:
    """The oracle's start of the whole: a moved start before a first one, the best proved, then the earliest."""
    said = [e for e in history if e.on and not e.place and e.change in (Change.START, Change.MOVE)]
    moved = [e for e in said if e.change is Change.MOVE]
    if moved:
        best = min(STRENGTH[e.origin] for e in moved)
        latest = max(e.by or "" for e in moved if STRENGTH[e.origin] == best)
        return max(e.on or "" for e in moved if STRENGTH[e.origin] == best and (e.by or "") == latest)
    best = min((STRENGTH[e.origin] for e in said), default=0)
    return min((e.on for e in said if STRENGTH[e.origin] == best and e.on), default=None)


def day_by_day(history: list[Event], upto: int) -> list[Word]:
    """A slow twin: walk through the days, keep what is on and off."""
    terms = [e for e in history if e.on and e.change is Change.TERM and not e.place and not e.saved]
    longer = max((e.on for e in terms if e.by and e.on), default="")  # another text lengthened the term
    history = [e for e in history if not (e in terms and not e.by and (e.on or "") < longer)]
    start = first_day(history)
    whole_ends = [e for e in history if e.on and e.change in ENDS and not e.place and not e.saved]
    best = min((STRENGTH[e.origin] for e in whole_ends), default=0)
    ended = suspended = partly = kept = False
    left: set[str] = set()  # what the ends saved, until it ends too
    words = []
    for number in range(upto):
        today = iso(number)
        here = [e for e in history if e.on == today]
        if any(e.change is Change.SUSPEND and not e.place for e in here):
            suspended = True
        resumed = [e for e in history if e.change is Change.RESUME and e.on == today]
        resumed += [e for e in history if e.change is Change.SUSPEND and e.on and e.until == today > e.on]
        if any(not e.place for e in resumed):
            ended = suspended = False
        if any(e.place for e in resumed):
            kept = True
        for e in here:
            if e.change in ENDS and not e.place and not e.saved and STRENGTH[e.origin] == best:
                ended, suspended = True, False
            if e.change in ENDS and not e.place and e.saved:
                left = set(e.saved)
            partly |= e.change is Change.AMEND or (e.change in ENDS and bool(e.place or e.saved))
        if left:
            left -= {e.place for e in here if e.change in ENDS}
            ended |= not left
        if ended:
            words.append(Word.PARTLY if kept else Word.EXPIRED)
        elif start is None:
            words.append(Word.UNKNOWN)
        elif today < start:
            words.append(Word.NOT_YET)
        elif suspended:
            words.append(Word.SUSPENDED)
        else:
            words.append(Word.PARTLY if partly else Word.IN_FORCE)
    return words


@given(histories)
def test_status_agrees_with_a_walk_through_the_days(history: list[Event]) -> None:
    validity = build_validity(history)
    assert [status_at(validity, iso(day)).word for day in range(DAYS)] == day_by_day(history, DAYS)


@given(histories, st.sampled_from(PLACES))
def test_intervals_are_disjoint_ordered_and_whole(history: list[Event], place: str) -> None:
    parts = build_validity(history, place).intervals
    assert parts[0].start is None and parts[-1].end is None
    for before, after in pairwise(parts):
        assert before.end == after.start and before.word is not after.word
    assert all(part.start < part.end for part in parts if part.start and part.end)


@given(histories)
def test_nothing_is_in_force_before_it_starts(history: list[Event]) -> None:
    start = first_day(history)
    for part in build_validity(history).intervals:
        if part.word in (Word.IN_FORCE, Word.SUSPENDED):
            assert start is not None and part.start is not None and part.start >= start


@given(histories, st.sampled_from(PLACES))
def test_no_event_is_lost(history: list[Event], place: str) -> None:
    validity = build_validity(history, place)
    kept = [event for part in validity.intervals for event in part.events] + list(validity.undated)
    assert set(kept) == set(history)
    for part in validity.intervals:
        for event in part.events:
            assert event.on is not None
            assert (part.start or "") <= event.on and (part.end is None or event.on < part.end)


@given(histories, st.integers(0, 1000))
def test_the_order_of_loading_never_matters(history: list[Event], seed: int) -> None:
    shuffled = list(history)
    Random(seed).shuffle(shuffled)
    assert build_validity(history) == build_validity(shuffled)


def test_a_part_starts_on_its_own_day() -> None:
    history = [Event(Change.START, "2025-01-01"), Event(Change.START, "2024-04-01", "điều 190")]
    assert status_at(build_validity(history, "điều 190/khoản 2"), "2024-05-01").word is Word.IN_FORCE
    assert status_at(build_validity(history, "điều 19"), "2024-05-01").word is Word.NOT_YET
    assert status_at(build_validity(history), "2024-05-01").word is Word.NOT_YET


def test_a_moved_start_counts() -> None:
    history = [Event(Change.START, "2025-01-01"), Event(Change.MOVE, "2024-08-01", by="luat-sua")]
    found = status_at(build_validity(history), "2024-09-01")
    assert (found.word, found.start) == (Word.IN_FORCE, "2024-08-01")


def test_text_outranks_the_catalogue_and_the_conflict_is_shown() -> None:
    history = [
        Event(Change.START, "2020-02-01"),
        Event(Change.REPEAL, "2024-06-01", by="x"),
        Event(Change.REPLACE, "2024-01-01", by="y", origin=Origin.CATALOGUE, certainty="general"),
    ]
    found = status_at(build_validity(history), "2024-03-01")
    assert found.word is Word.IN_FORCE
    assert [event.by for event in found.conflicts] == ["y"]
    later = status_at(build_validity(history), "2024-07-01")
    assert (later.word, later.reason, later.certain) == (Word.EXPIRED, "repealed", True)


def test_a_repealed_part_leaves_the_rest() -> None:
    history = [Event(Change.START, "2020-02-01"), Event(Change.REPEAL, "2022-01-01", "điều 5/khoản 2")]
    assert status_at(build_validity(history), "2023-01-01").word is Word.PARTLY
    assert status_at(build_validity(history, "điều 5/khoản 2"), "2023-01-01").word is Word.EXPIRED
    assert status_at(build_validity(history, "điều 5"), "2023-01-01").word is Word.PARTLY
    assert status_at(build_validity(history, "điều 6"), "2023-01-01").word is Word.IN_FORCE


def test_what_an_end_saves_lives_on() -> None:
    history = [Event(Change.START, "2015-07-01"), Event(Change.END, "2021-01-01", saved=("điều 75",))]
    assert status_at(build_validity(history), "2022-01-01").word is Word.PARTLY
    assert status_at(build_validity(history, "điều 75"), "2022-01-01").word is not Word.EXPIRED
    assert status_at(build_validity(history, "điều 74"), "2022-01-01").word is Word.EXPIRED


@pytest.mark.parametrize("change", [Change.END, Change.REPEAL, Change.REPLACE])
@pytest.mark.parametrize("day", ["2021-01-01", "2023-01-01"])
def test_with_the_last_part_that_an_end_saved_ends_the_document(change: Change, day: str) -> None:
    history = [
        Event(Change.START, "2015-07-01"),
        Event(Change.REPLACE, "2021-01-01", saved=("điều 75",)),
        Event(change, day, "điều 75"),
    ]
    assert status_at(build_validity(history), day).word is Word.EXPIRED


def test_a_term_that_another_text_lengthened_ends_later() -> None:
    own = [Event(Change.START, "2024-01-01"), Event(Change.TERM, "2026-01-01")]
    longer = Event(Change.TERM, "2028-01-01", by="later")
    validity = build_validity([*own, longer])
    assert status_at(validity, "2026-06-01").word is Word.IN_FORCE
    ended = status_at(validity, "2028-01-01")
    assert (ended.word, ended.because) == (Word.EXPIRED, (longer,))
    assert status_at(build_validity(own), "2026-06-01").word is Word.EXPIRED


def test_a_suspension_ends_by_itself() -> None:
    history = [Event(Change.START, "2020-01-01"), Event(Change.SUSPEND, "2021-01-01", until="2021-07-01")]
    words = [status_at(build_validity(history), day).word for day in ("2020-12-31", "2021-06-30", "2021-07-01")]
    assert words == [Word.IN_FORCE, Word.SUSPENDED, Word.IN_FORCE]


def test_no_formal_end_is_given_none() -> None:
    history = [Event(Change.START, "2020-01-01"), Event(Change.REPLACE, "2021-01-01", by="x")]
    found = status_at(build_validity(history, formal=False), "2022-01-01")
    assert (found.word, found.reason) == (Word.UNKNOWN, "no_formal_end")
    assert [event.by for event in found.because] == ["x"], "what came after it is told"


def test_general_knowledge_is_not_certain() -> None:
    history = [Event(Change.START, "2020-01-01", certainty="general", origin=Origin.CATALOGUE)]
    assert not status_at(build_validity(history), "2022-01-01").certain


def test_places_cover_by_levels() -> None:
    assert covers("điều 1", "điều 1/khoản 2") and not covers("điều 1", "điều 10")


@pytest.mark.parametrize(
    ("issued", "number", "start", "law"),
    [
        ("2024-05-10", "4/2024/TT-BNV", "2024-06-24", "80/2015/QH13"),
        ("2024-05-10", "4/2024/QĐ-UBND", "2024-05-20", "80/2015/QH13"),
        ("2025-05-10", "4/2025/TT-BNV", "2025-06-24", "64/2025/QH15"),
        ("2010-05-10", "4/2010/TT-BNV", "2010-06-24", "17/2008/QH12"),
    ],
)
def test_the_law_of_the_day_gives_the_first_day(issued: str, number: str, start: str, law: str) -> None:
    found = default_start(issued, number)
    assert found is not None and found[0] == start and law in found[1]


def test_children_fall_before_april_2025_and_live_on_since() -> None:
    before, since = child_rule("2025-03-31"), child_rule("2025-04-01")
    assert before is not None and before.days == 1 and "Điều 154 khoản 4" in before.provision
    assert since is not None and since.days == 0 and "Điều 57 khoản 2" in since.provision


@pytest.mark.parametrize(
    ("number", "kind", "formal"),
    [
        ("31/2024/QH15", "Luật", True),
        ("34/2016/NĐ-CP", "Nghị định", True),
        ("45/2024/QĐ-UBND", "Quyết định", True),
        ("08/2025/NQ-CP", "Nghị quyết", True),
        ("832/QĐ-UBND", "Quyết định", False),
        ("76/NQ-CP", "Nghị quyết", False),
        ("18-NQ/TW", "Nghị quyết", False),
        ("20/CTr-TU", "Chương trình", False),
        ("2866/KH-UBND", "Kế hoạch", False),
        ("3434/UBND-NC&KSTT", "Công văn", False),
        ("06/CT-UBND", "Chỉ thị", False),
        ("12/VBHN-BNV", "Văn bản hợp nhất", False),
        (None, "Luật", True),
        (None, "Đề án", False),
    ],
)
def test_which_documents_end_formally(number: str | None, kind: str, formal: bool) -> None:
    assert has_formal_end(number, kind) is formal


def test_ranks_of_acts() -> None:
    ranks = [
        rank_of(number, kind)
        for number, kind in (
            ("31/2024/QH15", "Luật"),
            ("8/2013/PL-UBTVQH13", "Pháp lệnh"),
            ("34/2016/NĐ-CP", "Nghị định"),
            ("14/2020/QĐ-TTg", "Quyết định"),
            ("3/2022/TT-BTP", "Thông tư"),
            ("23/2023/NQ-HĐND", "Nghị quyết"),
            ("45/2024/QĐ-UBND", "Quyết định"),
        )
    ]
    assert ranks == sorted(ranks, key=lambda rank: rank or 0) and None not in ranks


@pytest.mark.parametrize("case", load_cases("effect"), ids=lambda case: case.id)
def test_cases(case: Case) -> None:
    history = []
    for line in case.text.split("\n"):
        change, on, place, origin = ([part.strip() for part in line.split("|")] + ["", ""])[:4]
        said = Origin.CATALOGUE if origin == "danh mục" else Origin.TEXT
        history.append(Event(Change(change), on, place, origin=said))
    for line in case.expected.split("\n"):
        told, _, place = line.partition(" @ ")
        day, _, word = told.partition(" ")
        assert status_at(build_validity(history, place), day).word == word, line
