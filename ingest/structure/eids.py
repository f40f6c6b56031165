"""Identifiers of units for deep links, after the naming of Akoma Ntoso.

An eid is the path of a unit: steps ``tag_number`` joined by two underscores. Numbers are as printed, without
leading zeros; lists of bullets are counted. The steps are

* ``preface``, ``preamble``, ``preamble__rec_2`` (the second recital), ``conclusions``, ``par_3`` (a paragraph that
  stands by itself, counted);
* ``prt_2`` (Phần thứ hai), ``chp_II``, ``sec_1`` (Mục), ``sub_1`` (Tiểu mục), each below what holds it:
  ``prt_2__chp_I__sec_1``;
* ``art_5``, ``art_5__cla_2a``, ``art_5__cla_2__pnt_đ``, ``art_5__cla_2__pnt_a__spt_1``: an article is numbered
  through the document, so its eid leaves out parts and chapters and stays when one is added;
* ``prt_1__itm_II__itm_3__itm_3.1__itm_b`` in reports, plans, letters, and ``ind_4`` for the fourth bullet of a
  unit;
* ``app_3``, ``app_II``, ``app`` (Phụ lục without number), ``frm_1`` (Mẫu số 01; ``frm_B1`` for Biểu 1), ``att_1``
  (what is issued with the document, counted): these have a numbering of their own and prefix all they hold:
  ``att_1__art_5__cla_2``. An appendix below the title page of all appendices is not prefixed by it;
* ``quo_1``: quoted text that amends, below the unit that quotes it: ``art_1__cla_2__quo_1__art_5``.

What would come twice (a list that begins again, a number printed twice) gets ``~2``, ``~3``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.structure.labels import STYLES
from ingest.structure.nodes import Node
from kb.models import UnitKind

_TAGS = {
    UnitKind.PREFACE: "preface",
    UnitKind.PREAMBLE: "preamble",
    UnitKind.CONCLUSIONS: "conclusions",
    UnitKind.RECITAL: "rec",
    UnitKind.PARAGRAPH: "par",
    UnitKind.QUOTED: "quo",
    UnitKind.ATTACHMENT: "att",
    UnitKind.APPENDIX: "app",
    UnitKind.CLAUSE: "cla",
    UnitKind.POINT: "pnt",
}
_COUNTED = frozenset((UnitKind.RECITAL, UnitKind.PARAGRAPH, UnitKind.QUOTED, UnitKind.ATTACHMENT))
_UNSAFE_RE = re.compile(r"[^\w.]+")
_LEADING_ZERO_RE = re.compile(r"^0+(?=\d)")


def assign_eids(nodes: Iterable[Node]) -> None:
    """Give every node its eid; parents come before children."""
    taken: dict[str, int] = {}
    counts: dict[tuple[str, str], int] = {}
    for node in nodes:
        prefix = _prefix(node)
        tag = _tag(node)
        number = _UNSAFE_RE.sub("", _LEADING_ZERO_RE.sub("", node.number)).strip(".")
        if node.kind in _COUNTED or tag == "ind":
            counts[prefix, tag] = counts.get((prefix, tag), 0) + 1
            number = str(counts[prefix, tag])
        step = f"{tag}_{number}" if number else tag
        eid = f"{prefix}__{step}" if prefix else step
        times = taken[eid] = taken.get(eid, 0) + 1
        node.eid = eid if times == 1 else f"{eid}~{times}"


def _tag(node: Node) -> str:
    if node.style in ("dash", "star", "plus", "dot"):
        return "ind"
    if node.style == "form":
        return "frm"
    if node.kind is UnitKind.SUBPOINT:
        return "spt"
    return _TAGS.get(node.kind) or STYLES[node.style].tag


def _prefix(node: Node) -> str:
    holder = node.parent
    if node.kind is UnitKind.ARTICLE or (node.kind is UnitKind.APPENDIX and node.style != "form"):
        while holder is not None and (not holder.scope or (holder.kind is UnitKind.ATTACHMENT and node.scope)):
            holder = holder.parent
    return holder.eid if holder is not None else ""
