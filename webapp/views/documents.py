"""Pages of the documents held: the list, one document, its original file."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, render_template, send_file

from kb.errors import NotFound
from kb.models import CitationKind
from webapp.current import current_store
from webapp.pages import Marks, build_page
from webapp.presenters import describe_source
from webapp.relations import read_surroundings

blueprint = Blueprint("documents", __name__)


@blueprint.get("/van-ban")
def index() -> str:
    """The list of documents held."""
    return render_template("documents/index.html", documents=current_store().list_documents())


@blueprint.get("/van-ban/<work_id>")
def show(work_id: str) -> str:
    """One document: header, outline, text, tables, footnotes, provenance."""
    store = current_store()
    document = store.load(work_id)
    around = read_surroundings(store, work_id, date.today())
    # A document's own number on its own page leads nowhere.
    cited = (
        (citation.span, at)
        for at, citation in enumerate(store.citations(work_id))
        if citation.kind is not CitationKind.SELF and around.targets.get(at) != work_id
    )
    page = build_page(document, Marks(tuple(cited)))
    return render_template(
        "documents/show.html",
        work_id=work_id,
        page=page,
        source=describe_source(document),
        around=around,
        versions=store.versions(work_id),
        today=date.today(),
        card_of=lambda at: around.cards.get(around.targets.get(at, "")),
    )


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
