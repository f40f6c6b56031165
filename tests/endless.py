"""Pieces of text that, said over and over, tempt a reader to look to the end of the document from each of them.

The tests read each of them whole; `python -m tests.benchmarks growth` prints how the time grows with the length.
"""

from __future__ import annotations

#: For the finder of citations.
MENTIONS = {
    "figures": "1",
    "slashes": "1/",
    "capitals": "NĐ",
    "articles": "Điều ",
    "articles with numbers": "Điều 1 ",
    "points": "điểm a ",
    "brackets": "(",
    "quotes": "“",
    "schemes": "Đề án ",
    "laws": "Luật Đất đai ",
    "numbers": "5/QĐ-UBND;",
    "one long word": "a",
    "amendments": "sửa đổi, bổ sung ",
    "dates": "ngày 1/",
    "lists": "a) ",
    "amending laws": "Luật sửa đổi, bổ sung một số điều của ",
    "titles in titles": "Nghị quyết số 5/NQ-CP về ",
    "short names": "(sau đây gọi là Đề án ",
}

#: For the reader of units.
UNITS = {
    "quotes": "“Điều 9. Mở ngoặc\n",
    "titles": "1. Nội dung:\n",
    "annexes": "PHỤ LỤC\n",
    "dashes": "- Gạch đầu dòng;\n",
    "capitals": "QUY CHẾ LÀM VIỆC\n",
}

#: For the reader of plain text and its tables.
MARKS = {
    "words": "a ",
    "tabs": "a\t",
    "bars": "|a",
    "cells": "<td>",
    "tables": "<table>",
    "signs": "<",
    "entities": "&nbsp;",
    "rows": "1\n\ta\n",
    "dashes": "-\t",
}
