"""FIG of what is left of a ratio told elsewhere: ``462/480 xã đạt tiêu chí`` leaves 18, not ``28 xã chưa đạt``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphs.checks.reading.moved import head
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding, Span
from kb.text.sentences import split_sentences
from kb.vocabulary.counts import COUNTS

#: ``xã đặc biệt khó khăn chưa hoàn thành mục tiêu``: what is counted, and what it is not yet.
_NOT_YET_RE = re.compile(
    r"(?P<what>[^.;:,()\d]{2,60}?)\s(?:vẫn\s+|còn\s+)?(?:chưa|không)\s+(?:được\s+|có\s+|đủ\s+)?(?P<done>[^.;:,()\d]{2,90})"
)
#: ``xã có tỷ lệ cử tri đi bầu dưới 99,5%``: what is counted, and under which level it is.
_UNDER_RE = re.compile(
    r"(?P<what>[^.;:,()\d]{2,80}?)\s(?:chỉ\s+)?(?:đạt\s+|ở\s+)?(?:dưới|thấp hơn|chưa đạt|không đạt)\s+(?:mức\s+)?"
    r"(?P<level>\d{1,3}(?:,\d+)?)\s*%"
)
#: ``08 thôn còn lại``: those of which nothing has been told.
_LEFT_RE = re.compile(r"\s*(?P<what>[^.;:()\d]{2,40}?)\s+còn lại\b")
_COUNTED_RE = re.compile(
    rf"(?<![\w/])(?P<count>{'|'.join(sorted(COUNTS, key=len, reverse=True))})\s+(?P<noun>[^\W\d_]+)", re.IGNORECASE
)
#: A count of some of them, of which, or of a series.
_SOME_RE = re.compile(
    r"\b(?:trong đó|riêng|giảm|tăng|thêm|ít nhất|hơn|ngoài|thứ|tháng|quý|lần|mỗi|từng|một|mười)\s+(?:có\s+)?$",
    re.IGNORECASE,
)
_NOT_RE = re.compile(r"\b(?:chưa|không)\b")
_FEWEST, _AHEAD, _TIMES = 3, 120, 2
_NOT_WORDS = ("chưa ", "không ", "dưới ", "thấp hơn ")
_PLAIN = frozenset(
    {"đạt", "hoàn", "thành", "còn", "vẫn", "chưa", "không", "được", "trên", "địa", "bàn", "quy", "định", "đều"}
)
#: What says by which paper, and how many they are, behind what is said of them.
_CITED_RE = re.compile(r"\s(?:theo|tại)\s.*|,\s*(?:tỷ lệ|đạt|chiếm|tăng|giảm|bằng|vượt)\b.*", re.DOTALL)
#: Words of what is counted itself, however it is called.
_PLACES = frozenset({"xã", "phường", "thị", "trấn", "huyện", "thành", "phố", "tỉnh", "cấp"})


@dataclass(frozen=True, slots=True)
class _Ratio:
    """So many of a whole that are so far, with their clause and their sentence."""

    figure: Figure
    clause: str
    sentence: str
    noun: str

    @property
    def left(self) -> int:
        """How many are not yet; a ratio may tell just that."""
        told, whole = int(self.figure.value), int(self.figure.of or 0)
        return told if _NOT_RE.search(self.clause) else whole - told


@dataclass(frozen=True, slots=True)
class _Rest:
    """So many that are not yet: the count as printed, what is counted, what it is not yet, under which level.

    `all` says that they are told as the rest, in a sentence of other words too.
    """

    span: Span
    printed: str
    count: int
    unit: str
    words: frozenset[str]
    level: str
    page: int | None
    all: bool = False

    @property
    def noun(self) -> str:
        """The first word of what is counted."""
        return self.unit.lower().split(" ")[0]


def check_rest_far(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What the text says is not yet so is the whole less what it says is so."""
    if subject.is_rule():
        return
    ratios = [ratio for where in everywhere(subject) for ratio in _ratios(where)]
    if not ratios:
        return
    nouns = {ratio.noun for ratio in ratios}
    for rest in (*_rests(subject), *_rests_in_words(subject, nouns), *_rests_left(subject)):
        meant = _meant(rest, ratios)
        if not meant:
            continue
        if any(one.left == rest.count for one in meant):
            tally.held += 1
            continue
        # "462/480 xã: vùng đồng bằng 215/216 xã, miền núi 247/264 xã": of the largest whole.
        largest = max(int(one.figure.of or 0) for one in meant)
        whole = [one for one in meant if int(one.figure.of or 0) == largest]
        several = "," in (whole[0].figure.unit or "") and "," not in rest.unit
        if several and rest.count < whole[0].left:
            continue  # "hai xã" of five that are communes, wards and towns
        low, high = sorted((rest.count, whole[0].left))
        # Many times more or less is what is left of something else.
        if len({one.left for one in whole}) == 1 and high <= low * _TIMES:
            tally.failed += 1
            yield _finding(rest, whole)


def _ratios(where: Stated) -> Iterator[_Ratio]:
    told = [one for one in where.figures if one.of and one.of.isdigit() and one.value.isdigit()]
    for at, figure in enumerate(told):
        noun = head(figure)
        if figure.bound or figure.unit == "%" or not noun or int(figure.of or 0) <= int(figure.value):
            continue
        low, high = where.end(figure), where.sentence_end(where.end(figure))
        if at + 1 < len(told):
            high = min(high, where.start(told[at + 1]))
        clause = where.text[low:high].partition(";")[0]
        yield _Ratio(figure, clause, _sentence(where, figure), noun)


def _rests(subject: Subject) -> Iterator[_Rest]:
    for where in everywhere(subject):
        for figure in where.figures:
            if figure.bound or figure.of or figure.unit == "%" or not head(figure) or not figure.value.isdigit():
                continue
            told = _told(where.text[where.end(figure) :])
            if told:
                unit = figure.unit or ""
                yield _Rest(figure.span, figure.printed, int(figure.value), unit, *told, where.block.page)


def _rests_left(subject: Subject) -> Iterator[_Rest]:
    """``nâng cấp nhà văn hóa cho 08 thôn còn lại``: the words of the sentence say of what.

    Where the paragraph counts more of them, those may come off first.
    """
    for where in everywhere(subject):
        for figure in where.figures if "còn lại" in where.text else ():
            if figure.bound or figure.of or not head(figure) or not figure.value.isdigit():
                continue
            others = [one for one in where.figures if head(one) == head(figure) and one is not figure]
            if not others and _LEFT_RE.match(where.text, where.end(figure)):
                words, unit = _words(_sentence(where, figure)), figure.unit or ""
                yield _Rest(
                    figure.span, figure.printed, int(figure.value), unit, words, "", where.block.page, True
                )


def _rests_in_words(subject: Subject, nouns: set[str]) -> Iterator[_Rest]:
    document = subject.document
    for block in document.blocks:
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        if not any(word in text for word in _NOT_WORDS):
            continue
        for found in _COUNTED_RE.finditer(text):
            noun = found["noun"].lower()
            told = _told(text[found.start("noun") :]) if noun in nouns else None
            if told and not _SOME_RE.search(text, 0, found.start()):
                start = block.view.start
                span = document.reading.hull(start + found.start("count"), start + found.end("count"))
                yield _Rest(span, found["count"], COUNTS[found["count"].lower()], noun, *told, block.page)


def _told(after: str) -> tuple[frozenset[str], str] | None:
    """What is told behind a count that says that they are not yet so: its words, and the level that they miss."""
    if not any(word in after[:_AHEAD] for word in _NOT_WORDS):
        return None
    if found := _UNDER_RE.match(after):
        return _words(found["what"]), found["level"]
    if found := _NOT_YET_RE.match(after):
        return _words(found["what"] + " " + found["done"]), ""
    return None


def _meant(rest: _Rest, ratios: Sequence[_Ratio]) -> list[_Ratio]:
    """The ratios told in the words of a rest: by their clause, else by their sentence."""
    of_noun = [one for one in ratios if one.noun == rest.noun]
    if rest.level:
        level = re.compile(rf"\b(?:từ|trên|ít nhất|tối thiểu|đạt)\s+{re.escape(rest.level)}\s*%")
        return [one for one in of_noun if level.search(one.clause) and _same(_words(one.clause), rest.words)]
    if rest.all:
        return [
            one
            for one in of_noun
            if _same(rest.words, _words(_CITED_RE.sub("", one.clause)) - _PLACES - _words(rest.unit))
        ]
    # More than the whole are of another one: "84 công trình không hoạt động" are none of "14/59 công trình".
    of_noun = [one for one in of_noun if rest.count <= int(one.figure.of or 0)]
    own = [one for one in of_noun if _same(_words(one.clause), rest.words)]
    return own or [one for one in of_noun if _same(_words(one.sentence), rest.words)]


def _sentence(where: Stated, figure: Figure) -> str:
    at = where.start(figure)
    return next((where.text[low:high] for low, high in split_sentences(where.text) if low <= at < high), "")


def _words(text: str) -> frozenset[str]:
    return thing_words(text) - GENERAL - _PLAIN


def _same(told: frozenset[str], rest: frozenset[str]) -> bool:
    """Whether what is not yet is told in the words of what is."""
    return len(rest & told) >= _FEWEST and len(rest - told) <= len(rest) // 4


def _finding(rest: _Rest, meant: list[_Ratio]) -> Finding:
    ratio = meant[0].figure
    sum_ = f"{ratio.of} - {ratio.value} = {int(ratio.of or 0) - int(ratio.value)}"
    unit = rest.unit if " " in rest.unit else ratio.unit or rest.unit
    so = "còn lại" if rest.all else "chưa đạt"
    return REST_FAR.finding(
        (rest.span,),
        f"ghi {rest.printed} {unit} {so}, nhưng chỗ khác ghi {ratio.printed}: {sum_}",
        f"{rest.printed} {unit} are said to be left, elsewhere {ratio.printed} is told: {sum_}",
        stated=rest.printed,
        expected=str(meant[0].left),
        evidence=tuple(one.figure.span for one in meant),
        suggestion=both("kiểm tra lại số đã đạt, số chưa đạt", "check how many are done and how many are left"),
        page=rest.page,
    )


REST_FAR = rule("FIG-271", check_rest_far)
REST_FAR_RULES = (REST_FAR,)
