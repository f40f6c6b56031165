"""A reading text put together from ranges of another one, each letter standing where it was printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kb.models import Figure, Span
from kb.text.view import View

#: Marks of notes that are read with a unit: ``36 ha¹``.
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(slots=True)
class Spliced:
    """Ranges of a view one behind another, and the figures that stand in them at their new places."""

    of: View
    figures: list[Figure] = field(default_factory=list)
    length: int = 0
    _texts: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _origins: list[int] = field(default_factory=list)
    _widths: list[int] = field(default_factory=list)

    def copy(self, low: int, high: int, figures: Iterable[Figure], *, small: bool = False) -> None:
        """Append a range with its figures; with `small` it begins with a small letter."""
        to, of, first = self.length, self.of, len(self._texts)
        for at in range(max(bisect_right(of.starts, low) - 1, 0), len(of.starts)):
            here, after = of.starts[at], of.starts[at + 1] if at + 1 < len(of.starts) else len(of.text)
            if here >= high:
                break
            start, end = max(low, here), min(high, after)
            exact = of.widths[at] == after - here
            origin = of.origins[at] + (start - here if exact else 0)
            self._put(of.text[start:end], origin, end - start if exact else of.widths[at])
        if small and len(self._texts) > first:
            self._texts[first] = self._texts[first][:1].lower() + self._texts[first][1:]
        self.figures += [
            _moved(one, to - low) for one in figures if low <= one.view.start and one.view.end <= high
        ]

    def insert(self, text: str, at: int) -> None:
        """Append words that stand for nothing printed, beside a place of the view."""
        self._put(text, self.of.hull(at, at).start, 0)

    def view(self) -> View:
        """The text so far."""
        return View("".join(self._texts), tuple(self._starts), tuple(self._origins), tuple(self._widths))

    def _put(self, text: str, origin: int, width: int) -> None:
        if text:
            self._texts.append(text)
            self._starts.append(self.length)
            self._origins.append(origin)
            self._widths.append(width)
            self.length += len(text)


def _moved(figure: Figure, by: int) -> Figure:
    unit = figure.unit
    if unit and unit[-1] in _MARKS and not unit.endswith(("m²", "m³")):
        unit = unit.rstrip(_MARKS)
    return replace(figure, unit=unit, view=Span(figure.view.start + by, figure.view.end + by))
