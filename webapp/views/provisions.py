"""Provisions: the card of a cited one, and who cites one, each with the sentence that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from graphs.finding import find_works
from graphs.status import answer_status, describe
from graphs.trace import DOWN, Link, walk
from kb.bilingual import Bilingual, joined
from kb.errors import NotFound
from kb.mentions import printed_place
from kb.models import MediaType
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.store import Store
from webapp.asked import asked_day, chosen_day
from webapp.cli.works_named import Proofs
from webapp.current import current_store
from webapp.held import read_held
from webapp.provisions import citation_words, name_of, unit_at, unit_text

blueprint = Blueprint("provisions", __name__)

#: Citing places on one page, and letters of a provision on a card.
PAGE = 30
CARD = 700


@dataclass(frozen=True, slots=True)
class Citer:
    """One place that cites: its document, the part that it names, the sentence; `printed`: a page boxes it."""

    work: rows.Record
    link: Link
    place: str
    proof: dict[str, Any] | None
    printed: bool


@blueprint.get("/tac-pham/<work_id>/the")
def card(work_id: str) -> str:
    """A piece of a page: the title of a work, its status on a day, the words of the part that ``?noi=`` names."""
    store, day = current_store(), asked_day()
    found = [work for work in find_works(store, work_id) if work.id == work_id]
    if not found:
        raise NotFound(
            code="work.absent", vi=f"không biết văn bản “{work_id}”", en=f"no work “{work_id}” is known"
        )
    place = request.args.get("noi", "")[:200]
    answer = answer_status(store, work_id, day)
    text, digest, missing = "", False, False
    if found[0].held:
        document = read_held(work_id).document
        digest = document.metadata.digest
        eid = unit_at(place, {unit.eid for unit in document.units}) if place else None
        text = unit_text(document, eid, CARD) if eid else ""
        missing = bool(place) and not text
    return render_template(
        "documents/_card.html",
        work=found[0],
        day=day,
        word=answer.standing.word.value,
        reason=Bilingual(*describe(answer)),
        place=printed_place(place),
        text=text,
        digest=digest,
        missing=missing,
    )


@blueprint.get("/van-ban/<work_id>/duoc-dan")
def citers(work_id: str) -> str:
    """Who cites a document, or the unit of it that ``?noi=`` names (an eid), with the sentences."""
    store = current_store()
    document = read_held(work_id).document
    eids = {unit.eid for unit in document.units}
    wanted = request.args.get("noi", "")
    page = max(request.args.get("trang", 1, type=int) or 1, 1)
    links = [link for link in walk(store, work_id, DOWN, 1, None).links if _names(link, wanted, eids)]
    links.sort(key=lambda link: (link.source, link.start or 0))
    shown = links[(page - 1) * PAGE : page * PAGE]
    return render_template(
        "documents/citers.html",
        work_id=work_id,
        name=name_of(document.metadata),
        eid=wanted,
        words=citation_words(document.units).get(wanted, ""),
        text=unit_text(document, wanted, CARD) if wanted else "",
        citers=_citers(store, shown),
        total=len(links),
        works=len({link.source for link in links}),
        number=page,
        pages=-(-len(links) // PAGE),
        chosen=chosen_day(),
    )


def _names(link: Link, wanted: str, eids: set[str]) -> bool:
    """Whether an edge cites a unit or what is in it."""
    if not wanted:
        return True
    places = (link.place or "").split("; ")
    found = (unit_at(place, eids) for place in places if place)
    return any(eid is not None and f"{eid}__".startswith(f"{wanted}__") for eid in found)


def _citers(store: Store, links: list[Link]) -> list[Citer]:
    proofs = Proofs(store)
    with said(), store.connect() as connection:
        nodes = {row.id: row for row in rows.node_rows(connection, "id", sorted({link.source for link in links}))}
    return [_citer(store, nodes[link.source], link, proofs) for link in links if link.source in nodes]


def _citer(store: Store, work: rows.Record, link: Link, proofs: Proofs) -> Citer:
    place = joined(map(printed_place, link.place.split("; ")), ", ", "; ") if link.place else ""
    proof = proofs.of_link(link)
    paged = bool(proof and proof["page"] and link.start is not None)
    return Citer(work, link, place, proof, paged and _is_pdf(store, work.id))


def _is_pdf(store: Store, work_id: str) -> bool:
    return any(row.media_type == MediaType.PDF.value for row in store.find(work_id))
