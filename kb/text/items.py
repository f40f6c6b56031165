"""The marks that items of a list begin with."""

from __future__ import annotations

import re

_STYLES = (
    ("dash", re.compile(r"[\s*_]*[-–]\s*\+?\s*")),
    ("plus", re.compile(r"[\s*_]*\+\s*")),
    ("dot", re.compile(r"[\s*_]*[•*]\s+")),
    ("letter", re.compile(r"[\s*_]*\(?[a-zđ]{1,2}[.)]\s")),
    ("number", re.compile(r"[\s*_]*\(?\d{1,2}(?:\.\d{1,2})*[.)]\s")),
    ("roman", re.compile(r"[\s*_]*[IVX]{1,5}\.\s")),
)


def list_style(text: str) -> str | None:
    """The kind of mark an item begins with.

    >>> list_style("- Hoàn thành"), list_style("a) Mục tiêu"), list_style("Tỷ lệ hồ sơ")
    ('dash', 'letter', None)
    """
    return next((name for name, pattern in _STYLES if pattern.match(text)), None)
