from __future__ import annotations

from datetime import date
from pathlib import Path

from graphs.base import open_base
from graphs.network import build_network
from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.relations import read_surroundings

REPORT = """ỦY BAN NHÂN DÂN TỈNH AN GIANG
Số: 95/BC-UBND
An Giang, ngày 05 tháng 3 năm 2024

BÁO CÁO
Tình hình giải quyết thủ tục hành chính

Kiến nghị Chính phủ ban hành Nghị định thay thế Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ.

Thực hiện theo Nghị định số 61/2018/NĐ-CP (được sửa đổi, bổ sung bởi Nghị định số 107/2021/NĐ-CP).
"""


def test_a_report_that_tells_of_deeds_does_none(tmp_path: Path) -> None:
    (tmp_path / "bc.txt").write_text(REPORT, encoding="utf-8")
    settings = Settings(tmp_path / "kho", f"sqlite:///{tmp_path / 'kho' / 'cancu.sqlite3'}")
    ingest_paths(settings, [tmp_path / "bc.txt"], jobs=1)
    with open_base(settings) as store:
        (document,) = store.list_documents()
        around = read_surroundings(store, document.id, date(2024, 3, 5))
        changing = [name for name in around.groups if "thay thế" in name or "sửa đổi" in name or "bãi bỏ" in name]
        assert not changing
        assert {one.number for one in around.groups["Văn bản được dẫn chiếu"]} >= {
            "63/2010/NĐ-CP",
            "107/2021/NĐ-CP",
        }
        edges = build_network(store, document.id, "2024-03-05", 1).edges
        ours = [edge.relation for edge in edges if document.id in (edge.source, edge.target)]
        assert "thay thế" not in ours and "sửa đổi bổ sung" not in ours
        of_the_decree = read_surroundings(store, "61-2018-nd-cp", date(2024, 3, 5)).groups
        assert [one.number for one in of_the_decree["Văn bản sửa đổi, bổ sung"]] == ["107/2021/NĐ-CP"]
