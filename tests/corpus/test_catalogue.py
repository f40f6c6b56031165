"""The catalogue's tables: every row parses, names its source, and agrees with the others."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kb.catalogue import read_catalogue
from kb.models.citations import Relation
from kb.numbers import normalize_number, parse_number, type_of
from kb.vocabulary.types import load_types

CATALOGUE = Path(__file__).resolve().parents[2] / "corpus" / "catalogue"
CERTAINTY = {"text", "official", "general"}
END_KINDS = {"thay thế", "bãi bỏ", "hết thời hạn", "theo văn bản được quy định chi tiết"}
EVENTS = {
    "có hiệu lực",
    "dời hiệu lực",
    "ngưng hiệu lực",
    "tiếp tục hiệu lực",
    "hết hiệu lực",
    "hết thời hạn",
    "đổi tổ chức",
}


def rows(name: str) -> list[dict[str, str]]:
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


WORKS = rows("works.csv")
RELATIONS = rows("relations.csv")
HAPPENED = rows("events.csv")
BY_KEY = {(row["number"], row["issued"]): row for row in WORKS}


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def test_columns_are_those_of_the_readme() -> None:
    readme = (CATALOGUE / "README.md").read_text(encoding="utf-8")
    for table in (WORKS, RELATIONS, HAPPENED):
        for column in table[0]:
            assert f"`{column}`" in readme


def test_there_are_enough_works() -> None:
    assert len(WORKS) >= 300


@pytest.mark.parametrize("table", [WORKS, RELATIONS, HAPPENED], ids=["works", "relations", "events"])
def test_each_row_is_clean_and_names_its_source(table: list[dict[str, str]]) -> None:
    for row in table:
        assert None not in row and None not in row.values(), row
        assert row["certainty"] in CERTAINTY, row
        assert row["source"].strip() and row["by"].strip(), row
        for cell in row.values():
            assert cell == cell.strip() and "\n" not in cell and "  " not in cell, row


def test_numbers_are_in_normal_form_and_agree_with_the_type() -> None:
    known = {entry.name for entry in load_types()}
    for row in WORKS:
        number = parse_number(row["number"])
        assert number is not None and not number.suspect, row
        assert normalize_number(row["number"]) == row["number"]
        assert row["type"] in known, row
        if number.type_code and row["type"] not in {"Quy định"}:
            assert type_of(number) == row["type"], row
        if number.year:
            assert str(number.year) == row["issued"][:4], row


def test_dates_are_whole_and_in_order() -> None:
    for row in WORKS:
        issued, effective, ended = day(row["issued"]), day(row["effective"]), day(row["ended"])
        assert issued is not None, row
        assert effective is None or issued <= effective or "trở về trước" in row["note"], row
        assert ended is None or (effective or issued) < ended, row
        assert bool(row["ended"]) == bool(row["end_kind"]), row
        assert row["end_kind"] in END_KINDS | {""}, row


def test_no_two_rows_are_one_work() -> None:
    identities = Counter((row["number"], row["issuer"], row["issued"]) for row in WORKS)
    assert not [identity for identity, times in identities.items() if times > 1]


def test_party_papers_letters_and_programmes_have_no_formal_end() -> None:
    for row in WORKS:
        number = parse_number(row["number"])
        assert number is not None
        if not number.year:
            assert not row["ended"] and not row["effective"], row


def test_ends_of_relations_are_known_or_named_in_full() -> None:
    words = {relation.value for relation in Relation}
    for row in RELATIONS:
        assert (row["number"], row["issued"]) in BY_KEY, row
        other = (row["other_number"], row["other_issued"])
        assert other in BY_KEY or (parse_number(other[0]) and day(other[1])), row
        assert row["relation"] in words and row["direction"] in {"active", "passive"}, row
        assert row["on"] == "" or day(row["on"]), row


def test_who_replaces_or_amends_is_no_older_than_what_it_acts_on() -> None:
    acting = {"thay thế", "bãi bỏ", "sửa đổi bổ sung", "hướng dẫn", "căn cứ", "triển khai thực hiện"}
    for row in RELATIONS:
        if row["relation"] in acting:
            assert row["other_issued"] <= row["issued"], row


def test_whole_replacements_are_the_ends_of_works() -> None:
    ends = {
        (row["other_number"], row["other_issued"]): row["on"]
        for row in RELATIONS
        if row["relation"] in {"thay thế", "bãi bỏ"} and not row["pinpoint"]
    }
    for key, on in ends.items():
        if key in BY_KEY and on:
            assert BY_KEY[key]["ended"] == on, key
    for row in WORKS:
        if row["end_kind"] in {"thay thế", "bãi bỏ"}:
            assert (row["number"], row["issued"]) in ends, row


def test_no_relation_or_event_is_told_twice() -> None:
    for table in (RELATIONS, HAPPENED):
        told = Counter(
            tuple(value for name, value in row.items() if name not in {"source", "by", "note"}) for row in table
        )
        assert not [key for key, times in told.items() if times > 1]


def test_events_belong_to_works() -> None:
    for row in HAPPENED:
        assert (row["number"], row["issued"]) in BY_KEY, row
        assert row["event"] in EVENTS and day(row["on"]), row
        assert not row["by_number"] or (row["by_number"], row["by_issued"]) in BY_KEY, row


@pytest.mark.parametrize(
    ("number", "issued", "effective", "ended"),
    [
        ("80/2015/QH13", "2015-06-22", "2016-07-01", "2025-04-01"),
        ("64/2025/QH15", "2025-02-19", "2025-04-01", ""),
        ("65/2025/QH15", "2025-02-19", "2025-03-01", "2025-06-16"),
        ("34/2016/NĐ-CP", "2016-05-14", "2016-07-01", "2025-04-01"),
        ("61/2018/NĐ-CP", "2018-04-23", "2018-06-21", "2025-07-01"),
        ("107/2020/NĐ-CP", "2020-09-14", "2020-11-25", "2025-03-01"),
        ("120/2020/NĐ-CP", "2020-10-07", "2020-12-01", ""),
        ("30/2020/NĐ-CP", "2020-03-05", "2020-03-05", ""),
        ("31/2024/QH15", "2024-01-18", "2024-08-01", ""),
        ("03/2022/TT-BTP", "2022-02-10", "2022-03-28", "2025-12-15"),
        ("76/NQ-CP", "2021-07-15", "", ""),
        ("23/CT-TTg", "2021-09-02", "", ""),
    ],
)
def test_facts_that_are_often_got_wrong(number: str, issued: str, effective: str, ended: str) -> None:
    row = BY_KEY[number, issued]
    assert (row["effective"], row["ended"]) == (effective, ended)


def test_one_number_may_be_several_works() -> None:
    assert {issued for number, issued in BY_KEY if number == "66/NQ-CP"} == {"2024-05-09", "2025-03-26"}
    assert {issued for number, issued in BY_KEY if number == "18-NQ/TW"} == {"2017-10-25", "2022-06-16"}


def test_the_chain_of_staff_reduction_is_told_link_by_link() -> None:
    replaced = {
        (row["number"], row["other_number"], row["pinpoint"]) for row in RELATIONS if row["relation"] == "thay thế"
    }
    assert ("29/2023/NĐ-CP", "108/2014/NĐ-CP", "toàn bộ, trừ Điều 11") in replaced
    assert ("154/2025/NĐ-CP", "29/2023/NĐ-CP", "") in replaced
    assert BY_KEY["108/2014/NĐ-CP", "2014-11-20"]["ended"] == ""


@pytest.mark.parametrize("name", ["works", "relations", "events"])
def test_product_reads_every_row(name: str) -> None:
    path = CATALOGUE / f"{name}.csv"
    found = read_catalogue(path, path.read_bytes(), by="")
    assert found.refused == []
    assert len(getattr(found, name)) == len(rows(path.name))
