"""Pages of the documents held: the list, one document, its tables as workbooks, its original file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from flask import Blueprint, Response, abort, make_response, render_template, request, send_file

from kb.errors import NotFound
from kb.mentions import places_of
from kb.models import Citation, CitationKind, Document, MediaType
from webapp.addresses import url_for
from webapp.asked import asked_day, chosen_day
from webapp.current import current_store
from webapp.drawing import CitedPlace, Tools
from webapp.held import read_held, versions_of
from webapp.kept import kept
from webapp.outputs.tables import tables_workbook
from webapp.pages import Marks, build_page
from webapp.presenters import describe_source
from webapp.provisions import citation_words, name_of, unit_at
from webapp.relations import Surroundings, read_surroundings
from webapp.turns import in_turn

blueprint = Blueprint("documents", __name__)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


#: Documents on one page of the list.
_PAGE = 50
#: What the list begins with: the last issued, or the last taken in.
NEWEST = "moi-nap"


@blueprint.get("/van-ban")
def index() -> str:
    """The list of documents held, a page at a time (``?trang=``): all, or of a kind (``?loai=``)."""
    store, asked = current_store(), request.args
    page = min(max(asked.get("trang", 1, type=int), 1), 100_000)
    kinds, kind = store.count_kinds(), asked.get("loai", "")[:200]
    newest = asked.get("xep") == NEWEST
    total = kinds.get(kind, 0) if kind else store.count_documents()
    return render_template(
        "documents/index.html",
        documents=store.list_documents(_PAGE, (page - 1) * _PAGE, kind=kind, newest=newest),
        total=total,
        page=page,
        pages=-(-total // _PAGE),
        asked={"loai": kind or None, "xep": NEWEST if newest else None},
        kinds=kinds,
        newest=newest,
        NEWEST=NEWEST,
    )


@blueprint.get("/van-ban/<work_id>")
@kept
@in_turn
def show(work_id: str) -> str:
    """One document on a day (``?ngay=``), one of its texts (``?ban=``): header, outline, text, tables, notes."""
    store, day = current_store(), asked_day()
    held = read_held(work_id, request.args.get("ban", type=int))
    document, citations, read = held.document, held.citations, held.version
    around = read_surroundings(store, work_id, date.fromisoformat(day))
    eids = {unit.eid for unit in document.units}
    leads = _leads(citations, around, eids, work_id) if read.current else {}
    # A document's own number on its own page leads nowhere.
    cited = (
        (citation.span, at)
        for at, citation in enumerate(citations)
        if citation.kind is not CitationKind.SELF and around.targets.get(at) != work_id
    )
    printed = document.source.media_type is MediaType.PDF and read.current
    tools = Tools(work_id, leads, citation_words(document.units), _citers(around, eids), printed)
    return render_template(
        "documents/show.html",
        work_id=work_id,
        page=build_page(document, Marks(tuple(cited))),
        source=describe_source(document),
        around=around,
        versions=versions_of(work_id),
        version=read,
        day=day,
        chosen=chosen_day(),
        today=date.today().isoformat(),
        tools=tools,
        short_name=name_of(document.metadata),
        full_name=name_of(document.metadata, full=True),
    )


def _leads(
    citations: Sequence[Citation], around: Surroundings, eids: Collection[str], work_id: str
) -> Mapping[int, CitedPlace]:
    """Where each citation leads, by its position."""
    found: dict[int, CitedPlace] = {}
    for at, citation in enumerate(citations):
        place = places_of(citation.pinpoints[:1])
        work = around.cards.get(around.targets.get(at, ""))
        if work is not None:
            endpoint = "documents.show" if work.held else "works.show"
            day = chosen_day()
            found[at] = CitedPlace(
                url_for(endpoint, work_id=work.id, ngay=day, _anchor=around.places.get(at)),
                work,
                url_for("provisions.card", work_id=work.id, noi=place or None, ngay=day),
            )
        elif citation.kind is CitationKind.INTERNAL or around.targets.get(at) == work_id:
            here = unit_at(place, eids, citation.unit or "")
            if here is not None:
                found[at] = CitedPlace(f"#{here}", None)
    return found


def _citers(around: Surroundings, eids: Collection[str]) -> Mapping[str, int]:
    """How many works cite each unit or what is in it, by eid."""
    found: dict[str, set[str]] = {}
    for place, works in around.citing.items():
        eid = unit_at(place, eids)
        while eid:
            found.setdefault(eid, set()).update(works)
            eid = eid.rpartition("__")[0]
    return {eid: len(works) for eid, works in found.items()}


@blueprint.get("/van-ban/<work_id>/bang.xlsx")
def workbook(work_id: str) -> Response:
    """All tables of a document as a workbook, or the one that ``?so=`` asks for."""
    document: Document = current_store().load(work_id)
    number = request.args.get("so", type=int)
    if not document.tables or (number is not None and not 1 <= number <= len(document.tables)):
        abort(404)
    chosen = document.tables if number is None else document.tables[number - 1 : number]
    response = make_response(tables_workbook(chosen, number or 1))
    response.headers["Content-Type"] = WORKBOOK
    name = f"bang-{work_id}.xlsx" if number is None else f"bang-{number}-{work_id}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/van-ban/<work_id>/tep-goc")
def original(work_id: str) -> Response:
    """The original file, byte for byte, as a download (never shown inside our pages)."""
    store = current_store()
    try:
        source = store.load(work_id).source
    except NotFound:
        abort(404)
    name = source.path.replace("\\", "/").rsplit("/", 1)[-1]
    return send_file(
        store.original(source.sha256), mimetype=source.media_type.value, as_attachment=True, download_name=name
    )
