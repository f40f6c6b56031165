"""The last order of the best hits: what each feature says, and that all weights that were learned are used."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import pytest

from kb.search.ordering import FEATURES, Query, Told, features_of, put_in_order
from kb.search.weighing import Scored

WORDS = {"cu": 1.0, "nguoi": 1.0, "dai": 1.0, "dien": 1.0}
COUNTING = Query("cu may nguoi dai dien", WORDS, {"dai_dien": 1.0})


def hit(text: str, score: float = 1.0, **stored: Any) -> Scored:
    kept = {"work": "a", "kind": "provision", "unit": "art_1__cla_1", "crumbs": [], "title": None, "text": text}
    return Scored(score, {**kept, "folded": text.lower(), **stored})


def told(*hits: Scored) -> list[dict[str, float]]:
    found = features_of(hits, COUNTING, [Told(0.0, 1.0)] * len(hits))
    return [dict(zip(FEATURES, each, strict=True)) for each in found]


def test_every_weight_is_of_a_feature() -> None:
    table = files("kb.search").joinpath("data/ordering.csv").read_text(encoding="utf-8")
    assert [row["feature"] for row in csv.DictReader(table.splitlines())] == list(FEATURES)


def test_a_passage_that_counts_what_was_asked_for() -> None:
    counts, names = told(hit("cu 2 nguoi dai dien"), hit("cu nguoi dai dien tu 5 nam"))
    assert (counts["counted"], names["counted"]) == (1.0, 0.0)


def test_a_heading_that_holds_nothing_else_agrees_most() -> None:
    just, more = told(
        hit("x", crumbs=["Điều 5. Cử người đại diện"]),
        hit("x", crumbs=["Điều 6. Cử người đại diện phần vốn nhà nước"]),
    )
    assert just["heading"] == 1.0 > more["heading"] > 0


def test_a_whole_article_begins_with_its_heading() -> None:
    whole, part = told(
        hit("dieu 5 nguoi dai dien 1 phai co mat khi ky", unit="art_5"), hit("nguoi dai dien 1 phai co mat khi ky")
    )
    assert whole["heading"] == 1.0
    assert part["heading"] == 0.0


def test_the_label_of_a_row_tells_it_from_rows_that_say_more() -> None:
    just, more = told(
        hit("TT: 1; Chỉ tiêu: Người đại diện; 2024: 7", kind="row"),
        hit("TT: 2; Chỉ tiêu: Người đại diện theo từng đợt bầu; 2024: 2", kind="row"),
    )
    assert just["label"] > more["label"] > 0


def test_the_sentence_counts_that_agrees_best() -> None:
    text = "dai dien la mot viec nguoi dai dien cu nguoi khac thay minh di hop"
    one, parted = told(hit(text), hit(text, ends=[5, 8, 15]))
    assert parted["sentence"] > one["sentence"] > 0
    assert told(hit("nguoi dai dien"))[0]["sentence"] == parted["sentence"]


def test_hits_of_a_document_and_of_an_article_speak_for_one_another() -> None:
    best, beside, alone, title = told(
        hit("x", 4.0), hit("x", 2.0), hit("x", 2.0, work="b"), hit("x", 2.0, work="b", unit=None)
    )
    assert best["work"] == beside["work"] == 0.0 > alone["work"]
    assert beside["article"] == 0.0 > best["article"] > alone["article"] == title["article"]
    assert beside["crowd"] > alone["crowd"]


@pytest.mark.parametrize("scores", [(), (0.0,), (0.0, 0.0), (2.0, 0.0)])
def test_hits_without_a_score_stay_where_they_are(scores: tuple[float, ...]) -> None:
    hits = [hit("x", score) for score in scores]
    put_in_order(hits, COUNTING, [Told(0.0, 1.0)] * len(hits))
    assert [each.score > 0 for each in hits] == [score > 0 for score in scores]


def test_a_query_of_no_telling_words_is_no_error() -> None:
    hits = [hit("x", 2.0), hit("y", 1.0)]
    put_in_order(hits, Query("", {}, {}), [Told(0.0, 1.0)] * 2)
    assert hits[0].score > hits[1].score
