"""The targets of a document: in sentences, in lists under a lead-in, in tables of targets and results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import blake2b

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity
from ingest.targets.against import held_to_plan
from ingest.targets.amounts import unit_of
from ingest.targets.answered import answered, answers_in, with_answered
from ingest.targets.by_when import is_bare, task_count, task_due
from ingest.targets.contexts import Context, context_of, with_own_label
from ingest.targets.deadlines import due, is_due
from ingest.targets.deeds import forbids, is_outcome, sets_deed
from ingest.targets.followed import with_followed
from ingest.targets.headings import are_tasks, is_of_money, is_outlook
from ingest.targets.judge import level_of
from ingest.targets.judged_items import with_judged_items, with_judged_rows
from ingest.targets.judgements import judged
from ingest.targets.labels import LABELLED_RE, depth, is_item, opens
from ingest.targets.led import ITEM_RE
from ingest.targets.levels import COMPLETION_RE, joined, modal_ends, read_level, without_descriptions
from ingest.targets.metrics import FOR_PLACE, in_order, metric_of_level, named_before, without_deeds
from ingest.targets.neighbours import goes_on, requires
from ingest.targets.over import contexts_in
from ingest.targets.papers import is_norm, planned_units, plans, reports, rules, sets_aims, sets_tasks, year_of
from ingest.targets.rated import with_rated
from ingest.targets.reached import (
    each_its_own,
    find_result,
    held_against,
    reached_before,
    said_verdict,
    told_in_brackets,
)
from ingest.targets.renamed import renamed
from ingest.targets.same import link_same, without_brackets
from ingest.targets.setting import LONGEST, Setting
from ingest.targets.tables import targets_of_tables
from ingest.targets.things import with_thing
from ingest.targets.timed import period_of
from ingest.targets.worded import is_times, level_quantities
from ingest.targets.yearly import targets_by_year
from ingest.targets.years import with_year
from kb.models import (
    BlockKind,
    Citation,
    Comparator,
    Document,
    Span,
    Target,
    TextBlock,
    UnitKind,
)
from kb.text.sentences import split_sentences

_SKIPPED = (UnitKind.PREFACE, UnitKind.PREAMBLE, UnitKind.RECITAL, UnitKind.CONCLUSIONS)
#: A part of the thing before; where it is followed by a thing of its own ("đối với cấp xã, nữ"), a place.
_APART_RE = re.compile(rf"\W*(?!{FOR_PLACE})(?:riêng|về|đối với)\b")
#: The rate that stands before the bracket that holds the level is no word of what it measures.
_RATE_BEHIND_RE = re.compile(r"\s*,?\s*(?:đạt|chiếm)\s+(?:tỷ lệ|tỉ lệ)\s*[\d.,]*\s*%?$", re.IGNORECASE)
#: What is left of the place before a number, and the next count of a list: "100 doanh nghiệp, 50 trường".
_LOOSE_RE = re.compile(r"\s+(?:tại|ở|[<>≥≤])$|,\s+(?:vốn\s[^\d,;]{0,30})?\d[\d.]*\s.*$")
#: What sets a level under a heading of money too.
_AIMS_RE = re.compile(r"phấn đấu|mục tiêu|chỉ tiêu", re.IGNORECASE)
#: What is said of any goal is none: "mục tiêu nào không ghi thời hạn thì phải hoàn thành trong năm".
_OF_ANY_RE = re.compile(r"\W*(?:mục tiêu|chỉ tiêu|nhiệm vụ)\s+(?:nào|khác|còn lại)(?![^\W\d_])", re.IGNORECASE)
_AGAINST_RE = re.compile(r"[\s*_+•–-]*(?:\(?(?:\w|\d{1,2}(?:\.\d{1,2})*)[.)]\s*)?So với\b")
#: A note that says which goal is meant: "⁸ Mục tiêu tỷ lệ hồ sơ trực tuyến đạt tối thiểu 50%".
_GOAL_NOTE_RE = re.compile(r"[\W\d⁰¹²³⁴-⁹]*(?:Mục tiêu|Chỉ tiêu)(?![^\W\d_])")
_METRIC = 240


def find_targets(document: Document, citations: tuple[Citation, ...] = ()) -> tuple[Target, ...]:
    """The targets that a document states, in reading order, the same target at several places linked."""
    units = {unit.eid: unit for unit in document.units}
    contexts = contexts_in(document)
    planned = planned_units(document)
    found: list[Target] = []
    for at, (block, context) in enumerate(zip(document.blocks, contexts, strict=True)):
        unit = units.get(block.unit or "")
        if block.kind is BlockKind.TEXT and context and not (unit and unit.kind in _SKIPPED):
            over = context.headings[0] if context.headings else ""
            if is_outlook(over) or (is_of_money(over) and not _AIMS_RE.search(document.block_text(block))):
                continue
            context = with_own_label(context, at, document.block_text(block))
            norm = is_norm(document, unit) and block.unit not in planned and not sets_aims(context)
            norm = norm and not sets_tasks(document, context)
            last = found[-1] if found else None
            here = list(_of_block(document, block, context, last, norm=norm))
            here = list(each_its_own(held_to_plan(document, block, here, norm=norm)))
            here = here if norm else with_judged_items(document, block, here, context)
            if not norm:
                make = partial(_target, document, block, document.block_text(block).replace("\n", " "))
                here = with_followed(document, block, here, context, make)
                here = list(with_rated(document, block, here, context))
            found.extend(here)
        elif block.kind is BlockKind.NOTE and _GOAL_NOTE_RE.match(document.block_text(block)):
            noted = _of_block(document, block, Context((), ()), None, norm=False)
            found.extend(replace(one, metric=_GOAL_NOTE_RE.sub("", one.metric).strip()) for one in noted)
    found.extend(with_judged_rows(document, targets_of_tables(document)))
    dated = (
        with_year(document, one, None if one.table is not None else context_of(document, contexts, one))
        for one in found
    )
    return link_same(_with_ids(sorted(dated, key=lambda target: target.span.start)))


def _of_block(
    document: Document, block: TextBlock, context: Context, earlier: Target | None, *, norm: bool
) -> Iterator[Target]:
    text = document.block_text(block).replace("\n", " ")  # the ends of lines are no more than spaces
    listed = context.sets and bool(context.leads)
    sentences = split_sentences(text, clauses=True)
    over = _setting(document, context, norm=norm)
    ruled = norm and rules(document)  # "Yêu cầu cụ thể" of a rule are no goals
    lists = over.plans or sets_aims(context)
    sets = listed or context.sets or any(requires(text[low:high], norm) for low, high in sentences)
    aimed, last, told = -1, None, 0
    by_year = not norm and (context.sets or modal_ends(text) or (over.plans and COMPLETION_RE.match(text)))
    answers = {} if norm else {one.low: one for one in answers_in(text, context)}
    series = dict(targets_by_year(document, block, text, earlier)) if by_year else {}
    for at, (low, high) in enumerate(sentences):
        sentence = text[low:high]
        if low < told or not any(letter.isalpha() for letter in sentence):
            continue  # an answer to the level before; a cell of a table that was lost
        levels: list[tuple[Quantity, Comparator]] = []
        answer = answers.get(low)
        sentence = text[low : answer.turn] if answer else sentence
        is_judged = answer is not None and answer.said is not None
        deadline = _deadline(document, sentence, tells=norm or not over.ahead)
        for quantity in level_quantities(sentence):
            if low + quantity.start in series:
                continue
            around = replace(
                over,
                listed=(sets and not ruled) or aimed == low or deadline is not None or is_judged,
                goals=(context.sets and not ruled) or is_judged,
                depth=depth(text, low + quantity.start),
                after=bool(levels),
                joined=bool(levels) and goes_on(sentence, levels[-1][0], quantity),
                judged=is_judged,
                due=is_due(text[low : sentences[min(at + 1, len(sentences) - 1)][1]], high - low),
                labelled=at > 0 and is_item(text, sentences[at - 1], lists=lists, goes_on=aimed == low),
            )
            level = level_of(sentence, quantity, around)
            if level:
                levels.append(level)
        levels = without_descriptions(sentence, joined(sentence, levels))
        levels = with_answered(text, low, levels, answer) if answer else levels
        if levels and sentence.rstrip().endswith(";"):
            # "Phấn đấu A đạt 70%; B đạt khoảng 22%": what the semicolon joins is set too.
            aimed = high + len(text[high:]) - len(text[high:].lstrip())
        if levels:
            set_ = text[: answer.turn] if answer else text
            found = list(_targets(document, block, set_, (low, min(high, len(set_))), levels, context, last))
            found = _without_years(found, series, context) if series else found
            last = found[-1].metric
            told = answer.end if answer else told
            yield from answered(document, block, context.period, (low, high), answer, found) if answer else found
        elif whole := _without_level(
            document, block, text, sentences, at, sentence, context, deadline, replace(over, after=aimed == low)
        ):
            yield whole
    yield from series.values()


def _without_level(
    document: Document,
    block: TextBlock,
    text: str,
    sentences: Sequence[tuple[int, int]],
    at: int,
    sentence: str,
    context: Context,
    deadline: tuple[str, bool] | None,
    over: Setting,
) -> Target | None:
    """A thing to be done that a sentence sets without a level: by a day, or among goals.

    A clause that is no more than a day tells it of the clause before, where no level stands there (`over.after`).
    """
    low, high = sentences[at]
    bare = at > 0 and ((deadline is not None and deadline[1]) or is_bare(sentence))
    first = sentences[at - 1][0] if bare else low
    issued = document.metadata.issued.value if document.metadata.issued else None
    tasks = over.plans and not over.norm and (over.tasks or context.sets) and not (bare and over.after)
    words = text[first : low + len(sentence)]
    if tasks and (day := task_due(words, issued)):
        counted = task_count(words)
        how = read_level(words, counted.start, counted.end)[0] if counted else Comparator.COMPLETE
        moved = counted and replace(counted, start=counted.start + first, end=counted.end + first)
        target = _target(document, block, text, (first, high), moved, how, context)
        return replace(target, metric=metric_of(words), period=day)
    if (at and forbids(sentence, context)) or (
        opens(text, sentences, at) and _sets_whole(text[:high], sentence, context, first=at == 0)
    ):
        return _target(document, block, text, (low, high), None, Comparator.COMPLETE, context)
    if deadline and (at or not deadline[1]) and (modal_ends(sentence) or sets_aims(context)):
        # "… tiêu chí đường sắt; hoàn thành trong tháng 5": the clause before says what.
        target = _target(document, block, text, (first, high), None, Comparator.COMPLETE, context)
        return replace(target, period=deadline[0])
    return None


def _setting(document: Document, context: Context, *, norm: bool) -> Setting:
    """What stands around all numbers of a paragraph."""
    to_do = not norm and plans(document, context)
    tasks = to_do and are_tasks(context.headings)
    return Setting(False, False, norm, reports(document), year_of(document), 0, to_do, tasks=tasks)


def _sets_whole(words: str, sentence: str, context: Context, *, first: bool) -> bool:
    """Whether an item without a level is a goal; behind a label alone only what is to have become of a thing."""
    if LABELLED_RE.match(sentence):
        return True
    return context.sets and (first or is_outcome(words)) and sets_deed(words, context)


def _without_years(found: list[Target], series: dict[int, Target], context: Context) -> list[Target]:
    """Levels without the year of a part: ``96 ha: năm 2030 là 40 ha, …``."""
    years = {one.period for one in series.values()}
    return [replace(one, period=context.period) if one.period in years else one for one in found]


def _deadline(document: Document, sentence: str, *, tells: bool) -> tuple[str, bool] | None:
    """The day by which a sentence of a plan wants something completed; where a paper `tells` only as an aim."""
    if tells and not modal_ends(sentence):
        return None
    if sentence.isupper() or sentence.rstrip().endswith(":"):
        return None
    if _AGAINST_RE.match(sentence) or _OF_ANY_RE.match(sentence):
        return None  # a heading in capitals, a lead-in or what is held against a goal sets nothing by itself
    issued = document.metadata.issued
    return due(sentence, issued.value if issued else None)


def _targets(
    document: Document,
    block: TextBlock,
    text: str,
    place: tuple[int, int],
    levels: list[tuple[Quantity, Comparator]],
    context: Context,
    last: str | None,
) -> Iterator[Target]:
    group = digest(text[slice(*place)]) if len(levels) > 1 else None
    apart = _APART_RE.match(text, place[0])
    before = last if apart or text[: place[0]].rstrip().endswith(";") else None
    found: list[Target] = []
    for quantity, comparator in levels:
        moved = replace(quantity, start=quantity.start + place[0], end=quantity.end + place[0])
        target = _target(document, block, text, place, moved, comparator, context, before)
        if not found and before and apart:
            # "… về giải quyết thủ tục đạt 90%; riêng lĩnh vực đất đai đạt 85%"
            target = replace(target, metric=f"{before}: {target.metric}"[:_METRIC])
        before = target.metric
        found.append(replace(target, group=group))
    yield from in_order(text[slice(*place)], found)


def _target(
    document: Document,
    block: TextBlock,
    text: str,
    place: tuple[int, int],
    quantity: Quantity | None,
    comparator: Comparator,
    context: Context,
    before_it: str | None = None,
) -> Target:
    sentence = " ".join(text[slice(*place)].split())
    measured = measure(text, quantity) if quantity else None
    period = period_of(document, text, place, quantity, measured.period if measured else None)
    period = period or (context.period if context.sets or context.ahead else None)
    at = quantity.start if quantity else place[1]
    before = reached_before(text, at) or (held_against(text, at) if quantity and quantity.percent else None)
    if before:
        measured = measure(text, before)  # the bracket only holds the level: the words stand before it
        if comparator is Comparator.EQUAL and re.search(r"\bgiảm\b", text[place[0] : before.start]):
            comparator = Comparator.DECREASE
    metric = measured.what if measured else None
    if quantity and not before:
        own = named_before(text, place[0], quantity, metric)
        metric = own or metric_of_level(text, quantity, metric, before_it)
    metric = metric or metric_of(sentence)
    if quantity:
        metric = _LOOSE_RE.sub("", without_deeds(metric, times=is_times(text, quantity)))
        metric = renamed(with_thing(metric, text, quantity), text, quantity.start)
    if before:
        metric = _RATE_BEHIND_RE.sub("", metric).strip(" ,")
    target = Target(
        "",
        document.reading.hull(block.view.start + place[0], block.view.start + place[1]),
        sentence[:LONGEST],
        metric,
        comparator,
        quantity.value if quantity else None,
        ("%" if before else unit_of(text, quantity, measured.unit)) if measured and quantity else None,
        period,
        measured.scope if measured else None,
        result=find_result(document, block, text, place[1] if quantity is None else quantity.end, metric),
        eid=block.unit,
        page=block.page,
        level=_place_of(document, block, quantity),
    )
    if lead := context.judging:
        if quantity is None and target.result is None:
            # "Hoàn thành việc sắp xếp các xã (đã sắp xếp 07 xã)", under "Đã đạt 17/23 mục tiêu, gồm:"
            target = replace(target, result=told_in_brackets(document, block, text, place[0]))
        return replace(target, verdict=lead.verdict, judged=document.blocks[lead.block].span)
    return judged(document, block, target, said_verdict(document, text, place[0], quantity))


def _place_of(document: Document, block: TextBlock, quantity: Quantity | None) -> Span | None:
    if quantity is None:
        return None
    return document.reading.hull(block.view.start + quantity.start, block.view.start + quantity.end)


def metric_of(sentence: str) -> str:
    """What a target without a level is about: its words without mark, bracket and closing sign.

    >>> metric_of("- Hoàn thành việc sắp xếp thôn, tổ dân phố (theo quy định).")
    'Hoàn thành việc sắp xếp thôn, tổ dân phố'
    """
    words = without_brackets(ITEM_RE.sub("", LABELLED_RE.sub("", sentence)))
    return " ".join(words.split()).strip(" .;,:*_")[:200]


def _with_ids(targets: list[Target]) -> tuple[Target, ...]:
    """Ids made of the sentence and the level: they stay when its reading gets better; the second gets a number."""
    seen: dict[str, int] = {}
    named = []
    for target in targets:
        name = digest(f"{target.text}|{target.value}|{target.unit if target.unit == '%' else ''}")
        seen[name] = seen.get(name, 0) + 1
        named.append(replace(target, id=f"t-{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")))
    return tuple(named)


def digest(words: str) -> str:
    """A short name for words: it stays when lines move."""
    return blake2b(" ".join(words.split()).lower().encode(), digest_size=4).hexdigest()
