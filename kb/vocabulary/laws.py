"""Laws, codes and ordinances by name: the table, and a matcher that knows their abbreviated spellings.

The table (`data/laws.csv`) holds facts: type, name, number, day of issue, day of effect, and where they stand.
A name is not an identity: several laws bear one name, and the day of the citation decides between them.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.kept_patterns import patterns_kept
from kb.text.normalize import unify_tones

#: Parts of names that papers abbreviate; each spelling stands for any other.
NAME_ABBREVIATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("văn bản quy phạm pháp luật", ("văn bản QPPL", "VBQPPL", "VB QPPL")),
    ("ngân sách nhà nước", ("NSNN",)),
    ("bảo hiểm xã hội", ("BHXH",)),
    ("bảo hiểm y tế", ("BHYT",)),
    ("xử lý vi phạm hành chính", ("XLVPHC", "xử lý VPHC")),
    ("doanh nghiệp nhỏ và vừa", ("DNNVV", "DN nhỏ và vừa")),
    ("phòng cháy và chữa cháy", ("phòng cháy chữa cháy", "phòng cháy, chữa cháy", "PCCC")),
    ("mặt trận tổ quốc", ("MTTQ",)),
    ("chính quyền địa phương", ("CQĐP",)),
    ("cán bộ, công chức", ("CBCC",)),
    ("an toàn, vệ sinh lao động", ("ATVSLĐ",)),
    ("trách nhiệm bồi thường của nhà nước", ("trách nhiệm bồi thường nhà nước",)),
    ("thủ tục hành chính", ("TTHC",)),
    ("giá trị gia tăng", ("GTGT",)),
    ("thu nhập cá nhân", ("TNCN",)),
    ("thu nhập doanh nghiệp", ("TNDN",)),
    ("tiêu thụ đặc biệt", ("TTĐB",)),
)

_AMENDING = "sửa đổi, bổ sung"


@dataclass(frozen=True, slots=True)
class Law:
    """One law: dates are ISO or empty where not known."""

    type: str
    name: str
    number: str
    issued: str
    effective: str
    source: str


_LONG_NAMES = {short.lower(): full for full, shorts in NAME_ABBREVIATIONS for short in shorts}
_SHORT_RE = re.compile(r"(?<![^\W\d_])(?:" + "|".join(map(re.escape, _LONG_NAMES)) + r")(?![^\W\d_])")


@lru_cache(maxsize=1)
def load_laws() -> tuple[Law, ...]:
    """All laws of the table."""
    table = files("kb.vocabulary").joinpath("data/laws.csv").read_text(encoding="utf-8")
    return tuple(Law(**row) for row in csv.DictReader(table.splitlines()))


def name_key(name: str) -> str:
    """A name to compare by: lower case, tones unified, abbreviations written out, commas and double spaces gone.

    >>> name_key("Phòng, chống  Tham nhũng") == name_key("phòng chống tham nhũng")
    True
    >>> name_key("Thuế GTGT"), name_key("NSNN")
    ('thuế giá trị gia tăng', 'ngân sách nhà nước')
    """
    name = _SHORT_RE.sub(lambda found: _LONG_NAMES[found.group().lower()], unify_tones(name).lower())
    return " ".join(name.replace(",", " ").split())


@lru_cache(maxsize=1)
def laws_by_name() -> dict[str, tuple[Law, ...]]:
    """The laws that bear a name, by its `name_key`, latest first."""
    found: dict[str, list[Law]] = defaultdict(list)
    for law in load_laws():
        found[name_key(law.name)].append(law)
    return {
        key: tuple(sorted(laws, key=lambda law: law.effective or law.issued or law.number[-4:], reverse=True))
        for key, laws in found.items()
    }


def match_name(text: str, at: int) -> int | None:
    """Where the longest known name that begins at ``text[at]`` ends; None when none does.

    >>> match_name("Luật Phòng chống tham nhũng được", 5)
    27
    """
    head = _FIRST_SYLLABLE_RE.match(text, at)
    if head is None:
        return None
    pattern = _name_pattern(unify_tones(head.group()).lower())
    found = pattern.match(text, at) if pattern else None
    return found.end() if found else None


_FIRST_SYLLABLE_RE = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)
@patterns_kept()
def _name_pattern(first: str) -> re.Pattern[str] | None:
    """The names with a first syllable, longest first; commas and spaces as one likes, either tone placement."""
    names = _names_by_syllable().get(first)
    if names is None:
        return None
    all_names = "|".join(map(_spelling_pattern, sorted(sorted(names), key=len, reverse=True)))
    return re.compile(f"(?:{all_names})(?![^\\W\\d_¹²³⁰⁴-⁹])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _names_by_syllable() -> dict[str, set[str]]:
    spellings: dict[str, set[str]] = defaultdict(set)
    for law in load_laws():
        if law.name.lower().startswith(_AMENDING):
            continue
        for spelling in _spellings(law.name.lower()):
            spellings[unify_tones(spelling.split()[0].strip(",").lower())].add(spelling)
    return dict(spellings)


def _spellings(name: str) -> set[str]:
    found = {name}
    for full, shorts in NAME_ABBREVIATIONS:
        found |= {
            spelling.replace(full, short) for spelling in tuple(found) for short in shorts if full in spelling
        }
    return found


def _spelling_pattern(name: str) -> str:
    words = []
    for word in name.split():
        bare = word.rstrip(",")
        old = unify_tones(bare)
        words.append(f"(?:{re.escape(bare)}|{re.escape(old)}|{re.escape(_new_tones(old))})")
    return r"[,\s]+".join(words)


def _new_tones(word: str) -> str:
    """A syllable with its tone in the new place (``hòa -> hoà``)."""
    return _OLD_RE.sub(lambda found: _OLD_TO_NEW[found.group()], word)


_OLD_TO_NEW = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_OLD_RE = re.compile("(?:" + "|".join(_OLD_TO_NEW) + r")$")
