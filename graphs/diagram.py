"""Lược đồ: a work in the middle, its neighbours in groups named as vbpl.vn names them, as SVG.

What the work rests on and acts on stands left, what rests on it and acts on it right; in a group time runs down.
A status has a colour and a shape, so that a print in grey says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from graphs.lives import Lives
from graphs.trace import Link
from kb.bilingual import both
from kb.models import Change, Relation
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.graph_schema import is_told
from kb.store.store import Store
from kb.validity import Word, status_at

#: Names of the groups by relation: left of the work (it acts), right of it (it is acted on).
GROUPS: dict[str, tuple[str, str]] = {
    Relation.BASED_ON.value: ("Văn bản căn cứ", "Văn bản căn cứ vào văn bản này"),
    Relation.GUIDES.value: ("Văn bản được hướng dẫn, quy định chi tiết", "Văn bản hướng dẫn, quy định chi tiết"),
    Relation.IMPLEMENTS.value: ("Văn bản được triển khai thực hiện", "Văn bản triển khai thực hiện"),
    Relation.AMENDS.value: ("Văn bản bị sửa đổi, bổ sung", "Văn bản sửa đổi, bổ sung"),
    Relation.REPLACES.value: ("Văn bản bị thay thế", "Văn bản thay thế"),
    Relation.REPEALS.value: ("Văn bản bị bãi bỏ, hết hiệu lực", "Văn bản bãi bỏ, quy định hết hiệu lực"),
    Relation.SUSPENDS.value: ("Văn bản bị đình chỉ", "Văn bản đình chỉ"),
    Relation.CORRECTS.value: ("Văn bản bị đính chính", "Văn bản đính chính"),
    Relation.CONSOLIDATES.value: ("Văn bản được hợp nhất", "Văn bản hợp nhất"),
    Relation.PROMULGATED_WITH.value: ("Văn bản ban hành kèm theo", "Văn bản dẫn văn bản kèm theo"),
    Relation.ISSUES.value: ("Văn bản đã ban hành", "Văn bản nêu việc ban hành"),
    Relation.CITES.value: ("Văn bản được dẫn chiếu", "Văn bản dẫn chiếu"),
}
#: The acting work, the relation, the other.
Deed = tuple[str, str, str]

#: Relations that are deeds, by the change they make.
_DEEDS = {
    Change.AMEND.value: Relation.AMENDS.value,
    Change.INSERT.value: Relation.AMENDS.value,
    Change.REPLACE.value: Relation.REPLACES.value,
    Change.REPEAL.value: Relation.REPEALS.value,
    Change.END.value: Relation.REPEALS.value,
    Change.SUSPEND.value: Relation.SUSPENDS.value,
    Change.CORRECT.value: Relation.CORRECTS.value,
    Change.CONSOLIDATE.value: Relation.CONSOLIDATES.value,
}

#: Relations from the strongest: deeds, which change a life, before what one rests on and what one only names.
_STRENGTH = sorted(
    GROUPS,
    key=lambda name: (name in (Relation.ISSUES.value, Relation.CITES.value), name not in _DEEDS.values()),
)

#: Fill and shape of each status.
MARKS: dict[Word, tuple[str, str]] = {
    Word.IN_FORCE: ("#1a7f37", "circle"),
    Word.EXPIRED: ("#b42318", "square"),
    Word.PARTLY: ("#b76e00", "half"),
    Word.NOT_YET: ("#0b5cad", "triangle"),
    Word.SUSPENDED: ("#6f42c1", "diamond"),
    Word.UNKNOWN: ("#667085", "ring"),
}

_ROW, _HEAD, _GAP, _COLUMN, _MIDDLE, _MARGIN = 24, 24, 14, 400, 250, 16
#: The work stands no lower than this, where one looks first.
_EYE = 420
_FONT = "font-family=\"'Noto Sans','DejaVu Sans',Arial,sans-serif\""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A work beside the one in the middle."""

    id: str
    label: str
    issued: str
    title: str
    word: Word


@dataclass(frozen=True, slots=True)
class Diagram:
    """What a lược đồ shows: the work, and its neighbours by side and name of group."""

    centre: Neighbour
    left: tuple[tuple[str, tuple[Neighbour, ...]], ...]
    right: tuple[tuple[str, tuple[Neighbour, ...]], ...]
    as_of: str


def build_diagram(store: Store, work: str, on: str) -> Diagram:
    """The neighbours of a work, each once, in the group of its strongest relation; statuses on an ISO day."""
    with said(), store.connect() as connection:
        lives = Lives(connection)
        deeds = deeds_of(connection, [work])
        left = _grouped(rows.some_edges(connection, "source", [work], None), "target", deeds)
        right = _grouped(rows.some_edges(connection, "target", [work], None), "source", deeds)
        for source, relation, target in deeds:
            side, other = (left, target) if source == work else (right, source)
            side[relation, True].add(other)
        acting, acted_on = _turned(left, right)
        centre = _neighbour(lives, work, on)
        return Diagram(centre, _side(lives, acting, 0, on), _side(lives, acted_on, 1, on), on)


def deeds_of(connection: rows.Base, works: Sequence[str]) -> set[Deed]:
    """What works do to others and others to them; what a list only tells is the deed of whom it names."""
    return deeds_among(
        connection, rows.change_rows(connection, "node_id", works) + rows.change_rows(connection, "by_id", works)
    )


def deeds_among(connection: rows.Base, changes: Iterable[rows.Record]) -> set[Deed]:
    """The deeds that some changes are."""
    found = [row for row in changes if row.by_id and row.change in _DEEDS]
    told = rows.targets_of(connection, [(row.version_id, row.other) for row in found if is_told(row)])
    by = ((told.get((row.version_id, row.other)) if is_told(row) else row.by_id, row) for row in found)
    return {(acting, _DEEDS[row.change], row.node_id) for acting, row in by if acting}


def deed_told(edge: rows.Record | Link, deeds: set[Deed]) -> Deed:
    """Which deed an edge tells of; of a report that tells who amended what, the telling is a mere reference."""
    relation = edge.relation or Relation.CITES.value
    acting, other = (edge.source, edge.target) if edge.direction != "passive" else (edge.target, edge.source)
    hearsay = relation in _DEEDS.values() and edge.origin == "text" and (acting, relation, other) not in deeds
    if hearsay or relation == Relation.CITES.value:
        return edge.source, Relation.CITES.value, edge.target
    return acting, relation, other


def _grouped(found: Iterable[rows.Record], end: str, deeds: set[Deed]) -> dict[tuple[str, bool], set[str]]:
    """Neighbours by relation, and whether the citing side acts."""
    grouped: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for row in found:
        acting, relation, _ = deed_told(row, deeds)
        grouped[relation, acting == row.source].add(getattr(row, end))
    return grouped


def _turned(
    left: dict[tuple[str, bool], set[str]], right: dict[tuple[str, bool], set[str]]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The sides as the deeds run: who says "amended by" stands where the amended one stands."""
    sides: tuple[dict[str, set[str]], dict[str, set[str]]] = (defaultdict(set), defaultdict(set))
    for at, side in enumerate((left, right)):
        for (relation, active), names in side.items():
            sides[at if active else 1 - at][relation] |= names
    seen: set[str] = set()
    for relation in _STRENGTH:
        for one in sides:
            one[relation] -= seen
        seen |= sides[0][relation] | sides[1][relation]
    return sides


def _side(
    lives: Lives, groups: dict[str, set[str]], side: int, on: str
) -> tuple[tuple[str, tuple[Neighbour, ...]], ...]:
    found = []
    for relation in GROUPS:
        names = groups.get(relation)
        if names:
            works = sorted(
                (_neighbour(lives, name, on) for name in names),
                key=lambda one: (not one.issued, one.issued, one.label),
            )
            found.append((GROUPS[relation][side], tuple(works)))
    return tuple(found)


def _neighbour(lives: Lives, name: str, on: str) -> Neighbour:
    node = lives.node(name)
    word = status_at(lives.validity(name), on).word
    if node is None:
        return Neighbour(name, name, "", "", word)
    label = " ".join(part for part in (node.type, node.number) if part) if node.number else node.title or name
    return Neighbour(name, label, node.issued or "", node.title or "", word)


@dataclass(frozen=True, slots=True)
class _Hand:
    """What a drawing is written with: addresses of works, and the language."""

    link: Callable[[str], str] | None
    say: Callable[[str], str]


def draw_svg(diagram: Diagram, link: Callable[[str], str] | None = None, say: Callable[[str], str] = str) -> str:
    """The diagram as one SVG document; `link` gives the address of a work, `say` words in another language."""
    hand = _Hand(link, say)
    left, left_height = _column(diagram.left, _MARGIN, hand)
    right_x = _MARGIN + _COLUMN + _MIDDLE
    right, right_height = _column(diagram.right, right_x, hand)
    height = max(left_height, right_height, 160) + 90
    width = right_x + _COLUMN + _MARGIN
    middle = min((height - 60) / 2, _EYE)
    title = say(
        both(
            "Lược đồ {name}, hiệu lực tính đến {day}",
            "Diagram of {name}, in force as of {day}",
            name=diagram.centre.label,
            day=diagram.as_of,
        )
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="{"group" if link else "img"}" aria-label={quoteattr(title)} {_FONT} font-size="12">',
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *_curves(left, right, middle),
        *(piece for _, _, pieces in left + right for piece in pieces),
        *_centre(diagram.centre, middle, hand),
        *_legend(height, diagram.as_of, say),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _column(
    groups: tuple[tuple[str, tuple[Neighbour, ...]], ...], x: float, hand: _Hand
) -> tuple[list[tuple[float, float, list[str]]], float]:
    """The boxes of one side: where each one's edge meets its curve, its pieces; and how far down they reach."""
    found: list[tuple[float, float, list[str]]] = []
    y = float(_MARGIN)
    for name, works in groups:
        height = _HEAD + _ROW * len(works) + 6
        pieces = [
            f'<rect x="{x}" y="{y}" width="{_COLUMN}" height="{height}" rx="4" fill="#fafbfc" stroke="#98a2b3"/>',
            f'<text x="{x + 10}" y="{y + 16}" font-weight="bold">{escape(hand.say(name))} ({len(works)})</text>',
        ]
        for at, work in enumerate(works):
            pieces += _row(work, x + 10, y + _HEAD + _ROW * at + 13, _COLUMN - 20, hand)
        found.append((x, y + height / 2, pieces))
        y += height + _GAP
    return found, y


def _row(work: Neighbour, x: float, y: float, width: float, hand: _Hand) -> list[str]:
    label = _cut(work.label, int((width - 110) / 6.6))
    issued = work.issued or hand.say(both("không rõ ngày", "no date known"))
    told = f"{work.label}, {issued}: {hand.say(work.word.value)}. {work.title}".strip()
    text = (
        f"<g><title>{escape(told)}</title>"
        f'<rect x="{x}" y="{y - 13}" width="{width}" height="{_ROW - 1}" fill="#fafbfc"/>'
        f"{_mark(work.word, x + 6, y - 4)}"
        f'<text x="{x + 18}" y="{y}">{escape(label)}</text>'
        f'<text x="{x + width}" y="{y}" text-anchor="end" fill="#475467">{_printed(work.issued)}</text></g>'
    )
    return [f"<a href={quoteattr(hand.link(work.id))}>{text}</a>" if hand.link else text]


def _centre(work: Neighbour, middle: float, hand: _Hand) -> list[str]:
    x = _MARGIN + _COLUMN + 20
    width = _MIDDLE - 40
    lines = (
        _wrapped(work.label, 28)[:3]
        + ([_printed(work.issued)] if work.issued else [])
        + [hand.say(work.word.value)]
    )
    lines += _wrapped(work.title, 29)[:4]
    height = 18 + 16 * len(lines)
    y = middle - height / 2
    colour, _ = MARKS[work.word]
    pieces = [
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="#ffffff"'
        f' stroke="{colour}" stroke-width="2.5"/>'
    ]
    for at, line in enumerate(lines):
        weight = ' font-weight="bold"' if at == 0 else ""
        pieces.append(
            f'<text x="{x + width / 2}" y="{y + 20 + 16 * at}" text-anchor="middle"{weight}>{escape(line)}</text>'
        )
    return pieces


def _curves(
    left: list[tuple[float, float, list[str]]], right: list[tuple[float, float, list[str]]], middle: float
) -> list[str]:
    found = []
    for x, y, _ in left:
        start, end = x + _COLUMN, _MARGIN + _COLUMN + 20
        found.append(f'<path d="M{start},{y} C{start + 18},{y} {end - 14},{middle} {end},{middle}" {_LINE}/>')
    for x, y, _ in right:
        start = x - 20
        found.append(f'<path d="M{start},{middle} C{start + 14},{middle} {x - 18},{y} {x},{y}" {_LINE}/>')
    return found


_LINE = 'fill="none" stroke="#98a2b3"'


def _legend(height: float, as_of: str, say: Callable[[str], str]) -> list[str]:
    head = say(both("Hiệu lực tính đến {day}:", "In force as of {day}:", day=_printed(as_of)))
    pieces = [f'<text x="{_MARGIN}" y="{height - 34}" fill="#475467">{escape(head)}</text>']
    x = _MARGIN + 200.0
    for word in Word:
        name = say(word.value)
        pieces.append(_mark(word, x, height - 38))
        pieces.append(f'<text x="{x + 11}" y="{height - 34}">{escape(name)}</text>')
        x += 30 + 7.0 * len(name)
    foot = both(
        "Trong mỗi nhóm, văn bản ban hành trước đứng trên. Lược đồ dựng từ lời văn và danh mục trong kho.",
        "In each group the older document stands above. Drawn from the texts and the catalogue of the base.",
    )
    pieces.append(f'<text x="{_MARGIN}" y="{height - 14}" fill="#475467">{escape(say(foot))}</text>')
    return pieces


def _mark(word: Word, x: float, y: float) -> str:
    colour, shape = MARKS[word]
    if shape == "circle":
        return f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/>'
    if shape == "ring":
        return f'<circle cx="{x}" cy="{y}" r="4.2" fill="#ffffff" stroke="{colour}" stroke-width="1.6"/>'
    if shape == "square":
        return f'<rect x="{x - 4.5}" y="{y - 4.5}" width="9" height="9" fill="{colour}"/>'
    if shape == "half":
        ring = f'<circle cx="{x}" cy="{y}" r="4.5" fill="#ffffff" stroke="{colour}" stroke-width="1.4"/>'
        return ring + f'<path d="M{x},{y - 4.5} A4.5,4.5 0 0 0 {x},{y + 4.5} Z" fill="{colour}"/>'
    if shape == "triangle":
        return f'<path d="M{x},{y - 5.5} L{x + 5.2},{y + 4} L{x - 5.2},{y + 4} Z" fill="{colour}"/>'
    return f'<path d="M{x},{y - 5.5} L{x + 5.5},{y} L{x},{y + 5.5} L{x - 5.5},{y} Z" fill="{colour}"/>'


def _printed(issued: str) -> str:
    return "/".join(reversed(issued.split("-")))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many letters, cut between words.

    >>> _wrapped("Nghị định 34/2016/NĐ-CP", 12)
    ['Nghị định', '34/2016/NĐ-CP']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
