"""What a text says of force: its own first day and term, what ends by it, what lives on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.citations.pinpoints import find_pinpoints
from ingest.events.days import DATE_RE, OWN, TYPES, Day, date_of, later, read_day
from ingest.events.described import last_of_list, part_before
from ingest.events.lasting import runs_right_before, saved_parts, saved_until
from ingest.events.listed import main_mentions
from ingest.events.paragraphs import Mentions, Paragraph, source_span
from kb.models import Change, Citation, CitationKind, Document, Pinpoint, StatedEvent, When


class Effects:
    """Reads the clauses of effect of one document."""

    def __init__(self, document: Document, citations: Sequence[Citation], mentions: Mentions) -> None:
        self.document, self.citations, self.mentions = document, citations, mentions
        kind = document.metadata.type
        self.kind = kind.value.lower() if kind else ""

    def own(self, paragraph: Paragraph, text: str) -> tuple[int, list[StatedEvent]]:
        """Where the clause of the document's own effect ends (-1 without one), and its events."""
        found = EFFECT_RE.search(text)
        if found is None:
            return self._places_alone(paragraph, text)
        if re.search(_NOT_EFFECT, text[: found.start()][-30:], re.IGNORECASE):
            return -1, []
        if re.match(r"(?:.{0,40}\s)?(?:Kể\s+)?từ\s+ngày\s+$", text[: found.start()], re.IGNORECASE):
            return -1, []
        day = read_day(text, found.end())
        if day is not None and day.when is When.WITH:
            itself = re.match(OWN, found.group(), re.IGNORECASE) and not _CONTENT_RE.search(text[: found.start()])
            return found.end(), list(self._started_with(paragraph, found.end())) if itself else []
        if day is None or day.when is When.ACT:
            return found.end(), []
        told = re.match(OWN, found.group(), re.IGNORECASE)
        if told and self.kind and not told.group().lower().startswith((self.kind, "văn bản")):
            return -1, []  # "quyết định này" inside a law is a decision of a court
        if not re.search(r"hiệu\s+lực", found.group()) and (day.when is not When.DAY or found.start() > 0):
            return -1, []
        day = self._counted(day)
        verb = found.start() + found.group().lower().rfind("có")
        runs = [run for run in find_pinpoints(text, 0, max(verb, 0)) if not run.self_ended]
        places = tuple(place for run in runs for place in run.pinpoints)
        if not places and (told is None or _CONTENT_RE.search(text[: found.start()])):
            return day.end, []  # a rule that is described, not named, starts on another day
        base = StatedEvent(
            Change.START,
            source_span(self.document, paragraph.start, paragraph.start + len(paragraph.text)),
            day.when,
            day.on,
            day.days,
            pinpoints=places,
            unit=paragraph.unit,
            article=paragraph.article,
        )
        return day.end, [
            base,
            *self._exceptions(base, text, day.end),
            *self._term(base, text, day, paragraph.start),
        ]

    def _places_alone(self, paragraph: Paragraph, text: str) -> tuple[int, list[StatedEvent]]:
        """``Khoản 3 Điều 9 có hiệu lực từ ngày …``, with nothing besides: places of the document that speaks."""
        found = _ALONE_RE.match(text) if paragraph.article else None
        day = read_day(text, found.end()) if found else None
        if found is None or day is None or day.when is not When.DAY:
            return -1, []
        rest = _ITEM_RE.sub("", text[: found.start("verb")])
        runs = find_pinpoints(rest)
        for run in reversed(runs):
            rest = rest[: run.start] + rest[run.end :]
        if not runs or not _NOTHING_RE.fullmatch(rest):
            return -1, []
        span = source_span(self.document, paragraph.start, paragraph.start + len(paragraph.text))
        places = tuple(place for run in runs for place in run.pinpoints)
        event = StatedEvent(
            Change.START, span, day.when, day.on, pinpoints=places, unit=paragraph.unit, article=paragraph.article
        )
        return day.end, [event]

    def _started_with(self, paragraph: Paragraph, at: int) -> Iterator[StatedEvent]:
        """A start on the day on which another document takes effect."""
        low = paragraph.start + at
        other = next(self.mentions.between(low, paragraph.start + len(paragraph.text)), None)
        if other is not None and self.citations[other[2]].kind in (CitationKind.NUMBER, CitationKind.NAME):
            span = source_span(self.document, paragraph.start, paragraph.start + len(paragraph.text))
            yield StatedEvent(
                Change.START, span, When.WITH, other=other[2], unit=paragraph.unit, article=paragraph.article
            )

    def _counted(self, day: Day) -> Day:
        """A day counted from the signing that the header states."""
        issued = self.document.metadata.issued
        if day.when is When.SIGNING and issued:
            return replace(day, on=later(issued.value, day.days))
        return day

    def _exceptions(self, base: StatedEvent, text: str, at: int) -> Iterator[StatedEvent]:
        """Articles that start on other days: ``trừ Điều 5 có hiệu lực từ ngày …``; ``Điều 9 … từ ngày …``."""
        for found in re.finditer(
            r"(?:có|thực\s+hiện|áp\s+dụng)\s+(?:hiệu\s+lực\s*)?(?:thi\s+hành\s*)?", text[at:]
        ):
            low = max(text.rfind(mark, 0, at + found.start()) for mark in (";", "trừ", ".", "riêng", "Riêng"))
            day = read_day(text, at + found.end())
            runs = [run for run in find_pinpoints(text, max(low, at), at + found.start()) if not run.self_ended]
            if day and day.on and runs:
                places = tuple(place for run in runs for place in run.pinpoints)
                yield replace(base, when=day.when, on=day.on, days=day.days, pinpoints=places)

    def _term(self, base: StatedEvent, text: str, day: Day, offset: int) -> Iterator[StatedEvent]:
        """The end that the clause of effect itself sets."""
        until = _UNTIL_RE.match(text, day.end)
        if until and (on := date_of(until)):
            last = later(on, 0 if until["before"] else 1)
            yield replace(base, change=Change.TERM, when=When.DAY, on=last, days=0, pinpoints=base.pinpoints)
            return
        other = _WITH_END_RE.match(text, day.end)
        if other:
            cited = main_mentions(text, offset, self.mentions, other.start("what"), other.end("what"))
            if len(cited) == 1:
                yield replace(base, change=Change.TERM, when=When.UNTIL, on=None, days=0, other=cited[0][2])
            return
        year = _YEAR_END_RE.match(text, day.end)
        if year:
            on = f"{int(year['y']) + 1}-01-01"
            yield replace(base, change=Change.TERM, when=When.DAY, on=on, days=0)
            return
        years = _YEARS_RE.search(text, day.end)
        if years and base.on and not base.pinpoints:
            on = f"{int(base.on[:4]) + int(years['n'])}{base.on[4:]}"
            yield replace(base, change=Change.TERM, when=When.DAY, on=on, days=0)

    def listed(self, text: str) -> tuple[Day | None] | None:
        """The day on which the documents of a list behind a colon end; None where a line announces none."""
        found = self._expiry(text)
        if found is None or not text.rstrip().endswith(":"):
            return None
        day = read_day(text, found.end())
        return (day if day and day.on else None,)

    def expiries(self, paragraph: Paragraph, text: str) -> Iterator[StatedEvent]:
        """``… hết hiệu lực kể từ ngày …``: what stands before the verb ends; a sentence may have several."""
        found = self._expiry(text)
        opening = _OPENING_RE.match(text)
        low = opening.end() if opening and found and opening.end() <= found.start() else 0
        while found is not None:
            further = self._further(text, found.end())
            high = further[0] if further else len(text)
            yield from self._expired(paragraph, text, low, found, high, opening)
            low, found = further or (high, None)

    def _further(self, text: str, at: int) -> tuple[int, re.Match[str]] | None:
        """The next clause of a sentence that ends documents, ``…, Quyết định số … hết hiệu lực …``."""
        found = _EXPIRY_RE.search(text, at)
        if found is None or re.search(_NOT_EXPIRY, text[at : found.start()], re.IGNORECASE):
            return None
        heads = (head.end() for head in _NEXT_RE.finditer(text, at, found.start()))
        low = next((head for head in heads if _NUMBERED_RE.search(text, head, found.start())), None)
        return (low, found) if low is not None else None

    def _expired(
        self,
        paragraph: Paragraph,
        text: str,
        low: int,
        found: re.Match[str],
        high: int,
        opening: re.Match[str] | None,
    ) -> Iterator[StatedEvent]:
        """The ends that one clause states; its day and exceptions stand before `high`."""
        low = max([low, *(stop.end() for stop in _SENTENCE_RE.finditer(text, low, found.start()))])
        cited = main_mentions(text, paragraph.start, self.mentions, low, found.start())
        if not _HEADS_RE.match(text, low):
            return
        day = read_day(text, found.end()) or (read_day(text, 0) if opening else None)
        saved = saved_parts(text[:high], found.end())
        last, part = low, tuple[Pinpoint, ...]()
        for start, end, index in cited:
            at = start - paragraph.start
            before = text[low:at]
            runs = find_pinpoints(before) if cited[0][2] == index else runs_right_before(before)
            part = self._described(text, low, last, at, part)
            places = tuple(place for run in runs if not run.self_ended for place in run.pinpoints) or part
            last = end - paragraph.start
            event = StatedEvent(
                Change.END,
                source_span(self.document, paragraph.start, paragraph.start + len(paragraph.text)),
                *_when(day),
                target=index,
                pinpoints=places,
                saved=() if places else saved,
                other=self._whose_day(paragraph, found.end(), index) if day and day.when is When.WITH else None,
                unit=paragraph.unit,
                article=paragraph.article,
            )
            yield event
            yield from saved_until(event, text[:high], found.end())

    @staticmethod
    def _described(text: str, low: int, last: int, at: int, before: tuple[Pinpoint, ...]) -> tuple[Pinpoint, ...]:
        """The described part of a document that ends; of a further one that ``và`` joins, that of the first."""
        if last == low:
            return part_before(text, low, at)
        begun = last_of_list(text, last, at)
        joined = not text[begun:at].strip() and ";" not in text[last:at]
        return part_before(text, begun, at) or (before if joined else ())

    def _expiry(self, text: str) -> re.Match[str] | None:
        found = _EXPIRY_RE.search(text)
        if found is None or re.search(_NOT_EXPIRY, text[: found.start()], re.IGNORECASE):
            return None
        # The title of a document may end with one: "Nghị định số … về hợp đồng lao động hết hiệu lực".
        paper = re.search(_PAPER, text[: found.start()], re.IGNORECASE)
        return None if paper and not _NUMBERED_RE.match(text) else found

    def _whose_day(self, paragraph: Paragraph, at: int, target: int) -> int | None:
        """The document on whose first day an end hangs."""
        found = self.mentions.between(paragraph.start + at, paragraph.start + len(paragraph.text))
        return next((index for _, _, index in found if index != target), None)


EFFECT_RE = re.compile(
    rf"(?:{OWN}|(?:các\s+)?(?:quy\s+định|nội\s+dung)\s+(?:tại|của|về)[^.;]{{1,300}}?|(?:Điều|khoản|điểm|Chương|Mục)(?!\s+(?:khoản\s+)?thi\s+hành)\s[^.;]{{1,200}}?{OWN})"
    r"\s*(?:sẽ\s+)?(?:chính\s+thức\s+|bắt\s+đầu\s+)?(?:được\s+)?(?:có\s+hiệu\s+lực|áp\s+dụng|thực\s+hiện)(?:\s+thi\s+hành)?(?=[\s,]+(?:kể|từ|sau|vào|ngày|thi\s+hành\s+(?:kể|từ|sau)|cùng|tính))",
    re.IGNORECASE,
)
_ALONE_RE = re.compile(
    r"[^.;:“\"]{4,400}?\s(?P<verb>có\s+hiệu\s+lực(?:\s+thi\s+hành)?)(?=\s+(?:(?:kể\s+)?từ\s+)?ngày\s*\d)",
    re.IGNORECASE,
)
#: What stands in a point and has no place of its own: ``điểm b (iv) khoản 1 Điều 20``.
_ITEM_RE = re.compile(r"\s*\([ivx]+\)")
_NOTHING_RE = re.compile(r"(?:[\s,]|riêng|các|những|quy\s+định|nội\s+dung|tại|của|và)*", re.IGNORECASE)
#: ``các nội dung … tại Nghị định này``: what starts is in the document.
_CONTENT_RE = re.compile(r"\b(?:tại|trong|của)\s+$")
_NOT_EFFECT = r"(?:trước\s+ngày|kể\s+từ\s+ngày|từ\s+ngày|sau\s+ngày|khi|đến\s+ngày|ngày)\s*$"
_EXPIRY_RE = re.compile(
    r"(?:sẽ\s+|cũng\s+|đồng\s+thời\s+)*(?:hết|chấm\s+dứt|không\s+còn)\s+hiệu\s+lực(?:\s+thi\s+hành)?",
    re.IGNORECASE,
)
_NOT_EXPIRY = (
    r"(?:(?:đã|chưa|không)\s*"
    r"|(?:khi|nếu|trường\s+hợp|được\s+coi)\s[^,;]{0,80}"
    r"|(?:trước|sau|đến|từ)\s+ngày\s[^,;\d]{0,60}"
    r"|đến\s+(?:khi|ngày(?!\s*\d)|thời\s+điểm(?!\s*\d))\s[^;]{0,260})$"
)
#: Papers of people, which end without any document ending.
_PAPER = r"(?:bản\s+giấy|giấy\s+phép|chứng\s+chỉ|giấy\s+chứng\s+nhận|hợp\s+đồng|thẻ)\s[^,;]{0,60}$"
_NUMBERED_RE = re.compile(rf"{TYPES}\s+(?:[^\d.;,]{{0,80}}\s)?số\s*:?\s*\d", re.IGNORECASE)
#: A term that another document sets: ``… đến khi Nghị quyết số … hết hiệu lực``.
_WITH_END_RE = re.compile(
    r"\s*,?\s*(?:và\s+)?(?:(?:được\s+)?(?:thực\s+hiện|áp\s+dụng|thí\s+điểm|có\s+hiệu\s+lực)\s+)?(?:cho\s+)?"
    r"đến\s+(?:khi|ngày|hết\s+ngày|thời\s+điểm)\s+(?P<what>[^;]{3,260}?)\s+(?:hết|chấm\s+dứt)\s+hiệu\s+lực",
    re.IGNORECASE,
)
#: Where a further clause of a sentence begins.
_NEXT_RE = re.compile(
    rf"[;,]\s*(?:và\s+|riêng\s+|còn\s+)?(?:các\s+|quy\s+định\s+tại\s+)*(?={TYPES}\s|[Đđ]iều\s|[Kk]hoản\s|điểm\s)"
)
_SENTENCE_RE = re.compile(r"\.\s+(?=(?:Các|Nh|Ngh|Thông|Quy|Ch|Luật|Bộ|Ph|Kho|Đi)\S*\s)")
_OPENING_RE = re.compile(
    r"(?:Kể\s+)?từ\s+ngày\s+[^,;:]{3,120}?(?:có\s+hiệu\s+lực(?:\s+thi\s+hành)?|\d{4})\s*,\s*", re.IGNORECASE
)
_HEADS_RE = re.compile(
    r"\s*(?:các\s+|toàn\s+bộ\s+|những\s+|một\s+phần\s+)*(?:văn\s+bản|quy\s+định|nội\s+dung|Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị|Thông|Quyết|Chỉ"
    r"|Sắc|khoản|điểm|Điều|điều|Chương|Mục|Phụ\s+lục|tiết|Quy\s+(?:chế|định)|Điều\s+lệ|mẫu|biểu|bảng|danh\s+mục)",
    re.IGNORECASE,
)
_IN_USE = r"\s*,?\s*(?:và\s+)?(?:(?:(?:được\s+)?(?:thực\s+hiện|áp\s+dụng)|có\s+giá\s+trị(?:\s+thi\s+hành)?)\s+)?"
_YEAR_END_RE = re.compile(rf"{_IN_USE}(?:cho\s+)?đến\s+hết\s+năm\s+(?P<y>\d{{4}})(?!\d)", re.IGNORECASE)
_UNTIL_RE = re.compile(
    rf"{_IN_USE}(?:cho\s+)?đến\s+(?P<before>trước\s+)?(?:hết\s+)?{DATE_RE.pattern}",
    re.IGNORECASE,
)
_YEARS_RE = re.compile(
    r"(?:thực\s+hiện|áp\s+dụng|có\s+hiệu\s+lực|thí\s+điểm)\s+trong\s+(?:thời\s+(?:hạn|gian)\s+)?(?P<n>\d{1,2})\s*(?:\([^()]*\)\s*)?năm",
    re.IGNORECASE,
)


def _when(day: Day | None) -> tuple[When, str | None, int]:
    if day is not None and day.when is When.WITH:
        return When.WITH, None, 0
    if day is not None and day.when is When.SIGNING:
        return When.SIGNING, None, day.days
    if day is None or day.when is not When.DAY:
        return When.ACT, None, 0
    return When.DAY, day.on, 0
