from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.settings import Settings
from webapp.app import create_app
from webapp.forms import _FORM_RE, _completed
from webapp.views.check import TEXT_LIMIT


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    with create_app(Settings(tmp_path, f"sqlite:///{tmp_path / 'cancu.sqlite3'}")).test_client() as client:
        yield client


def test_health_asks_store_and_index(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_a_file_that_cannot_be_read_is_refused_and_not_kept(client: FlaskClient) -> None:
    answer = client.post("/kiem-tra", data={"file": (BytesIO(b"%PDF-1.4 broken"), "bao-cao.pdf")})
    assert answer.status_code == 422
    assert "bao-cao.pdf" not in client.get("/kiem-tra").text


def test_pasted_text_is_never_cut_silently(client: FlaskClient) -> None:
    assert client.post("/kiem-tra", data={"text": "a" * (TEXT_LIMIT + 1)}).status_code == 413


def test_a_name_is_shown_as_text(client: FlaskClient) -> None:
    name = "<script>alert(1)</script>.txt"
    made = client.post("/kiem-tra", data={"file": (BytesIO("Số: 05/BC-UBND".encode()), name)})
    assert made.status_code == 303
    for path in ("/kiem-tra", made.headers["Location"]):
        page = client.get(path).text
        assert "<script>alert" not in page


def test_a_form_of_another_site_does_nothing(client: FlaskClient) -> None:
    answer = client.post("/kiem-tra", data={"text": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_each_posting_form_of_a_template_gets_its_own_token() -> None:
    source = (
        '<form class="a" method="post" action="{{ url_for(\'review.undo\') }}" id="x">{{ one }}</form>'
        '{% if case %}<form method="post" action="{{ url_for("review.decide") }}">{{ two }}</form>{% endif %}'
    )
    made = re.sub(r"<input[^>]*csrf_token[^>]*>", "T", _FORM_RE.sub(_completed, source))
    assert made == (
        "{% if may('review.undo') %}"
        '<form class="a" method="post" action="{{ url_for(\'review.undo\') }}" id="x">'
        "T{{ one }}</form>{% endif %}"
        '{% if case %}{% if may("review.decide") %}<form method="post" action="{{ url_for("review.decide") }}">'
        "T{{ two }}</form>{% endif %}{% endif %}"
    )


def test_pasted_text_is_text_whatever_it_looks_like(client: FlaskClient) -> None:
    made = client.post("/kiem-tra", data={"text": "<p>Căn cứ Nghị định số 34/2016/NĐ-CP</p>"})
    # The place of the citation counts the letters of the mark-up: nothing was taken for a web page.
    assert 'id="dan-10"' in client.get(made.headers["Location"]).text


def test_a_file_with_the_name_of_a_paste_is_still_a_file(client: FlaskClient) -> None:
    data = "Căn cứ Nghị định số 34/2016/NĐ-CP của Chính phủ và các quy định".encode("utf-16")
    made = client.post("/kiem-tra", data={"file": (BytesIO(data), "van-ban-dan.txt")})
    assert "34/2016/NĐ-CP" in client.get(made.headers["Location"]).text
