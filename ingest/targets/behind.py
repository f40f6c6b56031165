"""How a paragraph answers a goal behind its level: what came of it, and how that is judged.

``Cấp ít nhất 19.000 giấy; kết quả vượt 890 giấy, đạt``; ``đạt 100% vào năm 2031: đến nay mới 86,6%, chưa đạt``;
``Mục tiêu dựng 25 cầu vì thế không đạt``. The words that open an answer, those that judge, and where both end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.answer_words import (
    ALONE_RE,
    ANSWERS_RE,
    BACK_RE,
    BY_THEN_RE,
    EVERY,
    GIVEN_BY_RE,
    HOW_RE,
    ITEM_RE,
    NAMED_AGAIN_RE,
    NAMES_GOAL_RE,
    NAMES_RE,
    OF_PAPER_RE,
    OF_PLAN_RE,
    OPENS_GOAL_RE,
    OWN_LEVEL_RE,
    OWN_RE,
    PLAIN_RE,
    PLAINLY_RE,
    SAID_RE,
    SETS_RE,
    SHORT_RE,
    SOON_RE,
    SUMS_RE,
    TIMES_RE,
    TURN_RE,
)
from ingest.targets.judgements import Judgement
from ingest.targets.levels import modal_ends
from kb.goals import verdict_of
from kb.text.sentences import split_sentences

#: So many sentences behind a goal may answer it.
_MOST = 3
#: So many words that tell make two sentences be of one thing.
_FEW, _SEVERAL = 2, 3


@dataclass(frozen=True, slots=True)
class Told:
    """What stands behind a goal: the words that may hold its result, the verdict, and by how much it was passed.

    `low`, `high` bound the words before the verdict; `end` is where the answer ends; `by` the place of a number,
    `less` whether the goal was missed by it; `own` tells that the sentence of the goal judges it.
    """

    low: int
    high: int
    end: int
    said: Judgement | None
    by: tuple[int, int] | None = None
    less: bool = False
    own: bool = False


def told_behind(text: str, low: int, at: int, stop: int) -> Told | None:
    """What a paragraph tells behind the level that ends at `at`, of the goal whose clause begins at `low`.

    `stop`: where the next goal begins.

    >>> text = "Cấp mới ít nhất 19.000 giấy trong năm; kết quả vượt 890 giấy, đạt. Ngoài ra, sửa 20 cầu."
    >>> one = told_behind(text, 0, 27, len(text))
    >>> one.said and one.said.verdict, text[slice(*one.by)], one.less
    ('Đạt', '890', False)
    >>> text = "Mục tiêu dựng 25 cầu trong năm vì thế không đạt."
    >>> one = told_behind(text, 0, 20, len(text))
    >>> one.said and one.said.verdict
    'Không đạt'
    >>> text = "Mục tiêu dựng 25 cầu trong năm; tỉnh đã giao vốn. Xã A không đạt 3 tiêu chí."
    >>> told_behind(text, 0, 20, len(text)) is None
    True
    """
    clauses = split_sentences(text, clauses=True)
    end = next((high for start, high in clauses if start <= at <= high), len(text))
    turn = TURN_RE.search(text, at, min(end, stop))
    own = _own(text, low, at, min(end, stop))
    if own and (turn is None or own.low < turn.start()):
        return own
    begins = turn.end() if turn else next((start for start, _ in clauses if start >= end), len(text))
    if begins >= stop:
        return None
    joined = turn is not None or text[end - 1 : end] == ";"
    opens = (ANSWERS_RE.match(text, begins) or (joined and HOW_RE.match(text, begins))) is not None
    if opens or SOON_RE.match(text, begins):
        high = _answer_end(text, begins, stop)
        if not joined and not _speaks_of(text, (low, end), (begins, high), opens=opens):
            return _referred(text, begins, stop)
        then = weighs(text, begins, high) or (joined and PLAINLY_RE.match(text, begins))
        return judged_in(text, begins, high) or (Told(begins, high, high, None) if then else None)
    return _referred(text, begins, stop)


def of_another(text: str, said: Judgement | None, level: Quantity | None) -> bool:
    """Whether a verdict names a level of its own, and no other: ``giao 9.000 đồng, …, vượt mục tiêu 95%``.

    >>> from ingest.figures.quantities import find_quantities
    >>> text = "Giao 900 cây, đã trồng 864 cây, bằng 96%, vượt mục tiêu trồng cây 95%."
    >>> told = judged_in(text, 12, len(text))
    >>> [of_another(text, told.said, one) for one in find_quantities(text) if one.value in ("900", "95")]
    [True, False]
    """
    found = OWN_LEVEL_RE.match(text, said.end) if said and level else None
    if found is None or level is None:
        return False
    named = next((one for one in find_quantities(text[: found.end()]) if one.start == found.start("level")), None)
    return named is not None and (named.value, named.percent) != (level.value, level.percent)


def of_another_body(text: str, said: Judgement | None, sets: tuple[int, int]) -> bool:
    """Whether a verdict is on the plan of a body that what is set does not name."""
    given = GIVEN_BY_RE.match(text, said.end) if said else None
    return given is not None and given["by"].lower() not in text[slice(*sets)].lower()


def weighs(text: str, low: int, high: int) -> bool:
    """Whether an answer without a verdict holds something against the goal: its day, or the rate of its plan."""
    return bool(BY_THEN_RE.match(text, low) or OF_PLAN_RE.search(text, low, high))


def _speaks_of(text: str, goal: tuple[int, int], answer: tuple[int, int], *, opens: bool) -> bool:
    """Whether a sentence behind a goal is of it: it sums up, names the goal, or has one of its words.

    A sentence that does not open as an answer does has several of them.
    """
    words, mine = text[slice(*answer)], telling(text[slice(*goal)])
    shared = len(mine & telling(words))
    if not opens:
        return shared >= _SEVERAL
    words = TIMES_RE.sub(" ", words)
    number = re.search(r"\d", words)
    if number and telling(words[: number.start()]) <= mine:
        return True  # "Năm qua giảm 3,9%": it has no thing of its own
    return bool(shared >= _FEW or SUMS_RE.match(words) or NAMES_GOAL_RE.search(words) or BACK_RE.match(words))


def telling(words: str) -> frozenset[str]:
    """The words of a text that say what it is of: no numbers, none of those that every goal has."""
    return frozenset(re.findall(r"[^\W\d_]+", words.lower())) - EVERY


def turns(text: str, low: int, high: int) -> int | None:
    """Where a clause turns from what it sets to what came of it: ``Không còn … - đã xử lý 2 …``; None for none."""
    found = TURN_RE.search(text, low, high)
    return found.start() if found else None


def judged_within(text: str, low: int, at: int, high: int) -> Told | None:
    """The verdict on what a clause names as a goal without a level: ``Nhiệm vụ lập … trước ngày … chưa đạt``.

    >>> text = "Nhiệm vụ lập quy hoạch trước ngày 30/9/2031 chưa đạt do vướng đất."
    >>> one = judged_within(text, 0, 8, len(text))
    >>> text[: one.low]
    'Nhiệm vụ lập quy hoạch trước ngày 30/9/2031'
    """
    return _own(text, low, min(at + 1, high), high)


def _own(text: str, low: int, at: int, high: int) -> Told | None:
    """What the sentence of a goal says of it behind its level."""
    if not NAMES_RE.search(text, low, at):
        return None
    found = OWN_RE.search(text, at, high) or OF_PAPER_RE.search(text, at, high)
    if found is None and OPENS_GOAL_RE.match(text, low):
        found = PLAIN_RE.search(text, at, high)
    if found is None:
        return None
    by = found.span("by") if found.groupdict().get("by") else None
    return Told(found.start(), high, high, _said(found), by, own=True)


def _referred(text: str, low: int, stop: int) -> Told | None:
    """A verdict in one of the next sentences that names the goal again: ``Chỉ tiêu này không hoàn thành``."""
    behind = [place for place in split_sentences(text[:stop], clauses=True) if place[0] >= low][:_MOST]
    for start, end in behind:
        if NAMED_AGAIN_RE.match(text, start):
            told = judged_in(text, start, end)
            return replace(told, low=low) if told else None
        if modal_ends(text[start:end]) or SETS_RE.search(text, start, end):
            return None
    return None


def _answer_end(text: str, low: int, stop: int) -> int:
    """Where an answer ends: with its sentence and those that speak of the same, before what is set anew."""
    high, taken, judges = low, 0, False
    for start, end in split_sentences(text, clauses=True):
        if end <= low:
            continue
        begins = max(start, low)
        goes_on = taken == 0 or text[high - 1 : high] == ";" or _goes_on(text, begins, end)
        if not goes_on or taken >= _MOST or begins >= stop:
            break
        if taken and (_sets_anew(text, begins, end) or (judges and not _goes_on(text, begins, end))):
            break
        high, taken, judges = min(end, stop), taken + 1, judges or SAID_RE.search(text[begins:end]) is not None
    return high


def _goes_on(text: str, low: int, high: int) -> bool:
    """Whether a sentence sums up the one before, or is no more than a verdict."""
    return bool(BACK_RE.match(text, low) or ALONE_RE.fullmatch(text[low:high]))


def _sets_anew(text: str, low: int, high: int) -> bool:
    """Whether a clause is an item of its own, or sets something that is not the goal before."""
    if BACK_RE.match(text, low):
        return False
    return bool(ITEM_RE.match(text, low) or SETS_RE.search(text, low, high) or modal_ends(text[low:high]))


def judged_in(text: str, low: int, high: int) -> Told | None:
    """The verdict that the words of an answer say, the last of several; None for none."""
    words = text[low:high]
    found = [one for one in SAID_RE.finditer(words) if not _plans(words[: one.start()])]
    short = SHORT_RE.search(words)
    short = None if short is None or _plans(words[: short.start()]) else short
    first = [*found, *([short] if short else [])]
    if not first:
        return None
    # "vượt 84 tổ, đạt": the last word judges; how far apart level and result are the first number says.
    apart = next((one for one in found if one["by"]), None) or short
    said = _said(found[-1]) if found else Judgement("Chưa đạt", *first[0].span("how"))
    return Told(
        low,
        low + min(one.start() for one in first),
        high,
        said.moved(low),
        (low + apart.start("by"), low + apart.end("by")) if apart else None,
        less=apart is not None and apart is short,
    )


def _plans(words: str) -> bool:
    """Whether what stands before a verdict only says what is to come."""
    return SETS_RE.search(words) is not None and not re.search(r"\d", words)


def _said(found: re.Match[str]) -> Judgement:
    words = " ".join(found["how"].lower().split()).replace(" được ", " ")
    # "Chỉ tiêu chi trả đúng hạn được bảo đảm, 12 kỳ đều đạt 100%"
    kept = words in ("được bảo đảm", "được đảm bảo")
    return Judgement("Đạt" if kept else verdict_of(words), *found.span("how"))
