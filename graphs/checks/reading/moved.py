"""FIG of what rose or fell: two values and the change between them, told in one sentence in whatever order.

Each order is a form (a row below): ``giảm 68 so với 740 của năm 2021``, ``từ 41 lên 46, tăng 5``. Where a form
does not name the later value, it is the nearest before it of the same unit; all that may be meant are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.arithmetic import places_of, show
from graphs.checks.reading.change_forms import DOWN, UP, is_of_another, persons_before, said_alike, share_behind
from graphs.checks.reading.forms import SIGN, Form, Match, Signs, signs_of
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.reading.relations import half_unit
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_UP_RE = re.compile(rf"(?:{UP}|gấp|lên|nâng|hơn)", re.IGNORECASE)
#: Words one of which stands in every sentence that tells a change.
_ANY = (*UP.split("|"), *DOWN.split("|"), "hơn", "kém", "gấp", "lên", "xuống", "còn")
_NO_VALUE_RE = re.compile(
    rf"(?:\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nghị quyết|toàn quốc)\b[^,;.()]*"
    rf"|\b(?:{UP}|{DOWN})(?:\s+(?:thêm|được|là|khoảng))*\s*)$",
    re.IGNORECASE,
)
CLAUSE_END_RE = re.compile(r"[,;:()]|\.\s|\bvà\b|\b(?:tăng|giảm)\b")
_WORD_RE = re.compile(r"[^\W\d_]+")
_UNSAID = frozenset(("số", "làm", "có", "xảy", "ra", "được", "là", "bị", "thêm", "cùng", "kỳ", "năm", "so", "với"))
_RANK_RE = re.compile(rf"\b(?:hạng|thứ|vị trí|bậc|mức độ)\s+(?:thứ\s+)?(?:\d|{SIGN})|\d\s+bậc\b", re.IGNORECASE)
_NOUN_RE = re.compile(r"\b(?:mức|tốc độ|tỷ lệ|tỉ lệ|độ|đà|số|nhịp)\s*$", re.IGNORECASE)
#: Behind a share: nothing of another thing.
_OWN_SHARE_RE = re.compile(r"\s*(?:[,.;)(]|$|và\b|so với|thời gian|số|tổng)")
#: Before a share: its own word for the way.
_OWN_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:khoảng|gần|hơn|thêm))*\s*$", re.IGNORECASE)
MONEY = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9, "đồng": 0}
#: Values that are so many times each other are of two things, unless one sentence ties them.
_FAR = 4


@dataclass(frozen=True, slots=True)
class Moved:
    """An earlier and a later value, the change that is told between them if any, and the word for its way."""

    earlier: Figure
    later: Figure
    change: Figure | None
    way: str

    @property
    def difference(self) -> Decimal:
        """How much the later value is more."""
        return scaled(self.later) - scaled(self.earlier)

    @property
    def right_way(self) -> bool:
        """Whether it rose or fell as its words say."""
        return not self.difference or (self.difference > 0) == bool(_UP_RE.match(self.way))

    def off(self) -> Decimal | None:
        """How far the change is from what the values give, in units of its last place; None where none is told."""
        if self.change is None:
            return Decimal(0)
        told, last = scaled(self.change), Decimal(1).scaleb(-places_of(self.change.value))
        unit, one, two = head(self.change), scaled(self.earlier), scaled(self.later)
        if unit == "%" and one:
            slack = two / one * 100 * (half_unit(one) / one + half_unit(two) / two if two else Decimal(0))
            away = abs(abs(self.difference) / one * 100 - told) - abs(slack)
            if head(self.later) == "%":
                away = min(away, abs(abs(self.difference) - told))
            return max(away, Decimal(0)) / last
        if unit == "lần" and one and two:
            return min(abs(max(one, two) / min(one, two) - told), abs(self.difference / one - told)) / last
        scale = Decimal(10) ** MONEY.get((self.change.unit or "").lower().split(" ")[0], 0)
        return abs(abs(self.difference) - told) / (last * scale)


def clause_words(text: str) -> frozenset[str]:
    """The words of a clause that tell what it counts.

    >>> sorted(clause_words("số người chết"))
    ['chết', 'người']
    """
    return frozenset(_WORD_RE.findall(text.lower())) - _UNSAID


def head(figure: Figure) -> str:
    """The first word of a unit; all money is of one unit, and "nghìn lượt" of that of "lượt"."""
    return _head(figure.unit or "")


@lru_cache(maxsize=1024)
def _head(unit: str) -> str:
    word, *more = (one.strip(",;") for one in unit.lower().split(" "))
    return more[0] if word in MONEY and more and more[0] != "vnđ" else "đồng" if word in MONEY else word


#: Words between a number and the one it is compared with where it is the larger one.
RISES = ("tăng", "vượt", "cao hơn", "nhiều hơn")


def scaled(figure: Figure) -> Decimal:
    """The value of a figure, money in đồng."""
    return _scaled(figure.value, figure.unit or "")


def in_unit_of(amount: Decimal, figure: Figure) -> Decimal:
    """An amount as `scaled` gives it, in the unit of a figure."""
    return amount / _scale(figure.unit or "")


@lru_cache(maxsize=4096)
def _scaled(value: str, unit: str) -> Decimal:
    return Decimal(value) * _scale(unit)


def _scale(unit: str) -> Decimal:
    return Decimal(10) ** MONEY.get(unit.lower().split(" ")[0], 0)


def alike(earlier: Figure, later: Figure, change: Figure | None) -> bool:
    """Whether two values are of one unit, and a change may be told between them."""
    if earlier.of or later.of or (change is not None and change.of):
        return False
    units = {head(earlier), head(later)} - {""}
    if change is None:
        return bool(head(earlier)) and head(earlier) == head(later)
    by = head(change)
    if by in ("%", "lần"):
        return len(units) <= 1
    return len(units - {"%"} if by == "điểm" else units | ({by} - {""})) <= 1


def check_moved(
    subject: Subject, tally: Tally, by: Rule, forms: tuple[Form, ...], ways: tuple[Form, ...]
) -> Iterator[Finding]:
    """What forms tell of values and their change, each change once, then what others tell of the way alone."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        small = where.text.lower()
        if len(where.figures) < 2 or not any(word in small for word in _ANY):
            continue
        signs = signs_of(where)
        seen: set[Figure] = set()
        for form in (*ways, *forms):
            for match in form.read(signs):
                told = match.figures.get("change") or match.figures["earlier"]
                if told in seen or match.figures["earlier"] in seen:
                    continue
                if _RANK_RE.search(signs.text, signs.sentence_start(match.start), match.end):
                    continue
                moved = read_moved(signs, match)
                if moved is None and (shared := _since_alone(signs, match)):
                    yield from judge(where, shared, tally, by)
                if moved is not None:
                    found = list(judge(where, moved, tally, by))
                    if shared := as_share(signs, moved, match.figures.get("share"), match.end):
                        found += judge(where, shared, tally, by)
                    seen |= {told} if moved.change or found else set()
                    yield from found


def as_share(signs: Signs, moved: Moved, share: Figure | None, *places: int) -> Moved | None:
    """The change as the share told with it or behind some places, where the change goes the right way."""
    counted = moved.change is not None and moved.right_way and head(moved.change) not in ("%", "điểm", "lần")
    if share is None and counted and moved.change:
        share = share_behind(signs, signs.text.index(signs.sign(moved.change)) + 1, *places)
    if share is None or head(share) != "%" or not counted:
        return None
    own = _OWN_WAY_RE.search(signs.text, 0, signs.text.index(signs.sign(share)))
    return replace(moved, change=share, way=own["way"] if own else moved.way)


def _since_alone(signs: Signs, match: Match) -> Moved | None:
    """The rate of a change since an earlier value, where the later value is told nowhere near: the two give it."""
    earlier, change = match.figures["earlier"], match.figures.get("change")
    way, given = match.words.get("way", ""), match.figures.get("share")
    if change is None or "later" in match.figures or earlier.bound or change.bound or is_of_another(signs, match):
        return None
    if not alike(earlier, earlier, change) or head(earlier) != head(change):
        return None
    by = scaled(change) if _UP_RE.match(way) else -scaled(change)
    value = (scaled(earlier) + by) / (scaled(earlier) / Decimal(earlier.value) if scaled(earlier) else 1)
    later = replace(change, value=f"{value.normalize():f}", printed=show(value), unit=earlier.unit)
    return as_share(signs, Moved(earlier, later, change, way), given, match.end)


def read_moved(signs: Signs, match: Match) -> Moved | None:
    """What a place of a form tells; None where one cannot be sure."""
    earlier, change = match.figures["earlier"], match.figures.get("change")
    way = match.words.get("way") or match.words.get("to") or ""
    vague = change is not None and change.bound and not _is_way(signs, change, way)
    if earlier.bound or (change is not None and head(change) == "bậc") or is_of_another(signs, match):
        return None
    if vague and change is not None:
        if "later" in match.figures or head(change) not in ("%", head(earlier)):
            return None
        change = None  # by about as much: the way alone is told
    if "later" in match.figures:
        return _from_to(signs, match, earlier, change, way)
    before = signs.text[: match.start].rstrip()
    over = before.endswith(";") and change is not None and bool(change.unit)
    found = [
        Moved(earlier, later, change, way)
        for place, later in signs.before(len(before) - 1 if over else match.start)
        # Behind a semicolon the change is of what has its very unit, or of what it comes to.
        if not over
        or later.unit == (change and change.unit)
        or (head(later) == (change and head(change)) and _comes_to(Moved(earlier, later, change, way)))
        if alike(earlier, later, change) and not _NO_VALUE_RE.search(signs.text, 0, place)
        if signs.text.count("(", place, match.start) >= signs.text.count(")", place, match.start)
    ]
    if not found and over and (people := persons_before(signs, len(before) - 1, earlier)):
        return Moved(earlier, people, change, way) if alike(earlier, people, change) else None
    fit = _best(found) if change else next(iter(found), None)
    if fit or not found or (over and len(found) > 1):
        # Of several it may be their sum that changed.
        return fit or (_named_before(signs, match, earlier, change, way) if change else None)
    nearest = found[0]
    one, two = scaled(nearest.earlier), scaled(nearest.later)
    if _is_vague(signs, nearest.later) or not one or not two or max(one, two) > _FAR * min(one, two):
        return None
    return None if _tells_the_change(nearest) else nearest


def _best(found: list[Moved]) -> Moved | None:
    """The values that a change fits, else those that it would fit if it went the other way; None for neither."""
    return next((one for one in found if fits(one)), None) or next((one for one in found if _comes_to(one)), None)


def _comes_to(moved: Moved) -> bool:
    """Whether a change of two digits or more is what its values give, whichever way it is told to go."""
    off = moved.off()
    digits = moved.change.value.replace(".", "").strip("0") if moved.change else ""
    return len(digits) > 1 and off is not None and off < 1


def _named_before(signs: Signs, match: Match, earlier: Figure, change: Figure, way: str) -> Moved | None:
    """A change since an earlier value, and the later one told farther before, by the words of its clause.

    ``84 thủ tục toàn trình, 19 thủ tục một phần; số thủ tục toàn trình tăng 18 thủ tục so với năm 2024 (68)``;
    what is told as part of a ratio (``43/63 trường, tăng 03 trường``) counts too.
    """
    if not change.unit or head(change) in ("%", "lần", "điểm") or head(change) != head(earlier):
        return None
    unit = frozenset((change.unit or "").lower().split())
    own = signs.behind_last(CLAUSE_END_RE, match.start)
    words = clause_words(signs.text[own : match.start]) - unit
    found: list[Moved] = []
    here: list[Moved] = []  # in the same sentence
    start = signs.sentence_start(match.start)
    for at in range(match.start - 1, -1, -1):
        if not signs.is_sign(signs.text[at]):
            continue
        figure = signs.of(signs.text[at])
        low = signs.behind_last(CLAUSE_END_RE, at)
        high = CLAUSE_END_RE.search(signs.text, at + 1)
        near = clause_words(signs.text[low : high.start() if high else None])
        if head(figure) == head(change) and words <= near and not _NO_VALUE_RE.search(signs.text, 0, at):
            part = replace(figure, of=None, printed=figure.printed.partition("/")[0])
            found.append(Moved(earlier, part, change, way))
            here += [found[-1]] if at >= start else []
    if fit := next((one for one in found if fits(one)), None) or _best(here):
        return fit
    told = scaled(change)
    near_ = [one for one in found if one.right_way and told < 2 * abs(one.difference) < 4 * told]
    return near_[0] if len(near_) == 1 and not near_[0].later.bound else None


def _is_vague(signs: Signs, figure: Figure) -> bool:
    """Whether a value is said to be more or less than its number; what is estimated has a number of its own."""
    before = signs.text[: signs.text.index(signs.sign(figure))].rstrip().lower()
    return bool(figure.bound) and not before.endswith(("ước", "ước đạt", "ước tính", "ước thực hiện"))


def _is_way(signs: Signs, change: Figure, way: str) -> bool:
    """Whether what seems to make a change vague is the word for its way: "cao hơn 16", "vượt 20"."""
    before = signs.text[: signs.text.index(signs.sign(change))].rstrip().lower()
    return before.endswith(way.lower()) and way.lower() not in ("tăng", "giảm")


def _from_to(signs: Signs, match: Match, earlier: Figure, change: Figure | None, way: str) -> Moved | None:
    later, to = match.figures["later"], match.words.get("to", "")
    if not all(said_alike(match, *names) for names in (("one", "other"), ("l1", "l2"))):
        return None  # each year tells of another thing
    if match.words.get("y1", "") > match.words.get("y2", "") > "":
        earlier, later = later, earlier
    earlier = earlier if earlier.unit else replace(earlier, unit=later.unit)  # "từ 24,1 xuống 19,6 tỷ đồng"
    moved = Moved(earlier, later, change, way)
    if later.bound or not alike(earlier, later, change):
        return None
    if change is None:
        said = [to] if _NOUN_RE.search(signs.text, 0, match.start) else [way, to]
        wrong = (Moved(earlier, later, None, one) for one in said if one)
        return next((one for one in wrong if not one.right_way), moved)
    behind = signs.text[match.start : match.end]
    share = head(change) == "%" and head(later) != "%"
    after = signs.text[match.end :] if behind.endswith(signs.sign(change)) else ","
    return None if share and not _OWN_SHARE_RE.match(after) else moved


def fits(moved: Moved) -> bool:
    """Whether a change is what its values give, and goes the way that is told."""
    off = moved.off()
    return moved.right_way and off is not None and off < 1


def _tells_the_change(moved: Moved) -> bool:
    """Whether the number in the bracket is by how much it changed: ``120 vụ, giảm 20% so với cùng kỳ (30 vụ)``."""
    change, two = moved.change, scaled(moved.later)
    if change is None or head(change) != "%":
        return False
    part = scaled(change) / 100
    base = two / (1 + part if _UP_RE.match(moved.way) else 1 - part) if part != 1 else two
    return abs(abs(two - base) - scaled(moved.earlier)) <= scaled(moved.earlier) / 20


def judge(where: Stated, moved: Moved, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The finding that a change is not what its two values give; none where it is."""
    off = moved.off()
    if moved.right_way and off is not None and off < 1:
        tally.held += 1
        return
    tally.failed += 1
    change, earlier, later = moved.change, moved.earlier, moved.later
    places = max(places_of(earlier.value), places_of(later.value))
    told = f"{moved.way} {change.printed}" if change else moved.way
    less, more = sorted((earlier, later), key=scaled)
    sums = f"{more.printed} - {less.printed} = {show(Decimal(more.value) - Decimal(less.value), places)}"
    if change is not None and head(change) == "%" and head(later) != "%" and scaled(earlier):
        rate = abs(moved.difference / scaled(earlier) * 100)
        sums = f"({more.printed} - {less.printed}) / {earlier.printed} = {show(rate)}%"
    elif change is not None and head(change) == "lần" and scaled(earlier):
        sums = f"{later.printed} / {earlier.printed} = {show(scaled(later) / scaled(earlier))}"
    near = moved.right_way and off is not None and off < 2 and bool(places)
    yield by.finding(
        ((change or later).span,),
        f"ghi {told}, nhưng từ {earlier.printed} {'xuống' if more is earlier else 'đến'} {later.printed}: {sums}",
        f"{told} is stated, but from {earlier.printed} to {later.printed}: {sums}",
        stated=told,
        expected=sums.rpartition("= ")[2],
        evidence=(earlier.span, later.span),
        suggestion=both("đối chiếu hai giá trị và mức tăng, giảm", "compare the two values and the change"),
        severity=Severity.NOTE if near else None if moved.right_way else Severity.ERROR,
        page=where.block.page,
    )
