"""Which parts of a saved page are the site's frame (menus, related links, comments) and not the document."""

from __future__ import annotations

import re

from ingest.readers.flow import is_head_line
from ingest.readers.html_page import Element

_FRAME_TAGS = frozenset({"nav", "aside", "footer", "form", "button", "select", "textarea", "dialog", "menu"})
_FRAME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "tablist", "dialog"}
)
_FRAME_NAME_RE = re.compile(
    r"""(?:^|[\s_-])
    (?:nav(?:bar|igation)?|menu|breadcrumbs?|side-?bar|footer|comments?|related|share|social|pagination|pager
      |cookie|popup|modal|toolbar|advert(?:isement)?|ads?|banner|login|search-?(?:box|form)?)
    (?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
_HEAD_TEXT_RE = re.compile(
    r"[Cc][Ộộ][Nn][Gg]\s+[Hh][ÒòOo][ÀàAa]\s+[Xx][Ãã]|Đ[Ảả][Nn][Gg]\s+[Cc][Ộộ][Nn][Gg]\s+[Ss][Ảả][Nn]"
)
_PART_RE = re.compile(
    r"nơi nhận\s*:|\(đã ký\)|(?:^|\n)\s*(?:phụ lục|mẫu số|điều \d|chương [ivxlc\d]|mục [ivxlc\d])|_ftn\d",
    re.IGNORECASE,
)
_ASIDE_SHARE, _ASIDE_LINKS = 0.1, 0.3
_CONTENT_TAGS = frozenset({"article", "main"})
_LINKS, _LINK_SHARE = 4, 0.6


def find_frame(body: Element) -> frozenset[Element]:
    """The elements that hold the frame, found by what they are, how they are called and how dense their links are.

    Nothing that holds a letterhead, or most of the words of the page, is frame. Where a letterhead shows the
    document, small parts outside the element that holds it and most of the words are frame too.
    """
    weights = _weigh(body)
    total = weights[body][0]
    heads = _letterheads(body)
    keep = {above for head in heads for above in (head, *head.iterancestors())}
    frame: set[Element] = set()
    if heads:
        frame |= _outside(body, heads[0], weights)
    for element in body.iter():
        if element in keep or not isinstance(element.tag, str) or element is body:
            continue
        size, linked, links = weights[element]
        if size > total * 0.5:
            continue
        if _is_named_frame(element) or (
            element.tag in {"ul", "ol", "div", "section"}
            and links >= _LINKS
            and linked > _LINK_SHARE * max(size, 1)
        ):
            frame.add(element)
    return frozenset(frame)


def _is_named_frame(element: Element) -> bool:
    if element.tag in _FRAME_TAGS or element.get("role") in _FRAME_ROLES:
        return True
    if element.tag == "header":
        return not any(parent.tag in _CONTENT_TAGS for parent in element.iterancestors())
    if element.tag not in {"div", "ul", "section", "ol"}:
        return False
    return bool(_FRAME_NAME_RE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _weigh(body: Element) -> dict[Element, tuple[int, int, int]]:
    """For each element the letters in it, those in links, and the links, in one walk from the leaves up."""
    weights: dict[Element, tuple[int, int, int]] = {}
    for element in reversed(list(body.iter())):
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            weights[element] = (0, 0, 0)
            continue
        size = len((element.text or "").strip())
        linked = links = 0
        for child in element:
            inner = weights[child]
            size += inner[0] + len((child.tail or "").strip())
            linked += inner[1]
            links += inner[2]
        if element.tag == "a" and element.get("href"):
            linked, links = size, links + 1
        weights[element] = (size, linked, links)
    return weights


def _letterheads(body: Element) -> list[Element]:
    """The innermost elements whose words are the motto of a letterhead."""
    found = []
    for element in body.iter("td", "th", "p", "div", "span", "b", "strong", "h1", "h2", "h3", "center"):
        if element.text and _HEAD_TEXT_RE.search(element.text):
            text = " ".join(element.text.split())
            if is_head_line(text) and len(text) < 60:
                found.append(element)
    return found


def _outside(body: Element, head: Element, weights: dict[Element, tuple[int, int, int]]) -> set[Element]:
    """What stands beside the smallest element that holds the letterhead and most of the words.

    Only small or link-filled parts that show no sign of a document: portals store the foot, an appendix or the
    second half of a long document in elements of their own.
    """
    total = weights[body][0]
    content = head
    while content is not body and weights[content][0] < total * 0.5:
        content = content.getparent()
    outside: set[Element] = set()
    while content is not body:
        parent = content.getparent()
        for child in parent:
            size, linked, _ = weights[child]
            small = size <= total * _ASIDE_SHARE or linked > _ASIDE_LINKS * size
            if child is not content and small and not _is_part(child):
                outside.add(child)
        content = parent
    return outside


def _is_part(element: Element) -> bool:
    """Whether an element beside the document carries a part of it: its foot, an article, an appendix, a note."""
    return isinstance(element.tag, str) and bool(_PART_RE.search(" ".join(element.itertext())))
