"""Search on a streaming standby, and its promotion after the primary was killed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from kb.errors import StoreError
from kb.search.index import SearchIndex, Wanted
from kb.search.postgresql_door.engine import PostgresqlEngine
from kb.search.records import WorkFacts
from kb.search.rows import make_rows
from postgres_cluster import Server, find_programs, new_server
from search_base import paragraph, rows

Opener = Callable[..., PostgresqlEngine]

pytestmark = pytest.mark.slow


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens engines; closes all of them when the test ends."""
    engines: list[PostgresqlEngine] = []

    def open_one(url: str, reads: str | None = None) -> PostgresqlEngine:
        engines.append(PostgresqlEngine(url, reads))
        return engines[-1]

    yield open_one
    for engine in engines:
        engine.close()


@pytest.fixture
def pair() -> Iterator[tuple[Server, Server]]:
    """A primary and a standby that follows it."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    primary, standby = new_server(programs), new_server(programs)
    try:
        primary.make()
        primary.start()
        standby.copy_of(primary)
        standby.start()
        yield primary, standby
    finally:
        for server in (standby, primary):
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)


def caught_up(primary: Server, standby: Server) -> None:
    with primary.connect() as connection:
        (place,) = connection.execute("SELECT pg_current_wal_flush_lsn()").fetchone() or ("",)
    standby.wait_for(f"SELECT pg_last_wal_replay_lsn() >= '{place}'::pg_lsn")


def test_reads_on_a_standby_and_promotion(pair: tuple[Server, Server], opened: Opener) -> None:
    primary, standby = pair
    engine = opened(primary.url)
    engine.update(rows())
    caught_up(primary, standby)
    reader = opened(primary.url, reads=standby.url)
    assert SearchIndex(reader).search(Wanted("76/NQ-CP", date(2025, 7, 1))).hits[0].work == "76-nq-cp"
    with pytest.raises(StoreError):
        opened(standby.url).update(rows()[:1])
    # Every commit that the standby has confirmed outlives the primary.
    committed = []
    for number in range(1, 11):
        facts = WorkFacts(f"kh-{number}", f"{number}/KH-UBND", "Kế hoạch")
        engine.update(make_rows(facts, [paragraph(f"Trồng rừng phòng hộ đợt {number}")]))
        committed.append(facts.work)
    caught_up(primary, standby)
    primary.kill()
    standby.promote()
    standby.wait_for("SELECT NOT pg_is_in_recovery()")
    after = opened(standby.url)
    assert after.count() == len(rows()) + 2 * len(committed)
    found = SearchIndex(after).search(Wanted("trồng rừng phòng hộ", limit=20))
    assert {hit.work for hit in found.hits} == set(committed)
    after.update(make_rows(WorkFacts("kh-99", "99/KH-UBND", "Kế hoạch"), [paragraph("Sau khi chuyển máy chủ")]))
    assert SearchIndex(after).search(Wanted("chuyển máy chủ")).hits[0].work == "kh-99"


def test_nothing_that_was_committed_is_lost_when_commits_wait_for_the_standby(
    pair: tuple[Server, Server], opened: Opener
) -> None:
    primary, standby = pair
    with primary.connect() as connection:
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        connection.execute("SELECT pg_reload_conf()")
    primary.wait_for("SELECT count(*) > 0 FROM pg_stat_replication WHERE sync_state = 'sync'")
    engine = opened(primary.url)
    for number in range(1, 6):
        facts = WorkFacts(f"kh-{number}", f"{number}/KH-UBND", "Kế hoạch")
        engine.update(make_rows(facts, [paragraph(f"Nạo vét kênh mương đợt {number}")]))
    primary.kill()  # at once, without waiting for anything
    standby.promote()
    standby.wait_for("SELECT NOT pg_is_in_recovery()")
    with standby.connect() as connection:
        connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
        connection.execute("SELECT pg_reload_conf()")
    assert opened(standby.url).count() == 10
