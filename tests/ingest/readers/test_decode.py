from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.decode import convert_passages, decode_text
from kb.errors import UnreadableFile

SENTENCE = "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân tỉnh quyết định về việc thực hiện."
# The same words in the old code pages, as bytes.
TCVN3 = "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng, Uû ban nh©n d©n tØnh quyÕt ®Þnh vÒ viÖc thùc hiÖn.".encode(
    "latin-1"
)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (SENTENCE.encode(), []),
        (SENTENCE.encode("utf-8-sig"), []),
        (codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"), []),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), []),
        (SENTENCE.encode("utf-16-le"), ["text.converted"]),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big", "utf-16 without mark"],
)
def test_unicode_by_any_door(data: bytes, codes: list[str]) -> None:
    text, problems = decode_text(data)
    assert text == SENTENCE
    assert [problem.code for problem in problems] == codes


def test_windows_1258_is_composed_again() -> None:
    # Its tones are letters of their own: "ệ" is "ê" and a dot below.
    data = _windows_1258(SENTENCE)
    text, problems = decode_text(data)
    assert text == SENTENCE
    assert "windows-1258" in problems[0].en


def test_tcvn3_is_converted_and_said() -> None:
    text, problems = decode_text(TCVN3)
    assert "Luật Tổ chức chính quyền địa phương" in text
    assert "TCVN3" in problems[0].vi


def test_what_cannot_be_told_is_refused_by_name() -> None:
    with pytest.raises(UnreadableFile) as caught:
        decode_text("Straße und Größe, naïve façade, déjà vu".encode("latin-1") * 20)
    assert caught.value.code == "text.encoding"
    assert "UTF-8" in caught.value.vi


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"MZ\x90\x00\x03\x00\x00\x00", b"abc\x00def"])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        decode_text(data)
    assert caught.value.code == "file.binary"


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    text = SENTENCE * 3 + "\x02" + SENTENCE
    assert decode_text(text.encode()) == (text, ())
    text = SENTENCE * 20 + "\x00 Tiếp nhận hồ sơ"
    assert decode_text(text.encode()) == (text, ())


def test_one_nul_in_a_short_text_of_words_is_a_slip() -> None:
    text = SENTENCE + "\x00 Tiếp nhận hồ sơ"
    assert decode_text(text.encode()) == (text, ())


def test_lines_of_an_old_font_inside_unicode_are_converted_and_counted() -> None:
    # Pasted under its heading: the heading alone would be too short to tell.
    pasted = "KÕ ho¹ch\nTû lÖ hå s¬ gi¶i quyÕt ®óng h¹n cña c¸c c¬ quan theo quy ®Þnh cña ChÝnh phñ.\nCác trang\n"
    text, problems = decode_text(f"{SENTENCE}\n{pasted}{SENTENCE}\n".encode())
    assert text == (
        f"{SENTENCE}\nKế hoạch\nTỷ lệ hồ sơ giải quyết đúng hạn của các cơ quan theo quy định của Chính phủ.\n"
        f"Các trang\n{SENTENCE}\n"
    )
    assert [(problem.code, problem.vi[:7]) for problem in problems] == [("text.converted", "2 dòng ")]


def test_signs_and_names_that_only_look_like_codes_stay() -> None:
    text = f"{SENTENCE}\nGiá: 5 µg · §3 ¶ © 2024\nCông ty «Société Générale» à Genève, Straße 5, señor\n{SENTENCE}"
    assert decode_text(text.encode()) == (text, ())


def test_lines_that_cannot_keep_their_length_are_said() -> None:
    line = "Tyû leä hoà sô giaûi quyeát ñuùng haïn cuûa caùc cô quan theo quy ñònh cuûa Chính phuû."
    text, problems = convert_passages(f"{SENTENCE}\n{line}\n", same_length=True)
    assert text == f"{SENTENCE}\n{line}\n"
    assert [problem.code for problem in problems] == ["text.legacy"]
    assert problems[0].spans[0].cut(text) == line
    assert "của các cơ quan" in convert_passages(f"{SENTENCE}\n{line}\n")[0]


def test_a_broken_utf_16_file_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        decode_text(codecs.BOM_UTF16_LE + b"\x00\xd8\x41")


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"), max_codepoint=0x2FFF) | st.sampled_from("\r\n\t")))
def test_utf_8_text_is_kept_letter_by_letter(text: str) -> None:
    if not text.startswith("\ufeff"):
        decoded, problems = decode_text(text.encode())
        assert decoded == text or problems


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_refusal(data: bytes) -> None:
    try:
        decode_text(data)
    except UnreadableFile as error:
        assert error.vi and error.en


def _windows_1258(text: str) -> bytes:
    """Letters that the code page has, then tone marks."""
    packed = bytearray()
    for letter in text:
        try:
            packed += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
            packed += (shape + "".join(tones)).encode("cp1258")
    return bytes(packed)
