"""VAL: what a text waits for and the library knows to be issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from graphs.checks.citations.standing import once, places_told, standings
from graphs.checks.report import Changed, Subject, Tally, rule
from kb.bilingual import both
from kb.clock import told_day
from kb.models import Citation, Finding, Relation
from kb.numbers import number_key
from kb.vocabulary.laws import laws_by_name, name_key

#: A document to come, unnamed, and what it does to the one named: "ban hành Nghị định thay thế Nghị định số …".
_TO_COME_RE = re.compile(
    r"\b(?:Luật|Nghị quyết|Nghị định|Thông tư|Quyết định|văn bản)(?:\s+(?:mới|khác|của\s+[^.;,\d]{2,40}))*\s+"
    r"(?P<deed>thay thế|sửa đổi, bổ sung|sửa đổi)\s+(?:một số (?:điều|nội dung) (?:của\s+)?)?$"
)
_WAITING_RE = re.compile(
    r"\b(?:(?:sau )?khi (?:được )?(?:ban hành|thông qua)|chờ|sớm ban hành|dự kiến|sắp|đề nghị|kiến nghị|tham mưu"
    r"|nghiên cứu|(?:Chính phủ|Quốc hội|Bộ [^.;,]{3,40}) ban hành)\b",
    re.IGNORECASE,
)
_FAR, _RECENT = date(9999, 12, 31), timedelta(days=400)


def check_awaited(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A document that is waited for is not one that was issued before the text."""
    library, own = subject.library, subject.as_of
    if library is None or own is None or subject.is_norm():
        return
    named = {number_key(one.number) for one in subject.citations if one.number}
    found = []
    for citation, standing in standings(subject):
        if standing is None or citation.relation not in (Relation.REPLACES, Relation.AMENDS):
            continue
        later = library(citation, _FAR)
        change = _issued_already(subject, citation, later.changes if later else (), named)
        if change is None:
            tally.held += 1
        else:
            tally.failed += 1
            found.append((citation, standing, change))
    yield from _laws_passed(subject, tally, own)
    changes = {one.span: change for one, _, change in found}
    for citation, _, others in once((one, standing) for one, standing, _ in found):
        change = changes[citation.span]
        yield AWAITED.finding(
            (citation.span, *others),
            f"nói chờ văn bản {change.deed.removeprefix('được ')} “{citation.surface}”, nhưng {change.name} đã ban"
            f" hành ngày {told_day(change.issued)}{places_told(others)}",
            f"waits for what is to act on “{citation.surface}”, but {change.name} was issued on {change.issued}",
            stated=citation.surface,
            expected=change.by,
            suggestion=both("nêu {other} thay cho lời chờ", "name {other} instead", other=change.name),
            page=citation.page,
        )


def _issued_already(
    subject: Subject, citation: Citation, changes: tuple[Changed, ...], named: set[str]
) -> Changed | None:
    """What did to a document, shortly before the text, what the text waits for; None where it names it itself."""
    text, start, own = subject.document.text, citation.span.start, subject.as_of
    before = " ".join(text[max(0, start - 260) : start].split()) + " "
    sentence = re.split(r"[.;]\s", before)[-1]
    deed = _TO_COME_RE.search(before)
    if own is None or deed is None or not _WAITING_RE.search(sentence):
        return None
    return next(
        (
            one
            for one in changes
            if one.ends == (deed["deed"] == "thay thế") and one.issued and own - _RECENT <= one.issued <= own
            if number_key(one.by) not in named
        ),
        None,
    )


_TO_PASS_RE = re.compile(
    r"\b(?:(?:sau )?khi (?:được )?(?:ban hành|thông qua)|chờ|(?:sớm|dự kiến) (?:ban hành|thông qua))"
    r"\b[^.]{0,260}$",
    re.IGNORECASE,
)
_AMENDING_LAW_RE = re.compile(
    r"luật\s+sửa đổi,?\s*bổ sung\s+(?:một số (?:điều|nội dung) của\s+)?(?P<of>luật\s.+)", re.I
)


def _laws_passed(subject: Subject, tally: Tally, own: date) -> Iterator[Finding]:
    """Amending laws that are waited for by name and were passed shortly before the text."""
    text = subject.document.text
    for citation in subject.citations:
        named = _AMENDING_LAW_RE.fullmatch(" ".join(citation.surface.split())) if not citation.number else None
        if named is None or citation.issued or citation.year:
            continue
        before = " ".join(text[max(0, citation.span.start - 320) : citation.span.start].split())
        if not _TO_PASS_RE.search(re.split(r"\.\s", before)[-1]):
            continue
        names = (f"sửa đổi, bổ sung {named['of']}", f"sửa đổi, bổ sung một số điều của {named['of']}")
        passed = [law for name in names for law in laws_by_name().get(name_key(name), ()) if law.issued]
        recent = [law for law in passed if own - _RECENT <= date.fromisoformat(law.issued) <= own]
        if len(recent) != 1:
            continue
        tally.failed += 1
        law, day = recent[0], date.fromisoformat(recent[0].issued)
        yield AWAITED.finding(
            (citation.span,),
            f"nói chờ “{citation.surface}”, nhưng {law.number} đã được thông qua ngày {told_day(day)}",
            f"waits for “{citation.surface}”, but {law.number} was passed on {day}",
            stated=citation.surface,
            expected=law.number,
            suggestion=both("nêu {other} thay cho lời chờ", "name {other} instead", other=law.number),
            page=citation.page,
        )


AWAITED = rule("VAL-007", check_awaited)
AWAITED_RULES = (AWAITED,)
