"""Deeds in their order: each row of the table finds its example, and none once its two days change places."""

import re

import pytest

from graphs.checks.reading.events import pairs_of_deeds
from graphs.checks.reading.orders import ORDERS, Order
from graphs.checks.report import Subject
from graphs.checks.times.resting import LINKS, Link, resting_deeds
from ingest.document import text_document

_TIME_RE = re.compile(r"\d+/\d+/\d{4}|quý IV/\d{4}")


def _held(text: str) -> list[bool | None]:
    return [pair.holds for pair in pairs_of_deeds(Subject(text_document(text)))]


@pytest.mark.parametrize("row", ORDERS, ids=lambda row: row.first[:30])
def test_each_row_finds_its_example_and_nothing_in_order(row: Order) -> None:
    first, second = _TIME_RE.findall(row.breaks)
    swapped = row.breaks.replace(first, "@").replace(second, first).replace("@", second)
    assert False in _held(row.breaks)
    assert False not in _held(swapped)


@pytest.mark.parametrize(
    "text",
    [
        "Gói thầu số 1 khởi công ngày 12/5/2020, gói thầu số 2 nghiệm thu ngày 30/4/2020.",
        "Công trình khởi công ngày 12/5/2020; chưa nghiệm thu được vì hồ sơ ngày 30/4/2020 còn thiếu.",
        "Vụ Lê Văn A khởi tố ngày 14/8/2021. Vụ Trần Văn B xét xử ngày 20/7/2021.",
        "Thẩm định xong trước ngày 20/5/2021, trình ngày 15/5/2021.",
    ],
)
def test_deeds_of_two_things_are_in_no_order(text: str) -> None:
    assert False not in _held(text)


def test_every_word_for_a_deed_of_a_row_is_looked_at() -> None:
    assert _held("Ổ dịch xảy ra ngày 06/6/2021; tiêu hủy xong ngày 04/5/2021.") == [False]


def _in_order(text: str) -> list[bool]:
    return [one.first[0] <= one.then[0] for one in resting_deeds(Subject(text_document(text)))]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.breaks[:30])
def test_words_that_put_two_days_in_order_find_their_example_and_nothing_in_order(link: Link) -> None:
    first, second = _TIME_RE.findall(link.breaks)
    swapped = link.breaks.replace(first, "@").replace(second, first).replace("@", second)
    assert _in_order(link.breaks) == [False]
    assert _in_order(swapped) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 12/QĐ-UBND ngày 05/3/2024 được điều chỉnh trên cơ sở Nghị quyết số 9 ngày 08/7/2024.",
        "Thực hiện Công văn số 7/BNV-CC ngày 20/5/2024 về việc ban hành kế hoạch ngày 01/3/2024, đã báo cáo.",
        "Theo báo cáo của Sở ngày 20/5/2024, công trình hoàn thành ngày 01/3/2024.",
    ],
)
def test_what_is_changed_or_only_told_of_rests_on_nothing(text: str) -> None:
    assert False not in _in_order(text)
