"""Where next to nothing holds enough of a query, any telling part of it will do, on every engine."""

from __future__ import annotations

from datetime import date

from kb.search.answers import Answer
from kb.search.index import SearchIndex, Wanted
from kb.search.protocol import Engine, Request
from kb.search.query import read_query
from kb.search.records import Record, WorkFacts
from kb.search.rows import make_rows
from kb.search.widening import ANY_PART, any_part
from search_base import provision

MUSIC = provision("4", "1. Việc tang có nhạc thì mở nhỏ, tắt khi đêm xuống.", "Nếp sống mới")
TRAINING = provision("9", "1. Các xã cho cán bộ học lớp kế toán.", "Lớp học")


DAY = date(2025, 7, 1)


def asked(engine: Engine, query: str, records: list[Record]) -> Answer:
    engine.update(make_rows(WorkFacts("một", title="Về một việc khác"), records))
    return SearchIndex(engine).search(Wanted(query, DAY))


def test_what_texts_say_for_one_of_the_words_is_enough_where_nothing_holds_more(engine: Engine) -> None:
    answer = asked(engine, "đám ma thổi kèn suốt đêm khuya", [MUSIC, TRAINING])
    assert [hit.unit for hit in answer.hits] == [MUSIC.unit]
    assert ANY_PART in answer.explanation


def test_marks_that_were_typed_must_agree(engine: Engine) -> None:
    engine.update(make_rows(WorkFacts("một", title="Về một việc khác"), [MUSIC, TRAINING]))
    found = []
    for query in ("chó cắn nhau ngoài ruộng", "cho cán sự ra ruộng"):
        plan = any_part(engine, read_query(query, DAY).plan, ())
        assert plan is not None
        found.append(engine.search(Request(plan, 5)).total)
    assert found == [0, 1]


def test_what_holds_all_of_a_query_is_enough(engine: Engine) -> None:
    answer = asked(engine, "cho cán bộ học lớp kế toán", [MUSIC, TRAINING])
    assert answer.total == 1 and ANY_PART not in answer.explanation


def test_nothing_changes_where_enough_is_found(engine: Engine) -> None:
    same = [provision(str(at), f"{at}. Chủ nhà thổi kèn vào dịp {at}.", "Việc chung") for at in range(20, 26)]
    answer = asked(engine, "thổi kèn đám ma", [*same, MUSIC])
    assert answer.total == len(same) and ANY_PART not in answer.explanation


def test_a_word_without_marks_is_not_one_that_has_some(engine: Engine) -> None:
    more = provision("5", "1. Việc tăng giờ học do hiệu trưởng quyết định.", "Giờ học")
    answer = asked(engine, "đám ma thổi kèn suốt đêm khuya", [more, MUSIC, TRAINING])
    assert [hit.unit for hit in answer.hits] == [MUSIC.unit]
