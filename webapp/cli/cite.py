"""``cancu cite``: the citations of one document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module

import click

from graphs.alone import name_itself, resolve_by_catalogue
from graphs.resolve import Resolution
from ingest.citations.find import find_citations
from kb.clock import told_day
from kb.models import Citation, CitationKind, Document, ResolutionStatus
from kb.numbers import issuer_of, number_key, parse_number
from kb.text.normalize import fold
from kb.works import identify, slug, work_id
from webapp.cli.documents import LineFinder, find_one, is_alone, open_document, open_existing
from webapp.cli.options import common_options, current_settings, format_option, named_home, say_none, write_row

PLACE_RE = re.compile(r"(?:tinh|thanh pho|tp\.?|quan|huyen|thi xa|xa|phuong|dac khu)\s+(\S.*)")


@click.command("cite")
@click.argument("name", metavar="FILE|ID")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str, shape: str) -> int:
    """Viện dẫn của một tệp hoặc một văn bản trong kho, mỗi viện dẫn một dòng.

    The citations of a file, or of a document in the base: one row a mention, in reading order.
    """
    document = open_document(name, current_settings())
    lines = LineFinder(document.text)
    citations = find_citations(document)
    say_none(citations, "viện dẫn", "citations")
    found = _itself(name, document, citations, _resolved(document, citations))
    for citation, resolution in zip(citations, found, strict=True):
        if shape == "text":
            click.echo(citation_line(citation, lines))
        else:
            write_row(citation_row(citation, lines, resolution))
    return 0


def _resolved(document: Document, citations: tuple[Citation, ...]) -> list[Resolution | None]:
    """What each citation means, by the base that the command line names, else by the shipped catalogue."""
    own = identify(document)
    if not named_home():
        return resolve_by_catalogue(citations, own.place, own.issued)
    # What needs a base is loaded with it: most calls name a file alone.
    with import_module("graphs.base").open_base(current_settings()) as store:
        found: list[Resolution | None] = import_module("graphs.lone").resolve_alone(
            citations, own.place, own.issued, store
        )
        return found


def _itself(
    name: str, document: Document, citations: Sequence[Citation], resolved: Sequence[Resolution | None]
) -> list[Resolution | None]:
    """What is resolved; the document's own number and ``Nghị định này`` mean the document, held or of a file."""
    if is_alone(name):
        status = ResolutionStatus.KNOWN
        own = work_id(identify(document), document.source.path, document.source.sha256)
    else:
        status = ResolutionStatus.RESOLVED
        with open_existing(current_settings(), name) as store:
            own = find_one(store, name).id
    return name_itself(citations, resolved, own, status)


def citation_row(citation: Citation, lines: LineFinder, resolution: Resolution | None = None) -> dict[str, object]:
    """A citation as a row of JSON; without a resolution the work is what the mention alone tells."""
    evidence = citation.evidence
    return {
        "start": citation.span.start,
        "end": citation.span.end,
        "surface": citation.surface,
        "parts": [[part.start, part.end] for part in citation.parts],
        "kind": citation.kind.value,
        "type": citation.type,
        "number": citation.number,
        "issuer": citation.issuer,
        "date": citation.issued,
        "year": citation.year,
        "name": citation.name,
        "title": citation.title,
        "pinpoint": citation.pinpoint,
        "pinpoints": [dict(pinpoint.path) for pinpoint in citation.pinpoints],
        "relation": citation.relation.value if citation.relation else None,
        "direction": citation.direction.value if citation.direction else None,
        "relation_evidence": {"start": evidence.start, "end": evidence.end} if evidence else None,
        "use": citation.use.value if citation.use else None,
        "footnote": citation.footnote,
        "unit": citation.unit,
        "line": lines(citation.span.start),
        "page": citation.page,
        "antecedent": citation.antecedent,
        **_meaning(citation, resolution),
    }


def _meaning(citation: Citation, resolution: Resolution | None) -> dict[str, object]:
    if resolution is not None:
        return {
            "work": resolution.target,
            "status": resolution.status.value,
            "candidates": list(resolution.candidates),
            "reason": resolution.reason,
        }
    status = (citation.status or ResolutionStatus.KNOWN).value if _is_work(citation) else None
    return {"work": stub_id(citation), "status": status, "candidates": [], "reason": citation.reason}


def stub_id(citation: Citation) -> str | None:
    """The id of a work as far as a mention tells it: number, place of a local body, date; None without a number.

    >>> from kb.models import CitationKind, Span
    >>> stub_id(Citation((Span(0, 1),), "x", CitationKind.NUMBER, number="34/2016/NĐ-CP", issued="2016-05-14"))
    '34-2016-nd-cp'
    """
    if citation.number is None:
        return None
    parsed = parse_number(citation.number)
    body = issuer_of(parsed) if parsed else None
    alone = bool(parsed and parsed.year and body and body.level == "central")
    place = PLACE_RE.search(fold(citation.issuer or ""))
    parts = [
        slug(number_key(citation.number), 60),
        slug(place[1], 60) if place else "",
        "" if alone else citation.issued or "",
    ]
    return ".".join(filter(None, parts))


#: What stands in no relation, as a person reads it.
_KINDS = {
    CitationKind.SELF: "số của chính văn bản",
    CitationKind.BACK: "nhắc lại",
    CitationKind.INTERNAL: "trong văn bản này",
}


def citation_line(citation: Citation, lines: LineFinder) -> str:
    """A citation as a person reads it in a list."""
    words = " ".join(citation.surface.split())
    if citation.pinpoint and citation.kind is not CitationKind.INTERNAL:
        words = f"{citation.pinpoint} {words}"
    told = (
        told_day(citation.issued) or citation.year,
        citation.issuer,
        citation.relation.value if citation.relation else _KINDS.get(citation.kind, citation.kind.value),
        f"chú thích {citation.footnote}" if citation.footnote else None,
        citation.reason,
    )
    return f"{lines(citation.span.start):>6}  {words} · " + " · ".join(str(part) for part in told if part)


def _is_work(citation: Citation) -> bool:
    return citation.kind in (CitationKind.NUMBER, CitationKind.NAME, CitationKind.SELF)
