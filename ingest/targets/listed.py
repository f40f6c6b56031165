"""What the items of a list rest on that name no more than "kế hoạch": the papers of its lead-in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.targets.contexts import Context, context_of
from ingest.targets.mentioned import NORMS
from ingest.targets.places import Places, basis_on
from kb.models import Basis, BasisKind, Target

#: A lead-in that gives the results of goals ("… kết quả thực hiện các chỉ tiêu như sau:"), not that of a paper.
_LISTS_RE = re.compile(r"\b(?:chỉ tiêu|mục tiêu|kết quả)\b[^.;]*(?<!báo cáo):\W*$", re.IGNORECASE)


def of_list(places: Places, contexts: tuple[Context | None, ...], target: Target) -> Iterator[Basis]:
    """The documents that a lead-in names for all items of its list, that of a target among them."""
    context = context_of(places.document, contexts, target)
    for lead in context.leads[:1] if context else ():
        span = places.document.blocks[lead.block].span
        if _LISTS_RE.search(lead.text):
            yield from (
                basis_on(at, BasisKind.SECTION, one.span, span)
                for at, one in places.cited(span)
                if one.type not in NORMS
            )
