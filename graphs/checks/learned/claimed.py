"""What a text says rose or fell, is more or less than another: the word for the way, its number, what it is since.

``Sĩ số 41,7 học sinh/lớp, cao hơn cấp tiểu học 6,8 học sinh/lớp``: *cao hơn* and 6,8, beside *cấp tiểu học*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graphs.checks.reading.named import Surroundings, surroundings
from graphs.checks.reading.placed import Placed, placed
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.telling import Words, carrying_in
from graphs.checks.report import Subject
from kb.models import BlockKind
from kb.text.sentences import split_sentences

YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
PAST_RE = re.compile(
    r"cùng kỳ|(?:năm|kỳ|quý|tháng|vụ|niên độ|năm học|nhiệm kỳ|giai đoạn|lần) trước|đầu (?:kỳ|năm)|năm ngoái"
    r"|liền kề|trước (?:khi|đó|đây)",
    re.IGNORECASE,
)
PLAN_RE = re.compile(
    r"\b(?:kế hoạch|KH|giao|dự toán|DT|mục tiêu|chỉ tiêu|NQ|nghị quyết|mức phải|yêu cầu|quy định|định mức|phấn đấu"
    r"|ngưỡng|khống chế)\b",
    re.IGNORECASE,
)
#: Verbs for a way, and what is more or less where a word of comparison follows: ``đông hơn``, ``mỏng đi``.
_UP_VERBS = ("tăng", "vượt", "thêm", "nhích", "nâng", "vươn")
_DOWN_VERBS = ("giảm", "hụt", "bớt", "sụt", "tụt", "hạ", "lùi", "vơi", "thua")
_MORE = ("cao", "nhiều", "lớn", "đông", "dày", "dài", "rộng", "nhỉnh", "trội", "đầy")
_LESS = ("thấp", "ít", "nhỏ", "thưa", "mỏng", "ngắn", "hẹp", "kém", "vơi")
_THAN = ("hơn", "đi", "thêm", "lên", "lại", "ra", "xuống")
_UP, _DOWN = frozenset((*_UP_VERBS, *_MORE)), frozenset((*_DOWN_VERBS, *_LESS))
_COMPARED = frozenset((*_MORE, *_LESS)) - {"vơi"}
_COMPARING = rf"(?:{'|'.join((*_MORE, *_LESS))}) (?:hơn|đi)"
WAY_RE = re.compile(
    rf"(?<![^\W_])(?:tăng|giảm|đi lên|đi xuống|nhích lên|sụt|tụt|{_COMPARING})(?![^\W_])", re.IGNORECASE
)
_DOWN_RE = re.compile(rf"(?:giảm|đi xuống|sụt|tụt|(?:{'|'.join(_LESS)}) )", re.IGNORECASE)
#: Between the word and its number: that it is a level and no change.
_LEVEL_RE = re.compile(
    r"mục tiêu|chỉ tiêu|\bmức|yêu cầu|tối (?:thiểu|đa)|kế hoạch|dự toán|\btrên|\bquá|\bngưỡng|ít nhất|quy định"
    r"|định mức|bình quân|trung bình|chung|\blà\b",
    re.IGNORECASE,
)
#: The least, or most, that something is to change by, and no level of it: ``mức giảm tối thiểu 5%``.
_OF_CHANGE_RE = re.compile(
    r"(?:tăng|giảm)\s+(?:thêm\s+|được\s+)?(?:tối (?:thiểu|đa)|ít nhất|trên|quá|không (?:dưới|quá))\s",
    re.IGNORECASE,
)
#: Right before it: a mean that a value is held against, ``cao hơn hẳn mức bình quân 22 triệu đồng/ha``.
_MEAN_RE = re.compile(r"\bhơn\s+(?:[^\W\d_]+\s+){0,3}?(?:bình quân|trung bình)\s*$", re.IGNORECASE)
_TOKEN_RE = re.compile(r"[^\W\d_]+|\d[\d.,]*|[^\w\s]")
#: Behind these no way is told; before it they deny it; right before a number they make it a value.
_ENDS = frozenset((*",;:.)", "còn", "có"))
_DENY = frozenset(("không", "chưa", "hoặc", "/"))
_MET = frozenset((("vượt", "và"), ("vượt", "đạt")))  # "tỷ lệ đạt và vượt 75%"
_VALUE = frozenset(("từ", "lên", "xuống", "đạt", "thành", "tới", "đến", "dưới", "trên"))
_OF_LEVELS = frozenset(("mục", "chỉ", "mức", "yêu", "kế"))
_PLAIN = frozenset(("thêm", "được", "mạnh", "nhẹ", "là", "khoảng", "gần", "hơn", "tới", "đến"))
_REACH, _BEFORE, _BEHIND, _NEAR, _EQUAL = 8, 90, 110, 90, 1e-6
_CUT_RE = re.compile(r";\s")
_SINCE_RE = re.compile(r"\b(?:so với|so cùng|so|hơn)\s+([^,;.()]{2,80})")
_THAN_RES = (re.compile(r"\bhơn\s+(.+)$"), re.compile(r"\b(?:so với|vượt)\s+(.+)$"))
_THAN_BEHIND_RE = re.compile(r"\s*((?:nhiều |hẳn |khá )*(?!so với)[^,;.()]{2,80})")
_SINCE_BEFORE_RE = re.compile(r"\b[Ss]o(?: với| cùng)?\s+([^,;.()]{2,60})")
#: Words of which the way is a part, and no claim.
_NO_WAY_BEHIND_RE = re.compile(
    r"\s+(?:cường|trưởng|tốc|thu\b|nghèo|thiểu|trừ|tải|nhẹ thiên tai|lỗ|giảm|tăng|quy mô vốn|vốn|giá\b|án\b"
    r"|biên chế|chi phí|thời gian|thủ tục|sức|thêm thu nhập|năng suất|hạng|(?:[^\W\d_]+\s+){0,3}?cho\s+\d)",
    re.IGNORECASE,
)
_NO_WAY_BEFORE_RE = re.compile(
    r"(?:gia|miễn|miễn,|cắt|tinh|suy|mức|tốc độ|độ|tỷ lệ|tỉ lệ|phần|biến động|phòng, chống|không|chưa|hoặc|để|nhằm"
    r"|góp phần|giúp|làm|cần|phải|tiếp tục|kéo|yêu cầu|việc|nguyên nhân|phấn đấu|đề nghị|xin|điều chỉnh|mục tiêu"
    r"|khoản|số|do|hai|chính sách|được)\s*$",
    re.IGNORECASE,
)
#: What is moved from one to another rises here and falls there.
_MOVED_RE = re.compile(r"\bđiều chỉnh\s+$", re.IGNORECASE)
#: So near behind its number a noun stands before a word for a way that only says of which kind it is.
_KIND, _KIND_ENDS = 4, (["("], ["và"])
#: It begins its sentence: what is to be done.
_OPENS_RE = re.compile(r"[\s\-–+*•\d.)a-zđ(]{0,8}")
#: Between the word and the value that it leads to.
_VALUE_BEHIND_RE = re.compile(
    r"[^,;.:()\d]{0,25}\b(?:còn|xuống|lên|đạt|từ|thành|tới|với|là|trên|dưới|so với)\b"
    r"(?:[^,;.:()]|(?:19|20)\d\d){0,30}"
)
#: No bracket opens right behind a change.
_NO_BRACKET_RE = re.compile(r"[,;:.)]")
_NO_CHANGE = frozenset(("places", "age"))


@dataclass(frozen=True, eq=False)
class Claim:
    """A word for a way from `at` to `end`, whether it is *up*, its number if it has one, the words between."""

    where: Stated
    places: Sequence[Placed]
    around: Surroundings
    told: Placed | None
    up: bool
    at: int
    end: int
    gap: tuple[str, ...] = ()

    @property
    def block(self) -> int:
        """Where its paragraph begins."""
        return self.where.block.view.start

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """Where its sentence begins and ends."""
        found = (one for one in split_sentences(self.where.text) if one[0] <= self.at < one[1])
        return next(found, (0, len(self.where.text)))

    @cached_property
    def part(self) -> tuple[int, int]:
        """Where the part of its sentence begins and ends that semicolons cut off."""
        low, high = self.sentence
        cuts = [low + found.end() for found in _CUT_RE.finditer(self.where.text[low:high])]
        return max(low, *(cut for cut in (low, *cuts) if cut <= self.at)), min(
            high, *(cut for cut in (high, *cuts) if cut > self.at)
        )

    @cached_property
    def behind(self) -> str:
        """What stands behind its number, or behind the word, in its part of the sentence."""
        start = self.told.end if self.told else self.end
        return self.where.text[start : min(self.part[1], start + _BEHIND)]

    @property
    def between(self) -> str:
        """The word and what stands before its number."""
        return self.where.text[self.at : self.told.start if self.told else self.end]

    @cached_property
    def near(self) -> Words:
        """The words around it, from the last number but one on."""
        before = [
            one for one in self.places if one.end <= self.at and not one.is_name and one.start >= self.part[0]
        ]
        low = before[-2].end if len(before) > 1 else self.part[0]
        stop = self.told.start if self.told else self.end
        return carrying_in(f"{self.where.text[low:stop]} {self.behind[:_NEAR]}")

    @cached_property
    def said(self) -> Words:
        """The words of its sentence and of the leads of its list."""
        return carrying_in(self.where.text[slice(*self.sentence)]) | self.led

    @cached_property
    def led(self) -> Words:
        """The words of the leads of its list."""
        return carrying_in(" ".join(self.around.leads.get(self.block, ())))

    @cached_property
    def against(self) -> str:
        """What it is said to be since, or more or less than."""
        than = next(filter(None, (pattern.search(self.between) for pattern in _THAN_RES)), None)
        if self.told is None and self.between.endswith("hơn"):
            than = _THAN_BEHIND_RE.match(self.behind)
        since = _SINCE_RE.search(self.behind)
        number = re.search(r"\d", YEAR_RE.sub("yyyy", self.behind))
        if since and self.told and number and number.start() < since.start():
            since = None
        told = " ".join(found[1] for found in (than, since) if found)
        return told or self.against_before

    @cached_property
    def against_before(self) -> str:
        """What the sentence begins to compare with before the word."""
        found = _SINCE_BEFORE_RE.findall(self.where.text[self.sentence[0] : self.at])
        return found[-1] if found else ""

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that it is since."""
        return frozenset(YEAR_RE.findall(self.against))

    @cached_property
    def since_past(self) -> bool:
        """Whether it is since the time before."""
        return bool(PAST_RE.search(self.against)) or "cùng" in self.against[:5]

    @cached_property
    def since_plan(self) -> bool:
        """Whether it is held against a plan."""
        return bool(PLAN_RE.search(self.against))

    @property
    def since(self) -> str:
        """What kind of thing it is held against."""
        kinds = (
            ("year", self.years),
            ("past", self.since_past),
            ("plan", self.since_plan),
            ("other", self.against),
        )
        return next((kind for kind, is_so in kinds if is_so), "none")

    @cached_property
    def of_level(self) -> bool:
        """Whether words before the number may make it a level: ``cao hơn mức tối thiểu 80%``."""
        return bool(_LEVEL_RE.search(self.between))

    @cached_property
    def of_change(self) -> bool:
        """Whether its number is how much something is to change by, and no level: ``giảm tối thiểu 5%``."""
        return bool(_OF_CHANGE_RE.match(self.between))

    @property
    def led_to(self) -> str:
        """What stands between the word and its number."""
        if self.of_level:
            return "lv"
        words = {word for word in self.gap if word.isalpha()}
        return "adj" if not words else "thêm" if words <= _PLAIN else "w"

    @property
    def compares(self) -> bool:
        """Whether it says how one thing stands to another: *cao hơn*."""
        return self.between.lower().endswith("hơn")

    @property
    def digits(self) -> int:
        """How many digits its number has before the zeros."""
        told = self.told
        return len(str(round(told.value / told.step)).rstrip("0")) if told else 0


def way_before(told: Placed) -> tuple[bool, int, tuple[str, ...]] | None:
    """The word that says which way something changed by a number: whether up, where, what is between."""
    text = told.where.text
    sentence = next((low for low, high in split_sentences(text) if low <= told.start < high), told.low)
    base = max(sentence, told.start - _BEFORE)
    # Years are no numbers that end it: "ít hơn năm 2023 36 vụ".
    found = [*_TOKEN_RE.finditer(text[base : told.start].lower())][-_REACH:]
    words = [one.group() for one in found]
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word in _ENDS or (word[0].isdigit() and not YEAR_RE.fullmatch(word)):
            return None
        if word in _COMPARED and not (at + 1 < len(words) and words[at + 1] in _THAN):
            continue
        if word in _UP or word in _DOWN:
            gap = words[at + 1 :]
            if is_of_kind(words, at):
                return None
            denied = at > 0 and (words[at - 1] in (*_DENY, "gia") or (word, words[at - 1]) in _MET)
            level = "(" in gap and not _OF_LEVELS.isdisjoint(gap)
            value = bool(gap) and gap[-1] in _VALUE and (told.sort != "points" or gap[-1] not in _THAN)
            if denied or level or value or gap[-1:] == ["cho"]:  # "giảm lãi suất cho 617 khách hàng"
                return None
            # "giảm thêm 5 vụ", "tăng thêm": what stands before says which way.
            if word in ("thêm", "bớt", "đi") and at and words[at - 1] in (*_UP, *_DOWN):
                continue
            return word in _UP, base + found[at].start(), tuple(gap)
    return None


def is_of_kind(words: Sequence[str], at: int) -> bool:
    """Whether a word for a way only says of which kind things are that were counted, and leads to no number.

    >>> is_of_kind(["35", "việc", "giảm", "("], 2), is_of_kind(["08", "chỉ", "tiêu", "vượt", "và"], 3)
    (True, True)
    >>> is_of_kind(["thu", "giảm", "("], 1), is_of_kind(["35", "việc", ",", "giảm", "("], 3)
    (False, False)
    """
    before = words[max(0, at - _KIND) : at]
    counts = [place for place, word in enumerate(before, 1) if word[0].isdigit()]
    nouns = "".join(before[counts[-1] :]) if counts else ""
    return nouns.isalpha() and words[at + 1 : at + 2] in _KIND_ENDS


def is_borne_out(told: Placed, up: bool) -> bool:
    """Whether the number in a bracket right behind a change, and one before them both, make its word right.

    ``Chết 07 người, bị thương 09 người; giảm 01 người chết (08 người)``: of 08 and 07, whatever 08 and 09 are.
    """
    places = placed(told.where)
    then = next(iter(places[told.at + 1 :]), None)
    if then is None or then.depth <= told.depth or then.sort == "%":
        return False
    if _NO_BRACKET_RE.search(told.where.text, told.end, then.start):
        return False
    now = then.value + (told.beside(then) if up else -told.beside(then))
    before = (one for one in places if one.start < told.start and one.sort == then.sort)
    return any(abs(one.beside(then) - now) < _EQUAL for one in before)


def told_claims(subject: Subject) -> Iterator[Claim]:
    """The words for a way with the number of the change."""
    around = surroundings(subject.document)
    for where in stated(subject):
        places = placed(where)
        for told in places:
            if told.of is not None or told.is_name or not told.value or told.sort in _NO_CHANGE:
                continue
            way = way_before(told)
            if way and not (
                _MEAN_RE.search(where.text, way[1], told.start)
                or _MOVED_RE.search(where.text, max(0, way[1] - _BEFORE), way[1])
            ):
                yield Claim(where, places, around, told, way[0], way[1], told.start, way[2])


def bare_claims(subject: Subject, told: Sequence[Claim]) -> Iterator[Claim]:
    """The words for a way without a number of the change; `told` are those with one."""
    around = surroundings(subject.document)
    numbered = {(one.block, one.at) for one in told}
    texts = {one.block.view.start: one for one in stated(subject)}
    for block in subject.document.blocks:
        if block.kind not in (BlockKind.TEXT, BlockKind.NOTE):
            continue
        text = subject.document.block_text(block)
        ways = [found for found in WAY_RE.finditer(text) if (block.view.start, found.start()) not in numbered]
        where = texts.get(block.view.start) or Stated(block, text, ())
        places = placed(where) if ways else ()
        for found in ways:
            before = text[max(0, found.start() - 20) : found.start()]
            if _NO_WAY_BEHIND_RE.match(text, found.end()) or _NO_WAY_BEFORE_RE.search(before):
                continue
            up = not _DOWN_RE.match(found.group())
            one = Claim(where, places, around, None, up, found.start(), found.end())
            if not _OPENS_RE.fullmatch(text[one.sentence[0] : one.at]):
                yield one


def values_of(claim: Claim) -> Iterator[tuple[Placed, int]]:
    """The values that a word may be of: the two before it in its clause (-1, -2), the one it leads to (1)."""
    text, (low, high) = claim.where.text, claim.part

    def depth(at: int) -> int:
        return text.count("(", low, at) - text.count(")", low, at)

    told = [one for one in claim.places if not one.is_name and one.value]
    before = [one for one in told if low <= one.start and one.end <= claim.at and one.of is None]
    before = [one for one in before if not way_before(one) and depth(one.start) <= depth(claim.at)]
    yield from ((one, -1 - at) for at, one in enumerate(reversed(before[-2:])))
    behind = [one for one in told if claim.end <= one.start < high]
    if behind and _VALUE_BEHIND_RE.fullmatch(text[claim.end : behind[0].start]):
        yield behind[0], 1
