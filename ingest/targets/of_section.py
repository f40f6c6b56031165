"""The paper that a sentence under a heading names for all goals of its section.

``Các chỉ tiêu dưới đây thực hiện theo Kế hoạch số 5/KH-UBND.`` holds to the end of the section in which it stands,
its sub-sections with it; ``Chỉ tiêu tại khoản 1 và 3 do Quyết định số 7/QĐ-UBND giao.`` for what it names. What it
leaves out (``trừ …``, ``riêng …``), and what stands nearer to a goal, it says nothing of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.reading.rows import Same
from ingest.targets.mentioned import NORMS
from ingest.targets.places import Places, basis_on
from ingest.targets.same import spelled_words
from ingest.targets.unnamed import calls_plan
from kb.models import Basis, BasisKind, BlockKind, Document, Span, Target, Unit, UnitKind
from kb.text.sentences import split_sentences

_GOALS = r"(?:chỉ tiêu|mục tiêu|nhiệm vụ)(?:(?:,| và)\s+(?:chỉ tiêu|mục tiêu|nhiệm vụ|giải pháp))*"
_LABEL = r"(?-i:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[A-ZĐ])(?![\w/])"
_PART = r"(?:tiểu mục|mục|phần|khoản|điểm)"
#: Sections called by their labels: "khoản 1, 2 và 3", "các Mục II và III", "điểm a đến điểm d".
_PARTS = rf"(?:các\s+)?{_PART}\s+{_LABEL}(?:\s*(?:,|và|đến|[-–])\s*(?:{_PART}\s+)?{_LABEL})*"
_PARTS_RE = re.compile(rf"\b{_PARTS}", re.IGNORECASE)
_LABEL_RE = re.compile(rf"(?P<to>(?:đến|[-–])\s*(?:{_PART}\s+)?)?(?<!\w)(?P<label>{_LABEL})", re.IGNORECASE)
#: "Các chỉ tiêu dưới đây", "Chỉ tiêu về vay vốn nêu tại Mục này", and who set them or by what.
_OF_GOALS_RE = re.compile(
    rf"\W*(?P<base>(?:căn cứ|cơ sở)\s+(?:của|giao)\s+)?(?:(?:các|những|toàn bộ|tất cả)\s+)*{_GOALS}"
    r"(?:\s+[^\W\d_]+){0,8}?\s+"
    r"(?:(?P<below>dưới đây|sau đây|sau(?=\s+(?:được|do|thuộc|đều)\b))"
    r"|(?:(?:nêu|trình bày)\s+)?(?:tại|ở|trong|của|thuộc|từ)\s+"
    rf"(?:(?P<this>mục|phần|khoản|điểm)\s+này|(?P<parts>{_PARTS}))(?:\s+dưới đây)?)"
    r"(?:,\s*(?P<aside>(?:ngoại )?trừ\b[^,;.]{3,80}),)?,?\s+(?(base)(?:đều\s+)?|(?:(?:cũng|đều|được)\s+)*"
    r"(?:(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Thủ tướng|Chính phủ|cấp trên)\s+)?"
    r"(?:(?:Chính phủ|tỉnh|thành phố|huyện|thị xã|xã|phường)\s+)?)"
    r"(?P<tie>(?(base)là|(?:do|theo|căn cứ|thực hiện|giao|đề ra|đặt ra|xác định|quy định|thuộc|nêu (?:tại|trong)"
    r"|(?:trích|lấy)(?: ra)? (?:từ|theo|tại)|là (?=chỉ tiêu|mục tiêu|nhiệm vụ))))(?![^\W\d_])",
    re.IGNORECASE,
)
#: "Kế hoạch số 5/KH-UBND giao các chỉ tiêu sau."
_GIVES_RE = re.compile(
    rf"\b(?:giao(?! thông)|đề ra|đặt ra|xác định|quy định)\s+(?:(?!thực hiện\b)[^\W\d_]+\s+){{0,4}}?{_GOALS}"
    r"(?:\s+(?!(?:có|theo|trong|được|với|như)\b)[^\W\d_]+){0,6}?\s+"
    r"(?:dưới đây|sau đây|như sau|sau)\s*[.:]?\s*$",
    re.IGNORECASE,
)
#: What a sentence says that its paper did not set.
_EXCEPT_RE = re.compile(r"\b(?:trừ|ngoại trừ|riêng|không (?:gồm|bao gồm|kể|tính))\b|;", re.IGNORECASE)
#: "trừ chỉ tiêu có dẫn văn bản khác": goals that name a paper of their own.
_OTHERS_RE = re.compile(r"\bkhác\b", re.IGNORECASE)
#: What the exception is of: "riêng chỉ tiêu về thu gom rác theo Nghị quyết số 8".
_SUBJECT_RE = re.compile(
    rf"\b(?:trừ|riêng)\s+(?:(?:các|những)\s+)*(?:{_GOALS}\s+)?(?:về\s+)?(?P<subject>[^,;.\d]{{3,80}}?)"
    r"(?:\s+(?:theo|do|tại|thuộc|được|thực hiện|căn cứ|giao)\b|\s*$)",
    re.IGNORECASE,
)
_NOT_RE = re.compile(r"\b(?:không|chưa|ngoài|thay (?:cho|thế)|so với)\b", re.IGNORECASE)
#: "Thực hiện Nghị quyết số 8, Ủy ban nhân dân huyện …": a body that gives them itself.
_BODY_GIVES_RE = re.compile(
    r",\s+(?:Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Tỉnh ủy|Thành ủy|Huyện ủy|Sở|Bộ|Cục|Chi cục|Ban|Chủ tịch|tỉnh|huyện"
    r"|thành phố|thị xã|xã|phường|ngành|đơn vị|trường)\b(?![^,]*\bđược\s*$)[^,]*$",
    re.IGNORECASE,
)
#: The opening words of what a paper tells.
_TELLS_RE = re.compile(r"\bbáo cáo\b[^.;]*:?\s*$", re.IGNORECASE)
#: Where no goals are told, or those of the whole paper.
_NO_SECTION = (UnitKind.PREFACE, UnitKind.PREAMBLE, UnitKind.RECITAL, UnitKind.CONCLUSIONS)
#: The share of the words of an exception that a goal has which it is of.
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence says: its place, where it names the paper, and the ranges that it holds for."""

    span: Span
    named: Span
    reach: tuple[Span, ...]
    besides: tuple[Span, ...]
    subject: frozenset[str] = frozenset()
    others: bool = False

    def is_of(self, target: Target) -> bool:
        """Whether a goal is among those that the sentence speaks of."""
        at = target.span.start
        if not _holds(self.reach, at) or _holds(self.besides, at) or self.span.start <= at < self.span.end:
            return False
        shared = self.subject & spelled_words(target.text) if self.subject else self.subject
        return not self.subject or len(shared) < _SAME * len(self.subject)


def of_section(
    places: Places, target: Target, own: tuple[Basis, ...], over: tuple[Basis, ...]
) -> tuple[Basis, ...]:
    """The papers over a target, `over`, or what a sentence gives for all goals of a section where that is nearer.

    Nothing of such a sentence where the target's `own` words name a plan, or any paper where it leaves those out.
    """
    named = {places.citations[basis.citation].type in NORMS for basis in own}
    if False in named or calls_plan(target.text) or (over and target.table is not None):
        return over
    nearest = max((basis.evidence[-1].start for basis in over), default=-1)
    at = target.span.start
    for said in sorted(_statements(Same(places.document)), key=lambda one: (one.span.start > at, -one.span.start)):
        if over and not nearest < said.span.start < at:
            break
        if not said.is_of(target) or (said.others and named):
            continue
        cited = [(index, one) for index, one in places.cited(said.named) if one.footnote is None]
        # "… theo Luật X và Kế hoạch số 5": of the two a plan sets levels
        plans = [(index, one) for index, one in cited if one.type not in NORMS]
        if plans:
            return tuple(basis_on(index, BasisKind.SECTION, one.span, said.span) for index, one in plans)
    return over


def _holds(ranges: tuple[Span, ...], at: int) -> bool:
    return any(one.start <= at < one.end for one in ranges)


@lru_cache(maxsize=2)
def _statements(read: Same[Document]) -> tuple[Statement, ...]:
    document = read.it
    units = {unit.eid: unit for unit in document.units}
    return tuple(_read(document, units))


def _read(document: Document, units: dict[str, Unit]) -> Iterator[Statement]:
    for block in document.blocks:
        unit = units.get(block.unit or "")
        if block.kind is not BlockKind.TEXT or unit is None or unit.kind in _NO_SECTION:
            continue
        text = document.block_text(block).replace("\n", " ")
        for low, high in split_sentences(text):
            parts = _parts(text[low:high])
            if parts is not None:
                yield _statement(document, units, unit, block.view.start + low, text[low:high], parts)


def _parts(words: str) -> tuple[re.Match[str], int, int] | None:
    """How a sentence names goals as a whole, and where in it the paper stands that set them."""
    goals = _OF_GOALS_RE.match(words)
    gives = None if goals or _TELLS_RE.search(words) else _GIVES_RE.search(words)
    if gives and _BODY_GIVES_RE.search(words, 0, gives.start()):
        return None
    if goals:
        low, high, found = goals.start("tie"), len(words), goals
    elif gives:
        low, high, found = 0, gives.start(), gives
    else:
        return None
    out = _EXCEPT_RE.search(words, low, high)
    high = out.start() if out else high
    return None if _NOT_RE.search(words, low, high) else (found, low, high)


def _statement(
    document: Document,
    units: dict[str, Unit],
    unit: Unit,
    base: int,
    words: str,
    parts: tuple[re.Match[str], int, int],
) -> Statement:
    found, low, high = parts
    span = document.reading.hull(base, base + len(words))
    said = found.groupdict()
    if said.get("parts"):
        reach = _called(document, unit, said["parts"])
    elif said.get("this"):
        reach = (_this(unit, units, said["this"]).span,)
    else:
        reach = (Span(span.end, max(unit.span.end, span.end)),)
    rest = words[high:] if _EXCEPT_RE.match(words, high) else ""
    rest = f"{said.get('aside') or ''} {rest}"
    besides = tuple(one for some in _PARTS_RE.finditer(rest) for one in _called(document, unit, some.group()))
    subject = None if besides else _SUBJECT_RE.search(rest)
    others = _OTHERS_RE.search(rest) is not None
    of = spelled_words(subject["subject"]) if subject and not others else frozenset()
    return Statement(span, document.reading.hull(base + low, base + high), reach, besides, of, others)


def _this(unit: Unit, units: dict[str, Unit], kind: str) -> Unit:
    """The section that "Mục này" is: the nearest of a Roman number or a capital; else the one that holds it."""
    over: Unit | None = unit
    while over is not None and kind.lower() in ("mục", "phần"):
        if re.fullmatch(r"\W*(?:Phần\b.*|Mục\b.*|[IVX]+|[A-ZĐ])\W*", over.label):
            return over
        over = units.get(over.parent or "")
    return unit


def _called(document: Document, unit: Unit, words: str) -> tuple[Span, ...]:
    """The sections of some labels: those of the nearest level around a place that has all of them."""
    wanted = [(found["label"], bool(found["to"])) for found in _LABEL_RE.finditer(words) if found["label"]]
    units = {one.eid: one for one in document.units}
    over: Unit | None = unit
    while True:
        beside = [one for one in document.units if one.parent == (over.eid if over else None)]
        labels = [_bare(one) for one in beside]
        if wanted and all(label in labels for label, _ in wanted):
            break
        if over is None:
            return ()
        over = units.get(over.parent or "")
    places: list[int] = []
    for label, ranged in wanted:
        here = labels.index(label)
        places += range(places[-1] + 1, here + 1) if ranged and places else [here]
    return tuple(beside[at].span for at in places)


def _bare(unit: Unit) -> str:
    """The label of a section without its signs and what it is called."""
    found = re.search(r"(\w+(?:\.\d+)*)\W*$", unit.label)
    return found[1] if found else ""
