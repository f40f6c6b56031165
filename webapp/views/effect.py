"""Hiệu lực: what expired or changes soon among the documents that ours rest on; what is followed, and its news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from graphs.finding import find_works
from graphs.follow import Sign, all_news, news_of, see
from kb.errors import NotFound
from kb.store.follows import drop_follow, find_follow
from webapp.current import current_store

blueprint = Blueprint("effect", __name__)


@blueprint.get("/hieu-luc")
def index() -> str:
    """What is followed, with its news."""
    store, today = current_store(), date.today().isoformat()
    followed = [
        (work, news) for follow, news in all_news(store, today) for work in find_works(store, follow.work)[:1]
    ]
    return render_template("effect/index.html", today=today, followed=followed)


@blueprint.post("/tac-pham/<work_id>/theo-doi")
def follow(work_id: str) -> Response:
    """Follow a work, note that its news have been seen (both: all that is known now is seen), or stop."""
    store = current_store()
    if not any(work.id == work_id for work in find_works(store, work_id)):
        raise NotFound(
            code="work.absent", vi=f"không biết văn bản “{work_id}”", en=f"no work “{work_id}” is known"
        )
    if request.form.get("viec") == "thoi":
        drop_follow(store, work_id)
    else:
        see(store, work_id, date.today().isoformat())
    if request.form.get("ve") == "hieu-luc":
        return redirect(url_for("effect.index"), code=303)
    return redirect(url_for("works.show", work_id=work_id), code=303)


@blueprint.app_context_processor
def offer_follow() -> dict[str, Callable[[str], tuple[bool, tuple[Sign, ...]]]]:
    """`follow_of(work)` for templates: whether the work is followed, and what is new of it."""
    return {"follow_of": follow_of}


def follow_of(work_id: str) -> tuple[bool, tuple[Sign, ...]]:
    """Whether a work is followed, and what is new of it since it was last seen."""
    store = current_store()
    found = find_follow(store, work_id)
    return found is not None, news_of(store, found, date.today().isoformat()) if found else ()
