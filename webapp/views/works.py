"""Tác phẩm: documents that are only cited, and those worth collecting."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from graphs.finding import find_works, works_by_id
from graphs.status import answer_status, describe, describe_event
from graphs.trace import DOWN, Link, walk
from kb.bilingual import Bilingual
from kb.errors import NotFound
from webapp.current import current_store

blueprint = Blueprint("works", __name__)


@blueprint.get("/tac-pham/<work_id>")
def show(work_id: str) -> str | Response:
    """What is known of a document that is only cited; one that is held has its own page."""
    store = current_store()
    found = [work for work in find_works(store, work_id) if work.id == work_id]
    if not found:
        raise NotFound(
            code="work.absent", vi=f"không biết văn bản “{work_id}”", en=f"no work “{work_id}” is known"
        )
    if found[0].held:
        return redirect(url_for("documents.show", work_id=work_id))
    today = date.today().isoformat()
    answer = answer_status(store, work_id, today)
    because = [describe_event(event) for event in answer.standing.because]
    places: dict[str, list[Link]] = {}
    for link in walk(store, work_id, DOWN, 1, None).links:
        places.setdefault(link.source, []).append(link)
    citing = works_by_id(store, places)
    return render_template(
        "works/show.html",
        work=found[0],
        answer=answer,
        today=today,
        reason=Bilingual(*describe(answer)),
        because=because,
        places=places,
        citing=citing,
    )
