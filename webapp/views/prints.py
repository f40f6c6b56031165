"""Pages as printed: the picture of a page of the original PDF beside its text, the cited words boxed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, render_template, request

from ingest.page_picture import PagePicture, picture_page
from kb.models import Box, Document, MediaType
from webapp.current import current_store
from webapp.held import Held, read_held
from webapp.pages import Marks, build_page
from webapp.printed_places import Printed, block_at, printed_at
from webapp.provisions import name_of

blueprint = Blueprint("prints", __name__)

#: Points around a box, so that it does not touch the letters.
_AIR = 2.0


@blueprint.get("/van-ban/<work_id>/trang/<int(max=2147483647):number>")
def show(work_id: str, number: int) -> str:
    """A page of a PDF beside its text; ``?cho=`` is a place of the source whose words are boxed."""
    store = current_store()
    held = _pdf(work_id)
    document = held.document
    if not 1 <= number <= (document.pages or 0):
        abort(404)
    citations = held.citations
    place = request.args.get("cho", type=int)
    cited = next((one for one in citations if place is not None and one.span.start == place), None)
    picture = _picture(store.original(document.source.sha256), number)
    page = build_page(document, Marks(tuple((citation.span, at) for at, citation in enumerate(citations))))
    printed = Printed()
    if place is not None:
        printed = printed_at(picture, document, number, place, cited.parts if cited else ())
    begun = block_at(document, place) if place is not None and printed.before else None
    return render_template(
        "documents/print.html",
        work_id=work_id,
        name=name_of(document.metadata),
        document=document,
        number=number,
        pieces=[
            piece
            for piece in page.pieces
            if piece.page == number or (begun is not None and piece.start == begun.span.start)
        ],
        place=place,
        picture=picture,
        printed=printed,
        region=_region(document, number, place) if not printed.paragraph else None,
    )


@blueprint.get("/van-ban/<work_id>/trang/<int(max=2147483647):number>.png")
def image(work_id: str, number: int) -> Response:
    """The picture of a page; it never changes for one file, and its ETag is the file's hash."""
    store = current_store()
    document = _pdf(work_id).document
    if not 1 <= number <= (document.pages or 0):
        abort(404)
    response = make_response(_picture(store.original(document.source.sha256), number).png)
    response.headers["Content-Type"] = "image/png"
    response.cache_control.max_age = 86_400
    response.cache_control.private = True
    response.set_etag(f"{document.source.sha256[:16]}-{number}")
    response.make_conditional(request)
    return response


def _pdf(work_id: str) -> Held:
    held = read_held(work_id)
    if held.document.source.media_type is not MediaType.PDF:
        abort(404)
    return held


@lru_cache(maxsize=32)
def _picture(path: Path, number: int) -> PagePicture:
    """A page painted; some ten megabytes of the last ones are kept."""
    return picture_page(path, number)


def _region(document: Document, number: int, place: int | None) -> Box | None:
    """Where the paragraph with a place of the source stands on a scan: from its first line to the next block."""
    on_page = [block for block in document.blocks if block.page == number and block.box is not None]
    holding = block_at(document, place) if place is not None else None
    if holding is None or holding.box is None or holding not in on_page:
        return None
    box = holding.box
    left = min(block.box.x0 for block in on_page if block.box)
    right = max(block.box.x1 for block in on_page if block.box)
    later = on_page[on_page.index(holding) + 1 :]
    below = (block.box.top for block in later if block.box and block.box.top > box.bottom)
    bottom = next(below, box.bottom + _AIR) - _AIR
    return Box(left - _AIR, box.top - _AIR, right + _AIR, max(bottom, box.bottom + _AIR))
