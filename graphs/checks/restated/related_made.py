"""What two numbers of a paper make that may be what it says: a quotient, a part, what is left, a mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import digits_of
from graphs.checks.restated.called_near import ELSEWHERE, counts, is_of_unit, measured
from graphs.checks.restated.called_values import Called
from graphs.checks.restated.related import EACH, PART, TIMES, Related
from graphs.checks.restated.related_names import Names, SaidWords
from graphs.checks.restated.related_terms import Signs, Term, terms_of
from kb.models import Span

#: What signs are worth together.
Score = Callable[[Signs], float]
_REST_RE = re.compile(r"\b(?:chưa|không|còn|thiếu|trống)\b", re.IGNORECASE)
_PEOPLE = frozenset(
    re.findall(
        r"\w+",
        "người lượt học đại hội cán em đoàn thí khách cháu nông viên sinh công nhân khẩu lao đối bệnh",
    )
)
#: Two numbers are hopeless whose own signs are worth so much less than those of the best two.
_HOPELESS = 9.0
_TIMES = frozenset(("ngày", "tuần", "tháng", "quý", "năm"))
#: So many digits alike are no chance.
_LONG = 3
#: Multiples and shares of numbers that nobody tells.
_LEAST_TIMES, _MOST_TIMES, _LEAST_PART, _MOST_PART, _REST = 0.9, 50, 0.02, 1.1, 40


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What one or two numbers make, how that is told, and what tells that they are meant."""

    exact: float
    terms: tuple[Called, ...]
    told: str
    signs: tuple[Signs, ...]
    score: float = 0.0

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the numbers stand."""
        return tuple(one.node.told.span for one in self.terms)


def made(said: Related, names: Names, score: Score | None = None) -> tuple[list[Made], Signs]:
    """What the likeliest numbers make that may be what is said; and the signs that none of them is meant.

    Where signs are scored, two numbers are left out whose own signs are far worse than those of the best two.
    """
    words = SaidWords(said, names)
    terms = terms_of(said, names, words)
    pairs = _means(said, words, terms, score) if said.kind == EACH else _pairs(said, words, terms, score)
    found = list(pairs)
    if said.kind == PART:
        found += _told(said, words, terms, score)
    none = {
        "none": 1.0,
        "none, unknown": min(4, words.unknown) / 2,
        "none, says": min(12.0, words.weight(words.all)) / 6,
    }
    if said.opens:
        none["none, opens"] = 1.0
    return found, {sign: much for sign, much in none.items() if much}


def _alike(one: Called, other: Called) -> str:
    """How surely two numbers may be of one thing; empty where they are not."""
    left, right = one.node, other.node
    if left.kind != right.kind or measured(one)[0] != measured(other)[0]:
        return ""
    if left.kind or measured(one)[0]:
        return "kind"
    nouns = (left.told.noun, right.told.noun)
    if nouns[0] and nouns[0] == nouns[1]:
        return "noun"
    if left.cell and right.cell:
        return "table" if left.cell[0] is right.cell[0] else "other"
    if not all(nouns):
        return "bare"
    return "people" if set(nouns) <= _PEOPLE else "other"


def _joint(words: SaidWords, first: Term, second: Term, form: str, alike: str) -> Signs:
    left, right = first.one.node, second.one.node
    together = first.mask | second.mask
    signs: Signs = {
        f"form {form}": 1.0,
        "together": words.part(together, words.all),
        "uncovered": min(9.0, words.weight(words.all & ~together)) / 3,
        "apart": words.part(first.mask, words.masks[0]) * words.part(second.mask, words.masks[1]),
    }
    if alike:
        signs[f"alike {alike}"] = 1.0
    if left.cell and right.cell:
        one_table = left.cell[0] is right.cell[0]
        in_row, in_column = left.cell[1].at == right.cell[1].at, left.cell[2] == right.cell[2]
        kind = ("one row" if in_row else "one column" if in_column else "one table") if one_table else "two tables"
        signs[kind] = 1.0
    elif left.cell or right.cell:
        signs["cell and text"] = 1.0
    elif left.row == right.row:
        signs |= {"one sentence": 1.0, "side by side": float(abs(left.column - right.column) == 1)}
    else:
        signs["one paragraph" if left.block == right.block else "two paragraphs"] = 1.0
    signs["order"] = float(left.told.span.start < right.told.span.start)
    pasts = [
        any(sign in one.signs and one.signs[sign] for sign in ("is past", "is past, said"))
        for one in (first, second)
    ]
    signs |= {"now and past": float(pasts == [False, True]), "past and now": float(pasts == [True, False])}
    return {sign: much for sign, much in signs.items() if much}


def _near_enough(first: Term, second: Term) -> bool:
    if first.far < ELSEWHERE or second.far < ELSEWHERE:
        return True
    left, right = first.one.node, second.one.node
    if left.cell and right.cell:
        in_line = left.cell[1].at == right.cell[1].at or left.cell[2] == right.cell[2]
        return left.cell[0] is right.cell[0] and in_line
    return left.block == right.block and not (left.cell or right.cell)


def _pairs(said: Related, words: SaidWords, terms: Sequence[Term], score: Score | None) -> Iterator[Made]:
    usable = [one for one in terms if said.kind == TIMES or one.one.node.kind != "%"]
    for first, second, own in _likely_two(usable, usable, score):
        one, other = first.one, second.one
        if not (alike := _alike(one, other)):
            continue
        for form, exact, worked in _forms(said, first, second):
            joint = _joint(words, first, second, form, alike)
            if form == "1-a/b":
                joint["rest said" if _of_rest(said) else "rest not said"] = 1.0
            much = own + score(joint) if score else 0.0
            yield Made(exact, (one, other), worked, (first.first, second.second, joint), much)


def _likely_two(
    firsts: Sequence[Term], seconds: Sequence[Term], score: Score | None
) -> Iterator[tuple[Term, Term, float]]:
    """Two numbers that may go together, with what the signs of each are worth, without the hopeless ones."""
    of_first = [score(one.first) if score else 0.0 for one in firsts]
    of_second = [score(one.second) if score else 0.0 for one in seconds]
    least = max(of_first, default=0.0) + max(of_second, default=0.0) - _HOPELESS
    for first, much in zip(firsts, of_first, strict=True):
        for second, more in zip(seconds, of_second, strict=True):
            if first.one is second.one or _is_one_number(first.one, second.one):
                continue
            if much + more > least and _near_enough(first, second):
                yield first, second, much + more


def _is_one_number(one: Called, other: Called) -> bool:
    """Whether a number is told twice, in a table in another unit: it makes nothing with itself."""
    digits = {digits_of(Decimal(told.node.told.value)) for told in (one, other)}
    return len(digits) == 1 and len(digits.pop()) >= _LONG


def _forms(said: Related, first: Term, second: Term) -> Iterator[tuple[str, float, str]]:
    """What two numbers may make, how, and told so."""
    ratio, a, b = first.value / second.value, first.one.node.told.told, second.one.node.told.told
    told = second.one.node.told
    if said.kind == PART and told.of and Decimal(told.of) and Decimal(told.value):
        ratio *= float(Decimal(told.value) / Decimal(told.of))  # the whole of "322/424 hồ sơ" is its second number
    if said.kind == TIMES:
        if _LEAST_TIMES < ratio < _MOST_TIMES or (said.value < 1 and _LEAST_PART < ratio < _MOST_PART):
            yield "a/b", ratio, f"{a} / {b}"
    elif ratio < 1:
        yield "a/b", 100 * ratio, f"{a} / {b}"
        yield "1-a/b", 100 * (1 - ratio), f"({b} - {a}) / {b}"


def _of_rest(said: Related) -> bool:
    return said.denies or bool(_REST_RE.search(said.first[-_REST:]))


def _told(said: Related, words: SaidWords, terms: Sequence[Term], score: Score | None) -> Iterator[Made]:
    """A share that is told, as a rate or as so many of so many; or what it leaves."""
    for term in terms:
        told = term.one.node.told
        forms: list[tuple[str, float, str]] = []
        if term.one.node.kind == "%":
            if 0 < term.value < 100:
                forms = [("r", term.value, told.told), ("1-r", 100 - term.value, f"100% - {told.told}")]
        elif told.of and Decimal(told.of) and not told.kind:
            share = 100 * float(Decimal(told.value) / Decimal(told.of))
            if 0 < share < 100:
                forms = [("of", share, told.told), ("1-of", 100 - share, f"100% - {told.told}")]
        for form, exact, worked in forms:
            joint = {f"form {form}": 1.0, "uncovered": min(9.0, words.weight(words.all & ~term.mask)) / 3}
            joint |= {
                f"{form}, {place}": 1.0
                for place in ("in bracket", "right before", "next before")
                if place in term.signs
            }
            joint[f"{form}, said"] = words.part(term.mask, words.all)
            changed = term.changed or "change" in told.said.marks
            joint[f"{form}, {'change' if changed else 'no change'}"] = 1.0
            if form.startswith("1-"):
                joint["rest said" if _of_rest(said) else "rest not said"] = 1.0
            much = score(term.first) + score(joint) if score else 0.0
            yield Made(exact, (term.one,), worked, (term.first, joint), much)


def _means(said: Related, words: SaidWords, terms: Sequence[Term], score: Score | None) -> Iterator[Made]:
    sums = [term for term in terms if term.one.node.kind != "%" and is_of_unit(term.one, said.unit)]
    # No number of other things, nor of a column headed "6 tháng", is one of months.
    timed = bool(said.by) and said.by.split()[0].lower() in _TIMES
    counted = {
        id(term): bool(said.by) and counts(term.one, said.by) and not (timed and term.one.node.cell is not None)
        for term in terms
    }
    many = [term for term in terms if term.one.node.kind != "%" and term.one.value > 1]
    many = [
        term for term in many if counted[id(term)] or not (timed or term.one.node.kind or measured(term.one)[0])
    ]
    for first, second, own in _likely_two(sums, many, score):
        joint = _joint(words, first, second, "a/b", "")
        joint["counted" if counted[id(second)] else "not counted" if said.by else "no by"] = 1.0
        noun = first.one.node.told.noun
        if noun and noun == second.one.node.told.noun and not first.one.node.kind:
            joint["same noun"] = 1.0
        worked = f"{first.one.node.told.told} / {second.one.node.told.told}"
        much = own + score(joint) if score else 0.0
        all_ = second.one.node.told.of  # "9/12 xã": each of the 12, else of the 9
        for number in (float(second.one.value), *((float(all_),) if all_ and float(all_) else ())):
            exact = first.value / number
            yield Made(exact, (first.one, second.one), worked, (first.first, second.second, joint), much)
    for term in sums:
        if "mean" in term.one.node.told.said.marks:
            joint = {"form r": 1.0}
            much = score(term.first) + score(joint) if score else 0.0
            yield Made(term.value, (term.one,), term.one.node.told.told, (term.first, joint), much)
