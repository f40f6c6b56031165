"""Sentences that are Vietnamese, as what is kept and compared, and can also be read in English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


class Bilingual(str):
    """A Vietnamese sentence with its English beside it: a plain string to whoever asks for no other language."""

    __slots__ = ("en",)
    en: str

    def __new__(cls, vi: str, en: str) -> Bilingual:
        """The sentence in both languages, as they stand."""
        made = super().__new__(cls, vi)
        made.en = en
        return made

    def __reduce__(self) -> tuple[type[Bilingual], tuple[str, str]]:
        return Bilingual, (str(self), self.en)


def both(vi: str, en: str, **values: object) -> Bilingual:
    """A sentence in both languages, filled with the same named values; values in two languages keep theirs.

    >>> why = both("quy tắc {rule} được tắt", "rule {rule} is muted", rule="FIG-101")
    >>> why, why.en
    ('quy tắc FIG-101 được tắt', 'rule FIG-101 is muted')
    """
    return Bilingual(vi.format(**values), en.format(**{name: english(value) for name, value in values.items()}))


def english(value: object) -> object:
    """The English of what has one; anything else as it is."""
    return value.en if isinstance(value, Bilingual) else value


def joined(parts: Iterable[str], sign: str = "; ", en: str = "") -> Bilingual:
    """Sentences one after the other, between them a sign, in English another where one is given.

    >>> joined([both("có", "yes"), "34/2016"]).en
    'yes; 34/2016'
    """
    kept = tuple(parts)
    return Bilingual(sign.join(kept), (en or sign).join(str(english(part)) for part in kept))


def recalled(kept: str, made: Iterable[Bilingual]) -> str:
    """A sentence that was kept as text, with its English again; as it is where none of `made` is its pattern.

    Patterns are sentences in which the names of values stand for values, as `both` is given them.

    >>> recalled("số rút gọn, 3 văn bản có thể", [Bilingual("số rút gọn, {n} văn bản có thể", "{n} documents")]).en
    '3 documents'
    """
    for pattern in made:
        found = _pattern(str(pattern)).fullmatch(kept)
        if found:
            return both(str(pattern), pattern.en, **found.groupdict())
    return kept


@lru_cache(maxsize=256)
def _pattern(template: str) -> re.Pattern[str]:
    """What a sentence made from a template looks like."""
    pieces = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{piece}>.+?)" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)), re.DOTALL
    )
