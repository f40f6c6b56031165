"""Goals of a report whose level, result and verdict stand in one item, or one row, in whatever order.

What is read there as one thing by the checks (``từ 85% trở lên: 86,1% – đạt``; ``0,31% (không quá 0,35%): đạt``)
is what the goal says: a level that was missed is added, a result or a verdict that was not found is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from graphs.checks.goals.reckoned_items import Reckoned
from graphs.checks.goals.reckoned_verdicts import NUMBER, Amount, amounts, comparator_of
from graphs.checks.goals.verdict_words import CELL_RE
from graphs.checks.goals.verdicts_reckoned import judged_pieces, told_in_tables
from graphs.checks.report import Subject
from ingest.figures.measures import measure
from ingest.figures.quantities import find_quantities
from ingest.targets.contexts import Context
from ingest.targets.in_turn import with_in_turn, with_named
from ingest.targets.judgements import judged, judgement
from ingest.targets.papers import of_results, reports, tells
from ingest.targets.told_results import with_told_results
from kb.goals import verdict_of
from kb.models import Comparator, Document, Result, Span, Target, TextBlock

#: A label, a word that only leads to a number, and what is left open before it.
_LABEL_RE = re.compile(
    r"^\W*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4})[.)]\s+)?(?:(?:Mục tiêu|Chỉ tiêu)"
    r"\s+\w{1,4}\s*[:.]\s*)?",
    re.IGNORECASE,
)
_LEADS_RE = re.compile(
    r"(?:[\s,;:(–-]|\b(?:đạt|là|còn|chiếm|bằng|kết quả|thực hiện|mức|mục tiêu|kế hoạch|yêu cầu|chỉ tiêu"
    r"|giao|được|năm|có)\b)+$",
    re.IGNORECASE,
)
_TRAILS_RE = re.compile(r"^[^\W\d_][^:;.,(–]{2,80}(?=\s[-–]\s|[:;.,(])")
#: A result, and in the bracket or clause behind it the level.
_PAIR_RE = re.compile(
    rf"(?P<result>{NUMBER})\s*(?P<unit>%|[^\W\d_]+(?:\s[^\W\d_]+)?)?\s*[(,]\s*"
    r"(?:(?:so với|chưa đạt|vượt|thấp hơn|còn thấp hơn)\s+)?"
    r"(?:mức\s+)?(?:mục tiêu|chỉ tiêu|kế hoạch|mức giao|giao|được giao|yêu cầu)"
    r"(?:\s+(?:là|năm|(?:19|20)\d\d|giao|đề ra|đạt|mức))*:?\s+"
    rf"(?:từ|trên|dưới|tối thiểu|tối đa|ít nhất|không (?:quá|dưới|thấp hơn|vượt quá)|≥|≤)\s*(?P<level>{NUMBER})",
    re.IGNORECASE,
)
#: What leads to a number that was reached, or to the share of goals that were.
_REACHED_RE = re.compile(
    r"(?:\b(?:mới|(?<!chứng )(?<!tín )(?<!địa )chỉ|hiện)(?:\s+(?:đạt|được|có|là|ở mức))*"
    r"|(?:chưa|không) đạt[^.;]{0,40}[,;]\s*(?:còn|đạt)"
    r"|tỷ lệ (?:chỉ tiêu |mục tiêu )?(?:hoàn thành|đạt)(?:(?:,| và) vượt)?(?: chỉ tiêu| mục tiêu)?:?)\s*$",
    re.IGNORECASE,
)
#: How a number is held against the level behind it: ", chưa đạt mức 23 tỷ đồng", ", thiếu 2 tỷ đồng so với".
_SHORT_OF_RE = re.compile(
    r"[^\d.;,()]{0,20}[,(]\s*(?:còn\s+)?(?:(?:chưa đạt|không đạt|thấp hơn|vượt|dưới|cao hơn)\s+(?:so với\s+)?"
    r"(?:mức|mục tiêu|kế hoạch|chỉ tiêu)"
    r"|(?:thiếu|hụt|vượt)\s+\d[^.;]{0,40}so với (?:mức|mục tiêu|kế hoạch|chỉ tiêu))",
    re.IGNORECASE,
)
_OF_RESULTS_RE = re.compile(r"\b(?:kết quả|tình hình|thực trạng|đánh giá|tồn tại|hạn chế)\b", re.IGNORECASE)
_SETS_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán|yêu cầu|giao|phấn đấu|đề ra|đặt ra|định mức|quy định|tiêu chí)\b"
    r"|\bphải\b|[:,;–-]\s*(?:(?:chưa|không) )?(?:đạt|vượt|hoàn thành)\b(?!\s+\d)",
    re.IGNORECASE,
)
_BARE_RE = re.compile(
    r"(?:Mục tiêu|Chỉ tiêu)(?:\s+(?:số\s+)?\w{1,4})?|(?:(?:mức|kế hoạch|chỉ tiêu|mục tiêu)\s+)?(?:được\s+)?giao"
    r"|(?:mức )?(?:kế hoạch|yêu cầu)|(?:triệu|tỷ|nghìn)\s+đồng",
    re.IGNORECASE,
)
#: Behind a level in a bracket, to its end.
_SAID_IN_BRACKET_RE = re.compile(
    r"\s*%?[^();.,\d]{0,25}[,;]\s*(?P<how>(?:chưa|không)\s+(?:đạt|hoàn thành)|vượt|hoàn thành|đạt)"
    r"(?:\s+(?:mục tiêu|chỉ tiêu|kế hoạch))?\s*\)",
    re.IGNORECASE,
)
_GIVEN_RE = re.compile(r"(?:[–(-]\s*|(?<!với)\s)(?:mức giao|giao|kế hoạch|chỉ tiêu)$", re.IGNORECASE)
_FEWEST = 4


def with_judged_items(
    document: Document, block: TextBlock, targets: list[Target], context: Context
) -> list[Target]:
    """The targets of a paragraph of a report with what its items say of level, result and verdict."""
    text = document.block_text(block).replace("\n", " ")
    if not (reports(document) or tells(document, context)):
        return targets
    for low, piece, one in judged_pieces(text):
        level, result = (_hull(document, block, low, place) for place in (one.level, one.result))
        there = [at for at, target in enumerate(targets) if target.level and _overlap(target.level, level)]
        # What was reached is no level of its own, nor is the item as a whole.
        whole = _hull(document, block, low, (0, len(piece)))
        targets = [
            target
            for at, target in enumerate(targets)
            if at in there
            or not (
                (target.level is None and target.value is None and _overlap(target.span, whole))
                or (target.level is not None and _overlap(target.level, result))
            )
        ]
        found = [target for target in targets if target.level and _overlap(target.level, level)]
        if not found:
            targets.append(_new(document, block, low, piece, one, context))
            continue
        told = _told(document, block, low, piece, one)
        targets = [_with(target, told) if target is found[0] else target for target in targets]
    if context.ahead:
        return targets
    paired = _with_pairs(document, block, text, targets)
    targets = with_told_results(document, block, text, paired, results=of_results(context))
    kept = [_without_turns(one) for one in targets if not _is_result(block, text, one, context)]
    done = with_named(document, block, text, with_in_turn(document, block, text, kept))
    return [_with_bracket(document, block, text, one) for one in done]


def _with_bracket(document: Document, block: TextBlock, text: str, target: Target) -> Target:
    """A target with the verdict that stands behind its level in a bracket: ``76,4% (mục tiêu 80%, chưa đạt)``."""
    at = target.level.end - block.span.start if target.level and target.verdict is None else len(text)
    said = _SAID_IN_BRACKET_RE.match(text, at) if text.count("(", 0, at) > text.count(")", 0, at) else None
    return judged(document, block, target, judgement(said, "how") if said else None)


def _is_result(block: TextBlock, text: str, target: Target, context: Context) -> bool:
    """Whether what was taken for a level is said to be what was reached: ``chưa đạt, mới 94%``."""
    level = target.level
    if level is None or target.comparator not in (Comparator.EQUAL, Comparator.MORE) or target.result is not None:
        return False
    before, behind = (text[part] for part in _around(block, level))
    if _REACHED_RE.search(before) or _SHORT_OF_RE.match(behind):
        return True
    # Under a heading of results a plain amount is one, unless its own words set or judge it.
    results = any(map(_OF_RESULTS_RE.search, context.headings))
    return results and target.unit != "%" and not _SETS_RE.search(target.text)


def _around(block: TextBlock, level: Span) -> tuple[slice, slice]:
    start = block.span.start
    return slice(0, max(level.start - start, 0)), slice(max(level.end - start, 0), None)


def _without_turns(target: Target) -> Target:
    """A target without its result where several stand in turn, which one is whose is not known."""
    return replace(target, result=None) if target.result and "lần lượt" in target.text else target


def _with_pairs(document: Document, block: TextBlock, text: str, targets: list[Target]) -> list[Target]:
    """Of ``86,2% (mục tiêu từ 88% trở lên)`` the first number is what was reached of the second, and no level."""
    matches = list(_PAIR_RE.finditer(text))
    starts = {one.start: one for one in amounts(text)} if matches else {}
    for found in matches:
        level, result = (_hull(document, block, 0, found.span(group)) for group in ("level", "result"))
        held = next((one for one in targets if one.level and _overlap(one.level, level)), None)
        done = starts.get(found.start("result"))
        if held is None or done is None or (held.unit == "%") != (done.unit == "%"):
            continue
        value = _printed(done.value)
        told = held.result
        if told is None or told.value != value:
            words = f"{found['result']}{'%' if held.unit == '%' else f' {held.unit}'}"
            told = Result(words, value, held.unit, result)
        with_result = replace(held, result=told)
        targets = [
            with_result if one is held else one
            for one in targets
            if one is held or not (one.level and _overlap(one.level, result))
        ]
    return targets


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _hull(document: Document, block: TextBlock, low: int, place: tuple[int, int]) -> Span:
    start = block.view.start + low
    return document.reading.hull(start + place[0], start + place[1])


def _with(target: Target, told: Target) -> Target:
    """A target with the result and the verdict of its item; what it has of both stays where it says the same."""
    same = target.result is not None and told.result is not None and target.result.value == told.result.value
    return replace(
        target,
        metric=told.metric if _is_bare(target.metric) else target.metric,
        result=target.result if same else told.result,
        verdict=told.verdict or target.verdict,
        judged=told.judged or target.judged,
    )


def _is_bare(metric: str) -> bool:
    """Whether the words of a level only call it one, or end in that: ``giao``, ``Hộ nghèo - mức giao``."""
    return _BARE_RE.fullmatch(metric) is not None or _GIVEN_RE.search(metric) is not None


def _told(document: Document, block: TextBlock, low: int, piece: str, one: Reckoned) -> Target:
    """What an item says of its goal, without what it is of."""
    goal, done = (_amount(piece, place) for place in (one.level, one.result))
    words = piece[slice(*one.result)]
    unit = "%" if "%" in (goal.unit, done.unit) else _unit(piece, done) or _unit(piece, goal)
    result = Result(
        f"{words}%" if unit == "%" else f"{words} {unit or ''}".strip(),
        _printed(done.value),
        unit,
        _hull(document, block, low, one.result),
    )
    return Target(
        "",
        _hull(document, block, low, (0, len(piece))),
        " ".join(piece.split()),
        _name(piece, one),
        comparator_of(piece[slice(*one.level)]),
        _printed(goal.value),
        unit,
        result=result,
        verdict=verdict_of(piece[slice(*one.said)]) if one.said[1] else None,
        judged=_hull(document, block, low, one.said) if one.said[1] else None,
        level=_hull(document, block, low, (goal.start, goal.end)),
    )


def _new(document: Document, block: TextBlock, low: int, piece: str, one: Reckoned, context: Context) -> Target:
    return replace(_told(document, block, low, piece, one), period=context.period, eid=block.unit, page=block.page)


def _amount(piece: str, place: tuple[int, int]) -> Amount:
    return next(found for found in amounts(piece) if place[0] <= found.start < place[1])


def _unit(piece: str, amount: Amount) -> str | None:
    """The unit of a number that is no rate."""
    quantity = next((one for one in find_quantities(piece) if one.start == amount.start), None)
    return measure(piece, quantity).unit if quantity else None


def _printed(value: Decimal) -> str:
    """A number as targets hold it: ``95.00`` is ``95``."""
    return f"{value.normalize():f}"


def _name(piece: str, one: Reckoned) -> str:
    """What an item is of: the words before its first number, or behind a level that opens it.

    >>> line = "c) Hao hụt muối 0,31% (không quá 0,35%): đạt."
    >>> _name(line, Reckoned((23, 37), (16, 20), (41, 44), True, True, 0, False))
    'Hao hụt muối'
    """
    label = _LABEL_RE.match(piece)
    low = label.end() if label else 0
    name = _LEADS_RE.sub("", piece[low : min(one.level[0], one.result[0])]).strip(" ,.;:(–-")
    if len(name) >= _FEWEST:
        return name[:200]
    behind = _TRAILS_RE.search(piece[one.level[1] :].lstrip(" %"))
    return (behind.group() if behind else piece[low:]).strip(" ,.;:–-")[:200]


def with_judged_rows(document: Document, targets: Iterable[Target]) -> Iterator[Target]:
    """Targets of tables with the result and the verdict of their row, where none was found."""
    targets = list(targets)
    told = {one.row: one for one in told_in_tables(Subject(document))} if targets else {}
    levels: dict[tuple[int | None, int | None], int] = {}
    for target in targets:
        levels[target.table, target.row] = levels.get((target.table, target.row), 0) + 1
    for target in targets:
        at = (target.table, target.row)
        one = told.get((at[0], at[1])) if at[0] is not None and at[1] is not None and levels[at] == 1 else None
        said = CELL_RE.match(one.verdict[0]) if one else None
        if one and said and target.verdict is None:
            words = said.group().strip(" -–:.()")
            target = replace(target, verdict=verdict_of(words), judged=one.verdict[1])
        if one and target.value is not None and (target.result is None or target.result.value is None):
            done = next(iter(amounts(one.result[0])), None)
            if done is not None and (target.unit == "%") == (done.unit == "%"):
                target = replace(
                    target, result=Result(one.result[0], _printed(done.value), target.unit, one.result[1])
                )
        yield target
