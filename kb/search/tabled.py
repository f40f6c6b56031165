"""What a row of a table stands under: sections between rows, cells merged downwards, numbers of outer rows.

"Biên kịch | 3,65" says nothing of which films it counts; the row "2. Phim tài liệu" above it does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.models import Row, Table
from kb.text.normalize import fold, nfc

#: So much of a row counts as what stands over others.
_MOST_LETTERS = 200
#: A row with a shorter label says little without the row that it stands under.
_LITTLE_LETTERS = 24
#: Where more of the rows than this have no values it is a list, or a form to fill in.
_MOST_SECTIONS = 0.6
# The number of a row in its first cell (7, 7.1, IV, b) or before the words of one.
_CELL_NUMBER_RE = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVX]{1,5}|[A-Za-zđĐ])[.)]?")
_TEXT_NUMBER_RE = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4}|[IVX]{1,5}|[A-Za-zđĐ])[.)]\s")
_DECIMAL_RE = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})\.?")
_WORD_RE = re.compile(r"[^\W\d_]{2}")


class RowsOver:
    """The rows of one table in their order, each asked for what stands over it."""

    def __init__(self, table: Table) -> None:
        self._remarks = {at for at, head in enumerate(table.columns) if fold(nfc(head)).startswith("ghi chu")}
        texts = [_texts(row) for row in table.rows]
        sections = sum(self._section(row) is not None for row in texts)
        self._has_sections = 0 < sections <= _MOST_SECTIONS * len(texts)
        self._numbered: dict[str, str] = {}
        self._sections: list[tuple[str, str]] = []
        self._merged: list[str] = []

    def over(self, row: Row) -> tuple[str, ...]:
        """What stands over the next row, outermost first; the rows must come in their order."""
        texts = _texts(row)
        found = (*self._sections_over(texts), *self._numbers_over(texts), *self._merged_over(texts))
        own = {text for text in texts if text}
        return tuple(text for text in dict.fromkeys(found) if text not in own)

    def _sections_over(self, texts: Sequence[str]) -> tuple[str, ...]:
        if not self._has_sections:
            return ()
        section = self._section(texts)
        style = _style(texts)
        # "3" ends what stands under "2", whether it has values or rows of its own.
        at = next((at for at, (known, _) in enumerate(self._sections) if known == style), None)
        if at is not None and (style or section):
            del self._sections[at:]
        over = tuple(text for _, text in self._sections)
        if section is not None:
            self._sections.append((style, section))
        return over

    def _section(self, texts: Sequence[str]) -> str | None:
        """The words of a row that has no values; None where it has some."""
        filled = [at for at, text in enumerate(texts) if text and at not in self._remarks]
        numbered = len(filled) > 1 and filled[0] == 0 and _CELL_NUMBER_RE.fullmatch(texts[0]) is not None
        words = filled[numbered:]
        if len({texts[at] for at in words}) != 1:
            return None
        valued = [at for at in range(words[0] + 1, len(texts)) if at not in self._remarks]
        merged = len(words) == len(texts) - len(self._remarks) > 2  # one cell over all columns
        if not merged and (len(words) > 1 or words[0] > 1 or not valued):
            return None
        text = texts[words[0]]
        return text[:_MOST_LETTERS] if _WORD_RE.search(text) and text[0] not in "-+" else None

    def _numbers_over(self, texts: Sequence[str]) -> tuple[str, ...]:
        """What the rows say under which a numbered row stands: 7.1 stands under 7."""
        found = _DECIMAL_RE.fullmatch(texts[0]) if len(texts) > 1 else None
        if found is None:
            return ()
        parts = found[1].split(".")
        self._numbered[found[1]] = texts[1][:_MOST_LETTERS]
        above = (".".join(parts[:length]) for length in range(1, len(parts)))
        return tuple(self._numbered[number] for number in above if self._numbered.get(number))

    def _merged_over(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The first cells that a row shares with those above it: a cell merged downwards is printed once."""
        blank = next((at for at, text in enumerate(texts) if text), 0)
        over = self._merged[:blank] if blank < len(texts) - 1 else []
        self._merged = [*over, *texts[blank:]] if blank <= len(self._merged) else list(texts)
        return tuple(
            text[:_MOST_LETTERS] for text in over if _WORD_RE.search(text) and not _CELL_NUMBER_RE.fullmatch(text)
        )


def says_little(row: Row) -> bool:
    """Whether what a row is called is too short to say what it counts: "Tổng số", "Đã thực hiện"."""
    label = next((text for text in _texts(row) if _WORD_RE.search(text)), "")
    return 0 < len(label) < _LITTLE_LETTERS


def _texts(row: Row) -> list[str]:
    return [nfc(cell.text or "").strip() for cell in row.cells]


def _style(texts: Sequence[str]) -> str:
    """How a row is numbered: rows of one style stand side by side; empty where it bears no number."""
    first = next((text for text in texts if text), "")
    if texts and texts[0] and _CELL_NUMBER_RE.fullmatch(texts[0]):
        return "cell " + _kind(texts[0].rstrip(".)"))
    found = _TEXT_NUMBER_RE.match(first)
    return "text " + _kind(found[1]) if found else ""


def _kind(number: str) -> str:
    if number[0].isdigit():
        return f"figure {number.count('.')}"
    if re.fullmatch(r"[IVX]+", number):
        return "roman"
    return "capital" if number.isupper() else "letter"
