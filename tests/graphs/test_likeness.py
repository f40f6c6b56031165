"""Two numbers that are one thing: told of sound papers by themselves, seen where one of them is typed wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from graphs.checks.learned.likeness import FEATURES, Likeness, learned
from graphs.checks.learned.twice import told_twice
from graphs.checks.reading.arithmetic import alike, slip_by_chance
from graphs.checks.reading.tellings import read_tellings
from graphs.checks.report import Subject
from ingest.analysis import analyse
from ingest.document import text_document
from tests.planted import REPORTS
from tools.fit_likeness import fitted, papers_of, rows_of


def subject(text: str) -> Subject:
    read = analyse(text_document(text), with_claims=False)
    return Subject(read.document, read.citations, read.figures, read.targets)


def values(text: str) -> list[set[str]]:
    return [{twice.one.printed, twice.other.printed} for twice in told_twice(subject(text))]


def test_a_number_told_again_with_two_digits_changed_about_is_seen_and_the_place_told_twice_is_believed() -> None:
    text = """I. KẾT QUẢ

Tổ công nghệ số cộng đồng có 4.986 thành viên.

II. NHẬN XÉT

Lực lượng nòng cốt là 4.896 thành viên tổ công nghệ số cộng đồng.

III. PHỤ LỤC

Toàn tỉnh có 4.986 thành viên tổ công nghệ số cộng đồng.
"""
    (twice,) = told_twice(subject(text))
    assert (twice.one.printed, twice.other.printed) == ("4.986", "4.896")
    assert twice.mistyped
    assert len(twice.evidence) == 2
    assert not twice.in_text_and_table


def test_a_row_of_years_told_in_the_text_is_known_by_its_neighbours() -> None:
    text = """Vốn theo năm: 2021: 2.860,5 tỷ đồng; 2022: 3.120,4 tỷ đồng; 2023: 3.215,8 tỷ đồng; 2024: 3.310,7 tỷ.

Phụ lục I. Vốn theo năm (tỷ đồng)

| Nguồn vốn | 2021 | 2022 | 2023 | 2024 |
|---|---|---|---|---|
| Ngân sách tỉnh | 1.430,2 | 1.560,1 | 1.607,9 | 1.655,3 |
| Tổng cộng | 2.860,5 | 3.120,4 | 3.251,8 | 3.310,7 |
"""
    assert values(text) == [{"3.215,8", "3.251,8"}]
    assert values(text.replace("3.251,8", "3.215,8")) == []


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_a_sound_report_tells_nothing_twice(report: Path) -> None:
    assert values(report.read_text(encoding="utf-8")) == []


def slips_of(text: str) -> Iterator[str]:
    """A text with two digits of a number that it tells twice changed about, once for each such number."""
    found = Counter(re.findall(r"(?<![\d.,/])(?:\d{1,3}\.\d{3}|\d{3})(?![\d.,/])", text))
    for number in (number for number, count in found.items() if count == 2 and number[-1] != number[-2] != "0"):
        at = text.rindex(number)
        yield f"{text[:at]}{number[:-2]}{number[-1]}{number[-2]}{text[at + len(number) :]}"


def test_numbers_that_sound_reports_tell_twice_are_seen_when_one_is_typed_wrong() -> None:
    texts = [text for report in REPORTS for text in slips_of(report.read_text(encoding="utf-8"))]
    seen = sum(bool(values(text)) for text in texts)
    assert len(texts) > 5
    assert seen * 3 > len(texts), f"{seen} of {len(texts)}"


def test_every_feature_has_a_weight_and_what_sets_apart_counts_against() -> None:
    weights = dict(zip(FEATURES, learned(), strict=True))
    assert len(weights) == len(FEATURES)
    assert weights["cover"] > 0
    assert weights["beside_both"] > weights["beside_one"] > 0
    assert max(weights["other_time"], weights["other_name"], weights["other_level"]) < 0


def test_weights_are_learned_from_papers_without_judgement(tmp_path: Path) -> None:
    for report in REPORTS[:2]:
        (tmp_path / report.name).write_text(report.read_text(encoding="utf-8"), encoding="utf-8")
    rows = [row for paper in papers_of(tmp_path) for row in rows_of(paper)]
    assert {len(row) for row, _, _ in rows} == {len(FEATURES)}
    assert any(true for _, true, _ in rows)
    assert {count for _, true, count in rows if true} == {1}
    weights = dict(zip(FEATURES, fitted(rows), strict=True))
    assert weights["cover"] > 0


def test_values_are_like_where_a_digit_differs_or_two_changed_places_and_chance_falls_with_their_length() -> None:
    def chance(one: str, other: str) -> float:
        return slip_by_chance(Decimal(one), Decimal(other)) or 0

    assert chance("487", "478") > chance("4987", "4978") > chance("49871", "49781") > 0
    assert chance("487", "481") > chance("487", "478")
    assert chance("12", "21") > chance("127", "172")
    assert not chance("12", "17")
    assert not chance("487", "784")
    assert chance("8983", "8389") > chance("8983", "8893") > 0
    assert not chance("52.7", "572")
    assert alike([("%", "935", 0), ("%", "953", 1), ("", "953", 2)]) == {(0, 1)}
    assert alike([("", "148", 0), ("", "1408", 1), ("", "898", 2), ("", "8089", 3)]) == {(0, 1), (2, 3)}


def test_a_number_that_chance_makes_alike_and_no_word_ties_is_not_told_twice() -> None:
    assert values("Trồng 4.986 cây phân tán.\n\nKhám bệnh cho 4.896 lượt người.\n") == []
    read = read_tellings(subject("Trồng 486 cây phân tán.\n\nKhám bệnh cho 487 lượt người.\n"))
    assert Likeness(read, frozenset()).pairs == []


def test_where_numbers_of_a_kind_lie_close_together_chance_makes_them_alike_more_often() -> None:
    alone = "Thu ngân sách đạt 112,3% dự toán.\n\nThu phí đạt 113,2% dự toán.\n"
    near = "".join(f"Thu khoản {at} đạt {100 + at},4% dự toán.\n\n" for at in range(9, 19))

    def chance(text: str) -> float:
        like = Likeness(read_tellings(subject(text)), frozenset())
        told = [one.printed for one in like.read.found]
        return like.chance(told.index("112,3%"), told.index("113,2%"))

    assert chance(near + alone) > 2 * chance(alone)


def test_two_digits_changed_about_are_seen_and_a_number_that_is_a_code_is_none() -> None:
    text = """I. KẾT QUẢ

Toàn tỉnh có 184 công trình cấp nước không hoạt động.

II. HẠN CHẾ

Còn 148 công trình cấp nước không hoạt động.
"""
    assert values(text) == [{"184", "148"}]
    assert values(text.replace("148 công", "257 công")) == []
    assert read_tellings(subject("Thủ tục cấp phép xuất bản có mã 1.013.788.H42 và giấy phép.\n")).found == ()
