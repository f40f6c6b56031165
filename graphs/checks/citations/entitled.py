"""CIT of titles: what a citation calls a document, held against the title it has, and against its other citations.

A title may be cut short at either end and abbreviated; what stands between words that agree is held word by word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from graphs.checks.citations.citing import day_of, numbered
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both, joined
from kb.models import Citation, Finding
from kb.numbers import number_key
from kb.text.normalize import nfc, unify_tones
from kb.vocabulary.abbreviations import long_forms
from kb.vocabulary.counts import COUNTS

#: Words that a title may have or lack without being another one.
_LIGHT = {
    "về",
    "việc",
    "quy",
    "định",
    "của",
    "các",
    "những",
    "số",
    "ngày",
    "tháng",
    "năm",
    "và",
    "cho",
    "theo",
    "từ",
}
_LIGHT |= {"ở", "tại", "một", "điều", "phê", "duyệt", "ban", "hành"}
_BRACKET_RE = re.compile(r"\([^()]*\)|[“”\"‘’*_]")
#: A word, a date, a span of years, a number of a document, a short form of two parts.
_WORD_RE = re.compile(r"\d+(?:[./-]\d+)*(?:[/-][\w-]+)*|[A-ZĐ]{2,}-[A-ZĐ]{2,}|\w+")
_COUNTS = {word: str(count) for word, count in COUNTS.items()}
_YEARS_RE = re.compile(r"(\d{4})\s?[-–—]\s?(\d{4})")
#: A day in words or in figures: both are one word.
_DAY_RE = re.compile(r"\b(\d{1,2})(?:\s+tháng\s+|/)(\d{1,2})(?:\s+năm\s+|/)(\d{4})\b")
#: Words that agree on each side of a difference, and of the shorter title.
_BESIDE, _SHARE, _LEAST = 2, 0.6, 6
_LONGEST, _BOTH, _MOST, _MANY = 4, 5, 2, 8
#: The share of its words that a title has for itself.
_UNLIKE = 0.4
#: So many words of a short title tell another document, where the other title has none of them.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Unlike:
    """Words of a cited title and what stands in their place in the other; either may be nothing."""

    here: str
    there: str

    def told(self) -> Bilingual:
        """The difference in words."""
        if not self.here:
            return both("thiếu “{there}”", "“{there}” is missing", there=self.there)
        if not self.there:
            return both("thừa “{here}”", "“{here}” is too much", here=self.here)
        return both("“{here}” thay cho “{there}”", "“{here}” for “{there}”", here=self.here, there=self.there)


@lru_cache(maxsize=512)
def _words(title: str) -> tuple[tuple[str, str], ...]:
    """The words of a title as printed and to compare by, abbreviations written out."""
    plain = _YEARS_RE.sub(r"\1-\2", _BRACKET_RE.sub(" ", nfc(title)))
    plain = _DAY_RE.sub(lambda day: "/".join(str(int(part)) for part in day.groups()), plain)
    found = []
    for printed in _WORD_RE.findall(plain):
        full = long_forms().get(printed, printed).replace("-", " ") if printed[0].isalpha() else printed
        found += [(word, unify_tones(word.lower()).lstrip("0") or "0") for word in full.split()]
    return tuple(found)


def _is_short_for(short: Sequence[tuple[str, str]], full: Sequence[tuple[str, str]]) -> bool:
    """Whether one capital word is the first letters of several: ``CCHC``, ``CNTT``."""
    if len(short) != 1 or len(full) < 2 or not short[0][0].isupper():
        return False
    return short[0][1] == "".join(word[1][0] for word in full)


def _count(words: Sequence[tuple[str, str]]) -> str:
    """Some words in figures where they are a count: ``hai`` is 2."""
    told = " ".join(key for _, key in words)
    return _COUNTS.get(told, told)


def unlike(here: str, there: str) -> list[Unlike]:
    """What a title has between words that agree with another one, and the other has not; empty for two works.

    >>> [
    ...     (one.here, one.there)
    ...     for one in unlike(
    ...         "về thăm dò, khai thác, chế biến sử dụng khoáng sản nhóm I",
    ...         "về thăm dò, khai thác, chế biến khoáng sản nhóm I",
    ...     )
    ... ]
    [('sử dụng', '')]
    """
    mine, other = _words(here), _words(there)
    matcher = SequenceMatcher(None, [key for _, key in mine], [key for _, key in other], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    shorter = min(len(mine), len(other))
    if shorter < _LEAST or sum(block.size for block in blocks) < _SHARE * shorter:
        return []
    found = []
    for before, after in pairwise(blocks):
        left = mine[before.a + before.size : after.a]
        right = other[before.b + before.size : after.b]
        if _is_short_for(left, right) or _is_short_for(right, left):
            continue
        if all(key in _LIGHT for _, key in (*left, *right)) or _count(left) == _count(right):
            continue
        # Both begin with the same word, "về": what is left out behind it is no end cut short.
        begins = before.a == before.b == 0 and after.size >= _LONGEST
        if (min(before.size, after.size) < _BESIDE and not begins) or _is_cut(
            left, right, before.size, after.size
        ):
            return []  # told otherwise, or cut in the middle: no slip
        found.append(Unlike(" ".join(word for word, _ in left), " ".join(word for word, _ in right)))
    return found if len(found) <= _MOST else []


def _is_cut(left: Sequence[object], right: Sequence[object], before: int, after: int) -> bool:
    """Whether a difference is too long to be one: many words left out, or others put in their place amid few."""
    if not left or not right:
        return max(len(left), len(right)) > _LONGEST
    amid = before + after >= _MANY and min(before, after) > _BESIDE
    return len(left) + len(right) > (3 * _BOTH if amid else _BOTH)


_SAYS_RE = re.compile(r"\s*quy định\s+(?!về|chi tiết|chức năng|cơ chế|chế độ|tiêu chuẩn|một số)", re.IGNORECASE)
_AMENDS_RE = re.compile(r"\W*(?:về việc\s+)?(?:sửa đổi|bãi bỏ|bổ sung)", re.IGNORECASE)


def is_another(here: str, there: str) -> bool:
    """Whether two titles are of two documents: of each a good part is not in the other.

    >>> is_another("về đo lường sự hài lòng của người dân trên mạng", "về đánh giá chất lượng phục vụ người dân")
    True
    >>> is_another("về công tác văn thư", "về công tác văn thư và lưu trữ nhà nước")
    False
    """
    mine, other = ({key for _, key in _words(title)} - _LIGHT for title in (here, there))
    # "Nghị định số … quy định giá đất do …" tells what it says; what amends others is cited behind them.
    if _SAYS_RE.match(here) or _AMENDS_RE.match(there):
        return False
    if min(len(mine), len(other)) < _LEAST:
        return min(len(mine), len(other)) >= _FEW and not mine & other
    return len(mine - other) >= _UNLIKE * len(mine) and len(other - mine) >= _UNLIKE * len(other)


def is_one_title(here: str, there: str) -> bool:
    """Whether two titles of several words are one, cut short or abbreviated.

    >>> is_one_title(
    ...     "phê duyệt Chương trình Chuyển đổi số quốc gia đến năm 2025",
    ...     "Phê duyệt Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030",
    ... )
    True
    """
    mine, other = ([key for _, key in _words(title)] for title in (here, there))
    shorter, longer = sorted((mine, other), key=len)
    return len(shorter) >= _LEAST and longer[: len(shorter)] == shorter


def check_titles(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A cited title is the one that the library knows."""
    told: set[tuple[str, str]] = set()
    for citation in numbered(subject):
        known = _known_title(subject, citation)
        if not citation.title or not known or subject.is_own(citation):
            continue
        wrong = unlike(citation.title, known)
        if not wrong and (_tells_part(subject, citation) or not is_another(citation.title, known)):
            tally.held += 1
            continue
        tally.failed += 1
        differences = joined(one.told() for one in wrong) or both(
            "tên này là của văn bản khác, số ấy là “{known}”",
            "it is that of another document, the number is that of “{known}”",
            known=known,
        )
        if (citation.number or "", differences) in told:
            continue
        told.add((citation.number or "", differences))
        yield TITLE.finding(
            (citation.span,),
            f"“{citation.surface}”: tên ghi khác tên kho biết: {differences}",
            f"“{citation.surface}”: its title is not the one that the base knows: {differences.en}",
            stated=" ".join(citation.title.split()),
            expected=known,
            suggestion=both("đối chiếu trích yếu với bản gốc", "hold the title against the original"),
            page=citation.page,
        )


#: Behind these words a document is named in the title of another, which goes on behind it.
_OF_ANOTHER_RE = re.compile(r"(?:chi tiết|hướng dẫn|biện pháp|thi hành|sửa đổi)[^.;]{0,60}\bmột số\s[^.;]{0,80}$")
_WITHIN_RE = re.compile(r"\((?:[^()]|\([^()]*\))*$")


def _tells_part(subject: Subject, citation: Citation) -> bool:
    """Whether what stands behind a number tells a provision: ``Điều 13 Nghị định số … quy định về …``.

    So it is behind a bracket too: ``Điều 10 … (sửa đổi tại Nghị định số …) về …``, and where the title of another
    document goes on: ``quy định chi tiết một số điều của Luật … và Nghị định số … về …``.
    """
    text, start = subject.document.text, citation.span.start
    within = _WITHIN_RE.search(text, max(0, start - 120), start)
    return bool(citation.pinpoints or within or _OF_ANOTHER_RE.search(text, max(0, start - 200), start))


def _known_title(subject: Subject, citation: Citation) -> str:
    if subject.library is None or subject.as_of is None:
        return ""
    standing = subject.library(citation, subject.as_of)
    return standing.title if standing else ""


def check_two_titles(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """One document has one title wherever a text cites it."""
    groups: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in numbered(subject):
        if citation.title and not subject.is_own(citation):
            groups[number_key(citation.number or ""), citation.type or ""].append(citation)
    for citations in groups.values():
        first = citations[0]
        for citation in citations[1:]:
            if not _one_work(first, citation) or _known_title(subject, citation):
                continue
            wrong = [
                one for one in unlike(citation.title or "", first.title or "") if not _says_nothing(one, citation)
            ]
            if not wrong:
                tally.held += 1
                continue
            tally.failed += 1
            differences = joined(one.told() for one in wrong)
            yield TWO_TITLES.finding(
                (citation.span,),
                f"“{citation.surface}”: tên ghi khác chỗ trước: {differences}",
                f"“{citation.surface}”: its title is not that of the place before: {differences.en}",
                stated=" ".join((citation.title or "").split()),
                expected=" ".join((first.title or "").split()),
                evidence=(first.span,),
                suggestion=both(
                    "ghi một tên ở mọi chỗ, theo bản gốc", "write one title everywhere, that of the original"
                ),
                page=citation.page,
            )
            break


def _says_nothing(one: Unlike, citation: Citation) -> bool:
    """Whether a title only has or lacks its own type again, or the name of a place: ``về Kế hoạch …``."""
    words = one.here or one.there
    named = all(word[0].isupper() for word in words.split())
    return not (one.here and one.there) and (words.lower() == (citation.type or "").lower() or named)


def _one_work(one: Citation, other: Citation) -> bool:
    """Whether nothing that two citations of one number say tells two works apart."""
    days = {day_of(one.issued), day_of(other.issued)} - {None}
    bodies = {one.issuer, other.issuer} - {None}
    return len(days) < 2 and len(bodies) < 2


TITLE = rule("CIT-017", check_titles)
TWO_TITLES = rule("CIT-018", check_two_titles)
TITLE_RULES = (TITLE, TWO_TITLES)
