"""The marks that items of a list begin with."""

from __future__ import annotations

import re
from functools import lru_cache

#: The styles of marks, each a group; the first that fits counts.
_STYLE_RE = re.compile(
    r"(?P<dash>[\s*_]*[-–])"
    r"|(?P<plus>[\s*_]*\+)"
    r"|(?P<dot>[\s*_]*[•*]\s)"
    r"|(?P<letter>[\s*_]*\(?(?:[a-zđ]{1,2}|[ivx]{3,5})[.)]\s)"
    r"|(?P<number>[\s*_]*\(?\d{1,2}(?:\.\d{1,2})*[.)]\s)"
    r"|(?P<roman>[\s*_]*[IVX]{1,5}\.\s)"
)


@lru_cache(maxsize=4096)
def list_style(text: str) -> str | None:
    """The kind of mark an item begins with.

    >>> list_style("- Hoàn thành"), list_style("(iii) Mục tiêu"), list_style("Tỷ lệ hồ sơ")
    ('dash', 'letter', None)
    """
    found = _STYLE_RE.match(text)
    return found.lastgroup if found else None


_PLUS_RE = re.compile(r"[\s*_–-]*(?P<plus>\+*)")


def list_level(text: str) -> tuple[str, int]:
    """The mark of an item and how deep its pluses make it; empty and 0 for no item.

    >>> list_level("- ++ một đơn vị"), list_level("- một đơn vị"), list_level("một đơn vị")
    (('plus', 2), ('dash', 0), ('', 0))
    """
    plus = _PLUS_RE.match(text)
    depth = len(plus["plus"]) if plus else 0
    return ("plus" if depth else list_style(text) or "", depth)
