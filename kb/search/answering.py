"""Kinds of questions, and the form in which texts answer them.

Who asks how long finds the passage that sets a period before those that speak of the same thing, who asks for a
fine the one that fixes its amount, who asks for a meaning the sentence that begins with the term. The shares were
chosen on the training part of Zalo 2021 (698 questions) and kept where no set of judged queries loses.
Who asks for conditions, powers or papers by these names finds the article that is called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: What a sentence is worth (up to e**0.7) that says what the subject of a question is; and where no one asks.
_MEANT, _NAMED = 0.7, 0.1
#: A term that agrees less than this with what was typed is another one.
_LEAST_AGREEMENT = 0.5

_COUNT = r"\d+ (?:(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram) )*"
_WORDS = r"(?: (?!dieu |khoan |luat )\S+)"
_TIME = r"(?:ngay|thang|nam|gio|phut|giay|tuan|quy)"


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """Questions that `asks` finds in their folded words are answered where `tells` finds something in a text's."""

    name: str
    asks: re.Pattern[str]
    tells: re.Pattern[str]
    share: float


#: Questions and answers of each: tests/cases/answers.txt.
FORMS = (
    AnswerForm(
        "period",
        re.compile(rf"(?<!\w)(?:(?:may|bao nhieu) {_TIME}|bao lau|thoi han (?:la )?(?:bao nhieu|may))(?!\w)"),
        re.compile(
            rf"(?<!\w)(?:(?:thoi han|thoi gian){_WORDS}{{0,12}}"
            rf"|(?:khong qua|cham nhat|toi da|toi thieu|it nhat|trong|trong vong){_WORDS}{{0,4}})"
            rf" {_COUNT}{_TIME}(?!\w| \d)"
        ),
        1.3,
    ),
    AnswerForm(
        "deadline",
        re.compile(
            r"(?<!\w)(?:han (?:chot|cuoi|nop)|(?:truoc|den|cham nhat) (?:ngay|khi|thang) nao"
            r"|cham nhat bao gio)(?!\w)"
        ),
        re.compile(r"(?<!\w)(?:cham nhat|truoc|den het|hoan thanh truoc)(?: (?!\d)\S+){0,3} ngay (?:thang )?\d"),
        1.3,
    ),
    AnswerForm(
        "fine",
        re.compile(r"(?<!\w)(?:(?:muc|bi|xu) phat|phat (?:tien|bao nhieu|the nao|ra sao))(?!\w)"),
        re.compile(r"(?<!\w)phat tien(?: tu(?!\w)|(?: \S+){0,4} \d)"),
        1.4,
    ),
)  # fmt: skip

#: What a provision is worth whose heading, or whose opening, names what is asked for: "Điều kiện", "Thẩm quyền".
_HEADED_SHARE = 1.3
_THINGS = (
    r"(?:dieu kien|tieu chi|tieu chuan|nguyen tac|trinh tu|thu tuc(?! hanh chinh)|ho so|thanh phan|tham quyen"
    r"|trach nhiem|noi dung|muc|hinh thuc|doi tuong|nhiem vu|quyen han|thoi han)"
)
_THING_RE = re.compile(
    rf"(?:^(?:cac |nhung )?(?P<first>{_THINGS})"
    rf"|(?<!\w)(?:can(?: co)?|(?<!chua )(?<!khong )co) (?:cac |nhung )?(?P<needed>{_THINGS})"
    rf"|(?<!\w)(?P<asked>{_THINGS}) (?:gi|nao|the nao|ra sao|gom))(?!\w)"
)
# The label of a heading, as texts print it: "Điều 5.", "IV.", "2.1.".
_LABEL = r"(?:(?:dieu|muc|chuong) )?(?:(?:\d+[a-z]?|[ivx]+) )*"

_DEFINED_RE = re.compile(
    r"(?:dieu )?(?:\d+[a-z]? )?(?P<term>.{2,110}?) (?:la|duoc hieu la|nghia la|bao gom|gom)(?!\w)"
)
# Words of a question that are no part of the term it asks about.
_ASKING = frozenset(("la", "gi", "the", "nao", "nghia", "duoc", "hieu", "nhu", "khai", "niem", "dinh"))


def forms_asked(line: str) -> tuple[AnswerForm, ...]:
    """The forms that answer a question, by its folded words.

    >>> [form.name for form in forms_asked("cap giay phep trong may ngay")], forms_asked("giay phep")
    (['period'], ())
    """
    return tuple(form for form in FORMS if form.asks.search(line))


def told_share(forms: Iterable[AnswerForm], text: str) -> float:
    """What a record gains whose folded text has the forms that were asked for."""
    share = 1.0
    for form in forms:
        if form.tells.search(text):
            share *= form.share
    return share


def thing_asked(line: str) -> str | None:
    """The thing that a question asks for by its name, by its folded words; None where it asks for none.

    >>> thing_asked("mo cua hang gas can dieu kien gi"), thing_asked("tham quyen cap phep"), thing_asked("hoc phi")
    ('dieu kien', 'tham quyen', None)
    """
    found = _THING_RE.search(line)
    return found[found.lastgroup or 0] if found else None


def headed_share(thing: str | None, heading: str, text: str) -> float:
    """What a record gains whose heading or whose text, both in folded words, begins with the thing asked for.

    >>> (
    ...     headed_share("dieu kien", "dieu 4 dieu kien mo cua hang", "1 co kho"),
    ...     headed_share("dieu kien", "", "1 co kho"),
    ... )
    (1.3, 1.0)
    """
    named = thing is not None and any(_heading_re(thing).match(line) for line in (heading, text))
    return _HEADED_SHARE if named else 1.0


@lru_cache(maxsize=64)
def _heading_re(thing: str) -> re.Pattern[str]:
    return re.compile(rf"{_LABEL}(?:cac |nhung )?{thing}(?!\w)")


def defines(text: str) -> bool:
    """Whether folded words begin by saying what something is, or what belongs to it.

    >>> defines("1 don vi su nghiep gom truong hoc va benh vien"), defines("2 don vi su nghiep lap ke hoach")
    (True, False)
    """
    return _DEFINED_RE.match(text) is not None


def meaning_gain(words: Iterable[str], text: str, *, asked: bool) -> float:
    """What a record gains (as a power of e) whose folded text begins by saying what the typed words mean.

    >>> meaning_gain(("cu", "tuyen", "la", "gi"), "1 cu tuyen la viec tuyen sinh khong qua thi tuyen", asked=True)
    0.7
    """
    found = _DEFINED_RE.match(text)
    if found is None:
        return 0.0
    term, typed = set(found["term"].split()), set(words) - _ASKING
    shared = len(term & typed)
    agreement = 2 * shared / (len(term) + len(typed)) - _LEAST_AGREEMENT
    return (_MEANT if asked else _NAMED) * max(agreement, 0.0) / (1 - _LEAST_AGREEMENT)
