"""DOC of what a paper refers to in itself: a table or a part that it does not have, or another table is meant.

A table is believed to be another one where nothing that the sentence tells stands in it, and more than one thing
in exactly one other, or where the goals are counted that only another table has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.form.own_parts import OwnParts
from graphs.checks.reading.counted import NUMBER_WORDS, read_count
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity, Span, Table, TextBlock, Unit
from kb.text.roman import roman_value
from kb.text.sentences import split_sentences

_REF_RE = re.compile(
    r"(?P<word>[Bb]ảng|[Bb]iểu)(?:\s+(?:số\s+)?)(?P<label>\d{1,2})(?![\d%/]|[.,]\d|\s*(?:%|điểm))\b"
)
_CAPTION_RE = re.compile(r"\W*(?P<word>Bảng|Biểu|BẢNG|BIỂU)(?:\s+số)?\s+(?P<label>\d{1,2})\b")
_TITLE_RE = re.compile(rf"{_CAPTION_RE.pattern}\s*(?:[.:\-–]|$|\()")
_LINE_RE = re.compile(rf"^{_TITLE_RE.pattern}", re.MULTILINE)
_PART_RE = re.compile(r"\b(?P<word>mục|[Pp]hần)\s+(?:thứ\s+)?(?P<label>[IVX]{1,5})\b(?!\s*[-–/])")
_TOP_RE = re.compile(
    r"^\W*(?:(?P<part>PHẦN|Phần)\s+(?:thứ\s+)?)?(?P<label>[IVX]{1,5})(?:[.:\-–)]|\s*$|\s)", re.MULTILINE
)
#: Behind a reference: the other document whose it is, up to what the sentence goes on with.
_OF_OTHER_RE = re.compile(
    r"(?:[^.;,\n]|,(?!\s+[a-zà-ýđăĩũơưạ-ỹ])"
    r"|,(?=\s+(?:mục|phần|khoản|điểm|bảng|biểu|của|tại|kèm|ban hành)\s)){0,60}?"
    r"(?:\b(?:của|tại|kèm theo|ban hành kèm|trong|thuộc)\s+)?(?:các\s+)?\b(?:Luật|Bộ luật"
    r"|Nghị định|Nghị quyết"
    r"|Quyết định|Thông tư|Kế hoạch|Công văn|Chỉ thị|Hướng dẫn|Quy chế|Quy định|Đề án|Chương trình"
    r"|Phụ lục|Tờ trình|Thông báo"
    r"|Kết luận|Quy chuẩn|QCVN|TCVN|Tiêu chuẩn|Báo cáo\s+số)\b"
)
#: Before one; words that are parts of the names of bodies as well: ``Sở Kế hoạch và Đầu tư``.
_BEFORE_OTHER_RE = re.compile(
    r"(?<!Sở )(?<!Bộ )(?<!Hội )(?<![-–] )\b(?:Luật(?! gia)|Nghị định|Nghị quyết|Quyết định|Thông tư"
    r"|Kế hoạch(?! h[oó][áa]| và Đầu tư| [-–] Tài chính)|Đề án|Phụ lục|QCVN|TCVN|Quy chuẩn|Tiêu chuẩn)\b"
    r"[^.;\n]{0,60}$"
)
_GOALS_RE = re.compile(
    rf"(?:trong|trên|/)\s*(?:tổng\s+)?(?:số\s+)?(?P<count>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})\s+(?:mục"
    rf"|chỉ)\s+tiêu\b",
    re.IGNORECASE,
)
_GOAL_HEAD_RE = re.compile(r"(?:mục|chỉ)\s+tiêu", re.IGNORECASE)
_NUMBER_RE = re.compile(
    r"(?<![\d.,/-])\d{1,3}(?:\.\d{3})+(?:,\d+)?|(?<![\d.,/-])\d+,\d+|(?<![\d.,/-])\d{3,}(?![\d/-])"
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_NOT_THERE_RE = re.compile(r"\b(?:không|chưa|ngoài|khác|trừ|riêng)\b[^.;,]{0,40}$", re.IGNORECASE)
_LEAST, _SURE, _LETTERS, _TO, _LEAD = 2, 2, 4, 60, 30


def check_referred(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Bảng 5`` in a paper of four; ``Bảng 2`` for what ``Bảng 3`` has."""
    if subject.is_rule() or subject.document.metadata.digest:
        return
    yield from _tables(subject, tally)
    yield from _others(subject, tally)
    yield from _inside(subject, tally)


def _tables(subject: Subject, tally: Tally) -> Iterator[Finding]:
    document = subject.document
    named: dict[tuple[str, int], Table] = {}
    for table in document.tables:
        if called := _CAPTION_RE.match(table.caption or ""):
            named.setdefault((called["word"].lower(), int(called["label"])), table)
    lines = {(one["word"].lower(), int(one["label"])) for one in _LINE_RE.finditer(document.text)}
    for block in document.blocks if named else ():
        text = document.block_text(block) if block.kind in (BlockKind.TEXT, BlockKind.NOTE) else ""
        for low, high in split_sentences(text) if "ảng " in text or "iểu " in text else ():
            for found in _REF_RE.finditer(text, low, high):
                if _TITLE_RE.match(text) and found.start() < _LETTERS:
                    continue
                key = (found["word"].lower(), int(found["label"]))
                if not any(word == key[0] for word, _ in named) or _is_of_other(text, found):
                    continue
                place = document.reading.hull(block.view.start + found.start(), block.view.start + found.end())
                if key not in named:
                    if key not in lines:
                        yield from _missing(found.group(), place, block, sorted({*named, *lines}), tally)
                elif other := _meant(named, key, text[low:high], found.start() - low, found.group()):
                    tally.failed += 1
                    yield REFERRED.finding(
                        (place,),
                        f"dẫn “{found.group()}”, nhưng điều câu nói có ở “{_name(named[other])}”, không có ở “"
                        f"{_name(named[key])}”",
                        f"“{found.group()}” is referred to for what stands in “{_name(named[other])}”",
                        stated=found.group(),
                        expected=f"{found['word']} {other[1]}",
                        evidence=(_head(named[other]),),
                        suggestion=both("sửa số của bảng được dẫn", "mend the number of the table"),
                        page=block.page,
                    )
                else:
                    tally.held += 1


def _name(table: Table) -> str:
    return " ".join((table.caption or "").split())[:70]


def _head(table: Table) -> Span:
    return Span(table.span.start, min(table.span.end, table.span.start + _TO))


def _is_of_other(text: str, found: re.Match[str]) -> bool:
    """Whether a reference is to a part of another document."""
    return bool(
        _OF_OTHER_RE.match(text, found.end())
        or _BEFORE_OTHER_RE.search(text[max(0, found.start() - _TO) : found.start()])
    )


def _missing(
    printed: str, place: Span, block: TextBlock, named: Sequence[tuple[str, int]], tally: Tally
) -> Iterator[Finding]:
    """A table that is not there, of a word by which several others are numbered from one on."""
    word = printed.split()[0].lower()
    labels = [label for one, label in named if one == word]
    if labels[0] != 1 or len(labels) < _LEAST:
        return
    tally.failed += 1
    yield REFERRED.finding(
        (place,),
        f"dẫn “{printed}”, nhưng văn bản chỉ có {word} {', '.join(map(str, labels))}",
        f"“{printed}” is referred to, but there is none; there are {', '.join(map(str, labels))}",
        stated=printed,
        suggestion=both("sửa số của bảng được dẫn, hoặc bổ sung bảng", "mend the number, or add the table"),
        page=block.page,
    )


def _meant(
    named: dict[tuple[str, int], Table], key: tuple[str, int], sentence: str, at: int, printed: str
) -> tuple[str, int] | None:
    """The one other table that has what a sentence tells, where the one referred to has nothing of it."""
    if _NOT_THERE_RE.search(sentence[:at]):
        return None
    counted = _GOALS_RE.search(sentence)
    goals = {one: table for one, table in named.items() if _is_of_goals(table)}
    if counted and key not in goals and sentence.count(printed.split()[0]) == 1:
        count = read_count(counted["count"])
        fit = [one for one, table in goals.items() if len(table.rows) == count]
        if len(fit) == 1:
            return fit[0]
    numbers = {one for one in _NUMBER_RE.findall(sentence) if not _YEAR_RE.fullmatch(one)}
    if at > _LEAD or len(numbers) < _SURE or _REF_RE.search(sentence.replace(printed, "", 1)):
        return None
    told = {one: len(numbers & _cells(table)) for one, table in named.items()}
    others = [one for one, count in told.items() if count >= _SURE]
    return others[0] if told[key] == 0 and len(others) == 1 else None


def _is_of_goals(table: Table) -> bool:
    return any(_GOAL_HEAD_RE.search(head) for head in table.columns)


def _cells(table: Table) -> set[str]:
    """The numbers that stand in the cells of a table."""
    return {one for row in table.rows for cell in row.cells for one in _NUMBER_RE.findall(cell.text or "")}


def _others(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Parts of the paper itself that are not there."""
    document = subject.document
    text = document.text
    tops = {found["label"] for found in _TOP_RE.finditer(text) if roman_value(found["label"])}
    for block in document.blocks if "I" in tops else ():
        words = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for found in _PART_RE.finditer(words) if "ục " in words or "hần " in words else ():
            label = found["label"]
            if label in tops or not roman_value(label) or _is_of_other(words, found) or found.start() < _LETTERS:
                continue
            tally.failed += 1
            yield REFERRED.finding(
                (document.reading.hull(block.view.start + found.start(), block.view.start + found.end()),),
                f"dẫn “{found.group()}”, nhưng văn bản không có đề mục {label}",
                f"“{found.group()}” is referred to, but there is no heading {label}",
                stated=found.group(),
                suggestion=both("sửa số của đề mục được dẫn", "mend the number of the heading"),
                page=block.page,
                severity=Severity.NOTE,
            )


def _inside(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Parts inside those of the paper itself that are not there: ``mục II.9`` where II ends with 7."""
    document = subject.document
    parts = OwnParts(document)
    for block in document.blocks:
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for one in parts.missing(text):
            words = text[one.start : one.end]
            if _OF_OTHER_RE.match(text, one.end) or _BEFORE_OTHER_RE.search(
                text[max(0, one.start - _TO) : one.start]
            ):
                continue
            tally.failed += 1
            last = one.there[-1]
            yield REFERRED.finding(
                (document.reading.hull(block.view.start + one.start, block.view.start + one.end),),
                f"dẫn “{words}”, nhưng “{one.around.label} {one.around.heading}” chỉ có đến {last}",
                f"“{words}” is referred to, but “{one.around.label} {one.around.heading}” ends with {last}",
                stated=words,
                evidence=(_opening(one.around),),
                suggestion=both("sửa số của đề mục được dẫn", "mend the number of the heading"),
                page=block.page,
                severity=Severity.NOTE,
            )


def _opening(unit: Unit) -> Span:
    return Span(unit.span.start, min(unit.span.end, unit.span.start + _TO))


REFERRED = rule("DOC-021", check_referred)
REFERRED_RULES = (REFERRED,)
