from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UnreadableFile
from kb.text.legacy import TCVN3, VNI, convert_legacy, detect_legacy, font_encoding
from kb.text.normalize import nfc

# Typed here by hand: (Unicode, TCVN3, VNI).
SENTENCES = [
    (
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Céng hßa x· héi chñ nghÜa ViÖt Nam",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
    ),
    ("Quyết định của Ủy ban nhân dân tỉnh", None, "Quyeát ñònh cuûa UÛy ban nhaân daân tænh"),
    ("thủ tục đăng ký, cấp giấy phép", "thñ tôc ®¨ng ký, cÊp giÊy phÐp", "thuû tuïc ñaêng kyù, caáp giaáy pheùp"),
    ("người được hưởng lương, phụ cấp", "ng\u00adêi ®\u00adîc h\u00adëng l\u00ad¬ng, phô cÊp", None),
    ("những chỗ ở mới trong khu vực", "nh÷ng chç ë míi trong khu vùc", "nhöõng choã ôû môùi trong khu vöïc"),
]


@pytest.mark.parametrize(("unicode", "tcvn3", "vni"), SENTENCES)
def test_both_encodings_give_the_same_words(unicode: str, tcvn3: str | None, vni: str | None) -> None:
    if tcvn3 is not None:
        assert convert_legacy(tcvn3, TCVN3) == unicode
    if vni is not None:
        assert convert_legacy(vni, VNI) == unicode


# TCVN3 has no codes for capitals with a tone: (as typed among capitals, as meant).
CAPITALS = [
    ("KÕ HO¹CH", "KẾ HOẠCH"),
    ("ñY BAN NH¢N D¢N\nTØNH KH¸NH HßA", "ỦY BAN NHÂN DÂN\nTỈNH KHÁNH HÒA"),
    ("KT. CHñ TÞCH", "KT. CHỦ TỊCH"),
    ("Sè: 15/Q§-UB", "Số: 15/QĐ-UB"),
    ("A. Môc tiªu cña HuyÖn", "A. Mục tiêu của Huyện"),
    ("Bé Y tÕ", "Bộ Y tế"),
]


@pytest.mark.parametrize(("typed", "meant"), CAPITALS)
def test_marked_letters_among_capitals_are_capitals(typed: str, meant: str) -> None:
    assert convert_legacy(typed, TCVN3) == meant


FOREIGN = [
    "Le président de la République a présenté hier à l'Assemblée nationale un projet de loi préparé.",
    "Über die Änderung des Gesetzes müssen wir noch sprechen, bevor die Prüfung abgeschlossen ist.",
    "El señor Muñoz compró una casa en España; su niña está allí también.",
    "Plain ASCII text about nothing in particular.",
    "Thực hiện Nghị quyết, Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính năm 2025.",
    "",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_other_languages_and_unicode_are_left_alone(text: str) -> None:
    assert detect_legacy(text * 3) is None
    assert detect_legacy(nfc(text)) is None


def test_decomposed_unicode_is_not_taken_for_an_old_encoding() -> None:
    assert detect_legacy("Nghị định của Chính phủ về các thủ tục" * 3) is None


@pytest.mark.parametrize("encoding", ["VISCII", "VPS", "BKHCM2", ""])
def test_an_encoding_without_a_table_is_refused_by_name(encoding: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        convert_legacy("abc", encoding)
    assert encoding in refused.value.vi and encoding in refused.value.en


FONTS = [
    (".VnTime", (TCVN3, False)),
    ("ABCDEF+.VnTime-Bold", (TCVN3, False)),
    (".VnTimeH", (TCVN3, True)),
    ("QWERTY+.VnArialH-Bold", (TCVN3, True)),
    ("VNI-Times", (VNI, False)),
    ("ABCDEF+VNI-Helve-Bold", (VNI, False)),
    ("TimesNewRomanPSMT", (None, False)),
    ("ABCDEF+Vnesa", (None, False)),
]


@pytest.mark.parametrize(("name", "expected"), FONTS)
def test_a_font_name_tells_its_encoding(name: str, expected: tuple[str | None, bool]) -> None:
    assert font_encoding(name) == expected


@given(st.text())
def test_any_text_is_judged_and_converted_without_failing(text: str) -> None:
    found = detect_legacy(text)
    for encoding in (TCVN3, VNI):
        assert nfc(convert_legacy(text, encoding)) == convert_legacy(text, encoding)
    assert found in (None, TCVN3, VNI)
