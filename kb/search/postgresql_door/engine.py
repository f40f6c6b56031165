"""The engine of an office that outgrew one machine: tables beside the base, on the same server.

Several web processes on several machines search it; reads may go to a streaming standby. An update is one
transaction, so a reader sees all of it or nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeAlias

import psycopg
from psycopg import sql

from kb.errors import StoreError
from kb.search.force import state_of
from kb.search.postgresql_door.queries import NUMBERS, Compiler, lexeme
from kb.search.protocol import EngineHit, Found, IndexBusy, Request, Sort
from kb.search.rescoring import DEPTH, Statistics, rescore
from kb.search.rows import FACETS, SCHEMA_VERSION, Row
from kb.settings import Settings

#: What a cell of an answer may be.
Value: TypeAlias = Any
#: Name of the lock that one writer holds.
_LOCK = 7_240_115
#: Rows that are sent together.
_SENT = 2000
#: The most recent schema; tables of another are made anew.
_VERSION = f"{SCHEMA_VERSION}/1"

_TABLES = f"""
CREATE TABLE search_state (version text NOT NULL, rows bigint NOT NULL);
CREATE TABLE search_rows (
    id text PRIMARY KEY,
    work text NOT NULL,
    tokens tsvector NOT NULL,
    folded text NOT NULL,
    {" ".join(f"{name} text," for name in FACETS)}
    {" ".join(f"{name} integer NOT NULL," for name in NUMBERS)}
    authority real NOT NULL,
    stored text NOT NULL
);
CREATE INDEX search_rows_work ON search_rows (work);
CREATE INDEX search_rows_issued ON search_rows (issued DESC);
CREATE INDEX search_rows_tokens ON search_rows USING gin (tokens) WITH (fastupdate = off);
CREATE TABLE search_terms (term text COLLATE "C" PRIMARY KEY, rows integer NOT NULL);
"""
_DROP = "DROP TABLE IF EXISTS search_rows, search_terms, search_state"
_COLUMNS = ("id", "work", "tokens", "folded", *FACETS, *NUMBERS, "authority", "stored")
#: Whose frequencies are kept.
_COUNTED = ("w:", "p:")


class PostgresqlEngine:
    """Tables of one database; `reads` may be a standby of it."""

    name = "postgresql"

    def __init__(self, url: str, reads: str | None = None) -> None:
        self._url = _libpq(url)
        self._reads = _libpq(reads) if reads else self._url
        self._connection: psycopg.Connection | None = None
        if not self._ready():
            self._make()

    def search(self, request: Request) -> Found:
        """The hits of a plan."""
        with self._reading() as connection:
            statistics = self._statistics(connection)
            first = self._first(connection, request, statistics)
            total, facets = self._counts(connection, request, statistics)
        if request.sort is Sort.RELEVANCE:
            first = rescore(request.plan, first, statistics)
        hits = tuple(EngineHit(score, stored) for score, stored in first[: request.limit])
        return Found(total, hits, facets)

    def update(self, rows: Iterable[Row], drop: Iterable[str] = (), *, fresh: bool = False) -> int:
        """Drop and add in one transaction."""
        with _said(), psycopg.connect(self._url) as connection:
            if not _one(connection, "SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,)):
                raise IndexBusy(
                    code="index.busy",
                    vi="chỉ mục đang được tiến trình khác cập nhật",
                    en="the index is being updated",
                )
            changes: Counter[str] = Counter()
            if fresh:
                connection.execute("DELETE FROM search_rows")
                connection.execute("DELETE FROM search_terms")
            else:
                _drop(connection, list(drop), changes)
            added = _add(connection, rows, changes)
            _count(connection, changes)
            connection.execute("UPDATE search_state SET rows = (SELECT count(*) FROM search_rows)")
        if added > _SENT:
            with _said(), psycopg.connect(self._url, autocommit=True) as connection:
                connection.execute("ANALYZE search_rows")
        return added

    def frequency(self, field: str, token: str) -> int:
        """In how many rows a token stands."""
        with self._reading() as connection:
            return _frequency(connection, field, token)

    def vocabulary(self, prefix: str) -> Mapping[str, int]:
        """The folded words with a prefix."""
        start = f"w:{prefix}"
        with self._reading() as connection:
            found = connection.execute(
                "SELECT substr(term, 3), rows FROM search_terms WHERE term >= %s AND term < %s",
                (start, start + "\U0010ffff"),
            )
            return {str(word): int(rows) for word, rows in found}

    def count(self) -> int:
        """How many rows there are."""
        with self._reading() as connection:
            return int(_one(connection, "SELECT rows FROM search_state") or 0)

    def refresh(self) -> None:
        """Nothing to do: every search sees what is committed."""

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _first(
        self, connection: psycopg.Connection, request: Request, statistics: Statistics
    ) -> list[tuple[float, str]]:
        """The best rows by the first stage, or by date or authority."""
        if request.sort is Sort.RELEVANCE:
            worth = Compiler(statistics)
            expression = worth.worth(request.plan)
            where = Compiler(statistics)
            text = f"SELECT {expression} AS worth, stored FROM search_rows WHERE {where.condition(request.plan)}"
            text += " ORDER BY worth DESC, id LIMIT %s"
            values = [*worth.values, *where.values, max(request.limit, DEPTH)]
        else:
            column = "issued" if request.sort is Sort.DATE else "authority"
            where = Compiler(statistics)
            text = f"SELECT {column}, stored FROM search_rows WHERE {where.condition(request.plan)}"
            text += f" ORDER BY {column} DESC, id LIMIT %s"
            values = [*where.values, request.limit]
        return [(float(worth), str(stored)) for worth, stored in connection.execute(_sql(text), values)]

    def _counts(
        self, connection: psycopg.Connection, request: Request, statistics: Statistics
    ) -> tuple[int, dict[str, dict[str, int]]]:
        """How many rows, and the facets, in one pass over them."""
        where = Compiler(statistics)
        condition = where.condition(request.plan)
        if not request.facets:
            text = f"SELECT count(*) FROM search_rows WHERE {condition}"
            return int(_one(connection, text, tuple(where.values)) or 0), {}
        sets = ", ".join([*(f"({name})" for name in FACETS), f"({', '.join(NUMBERS[1:])})", "()"])
        columns = ", ".join((*FACETS, *NUMBERS[1:]))
        text = f"SELECT count(*), grouping({', '.join(FACETS)}, forcefrom), {columns} FROM search_rows"
        text += f" WHERE {condition} GROUP BY GROUPING SETS ({sets})"
        facets: dict[str, dict[str, int]] = {name: {} for name in (*FACETS, "status")}
        total = 0
        bits = 1 << len(FACETS)
        for row in connection.execute(_sql(text), where.values):
            count, mask, values = int(row[0]), int(row[1]), row[2:]
            if mask == (bits << 1) - 1:
                total = count
            elif not mask & 1:
                bounds = dict(zip(NUMBERS[1:], values[len(FACETS) :], strict=True))
                state = state_of(bounds, request.day)
                facets["status"][state] = facets["status"].get(state, 0) + count
            else:
                at = next(at for at in range(len(FACETS)) if not mask & (bits >> at))
                if values[at] is not None:
                    facets[FACETS[at]][str(values[at])] = count
        return total, facets

    def _statistics(self, connection: psycopg.Connection) -> Statistics:
        rows = int(_one(connection, "SELECT rows FROM search_state") or 0)
        return Statistics(rows, lambda field, token: _frequency(connection, field, token))

    @contextmanager
    def _reading(self) -> Iterator[psycopg.Connection]:
        """The open connection for reading; a broken one is made again."""
        with _said():
            if self._connection is None or self._connection.closed or self._connection.broken:
                self._connection = psycopg.connect(self._reads, autocommit=True)
            yield self._connection

    def _ready(self) -> bool:
        with self._reading() as connection:
            if not _one(connection, "SELECT to_regclass('search_state') IS NOT NULL"):
                return False
            return bool(_one(connection, "SELECT version FROM search_state") == _VERSION)

    def _make(self) -> None:
        with _said(), psycopg.connect(self._url) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            if self._ready():
                return
            connection.execute(_DROP)
            connection.execute(_sql(_TABLES))
            connection.execute("INSERT INTO search_state VALUES (%s, 0)", (_VERSION,))


def tokens_of(row: Row) -> list[str]:
    """All lexemes of a row."""
    found = {
        lexeme(name, token)
        for name in ("words", "pairs", "marks", "keys", "heads")
        for token in getattr(row, name)
    }
    found |= {lexeme(name, value) for name, values in row.exact.items() for value in values}
    return [token.replace("\x00", "") for token in found]


def _add(connection: psycopg.Connection, rows: Iterable[Row], changes: Counter[str]) -> int:
    added = 0
    columns = ", ".join(_COLUMNS)
    # A tsvector cannot be copied from an array: rows go through a table of this transaction.
    connection.execute(
        _sql(f"CREATE TEMP TABLE coming ON COMMIT DROP AS SELECT {columns} FROM search_rows WHERE false")
    )
    connection.execute("ALTER TABLE coming ALTER COLUMN tokens TYPE text[] USING NULL")
    walk = iter(rows)
    while some := list(islice(walk, _SENT)):
        with connection.cursor().copy(_sql(f"COPY coming ({columns}) FROM STDIN")) as copy:
            for row in some:
                tokens = tokens_of(row)
                changes.update(token for token in tokens if token.startswith(_COUNTED))
                copy.write_row(_values(row, tokens))
        added += len(some)
    names = ", ".join("array_to_tsvector(tokens)" if name == "tokens" else name for name in _COLUMNS)
    connection.execute(_sql(f"INSERT INTO search_rows ({columns}) SELECT {names} FROM coming"))
    connection.execute("DROP TABLE coming")
    return added


def _values(row: Row, tokens: list[str]) -> tuple[object, ...]:
    facets = [row.exact.get(name, ()) for name in FACETS]
    return (
        row.id,
        row.work,
        tokens,
        " ".join(row.words),
        *(values[0] if values else None for values in facets),
        *(row.numbers[name] for name in NUMBERS),
        row.authority,
        row.stored.replace("\x00", ""),
    )


def _drop(connection: psycopg.Connection, works: list[str], changes: Counter[str]) -> None:
    gone = connection.execute(
        "SELECT lexeme, count(*) FROM search_rows, unnest(tokens) WHERE work = ANY(%s) GROUP BY lexeme", (works,)
    )
    for token, rows in gone:
        if token.startswith(_COUNTED):
            changes[token] -= int(rows)
    connection.execute("DELETE FROM search_rows WHERE work = ANY(%s)", (works,))


def _count(connection: psycopg.Connection, changes: Counter[str]) -> None:
    """Carry the changes of frequencies over."""
    connection.execute('CREATE TEMP TABLE changed (term text COLLATE "C", rows integer) ON COMMIT DROP')
    with connection.cursor().copy("COPY changed (term, rows) FROM STDIN") as copy:
        for term, rows in changes.items():
            if rows:
                copy.write_row((term, rows))
    connection.execute(
        "INSERT INTO search_terms SELECT term, rows FROM changed ORDER BY term"
        " ON CONFLICT (term) DO UPDATE SET rows = search_terms.rows + excluded.rows"
    )
    connection.execute(
        "DELETE FROM search_terms USING changed WHERE search_terms.term = changed.term AND search_terms.rows <= 0"
    )
    connection.execute("DROP TABLE changed")


def _frequency(connection: psycopg.Connection, field: str, token: str) -> int:
    if field in ("words", "pairs"):
        return int(_one(connection, "SELECT rows FROM search_terms WHERE term = %s", (lexeme(field, token),)) or 0)
    # Marks weigh what their letters do; numbers kept whole are rare.
    return 0


def _one(connection: psycopg.Connection, text: str, values: tuple[object, ...] = ()) -> Value:
    row = connection.execute(_sql(text), values).fetchone()
    return row[0] if row else None


def _sql(text: str) -> sql.SQL:
    """A statement whose parts are all ours; values stand in ``%s``."""
    return sql.SQL(text)


def _libpq(url: str) -> str:
    """The URL as the driver takes it: without SQLAlchemy's name of the driver.

    >>> _libpq("postgresql+psycopg://u@h/d")
    'postgresql://u@h/d'
    """
    return re.sub(r"^postgresql\+\w+:", "postgresql:", url)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        words = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise StoreError(
            code="index.failed",
            vi=f"máy chủ PostgreSQL báo lỗi khi tìm kiếm: {words}",
            en=f"PostgreSQL failed while searching: {words}",
        ) from error


def open_engine(settings: Settings) -> PostgresqlEngine:
    """The tables beside the base of a home."""
    return PostgresqlEngine(settings.database_url)
