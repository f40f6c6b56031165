"""Questions about the force of one document find where it is ruled on, on every engine."""

from __future__ import annotations

from datetime import date

import pytest

from kb.search.effects import EFFECT_FIRST, NO_EFFECT, NO_WORDS, About, find_effect
from kb.search.index import SearchIndex, Wanted
from kb.search.protocol import Engine
from kb.search.records import Interval, WorkFacts
from kb.search.rows import make_rows
from search_base import provision

DAY = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("typed", "about", "subject"),
    [
        ("Nghị định 5/2001/NĐ-CP bị thay thế bởi văn bản nào?", About.SUCCESSOR, "nghi dinh 5/2001/nd-cp"),
        ("nghị định nào thay thế nghị định 5/2001", About.SUCCESSOR, "nghi dinh 5/2001"),
        ("nghị định nào thay nghị định 5/2001", About.SUCCESSOR, "nghi dinh 5/2001"),
        ("nghị định 5/2001 được thay bằng văn bản nào", About.SUCCESSOR, "nghi dinh 5/2001"),
        ("nghị định 5/2001 bị bãi bỏ những nội dung gì", About.SUCCESSOR, "nghi dinh 5/2001"),
        ("nghị định 5/2001 đã bị bãi bỏ điều khoản nào", About.SUCCESSOR, "nghi dinh 5/2001"),
        ("nghi dinh 5/2001 het hieu luc tu ngay nao", About.END, "nghi dinh 5/2001"),
        ("khi nào nghị định 5/2001 hết hiệu lực", About.END, "nghi dinh 5/2001"),
        ("nghị định 5/2001 còn hiệu lực không?", About.STATE, "nghi dinh 5/2001"),
        ("nghị định 5/2001 đã bị bãi bỏ chưa", About.STATE, "nghi dinh 5/2001"),
        ("luật bến thủy 2001 có hiệu lực từ bao giờ", About.BEGIN, "luat ben thuy 2001"),
        ("ngày có hiệu lực của luật bến thủy 2001", About.BEGIN, "luat ben thuy 2001"),
    ],
)
def test_questions_about_the_force_of_a_document(typed: str, about: About, subject: str) -> None:
    asked = find_effect(typed)
    assert asked is not None
    assert (asked.about, asked.subject) == (about, subject)


@pytest.mark.parametrize(
    "typed",
    [
        "nghị định 5/2001", "văn bản hết hiệu lực khi nào", "thời điểm có hiệu lực của văn bản quy phạm pháp luật",
        "số thủ tục bãi bỏ thay thế năm 2022", "danh mục văn bản hết hiệu lực", "giấy phép bị thu hồi khi nào",
        "thủ tục bị bãi bỏ những nội dung gì",
    ],
)  # fmt: skip
def test_what_asks_about_no_one_document(typed: str) -> None:
    assert find_effect(typed) is None


def found(engine: Engine, query: str) -> list[str]:
    """The hits: work and unit."""
    return [f"{hit.work} {hit.unit}" for hit in SearchIndex(engine).search(Wanted(query, DAY)).hits]


@pytest.fixture
def decrees(engine: Engine) -> Engine:
    """A decree that replaced another and took an article from a third."""
    old = WorkFacts("cũ", "05/2001/NĐ-CP", "Nghị định", issued="2001-02-03", title="Về bến thủy nội địa")
    new = WorkFacts("mới", "19/2012/NĐ-CP", "Nghị định", issued="2012-03-04", title="Về cảng, bến thủy nội địa")
    third = WorkFacts("khác", "07/2005/NĐ-CP", "Nghị định", issued="2005-05-06", title="Về phí qua đò")
    ends = "2. Nghị định này thay thế Nghị định số 05/2001/NĐ-CP ngày 03 tháng 02 năm 2001 của Chính phủ."
    begins = "1. Nghị định này có hiệu lực từ ngày 20 tháng 4 năm 2012."
    part = "3. Bãi bỏ Điều 4 Nghị định số 07/2005/NĐ-CP ngày 06 tháng 5 năm 2005 của Chính phủ."
    own = "Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2001."
    head = "Hiệu lực thi hành"
    clauses = [provision("9", text, head, f"art_9__cla_{at}") for at, text in enumerate((begins, ends, part), 1)]
    cites = provision("2", "Bến được mở theo Nghị định số 05/2001/NĐ-CP ngày 03 tháng 02 năm 2001.", "Mở bến")
    for facts, records in ((old, [provision("7", own, head)]), (new, [cites, *clauses]), (third, [])):
        engine.update(make_rows(facts, records))
    return engine


def test_what_replaced_a_document_stands_before_it(decrees: Engine) -> None:
    for query in (
        "nghị định 5/2001/NĐ-CP bị thay thế bởi văn bản nào",
        "nghị định nào thay thế nghị định 05/2001",
    ):
        assert found(decrees, query)[:3] == ["mới art_9__cla_2", "cũ None", "mới None"]


def test_when_it_ended_is_told_with_the_day_from_which(decrees: Engine) -> None:
    query = "nghị định 5/2001 hết hiệu lực khi nào"
    assert found(decrees, query)[0] == "mới art_9__cla_2"
    assert "mới art_9__cla_1" in found(decrees, query)[:3]


def test_whose_state_is_asked_for_comes_first_as_its_title_shows_it(decrees: Engine) -> None:
    query = "nghị định 5/2001 còn hiệu lực không"
    assert found(decrees, query)[:2] == ["cũ None", "mới art_9__cla_2"]


def test_when_it_began_is_told_by_itself(decrees: Engine) -> None:
    assert found(decrees, "nghị định 5/2001 có hiệu lực khi nào")[:2] == ["cũ art_7", "cũ None"]
    assert found(decrees, "nghị định cảng, bến thủy nội địa 2012 có hiệu lực từ bao giờ")[0] == "mới art_9__cla_1"


def test_what_is_told_says_whether_there_is_an_answer(decrees: Engine) -> None:
    def said(query: str) -> tuple[str, ...]:
        return SearchIndex(decrees).search(Wanted(query, DAY)).explanation

    assert EFFECT_FIRST in said("nghị định 7/2005 đã bị bãi bỏ chưa")
    assert NO_EFFECT in said("nghị định 19/2012 bị thay thế bởi văn bản nào")


def test_what_is_known_of_its_force_is_told_though_nothing_held_rules_it(engine: Engine) -> None:
    lives = (
        Interval("Còn hiệu lực", "2018-06-21", "2025-06-01"),
        Interval("Hết hiệu lực toàn bộ", "2025-06-01", None),
    )
    facts = WorkFacts("cũ", "61/2018/NĐ-CP", "Nghị định", issued="2018-04-23", held=False, intervals=lives)
    engine.update(make_rows(facts, []))
    told = SearchIndex(engine).search(Wanted("nđ 61/2018 còn hiệu lực không", DAY)).explanation
    assert told[0] == (
        "Nghị định 61/2018/NĐ-CP: Hết hiệu lực toàn bộ (ngày 01/7/2025); "
        "có hiệu lực từ 21/6/2018; hết hiệu lực từ 01/6/2025"
    )
    assert NO_WORDS in told and NO_EFFECT not in told
