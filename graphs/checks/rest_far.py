"""FIG of what is left of a ratio told elsewhere: ``462/480 xã đạt tiêu chí`` leaves 18, not ``28 xã chưa đạt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.named import GENERAL, thing_words
from graphs.checks.prose import Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

#: ``xã đặc biệt khó khăn chưa hoàn thành mục tiêu``: what is counted, and what it is not yet.
_NOT_YET_RE = re.compile(
    r"(?P<what>[^.;:,()\d]{2,60}?)\s(?:vẫn\s+|còn\s+)?(?:chưa|không)\s+(?:được\s+|có\s+|đủ\s+)?(?P<done>[^.;:,()\d]{2,90})"
)
_FEWEST = 3
_PLAIN = frozenset({"đạt", "hoàn", "thành", "còn", "vẫn", "chưa", "không", "được", "trên", "địa", "bàn"})


@dataclass(frozen=True, slots=True)
class _Ratio:
    """So many of a whole that are so far, with the words of their sentence."""

    figure: Figure
    sentence: frozenset[str]
    noun: str

    @property
    def left(self) -> int:
        """How many are not yet."""
        return int(self.figure.of or 0) - int(self.figure.value)


def check_rest_far(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What the text says is not yet so is the whole less what it says is so."""
    if subject.is_rule():
        return
    ratios: list[_Ratio] = []
    rests: list[tuple[Stated, Figure, frozenset[str], str]] = []
    for where in everywhere(subject):
        for figure in where.figures:
            noun = _noun(figure)
            if figure.bound or figure.unit == "%" or not noun or not figure.value.isdigit():
                continue
            after = where.text[where.end(figure) :]
            if figure.of and figure.of.isdigit() and int(figure.of) > int(figure.value):
                ratios.append(_Ratio(figure, _words(_sentence(where, figure)), noun))
            elif not figure.of and (found := _NOT_YET_RE.match(after)):
                rests.append((where, figure, _words(found["what"] + " " + found["done"]), noun))
    for where, figure, words, noun in rests:
        meant = [one for one in ratios if one.noun == noun and _same(one, words)]
        if not meant:
            continue
        if any(one.left == int(figure.value) for one in meant):
            tally.held += 1
            continue
        # "462/480 xã: vùng đồng bằng 215/216 xã, miền núi 247/264 xã": of the largest whole.
        largest = max(int(one.figure.of or 0) for one in meant)
        whole = [one for one in meant if int(one.figure.of or 0) == largest]
        if len({one.left for one in whole}) == 1:
            tally.failed += 1
            yield _finding(where, figure, whole)


def _sentence(where: Stated, figure: Figure) -> str:
    at = where.start(figure)
    return next((where.text[low:high] for low, high in split_sentences(where.text) if low <= at < high), "")


def _noun(figure: Figure) -> str:
    return (figure.unit or "").lower().split(" ")[0]


def _words(text: str) -> frozenset[str]:
    return thing_words(text) - GENERAL - _PLAIN


def _same(ratio: _Ratio, rest: frozenset[str]) -> bool:
    """Whether what is not yet is told in the words of what is."""
    return len(rest & ratio.sentence) >= _FEWEST and len(rest - ratio.sentence) <= len(rest) // 4


def _finding(where: Stated, figure: Figure, meant: list[_Ratio]) -> Finding:
    ratio = meant[0].figure
    sum_ = f"{ratio.of} - {ratio.value} = {meant[0].left}"
    return REST_FAR.finding(
        (figure.span,),
        f"ghi {figure.printed} {figure.unit} chưa đạt, nhưng chỗ khác ghi {ratio.printed} đã đạt: {sum_}",
        f"{figure.printed} {figure.unit} are said to be left, elsewhere {ratio.printed} are done: {sum_}",
        stated=figure.printed,
        expected=str(meant[0].left),
        evidence=tuple(one.figure.span for one in meant),
        suggestion=both("kiểm tra lại số đã đạt, số chưa đạt", "check how many are done and how many are left"),
        page=where.block.page,
    )


REST_FAR = rule("FIG-271", check_rest_far)
REST_FAR_RULES = (REST_FAR,)
