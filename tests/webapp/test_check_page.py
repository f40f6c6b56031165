from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook

from graphs.base import open_base
from graphs.update import update_within
from kb.catalogue import read_catalogue
from kb.settings import Settings
from kb.store.catalogue import load_rows
from webapp.app import create_app
from webapp.outputs.workbook import _read

REPORT = Path(__file__).resolve().parents[1] / "reports" / "sound" / "bao-cao-cai-cach-hanh-chinh.txt"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("kho")
    with create_app(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")).test_client() as client:
        yield client


def send(client: FlaskClient, text: str) -> str:
    made = client.post("/kiem-tra", data={"file": (BytesIO(text.encode()), "bao-cao.txt")})
    return str(made.headers["Location"])


def test_who_sends_nothing_is_told_to_choose_or_paste(client: FlaskClient) -> None:
    answer = client.post("/kiem-tra", data={"text": ""})
    assert answer.status_code == 400 and "Hãy chọn một tệp hoặc dán văn bản" in answer.text


def test_runs_are_compared_finding_by_finding(client: FlaskClient) -> None:
    sound = REPORT.read_text(encoding="utf-8")
    broken = send(client, sound.replace("đạt tỷ lệ 80%", "đạt tỷ lệ 75%"))
    mended = send(client, sound)
    other = broken.rsplit("/", 1)[1]
    assert f'value="{other}"' in client.get(mended).text
    page = client.get(f"{mended}/so-voi?lan={other}").text
    gone = page.split('id="nhom-mended"')[1].split('id="nhom-fresh"')[0]
    fresh = page.split('id="nhom-fresh"')[1].split('id="nhom-left"')[0]
    assert "75%" in gone and "75%" not in fresh
    back = client.get(f"{broken}/so-voi?lan={mended.rsplit('/', 1)[1]}").text
    assert "75%" in back.split('id="nhom-fresh"')[1].split('id="nhom-left"')[0]
    assert client.get(f"{mended}/so-voi?lan=khong-co").status_code == 404
    assert client.get(f"{mended}/so-voi?lan=0123456789abcdef").status_code == 404


def test_a_finding_is_accepted_and_that_is_taken_back(client: FlaskClient) -> None:
    run = send(client, REPORT.read_text(encoding="utf-8").replace("đạt tỷ lệ 80%", "đạt tỷ lệ 75%"))
    page = client.get(run).text
    found = re.search(r'<li id="(FIG-[^"]+)"', page)
    assert found is not None and "✓ Đúng, sẽ sửa" not in page
    assert client.post(f"{run}/bo-qua", data={"what": found[1], "accept": "1"}).status_code == 303
    accepted = client.get(run).text
    assert "✓ Đúng, sẽ sửa" in accepted and f'<li id="{found[1]}"' in accepted
    assert client.post(f"{run}/bo-qua", data={"what": "FIG-205", "accept": "1"}).status_code == 404
    assert client.post(f"{run}/bo-qua", data={"what": found[1], "back": "1"}).status_code == 303
    assert "✓ Đúng, sẽ sửa" not in client.get(run).text


LIST = "Số ký hiệu,Ngày ban hành,Ngày hết hiệu lực,Lý do\n99/2019/NĐ-CP,01/2/2019,01/4/2020,Bị bãi bỏ\n".encode()


def test_a_run_is_held_against_what_the_base_knows_now(client: FlaskClient) -> None:
    head = (
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH AN\nSố: 05/BC-UBND\nBình An, ngày 05 tháng 6 năm 2025\n\nBÁO CÁO\nKết quả\n\n"
    )
    run = send(client, head + "Tiếp tục thực hiện Nghị định số 99/2019/NĐ-CP ngày 01/02/2019 của Chính phủ.\n")
    assert 'id="VAL-00' not in client.get(run).text
    settings = client.application.config["CANCU_SETTINGS"]
    with open_base(settings) as store:
        rows = read_catalogue(Path("dm.csv"), LIST, "thử")
        load_rows(store, "dm.csv", LIST, "thử", rows, update_within)
    again = client.get(run).text
    assert 'id="VAL-00' in again and again.count("99/2019/NĐ-CP") > 1


def test_findings_are_counted_and_asked_for_by_how_bad_they_are(client: FlaskClient) -> None:
    run = send(client, REPORT.read_text(encoding="utf-8").replace("đạt tỷ lệ 80%", "đạt tỷ lệ 75%"))
    listed = re.compile(r'<li id="([^"]+)" class="(\w+)"')
    every = listed.findall(client.get(run).text)
    assert len({severity for _, severity in every}) > 1
    for severity in ("error", "warning", "note"):
        page = client.get(f"{run}?muc={severity}").text
        assert listed.findall(page) == [one for one in every if one[1] == severity]
        assert page.partition("<main")[2].count('aria-current="true"') == 1
    assert listed.findall(client.get(f"{run}?muc=khac").text) == every
    first = every[0][0]
    kept = client.post(f"{run}/bo-qua?muc=con-lai", data={"what": first, "accept": "1"})
    assert kept.headers["Location"].endswith(f"?muc=con-lai#{first}")
    assert listed.findall(client.get(f"{run}?muc=con-lai").text) == every[1:]
    client.post(f"{run}/bo-qua", data={"what": first, "back": "1"})


def test_a_workbook_prints_days_as_papers_do() -> None:
    assert [_read(value) for value in ("2021-12-24", "76.198", "2021", None)] == [
        "24/12/2021",
        "76.198",
        "2021",
        None,
    ]


def test_the_first_page_taken_along_tells_what_is_left_and_what_was_decided(client: FlaskClient) -> None:
    text = REPORT.read_text(encoding="utf-8")
    run = send(client, text.replace("đạt tỷ lệ 80%", "đạt tỷ lệ 75%").replace("ngày 15/7/2021", "ngày 15/7/2031"))
    page = client.get(run).text
    first, *others = re.findall(r'<li id="([A-Z]{3}-[^"]+)" class="(?:error|warning)"', page)
    for what, sent in ((first, {"accept": "1", "reason": "sửa số"}), (others[0], {"reason": "đã hỏi phòng"})):
        assert client.post(f"{run}/bo-qua", data={"what": what, **sent}).status_code == 303
    printed = client.get(f"{run}/tai-ve.html").text
    head = printed.split("<h2>Viện dẫn")[0].split("<h2>Số liệu")[0]
    assert 'class="verdict"' in head and "1 phát hiện đã bỏ qua có lý do" in head
    assert f'href="#{first}"' in head and "✓ Đúng, sẽ sửa: sửa số" in head and "Lý do: đã hỏi phòng" in head
    assert "lượt không kiểm tra được" in head and "Ngày áp dụng: 20/12/2024" in head
    named = client.get(f"{run}/tai-ve.xlsx").headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="phieu-kiem-tra-\d+-bc-[a-z0-9-]+\.xlsx"', named)
    book = load_workbook(BytesIO(client.get(f"{run}/tai-ve.xlsx").data))
    assert book.sheetnames[0] == "Tổng hợp" and book["Tổng hợp"]["B4"].value in printed
    assert "Đúng, sẽ sửa: sửa số" in [row[11].value for row in book["Phát hiện"].rows]
    assert book["Tổng hợp"]["B8"].value.endswith("Lý do: đã hỏi phòng")
    word = [one.text for one in Document(BytesIO(client.get(f"{run}/tai-ve.docx").data)).paragraphs]
    assert word[0] == "Phiếu kiểm tra" and book["Tổng hợp"]["B4"].value in word[:5]
    assert any("✓ Đúng, sẽ sửa: sửa số" in line for line in word)
    assert any("tạo từ Văn bản thuần" in line for line in word)


def test_numbers_that_nothing_bears_out_are_listed_with_the_place_they_stand_at(client: FlaskClient) -> None:
    run = send(client, "BÁO CÁO\nKết quả năm 2023\n\nDư nợ cuối năm của quỹ là 4.356 triệu đồng.\n")
    page, printed = (client.get(f"{run}{rest}").text for rest in ("", "/tai-ve.html"))
    (listed,) = re.findall(r'<details class="alone">.*?</details>', page, re.DOTALL)
    place = re.search(r'href="#(vi-tri-\d+)">dòng 4</a> <strong>4.356</strong>', listed)
    assert place is not None and f'id="{place[1]}"' in page
    assert "Số đứng một mình (1)" in printed and "không có số nào khác" in printed
    rows = load_workbook(BytesIO(client.get(f"{run}/tai-ve.xlsx").data))["Số đứng một mình"].rows
    assert [[cell.value for cell in row] for row in rows][1][2:4] == [
        "4.356",
        "Dư nợ cuối năm của quỹ là 4.356 triệu đồng.",
    ]


IN_A_TABLE_AND_A_NOTE = """BÁO CÁO
Kết quả trồng rừng năm 2023

Kết quả như sau¹.

Bảng 1. Diện tích trồng theo xã
STT\tXã\tDiện tích (ha)\tSố hộ
1\tTân An\t120\t41
2\tHòa Bình\t135\t52
3\tTrung Sơn\t80\t33
\tTổng cộng\t345\t126

¹ Theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2019 của Chính phủ.
"""


def test_what_is_found_in_a_table_or_a_note_leads_to_the_row_and_the_note(client: FlaskClient) -> None:
    page = client.get(send(client, IN_A_TABLE_AND_A_NOTE)).text
    places = dict(re.findall(r'href="#([^"]+)">dòng \d+</a>.*?<span class="muted">([A-Z]{3}-\d+)', page))
    rules = {rule: place for place, rule in places.items()}
    assert rules["FIG-102"] == "bang-1-4" and '<tr id="bang-1-4"' in page
    assert rules["CIT-003"] == "chu-thich-0" and '<li id="chu-thich-0"' in page
    # In the words of who looks for it in the file: lines of a text are nothing in Word.
    assert "(Bảng 1)</span>" in page and "(chú thích 1)</span>" in page
    # The cell itself is marked, and the line over the table is not printed twice.
    assert re.search(r'<td class="figure found" data-findings="\d+"[^>]*>345</td>', page)
    assert '<figcaption class="told">' in page


def test_a_run_is_offered_for_comparison_with_its_own_earlier_copy_first(client: FlaskClient) -> None:
    names = {}
    for name in ("ke-hoach-khac.txt", "bao-cao-quy-mot.txt", "to-trinh.txt", "bao-cao-quy-mot-sua.txt"):
        made = client.post("/kiem-tra", data={"file": (BytesIO(f"Bản {name}.".encode()), name)})
        names[name] = str(made.headers["Location"])
    page = client.get(names["bao-cao-quy-mot-sua.txt"]).text
    assert re.findall(r'<option value="[0-9a-f]{16}">([^,<]+),', page)[0] == "bao-cao-quy-mot.txt"


def test_what_is_left_is_compared_with_the_worst_first(client: FlaskClient) -> None:
    text = REPORT.read_text(encoding="utf-8").replace("đạt tỷ lệ 80%", "đạt tỷ lệ 75%")
    runs = [send(client, text + end) for end in ("", "\nHết.")]
    page = client.get(f"{runs[1]}/so-voi?lan={runs[0].rsplit('/', 1)[1]}").text
    left = re.findall(r'<tr class="(\w+)">', page.split('id="nhom-left"')[1])
    order = ["error", "warning", "note"]
    assert left and left == sorted(left, key=order.index)
