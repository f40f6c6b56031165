"""What is found of a sentence and the note on it points at the place where each number stands."""

from __future__ import annotations

from tests.graphs.test_checks import check

TEXT = (
    "Chi cục kiểm tra 180 phương tiện, phát hiện 24 phương tiện vi phạm[1], tăng so với năm trước.\n\n"
    "[1] Còn lại 165 phương tiện đạt yêu cầu."
)


def test_a_number_of_a_note_is_shown_in_the_note_and_what_proves_it_in_the_sentence() -> None:
    (found,) = [one for one in check(TEXT).report.findings if one.family == "FIG"]
    (span,) = found.spans
    assert span.start > TEXT.index("\n\n") and TEXT[span.start : span.end] == "165"
    assert sorted(TEXT[one.start : one.end] for one in found.evidence) == ["180", "24"]
    assert all(one.end < TEXT.index("[1]") for one in found.evidence)


def test_names_listed_in_a_note_are_shown_there() -> None:
    text = "Tỉnh trao 5 giải báo chí[1] trong năm.\n\n[1] Giải phóng sự; giải ảnh; giải bình luận; giải ký sự."
    (found,) = [one for one in check(text).report.findings if one.rule == "FIG-209"]
    (listed,) = found.evidence
    assert text[listed.start : listed.end].startswith("Giải phóng sự")
