from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graphs.base import open_base
from ingest.analysis import Analysis, analyse
from ingest.document import build_document
from ingest.pipeline import ingest_paths
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import BasisKind
from kb.settings import Settings
from webapp.target_trace import trace_target
from webapp.twins import twins_of

BASIS = """CHÍNH PHỦ

Số: 176/NQ-CP

Hà Nội, ngày 15 tháng 7 năm 2022

NGHỊ QUYẾT

Ban hành Chương trình chuyển đổi số của ngành

I. MỤC TIÊU

a) Tối thiểu 80% thủ tục có nghĩa vụ tài chính được thanh toán trực tuyến.

b) Tối thiểu 90% người dân hài lòng khi làm thủ tục tại bộ phận một cửa.

c) Giảm tối thiểu 10% biên chế sự nghiệp hưởng lương từ ngân sách so với năm 2021.

d) Đến năm 2030, giảm 10% biên chế hưởng lương ngân sách so với năm 2025.

đ) 100% cổng dịch vụ công của tỉnh được kết nối, chia sẻ dữ liệu với Cổng dịch vụ công quốc gia.
"""


def read(text: str) -> Analysis:
    source = source_of("bao-cao.txt", text.encode())
    return analyse(build_document(source, read_source(source, text.encode())))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = tmp_path / "176.txt"
    path.write_text(BASIS, encoding="utf-8")
    found = Settings(tmp_path / "kho", f"sqlite:///{tmp_path / 'kho' / 'cancu.sqlite3'}")
    ingest_paths(found, [path], jobs=1)
    return found


@pytest.mark.parametrize(
    ("target", "compared"),
    [
        ("Tối thiểu 90% người dân hài lòng khi làm thủ tục tại bộ phận một cửa.", "same"),
        ("Tối thiểu 85% người dân hài lòng khi làm thủ tục tại bộ phận một cửa.", "lower"),
        # Reckoned from another year.
        ("Giảm tối thiểu 15% biên chế hưởng lương từ ngân sách so với năm 2021.", "higher"),
        # The same level, and words that half the list has.
        ("100% hệ thống báo cáo của tỉnh được kết nối, chia sẻ dữ liệu với hệ thống quốc gia.", None),
        # "toàn trình" and "thanh toán" are alike without their marks alone.
        ("80% TTHC toàn trình.", None),
        # Another thing in nearly the same words: nothing is held against it.
        ("Tối thiểu 30% giao dịch có nghĩa vụ tài chính được thanh toán trực tuyến.", None),
    ],
)
def test_levels_are_held_against_those_of_the_same_thing_only(
    settings: Settings, target: str, compared: str | None
) -> None:
    report = read(f"Thực hiện Nghị quyết số 176/NQ-CP ngày 15/7/2022 của Chính phủ, phấn đấu:\n\n- {target}\n")
    (found,) = report.targets
    with open_base(settings) as store:
        twin = twins_of(store, report)(found)
    assert (twin.compared if twin else None) == compared
    if twin:
        assert twin.number == "176/NQ-CP"


@pytest.mark.parametrize(("verdict", "compared"), [("Đạt", None), (None, "lower")])
def test_a_goal_that_is_judged_was_due_before_that_of_a_later_year(
    settings: Settings, verdict: str | None, compared: str | None
) -> None:
    goal = "Giảm 8% biên chế hưởng lương ngân sách."
    report = read(f"{HEAD}Thực hiện Nghị quyết số 176/NQ-CP ngày 15/7/2022 của Chính phủ, phấn đấu:\n\n- {goal}\n")
    (found,) = report.targets
    with open_base(settings) as store:
        twin = twins_of(store, report)(replace(found, verdict=verdict, period="2026 - 2030"))
    assert (twin.compared if twin else None) == compared


HEAD = """ỦY BAN NHÂN DÂN
TỈNH A

Số: 31/BC-UBND

A, ngày 02 tháng 12 năm 2027

BÁO CÁO

Kết quả sắp xếp bộ máy năm 2027

"""
PLAN = """ỦY BAN NHÂN DÂN
TỈNH A

Số: 25/KH-UBND

A, ngày 02 tháng 8 năm 2022

KẾ HOẠCH

Chuyển đổi số năm 2023

Căn cứ Nghị quyết số 176/NQ-CP ngày 15/7/2022 của Chính phủ ban hành Chương trình chuyển đổi số của ngành;

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC TIÊU

- Tối thiểu 85% người dân hài lòng khi làm thủ tục tại bộ phận một cửa.
"""


def test_what_a_plan_sets_is_traced_to_the_plan_and_from_it_to_what_it_carries_out(settings: Settings) -> None:
    plan = read(PLAN)
    (found,) = plan.targets
    with open_base(settings) as store:
        row = trace_target(store, plan, found, "ke-hoach#t", "2022-08-02")
    first, second, *_ = row["edges"]
    assert (first["source"], first["target"], first["kind"]) == ("ke-hoach#t", "25/KH-UBND", "section")
    assert (second["source"], second["kind"]) == ("25/KH-UBND", "programme")
    assert "176/NQ-CP" in second["evidence"]["text"]
    twins = [edge for edge in row["edges"] if edge["relation"] == "chỉ tiêu tương ứng"]
    assert [(edge["source"], edge["compared"]) for edge in twins] == [(second["target"], "lower")]
    # The resolution held here says nothing of what it rests on: the chain ends below any law, and says so.
    assert [gap for gap in row["gaps"] if "176/NQ-CP" in gap]
    assert len(row["gaps"]) == 1


def test_a_basis_in_a_note_shows_the_mark_and_the_document_that_the_note_names(settings: Settings) -> None:
    report = read(
        "Tỷ lệ người dân hài lòng phấn đấu đạt tối thiểu 90% khi làm thủ tục¹.\n\n"
        "Các xã đã triển khai đầy đủ.\n\n"
        "¹ Nghị quyết số 176/NQ-CP ngày 15/7/2022 của Chính phủ\n"
    )
    (found,) = report.targets
    (basis,) = found.bases
    assert basis.kind is BasisKind.FOOTNOTE
    words = [span.cut(report.document.text) for span in basis.evidence]
    assert words == ["¹", "Nghị quyết số 176/NQ-CP"]
    with open_base(settings) as store:
        row = trace_target(store, report, found, "bao-cao#t", "2022-08-02")
    (step,) = [edge for edge in row["edges"] if edge.get("kind") == "footnote"]
    # The whole note proves it, and the sentence at whose mark it stands.
    assert step["evidence"]["text"] == "Nghị quyết số 176/NQ-CP ngày 15/7/2022 của Chính phủ"
    assert (step["evidence"]["footnote"], step["evidence"]["anchor"]) == ("1", "chu-thich-0")
    assert (step["through"]["marked"], step["through"]["line"]) == ("¹", 1)
    assert step["through"]["text"].startswith("Tỷ lệ người dân hài lòng")
