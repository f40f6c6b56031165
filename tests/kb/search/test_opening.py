"""Provisions that open with what was typed."""

from __future__ import annotations

from kb.search.opening import opening_shares

WORDS = {"cuc": 1.0, "duong": 1.0, "thuy": 2.0}
OPENS = {"kind": "provision", "folded": "3 trach nhiem cua cuc duong thuy noi dia"}
MENTIONS = {
    "kind": "provision",
    "folded": "4 trach nhiem " + "cua cang vu hang hai " * 8 + "cuc duong thuy noi dia",
}
PARAGRAPH = {"kind": "paragraph", "folded": OPENS["folded"]}


def test_a_provision_that_opens_with_the_words_gains() -> None:
    opens, mentions = opening_shares(WORDS, [OPENS, MENTIONS])
    assert opens > 1 > mentions


def test_only_provisions_have_openings() -> None:
    assert opening_shares(WORDS, [PARAGRAPH, MENTIONS])[0] == 1.0


def test_hits_that_open_alike_stay() -> None:
    assert opening_shares(WORDS, [OPENS, OPENS]) == [1.0, 1.0]
    assert opening_shares({}, [OPENS, MENTIONS]) == [1.0, 1.0]
    assert opening_shares(WORDS, []) == []
