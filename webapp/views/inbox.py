"""Kho: files handed in, each with its verdict; one worker ingests them behind the pages."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from threading import BoundedSemaphore

from flask import (
    Blueprint,
    Response,
    abort,
    get_template_attribute,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from graphs.finding import FoundWork, works_by_id
from ingest.desk import trouble, wake
from ingest.inbox import FILE_LIMIT, forget_data, kept_data, new_batch, receive_file
from ingest.pipeline import REFUSED
from kb.errors import CanCuError
from kb.store.audit import record
from kb.store.inbox import DONE, Item, count_open, find_item, list_batch, list_batches, try_again
from kb.store.store import Store
from webapp.asked import refuse
from webapp.current import acting, current_settings, current_store
from webapp.held import version_of
from webapp.serving import current_serving

blueprint = Blueprint("inbox", __name__, url_prefix="/kho")

#: Bytes and files of the largest upload; one file may have `FILE_LIMIT`.
TOTAL_LIMIT = 512 * 1024 * 1024
FILES_LIMIT = 900

#: What is said of a file: the word, the class of its badge.
WORDS = {
    "waiting": ("Đang chờ", "stub"),
    "working": ("Đang đọc", "future"),
    "added": ("Đã nạp, văn bản mới", "full"),
    "again": ("Đã đọc lại", "full"),
    "new_version": ("Đã nạp, bản mới của văn bản đã có", "full"),
    "same_document": ("Đã nạp, tệp khác của văn bản đã có", "full"),
    "unchanged": ("Không đổi", "stub"),
    "refused": ("Bị từ chối", "bad"),
    "skipped": ("Bỏ qua", "stub"),
}

#: How far an upload has come.
DONE_OF, REFUSED_OF = "%(done)s/%(all)s tệp đã xong", "%(refused)s bị từ chối"

_UPLOADS_SHOWN = 30
#: Seconds between two looks at the queue, and of one stream; the browser asks again by itself.
_TICK, _STREAM = 0.4, 60.0
#: Streams of one process at one time: each holds a thread of the server, pages must go on being answered.
STREAMS = 4
_STREAMS = BoundedSemaphore(STREAMS)


@blueprint.url_value_preprocessor
def allow_many_files(endpoint: str | None, _: dict[str, object] | None) -> None:
    """Let an upload be larger than other requests; before anything reads its form."""
    if endpoint == "inbox.create":
        request.max_content_length = TOTAL_LIMIT


@blueprint.get("")
def index() -> str:
    """The form, what is waiting, and the latest uploads."""
    store = current_store()
    waiting = see_to(store)
    return render_template(
        "kho/index.html",
        waiting=waiting,
        trouble=trouble(current_settings()),
        batches=list_batches(store, _UPLOADS_SHOWN),
        limits=(FILES_LIMIT, FILE_LIMIT >> 20, TOTAL_LIMIT >> 20),
    )


@blueprint.post("")
def create() -> BaseResponse:
    """Every file kept and put into the queue; then the page of the upload."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        refuse("Hãy chọn tệp rồi gửi lại.", "Choose files, then send again.")
    return redirect(url_for("inbox.show", batch=hand_in(files)), code=303)


def hand_in(files: list[FileStorage]) -> str:
    """Keep uploaded files and put them into the queue: the name of the upload."""
    if len(files) > FILES_LIMIT:
        raise CanCuError(
            code="inbox.many",
            vi=f"{len(files)} tệp, quá giới hạn {FILES_LIMIT} tệp một lần; chưa tệp nào được nhận",
            en=f"{len(files)} files, more than the {FILES_LIMIT} of one upload; none was taken",
        )
    store, batch = current_store(), new_batch()
    for position, file in enumerate(files):
        receive_file(store, batch, position, file.filename or "", acting(), file.stream)
    wake(current_settings())
    return batch


@blueprint.post("/doc-lai/<work_id>")
def read_again(work_id: str) -> BaseResponse:
    """The original of a document that an older version of the program read, into the queue once more."""
    store, batch = current_store(), new_batch()
    text = version_of(work_id)
    with store.original(text.sha256).open("rb") as file:
        receive_file(store, batch, 0, text.path, acting(), file)
    wake(current_settings())
    return redirect(url_for("inbox.show", batch=batch), code=303)


@blueprint.get("/nhan/<batch>")
def show(batch: str) -> str:
    """The files of an upload, each with its verdict."""
    store = current_store()
    items = list_batch(store, batch)
    if not items:
        abort(404)
    see_to(store)
    return render_template(
        "kho/batch.html",
        batch=batch,
        items=items,
        done=sum(item.state == DONE for item in items),
        summary=summary(items),
        words=WORDS,
        works=_named(store, items),
        kept={item.id for item in items if item.verdict == REFUSED and kept_data(store, item.id)},
        trouble=trouble(current_settings()),
    )


@blueprint.get("/nhan/<batch>/dong")
def stream(batch: str) -> Response:
    """The verdicts as they come, as Server-Sent Events: ``row``, ``sum``, and ``end`` when all are there."""
    store = current_store()
    if not list_batch(store, batch):
        abort(404)
    if not _STREAMS.acquire(blocking=False):
        return Response(status=503, headers={"Retry-After": "3"})
    see_to(store)
    answer = Response(stream_with_context(_events(store, batch)), mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    answer.call_on_close(_STREAMS.release)
    return answer


@blueprint.post("/tep/<item_id>")
def decide(item_id: str) -> BaseResponse:
    """A refused file read again, or dropped."""
    store = current_store()
    item = find_item(store, item_id)
    if item is None or item.verdict != REFUSED or kept_data(store, item_id) is None:
        abort(404)
    if request.form.get("drop"):
        forget_data(store, item_id)
        record(store, acting(), "ingest.drop", item.name, {"sha256": item.sha256})
    else:
        try_again(store, item_id, acting())
        wake(current_settings())
    return redirect(url_for("inbox.show", batch=item.batch), code=303)


def summary(items: list[Item]) -> str:
    """How far an upload has come, in one line."""
    done = [item for item in items if item.state == DONE]
    refused = sum(item.verdict == REFUSED for item in done)
    parts = [gettext(DONE_OF, done=len(done), all=len(items))]
    if refused:
        parts.append(gettext(REFUSED_OF, refused=refused))
    return ", ".join(parts)


def see_to(store: Store) -> int:
    """How many files wait; a worker is woken for them, should a crash have left none."""
    waiting = count_open(store)
    if waiting and not current_serving().read_only:
        wake(current_settings())
    return waiting


def _events(store: Store, batch: str) -> Iterator[str]:
    row = get_template_attribute("kho/_row.html", "row")
    shown: dict[str, Item] = {}
    told = ""
    yield "retry: 1500\n\n"
    until = time.monotonic() + _STREAM
    while True:
        items = list_batch(store, batch)
        fresh = [item for item in items if shown.get(item.id) != item]
        works = _named(store, fresh)
        for item in fresh:
            shown[item.id] = item
            yield _event("row", {"id": item.id, "html": str(row(item, WORDS, False, works))})
        done = sum(item.state == DONE for item in items)
        line = _event("sum", {"text": summary(items), "done": done})
        # A remark keeps the line open, and shows whether anybody still listens.
        yield line if line != told else ":\n\n"
        told = line
        if done == len(items):
            yield _event("end", {})
            return
        if time.monotonic() > until:
            return
        time.sleep(_TICK)


def _named(store: Store, items: Iterable[Item]) -> dict[str, FoundWork]:
    """The works that items became or may be, as far as the graph has taken them in."""
    return works_by_id(store, (work for item in items for work in (item.work, *item.perhaps) if work))


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
