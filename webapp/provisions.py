"""Provisions by their names: from the words of a pinpoint to a unit, from a unit to a proper citation of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from kb.models import BlockKind, Document, Unit, UnitKind
from kb.models import Metadata as Head

#: Levels of pinpoints by the tag of their eids; the outer ones are left out of the eid of an article.
_TAGS = {
    "phụ lục": "app",
    "mẫu": "frm",
    "phần": "prt",
    "chương": "chp",
    "mục": "sec",
    "tiểu mục": "sub",
    "điều": "art",
    "khoản": "cla",
    "điểm": "pnt",
    "tiết": "spt",
}
_OUTER = ("prt", "chp", "sec", "sub")
_SMALL = {UnitKind.CLAUSE: "khoản", UnitKind.POINT: "điểm", UnitKind.SUBPOINT: "tiết"}
_LABELLED = {
    UnitKind.PART,
    UnitKind.CHAPTER,
    UnitKind.SECTION,
    UnitKind.SUBSECTION,
    UnitKind.ARTICLE,
    UnitKind.APPENDIX,
}
#: Units that an article, numbered through the document, is cited without.
_ABOVE = {UnitKind.PART, UnitKind.CHAPTER, UnitKind.SECTION, UnitKind.SUBSECTION}
#: Acts that are cited by their names.
_NAMED = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")


def eids_of(place: str) -> tuple[str, ...]:
    """The eids that a stored place can have, the most exact first, each next one holding the one before.

    >>> eids_of("điều 5/khoản 2/điểm a")
    ('art_5__cla_2__pnt_a', 'art_5__cla_2', 'art_5')
    >>> eids_of("chương II/điều 05"), eids_of("phụ lục I/điều 7")
    (('art_5', 'chp_II'), ('app_I__art_7', 'app_I'))
    """
    steps: list[str] = []
    found: list[str] = []
    for part in filter(None, place.split("/")):
        level, _, label = part.rpartition(" ")
        tag = _TAGS.get(level.removesuffix(" số"))
        if tag is None:
            break
        if tag == "art":
            steps = [step for step in steps if step.split("_")[0] not in _OUTER]
        steps.append(f"{tag}_{label.lstrip('0') or '0'}")
        found.append("__".join(steps))
    return tuple(reversed(found))


def unit_at(place: str, eids: Collection[str], inside: str = "") -> str | None:
    """The innermost unit of a text, of which these are the eids, that a stored place names; None where none is.

    `inside` is the unit that names it: a bare ``khoản 2`` is first looked for in the article around.

    >>> (
    ...     unit_at("điều 5/khoản 2", {"art_5"}),
    ...     unit_at("mục 1", {"chp_I", "chp_I__sec_1"}),
    ...     unit_at("điều 9", {"art_5"}),
    ... )
    ('art_5', 'chp_I__sec_1', None)
    >>> unit_at("khoản 2", {"art_5", "art_5__cla_2", "art_6__cla_2"}, inside="art_5__cla_4")
    'art_5__cla_2'
    """
    steps = inside.split("__")
    around = ["__".join(steps[:at]) for at in range(len(steps) - 1, 0, -1)]
    for wanted in eids_of(place):
        near = [f"{outer}__{wanted}" for outer in around if not wanted.startswith("art_")]
        exact = next((eid for eid in (*near, wanted) if eid in eids), None)
        if exact:
            return exact
        below = [eid for eid in eids if eid.endswith(f"__{wanted}") and "quo_" not in eid]
        if len(below) == 1:
            return below[0]
    return None


def citation_words(units: Iterable[Unit]) -> dict[str, str]:
    """How each unit is cited, smallest first, by eid; what is no one's to cite (bullets, quoted text) is left out.

    >>> from kb.models import Span
    >>> article = Unit("art_5", UnitKind.ARTICLE, "Điều 5.", "Phạm vi", Span(0, 9), None, 1)
    >>> clause = Unit("art_5__cla_2", UnitKind.CLAUSE, "2.", "", Span(3, 9), "art_5", 2)
    >>> citation_words([article, clause])["art_5__cla_2"]
    'khoản 2 Điều 5'
    """
    known = {unit.eid: (unit, _one(unit)) for unit in units}
    return {eid: words for eid in known if (words := _words(eid, known))}


def _words(eid: str, known: Mapping[str, tuple[Unit, str]]) -> str:
    if not known[eid][1]:
        return ""
    parts: list[str] = []
    inside: Unit | None = None
    above = eid
    while above in known:
        unit, one = known[above]
        if unit.kind is UnitKind.QUOTED:
            return ""
        if unit.kind is UnitKind.ATTACHMENT:
            parts.append("văn bản ban hành kèm theo")
        elif not _left_out(unit, inside):
            parts.append(one)
        if one and not (unit.kind in _ABOVE and inside and inside.kind is UnitKind.ARTICLE):
            inside = unit
        above = unit.parent or ""
    return " ".join(filter(None, parts))


def _one(unit: Unit) -> str:
    """One level in words: ``khoản 2``, ``Điều 5``, ``mục 1.1``."""
    label = unit.label.strip().rstrip(".:)/")
    if not label or not label[:1].isalnum():
        return ""
    if unit.kind in _SMALL:
        return f"{_SMALL[unit.kind]} {label}"
    if unit.kind in _LABELLED:
        return label[:1] + label[1:].lower() if " " not in label else _headed(label)
    if unit.kind is UnitKind.ITEM:
        return f"điểm {label}" if label.isalpha() and label.islower() else f"mục {label}"
    return ""


def _headed(label: str) -> str:
    """``CHƯƠNG II`` as running text has it: ``Chương II``."""
    word, _, number = label.partition(" ")
    return f"{word[:1]}{word[1:].lower()} {number}"


def _left_out(unit: Unit, inside: Unit | None) -> bool:
    """Whether a unit goes without saying over the one inside: chapters over articles, ``1`` over ``1.1``."""
    if inside is None:
        return False
    if inside.kind is UnitKind.ARTICLE and unit.kind in _ABOVE:
        return True
    return inside.label.startswith(unit.label.rstrip(".") + ".") and unit.kind is UnitKind.ITEM


def name_of(head: Head, full: bool = False) -> str:
    """What a document is called when it is cited; `full` as the first time, with its title.

    Nghị định 30/2020/NĐ-CP, Phụ lục I: type, number, date, issuer and title; of laws the type and the name.
    """
    kind = head.type.value if head.type else "Văn bản"
    title = head.title.value if head.title else ""
    number = f" số {head.number.value}" if head.number else ""
    if kind in _NAMED and title:
        return f"{kind} {title}{number}"
    words = kind + (number if number else f" “{title}”" if title else "")
    if head.issued and re.fullmatch(r"\d{4}-\d\d-\d\d", head.issued.value):
        year, month, day = head.issued.value.split("-")
        words += f" ngày {day} tháng {month if month in ('01', '02') else int(month)} năm {year}"
    if head.issuers:
        words += f" của {', '.join(field.value for field in head.issuers)}"
    about = "về " if _NOUN_RE.match(title) else ""
    return f"{words} {about}{_lowered(title)}" if full and title and number else words


#: A title that names a thing follows the issuer by "về"; one that says what is done follows it as it is.
_NOUN_RE = re.compile(
    r"(?:Kết quả|Tình hình|Công tác|Nhiệm vụ|Chính sách|Chế độ|Cơ chế|Một số|Chương trình|Danh mục|Cải cách"
    r"|Chuyển đổi số|Kinh phí|Mức|Nội dung|Tiêu chuẩn|Định mức|Giá)(?![^\W\d_])"
)


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def unit_text(document: Document, eid: str, most: int) -> str:
    """The words of a unit as one reads them, cut between words to so many letters."""
    unit = next((one for one in document.units if one.eid == eid), None)
    if unit is None:
        return ""
    pieces: list[str] = []
    for block in document.blocks:
        if block.kind is BlockKind.TEXT and unit.span.start <= block.span.start < unit.span.end:
            pieces.append(document.block_text(block))
            if sum(map(len, pieces)) > most:
                break
    text = " ".join(" ".join(pieces).split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
