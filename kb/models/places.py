"""Places: ranges of a text, rectangles of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range ``[start, end)`` of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards."""
        if not 0 <= self.start <= self.end:
            message = f"not a range: [{self.start}, {self.end})"
            raise ValueError(message)

    def cut(self, text: str) -> str:
        """The part of `text` in this range.

        >>> Span(0, 4).cut("Điều 5")
        'Điều'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float
