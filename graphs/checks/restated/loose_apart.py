"""The share of a loose word whose part and whole the paper tells at two places.

``thiệt hại 3,85 tỷ đồng, gần một nửa thiệt hại tài sản của toàn tỉnh`` where all came to 14,83; ``Riêng đất rừng
chiếm chưa đến một nửa diện tích đất nông nghiệp`` over a list that has both. Any two that bear the word out make
it right; what is far from it may be of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.learned.values import Node, Values
from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.telling import Words, carrying_in
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_said import LooseSaid
from graphs.checks.restated.shares_near import Near, is_count

#: Between the number of a part and the loose word: what it counts, then a verb, a comma, or both.
_VERB = r"(?:chiếm|bằng|đạt|tương đương|tương ứng|ứng với)(?:\s+(?:với|tới|đến|tỷ lệ|tỷ trọng|là))*\s+"
_LEAD = r"(?:(?:tức|hay|là|chỉ|mới|đã|và|như vậy|nghĩa là|cũng|còn|riêng|lên tới)\s+)*"
_LINK_RE = re.compile(
    rf"\s*(?:(?:[^\W\d_]+\s+){{0,5}}(?:[^\W\d_]+)?(?:\s*[,)–-]\s*{_LEAD}(?P<verb>{_VERB})?|\s+{_LEAD}(?P<alone>{_VERB}))"
    rf"|(?:[^\W\d_]+\s+){{0,14}}[^\W\d_]+\s*,\s*{_LEAD}(?P<long>{_VERB}))$",
    re.IGNORECASE,
)
#: A thing that is named before its share.
_NAMED_RE = re.compile(
    r"(?P<name>[^.;:,()]{3,90}?)\s+(?:(?:vẫn|cũng|đã|luôn|tiếp tục|ước|chỉ|mới|hiện|còn|và|riêng|đều)\s+)*"
    rf"(?:{_VERB}|đóng góp\s+)$",
    re.IGNORECASE,
)
#: ``lớn nhất trong 04 nhóm, chiếm …``: not so many groups are the part, but what the sentence names first.
_AMONG_RE = re.compile(r"\b(?:trong|trong số|của)\s+$", re.IGNORECASE)
_BARE_RE = re.compile(rf"\s*(?:(?:cũng|đã|ước|chỉ|mới|hiện|và)\s+)*{_VERB}", re.IGNORECASE)
#: Where the name at the head of a sentence ends.
_SAID_OF_RE = re.compile(
    r"\s+(?:(?:nhiều|ít|cao|thấp|lớn|nhỏ|đông|gấp)\b|tăng|giảm|đạt|chiếm|là|có|đã|được|bằng|và)\b|[,:(]",
    re.IGNORECASE,
)
_NO_NAME_RE = re.compile(
    r"^\W*(?:(?:riêng|trong đó|tổng|số|các|khoản|phần|nhóm|loại|diện tích|số lượng)\s+)*", re.I
)
_WHOLE_END_RE = re.compile(
    r"[,;:.()]|\s(?:và|còn|nhưng|song|trong khi|do|vì|nhờ|nên|cho thấy|cao hơn|thấp hơn|tăng|giảm|so với)\s", re.I
)
#: All of a place or a time, and nothing of the thing.
_ALL_RE = re.compile(
    r"\b(?:toàn|cả|của|trong|ở|tại)\s+(?:tỉnh|huyện|xã|phường|thành phố|thị xã|ngành|năm|kỳ|giai đoạn|nước"
    r"|địa phương|khu vực|quý|tháng|đợt)\b|\btrên địa bàn\b.*"
    r"|\b(?:tỉnh|huyện|thành phố)\s+(?-i:[A-ZĐ]).*|\bnăm\s+\d{4}\b",
    re.IGNORECASE,
)
#: In what a thing is measured, before its name.
_MEASURE_RE = re.compile(
    r"\s*(?:của\s+|trong\s+|trên\s+)?(?:tổng\s+)?(?:diện tích|giá trị|sản lượng|kinh phí|khối lượng|chiều dài"
    r"|quy mô|số lượng|số tiền|số vốn)\s",
    re.IGNORECASE,
)
#: A whole that is what was told before: "số ổ của bệnh này".
_POINTS_RE = re.compile(r"\b(?:này|đó|ấy|(?:nói|nêu|kể) trên)\b", re.IGNORECASE)
_MORE_RE = re.compile(r"\b(?:tăng|giảm|vượt|thêm|hụt|(?:nhiều|ít|cao|thấp|lớn|nhỏ|đông) hơn)\b[^,;|]*\|", re.I)
_PLAN_RE = re.compile(r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|phấn đấu|tối thiểu|giao|nhu cầu|cùng kỳ)\b", re.I)
_OF_ALL_RE = re.compile(r"\s*(?:(?:của|trong|trên)\s+)?(?:tổng|toàn|cả|số)\b", re.IGNORECASE)
#: At the head of a sentence: of what the part is one, and what the part is.
_IS_RE = re.compile(
    r"\s*(?P<whole>[^,;:.()]{0,60}?)\s+"
    r"(?:là|thuộc(?: về)?|do|ở|tại|đến từ|rơi vào|tập trung (?:ở|tại|vào)|nằm ở)\s+"
    r"(?P<name>[^,;:.()]{3,60})(?=[,;.(]|$)",
    re.IGNORECASE,
)
_OF_WHICH_RE = re.compile(r"(?:\s+[^\W\d_]+){1,4},?\s+trong đó\s", re.IGNORECASE)
_ITEM_RE = re.compile(r"\W*(?:[-+*•–]|(?:[a-zđ]|\d{1,2})[).])\s")
_DIGITS_RE = re.compile(r"\d+\s+[^\W\d_]+")
_MEASURES = carrying_in("số tiền kinh phí tổng giá trị diện tích số lượng sản lượng khối lượng chiều dài do")
_NO_WHOLE = frozenset(("change", "mean", "from"))
_OF_ELSE = frozenset(("compared", "rest", "extreme"))
#: No letter of a list.
_SHORT = 1
#: So many times above or below what is said a share may lie that is meant; so few numbers of a bare noun.
_EVEN = 1e-9
_FAR, _FEW, _HALF, _FULL = Decimal("2.2"), 6, 0.5, Decimal(100)


@dataclass(frozen=True, slots=True)
class _Part:
    """A number, or a name that some numbers bear, and whether a verb says that it is a part."""

    nodes: tuple[Node, ...]
    verb: bool


def of_apart(said: LooseSaid, values: Values) -> Meant | None:
    """The share of a part told right before, or named before, of the whole that is named behind."""
    if said.way or said.is_else or said.is_bound:
        return None
    behind = said.text[said.loose.end : said.high]
    told = _IS_RE.match(behind) if said.opens else None
    if told:
        part: _Part | None = _Part(tuple(_called(told["name"], values)), verb=True)
    else:
        part = _part(said, values)
    whole = told["whole"] if told else _WHOLE_END_RE.split(f"{behind} ", maxsplit=1)[0]
    if part is None or not part.nodes or (not part.verb and not said.is_whole) or _POINTS_RE.search(whole):
        return None
    own = _of_which(said, values) if not whole.strip() else None
    if own is not None:
        found = [
            (_near(node, own), True) for node in part.nodes if node.value < own.value and _is_alike(node, own)
        ]
    else:
        found = [share for node in part.nodes for share in _shares(said, node, whole, values)]
    right = [share for share, _ in found if said.loose.fits(share.value)]
    if right:
        return Meant((right[0],), sure=True)
    sure = [share for share, strict in found if strict]
    return Meant((sure[0],), sure=True) if sure else None


def _part(said: LooseSaid, values: Values) -> _Part | None:
    where = said.where
    before = [one for one in where.figures if said.low <= where.start(one) and where.end(one) <= said.loose.start]
    link = _LINK_RE.fullmatch(where.text[where.end(before[-1]) : said.loose.start]) if before else None
    among = bool(before) and _AMONG_RE.search(where.text, said.low, where.start(before[-1]))
    if link and not among and is_count(before[-1]) and not before[-1].bound:
        node = values.in_text.get(before[-1].span.start)
        if node is not None and not node.told.said.marks & _NO_WHOLE and not _MORE_RE.search(node.head):
            return _Part((node,), verb=bool(link["verb"] or link["alone"] or link["long"]))
    found = _NAMED_RE.search(where.text, said.clause_start, said.loose.start)
    bare = _BARE_RE.fullmatch(where.text, said.clause_start, said.loose.start) if among else None
    if not found and not bare:
        return None
    opening = where.text[said.low : said.loose.start]
    name = _SAID_OF_RE.split(f"{_NO_NAME_RE.sub('', opening)} ", maxsplit=1)[0]
    own = _NO_NAME_RE.sub("", found["name"]) if found else name
    names = [own] if said.clause_start > said.low else [name, own]
    nodes = next((told for told in ([*_called(one, values)] for one in names) if told), [])
    return _Part(tuple(nodes), verb=True)


def _of_which(said: LooseSaid, values: Values) -> Node | None:
    """What a share is of that a sentence tells before: ``thu 54 tấn hạt, trong đó lạc chiếm quá nửa``."""
    before = [one for one in said.where.figures if said.low <= said.where.start(one) < said.loose.start]
    if not before or not is_count(before[-1]):
        return None
    end = said.where.end(before[-1])
    return values.in_text.get(before[-1].span.start) if _OF_WHICH_RE.match(said.text, end) else None


def _is_alike(one: Node, other: Node) -> bool:
    """Whether two numbers measure, or count, the same."""
    return one.kind == other.kind and bool(one.kind or one.told.noun == other.told.noun)


def _called(name: str, values: Values) -> Iterator[Node]:
    """The counts and amounts of the text that bear a name, and no more of one."""
    numbers = [one.lower() for one in _DIGITS_RE.findall(name)]
    words = carrying_in(name) - _MEASURES or carrying_in(name)
    if not words:
        return
    for node in values.found:
        if node.cell or node.kind == "%" or not node.value or not words <= carrying_in(node.shown):
            continue
        own, unit = _long(node.told.own) - _MEASURES, carrying_in(node.told.unit)
        behind = node.head.rpartition("|")[2].lower()
        named = words <= own | unit and not own - words - unit
        if named and not node.told.said.marks & (_NO_WHOLE | _OF_ELSE) and all(one in behind for one in numbers):
            yield node


def _long(words: Words) -> Words:
    return frozenset(word for word in words if len(word) > _SHORT)


def _shares(said: LooseSaid, part: Node, whole: str, values: Values) -> Iterator[tuple[Near, bool]]:
    """The shares that a part is of what may be the whole, and whether each surely is."""
    least = part.value * 100 / float(min(said.loose.high * _FAR, _FULL))
    most = part.value * 100 / float(max(said.loose.low / _FAR, Decimal(1)))
    near = [one for one in values.near(part.kind, least, most) if one.value > part.value and one is not part]
    near = [one for one in near if part.kind or _is_counted_so(one, part)]
    near = [one for one in near if not _is_other_part(one, part, whole, near)]
    named = carrying_in(_ALL_RE.sub(" ", whole)) - {"tổng", "số"}
    words = _long(named - carrying_in(measure[0]) if (measure := _MEASURE_RE.match(whole)) else named) or named
    unit = carrying_in(part.told.unit)
    bare = words <= unit
    ranked: list[tuple[int, Node]] = []
    for one in near:
        own = _words(one)
        marks = one.told.said.marks
        if marks & _NO_WHOLE:
            continue
        full = len(words & own) / len(words) if words else 1.0
        strict = not bare and full == 1 and not marks & _OF_ELSE and _is_plan(one.head) == _is_plan(whole)
        if strict:
            ranked.append((len(own - words - unit), one))
        elif full >= _HALF and (words - unit) & own:
            yield _near(part, one), False
    if bare:
        ranked = [(0, one) for one in _leading(part, near, values)] if _is_all(whole, part) else []
    for _, one in sorted(ranked, key=lambda pair: pair[0]):
        if one.told.of:  # "9/12 xã đạt chuẩn": of all 12, else of the 9
            yield _near(part, one, Decimal(one.told.of)), True
        yield _near(part, one), not one.told.of


def _is_other_part(one: Node, part: Node, whole: str, near: Sequence[Node]) -> bool:
    """Whether a number is what is left without a part: both make another one beside it, named as well."""
    named = carrying_in(whole)
    return any(
        other.row == one.row
        and abs(other.value - one.value - part.value) < _EVEN * other.value
        and len(named & _words(other)) >= len(named & _words(one))
        for other in near
    )


def _is_plan(words: str) -> bool:
    return bool(_PLAN_RE.search(words))


def _is_all(whole: str, part: Node) -> bool:
    """Whether only all of what a part counts is named: ``tổng số hộ``, ``số hộ``, or nothing."""
    return not whole.strip() or bool(_OF_ALL_RE.match(whole))


def _leading(part: Node, near: Sequence[Node], values: Values) -> list[Node]:
    """What a part is told of in its own sentence, else what counts the same before it, if that is little."""
    row = values.rows[part.row]
    own = [one for one in row if one.column < part.column and one in near]
    share = next((one.value for one in row if one.column == part.column + 1 and one.kind == "%"), None)
    if share is not None:  # "3.600 xe (45%), 3.440 xe (43%)": the share behind a part tells which is its whole
        own = [one for one in own if abs(part.value / one.value * 100 - share) < 1]
        return own[:1]
    if own:
        return own[:1]
    item, at = _ITEM_RE.match(part.told.text), part.told.span.start
    alike = [one for one in near if not one.cell and one.told.span.start < at]
    alike = [one for one in alike if not (item and _ITEM_RE.match(one.told.text))]
    far = [one for one in near if one.cell]
    return [] if far or len(alike) > _FEW else alike


def _is_counted_so(one: Node, part: Node) -> bool:
    """Whether two numbers that are no money count the same."""
    if one.cell and not one.told.unit:
        return part.told.noun in _words(one)
    return one.told.noun == part.told.noun != ""


def _words(node: Node) -> Words:
    if node.cell is None:
        return node.told.own | carrying_in(node.told.unit)
    over = node.told.said.over if node.cell[1].total else frozenset()
    return node.label | carrying_in(node.head) | over


def _near(part: Node, whole: Node, all_: Decimal | None = None) -> Near:
    """The share of a part in a whole, or in all that the whole is a part of."""
    share = Decimal(repr(part.value)) / (all_ or Decimal(repr(whole.value))) * _FULL
    told = f"{part.told.printed} / {show(all_) if all_ else whole.told.told} = {show(share)}%"
    return Near(share, told, 0, 0, (part.told.span, whole.told.span), counted=True)
