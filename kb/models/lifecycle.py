"""What happens to a document in time, as texts state it and as the base holds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.models.citations import Pinpoint
from kb.models.places import Span


class Change(StrEnum):
    """What an event does to a document or a part of it; the words of the catalogue's tables."""

    START = "có hiệu lực"
    MOVE = "dời hiệu lực"
    AMEND = "sửa đổi bổ sung"
    INSERT = "bổ sung"  # a new unit; nothing that was there ends
    REPLACE = "thay thế"
    REPEAL = "bãi bỏ"
    END = "hết hiệu lực"
    TERM = "hết thời hạn"
    SUSPEND = "ngưng hiệu lực"
    RESUME = "tiếp tục hiệu lực"
    CORRECT = "đính chính"
    CONSOLIDATE = "hợp nhất"
    DETAILS = "theo văn bản được quy định chi tiết"  # its life hangs on that of the document it details


class When(StrEnum):
    """How a text fixes the day of an event."""

    DAY = "day"  # a date is printed
    SIGNING = "signing"  # the day of signing, `days` later
    PUBLICATION = "publication"  # the day of the gazette, `days` later
    ACT = "act"  # when the acting text itself takes effect
    WITH = "with"  # when another document takes effect
    UNTIL = "until"  # when another document ends
    TOLD = "told"  # when the document takes effect that, by this text, did it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """An event that a text states, with the words that prove it.

    `target` is the index of the citation it happens to, None for the document itself; `passive` says that the
    acting document is the citation (``bị bãi bỏ bởi …``) and the target the document itself; `pinpoints` the parts
    concerned (none: the whole), `saved` the parts that live on; `on` an ISO date where it is printed or can be
    counted; `other` the citation on whose day it hangs, or (`When.DAY`, `When.TOLD`) that did what this text only
    tells; `span` the sentence; `unit` the eid it stands in and
    `article` the number of its article.
    """

    change: Change
    span: Span
    when: When = When.ACT
    on: str | None = None
    days: int = 0
    target: int | None = None
    pinpoints: tuple[Pinpoint, ...] = ()
    saved: tuple[Pinpoint, ...] = ()
    other: int | None = None
    passive: bool = False
    unit: str | None = None
    article: str | None = None
    until: str | None = None
