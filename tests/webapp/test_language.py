from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from tools import make_catalogue
from webapp.app import create_app
from webapp.language import PlainText, marked

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
PAGES = (
    "/",
    "/?q=thẩm quyền",
    "/?q=khongcogi123 abc",
    "/van-ban",
    "/van-ban/63-2010-nd-cp",
    "/van-ban/63-2010-nd-cp/duoc-dan",
    "/tac-pham/63-2010-nd-cp/luoc-do",
    "/tac-pham/61-2018-nd-cp",
    "/kiem-tra",
    "/hieu-luc",
    "/so-sanh",
    "/kho",
)
PLACEHOLDER_RE = re.compile(r"%\((\w+)\)s|%%")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    ingest_paths(settings, [CORPUS / "nghi-dinh-63-2010-nd-cp.txt"], jobs=1)
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def test_no_message_lacks_english() -> None:
    catalogue = make_catalogue.read_catalogue()
    told = {message.id: message.string for message in catalogue if message.id}
    missing = [message for message in make_catalogue.said() if not told.get(message)]
    assert not missing, "run tools/make_catalogue.py and fill in what is missing"
    for message, english in told.items():
        assert sorted(PLACEHOLDER_RE.findall(message)) == sorted(PLACEHOLDER_RE.findall(english)), message
        assert message[:1].isspace() == english[:1].isspace() and message[-1:].isspace() == english[-1:].isspace()


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert make_catalogue.MO.read_bytes() == make_catalogue.compiled(make_catalogue.read_catalogue())


def test_vietnamese_pages_are_what_their_templates_say(app: Flask, client: FlaskClient) -> None:
    """Handing the words to gettext changes nothing but white space."""
    shown = {path: plain(client.get(path).text) for path in PAGES}
    bare = create_app(app.config["CANCU_SETTINGS"])
    bare.jinja_env.extensions.pop(PlainText.identifier)
    with bare.test_client() as other:
        for path in PAGES:
            assert shown[path] == plain(other.get(path).text)


def plain(page: str) -> str:
    page = re.sub(r'name="csrf_token" value="[^"]*"|\d+ ms', "", page)
    return " ".join(re.sub(r"\s*(<[^>]*>)\s*", r" \1 ", page).split())


def test_the_language_is_asked_for_and_kept(client: FlaskClient) -> None:
    assert '<html lang="vi">' in client.get("/").text
    assert '<html lang="vi">' in client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    page = client.get("/?lang=en").text
    assert '<html lang="en">' in page and "Search documents and legal bases" in page
    assert '<html lang="en">' in client.get("/van-ban").text
    assert '<html lang="vi">' in client.get("/van-ban?lang=vi").text
    assert '<html lang="vi">' in client.get("/van-ban").text


def test_english_pages_speak_english_and_leave_documents_alone(client: FlaskClient) -> None:
    page = client.get("/van-ban/63-2010-nd-cp?lang=en").text
    for words in ("Date of issue", "Contents", "Partly in force", "A summary in the words"):
        assert words in page
    assert "Về kiểm soát thủ tục hành chính" in page and 'href="/van-ban/63-2010-nd-cp?lang=vi"' in page
    assert "Not found" in client.get("/khong-co?lang=en").text or "NOT FOUND" in client.get("/khong-co").status


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<p>Có {{ n }} văn bản</p>", '<p>{{ _("Có %(n)s văn bản", n=n) }}</p>'),
        ("<p>{{ a.n }} và {{ b.n }}</p>", '<p>{{ _("%(n)s và %(n_)s", n=a.n, n_=b.n) }}</p>'),
        ("<p>{{ a|length }} %</p>", "<p>{{ a|length }} %</p>"),
        ('<a class="{{ "bad" if x == "Đạt" else "ok" }}">100% đạt</a>', None),
        ("{% if x %}<code>cancu ingest</code>{% endif %}", "{% if x %}<code>cancu ingest</code>{% endif %}"),
        ('<input value="{{ q }}" placeholder="Số">', '<input value="{{ q }}" placeholder="{{ _("Số") }}">'),
        ("{# Ghi chú #}<p>{{- x -}}</p>", "{# Ghi chú #}<p>{{- x -}}</p>"),
        ('<p>Nói "thế"</p>', '<p>{{ _("Nói \\"thế\\"") }}</p>'),
        ("{{ {'a': 'được'}[k] }}", "{{ {'a': _('được')}[k] }}"),
    ],
)
def test_words_of_a_template_are_marked(source: str, wanted: str | None) -> None:
    if wanted is None:
        wanted = source.replace("100% đạt", '{{ _("100%% đạt") }}')
    assert marked(source) == wanted
