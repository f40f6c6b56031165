"""What of a paper tells which way a thing went that is said to have risen or fallen, without by how much.

``Chỉ có nhóm B giảm``, ``4/6 nhóm giảm``, ``đạt 38,5%, thấp hơn năm 2024``: rows of a table, another number of
the thing. Each is a `Pointer`; what it is worth is learned (`graphs.checks.learned.ways`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.learned.claimed import PAST_RE, PLAN_RE, WAY_RE, YEAR_RE, Claim, values_of, way_before
from graphs.checks.learned.partners import kind_of
from graphs.checks.learned.pointers import LONG_ROW, Pointer, Source, above, cover
from graphs.checks.learned.rose import CHANGES_RE, Moved, label_of, order, way_in, without_years
from graphs.checks.learned.values import Node
from graphs.checks.reading.placed import Placed
from graphs.checks.reading.rows import Line
from graphs.checks.reading.telling import Words, carrying_in
from kb.bilingual import Bilingual, both
from kb.models import Span

_NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNT_RE = re.compile(
    r"(?<![\d.,/])(?P<n>\d{1,2})(?:/(?P<m>\d{1,2}))?\s+(?P<noun>[^\W\d_][^.,;:()\d]{1,60})$"
    rf"|(?<!\w)(?P<w>{'|'.join(_NUMBERS)})\s+(?P<noun2>[^\W\d_][^.,;:()\d]{{1,60}})$",
    re.IGNORECASE,
)
_ALL_RE = re.compile(r"\b(?:cả|tất cả)\s*$", re.IGNORECASE)
_ONLY_RE = re.compile(r"duy nhất|chỉ có|chỉ|riêng", re.IGNORECASE)
_ALONE_RE = re.compile(r"duy nhất|chỉ có|riêng", re.IGNORECASE)
_EACH_RE = re.compile(r"\bđều\b|\bcả\b", re.IGNORECASE)
_MUCH_RE = re.compile(r"\s+(?:nhiều|mạnh|nhanh|sâu|nhẹ|dần|hẳn)")
_LISTED_RE = re.compile(r"[^.;:()]{0,70}?(?:\blà|gồm|:|\()\s*(.*)", re.DOTALL)
_PART_RE = re.compile(r"[,;:()]|\bvà\b(?=[^,]*\d)")
_BESIDE_RE = re.compile(r"so với|hơn|mục tiêu|mức|kế hoạch|yêu cầu")
_COUNT_BEFORE, _ONLY_BEFORE, _ONLY_BEHIND, _FAR, _MANY = 75, 60, 25, 3, 6
_NAMED, _HALF, _BETWEEN, _SHOWN, _EQUALS, _DIGITS = 0.7, 0.5, 90, 60, 3, 2


class Going:
    """The pointers of one claim without a number of the change."""

    def __init__(self, claim: Claim, source: Source, moved: Sequence[Moved]) -> None:
        self.claim, self.source, self.moved = claim, source, moved
        text = claim.where.text
        low, high = claim.part
        self._before = text[max(low, claim.at - _COUNT_BEFORE) : claim.at]
        self._behind = text[claim.end : high]
        self._around = carrying_in(f"{self._before} {self._behind}") | carrying_in(text[slice(*claim.sentence)])

    def found(self) -> Iterator[Pointer]:
        """All of them."""
        for value, away in values_of(self.claim):
            yield from self._of_value(value, away)
        yield from self._counted()
        yield from self._named()
        yield from self._told()

    def _pointer(
        self, up: bool, kind: str, signs: Sequence[str], spans: Sequence[Span], why: Bilingual
    ) -> Pointer:
        return Pointer(up, kind, (kind, *(f"{kind}:{sign}" for sign in signs)), tuple(spans), why)

    def _of_claim(self) -> list[str]:
        claim, text = self.claim, self.claim.where.text
        low = max([claim.part[0], *(found.end() for found in WAY_RE.finditer(text, claim.part[0], claim.at))])
        sentence = text[claim.sentence[0] : claim.end + 40]
        alone = (
            "duy" if _ALONE_RE.search(sentence) else "all" if _EACH_RE.search(text[low : claim.at][-30:]) else "no"
        )
        much = "nhiều" if _MUCH_RE.match(text, claim.end) else "no"
        return [f"comp={self.claim.compares}", f"alone={alone}", f"since={claim.since}", f"deg={much}"]

    def _of_value(self, value: Placed, away: int) -> Iterator[Pointer]:
        values, kind = self.source.values, kind_of(value)
        same = values.near(kind, value.value, value.value)
        if value.scale != 1 or kind:
            own = value.value / value.scale
            same += [one for one in values.near("", own, own) if one.cell and not one.told.unit]
        same = [one for one in same if one.block != self.claim.block]
        seen: set[tuple[object, int, int]] = set()
        for held in same:
            row = values.rows[held.row]
            for other in row if len(row) <= LONG_ROW else ():
                if other is not held and other.kind == held.kind and other.value != held.value:
                    key = (held.row, held.column, other.column)
                    if key not in seen:
                        seen.add(key)
                        yield from self._of_row(value, away, held, other, len(same))
            yield from self._of_changes(away, held)
        if self.claim.against and away < 0:
            yield from self._of_telling(value, away)
        yield from self._in_text(value, away)

    def _of_row(self, value: Placed, away: int, held: Node, other: Node, many: int) -> Iterator[Pointer]:
        """A row of a table that has the value and another one of another time, or its plan."""
        claim, later = self.claim, order(held.head, other.head)
        if not held.cell or not later or CHANGES_RE.search(f"{other.head}\n{held.head}"):
            return
        rare = len(str(int(value.value / value.step)).rstrip("0")) > _DIGITS
        named, how = cover(held.label, claim.said), abs(later)
        if named <= 0.4 and not rare:
            return
        like = without_years(held.head) == without_years(other.head)
        years = set(YEAR_RE.findall(f"{other.head} {held.head}"))
        past = claim.since_past or bool(claim.years & years)
        signs = [f"o={how}", f"o={how} hs={like}", f"v={away}", f"o={how} past={past} plan={claim.since_plan}"]
        signs += [f"many={many > _EQUALS}", f"rare={rare}", *above("cover", named, (0, 0.4, 0.7, 0.99))]
        signs += [f"x cv={named > 0.5} o={how} rare={rare}", *self._of_claim()]
        up = (held.value > other.value) == (later > 0)
        now, before = (held, other) if later > 0 else (other, held)
        yield self._pointer(up, "WR", signs, (now.told.span, before.told.span), _row(now, before))

    def _of_changes(self, away: int, held: Node) -> Iterator[Pointer]:
        """A column of changes in the row of the value."""
        named = cover(held.label, self.claim.said)
        if held.cell is None or not named:
            return
        grid, line, _ = held.cell
        for moved in self.moved:
            if moved.grid is grid and moved.kind == "chg" and (way := way_in(grid, line, moved.columns[0])):
                column = moved.columns[0]
                negative = (line.value(column) or way) < 0
                signs = ["holds", f"v={away}", f"neg={negative}", *above("cover", named, (0, 0.4, 0.7, 0.99))]
                yield self._pointer(
                    way > 0, "WC", [*signs, *self._of_claim()], (line.span(column),), _shown(moved, line)
                )

    def _of_telling(self, value: Placed, away: int) -> Iterator[Pointer]:
        """Another number of the text, of what the claim is held against."""
        claim, kind = self.claim, kind_of(value)
        words = claim.near | claim.led | carrying_in(claim.against)
        for node in self.source.values.found:
            if node.cell or node.kind != kind or node.block == claim.block or node.value == value.value:
                continue
            own = cover(node.told.own, words)
            if own <= _HALF or (not kind and node.told.unit != value.unit):
                continue
            times = {time[-4:] for time in node.told.said.times if time[-4:].isdigit()}
            years = set(YEAR_RE.findall(node.head)) or times
            year = "none" if not claim.years else "w" if claim.years & years else "no" if years else "?"
            plan, past = bool(PLAN_RE.search(node.head)), bool(PAST_RE.search(node.head))
            if year != "w" and not (claim.since_plan and plan) and not (claim.since_past and past):
                continue
            named = cover(carrying_in(claim.against), node.told.own | node.told.said.clause)
            fits = (claim.since_past and past) or (claim.since_plan and plan)
            signs = [
                f"v={away}",
                f"y={year}",
                f"plan={claim.since_plan} {plan}",
                f"past={claim.since_past} {past}",
            ]
            signs += [*above("ac", named, (0, 0.5, 0.9)), *above("own", own, (0, 0.5, 0.8))]
            signs += [f"x own={own > _NAMED} y={year} p={fits}", *self._of_claim()]
            why = both(
                "chỗ khác ghi {told}: “{text}”",
                "elsewhere {told} is stated: “{text}”",
                told=node.told.told,
                text=" ".join(node.shown.split())[:_SHOWN],
            )
            yield self._pointer(value.value > node.value, "WT", signs, (node.told.span,), why)

    def _in_text(self, value: Placed, away: int) -> Iterator[Pointer]:
        """The number behind the word that the value is held against."""
        claim, text = self.claim, self.claim.where.text
        behind = [one for one in claim.places if claim.end <= one.start < claim.part[1] and not one.is_name][:1]
        if away > 0 or not behind or way_before(behind[0]):
            return
        other, between = behind[0], text[claim.end : behind[0].start]
        alike = other.sort == value.sort and (other.unit == value.unit or value.sort == "%")
        if not alike or other.value == value.value or len(between) >= _BETWEEN:
            return
        than = text[claim.at : other.start]
        if not _BESIDE_RE.search(than) or re.search(r"(?:tăng|giảm)\s*$", between):
            return
        held = bool(re.search("so với|hơn", than))
        signs = [f"v={away}", f"paren={'(' in between}", f"num={held}", f"comma={',' in between}"]
        why = both(
            "{one} so với {other}", "{one} beside {other}", one=value.figure.printed, other=other.figure.printed
        )
        spans = (value.figure.span, other.figure.span)
        yield self._pointer(value.value > other.value, "WI", [*signs, *self._of_claim()], spans, why)

    def _counted(self) -> Iterator[Pointer]:
        """How many rows of a table rose or fell: ``4/6 nhóm giảm``."""
        found = _COUNT_RE.search(self._before)
        if found is None:
            return
        count = int(found["n"]) if found["n"] else _NUMBERS.index(found["w"].lower()) + 1
        of, noun = int(found["m"] or 0), found["noun"] or found["noun2"]
        all_ = bool(_ALL_RE.search(self._before[: found.start()])) or (of > 0 and of == count)
        for moved in self.moved:
            ups, downs, rows = moved.ups, moved.downs, len(moved.ways)
            if count not in (ups, downs) or ups == downs or (of and of != rows) or (all_ and count != rows):
                continue
            named = cover(carrying_in(noun), carrying_in(moved.of))
            head = cover(moved.head_words, self._around)
            first = noun.split()[0].lower() in moved.of.lower()
            if not (first or named > _HALF or of) or ("hs=False" in moved.kind and not (head > _HALF and first)):
                continue
            behind = carrying_in(self._behind)
            listed = sum(cover(label_of(line), behind) > _NAMED for line, _ in moved.rows if label_of(line))
            signs = [moved.kind, f"of={of > 0}", f"alls={all_}", f"noun0={first}", f"n={min(count, _FAR)}"]
            signs += [f"m={min(_MANY, rows)}", f"both={ups == 0 or downs == 0}"]
            signs += [*above("nn", named, (0, 0.5, 0.9)), *above("hw", head, (0, 0.5, 0.9))]
            signs += above("listed", listed / max(1, count), (0.3, 0.9))
            signs.append(f"x {moved.kind} of={of > 0} w0={first}")
            spans = [
                line.span(moved.columns[-1]) for line, way in moved.rows if way == (1 if ups == count else -1)
            ]
            why = both(
                "bảng có {ups} dòng tăng, {downs} dòng giảm",
                "in the table {ups} rows rose, {downs} fell",
                ups=ups,
                downs=downs,
            )
            yield self._pointer(count == ups, "N", signs, spans, why)

    def _named(self) -> Iterator[Pointer]:
        """The row of a table that is called as the thing is."""
        claim, text = self.claim, self.claim.where.text
        before = carrying_in(_PART_RE.split(text[claim.part[0] : claim.at])[-1])
        following = WAY_RE.search(text, claim.end, claim.part[1])
        list_ = _LISTED_RE.match(text[claim.end : following.start() if following else claim.part[1]])
        listed = carrying_in(list_[1]) if list_ else Words()
        told = before | listed
        only = bool(_ONLY_RE.search(text[max(claim.part[0], claim.at - _ONLY_BEFORE) : claim.end + _ONLY_BEHIND]))
        for moved in self.moved:
            head = cover(moved.head_words, self._around)
            if "hs=False" in moved.kind and head <= _HALF:
                continue
            for line, way in moved.rows:
                label = label_of(line)
                if not way or label.isdisjoint(told):
                    continue
                named = max(cover(label, before), cover(label, listed))
                if named >= _NAMED and (head > _HALF or not self._is_unsure(moved, line)):
                    words = before if cover(label, before) >= cover(label, listed) else listed
                    signs = self._of_named(moved, line, way, words, only)
                    place = "b" if words is before else "l"
                    rest = cover(
                        words, label | carrying_in(f"{without_years(moved.head)} {moved.grid.table.title or ''}")
                    )
                    signs += [
                        f"at={place}",
                        *above("cov", named, (0.8, 0.99)),
                        *above("rev", rest, (0.3, 0.6, 0.9)),
                    ]
                    signs += above("hw", head, (0, 0.5, 0.9))
                    long = len(label) > 1
                    signs.append(f"x at={place} rev={rest > 0.6} len={long} hw={head > _HALF}")
                    spans = [line.span(column) for column in moved.columns]
                    yield self._pointer(way > 0, "U", signs, spans, _shown(moved, line))

    def _is_unsure(self, moved: Moved, line: Line) -> bool:
        """Whether some columns of its table make a row rise, others fall."""
        ways = {one.ways.get(line.at, 0) for one in self.moved if one.grid is moved.grid}
        return ways >= {1, -1}

    def _told(self) -> Iterator[Pointer]:
        """A sentence elsewhere that tells the thing at two times: ``123 câu lạc bộ (năm 2023: 115)``."""
        claim, text = self.claim, self.claim.where.text
        before = carrying_in(_PART_RE.sub(" ", text[claim.sentence[0] : claim.at]))
        words = before | carrying_in(text[claim.end : claim.part[1]][:_BETWEEN])
        for now, past, label in self.source.told_of_two_times if len(before) > 1 else ():
            if now.block == claim.block:
                continue
            own = now.told.own | past.told.own
            named, held = cover(before, own | label), cover(own, words)
            if max(named, held) < _NAMED:
                continue
            signs = [*above("named", named, (0.4, 0.6, 0.8)), *above("held", held, (0.4, 0.6, 0.8))]
            same = now.told.unit == past.told.unit
            signs += [f"long={len(before) > _FAR}", f"unit={same}", *self._of_claim()]
            spans = (now.told.span, past.told.span)
            yield self._pointer(now.value > past.value, "UT", signs, spans, _row(now, past))

    def _of_named(self, moved: Moved, line: Line, way: int, words: Words, only: bool) -> list[str]:
        lone = (moved.ups if way > 0 else moved.downs) == 1
        since = self.claim.since
        return [
            moved.kind,
            f"only={only} lone={lone}",
            f"len={min(_FAR, len(label_of(line)))}",
            f"comp={self.claim.compares}",
            f"since={since}",
            f"x {moved.kind} since={since}",
        ]


def _row(now: Node, before: Node) -> Bilingual:
    if not now.cell:
        told = (before.told.told, now.told.told)
        return both(
            "chỗ khác ghi từ {one} đến {other}", "elsewhere from {one} to {other}", one=told[0], other=told[1]
        )
    return both(
        "bảng, dòng “{row}”: từ {before} đến {now}",
        "the table, row “{row}”: from {before} to {now}",
        row=" ".join(now.shown.split())[:_SHOWN],
        before=before.told.printed,
        now=now.told.printed,
    )


def _shown(moved: Moved, line: Line) -> Bilingual:
    told = " → ".join(line.printed(column) for column in moved.columns)
    return both(
        "bảng, dòng “{row}”, cột “{head}”: {told}",
        "the table, row “{row}”, column “{head}”: {told}",
        row=" ".join(line.label.split())[:_SHOWN],
        head=" ".join(moved.head.split())[:_SHOWN],
        told=told,
    )
