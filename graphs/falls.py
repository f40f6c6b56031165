"""What ends by law because something else did: amendments of what has ended, documents that detail others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.bilingual import both
from kb.lawrules import child_rule, part_rule
from kb.models import Change
from kb.validity import PARTS, Event, Origin, covers

#: The day on which a work ended; None while it has not.
EndOf = Callable[[str], str | None]

AMENDS = frozenset((Change.AMEND.value, Change.INSERT.value, Change.MOVE.value))
_AMENDING_RE = re.compile(
    r"(?:luật\s+|nghị định\s+|thông tư\s+|quyết định\s+|về việc\s+|\W)*(?:sửa đổi|bổ sung)", re.IGNORECASE
)


def only_amends(title: str | None) -> bool:
    """Whether a title is that of a document that only changes others.

    >>> only_amends("Sửa đổi, bổ sung một số điều của Luật Thuế"), only_amends("Luật Thuế")
    (True, False)
    """
    return bool(_AMENDING_RE.match(title or ""))


@dataclass(frozen=True, slots=True)
class Act:
    """What a document does to a place of another (`name`: what people call it), and in which of its articles."""

    target: str
    place: str
    article: str | None
    name: str = ""


def falls_with_amended(acts: Iterable[Act], end_of: EndOf, born: str | None) -> list[Event]:
    """The ends of a document that only amends others, as those end: of its articles, of all that is left of it.

    >>> ends = {"a": "2024-01-01", "b": None}.get
    >>> [(e.place, e.on) for e in falls_with_amended([Act("a", "", "1"), Act("b", "", "2")], ends, "2018-01-01")]
    [('điều 1', '2024-01-01')]
    """
    targets: set[str] = set()
    articles: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for act in acts:
        targets.add(act.target)
        names[act.target] = act.name or act.target
        if act.article:
            articles[act.article].add(act.target)
    ends = {target: end_of(target) for target in sorted(targets)}
    if not ends:
        return []
    if all(ends.values()):
        last = max(filter(None, ends.values()))
        rule = both("mọi văn bản mà nó sửa đổi, bổ sung đã hết hiệu lực", "all that it amends has ended")
        return [_derived(last, "", rule)] if born is None or last > born else []
    found = []
    for article, some in sorted(articles.items()):
        days = [ends[target] for target in some]
        if all(days):
            last = max(filter(None, days))
            rule = both(
                "văn bản mà điều này sửa đổi, bổ sung ({names}) đã hết hiệu lực",
                "what this article amends ({names}) has ended",
                names=", ".join(sorted(names[target] for target in some)),
            )
            found += [_derived(last, f"điều {article}", rule)] if born is None or last > born else []
    return found


def overtaken(
    own: str, acts: Iterable[Act], changed: Mapping[str, Sequence[Event]], born: str | None
) -> list[Event]:
    """The articles of a document that only amends others whose wording a later document has replaced.

    `changed` are the events of the works that it amends.

    >>> later = Event(Change.AMEND, "2024-01-01", "điều 5", by="c")
    >>> found = overtaken("b", [Act("a", "điều 5/khoản 2", "1")], {"a": [later]}, "2018-01-01")
    >>> [(e.place, e.on, e.by) for e in found]
    [('điều 1', '2024-01-01', 'c')]
    """
    rule = both(
        "chỗ mà điều này sửa đổi đã được sửa đổi, bãi bỏ lần nữa",
        "the place that this article amends was changed again",
    )
    found: dict[str, Event] = {}
    for act in acts:
        if not act.article or not act.place:
            continue
        for event in changed.get(act.target, ()):
            again = event.change in PARTS and event.place and covers(event.place, act.place)
            if again and event.on and event.by not in (None, own) and (born is None or event.on > born):
                made = replace(_derived(event.on, f"điều {act.article}", rule), change=Change.AMEND, by=event.by)
                kept = found.get(act.article)
                if kept is None or (made.on or "", made.by or "") < (kept.on or "", kept.by or ""):
                    found[act.article] = made
    return [found[article] for article in sorted(found)]


def falls_with_parents(parents: Iterable[str], end_of: EndOf, born: str | None) -> list[Event]:
    """What becomes of a document when those that it details end, all of them or some, by the law of that day.

    >>> ends = {"a": "2024-01-01", "b": None}.get
    >>> [(e.change.value, e.place) for e in falls_with_parents(["a"], ends, "2018-01-01")]
    [('hết hiệu lực', '')]
    >>> [(e.change.value, e.place) for e in falls_with_parents(["a", "b"], ends, "2018-01-01")]
    [('hết hiệu lực', 'nội dung quy định chi tiết văn bản đã hết hiệu lực')]
    """
    ends = [end_of(parent) for parent in sorted(set(parents))]
    days = [day for day in ends if day and (born is None or day > born)]
    if not days:
        return []
    if not all(ends):
        ruled = [(day, rule) for day in sorted(days) if (rule := part_rule(day)) is not None]
        return [_derived(day, _DETAIL, rule) for day, rule in ruled[:1]]
    last = max(filter(None, ends))
    row = child_rule(last)
    if row is None or (born is not None and last <= born):
        return []
    change = Change.END if row.days else Change.DETAILS
    return [Event(change, last, origin=Origin.LAW, certainty="derived", rule=row.provision)]


#: The part of a document that details one of several.
_DETAIL = "nội dung quy định chi tiết văn bản đã hết hiệu lực"


def _derived(on: str, place: str, rule: str) -> Event:
    return Event(Change.END, on, place, origin=Origin.LAW, certainty="derived", rule=rule)
