"""Kho, gộp và tách: works merged and split after a look at what that does; every decision can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import count

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from graphs.finding import FoundWork
from graphs.update import update_within
from kb.errors import CanCuError, NotFound
from kb.models import Document, Span
from kb.store import graph as rows
from kb.store.decided import list_decisions, merge_works, pin_mentions, withdraw_decision
from kb.store.engine import said
from kb.store.store import Store
from webapp.asked import refuse
from webapp.cli.works_named import one_work
from webapp.current import acting, current_store
from webapp.reviewing import candidates_of
from webapp.sentences import Sentence, sentence_at

blueprint = Blueprint("decisions", __name__, url_prefix="/kho/gop-tach")

KINDS = {"merge": "gộp", "split": "tách", "pin": "ghim", "none": "không phải văn bản nào đã biết"}
#: Mentions shown of a work that is to be split.
_SHOWN = 100
_ID_RE = re.compile(r"[a-z0-9][a-z0-9.-]{0,190}")


@blueprint.get("")
def index() -> str:
    """The two forms, and all decisions, latest first."""
    return render_template(
        "kho/decisions.html", decisions=list_decisions(current_store())[::-1], kinds=KINDS, done=request.args
    )


@blueprint.get("/gop")
def look_at_merge() -> str:
    """What a merge does: the two works, and the mentions that move."""
    store = current_store()
    one, other = pair_to_merge(store, request.args.get("tu", ""), request.args.get("vao", ""))
    moving = _mentions(store, one.id)
    return render_template(
        "kho/merge.html",
        works=candidates_of(store, (one.id, other.id)),
        moving=_shown(store, moving),
        total=len(moving),
    )


@blueprint.post("/gop")
def merge() -> Response:
    """One work is the other from now on."""
    store = current_store()
    one, other = pair_to_merge(store, request.form.get("tu", ""), request.form.get("vao", ""))
    made = merge_works(store, one.id, other.id, acting(), _note(), relate=update_within)
    return redirect(url_for("decisions.index", _anchor=f"qd-{made.number}"), 303)


@blueprint.get("/tach")
def look_at_split() -> str:
    """The mentions of a work to choose from; with some chosen, what the split does."""
    store = current_store()
    work = one_work(store, request.args.get("van-ban", "").strip())
    all_of_it = _mentions(store, work.id)
    chosen = set(request.args.getlist("cho"))
    picked = [row for row in all_of_it if f"{row.source}#{row.start}" in chosen]
    return render_template(
        "kho/split.html",
        work=candidates_of(store, (work.id,))[0],
        mentions=_shown(store, picked or all_of_it),
        total=len(all_of_it),
        picked=len(picked),
        into=_new_id(store, work.id, request.args.get("ma", "").strip()),
    )


@blueprint.post("/tach")
def split() -> Response:
    """The chosen mentions mean a work of their own from now on."""
    store = current_store()
    work = one_work(store, request.form.get("van-ban", ""))
    known = {f"{row.source}#{row.start}": (row.source, row.start) for row in _mentions(store, work.id)}
    chosen = [known[name] for name in request.form.getlist("cho") if name in known]
    if not chosen:
        refuse("Hãy chọn ít nhất một chỗ nhắc tới.", "Choose at least one mention.")
    into = _new_id(store, work.id, request.form.get("ma", "").strip())
    made = pin_mentions(store, "split", chosen, into, acting(), _note(), relate=update_within)
    return redirect(url_for("decisions.index", _anchor=f"qd-{made.number}"), 303)


@blueprint.post("/rut/<int(max=2147483647):number>")
def withdraw(number: int) -> Response:
    """A decision taken back."""
    store = current_store()
    withdraw_decision(store, number, acting(), update_within)
    return redirect(url_for("decisions.index"), 303)


def pair_to_merge(store: Store, former: str, into: str) -> tuple[FoundWork, FoundWork]:
    """The two works of a merge; raises `CanCuError` where the first is held or is the second."""
    one, other = one_work(store, former.strip()), one_work(store, into.strip())
    if one.held:
        raise CanCuError(
            code="works.held",
            vi=f"“{one.id}” có toàn văn trong kho nên không gộp vào văn bản khác; hãy gộp văn bản kia vào nó",
            en=f"“{one.id}” is held and stays itself; merge the other one into it",
        )
    if one.id == other.id:
        raise NotFound(code="works.same", vi="hai mã là một văn bản", en="both ids are one work")
    return one, other


def _mentions(store: Store, work: str) -> list[rows.Record]:
    with said(), store.connect() as connection:
        return [row for row in rows.edge_rows(connection, "target", [work]) if row.version_id is not None]


def _shown(store: Store, mentions: Iterable[rows.Record]) -> list[tuple[rows.Record, Sentence]]:
    load = lru_cache(maxsize=4)(store.load)
    shown = []
    for row in list(mentions)[:_SHOWN]:
        document: Document = load(row.source)
        shown.append((row, sentence_at(document, Span(row.start, row.end))))
    return shown


def _new_id(store: Store, work: str, wanted: str) -> str:
    """The id of the work that a split makes: the one asked for, else the first that is free."""
    if wanted:
        if not _ID_RE.fullmatch(wanted):
            raise CanCuError(
                code="works.id",
                vi="mã chỉ gồm chữ thường, số, dấu chấm, gạch nối",
                en="ids are small letters, figures, . and -",
            )
        return wanted
    with said(), store.connect() as connection:
        names = (f"{work}.{number}" for number in count(2))
        return next(name for name in names if not rows.node_rows(connection, "id", [name]))


def _note() -> str:
    return " ".join(request.form.get("note", "").split())[:500]
