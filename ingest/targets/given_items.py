"""Items of what was given, what came of it and how that is judged: ``giao 18 xã; thực hiện 16 xã; chưa đạt``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.goals.reckoned_items import Reckoned
from graphs.checks.goals.reckoned_verdicts import NUMBER

_GIVEN = (
    r"(?<![^\W\d_])(?<!đã )(?:(?:chỉ tiêu|kế hoạch|mục tiêu|mức|KH)\s+(?:được\s+)?(?:giao|đề ra|đặt ra|năm)"
    r"|được giao|giao|chỉ tiêu|mục tiêu|kế hoạch|KH|yêu cầu|mức (?:phải đạt|cần đạt|phấn đấu))"
    r"(?:\s+(?:là|đạt|năm|20\d\d))*\s*:?\s+"
)
_HOW = (
    r"(?:(?:từ|trên|dưới|tối thiểu|tối đa|ít nhất|không (?:quá|dưới|thấp hơn|vượt quá)|≥|>=|≤|<=|>|<|đạt|giảm còn)"
    r"\s*)*"
)
_UNIT = r"(?:\s*%|\s+(?:k?m[23](?!\d)|[^;,.()|:\d–-]){1,40}?)?(?:\s*trở (?:lên|xuống))?"
_SEP = r"\s*(?:[;,.|]|\)\s*[:,;–-]?|[–-])\s*"
_DONE = (
    r"(?:(?:(?:ước|đã)\s+)?(?:thực hiện|kết quả|đạt(?: được)?|TH)|đã\s+[^\W\d_]+(?:\s+[^\W\d_]+){0,3})"
    r"(?:\s+(?:thực hiện|là|đạt|được|ước|cả năm|năm|20\d\d))*\s*:?\s+"
)
_VERDICT = (
    r"(?:(?:tự\s+)?(?:đánh giá|kết luận|mức độ(?:\s+hoàn thành)?|nhận xét|xếp loại)\s*:?\s*)?"
    r"(?P<said>(?:không|chưa)\s+(?:đạt|hoàn thành)|(?:hoàn thành\s+)?vượt|hoàn thành|đạt)"
    r"(?:\s+(?:mức|mục tiêu|chỉ tiêu|kế hoạch|yêu cầu|đề ra|được giao|giao))*(?=\s*(?:[.;,)|]|$))"
)
_RATE = rf"(?:{_SEP}(?:bằng|đạt)\s+{NUMBER}\s*%(?:\s+(?:kế hoạch|mức giao|chỉ tiêu))?)?"
#: "giao 18 xã; thực hiện 16 xã; đánh giá: chưa đạt", "(mức giao 98%): 98,7%, đạt".
_MARKED_RE = re.compile(
    rf"{_GIVEN}(?P<level>{_HOW}(?P<goal>{NUMBER})(?P<unit>{_UNIT}))"
    rf"(?:{_SEP}{_DONE}|\)\s*:\s*)(?P<result>{NUMBER})(?P<runit>{_UNIT}){_RATE}(?:{_SEP}{_VERDICT})?(?=\W|$)",
    re.IGNORECASE,
)
#: "thu gom rác 95% (thực hiện 97,2%, đạt)".
_BEHIND_RE = re.compile(
    rf"(?P<level>{_HOW}(?P<goal>{NUMBER})(?P<unit>{_UNIT}))\s*\({_DONE}(?P<result>{NUMBER})(?P<runit>{_UNIT})"
    rf"{_RATE}{_SEP}{_VERDICT}\s*\)",
    re.IGNORECASE,
)
#: "71,4% (chỉ tiêu 70%), hoàn thành": the result before, a verdict behind.
_BEFORE_RE = re.compile(
    rf"(?P<result>{NUMBER})(?P<runit>{_UNIT})\s*\((?:so với\s+)?{_GIVEN}(?P<level>{_HOW}(?P<goal>{NUMBER})"
    rf"(?P<unit>{_UNIT}))\)\s*[,;:–-]\s*{_VERDICT}",
    re.IGNORECASE,
)
#: The forms of a bracket, and what it begins with: that is sought sooner, and most texts do not hold it.
_IN_BRACKETS = (
    (_BEHIND_RE, re.compile(rf"\({_DONE}{NUMBER}", re.IGNORECASE)),
    (_BEFORE_RE, re.compile(rf"\((?:so với\s+)?{_GIVEN}", re.IGNORECASE)),
)
#: What is given to be spent or filled is no goal; "theo đơn yêu cầu 40 việc" none without a verdict.
_SPENT_RE = re.compile(r"\b(?:kinh phí|vốn|dự toán|ngân sách|biên chế|chi)(?![^\W\d_])", re.IGNORECASE)
_ASKED_RE = re.compile(r"yêu cầu", re.IGNORECASE)
#: Where the name of an item begins: behind another item, or behind words that lead in to several.
_OPENS_RE = re.compile(
    r"[;.|]\s+(?=\S)|\b(?:chỉ tiêu|mục tiêu|như sau|gồm|cụ thể|là)[^:;.]{0,40}:\s+|\)\s*(?:,|và)\s+"
    r"|\bvà\s+(?=[^.;:,()]*$)",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
#: The least letters of a name.
_FEWEST = 4


def given_pieces(text: str) -> Iterator[tuple[int, str, Reckoned]]:
    """What a paragraph says of goals given: where each begins, its words, the places of level, result, verdict.

    The place of a verdict that is not told is empty.

    >>> text = "- Xã có chợ: giao 18 xã; thực hiện 16 xã; đánh giá: chưa đạt; chợ nổi (giao 3 chợ, đạt 3 chợ)."
    >>> for low, piece, one in given_pieces(text):
    ...     print([piece[slice(*place)] for place in (one.level, one.result, one.said)])
    ['18 xã', '16', 'chưa đạt']
    ['3 chợ', '3', '']
    """
    floor = 0
    forms = (_MARKED_RE, *(form for form, bracket in _IN_BRACKETS if bracket.search(text)))
    found = sorted((one for form in forms for one in form.finditer(text)), key=lambda one: one.start())
    for one in found:
        if one.start() < floor or not _alike(one["unit"], one["runit"]) or _YEAR_RE.fullmatch(one["goal"]):
            continue
        opened = [cut.end() for cut in _OPENS_RE.finditer(text, floor, one.start())]
        low = opened[-1] if opened else floor
        told = text[low : one.start("level")]
        if not one["said"] and (_SPENT_RE.search(told) or _ASKED_RE.search(told)):
            continue
        if sum(letter.isalpha() for letter in text[low : one.start()]) >= _FEWEST:
            places = [(one.start(name) - low, one.end(name) - low) for name in ("level", "result")]
            said = (one.start("said") - low, one.end("said") - low) if one["said"] else (0, 0)
            yield low, text[low : one.end()], Reckoned(places[0], places[1], said, True, True, 0, True)
        floor = one.end()


def _alike(one: str, other: str) -> bool:
    """Whether two units may be the same: rates both, or the same first word."""
    if "%" in one or "%" in other:
        return "%" in one and "%" in other
    first, second = one.split()[:1], other.split()[:1]
    return not second or (bool(first) and first[0].lower() == second[0].lower())
