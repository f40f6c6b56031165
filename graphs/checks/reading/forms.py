"""Forms of sentences that state figures: a text with a sign in the place of each figure, and patterns over it.

A pattern names a figure with ``{whole}`` and says what stands between the figures. What is no figure (a year, a
number of a document) stays in the text as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Same
from kb.kept_patterns import patterns_kept
from kb.models import Figure
from kb.text.sentences import SENTENCE_END_RE

# More signs than a paragraph has figures, and no more: what a pattern of signs takes to compile grows with them.
_FIRST, _LAST = 0xE000, 0xE3FF
#: The signs, as a pattern names them among other letters in square brackets.
SIGNS = f"{chr(_FIRST)}-{chr(_LAST)}"
# Signs have no small and no capital letters: where case counts, a pattern with many of these compiles far sooner.
SIGN = f"(?-i:[{SIGNS}])"
#: Words of one clause without figures; in `WORDS` years and days may stand among them, in `BARE` they may not.
WORDS = f"(?-i:[^.;:(){SIGNS}])"
BARE = f"(?-i:[^.;:()\\d{SIGNS}])"
#: Words of one clause up to its next comma, and a bracket without figures behind them.
GAP = f"(?:(?!,){WORDS}){{0,60}}?(?:\\((?-i:[^(){SIGNS}]){{0,40}}\\)\\s*)?"
#: What is only to be reached.
PLANNED_RE = re.compile(
    r"\b(?:phấn đấu|dự kiến|sẽ|nhằm|để|bảo đảm|đảm bảo|yêu cầu|quyết tâm|nếu|tiếp tục)\b", re.IGNORECASE
)
#: What leads back to things that were just counted.
OF_THESE = r"[Tt]rong (?:(?:tổng )?số )?(?:đó|này|ấy|trên|nêu trên)"
#: Words before a level that is a least, or a most.
AT_LEAST = "ít nhất|tối thiểu|không dưới|không thấp hơn|từ|trên"
AT_MOST = "không quá|không vượt quá|tối đa|dưới"
#: A capital letter with whatever marks; a range of letters would have small ones among them.
CAPITAL = "[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
# What is no letter of a pattern, a bracket without brackets in it, and a letter or a bracket that may be missing.
_NO_WORD_RE = re.compile(r"\\.|\[[^\]]*\]|\{[a-z]\w*\}")
_BRACKETS_RE = re.compile(r"\([^()]*\)")
_TIMES_RE = re.compile(r".(?:[?*]|\{[\d,]+\})")
_SLOT_RE = re.compile(r"\{(?P<name>[a-z]\w*)\}")


def occurrences(text: str, words: str) -> Iterator[int]:
    """Where some words stand in a text, from the first: far sooner than a pattern finds them.

    >>> list(occurrences("năm 2024, năm 2025", "năm"))
    [0, 10]
    """
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern over the signs of figures, with a sentence that has the form."""

    pattern: str
    example: str

    def read(self, signs: Signs) -> Iterator[Match]:
        """Where a text has the form."""
        if _said_in(self.pattern) not in signs.small:
            return
        for found in _compiled(self.pattern).finditer(signs.text):
            figures = {
                name: signs.figures[ord(sign) - _FIRST]
                for name, sign in found.groupdict().items()
                if sign and len(sign) == 1 and _FIRST <= ord(sign) <= _LAST
            }
            words = {name: sign or "" for name, sign in found.groupdict().items() if name not in figures}
            yield Match(figures, words, found.start(), found.end())


@dataclass(frozen=True, slots=True)
class Match:
    """The figures and the words of a place that has a form; `start` and `end` are among the signs."""

    figures: dict[str, Figure]
    words: dict[str, str]
    start: int
    end: int


@lru_cache(maxsize=256)
@patterns_kept()
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a form: ``{name}`` is one figure, ``~`` some words of the clause, ``…`` up to a comma."""
    words = pattern.replace("~", f"{WORDS}{{0,60}}?").replace("…", GAP)
    return re.compile(_SLOT_RE.sub(lambda slot: f"(?P<{slot['name']}>{SIGN})", words), re.IGNORECASE)


@lru_cache(maxsize=256)
def _said_in(pattern: str) -> str:
    r"""Words that every text says that has a form, the longest: most texts do not, and are not gone through.

    They stand outside all brackets, and nothing behind them says how often.

    >>> _said_in(r"(?:tăng|giảm)\s*{change}~so với(?:\s+(?:mức|số))?\s*{earlier}"), _said_in("tăng|giảm")
    ('so với', '')
    """
    bare, before = _NO_WORD_RE.sub("#", pattern), ""
    while bare != before:
        bare, before = _BRACKETS_RE.sub("#", bare), bare
    words = (word.strip() for word in re.split(r"[^\w ]", _TIMES_RE.sub("#", bare)))
    return "" if "|" in bare else max(words, key=len).lower()


@dataclass(frozen=True, slots=True)
class Signs:
    """A text in which one sign stands for each figure."""

    text: str
    figures: tuple[Figure, ...]
    small: str

    def of(self, sign: str) -> Figure:
        """The figure for which a sign stands."""
        return self.figures[ord(sign) - _FIRST]

    def is_sign(self, letter: str) -> bool:
        """Whether a letter stands for a figure."""
        return _FIRST <= ord(letter) <= _LAST

    def inside(self, low: int, high: int) -> Iterator[tuple[int, Figure]]:
        """The figures of a stretch with their places, the first first."""
        for at, letter in enumerate(self.text[low:high], low):
            if self.is_sign(letter):
                yield at, self.of(letter)

    def sign(self, figure: Figure) -> str:
        """The sign that stands for a figure."""
        return chr(_FIRST + self.figures.index(figure))

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds a place begins."""
        return self.behind_last(SENTENCE_END_RE, at)

    def behind_last(self, cut: re.Pattern[str], at: int) -> int:
        """Where the last of some cuts before a place ends; 0 where there is none."""
        return max((found.end() for found in cut.finditer(self.text, 0, at)), default=0)

    def before(self, at: int) -> Iterator[tuple[int, Figure]]:
        """The figures before a place, the nearest first, as far as the sentence goes, with their places."""
        for place in range(at - 1, -1, -1):
            letter = self.text[place]
            if letter == ";" or (letter in ".!?" and self.text[place + 1 : place + 2].isspace()):
                return
            if _FIRST <= ord(letter) <= _LAST:
                yield place, self.figures[ord(letter) - _FIRST]


def signs_of(where: Stated) -> Signs:
    """The text of a block with its figures as signs; made once for all rules.

    A block has fewer figures than there are signs; what is beyond is left out.
    """
    return _signs_of(Same(where))


@lru_cache(maxsize=1024)
def _signs_of(read: Same[Stated]) -> Signs:
    where = read.it
    figures = where.figures[: _LAST - _FIRST]
    parts, low = [], 0
    for at, figure in enumerate(figures):
        parts += [where.text[low : where.start(figure)], chr(_FIRST + at)]
        low = where.end(figure)
    text = "".join([*parts, where.text[low:]]).replace("\n", " ")
    return Signs(text, figures, text.lower())
