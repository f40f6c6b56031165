"""The one analysis that texts and queries go through; engines are handed the tokens.

A text becomes syllables without marks (``words``), the same with marks (``marks``), pairs of neighbours
(``pairs``) and numbers kept whole (``keys``). An abbreviation is read as the words it stands for, on both sides:
so ``CCHC`` and ``cải cách hành chính`` are one query.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from kb.text.normalize import fold, nfc
from kb.text.words import WORD_RE, fold_words, mark_words, pairs_of, printed_words
from kb.vocabulary.abbreviations import long_forms, typed_forms

#: Raised when the same text gives other tokens than before: indexes of another version rebuild themselves.
ANALYSIS_VERSION = 6

#: The sentences of a text whose ends are kept.
_SENTENCES = 40

_NO_WORDS: Mapping[str, str] = {}
_SENTENCE_RE = re.compile(r"(?<=[.;:])\s+")


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of a text; `marks` stand beside `words` one by one; `read_as` says what was expanded."""

    words: tuple[str, ...]
    marks: tuple[str, ...]
    keys: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()

    @property
    def pairs(self) -> list[str]:
        """Every two neighbours."""
        return pairs_of(self.words)

    def spoken(self, text: str) -> str:
        """The text with its abbreviations as what they were read as.

        >>> analyse_query("quy chế CCHC").spoken("quy chế CCHC")
        'quy chế cải cách hành chính'
        """
        for short, words in self.read_as:
            text = text.replace(short, words)
        return text


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed word, its range, and the syllables it is read as: one, or those of an abbreviation."""

    start: int
    end: int
    printed: tuple[str, ...]


def analyse(text: str, own: Mapping[str, str] = _NO_WORDS) -> Analysis:
    """The tokens of a text; `own` are abbreviations that the document defines for itself.

    >>> analyse("công tác CCHC theo 76/NQ-CP").words
    ('cong', 'tac', 'cai', 'cach', 'hanh', 'chinh', 'theo', '76', 'nq', 'cp')
    """
    text = nfc(text)
    printed = _printed(text, own)
    return Analysis(
        tuple(fold_words(printed)), tuple(mark_words(printed)), tuple(find_keys(text)) if "/" in text else ()
    )


def folded_words(text: str, own: Mapping[str, str] = _NO_WORDS) -> list[str]:
    """The words of a text without their marks, as `analyse` gives them; a third of its cost.

    >>> folded_words("công tác CCHC")
    ['cong', 'tac', 'cai', 'cach', 'hanh', 'chinh']
    """
    return fold_words(_printed(nfc(text), own))


def sentence_ends(text: str, own: Mapping[str, str] = _NO_WORDS) -> list[int]:
    """After how many of its words (as `analyse` gives them) each of the first sentences of a text ends.

    Empty for a text of one sentence.

    >>> sentence_ends("Công tác CCHC. Kết quả: đạt 5 điểm"), sentence_ends("Công tác CCHC")
    ([6, 8, 11], [])
    """
    sentences = _SENTENCE_RE.split(nfc(text))[:_SENTENCES]
    if len(sentences) == 1:
        return []
    return list(accumulate(len(_printed(sentence, own)) for sentence in sentences))


def _printed(text: str, own: Mapping[str, str]) -> list[str]:
    """The words of a text (NFC), abbreviations as the words they stand for."""
    printed = WORD_RE.findall(text)
    return _expanded(text, own) if holds_short_forms(printed, own) else printed


def _expanded(text: str, own: Mapping[str, str]) -> list[str]:
    """The words of a text as `find_pieces` reads them, without their places: most of an index is made here."""
    known, here = _spoken(), {short: tuple(printed_words(words)) for short, words in own.items()}
    printed: list[str] = []
    at = 0
    joined = [(found.start(), found.end()) for found in _joined_re(False).finditer(text)]
    for start, end in (*joined, (len(text), len(text))):
        for found in WORD_RE.finditer(text, at, start):
            word = found.group()
            words = here.get(word) or known.get(word)
            if words and not _in_number(text, found.start(), found.end()):
                printed += words
            else:
                printed.append(word)
        printed += here.get(text[start:end]) or known.get(text[start:end], ())
        at = end
    return printed


@lru_cache(maxsize=1)
def _spoken() -> dict[str, tuple[str, ...]]:
    return {short: tuple(printed_words(words)) for short, words in long_forms().items()}


def analyse_query(text: str, learnt: Mapping[str, str] = _NO_WORDS) -> Analysis:
    """The tokens of what a person typed; abbreviations in any case, with or without marks.

    >>> analyse_query("cchc khánh hoà").words, analyse_query("CCHC").read_as
    (('cai', 'cach', 'hanh', 'chinh', 'khanh', 'hoa'), (('CCHC', 'cải cách hành chính'),))
    """
    text = nfc(text)
    printed: list[str] = []
    read_as: list[tuple[str, str]] = []
    for piece in find_pieces(text, learnt, typed=True):
        shown = text[piece.start : piece.end]
        words = piece.printed
        typed = typed_forms().get(fold(shown))
        if len(words) == 1 and typed and not _in_number(text, piece.start, piece.end):
            words = tuple(printed_words(typed))
        if len(words) > 1:
            read_as.append((shown, " ".join(words)))
        printed += words
    return Analysis(tuple(fold_words(printed)), tuple(mark_words(printed)), tuple(find_keys(text)), tuple(read_as))


def find_pieces(text: str, own: Mapping[str, str] = _NO_WORDS, *, typed: bool = False) -> Iterator[Piece]:
    """The words of a text (NFC) in order, abbreviations read as what they stand for.

    Those that hold signs (``KT-XH``) stand in texts as printed; `typed` takes them in any case, without marks too.

    >>> [piece.printed for piece in find_pieces("KT-XH và QĐ-UBND")]
    [('kinh', 'tế', 'xã', 'hội'), ('và',), ('QĐ',), ('UBND',)]
    """
    known = long_forms()
    joined_forms = typed_forms() if typed else known
    at = 0
    for joined in _joined_re(typed).finditer(fold(text) if typed else text):
        yield from _simple_pieces(text, at, joined.start(), known, own)
        yield Piece(joined.start(), joined.end(), tuple(printed_words(joined_forms[joined.group()])))
        at = joined.end()
    yield from _simple_pieces(text, at, len(text), known, own)


def holds_short_forms(printed: Collection[str], own: Mapping[str, str] = _NO_WORDS) -> bool:
    """Whether some printed words may hold an abbreviation of the table or of their document.

    >>> holds_short_forms(["công", "tác", "CCHC"]), holds_short_forms(["công", "tác"])
    (True, False)
    """
    return not (_abbreviations().isdisjoint(printed) and own.keys().isdisjoint(printed))


def spoken_words(
    text: str, spans: Iterable[tuple[int, int]], own: Mapping[str, str] = _NO_WORDS
) -> dict[int, tuple[str, ...]] | None:
    """What the abbreviations among the words of a text stand for, by their positions; `spans` are their ranges.

    None where a joined one (``KT-XH``) is among them: `find_pieces` reads such a text.

    >>> spoken_words("công tác CCHC", [(0, 4), (5, 8), (9, 13)])
    {2: ('cải', 'cách', 'hành', 'chính')}
    """
    if _joined_re(False).search(text):
        return None
    known = _spoken()
    spoken: dict[int, tuple[str, ...]] = {}
    for at, (start, end) in enumerate(spans):
        short = text[start:end]
        if (short in known or short in own) and not _in_number(text, start, end):
            spoken[at] = tuple(printed_words(own.get(short, ""))) or known.get(short, (short,))
    return spoken


def _simple_pieces(
    text: str, start: int, end: int, known: Mapping[str, str], own: Mapping[str, str]
) -> Iterator[Piece]:
    for found in WORD_RE.finditer(text, start, end):
        word = found.group()
        words = own.get(word) or known.get(word)
        if words and not _in_number(text, found.start(), found.end()):
            yield Piece(found.start(), found.end(), tuple(printed_words(words)))
        else:
            yield Piece(found.start(), found.end(), (word,))


def _in_number(text: str, start: int, end: int) -> bool:
    """Whether a word is joined to its neighbours by the signs of a number: ``QĐ-UBND``, ``BTTTT-CĐSQG``."""
    return text[start - 1 : start] in ("/", "-", "&") or text[end : end + 1] in ("/", "-", "&")


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    """What shows that a text may hold an abbreviation: each of them, of joined ones the last part."""
    return frozenset(WORD_RE.findall(short)[-1] for short in long_forms())


@lru_cache(maxsize=2)
def _joined_re(typed: bool) -> re.Pattern[str]:
    forms = typed_forms() if typed else long_forms()
    joined = sorted((short for short in forms if not WORD_RE.fullmatch(short)), key=len, reverse=True)
    return re.compile(rf"(?<![\w/&-])(?:{'|'.join(map(re.escape, joined))})(?![\w/&-])")


# A number with its signs: 76/NQ-CP, 18 - NQ/TW, 66.22/2026/NQ-CP, 27/6/2025.
_KEY_RE = re.compile(r"(?<![\w/.-])0*(\d+[a-zđ]?(?:\.\d{1,3})?)((?: ?[/-] ?[^\W_][\w&.]*)+)")


def find_keys(text: str) -> Iterator[str]:
    """The numbers of a text (NFC) as whole tokens, and their short forms.

    >>> list(find_keys("theo 034/2016/NĐ-CP và 18-NQ/TW"))
    ['34/2016/nd-cp', '34/2016', '18/nq-tw', '18/nq']
    """
    for found in _KEY_RE.finditer(text):
        parts = [fold(part) for part in re.split(r" ?[/-] ?", found[2])[1:]]
        yield number_key_of(fold(found[1]), parts)
        if len(parts) > 1:
            yield number_key_of(fold(found[1]), parts[:1])


def number_key_of(figure: str, parts: list[str]) -> str:
    """One token for a number, whatever its signs: figure, year if it has one, the codes.

    >>> number_key_of("18", ["nq", "tw"]), number_key_of("34", ["2016", "nd", "cp"])
    ('18/nq-tw', '34/2016/nd-cp')
    """
    year, codes = ([parts[0]], parts[1:]) if parts and re.fullmatch(r"(?:19|20)\d\d", parts[0]) else ([], parts)
    return "/".join([figure, *year, *(["-".join(codes)] if codes else [])])
