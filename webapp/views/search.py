"""Tra cứu: one box for a number, words, a sentence; facets, in force on a day, order; results as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import quote_plus

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from kb.clock import read_day
from kb.search.answers import Answer, Group, Hit
from kb.search.index import Wanted
from kb.search.protocol import Sort
from kb.search.saved import SavedSearch, drop_saved, keep_saved, list_saved
from kb.search.unanswered import note_unanswered
from kb.store.audit import record
from webapp import suggestions
from webapp.addresses import url_for
from webapp.asked import refuse
from webapp.cells import table_anchor
from webapp.current import acting, current_index, current_settings, current_store
from webapp.language import translate
from webapp.outputs.workbook import hits_workbook
from webapp.turns import in_turn

blueprint = Blueprint("search", __name__)

PAGE = 10
#: Places of one work that are shown at once; the others a click away.
PLACES = 5
SHEET = 200
FACETS = {
    "type": "Loại văn bản",
    "status": "Hiệu lực",
    "issuer": "Cơ quan ban hành",
    "level": "Cấp",
    "field": "Lĩnh vực",
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
@in_turn
def index() -> str:
    """The box, and the results of what was asked."""
    asked = read_request(request.args)
    answer = _answer(asked.wanted) if asked.wanted.query or asked.chosen else None
    absent = _absent(asked, answer) if answer else ()
    return render_template(
        "search/index.html",
        asked=asked,
        answer=answer,
        facets=FACETS,
        sorts=SORTS,
        held=None if answer else current_store().count_documents(),
        link=_link,
        hit_url=hit_url,
        places_of=lambda group: _places(answer, group),
        PLACES=PLACES,
        pages=-(-answer.total // PAGE) if answer else 0,
        saved=[(one.name, _saved_url(one)) for one in list_saved(current_settings())],
        absent=absent,
        unknown=answer is not None
        and not absent
        and suggestions.is_unknown_number(current_store(), asked.wanted.query, answer.hits),
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
    """What is meant by what is being typed, as JSON: kind, text, title, address."""
    found = suggestions.suggest(current_store(), current_index(), request.args.get("q", "")[:200])
    return jsonify(
        [
            {
                "kind": translate(one.kind if one.held or not one.work else suggestions.CITED),
                "text": one.text,
                "title": one.title,
                "url": url_for("documents.show" if one.held else "works.show", work_id=one.work)
                if one.work
                else url_for("search.index", q=one.query),
            }
            for one in found
        ]
    )


@blueprint.post("/tra-cuu/luu")
def keep() -> BaseResponse:
    """Keep a search by a name; then its results again."""
    asked = read_request(request.form)
    wanted = asked.wanted
    name = " ".join(request.form.get("ten", "").split())[:100] or wanted.query[:100]
    if not name or not (wanted.query or asked.chosen):
        refuse("Hãy gõ điều cần tìm trước khi lưu.", "Type what to look for before it is kept.")
    in_force = wanted.in_force.isoformat() if wanted.in_force else ""
    keep_saved(
        current_settings(), SavedSearch(name, wanted.query, wanted.filters, wanted.sort.value, in_force=in_force)
    )
    record(current_store(), acting(), "search.save", name, {"query": wanted.query})
    return redirect(_link(asked), code=303)


@blueprint.post("/tra-cuu/bo")
def forget() -> BaseResponse:
    """Forget a search that was kept."""
    name = request.form.get("ten", "")
    drop_saved(current_settings(), name)
    record(current_store(), acting(), "search.forget", name)
    return redirect(url_for("search.index"), code=303)


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


def _places(answer: Answer | None, group: Group) -> list[Hit]:
    """The hits of a work that say where; of one that is only cited the snippet says its name and title again."""
    found = [answer.hits[at] for at in group.hits] if answer else []
    return [hit for hit in found if hit.held or hit.crumbs]


def hit_url(hit: Hit) -> str:
    """The page of a hit, at its place."""
    if not hit.held:
        return url_for("works.show", work_id=hit.work)
    anchor = table_anchor(hit.table, hit.row) if hit.table is not None else hit.unit
    return url_for("documents.show", work_id=hit.work, _anchor=anchor or None)


def _absent(asked: Asked, answer: Answer) -> Sequence[suggestions.KnownWork]:
    """Of a document asked for by its number: what is known of it although it is not held."""
    query = asked.wanted.query
    if answer.total and not suggestions.looks_like_number(query):
        return ()
    return suggestions.known_not_held(current_store(), query)


def _saved_url(saved: SavedSearch) -> str:
    args = {name: list(values) for name, values in saved.filters.items()}
    args |= {"q": [saved.query], "sort": [saved.sort], "hieu-luc": [saved.in_force]}
    return _address("search.index", args)


def _answer(wanted: Wanted, limit: int | None = None) -> Answer:
    if limit:
        wanted = Wanted(wanted.query, wanted.day, wanted.in_force, wanted.filters, wanted.sort, limit)
    answer = current_index().search(wanted)
    note_unanswered(current_app.config["CANCU_SETTINGS"], answer)
    return answer


def _link(asked: Asked, endpoint: str = "search.index", **changes: str | None) -> str:
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
    return _address(endpoint, args)


def _address(endpoint: str, args: Mapping[str, Sequence[str]]) -> str:
    """An address with what it asks for; a page has dozens of them, with the same values."""
    asked = "&".join([_quoted(name, value) for name, values in args.items() if any(values) for value in values])
    path = url_for(endpoint)
    return f"{path}?{asked}" if asked else path


@lru_cache(maxsize=1024)
def _quoted(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"


def _day(text: str | None) -> date | None:
    try:
        return read_day(text) if text else None
    except ValueError:
        return None
