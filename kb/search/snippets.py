"""The part of a text that shows why it was found, with the places of the words that were asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from kb.search.analysis import find_pieces, holds_short_forms, spoken_words
from kb.text.words import JOINT, WORD_RE, fold_words, pairs_of

#: A number of so many digits, a year, says something alone.
_TELLING = 3
#: Letters of a snippet, about two lines and a half.
_LENGTH = 260


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text as printed, and the ranges in it to mark."""

    text: str
    marks: tuple[tuple[int, int], ...]


def make_snippet(
    text: str,
    words: Collection[str],
    pairs: Collection[str],
    own: Mapping[str, str],
    length: int = _LENGTH,
    read: Sequence[str] = (),
) -> Snippet:
    """The best window of a text (NFC) for some folded words; its beginning when none of them stands in it.

    Where words asked for stand side by side, only those and numbers are marked: ``của`` alone says nothing. `read`
    are the folded words of the text where they are known.

    >>> make_snippet("Hài lòng: 2023: 85%; 2024: 87%", {"hai", "long", "2024"}, {"hai_long"}, {}).marks
    ((0, 8), (21, 25))
    >>> make_snippet("Đẩy mạnh CCHC tại tỉnh", {"cai", "cach"}, {"cai_cach"}, {})
    Snippet(text='Đẩy mạnh CCHC tại tỉnh', marks=((9, 13),))
    """
    places = _places(text, words, pairs, own, read)
    start, end = _window(text, places, length)
    shown = text[start:end]
    lead = "… " if start > 0 else ""
    tail = " …" if end < len(text) else ""
    marks = _joined(
        [(a - start + len(lead), b - start + len(lead)) for a, b, _ in places if start <= a and b <= end],
        lead + shown,
    )
    return Snippet(lead + shown + tail, marks)


def _places(
    text: str, words: Collection[str], pairs: Collection[str], own: Mapping[str, str], known: Sequence[str]
) -> list[tuple[int, int, int]]:
    """Ranges that were asked for, and what each is worth."""
    single: list[tuple[int, int, int]] = []
    paired: list[tuple[int, int, int]] = []
    numbers: list[tuple[int, int, int]] = []
    read, spans = _folded(text, own, known)
    asked = [at for at, folded in enumerate(read) if folded in words or (" " in folded and _any_of(folded, words))]
    for at in asked:
        folded, (start, end) = read[at].split(" "), spans(at)
        single.append((start, end, 1))
        if at and read[at - 1].rpartition(" ")[2] + JOINT + folded[0] in pairs:
            before = spans(at - 1)
            if not paired or paired[-1][:2] != before:
                paired.append((*before, 3))
            paired.append((start, end, 3))
        elif len(folded) > 1 and any(map(pairs.__contains__, pairs_of(folded))):
            paired.append((start, end, 3))
        elif folded[0].isdigit() and len(folded[0]) >= _TELLING:
            numbers.append((start, end, 1))
    return sorted({*paired, *numbers}) if paired else single


def _any_of(folded: str, words: Collection[str]) -> bool:
    """Whether an abbreviation begins or ends with a word."""
    return folded.partition(" ")[0] in words or folded.rpartition(" ")[2] in words


def _folded(
    text: str, own: Mapping[str, str], known: Sequence[str]
) -> tuple[Sequence[str], Callable[[int], tuple[int, int]]]:
    """The words of a text, abbreviations as the words they stand for, and what gives the place of each."""
    spans = [word.span() for word in WORD_RE.finditer(text)]
    if len(spans) == len(known):  # each was read as itself
        return known, spans.__getitem__
    printed = [text[start:end] for start, end in spans]
    folded = fold_words(printed)
    if holds_short_forms(printed, own):
        spoken = spoken_words(text, spans, own)
        if spoken is None:
            pieces = list(find_pieces(text, own))
            read = [" ".join(fold_words(piece.printed)) for piece in pieces]
            return read, lambda at: (pieces[at].start, pieces[at].end)
        for at, words in spoken.items():
            folded[at] = " ".join(fold_words(words))
    return folded, spans.__getitem__


def _window(text: str, places: list[tuple[int, int, int]], length: int) -> tuple[int, int]:
    if len(text) <= length + 20:
        return 0, len(text)
    best, best_at = -1, 0
    for index, (start, _, _) in enumerate(places):
        worth = 0
        for a, b, value in places[index:]:
            if b > start + length * 0.8:
                break
            worth += value if text[a:b] else 0
        if worth > best:
            best, best_at = worth, start
    start = max(best_at - length // 6, 0)
    end = min(start + length, len(text))
    start = max(end - length, 0) if end == len(text) else start
    if start:
        gap = text.find(" ", start, start + 30)
        start = gap + 1 if gap >= 0 else start
    if end < len(text):
        gap = text.rfind(" ", end - 30, end)
        end = gap if gap > start else end
    return start, end


def _joined(marks: list[tuple[int, int]], shown: str) -> tuple[tuple[int, int], ...]:
    """Marks side by side become one."""
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and re.fullmatch(r"\s*", shown[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
