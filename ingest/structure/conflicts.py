"""Where a document contradicts its own header: another number or date in its appendices, a year that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.structure.issued_with import IssuedWith
from kb.models import Metadata, Problem, Span
from kb.numbers import DocumentNumber, format_number, parse_number, same_number
from kb.text.view import View

_STAGE = "ingest.structure"


def find_conflicts(metadata: Metadata, mentions: Iterable[IssuedWith], view: View) -> Iterator[Problem]:
    """The contradictions between the head and the title pages of the appendices; each with both places."""
    number = parse_number(metadata.number.value) if metadata.number else None
    if number is None or metadata.number is None:
        return
    said: set[tuple[str, str | None]] = set()
    for mention in mentions:
        key = (format_number(mention.number), mention.issued)
        if key in said or mention.number_range == _range_of(metadata, view):
            continue
        said.add(key)
        if same_number(*map(format_number, (number, mention.number))):
            yield from _date_conflict(metadata, mention, view)
        elif _means_itself(number, mention, metadata):
            yield _number_conflict(metadata, mention, view)
    yield from _year_conflict(metadata, number)


def _range_of(metadata: Metadata, view: View) -> tuple[int, int] | None:
    """The mention that the header itself was read from contradicts nothing."""
    if metadata.number is None:
        return None
    spans = metadata.number.spans
    start = view.from_source(spans[0].start, Span(0, len(view.text))) if spans else None
    return None if start is None else (start, start + spans[-1].end - spans[0].start)


def _means_itself(own: DocumentNumber, mention: IssuedWith, metadata: Metadata) -> bool:
    """Whether a mention with another number still means this document.

    It has the same symbol, and the same date or all but the same figures; an amending document may well reprint an
    appendix of the document it amends.
    """
    other = mention.number
    if own.symbol != other.symbol:
        return False
    if own.year and other.year is None:
        # The year ran into the number: "10325/QĐ-UBND" for 103/2025/QĐ-UBND.
        return other.number in (f"{own.number}{own.year}", f"{own.number}{own.year % 100}")
    if own.year != other.year:
        return False
    if mention.issued is not None and metadata.issued is not None and len(mention.issued) == len("2025-01-01"):
        return mention.issued == metadata.issued.value
    return _slip(own.number, other.number)


def _slip(first: str, second: str) -> bool:
    """Whether one figure was left out, added or mistyped, or two beside each other changed about.

    >>> _slip("224", "22"), _slip("224", "234"), _slip("320", "230"), _slip("224", "15")
    (True, True, True, False)
    """
    if abs(len(first) - len(second)) > 1:
        return False
    if len(first) == len(second):
        unlike = [at for at, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
        swapped = len(first) > 2 and len(unlike) == 2 and unlike[1] == unlike[0] + 1
        return len(unlike) == 1 or (
            swapped and first[unlike[0]] + first[unlike[1]] == second[unlike[1]] + second[unlike[0]]
        )
    short, long = sorted((first, second), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _number_conflict(metadata: Metadata, mention: IssuedWith, view: View) -> Problem:
    own = metadata.number.value if metadata.number else ""
    other = format_number(mention.number)
    return Problem(
        _STAGE,
        "header.number_conflict",
        f"số, ký hiệu ở đầu văn bản là {own}, ở phụ lục lại là {other}",
        f"the head says {own}, an appendix says {other}",
        (*(metadata.number.spans if metadata.number else ()), *view.to_source(*mention.number_range)),
    )


def _shown(issued: str) -> str:
    """An ISO date, whole or not, as papers print it: ``21/11/2025``."""
    return "/".join(reversed(issued.split("-")))


def _date_conflict(metadata: Metadata, mention: IssuedWith, view: View) -> Iterator[Problem]:
    issued = metadata.issued
    if issued is None or mention.issued is None or issued.value.startswith(mention.issued):
        return
    yield Problem(
        _STAGE,
        "header.date_conflict",
        f"ngày ban hành ở đầu văn bản là {_shown(issued.value)}, ở phụ lục lại là {_shown(mention.issued)}",
        f"the head says {issued.value}, an appendix says {mention.issued}",
        (*issued.spans, *view.to_source(*mention.date_range)),
    )


def _year_conflict(metadata: Metadata, number: DocumentNumber) -> Iterator[Problem]:
    issued = metadata.issued
    if issued is None or number.year is None or metadata.number is None:
        return
    if issued.value[:4] != str(number.year):
        yield Problem(
            _STAGE,
            "header.date_conflict",
            f"số, ký hiệu {metadata.number.value} ghi năm {number.year}, ngày ban hành là {_shown(issued.value)}",
            f"the number {metadata.number.value} is of {number.year}, the date is {issued.value}",
            (*metadata.number.spans, *issued.spans),
        )
