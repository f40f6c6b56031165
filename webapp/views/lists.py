"""Danh mục: a list of works with their ends, looked at, tried, loaded into the catalogue and taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from graphs.loads import Trial, try_load
from graphs.update import update_within
from kb.bilingual import Bilingual, both
from kb.catalogue import CatalogueError, Rows, find_head, own_kind, read_catalogue
from kb.mentions import central
from kb.sheets import SheetError, read_table
from kb.store.audit import record
from kb.store.catalogue import SHIPPED, list_batches, load_rows, undo_batch
from webapp.asked import refuse
from webapp.current import acting, current_settings, current_store
from webapp.runs import LISTS, drop_run, keep_run, list_runs, load_run

blueprint = Blueprint("lists", __name__, url_prefix="/hieu-luc/danh-muc")

#: Rows and refusals of a preview.
SHOWN, REFUSED = 20, 200
#: Columns that a list may have, as the page calls them.
COLUMNS = {
    "number": "Số, ký hiệu",
    "type": "Loại",
    "issuer": "Cơ quan ban hành",
    "issued": "Ngày ban hành",
    "title": "Trích yếu",
    "effective": "Ngày có hiệu lực",
    "ended": "Ngày hết hiệu lực",
    "reason": "Lý do hết hiệu lực",
    "status": "Tình trạng",
    "note": "Ghi chú",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """A list as it would be loaded: its columns, which is which of ours, its rows; or why it cannot be read so.

    `own`: it has the catalogue's own shape; `nameless` rows have a number that every province has, and no body.
    """

    name: str
    heads: tuple[str, ...]
    chosen: dict[str, str]
    own: bool
    issuer: str
    rows: Rows
    problem: str
    nameless: int


@blueprint.get("")
def index() -> str:
    """The form, the lists that wait, the loads."""
    return render_template(
        "lists/index.html",
        waiting=list_runs(_home(), LISTS),
        loads=list_batches(current_store())[::-1],
        shipped=SHIPPED,
        loaded=request.args.get("nap", type=int),
        undone=request.args.get("rut", type=int),
    )


@blueprint.post("")
def create() -> Response | tuple[str, int]:
    """Keep the list that was sent; then its preview. A file that is no table is refused and not kept."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        refuse("Hãy chọn một tệp rồi gửi lại.", "Choose a file, then send again.")
    name, data = Path(upload.filename).name, upload.read()
    try:
        table = read_table(name, data)
    except SheetError as error:
        return _refused(error.vi, error.en)
    if not table:
        return _refused(f"{name}: tệp không có dòng nào", f"{name}: no rows")
    return redirect(url_for("lists.show", name=keep_run(_home(), name, data, LISTS)), code=303)


@blueprint.get("/<name>")
def show(name: str) -> str:
    """A list as it would be loaded, with the mapping of its columns to be put right."""
    return _page(name, read_preview(name))


@blueprint.post("/<name>")
def act(name: str) -> Response | str | tuple[str, int]:
    """Try the load (``viec=thu``), load the list (``nap``), or forget it (``bo``)."""
    wish = request.form.get("viec")
    if wish == "bo":
        _kept(name)
        drop_run(_home(), name, LISTS)
        return redirect(url_for("lists.index"), code=303)
    preview = read_preview(name)
    if wish not in ("thu", "nap") or preview.problem or not any((preview.rows.works, *_others(preview.rows))):
        return _page(name, preview), 422
    store, (file, data) = current_store(), _kept(name)
    if wish == "thu":
        return _page(name, preview, try_load(store, file, data, acting(), preview.rows, date.today().isoformat()))
    batch, _ = load_rows(store, file, data, acting(), preview.rows, update_within)
    record(store, acting(), "catalogue.load", file, {"load": batch, "works": len(preview.rows.works)})
    drop_run(_home(), name, LISTS)
    return redirect(url_for("lists.index", nap=batch), code=303)


@blueprint.post("/lan-nap/<int(max=2147483647):batch>/rut")
def undo(batch: int) -> Response:
    """Take a load back."""
    store = current_store()
    told = next((one for one in list_batches(store) if one.id == batch), None)
    if told is not None and told.name == SHIPPED:
        # it would be loaded again at once
        refuse("Danh mục đi kèm không rút lại được.", "The shipped catalogue cannot be taken back.")
    undo_batch(store, batch, update_within)
    record(store, acting(), "catalogue.undo", told.name if told else "", {"load": batch})
    return redirect(url_for("lists.index", rut=batch), code=303)


def read_preview(name: str) -> Preview:
    """A list that is kept, read with the mapping that the request gives."""
    file, data = _kept(name)
    given = {ours: request.values[f"cot-{ours}"] for ours in COLUMNS if f"cot-{ours}" in request.values}
    issuer = " ".join(request.values.get("co-quan", "").split())[:300]
    table = read_table(file, data)
    own = own_kind(table[0]) is not None
    heads: tuple[str, ...] = ()
    chosen: dict[str, str] = {}
    rows, problem = Rows(), ""
    try:
        if not own:
            at, columns = find_head(table, given)
            heads = tuple(dict.fromkeys(" ".join(cell.split()) for cell in table[at] if cell.strip()))
            chosen = {ours: " ".join(table[at][column].split()) for ours, column in columns.items()}
        rows = read_catalogue(Path(file), data, acting(), None if own else given, issuer)
    except CatalogueError as error:
        problem = Bilingual(error.vi, error.en)
        if error.code == "catalogue.no_number":
            problem = both(
                "chưa biết cột nào là số, ký hiệu; hãy chọn ở bảng dưới rồi bấm “Xem lại”",
                "no column is known to hold numbers; choose one below, then press “Review”",
            )
    nameless = sum(not row["issuer"] and not central(row["number"]) for row in rows.works) if not own else 0
    return Preview(file, heads, chosen, own, issuer, rows, problem, nameless)


def _others(rows: Rows) -> tuple[list[dict[str, str]], ...]:
    return rows.relations, rows.events


def _page(name: str, preview: Preview, trial: Trial | None = None) -> str:
    return render_template(
        "lists/show.html", name=name, preview=preview, columns=COLUMNS, shown=SHOWN, most=REFUSED, trial=trial
    )


def _refused(vi: str, en: str) -> tuple[str, int]:
    title = both("Không đọc được danh mục", "The list cannot be read")
    return render_template("error.html", title=title, message=Bilingual(vi, en)), 422


def _kept(name: str) -> tuple[str, bytes]:
    if not re.fullmatch(r"[0-9a-f]{16}", name):
        abort(404)
    return load_run(_home(), name, LISTS)


def _home() -> Path:
    return current_settings().home
