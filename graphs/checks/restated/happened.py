"""What is said not to have happened at all, and a deed of that kind told elsewhere: ``không để xảy ra cháy rừng``.

A count of what begins with the same words is one of them, whatever more it says: where, of what, by whom.
"""

from __future__ import annotations

import re

from graphs.checks.restated.said_of_all import Claim

_NEVER_RE = re.compile(
    r"\b(?:[Kk]hông|[Cc]hưa)\s+(?:(?:để\s+)?(?:xảy ra|phát sinh)|ghi nhận)\s+(?P<what>.+)", re.DOTALL
)
#: Said of the whole time and of all places.
_WIDE_RE = re.compile(
    r"\b(?:cả năm|trong năm|trong kỳ|năm (?:19|20)\d\d|địa bàn|toàn (?:tỉnh|huyện|ngành|thành phố|xã|quốc)|nào)\b",
    re.IGNORECASE,
)
#: How a deed is counted, before what it is.
_COUNTED_RE = re.compile(r"^(?:(?:tình trạng|trường hợp|vụ việc|vụ|ca|lượt|cuộc|điểm|đợt|bất kỳ|một)\s+)+")
_HAPPENED_RE = re.compile(r"\b(?:xảy ra|phát sinh|ghi nhận|phát hiện|bùng phát|xuất hiện)\b")
_FEWEST = 2


def what_never_was(claim: Claim) -> str:
    """What never happened, in small letters; empty where something else is said, or of a part only."""
    if claim.kind != "none" or claim.denies or not _WIDE_RE.search(claim.clause.text):
        return ""
    found = _NEVER_RE.search(claim.clause.text[claim.start : claim.end])
    what = _plain(found["what"]) if found else ""
    return what if len(what.split()) >= _FEWEST else ""


def begins_with(rest: str, what: str, clause: str) -> bool:
    """Whether what is counted in a clause is of that kind, and happened.

    >>> begins_with("vụ cháy rừng tại xã Ea Bar", "cháy rừng", "xảy ra 02 vụ cháy rừng tại xã Ea Bar")
    True
    """
    return f"{_plain(rest)} ".startswith(f"{what} ") and _HAPPENED_RE.search(clause) is not None


def _plain(words: str) -> str:
    """Words in small letters, without those that count a deed."""
    return _COUNTED_RE.sub("", " ".join(words.lower().split()))
