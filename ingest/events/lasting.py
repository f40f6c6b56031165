"""What lives on: parts that an end leaves alive, documents in force again, terms that another text lengthens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.citations.pinpoints import PinpointRun, find_pinpoints
from ingest.events.days import DATE_RE, OWN, date_of, later, read_day
from ingest.events.listed import main_mentions
from ingest.events.paragraphs import Mentions, Paragraph, source_span
from kb.models import Change, Document, Pinpoint, StatedEvent, When

_SAVED_UNTIL_RE = re.compile(
    rf"có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:cho\s+)?đến\s+(?P<before>trước\s+)?(?:hết\s+)?{DATE_RE.pattern}",
    re.IGNORECASE,
)
_GOES_ON_RE = re.compile(
    r"tiếp\s+tục\s+(?:có\s+hiệu\s+lực(?:\s+thi\s+hành)?|được\s+áp\s+dụng)|có\s+hiệu\s+lực\s+trở\s+lại",
    re.IGNORECASE,
)
#: ``Tiếp tục thi hành Nghị quyết số …``: a command, the document behind it.
_GO_ON_RE = re.compile(
    r"(?:cho\s+)?tiếp\s+tục\s+(?:thi\s+hành|thực\s+hiện|áp\s+dụng)\s+(?:toàn\s+bộ\s+)?(?:các\s+)?$", re.IGNORECASE
)
_AGAIN_RE = re.compile(r"[^;.]{0,400}?\s(?=(?:kể\s+)?từ\s+ngày\s)")
#: ``Kéo dài thời hạn áp dụng Nghị quyết số …``: the term of a document, not of what it gives.
_LONGER_RE = re.compile(
    r"(?:tiếp\s+tục\s+)?(?:kéo\s+dài|gia\s+hạn)\s+(?:thêm\s+)?(?:thời\s+(?:hạn|gian)\s+|hiệu\s+lực\s+|việc\s+)+"
    r"(?:(?:áp\s+dụng|thực\s+hiện|thi\s+hành|(?:có\s+)?hiệu\s+lực)\s+)*(?:thi\s+hành\s+)?"
    r"(?:của\s+|đối\s+với\s+|toàn\s+bộ\s+|các\s+|quy\s+định\s+tại\s+)*$",
    re.IGNORECASE,
)
_UNTIL_RE = re.compile(rf"\bđến\s+(?P<before>trước\s+)?(?:hết\s+)?{DATE_RE.pattern}", re.IGNORECASE)
#: Words that say something else of a document before it is said to go on.
_ENDED_RE = re.compile(r"hiệu\s+lực|\btrừ\b|\briêng\b|;")
#: What stands before a document that a sentence opens with.
_HEAD_RE = re.compile(r"(?:^|[.;]\s+)$")
_BUT_RE = re.compile(r",?\s*trừ\s")


def saved_parts(text: str, at: int) -> tuple[Pinpoint, ...]:
    """The parts that an end leaves alive: ``trừ Điều 75 của Luật …``; a case ruled by the new text is none.

    >>> [place.path for place in saved_parts("hết hiệu lực, trừ Điều 75 của Luật số 1/2003/QH11", 0)]
    [(('điều', '75'),)]
    >>> saved_parts("hết hiệu lực, trừ trường hợp quy định tại Điều 9 của Luật này", 0)
    ()
    """
    found = re.search(r"trừ\s+(?:các\s+)?(?=(?:khoản|điểm|[Đđ]iều|quy\s+định\s+tại))", text[at:])
    if found is None:
        return ()
    rest = text[at + found.end() :]
    runs = [run for run in find_pinpoints(rest) if not run.self_ended]
    if not runs or re.match(rf"\s*(?:của\s+)?{OWN}", rest[runs[-1].end :], re.IGNORECASE):
        return ()
    return tuple(place for run in runs for place in run.pinpoints)


def saved_until(event: StatedEvent, text: str, at: int) -> Iterator[StatedEvent]:
    """The end of what an end saves for a while: ``trừ Điều 12 có hiệu lực đến hết ngày 30/9/2024``."""
    until = _SAVED_UNTIL_RE.search(text, at)
    on = date_of(until) if until and event.saved else None
    if until and on:
        last = later(on, 0 if until["before"] else 1)
        ended = replace(event, change=Change.END, pinpoints=event.saved, saved=(), other=None)
        yield replace(ended, when=When.DAY, on=last, days=0)


def with_saved(event: StatedEvent, text: str, at: int, sole: bool) -> Iterator[StatedEvent]:
    """The end of a whole document by command, with what the words behind it, at `at`, leave alive.

    `sole`: the command names no other document, of which the parts could be.
    """
    saved = saved_parts(text, at) if sole and not event.pinpoints and _BUT_RE.match(text, at) else ()
    kept = replace(event, saved=saved)
    yield kept
    yield from saved_until(kept, text, at)


def runs_right_before(text: str) -> list[PinpointRun]:
    """The places that a text ends with, which are those of what follows it."""
    return [
        run for run in find_pinpoints(text) if re.fullmatch(r",?\s*(?:của|tại)?\s*(?:các\s+)?", text[run.end :])
    ]


def read_lasting(document: Document, mentions: Mentions, paragraph: Paragraph, text: str) -> Iterator[StatedEvent]:
    """What a paragraph says lives on: parts of what has ended, what was suspended, a longer term."""
    span = source_span(document, paragraph.start, paragraph.start + len(paragraph.text))
    base = StatedEvent(Change.RESUME, span, unit=paragraph.unit, article=paragraph.article)
    found = _GOES_ON_RE.search(text)
    cited = main_mentions(text, paragraph.start, mentions, 0, found.start() if found else len(text))
    first = text[: cited[0][0] - paragraph.start] if cited else ""
    alone = len(cited) == 1 and paragraph.article is not None
    for start, end, index in cited:
        before = text[: start - paragraph.start]
        after = end - paragraph.start
        one = replace(base, target=index)
        runs = runs_right_before(before) if found else []
        places = tuple(place for run in runs if not run.self_ended for place in run.pinpoints)
        if found and places:
            yield replace(one, pinpoints=places)
            yield from saved_until(replace(one, saved=places), text, found.start())
        elif paragraph.article and _LONGER_RE.fullmatch(first):
            yield from _longer(one, text, cited[-1][1] - paragraph.start)
        elif alone and found and _HEAD_RE.search(before) and not _ENDED_RE.search(text, after, found.start()):
            yield from _again(one, text, found.end())
        elif alone and not found and _GO_ON_RE.fullmatch(before):
            yield from _longer(one, text, after) if _UNTIL_RE.search(text, after) else _again(one, text, after)


def _longer(one: StatedEvent, text: str, at: int) -> Iterator[StatedEvent]:
    """The term of another document, set anew."""
    until = _UNTIL_RE.search(text, at)
    on = date_of(until) if until else None
    if until and on:
        last = later(on, 0 if until["before"] else 1)
        yield replace(one, change=Change.TERM, when=When.DAY, on=last)


def _again(one: StatedEvent, text: str, at: int) -> Iterator[StatedEvent]:
    """A whole document that is in force again from a day that is told."""
    until = _UNTIL_RE.match(text[at:].lstrip())
    if until:
        yield from _longer(one, text, at)
        return
    found = _AGAIN_RE.match(text, at - 1)
    day = read_day(text, found.end()) if found else None
    if day is not None and day.when in (When.DAY, When.ACT, When.SIGNING):
        yield replace(one, when=day.when, on=day.on, days=day.days)
