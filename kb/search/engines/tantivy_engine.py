"""The default engine: Tantivy, embedded, in a folder of the home. The only door to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tantivy

from kb.errors import StoreError
from kb.search.engines.protocol import EngineHit, Found, Request, Sort
from kb.search.fields import ENDED, IN_FORCE, NOT_YET, PARTLY_ENDED, SUSPENDED, UNKNOWN
from kb.search.plan import (
    HEAD_WEIGHT,
    KEY_WEIGHT,
    MARK_WEIGHT,
    PAIR_WEIGHT,
    WORD_WEIGHT,
    All,
    Any_,
    Bag,
    Const,
    Everything,
    Glob,
    Heads,
    Not,
    Nothing,
    Phrase,
    Plan,
    Prefer,
    Range,
    Term,
)
from kb.search.rows import FACETS, NEVER, Row

_SPLIT = "tokens"
_NUMBERS = (
    "issued", "yearnumber", "forcefrom", "forceto", "partialfrom", "partialto", "suspendedfrom", "suspendedto",
)  # fmt: skip
_EXACT = ("number", "issuerword", "kind", "article", "work")
#: Bytes that one writer gathers before it writes a segment.
_HEAP = 64_000_000
#: More different values than this of one facet are not counted.
_MOST_VALUES = 60


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("words", "marks"):
        builder.add_text_field(name, tokenizer_name=_SPLIT, index_option="position")
    for name in ("pairs", "keys", "heads"):
        builder.add_text_field(name, tokenizer_name=_SPLIT, index_option="freq")
    for name in _EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in _NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_float_field("authority", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


class TantivyEngine:
    """An index of Tantivy in a folder."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._index = self._open()
        self._searcher = self._index.searcher()

    def _open(self) -> tantivy.Index:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                index = tantivy.Index(self._schema, str(self._folder))
            except ValueError:
                # Of another schema, or its files were damaged: an index holds nothing that the base does not.
                shutil.rmtree(self._folder)
                self._folder.mkdir(parents=True)
                index = tantivy.Index(self._schema, str(self._folder))
        except (OSError, ValueError) as error:
            raise _said(error) from error
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_SPLIT, splitter)
        index.config_reader("manual", 0)
        index.reload()
        return index

    def search(self, request: Request) -> Found:
        """The hits of a plan."""
        query = self._query(request.plan)
        searcher = self._searcher
        order = {Sort.DATE: "issued", Sort.AUTHORITY: "authority"}.get(request.sort)
        found = searcher.search(query, max(request.limit, 1), count=True, order_by_field=order)
        hits = tuple(
            EngineHit(float(score or 0.0), bytes(searcher.doc(address)["stored"][0]).decode())
            for score, address in found.hits[: request.limit]
        )
        facets = self._facets(query, request.day) if request.facets else {}
        return Found(int(found.count), hits, facets)  # type: ignore[attr-defined]

    def update(self, rows: Iterable[Row], drop: Iterable[str] = (), *, fresh: bool = False) -> int:
        """Drop, add and commit; readers see all of it or nothing."""
        added = 0
        try:
            writer = self._index.writer(_HEAP, 1)
            if fresh:
                writer.delete_all_documents()
            for work in drop:
                writer.delete_documents_by_term("work", work)
            for row in rows:
                writer.add_document(_document(row, self._schema))
                added += 1
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:
            raise _said(error) from error
        self.refresh()
        return added

    def frequency(self, field: str, token: str) -> int:
        """In how many rows a token stands."""
        return int(self._searcher.doc_freq(field, token))

    def vocabulary(self, prefix: str) -> Mapping[str, int]:
        """The folded words with a prefix."""
        return dict(self._searcher.terms_with_prefix("words", prefix))

    def count(self) -> int:
        """How many rows there are."""
        return int(self._searcher.num_docs)

    def refresh(self) -> None:
        """See what was committed since."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Nothing is held open but mapped files, which go with the object."""

    # --- plans into queries ---

    def _query(self, plan: Plan) -> tantivy.Query:
        if isinstance(plan, Bag):
            return self._bag(plan)
        if isinstance(plan, Phrase):
            return self._phrase(plan)
        if isinstance(plan, Heads):
            return _every([self._term("heads", word) for word in plan.words])
        if isinstance(plan, Glob):
            pattern = "".join({"*": ".*", "?": "."}.get(letter, _plain(letter)) for letter in plan.pattern)
            return tantivy.Query.regex_query(self._schema, "words", pattern)
        if isinstance(plan, Term):
            return tantivy.Query.const_score_query(self._term(plan.field, plan.value), 1.0)
        if isinstance(plan, Range):
            low, high = plan.low or 0, NEVER if plan.high is None else plan.high
            bounds = tantivy.Query.range_query(
                self._schema, plan.field, tantivy.FieldType.Unsigned, low, high
            )
            return tantivy.Query.const_score_query(bounds, 0.0)
        return self._joined(plan)

    def _joined(self, plan: Plan) -> tantivy.Query:
        if isinstance(plan, All):
            must = [(tantivy.Occur.Must, self._query(part)) for part in plan.parts if not isinstance(part, Not)]
            never = [
                (tantivy.Occur.MustNot, self._query(part.part)) for part in plan.parts if isinstance(part, Not)
            ]
            return tantivy.Query.boolean_query([*(must or [(tantivy.Occur.Must, _all())]), *never])
        if isinstance(plan, Any_):
            return _either([self._query(part) for part in plan.parts])
        if isinstance(plan, Prefer):
            return tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, self._query(plan.plan)),
                    (tantivy.Occur.Should, self._query(plan.better)),
                ]
            )
        if isinstance(plan, Not):
            return tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, _all()), (tantivy.Occur.MustNot, self._query(plan.part))]
            )
        if isinstance(plan, Const):
            return tantivy.Query.const_score_query(self._query(plan.part), plan.score)
        if isinstance(plan, Everything):
            return _all()
        assert isinstance(plan, Nothing)
        return tantivy.Query.empty_query()

    def _bag(self, bag: Bag) -> tantivy.Query:
        words = [(self._term("words", word), WORD_WEIGHT) for word in dict.fromkeys(bag.words)]
        extras = [(self._term("pairs", pair), PAIR_WEIGHT) for pair in dict.fromkeys(bag.pairs)]
        extras += [(self._term("heads", token), HEAD_WEIGHT) for token in dict.fromkeys((*bag.words, *bag.pairs))]
        extras += [(self._term("marks", mark), MARK_WEIGHT) for mark in dict.fromkeys(bag.marks)]
        extras += [(self._term("keys", key), KEY_WEIGHT) for key in dict.fromkeys(bag.keys)]
        needed = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, _weighted(query, weight)) for query, weight in words],
            minimum_number_should_match=bag.at_least,
        )
        better = [(tantivy.Occur.Should, _weighted(query, weight)) for query, weight in extras]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, needed), *better])

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        if len(phrase.words) == 1:
            return self._term("words", phrase.words[0])
        plain = tantivy.Query.phrase_query(self._schema, "words", list(phrase.words), phrase.slop)
        if not phrase.marks:
            return plain
        marked = tantivy.Query.phrase_query(self._schema, "marks", list(phrase.marks), phrase.slop)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, plain), (tantivy.Occur.Should, marked)])

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "freq")

    def _facets(self, query: tantivy.Query, day: int) -> dict[str, dict[str, int]]:
        """Counts over all hits; the states of force come of ranges inside ranges, in the same pass."""
        wanted: dict[str, Any] = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in FACETS}
        wanted |= _state_ranges(day)
        counted = self._searcher.aggregate(query, wanted)
        out = {
            name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counted[name]["buckets"]}
            for name in FACETS
        }
        return {**out, "status": _states(counted)}


def _range(name: str, field: str, day: int, *, begun: bool, inner: dict[str, Any] | None = None) -> dict[str, Any]:
    """A count of values up to a day, or after it."""
    bounds = {"key": "in", "to": day + 1} if begun else {"key": "in", "from": day + 1}
    return {name: {"range": {"field": field, "ranges": [bounds]}, **({"aggs": inner} if inner else {})}}


def _during(state: str, day: int, inner: dict[str, Any] | None = None) -> dict[str, Any]:
    """A count of records in whose interval of a state the day lies."""
    ends = _range("to", f"{state}to", day, begun=False, inner=inner)
    return _range(state, f"{state}from", day, begun=True, inner=ends)


def _state_ranges(day: int) -> dict[str, Any]:
    stopped = _during("suspended", day)
    lasting = _range("to", "forceto", day, begun=False, inner={**stopped, **_during("partial", day, stopped)})
    unknown = {"unknown": {"range": {"field": "forcefrom", "ranges": [{"key": "in", "from": NEVER}]}}}
    later = {"later": {"range": {"field": "forcefrom", "ranges": [{"key": "in", "from": day + 1, "to": NEVER}]}}}
    return {**_range("force", "forcefrom", day, begun=True, inner=lasting), **unknown, **later}


def _states(counted: dict[str, Any]) -> dict[str, int]:
    def inside(found: dict[str, Any], name: str) -> dict[str, Any]:
        """The one bucket of a range that has its key (a range without records may be absent)."""
        buckets = found.get(name, {}).get("buckets", [])
        return next((bucket for bucket in buckets if bucket["key"] == "in"), {"doc_count": 0})

    def lasting(found: dict[str, Any], state: str) -> dict[str, Any]:
        return inside(inside(found, state), "to")

    begun = inside(counted, "force")
    force = inside(begun, "to")
    stopped = lasting(force, "suspended")["doc_count"]
    partial = lasting(force, "partial")
    partial_only = partial["doc_count"] - lasting(partial, "suspended")["doc_count"]
    counts = {
        IN_FORCE: force["doc_count"] - stopped - partial_only,
        PARTLY_ENDED: partial_only,
        ENDED: begun["doc_count"] - force["doc_count"],
        NOT_YET: inside(counted, "later")["doc_count"],
        SUSPENDED: stopped,
        UNKNOWN: inside(counted, "unknown")["doc_count"],
    }
    return {state: count for state, count in counts.items() if count}


def _document(row: Row, schema: tantivy.Schema) -> tantivy.Document:
    values: dict[str, Any] = {
        "words": " ".join(row.words),
        "marks": " ".join(row.marks),
        "pairs": " ".join(row.pairs),
        "keys": " ".join(row.keys),
        "heads": " ".join(row.heads),
        "authority": row.authority,
        "stored": row.stored.encode(),
        **row.numbers,
        **{name: list(found) for name, found in row.exact.items()},
    }
    return tantivy.Document.from_dict(values, schema)


def _all() -> tantivy.Query:
    return tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)


def _every(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _either(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _weighted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _plain(letter: str) -> str:
    return letter if letter.isalnum() else "\\" + letter


def _said(error: Exception) -> StoreError:
    return StoreError(
        "index.failed", f"chỉ mục tìm kiếm không mở hoặc ghi được: {error}", f"the search index failed: {error}"
    )
