"""Hiệu lực: what expired or changes soon among the documents that ours rest on; to collect; followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from importlib import import_module

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from graphs.effects import END, PART, START, SUSPENSION, Row, Wish, read_effects
from graphs.finding import find_works
from graphs.follow import Sign, all_news, news_of, see
from kb.errors import NotFound
from kb.mentions import printed_place
from kb.store.audit import record
from kb.store.follows import drop_follow, find_follow
from webapp.asked import asked_day
from webapp.collecting import works_to_collect
from webapp.current import acting, current_store
from webapp.deeds import tell_deeds
from webapp.presenters import vietnamese_date

blueprint = Blueprint("effect", __name__)

#: Turns on one page; works to collect that are listed.
PAGE, COLLECTED = 50, 200
#: How far one looks, by the word in the address: days, and what it is called.
SPANS: dict[str, tuple[int | None, str]] = {
    "0": (0, "không"),
    "30": (30, "30 ngày"),
    "180": (180, "6 tháng"),
    "365": (365, "12 tháng"),
    "het": (None, "tất cả"),
}
#: The kinds of turns, by the word in the address.
KINDS = {"het": END, "mot-phan": PART, "ngung": SUSPENSION, "bat-dau": START}
#: What an address may say of the list, beside its page.
_ASKED = ("ngay", "lui", "toi", "loai", "moi-vien-dan", "ca-da-het")
_FAR = "9999-12-31"
_COLUMNS = {
    "Ngày": 12,
    "Văn bản": 26,
    "Trích yếu": 50,
    "Trở thành": 22,
    "Việc": 40,
    "Bởi": 26,
    "Chứng cứ": 60,
    "Văn bản của kho": 26,
    "Ngày ban hành": 14,
    "Dẫn chỗ nào": 30,
    "Ghi chú": 36,
}


@blueprint.get("/hieu-luc")
def index() -> str:
    """The turns around a day, with the documents that rest on each work; what is followed, with its news."""
    store, wish, page = current_store(), asked(), max(request.args.get("trang", 1, int), 1)
    news = all_news(store, date.today().isoformat(), acting())
    found = read_effects(store, wish, PAGE, (page - 1) * PAGE)
    return render_template(
        "effect/index.html",
        wish=wish,
        back=_span("lui", "365"),
        ahead=_span("toi", "180"),
        spans=SPANS,
        kinds=KINDS,
        found=found,
        rows=[(row, tell_deeds(row.work, row.turn.events, row.acting)) for row in found.rows],
        page=page,
        pages=-(-found.total // PAGE),
        args={name: request.args.getlist(name) for name in _ASKED if name in request.args},
        followed=[(work, signs) for one, signs in news for work in find_works(store, one.work)[:1]],
    )


@blueprint.get("/hieu-luc.xlsx")
def workbook() -> Response:
    """The same turns as a workbook, all of them, a row for each document that rests on the work."""
    found = read_effects(current_store(), asked(), limit=1_000_000)
    # The door to openpyxl is opened when it is wanted.
    make = import_module("webapp.outputs.workbook").rows_workbook
    response = make_response(make("Hiệu lực", _COLUMNS, (line for row in found.rows for line in _lines(row))))
    response.headers["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers["Content-Disposition"] = 'attachment; filename="hieu-luc.xlsx"'
    return response


@blueprint.get("/hieu-luc/can-thu-thap")
def to_collect() -> str:
    """The works that are cited most and not held."""
    return render_template(
        "effect/collect.html", works=works_to_collect(current_store(), COLLECTED), most=COLLECTED
    )


@blueprint.post("/tac-pham/<work_id>/theo-doi")
def follow(work_id: str) -> BaseResponse:
    """Follow a work, note that its news have been seen (both: all that is known now is seen), or stop."""
    store = current_store()
    if not any(work.id == work_id for work in find_works(store, work_id)):
        raise NotFound(
            code="work.absent", vi=f"không biết văn bản “{work_id}”", en=f"no work “{work_id}” is known"
        )
    if request.form.get("viec") == "thoi":
        drop_follow(store, work_id, acting())
        record(store, acting(), "follow.stop", work_id)
    else:
        fresh = find_follow(store, work_id, acting()) is None
        see(store, work_id, date.today().isoformat(), acting())
        if fresh:
            record(store, acting(), "follow.start", work_id)
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
    found = find_follow(store, work_id, acting())
    return found is not None, news_of(store, found, date.today().isoformat()) if found else ()


def asked() -> Wish:
    """What the address asks for: ``ngay`` (default today), ``lui`` and ``toi`` (how far), ``loai``, switches."""
    day = date.fromisoformat(asked_day())
    back, ahead = SPANS[_span("lui", "365")][0], SPANS[_span("toi", "180")][0]
    chosen = frozenset(KINDS[name] for name in request.args.getlist("loai") if name in KINDS)
    return Wish(
        since=moved(day, -back) if back is not None else None,
        until=moved(day, ahead) if ahead is not None else _FAR,
        today=day.isoformat(),
        kinds=chosen,
        everything=request.args.get("moi-vien-dan") == "1",
        ended_too=request.args.get("ca-da-het") == "1",
    )


def _span(name: str, default: str) -> str:
    given = request.args.get(name, default)
    return given if given in SPANS else default


def moved(day: date, days: int) -> str:
    """The ISO day so many days later, or as far as the calendar goes."""
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return (date.max if days > 0 else date.min).isoformat()


def _lines(row: Row) -> Iterator[Sequence[object]]:
    deeds = tell_deeds(row.work, row.turn.events, row.acting)
    told = (
        row.turn.on,
        row.work.number or row.work.id,
        row.work.title,
        row.turn.after.value,
        "\n".join(f"{deed.change} {deed.places}".strip() for deed in deeds),
        "\n".join(deed.number or "" for deed in deeds),
        "\n".join(deed.quote for deed in deeds),
    )
    for one in row.resting:
        notes = ("đúng chỗ văn bản dẫn",) * one.touched + ("ban hành khi căn cứ đã hết hiệu lực",) * one.late
        places = "; ".join(map(printed_place, one.places))
        issued = vietnamese_date(one.work.issued)
        yield (*told, one.work.number or one.work.title or one.work.id, issued, places, "; ".join(notes))
