from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from ingest.pipeline import ingest_paths
from kb.models import Field, Metadata
from kb.settings import Settings
from webapp.app import create_app
from webapp.provisions import name_of

PLAN = """ỦY BAN NHÂN DÂN TỈNH BÌNH AN
Số: 45/KH-UBND
Bình An, ngày 05 tháng 3 năm 2019

KẾ HOẠCH
Rà soát văn bản quy phạm pháp luật năm 2019

I. MỤC ĐÍCH
1. Rà soát theo điểm b khoản 2 Điều 38 Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của Chính phủ.
2. Phân công theo khoản 1 Điều 38 Nghị định số 34/2016/NĐ-CP; việc tại mục này xong trước ngày 30/6/2019.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
ROOT = Path(__file__).resolve().parents[2]
REPORT = "/van-ban/118-bc-ubnd.binh-an.2024-12-20"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A base with a report, a plan that cites a printed decree by its articles, its change, the law above it."""
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    corpus = ROOT / "corpus" / "documents"
    names = ("nghi-dinh-92-2017-nd-cp.html", "nghi-dinh-34-2016-nd-cp.pdf", "luat-80-2015-qh13.txt")
    report = ROOT / "tests" / "reports" / "sound" / "bao-cao-cai-cach-hanh-chinh.txt"
    plan = home / "ke-hoach.txt"
    plan.write_text(PLAN, encoding="utf-8")
    ingest_paths(settings, [report, plan, *(corpus / name for name in names)], jobs=1)
    with create_app(settings).test_client() as client:
        yield client


def test_a_provision_says_how_many_cite_it_and_who(client: FlaskClient) -> None:
    page = client.get("/van-ban/34-2016-nd-cp").text
    for eid in ("art_38", "art_38__cla_2", "art_38__cla_2__pnt_b"):
        assert f'href="/van-ban/34-2016-nd-cp/duoc-dan?noi={eid}"' in page
    who = client.get("/van-ban/34-2016-nd-cp/duoc-dan?noi=art_38").text
    assert "Ai dẫn đến Điều 38" in who and "<strong>1</strong> văn bản" in who and "<strong>2</strong> chỗ" in who
    assert "45/KH-UBND" in who and "điểm b khoản 2 Điều 38" in who and "Rà soát theo điểm b" in who
    opened = re.search(r'href="(/van-ban/45-kh-ubnd[^"#]+)#(dan-\d+)"', who)
    assert opened is not None
    assert f'id="{opened[2]}"' in client.get(opened[1]).text


def test_a_citation_leads_to_the_provision_and_its_card_tells_it(client: FlaskClient) -> None:
    page = client.get("/van-ban/45-kh-ubnd.binh-an.2019-03-05").text
    led = re.search(r'href="/van-ban/34-2016-nd-cp#art_38__cla_2__pnt_b"[^>]*data-card="([^"]+)"', page)
    assert led is not None
    card = client.get(led[1].replace("&amp;", "&")).text
    assert "điểm b khoản 2 Điều 38 Nghị định 34/2016/NĐ-CP" in card
    assert "Văn bản gốc hết hiệu lực một phần" in card and "Lược thuật" in card
    assert "<html" not in card
    absent = client.get("/tac-pham/34-2016-nd-cp/the?noi=điều 174/khoản 2").text
    assert "Bản trong kho không có khoản 2 Điều 174" in absent


def test_a_sentence_of_a_printed_document_is_shown_boxed_on_its_page(client: FlaskClient) -> None:
    who = client.get("/van-ban/80-2015-qh13/duoc-dan").text
    shown = re.search(r'href="(/van-ban/34-2016-nd-cp/trang/1\?cho=\d+)">xem trên trang in', who)
    assert shown is not None
    assert '<rect class="words"' in client.get(shown[1]).text
    assert "xem trên trang in" not in client.get("/van-ban/34-2016-nd-cp/duoc-dan?noi=art_38").text


def test_units_are_cited_properly(client: FlaskClient) -> None:
    page = client.get("/van-ban/34-2016-nd-cp").text
    assert 'data-cite="khoản 2 Điều 38"' in page
    assert 'data-name="Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ"' in page


def test_a_title_that_names_a_thing_follows_the_issuer_by_about() -> None:
    def cited(title: str) -> str:
        number, kind, body = (Field(words, ()) for words in ("8/BC-SNV", "Báo cáo", "Sở Nội vụ"))
        return name_of(Metadata(number=number, type=kind, issuers=(body,), title=Field(title, ())), full=True)

    assert (
        cited("Kết quả cải cách hành chính") == "Báo cáo số 8/BC-SNV của Sở Nội vụ về kết quả cải cách hành chính"
    )
    assert cited("Sơ kết năm 2024") == "Báo cáo số 8/BC-SNV của Sở Nội vụ sơ kết năm 2024"
    assert cited("Về việc cưới") == "Báo cáo số 8/BC-SNV của Sở Nội vụ về việc cưới"


def test_the_standing_follows_the_day(client: FlaskClient) -> None:
    then = client.get("/van-ban/34-2016-nd-cp?ngay=2017-01-01").text
    assert "vào ngày 01/01/2017" in then and '<div class="standing full">' in then
    assert '<div class="standing bad">' in client.get("/van-ban/34-2016-nd-cp?ngay=2026-01-01").text
    assert client.get("/van-ban/34-2016-nd-cp?ngay=hom-qua").status_code == 400
    assert "vào ngày 01/01/2017" in client.get("/van-ban/34-2016-nd-cp?ngay=01/01/2017").text


def test_tables_go_to_a_workbook_with_figures_as_figures(client: FlaskClient) -> None:
    all_of_them = load_workbook(BytesIO(client.get(f"{REPORT}/bang.xlsx").data))
    one = load_workbook(BytesIO(client.get(f"{REPORT}/bang.xlsx?so=1").data))
    assert one.sheetnames == ["Bảng 1"] and set(one.sheetnames) <= set(all_of_them.sheetnames)
    cells = [cell for row in one.worksheets[0].iter_rows(min_row=3, values_only=True) for cell in row]
    assert any(isinstance(cell, int | float) for cell in cells)
    assert client.get(f"{REPORT}/bang.xlsx?so=99").status_code == 404
    assert client.get("/van-ban/92-2017-nd-cp/bang.xlsx").status_code == 404


def test_a_printed_page_stands_beside_its_text_with_the_cited_words_boxed(client: FlaskClient) -> None:
    page = client.get("/van-ban/34-2016-nd-cp/trang/1").text
    cited = re.search(r'href="(/van-ban/34-2016-nd-cp/trang/1\?cho=\d+)">Luật Ban hành', page)
    assert cited is not None and '<rect class="words"' not in page
    boxed = client.get(cited[1]).text
    # The words stand on one line of the three that their paragraph has.
    assert boxed.count('<rect class="words"') == 1 and boxed.count('<rect class="paragraph"') == 3
    image = client.get("/van-ban/34-2016-nd-cp/trang/1.png")
    assert image.data.startswith(b"\x89PNG") and image.headers["ETag"]
    again = client.get("/van-ban/34-2016-nd-cp/trang/1.png", headers={"If-None-Match": image.headers["ETag"]})
    assert again.status_code == 304
    for wrong in ("/van-ban/34-2016-nd-cp/trang/9", "/van-ban/92-2017-nd-cp/trang/1", "/van-ban/x/trang/1.png"):
        assert client.get(wrong).status_code == 404


def test_citations_in_notes_are_links_too(client: FlaskClient) -> None:
    notes = client.get("/van-ban/34-2016-nd-cp").text.split('<h2 id="chu-thich">')[1]
    assert 'class="cite" href=' in notes.split("</section>")[0]


def test_a_table_drawn_with_pipes_stands_on_the_page(tmp_path: Path) -> None:
    rows = ("| TT | Nội dung | Kết quả |", "|---|---|---|", "| 1 | Hồ sơ tiếp nhận | 120 |")
    path = tmp_path / "phu-luc.txt"
    path.write_text("\n".join(("Phụ lục 1", "", "Số liệu về hồ sơ", "", *rows, "")), encoding="utf-8")
    settings = Settings(tmp_path / "kho", f"sqlite:///{tmp_path / 'kho' / 'cancu.sqlite3'}")
    ingest_paths(settings, [path], jobs=1)
    with create_app(settings).test_client() as client:
        listed = re.search(r'href="(/van-ban/[^"]+)"', client.get("/van-ban").text.split("<tbody>")[1])
        assert listed is not None
        assert "<td>Hồ sơ tiếp nhận</td>" in client.get(listed[1]).text


def test_a_held_document_is_checked_from_its_page(client: FlaskClient) -> None:
    page = client.get(REPORT).text
    assert "Kiểm tra văn bản này" in page and 'name="van-ban" value="118-bc-ubnd.binh-an.2024-12-20"' in page
    made = client.post("/kiem-tra", data={"van-ban": "118-bc-ubnd.binh-an.2024-12-20"})
    assert made.status_code == 303
    assert "118/BC-UBND" in client.get(made.headers["Location"]).text
    assert "bao-cao-cai-cach-hanh-chinh.txt" in client.get("/kiem-tra").text
    assert client.post("/kiem-tra", data={"van-ban": "khong-co"}).status_code == 404
