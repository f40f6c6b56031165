"""The sheet of a run is made once for a state of the base: a server that has just been started makes no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphs.base import open_base
from graphs.update import update_within
from kb.catalogue import read_catalogue
from kb.settings import Settings
from kb.store.catalogue import load_rows
from webapp import run_sheets
from webapp.app import create_app

TEXT = """BÁO CÁO
Kết quả trồng rừng năm 2023

Theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2019 của Chính phủ và Công văn số 7/UBND, tỷ lệ che phủ đạt 45,678%.

1. Tối thiểu 90% xã trồng đủ diện tích theo Nghị định số 61/2018/NĐ-CP, kết quả 85%, đánh giá đạt.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "kho"


@pytest.fixture
def client(home: Path) -> Iterator[FlaskClient]:
    forget()
    with create_app(settings_of(home)).test_client() as client:
        yield client
    forget()


def settings_of(home: Path) -> Settings:
    return Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")


def forget() -> None:
    """What a process has in memory, as one that has just begun."""
    run_sheets._sheet.cache_clear()
    run_sheets._read.cache_clear()


def sent(client: FlaskClient) -> str:
    made = client.post("/kiem-tra", data={"file": (BytesIO(TEXT.encode()), "rừng 2023.txt")})
    return str(made.headers["Location"])


def shown(client: FlaskClient, address: str) -> str:
    return re.sub(r"<input[^>]*csrf[^>]*>", "", client.get(address).text)


def stopped(*_: object, **__: object) -> object:
    raise AssertionError("made again")


def test_a_server_that_has_just_been_started_shows_the_sheet_that_was_made(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sent(client)
    addresses = (f"{run}?lang=vi", f"{run}?lang=en", f"{run}/tai-ve.html")
    before = {address: shown(client, address) for address in addresses}
    forget()
    monkeypatch.setattr(run_sheets, "analyse", stopped)
    monkeypatch.setattr(run_sheets, "check_against", stopped)
    assert before == {address: shown(client, address) for address in addresses}
    assert client.get(f"{run}/tai-ve.xlsx").status_code == 200


def test_what_the_base_has_learnt_and_what_is_set_aside_make_it_anew_but_not_the_reading(
    client: FlaskClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sent(client)
    found = re.search(r'<li id="(CIT-003-[^"]+)"', client.get(run).text)
    assert found is not None
    forget()
    monkeypatch.setattr(run_sheets, "analyse", stopped)
    client.post(f"{run}/bo-qua", data={"what": found[1], "reason": "đã xem"})
    assert f'<li id="{found[1]}"' not in client.get(run).text
    checked = []
    check = run_sheets.check_against
    monkeypatch.setattr(run_sheets, "check_against", lambda *given: (checked.append(1), check(*given))[1])
    forget()
    client.get(run)
    assert not checked
    learnt = "number,type,issued\n99/2033/QĐ-UBND,Quyết định,2033-01-02\n".encode()
    with open_base(settings_of(home)) as store:
        load_rows(store, "dm.csv", learnt, "thử", read_catalogue(Path("dm.csv"), learnt, "thử"), update_within)
    client.get(run)
    assert checked


@pytest.mark.parametrize("spoiled", [b"", b"nothing of the kind", None], ids=["empty", "other", "cut"])
def test_what_cannot_be_read_again_is_made_again(client: FlaskClient, home: Path, spoiled: bytes | None) -> None:
    run = sent(client)
    before = shown(client, run)
    for name in ("read", "sheet"):
        (path,) = home.glob(f"checks/*/{name}")
        path.write_bytes(path.read_bytes()[:-9] if spoiled is None else spoiled)
    forget()
    assert shown(client, run) == before


def test_the_list_of_runs_tells_how_much_was_found(client: FlaskClient, home: Path) -> None:
    run = sent(client)
    errors = re.search(r'<span class="error"><strong>(\d+)</strong>', client.get(run).text)
    assert errors is not None
    assert f'<span class="error">{errors[1]} lỗi</span>' in client.get("/kiem-tra").text
    (path,) = home.glob("checks/*/found.json")
    path.unlink()
    assert "chưa đếm" in client.get("/kiem-tra").text


def test_a_run_is_called_after_its_paper_and_its_file(client: FlaskClient) -> None:
    sent(client)
    client.post("/kiem-tra", data={"text": "KẾ HOẠCH\nTrồng cây năm 2030\n\nNội dung: trồng 20 ha.\n"})
    page = client.get("/kiem-tra").text
    assert ">Báo cáo Kết quả trồng rừng năm 2023</a>" in page and ">rừng 2023.txt · " in page
    assert ">Kế hoạch Trồng cây năm 2030</a>" in page and ">văn bản dán · " in page and "van-ban-dan" not in page


def test_an_error_of_form_is_not_folded_away(client: FlaskClient) -> None:
    text = "KẾ HOẠCH\nTrồng cây năm 2030\n\nCác xã báo cáo trước ngày 31/02/2030.\n"
    page = client.get(client.post("/kiem-tra", data={"text": text}).headers["Location"]).text
    assert re.search(r"<details open>\s*<summary>Thể thức", page)
    page = client.get(client.post("/kiem-tra", data={"text": "Trồng cây."}).headers["Location"]).text
    assert not re.search(r"<details open>\s*<summary>Thể thức", page)
