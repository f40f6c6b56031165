"""Pages of the documents held: the list, one document, its tables as workbooks, its original file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from flask import Blueprint, Response, abort, make_response, render_template, request, send_file

from graphs.versions import twins_of_work
from kb.errors import NotFound
from kb.models import Document
from webapp.addresses import url_for
from webapp.asked import asked_day, chosen_day
from webapp.current import current_settings, current_store
from webapp.drawing import CitedPlace, fill_gaps
from webapp.drawn import Drawn, read_drawn
from webapp.held import version_of, versions_of
from webapp.kept import kept
from webapp.outputs.tables import tables_workbook
from webapp.provisions import name_of, unit_at
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
    read = version_of(work_id, request.args.get("ban", type=int))
    around = read_surroundings(store, work_id, date.fromisoformat(day))
    drawn = read_drawn(current_settings(), work_id, store.packed(work_id, read.ordinal), read.current)
    leads = _leads(drawn, around) if read.current else {}
    citers = _citers(around, set(drawn.eids))
    own = {at for at, target in around.targets.items() if target == work_id and read.current}
    return render_template(
        "documents/show.html",
        work_id=work_id,
        drawn=drawn,
        text=fill_gaps(drawn.text, leads, citers, work_id, own),
        notes=fill_gaps(drawn.notes, leads, citers, work_id, own),
        around=around,
        twins_of=lambda _: twins_of_work(store, work_id, around.deeds, versions_of(work_id)),
        versions=versions_of(work_id),
        version=read,
        day=day,
        chosen=chosen_day(),
        today=date.today().isoformat(),
        short_name=name_of(drawn.document.metadata),
        full_name=name_of(drawn.document.metadata, full=True),
    )


def _leads(drawn: Drawn, around: Surroundings) -> Mapping[int, CitedPlace]:
    """Where each citation leads, by its position."""
    found: dict[int, CitedPlace] = {}
    day = chosen_day()
    for at, mention in enumerate(drawn.mentions):
        work = around.cards.get(around.targets.get(at, ""))
        if work is not None:
            endpoint = "documents.show" if work.held else "works.show"
            found[at] = CitedPlace(
                url_for(endpoint, work_id=work.id, ngay=day, _anchor=around.places.get(at)),
                work,
                url_for("provisions.card", work_id=work.id, noi=mention.place or None, ngay=day),
            )
        elif mention.here is not None:
            found[at] = CitedPlace(f"#{mention.here}", None)
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
