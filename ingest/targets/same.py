"""The same target at several places: the same level, and nearly the same words."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.models import Target
from kb.text.normalize import fold
from kb.vocabulary.abbreviations import abbreviate
from kb.vocabulary.schemes import name_words

_STOP = frozenset(
    re.findall(
        r"\w+",
        "va cua cac duoc trong cho theo ve la co tai voi den tu thi mot nhung so do khi de dat toi thieu",
    )
)
_ENOUGH = 0.6
#: Fewer words than this name a thing too loosely ("thủ tục hành chính"): the whole sentence is compared.
_TELLING = 5


def link_same(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """The targets with the ids of their like; none is dropped."""
    words = [_words(target) for target in targets]
    linked = []
    for at, target in enumerate(targets):
        same = tuple(
            other.id
            for place, other in enumerate(targets)
            if place != at and _same_level(target, other) and likeness(words[at], words[place]) >= _ENOUGH
        )
        linked.append(replace(target, same_as=same) if same else target)
    return tuple(linked)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Common words as a share of all, 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _same_level(one: Target, other: Target) -> bool:
    return one.value == other.value and one.unit == other.unit


def _words(target: Target) -> frozenset[str]:
    words = content_words(target.metric) if target.value else frozenset()
    return words if len(words) >= _TELLING else content_words(target.text)


def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry it, folded, abbreviations for what they stand for."""
    return frozenset(re.findall(r"[a-z0-9]+", fold(abbreviate(text)))) - _STOP


def spelled_words(text: str) -> frozenset[str]:
    """The words of a text that carry it, folded, abbreviations written out.

    >>> sorted(spelled_words("mục tiêu CCHC"))
    ['cach', 'cai', 'chinh', 'hanh', 'muc', 'tieu']
    """
    return frozenset(name_words(text).split()) - _STOP
