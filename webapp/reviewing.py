"""What the page of the review queue shows of one place: its sentence, what could be meant, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from difflib import get_close_matches

from flask import url_for

from graphs.resolve import REASONS
from kb.bilingual import Bilingual, both, joined, recalled
from kb.mentions import head_of
from kb.models import Citation, Document, MediaType, Span
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.review import CITED, Open, Queue, same_mentions
from kb.store.store import Store
from webapp.presenters import vietnamese_date
from webapp.provisions import name_of
from webapp.sentences import Sentence, sentence_at

#: The queues in the order in which they are worked, with their names.
QUEUES = {
    Queue.HEADER: "Đầu văn bản mâu thuẫn",
    Queue.SUSPECT: "Số, ký hiệu đáng ngờ",
    Queue.AMBIGUOUS: "Viện dẫn nhiều nghĩa",
    Queue.OCR: "Chữ máy đọc chưa chắc",
}

#: How much of a misread number's key a near one shares (`difflib`).
_ALIKE = 0.8
#: Candidates that have a key of their own; more are listed and can be typed.
KEYS = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that could be meant: its name, what is known of it, what speaks for it and what against."""

    id: str
    name: str
    title: str
    facts: tuple[str, ...]
    held: bool
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """All that is shown of one place."""

    asked: Open
    why: str
    key: str
    document: str
    url: str
    print_url: str
    sentences: tuple[Sentence, ...]
    stated: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    same: tuple[int, ...]


def build_case(store: Store, asked: Open) -> Case:
    """What one sees of a place before deciding."""
    document = store.load(asked.work)
    citations = store.citations(asked.work) if asked.place.code == CITED else ()
    cited = citations[asked.position] if asked.position < len(citations) else None
    spans = list(cited.parts[:1]) if cited else _spans(document, asked)
    place = asked.place
    anchor = f"dan-{cited.span.start}" if cited else _unit_at(document, spans[0].start) if spans else None
    return Case(
        asked,
        recalled(asked.reason, REASONS) if cited else Bilingual(asked.reason, asked.english or asked.reason),
        f"{place.sha256}.{place.code}.{place.start}",
        name_of(document.metadata) or asked.work,
        url_for("documents.show", work_id=asked.work, _anchor=anchor),
        _print_url(document, asked, spans),
        tuple(sentence_at(document, span) for span in spans),
        _stated(cited) if cited else (),
        _weighed(store, asked, document, cited) if cited else (),
        tuple(same_mentions(store, asked)) if cited else (),
    )


def offered(store: Store, asked: Open) -> tuple[str, ...]:
    """The works that can be chosen with one key: those of the same number, of a misread one those near it."""
    if asked.candidates or asked.queue is not Queue.SUSPECT:
        return asked.candidates
    with said(), store.connect() as connection:
        nodes = rows.node_rows(connection, "head", [head_of(asked.key)])
    keys = get_close_matches(asked.key, {node.work_key for node in nodes}, n=KEYS, cutoff=_ALIKE)
    return tuple(node.id for key in keys for node in sorted(nodes, key=_id_of) if node.work_key == key)


def _id_of(node: rows.Record) -> str:
    name: str = node.id
    return name


def _weighed(store: Store, asked: Open, document: Document, cited: Citation) -> tuple[Candidate, ...]:
    """The works that are offered, each with what the citing text tells of it."""
    ids = offered(store, asked)
    with said(), store.connect() as connection:
        nodes = {row.id: row for row in rows.node_rows(connection, "id", list(ids))}
        elsewhere = Counter(row.target for row in rows.edge_rows(connection, "version_id", [asked.version]))
    issued = document.metadata.issued.value if document.metadata.issued else ""
    weighed = []
    for one in candidates_of(store, ids):
        node = nodes[one.id]
        hints = (
            both(
                "văn bản này dẫn nó rõ ở {n} chỗ khác",
                "this document cites it plainly in {n} other places",
                n=elsewhere[one.id],
            )
            if elsewhere[one.id]
            else "",
            both("ban hành sau văn bản này", "issued after this document")
            if issued and (node.issued or "") > issued
            else "",
            both("khác loại", "another type") if cited.type and node.type and cited.type != node.type else "",
            both("số gần giống", "a number much like it")
            if node.work_key != asked.key and asked.queue is Queue.SUSPECT
            else "",
        )
        weighed.append(replace(one, hints=tuple(filter(None, hints))))
    return tuple(weighed)


def candidates_of(store: Store, ids: tuple[str, ...]) -> tuple[Candidate, ...]:
    """Works that could be meant, in the order of their ids."""
    with said(), store.connect() as connection:
        nodes = {row.id: row for row in rows.node_rows(connection, "id", list(ids))}
        citing: dict[str, set[str]] = {}
        for source, target in rows.some_edges(connection, "target", list(ids), None, ("source", "target")):
            citing.setdefault(target, set()).add(source)
    return tuple(_candidate(nodes[name], len(citing.get(name, ()))) for name in ids if name in nodes)


def _candidate(node: rows.Record, citing: int) -> Candidate:
    facts = [
        both("ngày {day}", "of {day}", day=vietnamese_date(node.issued))
        if node.issued
        else both("không rõ ngày", "no date known"),
        node.issuer or "",
        both("có trong kho", "held") if node.held else both("chưa có trong kho", "not held"),
        both("{n} văn bản dẫn", "cited by {n}", n=citing) if citing else "",
    ]
    name = " ".join(filter(None, (node.type, node.number))) or node.title or node.id
    return Candidate(node.id, name, node.title or "", tuple(filter(None, facts)), node.held)


def _stated(cited: Citation) -> tuple[str, ...]:
    """What the mention itself says."""
    facts = (
        (both("loại", "type"), cited.type),
        (both("số", "number"), cited.number),
        (both("tên", "name"), cited.name or cited.title),
        (both("ngày", "date"), vietnamese_date(cited.issued)),
        (both("năm", "year"), str(cited.year) if cited.year and not cited.issued else None),
        (both("cơ quan", "issuer"), cited.issuer),
    )
    return tuple(joined((name, value), " ") for name, value in facts if value)


def _spans(document: Document, asked: Open) -> list[Span]:
    """The places of a problem of the reader; a paragraph that OCR doubts is one."""
    for problem in document.problems:
        start = problem.spans[0].start if problem.spans else -1
        if (problem.code, start) == (asked.place.code, asked.place.start) and problem.vi == asked.reason:
            return list(problem.spans)
    if asked.place.start >= 0 and asked.end is not None:
        return [Span(asked.place.start, asked.end)]
    return []


def _print_url(document: Document, asked: Open, spans: list[Span]) -> str:
    block = document.block_over(spans[0].start) if spans else None
    if document.source.media_type is not MediaType.PDF or block is None or block.page is None:
        return ""
    return url_for("prints.show", work_id=asked.work, number=block.page, cho=spans[0].start)


def _unit_at(document: Document, start: int) -> str | None:
    block = document.block_over(start)
    return block.unit if block else None
