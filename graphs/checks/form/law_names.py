"""DOC of names of laws: the first letter of the name is a capital (Nghị định 30/2020/NĐ-CP, Phụ lục II)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.form.form import follows_decree
from graphs.checks.form.written import places
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import CitationKind, Finding
from kb.text.normalize import nfc
from kb.vocabulary.laws import laws_by_name, name_key

#: A type and the first letter of the name behind it; what amends is named by what it does.
_NAME_RE = re.compile(
    r"(?P<type>Bộ luật|Luật|Pháp lệnh)\s+(?!(?:sửa\s+đổi|bổ\s+sung|số|này|trên|đó|về|của|liên\s+quan)\b)"
    r"(?P<first>[^\W\d_])"
)


def check_names_of_laws(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Luật tổ chức chính phủ`` is written ``Luật Tổ chức Chính phủ``."""
    if not follows_decree(subject, tally):
        return
    wrong = []
    for citation in subject.citations:
        found = _NAME_RE.match(nfc(citation.surface)) if citation.kind is CitationKind.NAME else None
        if found is None:
            continue
        if found["first"].isupper():
            tally.held += 1
        else:
            wrong.append((citation, found))
    if not wrong:
        return
    tally.failed += len(wrong)
    first, found = wrong[0]
    surface = " ".join(nfc(first.surface).split())
    at = len(" ".join(found.group().split())) - 1
    right = _as_known(found["type"], surface[at:]) or f"{surface[:at]}{surface[at].upper()}{surface[at + 1 :]}"
    spans = tuple(citation.span for citation, _ in wrong)
    yield NAMES.finding(
        spans,
        f"“{surface}”: chữ cái đầu của tên luật viết hoa, “{right}”{places(spans)}",
        f"“{surface}”: the first letter of the name of a law is a capital, “{right}”{places(spans).en}",
        stated=surface,
        expected=right,
        suggestion=both("viết “{right}”", "write “{right}”", right=right),
        page=first.page,
    )


def _as_known(kind: str, name: str) -> str:
    """A law of the table with the capitals that it writes itself with; empty for one that is not there."""
    known = {law.name for law in laws_by_name().get(name_key(name), ()) if law.type == kind}
    return f"{kind} {known.pop()}" if len(known) == 1 else ""


NAMES = rule("DOC-019", check_names_of_laws)
LAW_NAME_RULES = (NAMES,)
