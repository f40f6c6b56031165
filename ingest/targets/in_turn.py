"""Results told in the order of their levels: ``đạt lần lượt 90% và 85%; kết quả tương ứng là 91% và 84%``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.came_of import as_result
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
