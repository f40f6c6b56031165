"""Plans as SQL: a condition on rows, and what a row is worth in the first stage.

All tokens of a row stand in one ``tsvector``, each with the first letter of its field, under one GIN index; exact
values stand there too. Ranking adds the weights of the telling pairs that a row holds; the best are weighed again
in Python (`kb.search.rescoring`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.search.plan import (
    COVERED_WORDS,
    OVER_WEIGHT,
    All,
    Any_,
    Bag,
    Const,
    Everything,
    Glob,
    Heads,
    Not,
    Phrase,
    Plan,
    Prefer,
    Range,
    Term,
)
from kb.search.rescoring import Statistics, telling_pairs
from kb.search.rows import NEVER

#: What stands before a token, by its field.
PREFIXES = {"words": "w:", "pairs": "p:", "marks": "m:", "keys": "k:", "heads": "h:"}

#: Pairs of one condition: "three of these" is written out, so it grows with their cube.
_MOST_PAIRS = 12

#: Columns of whole numbers.
NUMBERS = ("issued", "forcefrom", "forceto", "partialfrom", "partialto", "suspendedfrom", "suspendedto")


def lexeme(name: str, value: str) -> str:
    """A token or a value of a field as it stands in the index; PostgreSQL takes 2,046 bytes.

    >>> lexeme("pairs", "cai_cach"), lexeme("type", "Nghị quyết")
    ('p:cai_cach', 'type=Nghị quyết')
    """
    text = PREFIXES[name] + value if name in PREFIXES else f"{name}={value}"
    return text if len(text) < 400 else text[:400]


def _quoted(token: str) -> str:
    """A lexeme inside a tsquery."""
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


@dataclass(slots=True)
class Compiler:
    """Makes SQL; values go to `values`, in the order of their ``%s``."""

    statistics: Statistics
    values: list[object] = field(default_factory=list)

    def condition(self, plan: Plan) -> str:
        """The condition that a row meets."""
        if isinstance(plan, Bag):
            return self._match(self._bag(plan))
        if isinstance(plan, Phrase):
            return self._phrase(plan)
        if isinstance(plan, Heads):
            return self._match(_every([lexeme("heads", word) for word in plan.words]))
        if isinstance(plan, Glob):
            return self._glob(plan.pattern)
        if isinstance(plan, Term):
            return self._match(_quoted(lexeme(plan.field, plan.value)))
        if isinstance(plan, Range):
            self.values += [plan.low or 0, NEVER if plan.high is None else plan.high]
            return f"{_column(plan.field)} BETWEEN %s AND %s"
        if isinstance(plan, All):
            return "(" + " AND ".join(map(self.condition, plan.parts)) + ")"
        if isinstance(plan, Any_):
            return "(" + " OR ".join(map(self.condition, plan.parts)) + ")"
        if isinstance(plan, Prefer):
            return self.condition(plan.plan)
        if isinstance(plan, Not):
            return f"NOT {self.condition(plan.part)}"
        if isinstance(plan, Const):
            return self.condition(plan.part)
        return "true" if isinstance(plan, Everything) else "false"

    def worth(self, plan: Plan) -> str:
        """What a row is worth in the first stage."""
        if isinstance(plan, Bag):
            return self._bag_worth(plan)
        if isinstance(plan, All | Any_):
            parts = [self.worth(part) for part in plan.parts if not isinstance(part, Not)]
            return " + ".join(parts) or "0"
        if isinstance(plan, Prefer):
            return f"{self.worth(plan.plan)} + {self.worth(plan.better)}"
        if isinstance(plan, Const):
            condition = self.condition(plan.part)
            return f"(CASE WHEN {condition} THEN {plan.score:.4f} ELSE 0 END)"
        return "0"

    def _match(self, tsquery: str) -> str:
        self.values.append(tsquery)
        return "tokens @@ %s::tsquery"

    def _bag(self, bag: Bag) -> str:
        if not bag.pairs:
            return _quoted(lexeme("words", bag.words[0]))
        telling = telling_pairs(bag.pairs, self.statistics)[:_MOST_PAIRS]  # the rarest come first
        words = list(dict.fromkeys(bag.words))
        over = [f"({_own(pair, bag.others_of(pair))} | {_quoted(lexeme('heads', pair))})" for pair in telling]
        inside = " | ".join(_own(pair, bag.alone_of(pair)) for pair in telling)
        together = f"({_some(over, min(bag.at_least, -(-len(telling) // 3)))}) & ({inside})"
        if len(words) > COVERED_WORDS:
            return together
        return f"({together}) | ({_every([lexeme(name, token) for name, token in bag.apart])})"

    def _bag_worth(self, bag: Bag) -> str:
        if not bag.pairs:
            return "0"
        parts = []
        for pair in telling_pairs(bag.pairs, self.statistics):
            own, weight = self._match(_own(pair, bag.others_of(pair))), self.statistics.weight("pairs", pair)
            over = self._match(_quoted(lexeme("heads", pair)))
            parts.append(
                f"(CASE WHEN {own} THEN {weight:.4f} WHEN {over} THEN {OVER_WEIGHT * weight:.4f} ELSE 0 END)"
            )
        return " + ".join(parts)

    def _phrase(self, phrase: Phrase) -> str:
        words = phrase.words
        if phrase.slop or len(words) == 1:
            found = self._match(_every([lexeme("words", word) for word in words]))
        else:
            pairs = [f"{one}_{other}" for one, other in pairwise(words)]
            found = self._match(_every([lexeme("pairs", pair) for pair in pairs]))
        if len(words) == 1 or (len(words) == 2 and not phrase.slop):
            return found
        gap = rf"(?: \S+){{0,{phrase.slop}}} " if phrase.slop else " "
        self.values.append(r"(?:^| )" + gap.join(map(re.escape, words)) + r"(?: |$)")
        return f"({found} AND folded ~ %s)"

    def _glob(self, pattern: str) -> str:
        start = re.split(r"[*?]", pattern, maxsplit=1)[0]
        shape = "".join({"*": r"\S*", "?": r"\S"}.get(letter, re.escape(letter)) for letter in pattern)
        parts = []
        if start:
            parts.append(self._match(f"{_quoted(lexeme('words', start))}:*"))
        if pattern != start + "*":
            self.values.append(rf"(?:^| ){shape}(?: |$)")
            parts.append("folded ~ %s")
        return "(" + " AND ".join(parts or ["true"]) + ")"


def _column(name: str) -> str:
    """The column of a range; anything else would be a fault of ours."""
    if name not in NUMBERS:
        message = f"no column {name!r}"
        raise LookupError(message)
    return name


def _every(tokens: Sequence[str]) -> str:
    return " & ".join(map(_quoted, tokens))


def _own(pair: str, others: Sequence[tuple[str, ...]]) -> str:
    """A tsquery that holds where a pair stands, or other words for it."""
    said = (_every([lexeme("pairs", each) for each in other]) for other in others)
    return f"({' | '.join([_quoted(lexeme('pairs', pair)), *(f'({other})' for other in said)])})"


def _some(queries: Sequence[str], least: int) -> str:
    """A tsquery that holds where so many of some hold."""
    if least <= 1:
        return " | ".join(queries)
    joined = [
        f"({query} & ({_some(queries[at + 1 :], least - 1)}))"
        for at, query in enumerate(queries[: len(queries) - least + 1])
    ]
    return " | ".join(joined)
