"""FIG in lists: names that each have a count of what was counted: ``14 xã, gồm Sông Hinh 05, Sơn Hòa 04, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.reading.forms import CAPITAL
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Finding

_NAME = (
    rf"(?:(?:ở|tại)\s+)?(?:(?:huyện|xã|phường|thị xã|thị trấn|thành phố|tỉnh|quận|TP\.?|TX\.?|cấp|khối)\s+)?"
    rf"{CAPITAL}[^\W\d_]*(?:[\s'’-]+[^\W\d_]+){{0,5}}?"
)
_OPENS_RE = re.compile(
    r"(?P<words>[^\d.;:()]{0,70}?)(?:\s*\((?:gồm\s*:?\s*)?|\s*:\s*"
    r"|[\s,]+(?:(?:bao\s+)?gồm|cụ thể(?:\s+là)?)\s*:?\s+)"
    rf"(?=(?:{_NAME})\s+\d)"
)
_ITEM_RE = re.compile(
    rf"(?P<name>{_NAME})\s+(?P<count>\d{{1,3}})(?:\s+(?P<unit>[^\d,;.()]{{1,30}}?))?\s*(?=[,;.)\[]|\s+và\s|$)"
)
_JOIN_RE = re.compile(r"\s*(?:[,;]\s*(?:và\s+)?|\s+và\s+)")
_CLOSED_RE = re.compile(r"\s*(?:[.)\[⁰¹²³⁴-⁹]|;|$)")
_PART_RE = re.compile(
    r"\b(?:trong đó|riêng|như|tăng|giảm|hơn|khoảng|trên|mỗi|nhất là|chủ yếu|tập trung|từ)\b", re.IGNORECASE
)
_FEWEST, _NEAR = 3, 4


def check_named_counts(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Names with a count each make the count before them, where all are told."""
    for where in stated(subject) if not subject.is_rule() else ():
        for figure in where.figures:
            if figure.of or figure.bound or figure.unit == "%" or not figure.value.isdigit():
                continue
            digits = re.compile(r"\d+\s*").match(where.text, where.start(figure))
            opened = _OPENS_RE.match(where.text, digits.end()) if digits else None
            if opened is None or _PART_RE.search(opened["words"]):
                continue
            parts = _parts(where, opened.end(), opened["words"])
            sum_ = sum(parts)
            count = int(figure.value)
            if len(parts) < _FEWEST or max(parts) >= count:
                continue
            if sum_ == count:
                tally.held += 1
            elif abs(sum_ - count) <= max(1, count // _NEAR):
                tally.failed += 1
                words = " + ".join(str(part) for part in parts)
                yield by.finding(
                    (figure.span,),
                    f"ghi {figure.printed} {figure.unit or ''}, nhưng {words} = {sum_}",
                    f"{figure.printed} is stated, but {words} = {sum_}",
                    stated=figure.printed,
                    expected=str(sum_),
                    suggestion=both("kiểm tra lại số tổng hoặc từng số", "check the total or each number"),
                    page=where.block.page,
                )


def _parts(where: Stated, at: int, words: str) -> list[int]:
    """The counts of names told one after another to the end of their sentence or bracket; none for other things.

    A name that ends in its own number, as its neighbours of the same name do, has no count.
    """
    parts: list[int] = []
    names: set[str] = set()
    while item := _ITEM_RE.match(where.text, at):
        name, unit = item["name"].lower(), item["unit"] or ""
        counted = not unit or unit.split()[0] in words.split()
        if name in names or not counted:
            return []
        names.add(name)
        parts.append(int(item["count"]))
        joined = _JOIN_RE.match(where.text, item.end())
        following = joined and _ITEM_RE.match(where.text, joined.end())
        if not joined or not following:
            return parts if _CLOSED_RE.match(where.text, item.end()) else []
        at = joined.end()
    return []
