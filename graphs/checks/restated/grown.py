"""How fast a thing grew or fell, told at two places: ``tốc độ tăng GRDP đạt 7,4%`` and ``GRDP … tăng 7,0%``.

What grows is called by the words that open the clause, or by those behind a count; what stands between it and the
change only measures it (``đạt 1.274,5 triệu USD, bằng 103% kế hoạch``). Two changes are of one thing where their
names have the same words, over one time and against one time before, both reached or both to be reached.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import rounds_to
from graphs.checks.reading.mentions import Mention, mentions, proper_names
from graphs.checks.reading.named import PLAIN, VIETNAMESE_RE, plain_name
from graphs.checks.reading.prose import value_as_printed
from graphs.checks.reading.telling import AIMS_RE
from graphs.checks.report import Subject
from kb.models import Figure
from kb.text.sentences import split_sentences

#: What stands before a rate of change: the change itself, or a rate of growth told as a level.
_MOVES_RE = re.compile(
    r"(?P<before>.*?)\b(?:(?:ước|cũng|đã|và|tiếp tục|lại)\s+)*(?P<way>tăng|giảm)"
    r"(?:\s+(?:trưởng|thêm|khoảng))?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_LEVEL_RE = re.compile(
    r"(?:\b(?:tốc độ|mức)\s+(?P<way>tăng|giảm)(?:\s+trưởng)?|\btăng trưởng)\s+(?P<what>[^,;:.]+?)"
    r"(?:\s+(?:ước|tính|dự kiến|đã|chỉ|mới))*\s+(?:đạt|là|ở mức)\s*$",
    re.IGNORECASE,
)
#: What one of them ends with.
_GATE_RE = re.compile(r"\b(?:tăng|giảm|đạt|là|ở mức)(?:\s+(?:trưởng|thêm|khoảng))?\s*$", re.IGNORECASE)
#: A part of a clause that only measures what the one before it names; one that only tells a time.
_MEASURES_RE = re.compile(
    r"\W*(?:(?:ước|đã|và|cũng)\s+)*(?:đạt|bằng|vượt|tăng|giảm|hoàn thành|ước|chiếm)\b", re.IGNORECASE
)
_VERB_RE = re.compile(
    r"\s(?:(?:ước|đã|cũng|tiếp tục|đều|vẫn)\s+)*(?:đạt|ước|là|bằng|tăng|giảm|vượt|được)\b", re.IGNORECASE
)
_COUNT_RE = re.compile(r"(?<![\d.,/])\d[\d.]*(?:,\d+)?\s+(?=[^\W\d_])")
_TIME_RE = re.compile(
    r"(?P<months>\d{1,2})\s+tháng(?!\s*\d)(?:\s+(?:đầu|cuối)\s+năm)?|tháng\s+(?P<month>\d{1,2})"
    r"|quý\s+(?P<quarter>iv|i{1,3}|[1-4])\b|(?:năm|/)\s*(?P<year>(?:19|20)\d\d)|(?P<whole>cả năm)|năm học",
    re.IGNORECASE,
)
_MARK_RE = re.compile(r"^\W*(?:\(?(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)]+\s+)?(?:\W+\s)?")
#: Leads whose items are parts, or of several places.
_PARTS_RE = re.compile(r"\b(?:trong đó|gồm|từng|nhóm)\b", re.IGNORECASE)
_SAID_RE = re.compile(
    r"\b(?:trong|đến|hết|tính|của|ngày|dự kiến|theo giá so sánh(?:\s+(?:năm\s+)?\d{4})?)\b", re.IGNORECASE
)
_BRACKET_RE = re.compile(r"\([^()]*\)")
_AGAINST_RE = re.compile(r"\s*so\s+với\s+(?P<what>[^,;.()]+)", re.IGNORECASE)
_BEFORE_RE = re.compile(
    r"cùng kỳ|năm trước|năm ngoái|ước thực hiện|thực hiện năm|^năm\s+(?:19|20)\d\d", re.IGNORECASE
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
#: Of several years, of a step between them, of a plan, of one of several parts.
_OTHER_RE = re.compile(
    r"\b(?:bình quân(?! đầu người)|giai đoạn|nhiệm kỳ|mỗi năm|hằng năm|hàng năm|trong đó|so với|nếu|cả nước"
    r"|toàn quốc|(?<!tháng )đầu năm|(?<!tháng )cuối năm|vụ|từ)\b",
    re.IGNORECASE,
)
_AIM_RE = re.compile(
    r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|bảo đảm|đảm bảo|dự kiến|kế hoạch|kịch bản|yêu cầu|tối thiểu|ít nhất)\b",
    re.IGNORECASE,
)
_OF_PLAN_RE = re.compile(r"%\s+(?:so với\s+)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)", re.IGNORECASE)
_OR_MORE_RE = re.compile(r"\s*trở lên", re.IGNORECASE)
_RATE_RE = re.compile(r"\d\s*%")
#: Words of a name that set nothing apart, and what grows where an economy does.
_ASIDE = PLAIN | frozenset(re.findall(r"\w+", "nhà nước tỉnh huyện xã thành phố ước tổng thêm nhanh mạnh khá xảy"))
_ECONOMY = frozenset(("kinh", "tế"))
_PRODUCT = frozenset(("sản", "phẩm"))
_FEWEST, _FAR, _TWO = 3, Decimal(15), 2
#: By so many letters a heading is known to be the paragraph itself.
_OWN = 30
_REACH = 24

Words = frozenset[str]
Times = tuple[Words, str]


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """A change in per cent, less than 0 where it fell.

    `times` are the part of a year and the year that it is over, `against` the year that it is counted from where
    that is told, `aim` says whether it is to be reached.
    """

    told: Mention
    called: str
    words: Words
    value: Decimal
    times: Times
    against: str
    aim: bool
    sentence: str

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.told.figure


@dataclass(frozen=True, slots=True)
class Twice:
    """Two changes of one thing with two values, the one that is told first first."""

    one: Grown
    other: Grown


def grown_twice(subject: Subject) -> Iterator[Twice]:
    """What is told to have grown, or fallen, twice with two values."""
    groups: dict[Words, list[Grown]] = defaultdict(list)
    for one in _grown(subject):
        groups[one.words].append(one)
    for found in groups.values():
        while found:
            first = found[0]
            alike = [one for one in found if one is first or _one_time(first, one)]
            found = [one for one in found if one not in alike]
            yield from _unlike(alike)


def _unlike(alike: list[Grown]) -> Iterator[Twice]:
    """Those that are told with another value than the one told most often; of many values none is a slip."""
    values = Counter(one.value for one in alike)
    if len(values) != _TWO:
        return
    right = next(one for one in alike if one.value == values.most_common(1)[0][0])
    for one in alike:
        apart = one.told.where.block is not right.told.where.block and abs(one.value - right.value) <= _FAR
        if apart and not _equal(right, one) and not (_says(right, one) or _says(one, right)):
            yield Twice(right, one)
            return


def _equal(one: Grown, other: Grown) -> bool:
    """Whether the one is the other rounded."""
    return rounds_to(abs(one.value), value_as_printed(other.figure)) or rounds_to(
        abs(other.value), value_as_printed(one.figure)
    )


def _says(one: Grown, other: Grown) -> bool:
    """Whether the sentence of the one tells the rate of the other."""
    return re.search(rf"(?<![\d.,]){re.escape(other.figure.printed)}", one.sentence) is not None


def _grown(subject: Subject) -> Iterator[Grown]:
    """The changes in per cent of a paper, each with what grew."""
    title = subject.document.metadata.title
    for told in mentions(subject):
        figure, where = told.figure, told.where
        if figure.unit != "%" or figure.bound or figure.of:
            continue
        start = where.start(figure)
        if not _GATE_RE.search(where.text, max(0, start - _REACH), start) or not VIETNAMESE_RE.search(where.text):
            continue
        before = _MARK_RE.sub("", where.text[slice(_sentence(where.text, start, clauses=True)[0], start)])
        named = _named(before)
        if named is None or _OTHER_RE.search(before):
            continue
        what, falls = named
        words, against = _words(what), _against(where.text[where.end(figure) :])
        if words is None or against is None or (words != _PRODUCT and any(map(_PARTS_RE.search, told.led))):
            continue
        over = tuple(one for one in told.places.over(where.block) if one[:_OWN] not in where.text)
        above = (_times(text, first=True) for text in (*over, title.value if title else ""))
        times = next(filter(any, (_times(before), *above)), (frozenset(), ""))
        aim = (
            _AIM_RE.search(_OF_PLAN_RE.sub(" ", before))
            or any(map(AIMS_RE.search, over[:2]))
            or _OR_MORE_RE.match(where.text, where.end(figure))
        )
        value = Decimal(figure.value) * (-1 if falls else 1)
        yield Grown(
            told,
            what.strip(),
            words,
            value,
            times,
            against,
            bool(aim),
            where.text[slice(*_sentence(where.text, start))],
        )


def _sentence(text: str, at: int, *, clauses: bool = False) -> tuple[int, int]:
    """The range of the sentence, or part of one, that holds a place."""
    return next(((low, high) for low, high in split_sentences(text, clauses) if low <= at < high), (at, at))


def _named(before: str) -> tuple[str, bool] | None:
    """What the words before a rate name, and whether it fell; None where they tell of no change.

    >>> _named("Tốc độ tăng trưởng kinh tế (GRDP) ước đạt ")
    ('kinh tế', False)
    >>> _named("Thu ngân sách đạt 950 tỷ đồng, bằng 103% dự toán và giảm "), _named("Thu ngân sách, chi tăng ")
    (('Thu ngân sách', True), None)
    """
    plain = " ".join(_BRACKET_RE.sub(" ", before).split()) + " "
    if level := _LEVEL_RE.search(plain):
        return level["what"].strip(), (level["way"] or "").lower() == "giảm"
    moves = _MOVES_RE.fullmatch(plain)
    if moves is None:
        return None
    label, _, rest = moves["before"].rpartition(":")
    first, *others = [part for part in re.split(r",\s+", rest) if not _is_time(part)] or [""]
    if any(True for _ in proper_names(label)):
        return None
    if not all(not part.strip() or _MEASURES_RE.match(part) for part in others):
        return None
    verb = _VERB_RE.search(first)
    return _called(first[: verb.start()] if verb else first), moves["way"].lower() == "giảm"


def _called(text: str) -> str:
    """The name of what is measured: what stands before a count, else what it counts."""
    plain = _TIME_RE.sub(" ", text)
    count = _COUNT_RE.search(plain)
    if count is None:
        return text.strip()
    before = plain[: count.start()]
    return before.strip() if _words_of(before) else plain[count.end() :].strip()


def _is_time(part: str) -> bool:
    return bool(_TIME_RE.search(part)) and not _words_of(part)


def _words_of(text: str) -> Words:
    words = re.findall(r"[^\W\d_]+", plain_name(_SAID_RE.sub(" ", _TIME_RE.sub(" ", text))))
    return frozenset(word for word in words if word not in _ASIDE)


def _words(what: str) -> Words | None:
    """The words that tell what grew; None where they are too few, or name a place."""
    words = _words_of(what)
    if _ECONOMY <= words <= _ECONOMY | _PRODUCT:
        return _PRODUCT
    # "đạt tỷ lệ 116,1% dự toán": how much was done names nothing.
    named = any(True for _ in proper_names(what)) or _RATE_RE.search(what)
    return words if (len(words) >= _FEWEST or words == _PRODUCT) and not named else None


def _times(text: str, *, first: bool = False) -> Times:
    """The part of a year and the last year, or first, that a text tells; a whole year is no part."""
    text = _BRACKET_RE.sub(" ", text)
    found = list(_TIME_RE.finditer(text))
    parts = {" ".join(one.group().lower().split()[:2]) for one in found if not one["year"] and not one["whole"]}
    years = [one["year"] for one in found if one["year"]]
    return frozenset(parts), years[0 if first else -1] if years else ""


def _against(behind: str) -> str | None:
    """The year, empty for the one before, that a change is counted from; None for a plan or another time."""
    found = _AGAINST_RE.match(behind)
    if found is None:
        return ""
    if not _BEFORE_RE.search(found["what"]):
        return None
    year = _YEAR_RE.search(found["what"])
    return year.group() if year else ""


def _one_time(one: Grown, other: Grown) -> bool:
    """Whether two changes are over one time, from one year, and both reached or both to be reached."""
    (parts, year), (others, another) = one.times, other.times
    if one.aim != other.aim or parts != others or (year and another and year != another):
        return False
    if one.against and other.against:
        return one.against == other.against
    against, year = one.against or other.against, year or another
    return not (against and year) or int(against) == int(year) - 1
