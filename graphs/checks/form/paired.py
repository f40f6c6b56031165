"""DOC of signs that come in pairs: quotation marks and brackets of citations, names and running text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.form.form import is_translation
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, CitationKind, Finding, UnitKind

_SIGN_RE = re.compile(r"[“”\"()]")
#: A label of a list closes no bracket: ``a)``, ``1)``, ``2.1)``.
_LABEL_RE = re.compile(r"(?:^|[\s;,.:(–“”\"-])(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-zđĐ]\d?|[ivxIVX]{1,4})$")
_WORD_BEFORE_RE, _WORD_AFTER_RE = re.compile(r"[\w.,;:!?)%…]$"), re.compile(r"[\w(]")
#: What has a name between marks: a scheme, a movement, a contest.
_NAMED_RE = re.compile(
    r"\b(?:[Đđ]ề án|[Cc]hương trình|[Kk]ế hoạch|[Cc]hiến lược|[Dd]ự án|[Pp]hong trào(?: thi đua)?|[Cc]uộc vận động"
    r"|[Cc]uộc thi|[Hh]ội thi|[Mm]ô hình|[Cc]huyên đề|[Cc]hủ đề|[Đđ]ợt thi đua|[Pp]hương châm|[Tt]iêu chí"
    r"|[Qq]uy hoạch|[Nn]hiệm vụ)\s+$"
)
#: What ends a sentence or a member of a list.
_END_RE = re.compile(r"[.;](?=\s)|\n")
#: What a norm that amends another says before the words it puts in.
_AMENDS_RE = re.compile(r"như sau\s?:\s*[“\"]")
#: A quotation, or a bracket, may run on over so many paragraphs.
_QUOTED_ON, _BRACKET_ON = 60, 2


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign that has no partner: where it stands in the reading and in which block."""

    sign: str
    at: int
    block: int


def check_pairs(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Marks and brackets around a citation or a name have two halves."""
    reading = subject.document.reading
    starts = sorted(one.span.start for one in subject.citations if one.kind in _CITED)
    alone = _alone(subject)
    if is_translation(subject.document.text):
        tally.skip(both("bản dịch, không phải bản được ký", "a translation, not what was signed"))
        return
    if _AMENDS_RE.search(reading.text):
        # What amends a norm quotes whole articles, each with signs of its own.
        alone = [one for one in alone if one.sign in "()"]
    ends = _end_of_body(subject)
    for one in alone:
        low, high = _sentence(reading.text, one.at)
        where = reading.hull(low, high)
        at = bisect_left(starts, where.start)
        cited = at < len(starts) and starts[at] < where.end
        if not cited and not _in_running_text(subject, one, ends):
            continue
        tally.failed += 1
        opens = one.sign in "“("
        kind = both("ngoặc kép", "a quotation mark") if one.sign in '“”"' else both("ngoặc đơn", "a bracket")
        what = (
            both("mở mà không đóng", "is opened and not closed")
            if opens
            else both("đóng mà không mở", "is closed and not opened")
        )
        around = _words_around(reading.text, one.at, low, high)
        yield PAIR.finding(
            (reading.hull(one.at, one.at + 1),),
            f"{kind} {what}: “{around}”",
            f"{kind.en} {what.en}: “{around}”",
            stated=one.sign,
            suggestion=both("thêm hoặc bỏ dấu ngoặc", "add the other sign, or drop this one"),
        )
    tally.held += not alone


_CITED = (CitationKind.NUMBER, CitationKind.NAME)
#: So many letters are shown on each side of a sign.
_SHOWN = 40


def _words_around(text: str, at: int, low: int, high: int) -> str:
    """The words around a sign, none of them cut; dots where the sentence goes on."""
    start, end = max(low, at - _SHOWN), min(high, at + _SHOWN)
    before, behind = text[start:at], text[at:end]
    if start > low:
        before = f"… {before.lstrip().partition(' ')[2] or before}"
    if end < high:
        behind = f"{behind.rstrip().rpartition(' ')[0] or behind} …"
    return " ".join((before + behind).split())


def _end_of_body(subject: Subject) -> int:
    """Where the body ends and the foot, an appendix or an attachment begins; 0 for a norm."""
    document = subject.document
    last = [one.span.start for one in document.units if one.kind in _BEHIND]
    return 0 if subject.is_rule() else min(last, default=len(document.text))


def _in_running_text(subject: Subject, sign: _Sign, end: int) -> bool:
    """Whether a sign that opens stands in a paragraph of the body; forms and lists of boxes have half signs."""
    text, where = subject.document.reading.text, subject.document.reading.hull(sign.at, sign.at + 1)
    if sign.sign not in "“(" or where.start >= end:
        return sign.sign == "“" and bool(_NAMED_RE.search(text, max(0, sign.at - 40), sign.at))
    return not _FORM_RE.search(text, *_sentence(text, sign.at))


_BEHIND = (UnitKind.APPENDIX, UnitKind.ATTACHMENT, UnitKind.CONCLUSIONS)
_FORM_RE = re.compile(r"…|\.{4,}|[□☐_]{1}|\|")


def _sentence(text: str, at: int) -> tuple[int, int]:
    """The sentence in which a sign stands; a sign at its end belongs to it."""
    before = [found.end() for found in _END_RE.finditer(text, max(0, at - 400), at)]
    after = _END_RE.search(text, at + 1, at + 400)
    return (before[-1] if before else max(0, at - 400)), (after.start() if after else min(len(text), at + 400))


def _alone(subject: Subject) -> list[_Sign]:
    """The signs without a partner, in the order of the reading."""
    document = subject.document
    blocks = [one for one in document.blocks if one.kind in (BlockKind.TEXT, BlockKind.NOTE)]
    open_quotes: list[_Sign] = []
    open_brackets: list[_Sign] = []
    alone: list[_Sign] = []
    for index, block in enumerate(sorted(blocks, key=lambda one: one.view.start)):
        text, start = document.block_text(block), block.view.start
        for carried, limit in ((open_quotes, _QUOTED_ON), (open_brackets, _BRACKET_ON)):
            alone += [one for one in carried if index - one.block > limit]
            carried[:] = [one for one in carried if index - one.block <= limit]
        for found in _SIGN_RE.finditer(text):
            sign = _meant(text, found, any(one.block == index for one in open_quotes))
            opened = open_brackets if sign in "()" else open_quotes
            here = _Sign(sign, start + found.start(), index)
            label = sign == ")" and _LABEL_RE.search(text, max(0, found.start() - 6), found.start())
            if sign in "“(":
                opened.append(here)
            elif opened and not (label and opened[-1].block != index):
                opened.pop()
            elif not label:
                alone.append(here)
    return sorted([*alone, *open_quotes, *open_brackets], key=lambda one: one.at)


def _meant(text: str, found: re.Match[str], is_open: bool) -> str:
    """A sign as it is meant: a straight mark opens or closes, a mark turned the wrong way too."""
    sign = found.group()
    if sign in "()":
        return sign
    before = bool(_WORD_BEFORE_RE.search(text, max(0, found.start() - 1), found.start()))
    after = bool(_WORD_AFTER_RE.match(text, found.end()))
    if before and not after:
        return "”"
    if sign == '"' or (sign == "”" and after and not before):
        return "”" if is_open else "“"
    return sign


PAIR = rule("DOC-012", check_pairs)
PAIR_RULES = (PAIR,)
