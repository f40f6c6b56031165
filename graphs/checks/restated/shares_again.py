"""The share that words tell again of what another place tells: ``hai phần ba số hộ đã …``, ``còn 12% chưa …``.

What is told is of a thing and what is done with it, or not yet done: ``số thôn | chưa có nhà văn hóa``. Another
sentence has all these words with a rate, or with a whole and its part; where it denies what the one says, or the
other way round, what is left is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graphs.checks.learned.ways import values_of_paper
from graphs.checks.reading.arithmetic import places_of
from graphs.checks.reading.compared import Words
from graphs.checks.reading.loose import Loose
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.phrases import one_time, read_phrases, times_in, years_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Same
from graphs.checks.reading.telling import AIMS_RE
from graphs.checks.report import Subject
from graphs.checks.restated.called_values import called_values, naming
from graphs.checks.restated.changes_again import change_elsewhere
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_said import LooseSaid
from graphs.checks.restated.shares_near import Near, distinct, is_count, rates, share_of
from kb.models import Figure
from kb.text.sentences import split_sentences

#: ``số thôn | chưa có nhà văn hóa``: a thing, then what is said of it.
_SAID_RE = re.compile(
    r"\s*(?:của\s+|trong\s+|trên\s+)?(?:tổng\s+)?(?:(?:số|diện tích|chiều dài|khối lượng|số lượng)\s+)?"
    r"(?P<thing>(?:(?!\b(?:đã|được|chưa|không|có|đang|bị|đều|còn|vẫn|đạt)\b)[^.;:,()\d]){2,60}?)\s+"
    r"(?P<deed>(?:(?:hiện|vẫn|còn|đã|mới|cũng|đều)\s+)*(?P<not>chưa|không|thiếu)?"
    r"(?(not)|\b(?:đã|được|có|đạt|hoàn thành|nộp|thực hiện|sử dụng|tham gia|qua)\b)[^.;:,()\d]{2,80})",
    re.IGNORECASE,
)
_DEED_END_RE = re.compile(
    r"\s(?:do|vì|bởi|nên|để|nhằm|trong khi|dù|theo|nhưng|song|chủ yếu|và|mà)\s", re.IGNORECASE
)
#: Right before a rest: the beginning of its clause, or "còn"; nothing that it may be a change or a part of.
_REST_RE = re.compile(
    r"(?:^|[,;:.]\s|\s(?:còn|nên|do)\s)\W*(?:(?:hiện|vẫn|còn|chỉ|mới|khoảng|tới|đến|có|như vậy|nay)[\s,]+)*$",
    re.IGNORECASE,
)
_NOT_RE = re.compile(r"\b(?:chưa|không|thiếu)\b", re.IGNORECASE)
#: Numbers of another time, or to be reached.
_ELSE_RE = re.compile(
    r"\b(?:cùng kỳ|năm (?:trước|ngoái)|trước (?:đây|đó)|kỳ trước|mục tiêu|phấn đấu|dự kiến|tối thiểu|ít nhất"
    r"|trở lên|yêu cầu|chỉ tiêu|lộ trình|cả nước|toàn quốc|bình quân|nếu)\b",
    re.IGNORECASE,
)
PLAN_RE = re.compile(r"\b(?:kế hoạch|dự toán)\b", re.IGNORECASE)
_PLAN_RE = re.compile(r"\s*(?:so với\s+|của\s+)?(?:tổng\s+)?(?:kế hoạch|dự toán)\b", re.IGNORECASE)
_WAY_RE = re.compile(r"\b(?:tăng|giảm|vượt|hụt)\b[^,;%\d]{0,30}$", re.IGNORECASE)
_PLACE_RE = re.compile(
    r"\b(?:[Tt]ỉnh|[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Tt]hôn|[Bb]ản|[Ss]ở"
    r"|[Bb]an)\s+((?:[A-ZĐÁÀẢÃẠÂĂÊÔƠƯỨỪÍÝÚÓÉ]\w*\s?)+)"
)
_NEAR = 40
#: What a level is set for, told before it: ``tỷ lệ xã đạt chuẩn phải đạt 80%; thực hiện 75%``.
_LABEL_RE = re.compile(
    r"(?P<label>[^;()\d]{4,120}?)(?:\s+phải|:|,)?\s+(?:đạt|kế hoạch|chỉ tiêu|mục tiêu|giao|từ|trên|có|:)\s"
    r"[^;:\d]{0,30}\d",
    re.IGNORECASE,
)
_OVER = 2
_OUT_OF_RE = re.compile(r"\b(?:trên|trong)\s+(?:tổng\s+số|tổng|số)\b", re.IGNORECASE)
_NO_VALUE = frozenset(("change", "mean", "from", "compared"))
#: So many words name a thing and a deed; so many more may be told where the numbers stand.
_FEWEST, _MORE, _REACH = 3, 5, 90
_END_RE = re.compile(r"[;:.]|,\s")


@dataclass(frozen=True, slots=True)
class ShareSaid:
    """A share in words: the thing, the deed, whether it is denied, the sentence."""

    thing: Words
    deed: Words
    denied: bool
    of_plan: bool
    sentence: str
    place: int


@dataclass(frozen=True, slots=True)
class ShareTold:
    """A share with the words around it, those right beside it, whether they deny; the sentence where it stands."""

    near: Near
    words: Words
    beside: Words
    denied: bool
    of_plan: bool
    sentence: str
    place: int


def share_said(where: Stated, low: int, high: int, end: int) -> ShareSaid | None:
    """What is said of a share that ends at `end`: of a thing, that something is done, or is not done.

    It stands in a sentence from `low` to `high`.
    """
    found = _SAID_RE.match(where.text, end, high)
    if found is None:
        return None
    thing, deed = naming(found["thing"]), naming(_DEED_END_RE.split(f"{found['deed']} ", maxsplit=1)[0])
    if not thing or not deed - thing or len(thing | deed) < _FEWEST:
        return None
    plan = bool(PLAN_RE.search(found["thing"]))
    return ShareSaid(thing, deed, bool(found["not"]), plan, where.text[low:high], where.block.view.start + low)


def told_of(subject: Subject, said: ShareSaid) -> Meant | None:
    """The share that the only place tells that has all words of what is said; none where another one may fit."""
    years, mine = years_of(subject), times_in(said.sentence)
    names = _places(said.sentence)
    meant: list[Near] = []
    for told in _shares_told(Same(subject)):
        words = said.thing | said.deed
        if (
            told.place == said.place
            or told.of_plan != said.of_plan
            or not words <= told.words
            or not said.deed <= told.beside | said.thing
        ):
            continue
        if not one_time(mine, times_in(told.sentence), years) or not _places(told.sentence) <= names:
            continue
        if sum(word.isalpha() for word in told.beside - words) <= _MORE:
            meant.append(told.near if told.denied == said.denied else told.near.rest)
    alone = distinct(meant)
    return Meant((alone[0],), sure=True) if len(alone) == 1 else None


def may_be(subject: Subject, said: ShareSaid) -> Iterator[Near]:
    """The shares, and what they leave, of all places and cells that have half the words of what is said."""
    words = said.thing | said.deed
    for told in _shares_told(Same(subject)):
        if told.place != said.place and 2 * len(words & told.words) >= len(words):
            yield from (told.near, told.near.rest)
    for one in called_values(subject).found:
        if one.node.cell and one.node.kind == "%" and 2 * len(words & one.all) >= len(words):
            near = Near(one.value, one.node.told.printed, 0, 0, (one.node.told.span,))
            yield from (near, near.rest)


@lru_cache(maxsize=2)
def _shares_told(read: Same[Subject]) -> tuple[ShareTold, ...]:
    subject = read.it
    aims = {
        one.figure.span.start for one in read_phrases(subject).found if any(map(AIMS_RE.search, one.over[:_OVER]))
    }
    marks = {at: node.told.said for at, node in values_of_paper(subject).in_text.items()}
    found: list[ShareTold] = []
    for where in stated(subject):
        for low, high in split_sentences(where.text):
            inside = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
            said = [marks.get(one.span.start) for one in inside]
            usable = [
                one
                for one, mark in zip(inside, said, strict=True)
                if not one.bound
                and one.span.start not in aims
                and (mark is None or not (mark.marks & _NO_VALUE or mark.aim[0]))
            ]
            if usable:
                found += _told(where, (low, high), inside, usable)
    return tuple(found)


def _told(
    where: Stated, sentence: tuple[int, int], inside: Sequence[Figure], usable: Sequence[Figure]
) -> Iterator[ShareTold]:
    """The shares of a sentence: its rates, and the parts that its counts are of the largest before them."""
    low, high = sentence
    of_plans = [near for one in usable if (near := _of_plan(where, one))]
    usable_at = {where.start(one) for one in usable}
    for near in (*rates(where, low, high), *of_plans):
        begin, end = _around(where, sentence, near.start, near.end, inside)
        if near.start in usable_at and not _ELSE_RE.search(where.text, begin, end):
            yield _share_told(where, sentence, near, (begin, end), of_plan=near in of_plans)
    counts = [one for one in usable if is_count(one)]
    for at, part in enumerate(counts):
        whole = max(counts[:at], key=scaled, default=None)
        share = share_of(where, part, whole) if whole else None
        if share is not None and whole is not None:
            begin = max(where.end(counts[at - 1]), where.text.rfind(",", low, where.start(part)))
            end = next((where.start(one) for one in inside if where.start(one) > where.start(part)), high)
            comma = _END_RE.search(where.text, where.end(part), end)
            yield _share_told(where, sentence, share, (begin, comma.start() if comma else end))
        elif whole and _OUT_OF_RE.search(where.between(whole, part)) and (share := share_of(where, whole, part)):
            yield _share_told(where, sentence, share, sentence)


def _share_told(
    where: Stated, sentence: tuple[int, int], near: Near, around: tuple[int, int], *, of_plan: bool = False
) -> ShareTold:
    """A share of a sentence with the words around it; what its level is called is said of the result behind it."""
    text, words = where.text[slice(*sentence)], where.text[slice(*around)]
    label = _LABEL_RE.match(text)
    beside = naming(words) | (
        naming(label["label"]) if label and sentence[0] + label.end() <= near.start else set()
    )
    denied = bool(_NOT_RE.search(words))
    return ShareTold(near, naming(text), beside, denied, of_plan, text, where.block.view.start + sentence[0])


def _of_plan(where: Stated, one: Figure) -> Near | None:
    """A rate of a plan: ``bằng 86,0% kế hoạch vốn``."""
    start, end = where.start(one), where.end(one)
    plan = one.unit == "%" and _PLAN_RE.match(where.text, end)
    if not plan or _WAY_RE.search(where.text, max(0, start - _NEAR), start):
        return None
    return Near(Decimal(one.value), one.printed, start, end, (one.span,))


def _places(text: str) -> frozenset[str]:
    """The places of the state that a text names."""
    return frozenset(name for name in _PLACE_RE.findall(text))


def _around(
    where: Stated, sentence: tuple[int, int], start: int, end: int, inside: Sequence[Figure]
) -> tuple[int, int]:
    """From the last rate or semicolon before a rate to the first mark behind it."""
    low, high = sentence
    before = [where.end(one) for one in inside if where.end(one) <= start and one.unit == "%"]
    begin = max([low, *before, *(cut + 1 for cut in [where.text.rfind(";", low, start)] if cut >= 0)])
    stop = _END_RE.search(where.text, end, min(high, end + _REACH))
    return begin, stop.start() if stop else min(high, end + _REACH)


def told_elsewhere(subject: Subject, said: LooseSaid) -> tuple[Meant, Sequence[Near]] | None:
    """What other places tell of a part told in words, with all that may bear it out."""
    if said.is_bound or not said.loose.part or any(True for _ in _rates_in(said)):
        return None
    if said.way:
        return change_elsewhere(subject, said)
    share = share_said(said.where, said.low, said.high, said.loose.end)
    meant = told_of(subject, share) if share else None
    return (meant, tuple(may_be(subject, share))) if share and meant else None


def rests_elsewhere(subject: Subject, where: Stated) -> Iterator[tuple[Loose, Meant, Sequence[Near]]]:
    """The exact shares of a block that are not so, each alone in its sentence, with what others tell."""
    for one in where.figures if _NOT_RE.search(where.text) else ():
        if one.unit != "%" or one.bound or one.of:
            continue
        start, end = where.start(one), where.end(one)
        low, high = next(((low, high) for low, high in split_sentences(where.text) if low <= start < high), (0, 0))
        if sum(low <= where.start(other) < high for other in where.figures) > 1:
            continue
        if _ELSE_RE.search(where.text, low, high) or not _REST_RE.search(where.text[low:start]):
            continue
        said = share_said(where, low, high, end)
        meant = told_of(subject, said) if said and said.denied else None
        if said is None or meant is None:
            continue
        value, half = Decimal(one.value), Decimal("0.5").scaleb(-places_of(one.value))
        told = Loose(start, end, one.printed, value - 2 * half, value + 2 * half, is_number=True)
        yield told, meant, tuple(may_be(subject, said))


def _rates_in(said: LooseSaid) -> Iterator[Figure]:
    """The other rates of its sentence."""
    where, loose = said.where, said.loose
    for one in where.figures:
        start = where.start(one)
        if said.low <= start < said.high and (one.unit == "%" or one.of) and not loose.start <= start < loose.end:
            yield one
