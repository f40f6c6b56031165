"""Documents called by name: which number a law or a scheme of that name bears, on the day of the citing text.

Several laws bear one name, and the day decides between them. A name that no table knows makes a key of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.numbers import number_key
from kb.text.normalize import fold
from kb.vocabulary.laws import Law, laws_by_name, name_key
from kb.vocabulary.schemes import known_scheme
from kb.works import slug

_TYPE_RE = re.compile(r"^(Bộ luật|Luật|Pháp lệnh)\s+", re.IGNORECASE)
_NAME_LENGTH = 150
#: Constitutions by year, with their first days of force.
_CONSTITUTIONS = (
    (2013, "2014-01-01"),
    (1992, "1992-04-18"),
    (1980, "1980-12-19"),
    (1959, "1960-01-01"),
    (1946, "1946-11-09"),
)


@dataclass(frozen=True, slots=True)
class MentionKey:
    """The group of a mention: `key`, `place` of a local body, `year`; `number` where a name told it."""

    key: str
    place: str
    year: int | None
    number: str | None
    reason: str = ""


@lru_cache(maxsize=1 << 18)
def work_key(number: str) -> str:
    """What all spellings of a number share.

    >>> work_key("012/CTr-TU"), work_key("12-CTr/TU"), work_key("34/2016/NĐ-CP"), work_key("66.22/2026/NQ-CP")
    ('12-ctr-tu', '12-ctr-tu', '34-2016-nd-cp', '66.22-2026-nq-cp')
    """
    return re.sub(r"[^a-z0-9.]+", "-", fold(number_key(number))).strip("-")


def bare_name(name: str) -> str:
    """A law's name without its type word.

    >>> bare_name("Luật  Đất đai")
    'Đất đai'
    """
    return _TYPE_RE.sub("", " ".join(name.split()))


def key_of_name(name: str, kind: str | None, year: int | None, on: str | None) -> MentionKey:
    """The group of a law or a scheme called by its name.

    >>> key_of_name("Luật Đất đai", "Luật", None, "2025-06-27").number
    '31/2024/QH15'
    >>> key_of_name("Luật Đất đai", "Luật", None, "2020-01-01").number
    '45/2013/QH13'
    >>> (
    ...     key_of_name("Luật NSNN", "Luật", None, "2020-01-01").number,
    ...     key_of_name("Luật NSNN", "Luật", None, None).key,
    ... )
    ('83/2015/QH13', 'luat-ngan-sach-nha-nuoc')
    >>> key_of_name("Luật Dạy thêm", "Luật", 2031, None).key, key_of_name("Hiến pháp", "Hiến pháp", None, None).key
    ('luat-day-them', 'hien-phap-2013')
    """
    if fold(name).startswith("hien phap"):
        return _constitution(year, on)
    scheme = scheme_called(name)
    if scheme:
        return scheme
    bare = bare_name(name)
    laws = laws_by_name().get(name_key(bare), ())
    laws = tuple(law for law in laws if not kind or law.type == kind) or laws
    law, reason = choose_law(laws, year, on)
    if law:
        return MentionKey(work_key(law.number), "", None, law.number, reason)
    head = kind or "Luật"
    bare = laws[0].name if laws else bare
    whole = bare if fold(bare).startswith(fold(head)) else f"{head} {bare}"
    return MentionKey(slug(whole, _NAME_LENGTH), "", year, None, reason)


def choose_law(laws: tuple[Law, ...], year: int | None, on: str | None) -> tuple[Law | None, str]:
    """The law that a name means: that of the year said, else the one in force on the day of the citing text.

    A law issued later, or in another year than is said, is never meant.

    >>> law = Law("Luật", "Dạy thêm", "5/2015/QH13", "2015-06-22", None, "")
    >>> (
    ...     choose_law((law,), None, "2010-01-01")[0],
    ...     choose_law((law,), 2014, None)[0],
    ...     choose_law((law,), 2015, None)[1],
    ... )
    (None, None, 'tên luật')
    """
    if not laws:
        return None, ""
    if year is not None:
        laws = tuple(law for law in laws if _issued_year(law) == year)
        if not laws:
            return None, f"không biết luật nào tên này ban hành năm {year}"
    if on is not None:
        laws = tuple(law for law in laws if (law.issued or str(_issued_year(law) or "")) <= on)
        if not laws:
            return None, f"luật tên này mà kho biết đều ban hành sau ngày {on}"
    if len(laws) == 1:
        return laws[0], "tên luật"
    if on is None:
        return None, "nhiều luật cùng tên, văn bản viện dẫn không có ngày"
    ranked = sorted(laws, key=lambda law: (_from(law), law.number))
    before = [law for law in ranked if _from(law) <= on]
    if before:
        return before[-1], f"tên luật, luật có hiệu lực ngày {on}"
    return ranked[0], f"tên luật, luật đã ban hành, chưa có hiệu lực ngày {on}"


def scheme_called(name: str) -> MentionKey | None:
    """The group of a scheme or a programme of the table, abbreviations written out; None for another.

    >>> (
    ...     scheme_called("Chương trình tổng thể CCHC nhà nước giai đoạn 2021 - 2030").number,
    ...     scheme_called("Đề án 06").key,
    ... )
    ('76/NQ-CP', '6-qd-ttg')
    """
    told = known_scheme(name)
    if told is None or not told.number:
        return None
    return MentionKey(work_key(told.number), "", int(told.issued[:4]), told.number, "tên chương trình, đề án")


def _constitution(year: int | None, on: str | None) -> MentionKey:
    found = year or next((of for of, since in _CONSTITUTIONS if on is None or since <= on), 1946)
    return MentionKey(
        f"hien-phap-{found}", "", found, None, "Hiến pháp có hiệu lực ngày viện dẫn" if not year else ""
    )


def _from(law: Law) -> str:
    return law.effective or law.issued or str(_issued_year(law))


def _issued_year(law: Law) -> int | None:
    if law.issued:
        return int(law.issued[:4])
    found = re.search(r"/((?:19|20)\d\d)/", law.number)
    return int(found[1]) if found else None
