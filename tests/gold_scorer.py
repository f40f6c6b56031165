"""Scores mentions against gold: spans by kind, fields, relations; and tells gains and losses between two runs.

A predicted mention is held against at most one of gold: first those that cut the same characters, then those
that share most. An optional mention of gold is neither missed when it is not found nor a false alarm when it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kb.models import Citation
from tests.gold_files import FIELDS, KINDS, Mention


def mention_of(citation: Citation) -> Mention:
    """A citation of the extractor in the shape of gold."""
    return Mention(
        tuple((part.start, part.end) for part in citation.parts),
        citation.kind.value,
        citation.type,
        citation.number,
        citation.issuer,
        citation.issued,
        citation.year,
        citation.pinpoint,
        citation.relation.value if citation.relation else None,
        citation.direction.value if citation.direction else None,
        citation.use.value if citation.use else None,
        citation.footnote,
    )


@dataclass(frozen=True, slots=True)
class Match:
    """Indices of gold and predicted mentions that belong together; the others are missed and false."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    false: tuple[int, ...]


def match_mentions(gold: Sequence[Mention], found: Sequence[Mention]) -> Match:
    """The best one-to-one pairing by span, same kind before other kind."""
    ranked = sorted(
        (-_overlap(one, other), one.kind != other.kind, i, j)
        for i, one in enumerate(gold)
        for j, other in _near(one, found)
        if _overlap(one, other) > 0
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in ranked:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    missed = tuple(i for i, one in enumerate(gold) if i not in pairs and not one.optional)
    false = tuple(j for j in range(len(found)) if j not in taken)
    return Match(tuple(sorted(pairs.items())), missed, false)


def _near(one: Mention, found: Sequence[Mention]) -> Iterable[tuple[int, Mention]]:
    return ((j, other) for j, other in enumerate(found) if other.start < one.end and one.start < other.end)


def _overlap(one: Mention, other: Mention) -> float:
    """Shared characters as a share of all characters of both."""
    shared = sum(
        max(0, min(end, stop) - max(start, begin)) for start, end in one.parts for begin, stop in other.parts
    )
    total = sum(end - start for mention in (one, other) for start, end in mention.parts) - shared
    return shared / total if total else 0.0


# A field counts where gold states it or the extractor does; these say where it cannot be compared.
_WITHOUT_OWN_FIELDS = ("back", "alias", "internal")
_ONLY_WHERE_STATED = ("relation", "direction", "use")


def is_judged(name: str, gold: Mention, found: Mention) -> bool:
    """Whether a field of a matched pair counts.

    Back references and short names take number, date and issuer from what they stand for, the document's own
    number from its head: both ways of filling them are right.
    """
    if name in gold.not_judged or gold.optional:
        return False
    if name in _ONLY_WHERE_STATED:
        return getattr(gold, name) is not None
    if name in ("number", "issuer", "date", "year") and gold.kind in _WITHOUT_OWN_FIELDS:
        return False
    if name in ("issuer", "date", "year", "footnote") and gold.kind == "self":
        return False
    if name == "number" and gold.kind == "name":
        return gold.number is not None
    if name == "type" and gold.type is None:
        return False
    return getattr(gold, name) is not None or getattr(found, name) is not None


def is_right(name: str, gold: Mention, found: Mention) -> bool:
    """Whether a field says what gold says, spelling variants aside."""
    wanted, got = getattr(gold, name), getattr(found, name)
    if name == "relation":
        return got in (wanted, *gold.relations_also)
    if name == "issuer":
        if gold.issuer_implied and got is None:
            return True
        return wanted is not None and got is not None and _same_body(wanted, got)
    if wanted is None or got is None or name in ("year", "date", "direction", "use"):
        return wanted == got
    return _FOLDS.get(name, fold)(wanted) == _FOLDS.get(name, fold)(got)


def fold(value: str) -> str:
    """Letters and figures of a value in one spelling: NFC, lower case, single spaces, one accent order."""
    text = unicodedata.normalize("NFC", value).casefold()
    for old, new in (("uỷ", "ủy"), ("oà", "òa"), ("oá", "óa"), ("ð", "đ"), ("–", "-"), ("‑", "-")):
        text = text.replace(old, new)
    return " ".join(text.split())


def fold_number(value: str) -> str:
    """A number without spaces, its figure as an integer.

    >>> fold_number("07/2024/QĐ-UBND") == fold_number("7/2024/qđ- ubnd")
    True
    """
    return re.sub(r"^0+(?=\d)", "", fold(value).replace(" ", ""))


def fold_pinpoint(value: str) -> str:
    """A pinpoint as its levels and labels, without commas and repeated words of level.

    >>> fold_pinpoint("các Điều 5, 6 và 7") == fold_pinpoint("Điều 5, Điều 6, Điều 7")
    True
    >>> fold_pinpoint("khoản 6, Điều 4") == fold_pinpoint("Khoản 6 Điều 4")
    True
    """
    words, level = [], ""
    for word in re.split(r"[\s,:;]+", fold(value)):
        if word in ("các", "và", "của", "tại", ""):
            continue
        if word in ("điều", "khoản", "điểm", "mục", "chương", "tiết", "phần"):
            if word == level:
                continue
            level = word
        words.append(word)
    return " ".join(words)


_FOLDS: dict[str, Callable[[str], str]] = {"number": fold_number, "pinpoint": fold_pinpoint}
_OFFICE_RE = re.compile(r"^(?:bộ trưởng|chủ tịch|chủ nhiệm|thống đốc|tổng kiểm toán|chánh án|giám đốc) (?=\w)")


def fold_body(value: str) -> str:
    """A body's name without the office of who signs for it and without short forms.

    >>> fold_body("Bộ trưởng Bộ Tài chính") == fold_body("Bộ Tài chính")
    True
    """
    text = fold(value).replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")
    text = re.sub(r"[,;()]", " ", text.replace("tp.", "thành phố ").replace(" - ", "-").replace("- ", "-"))
    return _OFFICE_RE.sub("", " ".join(text.split()))


def _same_body(wanted: str, got: str) -> bool:
    one, other = fold_body(wanted), fold_body(got)
    # "Ủy ban nhân dân tỉnh" is the same body with and without the province's name.
    return one == other or other.startswith(one + " ") or (len(one.split()) > 4 and one.startswith(other + " "))


@dataclass(slots=True)
class Tally:
    """Counts of one or more documents."""

    exact: Counter[str] = field(default_factory=Counter)
    overlap: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    documents: int = 0

    def add(self, gold: Sequence[Mention], found: Sequence[Mention]) -> Match:
        """Count one document in; its pairing."""
        match = match_mentions(gold, found)
        self.documents += 1
        optional = {j for i, j in match.pairs if gold[i].optional}
        for kind, number in Counter(one.kind for one in gold if not one.optional).items():
            self.gold[kind] += number
        for j, other in enumerate(found):
            if j not in optional:
                self.found[other.kind] += 1
        for i, j in match.pairs:
            if not gold[i].optional:
                self._add_pair(gold[i], found[j])
        return match

    def _add_pair(self, gold: Mention, found: Mention) -> None:
        if gold.kind == found.kind:
            self.overlap[gold.kind] += 1
            self.exact[gold.kind] += gold.parts == found.parts or (gold.start, gold.end) == (
                found.start,
                found.end,
            )
        else:
            self.overlap["other kind"] += 1
        for name in FIELDS:
            if is_judged(name, gold, found):
                key = "issuer implied" if name == "issuer" and gold.issuer_implied else name
                self.judged[key] += 1
                self.right[key] += is_right(name, gold, found)

    def span_rows(self) -> list[tuple[str, int, int, float, float, float, float]]:
        """Kind, mentions of gold, mentions found, exact F1, then overlap precision, recall, F1; at last all."""
        rows = []
        for kind in (*KINDS, "all"):
            kinds = KINDS if kind == "all" else (kind,)
            gold, found = sum(self.gold[k] for k in kinds), sum(self.found[k] for k in kinds)
            exact, overlap = sum(self.exact[k] for k in kinds), sum(self.overlap[k] for k in kinds)
            if kind == "all":
                overlap += self.overlap["other kind"]
            if gold or found:
                precision, recall = _share(overlap, found), _share(overlap, gold)
                rows.append(
                    (kind, gold, found, _f1(exact, gold, found), precision, recall, _f1(overlap, gold, found))
                )
        return rows

    def field_rows(self) -> list[tuple[str, int, float]]:
        """Field, pairs on which it was judged, share that was right."""
        names = (*FIELDS[:3], "issuer implied", *FIELDS[3:])
        return [(name, self.judged[name], _share(self.right[name], self.judged[name])) for name in names]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(hits: int, gold: int, found: int) -> float:
    return 2 * hits / (gold + found) if gold + found else 1.0


def outcome_rows(gold: Sequence[Mention], found: Sequence[Mention], text: str) -> list[dict]:
    """What happened to each mention, as rows of JSON that two runs can be compared by."""
    match = match_mentions(gold, found)
    rows = [_row("missed", gold[i], text) for i in match.missed]
    rows += [_row("false", found[j], text) for j in match.false]
    for i, j in match.pairs:
        one, other = gold[i], found[j]
        row = _row("optional" if one.optional else "found", one, text)
        same = (one.start, one.end) == (other.start, other.end)
        row["as"] = None if same else [other.start, other.end, other.cut(text)]
        row["kind_found"] = other.kind
        row["wrong"] = {
            name: [getattr(one, name), getattr(other, name)]
            for name in FIELDS
            if is_judged(name, one, other) and not is_right(name, one, other)
        }
        rows.append(row)
    return sorted(rows, key=lambda row: (row["start"], row["end"], row["outcome"]))


def _row(outcome: str, mention: Mention, text: str) -> dict:
    surface = " ".join(mention.cut(text).split())
    return {
        "outcome": outcome,
        "start": mention.start,
        "end": mention.end,
        "kind": mention.kind,
        "surface": surface,
    }


def gains_and_losses(old: Sequence[dict], new: Sequence[dict]) -> list[str]:
    """One line a difference between two runs on one document: ``+`` better, ``-`` worse, ``~`` otherwise."""
    lines = []
    before = {(row["start"], row["end"]): row for row in old}
    after = {(row["start"], row["end"]): row for row in new}
    for place in sorted(before.keys() | after.keys()):
        lines += _difference(before.get(place), after.get(place))
    return lines


_WORTH = {None: 0, "optional": 0, "missed": -1, "false": -1, "found": 1}


def _difference(old: dict | None, new: dict | None) -> list[str]:
    was, now = old["outcome"] if old else None, new["outcome"] if new else None
    row = new or old
    assert row is not None
    place = f"[{row['start']}:{row['end']}] {row['surface']!r}"
    if was != now:
        change = _WORTH[now] - _WORTH[was]
        mark = "+" if change > 0 else "-" if change < 0 else "~"
        return [f"{mark} {was or 'nothing'} -> {now or 'nothing'}: {place}"]
    if not old or not new or now not in ("found",):
        return []
    lines = []
    wrong_before, wrong_after = old["wrong"], new["wrong"]
    for name in sorted(wrong_before.keys() | wrong_after.keys()):
        if name not in wrong_after:
            lines.append(f"+ {name} mended ({wrong_before[name][1]!r} -> {wrong_before[name][0]!r}): {place}")
        elif name not in wrong_before:
            lines.append(f"- {name} lost ({wrong_after[name][0]!r} -> {wrong_after[name][1]!r}): {place}")
        elif wrong_before[name] != wrong_after[name]:
            lines.append(
                f"~ {name} wrong otherwise ({wrong_before[name][1]!r} -> {wrong_after[name][1]!r}): {place}"
            )
    if bool(old["as"]) != bool(new["as"]):
        lines.append(f"{'-' if new['as'] else '+'} span {'widened or cut' if new['as'] else 'exact'}: {place}")
    if old["kind_found"] != new["kind_found"]:
        mark = "+" if new["kind_found"] == row["kind"] else "-" if old["kind_found"] == row["kind"] else "~"
        lines.append(f"{mark} kind {old['kind_found']} -> {new['kind_found']}: {place}")
    return lines
