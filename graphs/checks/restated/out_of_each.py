"""A share told as so many out of each so many: ``cứ 10 hồ sơ thì có hơn 8 hồ sơ nộp qua mạng (82,5%)``.

It is that of the rate behind it, of what the sentence or the one before has told, or of what it names. Of what
came to each so many since an earlier time (``cứ năm lượt khách năm trước thì thêm một lượt``) it is a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.loose import Loose
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.called_values import CalledValues
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_far import named_share, says_again, told_again, told_just_before
from graphs.checks.restated.loose_of_two import of_two
from graphs.checks.restated.loose_said import LooseSaid, is_else
from graphs.checks.restated.shares_near import Near, is_count
from kb.text.sentences import split_sentences

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SMALL = {word: at for at, word in enumerate(_WORDS, 1)}
_COUNT = rf"(?!năm\s+(?:nay|này|trước|sau|ngoái)\b)(?:\d{{1,3}}(?:,\d+)?|{'|'.join(_SMALL)})"
_HEDGE = (
    r"(?P<more>hơn|trên)|(?P<less>gần|(?:còn\s+)?(?:chưa|không) (?:đến|tới|đầy)|dưới|ngót)"
    r"|(?P<about>khoảng|chừng|xấp xỉ)"
)
#: What leads to it: "cứ", "tính ra", or a comma.
_LEAD = (
    r"(?:\b(?:[Cc]ứ|[Tt]ính ra|[Qq]uy ra|[Tt]ức là|[Nn]ghĩa là|[Nn]hư vậy,?)\s+(?:cứ\s+)?(?:mỗi\s+|khoảng\s+)?"
    r"|(?<=[,:;]\s))"
)
_EACH_RE = re.compile(
    rf"{_LEAD}(?P<of>{_COUNT})\s+(?P<unit>[^\W\d_]+)"
    rf"(?P<name>(?:\s+(?!thì\b)[^\W\d_]+){{0,8}}?),?\s+(?:thì|có|lại|mới|là)\s+"
    rf"(?P<lead>(?:năm\s+(?:nay|này|sau)\s+|(?!(?:{'|'.join(_WORDS)}|hơn|gần|và|cùng|hoặc|hay)\b)[^\W\d_]+\s+){{0,5}}?)(?:(?:{_HEDGE})\s+)?"
    rf"(?P<part>{_COUNT})(?:\s+(?P<same>[^\W\d_]+)|(?=\s*[,.;)]|\s*$))",
)
_ADDED_RE = re.compile(r"\b(?:thêm|tăng)\b")
_LOST_RE = re.compile(r"\b(?:mất|bớt|giảm)\b")
_EARLIER_RE = re.compile(r"\b(?:năm|kỳ|quý|tháng)\s+(?:trước|ngoái)\b|\bcùng kỳ\b")
_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|thêm|bớt)\b(?:[^.;%]|(?<=\d)\.(?=\d)){0,60}$", re.IGNORECASE)
#: No more than so many are spoken of as each so many where no word says that it is so; a hundred is.
_FEW = 10
_HUNDRED, _NEARLY = Decimal(100), Decimal(10)
_GATE = "ứ ", " thì ", " có "


def out_of_each(where: Stated, before: Stated | None, values: CalledValues) -> Iterator[tuple[Loose, Meant]]:
    """What a block says of each so many, with the share that is meant."""
    if not any(gate in where.text for gate in _GATE):
        return
    for low, high in split_sentences(where.text):
        for found in _EACH_RE.finditer(where.text, low, high):
            of, part = (_number(found[name]) for name in ("of", "part"))
            if not found["same"] and not found.group().lower().startswith("cứ"):
                continue  # "và đã có 1.252": no share of anything
            if found.start() == found.start("of") and of > _FEW and of != _HUNDRED:
                continue  # "156 phòng cũ, 68 phòng mới có 24 điều hòa": things counted one after another
            if part >= of or not of or is_else(where.text[low : found.start()], ""):
                continue
            step = _HUNDRED / of
            loose = Loose(found.start(), found.end("part"), found.group(), *_bounds(found, part * step, step))
            said = LooseSaid(where, low, high, loose, each=True)
            changed = bool(_ADDED_RE.search(found["lead"]) or _LOST_RE.search(found["lead"]))
            if changed or _EARLIER_RE.search(found["name"]):
                meant = _of_change(said) if changed else None
                if meant is None and _LOST_RE.search(found["lead"]):
                    meant = of_two(said, before, where.text[found.start() : high])
            else:
                again = told_just_before(said, before)
                meant = _behind(said) or told_again(said) or (again if says_again(said) else None)
                meant = meant or of_two(said, before, where.text[found.start() : high])
                meant = meant or named_share(said, values, found.group()) or again
            if meant is not None and not _is_of_both(said):
                yield loose, meant


def _is_of_both(said: LooseSaid) -> bool:
    """Whether it is the share of one of two counts before it, which both are all there is."""
    where = said.where
    counts = [
        one
        for one in where.figures
        if said.low <= where.start(one) < said.loose.start and is_count(one) and one.unit and not one.bound
    ]
    return any(
        head(one) == head(other) and said.loose.fits(scaled(one) / (scaled(one) + scaled(other)) * _HUNDRED)
        for one, other in permutations(counts, 2)
        if scaled(one) + scaled(other)
    )


def _behind(said: LooseSaid) -> Meant | None:
    """The only rate that its clause tells behind it."""
    where = said.where
    end = where.text.find(";", said.loose.end, said.high)
    high = end if end >= 0 else said.high
    rates = [one for one in where.figures if one.unit == "%" and said.loose.end <= where.start(one) < high]
    if len(rates) != 1 or rates[0].bound:
        return None
    one = rates[0]
    return Meant(
        (Near(Decimal(one.value), one.printed, where.start(one), where.end(one), (one.span,)),), sure=True
    )


def _of_change(said: LooseSaid) -> Meant | None:
    """The last change in per cent that is told before it in its block."""
    where = said.where
    rates = [one for one in where.figures if one.unit == "%" and where.end(one) <= said.loose.start]
    told = [one for one in rates if _CHANGE_RE.search(where.text[: where.start(one)])]
    if not told:
        return None
    one = told[-1]
    return Meant(
        (Near(Decimal(one.value), one.printed, where.start(one), where.end(one), (one.span,)),), sure=True
    )


def _bounds(found: re.Match[str], share: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """Between which shares what is told may lie: a step is one more or less, and not all of it of a few."""
    half = min(step / 2, _NEARLY)
    if found["more"]:
        return share - half / 5, share + min(step, 2 * _NEARLY)
    if found["less"]:
        return share - min(step, 2 * _NEARLY), share + half / 5
    return (share - 2 * half, share + 2 * half) if found["about"] else (share - half, share + half)


def _number(told: str) -> Decimal:
    word = told.lower()
    return Decimal(_SMALL[word]) if word in _SMALL else read_number(word)
