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

from kb.text.normalize import fold
from kb.text.words import pairs_of

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

#: What a row of a table is worth that has a column for what is asked: who does it, by when, what came of it.
_COLUMN_SHARE = 1.8
#: Questions, and how columns of their answers are called, both in folded words.
_COLUMNS = (
    (
        re.compile(
            r"(?<!\w)(?:(?:don vi|co quan|so|bo|phong|ai|ben) (?:nao )?(?:se |phai )?"
            r"(?:lam|lo|chu tri|thuc hien|phu trach|phoi hop|chiu trach nhiem|tham muu)"
            r"|(?:giao|do) (?:cho )?(?:ai|don vi nao|co quan nao|so nao))(?!\w)"
        ),
        re.compile(
            r"(?:(?:don vi|co quan|nguoi|to chuc) )?(?:chu tri|thuc hien|phu trach|phoi hop|chiu trach nhiem)"
        ),
    ),
    (
        re.compile(
            r"(?<!\w)(?:(?:bao gio|khi nao|luc nao) (?:thi )?(?:xong|hoan thanh|phai xong|phai hoan thanh)"
            r"|(?:xong|hoan thanh) (?:truoc |vao )?(?:bao gio|khi nao|luc nao|ngay nao|thang nao|nam nao))(?!\w)"
        ),
        re.compile(r"(?:thoi (?:han|gian)|tien do|han|ngay hoan thanh)"),
    ),
    (
        re.compile(
            r"(?<!\w)(?:(?:dat|lam|thuc hien|hoan thanh|xong)(?: duoc)?(?: (?:muc tieu|chi tieu))? (?:hay )?chua"
            r"|co (?:dat|hoan thanh|thuc hien)(?: duoc)? khong|(?:khong|chua) (?:dat|hoan thanh)(?: duoc)?"
            r"|ket qua (?:ra sao|the nao)|(?:dat|lam) (?:duoc )?(?:den dau|the nao|ra sao))(?!\w)"
        ),
        re.compile(r"(?:ket qua|tinh hinh thuc hien|danh gia|muc do (?:dat|hoan thanh))"),
    ),
)
_CELL_RE = re.compile(r"(?:^|; )([^:;]{2,60})")

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
    r"(?:dieu )?(?:\d+[a-z]? )?(?P<term>.{2,110}?) (?P<verb>la|duoc hieu la|nghia la|bao gom|gom)(?!\w)"
)
# Words of a question that are no part of the term it asks about.
_ASKING = frozenset(("la", "gi", "the", "nao", "nghia", "duoc", "hieu", "nhu", "khai", "niem", "dinh"))
# What may stand before the head of a term.
_LEADING = frozenset(("cac", "nhung", "viec", "che"))


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


def columns_asked(line: str) -> tuple[re.Pattern[str], ...]:
    """How the columns are called that answer a question, by its folded words."""
    return tuple(called for asks, called in _COLUMNS if asks.search(line))


def column_share(columns: Iterable[re.Pattern[str]], text: str) -> float:
    """What a row gains that has a column that is called so; its text names each before its cell.

    >>> who = columns_asked("mua sam don vi nao lam")
    >>> column_share(who, "Nhiệm vụ: Mua sắm; Chủ trì: Sở Tài chính") > column_share(who, "Mua sắm: 5 tỷ đồng")
    True
    """
    heads = [fold(head) for head in _CELL_RE.findall(text)] if columns else []
    return _COLUMN_SHARE if any(called.match(head) for called in columns for head in heads) else 1.0


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


def copula_of(text: str) -> tuple[str, ...]:
    """The tokens that "X là" has and "X gồm" has not: both say what X is.

    >>> copula_of("1 don vi su nghiep gom truong hoc"), copula_of("1 don vi su nghiep la noi day hoc")
    (('la', 'nghiep_la'), ())
    """
    found = _DEFINED_RE.match(text)
    if found is None or not found["verb"].endswith("gom"):
        return ()
    return "la", *pairs_of((found["term"].rpartition(" ")[2], "la"))


def meaning_gain(words: Iterable[str], text: str, *, asked: bool) -> float:
    """What a record gains (as a power of e) whose folded text begins by saying what the typed words mean.

    >>> meaning_gain(("cu", "tuyen", "la", "gi"), "1 cu tuyen la viec tuyen sinh khong qua thi tuyen", asked=True)
    0.7
    """
    found = _DEFINED_RE.match(text)
    if found is None:
        return 0.0
    said = found["term"].split()
    asked_words = frozenset(words)
    term, typed = set(said), asked_words - _ASKING
    shared = len(term & typed)
    # What a term begins with is its head: "kiểm soát học phí là …" says what something else is.
    if asked and typed < term and said[0] not in asked_words | _LEADING:
        return (2 * shared / (len(term) + len(typed)) - 1) * _MEANT
    agreement = 2 * shared / (len(term) + len(typed)) - _LEAST_AGREEMENT
    return (_MEANT if asked else _NAMED) * max(agreement, 0.0) / (1 - _LEAST_AGREEMENT)
