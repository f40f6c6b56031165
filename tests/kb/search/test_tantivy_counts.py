"""Facets of the state of force count what each record says of its own state."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.search.force import state_of
from kb.search.plan import Everything
from kb.search.protocol import Request
from kb.search.records import Interval, WorkFacts
from kb.search.rows import Row, make_rows
from kb.search.tantivy_door.engine import TantivyEngine

_WORDS = ("Còn hiệu lực", "Hết hiệu lực một phần", "Ngưng hiệu lực", "Hết hiệu lực toàn bộ")
_DAYS = tuple(f"{year}-{month:02}-01" for year in range(2010, 2030) for month in (1, 4, 7, 10))


def rows_of(count: int, words: Sequence[str] = _WORDS) -> list[Row]:
    """Works whose lives are drawn by a die, some partly ended and suspended at once."""
    die = random.Random(7)
    made: list[Row] = []
    for number in range(count):
        cuts = [*sorted(die.sample(_DAYS, 4)), None]
        spans = die.randint(0, 4)
        lives = tuple(Interval(die.choice(words), str(cuts[at]), cuts[at + 1]) for at in range(spans))
        facts = WorkFacts(
            f"w{number}", f"{number}/QĐ", "Quyết định", None, None, "2009-01-01", None, None, intervals=lives
        )
        made += make_rows(facts, [])
    return made


def test_states_are_counted_as_each_record_tells_its_own(tmp_path: Path) -> None:
    rows = rows_of(200)
    engine = TantivyEngine(tmp_path)
    engine.update(rows)
    suspended_and_partial = 0
    for day in (20090101, *(int(day.replace("-", "")) for day in _DAYS), 20400101):
        found = engine.search(Request(Everything(), 1, facets=True, day=day)).facets["status"]
        told = Counter(state_of(json.loads(row.stored).get("force", {}), day) for row in rows)
        assert found == dict(told), day
        suspended_and_partial += sum(
            row.numbers["partialfrom"] <= day < row.numbers["partialto"]
            and row.numbers["suspendedfrom"] <= day < row.numbers["suspendedto"]
            for row in rows
        )
    assert suspended_and_partial > 0


@pytest.mark.parametrize("words", [("Còn hiệu lực",), _WORDS[:2], ("Còn hiệu lực", "Ngưng hiệu lực"), ()])
def test_states_that_no_record_is_ever_in_are_not_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    rows = (
        rows_of(40, words)
        if words
        else list(make_rows(WorkFacts("w", None, None, None, None, None, None, None), []))
    )
    engine = TantivyEngine(tmp_path)
    engine.update(rows)
    for day in (20090101, 20150701, 20400101):
        found = engine.search(Request(Everything(), 1, facets=True, day=day)).facets["status"]
        assert found == dict(Counter(state_of(json.loads(row.stored).get("force", {}), day) for row in rows))


def test_a_state_that_comes_in_later_is_told_from_then_on(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    engine.update(rows_of(40, ("Còn hiệu lực",)))
    wanted = Request(Everything(), 1, facets=True, day=20150701)
    assert "Ngưng hiệu lực" not in engine.search(wanted).facets["status"]
    assert engine.frequency("words", "nq") == 0
    facts = WorkFacts(
        "x",
        "1/NQ",
        None,
        None,
        None,
        None,
        None,
        None,
        intervals=(Interval("Ngưng hiệu lực", "2010-01-01", None),),
    )
    engine.update(make_rows(facts, []))
    assert engine.search(wanted).facets["status"]["Ngưng hiệu lực"] == 1
    assert engine.frequency("words", "nq") == 1
