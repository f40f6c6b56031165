"""The words in which two passages differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.text.normalize import nfc, unify_tones

_WORD_RE = re.compile(r"(?:\w+|[^\w\s])\s*")
#: Below this the passages share so little that marking single words would only confuse.
_SHARED = 0.25
#: Words beyond which the comparison leaves the most frequent ones out of its search, to stay quick.
_LONG = 1500


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `mark` says that the other passage does not have it."""

    text: str
    mark: bool = False


def compare_words(left: str, right: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts in runs, marked where they differ; spaces, line breaks and places of tone marks do not count.

    >>> ours, theirs = compare_words("nộp trong 10 ngày", "nộp trong 15 ngày")
    >>> [run.text for run in ours if run.mark], [run.text for run in theirs if run.mark]
    (['10'], ['15'])
    """
    head, left, right = _same_lines(nfc(left), nfc(right))
    ours = [Run(head)] if head else []
    theirs = ours[:]
    one, other = _WORD_RE.findall(left), _WORD_RE.findall(right)
    keys = [[unify_tones(word.strip()) for word in words] for words in (one, other)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=max(len(one), len(other)) > _LONG)
    if matcher.ratio() < _SHARED:
        return (*ours, Run(left, mark=True)), (*theirs, Run(right, mark=True))
    for equal, (i, k), (j, m) in _steps(matcher.get_opcodes(), keys[0]):
        for runs, words in ((ours, one[i:k]), (theirs, other[j:m])):
            text = "".join(words)
            bare = text.rstrip()
            runs += [Run(bare, mark=not equal)] if bare else []
            # A space is no difference, and a line through it looks like one.
            runs += [Run(text[len(bare) :])] if len(bare) < len(text) else []
    return tuple(ours), tuple(theirs)


def _same_lines(left: str, right: str) -> tuple[str, str, str]:
    """The first lines, where they are the same, and what is left of both texts: a heading stays one."""
    count = 0
    ours, theirs = left.splitlines(keepends=True), right.splitlines(keepends=True)
    while count < min(len(ours), len(theirs)) - 1 and ours[count] == theirs[count]:
        count += 1
    return "".join(ours[:count]), "".join(ours[count:]), "".join(theirs[count:])


Step = tuple[bool, tuple[int, int], tuple[int, int]]


def _steps(opcodes: Sequence[tuple[str, int, int, int, int]], words: Sequence[str]) -> Iterator[Step]:
    """Equal and unequal stretches; a lone sign between two changes belongs to them."""
    joined: list[Step] = []
    for at, (tag, i, k, j, m) in enumerate(opcodes):
        inside = 0 < at < len(opcodes) - 1
        lone = tag == "equal" and inside and k - i == 1 and not words[i][0].isalnum()
        equal = tag == "equal" and not lone
        if joined and joined[-1][0] == equal:
            _, (first, _), (second, _) = joined.pop()
            joined.append((equal, (first, k), (second, m)))
        else:
            joined.append((equal, (i, k), (j, m)))
    yield from joined
