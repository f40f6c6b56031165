"""Cells of a table that each came out as a paragraph: which are amounts, labels, numbers of rows.

Text copied from a portal has a table of fees so: a label, then an amount for each column, each a paragraph of its
own. Found alone an amount tells nothing, and its label lacks the amount.
"""

from __future__ import annotations

import re

#: A row of such cells is no longer than this, a label that stands over rows than that (letters).
ROW_LETTERS, _LABEL_LETTERS = 600, 200
_VALUE_RE = re.compile(
    r"[-–+(]?\s*\d[\d.,]*(?:\s*[-–/x]\s*\d[\d.,]*)*\s*(?:%|[^\W\d_][^.;:\d]{0,40})?\)?"
    r"(?:\s*;\s*(?:tối đa|tối thiểu|không quá)\s+\d[\d.,]*[^.;:\d]{0,40})?"
)
_ROW_NUMBER_RE = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?|[-–+*]|[a-zđ]\)|[IVX]+\.?")
_WORD_RE = re.compile(r"[^\W\d_]{2}")


def is_value(text: str) -> bool:
    """Whether a paragraph is but an amount or a time.

    >>> [is_value(text) for text in ("500.000 đồng/người/buổi", "15 ngày", "5%", "Chủ trì cuộc họp")]
    [True, True, True, False]
    """
    return _VALUE_RE.fullmatch(text) is not None and not is_row_number(text)


def is_row_number(text: str) -> bool:
    """Whether a paragraph only numbers or marks the row that follows.

    >>> [is_row_number(text) for text in ("3.1", "2", "-", "5%")]
    [True, True, True, False]
    """
    return _ROW_NUMBER_RE.fullmatch(text) is not None


def group_label(text: str) -> str:
    """The label that rows below may stand under; empty for a sentence or an amount.

    >>> group_label("Các cuộc họp khác"), group_label("Nghị quyết có hiệu lực từ ngày ký."), group_label("2 giờ")
    ('Các cuộc họp khác', '', '')
    """
    if len(text) > _LABEL_LETTERS or text[:1].isdigit() or text.endswith((".", ";")):
        return ""
    return text if _WORD_RE.search(text) else ""
