"""What a paragraph tells was reached of an amount that was planned, held together by the rate it gives.

``Chỉ tiêu giao 9.600 căn, hoàn thành 8.112 căn, đạt 84,5%``; ``đào tạo 1.155/1.100 thợ (105% kế hoạch)``; and the
level in brackets behind a plan: ``giảm 2,4 điểm phần trăm, vượt kế hoạch giao (giảm 2,1 điểm phần trăm)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.amounts import unit_of
from ingest.targets.answer_words import OWN_LEVEL_RE
from ingest.targets.judgements import Judgement, judged, judgement
from ingest.targets.led import ITEM_RE
from ingest.targets.levels import read_level
from ingest.targets.metrics import metric_of_level
from kb.models import Document, Result, Span, Target, TextBlock
from kb.text.sentences import SENTENCE_END_RE, sentence_start, split_sentences

_RATE_RE = re.compile(r"(?:đạt|bằng|tương ứng|\()\s*(?:tỷ lệ\s*|tỉ lệ\s*)?$", re.IGNORECASE)
#: By how much per cent a plan was passed.
_OVER_RE = re.compile(r"[,;(]\s*(?:hoàn thành\s+)?(?P<how>vượt)(?:\s+mức)?\s+$", re.IGNORECASE)
_DONE_RE = re.compile(
    r"\b(?:hoàn thành|thực hiện|đạt|được|giải ngân|thu|đã(?:\s+[^\W\d_]+){1,3})\s*$", re.IGNORECASE
)
_PLANNED_RE = re.compile(r"\b(?:chỉ tiêu|kế hoạch|mục tiêu|giao)\b[^.;]{0,70}$", re.IGNORECASE)
#: An amount that is called a plan; money that is given is no goal.
_STANDS_RE = re.compile(
    r"(?<!\()\b(?:kế hoạch|chỉ tiêu)(?!\s+(?:vốn|đầu tư|chi(?!\s+trả)|phân bổ|sử dụng|giải ngân))"
    r"(?:(?:\s+[^\W\d_]+){1,6}?(?:\s+năm)?(?:\s+20\d\d)?\s+(?:là|được giao)\s+|:?\s+)$|\bđược giao(?:\s+là)?\s+$",
    re.IGNORECASE,
)
_MONEY_RE = re.compile(r"\b(?:vốn|kinh phí|ngân sách)\b", re.IGNORECASE)
_HOW = r"hoàn thành vượt|vượt|(?:chưa|không)\s+(?:hoàn thành|đạt)|hoàn thành|đạt"
_PLAN = r"(?:kế hoạch|chỉ tiêu|mục tiêu)"
#: The rate of a fraction, said to be one of a plan.
_OF_PLAN_RE = re.compile(
    rf"[^.;()]{{0,60}}?(?:(?:\(|,)\s*(?:đạt|bằng|tương ứng)?\s*(?P<rate>\d+(?:,\d+)?)\s*%\s*(?:so với\s+)?{_PLAN}"
    rf"|\s(?:theo|so với)\s+{_PLAN}[^.;(),\d]{{0,20}},\s*(?:đạt|bằng)\s+(?P<told>\d+(?:,\d+)?)\s*%)",
    re.IGNORECASE,
)
#: A verdict behind a rate.
_VERDICT_RE = re.compile(
    rf"[^.;]{{0,25}}?[,;)]\s*(?:và\s+)?(?P<how>{_HOW})\s+(?:mức\s+)?{_PLAN}",
    re.IGNORECASE,
)
#: A level in brackets behind the plan that it is held against.
_BRACKET_RE = re.compile(
    rf"\b(?<!để )(?<!nhằm )(?<!sẽ )(?<!phấn đấu )(?P<how>{_HOW}|bằng)"
    rf"(?:\s+\d[\d.,]*\s*%?(?:\s+[^\W\d_]+){{0,3}}\s+so với|\s+\d[\d.,]*\s*%(?=\s+{_PLAN}))?"
    rf"\s+(?:mức\s+)?{_PLAN}"
    r"(?:\s+(?:[^.;(),\d]|(?<=năm )20\d\d){0,40})?"
    r"\((?:(?:là|giao|giảm|tăng|đạt|từ|tối thiểu|ít nhất|trên)\s+)*(?=\d)",
    re.IGNORECASE,
)
#: The same behind the rate of a budget or plan that a body gave: "đạt 112% dự toán UBND tỉnh giao (268 tỷ đồng)".
_GIVEN_RE = re.compile(
    r"\b(?:đạt|bằng)\s+[\d.,]+\s*%\s+(?:so với\s+)?(?:dự toán|kế hoạch|chỉ tiêu)\s+[^.;(),\d]{2,50}\bgiao"
    r"(?:\s+(?:cả\s+|trong\s+)?năm(?:\s+20\d\d)?)?\s*\((?:là\s+)?(?=\d)",
    re.IGNORECASE,
)
#: "chưa đạt yêu cầu (từ 98% trở lên)"
_ASKED_RE = re.compile(
    rf"\b(?P<how>{_HOW})\s+(?:mức\s+)?yêu cầu\s*\((?:từ|tối thiểu|ít nhất|trên|dưới|không quá)\s+(?=\d)",
    re.IGNORECASE,
)
#: "thu hút 412 triệu USD … (kế hoạch là 400 triệu USD)"
_OPENS_RE = re.compile(
    rf"\((?:{_PLAN}|(?:mức\s+)?(?:được\s+)?giao)(?:\s+(?:năm|cả năm|giao|đề ra|là|20\d\d))*\s+(?=\d)(?!20\d\d\W)",
    re.IGNORECASE,
)
#: The same with what was reached behind: "Tỷ lệ cơ giới hóa (giao 75%): đạt 75,0%".
_BEHIND_RE = re.compile(
    r"(?:%?|[^\W\d_][^()\d]{0,20})\)\s*[:,–-]\s*"
    r"(?:(?:mới|chỉ|đã|ước|thực hiện|kết quả|hiện|đạt|được|có|là|còn)\s+)*(?=\d)",
    re.IGNORECASE,
)
#: "Số chủ rừng mở tài khoản được giao"
_GIVEN_TAIL_RE = re.compile(r"\s+(?:(?:được|mức)\s+giao|(?:theo\s+)?kế hoạch)$")
#: A name that only says that something was given.
_BARE_RE = re.compile(r"(?:được giao|giao|kế hoạch|chỉ tiêu|mục tiêu)", re.IGNORECASE)
_BARE_TAIL_RE = re.compile(
    r"(?:[\s:,]|\b(?:được giao|giao|kế hoạch|chỉ tiêu|mục tiêu|là))+$|^Về\s+", re.IGNORECASE
)
_OF_PAPER_RE = re.compile(
    r"[^.;()]{0,40}?\b(?:theo|của|tại)\s+(?:Nghị quyết|Quyết định|Kế hoạch|Chương trình|Chỉ thị|Đề án)\s"
)
_MOVES_RE = re.compile(r"\b(?:tăng|giảm|thêm|hơn|kém)(?:\s+(?:thêm|được|là))?\s*$", re.IGNORECASE)
_GOALS_RE = re.compile(r"\s*(?:chỉ tiêu|mục tiêu|nhiệm vụ)(?![^\W\d_])", re.IGNORECASE)
#: How a level in brackets is opened.
_FORMS = (_BRACKET_RE, _GIVEN_RE, _ASKED_RE, _OPENS_RE)
_PERCENT_RE = re.compile(r"(\d+(?:,\d+)?)\s*%")
_FAR, _NEAR = 300, 110
_WHOLE = Decimal("0.5")
_LEAST_SIGNS = Decimal("0.06")


@dataclass(frozen=True, slots=True)
class _Held:
    """A level, what was reached of it, and the verdict that is said."""

    level: Quantity
    reached: Quantity
    said: Judgement | None


def held_to_plan(document: Document, block: TextBlock, targets: list[Target], *, norm: bool) -> list[Target]:
    """The targets of a paragraph with what was reached of planned amounts, those that only name it left out."""
    text = document.block_text(block).replace("\n", " ")
    if norm or not re.search(rf"{_PLAN}|dự toán|yêu cầu|\(giao\s", text, re.IGNORECASE):
        return targets
    amounts = list(_amounts(text))
    done = {_span(document, block, one.level): one for one in amounts}
    behind = list(_behind(text))
    reached = {_span(document, block, one.reached) for one in (*done.values(), *behind)}
    kept = []
    for target in targets:
        held = done.get(target.level) if target.level else None
        if held is None and target.level in reached:
            continue
        kept.append(_answered(document, block, text, target, held) if held else target)
    levels = {target.level for target in kept}
    for held in (*behind, *_fractions(text), *_brackets(text), *filter(partial(_stands, text), amounts)):
        level = _span(document, block, held.level)
        if level not in levels:
            levels.add(level)
            kept.append(_new(document, block, text, held))
        else:
            kept = [_answered(document, block, text, one, held) if _is_open(one, level) else one for one in kept]
    return kept


def _is_open(target: Target, level: Span) -> bool:
    """Whether a target is of a level, and nothing is known yet of what was reached."""
    return target.level == level and target.result is None


def _amounts(text: str) -> Iterator[_Held]:
    """Amounts set and reached whose rate is the one that is told: 9.600, 8.112 and 84,5%."""
    quantities = [one for one in find_quantities(text) if not one.of]
    for rate in (one for one in quantities if one.percent):
        over = _OVER_RE.search(text, 0, rate.start)
        if not over and not _RATE_RE.search(text, 0, rate.start):
            continue
        before = [one for one in quantities if not one.percent and rate.start - _NEAR <= one.end <= rate.start]
        told = [one for one in before if _DONE_RE.search(text, 0, one.start)]
        told = told or (before[-1:] if over else [])
        if not told:
            continue
        reached = told[-1]
        unit = measure(text, reached).unit
        for level in reversed([one for one in quantities if reached.start - _FAR <= one.start < reached.start]):
            if level.percent or measure(text, level).unit != unit or not _PLANNED_RE.search(text, 0, level.start):
                continue
            share = str(Decimal(rate.value) + 100) if over else rate.value
            if _is_rate(reached.value, level.value, share):
                yield _Held(level, reached, judgement(over, "how") if over else _said(text, rate.end))
                break


def _stands(text: str, held: _Held) -> bool:
    """Whether an amount is called a plan right before it: ``Kế hoạch thu năm 2031 là 412 tỷ đồng``."""
    found = _STANDS_RE.search(text, 0, held.level.start)
    low = sentence_start(text, held.level.start)
    return found is not None and not _MONEY_RE.search(text, low, found.start())


def _is_rate(part: str, whole: str, rate: str, near: Decimal = _LEAST_SIGNS) -> bool:
    return Decimal(whole) > 0 and abs(Decimal(part) * 100 / Decimal(whole) - Decimal(rate)) <= near


def _said(text: str, at: int) -> Judgement | None:
    found = _VERDICT_RE.match(text, at)
    # "bằng 96,0%, vượt mục tiêu giải ngân 95%": that verdict is on a level of its own.
    return judgement(found, "how") if found and not OWN_LEVEL_RE.match(text, found.end("how")) else None


def _fractions(text: str) -> Iterator[_Held]:
    """``1.155/1.100 thợ (105% kế hoạch)``: what was reached over what was planned."""
    for quantity in find_quantities(text):
        found = _OF_PLAN_RE.match(text, quantity.end) if quantity.of and not quantity.percent else None
        if found is None or quantity.of is None:
            continue
        rate = (found["rate"] or found["told"]).replace(",", ".")
        near = _LEAST_SIGNS if "." in rate else Decimal("0.6")
        if _is_rate(quantity.value, quantity.of, rate, near):
            level = replace(quantity, value=quantity.of, of=None)
            yield _Held(level, quantity, _said(text, found.end()))


def _brackets(text: str) -> Iterator[_Held]:
    """A level in brackets behind the plan, and the last rate or amount before them in its unit."""
    quantities = find_quantities(text)
    for found in (one for form in _FORMS for one in form.finditer(text)) if "(" in text else ():
        level = next((one for one in quantities if one.start == found.end() and not one.of), None)
        if level is None or _GOALS_RE.match(text, level.end):
            continue  # "vượt kế hoạch (07 chỉ tiêu)"
        low = sentence_start(text, found.start())
        unit = measure(text, level).unit
        before = [
            one
            for one in quantities
            if low <= one.start
            and one.end <= found.start()
            and one.percent == level.percent
            and (one.percent or _same_unit(measure(text, one).unit, unit) or _makes(one, level, found.group()))
            and text.count("(", low, one.start) <= text.count(")", low, one.start)
        ]
        if not _MOVES_RE.search(found.group().rpartition("(")[2]):
            # "thu 493 tỷ đồng, tăng 57 tỷ đồng; vượt kế hoạch (470 tỷ đồng)": a change is not what was reached.
            before = [one for one in before if not _MOVES_RE.search(text[low : one.start])] or before
        # "trồng 153 ha; năm trước 140 ha; đạt 51% kế hoạch (300 ha)": the rate tells which of them is meant.
        before = [one for one in before if _makes(one, level, found.group())] or before
        if before:
            how = found.groupdict().get("how")
            held = not how or how.lower() == "bằng" or re.search(r"\d\s*%\s", found.group())
            yield _Held(level, before[-1], None if held else judgement(found, "how"))


def _behind(text: str) -> Iterator[_Held]:
    """A level in brackets behind its name, and the rate or amount of its unit right behind them."""
    quantities = find_quantities(text) if "(" in text else ()
    starts = {one.start: one for one in quantities}
    for found in _OPENS_RE.finditer(text):
        level = starts.get(found.end())
        turn = _BEHIND_RE.match(text, level.end) if level and not level.of else None
        reached = starts.get(turn.end()) if turn else None
        if level is None or reached is None or reached.percent != level.percent:
            continue
        if level.percent or _same_unit(measure(text, reached).unit, measure(text, level).unit):
            yield _Held(level, reached, _said(text, reached.end))


def _makes(reached: Quantity, level: Quantity, words: str) -> bool:
    """Whether the rate in the words before a bracket is that of a number to its level: ``71.400, bằng 102%``."""
    rate = _PERCENT_RE.search(words)
    return bool(
        rate and not reached.of and _is_rate(reached.value, level.value, rate[1].replace(",", "."), _WHOLE)
    )


def _same_unit(one: str | None, other: str | None) -> bool:
    """Whether units are one, or one says more of the thing: ``giường``, ``giường bệnh``."""
    return one == other or bool(one and other and (one.startswith(f"{other} ") or other.startswith(f"{one} ")))


def names_plan_alone(text: str, start: int, end: int) -> bool:
    """Whether the level ``text[start:end]`` is one of a plan that is not named: no document is its basis.

    >>> text = "đào tạo 1.155/1.100 thợ (105% kế hoạch)"
    >>> names_plan_alone(text, 8, 19)
    True
    """
    fraction = "/" in text[start:end] and _OF_PLAN_RE.match(text, end)
    if _OF_PAPER_RE.match(text, end):
        return False  # "kế hoạch (mục tiêu 180 tấn theo Nghị quyết số 47)"
    return bool(fraction) or any(found.end() == start for form in _FORMS for found in form.finditer(text))


def _span(document: Document, block: TextBlock, quantity: Quantity) -> Span:
    return document.reading.hull(block.view.start + quantity.start, block.view.start + quantity.end)


def _result(document: Document, block: TextBlock, text: str, held: _Held) -> Result:
    reached = held.reached
    unit = "%" if reached.percent else unit_of(text, replace(reached, of=None), measure(text, reached).unit)
    low = max(text.rfind(mark, 0, reached.start) for mark in (", ", ". ", "; ", "(")) + 1
    words = " ".join(text[low : reached.end + 1].split()).strip(" ().;,")
    return Result(words, reached.value, unit, _span(document, block, reached))


def _answered(document: Document, block: TextBlock, text: str, target: Target, held: _Held) -> Target:
    told = replace(target, result=_result(document, block, text, held))
    return told if told.verdict else judged(document, block, told, held.said)


def _new(document: Document, block: TextBlock, text: str, held: _Held) -> Target:
    """The target of a level that nothing but its plan sets."""
    level = held.level
    low = sentence_start(text, level.start)
    high = next((one.start() for one in SENTENCE_END_RE.finditer(text, level.end)), len(text))
    named = level if _stands(text, held) else replace(held.reached, of=None)
    measured = measure(text, named)
    metric = metric_of_level(text, named, measured.what, None)
    if _BARE_RE.fullmatch(metric or ""):  # "Về cấp mã số vùng trồng: được giao 120 mã"
        metric = _BARE_TAIL_RE.sub("", " ".join(ITEM_RE.sub("", text[low : level.start].lstrip()).split()))
    if level.start < held.reached.start and text.rfind("(", low, level.start) > low:
        opened = text.rfind("(", low, level.start)  # "Tỷ lệ cơ giới hóa (giao 75%): đạt 75,0%"
        begins = max((one for one, _ in split_sentences(text, clauses=True) if one <= level.start), default=low)
        metric = " ".join(ITEM_RE.sub("", text[begins:opened]).split())
    told = Target(
        "",
        document.reading.hull(block.view.start + low, block.view.start + high),
        " ".join(text[low:high].split())[:600],
        _GIVEN_TAIL_RE.sub("", metric or measured.what or " ".join(text[low : level.start].split())[:200]),
        read_level(text, level.start, level.end)[0],
        level.value,
        unit_of(text, level, measure(text, level).unit),
        measured.period,
        measured.scope,
        result=_result(document, block, text, held),
        eid=block.unit,
        page=block.page,
        level=_span(document, block, level),
    )
    return judged(document, block, told, held.said)
