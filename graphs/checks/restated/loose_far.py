"""The share that a loose word tells, of what its sentence names, wherever the paper has the numbers of it.

``gần hai phần ba diện tích trồng mới là rừng sản xuất``: the number of *rừng sản xuất* is told as a share, or it
is a part of a larger one: what leads its sentence, what its table or list comes to, what is named with it. Any
share that fits makes the words right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.learned.values import Row
from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.compared import Words
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.called_near import counts
from graphs.checks.restated.called_values import Called, CalledValues, is_under, naming
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_said import LooseSaid
from graphs.checks.restated.shares_near import Near, rates
from kb.text.sentences import split_sentences

#: It says again what the sentence, or the one before, has told.
_AGAIN_RE = re.compile(
    r"\b(?:tức(?: là)?|nghĩa là|có nghĩa|hay|nói (?:cách khác|gọn|khác đi|dễ hiểu|đơn giản)|như vậy|như thế"
    r"|tính ra|quy ra|đồng nghĩa)\b[^;:.]*$",
    re.IGNORECASE,
)
_PLAN_RE = re.compile(r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|phấn đấu)\b", re.IGNORECASE)
#: What stands behind a part names the whole: "một phần tư số hồ sơ phải trả lại".
_WHOLE_RE = re.compile(r"\s*(?:tổng\s+)?số\s", re.IGNORECASE)
_WITH_RE = re.compile(r",\s+(?:với|tức(?:\s+là)?|gồm)\s+(?=\d)", re.IGNORECASE)
_COUNTED_RE = re.compile(rf"{_WITH_RE.pattern}|\s*\((?=\d)", re.IGNORECASE)
_NOUN_RE = re.compile(r"\s*(?:tổng\s+)?số\s+(?:lượng\s+)?(?P<noun>[^\W\d_]+)", re.IGNORECASE)
#: Of a class and those over it: "từ thạc sĩ trở lên".
_AND_OVER_RE = re.compile(r"\btrở (?:lên|xuống)\b", re.IGNORECASE)
_NO_PART = frozenset(("change", "mean", "from"))
_FULL, _FEWEST = Decimal(100), 2
#: How much of a name must be said, and how much of what is said be of the names: near by, and anywhere.
_MAY, _NEAR, _FAR = 0.4, (0.4, 0.7), (0.75, 0.8)
#: So much a name must say, beside what all numbers of the paper are called.
_SAYS, _BESIDE, _FITS = 1.5, 700, 0.5
#: How much of what is said a share has to be called that may be meant, whatever else is named better.
_LOOSELY = 0.2


def of_named(said: LooseSaid, values: CalledValues) -> Meant | None:
    """The share of what is named in the clause that holds a loose word; near by before anywhere else."""
    if (
        not said.loose.part
        or said.way
        or said.is_else
        or said.loose.is_bound
        or _PLAN_RE.search(said.before + said.behind)
    ):
        return None
    if says_again(said) and (again := told_again(said)):
        return again
    before = said.before
    if not naming(before) and not said.begins_part:  # ", chiếm gần một nửa": what is meant stands before the comma
        start = max(said.low, *(said.text.rfind(mark, said.low, said.clause_start - 2) + 1 for mark in ",;:"))
        before = said.text[start : said.loose.start]
    return named_share(said, values, before)


def named_share(said: LooseSaid, values: CalledValues, before: str) -> Meant | None:
    """The share of what is named `before` a loose word and behind it."""
    words = naming(f"{before} ; {said.behind}")
    said_much = values.weight(words)
    named = [one for _, one in values.named(words, _MAY) if _is_part(said, one)]
    found = [
        (one, share, values.weight(words & by) / said_much)
        for one in named
        for share, by in _shares(one, words, values)
    ]
    found = [row for row in found if row[2] >= _FITS]
    if (noun := _NOUN_RE.match(said.behind)) and any(counts(row[0], noun["noun"].lower()) for row in found):
        # "số vụ cháy tại nhà dân": not what they cost
        found = [row for row in found if counts(row[0], noun["noun"].lower()) or row[0].node.kind == "%"]
    all_ = words | naming(said.text[said.loose.end : said.high])
    if together := _rows_together(said, values, all_):
        return Meant(tuple(one for one in together if said.loose.fits(one.value)) or together, sure=True)
    counted = _number_behind(said, values)
    own = _numbers_before(said, before, values) or counted
    if own:  # "với 84 người, gần một phần ba tổng số": the share is of these, whatever else counts people
        spans = {one.node.told.span for one in own}
        nouns = frozenset[str]().union(*(naming(one.node.told.unit) for one in own))
        found = [
            row
            for row in found
            if not spans.isdisjoint(row[1].spans) or (row[0].node.kind == "%" and row[0].own & words - nouns)
        ]
        if borne_out := _of_whole_behind(said, own, values):
            return Meant((borne_out,), sure=True)
    if counted:
        return _of_total(said, counted[0], values)
    for near in (one for _, share, _ in found for one in ((share, share.rest) if said.denies else (share,))):
        if said.loose.fits(near.value):
            return Meant((near,), sure=True)
    for some, (of_name, of_said) in (([one for one in named if _is_near(said, one)], _NEAR), (named, _FAR)):
        sure = [
            (told, much, share)
            for one, share, told in found
            if one in some
            and (much := values.weight(one.own & words)) >= max(_SAYS, of_name * values.weight(one.own))
            and told >= of_said
        ]
        if sure:
            other = None if own else _loosely_named(said, words, values)
            return Meant((other or max(sure, key=lambda row: row[:2])[2],), sure=True)
    return None


def _rows_together(said: LooseSaid, values: CalledValues, words: Words) -> tuple[Near, ...]:
    """The shares of several rows of one column that are all named: ``xếp loại khá, tốt``."""
    columns: dict[tuple[int, int], list[Called]] = defaultdict(list)
    for _, one in values.named(words, 1):
        if one.node.cell and one.node.kind != "%" and not one.node.cell[1].total and _is_near(said, one):
            columns[id(one.node.cell[0]), one.node.cell[2]].append(one)
    shares = []
    for (_, at), rows in columns.items():
        apart = [one for one in rows if not any(one.own <= other.own for other in rows if other is not one)]
        grid = rows[0].node.told.cell[0] if rows[0].node.told.cell else None
        total = next((line for line in grid.lines if line.total and line.value(at)), None) if grid else None
        whole = total.value(at) if total else None
        values_ = [value for one in apart if one.node.cell and (value := one.node.cell[1].value(at)) is not None]
        if len(values_) < _FEWEST or total is None or not whole or sum(values_) > whole:
            continue
        share = sum(values_, Decimal(0)) / whole * _FULL
        told = f"({' + '.join(one.node.told.printed for one in apart)}) / {total.printed(at)} = {show(share)}%"
        spans = (*(one.node.told.span for one in apart), total.span(at))
        shares.append(Near(share, told, 0, 0, spans, counted=True))
    return tuple(shares)


def _loosely_named(said: LooseSaid, words: Words, values: CalledValues) -> Near | None:
    """A share told anywhere that fits and has some of the words: it may as well be meant.

    Shares told one after another may be meant together: ``thạc sĩ trở lên`` are those and the doctors.
    """
    rows: defaultdict[Row, list[Called]] = defaultdict(list)
    for one in values.found:
        share = one.node.kind == "%" and 0 <= one.value <= _FULL
        if (share or one.node.told.of) and _is_part(said, one):
            rows[one.node.row].append(one)
    least = values.weight(words) * _LOOSELY
    for row in rows.values():
        for at, one in enumerate(row):
            for some in (row[at : at + 1], row[at : at + 2] if _AND_OVER_RE.search(said.behind) else []):
                common = frozenset[str]().union(*(it.own & words for it in some))
                value = sum((_share(it) for it in some), Decimal(0))
                if len(common) > 1 and values.weight(common) >= least and said.loose.fits(value):
                    return Near(value, one.node.told.printed, 0, 0, tuple(it.node.told.span for it in some))
    return None


def _share(one: Called) -> Decimal:
    told = one.node.told
    return told.value / Decimal(told.of) * _FULL if told.of and Decimal(told.of) else told.value


def _numbers_before(said: LooseSaid, before: str, values: CalledValues) -> list[Called]:
    """The counts and amounts that stand in the words right before a loose word."""
    block = said.where.block
    end = block.span.start + said.loose.start
    return [
        one
        for one in values.found
        if one.node.cell is None
        and one.node.block == block.view.start
        and one.node.kind != "%"
        and end - len(before) <= one.node.told.span.start < end
    ]


def _number_behind(said: LooseSaid, values: CalledValues) -> list[Called]:
    """The count that tells right behind a loose word how many are meant: ``quá nửa số vụ (268 vụ)``."""
    end = said.loose.end + len(said.behind)
    told = (_COUNTED_RE if said.begins_part else _WITH_RE).match(said.text, end, said.high)
    start = said.where.block.span.start + told.end() if told else -1
    return [
        one
        for one in values.found
        if one.node.cell is None
        and one.node.block == said.where.block.view.start
        and one.node.told.span.start == start
        and one.node.told.unit
        and naming(one.node.told.unit.split(" ")[0]) <= naming(said.behind)
    ]


def _of_total(said: LooseSaid, part: Called, values: CalledValues) -> Meant | None:
    """The share of a count in the only total of the columns that are called what stands behind a loose word."""
    words = naming(said.behind)
    wholes = {
        one.value: one
        for one in values.found
        if one.node.cell and one.node.cell[1].total and one.value > part.value and naming(one.node.head) == words
    }
    shares = [
        _near(part.value, one.value, f"{part.node.told.printed} / {one.node.told.told}", (part, one))
        for one in wholes.values()
    ]
    return Meant(tuple(shares), sure=True) if len(shares) == 1 else None


def _of_whole_behind(said: LooseSaid, own: Sequence[Called], values: CalledValues) -> Near | None:
    """The share that fits, of a number before a loose word in what the words behind it name as the whole."""
    if not _WHOLE_RE.match(said.behind):
        return None
    wholes = [one for _, one in values.named(naming(said.behind), _MAY) if not one.node.told.of]
    shares = (
        _near(one.value, whole.value, f"{one.node.told.printed} / {whole.node.told.told}", (one, whole))
        for one in own
        for whole in wholes
        if whole.value > one.value > 0 and (_is_alike(one, whole) or _is_counted_before(one, whole))
    )
    return next((share for share in shares if said.loose.fits(share.value)), None)


def says_again(said: LooseSaid) -> bool:
    """Whether words before a loose word say that it tells again what was told."""
    return bool(_AGAIN_RE.search(said.text, said.low, said.loose.start))


def told_again(said: LooseSaid) -> Meant | None:
    """The shares that the sentence tells before a loose word."""
    told = [one for one in rates(said.where, said.low, said.loose.start) if not _is_aim(said, one)]
    return _last(said, told)


def told_just_before(said: LooseSaid, before: Stated | None) -> Meant | None:
    """The shares that the sentence before tells, of the block or of the one before it."""
    if not (said.opens or says_again(said)):
        return None
    sentences = [one for one in split_sentences(said.text) if one[1] <= said.low]
    if sentences:
        return _last(said, rates(said.where, *sentences[-1]))
    return _last(said, rates(before, 0, len(before.text))) if before else None


def _last(said: LooseSaid, told: Sequence[Near]) -> Meant | None:
    """The share that fits, else the last one."""
    fits = [one for one in told if said.loose.fits(one.value)]
    last = tuple((fits or told)[-1:])
    return Meant(last, sure=True) if last else None


def _is_aim(said: LooseSaid, share: Near) -> bool:
    """Whether a share is what was to be reached: before a colon behind which others stand, or by its words."""
    start = max(said.low, said.text.rfind(";", said.low, share.start) + 1)
    aimed = _PLAN_RE.search(said.text, start, share.start) and not re.search(
        r"\b(?:thực hiện|kết quả|đạt)\b", said.text[start : share.start], re.IGNORECASE
    )
    return bool(aimed) or bool(re.match(r"[^.;\d]{0,40}:", said.text[share.end : said.loose.start]))


def _is_near(said: LooseSaid, one: Called) -> bool:
    """Whether a number stands in the paragraph of a loose word, right before it, or in the table over it."""
    block = said.where.block
    if one.node.cell is not None:
        return is_under(block, one.node)
    return one.node.block == block.view.start or 0 <= block.span.start - one.node.told.span.end <= _BESIDE


def _is_part(said: LooseSaid, one: Called) -> bool:
    inside = said.where.block.span.start + said.loose.start  # its own number is nothing that bears it out
    told = one.node.told
    if one.node.cell is None and one.node.block == said.where.block.view.start:
        low, high = said.loose.start, said.loose.end
        at = told.span.start - said.where.block.span.start
        if low <= at < high:
            return False
    return inside >= 0 and not told.said.marks & _NO_PART and told.unit != "lần" and not told.said.aim[0]


def _shares(one: Called, words: Words, values: CalledValues) -> Iterator[tuple[Near, Words]]:
    """The shares that a number is, or tells: as told, then of what it is a part of."""
    told = one.node.told
    if one.node.kind == "%":
        if 0 <= one.value <= _FULL:
            yield Near(one.value, told.printed, 0, 0, (told.span,)), one.all
        return
    if told.of and Decimal(told.of):
        yield _near(told.value, Decimal(told.of), told.printed, (one,)), one.own
        return
    if rate := values.rate_behind(one):  # "3.440 xe (43,0%)": its share is told, whatever stands before it
        yield Near(rate.value, rate.node.told.printed, 0, 0, (told.span, rate.node.told.span)), one.all
        return
    for whole in _wholes(one, words, values):
        if whole.value > one.value > 0:
            yield (
                _near(one.value, whole.value, f"{told.printed} / {whole.node.told.told}", (one, whole)),
                (one.all | whole.all),
            )


def _wholes(one: Called, words: Words, values: CalledValues) -> Iterator[Called]:
    """What a number may be a part of: the total of its column, what leads it, what is named with it."""
    node = one.node
    alike = [other for other in values.found if other is not one and _is_alike(one, other)]
    if node.cell is not None:
        grid, _, column = node.cell
        yield from (
            other
            for other in alike
            if other.node.cell
            and other.node.cell[0] is grid
            and other.node.cell[2] == column
            and other.node.cell[1].total
        )
    else:
        own = [other for other in alike if other.node.block == node.block]
        before = [other for other in own if other.node.told.span.start < node.told.span.start]
        yield from (other for other in reversed(before) if other.value > one.value)
        yield from (
            other
            for other in own
            if other not in before and other.value > one.value and "total" in other.node.told.said.marks
        )
    rest = words - one.own
    yield from (other for _, other in values.named(rest, _NEAR[0]) if other in alike and other.value > one.value)


def _is_alike(one: Called, other: Called) -> bool:
    """Whether two numbers are counted or measured alike, and neither is a change or a mean."""
    left, right = one.node.told, other.node.told
    if left.kind != right.kind or right.said.marks & _NO_PART or right.said.aim[0]:
        return False
    if one.node.cell and other.node.cell:
        return one.node.cell[0] is other.node.cell[0] and one.node.cell[2] == other.node.cell[2]
    if left.kind:
        return True
    nouns = [told.unit.split(" ")[0] for told in (left, right)]
    heads = [naming(call.node.head) if call.node.cell else frozenset() for call in (one, other)]
    return bool(nouns[0] and nouns[0] == nouns[1]) or nouns[0] in heads[1] or nouns[1] in heads[0]


def _is_counted_before(part: Called, whole: Called) -> bool:
    """Whether a whole tells before its number what a part counts: ``tổng số hồ sơ phải trả lại là 48``."""
    noun = naming(" ".join(part.node.told.unit.split(" ")[:2]))
    return not (part.node.kind or whole.node.told.unit or whole.node.kind) and bool(noun) and noun <= whole.own


def _near(part: Decimal, whole: Decimal, told: str, by: Sequence[Called]) -> Near:
    share = part / whole * _FULL
    return Near(share, f"{told} = {show(share)}%", 0, 0, tuple(one.node.told.span for one in by), counted=True)
