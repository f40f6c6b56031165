"""What a base reads, held against what is published: status, relations, articles; each score with its misses."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphs.finding import find_works
from graphs.lives import Lives
from graphs.status import answer_from
from kb.lawrules import rank_of
from kb.models import Change
from kb.numbers import number_key
from kb.store import graph as rows
from kb.store.store import Store
from kb.validity import ENDS, Word
from tests.benchmarks.published_sets import Published, all_rows, head_of, is_stranger, printed_numbers

#: Kinds of change as the relation that lists of relations print for them; an end is a repeal or a replacement.
_AS_RELATION = {
    Change.AMEND: ("sửa đổi bổ sung",),
    Change.INSERT: ("sửa đổi bổ sung",),
    Change.MOVE: ("sửa đổi bổ sung",),
    Change.REPLACE: ("thay thế",),
    Change.REPEAL: ("bãi bỏ",),
    Change.END: ("hết hiệu lực",),
}
#: Words of the labels, and the changes that may stand for them.
_ACTIONS = (
    ("bổ sung", {Change.INSERT, Change.AMEND}),
    ("sửa đổi", {Change.AMEND, Change.REPLACE}),
    ("bãi bỏ", {Change.REPEAL, Change.END, Change.AMEND}),
    ("hủy bỏ", {Change.REPEAL, Change.END, Change.AMEND}),
    ("hết hiệu lực", {Change.REPEAL, Change.END}),
    ("ngưng hiệu lực", {Change.SUSPEND}),
)
_CHANGING = ("sửa đổi bổ sung", "thay thế", "bãi bỏ", "hết hiệu lực")
#: Words by which a text states a relation to the first document that its clause names.
_WORDS = {
    "sửa đổi bổ sung": r"(?<!được )(?<!đã )(?:sửa đổi|bổ sung|thay thế (?:cụm )?từ|thay thế phụ lục)",
    "thay thế": r"(?<!được )(?<!bị )thay thế",
    "bãi bỏ": r"(?<!được )(?<!bị )(?:bãi bỏ|hủy bỏ|huỷ bỏ)",
    "căn cứ": r"căn cứ",
    "dẫn chiếu": r"",
}
_ENDED_RE = re.compile(r"(?:hết|chấm dứt|không còn) hiệu lực", re.IGNORECASE)
_NEAR = 400
_NEAR_RE = re.compile(r"sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|hiệu lực", re.IGNORECASE)
_NUMBER_RE = re.compile(r"\d+[a-zđ]?(?:\.\d+)?\s?/\s?(?:\d{4}\s?/?\s?)?[A-ZĐa-z][\w\s]{0,3}[-\w&]*(?:-\s?\w+)*\d*")


@dataclass(slots=True)
class Score:
    """Hits of a total, with one line a miss."""

    name: str
    goal: float | None = None
    hits: int = 0
    total: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, good: bool, line: str) -> None:
        """One case."""
        self.total += 1
        self.hits += good
        if not good:
            self.misses.append(line)

    def __str__(self) -> str:
        share = f"{self.hits / self.total:.3f}" if self.total else "-"
        goal = f"  (goal {self.goal})" if self.goal else ""
        return f"  {self.name:<66} {self.hits:>5} of {self.total:>5} = {share}{goal}"


class Base:
    """A base read through its tables, works known by the key of their number."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.connect() as connection:
            self.nodes = {row.id: row for row in rows.node_rows(connection, "id", None)}
            self.key = {name: number_key(row.number) if row.number else name for name, row in self.nodes.items()}
            self.changes = [row for row in rows.change_rows(connection, "node_id", None) if row.origin == "text"]
            self.edges = [
                row for row in rows.edge_rows(connection, "source", None) if row.origin == "text" and row.target
            ]

    def relations(self) -> dict[tuple[str, str], dict[str, str]]:
        """Relations read from texts by pair (acting, acted upon), each with the words that prove it."""
        found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for row in self.edges:
            if row.relation and row.direction != "passive":
                found[self.key[row.source], self.key[row.target]].setdefault(row.relation, "")
        for row in self.changes:
            if row.by_id is None or row.by_id not in self.key or row.node_id not in self.key:
                continue
            for relation in _AS_RELATION.get(Change(row.change), ()):
                told = found[self.key[row.by_id], self.key[row.node_id]]
                told[relation] = told.get(relation) or " ".join(row.text.split())
        return found


def named_in(text: str) -> Iterator[tuple[str, str]]:
    """The numbers that a text prints, each with the words around it."""
    for found in _NUMBER_RE.finditer(text):
        yield number_key(found.group()), text[max(0, found.start() - _NEAR) : found.end() + _NEAR]


def stated_in(text: str) -> Iterator[tuple[str, str]]:
    """The (number, relation) pairs that a text states plainly, told without the product's own reading.

    A clause (up to a semicolon or a line's end) states a relation to the first number in it, by a word before that
    number, in the clause or in the line with a colon above it; an end also by a word after it. The second number
    of a clause mostly stands in the title of the first ("bãi bỏ Thông tư A sửa đổi Thông tư B").
    """
    lead = ""
    for line in text.splitlines():
        if re.match(r"\s*(?:Điều|ĐIỀU)\s+\d+", line):
            lead = ""
        for clause in line.split(";"):
            found = _NUMBER_RE.search(clause)
            if found:
                before = lead + " " + clause[: found.start()]
                for relation, words in _WORDS.items():
                    if re.search(words, before, re.IGNORECASE):
                        yield number_key(found.group()), relation
                if _ENDED_RE.search(clause[found.end() :] + lead):
                    yield number_key(found.group()), "bãi bỏ"
                    yield number_key(found.group()), "thay thế"
        lead = line if line.rstrip().endswith(":") else lead


def changed_in(text: str) -> set[str]:
    """The numbers of the articles that a text names in one line with a word of change."""
    lines = (
        line for line in text.splitlines() if re.search(r"sửa đổi|bổ sung|bãi bỏ|thay|ngưng", line, re.IGNORECASE)
    )
    return {one.casefold() for line in lines for one in re.findall(r"[Đđ]iều (\d+[a-zđ]?)\b", line)}


def articles_of(text: str) -> set[str]:
    """The numbers of the articles that a text has."""
    return {found.casefold() for found in re.findall(r"(?m)^\s*(?:Điều|ĐIỀU) (\d+[a-zđ]?)\b", text)}


def score_status(base: Base, published: Published) -> list[Score]:
    """Status on the day the source read it."""
    every = Score("status agrees, text held", 0.97)
    ended = Score("… expired or partly, and a held text says so", 0.9)
    blind = Score("… expired or partly, but no held text says so: not counted above")
    stale = Score("… published “Còn hiệu lực”, answered by an end or amendment that a held text proves")
    absent = Score("text not held: “Không xác định”, or an end that a held text proves", 1.0)
    readings: dict[str, Score] = {}
    acting = _acting(published)
    with base.store.connect() as connection:
        lives = Lives(connection)
        for name, row in published.rows.items():
            said = row["tinh_trang"]
            if not said:
                continue
            got, line = _answer(base, lives, row)
            line = f"{row['so_hieu']}: published {said}, answered {line}"
            if said.startswith("Hết"):
                line += f"; changed by {', '.join(sorted(acting.get(name, ()))[:4]) or '-'}"
                (ended if acting.get(name) else blind).count(got == said, line)
                if not acting.get(name):
                    continue
            elif said == Word.IN_FORCE.value and got in (Word.EXPIRED.value, Word.PARTLY.value):
                stale.count(bool(acting.get(name)), line)
            every.count(got == said, line)
            reading = f"{row['tinh_trang_source']}, {row['tinh_trang_asof'] or 'day not told'}"
            readings.setdefault(reading, Score(f"… as read by {reading}")).count(got == said, line)
        for row in all_rows():
            if row["tinh_trang"] and number_key(row["so_hieu"]) not in published.rows:
                got, line = _answer(base, lives, row)
                sure = got in (None, Word.UNKNOWN.value, Word.EXPIRED.value, Word.PARTLY.value)
                absent.count(sure, f"{row['so_hieu']}: published {row['tinh_trang']}, answered {line}")
    return [every, *(readings[name] for name in sorted(readings)), ended, blind, stale, absent]


def _acting(published: Published) -> dict[str, set[str]]:
    """The held texts that state a change of a document and can make it; of one that ended, its end."""
    ranks = {name: rank_of(row["so_hieu"], row["loai"]) for name, row in published.rows.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for name, row in published.rows.items():
        for other, relation in stated_in(head_of(row) + row["text"]):
            target = published.rows.get(other)
            if target is None or other == name or relation not in _CHANGING:
                continue
            whole = target["tinh_trang"] == Word.EXPIRED.value
            low, high = ranks[name], ranks[other]
            if (low is None or high is None or low <= high) and not (whole and relation == "sửa đổi bổ sung"):
                found[other].add(name)
    return found


def _answer(base: Base, lives: Lives, row: dict[str, Any]) -> tuple[str | None, str]:
    day = (row["tinh_trang_asof"] or "2026-04-26") + "-01"
    # A text may print its number otherwise than the list: a person who holds it asks by what it prints.
    printed = printed_numbers(row["text"] or "") if not is_stranger(row) else []
    names = (row["so_hieu"], *printed)
    found = next(filter(None, (find_works(base.store, one) for one in names)), [])
    if row["ngay_ban_hanh"]:
        found = [one for one in found if not one.issued or one.issued[:4] == row["ngay_ban_hanh"][:4]] or found
        found = [one for one in found if one.issued == row["ngay_ban_hanh"]] or found
    if len(found) != 1:
        return None, f"nothing ({len(found)} works of this number)"
    answer = answer_from(lives, found[0].id, day[: len("2026-04-26")])
    because = "; ".join(f"{e.change.value} {e.on} {e.by or ''} {e.rule}".strip() for e in answer.standing.because)
    return answer.standing.word.value, f"{answer.standing.word.value} ({answer.standing.reason}: {because[:200]})"


def score_relations(base: Base, published: Published) -> list[Score]:
    """Relations read from text: recall of the published ones that the text states, precision of changes."""
    read = base.relations()
    recall = Score("relations that the held text states are read", 0.85)
    states = {name: set(stated_in(head_of(row) + row["text"])) for name, row in published.rows.items()}
    for (acting, target), relations in sorted(published.pairs.items()):
        for relation in sorted(relations):
            if (target, relation) not in states.get(acting, ()):
                continue
            told = read.get((acting, target), {})
            good = any(_same(relation, one) for one in told)
            recall.count(good, f"{acting} {relation} {target}: read {', '.join(told) or 'nothing'}")
    agree = Score("changes read, of pairs that are published: with the published word")
    change = Score("… as a change of any kind", 0.95)
    extra = Score("changes read between documents of the lists: the pair is published")
    listed = {name for pair in published.pairs for name in pair}
    for (acting, target), told in sorted(read.items()):
        changes = sorted(set(told) & set(_CHANGING))
        if acting not in published.rows or not listed.issuperset((acting, target)) or acting == target:
            continue
        says = published.pairs.get((acting, target), set())
        for relation in changes:
            line = (
                f"{acting} {relation} {target}: published {', '.join(says) or 'nothing'} | {told[relation][:600]}"
            )
            if says:
                agree.count(any(_same(one, relation) for one in says), line)
                change.count(bool(says & set(_CHANGING)), line)
            extra.count(bool(says), line)
    return [recall, agree, change, extra]


def _same(published: str, read: str) -> bool:
    """Whether two words for a relation are one: what "ends" another repeals or replaces it."""
    return published == read or (read == "hết hiệu lực" and published in ("bãi bỏ", "thay thế"))


def score_events(base: Base, published: Published) -> list[Score]:
    """Articles amended: found with article, kind of action and day; and what is read that the labels lack."""
    read: dict[tuple[str, str], dict[str, set[tuple[Change, str | None]]]] = defaultdict(lambda: defaultdict(set))
    gone: set[tuple[tuple[str, str], str]] = set()
    with base.store.connect() as connection:
        lives = Lives(connection)
        wanted = {(number_key(one["by_so_hieu"]), number_key(one["target_so_hieu"])) for one in published.events}
        for row in base.changes:
            article = re.match(r"điều ([^/]+)", row.place)
            if not (row.by_id and article and row.by_id in base.key and row.node_id in base.key):
                continue
            pair = base.key[row.by_id], base.key[row.node_id]
            if pair in wanted:
                event = lives._event(row, 0)
                read[pair][article[1].casefold()].add((event.change, event.on))
                if event.change in ENDS and article.group() == row.place:
                    gone.add((pair, article[1].casefold()))
    # An article that ended as a whole is no longer in the codification: nobody labels its end.
    recall = Score("label events whose acting article is held: article, action, day", 0.85)
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    articles = {name: articles_of(row["text"]) for name, row in published.rows.items()}
    for one in published.events:
        pair = number_key(one["by_so_hieu"]), number_key(one["target_so_hieu"])
        article = one["target_dieu"].removeprefix("Điều ").strip(". ").casefold()
        labels[pair].add(article)
        acting = set(re.findall(r"Điều (\d+[a-zđ]?)", one["by_where"]))
        # A note without the acting article tells of a later document: its label stands the wrong way round.
        if not acting or pair[0] not in published.rows or not acting <= articles[pair[0]]:
            continue
        words = one["actions_on_article"]
        fits = set().union(*(kinds for word in words for key, kinds in _ACTIONS if key in word))
        got = read[pair].get(article, set())
        days = {day for change, day in got if change in fits}
        line = f"{pair[0]} -> {pair[1]} Điều {article} {words} {one['tu_ngay']} ({one['by_where']})"
        recall.count(one["tu_ngay"] in days, f"{line}: read {sorted((str(c), d) for c, d in got) or 'nothing'}")
    precision = Score("articles read as amended, of pairs in the labels, in the labels", 0.95)
    proved = Score("… or named behind a word of change in the acting text, told without the product's reading")
    for pair, found in sorted(read.items()):
        for article in sorted(found):
            if (pair, article) in gone and article not in labels[pair]:
                continue
            line = f"{pair[0]} -> {pair[1]} Điều {article}: {sorted(str(c) for c, _ in found[article])}"
            precision.count(article in labels[pair], line)
            text = published.rows[pair[0]]["text"] if pair[0] in published.rows else ""
            proved.count(article in labels[pair] or article in changed_in(text), line)
    return [recall, precision, proved]


def kinds_of(lines: list[str]) -> Counter[str]:
    """How often each answer stands behind a miss."""
    return Counter(re.sub(r".*(?:answered|read) ([^(:]*).*", r"\1", line).strip() for line in lines)
