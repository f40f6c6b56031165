"""FIG of stocks from opening to close: what is left is what there was with what came, less what went."""

from __future__ import annotations

from collections.abc import Iterator

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.flows import flows
from graphs.checks.reading.moved import in_unit_of
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Finding


def check_flows(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Đầu năm có 58 hợp tác xã, thành lập mới 5, giải thể 2; cuối năm còn 65``: 61 are left."""
    for one in flows(subject):
        if one.right:
            tally.held += 1
            continue
        tally.failed += 1
        left = show(in_unit_of(one.gives, one.end))
        moves = "".join(f" {'+' if way > 0 else '-'} {figure.printed}" for figure, way in one.moves)
        yield by.finding(
            (one.end.span,),
            f"ghi còn {one.end.printed} {one.end.unit or ''}, nhưng {one.start.printed}{moves} = {left}",
            f"{one.end.printed} is said to be left, but {one.start.printed}{moves} = {left}",
            stated=one.end.printed,
            expected=left,
            evidence=(one.start.span, *(figure.span for figure, _ in one.moves)),
            suggestion=both(
                "kiểm tra số đầu kỳ, tăng, giảm và cuối kỳ", "check what there was, came, went, is left"
            ),
            page=one.where.block.page,
        )
