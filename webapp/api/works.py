"""Works: documents held or only known of; in force, what they rest on, what is worth collecting."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import fields, validate

from graphs.effects import Row, Wish, read_effects
from graphs.finding import find_works
from graphs.status import answer_status
from graphs.trace import BASES, HOPS, walk
from kb.mentions import printed_place, stored_places
from webapp.api.answers import page, whole
from webapp.api.asking import OnDay, Paging, may_miss, named_work, proper
from webapp.api.schemas_base import CitedRow, StatusRow, TraceRow, TurnRow, WorkRow
from webapp.api.shapes import page_of
from webapp.cli.status import event_row, status_row
from webapp.cli.trace import trace_row
from webapp.cli.works import cited_row
from webapp.cli.works_named import Proofs, work_row
from webapp.collecting import works_to_collect
from webapp.current import current_store
from webapp.views.effect import moved

blueprint = Blueprint("api_works", __name__, description="Văn bản được biết / works, held or only known of")

#: Works of the longest to-collect list.
_COLLECT = 10_000


class FindWorks(Paging):
    """Which works are asked for."""

    q = fields.String(
        required=True,
        validate=[validate.Length(1, 500), proper],
        metadata={"description": "mã, địa chỉ, số hoặc tên / id, URL, number or name"},
    )


class StatusArgs(OnDay):
    """The day, and the part of a document that is meant."""

    at = fields.String(
        load_default="", validate=[validate.Length(max=200), proper], metadata={"description": "khoản 2 Điều 5"}
    )


class TraceArgs(OnDay):
    """Which way, how far."""

    direction = fields.String(load_default="up", validate=validate.OneOf(["up", "down"]))
    depth = fields.Integer(load_default=HOPS, validate=validate.Range(1, 20))
    all = fields.Boolean(load_default=False, metadata={"description": "mọi quan hệ / every relation"})


class EffectArgs(Paging, OnDay):
    """Between which days; by default a year back and half a year ahead."""

    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    all = fields.Boolean(load_default=False, metadata={"description": "cả văn bản chỉ được dẫn chiếu"})


@blueprint.route("/works")
@blueprint.arguments(FindWorks, location="query")
@blueprint.response(200, page_of(WorkRow))
def find(asked: dict[str, Any]) -> Response:
    """Những văn bản mà một tên có thể chỉ / the works that a name can mean: none, one or several."""
    return page([work_row(work) for work in find_works(current_store(), asked["q"])], asked)


@blueprint.route("/works/to-collect")
@blueprint.arguments(Paging, location="query")
@blueprint.response(200, page_of(CitedRow))
def to_collect(asked: dict[str, Any]) -> Response:
    """Được dẫn nhiều nhất mà kho chưa có / what is cited most and not held, and by whom."""
    return page([cited_row(work) for work in works_to_collect(current_store(), _COLLECT)], asked)


@blueprint.route("/effect")
@blueprint.arguments(EffectArgs, location="query")
@blueprint.response(200, page_of(TurnRow))
def effect(asked: dict[str, Any]) -> Response:
    """Hiệu lực của căn cứ đổi ngày nào, văn bản nào dựa vào / turns of force."""
    store, today = current_store(), (asked["as_of"] or date.today())
    since = asked["since"].isoformat() if asked["since"] else moved(today, -365)
    until = asked["until"].isoformat() if asked["until"] else moved(today, 180)
    wish = Wish(since, until, today.isoformat(), everything=asked["all"])
    found = read_effects(store, wish, asked["limit"], asked["offset"])
    proofs = Proofs(store)
    return page([_turn_row(row, proofs) for row in found.rows], asked, found.total)


def _turn_row(row: Row, proofs: Proofs) -> dict[str, Any]:
    return {
        "work": row.work.id,
        "number": row.work.number,
        "title": row.work.title,
        "on": row.turn.on,
        "before": row.turn.before.value,
        "after": row.turn.after.value,
        "because": [event_row(event, proofs) for event in row.turn.events],
        "resting": [
            {
                "work": one.work.id,
                "number": one.work.number,
                "title": one.work.title,
                "relations": list(one.relations),
                "places": [printed_place(place) for place in one.places],
                "touched": one.touched,
                "late": one.late,
            }
            for one in row.resting
        ],
    }


@blueprint.route("/works/<path:name>")
@blueprint.response(200, WorkRow)
@may_miss(blueprint)
def show(name: str) -> Response:
    """Một văn bản, có trong kho hay chỉ được dẫn / one work, held or only known of."""
    return whole(work_row(named_work(name)))


@blueprint.route("/works/<path:name>/status")
@blueprint.arguments(StatusArgs, location="query")
@blueprint.response(200, StatusRow)
@may_miss(blueprint)
def status(asked: dict[str, Any], name: str) -> Response:
    """Có hiệu lực vào một ngày không, vì sao / in force on a day? since when, why."""
    store, work = current_store(), named_work(name)
    on = (asked["as_of"] or date.today()).isoformat()
    where = stored_places(asked["at"])[0] if asked["at"] else ""
    return whole(status_row(answer_status(store, work.id, on, where), work, Proofs(store)))


@blueprint.route("/works/<path:name>/trace")
@blueprint.arguments(TraceArgs, location="query")
@blueprint.response(200, TraceRow)
@may_miss(blueprint)
def trace(asked: dict[str, Any], name: str) -> Response:
    """Chuỗi căn cứ, hoặc những gì dựa vào nó / the chain of legal bases, or what rests on it."""
    store = current_store()
    on = (asked["as_of"] or date.today()).isoformat()
    chain = walk(store, named_work(name).id, asked["direction"], asked["depth"], None if asked["all"] else BASES)
    return whole(trace_row(store, chain, on))
