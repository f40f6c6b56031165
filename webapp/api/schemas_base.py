"""The shapes of rows about the whole base: works, chains, search, uploads, decisions, the log."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.schemas import ISO_DAY, EvidenceRow
from webapp.api.shapes import (
    Row,
    counted,
    list_of_words,
    maybe,
    maybe_whole,
    row_or_none,
    rows_of,
    said,
    whole,
    yes_no,
)


class WorkRow(Row):
    """A work: a document that is held, or only known of."""

    work = said()
    number = maybe()
    type = maybe()
    issuer = maybe()
    issued = maybe()
    title = maybe()
    held = yes_no()
    catalogued = yes_no()


class CitedRow(WorkRow):
    """A work that is cited and not held."""

    citing = whole()
    mentions = whole()
    cited_by = list_of_words()


class EventRow(Row):
    """What happened to a work."""

    event = said()
    on = maybe("", **ISO_DAY)
    by = maybe()
    evidence = row_or_none(EvidenceRow)


class StatusRow(Row):
    """Whether a work is in force on a day, and why."""

    work = said()
    number = maybe()
    year = maybe_whole()
    title = maybe()
    as_of = said("", **ISO_DAY)
    status = said()
    from_ = fields.String(data_key="from", required=True, allow_none=True)
    to = maybe()
    because = rows_of(EventRow)
    certain = yes_no()


class UploadedFile(Row):
    """A file that was handed in; `verdict` is null until it has been read."""

    name = said()
    size = whole()
    sha256 = said()
    state = said("waiting, working, done")
    verdict = maybe("added, again, new_version, same_document, unchanged, refused, skipped")
    work = maybe()
    code = maybe()
    message = maybe()


class UploadRow(Row):
    """The files of one upload."""

    upload = said()
    done = yes_no()
    files = rows_of(UploadedFile)


class DecisionRow(Row):
    """What a person decided on works and mentions."""

    id = whole()
    kind = said("merge, split, pin, none")
    payload = fields.Dict(required=True)
    made = said()
    by = said()
    note = maybe()


class LogRow(Row):
    """One change of the base."""

    id = whole()
    at = said()
    who = said()
    action = said()
    subject = said()
    details = fields.Dict(required=True)


class RestingRow(Row):
    """A held document that rests on a work."""

    work = said()
    number = maybe()
    title = maybe()
    relations = list_of_words()
    places = list_of_words()
    touched = yes_no()
    late = yes_no()


class TurnRow(Row):
    """One day on which the force of a work changes, and what rests on it."""

    work = said()
    number = maybe()
    title = maybe()
    on = said("", **ISO_DAY)
    before = said()
    after = said()
    because = rows_of(EventRow)
    resting = rows_of(RestingRow)


class NodeRow(Row):
    """A work in a chain."""

    work = said()
    number = maybe()
    title = maybe()
    status = maybe()


class EdgeRow(Row):
    """A relation in a chain with the sentence that proves it."""

    source = said()
    target = said()
    relation = maybe()
    evidence = row_or_none(EvidenceRow)
    pinpoint = maybe()


class TraceRow(Row):
    """A chain of legal bases, or what rests on a work."""

    root = said()
    direction = said("up, down")
    nodes = rows_of(NodeRow)
    edges = rows_of(EdgeRow)
    gaps = fields.List(fields.String())


class HitRow(Row):
    """One thing found."""

    work = said()
    unit = maybe()
    number = maybe()
    title = maybe()
    heading = maybe()
    snippet = said()
    score = fields.Float(required=True)
    line = maybe_whole()
    page = maybe_whole()
    status = said()


class SearchAnswer(Row):
    """What one search gives."""

    query = said()
    total = whole()
    took_ms = fields.Float(required=True)
    hits = rows_of(HitRow)
    facets = fields.Dict(keys=fields.String(), values=counted(), required=True)
    did_you_mean = maybe()
