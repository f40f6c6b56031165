from __future__ import annotations

import pytest

from cases import Case, load_cases
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from ingest.targets.find import find_targets
from kb.models import Target

CASES = [*load_cases("targets"), *load_cases("no_goals"), *load_cases("goals_set"), *load_cases("goals_elsewhere")]
ANSWERED = [*load_cases("goals_answered"), *load_cases("goals_with_answers")]


def shown(target: Target) -> str:
    return f"{target.comparator.value} {target.value} {target.unit} | {target.metric} | {target.period}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_targets_of_a_paragraph(case: Case) -> None:
    source = source_of("ke-hoach.txt", case.text.encode())
    found = find_targets(build_document(source, read_source(source, case.text.encode())))
    assert ("\n".join(map(shown, found)) or "-") == case.expected


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.id)
def test_what_came_of_the_targets_of_a_paragraph(case: Case) -> None:
    source = source_of("bao-cao.txt", case.text.encode())
    found = find_targets(build_document(source, read_source(source, case.text.encode())))
    told = [
        f"{shown(one)} | {(one.result.value or one.result.text) if one.result else '-'} | {one.verdict or '-'}"
        for one in found
    ]
    assert ("\n".join(told) or "-") == case.expected


def test_a_level_behind_the_end_of_a_page_stands_on_its_own_line() -> None:
    head = "STT\tMục tiêu\tKết quả đạt được\tĐánh giá"
    first = "1\tTiếp tục đổi mới cơ chế quản lý đối với các\tTỷ lệ trường tự chủ đạt 8,5%\tKhông đạt"
    rest = "\ttrường công lập. Đến năm 2025, có tối thiểu 15% trường tự chủ chi thường xuyên\t\t"
    text = "\n".join((head, first, "", head, rest, "2\t100% xã có trạm y tế\t100% xã có trạm y tế\tĐạt", ""))
    source = source_of("bao-cao.txt", text.encode())
    document = build_document(source, read_source(source, text.encode()))
    found = [target for target in find_targets(document) if target.value == "15"]
    assert len(found) == 1
    level = found[0].level
    assert level is not None
    assert "15%" in text[level.start : level.end]
    assert text.count("\n", 0, level.start) == 4


def test_a_note_that_names_a_goal_states_it() -> None:
    text = "Một mục tiêu chưa hoàn thành².\n\n² Mục tiêu tỷ lệ thôn có nhà văn hóa đạt tối thiểu 65%\n"
    source = source_of("bao-cao.txt", text.encode())
    found = find_targets(build_document(source, read_source(source, text.encode())))
    assert [shown(target) for target in found] == [">= 65 % | tỷ lệ thôn có nhà văn hóa | None"]


def test_the_rate_beside_counts_is_what_was_reached_of_a_level_in_per_cent() -> None:
    text = (
        "BÁO CÁO\n\nBảng 1. Khám sàng lọc năm 2031\n\n"
        "| Nội dung | Đối tượng | Đã khám | Tỷ lệ đạt (%) | Chỉ tiêu (%) | Đánh giá |\n|---|---|---|---|---|---|\n"
        "| Học sinh | 9.000 | 7.200 | 80 | ≥ 95 | Chưa đạt |\n| Thai phụ | 8.000 | 7.200 | 90 | ≥ 85 | Đạt |\n"
    )
    source = source_of("bao-cao.txt", text.encode())
    found = find_targets(build_document(source, read_source(source, text.encode())))
    assert [one.result.value for one in found if one.result] == ["80", "90"]
