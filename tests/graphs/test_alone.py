"""Numbers that no other number of a paper bears out."""

from __future__ import annotations

from graphs.checks.run import check_subject
from tests.graphs.test_likeness import subject

PAPER = """BÁO CÁO
Kết quả năm 2023

I. KẾT QUẢ

Trong 28.415 hộ có 12.874 hộ vay vốn, chiếm 45,31%. Dư nợ cuối năm 4.356 triệu đồng.

Thư viện có 61.930 bản sách. Phấn đấu năm sau đạt từ 63.750 bản sách trở lên.

II. NHẬN XÉT

Thư viện hiện có 61.930 bản sách, đáp ứng nhu cầu.
"""


def alone(text: str, **muted: str) -> list[str]:
    return [one.printed for one in check_subject(subject(text), muted).alone]


def test_what_is_told_again_or_made_by_two_others_is_borne_out_and_a_level_to_be_reached_counts_nothing() -> None:
    assert alone(PAPER) == ["4.356"]


def test_where_one_of_two_that_agreed_is_altered_it_is_a_finding_or_stands_alone_and_never_both() -> None:
    report = check_subject(subject(PAPER.replace("61.930 bản sách, đáp", "67.950 bản sách, đáp")))
    assert [one.printed for one in report.alone] == ["4.356", "61.930"]
    assert any("67.950" in finding.vi for finding in report.findings)


def test_numbers_alone_count_as_not_checked_and_are_not_told_where_the_family_is_muted() -> None:
    report = check_subject(subject(PAPER))
    assert report.checked["FIG"].reasons["không có số nào khác trong văn bản để đối chiếu"] == 1
    (one,) = report.alone
    assert "Dư nợ" in one.about
    assert alone(PAPER, FIG="đã đối chiếu") == []
