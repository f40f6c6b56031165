"""Marks put back to a query: what texts write, what asks, and what stays as it was typed."""

from __future__ import annotations

import pytest

from kb.search.marking import with_marks

TEXTS = (
    "Hỗ trợ hộ nghèo vay vốn: lãi suất vay bằng lãi suất cho vay hộ nghèo từng thời kỳ.",
    "Thủy lợi phí của hộ do Ủy ban nhân dân cấp xã thu; hộ khẩu, hồ chứa, hổ phách.",
    "Cử tri bầu cử tại khu vực bỏ phiếu; tri thức, cừ tràm.",
)


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("lai suat vay ho ngheo", "lãi suất vay hộ nghèo"),
        ("ho chua", "hồ chứa"),
        ("cu tri bau cu khi nao", "cử tri bầu cử khi nào"),
        ("bao nhieu ho ngheo, tu 05/2025?", "bao nhiêu hộ nghèo, tu 05/2025?"),  # not of "từng"; figures as typed
        ("thuy loi phi", "thủy lợi phí"),
        ("xyz ho ngheo", "xyz hộ nghèo"),
        ("hộ ngheo", "hộ nghèo"),
        ("", ""),
        ("?!", "?!"),
    ],
)
def test_a_query_is_marked_as_texts_are(typed: str, marked: str) -> None:
    assert with_marks(typed, TEXTS) == marked


def test_without_texts_only_what_asks_is_marked() -> None:
    assert with_marks("Luong huu tang bao nhieu", ()) == "luong huu tang bao nhiêu"
