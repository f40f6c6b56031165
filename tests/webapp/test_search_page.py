from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app
from webapp.views.search import PLACES

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    ingest_paths(settings, [*CORPUS.glob("nghi-dinh-*.txt"), *CORPUS.glob("nghi-quyet-*.md")], jobs=1)
    with create_app(settings).test_client() as client:
        yield client


def texts(client: FlaskClient, typed: str) -> list[str]:
    return [one["text"] for one in client.get("/goi-y", query_string={"q": typed}).get_json()]


def test_numbers_titles_and_abbreviations_are_suggested_while_typing(client: FlaskClient) -> None:
    assert texts(client, "63/20")[0] == "Nghị định 63/2010/NĐ-CP"
    assert texts(client, "nghị định 63")[0] == "Nghị định 63/2010/NĐ-CP"
    assert "Nghị quyết 76/NQ-CP" in texts(client, "cai cach hanh ch")
    first = client.get("/goi-y?q=cchc").get_json()[0]
    assert (first["kind"], first["text"], first["title"]) == ("viết tắt", "CCHC", "cải cách hành chính")
    assert texts(client, "6") == [] and texts(client, "  ") == []


def test_what_is_only_cited_is_said_so(client: FlaskClient) -> None:
    kinds = {one["text"]: one["kind"] for one in client.get("/goi-y?q=61/2018").get_json()}
    assert kinds["Nghị định 61/2018/NĐ-CP"] == "chỉ được viện dẫn"
    page = client.get("/?q=61/2018/NĐ-CP").text
    assert "Kho chưa có toàn văn" in page and "/tac-pham/61-2018-nd-cp" in page
    cited = page.split('<article class="hit">')[1].split("</article>")[0]
    assert "chỉ được viện dẫn" in cited and 'class="snippet"' not in cited
    assert "cũng không văn bản nào dẫn số này" in client.get("/?q=9876/QĐ-TTg").text
    # A code or a slip before a number that is there makes no document that is not.
    for typed in ("63/2010/NĐ-CP", "nđ 63/2010", "nd 63/2010", "nghị địn 63/2010"):
        assert "absent" not in client.get("/", query_string={"q": typed}).text


def test_a_search_is_kept_with_all_it_asks_and_forgotten(client: FlaskClient) -> None:
    form = {"q": "thủ tục", "type": "Nghị định", "hieu-luc": "2015-01-01", "sort": "date", "ten": "việc của tôi"}
    assert client.post("/tra-cuu/luu", data=form).status_code == 303
    page = client.get("/").text
    assert "việc của tôi" in page and "hieu-luc=2015-01-01" in page and "sort=date" in page
    nothing = client.post("/tra-cuu/luu", data={"ten": "trống"})
    assert nothing.status_code == 400 and "Hãy gõ điều cần tìm" in nothing.text
    assert client.post("/tra-cuu/bo", data={"ten": "việc của tôi"}).status_code == 303
    assert "việc của tôi" not in client.get("/").text
    assert client.post("/tra-cuu/bo", data={"ten": "không có"}).status_code == 404


def test_the_workbook_holds_what_the_page_shows(client: FlaskClient) -> None:
    page = client.get("/?q=thủ tục&type=Nghị quyết").text
    address = page.split('href="/tra-cuu.xlsx')[1].split('"')[0].replace("&amp;", "&")
    rows = list(load_workbook(BytesIO(client.get(f"/tra-cuu.xlsx{address}").data)).worksheets[0].values)
    assert len(rows) > 1 and {row[1] for row in rows[1:]} == {"Nghị quyết"}


def test_of_one_document_a_few_places_are_shown_and_the_others_are_a_click_away(client: FlaskClient) -> None:
    page = client.get("/?q=thủ+tục+hành+chính").text
    hits = [one.split("</article>")[0] for one in page.split('<article class="hit">')[1:]]
    most = max(hits, key=lambda one: one.count('class="snippet"'))
    shown, _, further = most.partition('<details class="further">')
    assert shown.count('class="snippet"') == PLACES
    rest = further.count('class="snippet"')
    assert rest > 0 and f"<summary>{rest} chỗ nữa trong văn bản này</summary>" in further


def test_places_and_documents_are_counted_both(client: FlaskClient) -> None:
    page = client.get("/?q=cải cách hành chính").text
    summary = re.search(r'<p class="summary">(.*?)</p>', page, re.DOTALL)
    assert summary is not None
    told = re.sub(r"<[^>]+>", "", summary[1])
    assert re.match(r"\d+ chỗ(?:; trang này \d+ chỗ)? trong \d+ văn bản \(\d+ ms\)", told), told
    assert page.count('<article class="hit">') == int(re.search(r"trong (\d+) văn bản", told)[1])  # type: ignore[index]
