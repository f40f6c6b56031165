"""What sets a hit apart from those found with it, on every engine."""

from __future__ import annotations

import json
from datetime import date

from kb.search.contrast import contrast_shares
from kb.search.coverage import Coverage
from kb.search.index import SearchIndex, Wanted
from kb.search.protocol import Engine, Request
from kb.search.query import read_query
from kb.search.records import Record, WorkFacts
from kb.search.rows import make_rows
from search_base import provision

SUBJECT = "bến thủy nội địa có điều kiện"


def shares(engine: Engine, query: str, records: list[Record]) -> dict[str, float]:
    """What each record's score is multiplied by, by its unit."""
    engine.update(make_rows(WorkFacts("một", title="Về một việc khác"), records))
    plan = read_query(query, date(2025, 7, 1)).plan
    hits = [json.loads(hit.stored) for hit in engine.search(Request(plan, 30)).hits]
    coverage = Coverage(engine, plan)
    found = contrast_shares(coverage, hits, [coverage.held(hit) for hit in hits])
    return {hit["unit"]: share for hit, share in zip(hits, found, strict=True)}


def test_words_that_few_hits_hold_tell_more_than_the_subject_of_all(engine: Engine) -> None:
    same = [provision(str(at), f"{at}. Chủ {SUBJECT} kiểm tra {SUBJECT}.", "Việc chung") for at in range(1, 7)]
    answer = provision("8", "8. Người gác bến thủy nội địa treo phao.", "Việc chung")
    found = shares(engine, f"treo phao ở {SUBJECT}", [*same, answer])
    assert len(found) == 7
    best = found.pop(answer.unit or "")
    assert best > 1.2 > 1.1 > max(found.values())  # what all hold tells nothing


def test_a_heading_that_is_just_what_was_typed_counts_as_all_of_it(engine: Engine) -> None:
    under = provision("5", "1. Giữ luồng lạch thông suốt cho mọi tàu thuyền.", "Mục tiêu quản lý bến thủy")
    wider = provision(
        "6",
        "1. Giữ bờ kè cho sạch sẽ mọi ngày trong năm.",
        "Mục tiêu, nguồn vốn và cách quản lý bến thủy của mỗi tỉnh ven biển",
    )
    other = provision("9", "Mục tiêu quản lý bến thủy phải theo.", "Việc khác")
    found = shares(engine, "mục tiêu quản lý bến thủy", [under, wider, other])
    assert found[under.unit or ""] > found[other.unit or ""] > found[wider.unit or ""]


def test_one_word_sets_nothing_apart(engine: Engine) -> None:
    assert set(shares(engine, "phao", [provision("1", "Có phao."), provision("2", "Phao to.")]).values()) == {1.0}


def test_a_rare_word_finds_what_holds_it_though_nothing_joins_it_to_its_neighbours(engine: Engine) -> None:
    told = provision("7", "7. Giá trị tham chiếu iNAV chỉ là số tạm tính trong phiên.", "Cách tính")
    others = [
        provision(str(at), f"{at}. Quỹ đầu tư chứng khoán họp kỳ {at}.", "Việc chung") for at in range(10, 16)
    ]
    engine.update(make_rows(WorkFacts("một", title="Về một việc khác"), [*others, told]))
    answer = SearchIndex(engine).search(Wanted("inav quỹ đầu tư chứng khoán", date(2025, 7, 1)))
    assert answer.total == 7 and told.unit in [hit.unit for hit in answer.hits]
