"""Whoosh's query parser with our fields and operators; gives a small tree of our own.

What a person types never fails: what the parser cannot read is read as plain words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from whoosh.qparser import QueryParser, plugins, syntax
from whoosh.qparser.common import QueryParserError

from kb.text.normalize import fold

#: Fields by the names people type, folded.
FIELD_NAMES = {
    "loai": "type", "loai van ban": "type", "type": "type",
    "so": "number", "so hieu": "number", "so ky hieu": "number", "number": "number",
    "co quan": "issuer", "co quan ban hanh": "issuer", "noi ban hanh": "issuer", "issuer": "issuer",
    "nam": "year", "year": "year",
    "ngay": "issued", "ngay ban hanh": "issued", "date": "issued",
    "dieu": "article", "article": "article",
    "hieu luc": "status", "tinh trang": "status", "status": "status",
    "cap": "level", "level": "level",
    "linh vuc": "field", "field": "field",
    "tieu de": "title", "trich yeu": "title", "title": "title",
    "muc tin": "kind", "kind": "kind",
    "van ban": "work", "work": "work",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Words typed side by side, of no field, or of one whose value they begin with."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks."""

    text: str
    slop: int
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with ``*`` or ``?``."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """A range of a field; None is open."""

    low: str | None
    high: str | None
    field: str | None
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by ``and``, ``or``, ``not``, ``butnot``, ``maybe``; ``together`` if nothing stood between."""

    how: str
    parts: tuple[Node, ...]


Node: TypeAlias = Run | Quoted | Pattern | Between | Group

#: A node of Whoosh's syntax tree; Whoosh has no types.
SyntaxNode: TypeAlias = Any

_MOST_BRACKETS = 30


_NAMES = "|".join(name.replace(" ", r"\s+") for name in sorted(FIELD_NAMES, key=len, reverse=True))
# What holds no sign of the grammar is words: the parser, which tries every rule at every letter, is not asked.
_PLAIN_RE = re.compile(r"[\w\s.,;/%-]+\??")
OPERATORS = frozenset(("AND", "VÀ", "OR", "HOẶC", "NOT", "ANDNOT", "ANDMAYBE"))
_NAME_RE = re.compile(rf"(?<!\w)({_NAMES})\s?:")
# Right before a field or quoted words a dash leaves out, as search engines have it: ``-loại:luật``. Before a plain
# word it may be the sign of a list that was pasted.
_MINUS_RE = re.compile(rf"(?<!\S)-(?=(?:{_NAMES})\s?:|[\"“„])")

# A field with nothing behind it, at the end of what was typed.
_EMPTIED_RE = re.compile(rf"(?<![\w:])(?:{_NAMES})\s?:\s*$")


def emptied(text: str) -> int | None:
    """Where the name of a field begins that ends a text (NFC) without a value; None where none does.

    >>> emptied("đất đai loại:"), emptied("loại:luật")
    (8, None)
    """
    found = _EMPTIED_RE.search(fold(text))
    return found.start() if found else None


def parse(text: str) -> Node | None:
    """The tree of a query (NFC); None when the parser could make nothing of it.

    >>> parse("cải cách OR loại:luật")
    Group(how='or', parts=(Run(text='cải cách', field=None), Run(text='luật', field='type')))
    """
    for dash in reversed([hit.start() for hit in _MINUS_RE.finditer(fold(text))]):
        text = f"{text[:dash]}NOT {text[dash + 1 :]}"
    words = text.split()
    if _PLAIN_RE.fullmatch(text) and OPERATORS.isdisjoint(words):
        return Run(" ".join(words)) if words else None
    if text.count("(") > _MOST_BRACKETS:
        return None
    try:
        names = {text[hit.start(1) : hit.end(1)] for hit in _NAME_RE.finditer(fold(text))}
        return _read(_parser(tuple(sorted(names)), text.isupper()).process(text))
    except (QueryParserError, IndexError, AttributeError, ValueError, TypeError, RecursionError):
        # Unbalanced brackets, operators without operands: the parser has many ways to fail.
        return None


class _Together(syntax.AndGroup):  # type: ignore[misc]
    """Words without an operator between them."""


class _JoinWords(plugins.Plugin):  # type: ignore[misc]
    """Joins words typed side by side, so that an operator takes them all: ``cải cách AND hành chính``.

    Those behind the first word of a field's value go with it: ``NOT loại:quyết định``.
    """

    def filters(self, parser: QueryParser) -> list[tuple[Any, int]]:
        # After the fields (100), before white space goes (500) and operators act (600).
        return [(self.join_words, 490)]

    def join_words(self, parser: QueryParser, group: SyntaxNode) -> SyntaxNode:
        joined = group.empty_copy()
        for node in group:
            last: Any = joined[-1] if len(joined) else None
            if isinstance(node, syntax.GroupNode):
                joined.append(self.join_words(parser, node))
            elif node.is_ws():
                continue
            elif _is_word(node) and node.fieldname is None and _is_word(last):
                last.text += " " + node.text
                last.endchar = node.endchar
            else:
                joined.append(node)
        return joined


def _is_word(node: SyntaxNode) -> bool:
    return isinstance(node, syntax.WordNode)


class _Bounds(plugins.GtLtPlugin):  # type: ignore[misc]
    """``năm:>=2020``; a sign without a field before it is nothing."""

    expr = r"(?<=[:\s])(?P<rel>(<=|>=|=<|=>|<|>))"


@lru_cache(maxsize=64)
def _parser(names: tuple[str, ...], shouted: bool) -> QueryParser:
    """The parser for these field names; a text all in capitals has no Vietnamese operators."""
    # No KHÔNG: "Cha mẹ KHÔNG có nghĩa vụ ..." is a question that stresses a word.
    both, either = ("AND|&&", r"OR|\|\|") if shouted else ("AND|VÀ|&&", r"OR|HOẶC|\|\|")
    operators = plugins.OperatorsPlugin(
        And=rf"(?<=\s)(?:{both})(?=\s)", Or=rf"(?<=\s)(?:{either})(?=\s)", Require=None
    )
    chosen = [
        # A question mark at the end of a word ends a question.
        plugins.WildcardPlugin(r"(?P<text>[*]|(?<=\w)[?](?=\w))"),
        plugins.PhrasePlugin('["“”„](?P<text>[^"“”„]*)["“”](~(?P<slop>[1-9][0-9]?(?![0-9])))?'),
        plugins.RangePlugin(),
        plugins.GroupPlugin(),
        operators,
        _Bounds(),
        _JoinWords(),
    ]
    if names:
        pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        chosen.append(plugins.FieldsPlugin(rf"(?<!\w)(?P<text>{pattern})\s?:\s*", remove_unknown=False))
    return QueryParser(None, None, plugins=chosen, group=_Together)


_HOW = (
    (_Together, "together"),
    (syntax.AndGroup, "and"),
    (syntax.OrGroup, "or"),
    (syntax.NotGroup, "not"),
    (syntax.AndNotGroup, "butnot"),
    (syntax.AndMaybeGroup, "maybe"),
)


def _read(node: SyntaxNode) -> Node | None:
    """A syntax node of Whoosh as one of ours."""
    if isinstance(node, syntax.GroupNode):
        how = next((name for kind, name in _HOW if isinstance(node, kind)), "together")
        parts = tuple(part for part in map(_read, node) if part is not None)
        if not parts:
            return None
        if how == "together":
            parts = _flat(parts)
        # What stands in brackets with a value is no longer asked for beside it: NOT (loại:luật đất đai).
        kept = how == "not" or (how == "together" and isinstance(parts[0], Run) and parts[0].field)
        return Group(how, parts) if kept or len(parts) > 1 else parts[0]
    if isinstance(node, syntax.RangeNode):
        return Between(_bare(node.start), _bare(node.end), _field(node), not node.startexcl, not node.endexcl)
    if isinstance(node, plugins.PhrasePlugin.PhraseNode):
        return Quoted(node.text, node.slop - 1, _field(node))
    if isinstance(node, plugins.PrefixPlugin.PrefixNode):
        return Pattern(node.text + "*", _field(node))
    if isinstance(node, plugins.WildcardPlugin.WildcardNode):
        return Pattern(node.text, _field(node))
    if isinstance(node, syntax.TextNode) and node.text.strip():
        return Run(node.text, _field(node))
    return None


def _flat(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Words side by side as one run: brackets in a sentence are no operators."""
    flat: list[Node] = []
    for part in parts:
        inner = part.parts if isinstance(part, Group) and part.how == "together" else (part,)
        for each in inner:
            last = flat[-1] if flat else None
            plain = isinstance(each, Run) and each.field is None
            if plain and isinstance(last, Run) and last.field is None and isinstance(each, Run):
                flat[-1] = Run(f"{last.text} {each.text}")
            else:
                flat.append(each)
    return tuple(flat)


def _field(node: SyntaxNode) -> str | None:
    """Our name of the field that a node was given."""
    return FIELD_NAMES.get(" ".join(fold(node.fieldname).split())) if node.fieldname else None


def _bare(bound: str | None) -> str | None:
    cleaned = (bound or "").strip().strip("'\"")
    return cleaned or None
