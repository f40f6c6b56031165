"""Lead-in lines (``Bãi bỏ các văn bản sau:``) and the verbs they lend to the items under them."""

from __future__ import annotations

import re

from ingest.citations.clauses import LABEL_RE, WINDOW, deed_at_head
from ingest.citations.found import Found
from ingest.citations.relations import Governing, adjacent, nearest_free

_LONGEST_ITEM = 1200
_LABEL_REACH = 8
#: So much may stand between an item's label and its document: ``toàn bộ``, ``Điều 5 của``.
_ITEM_LEAD = 30
#: "… ban hành Kế hoạch thực hiện như sau:": what is issued is this paper, and none that its items name.
_OWN_RE = re.compile(
    r"\b(?:ban hành|xây dựng|lập)\s+(?:Kế hoạch|Chương trình|Đề án|Phương án|Chỉ thị|Hướng dẫn)(?![^\W\d_])"
    r"(?!\s+số\b)(?:(?!\b(?:các|những)\s+(?:văn bản|kế hoạch|quyết định))[^:;.])*"
    r"\b(?:như sau|với\s[^:;.]*nội dung[^:;.]*):\s*$"
)


class Leads:
    """The verbs of lead-in lines in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, Governing | None] = {}

    def of(self, found: Found, sentence: int) -> Governing | None:
        """The verb over the list in which a mention begins an item."""
        line = self._text.rfind("\n", max(0, found.left - WINDOW), found.left) + 1
        label = LABEL_RE.match(self._text, line, found.left)
        begins = label.end() if label else line
        colon = self._text[max(0, line - 3) : line].rstrip().endswith(":")
        if line == 0 or sentence > line + _LABEL_REACH or found.left - begins > _ITEM_LEAD:
            return None
        if label is None and not colon:
            return None
        return self._over(line)

    def _over(self, line: int) -> Governing | None:
        """Walk back over the items above a line; each is walked once."""
        walked, lead = [line], None
        while line > 0:
            end = line - 1
            line = self._text.rfind("\n", max(0, end - _LONGEST_ITEM), end) + 1
            if line in self._known:
                lead = self._known[line]
                break
            if self._text[line:end].rstrip().endswith(":") or self._text.startswith("Điều ", line):
                lead = self._verb(line, end)
                break
            if line == 0 or not LABEL_RE.match(self._text, line, end):
                break
            walked.append(line)
        self._known.update(dict.fromkeys(walked, lead))
        return lead

    def _verb(self, line: int, end: int) -> Governing | None:
        """The deed at the head of a lead-in; without one, the last verb before its colon."""
        if _OWN_RE.search(self._text, line, end):
            return None
        colon = self._text.rfind(":", line, end)
        touching = adjacent(self._text, line, colon) if colon >= 0 else None
        if touching and touching.direction:
            return touching
        deed = deed_at_head(self._text, line, end, None)
        if deed or not self._text[line:end].rstrip().endswith(":"):
            return deed
        return nearest_free(self._text, max(line, end - WINDOW), end)
