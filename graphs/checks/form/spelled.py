"""DOC: words around citations: the type that is named, spaces of dates, numbers run together, names of bodies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from graphs.checks.citations.citing import numbered
from graphs.checks.form.form import follows_decree
from graphs.checks.form.written import places
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.kept_patterns import patterns_kept
from kb.models import Citation, Finding, Span
from kb.numbers import number_key, parse_number, type_of
from kb.symbols import NumberForm
from kb.vocabulary.issuers import load_issuers

_ANY_DOCUMENT_RE = re.compile(r"[Vv]ăn\s+bản\s+(?:số|[Ss]ố)?\s*:?\s*\d")
_LETTER = "Công văn"


def check_named_types(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A citation names the type; "văn bản" names none.

    A letter prints no type: it is told where the text calls other letters so, once for all of them.
    """
    if not follows_decree(subject, tally):
        return
    letters: list[Citation] = []
    told: set[str] = set()
    named = any(one.surface.casefold().startswith(_LETTER.casefold()) for one in numbered(subject))
    for citation in numbered(subject):
        number = parse_number(citation.number or "")
        kind = type_of(number) if number and number.type_code else None
        # "CV" is no code of the state's papers: firms number their letters with it, and the party its own.
        ours = number is not None and (number.party or kind != _LETTER)
        letter = number is not None and (number.form is NumberForm.LETTER if kind is None else kind == _LETTER)
        if not _ANY_DOCUMENT_RE.match(citation.surface) or not ours or not (kind or letter):
            tally.held += bool(citation.type)
        elif letter and not named:
            tally.held += 1
        elif letter:
            tally.failed += 1
            letters.append(citation)
        else:
            tally.failed += 1
            key = number_key(citation.number or "")
            if key not in told:
                told.add(key)
                yield _named((citation,), kind or "")
    if letters:
        yield _named(tuple(letters), _LETTER)


def _named(found: tuple[Citation, ...], kind: str) -> Finding:
    first = found[0]
    spans = tuple(one.span for one in found)
    surface = " ".join(first.surface.split())
    right = re.sub(r"^văn bản", kind, surface, flags=re.IGNORECASE)
    if first.number:
        right = right[: len(right) - len(_from_figure(right))] + first.number
    return NAMED.finding(
        spans,
        f"“{surface}”: ghi chung là văn bản, tên loại là {kind}{places(spans)}",
        f"“{surface}”: called a document, its type is {kind}{places(spans).en}",
        stated="Văn bản",
        expected=kind,
        suggestion=both("viết “{right}”", "write “{right}”", right=right),
        page=first.page,
    )


def _from_figure(words: str) -> str:
    """Words from their first figure on."""
    found = re.search(r"\d", words)
    return words[found.start() :] if found else ""


#: A date in words with a space left out, and a number or date set against its word.
_TIGHT_RE = re.compile(
    r"[Nns](?<![^\W\d_].)(?:(?<=[Nn])gày(?:\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}|\d{1,2}/\d{1,2}/\d{4})"
    r"|(?<=s)ố\d+/)(?!\d)"
)
_TIGHT_INSIDE_RE = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")


def check_spaces(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A date and a number stand apart from the words before and after; told once a document."""
    reading = subject.document.reading
    wrong, held = [], 0
    for found in _TIGHT_RE.finditer(reading.text):
        if _TIGHT_INSIDE_RE.search(found.group()):
            wrong.append(found)
        else:
            held += 1
    tally.held += held
    if not wrong:
        return
    tally.failed += len(wrong)
    stated = " ".join(wrong[0].group().split())
    right = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", stated)
    spans = tuple(reading.hull(*found.span()) for found in wrong)
    yield SPACES.finding(
        spans,
        f"“{stated}”: thiếu khoảng trắng{places(spans)}",
        f"“{stated}”: a space is missing{places(spans).en}",
        stated=stated,
        expected=right,
        suggestion=both("viết “{right}”", "write “{right}”", right=right),
    )


#: A type's code and a number run together: ``QĐ270``.
_RUN_RE = re.compile(r"(?P<code>QĐ|NQ|NĐ|TT|KH|CT|TB|KL|BC)(?<![\w/-]..)(?P<n>\d{1,5})(?![\w/-])")
_SHORT_FOR_RE = re.compile(r"(?:gọi tắt|viết tắt|gọi là|gọi chung)[^.;()]{0,40}$", re.IGNORECASE)


def check_run_together(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A number that the text cites in full is not called by its code and figures run together."""
    reading = subject.document.reading
    full: dict[tuple[str, str], str] = {}
    for citation in numbered(subject):
        number = parse_number(citation.number or "")
        if number and number.type_code:
            full.setdefault((number.type_code, number.number.lstrip("0")), citation.number or "")
    groups: dict[str, list[Span]] = defaultdict(list)
    printed: dict[str, str] = {}
    explained: set[str] = set()
    for found in _RUN_RE.finditer(reading.text):
        right = full.get((found["code"], found["n"].lstrip("0")))
        if right is None:
            continue
        if _SHORT_FOR_RE.search(reading.text, max(0, found.start() - 60), found.start()):
            explained.add(right)
        groups[right].append(reading.hull(*found.span()))
        printed.setdefault(right, found.group())
    for right, spans in groups.items():
        if right in explained:
            continue
        tally.failed += len(spans)
        yield RUN.finding(
            tuple(spans),
            f"“{printed[right]}”: số, ký hiệu viết dồn, đúng là {right}{places(spans)}",
            f"“{printed[right]}”: a number run together, it is {right}{places(spans).en}",
            stated=printed[right],
            expected=right,
            suggestion=both("viết {right}", "write {right}", right=right),
        )


@lru_cache(maxsize=1)
@patterns_kept()
def _names_of_bodies() -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of ministries and general departments, in any capitals, and how each is written."""
    names = {
        body.name.casefold(): body.name
        for body in load_issuers()
        if body.level == "central" and body.name.startswith(("Bộ ", "Tổng cục "))
    }
    longest = sorted(names, key=len, reverse=True)
    pattern = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    # Nearly all of a text is no such name: its first letter is asked for before anything else.
    first = "".join(sorted({letter for name in longest for letter in (name[0], name[0].upper())}))
    return re.compile(rf"(?=[{first}])(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), names


def check_names_of_bodies(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The name of a ministry or general department has the capitals that it writes itself with."""
    pattern, names = _names_of_bodies()
    reading = subject.document.reading
    wrong: dict[str, list[Span]] = defaultdict(list)
    printed: dict[str, str] = {}
    for found in pattern.finditer(reading.text):
        called = " ".join(found.group().split())
        right = names[called.casefold()]
        if called == right:
            tally.held += 1
        elif called[0].isupper() and not called.isupper() and not _in_capitals(reading.text, found):
            tally.failed += 1
            wrong[right].append(reading.hull(*found.span()))
            printed.setdefault(right, called)
    for right, spans in wrong.items():
        yield CAPITALS.finding(
            tuple(spans),
            f"“{printed[right]}” viết đúng là “{right}”{places(spans)}",
            f"“{printed[right]}” is written “{right}”{places(spans).en}",
            stated=printed[right],
            expected=right,
            suggestion=both("viết “{right}”", "write “{right}”", right=right),
        )


def _in_capitals(text: str, found: re.Match[str]) -> bool:
    """Whether a name stands in a line of capitals with a slip of its own."""
    letters = [sign for sign in found.group() if sign.isalpha()]
    return sum(sign.isupper() for sign in letters) > len(letters) / 2


CAPITALS = rule("DOC-008", check_names_of_bodies)
NAMED = rule("DOC-013", check_named_types)
SPACES = rule("DOC-014", check_spaces)
RUN = rule("DOC-015", check_run_together)
SPELLED_RULES = (CAPITALS, NAMED, SPACES, RUN)
