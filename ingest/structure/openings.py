"""Where appendices, forms and attached documents begin.

``PHỤ LỤC II``, ``Phụ lục 3`` and ``Mẫu số 01`` name themselves; a regulation, plan or list issued with a
decision is known by its capital title and the line under it: ``(Ban hành kèm theo Quyết định số ...)``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.structure.kinds import ATTACHED, KINDS
from ingest.structure.labels import read_label
from ingest.structure.nodes import Paragraph
from kb.models import BlockKind, UnitKind


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of an appendix, form or attachment.

    `late` openings count only after the signature of the document, or after another of their kind: a list of forms
    inside an article looks the same. `rest` is what stands on the line behind the label.
    """

    kind: UnitKind
    label: str
    number: str
    style: str
    rest: str
    late: bool = False


_NUMBER = r"(?:(?:[IVXLC]+|\d{1,3}[A-Za-zđ]{0,2}|[A-ZĐ]{1,3})(?:[.\-/][A-Z0-9]{1,4}[a-z]?){0,3})(?!\w)"
_MARK = r"[\s*_#>\[“\"]*"
_REST = rf"(?![^\W\d_])(?:[ ]?(?:SỐ|[Ss]ố|N[Oo]\.?))?:?[ ]{{0,2}}(?P<number>{_NUMBER})?[ ]?[.:–)]?)(?P<rest>.*)"
_LABEL_RE = re.compile(
    rf"{_MARK}(?P<label>(?P<word>PHỤ[ ]LỤC|PHỤ[ ]BIỂU|APPENDIX|ANNEX|MẪU[ ]BIỂU|MẪU|BIỂU[ ]MẪU|BIỂU"
    rf"|Phụ[ ]lục|Phụ[ ]biểu|Appendix|Annex|Mẫu[ ]biểu|Mẫu|Biểu[ ]mẫu|Biểu){_REST}",
    re.DOTALL,
)
_APPENDIX_WORDS = ("phụ lục", "phụ biểu", "appendix", "annex")
_FILE_RE = re.compile(r"\.(?:docx?|xlsx?|pdf|rtf|zip|rar)\W*$", re.IGNORECASE)
#: "(Ban hành kèm theo Quyết định số ...)", "(Kèm theo Công văn số ...)"
ISSUED_WITH_RE = re.compile(
    r"[\s*_(\[<i>/]*(?:(?:được\s)?(?:ban\shành|phê\sduyệt)\s*)?(?:đính\s)?kèm\s*theo\s+(?!các\s)", re.IGNORECASE
)
_ATTACHED_RE = re.compile(
    r"[\s*_#>“\"„]*(?:"
    + "|".join(
        r"\s+".join(name.upper().split())
        for name in sorted(
            sorted({*ATTACHED, *(kind.name for kind in KINDS), "Đề cương", "Tài liệu"}), key=len, reverse=True
        )
    )
    + r")(?![^\W\d_])"
)
_MOST_TITLE_LINES = 8
_FIRST_NUMBERS = frozenset(("1", "01", "I", "A"))


def find_openings(paragraphs: Sequence[Paragraph]) -> dict[int, Opening]:
    """The openings of a document, by their place in the list of paragraphs."""
    found: dict[int, Opening] = {}
    for place, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if paragraph.kind is not BlockKind.TEXT:
            continue
        opening = read_opening(text)
        if opening is not None:
            found[place] = opening
        elif "èm" in text[:40] and ISSUED_WITH_RE.match(text):
            start = _title_above(paragraphs, place)
            if start is not None and not any(at in found for at in range(start - 2, place)):
                found[start] = Opening(UnitKind.ATTACHMENT, "", "", "attachment", paragraphs[start].text)
    _drop_indexes(found)
    _make_covers(found)
    return found


def _drop_indexes(found: dict[int, Opening]) -> None:
    """Forms named line by line are the index of an appendix; their texts come later."""
    forms = sorted(place for place, opening in found.items() if opening.style == "form")
    known = frozenset(forms)
    last = {found[place].number: place for place in forms}
    for place in forms:
        opening = found[place]
        beside = place - 1 in known or place + 1 in known
        near = beside or place - 2 in known or place + 2 in known
        if (beside and opening.rest) or (near and last[opening.number] > place):
            del found[place]


def _make_covers(found: dict[int, Opening]) -> None:
    """A title page PHỤ LỤC over numbered appendices is no appendix itself: it holds them."""
    places = sorted(found)
    for place, after in pairwise(places):
        opening, following = found[place], found[after]
        title_page = not opening.number and following.number in _FIRST_NUMBERS
        if opening.style == following.style == "appendix" and title_page and after - place <= _MOST_TITLE_LINES:
            found[place] = replace(opening, kind=UnitKind.ATTACHMENT, style="cover")


def read_opening(text: str) -> Opening | None:
    """The appendix or form whose label a paragraph is.

    >>> read_opening("PHỤ LỤC II").number, read_opening("Phụ lục 3").label, read_opening("Mẫu số 01").style
    ('II', 'Phụ lục 3', 'form')
    >>> read_opening("Phụ lục I ban hành kèm theo Nghị định này gồm:") is None
    True
    """
    head = text[:24].lstrip(' \t*_#>[“"')[:1]
    if head not in "PMBA" or not head or "\t" in text:
        return None
    found = _LABEL_RE.match(text)
    if found is None or _FILE_RE.search(text):
        return None
    word, number, rest = found["word"], found["number"] or "", found["rest"].strip(" *_]")
    appendix = word.lower() in _APPENDIX_WORDS
    if number and word[0] == "B":
        number = f"B{number}"  # Mẫu 1 and Biểu 1 may stand side by side
    capital = word.isupper()
    if not _heads(appendix, capital, number, rest):
        return None
    return Opening(
        UnitKind.APPENDIX,
        found["label"].strip(" :.*_"),
        number,
        "appendix" if appendix else "form",
        rest,
        late=not appendix or (bool(rest) and not capital),
    )


def _heads(appendix: bool, capital: bool, number: str, rest: str) -> bool:
    """Whether the rest of the line is that of a heading."""
    if not appendix and not number:
        return False
    if not rest:
        return bool(number) or appendix
    if ISSUED_WITH_RE.match(rest):
        return rest.startswith("(")
    if rest[-1:] in ";," or len(rest) > 300:
        return False
    opener = rest.lstrip("(-–:.*_ ")[:1]
    if capital and appendix:
        return rest.upper() == rest or bool(number) or rest[:1] == "("
    return bool(number) and opener.isupper() and rest[-1:] != "."


def _title_above(paragraphs: Sequence[Paragraph], place: int) -> int | None:
    """The first line of the capital title over a line "(Ban hành kèm theo ...)"; None when there is none."""
    start = None
    capital = True
    for at in range(place - 1, max(-1, place - 1 - _MOST_TITLE_LINES), -1):
        text = paragraphs[at].text
        if paragraphs[at].kind is not BlockKind.TEXT or text[-1:] in ".;" or len(text) > 400:
            break
        if _ATTACHED_RE.match(text):
            return at
        if read_label(text) is not None:
            break
        capital = capital and text.upper() == text
        if capital:
            start = at
    return start


def find_title_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """The place of the line "(Ban hành kèm theo ...)" under a title; -1 when the lines between are no title."""
    for at in range(place + 1, min(place + _MOST_TITLE_LINES, len(paragraphs))):
        text = paragraphs[at].text
        if ISSUED_WITH_RE.match(text):
            return at
        if paragraphs[at].kind is not BlockKind.TEXT or text[-1:] in ".;:" or read_label(text) is not None:
            break
    return -1


def begins_attached(text: str) -> bool:
    """Whether a numbering begins, which after the signature is that of an attached document without a heading."""
    label = read_label(text)
    if label is None or label.value != 1:
        return False
    return label.style in ("part", "chapter", "section", "article") or (
        label.style == "roman" and text.upper() == text
    )
