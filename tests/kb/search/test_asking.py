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
