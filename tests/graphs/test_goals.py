"""Goals and what they rest on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graphs.checks.goals.goal_bases import check_bases
from graphs.checks.report import Subject, Tally
from ingest.analysis import analyse
from ingest.document import text_document

HEAD = """BỘ LAO ĐỘNG
Số: {number}
Hà Nội, ngày 11 tháng 02 năm 2025

{type}
Về giải quyết hồ sơ trực tuyến

Phấn đấu đến năm 2026, 95% hồ sơ được giải quyết trực tuyến.
"""


@pytest.mark.parametrize(
    ("number", "type_", "told"), [("03/2025/TT-BLĐ", "THÔNG TƯ", False), ("03/KH-BLĐ", "KẾ HOẠCH", True)]
)
def test_only_a_text_of_law_needs_no_basis_for_what_it_asks(number: str, type_: str, told: bool) -> None:
    read = analyse(text_document(HEAD.format(number=number, type=type_)), with_claims=False)
    bare = [replace(target, bases=()) for target in read.targets]
    tally = Tally()
    found = list(check_bases(Subject(read.document, read.citations, read.figures, bare), tally))
    assert bare
    assert bool(found) is told
    assert bool(tally.reasons) is not told
