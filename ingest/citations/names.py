"""Documents mentioned by name: laws and schemes, in one row."""

from __future__ import annotations

from heapq import merge

from ingest.citations.laws import Name, find_constitutions, find_laws
from ingest.citations.schemes import find_schemes


def find_names(text: str) -> tuple[Name, ...]:
    """The documents that a text mentions by name, in reading order.

    A law named in the title of a scheme is a mention of its own; of two laws that overlap, the first stays.

    >>> text = "Đề án “Đưa Luật Việc làm vào cuộc sống”; Hiến pháp năm 2013"
    >>> [text[name.start : name.end] for name in find_names(text)]
    ['Đề án “Đưa Luật Việc làm vào cuộc sống”', 'Luật Việc làm', 'Hiến pháp']
    """
    laws = merge(find_laws(text), find_constitutions(text), key=lambda name: name.start)
    found: list[Name] = []
    floor = 0
    for name in laws:
        if name.start >= floor:
            found.append(name)
            floor = name.end
    schemes = sorted(find_schemes(text), key=lambda name: name.start)
    return tuple(merge(found, schemes, key=lambda name: name.start))
