"""Results of the levels of one sentence, told in their order or by their names.

``đạt lần lượt 90% và 85%; kết quả tương ứng là 91% và 84%``; ``đề ra tỷ lệ A đạt 88%, trong đó tỷ lệ B đạt 45%.
Nay tỷ lệ A là 88,9%, vượt; tỷ lệ B mới được 44,2%, không đạt``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.came_of import as_result
from ingest.targets.judgements import judged, judgement
from ingest.targets.setting import LONGEST
from kb.models import Document, Target, TextBlock
from kb.text.sentences import split_sentences

_TURN_RE = re.compile(r"\b(?:lần lượt|tương ứng)(?![^\W\d_])", re.IGNORECASE)
#: What leads to results that stand in turn.
_ANSWERS_RE = re.compile(
    r"\b(?:kết quả|thực hiện|thực tế|đạt được|đến nay|ước đạt)(?![^\W\d_])[^.;:\d]{0,40}?:?\s+(?=\d)",
    re.IGNORECASE,
)
#: What may stand between two of them.
_BETWEEN_RE = re.compile(r"\s*(?:,|;|và|,\s*và)?\s*(?:[^\W\d_,;.]+\s+){0,4}", re.IGNORECASE)
#: Between a name and what it came to; behind that the verdict, with how far it is from the level before it.
_CAME_TO = r"(?:(?:hiện|nay|đến nay|đã|mới|chỉ|ước|được|đạt|là|còn|có|ở mức|đạt được)\s+)+"
_SAID_RE = re.compile(
    r"\s*%?[^.;,()]{0,20}(?:,\s*(?:cao|thấp|nhiều|ít|kém)(?:\s+hơn)?\s[^.;,]{1,40}?(?:,\d+[^.;,]{1,30})?)?"
    r",\s*(?:và\s+|đã\s+)*"
    r"(?P<how>(?:chưa|không)\s+(?:đạt|hoàn thành)|(?:hoàn thành\s+)?vượt|hoàn thành|đạt)"
    r"(?![^\W\d_])(?!\s+\d+\s*%)",
    re.IGNORECASE,
)
_WORDS = 3


def with_in_turn(document: Document, block: TextBlock, text: str, targets: Sequence[Target]) -> list[Target]:
    """The targets of a paragraph; those of one sentence with as many results as levels have them in order."""
    groups: dict[str, list[Target]] = {}
    for target in targets:
        if target.group and target.level and _TURN_RE.search(target.text):
            groups.setdefault(target.group, []).append(target)
    done = list(targets)
    quantities = find_quantities(text) if groups else ()
    places = {_start(document, block, one): one for one in quantities}
    for group in groups.values():
        levels = [places[one.level.start] for one in group if one.level and one.level.start in places]
        results = in_turn(text, levels, quantities) if len(levels) == len(group) else ()
        for target, level, reached in zip(group, levels, results, strict=False):
            told = as_result(document, block, text, reached, level, target.unit)
            done[done.index(target)] = replace(target, result=told)
    return done


def with_named(document: Document, block: TextBlock, text: str, targets: Sequence[Target]) -> list[Target]:
    """The targets of a paragraph; each of one sentence gets the result, and verdict, that is told by its name."""
    groups: dict[str, list[Target]] = {}
    for target in targets:
        if target.group and target.level and len(target.metric.split()) >= _WORDS:
            groups.setdefault(target.group, []).append(target)
    done = list(targets)
    shared = [group for group in groups.values() if len({one.metric.lower() for one in group}) > 1]
    quantities = find_quantities(text) if shared else ()
    places = {_start(document, block, one): one for one in quantities}
    for group in shared:
        last = max(
            (places[one.level.start].end for one in group if one.level and one.level.start in places),
            default=len(text),
        )
        named = [_by_name(document, block, text, last, one, places) for one in group]
        said = [one.judged for one in named if one and one.judged]
        for target, told in zip(group, named, strict=True):
            of_another = target.judged and any(target.judged.start == one.start for one in said)
            done[done.index(target)] = told or (
                replace(target, verdict=None, judged=None) if of_another else target
            )
    return done


def _by_name(
    document: Document, block: TextBlock, text: str, low: int, target: Target, places: dict[int, Quantity]
) -> Target | None:
    """A target with what is told by its name behind a place of its paragraph; None where nothing is."""
    level = places.get(target.level.start) if target.level else None
    told = _told_by_name(text, low, target.metric)
    reached = next((one for one in places.values() if told and one.start == told.end("name")), None)
    if level is None or reached is None or reached.percent != level.percent:
        return None
    result = as_result(document, block, text, reached, level, target.unit)
    named = replace(target, result=result)
    if target.judged and target.level and target.level.end < target.judged.start < result.span.start:
        named = replace(named, verdict=None, judged=None)  # said of what is told before it
    said = _SAID_RE.match(text, reached.end)
    return judged(document, block, named, judgement(said, "how") if said else None)


def _told_by_name(text: str, low: int, metric: str) -> re.Match[str] | None:
    """Where something is told again by its name, up to the number that it came to; None unless once."""
    words = r"\s+".join(map(re.escape, metric.split()))
    form = re.compile(rf"(?<!\w)(?P<name>{words}\s+{_CAME_TO})(?=\d)", re.IGNORECASE)
    found = list(form.finditer(text, low))
    return found[0] if len(found) == 1 else None


def _start(document: Document, block: TextBlock, quantity: Quantity) -> int:
    return document.reading.hull(block.view.start + quantity.start, block.view.start + quantity.end).start


def in_turn(text: str, levels: Sequence[Quantity], quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """As many results behind levels as there are levels, all of their kind; none where there are more or fewer.

    >>> def told(text, many):
    ...     found = find_quantities(text)
    ...     return [one.value for one in in_turn(text, found[:many], found)]
    >>> told("phải đạt lần lượt 90% và 85%; kết quả tương ứng là 91% và 84%.", 2)
    ['91', '84']
    >>> told("phải đạt lần lượt 90% và 85%; kết quả là 91%.", 2)
    []
    """
    last = levels[-1].end
    begins = max((low for low, _ in split_sentences(text) if low <= last), default=0)
    end = next((high for low, high in split_sentences(text) if low > begins), len(text))
    answer = _ANSWERS_RE.search(text, last, min(end, last + LONGEST))
    if answer is None:
        return ()
    found: list[Quantity] = []
    for one in quantities:
        if one.start < answer.end():
            continue
        if found and not _BETWEEN_RE.fullmatch(text[found[-1].end : one.start]):
            break
        found.append(one)
    alike = all(one.percent == levels[0].percent and not one.of for one in (*levels, *found))
    return tuple(found) if alike and len(found) == len(levels) > 1 else ()
