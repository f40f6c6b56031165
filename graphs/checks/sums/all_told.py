"""FIG of few things and of their kinds, told as all of them: however far apart the two are, one is wrong.

In the sentence of the total each part has the noun of the total: ``14 giải: 05 giải cấp huyện, 09 giải cấp xã``;
the next sentence says by its first words that it tells what makes them up: ``Có 21 chủ thể. Cơ cấu chủ thể: 09 hợp
tác xã, 12 hộ``. In papers without a fault all of these add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.brackets import closing_of
from graphs.checks.reading.enumerated import counts_things
from graphs.checks.reading.moved import head
from graphs.checks.reading.placed import Placed, placed
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity
from kb.text.sentences import split_sentences

#: Words of another time, of a change, of a plan, or of what is worked out otherwise.
_OTHER_RE = re.compile(
    r"\b(?:tăng|giảm|so với|cùng kỳ|(?<!theo )kế hoạch|năm (?:19|20)\d\d|hơn|từ|xuống|lên|mỗi|bình quân|thêm|bớt"
    r"|vượt|quý|tháng|chỉ tiêu giao|trừ|hiện có|sau|thiếu|hụt|cộng)\b",
    re.IGNORECASE,
)
_SHARE_RE = re.compile(r"\(\s*(?:chiếm|bằng|đạt|tỷ lệ)?\s*\d[\d.,]*\s?%\s*\)")
#: What leads from a total to all its parts; behind "trong đó" some may be missing, or counted twice.
_LEAD_RE = re.compile(
    r"[^.;:()\d]{0,90}?(?:(?P<open>\()"
    r"|(?:(?P<colon>:)|,?\s*\b(?:bao gồm|gồm|chia ra|chia thành|chia làm|cụ thể(?: là)?|đó là)\b(?:\s+có)?\s*:?))"
    r"[^.;:()\d]{0,60}",
    re.IGNORECASE,
)
_AMONG_RE = re.compile(r"\b(?:trong đó|riêng|tổng|nhất là)\b", re.IGNORECASE)
#: First words of a sentence that tells what the things counted in the one before it are made up of.
_MADE_UP_RE = re.compile(
    r"[\W_]*(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+)?"
    r"(?:(?P<by>(?:Cơ cấu|Phân (?:theo|loại)|Chia (?:theo|ra)|Bao gồm|Gồm|Cụ thể)\b[^\d;.:()]{0,50}:?)"
    r"|(?:Các|Số|Những)\s+(?P<them>[^\d;.:()]{2,50}?)\s+(?:này\s+)?(?:gồm|bao gồm)\b(?:\s+có)?:?)"
    r"[^\d;.:()]{0,40}"
)
_OF_THEM_RE = re.compile(r"\bCơ cấu\s+(?P<them>[^\d;.:()]{2,50}?)(?:\s+(?:gồm|bao gồm|là)\b.*|:.*|$)")
_TAIL_RE = re.compile(r"[^\d;.]{0,60}(?:[;.]|$)")
_WORD_RE = re.compile(r"[^\W\d_]+")
_WORDS_BEFORE = 30


def check_all_told(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Totals that are not what their parts add up to, all told right behind or in the next sentence."""
    if subject.is_rule():
        return
    for where in stated(subject):
        places = placed(where)
        for whole in places:
            parts = _parts_of(whole, places) if _is_count(whole) and whole.unit else ()
            if parts:
                yield from _held(whole, parts, tally, by)
    yield from _next_to_it(subject, tally, by)


def _held(whole: Placed, parts: Sequence[Placed], tally: Tally, by: Rule) -> Iterator[Finding]:
    """The finding where parts do not make their total."""
    sum_ = sum(part.value for part in parts)
    if abs(sum_ - whole.value) <= min(whole.step, *(part.step for part in parts)) / 2:
        tally.held += 1
        return
    tally.failed += 1
    figure, expected = whole.figure, show(Decimal(f"{sum_ / whole.scale:.3f}"))
    words = " + ".join(part.figure.printed for part in parts)
    yield by.finding(
        (figure.span,),
        f"ghi {figure.printed} {figure.unit or ''}, nhưng các phần kê ra: {words} = {expected}",
        f"{figure.printed} is stated, but the parts listed are {words} = {expected}",
        stated=figure.printed,
        expected=expected,
        evidence=tuple(part.figure.span for part in parts),
        suggestion=both("kiểm tra lại số tổng hoặc từng phần kê ra", "check the total or each of its parts"),
        severity=Severity.WARNING,
        page=whole.where.block.page,
    )


def _is_count(place: Placed) -> bool:
    figure = place.figure
    plain = counts_things(figure) and not place.is_name and not place.is_factor
    return plain and figure.value.isdigit() and place.sort in ("count", "")


def _parts_of(whole: Placed, places: Sequence[Placed]) -> Sequence[Placed]:
    """The parts told behind a total in its sentence, each with its noun.

    Nothing where the total is itself one of several, or anything else is told among the parts.
    """
    text, noun = whole.where.text, head(whole.figure)
    ahead = (one for one in places[: whole.at] if one.sentence == whole.sentence and one.depth <= whole.depth)
    if any(head(one.figure) == noun and not one.is_name for one in ahead):
        return ()
    rest = [one for one in places[whole.at + 1 :] if one.sentence == whole.sentence and not one.is_name]
    first = next((one for one in rest if one.sort != "%" or one.depth <= whole.depth), None)
    if first is None or _OTHER_RE.search(text, max(whole.low, whole.start - _WORDS_BEFORE), whole.start):
        return ()
    words = _SHARE_RE.sub("", text[whole.end : first.start])
    lead = _LEAD_RE.fullmatch(words)
    if not lead or _OTHER_RE.search(words) or (lead["colon"] and "," in words):
        return ()
    end = closing_of(text, whole.end, True) if lead["open"] else _end_of(whole)
    parts = _run([one for one in rest if one.at >= first.at and one.start < end], whole.where)
    if len(parts) < 2 or not all(_is_count(one) and head(one.figure) == noun for one in parts):
        return ()
    return parts


def _end_of(whole: Placed) -> int:
    """Where the sentence of a total ends, or the bracket in which it stands."""
    text, end, depth = whole.where.text, whole.where.sentence_end(whole.end), 0
    for at in range(whole.end, end if whole.depth > 0 else 0):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth < 0:
            return at
    return end


def _run(found: Sequence[Placed], where: Stated) -> list[Placed]:
    """Numbers told one after another as parts, up to a semicolon where commas part them; none if one is not."""
    own = [one for one in found if not (one.sort == "%" and one.depth > found[0].depth)]
    parts: list[Placed] = own[:1]
    apart = None
    for before, one in pairwise(own):
        words = where.text[before.end : one.start]
        mark = ";" if ";" in words else ","
        apart = apart or mark
        if apart != mark == ";":
            break
        if one.depth != own[0].depth or _OTHER_RE.search(words) or _AMONG_RE.search(words):
            return []
        parts.append(one)
    return parts


def _next_to_it(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The same of parts in the sentence, or the paragraph, right behind that of their total."""
    document = subject.document
    texts = {where.block.view.start: where for where in stated(subject)}
    before: tuple[Stated, list[Placed], str] | None = None
    for block in sorted(document.blocks, key=lambda one: one.view.start):
        where = texts.get(block.view.start) if block.kind is BlockKind.TEXT else None
        if where is None:
            before = None
            continue
        places = placed(where)
        for at, (low, high) in enumerate(split_sentences(where.text)):
            own = [one for one in places if one.sentence == at]
            if before is not None and len(own) > 1:
                yield from _made_up(before, own, where.text[low:high], low, tally, by)
            before = where, own, where.text[low:high]


def _made_up(
    before: tuple[Stated, list[Placed], str], own: list[Placed], text: str, low: int, tally: Tally, by: Rule
) -> Iterator[Finding]:
    """The finding where a sentence says that it tells what the only total of the one before it is made of."""
    told = [one for one in own if not one.is_name]
    opened = _MADE_UP_RE.fullmatch(text, 0, told[0].start - low) if told else None
    if opened is None:
        return
    where = told[0].where
    parts = _run(told, where)
    sorts = {one.sort for one in parts}
    if len(parts) < 2 or len(sorts) > 1 or "%" in sorts or any(not counts_things(one.figure) for one in parts):
        return
    if not _TAIL_RE.match(where.text, parts[-1].end):
        return
    named = _OF_THEM_RE.match(opened["by"] or "")
    them = (named["them"] if named else opened["them"] or "").lower().strip()
    if not set(them.split()) <= set(_WORD_RE.findall(before[2].lower())):
        return
    heads = {head(one.figure) for one in parts}
    wholes = [one for one in before[1] if _may_be_whole(one, parts)]
    alike = [one for one in wholes if heads <= {head(one.figure), ""}]
    if not alike and not (them and sorts == {"count"} and len(heads) == len(parts)):
        return
    wholes = alike or wholes
    sum_ = sum(one.value for one in parts)
    if any(sum_ in (one.value, one.of) and head(one.figure) in heads for one in placed(before[0])):
        return  # they make up what the paragraph before counts: "làm rõ 50/57 vụ. … Có 5 vụ thiệt hại lớn."
    if len(wholes) == 1 and not wholes[0].figure.bound:
        yield from _held(wholes[0], parts, tally, by)


def _may_be_whole(one: Placed, parts: Sequence[Placed]) -> bool:
    """Whether a number is told plainly, and counts or measures what some parts do."""
    figure = one.figure
    if figure.of or one.is_name or not figure.unit or one.depth > 0 or one.sort != parts[0].sort:
        return False
    return not _OTHER_RE.search(one.where.text, max(one.low, one.start - _WORDS_BEFORE), one.start)
