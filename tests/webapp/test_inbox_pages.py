"""Kho: files handed in by the page, each with its verdict."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from bad_files import BAD, bad_bytes, pdf
from ingest import desk
from ingest.inbox import receive_file
from kb.settings import Settings
from kb.store.audit import Filter, list_entries
from kb.store.inbox import list_batch
from kb.store.schema import versions
from kb.store.store import open_store
from webapp.app import create_app
from webapp.serving import Serving
from webapp.views import inbox

GOOD = "Số: 7/KH-UBND\n\nKẾ HOẠCH\n\nRà soát thủ tục hành chính\n\n1. Mục đích\n\nNâng cao chất lượng.\n".encode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = tmp_path / "kho"
    return Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    with create_app(settings).test_client() as client:
        yield client
    assert desk.rest(settings, 120)


def upload(client: FlaskClient, settings: Settings, files: dict[str, bytes]) -> str:
    """The address of the page of an upload whose files have their verdicts."""
    sent = [(BytesIO(data), name) for name, data in files.items()]
    answer = client.post("/kho", data={"files": sent})
    assert answer.status_code == 303
    assert desk.rest(settings, 120)
    return answer.headers["Location"]


def row_of(page: str, name: str) -> str:
    (row,) = [row for row in re.findall(r"<tr id=.*?</tr>", page, re.DOTALL) if name in row]
    return row


def test_every_file_has_its_verdict(client: FlaskClient, settings: Settings) -> None:
    files = {"tốt.txt": GOOD, "sai đuôi.docx": pdf(), **{name: bad_bytes(name) for name in BAD}}
    page = client.get(upload(client, settings, files)).text
    assert f"{len(files)}/{len(files)} tệp đã xong, {len(BAD)} bị từ chối" in page
    assert "Đã nạp, văn bản mới" in row_of(page, "tốt.txt")
    assert '<a href="/van-ban/7-kh-ubnd">' in row_of(page, "tốt.txt")
    assert "không thấy số, ký hiệu" not in row_of(page, "tốt.txt")
    assert "Đã nạp" in row_of(page, "sai đuôi.docx") and "điểm cần xem" in row_of(page, "sai đuôi.docx")
    for name, (_, code) in BAD.items():
        assert "Bị từ chối" in row_of(page, name)
        assert f"<code>{code or ''}" in row_of(page, name)
    loose = client.get(upload(client, settings, {"ghi chép.txt": "Mua giấy in, gọi thợ sửa máy.".encode()})).text
    assert "không thấy số, ký hiệu" in row_of(loose, "ghi chép.txt")
    again = client.get(upload(client, settings, {"tốt.txt": GOOD})).text
    assert "Không đổi" in again and "tệp này đã có trong kho" in again


def test_the_stream_says_what_the_page_says(client: FlaskClient, settings: Settings) -> None:
    address = upload(client, settings, {"<b>tốt.txt": GOOD, "rỗng.txt": b""})
    answer = client.get(f"{address}/dong")
    assert answer.mimetype == "text/event-stream"
    events = [
        (found["name"], json.loads(found["data"]))
        for found in re.finditer(r"event: (?P<name>\w+)\ndata: (?P<data>.*)\n\n", answer.text)
    ]
    answer.close()
    assert [name for name, _ in events] == ["row", "row", "sum", "end"]
    assert "&lt;b&gt;tốt.txt" in events[0][1]["html"] and "<b>" not in events[0][1]["html"]
    assert events[2][1] == {"text": "2/2 tệp đã xong, 1 bị từ chối", "done": 2}


def test_streams_are_few_and_let_go(client: FlaskClient, settings: Settings) -> None:
    address = upload(client, settings, {"tốt.txt": GOOD})
    for _ in range(inbox.STREAMS + 2):
        answer = client.get(f"{address}/dong")
        assert answer.status_code == 200
        answer.close()
    with ExitStack() as taken:
        for _ in range(inbox.STREAMS):
            taken.enter_context(inbox._STREAMS)
        assert client.get(f"{address}/dong").status_code == 503
    with client.get(f"{address}/dong") as answer:
        assert answer.status_code == 200


def test_hostile_names_are_shown_as_text_and_lead_nowhere(client: FlaskClient, settings: Settings) -> None:
    names = (
        "../../thoát.txt",
        "<script>alert(1)</script>.txt",
        "a\u202eb\u0007.txt",
        "..\\..\\x.txt",
        '"><img>.txt',
    )
    client.get("/kho")
    before = {path for path in settings.home.parent.rglob("*") if settings.home not in path.parents}
    page = client.get(upload(client, settings, {name: GOOD + name.encode() for name in names})).text
    assert "<script>alert" not in page and "<img>" not in page
    assert "thoát.txt" in page and "../" not in page.split("<tbody>")[1]
    after = {path for path in settings.home.parent.rglob("*") if settings.home not in path.parents}
    assert after == before


def test_a_refused_file_can_be_read_again_or_dropped(client: FlaskClient, settings: Settings) -> None:
    address = upload(client, settings, {"cụt.pdf": bad_bytes("cụt.pdf"), "tốt.txt": GOOD})
    (action,) = re.findall(r'action="(/kho/tep/[0-9a-f]{32})"', client.get(address).text)
    assert client.post(action, data={"again": "1"}).headers["Location"] == address
    assert desk.rest(settings, 120)
    assert "Bị từ chối" in row_of(client.get(address).text, "cụt.pdf")
    assert client.post(action, data={"drop": "1"}).status_code == 303
    page = client.get(address).text
    assert "Bị từ chối" in row_of(page, "cụt.pdf") and "Bỏ tệp này" not in page
    assert client.post(action, data={"again": "1"}).status_code == 404
    with open_store(settings) as store:
        assert [entry.subject for entry in list_entries(store, Filter(action="ingest.drop"))] == ["cụt.pdf"]


def test_what_is_missing_or_unknown_is_said(client: FlaskClient) -> None:
    nothing = client.post("/kho")
    assert nothing.status_code == 400 and "Hãy chọn tệp rồi gửi lại." in nothing.text
    assert client.post("/kho", data={"files": [(BytesIO(b""), "")]}).status_code == 400
    many = [(BytesIO(b"a"), f"{number}.txt") for number in range(inbox.FILES_LIMIT + 1)]
    answer = client.post("/kho", data={"files": many})
    assert answer.status_code == 422 and "quá giới hạn 900 tệp" in answer.text
    for path in ("/kho/nhan/khong-co", "/kho/nhan/khong-co/dong", "/kho/nhan/..%2f..%2fetc"):
        assert client.get(path).status_code == 404
    assert client.post("/kho/tep/..%2f..", data={"drop": "1"}).status_code == 404


def test_a_larger_upload_than_other_pages_take_is_taken_here(
    client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client.application.config, "MAX_CONTENT_LENGTH", 200)
    address = upload(client, settings, {"dài.txt": GOOD * 50})
    assert "Đã nạp" in client.get(address).text
    assert client.post("/kiem-tra", data={"text": "a" * 5000}).status_code == 413


def test_a_file_over_the_limit_is_refused_and_the_rest_goes_on(
    client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.inbox.FILE_LIMIT", 2000)
    page = client.get(upload(client, settings, {"to.txt": GOOD * 50, "tốt.txt": GOOD})).text
    assert "Bị từ chối" in row_of(page, "to.txt") and "<code>file.size</code>" in row_of(page, "to.txt")
    assert "Đọc lại" not in row_of(page, "to.txt"), "what was not kept cannot be read again"
    assert "Đã nạp" in row_of(page, "tốt.txt")


def test_an_upload_over_the_limit_is_refused_as_a_whole_and_said(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "TOTAL_LIMIT", 1000)
    answer = client.post("/kho", data={"files": [(BytesIO(GOOD * 50), "to.txt")]})
    assert answer.status_code == 413 and "Tệp quá lớn" in answer.text


def test_a_base_that_is_read_only_takes_nothing_and_wakes_nobody(settings: Settings) -> None:
    with open_store(settings) as store:
        receive_file(store, "b", 0, "tốt.txt", "lan", BytesIO(GOOD))
    with create_app(settings, Serving(read_only=True)).test_client() as reader:
        assert reader.post("/kho", data={"files": [(BytesIO(GOOD), "a.txt")]}).status_code == 403
        page = reader.get("/kho").text
        assert "1 tệp đang chờ đọc" in page and 'type="file"' not in page
        assert desk.rest(settings, 1)
    with open_store(settings) as store:
        assert [item.state for item in list_batch(store, "b")] == ["waiting"]


def test_what_an_older_version_read_is_read_again_by_a_button(client: FlaskClient, settings: Settings) -> None:
    upload(client, settings, {"tốt.txt": GOOD})
    with open_store(settings) as store, store.transaction() as connection:
        connection.execute(update(versions).values(reading=0))
    assert 'action="/kho/doc-lai/7-kh-ubnd"' in client.get("/van-ban/7-kh-ubnd").text
    answer = client.post("/kho/doc-lai/7-kh-ubnd")
    assert answer.status_code == 303 and desk.rest(settings, 120)
    assert "Đã đọc lại" in row_of(client.get(answer.headers["Location"]).text, "tốt.txt")
    assert "/kho/doc-lai/" not in client.get("/van-ban/7-kh-ubnd").text
    assert client.post("/kho/doc-lai/khong-co").status_code == 404
