"""TGT: targets against their results, verdicts, bases, and the totals that the text states of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.citations.standing import EXPIRED, UNKNOWN, cite_instead
from graphs.checks.goals.all_met import check_all_met
from graphs.checks.goals.goal_bases import NO_BASIS
from graphs.checks.goals.goals_loosely import check_goals_loosely
from graphs.checks.goals.pace_said import check_pace_said
from graphs.checks.goals.plan_shares import check_plan_shares
from graphs.checks.goals.said_against import check_said_against
from graphs.checks.goals.tallied import check_tallied, goal_rows, is_judged
from graphs.checks.goals.verdict_columns import on_the_way
from graphs.checks.goals.verdicts import among_others, check_judged, reached
from graphs.checks.goals.verdicts_reckoned import check_reckoned, told_in_tables, told_in_text
from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.counted import all_goals_done
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.all_rows import check_all_rows
from graphs.checks.restated.restated import words_of
from kb.bilingual import both, english
from kb.goals import MET, read_columns
from kb.models import BasisKind, CitationKind, Comparator, Finding, Severity, Span, Target

#: Words that result and level must share before one of several levels is judged.
_SHARED = 4
#: Several levels and several results, each of one.
_RESPECTIVE_RE = re.compile(r"\blần lượt\b", re.IGNORECASE)
#: What stands before a level, by how it is to be reached.
_BOUNDS = {
    Comparator.AT_LEAST: both("tối thiểu ", "at least "),
    Comparator.AT_MOST: both("tối đa ", "at most "),
    Comparator.MORE: both("trên ", "over "),
    Comparator.LESS: both("dưới ", "under "),
    Comparator.INCREASE: both("tăng ", "a rise of "),
    Comparator.DECREASE: both("giảm ", "a cut of "),
}


def check_verdicts(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The verdict that a row states, or a sentence, is the one that level and result give."""
    rows, items = told_in_tables(subject), told_in_text(subject)
    right = {one.row for one in rows if one.right and one.row}
    sound = {one.level[1] for one in items if one.right}
    judged = [*check_judged(subject, tally, VERDICT, right, sound), *check_plan_shares(subject, tally, VERDICT)]
    told_of = {span for one in judged for span in (*one.spans, *one.evidence)}
    judged += check_reckoned([*rows, *items], told_of, tally, VERDICT)
    known_of = {span for one in judged for span in (*one.spans, *one.evidence)}
    judged += check_said_against(subject, known_of, tally, VERDICT)
    judged += check_pace_said(subject, tally, VERDICT)
    yield from judged
    known = {span.start for one in judged for span in (*one.spans, *one.evidence)}
    for target in subject.targets:
        told = None if _RESPECTIVE_RE.search(target.text) else reached(target)
        early = target.table is not None and on_the_way(subject.document.tables[target.table])
        if (target.table, target.row) in right or any(_overlap(target.span, span) for span in sound):
            continue
        if target.verdict is None or early or any(target.span.start <= start < target.span.end for start in known):
            continue
        if told is None or (target.group and not _clearly(target)):
            tally.skip(
                both(
                    "kết quả không có số để so với mức đặt ra",
                    "the result has no number to hold against the level",
                )
            )
            continue
        if told == (target.verdict in MET) or (told and _others_miss(subject, target)):
            tally.held += 1
            continue
        tally.failed += 1
        result = target.result
        assert result is not None
        bound = _BOUNDS.get(target.comparator, "")
        unit = target.unit if target.unit == "%" else f" {target.unit}"
        level, shown = (f"{show(Decimal(value or 0))}{unit}" for value in (target.value, result.value))
        others = among_others(subject, result.span, result.value)
        yield VERDICT.finding(
            (target.span,),
            f"mức đặt ra {bound}{level}, kết quả {shown}{others}, nhưng đánh giá “{target.verdict}”",
            f"the level is {english(bound)}{level}, the result {shown}{others.en}, the verdict “{target.verdict}”",
            stated=target.verdict,
            expected="Đạt" if told else "Không đạt",
            evidence=(result.span, *((target.judged,) if target.judged else ())),
            suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
            page=target.page,
        )


def _others_miss(subject: Subject, target: Target) -> bool:
    """Whether another level of the same row may be the one that its verdict calls missed."""
    return any(
        other.row == target.row and other.table == target.table and reached(other) is not True
        for other in subject.targets
        if other.group and other.group == target.group
    )


def _clearly(target: Target) -> bool:
    """Whether the result of one of several levels is surely that level's own: it shares its words."""
    what = target.result.what if target.result else None
    return len(words_of(what or "") & words_of(target.metric)) >= _SHARED


def check_counts(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``đã đạt 17/23 mục tiêu`` counts the rows of the table of goals that say so; ``đều hoàn thành`` is all."""
    told = [
        *_all_done(subject, tally),
        *check_all_met(subject, tally, COUNT),
        *check_all_rows(subject, tally, COUNT),
        *check_goals_loosely(subject, tally, COUNT),
    ]
    yield from told
    for one in check_tallied(subject, tally, COUNT):
        if not any(_overlap(one.spans[0], other.spans[0]) for other in told):
            yield one


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _all_done(subject: Subject, tally: Tally) -> Iterator[Finding]:
    rows = goal_rows(subject)
    said = list(all_goals_done(subject)) if rows else []
    if not said:
        return
    below = {(target.table, target.row): target for target in subject.targets if _missed(target)}
    missed = [below[key] for key in rows if key in below]
    for page, span, words, count in said:
        if count is not None and abs(count - len(rows)) > 1:
            tally.skip(both("số mục tiêu khác số hàng của bảng", "another number of goals than the table has"))
            continue
        if not missed:
            tally.held += 1
            continue
        tally.failed += 1
        named = "; ".join(f"“{target.text[:60]}”: {target.result.text[:40]}" for target in missed if target.result)
        yield COUNT.finding(
            (span,),
            f"lời văn ghi mọi mục tiêu đều đạt, nhưng bảng có {len(missed)} mục tiêu dưới mức, chưa đạt: {named}",
            f"the text says that all goals are met, but the table has {len(missed)} below level or unmet: {named}",
            stated=words,
            expected=f"{len(rows) - len(missed)}/{len(rows)}",
            evidence=tuple(target.result.span if target.result else target.span for target in missed),
            suggestion=both(
                "sửa lời văn, hoặc đánh giá của mục tiêu trong bảng", "mend the text, or the verdicts of the table"
            ),
            page=page,
            severity=None if count in (None, len(rows)) else Severity.WARNING,
        )


def _missed(target: Target) -> bool:
    """Whether a row of a table of goals says, by its verdict or its numbers, that its goal was not reached."""
    told = target.verdict is not None and target.verdict not in MET
    return target.table is not None and (told or (reached(target) is False and not target.group))


def check_results(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A row that sets a goal says what was reached, and how that is judged."""
    for target in subject.targets:
        if target.table is None or subject.is_norm() or not is_judged(subject, target):
            continue  # a norm has the forms of reports, not yet filled in
        if target.result or target.verdict:
            tally.held += 1
            continue
        tally.failed += 1
        yield NO_RESULT.finding(
            (target.span,),
            f"mục tiêu “{target.metric[:90]}” không có kết quả, không có đánh giá",
            f"the target “{target.metric[:90]}” has neither result nor verdict",
            suggestion=both("ghi kết quả và đánh giá", "give its result and the verdict"),
            page=target.page,
        )


def check_levels(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A target asks no less than the document that it rests on, and no later."""
    if subject.twins is None:
        return
    for target in subject.targets:
        twin = subject.twins(target) if target.bases else None
        if twin is None or twin.compared == "unlike":
            tally.skip(
                both(
                    "kho chưa có toàn văn căn cứ, hoặc căn cứ không có chỉ tiêu tương ứng",
                    "the basis is not held, or has no such target",
                )
            )
            continue
        down = target.comparator in (Comparator.AT_MOST, Comparator.LESS)
        if twin.compared == "same" or twin.compared == ("lower" if down else "higher"):
            tally.held += 1
            continue
        tally.failed += 1
        late = twin.compared == "other_deadline"
        vi, en = ("khác thời hạn", "another deadline") if late else ("không bằng mức", "another level")
        yield BELOW.finding(
            (target.span,),
            f"mục tiêu “{target.metric[:90]}” {vi} của căn cứ {twin.number}: “{twin.text[:160]}”",
            f"the target “{target.metric[:90]}” has {en} than its basis {twin.number}",
            stated=f"{target.value or ''}{target.unit or ''}",
            expected=twin.level,
            suggestion=both(
                "ghi theo mức, thời hạn của căn cứ, hoặc nói rõ vì sao khác",
                "keep to the level and deadline of the basis, or say why they differ",
            ),
            page=target.page,
        )


def check_expired_bases(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What a target rests on is in force on the day of the document; told once a document and target group."""
    if subject.library is None or subject.as_of is None:
        tally.skip(
            both("văn bản không rõ ngày, hoặc không có kho để đối chiếu", "no date of the document, or no base"),
            len(subject.targets),
        )
        return
    for target in subject.targets:
        for basis in target.bases:
            citation = subject.citations[basis.citation]
            if citation.kind is CitationKind.SELF:
                continue  # what this very paper sets
            standing = subject.library(citation, subject.as_of)
            if standing is None or standing.status == UNKNOWN:
                tally.skip(
                    both(
                        "kho chưa biết căn cứ của mục tiêu còn hiệu lực hay không",
                        "the base does not know whether the basis of the target is in force",
                    )
                )
            elif standing.status != EXPIRED:
                tally.held += 1
            else:
                tally.failed += 1
                yield EXPIRED_TARGET.finding(
                    (target.span,),
                    f"mục tiêu “{target.metric[:90]}” dựa trên “{citation.surface}”, đã hết hiệu lực: "
                    f"{standing.reason}",
                    f"the target “{target.metric[:90]}” rests on “{citation.surface}”, which has expired: "
                    f"{english(standing.reason)}",
                    stated=citation.surface,
                    expected=standing.successor,
                    # The mark of a note tells a reader nothing: the document in the note does.
                    evidence=(citation.span, *basis.evidence[: basis.kind is not BasisKind.FOOTNOTE]),
                    suggestion=cite_instead(standing),
                    # What was judged was set while its basis was in force; what is still to come needs one today.
                    severity=Severity.NOTE if target.verdict else None,
                    page=target.page,
                )


def check_goals_of_results(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """In a table of goals every row with a result or a verdict says what was to be reached."""
    for table in subject.document.tables if not subject.is_norm() else ():
        columns = read_columns(table)
        if columns is None:
            continue
        for row in table.rows:
            texts = [cell.text for cell in row.cells]
            told = [
                at for at in (columns.result, columns.verdict) if at is not None and at < len(texts) and texts[at]
            ]
            goal = texts[columns.goal] if columns.goal < len(texts) else None
            if not told or all(texts[at] == texts[told[0]] for at in range(len(texts)) if texts[at]):
                continue  # nothing reported, or a heading that runs over the row
            if goal:
                tally.held += 1
                continue
            tally.failed += 1
            cell = row.cells[told[0]]
            yield NO_GOAL.finding(
                (cell.span,),
                f"kết quả “{(cell.text or '')[:90]}” không kèm mục tiêu",
                f"the result “{(cell.text or '')[:90]}” has no target",
                stated=cell.text,
                suggestion=both("ghi mục tiêu của kết quả này", "give the target of this result"),
                page=row.page,
            )


VERDICT = rule("TGT-001", check_verdicts)
COUNT = rule("TGT-003", check_counts)
NO_RESULT = rule("TGT-004", check_results)
BELOW = rule("TGT-005", check_levels)
EXPIRED_TARGET = rule("TGT-006", check_expired_bases)
NO_GOAL = rule("TGT-007", check_goals_of_results)
GOAL_RULES = (VERDICT, NO_BASIS, COUNT, NO_RESULT, BELOW, EXPIRED_TARGET, NO_GOAL)
