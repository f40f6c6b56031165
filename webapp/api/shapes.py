"""The words in which the shapes of rows are told."""

from __future__ import annotations

from typing import Any

from marshmallow import INCLUDE, Schema, fields


class Row(Schema):
    """A row: the members that can be relied on; it may have more."""

    class Meta:
        """More members are no breach."""

        unknown = INCLUDE


def maybe(about: str = "", **more: object) -> fields.String:
    """A word or a sentence that may be null."""
    about_it = {"description": about} if about else {}
    return fields.String(required=True, allow_none=True, metadata={**about_it, **more})


def said(about: str = "", **more: object) -> fields.String:
    """A word or a sentence that is always there."""
    about_it = {"description": about} if about else {}
    return fields.String(required=True, metadata={**about_it, **more})


def maybe_whole(about: str = "") -> fields.Integer:
    """A whole number that may be null."""
    return fields.Integer(required=True, allow_none=True, metadata={"description": about} if about else {})


def whole() -> fields.Integer:
    """A whole number that is always there."""
    return fields.Integer(required=True)


def yes_no() -> fields.Boolean:
    """Yes or no."""
    return fields.Boolean(required=True)


def list_of_words() -> fields.List[Any]:
    """A list of words."""
    return fields.List(fields.String(), required=True)


def rows_of(schema: type[Schema]) -> fields.List[Any]:
    """A list of rows."""
    return fields.List(fields.Nested(schema), required=True)


def row_or_none(schema: type[Schema]) -> fields.Nested:
    """A row, or null."""
    return fields.Nested(schema, required=True, allow_none=True)


def counted() -> fields.Dict:
    """How many of each word."""
    return fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


def page_of(schema: type[Schema]) -> type[Schema]:
    """The schema of one page of rows.

    >>> WorkRow = Row.from_dict({"work": said()}, name="WorkRow")
    >>> page_of(WorkRow).__name__
    'WorkRowPage'
    """
    return Row.from_dict(
        {"total": whole(), "limit": whole(), "offset": whole(), "items": rows_of(schema)},
        name=f"{schema.__name__}Page",
    )


def list_of(schema: type[Schema]) -> type[Schema]:
    """The schema of all rows of one document.

    >>> WorkRow = Row.from_dict({"work": said()}, name="WorkRow")
    >>> list_of(WorkRow).__name__
    'WorkRowList'
    """
    return Row.from_dict({"items": rows_of(schema)}, name=f"{schema.__name__}List")
