"""Search: the answer of ``cancu search`` over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from kb.search.index import Wanted
from kb.search.protocol import Sort
from kb.search.unanswered import note_unanswered
from webapp.api.asking import proper
from webapp.api.schemas_base import SearchAnswer
from webapp.cli.search import answer_row
from webapp.current import current_index, current_settings

blueprint = Blueprint("api_search", __name__, description="Tra cứu / search")

#: Facets by whose values a search can be narrowed.
_FILTERS = ("type", "issuer", "level", "year", "status", "held")


def _values() -> fields.List[Any]:
    return fields.List(fields.String(validate=[validate.Length(1, 200), proper]), load_default=list)


class SearchArgs(Schema):
    """What to look for, narrowed and ordered."""

    q = fields.String(
        required=True,
        validate=[validate.Length(1, 2000), proper],
        metadata={"description": 'số, từ, "cụm từ", loại:nghị định, AND OR NOT'},
    )
    limit = fields.Integer(load_default=10, validate=validate.Range(1, 200))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, 10_000))
    sort = fields.String(load_default="relevance", validate=validate.OneOf(list(map(str, Sort))))
    as_of = fields.Date(load_default=None, metadata={"description": "ngày xét hiệu lực / day of the statuses"})
    in_force = fields.Date(load_default=None, metadata={"description": "chỉ văn bản còn hiệu lực vào ngày này"})
    type = _values()
    issuer = _values()
    level = _values()
    year = _values()
    status = _values()
    held = _values()


@blueprint.route("/search")
@blueprint.arguments(SearchArgs, location="query")
@blueprint.response(200, SearchAnswer)
def search(asked: dict[str, Any]) -> Response:
    """Tìm văn bản, điều khoản, hàng của bảng / find documents, provisions, table rows."""
    wanted = Wanted(
        asked["q"],
        asked["as_of"] or date.today(),
        asked["in_force"],
        {name: tuple(asked[name]) for name in _FILTERS if asked[name]},
        Sort(asked["sort"]),
        asked["limit"],
        asked["offset"],
    )
    answer = current_index().search(wanted)
    note_unanswered(current_settings(), answer)
    return jsonify(answer_row(answer))
