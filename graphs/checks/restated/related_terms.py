"""The numbers of a paper that may be meant by what it says that two make, with the signs that tell which are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graphs.checks.reading.compared import Words
from graphs.checks.restated.called_near import BESIDE, ELSEWHERE, SENTENCE, counts, measured, reach
from graphs.checks.restated.called_values import Called, is_under
from graphs.checks.restated.related import Related
from graphs.checks.restated.related_names import Names, SaidWords

Signs = dict[str, float]
#: So many numbers are tried, and so many more that are named best.
_MOST, _NAMED, _LEAST_SAID = 20, 8, 0.2
_PAST_RE = re.compile(
    r"\b(?:năm (?:trước|ngoái)|cùng kỳ|kỳ trước|(?:tháng|quý|vụ|nhiệm kỳ|giai đoạn) trước|trước (?:đây|đó)"
    r"|đầu (?:năm|kỳ)|so với|kế hoạch)\b[^;,]*$",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WAYS = ("sentence", "paragraph", "beside", "elsewhere")
_MARKS = ("change", "mean", "from", "rest", "total", "compared", "part")
#: What words for a quantity are measured in.
_MEASURED = {"diện": "area", "tiền": "money", "vốn": "money", "kinh": "money", "sản": "weight"}
#: A number right before what is said, so near that nothing else is told between.
_CLOSE, _HEAD = 40, 60


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A number, its value in the least unit, how far it stands, which words of what is said name it, its signs."""

    one: Called
    value: float
    far: int
    mask: int
    signs: Signs
    first: Signs
    second: Signs
    #: It is a rate in the bracket of a change.
    changed: bool = False


def terms_of(said: Related, names: Names, words: SaidWords) -> list[Term]:
    """The numbers that stand near what is said or are named in it, those that are likeliest first."""
    rough: list[tuple[float, int, int, Called, Words]] = []
    block, at = said.where.block.view.start, said.where.block.span.start
    for one, name in zip(names.found, names.names, strict=True):
        start = one.node.told.span.start - at
        if one.node.cell is None and one.node.block == block and said.start <= start < said.end:
            continue
        far, mask = reach(said.where, said.low, said.high, one), words.mask(name)
        told = words.part(mask, words.all)
        counted = bool(said.by) and counts(one, said.by)
        if far < ELSEWHERE or told > _LEAST_SAID or counted:
            rough.append((2.0 * (ELSEWHERE - far) + 6 * told + 2 * counted, far, mask, one, name))
    rough.sort(key=lambda row: -row[0])
    kept, left = rough[:_MOST], rough[_MOST:]
    for role in (0, 1):
        left.sort(key=lambda row: -words.part(row[2], words.masks[role]))
        kept += [
            row for row in left[:_NAMED] if words.part(row[2], words.masks[role]) > _LEAST_SAID and row not in kept
        ]
    terms = [_term(said, names, words, row[1:]) for row in kept]
    _mark(said, terms)
    return [
        replace(one, first=_as("1", one.signs | one.first), second=_as("2", one.signs | one.second))
        for one in terms
    ]


def _as(role: str, signs: Signs) -> Signs:
    return {f"{role} {sign}": much for sign, much in signs.items() if much}


def _term(said: Related, names: Names, words: SaidWords, row: tuple[int, int, Called, Words]) -> Term:
    far, mask, one, name = row
    node, told = one.node, one.node.told
    signs: Signs = {_WAYS[far]: 1.0}
    if node.cell is None and node.block == said.where.block.view.start:
        start = told.span.start - said.where.block.span.start
        low, high = sorted((start, said.start))
        between = sum(low < said.where.start(it) < high for it in said.where.figures)
        side = "before" if start < said.start else "behind"
        place = f"in {'sentence' if far == SENTENCE else 'paragraph'} {side}"
        signs |= {place: 1.0, f"between, {side}": min(4.0, between) / 2}
        inside = said.bracket is not None and said.bracket[0] <= start < said.bracket[1]
        signs["in bracket"] = float(inside)
        if not between and far == SENTENCE and side == "before":
            gap = said.start - start - len(told.printed)
            signs["right before"] = 1.0
            signs["right before, close"] = float(gap < _CLOSE)
        if said.again or said.opens:
            signs[f"{place}, {'again' if said.again else 'opens'}"] = 1.0
    elif node.cell is None and far == BESIDE:
        signs["next before" if told.span.start < said.at else "next behind"] = 1.0
    elif node.cell is not None:
        signs |= {
            "is cell": 1.0,
            "is total row": float(node.cell[1].total),
            "under": float(is_under(said.where.block, node)),
        }
    signs |= {f"is {mark}": 1.0 for mark in _MARKS if mark in told.said.marks}
    signs["is aim"] = float(told.said.aim[0])
    signs["is rate"] = float(node.kind == "%")
    past = node.cell is None and bool(_PAST_RE.search(node.head.partition("|")[0][-_HEAD:]))
    signs["is past"] = float(past and not said.past)
    signs["is past, said"] = float(past and said.past)
    years = frozenset(_YEAR_RE.findall(node.head if node.cell is None else f"{node.head} {node.shown}"))
    if years and said.years:
        signs["year said"], signs["year other"] = float(bool(years & said.years)), float(not years & said.years)
    own = names.weight(name) or 1.0
    signs["name all"] = words.weight(mask) / own
    signs["said all"] = words.part(mask, words.all)
    roles: list[Signs] = []
    for role in (0, 1):
        of_name, of_said = words.weight(mask & words.masks[role]) / own, words.part(mask, words.masks[role])
        roles.append(
            {
                "name": of_name,
                "said": of_said,
                "said, far": of_said * (far >= BESIDE),
                "name x said": of_name * of_said,
                "none said, far": float(not of_said and far >= BESIDE),
                "noun said": float(bool(told.noun) and told.noun in said.nouns[role]),
                "asked for": float(bool(said.asked) and _is_asked(said.asked, one)),
                "not asked for": float(bool(said.asked) and not _is_asked(said.asked, one)),
            }
        )
    return Term(one, float(measured(one)[1]), far, mask, signs, roles[0], roles[1], id(one) in names.changed)


def _is_asked(asked: str, one: Called) -> bool:
    """Whether a number counts or measures what is asked for."""
    kind = measured(one)[0] or one.node.kind
    if asked in _MEASURED:
        return kind == _MEASURED[asked]
    if kind:
        return False
    return one.node.told.noun == asked or (one.node.cell is not None and counts(one, asked))


def _mark(said: Related, terms: Sequence[Term]) -> None:
    """Marks of each noun and kind the number nearest before what is said, and the largest near it."""
    seen: set[tuple[str, str]] = set()
    before = [one for one in terms if one.one.node.cell is None and one.one.node.told.span.start < said.at]
    for term in sorted(before, key=lambda one: -one.one.node.told.span.start):
        key = (term.one.node.kind, term.one.node.told.noun)
        if key not in seen:
            seen.add(key)
            term.signs["nearest"] = 1.0
    largest: dict[tuple[str, str], Term] = {}
    for term in terms:
        if term.far <= BESIDE:
            key = (term.one.node.kind, term.one.node.told.noun)
            if key not in largest or largest[key].value < term.value:
                largest[key] = term
    for term in largest.values():
        term.signs["largest"] = 1.0
        term.signs["largest, all said"] = float(said.of_all)
