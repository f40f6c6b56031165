"""Marks of Markdown and HTML inside plain text: what one does not read.

Only what is clearly mark-up is hidden: a star that opens beside a word and one that closes it.
``(*)``, a star behind a word, ``5 * 3`` and ``____`` are letters of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.layout_anchors import raise_number

_SIGN_RE = re.compile(r"[*<#`\\&_\x00-\x08\x0e-\x1f\x7f]")
_NOTE_RE, _BLANK_RE = re.compile(r"\[\^"), re.compile(" " * 6)
_ANY_RE = re.compile("|".join(one.pattern for one in (_SIGN_RE, _NOTE_RE, _BLANK_RE)))
# A text layer printed as it stands on the page sets two columns apart so.
_COLUMN_RE = re.compile(r"(?<=[^\s.…_]) {6,}(?=[^\s.…_])")
_STARS_RE = re.compile(r"(?<!\\)\*+")
_UNDERSCORES_RE = re.compile(r"(?<![\w\\])_(?=[^\W_])|(?<=[^\s_])(?<!\\)_(?![\w])")
_HEADING_RE = re.compile(r"\s*#{1,6}\s+(?=\S)")
_HEADING_END_RE = re.compile(r"\s+#{1,6}\s*$")
_URL_RE = re.compile(r"<(?:https?://|www\.|mailto:)[^<>\s]+>")
_TAG_RE = re.compile(
    r"</?(?:b|i|u|em|strong|sub|span|font|p|div|br|center|small|big|a|s|o:p|h[1-6]|li|ul|ol)\b[^<>]*>",
    re.IGNORECASE,
)
_SUP_RE = re.compile(r"<sup>\s*[(\[]?(?P<number>\d{1,3})[)\]]?\s*</sup>|<sup>|</sup>", re.IGNORECASE)
_FOOT_RE = re.compile(r"\[\^(?P<number>\d{1,3})\]:?")
_CONTROL_RE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]+")
_ESCAPE_RE = re.compile(r"\\(?=[.\-*_#()\[\]+!`>\\])")
_ENTITIES = {"&nbsp;": " ", "&#160;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_ENTITY_RE = re.compile("|".join(map(re.escape, _ENTITIES)))
_MOST_WAITING = 12
_OUTSIDE = " \t\u00a0(\"“„«'[/"
_BEHIND = " \t\u00a0.,;:!?…)”\"»'/]-–"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A range of the source that one does not read as it is; `shown` stands for it."""

    start: int
    end: int
    shown: str = ""


def find_marks(text: str) -> list[int]:
    """The places of all letters that mark-up may be made of."""
    found = [sign.start() for sign in _SIGN_RE.finditer(text)]
    # A text has spaces everywhere: those that say something are looked for as they stand, not from every space.
    more = [one.start() for pattern in (_NOTE_RE, _BLANK_RE) for one in pattern.finditer(text)]
    return sorted([*found, *more]) if more else found


@dataclass(frozen=True, slots=True)
class _Stars:
    """A run of stars: what it may do, in which paragraph it stands, whether at the edge of a line."""

    start: int
    end: int
    opens: bool
    closes: bool
    edge: bool
    paragraph: int

    @property
    def width(self) -> int:
        return self.end - self.start


def find_markup(text: str, paragraphs: Sequence[Sequence[tuple[int, int]]]) -> list[Hidden]:
    r"""What is mark-up in paragraphs that touch one another, each given as the ranges of its lines; in order.

    >>> def shown(text):
    ...     out, at = "", 0
    ...     for hidden in find_markup(text, [[(0, len(text))]]):
    ...         out, at = out + text[at : hidden.start] + hidden.shown, hidden.end
    ...     return out + text[at:]
    >>> shown("**Chương I**"), shown("(*đính kèm các phụ lục*)"), shown("Tổng số* (*) 5 * 3"), shown("* Đánh giá")
    ('Chương I', '(đính kèm các phụ lục)', 'Tổng số* (*) 5 * 3', '* Đánh giá')
    >>> shown("** Đánh giá (ĐVSNCL)*"), shown("tại: <https://a.vn/>."), shown("Chính phủ<sup>1</sup>[^2]")
    ('* Đánh giá (ĐVSNCL)', 'tại: https://a.vn/.', 'Chính phủ¹²')
    """
    found: list[Hidden] = []
    stars: list[_Stars] = []
    for number, ranges in enumerate(paragraphs):
        for start, end in ranges:
            piece = text[start:end]
            if _ANY_RE.search(piece) is None:
                continue
            found += _simple(piece, start)
            if "*" in piece:
                stars += _stars(piece, start, number)
            if "_" in piece:
                found += _underscores(piece, start)
    if stars:
        found += _pair(stars)
    return _in_order(found)


def _simple(piece: str, at: int) -> Iterator[Hidden]:
    """Headings, links, tags, marks of notes, escapes, columns and control characters."""
    if "#" in piece:
        heading = _HEADING_RE.match(piece)
        if heading:
            yield Hidden(at, at + heading.end())
            closing = _HEADING_END_RE.search(piece)
            if closing:
                yield Hidden(at + closing.start(), at + closing.end())
    if "<" in piece:
        for url in _URL_RE.finditer(piece):
            yield Hidden(at + url.start(), at + url.start() + 1)
            yield Hidden(at + url.end() - 1, at + url.end())
        for tag in _TAG_RE.finditer(piece):
            space = " " if tag.group().lower().startswith(("<br", "<p", "</p", "<div", "</div")) else ""
            yield Hidden(at + tag.start(), at + tag.end(), space)
        for sup in _SUP_RE.finditer(piece):
            yield Hidden(at + sup.start(), at + sup.end(), raise_number(sup["number"] or ""))
    if "[^" in piece:
        for foot in _FOOT_RE.finditer(piece):
            yield Hidden(at + foot.start(), at + foot.end(), raise_number(foot["number"]))
    if "&" in piece:
        for entity in _ENTITY_RE.finditer(piece):
            yield Hidden(at + entity.start(), at + entity.end(), _ENTITIES[entity.group()])
    if "\\" in piece:
        for escape in _ESCAPE_RE.finditer(piece):
            yield Hidden(at + escape.start(), at + escape.end())
    if "      " in piece:
        for column in _COLUMN_RE.finditer(piece):
            yield Hidden(at + column.start(), at + column.end(), "\t")
    for control in _CONTROL_RE.finditer(piece):
        yield Hidden(at + control.start(), at + control.end())


def _stars(piece: str, at: int, paragraph: int) -> Iterator[_Stars]:
    """Runs of stars and what each may do; two or three at the edge of a line may have a space inside."""
    runs = list(_STARS_RE.finditer(piece))
    for run in runs:
        start, end = run.span()
        before, after = piece[start - 1 : start] if start else "", piece[end : end + 1]
        if (before == "(" and after == ")") or end - start > 3:
            continue
        edge = not before or not after
        if end - start == 2 and not before and after.isspace() and len(runs) > 1 and len(runs[-1].group()) == 1:
            # "** Đánh giá ...*": one star opens, the other is a bullet.
            yield _Stars(at, at + 1, opens=True, closes=False, edge=True, paragraph=paragraph)
            continue
        strong = end - start > 1
        opens = bool(after) and (not before or before in _OUTSIDE) and (strong or not after.isspace())
        closes = bool(before) and (not after or after in _BEHIND) and (strong or not before.isspace())
        if strong and before and after and before.isspace() and after.isspace():
            continue
        inside = strong and bool(before) and bool(after) and not opens and not closes
        if opens or closes or inside or (strong and edge):
            yield _Stars(
                at + start, at + end, opens or inside or not before, closes or inside or not after, edge, paragraph
            )


def _pair(stars: Sequence[_Stars]) -> Iterator[Hidden]:
    """Stars that open with those that close: as many, in one paragraph, or both at the edges of lines."""
    waiting: list[_Stars] = []
    for run in stars:
        if run.closes:
            match = _match(waiting, run)
            if match:
                for one in match:
                    yield Hidden(one.start, one.end)
                yield Hidden(run.start, run.end)
                del waiting[waiting.index(match[0]) :]
                continue
        if run.opens:
            waiting.append(run)
            del waiting[:-_MOST_WAITING]


def _match(waiting: Sequence[_Stars], run: _Stars) -> Sequence[_Stars]:
    """The stars that a run closes; two runs where it is as long as both."""
    fit = [one for one in waiting if one.paragraph == run.paragraph or (one.edge and run.edge)]
    for one in reversed(fit):
        if one.width == run.width and one.end < run.start:
            return (one,)
    if len(fit) > 1 and fit[-1].width + fit[-2].width == run.width:
        return fit[-2:]
    return ()


def _underscores(piece: str, at: int) -> Iterator[Hidden]:
    """``_Căn cứ_``: one underscore on each side of words."""
    opened: int | None = None
    for mark in _UNDERSCORES_RE.finditer(piece):
        if piece[mark.end() : mark.end() + 1].isalnum():
            opened = mark.start()
        elif opened is not None and mark.start() > opened + 1:
            yield Hidden(at + opened, at + opened + 1)
            yield Hidden(at + mark.start(), at + mark.end())
            opened = None


def _in_order(found: list[Hidden]) -> list[Hidden]:
    found.sort(key=lambda hidden: (hidden.start, -hidden.end))
    kept: list[Hidden] = []
    for hidden in found:
        if not kept or hidden.start >= kept[-1].end:
            kept.append(hidden)
    return kept
