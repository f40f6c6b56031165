from __future__ import annotations

import pytest

from cases import Case, load_cases
from ingest.analysis import Analysis, analyse
from ingest.document import build_document, text_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import Target
from webapp.checking import check_analysis


def shown(analysis: Analysis, target: Target) -> str:
    bases = [
        f"{basis.kind.value}:{citation.number or citation.surface}"
        for strongest in target.bases
        for basis in strongest.ties
        for citation in (analysis.citations[basis.citation],)
    ]
    result = target.result.value if target.result else None
    return f"{target.value} | {result or '-'} | {target.verdict or '-'} | {', '.join(bases) or '-'}"


@pytest.mark.parametrize("case", [*load_cases("bases"), *load_cases("bases_called")], ids=lambda case: case.id)
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


REPORT = """SỞ NÔNG NGHIỆP
TỈNH A

Số: 186/BC-SNN

A, ngày 12 tháng 7 năm 2033

BÁO CÁO
Kết quả sản xuất vụ Xuân, 6 tháng đầu năm và triển khai sản xuất vụ Mùa năm 2033

PHẦN THỨ NHẤT: KẾT QUẢ SẢN XUẤT VỤ XUÂN VÀ 6 THÁNG ĐẦU NĂM

I. Kết quả thực hiện chỉ tiêu

Chỉ tiêu | Đơn vị | Kế hoạch | Thực hiện
Diện tích lúa | ha | 4.500 | 4.612
Diện tích màu | ha | 1.200 | 1.150

PHẦN THỨ HAI: TRIỂN KHAI SẢN XUẤT VỤ MÙA NĂM 2033

1. Chỉ tiêu: diện tích lúa Mùa 5.000 ha; năng suất từ 61 tạ/ha trở lên; cây màu Hè, Hè Thu 250 ha.

2. Giải pháp:

- Quản lý giống cây trồng; 100% trạm bơm sẵn sàng vận hành.
"""


def test_the_words_over_a_target_then_the_title_give_its_period_and_where_it_is_told() -> None:
    source = source_of("bao-cao.txt", REPORT.encode())
    analysis = analyse(build_document(source, read_source(source, REPORT.encode())))
    told = {target.value: target for target in analysis.targets}
    assert {value: target.period for value, target in told.items()} == {
        "4500": "năm 2033",
        "1200": "năm 2033",
        "5000": "năm 2033",
        "61": "năm 2033",
        "250": "năm 2033",
        "100": "năm 2033",
    }
    over = told["5000"].period_from
    assert over and "VỤ MÙA NĂM 2033" in over.cut(REPORT)
    title = told["4500"].period_from
    assert title and "Kết quả sản xuất vụ Xuân" in title.cut(REPORT)
    # What the second part of the title announces is what the paper itself sets.
    own = [shown(analysis, told[value]).split(" | ")[3] for value in ("4500", "5000")]
    assert own == ["-", "section:186/BC-SNN"]


def test_a_plan_without_its_number_and_a_body_that_gave_a_level_are_told() -> None:
    text = (
        "BÁO CÁO\nKết quả công tác năm 2033\n\n"
        "1. Các chỉ tiêu theo Kế hoạch công tác dân tộc năm 2033 của UBND tỉnh\n\n"
        "a) Ít nhất 97% người dân tham gia bảo hiểm. Kết quả: 97,2%. Đánh giá: đạt.\n\n2. Mục tiêu tỉnh đề ra\n\n"
        "a) Giải ngân đạt từ 90% trở lên. Kết quả: 91,8%. Đánh giá: đạt.\n"
    )
    source = source_of("bao-cao.txt", text.encode())
    analysis = analyse(build_document(source, read_source(source, text.encode())))
    told = [target.unnamed and target.unnamed.cut(text) for target in analysis.targets]
    assert [target.bases for target in analysis.targets] == [(), ()]
    assert told == ["Kế hoạch công tác dân tộc năm 2033 của UBND tỉnh", "Mục tiêu tỉnh đề ra"]


def test_of_a_plan_called_by_words_both_places_are_told_and_of_several_each() -> None:
    report = (
        "BÁO CÁO\nKết quả công tác năm 2021\n\n1. Chỉ đạo\n\nSở ban hành Kế hoạch số 12/KH-SNV ngày 28/12/2020 về"
        " cải cách hành chính năm 2021{more}.\n\n2. Chỉ tiêu theo Kế hoạch cải cách\n"
        "hành chính năm 2021 của Sở:\n\n"
        "- Phấn đấu tối thiểu 90% hồ sơ được giải quyết đúng hạn.\n"
    )
    one = analyse(text_document(report.format(more="")))
    (target,) = one.targets
    words = [span.cut(one.document.text) for span in target.bases[0].evidence]
    assert words == ["Kế hoạch cải cách\nhành chính năm 2021 của Sở", "Kế hoạch số 12/KH-SNV"]
    several = analyse(
        text_document(
            report.format(more="; Kế hoạch số 15/KH-SNV ngày 04/01/2021 về cải cách hành chính năm 2021")
        )
    )
    (target,) = several.targets
    assert [several.citations[at].number for at in target.perhaps] == ["12/KH-SNV", "15/KH-SNV"]
    (told,) = [one.vi for one in check_analysis(several).report.findings if one.rule == "TGT-002"]
    assert told.endswith("chỉ ghi “Kế hoạch cải cách hành chính năm 2021 của Sở”, có thể là 12/KH-SNV, 15/KH-SNV")
