"""What kind of paper a paragraph stands in, and in which part of it: of articles, of plans, of what was."""

from __future__ import annotations

import re

from ingest.targets.contexts import RESULT_WORDS_RE, TARGET_WORDS_RE, TELL, Context
from ingest.targets.headings import are_tasks, is_no_task, is_on_plan, lays_rules
from ingest.targets.levels import GOAL
from kb.models import Document, Unit, UnitKind

_AIMS_RE = re.compile(rf"\b{GOAL}\b|\bphấn đấu\b|\bchỉ tiêu (?:phấn đấu|chủ yếu|cụ thể)", re.IGNORECASE)
_PLAN_RE = re.compile(r"\b(?:kế hoạch|chương trình|đề án|chiến lược)\b", re.IGNORECASE)
#: A heading that sums up what was.
_JUDGES_RE = re.compile(
    r"\W*(?:(?:[IVX]+|\d+(?:\.\d+)*|[A-ZĐa-zđ])[.)])?\W*(?:đánh giá|tổng kết|sơ kết|nhìn lại)(?![^\W\d_])",
    re.IGNORECASE,
)
#: Papers that say what is to be done.
_PLANS = ("Kế hoạch", "Chương trình", "Đề án", "Chỉ thị", "Phương án", "Quyết định")


def is_norm(document: Document, unit: Unit | None) -> bool:
    """Whether a paragraph is of articles; what a submission tells before those that it ends in is not."""
    kind = document.metadata.type
    told = kind is not None and kind.value in TELL and unit is not None and unit.kind is UnitKind.ITEM
    return (document.grammar == "norm" or rules(document)) and not told


def rules(document: Document) -> bool:
    """Whether a paper calls itself one that lays down rules."""
    kind, title = document.metadata.type, document.metadata.title
    return kind is not None and kind.value not in TELL and lays_rules(title.value if title else None)


def planned_units(document: Document) -> frozenset[str]:
    """The units of a plan that a text of articles issues, where they are no articles themselves."""
    title = document.metadata.title
    planned: set[str] = set()
    if title is None or not _PLAN_RE.search(title.value):
        return frozenset()
    for unit in document.units:  # a unit stands behind the one that holds it
        if unit.kind is UnitKind.ATTACHMENT or (unit.parent in planned and unit.kind is not UnitKind.ARTICLE):
            planned.add(unit.eid)
    return frozenset(planned)


def sets_aims(context: Context) -> bool:
    """Whether a paragraph stands among goals that call themselves so, in an article too."""
    return context.sets and any(
        _AIMS_RE.search(words) for words in (*(lead.text for lead in context.leads), *context.headings)
    )


def plans(document: Document, context: Context) -> bool:
    """Whether a paragraph says what is to be done: in a plan, under no heading that looks back or shares money."""
    kind = document.metadata.type
    if kind is not None and kind.value in TELL:
        return context.ahead
    if kind is None or rules(document) or (kind.value not in _PLANS and not sets_tasks(document, context)):
        return False
    return not any(map(is_no_task, context.headings))


def sets_tasks(document: Document, context: Context) -> bool:
    """Whether a paragraph stands among the tasks of a resolution on a plan."""
    kind, title = document.metadata.type, document.metadata.title
    told = is_on_plan(kind.value if kind else None, title.value if title else None)
    return told and are_tasks(context.headings)


def reports(document: Document) -> bool:
    """Whether a paper calls itself a report."""
    kind = document.metadata.type
    return kind is not None and kind.value == "Báo cáo"


def tells(document: Document, context: Context) -> bool:
    """Whether a paragraph tells what was: in a report, or under a heading of another paper that says so.

    A plan looks back before it sets what is to come, a submission before it asks; a minute sums up a year.
    """
    return not context.ahead and (reports(document) or _looks_back(context))


def _looks_back(context: Context) -> bool:
    """Whether the nearest heading that says so is of what was: ``I. ĐÁNH GIÁ CHUNG``, ``Kết quả năm 2030``."""
    for words in context.headings:
        if RESULT_WORDS_RE.search(words) or _JUDGES_RE.match(words):
            return True
        if TARGET_WORDS_RE.search(words) or are_tasks((words,)):
            return False
    return False


def of_results(context: Context) -> bool:
    """Whether no list of goals leads in to a paragraph, and what came of goals is over it where goals are."""
    if context.leads and context.leads[0].sets:
        return False
    return not context.sets or any(map(RESULT_WORDS_RE.search, context.headings))


def year_of(document: Document) -> int | None:
    """The year in which a paper was issued."""
    issued = document.metadata.issued
    return int(issued.value[:4]) if issued else None
