"""Fields of public affairs (lĩnh vực), told by the words of a title.

Rows of ``data/fields.csv``: the 45 subjects under which the official codification (Bộ pháp điển, Pháp lệnh
03/2012/UBTVQH13) orders the law, some shortened, and three that offices ask for besides (cải cách hành chính; công
nghệ thông tin và chuyển đổi số; thanh tra). A title that points to no subject, or to more than one, has none here.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.text.normalize import nfc, unify_tones

#: What a result says whose field is not known.
UNCLEAR = "Chưa rõ"


@dataclass(frozen=True, slots=True)
class Field:
    """One subject, the words of titles that point to it, a title that is one and a title that is not."""

    name: str
    words: tuple[str, ...]
    example: str
    counter: str


@lru_cache(maxsize=1)
def load_fields() -> tuple[Field, ...]:
    """All rows of the table."""
    table = files("kb.vocabulary").joinpath("data/fields.csv").read_text(encoding="utf-8")
    return tuple(
        Field(row["name"], tuple(row["words"].split("|")), row["example"], row["counter"])
        for row in csv.DictReader(table.splitlines())
    )


@lru_cache(maxsize=20_000)
def field_of(title: str | None) -> str | None:
    """The one subject that a title points to; None where it points to none or to several.

    >>> field_of("Luật Đất đai"), field_of("Về thuế sử dụng đất nông nghiệp"), field_of("Về một số việc cần làm")
    ('Đất đai', None, None)
    """
    plain = " ".join(re.findall(r"\w+|-", unify_tones(nfc(title or "")).lower()))
    found = [(match.start(), match.end()) for match in _words_re().finditer(plain)]
    names = {_names()[plain[start:end]] for start, end in found}
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {_plain(word): row.name for row in load_fields() for word in row.words}


@lru_cache(maxsize=1)
def _words_re() -> re.Pattern[str]:
    # The longest first: "xử phạt vi phạm hành chính về đất đai" stays with what its words say, both of them.
    longest = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+|-", words))
