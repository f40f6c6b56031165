"""Loose words and the shares between which each may lie."""

from __future__ import annotations

import pytest

from graphs.checks.reading.loose import HEDGES, PARTS, ShareWord, loose_in, share_words
from graphs.checks.report import Subject, Tally
from graphs.checks.restated.loose_words import check_loose_words
from ingest.analysis import analyse
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of


def told(text: str) -> bool:
    """Whether a sentence is told."""
    source = source_of("bao-cao.txt", text.encode())
    read = analyse(build_document(source, read_source(source, text.encode())))
    return bool(
        list(check_loose_words(Subject(read.document, read.citations, read.figures, read.targets), Tally()))
    )


@pytest.mark.parametrize("row", share_words(), ids=lambda row: row.words)
def test_each_word_has_a_share_that_it_fits_and_one_that_it_does_not(row: ShareWord) -> None:
    for example, wrong in ((row.holds, False), (row.breaks, True)):
        share, _, word = example.partition(", ")
        assert told(f"Đến nay {share} có đường bê tông, {word} số thôn của huyện.") is wrong, example


@pytest.mark.parametrize("part, value", PARTS, ids=[words for words, _ in PARTS])
def test_a_part_behind_each_word_lies_on_its_side(part: str, value: object) -> None:
    words = part.removeprefix("(?:một |phân )?")
    lower = next(loose_in(f"gần {words}"))
    upper = next(loose_in(f"hơn {words}"))
    assert lower.low < lower.high <= upper.low + 1 < upper.high
    assert lower.fits(lower.high) and upper.fits(upper.low) and not upper.fits(lower.low)


def test_numbers_may_lie_so_many_steps_away() -> None:
    spans = {
        one.words: (float(one.low), float(one.high)) for one in loose_in("hơn 90%; gần 94%; khoảng 25%; dưới 5%")
    }
    assert spans == {
        "hơn 90%": (89.95, 120.05),
        "gần 94%": (92.45, 94.05),
        "khoảng 25%": (19.95, 30.05),
        "dưới 5%": (0.0, 5.05),
    }
    assert len(HEDGES) == 5
