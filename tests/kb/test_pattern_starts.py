"""What a pattern finds is what Python's own compiler finds: only where it is tried may differ."""

from __future__ import annotations

import _sre
import re
import re._compiler as compiler
import re._parser as parser
from array import array
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

from kb.pattern_starts import code_of

TEXT = """Đến ngày 31/12/2024, toàn tỉnh CÓ 1.250 hộ thoát nghèo (tăng 12,5% so với năm 2023); đạt 104,2% kế hoạch.
\tTrong đó: huyện Suối Vàng 320 hộ, xã Đá Bạc 45 hộ – “cao nhất” từ trước đến nay…
II. NHIỆM VỤ: phấn đấu đến năm 2030 không còn hộ nghèo; ſố liệu K\u212a\u0130ı\U0001f600\U00010400\ud800 đặc biệt.
a) Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2021; https://so.example.vn/a?b=1
"""
FORMS = (
    r"\bnăm\b",
    r"(?<!\d)\d{1,3}(?:\.\d{3})+",
    r"(?:^|[.;]\s)\W{0,3}(?:đến|trong)",
    r"(?<!tính )\b(?:đến|hết|trước)\s+(?:ngày|năm)",
    r"(?=[BTbt])(?<!\w)trong",
    r"(?:x*|y?)(?:hộ|xã)",
    r"(?P<q>[“\"])?(?P<w>cao)(?(q)\snhất)",
    r"(?P<a>h)?(?P<b>ộ|ã)(?P=b)*",
    r"(?>không|kế)",
    r"(?:ab|)*+[đĐ]",
    r"[^\W\d_]+(?:\s[^\W\d_]+)*",
    r"[^a-zđ]{2,}?\s",
    r"(?i:[a-c])|(?-i:[ĐX])|\d",
    r"\B.\B",
    r"(?s:.)n",
    r"^\W*[IVX]+\.",
    r"\Aừ|\S+\Z",
    r"(?!)|s",
    "k|s|i|ı|\u1e9e",
    "[\U0001f600-\U0001f640]|\U00010400",
    "\ud800?",
    "",
)
FLAGS = (0, re.IGNORECASE, re.MULTILINE, re.IGNORECASE | re.DOTALL, re.ASCII, re.ASCII | re.IGNORECASE, re.VERBOSE)


def places(pattern: re.Pattern[str], text: str) -> list[Any]:
    return [(found.regs, found.lastindex) for found in pattern.finditer(text)]


def made(words: str, flags: int) -> re.Pattern[str]:
    parsed = parser.parse(words, flags)
    code = array("I", code_of(parsed, flags)).tolist()
    groups = parsed.state.groups
    return _sre.compile(words, flags | parsed.state.flags, code, groups - 1, {}, (None,) * groups)  # type: ignore[no-any-return]


@pytest.mark.parametrize("flags", FLAGS)
@pytest.mark.parametrize("words", FORMS)
def test_finds_what_the_compiler_finds(words: str, flags: int) -> None:
    for text in (TEXT, TEXT.upper(), TEXT[::-1], "", "đ", "n" * 5):
        plain, pattern = compiler.compile(words, flags), made(words, flags)
        assert places(pattern, text) == places(plain, text)
        assert [pattern.search(text, at) is None for at in range(9)] == [
            plain.search(text, at) is None for at in range(9)
        ]
        assert pattern.split(text) == plain.split(text) and pattern.sub("-", text) == plain.sub("-", text)


@pytest.mark.parametrize("words", [r"\bnăm\b", r"(?i)đạt|vượt", r"(?<!\d)\d", r"(?:^|;)\s", r"(?:(?:a|b)?c)+"])
def test_tells_what_a_match_begins_with(words: str) -> None:
    assert code_of(parser.parse(words), 0)[2] == 4 != compiler._code(parser.parse(words), 0)[2]


@pytest.mark.parametrize("words", ["năm", "[nN]ăm", "^x", r"\Ax", "a*", r"(?P<a>b)?(?P=a)|c", "x|"])
def test_leaves_what_needs_nothing_told(words: str) -> None:
    assert code_of(parser.parse(words, re.MULTILINE), re.MULTILINE) == compiler._code(
        parser.parse(words, re.MULTILINE), re.MULTILINE
    )


@pytest.mark.slow
@pytest.mark.parametrize("package", ["kb", "ingest", "graphs"])
def test_every_pattern_of_the_program_finds_the_same(package: str) -> None:
    root = import_module(package)
    known: dict[tuple[str, int], re.Pattern[str]] = {}
    for module in walk_packages(root.__path__, f"{package}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                known[value.pattern, value.flags] = value
    assert len(known) > 50
    for (words, flags), value in known.items():
        plain, pattern = compiler.compile(words, flags), made(words, flags)
        assert value.flags == plain.flags == pattern.flags
        for text in (TEXT, TEXT.upper()):
            assert places(pattern, text) == places(plain, text), words
