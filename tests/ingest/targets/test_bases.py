from __future__ import annotations

import pytest

from cases import Case, load_cases
from ingest.analysis import Analysis, analyse
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import Target


def shown(analysis: Analysis, target: Target) -> str:
    bases = [
        f"{basis.kind.value}:{citation.number or citation.surface}"
        for strongest in target.bases
        for basis in strongest.ties
        for citation in (analysis.citations[basis.citation],)
    ]
    result = target.result.value if target.result else None
    return f"{target.value} | {result or '-'} | {target.verdict or '-'} | {', '.join(bases) or '-'}"


@pytest.mark.parametrize("case", load_cases("bases"), ids=lambda case: case.id)
def test_results_and_bases_of_targets(case: Case) -> None:
    source = source_of("bao-cao.txt", case.text.encode())
    analysis = analyse(build_document(source, read_source(source, case.text.encode())))
    assert "\n".join(shown(analysis, target) for target in analysis.targets) == case.expected


PLAN = """ỦY BAN NHÂN DÂN
TỈNH A

Số: 12/KH-UBND

KẾ HOẠCH
Cấp nước nông thôn năm 2026

Căn cứ Kế hoạch số 25/KH-UBND ngày 03/3/2024 của Ủy ban nhân dân tỉnh về cấp nước giai đoạn 2024 - 2028;

I. MỤC TIÊU CỤ THỂ

- Phấn đấu 70% hộ có nước sạch.

- Đến năm 2027, 80% hộ có nước sạch.

- Phấn đấu lắp 60% đồng hồ theo Kế hoạch số 25/KH-UBND.
"""


def test_a_target_without_a_period_has_that_of_the_paper_which_sets_it() -> None:
    source = source_of("ke-hoach.txt", PLAN.encode())
    analysis = analyse(build_document(source, read_source(source, PLAN.encode())))
    assert [target.period for target in analysis.targets] == ["năm 2026", "Đến năm 2027", "giai đoạn 2024 - 2028"]
