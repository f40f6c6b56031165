"""An item that sets a level and answers it behind a colon: ``a) giảm ít nhất 15% số vụ: giảm 12,5%, chưa đạt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity
from ingest.targets.amounts import unit_of
from ingest.targets.contexts import RESULT_WORDS_RE, Context
from ingest.targets.judgements import Judgement, judged, judgement
from ingest.targets.worded import level_quantities
from kb.models import Document, Result, Target, TextBlock

#: How an answer begins; without one of the first words it has to end in a verdict or to stand under results.
_OPENS_RE = re.compile(
    r"\s*(?P<says>(?:kết quả|thực hiện|đã|ước)(?:\s+(?:thực hiện|đạt|là|được|giảm|tăng|còn|có|xuống|lên"
    r"|(?:cả\s+)?năm(?:\s+20\d\d)?|(?:quý|tháng)\s+[\dIVX/]+|\d{1,2}\s+tháng))*"
    r"[:,]?\s+)?"
    r"(?:(?:đạt|được|giảm|tăng|còn|có|là|ở mức)(?:\s+(?:tỷ lệ|tỉ lệ|được|khoảng|trên|hơn|dưới|gần))*\s+)?$",
    re.IGNORECASE,
)
#: The same in one clause: "mục tiêu thu hồi 70% diện tích nhưng đến 31/10 mới đạt 44,1%, chưa đạt".
_REACHED_RE = re.compile(
    r"(?<=\s)(?:nhưng\s+)?(?:đến\s+[\d/]+\s+)?(?:mới\s+|chỉ\s+)?đạt(?=\s+[\d.,]+\s*%\s*,\s*(?:chưa|không)\s+đạt)"
)
#: The place that was reached.
PLACE_RE = re.compile(
    r"(?:xếp(?:\s+hạng)?|đứng|hạng)\s+(?:thứ\s+)?(?P<at>\d{1,3})(?:/\d{1,3})?(?!\d|[.,/]\d)", re.IGNORECASE
)
#: A dash for the colon: "… từ 4%/năm trở lên - Thực hiện 4,27%/năm - Đạt".
_DASH_RE = re.compile(r"[-–](?<=\s.)(?=\s+(?:thực hiện|kết quả|đã đạt|đạt)\s[^.;]*\d)", re.IGNORECASE)
#: A verdict in the sentence behind: "… kết quả 87,7%. Đánh giá: Đạt."
_THEN_RE = re.compile(
    r"\s*(?:Tự đánh giá|Đánh giá|Kết luận|Nhận xét)\s*:\s*(?P<verdict>(?:hoàn thành\s+)?vượt|(?:không|chưa)\s+"
    r"(?:hoàn thành|đạt)|hoàn thành|đạt)(?![^\W\d_])",
    re.IGNORECASE,
)
#: The answer in the sentence behind: "… từ 90% trở lên. Kết quả: 81,8%. Đánh giá: không đạt."
_BEHIND_RE = re.compile(
    r"\s*[-–+]?\s*(?:(?:Kết quả|Thực hiện)(?:\s+(?:thực hiện|đạt được|năm(?:\s+20\d\d)?))?|Ước thực hiện|Thực tế)"
    r"\s*(?P<colon>:)\s*(?P<told>[^;]*?)(?:[.;](?=\s|$)|$)"
)
_VERDICT_RE = re.compile(
    r"[,;(–-]\s*(?:(?:đánh giá|kết luận|tự đánh giá)\s*:?\s*)?(?P<verdict>hoàn thành vượt|vượt|(?:không|chưa)\s+"
    r"(?:hoàn thành|đạt)|hoàn thành|đạt)(?:\s+(?:mức|mục tiêu|chỉ tiêu|kế hoạch|yêu cầu|đề ra|được giao))*"
    r"\s*[).;,]*\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an item says of its level: the place of the colon, the number reached, the verdict, where it ends.

    Places are counted from where the sentence of the item begins.
    """

    colon: int
    reached: Quantity
    said: Judgement | None
    end: int = 0


def answer_of(sentence: str, rest: str, context: Context) -> Answer | None:
    """The answer behind the last colon that has a level before it; None for an item that only sets.

    `rest`: what stands behind the sentence, which may give the verdict, or the whole answer.

    >>> text = "b) giảm ít nhất 15% số người chết: giảm 12,50%, hoàn thành mục tiêu;"
    >>> found = answer_of(text, "", Context((), ()))
    >>> found.reached.value, found.said and found.said.verdict
    ('12.5', 'Hoàn thành')
    >>> answer_of("Phủ sóng 100% xã: trung tâm 40%, còn lại 60%", "", Context((), ())) is None
    True
    """
    if behind_it := _behind(sentence, rest):
        return behind_it
    told_of = _REACHED_RE.search(sentence) if "%" in sentence else None
    dashes = [found.start() for found in _DASH_RE.finditer(sentence)]
    colon = told_of.start() if told_of else dashes[0] if dashes else sentence.rfind(":")
    if colon < 0:
        return None
    quantities = level_quantities(sentence)
    before = [one for one in quantities if one.end <= colon]
    behind = [one for one in quantities if one.start > colon]
    place = None if behind or not before else PLACE_RE.search(sentence, colon)
    if place:  # "nằm trong nhóm 35 tỉnh: kết quả xếp thứ 31"
        behind = [Quantity(*place.span("at"), str(int(place["at"])), None, False, place["at"])]
    if not before or not behind:
        return None
    opens = told_of or _OPENS_RE.fullmatch(sentence, colon + 1, place.start() if place else behind[0].start)
    if opens is None or not any(one.percent == behind[0].percent for one in before):
        return None
    said = _said(_VERDICT_RE.search(sentence, behind[0].end), 0) or _said(_THEN_RE.match(rest), len(sentence))
    if not said and (told_of or not (opens["says"] or _looks_back(context))):
        return None
    return Answer(colon, behind[0], said)


def _said(found: re.Match[str] | None, by: int) -> Judgement | None:
    """The verdict that was found, counted from so much farther before."""
    return judgement(found, "verdict").moved(by) if found else None


def _behind(sentence: str, rest: str) -> Answer | None:
    """The answer that the sentence behind gives, in the unit of a level.

    >>> found = _behind("b) Hỗ trợ nhà cho 450 hộ.", " Kết quả: cả năm 412 hộ, bằng 91,6%. Đánh giá: không đạt.")
    >>> found.reached.value, found.said and found.said.verdict
    ('412', 'Không đạt')
    """
    found = _BEHIND_RE.match(rest)
    levels = level_quantities(sentence) if found else ()
    if found is None or not levels:
        return None
    units = {measure(sentence, one).unit for one in levels}
    amounts = [(one, measure(found["told"], one).unit) for one in level_quantities(found["told"])]
    fits = [one for one, unit in amounts if unit in units] or [one for one, unit in amounts if unit is None][:1]
    if not fits:
        return None
    low = len(sentence) + found.start("told")
    said = _said(_VERDICT_RE.search(found["told"], fits[0].end), low)
    said = said or _said(_THEN_RE.match(rest, found.end()), len(sentence))
    reached = replace(fits[0], start=low + fits[0].start, end=low + fits[0].end)
    return Answer(len(sentence) + found.start("colon"), reached, said, len(sentence) + found.end())


def answered(
    document: Document, block: TextBlock, place: tuple[int, str | None], answer: Answer, targets: list[Target]
) -> Iterator[Target]:
    """The targets of an item, the answer with the first that it can answer.

    `place`: where the item begins in its block, and the period of what stands over it.
    """
    text, (low, over) = document.block_text(block), place
    start, end = low + answer.reached.start, low + answer.reached.end
    reached = replace(answer.reached, start=start, end=end)
    unit = unit_of(text, reached, measure(text, reached).unit)
    result = Result(
        " ".join(text[low + answer.colon + 1 : end].split()),
        answer.reached.value,
        "%" if answer.reached.percent else unit,
        document.reading.hull(block.view.start + start, block.view.start + end),
    )
    given, sets = False, " ".join(text[low : low + answer.colon].split())
    answers = " ".join(text[low + answer.colon :].split())
    for target in targets:
        fits = not given and (target.unit == "%") is answer.reached.percent
        given = given or fits
        # "… đạt 95%: kết quả năm 2024 đạt 98,7%": the period of what was reached is not that of the level.
        behind = target.period and target.period not in sets and target.period in answers
        told = replace(target, period=over if behind else target.period or over, result=result if fits else None)
        yield judged(document, block, told, answer.said.moved(low) if answer.said else None)


def _looks_back(context: Context) -> bool:
    """Whether the nearest words over an item, of those that set goals, speak of results."""
    if not context.sets:
        return False
    over = [lead.text for lead in context.leads[:1]] + list(context.headings[:1])
    return any(RESULT_WORDS_RE.search(words) for words in over)
