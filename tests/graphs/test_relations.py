"""Relations between the columns of a table: shown by its numbers, never by chance."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from graphs.checks.reading.believed import believed
from graphs.checks.reading.relations import Kind, Relation, Values, try_out
from graphs.checks.reading.rows import read_grid
from graphs.checks.tables.columns import column_relations
from graphs.checks.tables.series import columns_of
from tests.table_texts import read_tables

HEADS = (
    "Năm 2022",
    "Năm 2023",
    "Kế hoạch",
    "Nam",
    "Nữ",
    "Tổng số",
    "Tỷ lệ (%)",
    "Tăng, giảm",
    "Đơn giá",
    "Thành tiền",
)


def table(heads: list[str], rows: list[list[str]]) -> str:
    body = [[str(at), f"Xã {at}", *row] for at, row in enumerate(rows, 1)]
    return "\n".join("\t".join(row) for row in [["STT", "Đơn vị", *heads], *body])


def relations(text: str) -> list[Relation]:
    (read,), _ = read_tables(text)
    grid = read_grid(read)
    assert grid is not None
    return [tested.relation for tested in column_relations(columns_of(grid))]


@pytest.mark.parametrize("most", [20, 100, 5_000])
def test_numbers_by_chance_say_nothing_of_each_other(most: int) -> None:
    chance = random.Random(most)
    for _ in range(60):
        heads = chance.sample(HEADS, chance.randint(3, 7))
        rows = [[str(chance.randint(0, most)) for _ in heads] for _ in range(chance.randint(4, 12))]
        assert relations(table(heads, rows)) == []


def test_a_total_of_totals_is_of_them_alone() -> None:
    heads = ["Tổng số", "Cấp tỉnh", "Sở", "Chi cục", "Cấp xã", "Xã", "Phường"]
    rows = []
    for at in range(2, 8):
        parts = [10 * at + 3, 7 * at + 1, 30 * at + 5, 4 * at + 2]
        rows.append([sum(parts), sum(parts[:2]), *parts[:2], sum(parts[2:]), *parts[2:]])
    found = relations(table(heads, [[str(number) for number in row] for row in rows]))
    assert {(one.result, one.operands) for one in found} == {(2, (3, 6)), (3, (4, 5)), (6, (7, 8))}


def test_one_failure_is_allowed_for_each_five_places_that_tell() -> None:
    first: Values = [Decimal(10 + at) for at in range(12)]
    second: Values = [Decimal(30 + 2 * at) for at in range(12)]
    right = [(one or 0) + (other or 0) for one, other in zip(first, second, strict=True)]
    relation = Relation(Kind.SUM, 2, (0, 1))
    for wrong, is_one in ((1, True), (2, True), (4, False)):
        result: Values = [value + (1 if at < wrong else 0) for at, value in enumerate(right)]
        assert believed(try_out(relation, [first, second, result], range(12)), 4) is is_one


def test_two_sums_that_ask_for_one_number_show_a_relation_of_few_rows() -> None:
    heads = ["Số lượng", "Đơn giá", "Thành tiền"]
    rows = [["25", "6,4", "160"], ["130", "3,8", "449"], ["14", "9,5", "133"]]
    text = table(heads, rows)
    assert relations(text) == []
    found = relations(f"{text}\n\tTổng cộng\t\t\t787")
    assert [(one.kind, one.result, one.operands) for one in found] == [(Kind.PRODUCT, 4, (2, 3))]
    assert relations(f"{text}\n\tTổng cộng\t\t\t785") == []
