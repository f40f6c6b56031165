"""Kiểm tra: a file or a text goes in, findings beside the text come out; runs are kept and can be taken along."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from graphs.checks.report import rule_table
from ingest.inbox import clean_name
from kb.errors import UnreadableFile
from kb.store.audit import record
from kb.text.normalize import fold
from webapp.anchors import Anchors
from webapp.asked import refuse
from webapp.current import acting, current_settings, current_store
from webapp.language import in_language
from webapp.mutes import accept, accepted, drop_mute, keep_mute
from webapp.outputs.sheet import FAMILIES, SEVERITIES, Sheet, rule_name
from webapp.pages import Marks, build_page
from webapp.run_sheets import PASTED, sheet_of_run
from webapp.runs import Run, drop_run, keep_run, list_runs, load_run

blueprint = Blueprint("check", __name__)

#: Characters of pasted text that are taken.
TEXT_LIMIT = 2_000_000
#: Findings that nobody has dealt with yet; the others are asked for by how bad they are.
OPEN = "con-lai"
#: What became of findings from one run to another: gone, new, left.
CHANGES = ("Đã hết", "Mới có", "Còn lại")
#: What the page to print may do: look as it says itself.
_PRINTED = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_FILES = {
    "docx": (
        "webapp.outputs.word:sheet_document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": (
        "webapp.outputs.workbook:sheet_workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "html": ("webapp.outputs.page:sheet_page", "text/html; charset=utf-8"),
}


@blueprint.get("/kiem-tra")
def index() -> str:
    """The form, and the runs kept."""
    return render_template("check/index.html", runs=list_runs(_home()), severities=_severities(), PASTED=PASTED)


@blueprint.post("/kiem-tra")
def create() -> BaseResponse:
    """A run over the file or the text that was sent, or the file of a held document; then its page."""
    upload = request.files.get("file")
    text = (request.form.get("text") or "").strip()
    if upload and upload.filename:
        name, data = Path(upload.filename).name, upload.read()
    elif held := request.form.get("van-ban"):
        store = current_store()
        source = store.load(held).source
        name, data = source.path.replace("\\", "/").rsplit("/", 1)[-1], store.original(source.sha256).read_bytes()
    elif text:
        if len(text) > TEXT_LIMIT:
            abort(413)
        name, data = PASTED, text.encode()
    else:
        refuse("Hãy chọn một tệp hoặc dán văn bản rồi gửi lại.", "Choose a file or paste a text, then send again.")
    run = keep_run(_home(), name, data)
    try:
        _sheet(run)
    except UnreadableFile as error:
        drop_run(_home(), run)
        shown = clean_name(name)
        raise type(error)(
            code=error.code, vi=f"Tệp “{shown}”: {error.vi}.", en=f"The file “{shown}”: {error.en}."
        ) from error
    record(current_store(), acting(), "check.run", clean_name(name), {"run": run})
    return redirect(url_for("check.show", run=run), code=303)


@blueprint.get("/kiem-tra/<run>")
def show(run: str) -> str:
    """The findings of a run beside its text."""
    sheet = _sheet(run)
    findings = sheet.report.findings
    marks = Marks(
        citations=tuple((citation.span, at) for at, citation in enumerate(sheet.analysis.citations)),
        findings=tuple((finding.spans[0], at) for at, finding in enumerate(findings) if finding.spans),
    )
    page = build_page(sheet.analysis.document, marks)
    anchors = Anchors(page)
    every = [{**row, "place": anchors.at(int(str(row["start"])))} for row in sheet.rows()]
    agreed, wanted = accepted(_home()), _wanted()
    rows = _asked_for(every, wanted, agreed)
    return render_template(
        "check/show.html",
        run=run,
        sheet=sheet,
        page=page,
        wanted=wanted,
        OPEN=OPEN,
        counts=Counter(str(row["severity"]) for row in every),
        left=len(_asked_for(every, OPEN, agreed)),
        of_family=Counter((str(row["rule"])[:3], str(row["severity"])) for row in every),
        by_family={family: [row for row in rows if str(row["rule"]).startswith(family)] for family in FAMILIES},
        families=FAMILIES,
        severities=_severities(),
        coverage=sheet.report.checked,
        alone=[{**one, "place": anchors.at(int(str(one["start"])))} for one in sheet.alone()],
        rule_name=_rule_name,
        aside=[(sheet.id_of(finding), finding, why) for finding, why in sheet.aside],
        accepted=agreed,
        others=_others(_home(), run),
    )


@blueprint.get("/kiem-tra/<run>/so-voi")
def compare(run: str) -> str:
    """Two runs side by side: what was mended since the other one (``?lan=``), what is new, what is left."""
    other = request.args.get("lan", "")
    now, then = ({row["id"]: row for row in _sheet(one).rows()} for one in (run, other))
    return render_template(
        "check/compare.html",
        run=run,
        other=other,
        names={one.id: one for one in list_runs(_home())},
        groups=(
            (CHANGES[0], "mended", _worst_first(row for name, row in then.items() if name not in now)),
            (CHANGES[1], "fresh", _worst_first(row for name, row in now.items() if name not in then)),
            (CHANGES[2], "left", _worst_first(row for name, row in now.items() if name in then)),
        ),
        severities=_severities(),
        rule_name=_rule_name,
        accepted=accepted(_home()),
    )


@blueprint.post("/kiem-tra/<run>/bo-qua")
def mute(run: str) -> BaseResponse:
    """Set one finding aside with a reason, accept it, or take that back; then the page again."""
    what, reason = request.form.get("what", ""), request.form.get("reason", "")
    if request.form.get("back"):
        drop_mute(_home(), what)
        done = "check.unmute"
    elif request.form.get("accept"):
        accept(_home(), what, reason)
        done = "check.accept"
    else:
        keep_mute(_home(), what, reason)
        done = "check.mute"
    record(current_store(), acting(), done, what, {"run": run, "reason": reason})
    anchor = None if request.form.get("back") else what
    return redirect(url_for("check.show", run=run, muc=_wanted() or None, _anchor=anchor), code=303)


@blueprint.get("/kiem-tra/<run>/tai-ve.<kind>")
def download(run: str, kind: str) -> Response:
    """A run as a Word copy with comments, a workbook, or a page to print."""
    if kind not in _FILES:
        abort(404)
    path, media = _FILES[kind]
    module, _, function = path.partition(":")
    original = load_run(_home(), run)[1] if kind == "docx" else b""
    sheet = replace(_sheet(run), agreed=accepted(_home()), original=original)
    data: bytes = getattr(import_module(module), function)(sheet)
    response = make_response(data)
    response.headers["Content-Type"] = media
    # The page to print opens, with its own looks and nothing that runs.
    how = "inline" if kind == "html" else "attachment"
    if kind == "html":
        response.headers["Content-Security-Policy"] = _PRINTED
    response.headers["Content-Disposition"] = f'{how}; filename="phieu-kiem-tra-{_stem(sheet) or run[:12]}.{kind}"'
    return response


def _severities() -> dict[str, str]:
    return {severity.value: words for severity, words in SEVERITIES.items()}


def _worst_first(rows: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Rows by how bad they are, else in the order of the text."""
    order = [severity.value for severity in SEVERITIES]
    return sorted(rows, key=lambda row: order.index(str(row["severity"])))


def _others(home: Path, run: str) -> list[Run]:
    """The other runs, those with a name most like this one's first: an earlier copy of the same paper."""
    runs = list_runs(home)
    own = next((one.name for one in runs if one.id == run), "")
    alike = SequenceMatcher(b=own, autojunk=False)

    def unlike(other: Run) -> float:
        alike.set_seq1(other.name)
        return -alike.ratio()

    return sorted((one for one in runs if one.id != run), key=unlike)


def _stem(sheet: Sheet) -> str:
    """What a file calls the document: its number in plain letters; empty without one."""
    number = sheet.analysis.document.metadata.number
    return re.sub(r"[^a-z0-9]+", "-", fold(number.value)).strip("-")[:60] if number else ""


def _wanted() -> str:
    """Which findings ``?muc=`` asks for: how bad they are, or those left; all of them by any other word."""
    asked = request.args.get("muc", "")
    return asked if asked == OPEN or asked in {severity.value for severity in SEVERITIES} else ""


def _asked_for(
    rows: Sequence[Mapping[str, object]], wanted: str, agreed: Collection[str]
) -> list[Mapping[str, object]]:
    if wanted == OPEN:
        return [row for row in rows if row["id"] not in agreed]
    return [row for row in rows if wanted in ("", row["severity"])]


def _rule_name(rule: str) -> str:
    return in_language(rule_name(rule), rule_table()[rule]["en"])


def _home() -> Path:
    return current_settings().home


def _sheet(run: str) -> Sheet:
    if not re.fullmatch(r"[0-9a-f]{16}", run):
        abort(404)
    return sheet_of_run(current_settings(), run)
