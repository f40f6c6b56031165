from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_maker import add, new_store, save_document
from graphs import authority as graph_authority
from graphs.base import ensure_catalogue
from graphs.citation_graph import (
    anomalies,
    authority,
    common_bases,
    cycles,
    load_graph,
    page_ranks,
    series_with_gaps,
    shortest_path,
)
from graphs.diagram import GROUPS, Neighbour, build_diagram
from graphs.drawing import MARKS, draw_svg
from graphs.export import SHAPES, write_graph
from graphs.finding import find_works
from graphs.status import answer_status
from graphs.trace import DOWN, UP, walk
from graphs.update import update_graph
from ingest.document import build_document
from ingest.readers.plain import read_plain
from kb.models import MediaType, SourceFile
from kb.store import graph as rows
from kb.store.graph_schema import ranks
from kb.store.store import Store
from kb.validity import Word
from webapp.cli.main import main

DECREE, CIRCULAR, PLAN = "34-2016-nd-cp", "3-2022-tt-btp", "5-kh-ubnd.hue.2024-01-05"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A law, a decree that rests on it, a circular on the decree, a plan that carries out the circular."""
    with new_store(tmp_path) as opened:
        header = {"type": "Nghị định", "issuer": "Chính phủ", "issued": "2016-05-14"}
        text = "Căn cứ Luật Giá số 16/2012/QH13;\nĐiều 1. Phạm vi\n"
        text += "Điều 2. Nghị định này có hiệu lực từ ngày 01/7/2016."
        add(opened, text, "/a.txt", number="34/2016/NĐ-CP", **header)
        header = {"type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": "2022-02-10"}
        text = "Căn cứ khoản 2 Điều 5 Nghị định số 34/2016/NĐ-CP ngày 14/5/2016;\nĐiều 1. Phạm vi"
        add(opened, text, "/b.txt", number="03/2022/TT-BTP", **header)
        header = {"type": "Kế hoạch", "issuer": "UBND thành phố Huế", "issued": "2024-01-05"}
        text = "Triển khai thực hiện Thông tư số 03/2022/TT-BTP, Ủy ban nhân dân ban hành kế hoạch."
        add(opened, text, "/c.txt", number="5/KH-UBND", **header)
        update_graph(opened, None)
        yield opened


def test_up_and_down_the_chain(store: Store) -> None:
    up = walk(store, PLAN, UP, 5)
    assert up.hops == {PLAN: 0, CIRCULAR: 1, DECREE: 2, "16-2012-qh13": 3}
    down = walk(store, "16-2012-qh13", DOWN, 2)
    assert down.hops == {"16-2012-qh13": 0, DECREE: 1, CIRCULAR: 2}
    (place,) = [link.place for link in up.links if link.source == CIRCULAR and link.target == DECREE]
    assert place == "điều 5/khoản 2", "provision to provision"


def test_paths_common_bases_authority(store: Store) -> None:
    assert shortest_path(store, PLAN, DECREE) == [PLAN, CIRCULAR, DECREE]
    assert shortest_path(store, DECREE, PLAN) == []
    assert common_bases(store, [PLAN, CIRCULAR]) == ["16-2012-qh13", DECREE]
    assert {name for name, _ in authority(store, 2)} == {"16-2012-qh13", DECREE}


def test_what_cannot_be_right_is_named(store: Store) -> None:
    assert anomalies(store) == []
    header = {"type": "Nghị định", "issuer": "Chính phủ", "issued": "2010-01-01"}
    add(store, "Căn cứ Thông tư số 03/2022/TT-BTP ngày 10/02/2022;", "/d.txt", number="1/2010/NĐ-CP", **header)
    header = {"type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": "2023-01-01"}
    text = "Căn cứ Thông tư số 9/2023/TT-BTP;\nĐiều 1. Bãi bỏ Điều 5 Nghị định số 34/2016/NĐ-CP."
    add(store, text, "/e.txt", number="8/2023/TT-BTP", **header)
    add(store, "Căn cứ Thông tư số 8/2023/TT-BTP;", "/f.txt", number="9/2023/TT-BTP", **header)
    update_graph(store, None)
    assert cycles(store) == [["8-2023-tt-btp", "9-2023-tt-btp"]]
    assert [(one.code, one.works[0]) for one in anomalies(store)] == [
        ("before_its_basis", "1-2010-nd-cp"),
        ("cycle", "8-2023-tt-btp"),
        ("lower_changes_higher", "8-2023-tt-btp"),
    ]


def test_series_with_a_missing_year(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for year in (2020, 2021, 2023):
            header = {"type": "Báo cáo", "issuer": "UBND tỉnh Hà Giang", "issued": f"{year}-12-01"}
            title = f"Kết quả cải cách hành chính năm {year}"
            add(store, title, f"/{year}.txt", number=f"{year % 100}/BC-UBND", title=title, **header)
        update_graph(store, None)
        (found,) = series_with_gaps(store)
    assert found.missing == (2022,) and [year for year, _ in found.works] == [2020, 2021, 2023]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_export_reads_back(store: Store, shape: str, tmp_path: Path) -> None:
    graph = load_graph(store)
    text = write_graph(graph, shape)
    path = tmp_path / f"g.{shape}"
    path.write_text(text, encoding="utf-8")
    if shape in ("graphml", "gexf"):
        again = networkx.read_graphml(path) if shape == "graphml" else networkx.read_gexf(path)
        assert set(again) == set(graph) and again.number_of_edges() == graph.number_of_edges()
    elif shape == "json":
        assert len(json.loads(text)["edges"]) == graph.number_of_edges()
    else:
        assert text.count("\n") >= graph.number_of_edges() and "34/2016/NĐ-CP" in text


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=30))
def test_ranks_are_page_rank_in_multiples_of_that_of_a_work_nobody_cites(links: list[tuple[str, str]]) -> None:
    graph = networkx.DiGraph([*[link for link in links if link[0] != link[1]], ("alone", "cited")])
    wanted = networkx.pagerank(graph, tol=1e-12, max_iter=2000)
    ranks = page_ranks([*links, ("alone", "cited"), ("alone", "cited")])
    for name, value in wanted.items():
        assert ranks.get(name, 1.0) == pytest.approx(value / wanted["alone"], rel=1e-4)


def test_ranks_lag_behind_in_a_large_base_until_a_rebuild(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def kept() -> dict[str, float]:
        with store.connect() as connection:
            return {row.node_id: row.rank for row in connection.execute(ranks.select())}

    before = kept()
    assert before[DECREE] > before[CIRCULAR] > 1
    monkeypatch.setattr(graph_authority, "SMALL", 0)
    header = {"number": "9/2024/TT-BTP", "type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": "2024-05-05"}
    update_graph(store, [add(store, "Căn cứ Nghị định số 34/2016/NĐ-CP;", "/new.txt", **header)])
    assert kept() == before
    update_graph(store, None)
    assert kept()[DECREE] > before[DECREE]
    assert kept()[DECREE] == dict(authority(store))[DECREE]


def test_the_diagram_names_groups_and_marks_every_status(store: Store) -> None:
    for at in range(60):
        header = {"type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": f"2020-01-{at % 28 + 1:02d}"}
        add(store, "Căn cứ Nghị định số 34/2016/NĐ-CP;", f"/n{at}.txt", number=f"{at + 100}/2020/TT-BTP", **header)
    update_graph(store, None)
    diagram = build_diagram(store, DECREE, "2025-06-27")
    svg = draw_svg(diagram, lambda work: f"/van-ban/{work}")
    root = ET.fromstring(svg)
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Văn bản căn cứ vào văn bản này (61)" in texts and "Văn bản căn cứ (1)" in texts
    rows_drawn = [y for text in root.iter("{http://www.w3.org/2000/svg}text") if (y := float(text.get("y") or 0))]
    height = float(root.get("height") or 0)
    assert max(rows_drawn) < height, "every neighbour stands on the sheet"
    (_, works) = next(group for group in diagram.right if group[0] == "Văn bản căn cứ vào văn bản này")
    assert [one.issued for one in works] == sorted(one.issued for one in works), "time runs downward"
    assert len({shape for _, shape in MARKS.values()}) == len(MARKS) == len(set(Word))
    assert len({name for pair in GROUPS.values() for name in pair}) == 2 * len(GROUPS)


def test_sixty_neighbours_stand_on_one_sheet_with_whole_names(store: Store) -> None:
    named = {"type": "Thông tư liên tịch", "issuer": "Bộ Tư pháp"}
    for at in range(60):
        own = {"number": f"{at + 100}/2020/TTLT-BTP-BNV", "issued": f"2020-01-{at % 28 + 1:02d}"}
        add(store, "Căn cứ Nghị định số 34/2016/NĐ-CP;", f"/n{at}.txt", **own, **named)
    update_graph(store, None)
    diagram = build_diagram(store, DECREE, "2025-06-27")
    svg = draw_svg(diagram)
    drawn = _names_drawn(svg, "Thông tư liên tịch ")
    assert {text.text for text in drawn} >= {
        f"Thông tư liên tịch {at + 100}/2020/TTLT-BTP-BNV" for at in range(60)
    }
    assert len({text.get("x") for text in drawn}) == 1, "a name that fits no half keeps the whole width"
    short = draw_svg(replace(diagram, right=tuple(_shortened(diagram.right))))
    assert len({text.get("x") for text in _names_drawn(short, "TT ")}) == 2
    sheet = ET.fromstring(short)
    assert float(sheet.get("height") or 0) < float(sheet.get("width") or 0)
    assert "@page" in svg
    assert "<style" not in draw_svg(diagram, str), "pages allow no style of their own"


def _names_drawn(svg: str, head: str) -> list[ET.Element]:
    texts = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [text for text in texts if (text.text or "").startswith(head)]


def _shortened(groups: Sequence[tuple[str, tuple[Neighbour, ...]]]) -> Iterator[tuple[str, tuple[Neighbour, ...]]]:
    for name, works in groups:
        yield name, tuple(replace(one, label=f"TT {at}/2020") for at, one in enumerate(works))


def test_a_text_that_tells_of_others_is_not_amended_by_them(store: Store) -> None:
    by = "được sửa đổi, bổ sung bởi Nghị định số 154/2020/NĐ-CP ngày 31/12/2020"
    told = f"Căn cứ Nghị định số 34/2016/NĐ-CP ({by});"
    teller = {"number": "9/2031/TT-BTP", "type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": "2031-01-05"}
    work = add(store, told, "/t.txt", **teller)
    update_graph(store, None)
    diagram = build_diagram(store, work, "2031-06-27")
    beside = {one.id: name for name, works in (*diagram.left, *diagram.right) for one in works}
    assert beside["154-2020-nd-cp"] == "Văn bản được dẫn chiếu"
    around = build_diagram(store, DECREE, "2031-06-27")
    assert ["154-2020-nd-cp"] in [
        [one.id for one in w] for name, w in around.right if name == "Văn bản sửa đổi, bổ sung"
    ]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("34/2016", [DECREE]),
        ("Nghị định 34/2016", [DECREE]),
        ("nghị định số 34/2016/NĐ-CP", [DECREE]),
        ("Thông tư 34/2016", []),
        ("3/2022/TT-BTP", [CIRCULAR]),
        ("5/KH-UBND 2024", [PLAN]),
        ("5/KH-UBND 2023", []),
        ("http://localhost/van-ban/34-2016-nd-cp", [DECREE]),
        ("%", []),
        ("", []),
    ],
)
def test_works_are_found_as_people_type(store: Store, typed: str, ids: list[str]) -> None:
    assert [work.id for work in find_works(store, typed)] == ids


def test_commands_answer_in_json(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(store.settings.home)

    def run(*arguments: str) -> tuple[int, list[dict[str, object]]]:
        status = main([*arguments, "--home", home])
        out = capsys.readouterr().out
        return status, [json.loads(line) for line in out.splitlines()]

    status, (row,) = run("status", "34/2016", "--as-of", "2020-01-01", "--format", "json")
    assert status == 0 and row["status"] == "Còn hiệu lực" and row["from"] == "2016-07-01"
    assert {"work", "number", "year", "title", "as_of", "status", "from", "to", "because", "certain"} <= set(row)
    (proof,) = [event["evidence"] for event in row["because"] if event["origin"] == "text"]  # type: ignore[attr-defined]
    assert set(proof) == {"work", "unit", "start", "end", "line", "page", "text"} and proof["line"] == 3
    status, (row,) = run("trace", "5/KH-UBND", "--format", "json")
    assert status == 0 and {node["status"] for node in row["nodes"]} <= {word.value for word in Word}  # type: ignore[attr-defined,union-attr]
    assert {(edge["source"], edge["target"]) for edge in row["edges"]} >= {(PLAN, CIRCULAR), (CIRCULAR, DECREE)}  # type: ignore[attr-defined,union-attr]
    status, (row, *_) = run("works", "to-collect", "--format", "json")
    assert status == 0 and row["cited_by"]
    status, found = run("catalogue", "list", "--loads", "--format", "json")
    assert status == 0 and found[0]["works"]
    assert run("status", "999/2099/NĐ-CP")[0] == 1
    assert run("status", "34/2016", "--as-of", "hôm qua")[0] == 2


def test_merge_on_the_command_line(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(store.settings.home)
    assert main(["works", "merge", "16/2012/QH13", "34/2016/NĐ-CP", "--home", home]) == 0
    capsys.readouterr()
    assert main(["status", "16-2012-qh13", "--format", "json", "--home", home]) == 0
    assert json.loads(capsys.readouterr().out)["work"] == DECREE, "the old address leads to the work it is now"
    assert main(["works", "decisions", "--withdraw", "1", "--home", home]) == 0
    capsys.readouterr()
    assert main(["status", "16-2012-qh13", "--format", "json", "--home", home]) == 0
    assert json.loads(capsys.readouterr().out)["work"] == "16-2012-qh13"


def test_the_real_report_at_its_own_date(report_path: Path, tmp_path: Path) -> None:
    """Every numbered mention is a work of its own, none merged wrongly; expired works have their day."""
    data = report_path.read_bytes()
    document = build_document(SourceFile("/r.txt", "0" * 64, MediaType.PLAIN, len(data)), read_plain(data))
    with new_store(tmp_path) as store:
        ensure_catalogue(store)
        work = save_document(store, document)
        update_graph(store, [work])
        with store.connect() as connection:
            found = [row for row in rows.edge_rows(connection, "source", [work]) if row.version_id]
        targets = {row.target for row in found}
        assert {"66-nq-cp.2024-05-09", "66-nq-cp.2025-03-26", "107-2020-nd-cp", "107-2021-nd-cp"} <= targets
        assert {"376-bnv-cchc.2025-03-18", "4-nq-cp.2022-01-10", "4-nq-hdnd.khanh-hoa.2025-02-20"} <= targets
        assert any(target.startswith("376-stp-nv1") for target in targets if target)
        assert all(row.status in ("resolved", "known", "suspect") and row.reason for row in found)
        for number, successor in (("34-2016-nd-cp", "78-2025-nd-cp"), ("80-2015-qh13", "64-2025-qh15")):
            answer = answer_status(store, number, "2025-06-27")
            assert answer.standing.word is Word.EXPIRED and successor in answer.successors
            assert answer.standing.start == "2025-04-01"
