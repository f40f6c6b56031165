"""Hits of one document and of one article speak for one another."""

from __future__ import annotations

import pytest

from kb.search.together import weigh_together
from kb.search.weighing import Scored


def weighed(*hits: tuple[float, str, str | None]) -> list[float]:
    scored = [Scored(score, {"work": work, "unit": unit}) for score, work, unit in hits]
    weigh_together(scored)
    return [hit.score for hit in scored]


def test_a_passage_gains_by_a_better_one_of_its_document() -> None:
    beside, alone = weighed((4.0, "a", "art_1"), (2.0, "a", "art_2"), (2.0, "b", "art_2"))[1:]
    assert beside > alone


def test_a_passage_gains_by_another_of_its_article() -> None:
    beside, _, alone = weighed((2.0, "a", "art_1__cla_1"), (2.0, "a", "art_1__cla_2"), (2.0, "a", "art_3"))
    assert beside > alone


def test_the_best_of_a_document_keep_their_order() -> None:
    scores = weighed((4.0, "a", "art_1"), (3.0, "a", "art_2"), (2.9, "a", None), (1.0, "b", None))
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("scores", [(), (0.0,), (0.0, 0.0), (2.0, 0.0)])
def test_hits_without_a_score_stay(scores: tuple[float, ...]) -> None:
    assert len(weighed(*((score, "a", "art_1") for score in scores))) == len(scores)
