"""The story of a check: every rule over one subject, findings in reading order, a tally for each family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import partial

from graphs.checks.changes.always import ALWAYS_RULES
from graphs.checks.changes.compared import COMPARED_RULES
from graphs.checks.changes.extremes import EXTREME_RULES
from graphs.checks.changes.from_to import FROM_TO_RULES
from graphs.checks.changes.parts_moved import MOVED_PART_RULES
from graphs.checks.changes.reduced import REDUCED_RULES
from graphs.checks.changes.shortened import SHORTENED_RULES
from graphs.checks.changes.trends import TREND_RULES
from graphs.checks.citations.awaited import AWAITED_RULES
from graphs.checks.citations.citing import CITING_RULES
from graphs.checks.citations.dated import DATED_RULES
from graphs.checks.citations.entitled import TITLE_RULES
from graphs.checks.citations.known import KNOWN_RULES
from graphs.checks.citations.lacking import LACKING_RULES
from graphs.checks.citations.numbers_run import NUMBER_RUN_RULES
from graphs.checks.citations.of_their_time import OF_THEIR_TIME_RULES
from graphs.checks.citations.one_document import ONE_DOCUMENT_RULES
from graphs.checks.citations.recitals import RECITAL_RULES
from graphs.checks.citations.series import SERIES_RULES
from graphs.checks.citations.suspects import SUSPECT_RULES
from graphs.checks.citations.validity import VALIDITY_RULES
from graphs.checks.citations.whole_dates import WHOLE_DATE_RULES
from graphs.checks.form.first import FIRST_RULES
from graphs.checks.form.form import FORM_RULES
from graphs.checks.form.law_names import LAW_NAME_RULES
from graphs.checks.form.notes import NOTE_RULES
from graphs.checks.form.numbering import NUMBERING_RULES
from graphs.checks.form.paired import PAIR_RULES
from graphs.checks.form.periods_headed import HEADED_RULES
from graphs.checks.form.recipients import RECIPIENT_RULES
from graphs.checks.form.referred import REFERRED_RULES
from graphs.checks.form.spelled import SPELLED_RULES
from graphs.checks.form.written import WRITTEN_RULES
from graphs.checks.goals.below import BELOW_RULES
from graphs.checks.goals.duties import DUTY_RULES
from graphs.checks.goals.goal_days import GOAL_DAY_RULES
from graphs.checks.goals.goal_parts import GOAL_PART_RULES
from graphs.checks.goals.goals import GOAL_RULES
from graphs.checks.goals.how_far import HOW_FAR_RULES
from graphs.checks.goals.steps import STEP_RULES
from graphs.checks.goals.verdict_rests import RESTS_RULES
from graphs.checks.learned.alone import numbers_alone
from graphs.checks.learned.misprints import MISPRINT_RULES
from graphs.checks.learned.nearly import NEARLY_RULES
from graphs.checks.learned.reckoned import RECKONED_RULES
from graphs.checks.learned.slipped import SLIPPED_RULES
from graphs.checks.learned.trusted import trusted
from graphs.checks.learned.vouched import vouched
from graphs.checks.learned.ways import WAY_RULES
from graphs.checks.lists.bodies import BODY_RULES
from graphs.checks.lists.listed import LISTED_RULES
from graphs.checks.noted import found_with_notes, not_told
from graphs.checks.once import told_once
from graphs.checks.outcomes import Outcomes, asked_here, by_two_processes, costing_no_other, outcome
from graphs.checks.reading.days import DAY_RULES
from graphs.checks.reading.made_of import MADE_OF_RULES
from graphs.checks.reading.periods import PERIOD_RULES
from graphs.checks.reading.prose import PROSE_RULES
from graphs.checks.reading.yearly import YEARLY_RULES
from graphs.checks.reading.years import YEARS_RULES
from graphs.checks.report import Alone, CheckReport, Rule, Subject, Tally
from graphs.checks.restated.differences_said import DIFFERENCES_SAID_RULES
from graphs.checks.restated.excepted import EXCEPTED_RULES
from graphs.checks.restated.loose_words import LOOSE_RULES
from graphs.checks.restated.means_said import MEANS_SAID_RULES
from graphs.checks.restated.multiples import MULTIPLE_RULES
from graphs.checks.restated.one_number import ONE_NUMBER_RULES
from graphs.checks.restated.related_weighed import RELATED_RULES
from graphs.checks.restated.restated import RESTATED_RULES
from graphs.checks.restated.slips import SLIP_RULES
from graphs.checks.restated.topmost import TOPMOST_RULES
from graphs.checks.sums.a_year import EACH_RULES
from graphs.checks.sums.all_have_both import BOTH_RULES
from graphs.checks.sums.another_whole import ANOTHER_WHOLE_RULES
from graphs.checks.sums.apart import APART_RULES
from graphs.checks.sums.chainage import CHAINAGE_RULES
from graphs.checks.sums.disposed import DISPOSED_RULES
from graphs.checks.sums.each_worth import WORTH_RULES
from graphs.checks.sums.far import FAR_RULES
from graphs.checks.sums.formats import FORMAT_RULES
from graphs.checks.sums.in_words import IN_WORDS_RULES
from graphs.checks.sums.left_over import LEFT_RULES
from graphs.checks.sums.mean_far import MEAN_FAR_RULES
from graphs.checks.sums.means import MEAN_RULES
from graphs.checks.sums.multiplied import MULTIPLIED_RULES
from graphs.checks.sums.opposed import OPPOSED_RULES
from graphs.checks.sums.parts import PARTS_RULES
from graphs.checks.sums.plain import PLAIN_RULES
from graphs.checks.sums.rest_far import REST_FAR_RULES
from graphs.checks.sums.rests import REST_RULES
from graphs.checks.sums.shares import SHARES_RULES
from graphs.checks.sums.shares_twice import SHARE_TWICE_RULES
from graphs.checks.sums.some_of import SOME_OF_RULES
from graphs.checks.sums.split_apart import SPLIT_APART_RULES
from graphs.checks.sums.splits import SPLIT_RULES
from graphs.checks.sums.stocks import STOCK_RULES
from graphs.checks.sums.unit_of_mean import UNIT_OF_MEAN_RULES
from graphs.checks.tables.between import BETWEEN_RULES
from graphs.checks.tables.columns import COLUMN_RULES
from graphs.checks.tables.each_of_rows import EACH_OF_ROW_RULES
from graphs.checks.tables.named_rows import NAMED_ROW_RULES
from graphs.checks.tables.out_of_bounds import OUT_RULES
from graphs.checks.tables.rows_counted import ROWS_COUNTED_RULES
from graphs.checks.tables.running import RUNNING_RULES
from graphs.checks.tables.shares_of_rows import SHARE_OF_ROW_RULES
from graphs.checks.tables.siblings import SIBLING_RULES
from graphs.checks.tables.tables import TABLE_RULES
from graphs.checks.tables.tied import TIED_RULES
from graphs.checks.tables.wholes import WHOLE_RULES
from graphs.checks.times.deadlines import DEADLINE_RULES
from graphs.checks.times.due_order import DUE_ORDER_RULES
from graphs.checks.times.figures_to_come import FIGURES_TO_COME_RULES
from graphs.checks.times.lasting import LASTING_RULES
from graphs.checks.times.months_told import MONTHS_RULES
from graphs.checks.times.reported import REPORTED_RULES
from graphs.checks.times.schemes import SCHEME_RULES
from graphs.checks.times.sequence import SEQUENCE_RULES
from graphs.checks.times.spans import SPAN_RULES
from graphs.checks.times.unfinished import UNFINISHED_RULES
from kb.bilingual import both
from kb.models import Finding, Span

#: Every rule, in the order of the sheet.
RULES: tuple[Rule, ...] = (
    *CITING_RULES,
    *WHOLE_DATE_RULES,
    *SUSPECT_RULES,
    *ONE_DOCUMENT_RULES,
    *SERIES_RULES,
    *DATED_RULES,
    *OF_THEIR_TIME_RULES,
    *KNOWN_RULES,
    *TITLE_RULES,
    *VALIDITY_RULES,
    *RECITAL_RULES,
    *AWAITED_RULES,
    *TABLE_RULES,
    *COLUMN_RULES,
    *WHOLE_RULES,
    *BETWEEN_RULES,
    *PROSE_RULES,
    *MADE_OF_RULES,
    *FROM_TO_RULES,
    *MULTIPLIED_RULES,
    *REST_RULES,
    *NEARLY_RULES,
    *MISPRINT_RULES,
    *RECKONED_RULES,
    *WAY_RULES,
    *SLIPPED_RULES,
    *REST_FAR_RULES,
    *FAR_RULES,
    *NAMED_ROW_RULES,
    *EACH_OF_ROW_RULES,
    *MEAN_FAR_RULES,
    *ANOTHER_WHOLE_RULES,
    *TOPMOST_RULES,
    *FORMAT_RULES,
    *SOME_OF_RULES,
    *PLAIN_RULES,
    *APART_RULES,
    *PARTS_RULES,
    *MOVED_PART_RULES,
    *MULTIPLE_RULES,
    *MEANS_SAID_RULES,
    *RELATED_RULES,
    *DIFFERENCES_SAID_RULES,
    *REDUCED_RULES,
    *SHORTENED_RULES,
    *SEQUENCE_RULES,
    *DEADLINE_RULES,
    *DUE_ORDER_RULES,
    *PERIOD_RULES,
    *RESTATED_RULES,
    *SHARES_RULES,
    *CHAINAGE_RULES,
    *SLIP_RULES,
    *STOCK_RULES,
    *SCHEME_RULES,
    *RUNNING_RULES,
    *BODY_RULES,
    *OPPOSED_RULES,
    *COMPARED_RULES,
    *LISTED_RULES,
    *YEARS_RULES,
    *SPAN_RULES,
    *ALWAYS_RULES,
    *TREND_RULES,
    *EXTREME_RULES,
    *EACH_RULES,
    *TIED_RULES,
    *SPLIT_RULES,
    *MEAN_RULES,
    *YEARLY_RULES,
    *NUMBER_RUN_RULES,
    *UNFINISHED_RULES,
    *REPORTED_RULES,
    *IN_WORDS_RULES,
    *WORTH_RULES,
    *BOTH_RULES,
    *LEFT_RULES,
    *SIBLING_RULES,
    *SHARE_TWICE_RULES,
    *ONE_NUMBER_RULES,
    *SHARE_OF_ROW_RULES,
    *OUT_RULES,
    *SPLIT_APART_RULES,
    *LOOSE_RULES,
    *MONTHS_RULES,
    *ROWS_COUNTED_RULES,
    *LASTING_RULES,
    *UNIT_OF_MEAN_RULES,
    *DISPOSED_RULES,
    *FIGURES_TO_COME_RULES,
    *GOAL_RULES,
    *HOW_FAR_RULES,
    *STEP_RULES,
    *GOAL_PART_RULES,
    *GOAL_DAY_RULES,
    *BELOW_RULES,
    *RESTS_RULES,
    *DUTY_RULES,
    *EXCEPTED_RULES,
    *FORM_RULES,
    *FIRST_RULES,
    *WRITTEN_RULES,
    *LAW_NAME_RULES,
    *NUMBERING_RULES,
    *REFERRED_RULES,
    *RECIPIENT_RULES,
    *HEADED_RULES,
    *SPELLED_RULES,
    *LACKING_RULES,
    *DAY_RULES,
    *PAIR_RULES,
    *NOTE_RULES,
)
FAMILIES = ("CIT", "VAL", "FIG", "TGT", "DOC", "FTN")


def check_subject(
    subject: Subject,
    muted: Mapping[str, str] | None = None,
    *,
    forgiving: bool = False,
    in_two_processes: bool = False,
) -> CheckReport:
    """The findings of all rules but those muted by id or by family; `muted` gives the reason of each.

    A rule that stops by a fault of the program ends the check; with `forgiving` it is counted as not checked, for
    one rule must not cost the sheet of all others. So it is with what weighs the findings afterwards. With
    `in_two_processes` another process runs a part of the rules of a long paper.
    """
    muted = muted or {}
    asked = {at: rule for at, rule in enumerate(RULES) if muted.keys().isdisjoint((rule.id, rule.id[:3]))}
    subject = asked_here(subject) if in_two_processes else subject
    tallies = {family: Tally() for family in FAMILIES}
    findings: list[Finding] = []
    # First, for what is read of a paper once is kept for the papers read last.
    read_notes = partial(found_with_notes, subject, [one for one in asked.values() if one.id.startswith("FIG")])
    done = by_two_processes(asked, subject, read_notes) if in_two_processes else Outcomes()
    of_notes = done.of_notes or []
    if done.of_notes is None:
        what = both("việc đọc chú thích", "the reading of notes")
        with costing_no_other(what, tallies["FIG"], forgiving=forgiving):
            of_notes = read_notes()
    for at, rule in enumerate(RULES):
        why = muted.get(rule.id, muted.get(rule.id[:3]))
        if why is not None:
            tallies[rule.id[:3]].skip(
                both(
                    "quy tắc {rule} được tắt{why}",
                    "rule {rule} is muted{why}",
                    rule=rule.id,
                    why=why and f": {why}",
                )
            )
            continue
        found, tally = done.of_rules.get(at) or outcome(rule, subject, forgiving=forgiving)
        findings += found
        tallies[rule.id[:3]].add(tally)
    for weigh in (trusted, vouched):
        weighed = deepcopy(tallies["FIG"])
        what = both("bước cân nhắc phát hiện", "the weighing of findings")
        with costing_no_other(what, tallies["FIG"], forgiving=forgiving):
            findings = list(weigh(subject, findings, weighed))
            tallies["FIG"] = weighed
    of_notes = list(not_told(subject, of_notes, findings)) if of_notes else []
    tallies["FIG"].failed += len(of_notes)
    findings = told_once([*findings, *of_notes])
    findings.sort(key=lambda one: (one.spans[0].start if one.spans else 0, one.rule))
    alone: tuple[Alone, ...] = ()
    what = both("danh sách số đứng một mình", "the list of numbers that stand alone")
    with costing_no_other(what, tallies["FIG"], forgiving=forgiving):
        if "FIG" not in muted:
            standing = numbers_alone(subject) if done.alone is None else done.alone
            alone = _alone(standing, findings, tallies["FIG"])
    return CheckReport(tuple(findings), tallies, alone)


def _alone(standing: Iterable[Alone], findings: Iterable[Finding], tally: Tally) -> tuple[Alone, ...]:
    """The numbers that nothing bears out and no finding tells of, counted as not checked."""
    told = [span for one in findings if one.family == "FIG" for span in one.spans]
    alone = tuple(one for one in standing if not any(_overlap(one.span, span) for span in told))
    tally.skip(
        both("không có số nào khác trong văn bản để đối chiếu", "no other number of the paper bears it out"),
        len(alone),
    )
    return alone


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
