"""What else of a paper tells which way a change went: another number, that with its own gives the very change.

``Sĩ số 41,7, thấp hơn cấp tiểu học 6,8`` names 34,9 and 48,5; where one of them stands in the paper it is likely
what is meant. The row that holds both values, a column of changes, the same change told again tell it as well.
Each is a `Pointer`; what it is worth is learned (`graphs.checks.learned.ways`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from graphs.checks.learned.claimed import PAST_RE, PLAN_RE, YEAR_RE, Claim
from graphs.checks.learned.clues import said
from graphs.checks.learned.partners import Beside, Partner, partners, values_near
from graphs.checks.learned.pointers import LONG_ROW, Pointer, Source, above, cover
from graphs.checks.learned.rose import CHANGES_RE, order, without_years
from graphs.checks.learned.values import Node, Row, unlike
from graphs.checks.reading.placed import Placed
from graphs.checks.reading.telling import carrying_in
from kb.bilingual import Bilingual, both
from kb.models import Span

_LEVEL_WORDS = (
    *("mục tiêu", "chỉ tiêu", "mức", "yêu cầu", "tối thiểu", "kế hoạch", "dự toán", "trên", "quá", "ngưỡng"),
    *("ít nhất", "quy định", "bình quân", "trung bình", "chung", "là"),
)
#: Before the least that is asked for.
_LEAST_RE = re.compile(r"\b(?:ít nhất|tối thiểu|không dưới|không thấp hơn)\s+$", re.IGNORECASE)
_SORTS = frozenset(("%", "points", "đồng", "count", ""))
_MOST, _FAR, _SHOWN = 4, 3, 60
_NAMED, _SLIGHT = 0.6, 2


class Pointing:
    """The pointers of one change told with its number."""

    def __init__(self, claim: Claim, told: Placed, source: Source) -> None:
        self.claim, self.told, self.source = claim, told, source
        self._pairs: set[tuple[Row, int, int]] = set()

    def found(self) -> Iterator[Pointer]:
        """All of them, of each pair of numbers one."""
        yield from self._in_text()
        yield from self._levels()
        all_ = [
            one
            for value in values_near(self.claim, self.told)
            for one in partners(self.source.values, self.told, value)
        ]
        partnered = [one for one in all_ if one.node.block != self.claim.block and not self._is_least(one.value)]
        if self.told.figure.span.start not in self.source.directed:
            yield from self._beside(one for one in all_ if one.node.block == self.claim.block)
        hits = Counter((one.value.at, one.up, bool(one.node.cell)) for one in partnered)
        seen: set[tuple[int, int]] = set()
        for one in partnered:
            key = (one.value.start, one.node.told.span.start)
            if key not in seen:
                seen.add(key)
                yield from self._partner(one, hits)
        yield from self._changes()
        yield from self._rows()
        yield from self._again()

    def _is_least(self, value: Placed) -> bool:
        """Whether a number is the least that was asked for, and the change is what was over it: more is told."""
        text = self.claim.where.text
        over = text[self.claim.at :].lower().startswith("vượt")
        return over and _LEAST_RE.search(text, 0, value.start) is not None

    def _pointer(
        self, up: bool, kind: str, signs: Sequence[str], spans: Sequence[Span], why: Bilingual
    ) -> Pointer:
        rate = self.told.sort == "%"
        sort = self.told.sort if self.told.sort in _SORTS else "m"
        led = self.claim.led_to
        of_claim = (f"nd={min(self.claim.digits, _MOST)}", f"sort={sort}", f"lvl={led}", f"lvl={led} sort={rate}")
        named = (kind, *(f"{kind}:{sign}" for sign in (*signs, *of_claim)))
        return Pointer(up, kind, named, tuple(spans), why)

    def _in_text(self) -> Iterator[Pointer]:
        """Two numbers of its own paragraph that give it."""
        for one in self.source.directed.get(self.told.figure.span.start, ()):
            sure, meant = abs(one.odds), said(one.change, turned=True)
            up = one.up if one.odds > 0 else not one.up
            how = sum(meant >= bound for bound in (-5, -2.5, 0))
            signs = [f"I:o{int(min(_MOST, sure))} s{how}", *above("I:odds", sure, (0.5, 1, 2, 3, 4))]
            signs += above("I:x", sure, (0.5, 1, 2, 3, 4)) if meant > -_FAR else []
            now, before = (one.now, one.before) if one.odds > 0 else (one.before, one.now)
            why = both(
                "từ {before} đến {now}",
                "from {before} to {now}",
                before=before.figure.printed,
                now=now.figure.printed,
            )
            yield Pointer(up, "I", tuple(signs), (now.figure.span, before.figure.span), why)

    def _levels(self) -> Iterator[Pointer]:
        """A rate before it, where it is a level itself: ``đạt 8%, thấp hơn mục tiêu 12%``."""
        told, claim = self.told, self.claim
        level_told = claim.of_level and not claim.of_change and told.sort == "%"
        for value in values_near(claim, told) if level_told else ():
            level = value.sort == "%" and value.value != told.value and value.start < told.start
            if level and value.sentence == told.sentence:
                words = [word for word in _LEVEL_WORDS if re.search(rf"\b{word}\b", claim.between)]
                signs = [f"v={max(-_FAR, value.rank - told.rank)}", "vs=True", *(f"gw={word}" for word in words)]
                why = both(
                    "{one} so với {other}",
                    "{one} beside {other}",
                    one=value.figure.printed,
                    other=told.figure.printed,
                )
                yield self._pointer(value.value > told.value, "V", signs, (value.figure.span,), why)

    def _beside(self, pairs: Iterable[Partner]) -> Iterator[Pointer]:
        """Two numbers of its own paragraph whose times are told, behind a word that is seldom said of changes."""
        for one in pairs:
            held = self.source.values.in_text.get(one.value.figure.span.start)
            spans = self._spans(one)
            later = _bracketed(held, one.node) if held and self.told.figure.span not in spans else 0
            if held and abs(later) == 1 and spans[0] != spans[1]:
                close = one.value.sentence == self.told.sentence
                unit = bool(one.value.unit) and one.value.unit == one.node.told.unit
                signs = [f"o={abs(later)}", f"sent={close}", f"unit={unit}", f"how={one.how}"]
                signs.append(f"years={bool(self.claim.years)}")
                yield self._pointer(one.up == (later > 0), "S", signs, spans, _from_to(one, later < 0))

    def _partner(self, one: Partner, hits: Counter[tuple[int, bool, bool]]) -> Iterator[Pointer]:
        """Another number that gives it with a value beside it: of its row, of the column, told in the text."""
        node, row = one.node, self.source.values.rows[one.node.row]
        held = [
            other for other in row if other is not node and other.kind == node.kind and one.is_value(other.value)
        ]
        beside = Beside(self.claim, self.told, one)
        if held and len(row) <= LONG_ROW:
            yield self._of_row(one, held[0], beside)
            return
        signs = [*beside.signs, f"vp={beside.opens}"]
        if beside.earlier:
            signs.append("vsince")
        turned = any(hits[one.value.at, not one.up, cell] for cell in (True, False))
        signs += [f"other={turned}", *above("hits", hits[one.value.at, one.up, bool(node.cell)], (1, 3))]
        if node.cell:
            column = self.source.values.columns[node.told.place, node.column]
            if not any(one.is_value(other.value) for other in column):
                return
            kind, more = "K", self._of_column(node, beside)
        else:
            kind, more = "T", self._of_telling(one, beside)
        mine, its = one.value.unit, node.told.unit
        unit = "same" if its and its == mine else "other" if its and mine else "none"
        up = one.up != beside.earlier
        yield self._pointer(
            up, kind, [*signs, *more, f"un={unit}"], self._spans(one), _from_to(one, beside.earlier)
        )

    @staticmethod
    def _spans(one: Partner) -> tuple[Span, Span]:
        return one.value.figure.span, one.node.told.span

    def _of_row(self, one: Partner, held: Node, beside: Beside) -> Pointer:
        """Both values stand in one row: its heads tell which is of the later time."""
        claim, node, kind = self.claim, one.node, "R" if one.node.cell else "P"
        later = order(held.head, node.head)
        how, few = abs(later), min(claim.digits, _FAR)
        up = one.up == (later > 0) if later else one.up != beside.earlier
        self._pairs.add((node.row, min(held.column, node.column), max(held.column, node.column)))
        like = without_years(held.head) == without_years(node.head)
        named = cover(node.label, claim.said)
        signs = [f"o={how}", f"o={how} hs={like}", beside.place, f"ud={beside.unit}", f"how={one.how}"]
        signs += [f"sent={beside.same_sentence}", f"year={beside.year}", f"vp={beside.opens}", "v"]
        if how == 1:
            signs.append(f"apast={claim.since_past} {bool(PAST_RE.search(f'{node.head} {held.head}'))}")
        elif how:
            signs.append(f"aplan={claim.since_plan}")
        else:
            signs += [f"0:vpre={beside.before}", f"0:left={node.column < held.column}"]
        signs += above("cover", named, (0, 0.4, 0.7, 0.99))
        much = named > 0.4
        signs += [
            f"x o={how} {beside.place} nd={few}",
            f"x cv={much} nd={few} {beside.same_sentence}",
            f"x cv={much} ud={beside.unit} {beside.same_sentence}",
        ]
        earlier = later < 0 or (not later and beside.earlier)
        return self._pointer(up, kind, signs, self._spans(one), _from_to(one, earlier))

    def _of_column(self, node: Node, beside: Beside) -> list[str]:
        claim = self.claim
        named = cover(node.label, carrying_in(claim.against))
        total = bool(node.cell and node.cell[1].total)
        return [
            *above("cover", cover(node.label, claim.said), (0, 0.4, 0.7, 0.99)),
            *above("acover", named, (0, 0.4, 0.7)),
            f"total={total}",
            *self._as_against(node),
            f"x {beside.place} nd={min(claim.digits, _FAR)} ac={named > 0.4} y={beside.year}",
        ]

    def _as_against(self, node: Node) -> list[str]:
        return [
            f"plan={self.claim.since_plan} {bool(PLAN_RE.search(node.head))}",
            f"past={self.claim.since_past} {bool(PAST_RE.search(node.head))}",
        ]

    def _of_telling(self, one: Partner, beside: Beside) -> list[str]:
        claim, told = self.claim, one.node.told
        mine = self.source.values.in_text.get(one.value.figure.span.start)
        words = claim.near | claim.led
        own = cover(told.own, words)
        signs = [*above("own", own, (0, 0.3, 0.5, 0.8)), *above("near", len(told.own & words), (0, 1, 2, 4))]
        signs += above("ac", cover(carrying_in(claim.against), told.own | told.said.clause), (0, 0.5, 0.9))
        signs.append(f"x {beside.place} nd={min(claim.digits, _FAR)} own={own > 0.3} y={beside.year}")
        signs.append(f"vword={bool(told.own & mine.told.own) if mine else 'n'}")
        signs += self._as_against(one.node)
        if mine:
            signs += above("vown", cover(told.own, mine.told.own | mine.told.said.clause), (0.3, 0.5, 0.8))
        return signs

    def _changes(self) -> Iterator[Pointer]:
        """Cells of changes that tell the very number, with its sign or in words."""
        claim, told = self.claim, self.told
        beside = {each for one in values_near(claim, told) for each in (one.value, one.value / one.scale)}
        found = {
            id(one): one
            for each in (told.value, told.value / told.scale)
            for one in self.source.changes.get(each, ())
        }
        for one in found.values():
            holds = not beside.isdisjoint(one.beside)
            named = cover(one.label, claim.said)
            rate = one.is_rate
            if (not holds and named < 0.5) or (told.sort == "%" and not rate):
                continue
            if told.sort not in ("%", "points") and rate and not re.search(r"[(/;,]", one.head):
                continue
            if unlike(told.sort, one.head):
                continue
            near = cover(one.label, claim.near | claim.led)
            signs = [f"neg={one.negative}", f"signed={one.signed} neg={one.negative}", f"holds={holds}"]
            signs += [f"ch={one.is_change}", f"word={one.in_words}", f"only={one.one_way}"]
            signs += [*above("cover", named, (0.4, 0.7, 0.99)), *above("near", near, (0.4, 0.7, 0.99))]
            signs.append(f"x hv={holds} cv={named > 0.7} nd={min(claim.digits, _FAR)}")
            yield self._pointer(one.up, "C", signs, (one.span,), one.why)

    def _rows(self) -> Iterator[Pointer]:
        """Two values of a row that is called so, though none of them stands beside the change."""
        said = self.claim.said
        for key, row in self.source.values.rows.items():
            if not 1 < len(row) <= LONG_ROW or row[0].block == self.claim.block:
                continue
            cells, label = bool(row[0].cell), row[0].label
            if (len(label) < _SLIGHT and not cells) or label.isdisjoint(said) or cover(label, said) < _NAMED:
                continue
            for at, one in enumerate(row):
                for other in row[at + 1 :]:
                    low, high = sorted((one.column, other.column))
                    changes = cells and CHANGES_RE.search(f"{one.head}\n{other.head}", re.MULTILINE)
                    if not changes and (key, low, high) not in self._pairs:
                        yield from self._of_named_row(one, other)

    def _of_named_row(self, one: Node, other: Node) -> Iterator[Pointer]:
        claim, told = self.claim, self.told
        if one.value == other.value or min(one.value, other.value) <= 0 or one.kind != other.kind:
            return
        if unlike(told.sort, one.head):
            return
        later = order(other.head, one.head)
        now, before = (other, one) if later >= 0 else (one, other)
        rates = one.kind == "%"
        if told.sort == "%" and not rates:
            how, fits = "growth", told.told_as(abs(now.value / before.value * 100 - 100))
        else:
            apart = abs(now.value - before.value)
            how = "change"
            fits = (told.sort in ("points", "%")) == rates and (
                told.told_as(apart) or told.told_as(apart * told.scale)
            )
        if not fits:
            return
        how_far, few = abs(later), min(claim.digits, _FAR)
        like = without_years(one.head) == without_years(other.head)
        heads = f"{one.head} {other.head}"
        signs = [f"how={how}", f"o={how_far}", f"o={how_far} hs={like}"]
        signs += above("cover", cover(one.label, claim.said), (0.7, 0.99))
        signs += above("near", cover(one.label, claim.near | claim.led), (0.4, 0.7, 0.99))
        if how_far == 1:
            signs.append(f"apast={claim.since_past} {bool(PAST_RE.search(heads))}")
        elif how_far:
            signs.append(f"aplan={claim.since_plan}")
        if claim.years:
            signs.append(f"y={bool(claim.years & set(YEAR_RE.findall(heads)))}")
        signs.append(f"x o={how_far} hs={like} nd={few}")
        kind = "B" if one.cell else "Q"
        why = both(
            "“{row}”: từ {before} đến {now}",
            "“{row}”: from {before} to {now}",
            row=" ".join(one.shown.split())[:_SHOWN],
            before=before.told.printed,
            now=now.told.printed,
        )
        yield self._pointer(now.value > before.value, kind, signs, (now.told.span, before.told.span), why)

    def _again(self) -> Iterator[Pointer]:
        """The same change told elsewhere, with the word for its way."""
        claim, told = self.claim, self.told
        for other in self.source.claims if not (claim.of_level and told.sort == "%") else ():
            its = other.told
            if its is None or its is told or its.value != told.value or its.sort != told.sort:
                continue
            if other.of_level and told.sort == "%":
                continue
            mine, others = claim.near | claim.led, other.near | other.led
            shared, few = len(mine & others) / max(1, min(len(mine), len(others))), min(claim.digits, _FAR)
            level = claim.of_level or other.of_level
            signs = [f"unit={told.unit == its.unit}", f"block={other.where is claim.where}"]
            signs += [f"x nd={few} sh={shared > 0.3}", f"x nd={few} sh={shared > 0.5} lv={level}"]
            signs.append(f"lv={claim.of_level == other.of_level}")
            signs += above("share", shared, (0, 0.2, 0.4, 0.6))
            text = other.where.text[other.at : its.end]
            why = both("chỗ khác ghi “{text}”", "elsewhere “{text}” is stated", text=" ".join(text.split()))
            yield self._pointer(other.up, "D", signs, (its.figure.span,), why)


def _bracketed(one: Node, other: Node) -> int:
    """Which of two numbers of a paragraph is of the later time: one in a bracket with its year is the earlier."""
    with_year = [bool(YEAR_RE.search(node.head)) and "(" in node.head for node in (one, other)]
    if with_year[0] != with_year[1] and not all(YEAR_RE.search(node.head) for node in (one, other)):
        return -1 if with_year[0] else 1
    return order(one.head, other.head)


def _from_to(one: Partner, earlier: bool) -> Bilingual:
    value, other = one.value.figure.printed, one.node.told.printed
    now, before = (other, value) if earlier else (value, other)
    row = " ".join(one.node.shown.split())[:_SHOWN] if one.node.cell else ""
    if row:
        return both(
            "từ {before} đến {now} (bảng, dòng “{row}”)",
            "from {before} to {now} (the table, row “{row}”)",
            before=before,
            now=now,
            row=row,
        )
    return both("từ {before} đến {now}", "from {before} to {now}", before=before, now=now)
