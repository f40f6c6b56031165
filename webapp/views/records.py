"""Kho, nhật ký và sao lưu: who changed what and when; the whole base as one file that was checked."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask_babel import gettext

from kb.clock import VIETNAM
from kb.store.audit import Entry, Filter, count_entries, list_entries, people_and_actions, record
from kb.store.backup import backup_base, verify_backup
from webapp.asked import day_of
from webapp.current import acting, current_settings, current_store
from webapp.outputs.workbook import safe_cell
from webapp.views.inbox import WORDS as VERDICTS

blueprint = Blueprint("records", __name__, url_prefix="/kho")

#: Actions in words; one that is not here shows as it is written.
ACTIONS = {
    "ingest": "nạp tệp",
    "ingest.file": "nạp tệp trên trang",
    "ingest.run": "nạp bằng lệnh",
    "ingest.drop": "bỏ tệp bị từ chối",
    "works": "gộp, tách, ghim",
    "works.merge": "gộp văn bản",
    "works.split": "tách văn bản",
    "works.pin": "ghim viện dẫn",
    "works.none": "viện dẫn không phải văn bản nào",
    "works.withdraw": "rút quyết định",
    "review": "duyệt",
    "review.right": "duyệt: đúng như đọc",
    "review.wrong": "duyệt: sai",
    "review.later": "duyệt: để sau",
    "review.withdraw": "duyệt: lấy lại",
    "backup.download": "sao lưu từ trang",
    "backup.restore": "khôi phục",
    "catalogue": "danh mục",
    "catalogue.add": "thêm vào danh mục",
    "catalogue.load": "nạp danh mục",
    "catalogue.undo": "rút lần nạp danh mục",
    "check": "kiểm tra",
    "check.run": "kiểm tra một văn bản",
    "check.mute": "bỏ qua phát hiện, quy tắc",
    "check.accept": "chấp nhận phát hiện",
    "check.unmute": "thôi bỏ qua",
    "search": "tìm kiếm đã lưu",
    "search.save": "lưu tìm kiếm",
    "search.forget": "bỏ tìm kiếm đã lưu",
    "follow": "theo dõi",
    "follow.start": "theo dõi văn bản",
    "follow.stop": "thôi theo dõi",
    "account": "tài khoản",
    "account.add": "thêm tài khoản",
    "account.remove": "bỏ tài khoản",
    "account.role": "đổi vai trò",
    "account.password": "đặt mật khẩu",
    "account.login_failed": "đăng nhập sai",
    "account.token": "cấp khóa",
    "account.login": "đăng nhập",
    "account.token_end": "chấm dứt khóa",
}

#: Names of details in words.
DETAILS = {
    "sha256": "mã băm",
    "size": "byte:",
    "bytes": "byte:",
    "verdict": "kết quả:",
    "work": "văn bản",
    "code": "mã",
    "note": "ghi chú:",
    "into": "vào",
    "decision": "quyết định số",
    "mentions": "viện dẫn",
    "start": "vị trí",
    "kind": "loại",
    "by": "người quyết định:",
    "made": "lúc",
    "originals": "tệp gốc:",
    "load": "lần nạp",
    "works": "văn bản:",
    "query": "câu hỏi:",
    "run": "lần kiểm tra",
    "reason": "lý do:",
    "remote": "từ máy",
}

_PAGE = 100
_CHUNK = 1 << 20


@blueprint.get("/nhat-ky")
def log() -> str:
    """The log of changes, narrowed by who, what, words and days."""
    store, wanted = current_store(), _wanted()
    page = max(request.args.get("trang", 1, type=int), 1)
    people, actions = people_and_actions(store)
    families = sorted({action.partition(".")[0] for action in actions if "." in action})
    return render_template(
        "kho/log.html",
        entries=list_entries(store, wanted, _PAGE, (page - 1) * _PAGE),
        total=count_entries(store, wanted),
        page=page,
        size=_PAGE,
        wanted=wanted,
        asked={name: value for name, value in request.args.items() if name != "trang" and value},
        people=people,
        actions=sorted({*actions, *families}),
        words=ACTIONS,
        details=details_in_words,
    )


@blueprint.get("/nhat-ky.csv")
def log_file() -> Response:
    """The same as a table for a sheet: UTF-8 with a mark, so that Excel reads it."""
    entries = list_entries(current_store(), _wanted())
    answer = Response(stream_with_context(_lines(entries)), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="nhat-ky-{_today()}.csv"'
    return answer


@blueprint.get("/sao-luu")
def backup() -> str:
    """What a backup holds, and the button that makes one."""
    return render_template("kho/backup.html", settings=current_settings())


@blueprint.post("/sao-luu")
def download() -> Response:
    """The base as one file, written, read back and checked before it is sent."""
    settings = current_settings()
    with tempfile.TemporaryDirectory(prefix="cancu-backup-") as folder:
        path = Path(folder) / "backup.zip"
        count = backup_base(settings, path)
        verify_backup(path)
        size = path.stat().st_size
        record(current_store(), acting(), "backup.download", path.name, {"originals": count, "bytes": size})
        # The folder goes when this function ends; the open file lives until it has been sent.
        file = path.open("rb")
    answer = Response(_pieces(file), mimetype="application/zip")
    answer.call_on_close(file.close)
    answer.headers["Content-Length"] = str(size)
    answer.headers["Content-Disposition"] = f'attachment; filename="can-cu-{_today()}.zip"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def details_in_words(entry: Entry) -> list[str]:
    """What the page shows of the details of a change; the file of the log has them all."""
    told = []
    for name, value in entry.details.items():
        if value in (None, "", []):
            continue
        if name == "verdict":
            value = gettext(VERDICTS.get(str(value), (str(value),))[0])
        elif name == "sha256":
            value = f"{str(value)[:12]}…"
        elif isinstance(value, list):
            value = ", ".join(map(str, value))
        told.append(f"{_detail_name(name)} {value}")
    return told


def _detail_name(name: str) -> str:
    """A detail in words; a load on the command line counts its files by verdict."""
    if name in VERDICTS:
        return f"{gettext(VERDICTS[name][0])}:"
    return gettext(DETAILS[name]) if name in DETAILS else name


def _wanted() -> Filter:
    given = {name: request.args.get(name, "").strip() for name in ("ai", "viec", "chu", "tu", "den")}
    given |= {name: day_of(given[name]).isoformat() for name in ("tu", "den") if given[name]}
    return Filter(given["ai"], given["viec"], given["chu"], given["tu"], given["den"])


def _lines(entries: list[Entry]) -> Iterator[str]:
    yield "\ufeff"
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(("lúc (UTC)", "ai", "việc", "trên gì", "chi tiết"))
    for entry in entries:
        row = asdict(entry)
        details = "; ".join(f"{name}: {value}" for name, value in entry.details.items())
        writer.writerow(
            [safe_cell(str(row[name])) for name in ("at", "who", "action", "subject")] + [safe_cell(details)]
        )
        if line.tell() > _CHUNK:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def _pieces(file: io.BufferedReader) -> Iterator[bytes]:
    while piece := file.read(_CHUNK):
        yield piece


def _today() -> str:
    return datetime.now(VIETNAM).date().isoformat()
