"""A real PostgreSQL on loopback, in a folder of its own: primary and standby, started and stopped by tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg


def find_programs() -> Path | None:
    """The folder of PostgreSQL's programs; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).parent if named else None


def _user() -> str | None:
    """Whom the server runs as: it refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


class Server:
    """One PostgreSQL server: made with `make` or `copy_of`, started, stopped, killed."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self.data = folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def url(self) -> str:
        return f"postgresql://tester@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            capture_output=True, text=True, user=_user(), cwd=self.folder, check=False, timeout=120,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def make(self) -> None:
        self.run(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write("wal_level = replica\nmax_wal_senders = 4\nhot_standby = on\nfsync = on\n")

    def copy_of(self, primary: Server) -> None:
        """A standby that follows a running primary."""
        self.run(
            "pg_basebackup", "-h", "127.0.0.1", "-p", str(primary.port), "-U", "tester", "-D", str(self.data),
            "-c", "fast", "-R", "-X", "stream",
        )  # fmt: skip

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c autovacuum=off"
        self.run("pg_ctl", "-D", str(self.data), "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            subprocess.run(
                [str(self.programs / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "-w", "stop"],
                capture_output=True, user=_user(), check=False, timeout=60,
            )  # fmt: skip

    def kill(self) -> None:
        """kill -9 of the server itself, as a machine that loses power would."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def promote(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True)

    def wait_for(self, statement: str, seconds: float = 120.0) -> None:
        """Until a statement gives true."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self.connect() as connection:
                row = connection.execute(statement).fetchone()
            if row and row[0]:
                return
            time.sleep(0.05)
        raise TimeoutError(statement)


def new_server(programs: Path) -> Server:
    """A server in a new folder that its user owns."""
    folder = Path(tempfile.mkdtemp(prefix="cancu-pg-"))
    user = _user()
    if user:
        shutil.chown(folder, user)
    return Server(programs, folder)
