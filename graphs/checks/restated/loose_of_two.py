"""The share that loose words say again of two counts told right before them: all of it, or what is left of it.

``Kế hoạch vốn 320 tỷ đồng, đã giải ngân 208 tỷ đồng. Như vậy mới tiêu được gần hai phần ba``; ``đầu năm có 2.640
hộ, cuối năm còn 1.980 hộ, tức đã bớt một phần tư``. Of several two none is meant surely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graphs.checks.reading.among_people import both_people
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_far import says_again
from graphs.checks.restated.loose_said import LooseSaid
from graphs.checks.restated.shares_near import Near, distinct, is_count, share_of
from kb.models import Figure
from kb.text.sentences import split_sentences

#: What is said of what is gone or missing.
_LEFT_RE = re.compile(
    r"\b(?:chưa|còn|thiếu|thoát|bớt|mất|giảm|hụt|trượt|rút|ngừng|tồn|nợ|không|bỏ|vắng|trống)\b", re.IGNORECASE
)
#: Before a number that is no count of now: by how much something changed, what falls to each.
_NO_COUNT_RE = re.compile(
    r"\b(?:tăng|giảm|vượt|thiếu|hụt|thêm|bình quân|trung bình|mỗi|từ)\b[^,;.()\d]{0,20}$", re.IGNORECASE
)
#: It speaks of one of several things told before.
_POINTS_RE = re.compile(r"\b(?:này|đó|ấy|(?:nói|nêu|kể) trên)\b", re.IGNORECASE)
#: A rate that is told so exactly that few shares are it by chance: "khoảng 77,3%".
_DECIMAL_RE = re.compile(r"\d,\d")
_WORD_RE = re.compile(r"[^\W\d_]+")
_BESIDE = 700


def of_two(said: LooseSaid, before: Stated | None, words: str) -> Meant | None:
    """The share of the only two like counts right before some words, where these speak of what is counted."""
    if said.loose.is_bound or not said.loose.part:
        return None
    for where, low, high in _stretches(said, before):
        shares = list(_shares(where, low, high, said.way))
        if not shares:
            continue
        if len(distinct(shares)) > 1:
            return None
        fits = [one for near in shares for one in (near, near.rest) if said.loose.fits(one.value)]
        if fits:
            return Meant(tuple(fits[:1]), sure=True)
        if _POINTS_RE.search(words) or not _speaks_of(where, low, high, words, said.behind):
            return None
        left = not said.way and bool(_LEFT_RE.search(words))
        return Meant(tuple(one.rest if left else one for one in shares[:1]), sure=True)
    return None


def worked_out(said: LooseSaid, before: Stated | None) -> Iterator[Near]:
    """What the counts of its sentence before a rate are of like ones told there or in the paragraph before."""
    where, exactly = said.where, "đúng" in said.loose.words
    if _DECIMAL_RE.search(said.loose.words) is None and not exactly:
        return
    low = 0 if exactly else said.low
    parts = [one for one in where.figures if low <= where.start(one) < said.loose.start and is_count(one)]
    wholes = [
        one
        for there in (where, before)
        if there is not None
        for one in there.figures
        if is_count(one) and (there is not where or where.start(one) < said.loose.start)
    ]
    for part in parts:
        for whole in wholes:
            if head(part) == head(whole) and (near := share_of(where, part, whole)) is not None:
                yield near


def _stretches(said: LooseSaid, before: Stated | None) -> Iterator[tuple[Stated, int, int]]:
    """Its own sentence before it, where it says that again; the sentence before; the paragraph before."""
    again = says_again(said)
    if again or said.each:
        yield said.where, said.low, said.loose.start
    if not (again or said.each or said.opens):
        return
    sentences = [one for one in split_sentences(said.text) if one[1] <= said.low]
    if sentences:
        yield (said.where, *sentences[-1])
    elif before is not None and 0 <= said.where.block.span.start - before.block.span.end <= _BESIDE:
        yield before, 0, len(before.text)


def _shares(where: Stated, low: int, high: int, way: str) -> Iterator[Near]:
    """The shares that two like counts make; of a change, by how much the one is more or less than the other."""
    counts = [
        one
        for one in where.figures
        if low <= where.start(one)
        and where.end(one) <= high
        and is_count(one)
        and one.unit
        and not one.bound
        and not _NO_COUNT_RE.search(where.text[low : where.start(one)])
    ]
    for at, one in enumerate(counts):
        for other in counts[at + 1 :]:
            part, whole = sorted((one, other), key=scaled)
            if not _is_alike(part, whole) or (near := share_of(where, part, whole)) is None:
                continue
            if way in ("tăng", "thêm"):
                value = (scaled(whole) / scaled(part) - 1) * 100
                yield replace(near, value=value)
            else:
                yield near.rest if way else near


def _is_alike(one: Figure, other: Figure) -> bool:
    return head(one) == head(other) or both_people(one, other)


def _speaks_of(where: Stated, low: int, high: int, words: str, behind: str) -> bool:
    """Whether some words name what two counts count, or they are amounts and nothing else is named `behind`."""
    said = frozenset(word.lower() for word in _WORD_RE.findall(words))
    units = [head(one) for one in where.figures if low <= where.start(one) < high and is_count(one) and one.unit]
    if any(unit in said for unit in units):
        return True
    named = thing_words(behind) - GENERAL
    return set(units) == {"đồng"} and (not named or bool(named & thing_words(where.text[low:high])))
