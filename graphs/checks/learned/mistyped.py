"""How surely a number is another one mistyped: what gives the other one, what gives it, weighed.

What each sign is worth (`data/mistyped.csv`) is learned from papers without a fault: in these no number is
mistyped, and each of them, mistyped by chance, is (`tools/fit_mistyped.py`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log

from graphs.checks.learned.bearings import Given, Says
from graphs.checks.learned.by_chance import Hit, Seen, best_of
from graphs.checks.learned.given import is_of_two
from graphs.checks.learned.in_lines import NEXT, PARAGRAPH, SENTENCE, Lines, Number, far, lines_of
from graphs.checks.learned.rivals import Rivals
from graphs.checks.learned.twice import rivals_of
from graphs.checks.reading.placed import placed
from graphs.checks.report import Subject

Signs = dict[str, float]
_UNLIKE, _LIKE, _ALIKE, _SELDOM = -7.0, 3.0, 4.0, 5.5
_LEAST, _MOST, _SURE, _FULL, _HIGH = -2.0, 8.0, 2.5, 85.0, 1.0
#: So much more: of papers of new hands it was of those that false ones came.
_FAR_OFF = 1.2
#: What a rate leaves out of its numbers.
_WITHOUT_RE = re.compile(r"\b(?:sau khi (?:trừ|loại)|(?:không|chưa) (?:kể|tính)|loại trừ)\b", re.IGNORECASE)
_BEHIND = 60
#: A time before, right before a bracket with what was then; what only adds up counts of one time.
_BEFORE_RE = re.compile(r"\b(?:năm (?:(?:19|20)\d\d|trước|ngoái)|cùng kỳ(?: năm (?:trước|(?:19|20)\d\d))?)\s*$")
_ADDED = (Says.PLUS, Says.LESS, Says.RUN)
#: Words before a number that say how it is worked out.
_CUES = {
    "total": frozenset(("tổng", "cộng", "toàn", "gồm")),
    "rate": frozenset(("đạt", "chiếm", "bằng", "lệ", "tức")),
    "rest": frozenset(("còn", "lại", "chưa")),
    "change": frozenset(("tăng", "giảm", "hơn", "vượt", "hụt", "thêm")),
    "mean": frozenset(("quân", "mỗi", "một")),
}


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A number, the other one that it should be, how sure that is, and what gives the other one."""

    one: Number
    whole: int
    sure: float
    hits: tuple[Hit, ...]


class Read:
    """The numbers of a paper with what gives each."""

    def __init__(self, lines: Lines, rivals: Rivals) -> None:
        self.lines, self.rivals = lines, rivals
        self._seen: dict[Number, Seen] = {}
        self._giving: dict[Number, set[frozenset[int]]] = {}
        self.text = [one for one in lines.found if one.place]

    def seen(self, one: Number) -> Seen:
        """What gives a number."""
        if one not in self._seen:
            self._seen[one] = Seen(self.lines, one)
        return self._seen[one]

    def others(self, seen: Seen) -> Iterator[tuple[int, dict[Says, Hit]]]:
        """What a number may be instead, with what gives that and nothing else near."""
        for whole in seen.given:
            if whole != seen.one.whole and _has_reason(seen, whole):
                fit = (
                    hit
                    for hit in seen.hits(whole)
                    if not (self._is_spent(seen.one, hit) or _is_of_now(seen.one, hit))
                )
                left = best_of(fit)
                if any(hit.strength > _least(how) for how, hit in left.items()):
                    yield whole, left

    def _is_spent(self, one: Number, hit: Hit) -> bool:
        """Whether what gives a number gives another one beside it."""
        if hit.given.how is Says.TOLD:
            return False
        terms = _key(hit.given)
        return any(other is not one and terms in self._given_by(other) for other in self.lines.in_block[one.block])

    def _given_by(self, one: Number) -> set[frozenset[int]]:
        """The numbers that together make one."""
        if one not in self._giving:
            given = self.seen(one).given.get(one.whole, ())
            self._giving[one] = {_key(it) for it in given if it.how is not Says.TOLD}
        return self._giving[one]

    def signs(self, seen: Seen) -> Iterator[tuple[int, dict[Says, Hit], Signs]]:
        """What tells whether a number is another one mistyped, for each other one."""
        found = list(self.others(seen))
        own = _of_own(seen) | self._told_as(seen.one) if found else {}
        worth = {whole: _worth(hits) for whole, hits in found}
        for whole, hits in found:
            margin = worth[whole] - max((much for other, much in worth.items() if other != whole), default=0.0)
            signs = _of_slip(seen, whole) | own | _of_hits(hits)
            signs |= self._of_told(seen.one, whole, hits) | self._of_relation(seen.one, whole, hits)
            signs |= {"margin": max(-4.0, min(6.0, margin)), "behind": margin < 0, "crowd": log(len(found))}
            yield whole, hits, {sign: float(much) for sign, much in signs.items() if much}

    def _told_as(self, one: Number) -> Signs:
        """How the number itself is told elsewhere."""
        equal = [other for other in self.lines.by_value[one.key] if other is not one]
        if not equal:
            return {}
        likely = max(self._likely(one, other) for other in equal)
        return {"own again": 1, "own again, many": log(len(equal)), "own likely": max(0.0, likely + _ALIKE)}

    def _likely(self, one: Number, other: Number) -> float:
        at, rest = one.telling, other.telling
        if at is None or rest is None or not self.rivals.like.apart(at, rest):
            return _UNLIKE
        return max(_UNLIKE, min(_LIKE, self.rivals.likely(at, rest)))

    def _of_told(self, one: Number, whole: int, hits: dict[Says, Hit]) -> Signs:
        """How the other number is told elsewhere."""
        equal = [it for it in self.lines.by_value[one.sort, round(whole * one.step, 6)] if it is not one]
        if not equal:
            return {}
        likely = max(self._likely(one, other) for other in equal)
        told, apart = hits.get(Says.TOLD), abs(whole - one.whole) * one.step
        beside = {round(it.value, 6) for away, it in self.lines.near(one) if away <= PARAGRAPH}
        nearest = min(far(one, other) for other in equal)
        return {
            "again": 1,
            "likely": likely,
            "likely>-2": max(0.0, likely + 2),
            "likely>-4": max(0.0, likely + _ALIKE),
            "likely x told": max(0.0, likely + _ALIKE) * max(0.0, told.strength if told else 0.0),
            "again, many": log(len(equal)),
            "again, unit": any(other.unit == one.unit != "" for other in equal),
            "again, table": any(other.cell for other in equal),
            "again, apart": round(apart, 6) in beside,
            "again, together": round((whole + one.whole) * one.step, 6) in beside,
            "again, sentence": nearest == SENTENCE,
            "again, paragraph": nearest == PARAGRAPH,
            "again, next": nearest == NEXT,
            "again and given": min(6.0, sum(max(0.0, hit.strength) for hit in hits.values() if hit is not told)),
        }

    def _of_relation(self, one: Number, whole: int, hits: dict[Says, Hit]) -> Signs:
        """How the other numbers stand that give it most surely."""
        relations = [hit for how, hit in hits.items() if how is not Says.TOLD]
        if not relations:
            return {}
        best = max(relations, key=lambda hit: hit.strength)
        terms, how = best.given.terms, best.given.how
        signs: Signs = {f"farthest={best.given.far}": 1}
        signs |= {f"{name}, {how}": 1 for name in _cues(one)}
        order = sorted(number.at for number in (one, *terms))
        if not any(term.cell for term in terms):
            between = order[-1] - order[0] - len(terms)
            signs |= {"between": log(1 + max(0, between)), "side by side": between <= 0}
            signs |= {f"side by side, {how}": between <= 0}
        else:
            signs["of a cell"] = 1
        nouns = {term.noun for term in terms if term.sort == ""}
        if one.sort == "" and one.noun:
            signs |= {"nouns same": nouns == {one.noun}, "nouns other": one.noun not in nouns}
            mixed = len(nouns | {one.noun}) > len(terms)
            signs |= {"nouns mixed": mixed, f"nouns mixed, {how}": mixed}
        signs["many"] = min(4, max(0, len(terms) - 2))
        signs["bound term"] = any(term.is_bound for term in terms)
        signs["terms held"] = sum(self._is_held(term, one) for term in terms) / len(terms)
        first = one.at < min(term.at for term in terms)
        signs |= {"first": first, f"first, {how}": first}
        rates = [term for term in terms if term.sort == "%" != one.sort]
        signs["rate held"] = any(self._is_held(rate, one) for rate in rates)
        return signs

    def _is_held(self, term: Number, one: Number) -> bool:
        """Whether something else than a number gives a term of it."""
        return any(hit.strength > _SURE and one not in hit.given.terms for hit in self.seen(term).own)


def _is_of_now(one: Number, hit: Hit) -> bool:
    """Whether counts of now, without a change, are to add up to a number in a bracket behind a time before.

    ``Đăng 418 tin trên báo, 611 tin trên trang; gấp đôi năm 2022 (520 tin)``.
    """
    place = one.place
    opens = place.where.text.rfind("(", place.low, place.start) if place and place.depth else -1
    if place is None or opens < 0 or hit.given.how not in _ADDED:
        return False
    if not _BEFORE_RE.search(place.where.text, place.low, opens):
        return False
    closes = place.where.text.find(")", place.end)
    told = [term for term in hit.given.terms if term.place and term.place.where is place.where]
    inside = any(opens < term.place.start < closes for term in told if term.place)
    changed = any(not _CUES["change"].isdisjoint(term.before[-5:]) for term in told)
    return len(told) == len(hit.given.terms) and not inside and not changed


def _has_reason(seen: Seen, whole: int) -> bool:
    """Whether something gives another number so that chance seldom would."""
    most = seen.strength_at_most(whole)
    ways = {(it.how, it.far) for it in seen.given[whole]}
    return any(most > _least(how) and seen.strength(how, far, whole) > _least(how) for how, far in ways)


def _least(how: Says) -> float:
    """How seldom chance has to give so; many numbers are told again."""
    return _SELDOM if how is Says.TOLD else _HIGH


def _key(given: Given) -> frozenset[int]:
    return frozenset(term.at for term in given.terms)


def _worth(hits: dict[Says, Hit]) -> float:
    return sum(max(0.0, min(6.0, hit.strength)) for hit in hits.values())


def _cues(one: Number) -> Iterator[str]:
    for name, words in _CUES.items():
        if not words.isdisjoint(one.before[-5:]):
            yield name


def _of_slip(seen: Seen, whole: int) -> Signs:
    """What kind of number it is, what the slip would be."""
    one = seen.one
    return {
        "1": 1,
        seen.slips[whole]: 1,
        f"digits={min(5, one.digits)}": 1,
        f"long={min(4, len(str(whole).rstrip('0')))}": 1,
        "round": one.long < one.digits - 1,
        "apart": min(2.0, abs(log(whole / one.whole))),
        "bound": one.is_bound,
        "rate": one.sort == "%",
        "high rate": one.sort == "%" and one.value >= _FULL,
        "time": one.sort == "time",
        "no unit": not one.unit,
        "ratio": bool(one.place and one.place.figure.of),
    } | {f"word {name}": 1 for name in _cues(one)}


def _of_hits(hits: dict[Says, Hit]) -> Signs:
    signs: Signs = {}
    for how, hit in hits.items():
        strength = max(_LEAST, min(_MOST, hit.strength))
        signs |= {f"{how}, far={hit.given.far}": 1, str(how): strength, f"{how}>2": max(0.0, strength - 2)}
    strengths = [hit.strength for hit in hits.values()]
    return signs | {"all": _worth(hits), "several": sum(one > 1 / 2 for one in strengths) > 1}


def _of_own(seen: Seen) -> Signs:
    """What gives the number as it is."""
    signs: Signs = {"own": 0.0}
    own = seen.own
    for how, hit in best_of(own).items():
        strength = max(0.0, min(_MOST, hit.strength))
        name = "own told" if how is Says.TOLD else f"own far={hit.given.far}"
        signs[name] = max(signs.get(name, 0.0), strength)
        if how is not Says.TOLD:
            signs["own"] = min(10.0, signs["own"] + strength)
    return signs | {"own>2": signs["own"] > 2, "own>4": signs["own"] > 4, "own none": not own}


def may_be_mistyped(one: Number) -> bool:
    """Whether a number can be known as mistyped: of the text, of two digits or more, no name."""
    return one.place is not None and not one.is_name and one.digits > 1


def _is_of_more(one: Number) -> bool:
    """Whether a rate is of two numbers beside it, or of what is left without some: ``58,8%, sau khi trừ 5``."""
    place = one.place
    if place is None:
        return False
    high = min(place.high, place.end + _BEHIND)
    if _WITHOUT_RE.search(place.where.text, place.low, place.start) or _WITHOUT_RE.search(
        place.where.text, place.end, high
    ):
        return True
    return is_of_two(place, placed(place.where))


@lru_cache(maxsize=1)
def worth() -> dict[str, float]:
    """What each sign is worth, in natural logarithms of odds."""
    table = files("graphs.checks.learned").joinpath("data/mistyped.csv").read_text(encoding="utf-8")
    return {row[0]: float(row[1]) for row in csv.reader(table.splitlines()[1:])}


def read_numbers(subject: Subject) -> Read:
    """The numbers of a paper with what gives each."""
    rivals = rivals_of(subject)
    return Read(lines_of(subject, rivals.like.read), rivals)


def _more(hits: dict[Says, Hit]) -> float:
    """How much surer a number has to be that only numbers of other paragraphs give, and that is told nowhere."""
    relations = [hit for how, hit in hits.items() if how is not Says.TOLD]
    far_off = bool(relations) and max(relations, key=lambda hit: hit.strength).given.far > PARAGRAPH
    return _FAR_OFF if far_off and Says.TOLD not in hits else 0.0


def mistyped(subject: Subject, least: float) -> Sequence[Mistyped]:
    """The numbers of a paper that are others mistyped, as surely as that, the surest first."""
    read, table = read_numbers(subject), worth()
    found = [
        Mistyped(one, whole, sure, tuple(hits.values()))
        for one in read.text
        if may_be_mistyped(one)
        for whole, hits, signs in read.signs(read.seen(one))
        if (sure := sum(table.get(sign, 0.0) * much for sign, much in signs.items())) > least + _more(hits)
        and not (one.sort == "%" and _is_of_more(one))
    ]
    return sorted(found, key=lambda it: -it.sure)
