"""What else of a paper each of two unlike numbers may be."""

from __future__ import annotations

import random

from graphs.checks.learned.likeness import Likeness, Places, weighted
from graphs.checks.learned.rivals import FEATURES, Rivals, weights
from graphs.checks.reading.phrases import years_of
from graphs.checks.reading.tellings import read_tellings
from tests.graphs.test_likeness import subject
from tools.fit_rivals import rows_of

_PAPER = """I. TÓM TẮT

Các trạm khuyến nông đã tập huấn 4.318 lượt nông dân; 2.164 hộ được hỗ trợ giống lúa.

II. KẾT QUẢ

Trong năm có 4.381 lượt nông dân được tập huấn, bằng 104,68% kế hoạch (4.125 lượt).

Hỗ trợ giống lúa cho 2.164 hộ.
"""


def read(text: str) -> Rivals:
    paper = subject(text)
    return Rivals(Likeness(read_tellings(paper), years_of(paper)))


def pair_of(rivals: Rivals, *printed: str) -> Places:
    told = [one.printed for one in rivals.like.read.found]
    first, second = sorted(map(told.index, printed))
    return first, second


def told(rivals: Rivals, *printed: str) -> dict[str, float]:
    return dict(zip(FEATURES, rivals.features(*pair_of(rivals, *printed)), strict=True))


def test_every_feature_has_a_weight() -> None:
    assert len(weights()) == len(FEATURES)


def test_the_value_that_the_numbers_around_a_place_make_is_known_to_fit_there() -> None:
    rivals = read(_PAPER)
    features = told(rivals, "4.318", "4.381")
    assert features["fits"]
    assert not features["held_told"]
    sound = told(read(_PAPER.replace("104,68%", "106,21%")), "4.318", "4.381")
    assert sound["fits"] <= 0


def test_a_number_is_most_like_what_tells_it_again_whatever_its_value() -> None:
    rivals = read(_PAPER)
    first, second = pair_of(rivals, "4.318", "4.381")
    assert rivals.most_like(first)[0][1] == second
    assert told(rivals, "4.318", "4.381")["alone"] > 0


def test_what_is_told_again_elsewhere_with_its_value_is_less_likely_the_other() -> None:
    once = read(_PAPER)
    twice = read(
        _PAPER + "\nToàn tỉnh tập huấn 4.318 lượt nông dân.\n\nĐã có 4.318 lượt nông dân được tập huấn.\n"
    )
    sure = [weighted(one.features(*pair_of(one, "4.318", "4.381")), weights()) for one in (once, twice)]
    assert sure[0] > sure[1]


def test_numbers_of_a_sound_paper_are_learned_to_be_two_things_and_one_typed_wrong_to_be_one() -> None:
    rows = list(rows_of(_PAPER.replace("4.381", "4.318"), random.Random(1)))
    assert any(true for _, true, _ in rows)
    assert all(len(features) == len(FEATURES) for features, _, _ in rows)


def test_two_numbers_of_one_row_or_of_this_year_and_the_next_are_two_things_without_more() -> None:
    row = """Sản lượng lúa đạt 101,6% kế hoạch.

| Cây trồng | Sản lượng | So kế hoạch (%) | So cùng kỳ (%) |
|---|---|---|---|
| Sản lượng lúa | 5.182 | 101,6 | 101,3 |
| Sản lượng ngô | 1.204 | 98,2 | 97,4 |
"""
    found = read(row)
    assert not any("101,3" in {found.like.read.found[at].printed for at in pair} for pair in found.candidates())
    goals = """I. KẾT QUẢ NĂM 2024

Tỷ lệ hộ dùng nước sạch đạt 91,5%.

II. MỤC TIÊU NĂM 2025

Tỷ lệ hộ dùng nước sạch đạt 95,1%.
"""
    assert not list(read(goals).candidates())
    assert list(read(goals.replace("II. MỤC TIÊU NĂM 2025", "II. ĐÁNH GIÁ")).candidates())


def test_a_mark_to_be_reached_and_words_right_before_two_numbers_are_known() -> None:
    text = """I. KẾT QUẢ

Tỷ lệ hồ sơ trả đúng hạn đạt 98,4%.

II. ĐÁNH GIÁ

Tỷ lệ hồ sơ trả đúng hạn từ 98,5% trở lên.
"""
    features = told(read(text), "98,4%", "98,5%")
    assert features["bound"]
    assert features["before"] > 1
