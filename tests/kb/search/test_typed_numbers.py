"""A number finds its document first, however hands, files and scanners wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.search.home import open_engine
from kb.search.index import SearchIndex, Wanted
from kb.search.rows import WorkFacts, make_rows
from kb.settings import Settings
from kb.text.normalize import fold, nfc

#: Figure, year, codes of type and body, type, body, whether the year is printed in the number, whether it is held.
_NUMBERS = (
    ("34", 2016, "NĐ", "CP", "Nghị định", "Chính phủ", True, True),
    ("34", 2019, "TT", "BTC", "Thông tư", "Bộ Tài chính", True, True),
    ("07", 2012, "QĐ", "TTg", "Quyết định", "Thủ tướng Chính phủ", True, False),
    ("07", 2012, "TT", "BNV", "Thông tư", "Bộ Nội vụ", True, True),
    ("1718", 2023, "QĐ", "UBND", "Quyết định", "Ủy ban nhân dân tỉnh An Giang", False, True),
    ("1718", 2021, "KH", "UBND", "Kế hoạch", "Ủy ban nhân dân tỉnh An Giang", False, True),
    ("58", 2025, "NQ", "HĐND", "Nghị quyết", "Hội đồng nhân dân tỉnh An Giang", True, True),
    ("76", 2021, "NQ", "CP", "Nghị quyết", "Chính phủ", False, False),
    ("120", 2024, "CT", "TTg", "Chỉ thị", "Thủ tướng Chính phủ", False, True),
)
#: Ways of typing them; those of the second table where the year is printed in the number.
_WAYS = (
    "{n}", "{n}.", "({n})", '"{n}"', "Số: {n}", "{t} {n}", "{t} số {n}", "{t} số {n} ngày 01/3/{y}",
    "theo {t} {n}, rồi", "{f} {c} {i}", "{f}/{c} {i}", "{f}/{c}{i}", "{f} {c}{i}", "{f}{c}{i}", "{f}/{c}/{i}",
    "{f} - {c} - {i}", "{f}-{c}-{i}", "{c} {f} {i}", "{c} {f}/{i}", "{c} {i} {f}", "{c}-{i} {f}",
    "{c}-{i} số {f}/{y}", "so {f} {c} {i} nam {y}", "{c} {f} {y}", "{c} {f}/{y}", "{c}{f}/{y}", "{c}-{f}/{y}",
    "{c}. {f}/{y}", "{c} {f} năm {y}", "{f} {y} {c} {i}", "{f}/{y} {c}{i}", "{f}/{y}/{c}", "{t} {f}/{y}",
    "{t} 0{f} năm {y}", "{t} {f} của {b} năm {y}", "{t} {f} {b} {y}", "{t} của {b} số {f} năm {y}",
    "cho hỏi {t} số {f} năm {y} còn không", "{t} {w} năm {y}", "{t} số {w} năm {y}",
)  # fmt: skip
_WAYS_OF_YEARS = (
    "{f}/{z}/{c}-{i}", "{f} {y} {c} {i}", "{f}.{y}.{c}.{i}", "{f}.{y}.{c}-{i}.docx", "{c}.{f}.{y}.{c}.{i}.pdf",
    "{f}\\{y}\\{c}-{i}", "{f}_{y}_{c}_{i}", "{f}_{y}_{c}-{i}.pdf", "{f}//{y}/{c}-{i}", "{f}/{o}/{c}-{i}",
    "{f}/{y}/{c}- {i}", "{c}{f}/{y}/{i}", "{t} {f}/{z}",
)  # fmt: skip
_UNITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _in_words(figure: int) -> str:
    if figure < 100:
        tens, ones = divmod(figure, 10)
        return " ".join(filter(None, (f"{_UNITS[tens]} mươi" if tens else "", _UNITS[ones])))
    return f"{_UNITS[figure // 100]} trăm {_in_words(figure % 100)}"


def _typed() -> Iterator[tuple[str, str]]:
    for figure, year, code, body_code, kind, body, dated, _ in _NUMBERS:
        number = f"{figure}/{year}/{code}-{body_code}" if dated else f"{figure}/{code}-{body_code}"
        words = _in_words(int(figure)) if int(figure) < 1000 else figure
        years = {"y": year, "z": f"{year % 100:02}", "o": str(year).replace("0", "O")}
        names = {"c": code, "i": body_code, "t": kind.lower(), "b": body}
        said = {"n": number, "f": figure.lstrip("0"), "w": words, **years, **names}
        for way in (*_WAYS, *(_WAYS_OF_YEARS if dated else ())):
            yield number, way.format(**said)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    folder: Path = tmp_path_factory.mktemp("numbers")
    engine = open_engine(Settings(folder, "sqlite://", "tantivy"))
    for figure, year, code, body_code, kind, body, dated, held in _NUMBERS:
        number = f"{figure}/{year}/{code}-{body_code}" if dated else f"{figure}/{code}-{body_code}"
        facts = WorkFacts(
            number, number, kind, issuer=body, issued=f"{year}-03-01", title="Về bến thủy nội địa", held=held
        )
        engine.update(make_rows(facts, []))
    found = SearchIndex(engine)
    yield found
    engine.close()


@pytest.mark.parametrize("shown", [str, str.lower, str.upper, lambda typed: fold(nfc(typed))])
def test_a_number_finds_its_document_first_however_it_is_typed(index: SearchIndex, shown: object) -> None:
    assert callable(shown)
    missed = []
    for number, typed in _typed():
        hits = index.search(Wanted(shown(typed), date(2026, 1, 1), facets=False)).hits
        if not hits or hits[0].work != number:
            missed.append((shown(typed), number, hits[0].work if hits else None))
    assert not missed, "\n".join(map(str, missed))


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("nđ34/2016", ["34", "2016"]), ("NĐ34", ["34"]), ("34/2016/NĐ-CP", ["34", "2016", "NĐ", "CP"])],
)
def test_a_number_is_marked_however_it_is_typed(index: SearchIndex, typed: str, marked: list[str]) -> None:
    hit = index.search(Wanted(typed, date(2026, 1, 1), facets=False)).hits[0]
    assert [hit.snippet[start:end] for start, end in hit.marks if start < hit.snippet.index(" Về")] == marked
