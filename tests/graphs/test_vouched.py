"""What proves a number, and findings of numbers that others prove."""

from __future__ import annotations

from graphs.checks.learned.proven import Proof, Proofs
from graphs.checks.learned.vouched import is_asked, odds, signs, vouched, worth
from graphs.checks.report import Subject, Tally
from graphs.checks.run import RULES
from kb.models import Finding, Severity
from tests.graphs.test_likeness import subject
from tools.fit_vouched import rows_of

_PAPER = """I. KẾT QUẢ

Các đội giành 318 huy chương, trong đó 41 huy chương quốc tế.

Ba nhóm môn giành lần lượt 142, 109 và 67 huy chương, tương ứng 44,7%, 34,3% và 21,1%.

Lúa cấy 1.318 ha, năng suất 62,7 tạ/ha (vụ trước 61,2 tạ/ha, tăng 1,5 tạ/ha).

Bảng 1. Thu ngân sách
Khoản | Dự toán | Thực hiện
Thuế | 4.210 | 4.655
Phí | 1.180 | 1.042
Cộng | 5.390 | 5.697
"""


def proof(paper: Subject, printed: str) -> Proof:
    at = paper.document.text.index(printed)
    proofs = Proofs.of(paper)
    span = next(one for one in (*proofs._places, *proofs.cells) if one.start == at)
    found = proofs.proof(span)
    assert found is not None
    return found


def found(paper: Subject) -> list[Finding]:
    return [one for rule in RULES if rule.id.startswith("FIG") for one in rule.run(paper, Tally())]


def test_a_rate_is_proved_by_a_total_that_is_told_in_another_paragraph() -> None:
    paper = subject(_PAPER)
    assert proof(paper, "44,7%").share > 1.5
    wrong = subject(_PAPER.replace("44,7%", "46,9%"))
    assert proof(wrong, "46,9%").share < 0


def test_what_two_numbers_beside_it_make_is_proved_by_them() -> None:
    assert proof(subject(_PAPER), "1,5").made > -2
    assert proof(subject(_PAPER.replace("1,5", "1,9")), "1,9").surest == 0


def test_a_cell_is_proved_by_the_total_of_its_column() -> None:
    sound, wrong = subject(_PAPER), subject(_PAPER.replace("4.655", "4.565"))
    assert proof(sound, "4.655").cell
    assert proof(sound, "4.655").held > proof(wrong, "4.565").held


def test_a_cell_with_decimals_is_told_again_by_the_same_digits_in_the_text() -> None:
    text = _PAPER.replace("4.655", "465,5")
    assert proof(subject(text), "465,5").again == 0
    assert proof(subject(f"{text}\nb) Tiền thuế là 465,5 tỷ đồng.\n"), "465,5").again == 4


def test_findings_of_numbers_that_others_prove_are_left_out_and_counted_as_not_checked() -> None:
    text = (
        "Tổng nợ đến cuối tháng 9 là 8.450 triệu đồng, giảm 950 triệu đồng (10,1%) so với đầu năm (9.400 triệu "
        "đồng); gồm nợ có khả năng thu 5.915 triệu đồng (70%), nợ khó thu 1.690 triệu đồng (20%), nợ đang xử lý "
        "845 triệu đồng (10%)."
    )
    paper = subject(text)
    all_ = [one for one in found(paper) if one.severity is not Severity.NOTE]
    tally = Tally(failed=len(all_))
    kept = list(vouched(paper, all_, tally))
    assert len(kept) < len(all_)
    assert tally.failed == len(kept)
    assert tally.not_checked == len(all_) - len(kept)


def test_a_word_for_the_way_of_a_change_is_wrong_though_all_numbers_are_right() -> None:
    paper = subject("Số vụ giảm từ 120 vụ xuống 150 vụ, giảm 30 vụ (25,0%).")
    assert not any(is_asked(paper, one) for one in found(paper) if one.expected in ("30", "25%", "-30"))


def test_every_sign_of_a_finding_is_one_that_the_table_may_hold() -> None:
    paper = subject("Trong 1.284 hồ sơ đã giải quyết có 1.196 hồ sơ đúng hạn (98,1%), 88 hồ sơ quá hạn (6,9%).")
    asked = [one for one in found(paper) if is_asked(paper, one)]
    assert asked
    assert all(odds(paper, one) > 0 for one in asked)
    assert {sign for one in asked for sign, _ in signs(paper, one)} & worth().keys()


def test_what_is_found_in_a_sound_paper_is_false_and_what_an_altered_number_raises_is_true() -> None:
    text = "Trong kỳ tiếp nhận 1.284 hồ sơ, đã giải quyết 1.196 hồ sơ (93,1%).\n\nCòn 88 hồ sơ, giảm 12 hồ sơ."
    rows = list(rows_of(text, 4))
    assert any(is_true for _, is_true, _ in rows)
