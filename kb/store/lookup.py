"""What people type, and the works it can mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from kb.store.schema import files, versions, works
from kb.text.normalize import fold
from kb.works import fold_key


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One work as a list shows it, with the facts of its current text."""

    id: str
    number: str | None
    type: str | None
    issuer: str | None
    issued: str | None
    title: str | None
    pages: int | None
    digest: bool
    media_type: str
    path: str
    origin: str
    versions: int
    problems: int
    units: int
    tables: int
    footnotes: int
    citations: int
    ingested: str
    sha256: str


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """A number as typed, folded: its words before, its key without leading zeros, a year after."""

    words: str
    key: str
    year: str | None

    def condition(self) -> ColumnElement[bool]:
        """What the database can decide: the key, or a beginning of it up to a sign."""
        start = self.key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        column = works.c.number_key
        beginnings = [column.like(f"{start}{sign}%", escape="\\") for sign in "/-"]
        return or_(column == self.key, *beginnings)

    def agrees(self, row: DocumentRow) -> bool:
        """Whether type word and year, where they were typed, are the row's."""
        if self.words and row.type and fold(row.type) != self.words:
            return False
        if self.year is None:
            return True
        if row.issued:
            return row.issued.startswith(self.year)
        return row.number is not None and f"/{self.year}/" in row.number


# "Nghị quyết số 76/NQ-CP năm 2021", folded: words, number, year.
_QUERY_RE = re.compile(
    r"(?P<words>[a-z ]*?)\s*(?:\bso:?\s*)?"
    r"0*(?P<key>\d+[a-z]?(?:\.\d+)?(?:[/-]+[a-z0-9&.,()]+)*)"
    r"(?:,?\s+(?:(?:nam|ngay)\s+)?(?:\d{1,2}/\d{1,2}/)?(?P<year>(?:19|20)\d\d))?"
)


def read_query(text: str) -> NumberQuery | None:
    """The number that a text asks for; None when there is none in it.

    >>> read_query("Nghị quyết số 076/NQ-CP năm 2021")
    NumberQuery(words='nghi quyet', key='76/nq-cp', year='2021')
    >>> read_query("cải cách") is None, read_query("1/" + 60 * "-a" + "!") is None
    (True, True)
    """
    found = _QUERY_RE.fullmatch(fold_key(text))
    return NumberQuery(found["words"].strip(), found["key"], found["year"]) if found else None


def listing() -> Select[Any]:
    """The rows of works with their current texts; the columns of `DocumentRow`."""
    each = versions.alias("each")
    count = select(func.count()).select_from(each).where(each.c.work_id == works.c.id)
    of_work = [works.c[name] for name in ("id", "number", "type", "issuer", "issued", "title")]
    names = (
        "pages",
        "digest",
        "path",
        "origin",
        "problems",
        "units",
        "tables",
        "footnotes",
        "citations",
        "ingested",
    )
    return (
        select(
            *of_work,
            *[versions.c[name] for name in names],
            versions.c.sha256,
            files.c.media_type,
            count.scalar_subquery().label("versions"),
        )
        .select_from(works)
        .join(versions, (versions.c.work_id == works.c.id) & versions.c.current)
        .join(files, files.c.sha256 == versions.c.sha256)
    )
