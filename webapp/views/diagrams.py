"""Lược đồ: the graph around one work, drawn, to walk through, and as tables that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from graphs.diagram import Diagram, build_diagram
from graphs.drawing import MARKS, draw_svg
from graphs.export import write_graph
from graphs.finding import FoundWork, find_works
from graphs.network import Network, build_network, network_graph
from graphs.trace import UP, Link, walk
from kb.bilingual import joined
from kb.errors import NotFound
from kb.mentions import printed_place
from kb.models import Relation
from kb.store.store import Store
from kb.validity import Word
from webapp.asked import asked_day, chosen_day
from webapp.cli.works_named import Proofs
from webapp.current import current_store
from webapp.language import spoken
from webapp.relations import read_resting

blueprint = Blueprint("diagrams", __name__)

#: Steps down that the list of what rests on the work follows; steps of the network, and their default.
DEPTH, FARTHEST, STEPS = 4, 4, 2
#: Neighbours beyond which the drawing is folded: it would be several screens high.
LONG = 40
#: Sentences shown for one pair of works.
SENTENCES = 20


@blueprint.get("/tac-pham/<work_id>/luoc-do")
def show(work_id: str) -> str:
    """The diagram of a work on a day, its network, its tables, and what rests on it step by step."""
    store, day, steps = current_store(), asked_day(), asked_steps()
    diagram = read_diagram(store, work_id, day)
    network = build_network(store, work_id, day, steps)
    return render_template(
        "diagrams/show.html",
        work_id=work_id,
        day=day,
        chosen=chosen_day(),
        steps=steps,
        farthest=FARTHEST,
        diagram=diagram,
        drawing=draw_svg(diagram, page_of, spoken),
        network=network,
        nodes={node.id: node for node in network.nodes},
        words={word.value: spoken(word.value) for word in (*Word, *Relation)},
        marks={word.value: {"colour": colour, "shape": shape} for word, (colour, shape) in MARKS.items()},
        resting=read_resting(store, work_id, date.fromisoformat(day), DEPTH),
        depth=DEPTH,
        long=LONG,
    )


@blueprint.get("/tac-pham/<work_id>/luoc-do.svg")
def drawing(work_id: str) -> Response:
    """The diagram alone, as a file."""
    svg = draw_svg(read_diagram(current_store(), work_id, asked_day()), say=spoken)
    return _file(Response(svg, mimetype="image/svg+xml"), f"luoc-do-{work_id}.svg")


@blueprint.get("/tac-pham/<work_id>/luoc-do.json")
def network(work_id: str) -> Response:
    """The network as JSON: nodes and edges, for the page that draws it."""
    found = read_network(work_id)
    pages = {node.id: url_for("works.show", work_id=node.id) for node in found.nodes}
    nodes = [{**asdict(node), "page": pages[node.id], "diagram": page_of(node.id)} for node in found.nodes]
    edges = [{**asdict(edge), "page": _between(edge.source, edge.target)} for edge in found.edges]
    return jsonify(root=found.root, nodes=nodes, edges=edges, left_out=found.left_out)


@blueprint.get("/tac-pham/<work_id>/luoc-do.graphml")
def graphml(work_id: str) -> Response:
    """The network as GraphML."""
    text = write_graph(network_graph(read_network(work_id)), "graphml")
    return _file(Response(text, mimetype="application/graphml+xml"), f"luoc-do-{work_id}.graphml")


@blueprint.get("/tac-pham/<work_id>/voi/<other_id>")
def between(work_id: str, other_id: str) -> str:
    """What two works say of each other, every sentence; with ``?manh=1`` only those, a piece of a page."""
    store = current_store()
    proofs = Proofs(store)
    pair = [one_work(store, name) for name in (work_id, other_id)]
    told = _said(store, work_id, other_id) + _said(store, other_id, work_id)
    template = "diagrams/_sentences.html" if request.args.get("manh") else "diagrams/between.html"
    return render_template(
        template,
        pair=pair,
        names={work.id: work for work in pair},
        told=[(link, _places(link), proofs.of_link(link)) for link in told[:SENTENCES]],
        total=len(told),
    )


def _said(store: Store, source: str, target: str) -> list[Link]:
    """The edges from one work to another, in reading order."""
    links = (link for link in walk(store, source, UP, 1, None).links if link.target == target)
    return sorted(links, key=lambda link: link.start or 0)


def _places(link: Link) -> str:
    return joined(map(printed_place, link.place.split("; ")), ", ", "; ") if link.place else ""


def read_network(work_id: str) -> Network:
    """The network of a work that is known, as far as ``?bac=`` asks; `NotFound` for any other."""
    store = current_store()
    one_work(store, work_id)
    return build_network(store, work_id, asked_day(), asked_steps())


def read_diagram(store: Store, work_id: str, day: str) -> Diagram:
    """The diagram of a work that is known; `NotFound` for any other."""
    one_work(store, work_id)
    return build_diagram(store, work_id, day)


def one_work(store: Store, work_id: str) -> FoundWork:
    """The work with an id; `NotFound` where none has it."""
    found: Sequence[FoundWork] = [work for work in find_works(store, work_id) if work.id == work_id]
    if not found:
        raise NotFound(
            code="work.absent", vi=f"không biết văn bản “{work_id}”", en=f"no work “{work_id}” is known"
        )
    return found[0]


def page_of(work_id: str) -> str:
    """Where a neighbour leads: to its own diagram on the same day, so that one walks from work to work."""
    return url_for("diagrams.show", work_id=work_id, ngay=request.args.get("ngay"), bac=request.args.get("bac"))


def asked_steps() -> int:
    """How many steps the network goes each way (``?bac=``)."""
    return min(max(request.args.get("bac", STEPS, type=int), 1), FARTHEST)


def _between(source: str, target: str) -> str:
    return url_for("diagrams.between", work_id=source, other_id=target)


def _file(response: Response, name: str) -> Response:
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
