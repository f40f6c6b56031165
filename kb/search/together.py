"""What the other hits of a document and of an article say for a hit.

A passage of the document that answers best counts for more than one of another document, and so does one whose
article holds a good answer beside it. The two weights were learned: sixty features of a hit (what it covers itself
and with its headings, windows, order, runs, what opens it, figures, kinds, length, place, what stands beside it)
were tried on ten sets of questions, each left out in turn; these two were chosen every time (docs/scale.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from kb.search.weighing import Scored

#: What hits gain as a power of the score of the best hit of their document, and of the best other hit of their
#: article, each beside that of the best of all.
WORK_WEIGHT, ARTICLE_WEIGHT = 0.2, 0.034
#: A neighbour further behind than this (e**3) is none.
_FURTHEST = 3.0


def weigh_together(hits: Sequence[Scored]) -> None:
    """Change the scores of the best hits of one query by those of the hits beside them.

    >>> hits = [
    ...     Scored(score, {"work": work, "unit": unit})
    ...     for score, work, unit in ((3.0, "a", "art_1"), (2.0, "b", "art_1"), (2.0, "a", "art_2__cla_1"))
    ... ]
    >>> weigh_together(hits)
    >>> hits[0].score > hits[2].score > hits[1].score
    True
    """
    positive = [hit for hit in hits if hit.score > 0]
    if not positive:
        return
    top = max(hit.score for hit in positive)
    works: dict[str, float] = {}
    articles: dict[tuple[str, str], list[float]] = {}
    for hit in positive:
        works[hit.stored["work"]] = max(works.get(hit.stored["work"], 0.0), hit.score)
        if article := _article(hit):
            articles.setdefault(article, []).append(hit.score)
    for scores in articles.values():
        scores.sort(reverse=True)
    for hit in positive:
        gain = WORK_WEIGHT * math.log(works[hit.stored["work"]] / top) - ARTICLE_WEIGHT * _FURTHEST
        if article := _article(hit):
            best = articles[article]
            beside = best[hit.score == best[0]] if len(best) > 1 else 0.0
            gain += ARTICLE_WEIGHT * max(math.log(beside / top) + _FURTHEST, 0.0) if beside else 0.0
        hit.score *= math.exp(gain)


def _article(hit: Scored) -> tuple[str, str] | None:
    """The article, or the outermost section, of a hit."""
    unit = hit.stored.get("unit")
    return (hit.stored["work"], unit.split("__")[0]) if unit else None
