from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import planted
import reworded
from cases import Case, load_cases
from graphs.checks import run
from graphs.checks.report import Changed, Namesake, Standing, Subject, Twin, Twins, rule_table
from graphs.checks.run import RULES, check_subject
from graphs.checks.sums.stocks import UNITS
from ingest.analysis import Analysis, analyse
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.bilingual import both
from kb.models import Citation, Finding, Severity, Target
from webapp.checking import check_analysis
from webapp.outputs.sheet import Sheet

CASES = [
    *load_cases("misprints"),
    *load_cases("checks"),
    *load_cases("courses"),
    *load_cases("schemes_and_goals"),
    *load_cases("said_of_goals"),
    *load_cases("said_of_all"),
    *load_cases("meant_otherwise"),
    *load_cases("plain_slips"),
    *load_cases("words_and_days"),
    *load_cases("orders_of_days"),
    *load_cases("lists"),
    *load_cases("named_lists"),
    *load_cases("one_number"),
    *load_cases("changes_told"),
    *load_cases("small_mends"),
    *load_cases("goals_told_twice"),
    *load_cases("told_far"),
    *load_cases("said_far_of_rows"),
    *load_cases("worked_out"),
    *load_cases("units_told"),
    *load_cases("rows_and_words"),
    *load_cases("ways_told"),
    *load_cases("told_apart"),
    *load_cases("words_against_facts"),
    *load_cases("told_twice"),
    *load_cases("told_in_words"),
    *load_cases("right_as_told"),
    *load_cases("right_otherwise"),
    *load_cases("proved_right"),
    *load_cases("sums_told"),
    *load_cases("plain_sums"),
    *load_cases("totals_and_parts"),
    *load_cases("rivals"),
    *load_cases("cited_and_told"),
    *load_cases("notes_to_signers"),
    *load_cases("told_behind"),
    *load_cases("loose_words"),
    *load_cases("tables_of_one_whole"),
    *load_cases("ranks_and_ways"),
    *load_cases("carried_and_counted"),
    *load_cases("verdicts_said"),
    *load_cases("multiples"),
    *load_cases("related"),
    *load_cases("said_loosely"),
    *load_cases("how_far"),
    *load_cases("what_is_left"),
    *load_cases("notes_told"),
]


def read(text: str) -> Analysis:
    source = source_of("bao-cao.txt", text.encode())
    return analyse(build_document(source, read_source(source, text.encode())))


def library(citation: Citation, on: date) -> Standing | None:
    """Some decrees and how they stand."""
    change = date(2025, 7, 1)
    if citation.number == "61/2018/NĐ-CP":
        if on < change and citation.use is not None and citation.use.value == "past":
            on = change
        ended = on >= change
        word = "Hết hiệu lực toàn bộ" if ended else "Còn hiệu lực"
        issued = date(2018, 4, 23)
        by = Changed(both("được thay thế", "replaced"), change, "118/2025/NĐ-CP", True, "", date(2025, 6, 9))
        done = (by,) if ended else ()
        return Standing(
            word, date(2018, 6, 21), change, "bị thay thế", "118/2025/NĐ-CP", issued=issued, changes=done
        )
    if citation.number == "118/2025/NĐ-CP":
        return Standing("Còn hiệu lực" if on >= change else "Chưa có hiệu lực", change, None, "từ 01/7/2025")
    if citation.number == "107/2021/NĐ-CP":
        return Standing("Hết hiệu lực một phần", date(2021, 12, 6), None, "một số điều bị bãi bỏ")
    if citation.number == "92/2017/NĐ-CP":
        title = "Sửa đổi, bổ sung một số điều của các Nghị định liên quan đến kiểm soát thủ tục hành chính"
        return Standing("Hết hiệu lực một phần", date(2025, 4, 1), None, "một phần", title=title)
    if citation.number == "20/2008/NĐ-CP":
        done_by = both("được sửa đổi, bổ sung", "amended")
        amended = Changed(done_by, date(2013, 7, 1), "48/2013/NĐ-CP", called="Nghị định 48/2013/NĐ-CP")
        title = "Về tiếp nhận, xử lý phản ánh, kiến nghị của cá nhân, tổ chức về quy định hành chính"
        return Standing(
            "Hết hiệu lực một phần", date(2013, 7, 1), None, "một phần", changes=(amended,), title=title
        )
    if citation.number == "28/2009/QH12":
        part = Changed(
            both("bị bãi bỏ một phần", "repealed in part"), date(2021, 7, 1), "68/2020/QH14", partly_repealed=True
        )
        return Standing("Hết hiệu lực một phần", date(2021, 7, 1), None, "một phần", changes=(part,))
    if citation.number == "108/2014/NĐ-CP":
        gone = Changed(both("được thay thế", "replaced"), date(2023, 7, 20), "29/2023/NĐ-CP", True, "Điều 11")
        return Standing("Hết hiệu lực một phần", date(2018, 10, 15), None, "một phần", changes=(gone,))
    if citation.number in ("46/2016/NĐ-CP", "47/2016/NĐ-CP"):
        word, by = "Hết hiệu lực toàn bộ", "100/2019/NĐ-CP"
        return Standing(word, date(2016, 8, 1), date(2020, 1, 1), "bị thay thế", by, certain=False)
    if citation.number == "30/2020/NĐ-CP":
        return Standing("Còn hiệu lực", date(2020, 3, 5), None, "")
    return None


def twins(target: Target) -> Twin:
    """A basis that asks for 80 % of everything."""
    asked = Decimal(80)
    level = Decimal(target.value or 0)
    return Twin(
        "76/NQ-CP", "tối thiểu 80%", "80%", "same" if level == asked else "lower" if level < asked else "higher"
    )


def namesakes(citation: Citation) -> tuple[Namesake, ...]:
    """A decision of which the library knows one year."""
    known = Namesake("9999/QĐ-TTg", date(2022, 1, 6), "Phê duyệt Đề án dữ liệu về dân cư")
    return (known,) if citation.number == known.number else ()


def check(text: str, known: Twins | None = None) -> Sheet:
    analysis = read(text)
    as_of = None if analysis.document.metadata.issued else date(2025, 6, 27)
    return check_analysis(
        analysis, as_of, library=library, library_as_of="2025-06-27", twins=known, namesakes=namesakes
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_rule_finds_what_breaks_it_and_lets_pass_what_holds(case: Case) -> None:
    rule = case.title.split()[0]
    found = [finding for finding in check(case.text, twins).report.findings if finding.rule == rule]
    assert ("yes" if found else "no") == case.expected, found


def test_every_rule_has_a_row_and_cases() -> None:
    assert [rule.id for rule in RULES] == sorted({rule.id for rule in RULES}, key=[r.id for r in RULES].index)
    assert {rule.id for rule in RULES} == set(rule_table())
    ways = Counter((case.title.split()[0], case.expected) for case in CASES)
    for name in rule_table():
        if name.startswith("FTN") or name == "DOC-001":
            continue  # their cases are whole documents, below
        assert ways[name, "yes"], f"{name} has no case that breaks it"
        assert ways[name, "no"], f"{name} has no case that holds"


@pytest.mark.parametrize("path", planted.REPORTS, ids=lambda path: path.stem)
def test_a_sound_report_in_other_words_raises_no_alarm(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name, way in reworded.WAYS.items():
        found = check(way(text)).report.findings if way(text) != text else ()
        assert [one.vi for one in found if one.severity is not Severity.NOTE] == [], name


@pytest.mark.parametrize("path", planted.REPORTS, ids=lambda path: path.stem)
def test_a_sound_report_raises_no_alarm(path: Path) -> None:
    sheet = check(path.read_text(encoding="utf-8"))
    assert [finding.vi for finding in sheet.report.findings if finding.severity is not Severity.NOTE] == []
    assert sheet.report.checked["FIG"].held > 10


@pytest.mark.parametrize("path", planted.REPORTS, ids=lambda path: path.stem)
def test_planted_faults_are_found_and_nothing_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = check(text)
    known = {before.id_of(finding) for finding in before.report.findings}
    found: Counter[str] = Counter()
    planned: Counter[str] = Counter()
    for seed in range(3):
        for fault in planted.plant(text, seed):
            sheet = check(fault.text)
            new = [
                finding
                for finding in sheet.report.findings
                if sheet.id_of(finding) not in known and finding.severity is not Severity.NOTE
            ]
            planned[fault.family] += 1
            found[fault.family] += any(finding.family == fault.family for finding in new)
            assert {finding.family for finding in new} <= {fault.family, "VAL"}, fault.name
    for family, count in planned.items():
        assert found[family] >= 0.9 * count, f"{family}: {found[family]} of {count}"


def test_a_law_that_a_quoted_provision_names_is_not_what_the_letter_rests_on() -> None:
    rests = "thực hiện Nghị định số 46/2016/NĐ-CP ngày 26/5/2016 của Chính phủ"
    quoted = f"Luật quy định: “Điều 9. Chuyển tiếp\n1. Đối với vụ việc trước năm 2020 thì {rests}.” Trân trọng."
    for text, told in ((f"Trong thời gian tới, {rests}.", 1), (quoted, 0)):
        expired = [one for one in check(text).report.findings if one.rule == "VAL-001"]
        assert len(expired) == told, text


def test_an_end_of_which_the_source_is_not_sure_is_to_be_looked_up() -> None:
    found = check("Trong thời gian tới, thực hiện Nghị định số 46/2016/NĐ-CP ngày 26/5/2016.").report.findings
    expired = [finding for finding in found if finding.rule == "VAL-001"]
    assert [finding.severity for finding in expired] == [Severity.WARNING]
    assert "đối chiếu Công báo" in (expired[0].suggestion or "")


def test_a_wrong_date_and_the_order_that_it_breaks_are_one_finding_with_both_proofs() -> None:
    text = (
        "Đã ban hành Nghị định số 61/2018/NĐ-CP ngày 23/4/2014 hướng dẫn thi hành Luật số 80/2015/QH13"
        " ngày 22/6/2015."
    )
    found = [finding for finding in check(text).report.findings if finding.family == "CIT"]
    assert [finding.rule for finding in found] == ["CIT-003"]
    assert "có trước văn bản mà nó triển khai" in found[0].vi
    shown = [text[span.start : span.end] for span in found[0].evidence]
    assert shown == ["ngày 23/4/2014", "Luật số 80/2015/QH13"]


def test_one_number_with_two_dates_shows_both_places_and_both_dates() -> None:
    text = (
        "Báo cáo\n\nThực hiện Quyết định số\n280/QĐ-TTg ngày 13/3/2019 của Thủ tướng Chính phủ; theo đúng Quyết"
        " định số\n280/QĐ-TTg ngày 13 tháng 3 năm 2018, Bộ báo cáo."
    )
    found = [finding for finding in check(text).report.findings if finding.rule == "CIT-004"]
    assert len(found) == 1
    shown = [" ".join(text[span.start : span.end].split()) for span in found[0].evidence]
    assert shown == ["Quyết định số 280/QĐ-TTg", "ngày 13/3/2019", "ngày 13 tháng 3 năm 2018"]


def test_a_body_that_is_not_that_of_the_symbol_is_shown() -> None:
    text = "Căn cứ Thông tư số\n01/2021/TT-BNV ngày 11/01/2021 của Chính phủ hướng dẫn nghiệp vụ bầu cử;"
    found = [finding for finding in check(text).report.findings if finding.rule == "CIT-006"]
    assert [text[span.start : span.end] for one in found for span in one.evidence] == ["Chính phủ"]


def test_a_part_that_exceeds_its_whole_in_several_columns_is_told_once_with_each_cell() -> None:
    text = (
        "Phụ lục 1\n\nSTT\tChỉ tiêu\tNăm 2022\tNăm 2023\tNăm 2024\n"
        "2.1\tTổng số biên chế được giao\t100\t105\t107\n2.2\tTổng số biên chế có mặt\t98\t120\t121\n"
    )
    found = [finding for finding in check(text).report.findings if finding.rule == "FIG-104"]
    assert len(found) == 1
    assert [text[span.start : span.end] for span in found[0].spans] == ["120", "121"]
    assert [text[span.start : span.end] for span in found[0].evidence] == ["105", "107"]


@pytest.mark.parametrize(
    ("rule", "rows", "stated", "evidence"),
    [
        (
            "FIG-223",
            ("Số trạm cân|90|95|97", "Số trạm cân được kiểm định|88|120|121"),
            ["120", "121"],
            ["95", "97"],
        ),
        (
            "FIG-224",
            ("Số hợp tác xã|90|95|97", "Số hợp tác xã thành lập mới|7|8|9", "Số hợp tác xã giải thể|1|2|3"),
            ["95", "97"],
            ["90", "8", "2", "95", "9", "3"],
        ),
    ],
)
def test_a_row_that_is_wrong_in_several_years_is_told_once_with_each_cell(
    rule: str, rows: tuple[str, ...], stated: list[str], evidence: list[str]
) -> None:
    text = "Phụ lục 1\n\nChỉ tiêu|Năm 2022|Năm 2023|Năm 2024\n".replace("|", "\t") + "".join(
        row.replace("|", "\t") + "\n" for row in rows
    )
    found = [finding for finding in check(text).report.findings if finding.rule == rule]
    assert len(found) == 1
    assert [text[span.start : span.end] for span in found[0].spans] == stated
    assert [text[span.start : span.end] for span in found[0].evidence] == evidence


def test_rows_numbered_in_rings_stop_no_check() -> None:
    text = "Danh mục 03 dự án\n\nSTT\tTên dự án\tSố tiền\n➀\tĐường A\t12\n➁\tĐường B\t15\n➂\tĐường C\t18\n"
    assert [finding.rule for finding in check(text).report.findings if finding.family == "FIG"] == []


def test_each_row_of_units_holds_its_example_and_not_what_may_be_some() -> None:
    for units in UNITS:
        assert re.search(units.noun, units.example), units.level
        assert not re.search(units.noun, units.not_), units.level


def test_a_muted_rule_counts_as_not_checked() -> None:
    analysis = read("Khảo sát 15,357 phiếu, đạt 78.04%.")
    sheet = check_analysis(analysis, muted={"FIG-205": "số liệu của hệ thống ngoài"})
    assert not [finding for finding in sheet.report.findings if finding.rule == "FIG-205"]
    assert sheet.report.checked["FIG"].reasons["quy tắc FIG-205 được tắt: số liệu của hệ thống ngoài"] == 1


SOUND = (Path(planted.__file__).parent / "reports" / "sound" / "bao-cao-cai-cach-hanh-chinh.txt").read_text(
    "utf-8"
)
NOTE = "¹ Quyết định số 35/QĐ-UBND ngày 20/01/2022 của Ủy ban nhân dân tỉnh"


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("DOC-001", "Số: 118/BC-UBND", ""),
        ("FTN-001", "hành chính năm 2024¹.", "hành chính năm 2024."),
        ("FTN-002", NOTE, ""),
        ("FTN-004", "hành chính năm 2024¹.", "hành chính năm 2024 theo Quyết định số 53/QĐ-UBND¹."),
        ("FTN-003", NOTE, f"{NOTE}\n\n³ Quyết định số 36/QĐ-UBND ngày 21/01/2022 của Ủy ban nhân dân tỉnh"),
    ],
)
def test_form_and_notes_are_held_against_the_whole_document(rule: str, old: str, new: str) -> None:
    assert SOUND.count(old) == 1
    assert rule not in {finding.rule for finding in check(SOUND).report.findings}
    assert rule in {finding.rule for finding in check(SOUND.replace(old, new)).report.findings}


def _form(text: str) -> list[tuple[Severity, str | None]]:
    return [(one.severity, one.stated) for one in check(text).report.findings if one.rule == "DOC-001"]


def test_a_date_of_the_head_that_cannot_be_read_is_pointed_at() -> None:
    day = "ngày 20 tháng 12 năm 2024"
    unread = day.replace(day.split()[1], "dỗ", 1)
    assert day in SOUND
    assert _form(SOUND.replace(day, unread)) == [(Severity.WARNING, unread)]


def test_copies_translations_and_extracts_are_not_blamed_for_their_form() -> None:
    assert _form(SOUND.replace("Số: 118/BC-UBND", "") + "\n(Đã ký)\n") == []
    assert _form("DECREE\n\nOn the monitoring of law\n\nArticle 1. Scope\n\nThis Decree sets the scope.") == []
    assert _form("Điều 5. Trách nhiệm\n\n1. Sở Nội vụ theo dõi việc thực hiện.") == [(Severity.NOTE, None)]


def test_a_wrong_cell_that_breaks_its_row_and_its_column_is_told_once() -> None:
    text = (
        "| Nội dung | Tổng | Tỉnh | Huyện | Xã |\n|---|---|---|---|---|\n"
        "| Duy tu | 21.400 | 6.000 | 10.200 | 5.200 |\n| Biển báo | 2.350 | 600 | 1.250 | 500 |\n"
        "| Tuyên truyền | 750 | 150 | 400 | 200 |\n| Cộng | 24.500 | 6.750 | 11.850 | 6.900 |\n"
    )
    found = [finding for finding in check(text).report.findings if finding.rule == "FIG-102"]
    assert len(found) == 1
    assert "cùng chỗ đó" in found[0].vi


def test_notes_on_force_are_told_once_a_document_and_counted_once_a_mention() -> None:
    sentence = "Tiếp tục thực hiện Nghị định số 107/2021/NĐ-CP ngày 06/12/2021 của Chính phủ."
    sheet = check(f"{sentence}\n\n{sentence}")
    (note,) = [finding for finding in sheet.report.findings if finding.rule == "VAL-004"]
    assert len(note.spans) == 2
    assert sheet.report.checked["VAL"].checked == 2


def test_what_amended_the_documents_cited_is_one_note_that_calls_them_by_type() -> None:
    text = (
        "Xã thực hiện Nghị định số 20/2008/NĐ-CP ngày 14/02/2008 của Chính phủ về tiếp nhận kiến nghị.\n\n"
        "Xã thực hiện Nghị định số 107/2021/NĐ-CP ngày 06/12/2021 của Chính phủ về một cửa."
    )
    (note,) = [finding for finding in check(text).report.findings if finding.rule == "VAL-004"]
    assert len(note.spans) == 2 and note.stated == "Nghị định số 20/2008/NĐ-CP; Nghị định số 107/2021/NĐ-CP"
    assert "sửa đổi, bổ sung bởi Nghị định 48/2013/NĐ-CP (từ 01/7/2013)" in note.vi


def test_past_deeds_of_one_paragraph_under_what_one_act_ended_are_one_note() -> None:
    paragraph = "Năm 2024 đã rà soát theo {} của Chính phủ."
    both_here = "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 và Nghị định số 46/2016/NĐ-CP ngày 26/5/2016"
    notes = [one for one in check(paragraph.format(both_here)).report.findings if one.rule == "VAL-002"]
    assert [one.expected for one in notes] == ["118/2025/NĐ-CP", "100/2019/NĐ-CP"]  # two acts: two notes
    one_act = "Nghị định số 46/2016/NĐ-CP ngày 26/5/2016 và Nghị định số 47/2016/NĐ-CP ngày 26/5/2016"
    (note,) = [one for one in check(paragraph.format(one_act)).report.findings if one.rule == "VAL-002"]
    assert len(note.spans) == 2 and "“Nghị định số 46/2016/NĐ-CP”, “Nghị định số 47/2016/NĐ-CP”" in note.vi


def test_first_citations_of_one_paragraph_that_lack_the_same_are_one_note() -> None:
    numbers = ("41/2031/NĐ-CP", "42/2031/NĐ-CP")
    text = "; ".join(f"xã thực hiện theo Nghị định số {number} của Chính phủ" for number in numbers)
    (note,) = [one for one in check(text).report.findings if one.rule == "DOC-002"]
    assert note.stated == "Nghị định số 41/2031/NĐ-CP; Nghị định số 42/2031/NĐ-CP" and len(note.spans) == 2


def test_a_fall_is_told_as_a_fall() -> None:
    text = "Số vụ cháy năm 2030 là 150 vụ, năm 2031 còn 120 vụ, giảm 25%."
    (one,) = [one for one in check(text).report.findings if one.family == "FIG"]
    assert "từ 150 xuống 120: (150 - 120) / 150 = 20%" in one.vi and one.expected == "20%"


def test_a_mean_in_another_unit_is_not_told_as_nothing() -> None:
    text = "Đã trao 1.250 suất quà, mỗi suất 1,6 tỷ đồng, tổng số tiền 2 tỷ đồng."
    (one,) = [one for one in check(text).report.findings if one.rule == "FIG-274"]
    assert "ghi 1,6 tỷ đồng, nhưng 2 / 1.250 = 0,0016" in one.vi


def test_first_citations_are_told_one_by_one_as_they_are_mended() -> None:
    numbers = ("41/2031/NĐ-CP", "42/2031/NĐ-CP")
    text = "\n\n".join(f"Xã thực hiện theo Nghị định số {number} của Chính phủ." for number in numbers)
    found = [one for one in check(text).report.findings if one.rule == "DOC-002"]
    assert [one.stated for one in found] == [f"Nghị định số {number}" for number in numbers]


def test_goals_without_a_basis_are_one_note() -> None:
    text = "\n\n".join(
        f"Phấn đấu đến năm 2031, tỷ lệ {what} đạt tối thiểu {level}%."
        for what, level in (("hộ dùng nước sạch", 91), ("trẻ đến lớp", 97), ("rác được thu gom", 84))
    )
    (note,) = [one for one in check(text).report.findings if one.rule == "TGT-002"]
    assert len(note.spans) == 3
    assert note.vi.startswith("không thấy căn cứ cho 3 mục tiêu “")


def test_the_words_around_a_lone_sign_are_whole() -> None:
    text = "Theo Quyết định số 15/QĐ-UBND của Ủy ban nhân dân tỉnh (gồm cả phần bổ sung sau đó về nhà ở của hộ."
    (note,) = [one for one in check(text).report.findings if one.rule == "DOC-012"]
    shown = note.vi.partition("“")[2].rstrip("”").strip("… ")
    assert f" {shown}" in f" {text}"
    assert text[text.index(shown) + len(shown)] in " ."


def test_notes_that_were_lost_together_are_one_finding() -> None:
    text = "\n\n".join(f"Đã ban hành kế hoạch{mark} của tỉnh trong năm." for mark in "¹²³⁴⁵⁶")
    (found,) = [one for one in check(text).report.findings if one.rule == "FTN-002"]
    assert len(found.spans) == 6


def test_one_slip_in_a_date_is_one_finding_with_the_day_that_is_known() -> None:
    sheet = check("Năm 2024 các sở đã thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2028 của Chính phủ.")
    (found,) = [one for one in sheet.report.findings if one.family == "CIT"]
    assert (found.rule, found.expected) == ("CIT-003", "2018-04-23")


def test_a_finding_set_aside_is_counted_and_named_with_its_reason() -> None:
    analysis = read("Khảo sát 15,357 phiếu.")
    before = check_analysis(analysis)
    finding = next(one for one in before.report.findings if one.family == "FIG")
    after = check_analysis(analysis, muted={before.id_of(finding): "viết theo mẫu của bộ"})
    assert finding not in after.report.findings
    assert after.aside == ((finding, "viết theo mẫu của bộ"),)
    assert after.report.checked["FIG"].not_checked == before.report.checked["FIG"].not_checked + 1
    assert after.summary()["muted"] == [{"id": before.id_of(finding), "reason": "viết theo mẫu của bộ"}]


def test_a_finding_keeps_its_name_when_lines_move() -> None:
    text = "Khảo sát 15,357 phiếu."
    assert names(check("Mở đầu.\n\n" + text)) == names(check(text)) != []


def test_a_finding_keeps_its_name_when_its_message_is_told_otherwise() -> None:
    sheet = check("Khảo sát 15,357 phiếu.")
    (finding,) = [one for one in sheet.report.findings if one.family == "FIG"]
    assert sheet.id_of(replace(finding, vi="Viết là 15.357", en="Write 15.357")) == sheet.id_of(finding)


def test_two_places_that_say_the_same_are_two_findings() -> None:
    text = "Khảo sát đợt một được 15,357 phiếu.\n\nKhảo sát đợt hai được 15,357 phiếu."
    assert len(set(names(check(text)))) == 2


def names(sheet: Sheet) -> list[str]:
    """The names of the findings on figures."""
    return [sheet.id_of(one) for one in sheet.report.findings if one.family == "FIG"]


def test_without_a_library_validity_is_not_checked_and_never_held() -> None:
    sheet = check_analysis(read("Theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ."))
    tally = sheet.report.checked["VAL"]
    assert (tally.held, tally.failed) == (0, 0)
    assert tally.not_checked


def test_check_subject_reads_nothing_from_an_empty_text() -> None:
    report = check_subject(Subject(read("Trống.").document))
    assert all(finding.family in ("DOC",) for finding in report.findings)


def test_a_rule_that_stops_costs_no_other_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(subject: Subject, tally: object) -> list[Finding]:
        raise ValueError(subject)

    broken = replace(RULES[0], run=stop)
    monkeypatch.setattr(run, "RULES", (broken, *RULES[1:]))
    subject = Subject(read("Trống.").document)
    with pytest.raises(ValueError, match="Subject"):
        check_subject(subject)
    report = check_subject(subject, forgiving=True)
    assert [finding.family for finding in report.findings].count("DOC")
    assert any(broken.id in reason for reason in report.checked[broken.id[:3]].reasons)


@pytest.mark.parametrize("step", ["trusted", "vouched", "numbers_alone"])
def test_what_weighs_the_findings_costs_none_where_it_stops(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    text = "Năm 2024 đã tập huấn 135 lượt người, trong đó 60 lượt người ở tỉnh, 70 lượt người ở huyện."
    of = read(text)
    subject = Subject(of.document, of.citations, of.figures, of.targets)
    sound = check_subject(subject)
    assert sound.findings

    def stop(*_: object) -> list[Finding]:
        raise ValueError(step)

    monkeypatch.setattr(run, step, stop)
    with pytest.raises(ValueError, match=step):
        check_subject(subject)
    report = check_subject(subject, forgiving=True)
    assert report.findings == sound.findings
    assert any("dừng vì lỗi" in reason for reason in report.checked["FIG"].reasons)


def test_of_several_results_in_a_cell_the_verdict_tells_which_was_held() -> None:
    text = (
        "Phụ lục 2\n\nSTT\tMục tiêu\tKết quả đạt được\tĐánh giá (Đạt/Không đạt)\n"
        "1\tTỷ lệ hộ dùng nước sạch đạt tối thiểu 95%\t"
        "Tỷ lệ hộ dùng nước sạch tăng từ 88,1% (năm 2031) lên 91,6% (năm 2032). Năm 2033 đạt 93,4%\tĐạt\n"
        "2\tTỷ lệ hộ có hố xí hợp vệ sinh đạt tối thiểu 90%\tTỷ lệ hộ có hố xí hợp vệ sinh đạt 84,5%\tĐạt\n"
    )
    told = [one.vi for one in check(text).report.findings if one.rule == "TGT-001"]
    assert told == [
        "mức đặt ra tối thiểu 95%, kết quả 93,4% (năm 2033; cùng ô còn năm 2031: 88,1%, năm 2032: 91,6%),"
        " nhưng đánh giá “Đạt”",
        "mức đặt ra tối thiểu 90%, kết quả 84,5%, nhưng đánh giá “Đạt”",
    ]


def test_a_goal_that_its_table_has_otherwise_is_told_once() -> None:
    text = next(
        case.text for case in load_cases("rows_and_words") if "of a year to come that the table" in case.id
    )
    told = [one for one in check_analysis(read(text)).report.findings if one.rule in ("FIG-207", "TGT-026")]
    assert [one.rule for one in told] == ["FIG-207"]
