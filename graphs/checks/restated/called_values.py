"""The numbers of a paper that some words name, wherever they stand: in the text, in lists, in tables.

What names a number are the words right around it, or its row and column; a rate that has none of its own is of
the number before it. The fewer numbers a word names, the more it says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from math import fsum, log

from graphs.checks.learned.values import Node
from graphs.checks.learned.ways import values_of_paper
from graphs.checks.reading.compared import Words, words_said
from graphs.checks.reading.prose import stated
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from kb.models import TextBlock

_CUT_RE = re.compile(r"[;:(]|,(?!\d)|\.\s|\b(?:trong đó|gồm|và|còn|trong khi|nhưng)\b", re.IGNORECASE)
_STOP_RE = re.compile(
    r"[;:(),.]|\s(?:và|trong đó|gồm|tăng|giảm|chiếm|đạt|bằng|so với|cao hơn|thấp hơn|trong khi)(?=\s)",
    re.IGNORECASE,
)
#: Before a number that is what became of the plan told before it: ``kế hoạch …; thực hiện …``.
_RESULT_RE = re.compile(r"\b(?:thực hiện|kết quả|đạt|ước)\b[^,;.]{0,15}$", re.IGNORECASE)
#: The words of a place as a whole, which name nothing in a paper of that place.
_ALL_RE = re.compile(
    r"\b(?:toàn|cả)\s+(?:tỉnh|huyện|xã|phường|quận|thành phố|thị xã|ngành|năm|kỳ|vùng)\b"
    r"|\btrên địa bàn\b(?:\s+tỉnh)?",
    re.IGNORECASE,
)
#: Words of grammar, of counting and of comparing.
_IDLE = frozenset(
    re.findall(
        r"\w+",
        "của các những và với ở tại từ cho là có được đã thì số mà do bị vì nên để theo trong trên khi"
        " này đó kia nay cũng vẫn chỉ mới riêng còn hiện ước đạt cả đều ngay lại ra vào lên tới đến rất"
        " khoảng gần hơn bằng gấp lần nhiều cao lớn đông ít thấp nhỏ nhất tăng giảm so tổng cộng một tức"
        " như vậy thấy nói cách khác phần nửa hầu hết tỷ tỉ lệ trọng chiếm triệu nghìn đồng mỗi bình quân"
        " trung thực kết quả năm nghĩa tính có thể về sau trước qua cứ hay trị giá toàn chưa không gồm"
        " thêm lượng con mức đơn vị việc dùng làm thuộc cấp nhóm khối loại nguồn kế hoạch chỉ tiêu vượt"
        " trường hợp",
    )
)
_BRACKET_RE = re.compile(
    r"[^.;:,()\d]{0,40}\((?:(?:chiếm|bằng|đạt|tương đương|tương ứng|t[ỷỉ] lệ|t[ỷỉ] trọng)\s+)*", re.IGNORECASE
)
_TEXT, _UNDER = 200, 700


@dataclass(frozen=True, slots=True, eq=False)
class Called:
    """A number with the words that name it, and the words over it.

    It `is_share` where it is a rate in the bracket right behind the number before it.
    """

    node: Node
    own: Words
    over: Words
    is_share: bool = False

    @property
    def all(self) -> Words:
        """The words that name it, with those of the head and the title of its table."""
        return self.own | self.over if self.node.cell else self.own

    @property
    def value(self) -> Decimal:
        """Its value, money in đồng."""
        return self.node.told.value


class CalledValues:
    """The numbers of a paper by their names."""

    def __init__(self, found: Sequence[Called]) -> None:
        self.found = found
        self.held = Counter(word for one in found for word in one.own)
        self._behind = {id(one): other for one, other in pairwise(found) if other.is_share}

    def rate_behind(self, one: Called) -> Called | None:
        """The rate in a bracket right behind a number of the text."""
        return self._behind.get(id(one))

    def weight(self, words: Words) -> float:
        """How much some words say: one that no number has says nothing."""
        many = len(self.found) + 1
        return fsum(log(many / self.held[word]) for word in words if self.held[word])

    def named(self, words: Words, least: float = 0.6) -> list[tuple[float, Called]]:
        """The numbers whose names are among some words, by how much of each is, the most first."""
        found: list[tuple[float, Called]] = []
        for one in self.found:
            common = one.own & words
            if common and (whole := self.weight(one.own)) and (share := self.weight(common) / whole) >= least:
                found.append((share, one))
        found.sort(key=lambda row: -row[0])
        return found


def called_values(subject: Subject) -> CalledValues:
    """The numbers of a paper by their names; read once for all rules."""
    return _called(Same(subject))


@lru_cache(maxsize=2)
def _called(read: Same[Subject]) -> CalledValues:
    return CalledValues((*_of_text(read.it), *_of_cells(read.it)))


def naming(text: str) -> Words:
    """The words of a text that may name a number.

    >>> sorted(naming("Như vậy, diện tích rừng trồng mới của toàn tỉnh"))
    ['diện', 'rừng', 'trồng', 'tích']
    """
    return frozenset(word for word in words_said(_ALL_RE.sub(" ", text)) - _IDLE if len(word) > 1)


def _of_text(subject: Subject) -> Iterator[Called]:
    nodes = values_of_paper(subject).in_text
    for where in stated(subject):
        before: Called | None = None
        last = 0
        for at, figure in enumerate(where.figures):
            node = nodes.get(figure.span.start)
            start, end = where.start(figure), where.end(figure)
            ahead = where.text[max(last, start - _TEXT) : start]
            sentence = ahead.rpartition(". ")[2]
            last_end, last = last, end
            if node is None:
                continue
            same = before is not None and before.node.row == node.row
            follow = where.figures[at + 1] if at + 1 < len(where.figures) else None
            behind = where.text[end : where.start(follow) if follow else end + _TEXT]
            stop = _STOP_RE.search(behind)
            # What stands right behind the number before is of that one.
            words = sentence if same else sentence.rstrip(" ,(:")
            cuts = [cut.end() for cut in _CUT_RE.finditer(words)]
            counted = naming(behind[: stop.start() if stop else None])
            own = naming(words[cuts[-1] if cuts else 0 :]) | counted
            if before is not None and same and not own - naming(node.told.unit) - (counted & before.own):
                result = node.kind == before.node.kind and _RESULT_RE.search(ahead)
                own = before.own if node.kind == "%" or result else own
            over = naming(sentence) | (before.over | before.own if before is not None and same else frozenset())
            share = same and node.kind == "%" and _BRACKET_RE.fullmatch(where.text[last_end:start]) is not None
            before = Called(node, own, over, share)
            yield before


def _of_cells(subject: Subject) -> Iterator[Called]:
    for node in values_of_paper(subject).found:
        if node.cell is not None:
            grid, line, column = node.cell
            label, head = naming(line.label), naming(grid.head(column))
            over = naming(f"{grid.table.title or ''} {grid.table.caption or ''} {node.told.unit}") | head
            # A total is of what its column is; any other row bears its own name.
            yield Called(node, label if line.label and not line.total else head, over)


def is_under(block: TextBlock, node: Node) -> bool:
    """Whether a cell is of a table that stands right over a paragraph."""
    return node.cell is not None and 0 <= block.span.start - node.cell[0].table.span.end <= _UNDER
