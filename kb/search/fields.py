"""Values of fields as people type them: types, bodies, years, days, articles, states of force."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import lru_cache

from kb.bilingual import Bilingual, both
from kb.clock import told_day
from kb.search.analysis import analyse_query
from kb.search.force import (
    ENDED,
    IN_FORCE,
    NOT_YET,
    PARTLY_ENDED,
    STATES,
    SUSPENDED,
    UNKNOWN,
    in_force_plan,
    state_plan,
)
from kb.search.plan import Everything, Heads, Nothing, Plan, Range, Term, all_of, any_of
from kb.search.rows import day_number
from kb.search.wishes import find_wish
from kb.text.dates import find_dates
from kb.text.normalize import fold, nfc
from kb.vocabulary.fields import UNCLEAR, load_fields
from kb.vocabulary.issuers import load_issuers
from kb.vocabulary.types import load_types

#: How a line begins that tells of a value that means nothing.
NOT_UNDERSTOOD = "không hiểu "

Say = Callable[[str], None]
Value = str | tuple[str | None, str | None]

#: Words for states of force, folded, the longest first.
_STATE_WORDS = {
    "het hieu luc mot phan": PARTLY_ENDED, "het mot phan": PARTLY_ENDED, "mot phan": PARTLY_ENDED,
    "het hieu luc toan bo": ENDED, "het toan bo": ENDED, "het hieu luc": ENDED, "het": ENDED, "expired": ENDED,
    "con hieu luc": IN_FORCE, "con": IN_FORCE, "dang co": IN_FORCE, "co": IN_FORCE, "in force": IN_FORCE,
    "chua co hieu luc": NOT_YET, "chua co": NOT_YET, "chua": NOT_YET,
    "ngung hieu luc": SUSPENDED, "ngung": SUSPENDED, "dinh chi": SUSPENDED,
    "khong xac dinh": UNKNOWN, "khong ro": UNKNOWN,
}  # fmt: skip

_LEVELS = {
    "trung uong": "central", "central": "central", "tinh": "province", "cap tinh": "province",
    "province": "province", "huyen": "district", "cap huyen": "district", "district": "district", "xa": "commune",
    "cap xa": "commune", "commune": "commune", "dia phuong": "local", "local": "local",
    "dang": "party", "party": "party",
}  # fmt: skip
#: Levels of local bodies; of some only that they are local is known.
LOCAL_LEVELS = ("province", "district", "commune", "local")
_KINDS = {
    "tieu de": "title", "title": "title", "dieu khoan": "provision", "provision": "provision",
    "doan": "paragraph", "paragraph": "paragraph", "bang": "row", "row": "row",
    "chu thich": "note", "note": "note",
}  # fmt: skip
_HELD = {"co": "held", "held": "held", "chi vien dan": "cited", "cited": "cited"}


def field_plan(
    name: str,
    value: Value,
    day: date,
    say: Say,
    *,
    whole: bool = False,
    low_in: bool = True,
    high_in: bool = True,
) -> tuple[Plan, str]:
    """The plan of a field's value, and the words behind it that do not belong to it; `whole` says all do."""
    if name in ("year", "issued"):
        return _days(name, value, say, low_in, high_in)
    text = value if isinstance(value, str) else " ".join(filter(None, value))
    if name == "status":
        return _state(text, day, say)
    readers = {"type": _type, "number": _number, "issuer": _issuer, "article": _article, "title": _title}
    if name in readers:
        return readers[name](text, say, whole)
    tables = {"level": _LEVELS, "kind": _KINDS, "held": _HELD}
    if name in tables:
        found, rest = _longest(text, tables[name])
        if found is None:
            return _unread(_NAMES[name], text, say)
        say(_told(_NAMES[name], text[: len(text) - len(rest)].strip()))
        if (name, found) == ("level", "local"):
            return any_of(*(Term(name, level) for level in LOCAL_LEVELS)), rest
        return Term(name, found), rest
    if name == "field":
        return _field(text, say, whole)
    word, _, rest = text.partition(" ")
    say(_told(_NAMES.get(name, name), text if whole else word))
    return Term(name, text if whole else word), "" if whole else rest


_NAMES = {
    "level": both("cấp", "level"),
    "kind": both("mục tin", "kind of entry"),
    "held": both("có trong kho", "held"),
    "field": both("lĩnh vực", "field of law"),
    "work": both("văn bản", "document"),
    "status": both("hiệu lực", "in force"),
    "type": both("loại văn bản", "type of document"),
    "number": both("số, ký hiệu", "number"),
    "issuer": both("cơ quan ban hành", "issuer"),
    "title": both("tiêu đề, đề mục có", "title or heading with"),
}


def _told(name: str, value: object) -> Bilingual:
    return both("{name}: {value}", "{name}: {value}", name=name, value=value)


def _state(text: str, day: date, say: Say) -> tuple[Plan, str]:
    dates = list(find_dates(text)) or _iso(text)
    if dates and dates[0].value:
        on = day_number(dates[0].value) or 0
        say(both("còn hiệu lực vào ngày {day}", "in force on {day}", day=told_day(dates[0].value)))
        return in_force_plan(on), text[dates[0].end :].strip()
    found, rest = _longest(text, _STATE_WORDS)
    if found is None:
        return _unread(both("hiệu lực", "hiệu lực (in force)"), text, say)
    say(
        both(
            "hiệu lực: {state} (ngày {day})",
            "status: {state} (on {day})",
            state=STATES[found],
            day=told_day(day.isoformat()),
        )
    )
    return state_plan(found, int(day.strftime("%Y%m%d"))), rest


class _Iso:
    """An ISO date at the beginning of a value."""

    def __init__(self, value: str, end: int) -> None:
        self.value: str | None = value
        self.end = end


def _iso(text: str) -> list[_Iso]:
    found = re.match(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)", text)
    with suppress(ValueError):
        return [_Iso(date.fromisoformat(found[1]).isoformat(), found.end())] if found else []
    return []


def _type(text: str, say: Say, whole: bool) -> tuple[Plan, str]:
    found, rest = _longest(text, _types())
    if found is None:
        return _unread("loại", text, say)
    say(_told(_NAMES["type"], found))
    return Term("type", found), "" if whole else rest


@lru_cache(maxsize=1)
def _types() -> dict[str, str]:
    words: dict[str, str] = {}
    for row in load_types():
        for word in (row.name, *row.words, *row.codes):
            words.setdefault(fold(word), row.name)
    return words


def _number(text: str, say: Say, whole: bool) -> tuple[Plan, str]:
    # The field says that it is a number: "số:76" needs no type word.
    typed = f"số {text}"
    wish = find_wish(typed)
    if wish is None:
        return _unread("số", text, say)
    rest = "" if whole else nfc(typed)[wish.end :].strip()
    say(_told(_NAMES["number"], nfc(typed)[3 : wish.end].strip()))
    plans: list[Plan] = [Term("number", key) for key in wish.keys]
    return all_of(*plans, *([Term("year", str(wish.year))] if wish.year else [])), rest


def _issuer(text: str, say: Say, whole: bool) -> tuple[Plan, str]:
    """All words of the value must stand in the name of the body; unquoted, to the end of the known name."""
    value, rest = (text, "") if whole else _body(text)
    words = analyse_query(value).words
    if not words:
        return _unread("cơ quan", text, say)
    say(_told(_NAMES["issuer"], value.strip()))
    return all_of(*(Term("issuerword", word) for word in dict.fromkeys(words))), rest


# "UBND tỉnh Khánh Hòa", "Bộ Nội vụ", "Chính phủ": a kind of body and what is written with capitals behind it.
_BODY_RE = re.compile(
    r"(?:\w+ (?:tỉnh|thành phố|tp\.?|huyện|xã|phường|thị xã) )?\S+(?:,? (?:và |thành phố |tỉnh )?[A-ZĐÂĂÊÔƠƯ]\S*)*"
)


def _body(text: str) -> tuple[str, str]:
    found = _BODY_RE.match(text.strip())
    end = found.end() if found else len(text)
    value = text.strip()[:end]
    known, rest = _longest(text, _bodies())
    if known and len(text) - len(rest) > len(value):
        return text[: len(text) - len(rest)], rest
    return value, text.strip()[end:].strip()


@lru_cache(maxsize=1)
def _bodies() -> dict[str, str]:
    return {fold(name): row.name for row in load_issuers() for name in (row.name, *row.aliases)}


def _article(text: str, say: Say, whole: bool) -> tuple[Plan, str]:
    found = re.match(r"\s*(?:điều\s+)?(\d+[a-zđ]?)\b", text, re.IGNORECASE)
    if found is None:
        return _unread("điều", text, say)
    say(both("Điều {n}", "Article {n}", n=found[1]))
    return Term("article", fold(found[1])), text[found.end() :].strip()


def _field(text: str, say: Say, whole: bool) -> tuple[Plan, str]:
    found, rest = _longest(text, {fold(name): name for name in (*(row.name for row in load_fields()), UNCLEAR)})
    if found is None:
        return _unread("lĩnh vực", text, say)
    say(_told(_NAMES["field"], found))
    return Term("field", found), "" if whole else rest


def _title(text: str, say: Say, whole: bool) -> tuple[Plan, str]:
    words = analyse_query(text).words
    if not words:
        return _unread("tiêu đề", text, say)
    say(_told(_NAMES["title"], text.strip()))
    return Heads(tuple(dict.fromkeys(words))), ""


# 2021, 6/2021, 27/6/2025, 2025-06-27; 2021..2024, 2021-2024, 2021 đến 2024.
_DAYS_RE = re.compile(
    r"\s*(\d{4}-\d{2}-\d{2}|\d{4}|\d+(?:[/.]\d+)*)(?:\s*(?:\.\.|–|-|đến)\s*(\d+(?:[/.-]\d+)*))?(?!\w)"
)


def _days(name: str, value: Value, say: Say, low_in: bool, high_in: bool) -> tuple[Plan, str]:
    rest = ""
    if isinstance(value, str):
        found = _DAYS_RE.match(value)
        if found is None:
            return _unread("năm" if name == "year" else "ngày", value, say)
        low, high, rest = found[1], found[2] or found[1], value[found.end() :].strip()
    else:
        low, high = value
    first, last = _day_range(low), _day_range(high)
    if (low and first is None) or (high and last is None) or not (low or high):
        bounds = " ".join(dict.fromkeys(filter(None, (low, high))))
        return _unread("năm" if name == "year" else "ngày", f"{bounds} {rest}".strip(), say, value=bounds)
    if first and last and first[0] > last[1]:
        low, high, first, last = high, low, last, first
        low_in, high_in = high_in, low_in
    start = None if first is None else (first[0] if low_in else first[1] + 1)
    end = None if last is None else (last[1] if high_in else last[0] - 1)
    say(_spoken(low, high))
    return Range("issued", start if start is not None else 1, end), rest


def _spoken(low: str | None, high: str | None) -> Bilingual:
    low, high = (told_day(one) if one else one for one in (low, high))
    if low == high:
        if low and low.count("/") == 2:
            return both("ban hành ngày {low}", "issued on {low}", low=low)
        return both("ban hành trong {low}", "issued in {low}", low=low)
    since = both(" từ {low}", " from {low}", low=low) if low else ""
    until = both(" đến {high}", " to {high}", high=high) if high else ""
    return both("ban hành{since}{until}", "issued{since}{until}", since=since, until=until)


def _day_range(text: str | None) -> tuple[int, int] | None:
    """First and last day of a year, month or day as typed: ``2021``, ``6/2021``, ``27/6/2025``, ``2025-06-27``."""
    figures = re.split(r"[/.-]", (text or "").strip())
    if not all(re.fullmatch(r"\d{1,4}", part) for part in figures) or len(figures) > 3:
        return None
    parts = figures if len(figures[0]) == 4 else figures[::-1]
    if len(parts[0]) != 4 or any(len(part) > 2 for part in parts[1:]):
        return None
    year, month, on = (*map(int, parts), 0, 0)[:3]
    if month > 12 or on > (monthrange(year or 1, month)[1] if month else 0):
        return None
    return year * 10000 + (month or 1) * 100 + (on or 1), year * 10000 + (month or 12) * 100 + (on or 31)


def _longest(text: str, table: dict[str, str]) -> tuple[str | None, str]:
    """The value whose words a text begins with, the longest, and the rest of the text."""
    words = text.split()
    for count in range(min(len(words), 8), 0, -1):
        found = table.get(fold(nfc(" ".join(words[:count]))).strip(".,;"))
        if found is not None:
            return found, " ".join(words[count:])
    return None, text


def _unread(name: str, text: str, say: Say, *, value: str | None = None) -> tuple[Plan, str]:
    """A value that means nothing for its field: its words are looked for instead, with those behind it."""
    if not text.strip():
        return Nothing(), ""
    say(
        both(
            "không hiểu “{text}” là {name} nào; tìm như từ thường",
            "“{text}” is no value of {name}; looked for as plain words",
            text=(value or text).strip()[:60],
            name=name,
        )
    )
    return Everything(), text
