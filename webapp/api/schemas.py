"""The shapes of rows that the API gives: they describe, and tests hold real answers against them.

Rows are made where the command line makes its own (`webapp.cli`): one shape, two faces. A row may gain fields.
"""

from __future__ import annotations

from marshmallow import fields

from webapp.api.shapes import (
    Row,
    list_of_words,
    maybe,
    maybe_whole,
    row_or_none,
    rows_of,
    said,
    whole,
    yes_no,
)

ISO_DAY = {"format": "date"}


class PlaceRow(Row):
    """A range of the text with its line (from 1)."""

    start = maybe_whole()
    end = maybe_whole()
    line = maybe_whole()


class EvidenceRow(PlaceRow):
    """The sentence that proves: where it stands and its words."""

    work = fields.String(allow_none=True)
    unit = maybe()
    page = maybe_whole()
    text = maybe()


class ErrorRow(Row):
    """Why a request was refused: a code for programs, words for people."""

    code = said("stable, e.g. work.several")
    vi = said()
    en = said()
    status = whole()
    errors = fields.Dict(metadata={"description": "what is wrong, by parameter"})
    candidates = fields.List(fields.String(), metadata={"description": "ids that the name may mean"})


class DocumentRow(Row):
    """A document that is held."""

    id = said("id of the work")
    url = fields.String()
    number = maybe()
    type = maybe()
    title = maybe()
    issuer = maybe()
    issued = maybe("as far as it is known: a day, a month or a year")


class DocumentDetail(DocumentRow):
    """A document with its source and what was odd in reading it."""

    sha256 = said()
    problem_list = fields.List(fields.Dict(), required=True)


class TextRow(Row):
    """The text that offsets count in."""

    work = said()
    text = said()


class UnitFacts(Row):
    """A unit of the structure."""

    eid = said()
    kind = said()
    label = maybe()
    heading = maybe()
    start = whole()
    end = whole()
    line = whole()
    page = maybe_whole()


class UnitRow(UnitFacts):
    """A unit as a row of the outline."""

    level = whole()


class UnitText(UnitFacts):
    """One unit with its words."""

    text = said()


class TableRow(Row):
    """A table as data; an empty cell is null."""

    title = maybe()
    appendix = maybe()
    caption = maybe()
    columns = fields.List(fields.String(allow_none=True), required=True)
    rows = fields.List(fields.List(fields.String(allow_none=True)), required=True)
    row_lines = fields.List(fields.List(fields.Integer()), required=True)
    notes = fields.Dict(required=True)
    start = whole()
    end = whole()
    page = maybe_whole()


class CitationRow(Row):
    """A mention of a document."""

    start = whole()
    end = whole()
    surface = said()
    parts = fields.List(fields.List(fields.Integer()), required=True)
    kind = said("number, name, alias, back, internal, self")
    type = maybe()
    number = maybe()
    issuer = maybe()
    date = maybe()
    year = maybe_whole()
    pinpoint = maybe()
    pinpoints = fields.List(fields.Dict(), required=True)
    relation = maybe()
    direction = maybe()
    relation_evidence = fields.Dict(required=True, allow_none=True)
    use = maybe()
    footnote = maybe()
    unit = maybe()
    line = whole()
    page = maybe_whole()
    work = maybe("the one work that is meant")
    status = maybe("resolved, known, ambiguous, suspect, unreadable")
    candidates = list_of_words()
    reason = maybe()


class ResultRow(PlaceRow):
    """What a report says was reached."""

    text = maybe()
    value = maybe()
    unit = maybe()
    elsewhere = maybe("id of the target at whose place it is told, where not at its own")


class VerdictPlaceRow(PlaceRow):
    """Where a verdict stands."""

    elsewhere = maybe("id of the target at whose place it is told, where not at its own")


class BasisRow(Row):
    """What a target rests on."""

    work = maybe()
    number = maybe()
    year = maybe_whole()
    pinpoint = maybe()
    self = fields.Boolean(required=True)
    kind = said("explicit, footnote, section, table, programme, inferred")
    evidence = rows_of(PlaceRow)
    confidence = fields.Float(required=True)


class TargetRow(PlaceRow):
    """A target."""

    id = said()
    text = said()
    metric = maybe()
    comparator = said(">=, <=, =, >, <, increase, decrease, complete")
    value = maybe()
    unit = maybe()
    period = maybe()
    scope = maybe()
    group = maybe()
    result = row_or_none(ResultRow)
    verdict = maybe()
    verdict_place = row_or_none(VerdictPlaceRow)
    period_from = row_or_none(PlaceRow)
    bases = rows_of(BasisRow)
    unnamed = row_or_none(PlaceRow)
    perhaps = list_of_words()
    same_as = list_of_words()


class FigureRow(PlaceRow):
    """A quantity that a text or a table states."""

    id = said()
    value = maybe()
    unit = maybe()
    what = maybe()
    period = maybe()
    scope = maybe()
    where = said("prose, list, table")
    table = maybe_whole()
    row = maybe_whole()
    column = maybe_whole()


class ClaimSourceRow(PlaceRow):
    """What a document offers for a claim."""

    kind = said("citation, footnote, table, system, url, restated, none")
    work = maybe()
    table = maybe_whole()
    row = maybe_whole()
    column = maybe_whole()
    agrees = fields.Boolean(required=True, allow_none=True)


class ClaimRow(PlaceRow):
    """A claim with what is offered for it."""

    id = said()
    text = said()
    figures = list_of_words()
    sources = rows_of(ClaimSourceRow)


class FindingRow(PlaceRow):
    """A finding of the check."""

    id = said("the same for the same finding in a corrected text")
    rule = said()
    severity = said("error, warning, note")
    page = maybe_whole()
    where = maybe("the section, table or note in which it stands: mục II.2, Bảng 3")
    message = said()
    stated = maybe()
    expected = maybe()
    evidence = rows_of(EvidenceRow)
    suggestion = maybe()
    suggestion_en = maybe()


class SummaryRow(Row):
    """What was and was not checked, by family."""

    summary = yes_no()
    document = said()
    as_of = maybe("", **ISO_DAY)
    checked = fields.Dict(required=True)
    library_as_of = maybe("", **ISO_DAY)


class CheckSheet(Row):
    """The findings of one document, and the summary."""

    items = rows_of(FindingRow)
    summary = fields.Nested(SummaryRow, required=True)
