"""Short names for one document (``sau đây gọi tắt là Đề án 893``): where they are defined, where they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.citations.letters import occurrences
from ingest.citations.schemes import NICKNAME_RE

_WORDS = (
    r"Bộ luật|Luật|Pháp lệnh|Hiến pháp|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư liên tịch|Thông tư"
    r"|Công văn"
    r"|Văn bản|Kế hoạch|Kết luận|Thông báo|Quy chế|Quy định|Điều lệ|Hướng dẫn|Chương trình|Đề án|Chiến lược"
    r"|Phương án|Quy hoạch|Công ước|Hiệp định"
)
_DEFINING_RE = re.compile(r"(?:gọi|viết)[ \n](?=chung|tắt|là)")
_LEAD_LENGTH = 22
_LONGEST = 130
DEFINITION_RE = re.compile(
    r"(?:(?:[Ss]au|[Dd]ưới)[ \n]đây[ \n](?:được[ ])?(?:gọi|viết)(?:[ \n](?:chung|tắt))*[ \n]*(?:là|:)?"
    r"|(?<=\()(?:gọi|viết)[ \n](?:chung|tắt)(?:[ \n]tắt)?[ \n]*(?:là|:))[ \n:]*[“\"']?"
    rf"(?P<name>(?:{_WORDS})(?:[ \n](?!này|trên)[^\W_][^()“”\"';.,\n]{{0,80}}?)?)[ \n]*(?=[”\"';).,\n]|$)"
)


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name at a place; `defined` says that it is explained here."""

    start: int
    end: int
    name: str
    type: str
    defined: bool


def find_definitions(text: str) -> Iterator[Alias]:
    """Where a text gives a document a short name.

    >>> text = "Quyết định số 893/QĐ-TTg (sau đây gọi tắt là Đề án 893); (viết tắt là CCHC)"
    >>> [found.name for found in find_definitions(text)]
    ['Đề án 893']
    """
    floor = 0
    for at in occurrences(text, ("gọi ", "gọi\n", "viết ", "viết\n")):
        hint = _DEFINING_RE.match(text, at)
        if hint is None:
            continue
        found = DEFINITION_RE.search(text, max(floor, hint.start() - _LEAD_LENGTH), hint.end() + _LONGEST)
        if found is None or not found.start() <= hint.start() < found.start("name"):
            continue
        floor = found.end()
        start, end = found.span("name")
        name = " ".join(found["name"].split())
        kind = re.match(_WORDS, name)
        if kind:
            yield Alias(start, end, name, kind.group(), True)


#: A type word alone is a short name only behind a place: ``(khoản 2 Điều 51 Nghị định)``.
_BEHIND_PLACE = r"(?<=[0-9a-zđ] ){}(?=[ \n]*(?:[).,;:\n]|$))"
_PLACE_RE = re.compile(
    r"(?:Điều|khoản|Khoản|điểm|Điểm)[ \n][0-9]{1,3}[a-zđ]?(?:, [0-9]{1,3})*,?[ \n](?:của[ \n])?$"
)
_FAR = 40


def _spelled(name: str) -> str:
    pattern = r"[ \n]+".join(map(re.escape, name.split()))
    return _BEHIND_PLACE.format(pattern) if re.fullmatch(_WORDS, name) else pattern


def find_uses(text: str, names: Iterable[str]) -> Iterator[Alias]:
    """Where short names are used: those given, and schemes known by a figure (``Đề án 06``)."""
    hits = (NICKNAME_RE.match(text, at) for at in occurrences(text, ("Đề án ", "Chương trình ", "Dự án ")))
    places = {found.start(): found for found in hits if found}
    known = sorted({name for name in names if not NICKNAME_RE.fullmatch(name)}, key=len, reverse=True)
    if known:
        pattern = "|".join(map(_spelled, known))
        for found in re.finditer(rf"(?<![^\W\d_])(?:{pattern})(?![^\W_¹²³⁰⁴-⁹]|[/\-]\w)", text):
            bare = re.fullmatch(_WORDS, found.group())
            if not bare or _PLACE_RE.search(text, max(0, found.start() - _FAR), found.start()):
                places.setdefault(found.start(), found)
    for start in sorted(places):
        found = places[start]
        kind = re.match(_WORDS, found.group())
        yield Alias(start, found.end(), " ".join(found.group().split()), kind.group() if kind else "", False)
