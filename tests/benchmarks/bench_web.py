"""Pages under load: 60,000 units, 16 clients that never pause, as many worker processes as cores.

python -m tests.benchmarks.bench_web [HOME]     a base kept in HOME is used again

The clients run on the same machine. On a busy one trust the milliseconds of CPU, not those of the clock: 16
clients that never pause wait about 16 times the CPU of a page, divided by the cores that they get.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from urllib.parse import quote

from kb.settings import Settings
from kb.store.store import open_store
from tests.benchmarks import web_others
from tests.benchmarks.web_base import SHARED, build, count_units, settings_of
from webapp.ahead import draw_works

CLIENTS, REQUESTS = 16, 30
_LEAST_URGENT = 19
_QUESTIONS = SHARED.parents[1] / "retrieval" / "zalo2021_train_joined.jsonl"
_CODE = "import sys; from webapp.cli import main; sys.exit(main(sys.argv[1:]))"


def spent_cpu(process: int) -> float:
    """Seconds of CPU that a server and its workers have used; 0 where the machine does not tell."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if process in (int(stat.parent.name), int(fields[1])):
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


@contextmanager
def served(home: Path, workers: int) -> Iterator[tuple[int, int]]:
    """The port of a server over a base that is ready to answer, and its process."""
    command = [sys.executable, "-c", _CODE, "--home", str(home), "serve", "--port", "0", "--workers", str(workers)]
    with (home / "serve.log").open("w") as log:
        process = subprocess.Popen(command, stderr=log)
    try:
        while not (told := re.search(r":(\d+)/", (home / "serve.log").read_text())):
            time.sleep(0.1)
        port = int(told[1])
        while True:
            try:
                fetch(port, "/healthz")
                break
            except OSError:
                time.sleep(0.2)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(60)


def fetch(port: int, path: str) -> bytes:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        return body


def timed(port: int, paths: Sequence[str], clients: int = CLIENTS, requests: int = REQUESTS) -> list[float]:
    """Milliseconds of every request of all clients; each walks the addresses from its own place, never pausing."""
    spent: list[float] = []

    def client(first: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            for at in range(requests):
                path = paths[(first * requests + at) % len(paths)]
                began = time.perf_counter()
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, f"{path}: {answer.status}"
                spent.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent


def report(name: str, spent: Sequence[float], began: float, goal: int) -> None:
    ordered = sorted(spent)
    p95, p99 = ordered[int(len(ordered) * 0.95)], ordered[int(len(ordered) * 0.99)]
    rate = len(spent) / (time.perf_counter() - began)
    print(
        f"{name:44} {rate:5.0f} pages/s  p50 {median(ordered):6.1f}  p95 {p95:6.1f}  p99 {p99:6.1f} ms"
        f"  (goal p95 {goal})",
        flush=True,
    )


def measure(name: str, server: tuple[int, int], paths: Sequence[str], goal: int, warm: bool = True) -> None:
    port, process = server
    if warm:
        timed(port, paths)
    began, cpu, own = time.perf_counter(), spent_cpu(process), time.process_time()
    spent = timed(port, paths)
    own = time.process_time() - own
    report(name, spent, began, goal)
    cpu = (spent_cpu(process) - cpu) / len(spent) * 1000
    print(
        f"{'':44} {cpu:5.1f} ms of CPU a page, {own / len(spent) * 1000:.1f} of the clients;"
        f" load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def alone(name: str, port: int, path: str, goal: int) -> None:
    """Twenty times by one client, the first one in each worker among them."""
    began, spent = time.perf_counter(), []
    for _ in range(20):
        start = time.perf_counter()
        fetch(port, path)
        spent.append((time.perf_counter() - start) * 1000)
    report(name, spent, began, goal)


def draw_all(settings: Settings, works: Sequence[str]) -> None:
    """Draw what is not drawn yet, as `cancu ingest` does at its end."""
    began = time.perf_counter()
    draw_works(settings, works)
    print(f"texts drawn in {time.perf_counter() - began:.1f} s", flush=True)


def draw_nothing_ahead(home: Path, server: int) -> None:
    """Forget what was drawn, and end the process of the server that draws ahead: the one of the least urgency."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == server and int(fields[16]) == _LEAST_URGENT:
                os.kill(int(stat.parent.name), signal.SIGTERM)
    shutil.rmtree(home / "drawn", ignore_errors=True)


def queries(count: int, seed: int = 3) -> list[str]:
    """As clerks type: two to eight words out of real questions."""
    die = random.Random(seed)
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    found = []
    for line in die.sample(lines, count):
        words = json.loads(line)["question"].rstrip("?").split()
        length = die.randint(2, 8)
        start = die.randrange(max(len(words) - length, 1))
        found.append(" ".join(words[start : start + length]))
    return found


def weight(port: int, path: str) -> tuple[int, int]:
    """Bytes of styles and scripts that a page loads, and of the page itself."""
    page = fetch(port, path)
    text = page.decode()
    parts = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"', text)
    return sum(len(fetch(port, style or script)) for style, script in parts), len(page)


def run(home: Path | None = None) -> None:
    if not SHARED.is_file():
        print("skipped: the folder ../shared with real documents is absent")
        return
    with tempfile.TemporaryDirectory() as folder:
        settings = build(home or Path(folder))
        with open_store(settings) as store:
            works = [row.id for row in store.list_documents()]
        largest = next(work for work in works if work.startswith("999-2024"))
        some = random.Random(5).sample([work for work in works if work != largest], CLIENTS * REQUESTS)
        workers = os.cpu_count() or 1
        print(f"{len(works)} documents, {count_units(settings)} units; {workers} workers, {CLIENTS} clients")
        pages, first = [f"/van-ban/{work}" for work in some], f"/van-ban/{largest}"
        print("nothing drawn ahead")
        with served(settings.home, workers) as server:
            draw_nothing_ahead(settings.home, server[1])
            timed(server[0], ["/", "/kiem-tra"])  # templates and libraries are loaded
            alone("largest document, one client", server[0], first, 250)
            measure("document, seen for the first time", server, pages, 150, warm=False)
        print("as served after ingest")
        draw_all(settings, works)
        with served(settings.home, workers) as server:
            as_served(settings, server, pages, first)


def as_served(settings: Settings, server: tuple[int, int], pages: Sequence[str], largest: str) -> None:
    """Searches and pages of documents over a base whose texts are drawn, then what may disturb them."""
    port = server[0]
    timed(port, ["/", "/kiem-tra"])  # templates and libraries are loaded
    numbers = [page.removeprefix("/van-ban/").split(".")[0] for page in pages[:80]]
    asked = [f"/tra-cuu?q={quote(text)}" for text in (*queries(CLIENTS * REQUESTS - 80), *numbers)]
    timed(port, [f"/tra-cuu?q={quote(text)}" for text in queries(100, seed=4)])
    measure("search, 480 questions, each once", server, asked, 150, warm=False)
    measure("document, seen for the first time", server, pages, 150, warm=False)
    measure("document, seen before", server, pages, 150)
    measure("search and document by turns", server, [*asked[::4], *pages[:120]], 150, warm=False)
    alone("largest document, one client", port, largest, 250)
    # A page of another day is made anew, whichever worker has made one before.
    days = [date(2024, 1, 1) + timedelta(days=at) for at in range(CLIENTS * REQUESTS)]
    mixed = [f"{page}?ngay={day}" for page, day in zip([largest, *pages[:9]] * 48, days, strict=True)]
    random.Random(7).shuffle(mixed)  # or all clients would ask for the largest in the same moment
    measure("largest, made anew, among others (1 in 10)", server, mixed, 250, warm=False)
    measure("largest among others (1 in 10)", server, [largest, *pages[:9]], 250)
    web_others.run(settings, port, asked)
    for path in ("/", asked[0], pages[0], "/kiem-tra"):
        heavy, page = weight(port, path)
        print(f"{path[:40]:44} styles and scripts {heavy / 1000:5.1f} KB   page {page / 1000:7.1f} KB")


def main() -> None:
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if home is not None:
        settings_of(home)
    run(home)


if __name__ == "__main__":
    main()
