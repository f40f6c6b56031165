"""`cancu serve` as a process: two workers over one base, log lines, and a stop that loses no request."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kb.settings import Settings
from kb.store.audit import Filter, count_entries
from kb.store.store import open_store
from webapp.tries import FILE, FileStorage

CODE = "import sys; from webapp.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass
class Served:
    process: subprocess.Popen[str]
    port: int
    home: Path

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> int:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request(method, path, urlencode(form) if form else None, headers)
            with connection.getresponse() as answer:
                answer.read()
                return answer.status


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def fields_of(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def is_idle_work(process: int) -> bool:
    """Whether a process works only when nothing else does, as the one that draws ahead."""
    return int(fields_of(process)[16]) > 0


def worked(process: int) -> int:
    """Hundredths of a second that a process and those it started have worked on what they are asked."""
    if is_idle_work(process):
        return 0
    fields = fields_of(process)
    return int(fields[11]) + int(fields[12]) + sum(map(worked, children_of(process)))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("kho")
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", CODE, *f"--home {home} serve --port 0 --workers 2 --log-format json".split()],
            stderr=log,
            text=True,
        )
        until = time.monotonic() + 180
        while not (told := re.search(r":(\d+)/", (home / "log").read_text())) and time.monotonic() < until:
            time.sleep(0.2)
        assert told, (home / "log").read_text()
        one = Served(process, int(told[1]), home)
        while time.monotonic() < until:
            try:
                if one.ask("GET", "/healthz") == 200 and any(map(is_idle_work, children_of(process.pid))):
                    break
            except OSError:
                time.sleep(0.3)
        yield one
        process.kill()
        process.wait(30)


@pytest.mark.slow
def test_two_workers_write_into_one_base(served: Served) -> None:
    form = {"name": "không-ai", "password": "sai mật khẩu này"}
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: served.ask("POST", "/dang-nhap", form), range(8)))
    assert told == [401] * 8
    with open_store(Settings.load(served.home)) as store:
        assert count_entries(store, Filter(action="account.login_failed")) == 8


@pytest.mark.slow
def test_tries_are_counted_over_both_workers(served: Served) -> None:
    form = {"name": "người-khác", "password": "sai mật khẩu này"}
    FileStorage(f"cancu-tries://{served.home / FILE}").reset()
    told = [served.ask("POST", "/dang-nhap", form) for _ in range(13)]
    # Ten a minute from one address, whichever of the two workers is asked; each alone would let ten through.
    assert told == [401] * 10 + [429] * 3


@pytest.mark.slow
def test_a_stop_finishes_what_runs(served: Served) -> None:
    with ThreadPoolExecutor(1) as pool:
        # On a busy machine a short text may have been read before anyone looks: then a longer one is sent.
        for count in (900, 1800, 3600):
            lines = (f"{at}. Đạt {at}%, theo Nghị định số 34/2016/NĐ-CP." for at in range(count))
            before = worked(served.process.pid)
            running = pool.submit(served.ask, "POST", "/kiem-tra", {"text": "\n".join(["Số: 05/BC-UBND", *lines])})
            while worked(served.process.pid) < before + 20 and not running.done():
                time.sleep(0.01)
            if not running.done():
                break
        else:
            pytest.fail("every text was read before the server could be stopped")
        served.process.send_signal(signal.SIGTERM)
        assert running.result(120) == 303
    assert served.process.wait(60) == 0
    with pytest.raises(OSError):
        served.ask("GET", "/healthz")
    written = (served.home / "log").read_text().splitlines()
    told = [json.loads(line) for line in written if line.startswith("{")]
    *_, last = (line for line in told if line.get("path") == "/kiem-tra")
    assert (last["method"], last["status"], last["user"]) == ("POST", 303, None)
