"""The same behaviour on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kb.search.answers import Answer
from kb.search.index import SearchIndex, Wanted
from kb.search.protocol import Engine, Sort
from kb.search.query import read_query
from kb.search.records import Interval, Record, RecordKind, WorkFacts
from kb.search.rows import Row, make_rows
from kb.text.normalize import fold
from search_base import FORCE, paragraph, provision, rows

DAY = date(2025, 7, 1)


def ask(index: SearchIndex, query: str, **more: Any) -> Answer:
    return index.search(Wanted(query, more.pop("day", DAY), **more))


def first(index: SearchIndex, query: str, **more: Any) -> str | None:
    hits = ask(index, query, **more).hits
    return hits[0].work if hits else None


NUMBERS = [
    ("76/NQ-CP", "76-nq-cp"),
    ("nq 76", "76-nq-cp"),
    ("nghi quyet 76", "76-nq-cp"),
    ("Nghị quyết số 076/NQ-CP ngày 15/7/2021", "76-nq-cp"),
    ("76", "76-nq-cp"),
    ("76 nq cp", "76-nq-cp"),
    ("34/2016", "34-2016-nd-cp"),
    ("nđ34/2016", "34-2016-nd-cp"),
    ("34/2016/nd-cp", "34-2016-nd-cp"),
    ("18-NQ/TW", "18-nq-tw"),
    ("18 nq tw", "18-nq-tw"),
    ("bc 15", "15-bc-ubnd"),
    ("02/NQ-HĐND Bình Định", "02-nq-hdnd.binh-dinh"),
    ("02/nq-hdnd ha noi", "02-nq-hdnd.ha-noi"),
    ("02/NQ-HĐND 2024", "02-nq-hdnd.ha-noi"),
]


@pytest.mark.parametrize("sort", list(Sort))
def test_an_empty_index_answers_that_it_holds_nothing(engine: Engine, sort: Sort) -> None:
    answer = ask(SearchIndex(engine), "trồng rừng phòng hộ", sort=sort)
    assert (answer.total, answer.hits) == (0, ())


@pytest.mark.parametrize(("query", "work"), NUMBERS)
def test_a_number_finds_its_document_first(index: SearchIndex, query: str, work: str) -> None:
    assert first(index, query) == work


def test_mentions_of_a_number_come_after_its_document(index: SearchIndex) -> None:
    hits = ask(index, "76/NQ-CP").hits
    assert [hit.work for hit in hits[:2]] == ["76-nq-cp", "15-bc-ubnd"]
    assert hits[0].kind == "title"


def test_a_cell_is_found_by_its_column(index: SearchIndex) -> None:
    hit = ask(index, "mức độ hài lòng 2024").hits[0]
    assert (hit.kind, hit.table, hit.row, hit.unit, hit.line) == ("row", 0, 2, "app_1", 90)
    assert "87,9%" in hit.snippet


@pytest.mark.parametrize("query", ["học phí trường công lập", "đường giao thông nông thôn", "đất rừng"])
def test_marks_need_not_be_typed(index: SearchIndex, query: str) -> None:
    assert first(index, query) == first(index, fold(query))


def test_an_abbreviation_finds_its_words_and_the_other_way_round(index: SearchIndex) -> None:
    for short, long in (("CCHC", "cải cách hành chính"), ("thủ tục hành chính", "tthc")):
        one, other = ask(index, short), ask(index, long)
        assert [hit.snippet for hit in one.hits] == [hit.snippet for hit in other.hits]
    assert any("CCHC" in hit.snippet for hit in ask(index, "cải cách hành chính").hits)


def test_the_words_are_marked_in_the_spelling_of_the_text(index: SearchIndex) -> None:
    hit = ask(index, "cai cach hanh chinh don gian hoa").hits[0]
    marked = [hit.snippet[start:end] for start, end in hit.marks]
    assert "CCHC" in marked[0]


def test_a_document_called_by_type_and_name_comes_first(index: SearchIndex) -> None:
    for query, work in (
        ("nghị quyết kế hoạch đầu tư công trung hạn", "02-nq-hdnd.binh-dinh"),
        ("nghi quyet ve muc thu hoc phi", "02-nq-hdnd.ha-noi"),
        ("báo cáo kết quả thực hiện cải cách hành chính", "15-bc-ubnd"),
    ):
        hit = ask(index, query).hits[0]
        assert (hit.work, hit.kind) == (work, "title")


def test_marks_that_are_typed_tell_words_apart(engine: Engine) -> None:
    texts = ("Vì sao hồ sơ bị từ chối.", "Quan sát sao chổi.", "Phát biểu, phát sóng, phát tài liệu.", "Mức phạt.")
    engine.update(make_rows(WorkFacts("việc", title="Việc khác"), [paragraph(text) for text in texts]))
    index = SearchIndex(engine)
    assert [hit.snippet for hit in ask(index, "sao chổi").hits] == [texts[1]]
    assert ask(index, "sao choi").hits[0].snippet == texts[1]
    assert ask(index, "phạt").hits[0].snippet == texts[3]


def test_syllables_written_with_i_or_y_are_one(index: SearchIndex) -> None:
    assert first(index, "mức thu học phí niên kỳ") == first(index, "mức thu học phí niên kì")
    assert read_query("tỷ lệ, kĩ thuật, quí", DAY).plan == read_query("tỉ lệ, kỹ thuật, quý", DAY).plan


def test_what_covers_the_whole_query_comes_before_a_fixed_term(engine: Engine) -> None:
    term = paragraph("Cơ sở dữ liệu quốc gia và cơ sở dữ liệu của tỉnh.")
    whole = paragraph("Người dân không nộp lại giấy tờ mà cơ sở dữ liệu của cơ quan nhà nước đã có.")
    others = [paragraph(f"Việc thứ {at} của cơ quan nhà nước.") for at in range(8)]
    engine.update(make_rows(WorkFacts("việc", title="Về một việc khác"), [term, whole, *others]))
    hits = ask(SearchIndex(engine), "nộp lại giấy tờ đã có trong cơ sở dữ liệu").hits
    assert hits[0].snippet == whole.text


def test_a_fixed_term_does_not_outweigh_what_is_asked_of_it(engine: Engine) -> None:
    told, named = "Phụ cấp thuyền viên của người đi tàu.", "Cán bộ, công chức, viên chức xã được hưởng phụ cấp."
    rooms = [f"Cán bộ, công chức, viên chức của phòng thứ {at}." for at in range(4)]
    boats = [f"Tàu thứ {at} về bến lúc {at} giờ." for at in range(8)]
    engine.update(
        make_rows(WorkFacts("việc", title="Về một việc khác"), map(paragraph, (told, named, *rooms, *boats)))
    )
    for typed in ("phụ cấp thuyền viên CBCCVC", "phụ cấp thuyền viên cán bộ công chức viên chức"):
        assert [hit.snippet for hit in ask(SearchIndex(engine), typed).hits[:2]] == [told, named], typed


def test_passages_that_cite_what_is_asked_for_by_type_and_figure_come_before_others(engine: Engine) -> None:
    texts = (
        "Nạo vét luồng còn vướng mắc: nghị quyết của xã chưa có, vướng mắc nhiều.",
        "Việc nạo vét luồng theo Nghị quyết số 57-NQ/XY của Đảng ủy còn vướng mắc.",
        "Việc nạo vét luồng theo 57 nghị quyết của các thôn.",
    )
    engine.update(make_rows(WorkFacts("việc", title="Về một việc khác"), map(paragraph, texts)))
    hits = ask(SearchIndex(engine), "nghị quyết 57 nạo vét luồng vướng mắc").hits
    assert hits[0].snippet == texts[1], [hit.snippet for hit in hits]


def test_the_title_over_a_passage_holds_what_the_passage_does_not_say_again(engine: Engine) -> None:
    whole = WorkFacts("nghị định", type="Nghị định", title="Về thành lập, giải thể bến thủy nội địa")
    rule = paragraph("Giải thể khi không còn tàu cập bến trong một năm.", "Điều kiện")
    engine.update(make_rows(whole, [rule, paragraph("Kế hoạch lập trước ngày 15 tháng 11.", "Thời gian")]))
    others = [paragraph(f"Bến thủy nội địa số {at} đã có 3 cầu tàu.") for at in range(5)]
    engine.update(make_rows(WorkFacts("báo cáo", type="Báo cáo", title="Về một việc khác"), others))
    found = [hit.snippet for hit in ask(SearchIndex(engine), "giải thể bến thủy nội địa khi nào").hits]
    assert found.index(rule.text) < min(map(found.index, (other.text for other in others if other.text in found)))
    assert "Kế hoạch lập trước ngày 15 tháng 11." not in found, "nothing that was asked stands in it"


def test_words_that_texts_use_for_those_typed_are_found_after_them(engine: Engine) -> None:
    texts = (
        "Mức hỗ trợ mỗi hộ không quá 30 triệu đồng.",
        "Mức hỗ trợ tối đa là 20 triệu đồng.",
        "Mức hỗ trợ do tỉnh định.",
    )
    engine.update(make_rows(WorkFacts("việc", title="Về một việc khác"), map(paragraph, texts)))
    answer = ask(SearchIndex(engine), "mức hỗ trợ tối đa")
    assert [hit.snippet for hit in answer.hits[:2]] == [texts[1], texts[0]]
    start, end = next(mark for mark in answer.hits[1].marks if mark[0] > 0)
    assert answer.hits[1].snippet[start:end] == "không quá"
    assert "tìm cả “không quá”, “nhiều nhất”, “không vượt quá”" in [str(line) for line in answer.explanation]


def test_an_article_asked_for_by_number_comes_first(index: SearchIndex) -> None:
    answer = ask(index, "điều 5\nNghị định 34/2016/NĐ-CP")
    assert answer.hits[0].work == "34-2016-nd-cp"
    assert answer.hits[0].unit == "art_5", [hit.unit for hit in answer.hits]
    missing = ask(index, "điều 99 Nghị định 34/2016/NĐ-CP")
    assert missing.hits[0].kind == "title"
    assert "văn bản ấy không có Điều 99, hoặc không nằm trong kho" in missing.explanation


def test_notes_to_an_article_asked_for_come_with_it(engine: Engine) -> None:
    note = Record(RecordKind.NOTE, "Câu này sửa từ năm 2021.", "art_5__cla_2", article="5")
    other = Record(RecordKind.NOTE, "Điều này sửa từ năm 2022.", "art_6", article="6")
    facts = WorkFacts("d", "30/2019/NĐ-CP", "Nghị định", issued="2019-03-01", title="Về bến thủy")
    engine.update(make_rows(facts, [provision("5", "Bến được mở khi có giấy phép.", "Mở bến"), note, other]))
    hits = ask(SearchIndex(engine), "điều 5 nghị định 30/2019").hits
    assert [(hit.kind, hit.unit) for hit in hits[:2]] == [("provision", "art_5"), ("note", "art_5__cla_2")]
    assert hits[2].kind == "title"


def test_of_documents_asked_for_alike_the_one_that_has_the_article_comes_first(engine: Engine) -> None:
    for year, articles in ((2009, ()), (2014, ("1",)), (2019, ("1", "6"))):
        facts = WorkFacts(f"d{year}", f"30/{year}/NĐ-CP", "Nghị định", issued=f"{year}-03-01", title="Về bến thủy")
        records = [provision(article, "Bến được mở khi có giấy phép.", "Mở bến") for article in articles]
        engine.update(make_rows(facts, records))
    index = SearchIndex(engine)
    for typed in ("điều 6 nghị định 30", "dieu 6 nd 30", "điểm a khoản 1 điều 6 nđ 30"):
        first = ask(index, typed).hits[0]
        assert (first.work, first.unit) == ("d2019", "art_6"), typed
    assert "văn bản ấy không có Điều 7, hoặc không nằm trong kho" in ask(index, "điều 7 nghị định 30").explanation


def test_an_article_of_a_law_called_by_its_name_comes_first(engine: Engine) -> None:
    for year, name in ((2008, "Bến thủy nội địa"), (2019, "Bến thủy nội địa"), (2021, "Sửa đổi Luật Bến thủy")):
        facts = WorkFacts(f"l{year}", f"7/{year}/QH", "Luật", issued=f"{year}-03-01", title=name)
        engine.update(make_rows(facts, [provision(at, "Bến được mở khi có giấy phép.", "Mở bến") for at in "56"]))
    index = SearchIndex(engine)
    for typed, work in (
        ("điều 6 luật bến thủy nội địa", "l2019"), ("khoản 1 Điều 6 của Luật Bến thủy nội địa 2008", "l2008"),
        ("dieu 6 luat ben thuy", "l2019"),
    ):  # fmt: skip
        answer = ask(index, typed)
        assert (answer.hits[0].work, answer.hits[0].unit) == (work, "art_6"), typed
        assert "đúng điều được nêu đứng trước" in answer.explanation
    missing = ask(index, "điều 9 luật bến thủy nội địa")
    assert "văn bản ấy không có Điều 9, hoặc không nằm trong kho" in missing.explanation
    assert missing.hits[0].kind == "title"
    # The latest is known of only by its title: an older one that is held has the article.
    late = WorkFacts("l2025", "9/2025/QH", "Luật", issued="2025-03-01", title="Bến thủy nội địa", held=False)
    engine.update(make_rows(late, []))
    first = ask(index, "điều 6 luật bến thủy nội địa").hits[0]
    assert (first.work, first.unit) == ("l2019", "art_6")


def test_what_is_left_out_is_neither_found_nor_marked(index: SearchIndex) -> None:
    answer = ask(index, "điều NOT nghị quyết")
    assert "bỏ những nơi có các từ: nghị quyết" in answer.explanation
    assert not any("nghị quyết" in hit.snippet.lower() for hit in answer.hits)


def test_which_document_is_told_by_its_scope_where_its_title_tells_nothing(engine: Engine) -> None:
    scope = provision("1", "Thông tư này quy định về bến thủy nội địa.", "Phạm vi điều chỉnh")
    engine.update(make_rows(WorkFacts("thông tư", type="Thông tư", title="của Bộ"), [scope]))
    others = [paragraph(f"Bến thủy nội địa và bến thủy nội địa số {at} của bến thủy nội địa.") for at in range(4)]
    engine.update(make_rows(WorkFacts("báo cáo", type="Báo cáo", title="Về một việc khác"), others))
    assert first(SearchIndex(engine), "bến thủy nội địa được quy định ở văn bản nào?") == "thông tư"


def test_a_number_that_no_document_bears_is_said(index: SearchIndex) -> None:
    assert ask(index, "thông tư 34/2016").explanation == (
        "không có thông tư 34/2016; số này có ở loại văn bản khác: 34/2016/NĐ-CP",
    )
    assert ask(index, "nghi dinh 34 2020").explanation == (
        "không có nghi dinh 34 2020; số này có ở năm khác: 34/2016/NĐ-CP (2016)",
    )
    assert (
        ask(index, "nghi dinh 34 2016").explanation[0].startswith("văn bản mang số nghi dinh 34 2016 đứng trước")
    )
    assert ask(index, "77/NQ-CP").explanation[0].startswith("chưa có văn bản nào mang số 77/NQ-CP")
    assert first(index, "34/2016/NDCP") == "34-2016-nd-cp"


def test_a_number_that_a_slip_made_of_another_is_said(index: SearchIndex) -> None:
    for typed, shown in (("34/2016/NĐ-C", "34/2016/NĐ-C"), ("3 4/2016/NĐ-CP", "4/2016/NĐ-CP")):
        answer = ask(index, typed)
        assert answer.hits[0].work == "34-2016-nd-cp", typed
        assert f"chưa có văn bản nào mang số {shown}; có lẽ là 34/2016/NĐ-CP" in answer.explanation


def test_type_and_year_typed_decide_before_what_is_held(engine: Engine) -> None:
    for number, kind, year, held in (
        ("07/2012/TT-BTC", "Thông tư", 2012, True), ("07/2012/QĐ-TTg", "Quyết định", 2012, False),
        ("9/QĐ-UBND", "Quyết định", 2015, True), ("9/2011/QĐ-TTg", "Quyết định", 2011, False),
    ):  # fmt: skip
        facts = WorkFacts(number, number, kind, issued=f"{year}-03-01", title="Về bến thủy", held=held)
        engine.update(make_rows(facts, []))
    index = SearchIndex(engine)
    assert first(index, "quyết định 7/2012") == "07/2012/QĐ-TTg"
    assert first(index, "thông tư 7/2012") == "07/2012/TT-BTC"
    assert first(index, "quyết định 9 năm 2011") == "9/2011/QĐ-TTg"
    assert first(index, "quyết định 9 của Thủ tướng Chính phủ năm 2011") == "9/2011/QĐ-TTg"


def test_what_stands_for_typed_words_finds_nothing_beside_other_words(engine: Engine) -> None:
    texts = ("Mức lương tối thiểu vùng do Chính phủ định.", "Mỗi xã có ít nhất hai công chức.")
    engine.update(make_rows(WorkFacts("việc", title="Về một việc khác"), map(paragraph, texts)))
    index = SearchIndex(engine)
    assert [hit.snippet for hit in ask(index, "lương tối thiểu vùng").hits] == [texts[0]]
    assert {hit.snippet for hit in ask(index, "tối thiểu").hits} == set(texts)


def test_cells_under_a_long_heading_are_no_hits_for_the_heading(engine: Engine) -> None:
    over = "Phụ lục mức chi phục vụ hội thi bơi chải"
    cells = [paragraph(text, over) for text in ("STT", "Cấp xã", "Ghi chú")]
    rule = paragraph("Chi bồi dưỡng người phục vụ hội thi bơi chải: 100.000 đồng một ngày.", over)
    engine.update(make_rows(WorkFacts("việc", title="Về một việc khác"), [*cells, rule]))
    assert [hit.snippet for hit in ask(SearchIndex(engine), "mức chi phục vụ hội thi bơi chải").hits] == [
        rule.text
    ]


def test_notes_that_differ_in_figures_do_not_crowd_out_others(engine: Engine) -> None:
    notes = [
        paragraph(f"Nghị quyết số {at:02d}/NQ-HĐND ngày 20/02/2025 của Hội đồng nhân dân tỉnh") for at in range(9)
    ]
    law = paragraph("Hội đồng nhân dân tỉnh bầu ra các ban của mình, quyết định số thành viên của từng ban.")
    engine.update(make_rows(WorkFacts("việc", title="Về một việc khác"), [*notes, law]))
    places = [
        hit.snippet.startswith("Nghị quyết") for hit in ask(SearchIndex(engine), "Hội đồng nhân dân tỉnh").hits
    ]
    assert places.index(False) < 5


def test_words_of_enactment_come_after_rules(engine: Engine) -> None:
    facts = WorkFacts("việc", title="Về một việc khác")
    enacting = Record(RecordKind.PARAGRAPH, "Ban hành quy định về bến thủy nội địa.", "preamble")
    rule = Record(RecordKind.PARAGRAPH, "Ban hành quy định về bến thủy nội địa cho huyện.", "itm_1")
    engine.update(make_rows(facts, [enacting, rule]))
    assert [hit.unit for hit in ask(SearchIndex(engine), "bến thủy nội địa").hits] == ["itm_1", "preamble"]


def test_phrases_operators_and_wildcards(index: SearchIndex) -> None:
    assert first(index, '"giao thông nông thôn"') == "02-nq-hdnd.binh-dinh"
    assert ask(index, '"nông thôn giao thông"').total == 0
    assert ask(index, '"đường nông thôn"~3').total == 1
    assert ask(index, '"đường nông thôn"').total == 0
    assert {hit.work for hit in ask(index, "học phí OR nông thôn").hits} >= {
        "02-nq-hdnd.ha-noi",
        "02-nq-hdnd.binh-dinh",
    }
    assert {hit.work for hit in ask(index, "đất đai NOT rừng").hits} == {"18-nq-tw"}
    assert ask(index, "họ* AND loại:nghị quyết").total >= 1


def test_fields(index: SearchIndex) -> None:
    assert {hit.work for hit in ask(index, "loại:nghị định").hits} == {"34-2016-nd-cp"}
    assert {hit.work for hit in ask(index, "cơ quan:UBND tỉnh Bình Định").hits} == {"15-bc-ubnd"}
    assert {hit.work for hit in ask(index, "co quan:binh dinh").hits} == {"15-bc-ubnd", "02-nq-hdnd.binh-dinh"}
    assert {hit.work for hit in ask(index, "năm:2016").hits} == {"34-2016-nd-cp"}
    assert {hit.work for hit in ask(index, "năm:>=2024").hits} == {"15-bc-ubnd", "02-nq-hdnd.ha-noi"}
    assert [hit.unit for hit in ask(index, "điều:5").hits] == ["art_5"]
    assert first(index, "số:18-NQ/TW") == "18-nq-tw"
    assert {hit.work for hit in ask(index, "tiêu đề:học phí").hits} == {"02-nq-hdnd.ha-noi"}


def test_fields_that_nothing_agrees_with_are_said(index: SearchIndex) -> None:
    answer = ask(index, "loại:luật năm:2021 thủ tục hành chính")
    alone = ask(index, "thủ tục hành chính").total
    assert answer.total == 0
    assert answer.explanation[-1] == f"không nơi nào có đủ cả các điều kiện; riêng các từ thì có {alone} nơi"


def test_force_on_a_day(index: SearchIndex) -> None:
    old = "34-2016-nd-cp"
    for text, state in (
        ("2016-06-01", "Chưa có hiệu lực"),
        ("2020-01-01", "Còn hiệu lực"),
        ("2022-01-01", "Hết hiệu lực một phần"),
        ("2025-04-01", "Hết hiệu lực toàn bộ"),
    ):
        day = date.fromisoformat(text)
        answer = ask(index, "năm:2016", day=day)
        assert {hit.status for hit in answer.hits} == {state}
        assert answer.facets["status"] == {state: 3}
        assert answer.total == ask(index, "năm:2016", filters={"status": (state,)}, day=day).total
    assert old in {hit.work for hit in ask(index, "thủ tục", in_force=date(2020, 1, 1)).hits}
    assert old not in {hit.work for hit in ask(index, "thủ tục", in_force=date(2025, 6, 1)).hits}
    assert ask(index, "nông thôn", day=date(2024, 6, 1)).hits[0].status == "Ngưng hiệu lực"
    assert ask(index, "hiệu lực:còn năm:2021").total == 3
    assert {hit.work for hit in ask(index, "hieu luc:2020-01-01 thu tuc").hits} == {old}


def test_facets_count_all_hits(index: SearchIndex) -> None:
    answer = ask(index, "*", limit=1)
    assert answer.total == sum(answer.facets["type"].values()) == len(rows())
    assert answer.facets["held"] == {"Có trong kho": len(rows()) - 1, "Chỉ được viện dẫn": 1}
    assert answer.facets["level"]["Đảng"] == 1
    assert answer.facets["year"]["2016"] == 3
    assert sum(answer.facets["status"].values()) == answer.total


def test_fields_and_levels_that_are_not_known_say_so(engine: Engine) -> None:
    told = WorkFacts("1", issuer="UBND huyện A", level="district", title="Luật Đất đai", field="Đất đai")
    untold = WorkFacts("2", number="3/QĐ-UBND", level="local", title="Về một việc")
    engine.update([*make_rows(told, []), *make_rows(untold, [])])
    index = SearchIndex(engine)
    answer = ask(index, "*")
    assert answer.facets["field"] == {"Đất đai": 1, "Chưa rõ": 1}
    assert answer.facets["level"] == {"Cấp huyện": 1, "Địa phương, chưa rõ cấp": 1}
    assert {hit.work: hit.field for hit in answer.hits} == {"1": "Đất đai", "2": None}
    assert ask(index, "*", filters={"level": ("Địa phương",)}).total == ask(index, "cấp:địa phương").total == 2
    assert {hit.work for hit in ask(index, "lĩnh vực:đất đai").hits} == {"1"}


def test_filters_take_what_facets_show(index: SearchIndex) -> None:
    whole = ask(index, "*")
    for name, counts in whole.facets.items():
        for value, count in counts.items():
            assert ask(index, "*", filters={name: (value,)}).total == count, (name, value)


def test_order(index: SearchIndex) -> None:
    dates = [hit.issued for hit in ask(index, "*", sort=Sort.DATE, limit=20).hits]
    assert dates == sorted(dates, reverse=True)
    prior = [hit.authority for hit in ask(index, "*", sort=Sort.AUTHORITY, limit=20).hits]
    assert prior == sorted(prior, reverse=True) and prior[0] == 0.8


def test_pages_of_hits_do_not_overlap(index: SearchIndex) -> None:
    whole = [(hit.work, hit.start, hit.snippet) for hit in ask(index, "*", limit=20).hits]
    parts = [
        (hit.work, hit.start, hit.snippet)
        for offset in (0, 5, 10)
        for hit in ask(index, "*", limit=5, offset=offset).hits
    ]
    assert parts == whole[:15]


def test_a_slip_is_mended_and_said(index: SearchIndex) -> None:
    answer = ask(index, "đường giao thôngg nông thôn")
    assert answer.hits[0].work == "02-nq-hdnd.binh-dinh"
    answer = ask(index, "hocc phii")
    assert answer.did_you_mean == "học phí"
    assert answer.hits[0].work == "02-nq-hdnd.ha-noi" and answer.slips


def test_nothing_is_found_where_nothing_is(index: SearchIndex) -> None:
    answer = ask(index, "zzzz qqqq")
    assert (answer.total, answer.hits, answer.did_you_mean) == (0, (), None)
    assert ask(index, "").total == 0


def test_words_that_nothing_holds_are_named(index: SearchIndex) -> None:
    answer = ask(index, "Zzzz đường giao thông nông thôn")
    assert answer.hits[0].work == "02-nq-hdnd.binh-dinh"
    assert "không nơi nào có: Zzzz" in answer.explanation
    assert not any(line.startswith("không nơi nào có") for line in ask(index, "hocc phii").explanation)


def test_who_asks_for_what_holds_now_finds_the_newest_in_force(engine: Engine) -> None:
    ended = (Interval(FORCE, "2019-07-01", "2023-07-01"), Interval("Hết hiệu lực toàn bộ", "2023-07-01"))
    for work, issued, authority, intervals in (
        ("38", "2019-05-09", 0.9, ended), ("24", "2023-05-14", 0.2, ()), ("73", "2024-06-30", 0.0, ()),
    ):  # fmt: skip
        title = "Quy định mức lương cơ sở"
        facts = WorkFacts(
            work,
            f"{work}/NĐ-CP",
            "Nghị định",
            issued=issued,
            title=title,
            authority=authority,
            intervals=intervals,
        )
        engine.update(make_rows(facts, []))
    index = SearchIndex(engine)
    assert [hit.work for hit in ask(index, "mức lương cơ sở hiện nay").hits] == ["73", "24", "38"]
    assert ask(index, "mức lương cơ sở").hits[0].work == "38"


def test_more_like_one(index: SearchIndex) -> None:
    works = [hit.work for hit in index.like("15-bc-ubnd", day=DAY).hits]
    assert "15-bc-ubnd" not in works
    assert works and works[0] in ("76-nq-cp", "34-2016-nd-cp")


def test_a_changed_work_replaces_itself(engine: Engine) -> None:
    engine.update(rows())
    before = engine.count()
    facts = WorkFacts(
        "15-bc-ubnd", "15/BC-UBND", "Báo cáo", "UBND tỉnh Bình Định", "province", "2024-12-20", "Khác"
    )
    engine.update(make_rows(facts, [paragraph("Trồng cây ven biển")]), ["15-bc-ubnd"])
    index = SearchIndex(engine)
    assert first(index, "ven biển") == "15-bc-ubnd"
    assert ask(index, "hồ sơ trực tuyến").total == 0
    assert engine.count() == before - 3
    assert engine.frequency("pairs", "ven_bien") == 1


def test_an_update_that_fails_changes_nothing(engine: Engine) -> None:
    engine.update(rows())

    def broken() -> Iterator[Row]:
        yield from make_rows(WorkFacts("x", "1/KH-UBND", "Kế hoạch"), [paragraph("Chăn nuôi trâu bò")])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.update(broken(), ["15-bc-ubnd"])
    engine.refresh()
    index = SearchIndex(engine)
    assert ask(index, "chăn nuôi").total == 0
    assert first(index, "bc 15") == "15-bc-ubnd"
    engine.update(make_rows(WorkFacts("y", "2/KH-UBND", "Kế hoạch"), [paragraph("Chăn nuôi gà")]))
    assert first(index, "chăn nuôi gà") == "y"


def test_everything_anew(engine: Engine) -> None:
    engine.update(rows())
    engine.update(rows()[:2], fresh=True)
    assert engine.count() == 2
    assert engine.vocabulary("hai").get("hai", 0) == 1
