"""What the title and the words of enactment say a document does: which others it amends, details or guides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.events.commands import mask
from ingest.events.days import OWN, TYPES
from ingest.events.listed import family, main_mentions
from ingest.events.paragraphs import Mentions, Paragraph, source_span
from kb.mentions import root_of
from kb.models import Change, Citation, Document, StatedEvent, When
from kb.numbers import same_number

_AMENDS_RE = re.compile(r"(?<!được )(?<!đã )(?:sửa\s+đổi|bổ\s+sung)", re.IGNORECASE)
#: A title, or words of enactment, whose verb is the document's own.
_OWN_RE = re.compile(
    rf"(?:^|ban\s+hành\s+)\s*(?:V/v:?\s+)?(?:{TYPES}\s+)?(?:số:?\s*(?P<number>\S+)\s+)?"
    r"(?:quy\s+định\s+)?(?:về\s+)?(?:việc\s+)?(?:hướng\s+dẫn\s+|điều\s+chỉnh,?\s+(?:và\s+)?|(?:kéo\s+dài|gia\s+hạn)\s[^.;]{3,80}?\s+và\s+)?(?=sửa\s+đổi|bổ\s+sung)",
    re.IGNORECASE,
)
_ENACTED_RE = re.compile(r"ban\s+hành\s+$", re.IGNORECASE)
_OTHER_RE = re.compile(r"\s*căn\s+cứ|\s*theo\s+đề", re.IGNORECASE)


def amended_as_a_whole(
    document: Document, citations: Sequence[Citation], mentions: Mentions, paragraphs: Sequence[Paragraph]
) -> int | None:
    """The one document that the title or the words of enactment say is amended."""
    found: list[int] = []
    for paragraph in _opening(paragraphs):
        text = mask(paragraph.text)
        verb = _AMENDS_RE.search(text)
        if verb and not _OTHER_RE.match(text):
            found += _listed(document, text, paragraph, mentions, verb.start(), verb.end())
    numbered = [index for index in found if citations[index].number]
    if len({name_of(citations, index) for index in numbered}) == 1:
        surface = " ".join(citations[numbered[0]].surface.casefold().split())
        # "LUẬT SỬA ĐỔI … LUẬT GIÁ", then "ban hành Luật sửa đổi … Luật Giá số 16": one law, by name and by number.
        found = [index for index in found if index in numbered or name_of(citations, index) not in surface]
    keys = {name_of(citations, index): index for index in found}
    return next(iter(keys.values())) if len(keys) == 1 else found[-1] if found and len(set(found)) == 1 else None


def amendments(document: Document, mentions: Mentions, paragraphs: Sequence[Paragraph]) -> list[StatedEvent]:
    """The documents that the title says are amended, as wholes: which parts, the articles say."""
    if not any(paragraph.article for paragraph in paragraphs):
        return []
    own = document.metadata.number
    found: list[StatedEvent] = []
    for paragraph in _opening(paragraphs):
        text = mask(paragraph.text)
        head = _OWN_RE.search(text)
        if head is None or _OTHER_RE.match(text):
            continue
        if head["number"] and not (own and same_number(head["number"], own.value)):
            continue
        span = source_span(document, paragraph.start, paragraph.start + len(paragraph.text))
        listed = _listed(document, text, paragraph, mentions, head.end(), head.end())
        # "… Thông tư A hướng dẫn Nghị định B; Nghị định C": what is amended is of the type that comes first.
        kinds = [family(mentions.citations[index]) for index in listed]
        found += [
            StatedEvent(Change.AMEND, span, When.ACT, target=index, unit=paragraph.unit)
            for index, kind in zip(listed, kinds, strict=True)
            if kind == kinds[0]
        ]
    return found


def _listed(
    document: Document, text: str, paragraph: Paragraph, mentions: Mentions, verb: int, low: int
) -> list[int]:
    """The documents that words of amendment list; the verb begins at `verb`.

    "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật A số …" names this law by its title: the number
    in it is that of the amended one.
    """
    own = document.metadata.number
    found = [index for _, _, index in main_mentions(text, paragraph.start, mentions, low, len(text))]
    for start, end, index in mentions.between(paragraph.start, paragraph.start + verb):
        number = mentions.citations[index].number
        enacted = _ENACTED_RE.search(text[: start - paragraph.start])
        if own and number and enacted and paragraph.start + verb < end and not same_number(number, own.value):
            found.insert(0, index)
    return found


def _opening(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    first = next((at for at, one in enumerate(paragraphs) if one.heading or one.article), len(paragraphs))
    return paragraphs[:first]


def name_of(citations: Sequence[Citation], index: int) -> str:
    """What tells the document of a citation from the others of one text."""
    citation = citations[root_of(citations, index)]
    return (citation.number or citation.name or citation.surface).casefold()


def details(
    document: Document, citations: Sequence[Citation], mentions: Mentions, paragraphs: Sequence[Paragraph]
) -> list[StatedEvent]:
    """The documents that this one details or guides, by its title or its first article."""
    found: list[StatedEvent] = []
    for paragraph in paragraphs[:40]:
        if paragraph.article not in (None, "1"):
            break
        text = mask(paragraph.text)
        verb = re.search(
            rf"(?:^|{OWN}\s+)(?:về\s+việc\s+)?(?:quy\s+định\s+chi\s+tiết|hướng\s+dẫn\s+(?:chi\s+tiết\s+)?(?:thi\s+hành|thực\s+hiện|một\s+số))",
            text,
            re.IGNORECASE,
        )
        if verb is None:
            continue
        for _, _, index in main_mentions(text, paragraph.start, mentions, verb.end(), len(text)):
            if citations[index].type in _PARENTS:
                span = source_span(document, paragraph.start, paragraph.start + len(paragraph.text))
                found.append(StatedEvent(Change.DETAILS, span, When.UNTIL, other=index, unit=paragraph.unit))
        if found:
            break
    return found


_PARENTS = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Nghị quyết"))
