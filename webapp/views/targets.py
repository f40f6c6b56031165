"""Chỉ tiêu: the traceability matrix of a document: target, level, result, verdict, basis, and what lacks one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from graphs.checks.goals.verdicts import reached
from ingest.analysis import Analysis
from ingest.targets.elsewhere import same_goals
from kb.bilingual import both
from kb.goals import MET
from kb.models import Basis, BasisKind, Target
from kb.text.normalize import fold
from kb.vocabulary.schemes import known_scheme
from webapp.checking import own_date
from webapp.cli.analysed import Rows
from webapp.current import current_store
from webapp.held import read_analysis
from webapp.outputs.workbook import targets_workbook
from webapp.side_by_side import excerpt, find_places
from webapp.target_trace import find_target, trace_target
from webapp.target_words import BASIS_WORDS, COMPARATORS
from webapp.twins import COMPARISONS

blueprint = Blueprint("targets", __name__)

#: Why a row of the matrix should be looked at.
DENIED = both(
    "nên xem lại: kết quả và mức phải đạt không cho đánh giá này",
    "to look at: result and level do not bear out this verdict",
)
INFERRED = both("nên xem lại: căn cứ chỉ là suy ra", "to look at: the basis is only inferred")


@blueprint.get("/van-ban/<work_id>/chi-tieu")
def show(work_id: str) -> str:
    """The matrix of one document, filtered as `read_filters` reads it from the address."""
    analysis = read_analysis(work_id)
    filters = read_filters()
    rows = Rows(analysis)
    return render_template(
        "targets/show.html",
        work_id=work_id,
        analysis=analysis,
        targets=filter_targets(rows, filters),
        rows=rows,
        wanted=filters.kind,
        filters=filters,
        bases=_bases(analysis),
        verdicts=sorted({target.verdict for target in analysis.targets if target.verdict}),
        met=MET,
        coverage=coverage(analysis.targets),
        basis_words=BASIS_WORDS,
        comparators=COMPARATORS,
        doubted=doubted,
        basis_name=partial(_name, analysis),
        named={target.id: target for target in analysis.targets},
    )


@blueprint.get("/van-ban/<work_id>/chi-tieu/<target_id>/song-song")
def beside(work_id: str, target_id: str) -> str:
    """The place of a target beside the place in its basis: the same target there, else the provision cited."""
    store, analysis = current_store(), read_analysis(work_id)
    target = find_target(analysis, target_id)
    places = find_places(store, analysis, target)
    return render_template(
        "targets/beside.html",
        work_id=work_id,
        target=target,
        here=excerpt(analysis.document, target.span),
        places=places,
        comparators=COMPARATORS,
        comparisons=COMPARISONS,
        basis_words=BASIS_WORDS,
    )


@blueprint.get("/van-ban/<work_id>/chi-tieu/<target_id>")
def trace(work_id: str, target_id: str) -> str:
    """One target traced: the sentence, its basis, the same target there, the chain above, and what is missing."""
    store, analysis = current_store(), read_analysis(work_id)
    target = find_target(analysis, target_id)
    day = own_date(analysis) or date.today()
    rows = Rows(analysis)
    row = trace_target(store, analysis, target, work_id, day.isoformat())
    return render_template(
        "targets/trace.html",
        work_id=work_id,
        target=target,
        day=day,
        nodes={node["work"]: node for node in row["nodes"]},
        rows=rows,
        met=MET,
        steps=_told_once([edge for edge in row["edges"] if not edge.get("told")]),
        gaps=row["gaps"],
        basis_words={kind.value: words for kind, words in BASIS_WORDS.items()},
        comparisons=COMPARISONS,
        comparators=COMPARATORS,
    )


@blueprint.get("/van-ban/<work_id>/chi-tieu.xlsx")
def workbook(work_id: str) -> Response:
    """The matrix as a workbook, filtered as the page is."""
    analysis = read_analysis(work_id)
    response = make_response(targets_workbook(analysis, filter_targets(Rows(analysis), read_filters())))
    response.headers["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers["Content-Disposition"] = f'attachment; filename="chi-tieu-{work_id}.xlsx"'
    return response


def _told_once(edges: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a trace, those that tie the same two by the same words as one, with every way of tying."""
    steps: dict[tuple[object, ...], dict[str, Any]] = {}
    for edge in edges:
        proof = edge["evidence"] or {}
        at = (edge["source"], edge["target"], edge["relation"], proof.get("start"), proof.get("line"))
        step = steps.setdefault(at, {**edge, "kinds": []})
        if edge.get("kind"):
            step["kinds"].append(edge["kind"])
    return list(steps.values())


def coverage(targets: tuple[Target, ...]) -> dict[str, int]:
    """How many goals there are, told at how many places; with a basis, without one; met, unmet, judged both ways.

    What is told of one goal at several places counts once.
    """
    goals = same_goals(targets)
    based = sum(any(one.bases for one in goal) for goal in goals)
    told = Counter(frozenset(one.verdict in MET for one in goal if one.verdict) for goal in goals)
    return {
        "total": len(goals),
        "places": len(targets),
        "based": based,
        "orphans": len(goals) - based,
        "met": told[frozenset([True])],
        "unmet": told[frozenset([False])],
        "divided": told[frozenset([True, False])],
        "unjudged": told[frozenset()],
        "suspect": sum(any(map(suspect, goal)) for goal in goals),
    }


def suspect(target: Target) -> bool:
    """Whether a target's link or verdict should be looked at: only inferred, or a verdict its result denies.

    Of several levels of a row that was missed one may well have been reached.
    """
    return _denied(target) or _inferred(target)


def _denied(target: Target) -> bool:
    told = reached(target)
    met = target.verdict in MET
    return told is not None and target.verdict is not None and told != met and not (told and target.group)


def _inferred(target: Target) -> bool:
    return bool(target.bases) and target.bases[0].kind is BasisKind.INFERRED


def doubted(target: Target, there: Target) -> str:
    """Why what a row of the matrix shows, its result told `there`, should be looked at; empty without a reason."""
    if _denied(target) or _denied(there):
        return DENIED
    return INFERRED if _inferred(target) else ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a matrix is asked for: a kind (``khong-can-cu`` …), words, a basis, a verdict."""

    kind: str = ""
    words: str = ""
    basis: str = ""
    verdict: str = ""


def read_filters() -> Filters:
    """The filters that the address asks for: ``?loc=``, ``?q=``, ``?can-cu=``, ``?danh-gia=``."""
    asked = (request.args.get(name, "").strip()[:200] for name in ("loc", "q", "can-cu", "danh-gia"))
    return Filters(*asked)


def filter_targets(rows: Rows, filters: Filters) -> list[Target]:
    """The targets that pass, by the verdict that is shown of them."""
    words = " ".join(fold(filters.words).split())
    return [target for target in rows.analysis.targets if _passes(rows, target, filters, words)]


def _passes(rows: Rows, target: Target, filters: Filters, words: str) -> bool:
    verdict = rows.shown(target)[1].verdict
    return (
        _of_kind(target, rows, filters.kind)
        and (not words or words in fold(f"{target.metric} {target.text}"))
        and (not filters.verdict or verdict == filters.verdict)
        and (not filters.basis or any(_name(rows.analysis, one) == filters.basis for one in target.bases))
    )


def _of_kind(target: Target, rows: Rows, wanted: str) -> bool:
    at, judged_at = rows.shown(target)
    verdict = judged_at.verdict
    if wanted == "khong-can-cu":
        return not target.bases
    if wanted == "khong-dat":
        return verdict is not None and verdict not in MET
    return bool(doubted(target, at)) if wanted == "nghi-van" else True


def _name(analysis: Analysis, basis: Basis) -> str:
    """A basis by its number, that of its scheme, else as it is named."""
    citation = analysis.citations[basis.citation]
    scheme = known_scheme(citation.surface) if citation.number is None else None
    return citation.number or (scheme.number if scheme else " ".join(citation.surface.split()))


def _bases(analysis: Analysis) -> list[tuple[str, int]]:
    """The documents that targets rest on, those of most targets first."""
    counts = Counter(
        name for target in analysis.targets for name in {_name(analysis, one) for one in target.bases}
    )
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
