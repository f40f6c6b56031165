"""What a figure or a row is of, as words that compare: abbreviations written out, two words of one sense made one.

Letters keep their marks, unlike in searching: *nhãn* is no *nhân*. Two names are of one thing when no word of the
one is missing from the other, but for words that the place where it stands already says (`cost`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.reading.rows import Grid, Line, Same
from kb.bilingual import Bilingual, both
from kb.models import BlockKind, Document, Figure, TextBlock, Unit
from kb.text.items import list_level, list_style
from kb.text.normalize import nfc, unify_tones
from kb.vocabulary.abbreviations import long_forms

#: Words of one sense in such papers; the first stands for both.
SAME_WORDS: tuple[tuple[str, str], ...] = (
    ("xử lý", "giải quyết"),
    ("đúng hạn", "đúng hẹn"),
    ("tỷ lệ", "tỉ lệ"),
    ("tinh giản", "tinh giảm"),
    ("trực tuyến", "điện tử trực tuyến"),
    ("trực tuyến", "qua mạng"),
    ("bảo đảm", "đảm bảo"),
    ("tự bảo đảm", "tự chủ"),
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words of grammar and of counting, which name nothing.
PLAIN = _words(
    "đã được của các những trong năm có cho theo về và với tại đến từ thì nay là hiện này trên địa"
    " bàn toàn tỉnh chung cả đạt ước khoảng lũy kế thời điểm tính do đối việc so như vậy quý nêu hằng"
    " hàng còn phương tới vào ở riêng ra hết qua cuối đầu số lượng tổng sau đây"
)
#: Words of measures, plans and deeds, which name no thing: under each heading they are said of another one.
GENERAL = _words(
    "tốc độ tăng giảm trưởng bình quân tỷ lệ trọng diện tích sản lượng giá trị mức kinh phí vốn kế"
    " hoạch dự kiến phấn đấu mục tiêu chỉ thực hiện giai đoạn đơn vị người cộng định hướng khoảng"
    " công suất quy mô nhu cầu số thu nhập cơ cấu dự toán nguồn đồng triệu tỷ"
)
#: Units under which anything is counted.
ANY_UNIT = frozenset(["trường hợp", "đơn vị", "người", "lượt", "cuộc", "cái", "lần", "đầu mối", "%"])
#: The name of a province: the paper is of one.
PROVINCE_RE = re.compile(r"\btỉnh\s+(?:[A-ZĐ]\w+(?:\s+|(?=\W|$))){1,3}")
#: A letter that other languages hardly have: the words are of this one.
VIETNAMESE_RE = re.compile(r"[ăđơưĂĐƠƯạ-ỹ]")
LEVEL_RE = re.compile(r"\bcấp\s+(tỉnh|huyện|xã|bộ|thôn|cơ sở|trung ương)\b")
#: It begins with a letter, and asks behind it what stands before: most of a name is passed over untried.
_COUNT_RE = re.compile(
    r"[ts](?:(?<=^.)|(?<=[,;(:]\s.))(?:(?<=t)ổng(?:\s+số(?:\s+lượng)?)?|(?<=s)ố(?:\s+lượng)?)\s+(?!hóa\b)"
)
_WORDS_RE = re.compile(r"([^\W\d_]+)")
_THING_RE = re.compile(r"cấp-[^\W\d_]+(?:-[^\W\d_]+)?|[^\W\d_]+")
_TWICE_RE = re.compile(r"(\w)\1")
_MARK_RE = re.compile(r"[⁰¹²³⁴-⁹]+")
_SENTENCE_RE = re.compile(r"(?<=[.;])\s")
#: Behind these words of a long clause its subject begins; these words at its end only tell how it went.
_SUBJECT_RE = re.compile(r"^(?:.*\b(?:giúp|đưa|nâng|làm cho|góp phần|theo đó)|.{60,},)\s+", re.DOTALL)
_MANNER_RE = re.compile(
    r"(?:\s+(?:tiếp tục|không ngừng|được|đã|ngày càng|từng bước|cải thiện|duy trì|nâng lên|nâng cao"
    r"|lần lượt))+$"
)
_FEWEST, _FEWEST_OWN, _LEVEL_COST = 3, 2, 10
_BEFORE, _LEVELS = 400, 4
_NO_ITEM = ("", 0)


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """A name in small letters, abbreviations written out, without the words that only say that it is counted.

    >>> plain_name("Tổng số TTHC của tỉnh"), plain_name("Số TTHC được công khai")
    ('thủ tục hành chính của tỉnh', 'thủ tục hành chính được công khai')
    """
    text = unify_tones(nfc(text))
    text = PROVINCE_RE.sub(" ", text) if "tỉnh" in text else text
    text = _all_in_full(_MARK_RE.sub(" ", text)).lower()
    text = _COUNT_RE.sub(" ", " ".join(text.split()))
    for one, other in SAME_WORDS:
        text = text.replace(other, one)
    return text.strip()


@lru_cache(maxsize=8192)
def thing_words(text: str) -> frozenset[str]:
    """The words that say what a thing is; *cấp huyện* is one of them, how it is counted is none.

    >>> sorted(thing_words("Tổng số PAKN đã giải quyết trong năm")) == sorted(
    ...     thing_words("số phản ánh, kiến nghị được xử lý")
    ... )
    True
    >>> sorted(thing_words("tỷ lệ số hóa hồ sơ cấp xã"))
    ['cấp-xã', 'hóa', 'hồ', 'lệ', 'sơ', 'số', 'tỷ']
    """
    text = plain_name(text)
    if "cấp" in text:
        text = LEVEL_RE.sub(lambda found: "cấp-" + found[1].replace(" ", "-"), text)
    words = _THING_RE.findall(text)
    return frozenset(word for word in words if word not in PLAIN or (word == "số" and "số hóa" in text))


def _all_in_full(text: str) -> str:
    """A text with its abbreviations written out; most have none, and are not gone through word by word."""
    forms = long_forms()
    pieces = _WORDS_RE.split(text)
    short = [at for at in range(1, len(pieces), 2) if pieces[at] in forms or pieces[at].isupper()]
    for at in short:
        pieces[at] = in_full(pieces[at])
    return "".join(pieces) if short else text


@lru_cache(maxsize=4096)
def in_full(word: str) -> str:
    """A word with its abbreviation written out; a letter of it may have been typed twice (ĐVSNNCL)."""
    forms = long_forms()
    if word in forms or not word.isupper():
        return forms.get(word, word)
    return forms.get(_TWICE_RE.sub(r"\1", word), word)


def cost(
    one: frozenset[str], other: frozenset[str], around_one: frozenset[str], around_other: frozenset[str]
) -> int | None:
    """How many words only their surroundings supply; None where the two are not of one thing.

    A level of government that the one names is never supplied: a rate of districts is not that of communes. One
    that only the other names costs more than words do, so that rows of several levels are all as far away.
    """
    common = one & other
    if len(common) < _FEWEST or len(common - GENERAL) < _FEWEST_OWN:
        return None
    left, right = one - other, other - one
    levels = frozenset(word for word in right if word.startswith("cấp-"))
    if any(word.startswith("cấp-") for word in left) or (levels and any(word.startswith("cấp-") for word in one)):
        return None
    if not left <= around_other or not right - levels <= around_one:
        return None
    return len(left) + len(right - levels) + _LEVEL_COST * bool(levels)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around the blocks of a document: leads of lists, headings, what stands before in the paragraph."""

    units: dict[str, Unit]
    leads: dict[int, tuple[str, ...]]
    before: dict[int, str]

    def words(self, block: TextBlock, before: str) -> frozenset[str]:
        """The words that the place of a figure says; `before` is the text of its paragraph up to it."""
        # Sentence by sentence: those before the last one were read for the figures before this one.
        told = (*_SENTENCE_RE.split(before[-_BEFORE:]), *self.over(block))
        return frozenset[str]().union(*map(thing_words, told))

    def over(self, block: TextBlock) -> Iterator[str]:
        """The leads of the list that a block is an item of and the headings over it, the nearest first."""
        yield from self.leads.get(block.view.start, ())
        unit = self.units.get(block.unit or "")
        for _ in range(_LEVELS):
            if unit is None:
                return
            yield unit.heading
            unit = self.units.get(unit.parent or "")


def surroundings(document: Document) -> Surroundings:
    """The places of a document: the lead of a list is the paragraph before it, which a colon ends.

    An item that ends so leads the deeper items behind it, up to the next of its own depth.
    Read once for all rules.
    """
    return _surroundings(Same(document))


@lru_cache(maxsize=2)
def _surroundings(read: Same[Document]) -> Surroundings:
    document = read.it
    leads: dict[int, tuple[str, ...]] = {}
    before: dict[int, str] = {}
    over: list[tuple[tuple[str, int], str]] = []
    last, last_style = "", None
    for block in sorted(document.blocks, key=lambda one: one.view.start):
        if block.kind is not BlockKind.TEXT:
            continue
        text = document.block_text(block).strip()
        style = list_style(text)
        listed, level = style is not None, list_level(text)
        while listed and over and _closes(level, over[-1][0]):
            over.pop()
        if listed and over:
            leads[block.view.start] = tuple(lead for _, lead in reversed(over[-2:]))
        if listed and last_style == style:
            before[block.view.start] = last
        if text.endswith(":"):
            over = [*(over if listed else ()), (level if listed else _NO_ITEM, text)]
        elif not listed:
            over = []
        last, last_style = text, style
    return Surroundings({unit.eid: unit for unit in document.units}, leads, before)


def _closes(level: tuple[str, int], lead: tuple[str, int]) -> bool:
    """Whether an item is no part of the item that led the ones before it: it is of its depth, or less deep."""
    return lead != _NO_ITEM and (level == lead or (lead[0] == "plus" and level[1] < lead[1]))


_BRACKET_RE = re.compile(r"\([^()]*\)")
#: The words of an item up to its colon, with what brackets add to them: ``- Số trường (lũy kế): 31 trường``.
_LABEL_RE = re.compile(r"(?:^|[.;]\s)(?P<label>[^.;:]{8,160}):\s*(?:là|có|đạt)?\s*$")
#: The system by which a thing is counted, behind its name.
_COUNTED_IN_RE = re.compile(r"\strên\s+(?:[Hh]ệ thống|[Pp]hần mềm)\s[^,;:]*$")
_GLOSS_RE = re.compile(r"\((?P<gloss>[^()\d]{12,90})\)\s*(?::|là|có|đạt)?\s*$")


def called(figure: Figure, before: str) -> tuple[str, ...]:
    """What a figure of the text is called: by the label that a colon ends, else its own words, and by a gloss."""
    what = _MANNER_RE.sub("", figure.what or "")
    label = _LABEL_RE.search(before) if ":" in before else None
    names = [_BRACKET_RE.sub(" ", label["label"]) if label else what]
    if not label and (tail := _SUBJECT_RE.sub("", what)) != what:
        names.append(tail)
    if not label and (plain := _COUNTED_IN_RE.sub("", what)) != what:
        names.append(plain)
    if gloss := _GLOSS_RE.search(before):
        names.append(gloss["gloss"])
    return tuple(names)


def names_of(figure: Figure, before: str) -> tuple[frozenset[str], ...]:
    """What a figure is called (`called`), as words that compare, each with what it counts."""
    unit = figure.unit or ""
    counted = thing_words(unit) if unit.lower() not in ANY_UNIT else frozenset()
    return tuple(thing_words(name) | counted for name in called(figure, before))


def line_words(line: Line) -> frozenset[str]:
    """What a row of a table is called; what stands in brackets only explains it."""
    return _label_words(line.label)


@lru_cache(maxsize=4096)
def _label_words(label: str) -> frozenset[str]:
    return thing_words(_BRACKET_RE.sub(" ", label))


def words_over(grid: Grid, line: Line) -> frozenset[str]:
    """The words of the rows that a row is a part of, and of the title of its table."""
    texts = [grid.table.title or "", grid.table.caption or ""]
    by_place = {other.at: other for other in grid.lines}
    over = by_place.get(line.parent) if line.parent is not None else None
    while over is not None and len(texts) < _LEVELS + 2:
        texts.append(over.label)
        over = by_place.get(over.parent) if over.parent is not None else None
    return thing_words(" ; ".join(texts))


def row_place(grid: Grid, line: Line) -> Bilingual:
    """How a person finds a row: its appendix, where it has one, and its words."""
    label = " ".join(line.label.split()).rstrip(" .")
    if grid.table.appendix:
        return both("{where}, dòng “{label}”", "{where}, row “{label}”", where=grid.table.appendix, label=label)
    return both("bảng, dòng “{label}”", "the table, row “{label}”", label=label)


#: Words that name nothing by themselves: what anything is counted in, that it is a result or a total.
_BARE = GENERAL | _words(" ".join(ANY_UNIT)) | _words("kết quả tổng cộng nghìn tỉ")


def thing_told(called: str) -> Bilingual:
    """What two places speak of, as they call it; words that count anything name no thing.

    >>> thing_told("số hộ nghèo"), thing_told("tỷ đồng"), thing_told("kết quả người")
    ('“số hộ nghèo”', 'một việc', 'một việc')
    """
    return both("“{text}”", "“{text}”", text=called) if _words(called) - _BARE else both("một việc", "one thing")


def with_unit(figure: Figure) -> str:
    """A figure as printed with what it counts: ``76.198 phiếu``."""
    unit = figure.unit or ""
    return figure.printed if unit in ("", "%") else f"{figure.printed} {unit}"
