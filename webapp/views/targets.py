"""Chỉ tiêu: the traceability matrix of a document: target, level, result, verdict, basis, and what lacks one."""

from __future__ import annotations

from collections import Counter
from datetime import date

from flask import Blueprint, Response, make_response, render_template, request

from graphs.checks.goals import reached
from ingest.analysis import Analysis, analyse
from kb.models import BasisKind, Target
from webapp.checking import own_date
from webapp.current import current_store
from webapp.outputs.workbook import targets_workbook
from webapp.target_trace import COMPARISONS, find_target, trace_target

blueprint = Blueprint("targets", __name__)

BASIS_WORDS = {
    BasisKind.EXPLICIT: "cùng câu",
    BasisKind.FOOTNOTE: "chú thích",
    BasisKind.SECTION: "câu dẫn, đề mục",
    BasisKind.TABLE: "tên bảng",
    BasisKind.PROGRAMME: "chương trình mà văn bản thực hiện",
    BasisKind.INFERRED: "suy từ chỗ khác cùng chỉ tiêu",
}
COMPARATORS = {
    ">=": "tối thiểu",
    "<=": "tối đa",
    "=": "",
    ">": "trên",
    "<": "dưới",
    "increase": "tăng",
    "decrease": "giảm",
    "complete": "hoàn thành",
}


@blueprint.get("/van-ban/<work_id>/chi-tieu")
def show(work_id: str) -> str:
    """The matrix of one document, filtered by ``?loc=`` khong-can-cu, khong-dat, nghi-van."""
    analysis = _analysis(work_id)
    wanted = request.args.get("loc", "")
    return render_template(
        "targets/show.html",
        work_id=work_id,
        analysis=analysis,
        targets=[target for target in analysis.targets if _passes(target, wanted)],
        wanted=wanted,
        coverage=coverage(analysis.targets),
        basis_words=BASIS_WORDS,
        comparators=COMPARATORS,
        suspect=suspect,
        named={target.id: target for target in analysis.targets},
    )


@blueprint.get("/van-ban/<work_id>/chi-tieu/<target_id>")
def trace(work_id: str, target_id: str) -> str:
    """One target traced: the sentence, its basis, the same target there, the chain above, and what is missing."""
    store, analysis = current_store(), _analysis(work_id)
    target = find_target(analysis, target_id)
    day = own_date(analysis) or date.today()
    row = trace_target(store, analysis, target, work_id, day.isoformat())
    return render_template(
        "targets/trace.html",
        work_id=work_id,
        target=target,
        day=day,
        nodes={node["work"]: node for node in row["nodes"]},
        steps=row["edges"],
        gaps=row["gaps"],
        basis_words={kind.value: words for kind, words in BASIS_WORDS.items()},
        comparisons=COMPARISONS,
        comparators=COMPARATORS,
    )


@blueprint.get("/van-ban/<work_id>/chi-tieu.xlsx")
def workbook(work_id: str) -> Response:
    """The matrix as a workbook."""
    response = make_response(targets_workbook(_analysis(work_id)))
    response.headers["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers["Content-Disposition"] = f'attachment; filename="chi-tieu-{work_id}.xlsx"'
    return response


def coverage(targets: tuple[Target, ...]) -> dict[str, int]:
    """How many targets there are, with a basis and how, without one, met, unmet, without a verdict."""
    kinds = Counter(target.bases[0].kind for target in targets if target.bases)
    verdicts = Counter(target.verdict in ("Đạt", "Hoàn thành", "Vượt") for target in targets if target.verdict)
    return {
        "total": len(targets),
        "based": sum(kinds.values()),
        "orphans": len(targets) - sum(kinds.values()),
        "met": verdicts[True],
        "unmet": verdicts[False],
        "suspect": sum(suspect(target) for target in targets),
    }


def suspect(target: Target) -> bool:
    """Whether a target's link or verdict should be looked at: only inferred, or a verdict its result denies."""
    told = reached(target)
    denied = told is not None and target.verdict is not None and told != (target.verdict == "Đạt")
    return denied or (bool(target.bases) and target.bases[0].kind is BasisKind.INFERRED)


def _passes(target: Target, wanted: str) -> bool:
    if wanted == "khong-can-cu":
        return not target.bases
    if wanted == "khong-dat":
        return target.verdict is not None and target.verdict not in ("Đạt", "Hoàn thành", "Vượt")
    return suspect(target) if wanted == "nghi-van" else True


def _analysis(work_id: str) -> Analysis:
    return analyse(current_store().load(work_id))
