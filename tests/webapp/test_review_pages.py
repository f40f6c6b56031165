"""Kho: the review queue, merges and splits, and the log of what was done."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from graphs.update import update_graph
from ingest.document import build_document
from ingest.pipeline import ingest_paths
from ingest.readers.plain import read_plain
from kb.models import MediaType, SourceFile
from kb.settings import Settings
from kb.store import graph as rows
from kb.store.accounts import Role
from kb.store.audit import list_entries, record
from kb.store.backup import restore_base
from kb.store.desk_schema import doubts
from kb.store.inbox import Item, add_item
from kb.store.migrations.fill import fill_doubts
from kb.store.review import Queue, count_open, next_open
from kb.store.store import Store, open_store
from webapp.accounts.access import Need, need_of
from webapp.app import create_app

REPORT = """UBND TỈNH KHÁNH HÒA
Số: 224/BC-UBND
Khánh Hòa, ngày 27 tháng 6 năm 2025

BÁO CÁO

Kết quả <b>cải cách</b> hành chính

1. Chỉ đạo

Triển khai Nghị quyết số 55/NQ-CP ngày 09/5/2023 của Chính phủ; Nghị quyết số 55/NQ-CP ngày 26/3/2025.

2. Kết quả

Đã thực hiện Nghị quyết số 55/NQ-CP của Chính phủ. Tiếp tục quán triệt Nghị quyết số 55/NQ-CP của Chính phủ.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = tmp_path / "kho"
    made = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    report = tmp_path / "báo cáo.txt"
    report.write_text(REPORT, encoding="utf-8")
    ingest_paths(made, [report], jobs=1)
    return made


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    with create_app(settings).test_client() as client:
        yield client


def targets(store: Store) -> list[tuple[str | None, str]]:
    with store.connect() as connection:
        found = [row for row in rows.edge_rows(connection, "source", None) if row.version_id]
    return [(row.target, row.status) for row in sorted(found, key=lambda row: row.position)]


def place_of(page: str) -> str:
    (place,) = re.findall(r'name="place" value="([^"]+)"', page)
    return place


def test_a_place_shows_its_sentence_its_candidates_and_why(client: FlaskClient) -> None:
    page = client.get("/kho/duyet").text
    assert "Đã thực hiện <mark>Nghị quyết số 55/NQ-CP</mark> của Chính phủ." in page
    assert "2 văn bản cùng số, ký hiệu" in page
    assert "Lời dẫn ghi:</span> loại Nghị quyết, số 55/NQ-CP" in page
    assert "ngày 09/5/2023" in page and "ngày 26/3/2025" in page and "chưa có trong kho" in page
    assert "cho cả 1 chỗ khác" in page
    assert page.count("văn bản này dẫn nó rõ ở 1 chỗ khác") == 2
    assert '<span class="count">2</span>' in page


def test_a_pin_moves_on_survives_a_rebuild_and_is_in_the_log(client: FlaskClient, store: Store) -> None:
    place = place_of(client.get("/kho/duyet").text)
    answer = client.post(
        "/kho/duyet", data={"place": place, "what": "pin:55-nq-cp.2025-03-26", "note": "cùng đợt"}
    )
    page = client.get(answer.headers["Location"]).text
    assert "đã ghim vào 55-nq-cp.2025-03-26" in page
    assert "Tiếp tục quán triệt <mark>" in page
    update_graph(store, None)
    assert targets(store)[2:] == [("55-nq-cp.2025-03-26", "known"), (None, "ambiguous")]
    entry = list_entries(store)[0]
    assert (entry.action, entry.details["note"], entry.details["into"]) == (
        "works.pin",
        "cùng đợt",
        "55-nq-cp.2025-03-26",
    )
    (undo,) = re.findall(r'name="what" value="(d\d+)"', page)
    back = client.post("/kho/duyet/lui", data={"what": undo, "cho": place, "loai": "ambiguous"})
    assert place_of(client.get(back.headers["Location"]).text) == place
    assert targets(store)[2] == (None, "ambiguous")


def test_one_decision_for_all_that_say_the_same(client: FlaskClient, store: Store) -> None:
    place = place_of(client.get("/kho/duyet").text)
    answer = client.post("/kho/duyet", data={"place": place, "what": "none", "all": "1"})
    page = client.get(answer.headers["Location"]).text
    assert "không còn chỗ nào phải xem" in page and "không phải văn bản nào" in page
    update_graph(store, None)
    assert targets(store)[2:] == [(None, "suspect")] * 2
    assert count_open(store) == dict.fromkeys(Queue, (0, 0))


def test_another_work_can_be_named_and_what_is_unknown_is_said(client: FlaskClient, store: Store) -> None:
    place = place_of(client.get("/kho/duyet").text)
    unknown = client.post("/kho/duyet", data={"place": place, "what": "other", "other": "999/QĐ-XYZ"})
    assert unknown.status_code == 404 and "999/QĐ-XYZ" in unknown.text
    assert client.post("/kho/duyet", data={"place": place, "what": "other"}).status_code == 422
    assert client.post("/kho/duyet", data={"place": place, "what": "pin:61-2018-nd-cp"}).status_code == 400
    assert client.post("/kho/duyet", data={"place": place, "what": "right"}).status_code == 400
    made = client.post("/kho/duyet", data={"place": place, "what": "other", "other": "61/2018/NĐ-CP"})
    assert made.status_code == 303
    assert targets(store)[2] == ("61-2018-nd-cp", "known")


def test_later_goes_out_of_the_way_and_comes_back(client: FlaskClient, store: Store) -> None:
    place = place_of(client.get("/kho/duyet").text)
    answer = client.post("/kho/duyet", data={"place": place, "what": "later"})
    page = client.get(answer.headers["Location"]).text
    assert place_of(page) != place and "để sau 1" in page
    assert place_of(client.get("/kho/duyet?loai=ambiguous&de-sau=1").text) == place
    (undo,) = re.findall(r'name="what" value="(r[^"]+)"', page)
    client.post("/kho/duyet/lui", data={"what": undo, "loai": "ambiguous"})
    assert count_open(store)[Queue.AMBIGUOUS] == (2, 0)


def test_on_and_back(client: FlaskClient, store: Store) -> None:
    first = next_open(store, Queue.AMBIGUOUS)
    assert first is not None
    second = next_open(store, Queue.AMBIGUOUS, after=first.place)
    assert second is not None and second.place.start > first.place.start
    assert next_open(store, Queue.AMBIGUOUS, after=second.place) is None
    assert next_open(store, Queue.AMBIGUOUS, after=second.place, back=True) == first
    page = client.get("/kho/duyet").text
    (on,) = re.findall(r'data-key="j" href="([^"]+)"', page)
    assert place_of(client.get(unescape(on)).text).endswith(f".{second.place.start}")


def test_a_place_that_somebody_else_decided_is_said(client: FlaskClient) -> None:
    place = place_of(client.get("/kho/duyet").text)
    data = {"place": place, "what": "none"}
    assert client.post("/kho/duyet", data=data).status_code == 303
    again = client.post("/kho/duyet", data=data)
    assert again.status_code == 404 and "đã có người quyết định" in again.text
    for bad in ("", "x", f"{'0' * 64}.cite.1", "../../etc/passwd"):
        assert client.post("/kho/duyet", data={"place": bad, "what": "none"}).status_code == 404


def test_heads_that_contradict_themselves_and_doubtful_letters_are_queued(
    client: FlaskClient, settings: Settings, tmp_path: Path
) -> None:
    text = (
        "Số: 5/2021/QĐ-UBND\n\nKhánh Hòa, ngày 02 tháng 3 năm 2024\n\n"
        "QUYẾT ĐỊNH\n\nVề việc phân cấp\n\nĐiều 1. Nội dung\n"
    )
    paper = tmp_path / "quyết định.txt"
    paper.write_text(text, encoding="utf-8")
    ingest_paths(settings, [paper], jobs=1)
    page = client.get("/kho/duyet?loai=header").text
    assert "ghi năm 2021, ngày ban hành là 02/03/2024" in page
    assert "<mark>" in page and "5/2021/QĐ-UBND" in page
    answer = client.post("/kho/duyet", data={"place": place_of(page), "what": "wrong", "note": "sai năm"})
    assert "không còn chỗ nào" in client.get(answer.headers["Location"]).text
    ingest_paths(settings, [paper], jobs=1, again=True)
    assert "không còn chỗ nào" in client.get("/kho/duyet?loai=header").text
    assert "duyệt: sai" in client.get("/kho/nhat-ky").text and "sai năm" in client.get("/kho/nhat-ky").text


def test_a_misread_number_is_queued_and_pinned_to_what_it_should_be(
    client: FlaskClient, settings: Settings, store: Store, tmp_path: Path
) -> None:
    paper = tmp_path / "kế hoạch.txt"
    text = "Số: 9/KH-UBND\n\nKẾ HOẠCH\n\nRà soát\n\nThực hiện Nghị định số 61/2108/NĐ-CP của Chính phủ.\n"
    paper.write_text(text, encoding="utf-8")
    ingest_paths(settings, [paper], jobs=1)
    page = client.get("/kho/duyet?loai=suspect").text
    assert "<mark>Nghị định số 61/2108/NĐ-CP</mark>" in page
    assert 'value="pin:61-2018-nd-cp"' in page and "số gần giống" in page
    data = {"place": place_of(page), "what": "pin:61-2018-nd-cp"}
    assert client.post("/kho/duyet", data=data).status_code == 303
    update_graph(store, None)
    assert ("61-2018-nd-cp", "known") in targets(store)
    assert count_open(store)[Queue.SUSPECT] == (0, 0)


def test_a_paragraph_that_ocr_doubts_is_queued(client: FlaskClient, store: Store) -> None:
    path = "/kho/quét.png"
    data = "Số: 3/TB-UBND\n\nTHÔNG BÁO\n\nHọp giao ban\n\nChữ nhòe khó đọc.\n".encode()
    source = SourceFile(path, sha256(data).hexdigest(), MediaType.PLAIN, len(data))
    document = build_document(source, read_plain(data))
    blocks = tuple(
        replace(block, confidence=0.41 if "nhòe" in document.block_text(block) else 0.97)
        for block in document.blocks
    )
    store.save(replace(document, blocks=blocks), (), data)
    with store.transaction() as connection:  # a base of before has texts and no rows of doubts
        told = connection.execute(select(doubts)).all()
        connection.execute(delete(doubts))
        fill_doubts(connection)
        assert connection.execute(select(doubts)).all() == told != []
    page = client.get("/kho/duyet?loai=ocr").text
    assert "<mark>Chữ nhòe khó đọc.</mark>" in page and "độ tin cậy 41%" in page
    answer = client.post("/kho/duyet", data={"place": place_of(page), "what": "right"})
    assert "không còn chỗ nào" in client.get(answer.headers["Location"]).text


def test_a_merge_is_looked_at_first_then_made_and_withdrawn(client: FlaskClient, store: Store) -> None:
    asked = {"tu": "55-nq-cp.2023-05-09", "vao": "55-nq-cp.2025-03-26"}
    page = client.get("/kho/gop-tach/gop", query_string=asked).text
    assert "1 viện dẫn chuyển" in page and "<mark>Nghị quyết số 55/NQ-CP</mark> ngày 09/5/2023" in page
    assert targets(store)[0][0] == "55-nq-cp.2023-05-09", "looking changes nothing"
    made = client.post("/kho/gop-tach/gop", data={**asked, "note": "ghi nhầm ngày"})
    assert made.status_code == 303
    assert targets(store)[0][0] == "55-nq-cp.2025-03-26"
    page = client.get("/kho/gop-tach").text
    assert "ghi nhầm ngày" in page
    (action,) = re.findall(r'action="(/kho/gop-tach/rut/\d+)"', page)
    assert client.post(action).status_code == 303
    assert targets(store)[0][0] == "55-nq-cp.2023-05-09"
    assert client.post(action).status_code == 404


def test_what_cannot_be_merged_is_said(client: FlaskClient, store: Store) -> None:
    (held,) = [row.id for row in store.list_documents()]
    for tu, vao, status in (
        (held, "55-nq-cp.2025-03-26", 422),
        ("55-nq-cp.2025-03-26", "55-nq-cp.2025-03-26", 404),
        ("khong-co", held, 404),
        ("", "", 404),
        ("55/NQ-CP", held, 404),
    ):
        assert client.get("/kho/gop-tach/gop", query_string={"tu": tu, "vao": vao}).status_code == status
        assert client.post("/kho/gop-tach/gop", data={"tu": tu, "vao": vao}).status_code == status


def test_a_split_is_chosen_looked_at_and_made(client: FlaskClient, store: Store) -> None:
    work = "55-nq-cp.2025-03-26"
    page = client.get("/kho/gop-tach/tach", query_string={"van-ban": work}).text
    (mention,) = re.findall(r'name="cho" value="([^"]+)"', page)
    page = client.get("/kho/gop-tach/tach", query_string={"van-ban": work, "cho": mention}).text
    assert f"<code>{work}.2</code>" in page and "0 viện dẫn ở lại" in page
    bad = client.post("/kho/gop-tach/tach", data={"van-ban": work, "cho": mention, "ma": "../x"})
    assert bad.status_code == 422
    nothing = client.post("/kho/gop-tach/tach", data={"van-ban": work, "cho": "x#1"})
    assert nothing.status_code == 400 and "Hãy chọn ít nhất một chỗ" in nothing.text
    made = client.post("/kho/gop-tach/tach", data={"van-ban": work, "cho": mention, "ma": f"{work}.2"})
    assert made.status_code == 303
    update_graph(store, None)
    assert targets(store)[1][0] == f"{work}.2"


def test_the_log_is_narrowed_and_taken_along(client: FlaskClient, store: Store) -> None:
    record(store, "lan", "works.pin", "=1+1", {"note": "<script>alert(1)</script>"})
    record(store, "minh", "ingest.file", "a.txt")
    page = client.get("/kho/nhat-ky").text
    assert "<script>alert" not in page and "a.txt" in page
    narrowed = client.get("/kho/nhat-ky?ai=lan&viec=works&chu=alert").text
    assert "a.txt" not in narrowed and "=1+1" in narrowed
    assert "khớp điều kiện lọc" in client.get("/kho/nhat-ky?den=2000-01-01").text
    for no_day in ("hom-nay", "2025-13-01", "20250101"):
        assert client.get(f"/kho/nhat-ky?tu={no_day}").status_code == 400
    answer = client.get("/kho/nhat-ky.csv?ai=lan")
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    table = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row[1:4] for row in table[1:]] == [["lan", "works.pin", "'=1+1"]]


def test_many_changes_are_paged(client: FlaskClient, store: Store) -> None:
    for number in range(105):
        record(store, "lan", "ingest.file", f"tệp {number}.txt")
    first, second = client.get("/kho/nhat-ky?ai=lan").text, client.get("/kho/nhat-ky?ai=lan&trang=2").text
    assert "tệp 104.txt" in first and "tệp 4.txt" not in first and "Cũ hơn" in first
    assert "tệp 4.txt" in second and "Mới hơn" in second


def test_a_backup_from_the_page_restores_to_the_same_base(
    client: FlaskClient, store: Store, tmp_path: Path
) -> None:
    add_item(store, Item("0" * 32, "b", 0, "chờ.txt", 4, "", "lan", "2025-01-01T00:00:00+00:00"))
    waiting = store.settings.home / "inbox" / ("0" * 32)
    waiting.mkdir(parents=True)
    waiting.joinpath("data").write_bytes(b"abcd")
    waiting.joinpath("upload.json").write_text("{}", encoding="utf-8")
    archive = tmp_path / "bản sao.zip"
    with client.post("/kho/sao-luu") as answer:
        assert answer.mimetype == "application/zip"
        archive.write_bytes(answer.data)
    assert zipfile.ZipFile(archive).testzip() is None
    home = tmp_path / "mới"
    restored = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    assert restore_base(restored, archive) == 1
    with open_store(restored) as other:
        assert [row.id for row in other.list_documents()] == [row.id for row in store.list_documents()]
    assert (home / "inbox" / ("0" * 32) / "data").read_bytes() == b"abcd"
    assert list_entries(store)[0].action == "backup.download"
    assert "Tạo và tải" in client.get("/kho/sao-luu").text


def test_what_other_pages_change_is_in_the_log_too(client: FlaskClient, store: Store) -> None:
    run = client.post("/kiem-tra", data={"text": "Số: 05/BC-UBND\n\nBÁO CÁO\n"}).headers["Location"]
    client.post(f"{run}/bo-qua", data={"what": "FIG", "reason": "chưa cần"})
    client.post(f"{run}/bo-qua", data={"what": "FIG", "back": "1"})
    client.post("/tra-cuu/luu", data={"q": "cải cách", "ten": "của tôi"})
    client.post("/tra-cuu/bo", data={"ten": "của tôi"})
    for what in ("xem", "xem", "thoi"):
        client.post("/tac-pham/55-nq-cp.2025-03-26/theo-doi", data={"viec": what})
    assert [entry.action for entry in list_entries(store)][::-1] == [
        "check.run",
        "check.mute",
        "check.unmute",
        "search.save",
        "search.forget",
        "follow.start",
        "follow.stop",
    ]
    assert {entry.who for entry in list_entries(store)} == {"web"}


def test_the_log_is_for_editors_and_backups_are_for_admins() -> None:
    assert need_of("records.log_file", "GET").role is Role.EDITOR
    assert need_of("records.download", "POST").role is Role.ADMIN
    for endpoint in ("inbox.create", "inbox.decide", "review.decide", "review.undo", "decisions.merge"):
        assert need_of(endpoint, "POST") == Need(Role.EDITOR, changes=True)
