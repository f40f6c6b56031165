"""FIG of a sum and a count told in one place, and of how much falls to each told in another.

``Xử phạt 412 trường hợp với số tiền 1.648 triệu đồng`` is 4,0 triệu đồng for each *trường hợp bị xử phạt*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import in_unit_of, scaled
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.phrases import Phrase, one_time, read_phrases, words_of, years_of
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.reading.telling import about
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.parted import Parted, noun_of, says
from kb.bilingual import both
from kb.models import Finding

#: To each of what: ``bình quân mỗi hộ được vay``, ``triệu đồng/cơ sở``; times are no things.
_TIMES = "năm|tháng|ngày|quý|tuần|giờ|kỳ|lần"
_EACH_RE = re.compile(rf"\b(?:mỗi|từng)\s+(?!(?:{_TIMES})\b)(?P<each>[^\W\d_]+)", re.IGNORECASE)
_PER_RE = re.compile(rf"\s*[^\W\d_]+(?:\s[^\W\d_]+)?\s?/\s?(?!(?:{_TIMES})\b)(?P<each>[^\W\d_]+)", re.IGNORECASE)
_MEAN_RE = re.compile(r"\b(?:bình quân|trung bình)\b", re.IGNORECASE)
#: What another mean of a sentence is of, where it is not of another group.
_OTHER_TIME_RE = re.compile(
    r"\b(?:năm|cùng kỳ|kỳ|đợt|quý|tháng|trước|kế hoạch|quy định|định mức|mức|tăng|giảm|cao|thấp|hơn|chung)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(("bình", "quân", "trung", "mỗi", "từng", "mức", "được", "bị", "lên", "với"))
_FEWEST, _MISSING, _NEAR = 3, 3, 2


def check_mean_far(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """How much falls to each is what the sum and the count make that are told elsewhere."""
    found = read_phrases(subject).found if not subject.is_rule() else ()
    claims = [(told, each) for told in found if (each := _each(told))]
    claims = [claim for claim in claims if _is_of_all(claim[0])]
    if not claims:
        return
    years, nouns = years_of(subject), {each for _, each in claims}
    pairs = list(_pairs(found, nouns))
    for told, each in claims:
        meant = [pair for pair in pairs if _is_of(told, each, pair, years)]
        beside = [pair for pair in pairs if pair.part.told.where is told.told.where]
        if any(about(told.figure, _made(told, pair)) for pair in (*meant, *beside)):
            tally.held += 1
        elif len({_made(told, pair) for pair in meant}) == 1 and _is_near(told, meant[0]):
            tally.failed += 1
            yield _finding(told, meant[0])


def _each(told: Phrase) -> str:
    """The first word of what a mean falls to; empty for what is no mean, or is aimed at."""
    figure, where = told.figure, told.told.where
    if figure.unit in (None, "", "%") or figure.of or figure.bound or not _MEAN_RE.search(where.text):
        return ""
    if not _MEAN_RE.search(told.told.sentence) or PLANNED_RE.search(told.told.sentence):
        return ""
    found = _PER_RE.match(where.text, where.end(figure)) or _EACH_RE.search(told.told.sentence)
    return found["each"].lower() if found else ""


def _is_of_all(told: Phrase) -> bool:
    """Whether a mean is the first of its sentence, and none behind it is of another group.

    ``bình quân mỗi cửa hàng 2,6 triệu đồng (năm trước: 2,1)``; ``mỗi tổ nam 3,1 triệu đồng, tổ nữ 2,4``.
    """
    figure, where = told.figure, told.told.where
    low, high = where.start(figure) - len(told.told.sentence), where.sentence_end(where.end(figure))
    alike = [one for one in where.figures if one.unit == figure.unit and low <= where.start(one) < high]
    at = alike.index(figure)
    if any(_MEAN_RE.search(where.text, low, where.start(one)) for one in alike[:at]):
        return False
    return all(_OTHER_TIME_RE.search(where.between(one, other)) for one, other in pairwise(alike[at:]))


def _pairs(found: Sequence[Phrase], nouns: set[str]) -> Iterator[Parted]:
    """Sums and counts that stand beside each other in a paragraph."""
    for _, group in groupby(found, key=lambda one: one.told.where):
        told = [one for one in group if one.figure.unit != "%" and one.figure.of is None and not one.figure.bound]
        for one, other in pairwise(told):
            for count, sum_ in ((one, other), (other, one)):
                if (
                    noun_of(count) in nouns
                    and noun_of(sum_) not in ("", noun_of(count))
                    and scaled(count.figure) > 1
                ):
                    yield Parted(sum_, count, scaled(sum_.figure), scaled(count.figure))


def _is_of(told: Phrase, each: str, pair: Parted, years: frozenset[str]) -> bool:
    """Whether a mean is told in the words of a sum and a count, at another place and of their time."""
    if told.told.where is pair.part.told.where or noun_of(pair.part) != each:
        return False
    if noun_of(pair.whole) != noun_of(told) or told.levels != pair.levels:
        return False
    words = says((*told.tokens, *words_of(told.told.sentence))) - _EMPTY
    return (
        len(words & pair.words) >= _FEWEST
        and len(words - pair.words - pair.over) * _MISSING <= len(words)
        and one_time(told.times, pair.times, years)
    )


def _made(told: Phrase, pair: Parted) -> Decimal:
    """What a pair makes, in the unit of a mean."""
    return in_unit_of(pair.total / pair.done, told.figure)


def _is_near(told: Phrase, pair: Parted) -> bool:
    low, high = sorted((_made(told, pair), Decimal(told.figure.value)))
    return low > 0 and high <= low * _NEAR


def _finding(told: Phrase, pair: Parted) -> Finding:
    sum_ = f"{pair.whole.figure.printed} / {pair.part.figure.printed} = {show(_made(told, pair))}"
    return MEAN_FAR.finding(
        (told.figure.span,),
        f"ghi bình quân {with_unit(told.figure)}, nhưng số liệu nêu ở chỗ khác cho: {sum_}",
        f"a mean of {with_unit(told.figure)} is stated, but the numbers told elsewhere give {sum_}",
        stated=told.figure.printed,
        expected=show(_made(told, pair)),
        evidence=(pair.whole.figure.span, pair.part.figure.span),
        suggestion=both("tính lại số bình quân", "work out the mean again"),
        page=told.figure.page,
    )


MEAN_FAR = rule("FIG-304", check_mean_far)
MEAN_FAR_RULES = (MEAN_FAR,)
