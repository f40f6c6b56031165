from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from webapp.tries import FileStorage

TRYING = """
import sys
from webapp.tries import FileStorage
storage = FileStorage(sys.argv[1])
for _ in range(50):
    storage.incr("ai", 60)
"""


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"cancu-tries://{tmp_path / 'tries.sqlite3'}"


def test_processes_that_count_at_once_lose_no_try(address: str) -> None:
    running = [subprocess.Popen([sys.executable, "-c", TRYING, address]) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    assert FileStorage(address).get("ai") == 100


def test_what_one_has_counted_the_other_refuses(address: str) -> None:
    three = RateLimitItemPerMinute(3)
    one, other = (FixedWindowRateLimiter(storage_from_string(address)) for _ in range(2))
    assert [one.hit(three, "ai"), other.hit(three, "ai"), one.hit(three, "ai")] == [True] * 3
    assert not other.hit(three, "ai") and not one.test(three, "ai")
    assert other.hit(three, "người khác")
    assert 0 < other.get_window_stats(three, "ai").reset_time - time.time() <= 60


def test_tries_are_forgotten_with_their_time(address: str) -> None:
    storage = FileStorage(address)
    assert storage.incr("ai", 0, 5) == 5 and storage.get("ai") == 0
    assert storage.incr("ai", 60, 2) == 2 and storage.incr("ai", 60) == 3
    assert storage.get_expiry("ai") > time.time()
    storage.clear("ai")
    assert storage.get("ai") == 0 and storage.check()
    assert storage.incr("ai", 60) == 1 and storage.reset() == 1


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    assert not FileStorage(f"cancu-tries://{tmp_path / 'không có' / 'tries.sqlite3'}").check()
