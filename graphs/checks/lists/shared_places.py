"""FIG of things told by where they stand: how many there are, in how many places, and how many in each.

``9 trạm tại 3 xã: An Lạc 2 trạm, Bình Hòa 2 trạm, Cẩm Sơn 2 trạm`` are six; ``theo nguồn vốn (5 nguồn): ngân sách
3 công trình, vốn vay 2 công trình`` are two. All of them count one thing, each behind a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.reading.counted import COUNT_WORDS, read_count
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, TextBlock

_MANY = rf"(?:0?[2-9]|[1-9]\d|{COUNT_WORDS})"
#: One after another: a name, perhaps with another in a bracket, and a number of one thing.
_NAME = r"[^\W\d_][^\d,;:.()]{0,60}?(?:\s*\([^()\d]{1,40}\))?[^\d,;:.()]{0,20}?\s+\d[\d.]*\s+"
_MORE = r"(?:\s(?!và\b)[^\W\d_]+){0,3}"
_ONE = rf"(?:và\s+)?{_NAME}(?P<noun>[^\W\d_]+){_MORE}"
_NEXT = rf"(?:\s*[,;]\s*(?:và\s+)?|\s+và\s+){_NAME}(?P=noun){_MORE}"
_LIST = rf"(?P<list>{_ONE}(?:{_NEXT}){{1,20}})(?=\s*(?:[.;)]|$))"
#: So many places, and of each how many.
_PLACES_RE = re.compile(
    rf"(?:\btheo\s+(?P<by>[^.;:()\d]{{2,50}}?)\s*\(\s*|\b(?:tại|ở|trên|tại các"
    rf"|trong)\s+)(?P<count>{_MANY})\s+(?P<place>[^\W\d_]+(?:\s[^\W\d_]+){{0,3}}?)"
    rf"\s*\)?\s*[:(]\s*(?:gồm\s+)?{_LIST}",
    re.IGNORECASE,
)
#: How many there are in all, before the places.
_ALL_RE = re.compile(r"(?<![\w.,/-])(?P<all>\d{1,3}(?:\.\d{3})*)\s+(?P<thing>[^\W\d_]+)\b[^\d.;:()]{0,70}$")
_EACH_RE = re.compile(r"(?P<value>\d[\d.]*)\s+[^\W\d_]")
_OPEN_RE = re.compile(r"\b(?:khác|còn lại|chủ yếu|nhất là|trong đó|tiêu biểu|như)\b|\.\.\.|…", re.IGNORECASE)


def check_shared_places(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """As many places are named as are counted, and have as many things as there are."""
    document = subject.document
    for block in document.blocks if not subject.is_rule() else ():
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for found in _PLACES_RE.finditer(text) if ":" in text or "(" in text else ():
            values = [int(one["value"].replace(".", "")) for one in _EACH_RE.finditer(found["list"])]
            count = read_count(found["count"])
            whole = _ALL_RE.search(text, max(0, found.start() - 120), found.start())
            total = int(whole["all"].replace(".", "")) if whole else None
            counted = whole is not None and whole["thing"].lower() == found["noun"].lower()
            same = found["place"].lower().split()[0] == found["noun"].lower()
            if count is None or same or _OPEN_RE.search(found.group()) or not (counted or found["by"]):
                continue
            if len(values) != count:
                # The places may be told in part where the things are not all told.
                if counted and total != sum(values):
                    continue
                tally.failed += 1
                place = f"{found['count']} {found['place']}"
                yield _finding(block, subject, found.span("count"), place, len(values), found, by)
            elif counted and whole is not None and total != sum(values):
                tally.failed += 1
                place = f"{whole['all']} {whole['thing']}"
                yield _finding(block, subject, whole.span("all"), place, sum(values), found, by)
            else:
                tally.held += 1


def _finding(
    block: TextBlock, subject: Subject, at: tuple[int, int], told: str, right: int, found: re.Match[str], by: Rule
) -> Finding:
    view, hull = block.view.start, subject.document.reading.hull
    return by.finding(
        (hull(view + at[0], view + at[1]),),
        f"ghi {told}, nhưng kê “{' '.join(found['list'].split())}” là {right}",
        f"{told} are stated, but “{' '.join(found['list'].split())}” are {right}",
        stated=told.split()[0],
        expected=str(right),
        evidence=(hull(view + found.start("list"), view + found.end("list")),),
        suggestion=both("kiểm tra lại số lượng hoặc danh sách", "check the count or the list"),
        page=block.page,
    )
