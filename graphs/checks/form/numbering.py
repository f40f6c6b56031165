"""DOC of numbers that run: those of headings and items of one level, and those of the tables of a paper.

A number told twice is a slip, and so is one left out; where both stand beside each other it is one slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Document, Finding, Severity, Span, Unit, UnitKind
from kb.text.roman import format_roman, roman_value

_LABEL_RE = re.compile(
    r"\W*(?P<part>phần\s+(?:thứ\s+)?)?(?P<over>(?:\d{1,2}\.)*)(?P<label>\d{1,2}|[ivx]{1,5}|[a-hđ]"
    r"|nhất|hai|ba|tư|năm|sáu|bảy)(?P<mark>[.):])?\s*",
    re.IGNORECASE,
)
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}
_CAPTION_RE = re.compile(r"(?P<word>Bảng|Biểu|BẢNG|BIỂU)(?:\s+số)?\s+(?P<label>\d{1,2})\b(?!\.\d|[/-])")
_LETTERS = "abcdđegh"
#: Styles of items as well as of headings; letters, of which "đ" may be left out.
_ITEMS, _BY_LETTER, _OFTEN_LEFT_OUT = ("number", "small"), ("letter", "small"), _LETTERS.index("đ") + 1
_LONGEST, _FEWEST, _SHORT, _ALIKE = 160, 3, 64, 40


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A place with its number, how it is called, and where it is printed."""

    value: int
    style: str
    name: str
    place: Span
    page: int | None = None

    def printed(self, value: int) -> str:
        """A number in the style of the place."""
        match self.style:
            case "roman":
                return format_roman(value)
            case "letter":
                return _LETTERS[(value - 1) % len(_LETTERS)].upper()
            case "small":
                return _LETTERS[(value - 1) % len(_LETTERS)]
            case "ordinal":
                return next((word for word, told in _ORDINALS.items() if told == value), str(value))
            case _:
                return str(value)


def check_numbering(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``IV. …`` twice; ``1. …``, ``3. …``; two tables called ``Bảng 2``."""
    if subject.is_rule() or subject.document.metadata.digest:
        return
    for run in (*_runs_of_items(subject.document), *_runs_of_tables(subject.document)):
        wrong = list(_wrong(run))
        tally.held += max(0, len(run) - 1 - len(wrong))
        for one, right, beside, twice in wrong:
            expected = one.printed(right)
            between = subject.document.text[beside.place.start : one.place.start]
            if not twice and re.search(rf"(?<![\w.]){expected}\s?[.)]", between):
                continue  # it stands within the line of another
            tally.failed += 1
            why = "đã có ở" if twice else "trước đó là"
            sure = twice and one.style not in _ITEMS
            yield NUMBERING.finding(
                (one.place,),
                f"“{one.name}”: số thứ tự {one.printed(one.value)} {why} “{beside.name}”; đúng ra là {expected}",
                f"“{one.name}”: its number {'stands at' if twice else 'follows'} “{beside.name}”",
                stated=one.printed(one.value),
                expected=expected,
                evidence=(beside.place,),
                suggestion=both("đánh lại số thứ tự", "number them anew"),
                page=one.page,
                severity=None if sure else Severity.NOTE,
            )


def _wrong(run: Sequence[_Numbered]) -> Iterator[tuple[_Numbered, int, _Numbered, bool]]:
    """The places of a run whose number is wrong, the right one, what shows it, whether it is told twice."""
    for at, (before, one) in enumerate(pairwise(run), 1):
        step = one.value - before.value
        if _is_crossed(run, at) and _is_heading(one):
            yield one, before.value + 1, before, False  # "III, VI, V"
            continue
        if step == 0 and _is_heading(before) and _is_heading(one):
            # "1, 3, 3": the first of the two is the one that jumped.
            jumped = at > 1 and before.value - run[at - 2].value > 1
            yield (before, before.value - 1, one, True) if jumped else (one, one.value + 1, before, True)
        elif one.style in _BY_LETTER:
            begun = run[0].value == 1 and run[-1].value < len(_LETTERS)
            if begun and step - 1 == 1 and one.value - 1 != _OFTEN_LEFT_OUT:
                yield one, one.value - 1, before, False
        elif step > 1:
            again = at + 1 < len(run) and run[at + 1].value == one.value
            twice = at > 1 and run[at - 2].value == before.value
            if not again and not twice and step - 1 == 1 and _is_heading(before) and _is_heading(one):
                yield one, one.value - 1, before, False


def _is_crossed(run: Sequence[_Numbered], at: int) -> bool:
    """Whether the places around one leave room for exactly one number, which it does not have."""
    return (
        run[at].style not in _BY_LETTER
        and at + 1 < len(run)
        and run[at + 1].value == run[at - 1].value + 2
        and run[at].value > run[at + 1].value
    )


def _is_heading(one: _Numbered) -> bool:
    """Whether an item is a heading and no paragraph: all that are not numbered in figures, else a short one."""
    return one.style not in _ITEMS or (len(one.name) <= _SHORT and not one.name.endswith((".", ";", ":", ",")))


def _runs_of_items(document: Document) -> Iterator[list[_Numbered]]:
    """The items of one level below one unit, up to where they begin anew, each style apart."""
    runs: dict[tuple[str | None, str, str], list[_Numbered]] = {}
    for unit in document.units:
        label = _LABEL_RE.fullmatch(unit.label) if unit.kind in (UnitKind.ITEM, UnitKind.PART) else None
        style, value = _value(label["label"]) if label else ("", 0)
        if label is None or not value:
            continue
        key = (unit.parent, style, f"{(label['part'] or '')[:1]}{label['over']}{label['mark'] or ''}")
        run = runs.get(key, [])
        again = value == 1 and not (
            len(run) == 1 and style == "roman" and " ".join(unit.heading.split())[:_ALIKE] not in run[0].name
        )
        goes_on = len(run) > 1 and style == "roman" and value == run[-2].value + 2  # behind one that jumped
        if run and not goes_on and ((again and style != "ordinal") or value < run[-1].value):
            yield run
            run = []
        runs[key] = run
        run.append(_of_unit(unit, value, style))
    yield from runs.values()


def _value(label: str) -> tuple[str, int]:
    """The style and the number of a label; nothing for a letter of no list."""
    if label.isdigit():
        return "number", int(label)
    if label.lower() in _ORDINALS:
        return "ordinal", _ORDINALS[label.lower()]
    value = roman_value(label)
    if value and set(label) <= set("IVX"):
        return "roman", value
    return "letter" if label.isupper() else "small", _LETTERS.find(label.lower()) + 1 if len(label) == 1 else 0


def _of_unit(unit: Unit, value: int, style: str) -> _Numbered:
    start = unit.span.start
    length = len(unit.label) + 1 + len(unit.heading.split("\n")[0])
    end = min(unit.span.end, start + min(length, _LONGEST))
    return _Numbered(
        value, style, " ".join(f"{unit.label} {unit.heading}".split())[:70], Span(start, end), unit.page
    )


def _runs_of_tables(document: Document) -> Iterator[list[_Numbered]]:
    """The tables of the paper itself that are numbered by one word."""
    runs: dict[str, list[_Numbered]] = {}
    for table in document.tables:
        found = _CAPTION_RE.match(table.caption or "") if not table.appendix else None
        at = document.text.rfind(found.group(), 0, table.span.start + _LONGEST) if found else -1
        if found and at >= 0:
            name = " ".join((table.caption or "").split())[:70]
            place = Span(at, at + len(found.group()))
            runs.setdefault(found["word"].lower(), []).append(
                _Numbered(int(found["label"]), "table", name, place, table.page)
            )
    for run in runs.values():
        if len(run) >= _FEWEST and run[0].value == 1:
            yield run


NUMBERING = rule("DOC-020", check_numbering)
NUMBERING_RULES = (NUMBERING,)
