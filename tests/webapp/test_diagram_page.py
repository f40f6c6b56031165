from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from graphs.network import build_network
from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app
from webapp.current import current_store

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
LAW = "/tac-pham/80-2015-qh13"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    wanted = ("luat-80-*.txt", "nghi-dinh-34-*", "nghi-dinh-92-*", "luat-63-*")
    ingest_paths(settings, [path for name in wanted for path in CORPUS.glob(name)], jobs=1)
    with create_app(settings).test_client() as client:
        yield client


def test_the_network_goes_step_by_step(client: FlaskClient) -> None:
    near = client.get(f"{LAW}/luoc-do.json?bac=1").get_json()
    far = client.get(f"{LAW}/luoc-do.json?bac=3").get_json()
    assert {node["id"] for node in near["nodes"]} < {node["id"] for node in far["nodes"]}
    nodes = {node["id"]: node for node in far["nodes"]}
    assert nodes["80-2015-qh13"]["hop"] == 0 and nodes["34-2016-nd-cp"]["rests"] == 1
    assert all(edge["source"] in nodes and edge["target"] in nodes for edge in far["edges"])
    amends = {(edge["source"], edge["relation"], edge["target"]) for edge in far["edges"]}
    assert ("63-2020-qh14", "sửa đổi bổ sung", "80-2015-qh13") in amends
    assert ("34-2016-nd-cp", "căn cứ", "80-2015-qh13") in amends


def test_the_page_says_in_a_table_what_is_drawn(client: FlaskClient) -> None:
    page = client.get(f"{LAW}/luoc-do?bac=2&ngay=2019-01-01").text
    drawn = client.get(f"{LAW}/luoc-do.json?bac=2&ngay=2019-01-01").get_json()
    table = page.split('id="bang-mang"')[1].split("</table>")[0]
    assert table.count("<tr>") - 1 == len(drawn["edges"]) > 3
    assert "luoc-do.json?ngay=2019-01-01&amp;bac=2" in page
    assert "cytoscape.min.js" not in client.get("/van-ban").text


def test_two_works_show_the_sentences_between_them(client: FlaskClient) -> None:
    page = client.get(f"{LAW}/voi/34-2016-nd-cp")
    assert "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13" in page.text
    assert "/van-ban/34-2016-nd-cp#dan-" in page.text
    piece = client.get(f"{LAW}/voi/34-2016-nd-cp?manh=1").text
    assert "Mở câu dẫn" in piece and "<html" not in piece
    assert client.get(f"{LAW}/voi/khong-co").status_code == 404


def test_the_network_is_written_as_graphml(client: FlaskClient) -> None:
    answer = client.get(f"{LAW}/luoc-do.graphml")
    root = ElementTree.fromstring(answer.data)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    drawn = client.get(f"{LAW}/luoc-do.json").get_json()
    assert len(root.findall(f".//{space}node")) == len(drawn["nodes"])
    assert len(root.findall(f".//{space}edge")) == len(drawn["edges"])
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_large_network_leaves_out_the_far_and_says_so(client: FlaskClient) -> None:
    with client.application.app_context():
        whole = build_network(current_store(), "80-2015-qh13", "2024-01-01", 3)
        cut = build_network(current_store(), "80-2015-qh13", "2024-01-01", 3, most=4)
    assert len(cut.nodes) == 4 and cut.left_out == len(whole.nodes) - 4
    assert "80-2015-qh13" in {node.id for node in cut.nodes}
