"""Scale of the graph: a synthetic base, its full build, and what one waits for at its desk.

python -m tests.benchmarks.bench_graph [WORKS] [EDGES]
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graphs.citation_graph import load_graph
from graphs.status import answer_status
from graphs.trace import BASES, DOWN, walk
from graphs.update import update_graph
from ingest.citations.find import find_citations
from ingest.document import build_document
from ingest.events.read import read_events
from ingest.readers.plain import read_plain
from kb.mentions import work_key
from kb.models import Change, Document, Field, MediaType, Metadata, SourceFile, Span, StatedEvent, When
from kb.settings import Settings
from kb.store import graph as rows
from kb.store.codec import dump_value
from kb.store.graph_schema import stated
from kb.store.prepared import prepare
from kb.store.schema import citations, files, versions, works
from kb.store.store import Store, open_store

_RELATIONS = ("căn cứ", "dẫn chiếu", "triển khai thực hiện", "hướng dẫn", "dẫn chiếu", "dẫn chiếu")
_KINDS = (("NĐ-CP", "Nghị định", ""), ("TT-BNV", "Thông tư", ""), ("QĐ-UBND", "Quyết định", "khanh-hoa"))


def number_of(at: int) -> tuple[str, str, str, str]:
    """Number, type, place and day of a synthetic work."""
    symbol, kind, place = _KINDS[at // 30 % 3]
    year = 1995 + at % 30
    return f"{at // 90 + 1}/{year}/{symbol}", kind, place, f"{year}-{at % 12 + 1:02d}-{at % 27 + 1:02d}"


def name_of(at: int) -> str:
    """The id of a synthetic work."""
    number, _, place, _ = number_of(at)
    return work_key(number) + (f".{place}" if place else "")


def fill(store: Store, count: int, edges: int) -> None:
    """Write works, texts, mentions and stated events straight into the tables."""
    chance = random.Random(7)
    numbers = [number_of(at) for at in range(count)]
    keys = [work_key(number) for number, *_ in numbers]
    ids = [name_of(at) for at in range(count)]
    with store.transaction() as connection:
        put = rows.put_rows
        put(connection, works, (_work(ids[at], keys[at], *numbers[at]) for at in range(count)))
        put(
            connection,
            files,
            ({"sha256": f"{at:064d}", "media_type": "text/plain", "size": 1} for at in range(count)),
        )
        put(connection, versions, (_version(at, ids[at]) for at in range(count)))
        put(connection, citations, _mentions(chance, numbers, keys, edges))
        put(connection, stated, _events(chance, count, edges // count))


def _work(name: str, key: str, number: str, kind: str, place: str, issued: str) -> dict[str, Any]:
    return {
        "id": name,
        "number": number,
        "number_key": key,
        "type": kind,
        "issuer": None,
        "issuer_key": "",
        "issued": issued,
        "title": None,
        "title_key": "",
        "place": place,
        "work_key": key,
    }


def _version(at: int, work: str) -> dict[str, Any]:
    counts = dict.fromkeys(("units", "tables", "footnotes", "citations", "problems"), 0)
    told = {"id": at + 1, "work_id": work, "ordinal": 1, "sha256": f"{at:064d}", "path": f"/{at}", "origin": ""}
    return {
        **told,
        "ingested": "",
        "current": True,
        "rank": 2,
        "digest": False,
        "pages": None,
        "payload": b"",
        **counts,
    }


def _mentions(
    chance: random.Random, numbers: list[tuple[str, str, str, str]], keys: list[str], edges: int
) -> Iterator[dict[str, Any]]:
    each = edges // len(numbers)
    for at in range(len(numbers)):
        for position in range(each):
            # A tenth of all mentions goes to a hundred frame laws; the rest is spread.
            target = chance.randrange(100) if chance.random() < 0.1 else chance.randrange(len(numbers))
            number, kind, place, issued = numbers[target]
            yield {
                "version_id": at + 1,
                "position": position,
                "start": position * 50,
                "end": position * 50 + 20,
                "kind": "number",
                "number": number,
                "number_key": keys[target],
                "type": kind,
                "issuer": None,
                "issued": issued if chance.random() < 0.6 else None,
                "relation": chance.choice(_RELATIONS),
                "payload": "{}",
                "work_key": keys[target],
                "place": place,
                "year": int(issued[:4]),
                "unit": None,
                "pinpoint": None,
            }


def _events(chance: random.Random, count: int, each: int) -> Iterator[dict[str, Any]]:
    for at in range(count):
        start = StatedEvent(Change.START, Span(0, 10), When.SIGNING, days=45)
        yield {
            "version_id": at + 1,
            "position": 0,
            "target": None,
            "other": None,
            "payload": dump_value(start),
            "text": "x",
        }
        if each and chance.random() < 0.3:
            deed = StatedEvent(chance.choice((Change.REPLACE, Change.AMEND)), Span(0, 10), target=0)
            yield {
                "version_id": at + 1,
                "position": 1,
                "target": 0,
                "other": None,
                "payload": dump_value(deed),
                "text": "x",
            }


def median_ms(work: Any, arguments: list[Any]) -> float:
    """Milliseconds of the middle run."""
    taken = []
    for argument in arguments:
        start = time.perf_counter()
        work(argument)
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)[len(taken) // 2]


def newcomer(works: int, cited: int = 40) -> Document:
    """A decree that replaces one work of the base, amends another and rests on some more."""
    chance = random.Random(11)
    numbers = map(number_of, chance.sample(range(works), cited))
    some = [f"{kind} số {number} ngày {'/'.join(reversed(day.split('-')))}" for number, kind, _, day in numbers]
    lines = [f"Căn cứ {name};" for name in some[2:]]
    lines.append(f"Điều 1. Bãi bỏ Điều 5 {some[0]}.")
    lines.append(f"Điều 2. Nghị định này thay thế {some[1]} và có hiệu lực từ ngày ký.")
    data = "\n".join(lines).encode()
    source = SourceFile("/moi.txt", sha256(data).hexdigest(), MediaType.PLAIN, len(data))
    document = build_document(source, read_plain(data))
    told = {"number": "1/2030/NĐ-CP", "type": "Nghị định", "issued": "2030-01-15"}
    fields = {name: Field(value, ()) for name, value in told.items()}
    return replace(document, metadata=Metadata(**fields, issuers=(Field("Chính phủ", ()),)))


def add_one(count: int = 10_000, edges: int = 100_000) -> None:
    """What it takes until a document that arrives in a base of ten thousand is part of the graph."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        with open_store(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")) as store:
            fill(store, count, edges)
            update_graph(store, None)
            document = newcomer(count)
            start = time.perf_counter()
            found = find_citations(document)
            work = store.save_prepared(prepare(document, found, 0, read_events(document, found))).work_id
            done = update_graph(store, [work])
            print(
                f"a document citing {len(found)} added to {count}: {time.perf_counter() - start:.2f} s"
                f" ({done.keys} keys, {done.mentions} mentions worked out anew)"
            )


def main(count: int = 100_000, edges: int = 1_000_000) -> None:
    """Build the base and print what each thing takes."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
        store = open_store(settings)
        fill(store, count, edges)
        start, cpu = time.perf_counter(), time.process_time()
        done = update_graph(store, None)
        built, worked = time.perf_counter() - start, time.process_time() - cpu
        start = time.perf_counter()
        graph = load_graph(store)
        loaded = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{done.works} works, {done.mentions} mentions: {built:.1f} s ({worked:.1f} s of processor)")
        print(f"whole graph {loaded:.1f} s, at most {peak:.0f} MB")
        del graph
        with store.connect() as connection:
            ids = [row.id for row in rows.node_rows(connection, "id", None)]
        some = random.Random(3).sample(ids, 50)
        print(f"status {median_ms(lambda one: answer_status(store, one, '2025-06-27'), some):.1f} ms")
        print(f"one hop {median_ms(lambda one: walk(store, one, DOWN, 1, None), some):.1f} ms")
        print(f"three hops of impact {median_ms(lambda one: walk(store, one, DOWN, 3, BASES), some):.1f} ms")
        hub = [name_of(0)]
        print(f"three hops from a frame law {median_ms(lambda one: walk(store, one, DOWN, 3, BASES), hub):.1f} ms")
        start = time.perf_counter()
        update_graph(store, [some[0]])
        print(f"one document brought up to date {time.perf_counter() - start:.2f} s")
        code = (
            "from pathlib import Path; from kb.settings import Settings; from kb.store.store import open_store;"
            f"from graphs.status import answer_status; home = Path({str(home)!r});"
            f"store = open_store(Settings(home, {settings.database_url!r}));"
            f"answer_status(store, {some[1]!r}, '2025-06-27')"
        )
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        print(f"status from a cold start {time.perf_counter() - start:.2f} s")
        store.close()
    add_one()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
