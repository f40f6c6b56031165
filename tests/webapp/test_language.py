from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

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
QUEUED = tuple(f"/kho/duyet?loai={queue}" for queue in ("header", "ambiguous", "suspect"))
REPORT = """ỦY BAN NHÂN DÂN
TỈNH KHÁNH HÒA
Số: 12/BC-UBND
Khánh Hòa, ngày 20 tháng 6 năm 2025

BÁO CÁO
Kết quả cải cách hành chính 6 tháng đầu năm 2025

Thực hiện Kế hoạch số 6621/QĐ-UBND ngày 03/3/2025 của UBND tỉnh và Nghị định số 4452020/NĐ-CP của Chính phủ.
Căn cứ Nghị định số 20/2008/NĐ-CP và Nghị định số 63/2010/NĐ-CP của Chính phủ, theo Khoản 2 Điều 5 Luật Đất đai.
Theo Quyết định số 15/QĐ-UBND ngày 31/02/2025, phấn đấu tỷ lệ hồ sơ trực tuyến đạt tối thiểu 80%.
Tiếp tục thực hiện Kế hoạch số 5/KH-UBND ngày 03/3/2024 và Kế hoạch số 5/KH-UBND ngày 03/3/2025.
Theo Kế hoạch số 5/KH-UBND thì còn hai việc.
Có 114/128 đơn vị (chiếm 98,06%); có 40 cơ quan, gồm 20 sở, 8 đơn vị và 14 phòng.
Tỷ lệ đúng hạn từ 81,98% lên 85,70%, tăng 4,72%.
Phấn đấu mức độ hài lòng đạt 95%.

Phụ lục (Ban hành kèm theo Báo cáo số 21/BC-UBND)

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
"""
PLACEHOLDER_RE = re.compile(r"%\((\w+)\)s|%%")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    (home / "bao-cao.txt").write_text(REPORT, encoding="utf-8")
    ingest_paths(settings, [CORPUS / "nghi-dinh-63-2010-nd-cp.txt", home / "bao-cao.txt"], jobs=1)
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


def test_english_pages_say_nothing_of_their_own_in_vietnamese(app: Flask, client: FlaskClient) -> None:
    """What stays Vietnamese stands in a document, in the catalogue or in the question asked."""
    run = client.post("/kiem-tra", data={"text": REPORT}).headers["Location"]
    asked = 'loại:luật NOT hiệu lực:còn "thẩm quyền" năm:2010..2020 nd 63/2010 cải* cấp:xã năm:xưa'
    known = f" {squeezed(' '.join([REPORT, asked, *base_words(app)]))} "
    work = "12-bc-ubnd.khanh-hoa.2025-06-20"
    target = re.findall(rf"{work}/chi-tieu/[\w-]+", client.get(f"/van-ban/{work}/chi-tieu").text)[0]
    pages = (*PAGES, f"/?q={asked}", run, f"{run}/so-voi?lan={run[-16:]}", "/so-sanh?a=khong&b=63/2010")
    pages += (
        f"/van-ban/{work}",
        f"/van-ban/{work}/chi-tieu",
        f"/van-ban/{target}",
        f"/van-ban/{target}/song-song",
    )
    pages += tuple(f"/tac-pham/{one}" for one in ("92-2017-nd-cp", "20-2008-nd-cp", "20-2008-nd-cp/the"))
    stayed = []
    for path in (*pages, "/hieu-luc?lui=het&toi=het&moi-vien-dan=1", "/kho/nhat-ky", *QUEUED):
        address = f"{path}{'&' if '?' in path else '?'}lang=en"
        for words in own_words(client.get(address).text):
            left = [pair for pair in neighbours(words) if f" {pair} " not in known]
            stayed += [(path, words, left)] if left else []
    assert not stayed, "\n".join(map(str, stayed))


VIETNAMESE_RE = re.compile(r"[À-ỹĐđ]")
#: The name of the program, the switch to the other language, and words to be typed.
OURS = ("Căn Cứ", "Tiếng Việt", "mức độ hài lòng 2024")


def own_words(page: str) -> Iterator[str]:
    """The texts and labels of a page, without what is marked as Vietnamese or as something to type."""
    tree = html.fromstring(page)
    for skipped in tree.xpath("//*[@lang='vi'] | //script | //style | //code | //textarea"):
        skipped.drop_tree()
    texts = [*tree.itertext(), *tree.xpath("//@aria-label | //@title | //@placeholder | //@alt")]
    for text in map(str, texts):
        for ours in OURS:
            text = text.replace(ours, "")
        if VIETNAMESE_RE.search(text):
            yield " ".join(text.split())


def base_words(app: Flask) -> Iterator[str]:
    """All words that the base holds of documents: texts, what works are called, what the catalogue says."""
    home = app.config["CANCU_SETTINGS"].home
    yield (CORPUS / "nghi-dinh-63-2010-nd-cp.txt").read_text(encoding="utf-8")
    with closing(sqlite3.connect(home / "cancu.sqlite3")) as base:
        tables = [row[0] for row in base.execute("select name from sqlite_master where type = 'table'")]
        for table in tables:
            for row in base.execute(f"select * from {table}") if table not in ("citations", "edges") else ():
                yield from (value for value in row if isinstance(value, str))


def neighbours(text: str) -> Iterator[str]:
    """The Vietnamese words of a text, two that stand together as one piece."""
    for piece in re.split(r"[^\w\s]+", text):
        words = squeezed(piece).split()
        vietnamese = [bool(VIETNAMESE_RE.search(word)) for word in words]
        for at, word in enumerate(words):
            if vietnamese[at]:
                yield " ".join(words[at : at + 2]) if vietnamese[at + 1 : at + 2] == [True] else word


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()


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
