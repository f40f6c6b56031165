"""Pages are made in the order of their asking, never more at once than the line lets through."""

from __future__ import annotations

import threading
import time

import pytest

from webapp.turns import Line


@pytest.mark.parametrize("at_once", [1, 2])
def test_whoever_came_first_is_served_first(at_once: int) -> None:
    line, served, inside, most = Line(at_once), [], 0, 0
    gate, counting = threading.Event(), threading.Lock()

    def hold() -> None:
        with line:
            gate.wait(30)

    def ask(number: int) -> None:
        nonlocal inside, most
        with line:
            with counting:
                inside += 1
                most = max(most, inside)
                served.append(number)
            time.sleep(0.001)
            with counting:
                inside -= 1

    holders = [threading.Thread(target=hold) for _ in range(at_once)]
    for holder in holders:
        holder.start()
    while line._free:
        time.sleep(0.001)
    askers = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for number, asker in enumerate(askers):
        asker.start()
        while len(line._waiting) <= number:
            time.sleep(0.001)
    gate.set()
    for thread in (*holders, *askers):
        thread.join(30)
    assert sorted(served) == list(range(20))
    if at_once == 1:
        assert served == list(range(20))
    assert most <= at_once


def test_a_view_that_fails_makes_room_for_the_next() -> None:
    line = Line(1)
    for _ in range(3):
        with pytest.raises(RuntimeError), line:
            raise RuntimeError
    with line:
        pass
