"""`cancu search` and `cancu saved` as a person and a program meet them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import ingest_paths
from kb.search.meaning_door.encoder import has_encoder
from kb.settings import Settings
from webapp.cli.options import laid

TEXT = """UBND TỈNH AN GIANG
Số: 7/KH-UBND
An Giang, ngày 05 tháng 3 năm 2030

KẾ HOẠCH
Cải cách hành chính năm 2030

1. Mục tiêu
Mức độ hài lòng của người dân đạt 95%.
"""

HIT = {"work", "unit", "number", "title", "heading", "snippet", "score", "line", "page", "status"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kho")
    (folder / "kh.txt").write_text(TEXT, encoding="utf-8")
    ingest_paths(Settings.load(folder / "home"), [folder / "kh.txt"], jobs=1)
    return folder / "home"


def run(base: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from webapp.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, "--home", str(base), *arguments], capture_output=True, text=True, check=False
    )


def asked(base: Path, *arguments: str) -> dict[str, Any]:
    done = run(base, "search", "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_shape_of_the_contract(base: Path) -> None:
    answer = asked(base, "mức độ hài lòng")
    assert {"query", "total", "took_ms", "hits", "facets", "did_you_mean"} <= answer.keys()
    assert {"type", "issuer", "year", "status"} <= answer["facets"].keys()
    hit = answer["hits"][0]
    assert hit.keys() >= HIT
    assert (hit["number"], hit["line"], hit["status"]) == ("7/KH-UBND", 9, "Không xác định")
    assert "Mức độ hài lòng" in hit["snippet"]


def test_words_need_no_quotation_marks(base: Path) -> None:
    assert asked(base, "kh", "7")["hits"][0]["number"] == "7/KH-UBND"
    assert asked(base, "CCHC")["total"] == asked(base, "cải cách hành chính")["total"] > 0


def test_filters(base: Path) -> None:
    assert asked(base, "hài lòng", "--type", "Kế hoạch", "--year", "2030")["total"]
    assert asked(base, "hài lòng", "--type", "Nghị định")["total"] == 0


def test_nothing_typed_is_a_wrong_use_and_no_base_says_so(base: Path, tmp_path: Path) -> None:
    assert run(base, "search").returncode == 2
    done = run(tmp_path / "không", "search", "x")
    assert done.returncode == 1 and "chưa có kho" in done.stderr and "Traceback" not in done.stderr


def test_any_query_ends_well(base: Path) -> None:
    for query in ('"', "(((", "năm:[", "NOT", "*", "a" * 5000, "-- 5"):
        done = run(base, "search", "--format", "json", "--", query)
        assert done.returncode == 0, (query, done.stderr)


def test_saved(base: Path) -> None:
    run(base, "search", "hài lòng", "--save", "Hài lòng")
    assert "Hài lòng\thài lòng" in run(base, "saved").stdout
    assert json.loads(run(base, "saved", "hài lòng", "--format", "json").stdout)["total"] > 0
    assert run(base, "saved", "hài lòng", "--remove").returncode == 0
    assert run(base, "saved", "hài lòng").returncode == 1


def test_for_people(base: Path) -> None:
    done = run(base, "search", "hài lòng")
    assert "Kế hoạch 7/KH-UBND" in done.stdout and "dòng 9" in done.stdout
    assert "tìm các từ: hài lòng" in done.stderr


@pytest.mark.skipif(not has_encoder(), reason="the model is an extra, and not installed")
def test_passages_are_read_for_what_they_mean(tmp_path: Path) -> None:
    (tmp_path / "kh.txt").write_text(TEXT, encoding="utf-8")
    ingest_paths(Settings.load(tmp_path / "home"), [tmp_path / "kh.txt"], jobs=1)
    first = run(tmp_path / "home", "meaning")
    assert (first.returncode, first.stdout) == (0, "")
    assert "passages read" in first.stderr and "0 passages" not in first.stderr
    assert "0 passages read" in run(tmp_path / "home", "meaning").stderr
    assert "xếp thêm theo nghĩa" in asked(tmp_path / "home", "mức độ hài lòng của dân")["explanation"]


def test_places_and_the_documents_that_hold_them_are_counted_both(base: Path) -> None:
    told = run(base, "search", '"người dân đạt 95%"').stderr
    assert re.search(r"1 chỗ trong 1 văn bản, \d+ ms \(1 place in 1 document\)", told), told
    one = run(base, "search", "cải cách hành chính", "-n", "1").stderr
    assert re.search(r"\d+ chỗ; ở đây 1 chỗ trong 1 văn bản", one), one


def test_a_line_is_laid_into_a_terminal_between_words() -> None:
    words = "dòng 1234  Cần xem  FIG-207  lời văn ghi 78,04%; Phụ lục 3, dòng “Tỷ lệ hồ sơ số hóa”, ghi 84,18"
    laid_out = laid(words, 12, 60).split("\n")
    assert max(map(len, laid_out)) <= 60 and all(line.startswith(" " * 12) for line in laid_out[1:])
    assert " ".join(" ".join(laid_out).split()) == " ".join(words.split())
    assert laid(words, 12, 0) == words
