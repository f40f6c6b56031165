"""Documents asked for by number: whether there is one, and the article of it that was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.bilingual import both
from kb.clock import told_day
from kb.search.naming import named_in
from kb.search.plan import Const, Nothing, Phrase, Plan, Prefer, Range, Term, all_of, any_of
from kb.search.protocol import Engine, Request
from kb.search.rows import day_number
from kb.search.wishes import NumberWish, find_wish, number_keys
from kb.text.normalize import fold, nfc

#: What a document that bears the number asked for is worth: more than any words.
_NUMBER_SCORE, _PERHAPS_SCORE = 500.0, 12.0
#: How many times that one is worth whose year or type agrees: more than a held document beside a cited one.
_AGREES = 3
#: What the article is worth that was asked for by its number: more than the title of its document.
_ARTICLE_SCORE = 40_000.0
#: What the clause is worth beside the others of its article.
_CLAUSE_SHARE = 1.5

#: How many documents that are asked for alike are looked at for an article.
_ALIKE = 30

#: What is said of an article that comes first.
ARTICLE_FIRST = both("đúng điều được nêu đứng trước", "the article that was named comes first")


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """An article, and a clause of it where one was named."""

    article: str
    clause: str | None = None

    def holds(self, stored: Mapping[str, Any]) -> bool:
        """Whether a record is of the article."""
        return (stored.get("unit") or "").split("__")[0] == f"art_{self.article}"

    def share(self, stored: Mapping[str, Any]) -> float:
        """What a record gains that is the clause that was asked for."""
        named = self.clause and (stored.get("unit") or "") == f"art_{self.article}__cla_{self.clause}"
        return _CLAUSE_SHARE if named else 1.0


_PINPOINT_RE = re.compile(
    r"(?:\bkhoan (?P<clause>\d{1,2}[a-z]?)[\s,]+(?:cua )?)?\bdieu (?P<article>\d{1,3}[a-z]?)(?![\w/])"
)


def find_pinpoint(text: str) -> Pinpoint | None:
    """The article that a query names beside a number.

    >>> find_pinpoint("khoản 2 Điều 5 Nghị định 10/2016"), find_pinpoint("nghị định 10/2016")
    (Pinpoint(article='5', clause='2'), None)
    """
    found = _PINPOINT_RE.search(" ".join(fold(nfc(text)).split()))
    return Pinpoint(found["article"], found["clause"]) if found else None


# "khoản 2 điều 8 của luật đất đai": a place, then what it is of.
_OF_RE = re.compile(
    r"(?:diem [a-z]\d?[\s,]+(?:cua )?)?(?:khoan \d{1,2}[a-z]?[\s,]+(?:cua )?)?"
    r"dieu \d{1,3}[a-z]?[\s,]+(?:cua )?(?=[a-z])"
)


def article_of_named(text: str) -> tuple[Pinpoint, str] | None:
    """The article that a query begins with, and the document that it names by type and name behind it.

    >>> article_of_named("khoản 2 điều 8 của luật đất đai 2024")
    (Pinpoint(article='8', clause='2'), 'luật đất đai 2024')
    >>> article_of_named("điều 8 nghị định 30/2020"), article_of_named("điều 8 đất đai")
    (None, None)
    """
    found = _OF_RE.match(fold(nfc(text)))
    rest = nfc(text)[found.end() :] if found else ""
    pinpoint = find_pinpoint(text) if found and named_in(rest) and find_wish(rest) is None else None
    return (pinpoint, rest) if pinpoint else None


def number_plan(wish: NumberWish) -> Plan:
    """The documents that bear a number asked for, those of its year and type before others."""
    plan: Plan = all_of(*(Term("number", key) for key in wish.keys))
    if not wish.sure:
        plan = Const(plan, _PERHAPS_SCORE)
        return Prefer(plan, Const(Term("year", str(wish.year)), _PERHAPS_SCORE / 2)) if wish.year else plan
    agrees = [Term("year", str(wish.year))] if wish.year else []
    agrees += [Term("number", wish.type)] if wish.type and wish.type not in wish.keys else []
    plan = Const(plan, _NUMBER_SCORE)
    for each in agrees:
        plan = Prefer(plan, Const(each, (_AGREES - 1) * _NUMBER_SCORE))
    if wish.issued is not None:
        on = day_number(wish.issued.isoformat())
        plan = Prefer(plan, Const(Range("issued", on, on), (_AGREES - 1) ** 3 * _NUMBER_SCORE))
    return Prefer(plan, Const(all_of(*agrees), (_AGREES - 1) ** 2 * _NUMBER_SCORE)) if agrees[1:] else plan


def with_nearest(engine: Engine, plan: Plan, wishes: Iterable[NumberWish]) -> Plan:
    """A plan with documents whose numbers are nearly those asked for, where nothing bears these."""
    for wish in wishes:
        own = all_of(*(Term("number", key) for key in wish.keys))
        if wish.nearly and not engine.search(Request(own, 1)).total:
            near = (Const(Term("number", key), _NUMBER_SCORE * _AGREES**at) for at, key in enumerate(wish.nearly))
            plan = any_of(plan, *near)
    return plan


def cited_plan(wish: NumberWish) -> Plan:
    """Where texts cite a document by its type and figure: "nghị quyết 57" is printed "Nghị quyết số 57-NQ/TW"."""
    if wish.type is None or wish.type not in wish.keys or not wish.sure:
        return Nothing()
    figure, _, kind = wish.type.partition("@")
    return Phrase((*kind.split("-"), "so", figure))


def shown_number(text: str, wish: NumberWish) -> str:
    """A number as it was typed.

    >>> shown_number("nghị quyết số 76 năm 2021", find_wish("nghị quyết số 76 năm 2021"))
    'nghị quyết số 76 năm 2021'
    """
    return re.sub(r"^số (?:hiệu )?", "", nfc(text)[wish.start : wish.end].strip(" .,"), flags=re.IGNORECASE)


def with_article(engine: Engine, plan: Plan, pinpoint: Pinpoint, named: Sequence[str] = ()) -> tuple[Plan, bool]:
    """A plan with the article of the document that it finds first, before all else; whether there is one.

    Of several that are asked for alike ("điều 5 nghị định 30"), and of those `named`, it is the first that has it.
    """
    works = list(named) or _asked_alike(engine, plan)
    articles = [all_of(Term("work", work), Term("article", pinpoint.article)) for work in works]
    for article in articles:
        if engine.search(Request(article, 1)).hits:
            return any_of(plan, Const(article, _ARTICLE_SCORE)), True
    return plan, False


def _asked_alike(engine: Engine, plan: Plan) -> list[str]:
    """The work that a plan finds first, and those of the same type and figure."""
    found = [json.loads(hit.stored) for hit in engine.search(Request(plan, _ALIKE)).hits]
    titles = [stored for stored in found if stored["kind"] == "title"]
    alike = (stored["work"] for stored in titles if _figure(stored) == _figure(found[0]))
    return list(dict.fromkeys((*(stored["work"] for stored in found[:1]), *alike)))


def _figure(stored: Mapping[str, Any]) -> tuple[object, str]:
    """Type and figure of a record's document: what a number that is not whole asks for."""
    return stored["type"], re.split(r"[/-]", stored["number"] or "")[0].lstrip("0")


def what_was_found(wish: NumberWish, shown: str, hits: Iterable[Mapping[str, Any]]) -> str | None:
    """What to say where no document bears the number, or only ones of another type or year; None where one does.

    `hits` are stored records, `shown` the number as typed.
    """
    others: list[str] = []
    years: list[str] = []
    days: list[str] = []
    near: list[str] = []
    for stored in hits:
        if stored["kind"] == "title":
            year = int(stored["issued"][:4]) if stored["issued"] else None
            keys = number_keys(stored["number"], stored["type"], year)
            if set(wish.keys) <= set(keys):
                if wish.type is not None and wish.type not in keys:
                    others.append(stored["number"])
                elif wish.year and year and wish.year != year:
                    years.append(f"{stored['number']} ({year})")
                elif wish.issued and stored["issued"] and stored["issued"] != wish.issued.isoformat():
                    days.append(f"{stored['number']} ({told_day(stored['issued'])})")
                else:
                    return None
            elif not set(wish.nearly).isdisjoint(keys):
                near.append(stored["number"])
    if near:
        return both(
            "chưa có văn bản nào mang số {number}; có lẽ là {others}",
            "no document is numbered {number}; perhaps {others} is meant",
            number=shown,
            others=", ".join(dict.fromkeys(near)),
        )
    if days:
        return both(
            "không có {number}; số này ban hành ngày khác: {others}",
            "there is no {number}; documents of another day bear that number: {others}",
            number=shown,
            others=", ".join(dict.fromkeys(days)),
        )
    if years:
        return both(
            "không có {number}; số này có ở năm khác: {others}",
            "there is no {number}; documents of another year bear that number: {others}",
            number=shown,
            others=", ".join(dict.fromkeys(years)),
        )
    if others:
        return both(
            "không có {number}; số này có ở loại văn bản khác: {others}",
            "there is no {number}; documents of another type bear that number: {others}",
            number=shown,
            others=", ".join(dict.fromkeys(others)),
        )
    return both(
        "chưa có văn bản nào mang số {number}; đây là nơi nhắc tới số này hoặc có từ giống",
        "no document is numbered {number}; these mention it or share words with it",
        number=shown,
    )
