"""Tra cứu: one box for a number, words, a sentence; facets, in force on a day, order; results as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from kb.search.answers import Answer, Hit
from kb.search.index import Wanted
from kb.search.protocol import Sort
from kb.search.unanswered import note_unanswered
from webapp.current import current_index, current_store
from webapp.outputs.workbook import hits_workbook

blueprint = Blueprint("search", __name__)

PAGE = 10
SHEET = 200
FACETS = {
    "type": "Loại văn bản",
    "status": "Hiệu lực",
    "issuer": "Cơ quan ban hành",
    "level": "Cấp",
    "year": "Năm",
    "held": "Trong kho",
}
SORTS = {"relevance": "Sát nhất", "date": "Mới nhất", "authority": "Được dựa vào nhiều nhất"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the page asks for."""

    wanted: Wanted
    page: int
    chosen: tuple[tuple[str, str], ...]


@blueprint.get("/")
@blueprint.get("/tra-cuu")
def index() -> str:
    """The box, and the results of what was asked."""
    asked = read_request(request.args)
    answer = _answer(asked.wanted) if asked.wanted.query or asked.chosen else None
    return render_template(
        "search/index.html",
        asked=asked,
        answer=answer,
        facets=FACETS,
        sorts=SORTS,
        held=current_store().count_documents(),
        link=_link,
        hit_url=hit_url,
        pages=-(-answer.total // PAGE) if answer else 0,
    )


@blueprint.get("/tra-cuu.xlsx")
def workbook() -> Response:
    """The first hits as a workbook."""
    asked = read_request(request.args)
    answer = _answer(asked.wanted, SHEET)
    response = make_response(hits_workbook(answer))
    response.headers["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers["Content-Disposition"] = 'attachment; filename="tra-cuu.xlsx"'
    return response


@blueprint.get("/goi-y")
def suggest() -> Response:
    """Documents whose number or title begins like what is being typed; at most eight."""
    words = request.args.get("q", "").strip()[:200]
    if len(words) < 2:
        return jsonify([])
    answer = current_index().search(Wanted(words, limit=8, facets=False))
    found = []
    for group in answer.groups:
        head = " ".join(filter(None, (group.type, group.number)))
        found.append(
            {"text": head or group.work, "title": group.title, "url": hit_url(answer.hits[group.hits[0]])}
        )
    return jsonify(found)


def read_request(args: MultiDict[str, str]) -> Asked:
    """What the address asks for; a date or an order that cannot be read is left out."""
    chosen = tuple((name, value) for name in FACETS for value in args.getlist(name) if value)
    filters = {name: tuple(value for key, value in chosen if key == name) for name in FACETS}
    page = max(args.get("trang", 1, type=int) or 1, 1)
    sort = args.get("sort", "relevance")
    wanted = Wanted(
        args.get("q", "").strip()[:2000],
        in_force=_day(args.get("hieu-luc")),
        filters={name: values for name, values in filters.items() if values},
        sort=Sort(sort) if sort in SORTS else Sort.RELEVANCE,
        limit=PAGE,
        offset=(min(page, 1000) - 1) * PAGE,
    )
    return Asked(wanted, page, chosen)


def hit_url(hit: Hit) -> str:
    """The page of a hit, at its place."""
    if not hit.held:
        return url_for("works.show", work_id=hit.work)
    anchor = f"bang-{hit.table + 1}" if hit.table is not None else hit.unit
    return url_for("documents.show", work_id=hit.work, _anchor=anchor or None)


def _answer(wanted: Wanted, limit: int | None = None) -> Answer:
    if limit:
        wanted = Wanted(wanted.query, wanted.day, wanted.in_force, wanted.filters, wanted.sort, limit)
    answer = current_index().search(wanted)
    note_unanswered(current_app.config["CANCU_SETTINGS"], answer)
    return answer


def _link(asked: Asked, **changes: str | None) -> str:
    """The address of this search with some of it changed; a facet's value is put in or taken out."""
    wanted = asked.wanted
    args: dict[str, list[str]] = {"q": [wanted.query], "sort": [wanted.sort.value]}
    if wanted.in_force:
        args["hieu-luc"] = [wanted.in_force.isoformat()]
    for name, value in asked.chosen:
        args.setdefault(name, []).append(value)
    for name, change in changes.items():
        if change is None:
            args.pop(name, None)
        elif name in FACETS:
            values = args.setdefault(name, [])
            values.remove(change) if change in values else values.append(change)
        else:
            args[name] = [change]
    return url_for("search.index", **{name: values for name, values in args.items() if any(values)})  # type: ignore[arg-type]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
