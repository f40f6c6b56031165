"""An open search index: a question in, an answer out."""

from __future__ import annotations

import json
import math
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from kb.bilingual import both
from kb.search.analysis import analyse, analyse_query
from kb.search.answers import Answer, Group, Hit
from kb.search.asking import read_asking, said_of
from kb.search.contrast import contrast_shares
from kb.search.coverage import Coverage, covered_share
from kb.search.effects import Effect, with_effect, works_named
from kb.search.fields import LOCAL_LEVELS
from kb.search.force import in_force_plan, state_of, state_plan
from kb.search.lone import with_lone_words
from kb.search.now import now_share, without_now
from kb.search.numbered import Pinpoint, with_article, with_nearest
from kb.search.ordering import Query, Told, order_within, put_in_order
from kb.search.plan import All, Bag, Not, Phrase, Plan, Term, all_of, any_of, loosened, nodes_of
from kb.search.protocol import Engine, Found, Request, Sort
from kb.search.query import Reading, read_query
from kb.search.slips import Slips, correct
from kb.search.snippets import make_snippet
from kb.search.telling import explained, suggested
from kb.search.weighing import Scored, name_share, place_of, share_of, spread
from kb.search.widening import ANY_PART, FEW_WHOLE, any_part, mended
from kb.text.normalize import fold
from kb.text.words import JOINT, pairs_of, printed_words

if TYPE_CHECKING:  # its libraries are loaded only where there are vectors
    from kb.search.meaning import Meaning

#: Hits looked at for the prior of authority, however few are shown.
_POOL = 40
#: How many of the best are weighed by their texts.
_WEIGHED = _POOL
#: With fewer hits than this, slips of typing and of OCR are thought of.
_FEW = 3
#: With fewer hits than this, one pair of a long question is enough.
_FEW_HITS = 20
#: Pairs that a search for similar documents asks for.
_TELLING = 25

LEVEL_NAMES = {
    "central": "Trung ương", "province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã",
    "local": "Địa phương, chưa rõ cấp", "party": "Đảng",
}  # fmt: skip
#: A value that stands for all levels of local bodies.
LOCAL_NAME = "Địa phương"
HELD_NAMES = {"held": "Có trong kho", "cited": "Chỉ được viện dẫn"}


#: What a query names within documents: its records come first.
Place: TypeAlias = Pinpoint | Effect


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question; `day` is the day whose states are shown, `in_force` the day on which a hit must be in force.

    `filters` are exact values of facets by name (``{"type": ("Nghị định",)}``).
    """

    query: str
    day: date = field(default_factory=date.today)
    in_force: date | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    facets: bool = True


class SearchIndex:
    """Searches one engine; `learnt` are abbreviations that indexed documents define, `meaning` orders too."""

    def __init__(
        self, engine: Engine, learnt: Mapping[str, str] | None = None, meaning: Meaning | None = None
    ) -> None:
        self.engine = engine
        self._learnt = learnt or {}
        self._meaning = meaning

    def search(self, wanted: Wanted) -> Answer:
        """The answer to a question; nothing typed is an error."""
        began = time.perf_counter()
        reading = read_query(wanted.query, wanted.day, self._learnt)
        if reading.numbers:
            wishes = (asked.wish for asked in reading.numbers)
            reading = replace(reading, plan=with_nearest(self.engine, reading.plan, wishes))
        plan = with_lone_words(self.engine, reading.plan)
        there = False
        if reading.pinpoint:
            works = works_named(self.engine, reading.named) if reading.named else ()
            plan, there = with_article(self.engine, plan, reading.pinpoint, works)
        place: Place | None = reading.pinpoint if there or not reading.named else None
        if reading.effect:
            plan, place = with_effect(self.engine, plan, reading.effect)
        found, hits = self._run(plan, wanted, place)
        if found.total < _FEW_HITS and (looser := loosened(reading.plan)) != reading.plan and not place:
            found, hits = self._run(looser, wanted)
        slips, widened = _NO_SLIPS, False
        unknown = self._unknown(reading.words)
        if reading.words and (found.total < _FEW or unknown):
            slips = correct(self.engine, reading.words)
            if slips.words and found.total == 0:
                found, hits = self._run(mended(reading.plan, slips), wanted)
                widened = found.total > 0
        enough = place or widened or found.total >= FEW_WHOLE
        parts = None if enough else any_part(self.engine, reading.plan, [hit.stored for hit in hits])
        more = self._run(parts, wanted) if parts else (found, hits)
        if in_parts := more[0].total > found.total:
            found, hits = more
        asked = _Asked.of(reading, slips)
        shown = tuple(self._hit(hit, asked, wanted.day) for hit in hits)
        whole = not (wanted.filters or wanted.in_force or wanted.offset or wanted.sort is not Sort.RELEVANCE)
        said = explained(self.engine, reading, [hit.stored for hit in hits], place, wanted.day, whole)
        said += (ANY_PART,) if in_parts else ()
        left = set(unknown) - slips.words.keys()
        if reading.numbers:  # "NĐ30/2020" is a number, no word
            left = {word for word in left if not any(map(str.isdigit, word))}
        if shown_words := ", ".join(
            dict.fromkeys(word for word in printed_words(wanted.query) if fold(word) in left)
        ):
            said += (both("không nơi nào có: {words}", "nothing holds: {words}", words=shown_words),)
        if any(hit.meant for hit in hits):
            said += (both("xếp thêm theo nghĩa", "ordered by meaning as well"),)
        if found.total == 0 and (without := self._without_fields(reading.plan)):
            said += (without,)
        took = (time.perf_counter() - began) * 1000
        return Answer(
            wanted.query,
            found.total,
            round(took, 2),
            shown,
            _groups(shown),
            found.facets,
            suggested(wanted.query, slips),
            said,
            slips.words if widened else {},
        )

    def like(self, work: str, limit: int = 10, day: date | None = None) -> Answer:
        """Passages of other documents that speak of what a work speaks of."""
        began = time.perf_counter()
        own = self.engine.search(Request(Term("work", work), _POOL))
        texts = [json.loads(hit.stored) for hit in own.hits]
        telling = self._telling([text["text"] for text in texts])
        if not telling:
            return Answer("", 0, 0.0, (), (), {}, None, ())
        words = tuple(dict.fromkeys(word for pair in telling for word in pair.split(JOINT)))
        bag = Bag(words, tuple(telling), (), (), 2)
        wanted = Wanted("", day or date.today(), limit=limit)
        found, hits = self._run(all_of(bag, Not(Term("work", work))), wanted)
        reading = Reading("", bag, (), words)
        asked = _Asked.of(reading, _NO_SLIPS)
        shown = tuple(self._hit(hit, asked, wanted.day) for hit in hits)
        took = round((time.perf_counter() - began) * 1000, 2)
        return Answer("", found.total, took, shown, _groups(shown), found.facets, None, ())

    def close(self) -> None:
        """Let go of the engine."""
        self.engine.close()

    def _without_fields(self, plan: Plan) -> str | None:
        """What the words of a query would find without the fields that nothing agrees with."""
        if not isinstance(plan, All):
            return None
        words = [part for part in plan.parts if any(isinstance(node, Bag | Phrase) for node in nodes_of(part))]
        if not words or len(words) == len(plan.parts):
            return None
        total = self.engine.search(Request(all_of(*words), 1)).total
        if not total:
            return None
        return both(
            "không nơi nào có đủ cả các điều kiện; riêng các từ thì có {total} nơi",
            "nothing meets all conditions; the words alone stand in {total} places",
            total=total,
        )

    def _unknown(self, words: tuple[str, ...]) -> list[str]:
        """The words that stand nowhere: slips, even where the other words find something."""
        return [word for word in words if not word.isdigit() and self.engine.frequency("words", word) == 0]

    def _telling(self, texts: list[str]) -> list[str]:
        """The pairs that tell these texts from others: often here, seldom elsewhere."""
        counts = Counter(pair for text in texts for pair in set(analyse(text).pairs))
        total = max(self.engine.count(), 1)
        weighed = []
        for pair, count in counts.most_common(200):
            rows = self.engine.frequency("pairs", pair)
            if rows > count:  # else no other document holds it
                weighed.append((count * math.log(total / rows + 1), pair))
        return [pair for _, pair in sorted(weighed, reverse=True)[:_TELLING]]

    def _run(self, plan: Plan, wanted: Wanted, place: Place | None = None) -> tuple[Found, list[Scored]]:
        """The hits that are shown, with what all of them amount to."""
        parts = [plan, *(_filter(name, values, wanted.day) for name, values in wanted.filters.items())]
        if wanted.in_force:
            parts.append(in_force_plan(_number(wanted.in_force)))
        reach = wanted.offset + wanted.limit
        request = Request(
            all_of(*parts),
            max(reach, _POOL) if wanted.sort is Sort.RELEVANCE else reach,
            wanted.sort,
            wanted.facets,
            _number(wanted.day),
        )
        found = self.engine.search(request)
        scored = [Scored(hit.score, json.loads(hit.stored)) for hit in found.hits]
        if wanted.sort is Sort.RELEVANCE and scored:
            self._weigh(scored, plan, wanted, place)
        facets = {name: _named(name, counts) for name, counts in found.facets.items()}
        return Found(found.total, found.hits, facets), scored[wanted.offset : reach]

    def _weigh(self, scored: list[Scored], plan: Plan, wanted: Wanted, place: Place | None) -> None:
        """Weigh the best hits by their texts and put them in their order; those found far behind stay behind."""
        coverage = Coverage(self.engine, plan)
        near, far = scored[:_WEIGHED], scored[_WEIGHED:]
        lasting = without_now(wanted.query)
        query = lasting or wanted.query
        typed = analyse_query(query)
        spoken = typed.spoken(query)
        asking = read_asking(spoken, typed)
        held = [coverage.held(hit.stored) for hit in near]
        if asking.meaning:
            held = [tokens.union(said_of(hit.stored)) for tokens, hit in zip(held, near, strict=True)]
        records = [hit.stored for hit in near]
        apart = contrast_shares(coverage, records, held)
        told: dict[int, Told] = {}
        for hit, tokens, share in zip(near, held, apart, strict=True):
            words, pairs = coverage.lost(hit.stored, tokens)
            hit.score *= share_of(hit.stored) * covered_share(words, pairs) * asking.share(hit.stored, words)
            hit.score *= share
            hit.score *= name_share(hit.stored, spoken, typed.words, _number(wanted.day))
            hit.score *= place.share(hit.stored) if place else 1.0
            hit.score *= now_share(hit.stored, _number(wanted.day)) if lasting else 1.0
            told[id(hit)] = Told(words, share)
        near.sort(key=place_of)
        spread(near)
        # Who names a document or an article by its number gets that; what was learned is about words.
        if place is None and not any(isinstance(node, Term) and node.field == "number" for node in nodes_of(plan)):
            self._order(near, Query.of(" ".join(typed.words), coverage), [told[id(hit)] for hit in near])
            if self._meaning:
                self._meaning.put_in_order(near, query)
        order_within(near, [asking.answering(hit.stored) for hit in near])
        lowest = min(hit.score for hit in near)
        for hit in far:
            hit.score = min(hit.score * share_of(hit.stored), lowest)
        scored.sort(key=place_of)

    def _order(self, near: list[Scored], query: Query, told: list[Told]) -> None:
        put_in_order(near, query, told)

    def _hit(self, hit: Scored, asked: _Asked, day: date) -> Hit:
        stored = hit.stored
        own, read = stored.get("own", {}), stored["folded"].split()
        snippet = make_snippet(stored["text"], asked.words, asked.pairs, own, read=read)
        crumbs = tuple(stored["crumbs"])
        return Hit(
            stored["work"],
            stored.get("unit"),
            stored["number"],
            stored["title"],
            crumbs[-1] if crumbs else None,
            snippet.text,
            round(hit.score, 3),
            stored.get("line"),
            stored.get("page"),
            state_of(stored.get("force", {}), _number(day)),
            stored["kind"],
            stored["type"],
            stored["issuer"],
            stored["issued"],
            crumbs,
            snippet.marks,
            stored["authority"],
            stored["held"],
            stored["digest"],
            stored["start"],
            stored["end"],
            stored.get("table"),
            stored.get("row"),
            stored["field"],
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Words and pairs that a snippet marks: those typed, mended, and those that texts use for them."""

    words: frozenset[str]
    pairs: frozenset[str]

    @classmethod
    def of(cls, reading: Reading, slips: Slips) -> _Asked:
        mended = [slips.words.get(word, word) for word in reading.words]
        bags = (node for node in nodes_of(reading.plan, shown=True) if isinstance(node, Bag))
        others = {pair for bag in bags for other in bag.others for pairs in other.others for pair in pairs}
        # "L80/2015" is one word as typed; its number is what texts print.
        numbers = [re.findall(r"\w+", asked.wish.keys[0].partition("@")[0]) for asked in reading.numbers]
        words = {*reading.words, *mended, *(word for pair in others for word in pair.split(JOINT))}
        pairs = (*pairs_of(mended), *others, *(pair for number in numbers for pair in pairs_of(number)))
        return cls(frozenset(words.union(*numbers)), frozenset(pairs))


_NO_SLIPS = Slips({}, None)


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _filter(name: str, values: tuple[str, ...], day: date) -> Plan:
    """One of the values of a facet, by the name that is shown or the one that is kept."""
    if name == "status":
        return any_of(*(state_plan(value, _number(day)) for value in values))
    kept: dict[str, tuple[str, ...]] = {
        shown: (key,) for key, shown in (*LEVEL_NAMES.items(), *HELD_NAMES.items())
    }
    kept |= {LOCAL_NAME: LOCAL_LEVELS} if name == "level" else {}
    return any_of(*(Term(name, key) for value in values for key in kept.get(value, (value,))))


def _named(name: str, counts: Mapping[str, int]) -> dict[str, int]:
    shown = {"level": LEVEL_NAMES, "held": HELD_NAMES}.get(name, {})
    return {shown.get(value, value): count for value, count in counts.items()}


def _groups(hits: tuple[Hit, ...]) -> tuple[Group, ...]:
    places: dict[str, list[int]] = {}
    for at, hit in enumerate(hits):
        places.setdefault(hit.work, []).append(at)
    return tuple(
        Group(work, hits[at[0]].number, hits[at[0]].type, hits[at[0]].title, tuple(at))
        for work, at in places.items()
    )
