"""Lược đồ: the graph around one document, drawn and as a table that says the same."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request, url_for

from graphs.diagram import Diagram, build_diagram, draw_svg
from graphs.finding import find_works
from kb.errors import NotFound
from kb.store.store import Store
from webapp.asked import asked_day
from webapp.current import current_store
from webapp.relations import read_resting

blueprint = Blueprint("diagrams", __name__)

#: Steps down that the list of what rests on the work follows.
DEPTH = 4


@blueprint.get("/tac-pham/<work_id>/luoc-do")
def show(work_id: str) -> str:
    """The diagram of a work on a day, its table, and what rests on it step by step."""
    store, day = current_store(), asked_day()
    diagram = read_diagram(store, work_id, day)
    return render_template(
        "diagrams/show.html",
        work_id=work_id,
        day=day,
        diagram=diagram,
        drawing=draw_svg(diagram, page_of),
        resting=read_resting(store, work_id, date.fromisoformat(day), DEPTH),
        depth=DEPTH,
    )


@blueprint.get("/tac-pham/<work_id>/luoc-do.svg")
def drawing(work_id: str) -> Response:
    """The diagram alone, as a file."""
    svg = draw_svg(read_diagram(current_store(), work_id, asked_day()))
    answer = Response(svg, mimetype="image/svg+xml")
    answer.headers.set("Content-Disposition", "attachment", filename=f"luoc-do-{work_id}.svg")
    return answer


def read_diagram(store: Store, work_id: str, day: str) -> Diagram:
    """The diagram of a work that is known; `NotFound` for any other."""
    if not any(work.id == work_id for work in find_works(store, work_id)):
        raise NotFound(
            code="work.absent", vi=f"không biết văn bản “{work_id}”", en=f"no work “{work_id}” is known"
        )
    return build_diagram(store, work_id, day)


def page_of(work_id: str) -> str:
    """Where a neighbour leads: to its own diagram on the same day, so that one walks from work to work."""
    return url_for("diagrams.show", work_id=work_id, ngay=request.args.get("ngay"))
