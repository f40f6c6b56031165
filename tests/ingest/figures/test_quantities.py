from __future__ import annotations

import re
import re._parser as parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import Case, load_cases
from ingest.figures import masks
from ingest.figures.masks import MASKS, Mask
from ingest.figures.measures import measure
from ingest.figures.quantities import find_quantities, parse_decimal


@pytest.mark.parametrize(
    "case", [*load_cases("quantities"), *load_cases("numbers_in_words")], ids=lambda case: case.id
)
def test_quantities_of_a_line(case: Case) -> None:
    found = []
    for quantity in find_quantities(case.text):
        measured = measure(case.text, quantity)
        value = f"{quantity.value}/{quantity.of}" if quantity.of else quantity.value
        found.append(f"{value} {measured.unit} | {measured.what} | {measured.period}")
    assert ("\n".join(found) or "-") == case.expected


@pytest.mark.parametrize("mask", MASKS, ids=lambda mask: mask.name)
def test_what_only_looks_like_a_quantity_is_none(mask: Mask) -> None:
    found = re.search(r"\[(.*?)\]", mask.example)
    assert found
    text = mask.example.replace("[", "").replace("]", "")
    low, high = found.start(), found.end() - 2
    assert not [q for q in find_quantities(text) if low <= q.start < high]


def beginnings(parts: object) -> set[tuple[str, bool]]:
    """The letters that a pattern may begin with, as read by Python's own parser, and whether more may follow."""
    found = {("", True)}
    for what, about in parts:
        if what in (parser.AT, parser.ASSERT, parser.ASSERT_NOT):
            continue
        if what is parser.LITERAL:
            more = {(chr(about), chr(about).isalpha())}
        elif what is parser.IN and all(one is parser.LITERAL for one, _ in about):
            more = {(chr(letter), chr(letter).isalpha()) for _, letter in about}
        elif what is parser.SUBPATTERN:
            more = beginnings(about[3])
        elif what is parser.BRANCH:
            more = set().union(*map(beginnings, about[1]))
        elif what in (parser.MAX_REPEAT, parser.MIN_REPEAT):
            more = beginnings(about[2]) | ({("", True)} if about[0] == 0 else set())
        else:
            more = {("", False)}
        ended = {(word, goes_on) for word, goes_on in found if not goes_on}
        found = ended | {(word + end, goes_on) for word, _ in found - ended for end, goes_on in more}
        if found == ended:
            break
    return found


@pytest.mark.parametrize("mask", MASKS, ids=lambda mask: mask.name)
def test_words_that_masks_begin_with_are_known(mask: Mask) -> None:
    began = {re.match(r"[^\W\d_]*", word)[0] for word, _ in beginnings(parser.parse(mask.pattern, re.MULTILINE))}
    small = {word for word in began if len(word) > 1 and word.islower()}
    # "fax: số 12", "quý IV": what may stand behind a word without a space is no word of its own.
    joined = {word for word in small if any(word != one and word.startswith(one) for one in small)}
    assert mask.name == "address" or small - joined <= masks._FIRST_WORDS


_LINES = sorted(
    {
        line
        for kind in ("quantities", "checks", "numbers")
        for case in load_cases(kind)
        for line in case.text.split("\n")
    }
)
_PIECES = st.sampled_from(
    [*(re.sub(r"[\[\]]", "", mask.example) for mask in MASKS), *" ,;.:-/(5", "năm 2024", "12 hồ sơ", "và", "từ"]
)


@given(
    st.one_of(
        st.sampled_from(_LINES),
        st.lists(_PIECES, max_size=8).map(" ".join),
        st.lists(_PIECES, max_size=8).map("".join),
    )
)
def test_masks_tried_near_digits_hide_what_masks_tried_everywhere_do(text: str) -> None:
    near = find_quantities.__wrapped__(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(masks, "_spans_of_masks", masks._spans_everywhere)
        assert find_quantities.__wrapped__(text) == near


@given(st.integers(0, 10**12))
def test_whole_numbers_with_points_come_back(value: int) -> None:
    assert parse_decimal(f"{value:,}".replace(",", ".")) == str(value)


@given(st.decimals(0, 10**6, places=2))
def test_decimals_with_a_comma_come_back(value) -> None:
    assert float(parse_decimal(f"{value:.2f}".replace(".", ","))) == float(value)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.printed
        measure(text, quantity)


def test_words_far_away_do_not_measure() -> None:
    near, far = (f"Năm 2024 {'chữ ' * count} 5 hồ sơ" for count in (20, 2000))
    assert [measure(text, *find_quantities(text)).period for text in (near, far)] == ["Năm 2024", None]


def test_a_long_row_of_numbers_in_turn_is_read_at_once() -> None:
    """Its clause once took time that doubled with every digit."""
    numbers = ", ".join(f"{number}.{number:03} hộ" for number in range(101, 131))
    text = f"Số hộ nghèo năm 2023 và năm 2024 lần lượt là {numbers}; cả huyện 9.200 hộ."
    assert len([measure(text, quantity) for quantity in find_quantities(text)]) > 30


def test_quantities_in_turn_have_the_years_in_their_order() -> None:
    text = "Tỷ lệ năm 2023 và năm 2024 lần lượt là 70,5% và 80,25%."
    periods = [measure(text, quantity).period for quantity in find_quantities(text)]
    assert periods[-2:] == ["năm 2023", "năm 2024"]
