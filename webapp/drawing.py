"""The text of a document as HTML, straight from its pieces.

A page has thousands of them, each too small for a template: calling a macro takes longer than what it writes.
Every value is escaped here (`markupsafe.escape`) but for numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import Markup, escape

from kb.models import Document, Table
from webapp.addresses import url_for
from webapp.language import in_page_language, page_language
from webapp.pages import Page, Piece, Run
from webapp.relations import Neighbour

#: What is said beside the text.
COPY, CITED, CITING = "Chép trích dẫn %(v1)s", "được dẫn %(v1)s", "%(v1)s văn bản trong kho dẫn đến %(v2)s"
HERE, PAGE, PRINTED = "chỗ này", "trang %(page)s", "trang %(page)s, xem bản in"
DOUBTFUL = "Máy nhận dạng chữ không chắc ở dòng này"

DrawTable = Callable[[Table, int, str | None, str | None, Mapping[tuple[int, int], tuple[int, ...]], bool], Markup]


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Where a citation leads: an address, the work it means (None within the document), its card's address."""

    url: str
    work: Neighbour | None
    card: str | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """What a document's own page has beside the text.

    `leads` by the position of a citation; `named`, how each unit is cited, and `citers`, how many cite it, by eid;
    `printed`: whether there is a page of the original to look at; `say` puts words into the language of the page.
    """

    work_id: str
    leads: Mapping[int, CitedPlace]
    named: Mapping[str, str]
    citers: Mapping[str, int]
    printed: bool
    say: Callable[[str], str] = field(default_factory=page_language)


_NO_LEADS: Mapping[int, CitedPlace] = {}
#: Stands for leads that are not known yet: the text is drawn with a gap at each citation and behind each unit.
OPEN: Mapping[int, CitedPlace] = MappingProxyType({})
#: What encloses the three parts of a gap; no document holds it.
GAP = "\0"


def fill_gaps(
    drawn: str,
    leads: Mapping[int, CitedPlace],
    citers: Mapping[str, int],
    work_id: str,
    own: Collection[int] = frozenset(),
) -> Markup:
    """A text that was drawn `OPEN` with its citations, and how many works cite each unit.

    `own` are the citations that mean the document itself: on its own page they are words like any others.

    >>> fill_gaps(f"theo {GAP}0{GAP}12{GAP}Điều 5{GAP}.", {0: CitedPlace("#art_5", None)}, {}, "x")
    Markup('theo <a class="cite" href="#art_5" id="dan-12">Điều 5</a>.')
    """
    parts = drawn.split(GAP)
    for at in range(1, len(parts), 4):
        number, place, words = parts[at : at + 3]
        if number and int(number) in own:
            filled = words
        elif number:
            filled = _cited(words, place, leads.get(int(number)))
        else:
            filled = _counted(place, words, citers.get(place), work_id)
        parts[at : at + 3] = filled, "", ""
    return Markup("".join(parts))


def draw_pieces(page: Page, draw_table: DrawTable, tools: Tools | None = None) -> Markup:
    """The whole text; a mark where each page of the original begins."""
    out: list[str] = []
    shown = None
    for piece in page.pieces:
        if piece.page and piece.page != shown:
            shown = piece.page
            out.append(_page_mark(shown, tools))
        out += ("    ", draw_piece(piece, page.document, draw_table, tools), "\n")
    return Markup("".join(out))


def draw_piece(
    piece: Piece,
    document: Document | None,
    draw_table: DrawTable,
    tools: Tools | None = None,
    name: str | None = None,
) -> Markup:
    """A paragraph or a table; `name` is its id beside another document, where it has no anchors and no notes."""
    out = [] if name else [f'<a id="{escape(eid)}" class="target"></a>' for eid in piece.anchors]
    if piece.table:
        if piece.findings and not name:
            out.append(f'<a id="tai-bang-{piece.number + 1}" class="target"></a>')
        drawn = draw_table(
            piece.table, piece.number, tools.work_id if tools else None, name, piece.cells, piece.told
        )
        out += ("      ", drawn, "\n")
        return Markup("".join(out))
    out.append(_opening(piece, name))
    beside = tools if piece.anchors else None
    if beside:
        out += _links(piece.anchors, beside)
    out += _runs(piece.runs, document, tools.leads if tools else _NO_LEADS)
    if beside:
        out += _citers(piece.anchors, beside)
    out.append("</p>\n")
    return Markup("".join(out))


def draw_runs(
    runs: Sequence[Run], document: Document | None, leads: Mapping[int, CitedPlace] = _NO_LEADS
) -> Markup:
    """Stretches of text with their notes, citations and findings.

    >>> draw_runs([Run("theo <b>"), Run("Điều 5", citation=0)], None, {0: CitedPlace("#art_5", None)})
    Markup('theo &lt;b&gt;<a class="cite" href="#art_5">Điều 5</a>')
    """
    return Markup("".join(_runs(runs, document, leads)))


def _runs(runs: Sequence[Run], document: Document | None, leads: Mapping[int, CitedPlace]) -> Iterator[str]:
    for run in runs:
        words: str = escape(run.text)
        if run.note is not None:
            yield _note(words, run.note, document)
            continue
        if run.citation is not None:
            words = _citation(words, run, leads)
        if run.findings:
            numbers = " ".join(map(str, run.findings))
            yield f'<mark class="found" data-findings="{numbers}">{words}</mark>'
        else:
            yield words


def _note(mark: str, note: int, document: Document | None) -> str:
    if document is None:
        return f"<sup>{mark}</sup>"
    return (
        f'<sup class="mark" id="cho-{note}"><a href="#chu-thich-{note}" '
        f'aria-describedby="noi-dung-chu-thich-{note}">{mark}</a><span class="note-popup" aria-hidden="true">'
        f"<b>{mark}</b> {escape(document.footnotes[note].text)}</span></sup>"
    )


def _citation(words: str, run: Run, leads: Mapping[int, CitedPlace]) -> str:
    opens = "" if run.opens is None else str(run.opens)
    if leads is OPEN:
        return f"{GAP}{run.citation}{GAP}{opens}{GAP}{words}{GAP}"
    return _cited(words, opens, leads.get(run.citation or 0))


def _cited(words: str, opens: str, lead: CitedPlace | None) -> str:
    place = f' id="dan-{opens}"' if opens else ""
    if lead is None:
        return f'<span class="cite"{place}>{words}</span>'
    card = f' data-card="{escape(lead.card)}"' if lead.card else ""
    return f'<a class="cite" href="{escape(lead.url)}"{place}{card}>{words}</a>'


def _opening(piece: Piece, name: str | None) -> str:
    kind = f"{piece.role} depth-{piece.level}"
    kind += (" centered" if piece.centered else "") + (" doubtful" if piece.doubtful else "")
    rank = ""
    if piece.heading:
        kind += " heading"
        rank = f' role="heading" aria-level="{min(piece.level + 1, 6)}"'
    own = escape(name) if name else f"vi-tri-{piece.start}"
    doubt = f' title="{escape(in_page_language(DOUBTFUL))}"' if piece.doubtful else ""
    return f'      <p class="{kind}"{rank} id="{own}"{doubt}>'


def _links(eids: Sequence[str], tools: Tools) -> Iterator[str]:
    """The citation of each unit that begins here, to copy."""
    yield '  <span class="tools">'
    for eid in eids:
        if eid in tools.named:
            words = escape(tools.named[eid])
            label = tools.say(COPY) % {"v1": words}
            yield f'<a class="permalink" href="#{escape(eid)}" data-cite="{words}" aria-label="{label}">§</a>'
    yield "</span>"


def _citers(eids: Sequence[str], tools: Tools) -> Iterator[str]:
    """How many cite each unit that begins here."""
    for eid in eids:
        place = escape(tools.named.get(eid) or tools.say(HERE))
        if tools.leads is OPEN:
            yield f"{GAP}{GAP}{eid}{GAP}{place}{GAP}"
        else:
            yield _counted(eid, place, tools.citers.get(eid), tools.work_id)


def _counted(eid: str, place: str, count: int | None, work_id: str) -> str:
    if not count:
        return ""
    address = escape(url_for("provisions.citers", work_id=work_id, noi=eid))
    title = in_page_language(CITING) % {"v1": count, "v2": place}
    words = in_page_language(CITED) % {"v1": count}
    return f' <a class="citers" href="{address}" title="{title}">{words}</a>'


def _page_mark(number: int, tools: Tools | None) -> str:
    words = in_page_language(PRINTED if tools and tools.printed else PAGE) % {"page": number}
    if tools and tools.printed:
        address = escape(url_for("prints.show", work_id=tools.work_id, number=number))
        words = f'<a href="{address}">{words}</a>'
    return f'<span class="page-mark" id="trang-{number}">{words}</span>'
