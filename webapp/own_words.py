"""Words of the program's own that pages show by the filter ``t``: they stand in code, not in templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphs.compare import Fate
from graphs.diagram import GROUPS
from graphs.passages import NAMES
from kb.goals import VERDICTS
from kb.models import Relation
from kb.search.index import HELD_NAMES, LEVEL_NAMES
from kb.validity import Word
from webapp import drawing
from webapp.outputs.sheet import FAMILIES, SEVERITIES
from webapp.presenters import MEDIA_NAMES, SOURCE_WORDS
from webapp.reviewing import QUEUES
from webapp.suggestions import CITED, DOCUMENT, SHORT
from webapp.target_words import BASIS_WORDS, COMPARATORS
from webapp.twins import COMPARISONS
from webapp.views import decisions
from webapp.views.accounts import ROLES
from webapp.views.check import CHANGES
from webapp.views.compare import COUNTS
from webapp.views.effect import KINDS, SPANS
from webapp.views.inbox import DONE_OF, REFUSED_OF, WORDS
from webapp.views.lists import COLUMNS
from webapp.views.records import ACTIONS, DETAILS
from webapp.views.review import NONE, NOTED, PINNED
from webapp.views.search import FACETS, SORTS


def own_words() -> Iterator[str]:
    """Every such word; some come more than once."""
    yield from (word.value for word in Word)
    yield from (relation.value for relation in Relation)
    for names in GROUPS.values():
        yield from names
    tables: tuple[Mapping[object, str], ...] = (
        LEVEL_NAMES,
        HELD_NAMES,
        FAMILIES,
        SEVERITIES,
        MEDIA_NAMES,
        COMPARISONS,
        FACETS,
        SORTS,
        BASIS_WORDS,
        COMPARATORS,
        QUEUES,
        decisions.KINDS,
        ACTIONS,
        DETAILS,
    )  # type: ignore[assignment]
    for table in tables:
        yield from filter(None, table.values())
    yield from (word for word, _ in WORDS.values())
    for words in ROLES.values():
        yield from words
    yield from SOURCE_WORDS
    yield from VERDICTS
    yield from CHANGES
    yield from (SHORT, DOCUMENT, CITED)
    yield from (word.value for word in Fate)
    yield from (words for _, words in SPANS.values())
    for mine in (KINDS, COUNTS, COLUMNS):
        yield from mine.values()
    yield from NAMES.values()
    yield from (drawing.COPY, drawing.CITED, drawing.CITING, drawing.HERE, drawing.PAGE, drawing.PRINTED)
    yield drawing.DOUBTFUL
    yield from (DONE_OF, REFUSED_OF, NOTED, PINNED, NONE)
