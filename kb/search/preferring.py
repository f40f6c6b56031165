"""What comes first among the records that hold the words of a query.

A document that it names, one that carries out another, the article that explains a term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kb.bilingual import both
from kb.search.analysis import analyse_query
from kb.search.naming import asks_which, named_in, type_asked_for, type_begun
from kb.search.plan import Bag, Const, Heads, Nothing, Phrase, Plan, Prefer, Term, all_of, any_of
from kb.search.wishes import NumberWish
from kb.text.normalize import fold, nfc

Say = Callable[[str], None]

#: The headings of the articles that say what a document governs, and what its terms mean.
_SCOPE, _TERMS = ("pham", "vi", "dieu", "chinh"), ("giai", "thich")
#: What a document of the type that a question asks for gains ("... ở thông tư nào?").
_TYPE_SCORE = 4.0
#: What the title of a document gains whose type a query begins with, if it is called just so, if of that year.
_TITLE_SCORE, _NAME_SCORE, _YEAR_SCORE = 4.0, 40.0, 10.0
#: What a record gains that holds a term under the heading that explains terms, for who asks what it means.
_TERM_SCORE = 10.0
#: What a title is worth that cites the number typed, to who asks for what carries that out: more than the number.
_CARRYING_SCORE = 15_000.0

_MEANT_RE = re.compile(
    r"(?:khai niem |dinh nghia )?(?P<term>.+?) (?:(?:nghia )?la gi|la (?:nhu )?the nao)[ .?!]*$"
)
_CARRIES = (
    r"(?:huong dan(?: thi hanh| thuc hien| chi tiet)?|quy dinh chi tiet|trien khai(?: thuc hien| thi hanh)?"
    r"|thuc hien|thi hanh|cu the hoa|sua doi(?:,? bo sung)?|bo sung)"
)
# "Thông tư hướng dẫn nghị định 61": between the verb and the number a few words at most.
_CARRYING_RE = re.compile(rf"(?: (?!nao )\S+){{0,8}}? {_CARRIES}(?: \S+){{0,6}} *$")


def preferred(text: str, bag: Bag, learnt: Mapping[str, str], say: Say) -> Plan:
    """A bag with the type of document that a question asks for, or the documents that it names, first."""
    if asks_which(text):
        say(both("tên văn bản được ưu tiên", "titles of documents come first"))
        # Where a title says nothing, the article on the scope of the document does.
        telling = any_of(Term("kind", "title"), Phrase(_SCOPE))
        called = all_of(telling, Phrase(bag.words))
        return Prefer(Prefer(bag, Const(Term("kind", "title"), _TYPE_SCORE)), Const(called, _NAME_SCORE))
    asked = type_asked_for(text)
    if asked is not None:
        say(both("văn bản là {type} được ưu tiên", "documents of the type {type} come first", type=asked))
        return Prefer(bag, Const(Term("type", asked), _TYPE_SCORE))
    if meant := _MEANT_RE.match(" ".join(fold(nfc(text)).split())):
        term = analyse_query(meant["term"], learnt).words
        return Prefer(bag, Const(all_of(Phrase(term), Heads(_TERMS)), _TERM_SCORE)) if term else bag
    named = named_in(text)
    if named is None or len(bag.words) < len(analyse_query(text, learnt).words):
        return bag  # who asks "thế nào" names no document
    kind, name, year = named
    say(both("{type} có tên như vậy đứng trước", "documents of the type {type} called so come first", type=kind))
    titles = all_of(Term("kind", "title"), Term("type", kind))
    called = all_of(titles, Phrase(analyse_query(name, learnt).words))
    plan = Prefer(Prefer(bag, Const(titles, _TITLE_SCORE)), Const(called, _NAME_SCORE))
    return Prefer(plan, Const(all_of(titles, Term("year", year)), _YEAR_SCORE)) if year else plan


def carrying_plan(text: str, wish: NumberWish, say: Say) -> Plan:
    """The titles of the type that a query begins with that cite the number it asks to be carried out.

    >>> from kb.search.wishes import find_wish
    >>> typed = "thông tư hướng dẫn nđ 61"
    >>> carrying_plan(typed, find_wish(typed), print).score
    Thông tư triển khai, hướng dẫn hoặc sửa đổi văn bản ấy đứng trước hết, nếu có
    15000.0
    >>> carrying_plan("nghị định 61", find_wish("nghị định 61"), print)
    Nothing()
    """
    before = " ".join(fold(nfc(text))[: wish.start].split())
    kind = type_begun(before)
    if kind is None or not _CARRYING_RE.fullmatch(before[len(kind[1]) :]):
        return Nothing()
    cited = _cited(wish)
    if isinstance(cited, Nothing):
        return cited
    say(
        both(
            "{type} triển khai, hướng dẫn hoặc sửa đổi văn bản ấy đứng trước hết, nếu có",
            "documents of the type {type} that carry out, explain or amend that one before all, if there are any",
            type=kind[0],
        )
    )
    return Const(all_of(Term("kind", "title"), Term("type", kind[0]), cited), _CARRYING_SCORE)


def _cited(wish: NumberWish) -> Plan:
    """How titles cite a document: "Nghị định số 61/2018/NĐ-CP", "Nghị định 61/2018/NĐ-CP"."""
    if wish.type is None:
        key = wish.keys[0]
        return Term("keys", key) if "/" in key and not key[-1].isdigit() else Nothing()
    figure, _, slug = wish.type.partition("@")
    year = re.match(r"\d+/((?:19|20)\d\d)", wish.keys[0])
    number = (figure, year[1]) if year else (figure,)
    return any_of(*(Phrase((*slug.split("-"), *so, *number)) for so in (("so",), ())))
