"""Search measured beside its peers in one run: quality on public sets, speed at 60,000 and 500,000 rows.

python -m tests.benchmarks.bench_search quality     ALQAC 2023, Zalo 2021 beside BM25 over syllables
python -m tests.benchmarks.bench_search speed N     engines and peers on N rows
python -m tests.benchmarks.bench_search cold        `cancu search` in a fresh process
python -m tests.benchmarks.bench_search readers N   eight readers beside a writer
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from threading import Thread

import tantivy
from whoosh import fields, index, qparser
from whoosh.analysis import RegexTokenizer

from ingest.pipeline import ingest_paths
from kb.search.home import open_engine
from kb.search.index import SearchIndex, Wanted
from kb.search.protocol import Engine, Request
from kb.search.query import read_query
from kb.search.records import Record, RecordKind, WorkFacts
from kb.search.rows import Row, make_rows
from kb.settings import Settings
from kb.text.words import fold_words, mark_words, printed_words

sys.path.insert(0, str(Path(__file__).parent))
from search_sets import Question, alqac, averaged, corpus, recall, reciprocal_rank, unmarked, zalo

SHARED = Path(__file__).resolve().parents[3] / "shared" / "retrieval"
DAY = date(2025, 1, 1)
Article = tuple[WorkFacts, list[Record]]


def say(*parts: object) -> None:
    print(*parts, flush=True)


# --- quality ---


def ranked(index: SearchIndex, query: str, depth: int = 100) -> list[str]:
    """The works that a whole call finds, the best first."""
    hits = index.search(Wanted(query, DAY, limit=depth, facets=False)).hits
    return list(dict.fromkeys(hit.work for hit in hits))


class SyllableBaseline:
    """BM25 over syllables with marks, one document an article: the usual baseline."""

    def __init__(self, articles: Sequence[Article]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", tokenizer_name="tokens", index_option="freq")
        builder.add_unsigned_field("id", stored=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        self.index.register_tokenizer(
            "tokens", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        writer = self.index.writer(64_000_000, 1)
        self.names = [facts.work for facts, _ in articles]
        for number, (_, records) in enumerate(articles):
            text = " ".join([records[0].head, *(record.text for record in records)])
            document = tantivy.Document()
            document.add_text("words", " ".join(mark_words(printed_words(text))))
            document.add_unsigned("id", number)
            writer.add_document(document)
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def __call__(self, query: str) -> list[str]:
        found = self.searcher.search(self.query(query), 100)
        return [self.names[self.searcher.doc(address)["id"][0]] for _, address in found.hits]

    def query(self, text: str) -> tantivy.Query:
        words = dict.fromkeys(mark_words(printed_words(text)))
        terms = [tantivy.Query.term_query(self.schema, "words", word, "freq") for word in words]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])


def score(name: str, find: Callable[[str], list[str]], questions: Sequence[Question]) -> None:
    for part in ("train", "test", "all"):
        asked = [question for question in questions if part in ("all", question.part)]
        for change, typed in ((str, "marks"), (unmarked, "no marks")):
            found = [find(change(question.text)) for question in asked]
            pairs = list(zip(found, (question.relevant for question in asked), strict=True))
            mrr = averaged([reciprocal_rank(*pair) for pair in pairs])
            at = [averaged([recall(*pair, depth) for pair in pairs]) for depth in (10, 20)]
            say(f"{name:28}{part:6}{typed:9} n {len(asked):5} MRR {mrr:.3f} R@10 {at[0]:.3f} R@20 {at[1]:.3f}")


def measure_quality(most: int) -> None:
    for name, (articles, questions) in (("ALQAC 2023", alqac(SHARED)), ("Zalo 2021", zalo(SHARED))):
        questions = questions if len(questions) <= most else random.Random(1).sample(questions, most)
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(Settings(Path(folder), "sqlite://", "tantivy"))
            engine.update(row for facts, records in articles for row in make_rows(facts, records))
            index = SearchIndex(engine)
            score(f"{name}, Căn Cứ", lambda query, index=index: ranked(index, query), questions)
            engine.close()
        score(f"{name}, BM25 syllables", SyllableBaseline(articles), questions)


# --- speed ---


def rows(count: int) -> Iterator[Row]:
    """So many rows; when the corpus ends it begins again with other words mixed in."""
    made = 0
    for turn in range(100):
        for number, (facts, records) in enumerate(corpus(SHARED)):
            if turn:
                extra = f" Lần {turn} mục {number % 997} phụ {number % 89}."
                records = [replace(record, text=record.text + extra) for record in records]
                facts = replace(facts, work=f"{facts.work}~{turn}")
            facts = replace(facts, number=facts.work.split("|")[0].upper(), issued=f"{2000 + number % 25}-01-01")
            for row in make_rows(facts, records):
                yield row
                made += 1
                if made == count:
                    return


def queries() -> list[str]:
    lines = (SHARED / "zalo2021_train_joined.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in random.Random(2).sample(lines, 60)]
    # As clerks type: two to eight syllables from within the questions.
    rng = random.Random(3)
    short = []
    for text in asked:
        words = text.rstrip("?").split()
        length = rng.randint(2, 8)
        start = rng.randrange(max(len(words) - length, 1))
        short.append(" ".join(words[start : start + length]))
    return short


def timed(name: str, ask: Callable[[str], object], asked: Sequence[str]) -> float:
    """p95 in milliseconds of CPU and of the clock, after a warm-up."""
    for query in asked[:10]:
        ask(query)
    spent, clock = [], []
    for query in asked:
        began, cpu = time.perf_counter(), time.process_time()
        ask(query)
        spent.append((time.process_time() - cpu) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
    spent.sort()
    clock.sort()
    cut = int(len(asked) * 0.95)
    say(
        f"{name:44} CPU p50 {median(spent):8.2f} p95 {spent[cut]:8.2f} ms   clock p50 {median(clock):8.2f}"
        f" p95 {clock[cut]:8.2f}"
    )
    return spent[cut]


def measure_engine(
    name: str, count: int, asked: Sequence[str], folder: Path, url: str = "sqlite://"
) -> tuple[float, float]:
    """p95 of the bare query and of the whole call, CPU ms."""
    engine = open_engine(Settings(folder, url, name))
    began, cpu = time.perf_counter(), time.process_time()
    engine.update(rows(count), fresh=True)
    spent, clock = time.process_time() - cpu, time.perf_counter() - began
    say(
        f"{name}: {count} rows built in {clock:.1f} s, CPU {spent:.1f} s = {count / clock:.0f} rows/s of the clock"
    )
    plans = {query: read_query(query, DAY).plan for query in asked}
    bare = timed(f"{name}: bare query, 10 hits", lambda query: engine.search(Request(plans[query], 10)), asked)
    searcher = SearchIndex(engine)
    whole = timed(
        f"{name}: whole call, facets, snippets, status", lambda query: searcher.search(Wanted(query, DAY)), asked
    )
    measure_update(name, engine, open_engine(Settings(folder, url, name)))
    engine.close()
    return bare, whole


def measure_update(name: str, engine: Engine, reader: Engine) -> None:
    """From the beginning of an update until another reader finds its document."""
    facts, records = next(corpus(SHARED))
    spent = []
    for number in range(8):
        letter = "bcdfghkl"[number]
        words = f"{letter * 7} {letter * 9}"  # far from one another: a slip must not find the one before
        made = list(make_rows(replace(facts, work=f"mới {number}"), [replace(records[0], text=words)]))
        began = time.perf_counter()
        writer = Thread(target=engine.update, args=(made,))
        writer.start()
        while not SearchIndex(reader).search(Wanted(words, DAY)).total:
            time.sleep(0.005)
            reader.refresh()
        spent.append((time.perf_counter() - began) * 1000)
        writer.join()
    reader.close()
    say(
        f"{name}: one document added and found by another reader: median {median(spent):.0f} ms,"
        f" worst {max(spent):.0f} ms"
    )


def measure_raw_tantivy(count: int, asked: Sequence[str]) -> float:
    articles = [(facts, records) for facts, records in islice(_as_articles(count), count)]
    baseline = SyllableBaseline(articles)
    return timed(
        "raw Tantivy: OR of syllables, 10 hits", lambda q: baseline.searcher.search(baseline.query(q), 10), asked
    )


def _as_articles(count: int) -> Iterator[Article]:
    for row in rows(count):
        yield WorkFacts(row.id), [Record(RecordKind.PROVISION, " ".join(row.marks))]


def measure_fts5(count: int, asked: Sequence[str], folder: Path) -> None:
    base = sqlite3.connect(folder / "fts.db")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(words, tokenize = 'unicode61')")
    base.executemany("INSERT INTO t VALUES (?)", ((" ".join(row.words),) for row in rows(count)))
    base.commit()

    def ask(query: str) -> object:
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(fold_words(printed_words(query))))
        wanted = "SELECT rowid, snippet(t, 0, '[', ']', '', 30) FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10"
        return base.execute(wanted, (match,)).fetchall()

    timed("SQLite FTS5: OR of syllables, 10 snippets", ask, asked)


def measure_naive_whoosh(count: int, asked: Sequence[str], folder: Path) -> float:
    schema = fields.Schema(words=fields.TEXT(analyzer=RegexTokenizer(r"[^ ]+"), stored=True))
    made = index.create_in(str(folder), schema)
    writer = made.writer(limitmb=512)
    for row in rows(count):
        writer.add_document(words=" ".join(row.words))
    writer.commit()
    parser = qparser.QueryParser("words", schema, group=qparser.OrGroup)
    with made.searcher() as searcher:

        def ask(query: str) -> object:
            words = " ".join(fold_words(printed_words(query)))
            return [hit.highlights("words") for hit in searcher.search(parser.parse(words), limit=10)]

        return timed("naive Whoosh: OR of syllables, 10 snippets", ask, asked)


def measure_speed(count: int, engines: Sequence[str], peers: bool) -> None:
    asked = queries()
    ours = {}
    for name in engines:
        with tempfile.TemporaryDirectory() as folder:
            ours[name] = measure_engine(name, count, asked, Path(folder))
    raw = measure_raw_tantivy(count, asked)
    naive = 0.0
    if peers:
        with tempfile.TemporaryDirectory() as folder:
            measure_fts5(count, asked, Path(folder))
        with tempfile.TemporaryDirectory() as folder:
            naive = measure_naive_whoosh(count, asked[:20], Path(folder))
    for name, (bare, whole) in ours.items():
        beside = f", whole call {naive / whole:.0f} times faster than naive Whoosh" if naive else ""
        say(f"{name}, p95 of CPU: bare query {bare / raw:.1f} times raw Tantivy{beside}")
    say(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


# --- a cold shell ---


def measure_cold(times: int = 5) -> None:
    """``cancu search`` in a process of its own, on the shipped documents, the index up to date."""
    with tempfile.TemporaryDirectory() as home:
        ingest_paths(Settings.load(home), [Path(__file__).resolve().parents[2] / "corpus" / "documents"])
        command = [sys.executable, "-m", "webapp.cli", "search", "--home", home, "thủ tục hành chính"]
        clock, spent = [], []
        for _ in range(times):
            began, cpu = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            subprocess.run(command, check=True, capture_output=True)
            clock.append(time.perf_counter() - began)
            spent.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - cpu)
    say(f"cancu search from a cold shell: clock {min(clock):.2f} to {max(clock):.2f} s, CPU {median(spent):.2f} s")


# --- readers beside a writer ---

#: Seconds that the readers read.
READING = 20


def read(folder: str, ready: Barrier, told: multiprocessing.Queue[tuple[float, int, str]]) -> None:
    engine = open_engine(Settings(Path(folder), "sqlite://", "tantivy"))
    searcher = SearchIndex(engine)
    times, wrong = [], ""
    asked = queries()
    searcher.search(Wanted(asked[0], DAY))
    ready.wait(300)  # eight programs that start at once take longer to load than to search
    until = time.monotonic() + READING
    while time.monotonic() < until:
        try:
            engine.refresh()
            began = time.perf_counter()
            searcher.search(Wanted(random.choice(asked), DAY))
            times.append((time.perf_counter() - began) * 1000)
        except Exception as error:  # noqa: BLE001 (any error counts)
            wrong = repr(error)
    times.sort()
    told.put((times[int(len(times) * 0.95)], len(times), wrong))


def measure_readers(count: int) -> None:
    """p95 of eight readers on a quiet index, then beside a writer that adds a document after the other."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Settings(Path(folder), "sqlite://", "tantivy"))
        engine.update(rows(count), fresh=True)
        articles = list(islice(corpus(SHARED), 2000))
        for label, writing in (("quiet", False), ("beside a writer", True)):
            told: multiprocessing.Queue[tuple[float, int, str]] = context.Queue()
            ready = context.Barrier(9)
            readers = [context.Process(target=read, args=(folder, ready, told)) for _ in range(8)]
            for reader in readers:
                reader.start()
            ready.wait(300)
            until = time.monotonic() + READING
            commits = 0
            while writing and time.monotonic() < until:
                facts, records = articles[commits % len(articles)]
                engine.update(make_rows(replace(facts, work=f"w{commits}"), records))
                commits += 1
                time.sleep(0.5)  # a document every half second
            said = [told.get(timeout=120) for _ in readers]
            errors = [line for _, _, line in said if line]
            say(
                f"8 readers {label}: p95 {median([p95 for p95, _, _ in said]):.1f} ms,"
                f" {sum(n for _, n, _ in said)} searches, {commits} commits, errors {errors or 'none'}"
            )


def main() -> None:
    """What the command line names; the quality where it names nothing."""
    wish, *rest = sys.argv[1:] or ["quality"]
    if wish == "quality":
        measure_quality(int(rest[0]) if rest else 100_000)
    elif wish == "cold":
        measure_cold()
    elif wish == "readers":
        measure_readers(int(rest[0]) if rest else 60_000)
    else:
        size = int(rest[0]) if rest else 60_000
        chosen = rest[1].split(",") if len(rest) > 1 else ["tantivy", "whoosh"]
        measure_speed(size, chosen, peers=size <= 60_000)


if __name__ == "__main__":
    main()
