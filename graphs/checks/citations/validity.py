"""VAL: each cited document in force on the day that matters; what the base does not know is not checked.

Three days matter: that of the deed, that of the document, today. A past deed under a document that has since
expired is a note; a plan, a basis or an instruction that rests on one is an error (Luật 64/2025/QH15, Điều 57).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.citations.quoted import is_in_provision, is_quoted
from graphs.checks.citations.standing import (
    EXPIRED,
    FUTURE,
    PARTLY,
    UNKNOWN,
    Cited,
    but_for,
    cite_instead,
    cite_later,
    end_of,
    ended_by_itself,
    is_over,
    names_what_followed,
    on_day,
    once,
    places_told,
    replaced,
    replaced_by,
    rests,
    since,
    standings,
    why,
)
from graphs.checks.reading.periods import find_periods
from graphs.checks.report import Changed, Standing, Subject, Tally, rule
from kb.bilingual import Bilingual, both, english, joined
from kb.clock import told_day
from kb.models import Citation, CitationKind, Finding, Relation, Severity, Span, Use
from kb.numbers import number_key


def check_force(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Nothing rests on a document that has expired."""
    if subject.library is None or subject.as_of is None:
        tally.skip(
            both("văn bản không rõ ngày, hoặc không có kho để đối chiếu", "no date of the document, or no base"),
            len(subject.citations),
        )
        return
    if subject.is_consolidated():
        tally.skip(both("văn bản hợp nhất chép lại căn cứ cũ", "a consolidation repeats old bases"))
        return
    failed: list[tuple[Citation, Standing]] = []
    for citation, standing in standings(subject):
        if standing is None:
            tally.skip(both("kho chưa biết văn bản này", "the base does not know this document"))
        elif standing.status == UNKNOWN:
            tally.skip(standing.reason or both("không xác định", "not known"))
        elif standing.status == FUTURE:
            continue  # told, and counted, by the rule of what has not begun; past deeds likewise
        elif not is_over(citation, standing) or ended_by_itself(subject, standing):
            tally.held += 1
        elif subject.lists_texts() and citation.relation is not Relation.BASED_ON:
            tally.skip(both("văn bản liệt kê các văn bản, không áp dụng chúng", "it lists texts and applies none"))
        elif is_in_provision(subject, citation):
            tally.skip(
                both("trích nguyên văn quy định của văn bản khác", "it stands in a provision that is quoted")
            )
        elif not _is_past(subject, citation, standing):
            tally.failed += 1
            failed.append((citation, standing))
    for citation, standing, others in once(failed):
        over = end_of(standing)
        yield EXPIRED_BASIS.finding(
            (citation.span, *others),
            f"“{citation.surface}” đã hết hiệu lực{since(over.on)}{but_for(over)}:"
            f" {why(standing)}{places_told(others)}",
            f"“{citation.surface}” expired{on_day(over.on)}{english(but_for(over))}: {english(why(standing))}"
            f"{english(places_told(others))}",
            stated=citation.surface,
            expected=over.by or None,
            evidence=(citation.evidence,) if citation.evidence else (),
            suggestion=cite_instead(standing),
            severity=_severity(subject, citation, standing),
            page=citation.page,
        )


def _is_past(subject: Subject, citation: Citation, standing: Standing) -> bool:
    """Whether the deed was done: the text says so, or its sentence begins with a time before the end."""
    if citation.use is Use.PAST:
        return True
    end = end_of(standing).on
    text = subject.document.text[max(0, citation.span.start - _SENTENCE) : citation.span.start]
    sentence = _SENTENCE_RE.split(text)[-1].lstrip(" -+*–\t")
    first = next(find_periods(sentence), None)
    return end is not None and first is not None and first.start <= _OPENING and first.last < end


def _severity(subject: Subject, citation: Citation, standing: Standing) -> Severity | None:
    """Less than an error where parts live on, where the source is not sure, where a text only quotes the law."""
    less = end_of(standing).saved or not standing.certain or is_quoted(subject, citation)
    return Severity.WARNING if less else None


_SENTENCE, _OPENING = 400, 12
_SENTENCE_RE = re.compile(r"[.;]\s|\n(?=\s*[-+*\d])")


def check_past(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What was done under a document that has expired since is information."""
    if subject.is_consolidated():
        return
    found = [
        (citation, standing)
        for citation, standing in standings(subject)
        if standing and is_over(citation, standing) and _is_past(subject, citation, standing)
        if not ended_by_itself(subject, standing) and not names_what_followed(subject, citation, standing)
    ]
    # What one paragraph rests on and one act ended is told in one note.
    together: dict[object, list[Cited]] = {}
    for citation, standing, others in once(found):
        over, block = end_of(standing), subject.document.block_over(citation.span.start)
        key = (block.span if block else None, over.on, over.by, over.saved)
        together.setdefault(key, []).append(Cited(citation, standing, others))
    for cited in together.values():
        first, over = cited[0].citation, end_of(cited[0].standing)
        named = joined((one.told() for one in cited), ", ")
        yield PAST.finding(
            tuple(span for one in cited for span in one.spans),
            f"{named} (việc đã làm) hết hiệu lực{since(over.on)}{but_for(over)}{replaced(over)}",
            f"{named.en} (a past deed) expired{on_day(over.on)}{english(but_for(over))}{replaced_by(over)}",
            stated="; ".join(one.citation.surface for one in cited),
            expected=over.by or None,
            suggestion=cite_later(over),
            page=first.page,
        )


def check_future(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What is cited as in force has come into force; what only prepares for a document may come before its day."""
    if subject.is_consolidated():
        return
    found: list[tuple[Citation, Standing]] = []
    for citation, standing in standings(subject):
        if standing is None or standing.status != FUTURE:
            continue
        if citation.kind is CitationKind.NAME and not citation.issued and not citation.year:
            # A law by its bare name is the one in force that day, not the one to come.
            tally.skip(
                both(
                    "luật chỉ gọi bằng tên, không ghi số hoặc ngày",
                    "a law called by its name alone, without number or date",
                )
            )
        elif (
            _prepares_norm(subject)
            or not rests(citation)
            or _says_when(subject, citation)
            or _gets_ready(subject, citation)
        ):
            # A decree that details a law is issued before the law's day, to come into force with it.
            tally.held += 1
        else:
            tally.failed += 1
            found.append((citation, standing))
    for citation, standing, others in once(found):
        begins = standing.until
        when = (
            both(", có hiệu lực từ {day}", ", in force from {iso}", day=told_day(begins), iso=begins)
            if begins
            else both("", "")
        )
        yield NOT_YET.finding(
            (citation.span, *others),
            f"“{citation.surface}” chưa có hiệu lực vào ngày {told_day(subject.as_of)}{when}{places_told(others)}",
            f"“{citation.surface}” is not yet in force on {subject.as_of}{english(when)}"
            f"{english(places_told(others))}",
            stated=citation.surface,
            expected=begins.isoformat() if begins else None,
            suggestion=both(
                "ghi rõ ngày có hiệu lực, hoặc viện dẫn văn bản đang có hiệu lực",
                "say from when it is in force, or cite what is in force",
            ),
            severity=None if citation.relation is Relation.BASED_ON else Severity.NOTE,
            page=citation.page,
        )


def _prepares_norm(subject: Subject) -> bool:
    """Whether a document is a norm, or submits one: both may rest on what begins with it."""
    kind = subject.document.metadata.type
    return subject.is_norm() or (kind is not None and kind.value == "Tờ trình")


_WHEN_RE = re.compile(r"[^.;\n]{0,200}?\bcó hiệu lực\b")


def _says_when(subject: Subject, citation: Citation) -> bool:
    """Whether the text itself says from when the cited document is in force."""
    return _WHEN_RE.match(subject.document.text, citation.span.end) is not None


#: A law is made known, and papers that detail it are drafted, before its day.
_READY_RE = re.compile(
    r"(?:[Tt]riển khai|[Tt]ổ chức)\s+thi hành\s+$|(?:[Tt]uyên truyền|[Pp]hổ biến|[Qq]uán triệt|[Tt]ập huấn"
    r"|[Cc]huẩn bị|quy định chi tiết|hướng dẫn thi hành)[^.;\n]{0,80}$"
)


def _gets_ready(subject: Subject, citation: Citation) -> bool:
    """Whether the words before a document say that it is made known or that its coming is prepared."""
    start = citation.span.start
    return _READY_RE.search(subject.document.text, max(0, start - 120), start) is not None


_AMENDED_RE = re.compile(r"[^.;\n]{0,200}?\bđược sửa đổi,? bổ sung\b")


#: Before a document that is named for what it did to another one.
_ONLY_AMENDS_RE = re.compile(r"\W*(?:về\s+)?(?:việc\s+)?sửa đổi,?\s+bổ sung\b", re.IGNORECASE)
_AMENDER_RE = re.compile(r"\bsửa đổi(?:,?\s+bổ sung)?[^;.]{0,30}\b(?:bởi|theo|tại)\s*$")


def _only_amended(subject: Subject, citation: Citation) -> bool:
    """Whether a document is only named as what amended another: how it was changed itself is no matter then."""
    start = citation.span.start
    return _AMENDER_RE.search(subject.document.text, max(0, start - 80), start) is not None


def check_amended(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A document that was amended is cited with what changed it, anywhere in the text; told in one note."""
    known = standings(subject)
    named = {number_key(one.number) for one in subject.citations if one.number}
    named |= {number_key(standing.number) for _, standing in known if standing and standing.number}
    found = (
        (citation, standing)
        for citation, standing in known
        if standing and standing.status == PARTLY and rests(citation)
        # A law called by its name alone is that law as it stands.
        if citation.number or citation.issued or citation.year
        if not is_over(citation, standing) and not _only_amended(subject, citation)
        # Where an article ended with what it amended there is nothing to name.
        if standing.changes or citation.pinpoints or not _ONLY_AMENDS_RE.match(standing.title)
    )
    unsaid: list[tuple[Cited, list[Changed]]] = []
    for citation, standing, others in once(found):
        # What ended in part says nothing of a document that is cited as a whole.
        changes = [
            one
            for one in standing.changes
            if number_key(one.by) not in named and (citation.pinpoints or not one.partly_repealed)
        ]
        # Named by its date alone, or with a slip in its number: what amended it is there.
        named_here = len(changes) == len(standing.changes) and _AMENDED_RE.match(
            subject.document.text, citation.span.end
        )
        if standing.changes and (not changes or named_here):
            tally.held += 1
            continue
        unsaid.append((Cited(citation, standing, others), changes))
    if not unsaid:
        return
    told = joined(_amended(cited, changes) for cited, changes in unsaid)
    yield AMENDED.finding(
        tuple(span for cited, _ in unsaid for span in cited.spans),
        f"chưa nêu văn bản đã sửa đổi, bổ sung: {told}",
        f"what changed the documents cited is not named: {told.en}",
        stated="; ".join(cited.citation.surface for cited, _ in unsaid),
        expected=", ".join(dict.fromkeys(one.by for _, changes in unsaid for one in changes)) or None,
        suggestion=both(
            "ghi thêm văn bản sửa đổi, bổ sung; kiểm tra điều, khoản viện dẫn còn hiệu lực",
            "name what amended it; see whether the part cited is still in force",
        ),
        page=unsaid[0][0].citation.page,
    )


def _amended(cited: Cited, changes: Sequence[Changed]) -> Bilingual:
    """What was done to a document, by which others; of one whose changes are not known, that parts of it ended."""
    what = joined((both("{deed} bởi {by}{day}", "{deed} by {by}{day}", **_told(one)) for one in changes), ", ")
    if not what:
        day = since(cited.standing.since)
        what = both(
            "hết hiệu lực một phần{day}, {why}", "partly expired{day}, {why}", day=day, why=cited.standing.reason
        )
    return both("{name} {what}", "{name} {what}", name=cited.told(), what=what)


def _told(change: Changed) -> dict[str, object]:
    return {
        "deed": change.deed,
        "by": change.name,
        "day": both(" (từ {day})", " (from {iso})", day=told_day(change.on), iso=change.on) if change.on else "",
    }


def check_today(subject: Subject, _: Tally) -> Iterator[Finding]:
    """What was in force on the day of the document and has ended since: what holds today is told in one note."""
    library, today = subject.library, subject.today
    if library is None or subject.as_of is None or today is None or today <= subject.as_of:
        return
    found = (
        (citation, now)
        for citation, standing in standings(subject)
        if standing and standing.status != UNKNOWN and not is_over(citation, standing)
        if rests(citation)
        if (now := library(citation, today)) and now.status == EXPIRED and not ended_by_itself(subject, now)
    )
    ended = [(citation, now, (citation.span, *others)) for citation, now, others in once(found)]
    if not ended:
        return
    told = joined(_ended(citation, now, spans) for citation, now, spans in ended)
    successors = dict.fromkeys(end_of(now).by for _, now, _ in ended if end_of(now).by)
    yield SINCE.finding(
        tuple(span for _, _, spans in ended for span in spans),
        f"đến nay ({told_day(today)}) đã hết hiệu lực: {told}",
        f"by now ({today}) expired: {told.en}",
        stated="; ".join(citation.surface for citation, _, _ in ended),
        expected=", ".join(successors) or None,
        suggestion=cite_later(end_of(ended[0][1]))
        if len(ended) == 1
        else both(
            "việc từ nay trở đi viện dẫn văn bản thay thế", "of deeds from now on cite what took their place"
        ),
        page=ended[0][0].page,
    )


def _ended(citation: Citation, now: Standing, spans: tuple[Span, ...]) -> Bilingual:
    """One document that has ended since: from which day on, and by what."""
    others = places_told(spans[1:])
    return Bilingual(
        f"“{citation.surface}”{since(end_of(now).on)}, {why(now)}{others}",
        f"“{citation.surface}”{on_day(end_of(now).on)}, {english(why(now))}{english(others)}",
    )


EXPIRED_BASIS = rule("VAL-001", check_force)
PAST = rule("VAL-002", check_past)
NOT_YET = rule("VAL-003", check_future)
AMENDED = rule("VAL-004", check_amended)
SINCE = rule("VAL-005", check_today)
VALIDITY_RULES = (EXPIRED_BASIS, PAST, NOT_YET, AMENDED, SINCE)
