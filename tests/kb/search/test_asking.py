"""What a query asks for, and what comes first then, on every engine."""

from __future__ import annotations

from datetime import date

from kb.search.index import SearchIndex, Wanted
from kb.search.protocol import Engine
from kb.search.records import Record, RecordKind, WorkFacts
from kb.search.rows import make_rows
from search_base import paragraph, provision

DAY = date(2025, 7, 1)


def found(engine: Engine, query: str) -> list[tuple[str, str]]:
    """Work and kind of the hits."""
    return [(hit.work, hit.kind) for hit in SearchIndex(engine).search(Wanted(query, DAY)).hits]


def test_titles_of_the_type_that_was_named_come_before_passages(engine: Engine) -> None:
    decree = WorkFacts(
        "nghị định", type="Nghị định", title="Quy định việc tổ chức bến thủy nội địa ở các tỉnh", held=False
    )
    engine.update(make_rows(decree, []))
    said = [paragraph(f"Việc tổ chức bến thủy nội địa cấp tỉnh đợt {at} đã xong.") for at in "abcde"]
    engine.update(make_rows(WorkFacts("báo cáo", type="Báo cáo", title="Về một việc khác"), said))
    assert found(engine, "nghị định tổ chức bến thủy nội địa cấp tỉnh")[0] == ("nghị định", "title")


def test_who_asks_for_a_meaning_finds_where_terms_are_explained(engine: Engine) -> None:
    text = "4. Bến thủy là nơi tàu thuyền cập vào để đón và trả khách, xếp và dỡ hàng."
    meant, other = provision("3", text, "Giải thích từ ngữ"), provision("9", text, "Việc quản lý")
    engine.update(make_rows(WorkFacts("một", title="Về việc này"), [other]))
    engine.update(make_rows(WorkFacts("hai", title="Về việc này"), [meant]))
    assert found(engine, "bến thủy là gì")[0][0] == "hai"


def test_rules_come_before_reports_and_these_before_notes_that_say_the_same(engine: Engine) -> None:
    text = "Bến thủy nội địa mở cửa mỗi ngày, trừ ngày có bão."
    records = [Record(kind, text) for kind in (RecordKind.NOTE, RecordKind.PARAGRAPH, RecordKind.PROVISION)]
    engine.update(make_rows(WorkFacts("việc", title="Về một việc khác"), records))
    kinds = [kind for _, kind in found(engine, "bến thủy nội địa mở cửa khi nào")]
    assert kinds == ["provision", "paragraph", "note"]


def test_a_year_and_a_body_name_the_document_that_they_belong_to(engine: Engine) -> None:
    rule = provision("9", "1. Quy định này có hiệu lực từ ngày ký.", "Hiệu lực thi hành")
    facts = {"type": "Quyết định", "title": "Về quản lý bến thủy nội địa"}
    for work, year, body in (("một", "2015", "Sở Xây dựng"), ("hai", "2019", "Sở Nội vụ")):
        engine.update(make_rows(WorkFacts(work, issued=f"{year}-05-05", issuer=body, **facts), [rule]))
    for query, work in (
        ("quyết định quản lý bến thủy nội địa 2019 có hiệu lực từ bao giờ", "hai"),
        ("quyết định quản lý bến thủy nội địa của Sở Xây dựng có hiệu lực từ bao giờ", "một"),
    ):
        rules = [hit for hit in found(engine, query) if hit[1] == "provision"]
        assert rules[0][0] == work


def test_who_asks_for_a_document_of_a_year_finds_what_cites_it(engine: Engine) -> None:
    said = [
        Record(RecordKind.PARAGRAPH, f"Kế hoạch rà soát bến thủy đã làm xong ở {place} trong năm 2021.")
        for place in ("huyện A", "huyện B", "huyện C")
    ]
    cited = Record(
        RecordKind.NOTE,
        "Các kế hoạch số: 12/KH-UBND ngày 05/01/2020; 15/KH-UBND ngày 06/01/2021.",
        crumbs=("… ban hành kế hoạch rà soát bến thủy", "Chú thích 3"),
        head="… ban hành kế hoạch rà soát bến thủy",
    )
    engine.update(make_rows(WorkFacts("báo cáo", title="Về một việc khác"), [*said, cited]))
    assert found(engine, "kế hoạch rà soát bến thủy năm 2021")[0] == ("báo cáo", "note")
    assert found(engine, "rà soát bến thủy năm 2021")[0] == ("báo cáo", "paragraph")


def test_who_asks_for_a_figure_finds_the_row(engine: Engine) -> None:
    said = Record(RecordKind.PARAGRAPH, "Đến nay số bến thủy được cấp phép tăng nhanh.")
    row = Record(RecordKind.ROW, "Chỉ tiêu: Số bến thủy được cấp phép; Năm 2023: 15; Năm 2024: 19", table=0, row=1)
    engine.update(make_rows(WorkFacts("báo cáo", title="Về một việc khác"), [said, row]))
    assert found(engine, "số bến thủy được cấp phép")[0] == ("báo cáo", "row")


def test_a_type_that_is_abbreviated_names_it_as_well(engine: Engine) -> None:
    code = WorkFacts("bộ luật", "91/2015/QH13", "Bộ luật", title="Dân sự", issued="2015-11-24")
    said = [paragraph(f"Áp dụng Bộ luật Dân sự khi xét hợp đồng {at}.") for at in "abc"]
    engine.update(make_rows(code, []))
    engine.update(make_rows(WorkFacts("báo cáo", title="Về một việc khác"), said))
    hits = [SearchIndex(engine).search(Wanted(query, DAY)).hits for query in ("BLDS", "blds", "bộ luật dân sự")]
    scores = [[(hit.work, hit.start, hit.score) for hit in found] for found in hits]
    assert scores[0] == scores[1] == scores[2]
    assert scores[0][0][0] == "bộ luật"


def test_of_two_of_one_number_and_year_that_of_the_day_comes_first(engine: Engine) -> None:
    for work, day, body in (("đảng", "2023-09-20", "Thành ủy"), ("tỉnh", "2023-04-11", "HĐND tỉnh")):
        facts = WorkFacts(work, "45/NQ", "Nghị quyết", issuer=body, issued=day, title="Về bến thủy nội địa")
        engine.update(make_rows(facts, []))
    index = SearchIndex(engine)
    for typed in (
        "nghị quyết 45 ngày 11/4/2023",
        "nq 45 ngày 11 tháng 4 năm 2023",
        "nghi quyet so 45 ngay 11.4.2023",
    ):
        assert index.search(Wanted(typed, DAY)).hits[0].work == "tỉnh"
    assert index.search(Wanted("nghị quyết 45 ngày 20/9/2023", DAY)).hits[0].work == "đảng"
    said = index.search(Wanted("nghị quyết 45 ngày 12/4/2023", DAY)).explanation
    assert any("ban hành ngày khác" in line and "11/4/2023" in line for line in said)
    assert index.search(Wanted("nghị quyết 45 ngày 31/4/2023", DAY)).hits  # there is no such day


def test_who_asks_for_what_carries_out_a_document_finds_it_before_that(engine: Engine) -> None:
    facts = (
        WorkFacts("gốc", "08/2014/NĐ-CP", "Nghị định", issued="2014-05-05", title="Về bến thủy nội địa"),
        WorkFacts(
            "theo", "11/2015/TT-BGTVT", "Thông tư", issued="2015-06-06",
            title="Hướng dẫn một số điều của Nghị định số 08/2014/NĐ-CP về bến thủy nội địa",
        ),
        WorkFacts(
            "sửa", "19/2016/NĐ-CP", "Nghị định", issued="2016-07-07",
            title="Sửa đổi, bổ sung Nghị định số 08/2014/NĐ-CP",
        ),
    )  # fmt: skip
    for each in facts:
        engine.update(make_rows(each, []))
    for typed, work in (
        ("thông tư hướng dẫn nghị định 8 về bến thủy", "theo"),
        ("thông tư quy định chi tiết thi hành nghị định 08/2014/NĐ-CP", "theo"),
        ("nghi dinh sua doi nghi dinh 8/2014", "sửa"),
        ("nghị định 8/2014", "gốc"),
        ("thực hiện nghị định 8/2014", "gốc"),
        ("thông tư nào hướng dẫn bến thủy theo nghị định 8/2014", "gốc"),
    ):
        assert found(engine, typed)[0][0] == work, typed


def test_a_number_that_two_bear_means_the_one_that_is_named(engine: Engine) -> None:
    for work, number, title in (("a", "09/2015/QĐ-BX", None), ("b", "09/2015/QĐ-BGTVT", "Về bến thủy nội địa")):
        facts = WorkFacts(work, number, "Quyết định", issued="2015-05-05", title=title, held=False)
        engine.update(make_rows(facts, []))
    assert found(engine, "quyết định 09/2015")[0][0] == "b"


def test_a_term_that_comprises_is_explained_too(engine: Engine) -> None:
    text = "1. Bến thủy gồm cầu tàu, kho và bãi."
    meant = provision("3", text, "Giải thích từ ngữ")
    others = [
        provision(str(at), f"Bến thủy là nơi thứ {at} được xây trong năm.", "Đầu tư") for at in range(10, 60)
    ]
    engine.update(make_rows(WorkFacts("một", title="Về việc này"), others))
    engine.update(make_rows(WorkFacts("hai", title="Về việc kia"), [meant]))
    assert found(engine, "bến thủy là gì")[0][0] == "hai"


def test_a_number_of_a_local_body_means_no_other_body(engine: Engine) -> None:
    facts = WorkFacts("ttg", "23/2015/QĐ-TTg", "Quyết định", issued="2015-05-05", title="Về bến thủy nội địa")
    engine.update(make_rows(facts, []))
    index = SearchIndex(engine)
    for typed, near in (("23/QĐ-UBND", False), ("23/2015/QĐ-TT", True)):
        said = index.search(Wanted(typed, DAY)).explanation
        assert any("có lẽ" in line for line in said) is near, said


def test_a_word_that_is_a_number_is_not_told_as_missing(engine: Engine) -> None:
    facts = WorkFacts("một", "30/2020/NĐ-CP", "Nghị định", issued="2020-05-05", title="Về bến thủy nội địa")
    engine.update(make_rows(facts, []))
    said = SearchIndex(engine).search(Wanted("NĐ30/2020 phà", DAY)).explanation
    assert [line for line in said if "không nơi nào có" in line] == ["không nơi nào có: phà"]
