"""The matching target in the document that a target rests on, and how the two levels compare."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from math import fsum, log

from graphs.checks.reading.rows import Same
from graphs.checks.report import Twin as CheckTwin
from graphs.checks.report import Twins
from ingest.analysis import Analysis, Begun, analyse, targets_of
from ingest.targets.same import content_words, likeness, spelled_words
from kb.errors import NotFound
from kb.models import Target
from kb.store.store import Store
from kb.text.normalize import nfc, unify_tones
from kb.vocabulary.abbreviations import long_forms
from kb.vocabulary.schemes import name_words
from webapp.library import Meant, works_meant

#: How alike two targets of one level must be to be taken for one, and two of different levels.
_TWIN, _OTHER_LEVEL = 0.55, 0.7
#: Words that open what a target measures and name no thing.
_NO_HEAD = frozenset(
    re.findall(r"\w+", "ty le muc do so luong cac tong giam tang co hoan thanh thuc hien ket qua")
)
#: What the same level adds to likeness, and the same kind of level: lists hold many targets of like words.
_LEVEL, _KIND, _YEAR = 0.08, 0.04, 0.06
#: What it takes off that a change is reckoned from another year.
_BASE = 0.3
#: The share of the words of two metrics that must be common before their levels are held against each other.
_SAME_METRIC = 0.75
#: The share of the words common without their marks that must be so with them; a scan misreads some.
_SPELLED = 0.8
#: The least words that two statements of one target share.
_FEWEST = 3
_BASE_RE = re.compile(r"so với (?:cuối |thời điểm )?(?:năm )?((?:19|20)\d\d)")
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
COMPARISONS = {
    "same": "cùng mức",
    "lower": "thấp hơn căn cứ",
    "higher": "cao hơn căn cứ",
    "other_deadline": "khác thời hạn",
    "unlike": "không so được mức: khác đơn vị, hoặc một bên không nêu mức",
}


@dataclass(frozen=True, slots=True)
class Twin:
    """The target of a basis document that says the same, and how the levels compare."""

    work: str
    target: Target
    analysis: Analysis
    compared: str


def find_twin(store: Store, work: str, target: Target) -> Twin | None:
    """The target of a held work that speaks most of the same thing; None where none is near enough."""
    try:
        analysis = analyse(store.load(work), store.citations(work), with_claims=False)
    except NotFound:
        return None
    found = nearest(analysis.targets, target)
    return Twin(work, found, analysis, compare(target, found)) if found else None


def nearest(targets: tuple[Target, ...], target: Target) -> Target | None:
    """The target of several that says what another says; None where none is near enough.

    What the targets of a list have in common ("thủ tục", "trực tuyến") tells little; what few of them say tells
    which. Two of different levels must be more alike than two of one.
    """
    words, weights = _words_of(Same(targets))
    wanted, most = _words(target), log(len(words) + 2)

    def weight(some: frozenset[str]) -> float:
        return fsum(weights.get(word, most) for word in some)

    best, found = 0.0, None
    for own, other in zip(words, targets, strict=True):
        common = wanted & own
        if len(common) < min(_FEWEST, len(wanted), len(own)) or not common:
            continue
        if not (_head(target) & own and _head(other) & wanted):
            continue  # "100% hệ thống báo cáo …", "100% cổng dịch vụ …": the rest may be alike
        if len(_marked(target) & _marked(other)) < _SPELLED * len(common):
            continue  # "toàn trình" is no "thanh toán": without their marks the words only look alike
        least = min(weight(wanted), weight(own))
        alike = (weight(common) / least + weight(common) / weight(wanted | own)) / 2
        same = (target.value, target.unit) == (other.value, other.unit)
        alike += (_LEVEL if same else 0.0) + (_KIND if target.comparator is other.comparator else 0.0)
        alike += _YEAR if _years(target) and _years(target) == _years(other) else 0.0
        alike -= _BASE if _base(target) and _base(other) and _base(target) != _base(other) else 0.0
        if alike > best and alike >= (_TWIN if same else _OTHER_LEVEL):
            best, found = alike, other
    return found


@lru_cache(maxsize=32)
def _words_of(targets: Same[tuple[Target, ...]]) -> tuple[list[frozenset[str]], dict[str, float]]:
    """The words of each of some targets, and what each word tells: the more, the fewer of them have it."""
    words = [_words(one) for one in targets.it]
    known = Counter(word for one in words for word in one)
    return words, {word: log(1 + (len(words) + 1) / many) for word, many in known.items()}


def _words(target: Target) -> frozenset[str]:
    """The words of what a target measures, with its scope; of one told in few words those of its sentence too."""
    words = spelled_words(f"{target.metric} {target.scope or ''}")
    return words if len(words) >= _FEWEST else words | spelled_words(target.text)


def _marked(target: Target) -> frozenset[str]:
    """The words of a target with their marks, abbreviations written out."""
    few = len(spelled_words(f"{target.metric} {target.scope or ''}")) < _FEWEST
    return _marked_words(f"{target.metric} {target.scope or ''} {target.text if few else ''}")


@lru_cache(maxsize=512)
def _marked_words(told: str) -> frozenset[str]:
    words = re.findall(r"\w+", unify_tones(nfc(told)))
    return frozenset(" ".join(long_forms().get(word, word) for word in words).lower().split())


def _head(target: Target) -> frozenset[str]:
    """The first two words of the thing that a target is about."""
    words = [word for word in name_words(target.metric).split() if word not in _NO_HEAD]
    return frozenset(words[:2])


def _base(target: Target) -> str | None:
    """The year that a change is reckoned from: ``giảm 10% so với năm 2021``."""
    found = _BASE_RE.search(target.text)
    return found[1] if found else None


def _years(target: Target) -> list[str]:
    """The last year of a deadline."""
    return _YEAR_RE.findall(target.period or "")[-1:]


def twins_of(store: Store, analysis: Analysis | Begun, works: Meant | None = None) -> Twins:
    """Finds the same target in the basis documents that a base holds; each of them is read once.

    `works` are the `works_meant`, where they are known already. A check speaks against a report only where the two
    surely measure one thing: of levels that differ, what is measured must be told in nearly the same words.
    """
    meant = works_meant(store, analysis) if works is None else works
    held = {document.id: document.number for document in store.list_among({work for work in meant if work})}

    @lru_cache(maxsize=32)
    def read(work: str) -> tuple[Target, ...]:
        return targets_of(store.load(work), store.citations(work))

    def twin(target: Target) -> CheckTwin | None:
        target = _due_by_now(analysis, target)
        for basis in target.bases:
            work = meant[basis.citation]
            found = nearest(read(work), target) if work in held else None
            if work is None or found is None:
                continue
            compared = compare(target, found)
            if compared == "other_deadline" and _is_step(target, found):
                continue  # a year's share of what the basis sets for a later one
            if compared == "same" or _one_thing(target, found):
                level = f"{found.value or ''}{found.unit or ''}"
                return CheckTwin(held[work] or work, found.text, level, compared)
        return None

    return twin


def _due_by_now(analysis: Analysis | Begun, target: Target) -> Target:
    """A target that is judged and tells no time itself was due when its paper was made."""
    issued = analysis.document.metadata.issued
    if issued is None or not target.verdict or _YEAR_RE.search(target.text):
        return target
    return replace(target, period=f"năm {issued.value[:4]}")


def _is_step(target: Target, basis: Target) -> bool:
    """Whether a target is due in an earlier year than that of its basis."""
    one, two = _years(target), _years(basis)
    return bool(one and two) and one[0] < two[0]


def _one_thing(target: Target, other: Target) -> bool:
    one, two = content_words(target.metric), content_words(other.metric)
    return min(len(one), len(two)) >= _FEWEST and likeness(one, two) >= _SAME_METRIC


def compare(target: Target, basis: Target) -> str:
    """How a target's level stands to that of its basis: a key of `COMPARISONS`.

    A level is compared only with one of the same unit; of two alike the years of the deadlines decide. What is due
    in an earlier year may be lower: it is a step towards the basis.
    """
    if target.unit != basis.unit or (target.value is None) != (basis.value is None):
        return "unlike"
    if _is_step(target, basis) and target.value != basis.value:
        return "other_deadline"
    if target.value is not None and basis.value is not None and Decimal(target.value) != Decimal(basis.value):
        return "lower" if Decimal(target.value) < Decimal(basis.value) else "higher"
    years = [_years(one) for one in (target, basis)]
    return "other_deadline" if all(years) and years[0] != years[1] else "same"
