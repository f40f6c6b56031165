"""Appendices that list documents which have ended, an item or the cells of a row in lines of their own.

``Phụ lục I. Danh mục văn bản bị bãi bỏ`` with numbered items under it; or a table whose grid is lost, as gazettes
print it: ordinal, document, what of it, the reason, the day, one under the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.citations.pinpoints import find_pinpoints
from ingest.citations.repealed import EndedList, read_ended
from ingest.events.commands import mask
from ingest.events.days import TYPES, date_of
from ingest.events.listed import main_mentions
from ingest.events.lists import acting_of, change_of
from ingest.events.paragraphs import Mentions, source_span
from kb.models import (
    BlockKind,
    Change,
    CitationKind,
    Document,
    Pinpoint,
    StatedEvent,
    TextBlock,
    Unit,
    UnitKind,
    When,
)

_ORDINAL_RE = re.compile(r"(?P<n>\d{1,3})\s*\.?")
_LABEL_RE = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*\s*[.)]|[a-zđ]\)|[-–+•*])?\s*")
_TITLE_RE = re.compile(r"(?:[A-ZĐ]|[IVX]+)?[.\s]*(?:DANH\s+MỤC|Danh\s+mục|(?:CÁC\s+)?VĂN\s+BẢN)\s")
_DAY_HEAD_RE = re.compile(r"(?:ngày|thời\s+điểm)[^/]{0,40}(?:hết|ngưng)\s+hiệu\s+lực", re.IGNORECASE)
_DAY_RE = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?P<m2>)(?P<y2>)\s*$", re.MULTILINE)
_NAMED_DAY_RE = re.compile(r"ngày\s*$", re.IGNORECASE)
_REASON_RE = re.compile(
    r"(?<!đã )\b(?:được|bị|đã)\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|h[uủ][yỷ]\s+bỏ|ngưng|đính\s+chính)"
    r"|\b(?:do|vì)\s+(?:đã\s+)?(?:hết|có\s+văn\s+bản|không)|\bhết\s+thời\s+hạn|\bthay\s+thế\s+(?:bởi|bằng)",
    re.IGNORECASE,
)
_PLACE_RE = re.compile(
    r"\s*[-–+•]?\s*(?:tại\s+|các\s+)*(?:khoản|điểm|điều|tiết|chương|mục|phần|phụ\s+lục|mẫu)\s", re.IGNORECASE
)
_LEAD_WORDS_RE = re.compile(rf"\b(?:{TYPES}|số|các|của|tại|và|tên|nội\s+dung|quy\s+định)\b|[\W\d_]", re.IGNORECASE)
_MOST_LEAD = 25


@dataclass(slots=True)
class _Entry:
    """A document of a list being read: where it begins and ends, which ranges in it are none of its own."""

    start: int
    end: int
    unit: str | None
    kind: EndedList
    dated: bool
    gaps: list[tuple[int, int]] = field(default_factory=list)


class Annexes:
    """The lists of one document; paragraphs in them, or in lists of documents in force, say nothing else."""

    def __init__(self, document: Document, mentions: Mentions) -> None:
        self._document, self._mentions = document, mentions
        self._units = {unit.eid: unit for unit in document.units}
        self._kinds: dict[str, EndedList | None] = {}
        title = document.metadata.title
        self._publishes = bool(title and _PUBLISHES_RE.search(title.value))

    def holds(self, unit: str | None) -> bool:
        """Whether a unit stands in a list of documents, where nothing is commanded."""
        if unit is None or unit not in self._units:
            return False
        path = list(self._path(self._units[unit]))
        if path[-1].kind not in _LISTS:
            return False
        return self._publishes or any(_DOCUMENTS_RE.match(one.heading) for one in path)

    def events(self) -> Iterator[StatedEvent]:
        """The ends that the lists state, in reading order."""
        for run in self._runs():
            for entry in _Walk(self._document, self._mentions, run).entries():
                event = self._event(entry)
                if event is not None:
                    yield event

    def _runs(self) -> Iterator[list[tuple[TextBlock, EndedList, bool]]]:
        """The blocks of each list, with what its nearest heading says, and whether a block is a heading."""
        run: list[tuple[TextBlock, EndedList, bool]] = []
        told: EndedList | None = None
        titled = False
        root: str | None = None
        for at, block in enumerate(self._document.blocks):
            if block.kind is not BlockKind.TEXT:
                if run and block.kind is BlockKind.FURNITURE:
                    run.append((block, run[-1][1], False))
                continue
            unit = self._units.get(block.unit or "")
            top = (block.unit or "").split("__")[0]
            if top != root:
                root, told, titled = top, None, False
            heading = unit is not None and unit.span.start == block.parts[0].start
            title = self._title(at, top)
            if title:
                told, titled, heading = read_ended(title), True, True
            kind = self._kind(block.unit)
            # What stands between titles goes by the last of them, a vaguer one by the headings of its units.
            kind = told if titled and (told is None or told.partly is not None or kind is None) else kind
            if kind is not None:
                run.append((block, kind, heading))
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _title(self, at: int, top: str) -> str:
        """The title of a list that a block of an appendix is, with the line under it where it breaks off."""
        unit = self._units.get(top)
        if unit is None or unit.kind not in _LISTS:
            return ""
        text = self._cut(at)
        if not _TITLE_RE.match(text + " "):
            return ""
        return text if len(text) > _SHORT else f"{text} {self._cut(at + 1)}"

    def _cut(self, at: int) -> str:
        blocks = self._document.blocks
        return blocks[at].view.cut(self._document.reading.text).strip() if at < len(blocks) else ""

    def _kind(self, eid: str | None) -> EndedList | None:
        """What the nearest headings over a unit say; None outside the lists of appendices."""
        if eid is None or eid not in self._units:
            return None
        if eid not in self._kinds:
            path = list(self._path(self._units[eid]))
            self._kinds[eid] = _nearest(path) if path[-1].kind in _LISTS else None
        return self._kinds[eid]

    def _path(self, unit: Unit) -> Iterator[Unit]:
        here: Unit | None = unit
        while here is not None:
            yield here
            here = self._units.get(here.parent or "")

    def _event(self, entry: _Entry) -> StatedEvent | None:
        text = _blanked(self._document.reading.text, entry)
        cited = main_mentions(text, entry.start, self._mentions, 0, len(text))
        if not cited:
            return None
        start, end, target = cited[0]
        at, after = start - entry.start, end - entry.start
        reason = _REASON_RE.search(text, after)
        stop = reason.start() if reason else len(text)
        places = () if entry.kind.partly is False else _places(text, at, after, stop, entry.kind)
        partly = bool(entry.kind.partly or places)
        why = text[stop:]
        on = _last_day(text, after) if entry.dated else None
        by = self._by(entry, stop, why)
        change = change_of(entry.kind, why, partly)
        return StatedEvent(
            Change.AMEND if partly and not places else change,
            source_span(self._document, entry.start, entry.end),
            When.DAY if on else When.ACT if by is None else When.TOLD,
            on,
            target=target,
            pinpoints=places,
            other=by,
            unit=entry.unit,
        )

    def _by(self, entry: _Entry, stop: int, why: str) -> int | None:
        """The document that a reason names as the one that did it."""
        found = acting_of(why)
        if found is None:
            return None
        low = entry.start + stop + found.end()
        named = (CitationKind.NUMBER, CitationKind.NAME)
        cited = self._mentions.between(low, entry.end)
        return next((at for _, _, at in cited if self._mentions.citations[at].kind in named), None)


_LISTS = (UnitKind.APPENDIX, UnitKind.ATTACHMENT)
_SHORT = 12
#: Titles of documents that publish what others did.
_PUBLISHES_RE = re.compile(
    r"công\s+bố\s+(?:công\s+khai\s+)?(?:các\s+|kết\s+quả\s+)*(?:danh\s+mục|tập|hệ\s+thống|rà\s+soát)[^.;]{0,160}?văn\s+bản",
    re.IGNORECASE,
)
_DOCUMENTS_RE = re.compile(
    r"(?:[A-ZĐ]\.|[IVX]+\.)?[.\s]*(?:danh\s+mục|tập\s+hệ\s+thống)[^.;]{0,40}?(?:văn\s+bản|nghị\s+quyết|quyết\s+định|thông\s+tư)",
    re.IGNORECASE,
)


def _nearest(path: Sequence[Unit]) -> EndedList | None:
    """What the nearest title over a unit says; of a vague one (wholly or in part) only where none is clearer."""
    vague: EndedList | None = None
    for unit in path:
        titled = bool(_TITLE_RE.match(unit.heading))
        kind = read_ended(unit.heading) if titled or unit is path[-1] else None
        if titled and kind is None:
            return None
        if kind is not None and kind.partly is not None:
            return kind
        vague = vague or kind
    return vague


class _Walk:
    """Reads the blocks of one list and cuts them into entries."""

    def __init__(
        self, document: Document, mentions: Mentions, run: Sequence[tuple[TextBlock, EndedList, bool]]
    ) -> None:
        self._text, self._mentions, self._run = document.reading.text, mentions, run
        bare = (block for block, _, _ in run if _ORDINAL_RE.fullmatch(block.view.cut(self._text).strip()))
        #: Ordinals that stand alone part the rows; page numbers do not go on their count.
        self._bare = any(block.kind is BlockKind.TEXT for block in bare)
        self._last = 0
        self._fresh, self._closed = True, True

    def entries(self) -> Iterator[_Entry]:
        """The entries, in reading order."""
        entry: _Entry | None = None
        dated, heads = False, set[str]()
        for block, kind, heading in self._run:
            text = block.view.cut(self._text)
            words = text.strip()
            if block.kind is not BlockKind.TEXT or _ORDINAL_RE.fullmatch(words):
                self._count(words)
                if entry is not None:
                    entry.gaps.append((block.view.start, block.view.end))
                continue
            if self._starts(block, text):
                if entry is not None:
                    yield entry
                entry = _Entry(block.view.start, block.view.end, block.unit, kind, dated)
                self._fresh = False
            elif heading and not _PLACE_RE.match(text) and not words.startswith(("-", "–", "+")):
                if entry is not None:
                    yield entry
                entry, self._fresh = None, True
            elif entry is None or words in heads:
                heads.add(words)
                if entry is not None:
                    entry.gaps.append((block.view.start, block.view.end))
            else:
                entry.end = block.view.end
            dated = dated or (entry is None and bool(_DAY_HEAD_RE.search(words)))
            self._closed = words.endswith((".", ";", ")", ":"))
        if entry is not None:
            yield entry

    def _count(self, words: str) -> None:
        found = _ORDINAL_RE.fullmatch(words)
        number = int(found["n"]) if found else -1
        if self._bare and number in (self._last + 1, 1):
            self._last, self._fresh = number, True

    def _starts(self, block: TextBlock, text: str) -> bool:
        """Whether a block begins with a document, whole or behind the parts of it that end."""
        first = next(self._mentions.between(block.view.start, block.view.end), None)
        kinds = (CitationKind.NUMBER, CitationKind.NAME)
        if first is None or self._mentions.citations[first[2]].kind not in kinds:
            return False
        label = _LABEL_RE.match(text)
        begun = label.end() if label else 0
        lead = text[begun : first[0] - block.view.start]
        if _REASON_RE.search(lead) or re.search(r"\b(?:bởi|theo|bằng|hướng\s+dẫn|sửa\s+đổi|thi\s+hành)\b", lead):
            return False
        for run in reversed(find_pinpoints(lead)):
            lead = lead[: run.start] + lead[run.end :]
        if len(_LEAD_WORDS_RE.sub("", lead)) > _MOST_LEAD:
            return False
        return (
            self._fresh if self._bare else bool(self._fresh or self._closed or (label and label.group().strip()))
        )


def _blanked(text: str, entry: _Entry) -> str:
    """The text of an entry, quotations and what is not its own blanked, every offset kept."""
    found = text[entry.start : entry.end]
    for start, end in entry.gaps:
        if end <= entry.end:
            low, high = start - entry.start, end - entry.start
            found = found[:low] + " " * (high - low) + found[high:]
    return mask(found)


def _places(text: str, at: int, after: int, stop: int, kind: EndedList) -> tuple[Pinpoint, ...]:
    """The places that end: those before the document, or in lines of their own behind it."""
    found = [place for run in find_pinpoints(text, 0, at) if not run.self_ended for place in run.pinpoints]
    if found:
        return tuple(found)
    begun = text.find("\n", after)
    while 0 <= begun < stop:
        end = text.find("\n", begun + 1)
        end = stop if end < 0 else min(end, stop)
        if _PLACE_RE.match(text, begun + 1):
            found += [place for run in find_pinpoints(text, begun + 1, end) for place in run.pinpoints]
        begun = text.find("\n", begun + 1)
    near = _right_before(text, after, stop) if kind.partly and not found else ()
    return tuple(dict.fromkeys(found)) or near


def _right_before(text: str, low: int, stop: int) -> tuple[Pinpoint, ...]:
    """The places that stand right before the reason, where the cells of a row ran together."""
    found: list[Pinpoint] = []
    high = stop
    for run in reversed(find_pinpoints(text, low, stop)):
        if not re.fullmatch(r"[\W_]*(?:và)?[\W_]*", text[run.end : high]):
            break
        found = [*run.pinpoints, *found]
        high = run.start
    return tuple(found)


def _last_day(text: str, after: int) -> str | None:
    days = [found for found in _DAY_RE.finditer(text, after) if not _NAMED_DAY_RE.search(text[: found.start()])]
    return date_of(days[-1]) if days else None
