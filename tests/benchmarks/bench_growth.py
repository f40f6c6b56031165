"""How time grows with length: four times the text takes about four times as long, far from sixteen."""

from __future__ import annotations

import time
from collections.abc import Callable

from ingest.citations.mentions import find_mentions
from ingest.citations.plain import cite_text
from ingest.layout import lay_out
from ingest.readers.html import read_html
from ingest.readers.plain import read_plain, read_text
from ingest.structure.parser import parse_structure
from tests.endless import MARKS, MENTIONS, UNITS

SHORT, TIMES = 50_000, 4
_HTML = {"rows": "<tr><td>1<td>Thủ tục<td>15,5</tr>", "items": "<li>Mục</li>"}


def _html(text: str) -> None:
    read_html(f"<table border=1>{text}</table>".encode())


READERS: dict[str, tuple[Callable[[str], object], dict[str, str]]] = {
    "mentions": (find_mentions, MENTIONS),
    "citations": (cite_text, MENTIONS),
    "units": (lambda text: parse_structure(lay_out(read_text(text))), UNITS),
    "plain text": (lambda text: read_plain(text.encode()), MARKS),
    "pages": (_html, _HTML),
}


def _seconds(read: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        read(text)
        best = min(best, time.process_time() - start)
    return best


def run() -> None:
    for name, (read, pieces) in READERS.items():
        for kind, piece in pieces.items():
            count = SHORT // len(piece)
            short, long = (_seconds(read, piece * count * times) for times in (1, TIMES))
            told = "  grows faster than the text" if long > 2 * TIMES * short + 0.1 else ""
            print(
                f"  {name:10} {kind:20} {short * 1000:8.1f} ms, {TIMES} times the text {long / short:5.1f}{told}"
            )
