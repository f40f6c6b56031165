"""What another place of a paper tells of a target, on every face."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from openpyxl import load_workbook

from cases import Case, load_cases
from graphs.base import open_base
from ingest.analysis import Analysis, analyse
from ingest.document import text_document
from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app
from webapp.cli.analysed import Rows
from webapp.cli.targets import command
from webapp.target_trace import trace_target
from webapp.views.targets import coverage

REPORT = """ỦY BAN NHÂN DÂN
TỈNH BÌNH AN

Số: 45/BC-UBND

Bình An, ngày 10 tháng 12 năm 2025

BÁO CÁO
Kết quả phát triển thư viện giai đoạn 2021-2025

Chương trình đặt ra các mục tiêu giai đoạn 2021-2025 như sau:

- Tối thiểu 70% thư viện xã có phòng đọc dành cho trẻ em.

- 100% thư viện huyện lập mục lục điện tử cho kho sách.

- Tối thiểu 50% trường tiểu học có giờ đọc sách hằng tuần.

Phụ lục
Kết quả thực hiện mục tiêu giai đoạn 2021-2025

STT	Mục tiêu	Kết quả đạt được	Đánh giá
1	Tối thiểu 70% thư viện xã có phòng đọc dành cho trẻ em	Thư viện xã có phòng đọc đạt 74,5%	Đạt
2	100% thư viện huyện lập mục lục điện tử cho kho sách	Mới 08 thư viện lập xong	Không đạt
"""
WORK = "45-bc-ubnd.binh-an.2025-12-10"
MATRIX = f"/van-ban/{WORK}/chi-tieu"


def told(rows: Rows) -> Iterator[str]:
    """Level, result, verdict of each target; what another place tells behind ``~``, with its line."""
    for target in rows.analysis.targets:
        row = rows.target(target)
        yield f"{row['value']} | {_place(row['result'], row)} | {_place(row['verdict_place'], row)}"


def _place(place: object, row: dict[str, object]) -> str:
    if not isinstance(place, dict):
        return "-"
    words = (place["value"] or place["text"]) if "text" in place else row["verdict"]
    return f"~{words} dòng {place['line']}" if place["elsewhere"] else str(words)


@pytest.mark.parametrize("case", load_cases("told_elsewhere"), ids=lambda case: case.id)
def test_what_another_place_tells(case: Case) -> None:
    assert "\n".join(told(Rows(analyse(text_document(case.text))))) == case.expected


@pytest.fixture(scope="module")
def report() -> Analysis:
    return analyse(text_document(REPORT))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("kho")
    path = home / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    ingest_paths(settings, [path], jobs=1)
    return settings


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    with create_app(settings).test_client() as client:
        yield client


def test_places_cut_the_words_that_tell(report: Analysis) -> None:
    row = Rows(report).target(report.targets[0])
    result, verdict = row["result"], row["verdict_place"]
    assert isinstance(result, dict) and isinstance(verdict, dict)
    assert REPORT[result["start"] : result["end"]] == "Thư viện xã có phòng đọc đạt 74,5%"
    assert REPORT[verdict["start"] : verdict["end"]] == "Đạt"
    assert result["elsewhere"] == verdict["elsewhere"] == report.targets[3].id


def test_a_goal_told_twice_counts_once(report: Analysis) -> None:
    found = coverage(report.targets)
    assert (found["total"], found["places"]) == (3, 5)
    assert (found["met"], found["unmet"], found["divided"], found["unjudged"]) == (1, 1, 0, 1)


def test_the_terminal_says_that_it_is_told_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    shown = CliRunner().invoke(command, [str(path), "--home", str(tmp_path / "kho")]).output
    assert re.search(r"kết quả nêu ở chỗ khác \(dòng 23, t-[0-9a-f]+\): 74,5%", shown)
    assert re.search(r"đánh giá nêu ở chỗ khác \(dòng 24, t-[0-9a-f]+\): Không đạt", shown)


def test_a_trace_leads_to_the_place_that_tells(settings: Settings, report: Analysis) -> None:
    target = report.targets[0]
    with open_base(settings) as store:
        row = trace_target(store, report, target, f"bao-cao.txt#{target.id}", "2025-12-10")
    edges = [edge for edge in row["edges"] if edge.get("told")]
    assert [edge["relation"] for edge in edges] == ["kết quả nêu ở chỗ khác", "đánh giá nêu ở chỗ khác"]
    assert [edge["evidence"]["text"] for edge in edges] == ["Thư viện xã có phòng đọc đạt 74,5%", "Đạt"]
    assert {edge["target"] for edge in edges} <= {node["work"] for node in row["nodes"]}


def test_the_pages_lead_to_the_place_that_tells(client: FlaskClient, report: Analysis) -> None:
    matrix = client.get(MATRIX).text
    assert matrix.count("Kết quả nêu ở chỗ khác") == 2
    place = re.search(rf'href="/van-ban/{WORK}#(bang-1-\d)"', matrix)
    assert place is not None and f'<tr id="{place[1]}"' in client.get(f"/van-ban/{WORK}").text
    assert "<strong>3</strong> chỉ tiêu, nêu ở <strong>5</strong> chỗ" in matrix
    trace = client.get(f"{MATRIX}/{report.targets[1].id}").text
    assert "kết quả nêu ở chỗ khác" in trace and "Không đạt" in trace and "Mới 08 thư viện" in trace
    # What is shown is what is asked for.
    assert len(re.findall(r'<tr id="t-', client.get(f"{MATRIX}?danh-gia=Không đạt").text)) == 2


def test_the_workbook_leads_to_the_row_that_tells(client: FlaskClient) -> None:
    page = load_workbook(BytesIO(client.get(f"{MATRIX}.xlsx").data)).worksheets[0]
    heads = [cell.value for cell in page[1]]
    cells = dict(zip(heads, page[2], strict=True))
    assert cells["Số đạt được"].value == 74.5
    place = cells["Nêu ở chỗ khác"]
    assert place.value.startswith("kết quả nêu ở chỗ khác: dòng 23, t-")
    assert place.hyperlink.location == "'Chỉ tiêu'!A5"
