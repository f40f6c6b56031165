"""Where a label goes: among its siblings, below what leads to it, or nowhere because it is no label."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from ingest.structure.labels import ALPHABET, STYLES, Label
from ingest.structure.nodes import Node
from kb.text.roman import roman_value

CONTAINERS = frozenset(("part", "chapter", "section", "subsection"))
BULLETS = frozenset(("dash", "star", "plus", "dot"))
_COMPLETE = frozenset('.;:!?…”")/*_]>|»’')
_DANGLING_RE = re.compile(
    r"(?:(?<!\w)(?:khoản|điểm|điều|mục|chương|phần|phụ lục|số|và|hoặc|đến|tại|từ|của|là|năm|tháng|ngày|quý|bảng"
    r"|biểu|mẫu|theo|các|với|về|cho|trong|thứ|lần|tiết)|,)$",
    re.IGNORECASE,
)


#: Names of files that portals put under an article.
_FILE_ENDINGS = (".doc", ".docx", ".xls", ".xlsx", ".pdf", ".rtf", ".zip", ".rar")


class Ending(NamedTuple):
    """How the paragraph before ends, which says much about what may follow.

    `complete`: with a full stop or the like; `dangling`: in the middle of a phrase; `leads`: with a colon;
    `own`: it is the labelled paragraph of the innermost unit; `bare`: it is a heading without a stop.
    """

    complete: bool = True
    dangling: bool = False
    leads: bool = False
    own: bool = False
    bare: bool = False


_COMPLETE_ENDINGS = {
    (leads, own): Ending(leads=leads, own=own) for leads in (False, True) for own in (False, True)
}


def read_ending(text: str, *, own: bool) -> Ending:
    """How a paragraph ends."""
    tail = text[-40:].rstrip(" \t*_⁰¹²³⁴⁵⁶⁷⁸⁹")
    last = tail[-1:]
    if last in _COMPLETE or not tail or tail.endswith(_FILE_ENDINGS):
        return _COMPLETE_ENDINGS[last == ":", own]
    dangling = (last == "," or not own) and _DANGLING_RE.search(tail) is not None
    return Ending(False, dangling, False, own, own and len(text) < 400)


class Place(NamedTuple):
    """The parent of a new unit (None: outermost); `restart`: its list begins again under the same parent."""

    parent: Node | None
    restart: bool = False


#: Labels of two readings: the letter i or the Roman i, the letter C or the Roman C.
_TWO_STYLES = {"arabic": "letter", "letter": "lowroman", "lowroman": "letter", "roman": "upper", "upper": "roman"}


def settle_style(label: Label, current: Node | None, scope: Node | None) -> Label:
    """The label in the style that the open lists give it, where it could be of two (i, v, x; C, D, I, L, V, X)."""
    bare = label.number if label.style != "arabic" else label.text[:1]
    if len(bare) != 1 or label.style not in _TWO_STYLES or bare not in "ilvxCDILVX":
        return label
    other = _TWO_STYLES[label.style]
    value = roman_value(bare.upper()) if other in ("roman", "lowroman") else ALPHABET.index(bare.lower()) + 1
    twin = replace(label, style=other, value=value, number=bare)
    node = current
    while node is not scope and node is not None and node.rank > STYLES["article"].rank:
        for reading in (label, twin):
            if node.style == reading.style and reading.value and follows(reading, node):
                return reading
        node = node.parent
    if bare == "i" and label.style == "letter":
        return twin
    return twin if bare in "CDL" and label.style == "roman" else label


def find_place(label: Label, current: Node | None, scope: Node | None, ending: Ending) -> Place | None:
    """Where a list label goes; None when what looks like one is none."""
    if label.style in BULLETS:
        return _place_bullet(label, current, scope, ending)
    if ending.dangling:
        return None
    near: Node | None = None
    node = current
    while node is not scope and node is not None and node.rank > STYLES["article"].rank:
        if node.style == label.style:
            if follows(label, node):
                return Place(node.parent)
            near = near or node
        node = node.parent
    if "." in label.number:
        return _place_compound(label, current, scope, ending, near)
    if label.value == 1 and not label.suffix:
        return _place_first(label, current, scope, ending, near)
    if near is not None:
        if ending.complete and (label.value > near.value or label.value == near.value != 1):
            return Place(near.parent)
        return Place(near.parent, restart=True) if ending.complete and label.value < near.value else None
    if not ending.complete or label.value > 60:
        return None
    return Place(_above(label, current, scope))


def follows(label: Label, node: Node) -> bool:
    """Whether a label is the next of its list (letters may skip f, j, w, z or, in other languages, đ).

    >>> from kb.models import UnitKind
    >>> from ingest.structure.labels import read_label
    >>> e = Node(UnitKind.POINT, "e)", "e", "", 0, style="letter", value=6)
    >>> follows(read_label("g) Nội dung"), e), follows(read_label("h) Nội dung"), e)
    (True, False)
    """
    if "." in label.number or "." in node.number:
        return _prefix(label.number) == _prefix(node.number) and label.value == node.value + 1
    if label.value == node.value:
        return label.suffix > node.suffix
    step = label.value - node.value
    return step == 1 or (step == 2 and label.style == "letter" and label.number[:1] not in "bc")


def _prefix(number: str) -> str:
    return number.rpartition(".")[0]


def is_article(label: Label, rest: str, last: Node | None, ending: Ending, *, below: bool) -> bool:
    """Whether what reads like the label of an article is one, and no wrapped line that begins with a mention.

    `last` is the article before it in its scope; `below` says that a chapter or section has just begun.
    """
    bare = label.text[-1:].isalnum()
    if last is None:
        first = label.value == 1 or (ending.complete and not bare)
        return first and not (ending.dangling and label.value != 1)
    step = label.value - last.value
    if step == 1 or (step == 0 and label.suffix > last.suffix):
        return not (ending.dangling and rest[:1].islower())
    titled = not bare and 1 < step < 10 and not ending.dangling and rest[:1].isupper() and rest[-1:].isalpha()
    if ending.leads or not (ending.complete or titled or below):
        return False  # "... quy định như sau:" and the article of another document
    return not (bare and rest)


def _place_bullet(label: Label, current: Node | None, scope: Node | None, ending: Ending) -> Place | None:
    if ending.dangling and label.style == "dash":
        return None
    node = current
    while node is not scope and node is not None and node.style in BULLETS:
        if node.style == label.style:
            return Place(node.parent)
        node = node.parent
    parent = current
    while parent is not scope and parent is not None and parent.style in BULLETS:
        heads = parent.leads or (ending.own and ending.leads and parent is current)
        if heads or parent.style == "star":
            break
        if label.style != "star" and STYLES[parent.style].rank < STYLES[label.style].rank:
            break
        parent = parent.parent
    return Place(parent)


def _place_compound(
    label: Label, current: Node | None, scope: Node | None, ending: Ending, near: Node | None
) -> Place | None:
    """1.1 goes below 1, I.2 below I, a.1 below a."""
    prefix = _prefix(label.number)
    node = current
    while node is not scope and node is not None and node.rank > STYLES["article"].rank:
        if node.number == prefix:
            if node is not current and not ending.complete and label.value > 1:
                return None
            return Place(node)
        node = node.parent
    if near is not None and ending.complete:
        return Place(near.parent if near.number.count(".") >= label.number.count(".") else near)
    if label.value == 1 or ending.complete:
        return Place(_above(label, current, scope))
    return None


def _place_first(
    label: Label, current: Node | None, scope: Node | None, ending: Ending, near: Node | None
) -> Place | None:
    """A new list: below what leads to it; else a list that begins again; else by the usual order of styles."""
    inner = current if current is not scope else None
    below = ending.own and (ending.leads or ending.bare) and inner is not None
    if below and near is not inner and _may_hold(inner, label):
        return Place(current)
    if near is not None:
        if ending.leads and near.label[-1:] != label.text[-1:] and not _nested(near):
            return Place(current)  # "2/ Công tác khác:" and below it "1."
        if near is inner and below and ending.leads and not _nested(near):
            return Place(current)
        return Place(near.parent, restart=True)
    return Place(_above(label, current, scope))


def _nested(node: Node) -> bool:
    """Whether a list already stands below a list of its own style: once happens, twice is a run of beginnings."""
    above = node.parent
    while above is not None and not above.scope:
        if above.style == node.style:
            return True
        above = above.parent
    return False


def _may_hold(node: Node | None, label: Label) -> bool:
    """Whether a list may stand below a unit; a list of Roman numbers or capitals never below a bullet."""
    return node is not None and not (label.style in ("roman", "upper") and node.rank >= STYLES["letter"].rank)


def _above(label: Label, current: Node | None, scope: Node | None) -> Node | None:
    """The innermost open unit whose style usually stands above the label's."""
    rank = STYLES[label.style].rank
    node = current
    while node is not scope and node is not None and node.rank >= rank:
        node = node.parent
    return node
