"""How a query asks, and what that makes of a hit.

Who names a document wants its title, who asks what a term means the article that says so. The shares were chosen
on judged queries, ALQAC and Zalo, and kept where most sets gain and none loses beyond chance
(`python -m tests.benchmarks.fit_search`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from kb.search.analysis import Analysis, folded_words
from kb.search.answering import (
    AnswerForm,
    column_share,
    columns_asked,
    copula_of,
    defines,
    forms_asked,
    headed_share,
    meaning_gain,
    thing_asked,
    told_share,
)
from kb.search.naming import named_in
from kb.search.questions import telling_runs
from kb.text.normalize import fold

#: What the title of a document of the type that was named is worth: up to e**0.6, as it covers the query.
NAMED_WEIGHT = 0.6
#: What any title is worth to a few words that ask nothing, and name no type or figure: they may be a name.
NAME_SHARE = 1.2
#: What a provision that explains terms is worth to who asks for a meaning.
MEANING_SHARE = 1.35

#: What a record is worth that cites a document of the type and of a year that were typed ("báo cáo … năm 2016").
DATED_SHARE = 1.5
#: What a note is worth that holds no two neighbours of what was typed: only the sentence that it belongs to does.
LENT_SHARE = 0.7
#: What a row of a table is worth to who asks for a figure ("số …", "tỷ lệ …").
FIGURE_SHARE = 1.25
#: What a passage that has the form of an answer gains (e**1.2) beside others of its own document: the subject is
#: settled there, and the form is left to tell them apart. From 0.8 to 1.5 judged queries gain alike.
FORM_GAIN = 1.2

_MEANING_RE = re.compile(
    r"(?<!\w)(?:la gi|nghia la|the nao la|la (?:nhu )?the nao|(?:duoc hieu|hieu) (?:nhu )?the nao|la ai)(?!\w)"
    r"|^(?:khai niem|dinh nghia) "
)
_FIGURE_RE = re.compile(r"(?:ti le|tong so|so luong|muc do) |.* (?:19|20)\d\d$|.*\bbao nhieu\b")


@dataclass(frozen=True, slots=True)
class Asking:
    """What a query asks for: documents of a `type`, a meaning, a `figure`; or a document by its `name`, perhaps.

    `dated` is how a document is cited of the type and the year that were typed; `words` and `pairs` are what was
    typed, `forms` those of an answer, `thing` what headings of answers are called, `columns` the columns.
    """

    type: str | None = None
    meaning: bool = False
    name: bool = False
    figure: bool = False
    dated: re.Pattern[str] | None = field(default=None, repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    pairs: tuple[str, ...] = field(default=(), repr=False)
    forms: tuple[AnswerForm, ...] = field(default=(), repr=False)
    thing: str | None = field(default=None, repr=False)
    columns: tuple[re.Pattern[str], ...] = field(default=(), repr=False)

    def share(self, stored: Mapping[str, Any], lost: float) -> float:
        """What a record's score is multiplied by; `lost` is the share of the words that it does not cover."""
        if stored["kind"] == "title":
            if self.type is not None:
                return math.exp(NAMED_WEIGHT * (1 - lost)) if stored["type"] == self.type else 1.0
            return NAME_SHARE if self.name else 1.0
        share = MEANING_SHARE if self.meaning and _explains(stored) else 1.0
        share *= math.exp(meaning_gain(self.words, stored["folded"], asked=self.meaning))
        share *= told_share(self.forms, stored["folded"])
        if self.thing is not None:
            heading = _folded(stored["crumbs"][-1]) if stored["crumbs"] else ""
            share *= headed_share(self.thing, heading, stored["folded"])
        if self.dated is not None and self.dated.search(stored["folded"]):
            share *= DATED_SHARE
        elif stored["kind"] == "note" and stored.get("head") and not self._held(stored["folded"]):
            share *= LENT_SHARE
        if stored["kind"] == "row":
            share *= column_share(self.columns, stored["text"]) * (FIGURE_SHARE if self.figure else 1.0)
        return share

    def answering(self, stored: Mapping[str, Any]) -> float:
        """What a passage gains (as a power of e) beside others of its document that has the form of an answer."""
        if stored["kind"] == "title":
            return 0.0
        return FORM_GAIN if told_share(self.forms, stored["folded"]) > 1 else 0.0

    def _held(self, text: str) -> bool:
        """Whether a text holds two neighbours of what was typed; of a single word nothing is asked."""
        return not self.pairs or any(pair in text for pair in self.pairs)


def read_asking(query: str, typed: Analysis) -> Asking:
    """What a query asks for; `typed` is its analysis.

    >>> from kb.search.analysis import analyse_query
    >>> read_asking("thông tư về học phí", analyse_query("thông tư về học phí"))
    Asking(type='Thông tư', meaning=False, name=False, figure=False)
    >>> (
    ...     read_asking("học phí", analyse_query("học phí")).name,
    ...     read_asking("học phí là gì", analyse_query("học phí là gì")),
    ... )
    (True, Asking(type=None, meaning=True, name=False, figure=False))
    """
    words = typed.words
    if not words:
        return Asking()
    named = named_in(query)
    line = " ".join(words)
    asks = telling_runs(words, typed.marks) != [(0, len(words))] or words[-1] == "khong" or words[0] == "ai"
    figure = typed.marks[0] == "số" or _FIGURE_RE.match(line) is not None
    return Asking(
        named[0] if named else None,
        _MEANING_RE.search(line) is not None,
        named is None and not asks and not figure,
        _COUNTED_RE.match(line) is not None,
        _dated(line),
        words,
        tuple(f"{one} {other}" for one, other in pairwise(words)),
        forms_asked(line),
        thing_asked(line),
        columns_asked(line),
    )


# "Số hóa" counts nothing.
_COUNTED_RE = re.compile(r"(?:so(?! hoa)|ti le|tong so|so luong|muc do) ")
_PAPERS = "quyet dinh|ke hoach|bao cao|cong van|thong bao|nghi quyet|chi thi|to trinh|chuong trinh|van ban"
_DATED_RE = re.compile(rf"(?:cac |nhung )?({_PAPERS}) (?!nao).*?(?:19|20)\d\d")


def _dated(line: str) -> re.Pattern[str] | None:
    """How a document is cited of the type and of a year that a query names; None where it names none."""
    found = _DATED_RE.match(line)
    if found is None:
        return None
    years = "|".join(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", line))
    return re.compile(rf"{found[1]} so \d+(?: \S+){{2,60}}? (?:{years})(?!\d)") if years else None


@lru_cache(maxsize=4096)
def _folded(heading: str) -> str:
    """A heading in folded words: many records stand under one."""
    return " ".join(folded_words(heading))


def said_of(stored: Mapping[str, Any]) -> tuple[str, ...]:
    """The tokens of "X là" that a record says with "X gồm", where terms are explained."""
    return copula_of(stored["folded"]) if _explains(stored) else ()


def _explains(stored: Mapping[str, Any]) -> bool:
    """Whether a record says what a term means in an article that explains terms."""
    said = " là " in stored["text"] or defines(stored["folded"])
    return said and any("giai thich" in fold(crumb) for crumb in stored["crumbs"])
