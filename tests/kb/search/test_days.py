"""Days typed in figures or in words are one."""

from __future__ import annotations

import pytest

from kb.search.analysis import analyse_query
from kb.search.days import find_days


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("tuyển dụng trước 21/4/1998", "21 tháng 4 năm 1998"),
        ("tính đến 05/03/2021", "5 tháng 3 năm 2021"),
        ("từ ngày 01 tháng 7 năm 2025", "1/7/2025"),
        ("số liệu tháng 6/2025", "tháng 6 năm 2025"),
        ("số liệu tháng 6 năm 2025", "tháng 6/2025"),
        ("báo cáo quý II/2024", "quý ii năm 2024"),
        ("báo cáo quý 1 năm 2024", "quý 1/2024"),
    ],
)
def test_a_day_is_found_as_texts_print_it(typed: str, printed: str) -> None:
    (found,) = find_days(analyse_query(typed).words)
    assert found.others == (printed,)


@pytest.mark.parametrize(
    "typed", ["tỷ lệ 45/13/2021", "giai đoạn 2021-2025", "năm 2024", "tháng 13 năm 2024", "76/NQ-CP"]
)
def test_what_is_no_day(typed: str) -> None:
    assert not list(find_days(analyse_query(typed).words))
