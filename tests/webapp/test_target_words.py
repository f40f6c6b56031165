"""How documents that targets rest on are called."""

from __future__ import annotations

from ingest.analysis import analyse
from ingest.document import text_document
from kb.models import CitationKind
from webapp.target_words import as_cited

PLAN = """UBND TỈNH BÌNH AN
Số: 65/KH-UBND
Bình An, ngày 21 tháng 11 năm 2025

KẾ HOẠCH
THỰC HIỆN CHỈ THỊ SỐ 27/CT-TTG NGÀY 15 THÁNG 8 NĂM 2024 CỦA THỦ TƯỚNG CHÍNH PHỦ

Thực hiện Chỉ thị số 27/CT-TTg ngày 15/8/2024 của Thủ tướng Chính phủ, UBND tỉnh ban hành kế hoạch.
"""


def test_a_title_in_capitals_does_not_change_a_symbol() -> None:
    read = analyse(text_document(PLAN))
    cited = [one for one in read.citations if one.kind is not CitationKind.SELF]
    assert {as_cited(one) for one in cited} == {"Chỉ thị số 27/CT-TTg"}
    assert any(one.surface.isupper() for one in cited)
