"""Citations as a component of spaCy, for those who have a pipeline of their own.

    import spacy

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.add_pipe("cancu_citations")
    doc = nlp("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;")
    for span in doc.spans["citations"]:
        print(span._.number, span._.issuer, span._.offsets)

Installing the program makes the component known to spaCy; nothing of ours has to be imported. This is the
only module that loads spaCy, and the program itself never loads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from ingest.citations.plain import cite_text
from kb.models import Citation

NAME = "cancu_citations"

#: What each span of the group tells under ``span._``; None on a span of another origin.
FIELDS = (
    "kind",
    "type",
    "number",
    "issuer",
    "issued",
    "year",
    "name",
    "title",
    "pinpoint",
    "pinpoints",
    "relation",
    "direction",
    "use",
    "footnote",
    "antecedent",
    "status",
    "reason",
    "surface",
    "offsets",
    "parts",
)


def register_extensions() -> None:
    """Make the fields known to spaCy, leaving alone what another package has registered under the same name."""
    for name in FIELDS:
        if not Span.has_extension(name):
            Span.set_extension(name, getter=_getter(name))


def _getter(name: str) -> Any:  # noqa: ANN401 (spaCy has no type for it)
    # Values stored on a span are keyed by its offsets in spaCy, and two citations may share one token.
    def get(span: Span) -> Any:  # noqa: ANN401
        rows = span.doc.user_data.get(NAME, ())
        own = span.id_.removeprefix(f"{NAME}:") if span.id_.startswith(f"{NAME}:") else ""
        return rows[int(own)][name] if own.isdigit() and int(own) < len(rows) else None

    return get


@dataclass(frozen=True, slots=True)
class CitationFinder:
    """Fills ``doc.spans[spans_key]``: one span a citation, in reading order, its kind as label.

    Spans are widened to whole tokens, as spaCy wants them; ``span._.offsets`` keeps the exact characters.
    """

    spans_key: str = "citations"

    def __call__(self, doc: Doc) -> Doc:
        """The same document with its citations."""
        found = cite_text(doc.text)
        doc.user_data[NAME] = [_row(citation) for citation in found]
        spans = []
        for index, citation in enumerate(found):
            span = doc.char_span(citation.span.start, citation.span.end, alignment_mode="expand")
            if span is not None:
                spans.append(Span(doc, span.start, span.end, label=citation.kind.value, span_id=f"{NAME}:{index}"))
        doc.spans[self.spans_key] = spans
        return doc


def _row(citation: Citation) -> dict[str, object]:
    """The fields of a citation as plain values, so that a Doc can be written to disk."""
    return {
        "kind": citation.kind.value,
        "type": citation.type,
        "number": citation.number,
        "issuer": citation.issuer,
        "issued": citation.issued,
        "year": citation.year,
        "name": citation.name,
        "title": citation.title,
        "pinpoint": citation.pinpoint,
        "pinpoints": [dict(pinpoint.path) for pinpoint in citation.pinpoints],
        "relation": citation.relation.value if citation.relation else None,
        "direction": citation.direction.value if citation.direction else None,
        "use": citation.use.value if citation.use else None,
        "footnote": citation.footnote,
        "antecedent": citation.antecedent,
        "status": citation.status.value if citation.status else None,
        "reason": citation.reason,
        "surface": citation.surface,
        "offsets": [citation.span.start, citation.span.end],
        "parts": [[part.start, part.end] for part in citation.parts],
    }


def make_citation_finder(nlp: Language, name: str, spans_key: str) -> CitationFinder:
    """The component, as spaCy's factories want it."""
    register_extensions()
    return CitationFinder(spans_key)


Language.factory(NAME, default_config={"spans_key": "citations"}, assigns=["doc.spans"], func=make_citation_finder)
