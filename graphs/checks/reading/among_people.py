"""People counted among people, whose share has a name: ``131 người trên 138 dân, đạt tỷ lệ bao phủ 94,9%``."""

from __future__ import annotations

import re

from kb.models import Figure

_PEOPLE_RE = re.compile(
    r"(?:người|dân|nhân khẩu|khẩu|trẻ em|học sinh|lao động|hội viên|đảng viên)\b", re.IGNORECASE
)
_NAMED_RATE_RE = re.compile(
    r"[^.;%\d()]{0,40},?\s*(?:đạt|với|chiếm)\s+(?:tỷ|tỉ) lệ"
    r"(?:\s+(?!tăng|giảm|chết|sinh)[^\W\d_]+){1,3}\s*(?:là\s*)?"
)


def both_people(part: Figure, whole: Figure) -> bool:
    """Whether two figures count people, however they are called."""
    return bool(_PEOPLE_RE.match(part.unit or "") and _PEOPLE_RE.match(whole.unit or ""))


def is_named_rate(words: str) -> bool:
    """Whether words lead to a share by its name.

    >>> [is_named_rate(words) for words in (" dân, đạt tỷ lệ bao phủ ", " dân, đạt tỷ lệ tăng ", " dân, tăng ")]
    [True, False, False]
    """
    return bool(_NAMED_RATE_RE.fullmatch(words))
