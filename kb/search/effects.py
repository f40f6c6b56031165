"""Questions about the force of one document: what replaced it, when its force ended or began.

A document says itself when it comes into force; that it was replaced or repealed another one says, mostly in its
article on effect. That article is the answer and stands before the title of the document that was named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kb.bilingual import both, joined
from kb.clock import told_day
from kb.search.analysis import analyse, find_keys
from kb.search.force import STATES, UNKNOWN, state_of
from kb.search.naming import named_in
from kb.search.plan import Const, Not, Phrase, Plan, Term, all_of, any_of
from kb.search.protocol import Engine, Request, Sort
from kb.search.rows import ALWAYS, NEVER, bare_title, day_number
from kb.search.wishes import find_wish
from kb.text.normalize import fold, nfc

#: What is said where an answer to such a question comes first.
EFFECT_FIRST = both(
    "kèm nơi quy định hiệu lực, thay thế hoặc bãi bỏ văn bản ấy ở đầu danh sách",
    "with what rules on the effect, replacement or repeal of that document at the top of the list",
)
NO_EFFECT = both(
    "chưa thấy nơi nào trong kho quy định hiệu lực, thay thế hoặc bãi bỏ văn bản ấy",
    "nothing held rules on the effect, replacement or repeal of that document",
)
NO_WORDS = both(
    "điều ấy theo danh mục; kho chưa có câu chữ nào quy định nó",
    "so says the catalogue; no words that rule so are held",
)
#: What the answer is worth: more than the document that was named; less than it where its state is asked for,
#: which its title shows. What the title of the document that holds the answer is worth, and a record beside it.
_ANSWER_SCORE, _BESIDE_SCORE, _TITLE_SCORE = 20_000.0, 300.0, 400.0
#: What is left for a record of the answer's article that says the rest, by whether a day was asked for.
_DAY_SHARE, _REST_SHARE = 0.3, 0.015
#: How many records that name the document are read.
_READ = 30


class About(StrEnum):
    """What is asked of a document."""

    SUCCESSOR = "successor"
    END = "end"
    STATE = "state"
    BEGIN = "begin"


@dataclass(frozen=True, slots=True)
class EffectAsked:
    """A question about the force of the document that `subject` names, by its number if it is `numbered`."""

    about: About
    subject: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """Where the answer stands: records of `work` in `article` (None: in none); `key` is the number meant."""

    about: About
    work: str
    article: str | None
    key: str | None

    def share(self, stored: Mapping[str, Any]) -> float:
        """What a record keeps of its score: all that answers, less what stands beside it in the same article."""
        if stored["work"] != self.work or stored["kind"] == "title" or stored.get("unit") is None:
            return 1.0
        said = _begins(stored) if self.about is About.BEGIN else _ends(stored, self.key or "") is not None
        if said or self.article is None or not (stored["unit"] or "").startswith(f"art_{self.article}"):
            return 1.0
        return _DAY_SHARE if self.about is About.END else _REST_SHARE


_WHEN = (
    r"(?:ke |bat dau )?(?:tu |vao )?(?:khi nao|ngay nao|bao gio|luc nao|ngay thang nam nao|thoi diem nao|nam nao)"
)
_ENDS = r"(?:thay the|bai bo|huy bo|thay cho)"
# "Nghị định nào thay Nghị định 83/2006": beside the question for a document the short verb says enough.
_ENDS_SHORT = rf"(?:{_ENDS}|thay)"
_PAPER = r"(?:van ban|luat|bo luat|nghi dinh|nghi quyet|thong tu(?: lien tich)?|quyet dinh|chi thi|phap lenh)"
# "Nghị định 16/2015 bị bãi bỏ những nội dung nào": what ends a part of it says so too.
_PARTS = r"(?:mot phan |nhung |cac |o )?(?:gi|(?:noi dung|phan|dieu|khoan|diem|quy dinh|cho)(?: khoan| nao| gi)+)"
_QUESTIONS: tuple[tuple[About, str], ...] = (
    (About.SUCCESSOR, rf"(?P<of>.+?) (?:da |co )?(?:bi |duoc )?{_ENDS_SHORT} (?:boi|bang|theo)\b.*"),
    (About.SUCCESSOR, rf"{_PAPER} nao (?:da |se )?{_ENDS_SHORT} (?:cho )?(?P<of>.+)"),
    (About.SUCCESSOR, rf"{_PAPER} (?:da |moi )?{_ENDS} (?P<of>.+)"),
    (About.SUCCESSOR, rf"(?P<of>.+?) (?:da |co )?(?:bi |duoc ){_ENDS} {_PARTS}"),
    (About.END, rf"(?P<of>.+?) (?:da |se )?(?:het|cham dut) hieu luc(?: thi hanh| phap luat)? {_WHEN}"),
    (About.END, rf"(?P<of>.+?) (?:da |se )?(?:bi |duoc ){_ENDS} {_WHEN}"),
    (About.END, r"(?:khi nao|bao gio|ngay nao)(?: thi)? (?P<of>.+?) (?:se |bi )?het hieu luc"),
    (
        About.STATE,
        r"(?P<of>.+?) (?:hien )?(?:con|da het|het)(?: co)? hieu luc(?: thi hanh)?(?: hay| nua)? (?:khong|ko|chua)",
    ),
    (About.STATE, rf"(?P<of>.+?) (?:da )?(?:bi |duoc ){_ENDS} (?:chua|hay chua|khong)"),
    (About.BEGIN, rf"(?P<of>.+?) (?:bat dau |se )?(?:co )?hieu luc(?: thi hanh)? {_WHEN}"),
    (About.BEGIN, rf"(?P<of>.+?) (?:duoc )?(?:ap dung|thi hanh) {_WHEN}"),
    (About.BEGIN, r"(?:ngay|thoi diem)(?: bat dau)? co hieu luc(?: thi hanh)?(?: cua)? (?P<of>.+)"),
    (About.BEGIN, r"(?:khi nao|bao gio|ngay nao)(?: thi)? (?P<of>.+?) (?:bat dau )?co hieu luc"),
)  # fmt: skip
_QUESTION_RES = tuple((about, re.compile(rf"{words}[ .?!]*")) for about, words in _QUESTIONS)


def find_effect(text: str) -> EffectAsked | None:
    """The question about the force of one document that a query is; None where no one document is named.

    >>> find_effect("Thông tư 07/2014/TT-BTP bị thay thế bởi văn bản nào?")
    EffectAsked(about=<About.SUCCESSOR: 'successor'>, subject='thong tu 07/2014/tt-btp', numbered=True)
    >>> (
    ...     find_effect("văn bản hết hiệu lực khi nào"),
    ...     find_effect("luật đất đai 2024 có hiệu lực từ ngày nào").subject,
    ... )
    (None, 'luat dat dai 2024')
    """
    typed = " ".join(fold(nfc(text)).split())
    for about, pattern in _QUESTION_RES:
        found = pattern.fullmatch(typed)
        if found is None:
            continue
        subject = found["of"]
        wish = find_wish(subject)
        numbered = wish is not None and wish.sure
        # "Văn bản quy phạm pháp luật" is no name of a document.
        if numbered or (named_in(subject) is not None and not subject.startswith("van ban ")):
            return EffectAsked(about, subject, numbered)
    return None


def with_effect(engine: Engine, plan: Plan, asked: EffectAsked) -> tuple[Plan, Effect | None]:
    """A plan with what answers the question first, and where that stands; as it is where nothing held answers."""
    named = _named(engine, asked.subject)
    effect = _beginning(engine, named) if asked.about is About.BEGIN else _end(engine, asked, named)
    if effect is None:
        return plan, None
    score = _BESIDE_SCORE if asked.about is About.STATE else _ANSWER_SCORE
    there: Plan = Term("work", effect.work)
    rules = all_of(Term("article", effect.article or ""), Not(Term("kind", "note")))
    inside = rules if effect.article else Term("keys", effect.key or "")
    parts = [plan, Const(all_of(there, inside), score)]
    if asked.about is About.SUCCESSOR:
        parts.append(Const(all_of(there, Term("kind", "title")), _TITLE_SCORE))
    return any_of(*parts), effect


def told_force(engine: Engine, asked: EffectAsked, day: date) -> str | None:
    """What is known of the force of the document that a question names, on a day; None where nothing is."""
    named = _named(engine, asked.subject)
    force: Mapping[str, int] = named.get("force", {}) if named else {}
    state = state_of(dict(force), day_number(day.isoformat()) or 0)
    if named is None or state == UNKNOWN:
        return None
    begun, ended = force.get("forcefrom", ALWAYS), force.get("forceto", NEVER)
    bounds = [both("có hiệu lực từ {day}", "in force from {day}", day=_day(begun))] if begun > ALWAYS else []
    bounds += [both("hết hiệu lực từ {day}", "no longer from {day}", day=_day(ended))] if ended < NEVER else []
    return both(
        "{name}: {state} (ngày {day}){bounds}",
        "{name}: {state} (on {day}){bounds}",
        name=" ".join(filter(None, (named["type"], named["number"] or named["title"]))),
        state=STATES[state],
        day=told_day(day.isoformat()),
        bounds=joined(["", *bounds], "; "),
    )


def _day(number: int) -> str:
    return told_day(f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}")


def works_named(engine: Engine, subject: str) -> list[str]:
    """The works that type and name mean, those called just so before those whose names begin so, latest first."""
    return [stored["work"] for stored in _called(engine, fold(nfc(subject)))]


def _named(engine: Engine, subject: str) -> Mapping[str, Any] | None:
    """The title of the document that the subject names; of several called so the latest."""
    wish = find_wish(subject)
    titles = Term("kind", "title")
    if wish is not None:
        years = [Term("year", str(wish.year))] if wish.year else []
        kinds = [Term("number", wish.type)] if wish.type else []
        found = engine.search(
            Request(all_of(titles, *(Term("number", key) for key in wish.keys), *years, *kinds), 2)
        )
        stored = [json.loads(hit.stored) for hit in found.hits]
        # Of two that bear the number one may be a slip of who cited it: nothing but that number is known of it.
        named = [each for each in stored if each["title"]] or stored
        return named[0] if len(named) == 1 else None
    return next(iter(_called(engine, subject)), None)


def _called(engine: Engine, subject: str) -> list[Mapping[str, Any]]:
    """The titles of the documents that type and name mean; the beginning of a name may be all that is typed."""
    named = named_in(subject)
    if named is None:
        return []
    kind, name, year = named
    words = analyse(name).words
    years = [Term("year", year)] if year else []
    wanted = all_of(Term("kind", "title"), Term("type", kind), Phrase(words), *years)
    called = [json.loads(hit.stored) for hit in engine.search(Request(wanted, _READ, Sort.DATE)).hits]
    begun = [stored for stored in called if _name_of(stored)[: len(words)] == words]
    return sorted(begun, key=lambda stored: _name_of(stored) != words)


def _name_of(stored: Mapping[str, Any]) -> tuple[str, ...]:
    words = analyse(bare_title(stored["type"], stored["number"], stored["title"])).words
    return words[1:] if words[:1] == ("ve",) else words


def _beginning(engine: Engine, named: Mapping[str, Any] | None) -> Effect | None:
    """Where a document says from when it has effect."""
    if named is None:
        return None
    wanted = all_of(Term("work", named["work"]), Phrase(("co", "hieu", "luc")), Not(Term("kind", "title")))
    for hit in engine.search(Request(wanted, _READ)).hits:
        stored = json.loads(hit.stored)
        article = _article(stored)
        if article and _begins(stored):
            return Effect(About.BEGIN, named["work"], article, None)
    return None


def _end(engine: Engine, asked: EffectAsked, named: Mapping[str, Any] | None) -> Effect | None:
    """Where another document says that a document is replaced or repealed; the whole before a part of it."""
    key = _key(asked.subject, named)
    if key is None:
        return None
    ends = any_of(
        Phrase(("thay", "the")), Phrase(("bai", "bo")), Phrase(("huy", "bo")), Phrase(("het", "hieu", "luc"))
    )
    others = [Not(Term("work", named["work"]))] if named else []
    wanted = all_of(Term("keys", key), ends, Not(Term("kind", "title")), *others)
    best: tuple[bool, str, Mapping[str, Any]] | None = None
    for hit in engine.search(Request(wanted, _READ, Sort.DATE)).hits:
        stored = json.loads(hit.stored)
        part = _ends(stored, key)
        if part is not None and stored["kind"] == "provision" and (best is None or part < best[0]):
            best = (part, stored["work"], stored)
    if best is None:
        return None
    return Effect(asked.about, best[1], _article(best[2]), key)


def _key(subject: str, named: Mapping[str, Any] | None) -> str | None:
    """The number of a document as texts cite it, one token."""
    number = named["number"] if named else None
    wish = find_wish(subject)
    if number is None and wish is not None and "@" not in wish.keys[0]:
        return wish.keys[0]
    return next(find_keys(number), None) if number else None


def _article(stored: Mapping[str, Any]) -> str | None:
    found = re.match(r"art_(\w+?)(?:__|$)", stored.get("unit") or "")
    return found[1] if found else None


# "Luật này có hiệu lực từ …", not "… hết hiệu lực từ ngày Luật này có hiệu lực".
_SELF_RE = re.compile(rf"(?<!ngay ){_PAPER}(?: nay)? (?:se )?co hieu luc")


def _begins(stored: Mapping[str, Any]) -> bool:
    """Whether a record says from when its own document has effect."""
    return _SELF_RE.search(stored["folded"]) is not None


# Between the verb and the number: other documents of a list, but not a part of a document.
_PART_RE = re.compile(r"(?<!\w)(?:dieu|khoan|diem|cum tu|phu luc|chuong|muc)(?!\w)")


def _ends(stored: Mapping[str, Any], key: str) -> bool | None:
    """Whether a record ends but a part of a document (False: the whole); None where it does not end it."""
    folded = stored["folded"]
    number = r" ".join(re.split(r"\W+", key))
    verb = r"(?:thay the|bai bo|huy bo)"
    found = re.search(rf"{verb}((?: \S+){{0,80}}?) 0*{number}(?!\w)", folded)
    if found is not None:
        near = found[1].rsplit(verb, 1)[-1]
        return _PART_RE.search(" ".join(near.split()[-12:])) is not None
    if re.search(rf"(?<!\w)0*{number}(?: \S+){{0,60}}? (?:het|cham dut) hieu luc", folded):
        return False
    return False if re.search(rf"het hieu luc(?: \S+){{0,80}}? 0*{number}(?!\w)", folded) else None
