"""Whether a paper only quotes the words of another one in which a document is named."""

from __future__ import annotations

import re

from graphs.checks.report import Subject
from kb.models import Citation

_QUOTES_RE = re.compile(r"[^.;:\n]{0,90}quy định[^.;:\n]{0,60}:\s*[“\"]")
#: A provision that is quoted from its label on: "“Điều 257. Giải quyết về tài chính", "“2. Đối với trường hợp".
_PROVISION_RE = re.compile(r"\s*(?:Điều\s+\d+[a-zđ]?\s*\.|Khoản\s+\d|\d{1,2}[a-zđ]?\.\s|[a-zđ]\)\s)")
_PROVISION = 6000


def is_quoted(subject: Subject, citation: Citation) -> bool:
    """Whether a text only quotes what a provision said: ``Điều 55 Luật … quy định: “…``."""
    return _QUOTES_RE.match(subject.document.text, citation.span.end) is not None


def is_in_provision(subject: Subject, citation: Citation) -> bool:
    """Whether a paper that sets no rules quotes a provision word for word, and that names the document."""
    if subject.is_rule():
        return False
    before = subject.document.text[max(0, citation.span.start - _PROVISION) : citation.span.start]
    opened = before.rfind("“")
    return before.rfind("”") < opened and _PROVISION_RE.match(before, opened + 1) is not None
