"""FIG of a whole and its parts that are each told with by how much they rose or fell: the changes add up too.

Where the parts make the whole and its own change is not told, what the parts come to before is another whole: it
may be right, but then the paper compares two wholes and does not say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding, Severity
from kb.text.sentences import split_sentences

#: A part, more words of it, a bracket with its share, and by how much it rose or fell.
_CHANGE_RE = re.compile(
    r"[^.;:%]{0,90}?(?:\([^()]{0,30}%\))?[^.;:%()]{0,60}?,?\s*\b(?P<way>tăng|giảm)\s+(?:thêm\s+|được\s+)?",
    re.IGNORECASE,
)
_SINCE_RE = re.compile(
    r"[^.;,\d%]{0,25}\s+so\s+với\s+(?:cùng\s+kỳ\s+)?(?:năm|quý|tháng|đầu|cuối|cùng|kỳ)", re.IGNORECASE
)
_MADE_OF_RE = re.compile(r"[^.;\d]{0,40}?\b(?:trong đó|bao gồm|gồm)\b[^.;\d]{0,50}", re.IGNORECASE)
_FEWEST, _LONG = 2, 200


def check_changes_of_parts(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``114/128 xếp loại Tốt, tăng 10; 14/128 xếp loại Khá, giảm 16``: the year before there were 134, not 128."""
    for where in stated(subject) if not subject.is_rule() else ():
        if "tăng" not in where.text and "giảm" not in where.text:
            continue
        yield from _of_ratios(where, tally)
        for at, whole in enumerate(where.figures):
            own = _change(where, whole) if whole.unit not in (None, "%") and not whole.of else None
            parts = list(_parts_behind(where, at, own[0])) if own else []
            if (
                own
                and len(parts) >= _FEWEST
                and sum(Decimal(part.value) for part, *_ in parts) == Decimal(whole.value)
            ):
                yield from _of_total(where, own, parts, tally)


def _parts_behind(where: Stated, at: int, change: Figure) -> Iterator[tuple[Figure, Figure, Decimal]]:
    """The parts that the words behind the change of a whole announce, each with its own change."""
    rest = [one for one in where.figures[at + 1 :] if where.start(one) >= where.end(change)]
    end = where.sentence_end(where.end(change))
    if not rest or not _MADE_OF_RE.fullmatch(where.between(change, rest[0])):
        return
    while rest and where.start(rest[0]) < end:
        part, moved = rest[0], _change(where, rest[0])
        if moved is None:
            return
        yield part, *moved
        rest = [one for one in rest if where.start(one) >= where.end(moved[0])]


def _change(where: Stated, figure: Figure) -> tuple[Figure, Decimal] | None:
    """By how much a figure is said to have risen or fallen, with its sign."""
    later = [one for one in where.figures if where.start(one) >= where.end(figure)]
    for at, one in enumerate(later[:2]):
        between = where.between(figure, one)
        moves = "tăng" in between or "giảm" in between
        found = _CHANGE_RE.fullmatch(between) if moves and len(between) < _LONG else None
        if found and _counted_alike(figure, one):
            return one, Decimal(one.value) * (1 if found["way"].lower() == "tăng" else -1)
        if at == 0 and one.unit != "%":
            return None  # another thing stands between
    return None


def _counted_alike(figure: Figure, change: Figure) -> bool:
    units = {(one.unit or "").lower().split(" ")[0] for one in (figure, change)} - {""}
    return len(units) <= 1 and "%" not in units and not change.of and not change.bound


def _of_ratios(where: Stated, tally: Tally) -> Iterator[Finding]:
    for low, high in split_sentences(where.text):
        ratios = [one for one in where.figures if one.of and low <= where.start(one) < high]
        if len(ratios) < _FEWEST or len({one.of for one in ratios}) != 1:
            continue
        changes = [found for one in ratios if (found := _change(where, one)) is not None]
        since = [bool(_SINCE_RE.match(where.text, where.end(one))) for one, _ in changes]
        whole = Decimal(ratios[0].of or 0)
        if len(changes) != len(ratios) or not all(since) or sum(Decimal(one.value) for one in ratios) != whole:
            continue
        moved = sum((by for _, by in changes), Decimal(0))
        if not moved:
            tally.held += 1
            continue
        tally.failed += 1
        before = " + ".join(show(Decimal(one.value) - by) for one, (_, by) in zip(ratios, changes, strict=True))
        yield MOVED_PARTS.finding(
            (ratios[0].span,),
            f"các phần cộng thành {show(whole)}, nhưng theo mức tăng, giảm thì kỳ trước là {before} ="
            f" {show(whole - moved)}, khác {show(whole)}: tổng của hai kỳ khác nhau mà không nói",
            f"the parts make {show(whole)}, but by their changes the period before had {before} ="
            f" {show(whole - moved)}: the wholes differ and nothing says so",
            stated=show(whole),
            expected=show(whole - moved),
            evidence=tuple(
                span for one, (by, _) in zip(ratios, changes, strict=True) for span in (one.span, by.span)
            ),
            suggestion=both(
                "kiểm tra mức tăng, giảm; nếu tổng hai kỳ khác nhau thì nói rõ",
                "check the changes, or say that the wholes differ",
            ),
            page=where.block.page,
            severity=Severity.NOTE,
        )


def _of_total(
    where: Stated, own: tuple[Figure, Decimal], parts: Sequence[tuple[Figure, Figure, Decimal]], tally: Tally
) -> Iterator[Finding]:
    moved = sum((by for *_, by in parts), Decimal(0))
    if moved == own[1]:
        tally.held += 1
        return
    tally.failed += 1
    shown = " ".join(f"{'+' if by > 0 else '-'} {show(abs(by))}" for *_, by in parts).removeprefix("+ ")
    vi, en = ("tăng", "a rise") if own[1] > 0 else ("giảm", "a fall")
    yield MOVED_PARTS.finding(
        (own[0].span,),
        f"ghi {vi} {own[0].printed}, nhưng mức tăng, giảm của các phần cộng lại: {shown} = {show(moved)}",
        f"{en} of {own[0].printed} is stated, but the changes of the parts add up to {shown} = {show(moved)}",
        stated=show(own[1]),
        expected=show(moved),
        evidence=tuple(change.span for _, change, _ in parts),
        suggestion=both(
            "kiểm tra mức tăng, giảm của tổng và của từng phần", "check the changes of whole and parts"
        ),
        page=where.block.page,
    )


MOVED_PARTS = rule("FIG-291", check_changes_of_parts)
MOVED_PART_RULES = (MOVED_PARTS,)
