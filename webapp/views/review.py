"""Kho, duyệt: places that people should look at, one after the other, each with a decision that stays."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from graphs.update import update_within
from kb.errors import CanCuError, NotFound
from kb.store.decided import Decision, list_decisions, pin_mentions, withdraw_decision
from kb.store.review import (
    CITED,
    Open,
    Place,
    Queue,
    Said,
    count_open,
    find_open,
    next_open,
    same_mentions,
    say_of,
    unsay,
)
from kb.store.store import Store
from webapp.cli.works_named import one_work
from webapp.current import acting, current_store
from webapp.reviewing import KEYS, QUEUES, build_case, offered

blueprint = Blueprint("review", __name__, url_prefix="/kho/duyet")

#: What was done last.
NOTED, PINNED, NONE = "đã ghi nhận", "đã ghim vào %(work)s", "đã ghi: không phải văn bản nào trong các ứng viên"

_PLACE_RE = re.compile(r"([0-9a-f]{64})\.([a-z._]{1,40})\.(-?\d{1,10})")


@blueprint.get("")
def show() -> str:
    """The next place of a queue: ``loai`` is the queue, ``cho`` a place, ``sau`` and ``truoc`` go on and back."""
    store = current_store()
    counts = count_open(store)
    later = request.args.get("de-sau") == "1"
    queue = _queue(request.args.get("loai")) or _first(counts, later)
    asked = _asked(store, queue, later)
    return render_template(
        "kho/review.html",
        queues=QUEUES,
        counts=counts,
        queue=queue,
        later=later,
        case=build_case(store, asked) if asked else None,
        cited=CITED,
        keys=KEYS,
        done=_done(store, request.args.get("xong", "")),
    )


@blueprint.post("")
def decide() -> Response:
    """One decision; then the next place of the queue."""
    store = current_store()
    place = _place(request.form.get("place", ""))
    asked = find_open(store, place) if place else None
    if place is None or asked is None:
        raise NotFound(
            code="review.done",
            vi="chỗ này không còn trong hàng duyệt: đã có người quyết định, hoặc văn bản đã thay đổi",
            en="this place is not in the queue any more",
        )
    what, _, chosen = request.form.get("what", "").partition(":")
    note = " ".join(request.form.get("note", "").split())[:500]
    if what == Said.LATER or (what in list(Said) and place.code != CITED):
        say_of(store, place, Said(what), acting(), asked.work, note)
        done = f"r{place.sha256}.{place.code}.{place.start}"
    elif what in ("pin", "none", "other") and place.code == CITED:
        done = f"d{_pin(store, asked, what, chosen, note)}"
    else:
        abort(400)
    return _onward(store, asked, done)


@blueprint.post("/lui")
def undo() -> Response:
    """The last decision taken back; then its place again."""
    store = current_store()
    what = request.form.get("what", "")
    if what[:1] == "d" and what[1:].isdecimal():
        withdraw_decision(store, int(what[1:]), acting(), update_within)
        return redirect(url_for("review.show", loai=request.form.get("loai"), cho=request.form.get("cho")), 303)
    place = _place(what[1:])
    if place is None:
        abort(400)
    unsay(store, place, acting(), request.form.get("subject", "")[:200])
    return redirect(url_for("review.show", loai=request.form.get("loai"), cho=what[1:]), 303)


def _pin(store: Store, asked: Open, what: str, chosen: str, note: str) -> int:
    """The number of the decision on a mention, and on those that say the same where that was asked for."""
    into = ""
    if what == "pin":
        if chosen not in offered(store, asked):
            abort(400)
        into = chosen
    elif what == "other":
        typed = request.form.get("other", "").strip()
        if not typed:
            raise CanCuError(
                code="review.no_work", vi="hãy gõ số hoặc mã của văn bản", en="type the number of a document"
            )
        into = one_work(store, typed).id
    starts = [asked.place.start, *(same_mentions(store, asked) if request.form.get("all") else ())]
    kind = "none" if what == "none" else "pin"
    places = [(asked.work, start) for start in starts]
    return pin_mentions(store, kind, places, into, acting(), note, relate=update_within).number


def _onward(store: Store, asked: Open, done: str) -> Response:
    later = request.form.get("later") == "1"
    found = next_open(store, asked.queue, later, asked.place) or next_open(store, asked.queue, later)
    told = {"loai": asked.queue.value, "xong": done}
    if later:
        told["de-sau"] = "1"
    if found is not None:
        told["cho"] = _key(found.place)
    return redirect(f"{url_for('review.show')}?{urlencode(told)}", code=303)


def _asked(store: Store, queue: Queue, later: bool) -> Open | None:
    for name, back in (("cho", None), ("sau", False), ("truoc", True)):
        place = _place(request.args.get(name, ""))
        if place is not None:
            found = find_open(store, place) if back is None else next_open(store, queue, later, place, back)
            if found is not None:
                return found
    return next_open(store, queue, later)


def _done(store: Store, told: str) -> dict[str, str] | None:
    """What the page says of the last decision, and what its undo needs."""
    if told[:1] == "d" and told[1:].isdecimal():
        found = next((one for one in list_decisions(store) if one.id == int(told[1:])), None)
        return {"words": _decision_words(found), "what": told, "cho": _mention(found)} if found else None
    place = _place(told[1:])
    return {"words": gettext(NOTED), "what": told, "cho": told[1:]} if place and told[:1] == "r" else None


def _decision_words(made: Decision) -> str:
    if made.kind == "none":
        return str(gettext(NONE))
    return str(gettext(PINNED, work=made.payload["into"]))


def _mention(made: Decision) -> str:
    mentions = made.payload["mentions"]
    sha256, start = mentions[0] if isinstance(mentions, list) else ("", 0)
    return f"{sha256}.{CITED}.{start}"


def _queue(name: str | None) -> Queue | None:
    return Queue(name) if name in list(Queue) else None


def _first(counts: dict[Queue, tuple[int, int]], later: bool) -> Queue:
    return next((queue for queue in QUEUES if counts[queue][later]), Queue.AMBIGUOUS)


def _place(text: str) -> Place | None:
    told = _PLACE_RE.fullmatch(text)
    return Place(told[1], told[2], int(told[3])) if told else None


def _key(place: Place) -> str:
    return f"{place.sha256}.{place.code}.{place.start}"
