"""Joint papers: which of their bodies a citation names."""

from __future__ import annotations

import re

from kb.models import Citation
from kb.vocabulary.issuers import issuer_of_code, issuer_of_name

#: Behind a number its date, and "của": a body behind "do" does something else.
OF_RE = re.compile(
    r"\s*,?\s*(?:ngày\s+[\d/.-]+|ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4})?\s*,?\s*của\s", re.IGNORECASE
)
#: "của Bộ Nội vụ hướng dẫn …": one body, and then what the paper does.
_ONE_BODY_RE = re.compile(r"(?:[^,;.()\n]|\n(?!\s*\n)){0,90}?\s(?:hướng dẫn|quy định|về|ban hành|sửa đổi)\s")
_MORE_RE = re.compile(r"\b(?:liên|và|các)\b")


def left_out(text: str, citation: Citation, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The bodies of a joint circular that its citation leaves out where it names one alone.

    `codes` are those of the bodies in its number.
    """
    bodies = [issuer_of_code(code) for code in codes]
    named = issuer_of_name(citation.issuer or "")
    of = OF_RE.match(text, citation.span.end)
    if citation.type != "Thông tư liên tịch" or named is None or of is None or None in bodies:
        return ()
    alone = _ONE_BODY_RE.match(text, of.end())
    words = " ".join(alone.group().split()).casefold() if alone else ""
    if not alone or _MORE_RE.search(words.replace(named.name.casefold(), "")):
        return ()
    names = tuple(body.name for body in bodies if body and body.key != named.key)
    return names if len(names) >= len(bodies) - 1 else ()
