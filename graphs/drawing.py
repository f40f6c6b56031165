"""A lược đồ as SVG, for a page and for paper.

A status has a colour and a shape, so that a print in grey says the same. A side with a long group is laid in two
columns, so that some sixty neighbours stand on one sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from graphs.diagram import Diagram, Neighbour
from kb.bilingual import both
from kb.validity import Word

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
#: A side with a group of more works than this is so wide, for two columns; shorter groups in it keep one.
_LONG, _WIDE, _SHORT = 20, 620, 6
_HALF = (_WIDE - 40) // 2
#: What the legend takes.
_LEGEND = 1060
#: The work stands no lower than this, where one looks first.
_EYE = 420
_FONT = "font-family=\"'Noto Sans','DejaVu Sans',Arial,sans-serif\""


@dataclass(frozen=True, slots=True)
class _Hand:
    """What a drawing is written with: addresses of works, and the language."""

    link: Callable[[str], str] | None
    say: Callable[[str], str]


def draw_svg(diagram: Diagram, link: Callable[[str], str] | None = None, say: Callable[[str], str] = str) -> str:
    """The diagram as one SVG document; `link` gives the address of a work, `say` words in another language.

    Without links it is a file of its own, which prints on one sheet.
    """
    hand = _Hand(link, say)
    left, left_width, left_height = _column(diagram.left, _MARGIN, hand)
    right_x = _MARGIN + left_width + _MIDDLE
    right, right_width, right_height = _column(diagram.right, right_x, hand)
    height = max(left_height, right_height, 160) + 70
    width = max(right_x + right_width + _MARGIN, _LEGEND)
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
        *([] if link else [_sheet(width, height)]),
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *_curves(left, right, _MARGIN + left_width, middle),
        *(piece for _, _, pieces in left + right for piece in pieces),
        *_centre(diagram.centre, _MARGIN + left_width + 20, middle, hand),
        *_legend(height, diagram.as_of, say),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _sheet(width: float, height: float) -> str:
    """How the file prints: whole on one sheet, upright or across as it fits better."""
    way = "landscape" if width > height else "portrait"
    page = f"@page {{ size: A4 {way}; margin: 10mm }}"
    return f"<style>{page} @media print {{ svg {{ width: 100%; height: 98vh }} }}</style>"


def _column(
    groups: tuple[tuple[str, tuple[Neighbour, ...]], ...], x: float, hand: _Hand
) -> tuple[list[tuple[float, float, list[str]]], float, float]:
    """The boxes of one side: where each one's edge meets its curve, its pieces; how wide, how far down they are.

    A side with a long group is wider, and its groups are read down the first half, then down the second; a group
    with a name too long for a half keeps one column.
    """
    found: list[tuple[float, float, list[str]]] = []
    wide = any(len(works) > _LONG for _, works in groups)
    width = (_WIDE if wide else _COLUMN) if groups else 0
    y = float(_MARGIN)
    for name, works in groups:
        fits = all(len(work.label) <= _letters(work, _HALF) for work in works)
        halves = 2 if wide and fits and len(works) > _SHORT else 1
        deep = -(-len(works) // halves)
        height = _HEAD + _ROW * deep + 6
        pieces = [
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="#fafbfc" stroke="#98a2b3"/>',
            f'<text x="{x + 10}" y="{y + 16}" font-weight="bold">{escape(hand.say(name))} ({len(works)})</text>',
        ]
        for at, work in enumerate(works):
            down, across = at % deep, at // deep
            row_width = _HALF if halves == 2 else width - 20
            pieces += _row(work, x + 10 + (_HALF + 20) * across, y + _HEAD + _ROW * down + 13, row_width, hand)
        found.append((x, y + min(height / 2, _EYE), pieces))
        y += height + _GAP
    return found, width, y


def _row(work: Neighbour, x: float, y: float, width: float, hand: _Hand) -> list[str]:
    label = _cut(work.label, _letters(work, width))
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


def _letters(work: Neighbour, width: float) -> int:
    """How many letters of its name fit in a row."""
    return int((width - (90 if work.issued else 20)) / 6.8)


def _centre(work: Neighbour, x: float, middle: float, hand: _Hand) -> list[str]:
    width = _MIDDLE - 40
    lines = (
        _wrapped(work.label, 28)[:3]
        + ([_printed(work.issued)] if work.issued else [])
        + [hand.say(work.word.value)]
    )
    # Capitals are wider: the title of many a law is printed in nothing else.
    title = _wrapped(work.title, 21 if work.title.isupper() else 29)
    lines += title if len(title) <= _TITLE else [*title[: _TITLE - 1], title[_TITLE - 1] + " …"]
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
    left: list[tuple[float, float, list[str]]],
    right: list[tuple[float, float, list[str]]],
    start: float,
    middle: float,
) -> list[str]:
    """The lines between the boxes and the work; `start` is where the boxes on the left end."""
    found = []
    for _, y, _ in left:
        end = start + 20
        found.append(f'<path d="M{start},{y} C{start + 18},{y} {end - 14},{middle} {end},{middle}" {_LINE}/>')
    for x, y, _ in right:
        edge = x - 20
        found.append(f'<path d="M{edge},{middle} C{edge + 14},{middle} {x - 18},{y} {x},{y}" {_LINE}/>')
    return found


#: Lines of the title in the middle.
_TITLE = 6
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
        "Trong mỗi nhóm, văn bản ban hành trước đứng trên; nhóm hai cột đọc hết cột trái rồi sang cột phải."
        " Lược đồ dựng từ lời văn và danh mục trong kho.",
        "In each group the older document stands above; of two columns the left comes first."
        " Drawn from the texts and the catalogue of the base.",
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
