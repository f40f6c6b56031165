"""FIG of a whole and a part told in one place, and of the share or the rest that they make told in another.

``Tiếp nhận 1.846 vụ việc, hòa giải thành 1.532 vụ việc`` makes *tỷ lệ hòa giải thành* 83,0 %, and leaves 314 that
are *chưa hòa giải thành*. The words of the other place must stand where the two counts are, what is done with the
part among them; what is far off is of something else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from graphs.checks.reading.arithmetic import is_typing_slip, rounds_to, show
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.phrases import Pair, Phrase, one_time, pairs_of, read_phrases, words_of, years_of
from graphs.checks.reading.prose import value_as_printed
from graphs.checks.reading.rows import RATE_RE
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.reading.telling import AIMS_RE, Words, carrying_in, marks_of
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.parted import MONEY, Parted, noun_of, one_noun, parted, says
from kb.bilingual import both
from kb.models import Finding

#: What says that the rest is meant: not yet, late, left over.
#: ``873 ca ngộ độc, không có tử vong`` tells of no rest: there was none.
_NOT_RE = re.compile(
    r"\b(?P<mark>chưa|(?<![,(] )(?<!\()không|không(?! (?:có|để|xảy|phát sinh|ghi nhận)\b))\b(?P<deed>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LATE_RE = re.compile(r"\b(?P<mark>quá hạn|trễ hạn|chậm|trễ|muộn)\b", re.IGNORECASE)
_LEFT_RE = re.compile(r"\bcòn lại\b", re.IGNORECASE)
_CUT_RE = re.compile(
    r"[;:()]|[,.](?!\d)|\s(?:theo|để|nhằm|so với|do|vì|trong (?:đó|năm|quý|tháng|vụ|kỳ)|chủ yếu|nên)\s",
    re.IGNORECASE,
)
_NEXT_RE, _ALREADY_RE = re.compile(r"[\d,;.()]|\s(?:có|gồm|thì)\s"), re.compile(r"\bđã\b", re.IGNORECASE)
_IN_TIME = frozenset(("đúng", "hạn"))
#: A rate of a plan; a rate of something else than of the whole.
_OF_PLAN_RE = re.compile(r"\s*(?:của\s+)?(?:tổng\s+)?(?:kế hoạch|dự toán)(?:\s+(?:vốn|giao))?", re.IGNORECASE)
_OF_ANOTHER_RE = re.compile(
    r"\s*(?:\(|so với|mục tiêu|chỉ tiêu|nghị quyết|cùng kỳ|bình quân|GR?DP|cả nước|kh\b|dt\b|nếu\b)",
    re.IGNORECASE,
)
_RATE_RE = re.compile(r"(?:tiến độ|mức độ|kết quả)\b", re.IGNORECASE)
_SHARE_RE = re.compile(r"\bchiếm\s*$", re.IGNORECASE)
#: Marks of a number that is not all of its thing at its time.
_OTHER = frozenset(("change", "from", "mean", "compared", "extreme", "cumulative", "part"))
#: So far off a share is of something else, in points; so many times more or less a rest is.
_POINTS, _TIMES = Decimal(10), 2
#: So many words, or pairs of them, are shared at least; one of so many words may be missing.
_FEWEST, _PAIRS, _MISSING = 3, 2, 4
#: So far the words of a count reach.
_LONGEST = 140
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    """A share or a rest: its number, its words, those that tell what is done, or not done.

    `names_deed` says whether these are told apart from the others; `of` are the words for a plan that it is of.
    """

    told: Phrase
    value: Decimal
    words: Words
    deed: Words
    pairs: frozenset[Pair]
    rest: bool
    names_deed: bool
    of: Words

    @property
    def is_share(self) -> bool:
        """Whether it is a share."""
        return self.told.figure.unit == "%"

    def is_rest_of(self, pair: Parted) -> bool:
        """Whether it is of what is left of a pair: of the part where that is what is not yet so."""
        return self.rest != pair.negated

    def made_by(self, pair: Parted) -> Decimal:
        """What a pair makes of it."""
        some = pair.total - pair.done if self.is_rest_of(pair) else pair.done
        return some / pair.total * _ALL if self.is_share else some

    def is_made_by(self, pair: Parted) -> bool:
        """Whether a pair makes it, as printed."""
        made = self.made_by(pair)
        return made == self.value or (self.is_share and rounds_to(made, value_as_printed(self.told.figure)))

    def is_near(self, pair: Parted) -> bool:
        """Whether it is so near to what a pair makes that it may be that told wrong."""
        made = self.made_by(pair)
        if self.is_share:  # the share of the rest may be told for that of the part
            other = 0 < self.value < _ALL and rounds_to(_ALL - made, value_as_printed(self.told.figure))
            return other or abs(made - self.value) <= _POINTS
        low, high = sorted((made, self.value))
        near = high <= low * _TIMES or is_typing_slip(made, self.value)
        return low > 0 and near and self.value < pair.total


def check_far(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What is told of a share or a rest is what the whole and the part make that are told elsewhere."""
    if subject.is_rule():
        return
    found = read_phrases(subject).found
    beside = {where.block.view.start: list(told) for where, told in groupby(found, key=lambda one: one.told.where)}
    claims = [claim for place in beside.values() for claim in _claims(place)]
    if not claims:
        return
    years = years_of(subject)
    by_word: dict[str, list[Parted]] = defaultdict(list)
    wanted = frozenset[str]().union(*(claim.deed for claim in claims))
    for pair in parted(found):
        for word in (pair.part.tokens | pair.deed) & wanted:
            by_word[word].append(pair)
    for claim in claims:
        near = dict.fromkeys(pair for word in claim.deed for pair in by_word[word])
        meant = [pair for pair in near if _is_of(claim, pair, years, beside[pair.place])]
        if not meant:
            continue
        if any(claim.is_made_by(pair) or _is_told(claim, beside[pair.place]) for pair in meant):
            tally.held += 1
            continue
        if claim.is_share and any(_is_told_before(claim, one) for one in found):
            tally.held += 1  # told at another place, of a count there
            continue
        proved = [pair for pair in meant if _is_proved(claim, pair, beside[pair.place])]
        surest = _surest(claim, proved or meant)
        if surest is not None and claim.is_near(surest):
            tally.failed += 1
            yield _finding(claim, surest)


def _claims(place: Sequence[Phrase]) -> Iterator[_Claim]:
    """What the figures of a paragraph claim."""
    text = place[0].told.where.text
    rests = any(mark.search(text) for mark in (_NOT_RE, _LATE_RE, _LEFT_RE))
    for told in place:
        if (rests or told.figure.unit == "%") and (claim := _claim(told)) is not None:
            yield claim


def _claim(told: Phrase) -> _Claim | None:
    """What a figure claims: a share, a rest, or nothing that can be held against counts."""
    figure, where = told.figure, told.told.where
    share = figure.unit == "%"
    if figure.bound or figure.of or not figure.unit or told.part or (share and _follows_figure(told)):
        return None
    text = told.text if share else f"{told.before.rpartition(')')[2]} {_behind(told)}"
    late, left, lacks = _LATE_RE.search(text), _LEFT_RE.search(text), _NOT_RE.search(text)
    rest = bool(late or left or lacks)
    if not rest and not share:
        return None
    if marks_of(text, told.before) & _OTHER or PLANNED_RE.search(told.told.sentence):
        return None
    of = _OF_PLAN_RE.match(where.text, where.end(figure)) if share else None
    if share and (_OF_ANOTHER_RE.match(where.text, where.end(figure)) or any(map(AIMS_RE.search, told.over[:2]))):
        return None
    spoken = words_of(text)
    words = says(spoken)
    deed = words
    if rest and not left:
        deed = says(words_of(lacks["deed"])) if lacks else _IN_TIME
    return _Claim(
        told,
        scaled(figure),
        words,
        deed,
        pairs_of(spoken),
        rest,
        rest and not left,
        frozenset(words_of(of[0])) if of else frozenset(),
    )


def _behind(told: Phrase) -> str:
    """What stands behind a count: up to the end of what says that it is not yet so."""
    where = told.told.where
    low = where.end(told.figure)
    text = where.text[low : min(told.clause.end, low + _LONGEST)]
    found = _NOT_RE.search(text) or _LATE_RE.search(text)
    cut = _CUT_RE.search(text, found.end("mark") if found else 0)
    return text[: cut.start()] if cut else text


def _follows_figure(rate: Phrase) -> bool:
    """Whether a number stands before a rate in its clause, which it may be of."""
    where = rate.told.where
    return any(where.start(one) >= rate.clause.start for one in where.figures[: rate.told.at])


def _is_of(claim: _Claim, pair: Parted, years: frozenset[str], beside: Sequence[Phrase]) -> bool:
    """Whether a claim is told in the words of a pair, at another place, of its time, level and names.

    A pair with its rest beside it is surely one: half the words of a rest may be missing there.
    """
    told = claim.told
    if told.told.where is pair.part.told.where:
        return False
    if len(claim.deed & pair.deed) * 2 < len(claim.deed if claim.names_deed else pair.deed):
        return False
    if not (_is_rate_of(told, pair) if claim.is_share else one_noun(pair.whole, told)):
        return False
    if claim.names_deed and _is_done(claim, pair):
        return False  # of what is done all, nothing is left to do: "Trong 35 công trình đã thực hiện có 21 …"
    if told.levels != pair.levels or not one_time(told.times, pair.times, years):
        return False
    if not claim.of <= pair.whole.tokens or (claim.is_share and not claim.of and "hoạch" in pair.whole.tokens):
        return False
    missing = claim.words - pair.words - pair.over
    names = (name for one in (pair.part, pair.whole) for name in one.names)
    said = told.clause.words | told.words | frozenset[str]().union(*map(carrying_in, told.over))
    shared = claim.words & pair.words
    allowed = len(claim.words) // _MISSING
    if len(missing) > allowed and claim.rest and not claim.is_share and _is_proved(claim, pair, beside):
        allowed = len(claim.words) // 2
    if claim.rest and noun_of(told) == MONEY and not shared - claim.deed:
        return False  # what was not paid out of something told before
    return (
        len(missing) <= allowed
        and (len(shared | claim.of) >= _FEWEST or len(claim.pairs & pair.pairs) >= _PAIRS)
        and all(carrying_in(name) <= said for name in names)
        and all(carrying_in(name) <= pair.words | pair.over for name in told.names)
    )


def _is_done(claim: _Claim, pair: Parted) -> bool:
    """Whether the whole of a pair is of what is said to be done already."""
    where = pair.whole.told.where
    behind = _NEXT_RE.split(where.text[where.end(pair.whole.figure) :], maxsplit=1)[0]
    return bool(_ALREADY_RE.search(behind)) and claim.deed <= frozenset(words_of(behind))


def _is_rate_of(told: Phrase, pair: Parted) -> bool:
    """Whether a rate is called one, or a share, or names what the pair counts."""
    called = RATE_RE.search(told.called) or _RATE_RE.match(told.called) or _SHARE_RE.search(told.before)
    return bool(called) or noun_of(pair.whole) in told.tokens


def _is_told(claim: _Claim, beside: Sequence[Phrase]) -> bool:
    """Whether the very number is told beside a pair."""
    mine = claim.told.figure
    return any((one.figure.unit, one.figure.value) == (mine.unit, mine.value) for one in beside)


def _is_told_before(claim: _Claim, one: Phrase) -> bool:
    """Whether a rate is told again, behind a count and in words of the claim: ``12.486 người …, đạt 88,5%``."""
    figure, where = one.figure, one.told.where
    if figure.unit != "%" or figure.printed != claim.told.figure.printed or where is claim.told.told.where:
        return False
    fine = len(value_as_printed(figure).replace(".", "")) >= _FEWEST
    return fine and _follows_figure(one) and len(claim.words & (one.words | one.clause.words)) >= _PAIRS


def _is_proved(claim: _Claim, pair: Parted, beside: Sequence[Phrase]) -> bool:
    """Whether what a pair makes is told beside it."""
    made = claim.made_by(pair)
    same = [one.figure for one in beside if (one.figure.unit == "%") == claim.is_share]
    if claim.is_share:
        return any(rounds_to(made, value_as_printed(figure)) for figure in same)
    return any(scaled(figure) == made for figure in same)


def _surest(claim: _Claim, meant: Sequence[Parted]) -> Parted | None:
    """The pair that shares most words with a claim; none where several that differ share as many."""
    most = max(len(claim.words & pair.part.tokens) for pair in meant)
    best = [pair for pair in meant if len(claim.words & pair.part.tokens) == most]
    if len({pair.done for pair in best}) > 1 and len(set(map(claim.made_by, best))) > 1:
        return None
    return min(best, key=lambda pair: abs(claim.made_by(pair) - claim.value))


def _finding(claim: _Claim, pair: Parted) -> Finding:
    figure, made = claim.told.figure, claim.made_by(pair)
    if not claim.is_share:
        made *= Decimal(figure.value) / claim.value
    done, total = pair.part.figure, pair.whole.figure
    some = f"({total.printed} - {done.printed})" if claim.is_rest_of(pair) else done.printed
    if pair.whole is pair.part:
        some, of = (f"({total.of} - {total.value})" if claim.is_rest_of(pair) else total.value), str(total.of)
    else:
        of = total.printed
    sum_ = f"{some} / {of} = {show(made)}%" if claim.is_share else f"{some} = {show(made)}"
    return FAR.finding(
        (figure.span,),
        f"ghi {with_unit(figure)} (“{claim.told.called}”), nhưng số liệu nêu ở chỗ khác cho: {sum_}",
        f"{with_unit(figure)} is stated (“{claim.told.called}”), but the counts told elsewhere give {sum_}",
        stated=figure.printed,
        expected=show(made) + ("%" if claim.is_share else ""),
        evidence=(total.span, done.span) if pair.whole is not pair.part else (done.span,),
        suggestion=both(
            "đối chiếu hai chỗ, cùng phạm vi và thời điểm thì giữ một số",
            "compare the two places; of one scope and time, keep one number",
        ),
        page=figure.page,
    )


FAR = rule("FIG-301", check_far)
FAR_RULES = (FAR,)
