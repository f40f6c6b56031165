"""Gold files are sound, and the scorer says what it should."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks.score_citations import lookalike_lines, print_difference
from tests.gold_files import FIELDS, FOLDER, KINDS, GoldFile, Mention, faults_of, find_texts, gold_paths, load_gold
from tests.gold_scorer import (
    Tally,
    fold_body,
    fold_number,
    gains_and_losses,
    is_right,
    match_mentions,
    outcome_rows,
)

PATHS = gold_paths()
TEXT = "a" * 400


@cache
def texts(shared: Path) -> dict[str, str]:
    return find_texts((load_gold(path) for path in PATHS), shared)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_gold_file_is_sound(path: Path) -> None:
    file = load_gold(path)
    assert file.split == path.parent.name
    assert file.mentions, "a document without a mention teaches nothing"
    assert faults_of(file) == []


def test_gold_fits_its_texts(shared: Path) -> None:
    found = texts(shared)
    assert found, "none of the annotated documents is in ../shared"
    faults = [
        fault
        for path in PATHS
        if (file := load_gold(path)).id in found
        for fault in faults_of(file, found[file.id])
    ]
    assert faults == []


def test_no_document_is_in_both_splits() -> None:
    hashes = [load_gold(path).sha256 for path in PATHS]
    assert len(hashes) == len(set(hashes))


def test_the_test_split_is_wide() -> None:
    files = [load_gold(path) for path in gold_paths("test")]
    assert len(files) >= 15
    assert len({file.stratum for file in files}) >= 10
    assert sum(not mention.optional for file in files for mention in file.mentions) >= 400


def test_gold_keeps_no_sentence() -> None:
    """The longest string of a row is the name of a body, a pinpoint or an address, never a piece of the text."""
    for path in PATHS:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            row.pop("document", None)
            strings = [value for value in row.values() if isinstance(value, str)]
            assert all(len(value) <= 110 for value in strings), (path.name, max(strings, key=len))


def test_lookalikes_are_ours_and_many() -> None:
    lines = lookalike_lines()
    assert len(lines) >= 25
    assert len(set(lines)) == len(lines)


def file_of(*mentions: Mention, surfaces: tuple[str, ...] = ()) -> GoldFile:
    return GoldFile(
        "one", "texts/x.jsonl.gz", "1/QĐ", "0", "dev", "x", len(TEXT), mentions, surfaces or ("0",) * len(mentions)
    )


@pytest.mark.parametrize(
    ("mention", "fault"),
    [
        (Mention(((5, 5),), "number", number="1/QĐ"), "offsets"),
        (Mention(((390, 401),), "number", number="1/QĐ"), "offsets"),
        (Mention(((5, 9), (7, 12)), "number", number="1/QĐ"), "offsets"),
        (Mention(((5, 9),), "number"), "without number"),
        (Mention(((5, 9),), "internal"), "without place"),
        (Mention(((5, 9),), "nummer"), "kind"),
        (Mention(((5, 9),), "name", relation="theo"), "relation"),
        (Mention(((5, 9),), "name", direction="up"), "direction"),
        (Mention(((5, 9),), "name", not_judged=("colour",)), "not_judged"),
    ],
)
def test_faults_are_found(mention: Mention, fault: str) -> None:
    assert any(fault in said for said in faults_of(file_of(mention)))


def test_a_moved_text_is_found() -> None:
    faults = faults_of(file_of(Mention(((5, 9),), "name")), "b" * len(TEXT))
    assert any("another surface" in fault for fault in faults)
    assert any("another one" in fault for fault in faults)


spans = st.tuples(st.integers(0, 380), st.integers(1, 15)).map(lambda pair: ((pair[0], pair[0] + pair[1]),))
mentions = st.builds(
    Mention,
    parts=spans,
    kind=st.sampled_from(KINDS),
    type=st.sampled_from([None, "Luật", "Nghị định"]),
    number=st.sampled_from([None, "1/2020/NĐ-CP", "02/NQ-CP"]),
    issuer=st.sampled_from([None, "Chính phủ", "Bộ trưởng Bộ Tài chính"]),
    date=st.sampled_from([None, "2020-01-02"]),
    year=st.sampled_from([None, 2020]),
    pinpoint=st.sampled_from([None, "khoản 1 Điều 2"]),
    relation=st.sampled_from([None, "căn cứ", "thay thế"]),
    direction=st.sampled_from([None, "active"]),
    use=st.sampled_from([None, "past", "rule"]),
    footnote=st.sampled_from([None, "3"]),
    optional=st.booleans(),
)
lists = st.lists(mentions, max_size=12, unique_by=lambda one: one.parts).map(
    lambda found: sorted(found, key=lambda one: one.parts)
)


@given(lists)
def test_gold_against_itself_is_perfect(gold: list[Mention]) -> None:
    tally = Tally()
    match = tally.add(gold, gold)
    assert match.missed == match.false == ()
    assert all(i == j for i, j in match.pairs)
    assert all(row[3] == row[4] == row[5] == row[6] == 1.0 for row in tally.span_rows())
    assert tally.right == tally.judged


@given(lists, lists)
def test_a_pairing_is_one_to_one_and_leaves_nothing_out(gold: list[Mention], found: list[Mention]) -> None:
    match = match_mentions(gold, found)
    left, right = [i for i, _ in match.pairs], [j for _, j in match.pairs]
    assert len(set(left)) == len(left)
    assert len(set(right)) == len(right)
    assert sorted([*right, *match.false]) == list(range(len(found)))
    assert sorted(
        [*left, *match.missed, *(i for i in range(len(gold)) if gold[i].optional and i not in left)]
    ) == list(range(len(gold)))
    for i, j in match.pairs:
        assert gold[i].start < found[j].end
        assert found[j].start < gold[i].end


@given(lists, lists)
def test_figures_stay_between_nought_and_one(gold: list[Mention], found: list[Mention]) -> None:
    tally = Tally()
    tally.add(gold, found)
    assert all(0.0 <= value <= 1.0 for row in tally.span_rows() for value in row[3:])
    assert all(tally.right[name] <= tally.judged[name] for name in tally.judged)
    assert all(exact <= overlap for *_, exact, overlap in ((row[3], row[6]) for row in tally.span_rows()))


@given(lists, st.data())
def test_losing_a_mention_costs_recall_only(gold: list[Mention], data: st.DataObject) -> None:
    firm = [i for i, one in enumerate(gold) if not one.optional]
    if not firm:
        return
    gone = data.draw(st.sampled_from(firm))
    found = [one for i, one in enumerate(gold) if i != gone]
    match = match_mentions(gold, found)
    if all(_apart(gold[gone], one) for one in found):
        assert match.missed == (gone,)
        assert match.false == ()


def _apart(one: Mention, other: Mention) -> bool:
    return one.end <= other.start or other.end <= one.start


@given(lists, lists, lists)
def test_gains_turn_into_losses_the_other_way(gold: list[Mention], old: list[Mention], new: list[Mention]) -> None:
    before, after = outcome_rows(gold, old, TEXT), outcome_rows(gold, new, TEXT)
    assert gains_and_losses(before, before) == []
    forth, back = gains_and_losses(before, after), gains_and_losses(after, before)
    marks = [[sum(line[0] == mark for line in lines) for mark in "+-~"] for lines in (forth, back)]
    assert marks[0] == [marks[1][1], marks[1][0], marks[1][2]]


def test_a_difference_is_told_by_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = Mention(((5, 20),), "number", "Luật", "1/2020/QH14", relation="căn cứ")
    other = Mention(((30, 40),), "name", "Luật", relation="căn cứ")
    runs = ([replace(one, relation=None)], [one, other, Mention(((100, 110),), "name", "Luật")])
    for name, run in zip(("old", "new"), runs, strict=True):
        (tmp_path / name).write_text(
            json.dumps({"bac-ninh": outcome_rows([one, other], run, TEXT)}), encoding="utf-8"
        )
    print_difference(tmp_path / "old", tmp_path / "new")
    said = capsys.readouterr().out
    assert "bac-ninh" in said
    assert "+ relation mended (None -> 'căn cứ')" in said
    assert "+ missed -> found: [30:40]" in said
    assert "- nothing -> false: [100:110]" in said
    assert "2 gains, 1 losses, 0 other changes" in said


@pytest.mark.parametrize(
    ("wanted", "got", "right"),
    [
        ("Bộ trưởng Bộ Tài chính", "Bộ Tài chính", True),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh", True),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Quảng Trị", True),
        ("Uỷ ban Thường vụ Quốc hội", "Ủy ban thường vụ Quốc hội", True),
        ("Chính phủ", "Thủ tướng Chính phủ", False),
        ("Bộ Y tế", None, False),
    ],
)
def test_bodies_are_compared_by_what_they_are(wanted: str, got: str | None, right: bool) -> None:
    gold, found = Mention(((0, 5),), "number", issuer=wanted), Mention(((0, 5),), "number", issuer=got)
    assert is_right("issuer", gold, found) is right


@given(st.integers(1, 9999), st.sampled_from(["NĐ-CP", "QĐ-UBND", "12-CTr/TU"]))
def test_numbers_are_compared_as_numbers(number: int, symbol: str) -> None:
    assert fold_number(f"0{number}/{symbol}") == fold_number(f" {number} / {symbol.lower()}")


def test_bodies_keep_their_difference() -> None:
    assert fold_body("Bộ Tài chính") != fold_body("Sở Tài chính")


def test_every_field_of_gold_is_scored() -> None:
    assert set(FIELDS) <= set(Mention.__dataclass_fields__)
    assert [name for name, *_ in Tally().field_rows() if name != "issuer implied"] == list(FIELDS)


def test_benchmarks_are_found_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmarks.main(["list"]) == 0
    names = capsys.readouterr().out.split()
    assert {"pdf", "citations", "text", "cli"} <= set(names)
    assert all((Path(benchmarks.__file__).parent / f"bench_{name}.py").is_file() for name in names)


def test_the_folder_of_gold_holds_gold_only() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {"dev", "test", "lookalikes.txt"}
