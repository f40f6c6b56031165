"""The targets of a document: in sentences, in lists under a lead-in, in tables of targets and results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

from ingest.figures.measures import measure, periods
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.contexts import Context, read_contexts
from ingest.targets.levels import COMPLETION_RE, DOES_RE, MODAL_RE, REQUIRING, joined, read_level
from ingest.targets.reached import find_result, reached_before
from ingest.targets.same import link_same
from ingest.targets.tables import targets_of_tables
from kb.models import (
    BlockKind,
    Citation,
    Comparator,
    Document,
    Target,
    TextBlock,
    UnitKind,
)
from kb.text.sentences import split_sentences

#: Words before a number that say it happened.
PAST_RE = re.compile(
    r"\bđã\b|\b(?:luôn|hiện(?:\s+nay)?|có|được khảo sát|kết quả|thực tế|chưa|ước)\b[^.;]{0,60}$"
    r"|\b(?:chiếm|tăng|giảm)\s+(?:tỷ lệ|tỉ lệ)?\s*$",
    re.IGNORECASE,
)
#: The same where goals are listed: "có", "chiếm" say there what is to be.
_DONE_RE = re.compile(r"\bđã\b|\b(?:luôn|hiện(?:\s+nay)?|kết quả|thực tế|ước)\b[^.;]{0,60}$", re.IGNORECASE)
_LEADS_RE = re.compile(r"(?:;|và|,|:|\b(?:đạt|còn|chiếm|lên|xuống)(?:\s+(?:khoảng|mức|tỷ lệ|tỉ lệ))*)\s*$")
_BY_YEAR_RE = re.compile(r"\b[Đđ]ến\s+(?:hết\s+|cuối\s+)?năm\s+(20\d\d)")
#: Words before a number that say in which case a rule applies, or what a rule grants or weighs.
_CASE_RE = re.compile(
    r"(?:^|[;.,:]\s*)\W*(?:khi|nếu|(?:(?:trong|đối với|với)\s+)?(?:(?:các|những|một số)\s+)?trường hợp)\b[^;.]*$",
    re.IGNORECASE,
)
_THEN_RE = re.compile(r"\bthì\b", re.IGNORECASE)
_GRANT_RE = re.compile(
    r"\b(?:hỗ trợ|mức (?:hỗ trợ|chi|thu|phạt|phí|đóng|hưởng|lãi|giá)|phạt|phụ cấp|trích|khấu trừ|giảm trừ|tạm ứng"
    r"|miễn|bồi thường|lãi suất|thang điểm|chấm)\b[^;.]*$",
    re.IGNORECASE,
)
_POINTS_RE = re.compile(r"\s*(?:điểm|lần mức)(?![^\W\d_])")
#: Time that is allowed for a step is a rule of procedure.
_TIME_RE = re.compile(r"\s*(?:\([^()]{1,20}\)\s*)?(?:giờ|phút|ngày|tuần|tháng|năm|buổi|tiết)(?![^\W\d_])")
_RANGE_END_RE = re.compile(r"\d\s*%?\s*[-–]\s*$|\d\s*%\s*đến\s*$")
_RANGE_START_RE = re.compile(r"\s*(?:[-–]|đến)\s*\d[\d.,]*\s*%")
#: A list of things to be done sets targets only where its lead-in calls them so.
_GOALS_RE = re.compile(r"\b(?:mục tiêu|chỉ tiêu)\b", re.IGNORECASE)
_TASKS_RE = re.compile(r"\b(?:nhiệm vụ|giải pháp|nội dung|công việc|hoạt động)\b", re.IGNORECASE)
#: A closing bracket, but not that of a label (``b)``).
_CLOSING_RE = re.compile(r"(?<!^[a-zđ0-9])(?<!^.[0-9])\)")
#: "Phấn đấu đến năm 2026, …" holds for all that the sentence lists.
_OPENING_RE = re.compile(
    r"[\s*_“\"+•–-]*(?:\w{1,3}[.)]\s+)?(?:Phấn đấu\s+)?[Đđ]ến\s+(?:hết\s+|cuối\s+)?năm\s+\d{4}"
)
_MONEY = ("đồng", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "USD")
_SPLIT_NOUN_RE = re.compile(r"^[\s*_“\"+•–-]*(?:(?:[a-zđ]{1,2}|\(?\d{1,2}(?:\.\d{1,2})*)[.)]\s+)?[\s*_“\"]*")
_SKIPPED = (UnitKind.PREFACE, UnitKind.PREAMBLE, UnitKind.RECITAL, UnitKind.CONCLUSIONS)
_TEXT = 600


def find_targets(document: Document, citations: tuple[Citation, ...] = ()) -> tuple[Target, ...]:
    """The targets that a document states, in reading order, the same target at several places linked."""
    units = {unit.eid: unit for unit in document.units}
    contexts = read_contexts(document)
    found: list[Target] = []
    for block, context in zip(document.blocks, contexts, strict=True):
        unit = units.get(block.unit or "")
        if block.kind is BlockKind.TEXT and context and not (unit and unit.kind in _SKIPPED):
            found.extend(_of_block(document, block, context))
    found.extend(targets_of_tables(document))
    return link_same(_with_ids(sorted(found, key=lambda target: target.span.start)))


def _of_block(document: Document, block: TextBlock, context: Context) -> Iterator[Target]:
    text = document.block_text(block).replace("\n", " ")  # the ends of lines are no more than spaces
    listed = context.sets and bool(context.leads)
    sentences = split_sentences(text, clauses=True)
    norm = document.grammar == "norm"
    sets = listed or context.sets or any(_requires(text[low:high], norm) for low, high in sentences)
    year = _year(document)
    aimed = -1
    for low, high in sentences:
        sentence = text[low:high]
        if not any(letter.isalpha() for letter in sentence):
            continue  # a cell of a table that was lost
        levels = [
            level
            for quantity in find_quantities(sentence)
            if (
                level := _level(
                    sentence,
                    quantity,
                    _Setting(sets or aimed == low, context.sets, norm, year, _depth(text, low + quantity.start)),
                )
            )
        ]
        levels = joined(sentence, levels)
        if levels and sentence.rstrip().endswith(";"):
            # "Phấn đấu A đạt 70%; B đạt khoảng 22%": what the semicolon joins is set too.
            aimed = high + len(text[high:]) - len(text[high:].lstrip())
        if levels:
            yield from _targets(document, block, text, (low, high), levels, context)
        elif listed and low == sentences[0][0] and _completes(sentence, context):
            yield _target(document, block, text, (low, high), None, Comparator.COMPLETE, context)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What stands around a number.

    `listed`: its lists, headings or neighbours announce targets; `goals`: a lead-in or heading does; `norm`: the
    text lays down rules in articles; `year` of the paper; `depth`: the brackets that it stands in.
    """

    listed: bool
    goals: bool
    norm: bool
    year: int | None
    depth: int


def _level(sentence: str, quantity: Quantity, around: _Setting) -> tuple[Quantity, Comparator] | None:
    """The level that a number of a sentence sets; None for one that only happened, or that a rule is made of."""
    comparator, row = read_level(sentence, quantity.start, quantity.end)
    left = sentence[: quantity.start]
    if _CASE_RE.search(left) and _THEN_RE.search(left):
        return None  # a rule for a case, whatever must be done in it
    if quantity.percent and _RANGE_END_RE.search(left):
        return None  # the upper end of a range: its lower end is the level
    if quantity.percent and comparator is Comparator.EQUAL and _RANGE_START_RE.match(sentence, quantity.end):
        comparator = Comparator.AT_LEAST
    modals = [found.end() for found in MODAL_RE.finditer(sentence) if found.end() <= quantity.start]
    coming = [found.end() for found in _BY_YEAR_RE.finditer(left) if around.year and int(found[1]) > around.year]
    since = max([*modals, *coming], default=0)
    past = bool((_DONE_RE if around.goals or coming else PAST_RE).search(left[since:]))
    if around.depth and not (modals and left.rfind("(") < since) and not (modals and row in REQUIRING):
        return None
    if (
        row in REQUIRING
        and not modals
        and _is_rule(sentence, quantity, left, listed=around.listed, norm=around.norm)
    ):
        return None
    if row in REQUIRING:
        capped = row.startswith("at most") and not modals and _is_money(sentence, quantity)
        return None if capped or (past and not around.listed) else (quantity, comparator)
    if not quantity.percent or past or (row == "plain" and "." in quantity.value):
        return None  # a level is a round number; 35,95% is what was reached
    leads = (
        not _SPLIT_NOUN_RE.sub("", left)
        or _LEADS_RE.search(left)
        or (DOES_RE.search(left) and not re.search(r"\bđã\b", left))
    )
    sets = around.listed and (leads or comparator is not Comparator.EQUAL)
    return (quantity, comparator) if sets or modals or coming else None


def _year(document: Document) -> int | None:
    issued = document.metadata.issued
    return int(issued.value[:4]) if issued else None


def _is_rule(sentence: str, quantity: Quantity, left: str, *, listed: bool, norm: bool) -> bool:
    """Whether a least or a most belongs to a rule: its case, what it grants, its points, the time for a step."""
    if _CASE_RE.search(left) or _GRANT_RE.search(left) or _POINTS_RE.match(sentence, quantity.end):
        return True
    return (norm and not listed) or _TIME_RE.match(sentence, quantity.end) is not None


def _requires(sentence: str, norm: bool) -> bool:
    """Whether a sentence sets a level by its own words, so that its neighbours may set theirs plainly."""
    for quantity in find_quantities(sentence):
        row = read_level(sentence, quantity.start, quantity.end)[1]
        left = sentence[: quantity.start]
        rule = _is_rule(sentence, quantity, left, listed=False, norm=norm) and not MODAL_RE.search(left)
        if quantity.percent and row in REQUIRING and not rule and not PAST_RE.search(left):
            return True
    return False


def _depth(text: str, at: int) -> int:
    return max(text.count("(", 0, at) - len(_CLOSING_RE.findall(text[:at])), 0)


def _is_money(sentence: str, quantity: Quantity) -> bool:
    return sentence[quantity.end :].lstrip().startswith(_MONEY)


def _completes(sentence: str, context: Context) -> bool:
    """Whether an item without a level sets a thing to be done."""
    goals = list(_GOALS_RE.finditer(context.leads[0].text))
    # "… để đạt mục tiêu trên, tập trung các nhiệm vụ sau:" lists tasks.
    opens = context.leads[0].text.rstrip().endswith(":")
    tasks = goals and opens and _TASKS_RE.search(context.leads[0].text, goals[-1].end())
    return bool(COMPLETION_RE.match(sentence) and goals and not tasks)


def _targets(
    document: Document,
    block: TextBlock,
    text: str,
    place: tuple[int, int],
    levels: list[tuple[Quantity, Comparator]],
    context: Context,
) -> Iterator[Target]:
    group = digest(text[slice(*place)]) if len(levels) > 1 else None
    for quantity, comparator in levels:
        moved = replace(quantity, start=quantity.start + place[0], end=quantity.end + place[0])
        yield replace(_target(document, block, text, place, moved, comparator, context), group=group)


def _target(
    document: Document,
    block: TextBlock,
    text: str,
    place: tuple[int, int],
    quantity: Quantity | None,
    comparator: Comparator,
    context: Context,
) -> Target:
    sentence = " ".join(text[slice(*place)].split())
    measured = measure(text, quantity) if quantity else None
    period = measured.period if measured else None
    period = period or _period(text, place)
    before = reached_before(text, quantity.start if quantity else place[1])
    if before:
        measured = measure(text, before)  # the bracket only holds the level: the words stand before it
    metric = (measured.what if measured else None) or metric_of(sentence)
    return Target(
        "",
        document.reading.hull(block.view.start + place[0], block.view.start + place[1]),
        sentence[:_TEXT],
        metric,
        comparator,
        quantity.value if quantity else None,
        ("%" if before else measured.unit) if measured else None,
        period,
        measured.scope if measured else None,
        result=find_result(document, block, text, place[1] if quantity is None else quantity.end, metric),
        verdict=context.verdict,
        eid=block.unit,
        page=block.page,
    )


def _period(text: str, place: tuple[int, int]) -> str | None:
    """The period of a sentence outside its brackets; else the one that opens the sentences before it."""
    bare = re.sub(r"\([^()]*\)", lambda found: " " * len(found.group()), text)
    found = next(periods(bare, *place), None)
    if found is None:
        opened = _OPENING_RE.match(text)
        full_stop = opened and re.search(r"\.\s", text[opened.end() : place[0]])
        found = next(periods(text, *opened.span()), None) if opened and not full_stop else None
    return found.group() if found else None


def metric_of(sentence: str) -> str:
    """What a target without a level is about: its words without mark, bracket and closing sign.

    >>> metric_of("- Hoàn thành việc sắp xếp thôn, tổ dân phố (theo quy định).")
    'Hoàn thành việc sắp xếp thôn, tổ dân phố'
    """
    words = re.sub(r"\([^()]*\)", "", _SPLIT_NOUN_RE.sub("", sentence))
    return " ".join(words.split()).strip(" .;,:*_")[:200]


def _with_ids(targets: list[Target]) -> tuple[Target, ...]:
    """Ids made of words and level; a second target of the same words gets a number behind."""
    seen: dict[str, int] = {}
    named = []
    for target in targets:
        name = digest(f"{target.text}|{target.metric}|{target.comparator}|{target.value}|{target.unit}")
        seen[name] = seen.get(name, 0) + 1
        named.append(replace(target, id=f"t-{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")))
    return tuple(named)


def digest(words: str) -> str:
    """A short name for words: it stays when lines move."""
    return blake2b(" ".join(words.split()).lower().encode(), digest_size=4).hexdigest()
