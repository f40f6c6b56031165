"""The whole of a share that misses it by a digit: the larger number before its part, or the whole that it names.

Only for shares that no number of the paper makes, and of so many digits that a slip does not come about by chance.
The part may be the count of the sentence before: ``75.120 người tham gia. Tỷ lệ bao phủ đạt 95,5% dân số``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.all_of import PLACES, is_all_of, words_before, words_behind
from graphs.checks.reading.arithmetic import digits_printed, is_rate_slip, percent
from graphs.checks.reading.moved import MONEY, head
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, fits, value_as_printed
from graphs.checks.reading.telling import AIMS_RE, carrying_in
from graphs.checks.sums.some_of import PEOPLE, TIMES
from kb.models import Figure
from kb.text.sentences import sentence_start

#: What a rate is said to be of: a total, or all there are of something.
_OF_WHOLE_RE = re.compile(
    r"\s*(?:của\s+|trên\s+|trong\s+)?(?:(?P<total>tổng)\s+|số\s+|(?=dân số\b|diện tích\b|sản lượng\b))"
    r"(?P<of>[^\d,;.()%]{2,60}?)(?=\s+(?:đã|được|là|và|tăng|giảm|vượt|cao|thấp|so|năm)\b|\s*[\d,;.()%]|\s*$)",
    re.IGNORECASE,
)
_TOTAL_RE = re.compile(r"\btổng\s+(?:số|cộng)?[^.;,%]{0,70}$", re.IGNORECASE)
_SHARE_RE = re.compile(
    r"[^.;()\d]{0,60}(?:\(\s*(?:đạt|chiếm|bằng|tỷ lệ|tương đương)?"
    r"|,\s*(?:đạt|chiếm|bằng|tương ứng(?: với)?|ứng với|tương đương|tức|tỷ lệ))\s*(?:tỷ lệ\s*)?",
    re.IGNORECASE,
)
#: People are counted under several nouns.
_PERSONS = PEOPLE | {"em", "trẻ", "trẻ em", "thí sinh", "sinh viên", "giáo viên", "công nhân", "bệnh nhân", "cháu"}
#: A share of so many digits; so far the words before a number reach; so many words of a name are shared;
#: a total is called by one word alone in so many places before.
_FINE, _NAME, _SHARED, _NEAR = 4, 90, 2, 8
_ALL = Decimal(100)
#: What people who live at a place are called, and how many there are.
_POPULATION_RE = re.compile(r"(?:dân số|dân cư|người dân|nhân khẩu)\b", re.IGNORECASE)
#: Right before a result in per cent; what makes it a goal; words that tell only how it stands to that.
_RESULT_RE = re.compile(
    r"\b(?:(?P<sure>kết quả)|tỷ lệ|tỉ lệ|đạt|vượt)\b"
    r"(?:(?!\b(?:từ|trên|tăng|giảm|hơn|so với|cùng kỳ|trước|bình quân)\b)[^\d,;.:()%]){0,50}$",
    re.IGNORECASE,
)
_AT_LEAST_RE = re.compile(r"\s*(?:trở lên|điểm)\b", re.IGNORECASE)
_TO_COME_RE = re.compile(r"\b(?:phấn đấu|dự kiến|sẽ|nhằm)\b", re.IGNORECASE)
#: The name that leads an item, and right before a number that it is the result.
_LED_RE = re.compile(
    r"\W*(?:\w{1,3}[.)]\s+)?(?P<name>[^:;.,()\d]{3,60}):\s(?:[^.]|\.(?=\d))*?"
    r"\b(?:thực hiện|kết quả|đạt được|thực tế)(?:\s+(?:được|đạt|là|có))*\s+",
    re.IGNORECASE,
)
_VERDICT = frozenset(["yêu", "cầu", "đề", "vượt", "chưa", "trở", "lên", "mức", "so", "hoàn", "thành"])
_HEADS = ("khẩu", "nhân khẩu", "dân")


def counts_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures count one kind of thing: one unit, one noun, or people under two."""
    units = [(figure.unit or "").lower() for figure in (one, other)]
    if units[0] == units[1] or not all(units):
        return units[0] == units[1]
    nouns = [head(figure) for figure in (one, other)]
    if "%" in units or any(unit.split(" ")[0] in MONEY for unit in units):
        return False
    return nouns[0] == nouns[1] or all(_is_person(unit) for unit in units)


def _is_person(unit: str) -> bool:
    words = unit.split()
    return not _PERSONS.isdisjoint((words[0], " ".join(words[:2])))


def larger_before(where: Stated, part: Figure, rate: Figure, told: Sequence[Stated]) -> Figure | None:
    """The larger number of its noun before a count whose share no number makes, where a digit of the two would."""
    printed, at = value_as_printed(rate), where.figures.index(part)
    digits = digits_printed(printed)
    if digits < _FINE - 1 or not part.unit:
        return None
    if not _SHARE_RE.fullmatch(where.between(where.figures[where.figures.index(rate) - 1], rate)):
        return None
    larger = [
        one
        for one in where.figures[:at]
        if counts_alike(one, part) and not one.of and not one.bound and Decimal(one.value) > Decimal(part.value)
    ]
    everything = [one for place in told for one in place.figures if one is not part and one.unit != "%"]
    if not larger or any(_explains(part, one, rate) for one in everything):
        return None
    whole = larger[-1]
    if _is_of_another(where, rate, whole):
        return None
    exact = percent(part.value, whole.value)
    if exact is not None and is_rate_slip(exact, printed):
        return whole
    for one, other in () if digits < _FINE else ((part.value, whole.value), (whole.value, part.value)):
        for typed in _one_digit_off(one):
            tried = percent(typed, other) if one is part.value else percent(other, typed)
            if tried is not None and fits(tried, rate):
                return whole
    return None


def _is_of_another(where: Stated, rate: Figure, whole: Figure) -> bool:
    """Whether the words behind a rate name more than is said around a number: ``53,0% số hộ nông thôn``."""
    named = _OF_WHOLE_RE.match(where.text, where.end(rate))
    start = where.start(whole)
    said = f"{where.text[max(0, start - _NAME) : start]} {whole.unit or ''} {words_behind(where, whole)}"
    return bool(named and not thing_words(named["of"]) - GENERAL - PLACES <= thing_words(said))


def _explains(part: Figure, other: Figure, rate: Figure) -> bool:
    """Whether a rate is what a count is of another number, or by how much it is more or less."""
    exact = percent(part.value, other.value)
    return exact is not None and (fits(exact, rate) or fits(abs(exact - _ALL), rate))


def _one_digit_off(value: str) -> Iterator[str]:
    """The numbers that differ from one in a digit."""
    for at, digit in enumerate(value):
        if digit.isdigit():
            for other in "0123456789":
                if other != digit and not (at == 0 and other == "0"):
                    yield value[:at] + other + value[at + 1 :]


def count_before(where: Stated, rate: Figure) -> tuple[Figure, Figure | None] | None:
    """The count of the sentence before that a result in per cent tells again, and what that is of.

    ``Khảo sát 640 học viên, 592 học viên có chứng chỉ. Mục tiêu 90% đã vượt với kết quả 92,5%``. None where the
    rate is no result, or another count stands in its own sentence; no whole where only the words of the rate may
    name it.
    """
    start = where.start(rate)
    low = sentence_start(where.text, start)
    own, high = where.text[low : where.sentence_end(start)], where.text[low:start]
    here = [one for one in where.figures if low <= where.start(one) < low + len(own)]
    result = _RESULT_RE.search(high)
    if not low or result is None or rate.bound or any(one.unit != "%" for one in here):
        return None
    aims = [one.end() for one in AIMS_RE.finditer(where.text, low, start)]
    of_aim = aims and not any(aims[-1] <= where.start(one) < start for one in here) and not result["sure"]
    if of_aim or _TO_COME_RE.search(high) or _AT_LEAST_RE.match(where.text, where.end(rate)):
        return None
    first = sentence_start(where.text, low - 1)
    counts = [one for one in where.figures if first <= where.start(one) < low and one.unit not in ("%", *TIMES)]
    if not counts or any(one.of or one.bound for one in counts):
        return None
    part = counts[-1]
    words, before = carrying_in(own) - _VERDICT, carrying_in(where.text[first:low])
    if len(words & before) * 2 < len(words) and not _OF_WHOLE_RE.match(where.text, where.end(rate)):
        return None
    larger = [one for one in counts[:-1] if _may_be_of(part, one, frozenset()) or _is_person(part.unit or "?")]
    whole = larger[0] if len(larger) == len(counts) - 1 == 1 else None
    if whole is not None and _is_share_mistyped(part, whole, rate):
        return part, whole
    return part, None


def _is_share_mistyped(part: Figure, whole: Figure, rate: Figure) -> bool:
    exact = percent(part.value, whole.value)
    return exact is not None and exact < _ALL and is_rate_slip(exact, value_as_printed(rate))


def whole_named(where: Stated, part: Figure, rate: Figure, told: Sequence[Stated]) -> Figure | None:
    """The whole that the words behind a rate name, where it makes the rate but for a digit.

    A total stands in the same paragraph behind "tổng", or is called so elsewhere; the words of its item may say
    the rest: ``Tiêm phòng đàn lợn: đã tiêm 520.800 con, đạt 84,0% tổng đàn``, where ``Đàn lợn 620.000 con``.
    What is no total is called by these words and no other: ``95,5% dân số``, where ``dân số 78.660 người``.
    """
    named = _OF_WHOLE_RE.match(where.text, where.end(rate))
    if not named or not part.unit:
        return None
    words = thing_words(named["of"]) - GENERAL - PLACES
    spoken = _POPULATION_RE.match(named["of"])
    people = spoken is not None
    if spoken and thing_words(named["of"][spoken.end() :]) - PLACES:
        return None  # "dân số trong độ tuổi lao động": some of the people
    if not words:
        return None
    ahead = words | thing_words(where.text[: where.start(part)])
    found, here = None, next((at for at, place in enumerate(told) if place is where), len(told))
    for at, place in enumerate(told):
        for figure in place.figures:
            if figure.of or figure is part or figure.bound or figure.unit == "%":
                continue
            exact = percent(part.value, figure.value)
            if exact is None or exact >= _ALL or not _may_be_of(part, figure, words):
                continue
            if fits(exact, rate):
                return None
            if not is_rate_slip(exact, value_as_printed(rate)):
                continue
            before = place.text[max(0, place.start(figure) - _NAME) : place.start(figure)]
            label = thing_words(f"{before} {words_behind(place, figure)}")
            own = place is where and _TOTAL_RE.search(before)
            near = 0 <= here - at <= _NEAR
            called = words <= label and (near or len(ahead & label) >= _SHARED)
            total = named["total"] and (own or called)
            if people:
                total = total or _is_population(place, figure)
            if total or is_all_of(place, figure, words) or _is_led(place, figure, words):
                found = found or figure
    return found


def _is_led(where: Stated, figure: Figure, words: frozenset[str]) -> bool:
    """Whether a number is the result under a name that leads its item: ``Diện tích gieo trồng: …; thực hiện``."""
    led = _LED_RE.fullmatch(where.text[: where.start(figure)])
    return bool(led) and thing_words(led["name"] if led else "") - GENERAL - PLACES == words


def _may_be_of(part: Figure, whole: Figure, words: frozenset[str]) -> bool:
    """Whether a count may be of another: both count alike, or the words of the whole tell what that counts."""
    return counts_alike(part, whole) or thing_words(whole.unit or "") <= words or _is_person(whole.unit or "?")


def _is_population(where: Stated, figure: Figure) -> bool:
    """Whether a number is that of the people who live at a place."""
    unit = (figure.unit or "").lower()
    before = words_before(where, figure)
    if unit in _HEADS:
        return True
    return _is_person(unit) and bool(re.search(r"\bdân số\b", before, re.IGNORECASE) or _lives(before))


def _lives(before: str) -> bool:
    """Whether words before a count of people name nothing but a place: ``Toàn tỉnh có``."""
    return thing_words(before) <= PLACES and bool(re.search(r"\bcó\s+$", before))
