"""A goal and what came of it, told in one item or in two clauses: what is set, where that turns, what answers it.

``a) giảm ít nhất 15% số vụ: giảm 12,5%, chưa đạt``; ``Mở 40 lớp: đã mở 44 lớp, bằng 110%``; ``Tỉnh giao cấp
90 sổ; cả năm cấp 95 sổ, vượt 5 sổ``. The parts are known by what stands in them: a level that nothing
says was reached, and a number of its kind with a verdict, the rate that it is of the level, or how far it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.figures.quantities import Quantity
from ingest.targets.amounts import is_counted_time
from ingest.targets.answer_words import (
    ALONE_RE,
    ANSWERS_RE,
    ASKS_RE,
    COUNTS_RE,
    HOW,
    OPENS,
    PLACE_RE,
    SETS_RE,
    SOON_RE,
    SPENT_RE,
    STANDS_RE,
)
from ingest.targets.asked import name_of
from ingest.targets.behind import judged_in, of_another, of_another_body, telling
from ingest.targets.came_of import as_result, fits, is_of_unit
from ingest.targets.contexts import RESULT_WORDS_RE, Context
from ingest.targets.judgements import Judgement, judged, judgement
from ingest.targets.levels import RANKS, read_level, without_descriptions
from ingest.targets.proofs import (
    APART_RE,
    OF_PLAN_RE,
    RATE_RE,
    bears_out,
    is_inside,
    is_shown,
    makes_whole,
    shows_plan,
    so_far,
)
from ingest.targets.rules import DONE_RE
from ingest.targets.setting import LONGEST
from ingest.targets.worded import level_quantities
from kb.models import Comparator, Document, Target, TextBlock
from kb.text.sentences import split_sentences

#: Where a clause may turn to the answer: a colon, a dash, a comma or "nhưng" before words that open one,
#: "chỉ" and "mới", what ends with a verdict.
_TURN_RE = re.compile(
    rf"(?P<sign>:(?=\s)|(?<=\s)[-–](?=\s))|,(?=\s+{OPENS}(?![^\W\d_]))|(?<=\s)(?=(?:nhưng|song)\s)"
    r"|(?<=\s)\((?=(?:thực hiện|kết quả|đạt được|đã|mới)\s)"
    r"|(?:,\s+(?:[^\W\d_]+\s+){1,2}|(?<=\s))(?=(?:chỉ(?!\s+(?:tiêu|số|thị|đạo|dẫn|huy)\s)|mới)"
    r"\s+(?:[^\W\d_]+\s+){1,3}\d)"
    r"|(?P<judges>(?:(?<=hoàn thành)|(?<=vượt)|(?<=vượt mức)|(?<=đã đạt)|(?<=đều đạt)|(?<=chưa đạt)"
    r"|(?<=không đạt))(?:,|\s+(?=với\s+\d|vượt mức\s+\d))|(?<=\sđạt)\s+(?=với\s+\d)|\s+(?=đạt kết quả\s+\d))",
    re.IGNORECASE,
)
#: A goal that opens a sentence as what something is held against: all behind it answers it.
_AGAINST_RE = re.compile(
    r"(?:\W*(?:\(?(?:\d{1,2}|[a-zđ])[.)]\s+)?)(?:(?:nếu|khi)\s+)?(?:(?:so(?:\s+sánh)?|đối chiếu)\s+với|với)\s+"
    r"(?:các\s+|mức\s+)*(?:mục tiêu|chỉ tiêu|yêu cầu|kế hoạch|phấn đấu|cam kết|dự toán)(?![^\W\d_])",
    re.IGNORECASE,
)
_THEN_RE = re.compile(r",(?=\s)|(?<=\s)(?=thì\s)", re.IGNORECASE)
#: A clause that calls itself an answer: "… 450 hộ. Kết quả: 412 hộ".
_SIGN_RE = re.compile(rf"\W*{OPENS}[^.;:\d]{{0,30}}:\s", re.IGNORECASE)
#: "…, vượt chỉ tiêu; tăng 3,9 triệu đồng (6,7%) so với năm 2022"
_SINCE_RE = re.compile(r"(?:tăng|giảm)\s+\d[^;]*\bso với\s+(?:cùng kỳ|đầu|cuối|năm)(?![^\W\d_])", re.IGNORECASE)
#: The verdict that ends what is set: "Chỉ tiêu giảm 90 hộ cũng vượt: …".
_ENDS_SAID_RE = re.compile(rf"\s(?:(?:cũng|đều|đã|cơ bản|chỉ|được)\s+)*(?P<how>{HOW})\s*$", re.IGNORECASE)
#: An answer of one number behind words that lead to it, told as a result or under a heading of results.
_LEADS_RE = re.compile(
    r"\s*(?P<says>(?:kết quả|thực hiện|đã|ước)(?:\s+(?:thực hiện|đạt|là|được|giảm|tăng|còn|có|xuống|lên"
    r"|(?:cả\s+)?năm(?:\s+20\d\d)?|(?:quý|tháng)\s+[\dIVX/]+|\d{1,2}\s+tháng))*"
    r"[:,]?\s+)?"
    r"(?:(?:đạt|được|giảm|tăng|còn|có|là|ở mức)(?:\s+(?:tỷ lệ|tỉ lệ|được|khoảng|trên|hơn|dưới|gần))*\s+)?$",
    re.IGNORECASE,
)
_LEVEL_RE = re.compile(r"\s*(?:≥|≤|>=|<=|>|<|trên|dưới|không quá|tối thiểu|tối đa|ít nhất|từ)\s*$", re.IGNORECASE)
_LEFT_RE = re.compile(r"\b(?:còn(?:\s+(?:lại|thiếu))?|thiếu|hụt)\s*$", re.IGNORECASE)
#: What stands between a name and the words that ask for it: "Vốn nước ngoài: mức …".
_GIVEN_RE = re.compile(r"(?:[\s,:;(–-]|\b(?:mức|được|giao|kế hoạch|chỉ tiêu|mục tiêu|là)\b)+$", re.IGNORECASE)
#: "Với 9 chỉ tiêu đề ra", "chỉ tiêu 6 tháng có": how many goals there are, and of what time.
_GOALS_RE = re.compile(r"\s+(?:chỉ tiêu|mục tiêu|nhiệm vụ|nội dung|tháng(?=\s+có\s))(?![^\W\d_])", re.IGNORECASE)
#: What asks and the word that does, around the name: "Theo Đề án, số sách mất phải".
_BY_WHOM_RE = re.compile(r"^Theo\s[^,;]{2,80},\s+|\s+phải$", re.IGNORECASE)
_LABEL_RE = re.compile(r"^\W*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a paragraph says came of a level: the number reached and the verdict, from `turn` on, to `end`.

    What sets the level begins at `low`; `asks` is the place of the words that ask for it, if any do.
    """

    low: int
    turn: int
    end: int
    asks: tuple[int, int] | None
    level: Quantity
    reached: Quantity
    said: Judgement | None


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is set, ``text[low:turn]``, what answers it, ``text[begin:end]``, and whether a sign parts them."""

    low: int
    turn: int
    begin: int
    end: int
    sign: bool


def answers_in(text: str, context: Context) -> tuple[Answer, ...]:
    """The levels of a paragraph that it answers.

    >>> def told(text):
    ...     found = answers_in(text, Context((), ()))
    ...     return [(one.level.value, one.reached.value, one.said and one.said.verdict) for one in found]
    >>> told("b) giảm ít nhất 15% số người chết: giảm 12,50%, hoàn thành mục tiêu; c) Phủ sóng 100% xã.")
    [('15', '12.5', 'Hoàn thành')]
    >>> told("Hỗ trợ nhà cho 450 hộ. Kết quả: cả năm 412 hộ, bằng 91,6%. Đánh giá: không đạt.")
    [('450', '412', 'Không đạt')]
    >>> told("Phủ sóng 100% xã: trung tâm 40%, còn lại 60%"), told("Cấp 300 thẻ: 200 thẻ mới, 100 thẻ đổi, đạt.")
    ([], [])
    """
    return _answers(text, context.sets, _looks_back(context))


@lru_cache(maxsize=1024)
def _answers(text: str, goals: bool, back: bool) -> tuple[Answer, ...]:
    found: list[Answer] = []
    clauses = split_sentences(text, clauses=True)
    for at, (low, _) in enumerate(clauses):
        if found and low < found[-1].end:
            continue
        for parts in _parts(text, clauses, at):
            if one := _of_parts(text, parts, goals, back):
                found.append(one)
                break
    return tuple(found)


def _parts(text: str, clauses: tuple[tuple[int, int], ...], at: int) -> Iterator[_Parts]:
    """The ways in which a clause, or it and the next, may be a level and its answer."""
    low, high = clauses[at]
    against = _AGAINST_RE.match(text, low, high)
    number = re.search(r"\d", text[low:high])  # what turns before any number turns from no level
    for turn in (_THEN_RE if against else _TURN_RE).finditer(text, low + number.end(), high) if number else ():
        end = _end(text, clauses, at)
        yield _Parts(low, turn.start(), turn.end(), end, bool(against or turn.lastgroup))
    if at + 1 < len(clauses):
        begin, end = clauses[at + 1][0], _end(text, clauses, at + 1)
        sign = _SIGN_RE.match(text, begin, end) is not None
        yield _Parts(low, high - (text[high - 1] in ".;"), begin, end, sign)


def _end(text: str, clauses: tuple[tuple[int, int], ...], at: int) -> int:
    """Where an answer ends: with its clause, a verdict alone behind it, what changed since a year before."""
    end = clauses[at][1]
    for low, high in clauses[at + 1 : at + 2]:
        joined = text[end - 1 : end] == ";" and _SINCE_RE.match(text, low, high)
        end = high if joined or ALONE_RE.fullmatch(text[low:high].rstrip(" .;")) else end
    return end


def _of_parts(text: str, parts: _Parts, goals: bool, back: bool) -> Answer | None:
    """The level of a clause with what came of it, where its parts are that."""
    behind = [one for one in level_quantities(text) if parts.begin <= one.start and one.end <= parts.end]
    if not behind and not re.search(r"\d", text[parts.begin : parts.end]):
        return None  # neither a number that came of a level nor a place among others
    own = _ENDS_SAID_RE.search(text, parts.low, parts.turn)
    turn = own.start() if own else parts.turn
    told = judged_in(text, parts.begin, parts.end)
    said = told.said if told else judgement(own, "how") if own else None
    for level in _levels(text, parts.low, turn):
        reached = _reached(text, level, behind, parts, told.high if told else parts.end)
        closed = not parts.sign and is_inside(text, parts.low, level)
        if reached is None or closed or SETS_RE.search(text, parts.begin, reached.start):
            continue
        said = said or so_far(text, reached, level, behind)
        asks = [one.span() for one in ASKS_RE.finditer(text, parts.low, level.start)]
        judges = None if of_another(text, said, level) else said
        one = Answer(parts.low, turn, parts.end, asks[-1] if asks else None, level, reached, judges)
        if _is_answer(text, parts, one, behind, goals=goals, back=back):
            return one
    return None


def _levels(text: str, low: int, turn: int) -> list[Quantity]:
    """The numbers of what is set that may be its level, the likeliest first."""
    words = text[low:turn]
    found = without_descriptions(words, [(one, Comparator.EQUAL) for one in level_quantities(words)])
    # A bound is the level; a time or a turn is one last: "trẻ 5 tuổi đạt 98%", "biểu diễn 45 buổi".
    order = sorted(
        (
            one
            for one, _ in found
            if not DONE_RE.search(words, 0, one.start) and (one.percent or not _GOALS_RE.match(words, one.end))
        ),
        key=lambda one: (not _is_bound(words, one), is_counted_time(words, one), one.start),
    )
    return [replace(one, start=one.start + low, end=one.end + low) for one in order]


def _is_bound(text: str, level: Quantity) -> bool:
    """Whether a number says how it is meant: at least, at most, a change."""
    return read_level(text, level.start, level.end)[0] is not Comparator.EQUAL


def _reached(text: str, level: Quantity, behind: list[Quantity], parts: _Parts, stop: int) -> Quantity | None:
    """The number of an answer that is of the kind of a level: shown to be, or the first before the verdict."""
    if read_level(text, level.start, level.end)[1] in RANKS:
        place = PLACE_RE.search(text, parts.begin, parts.end)
        return Quantity(*place.span("at"), str(int(place["at"])), None, False, place["at"]) if place else None
    alike = [one for one in behind if one.percent == level.percent and not APART_RE.search(text, 0, one.start)]
    shown = [one for one in alike if is_shown(text, one, level, behind)]
    plain = [
        one
        for one in [one for one in behind if one.end <= stop] or behind
        if fits(text, one, level, with_=text.startswith("với ", parts.begin))
        and not (one.percent and OF_PLAN_RE.match(text, one.end))
    ]
    if level.percent:
        shares = [one for one in plain if one.percent]
        plain = [one for one in shares if RATE_RE.search(text, 0, one.start)] or shares or plain
    same = [one for one in alike if not level.percent and one.value == level.value]
    return next(iter([*shown, *plain, *same]), None)


def _is_answer(text: str, parts: _Parts, one: Answer, behind: list[Quantity], *, goals: bool, back: bool) -> bool:
    """Whether a number came of a level that was set: by words that ask, the verdict, what the numbers show."""
    named = goals or one.asks is not None
    level, reached = one.level, one.reached
    shown, plan = is_shown(text, reached, level, behind), shows_plan(text, reached, level, behind)
    judges = one.said is not None or plan
    stands = STANDS_RE.search(_LABEL_RE.sub("", text[parts.low : level.start]))
    if not named and stands and not (judges and level.percent and shown):
        return False
    alike = [
        other
        for other in behind
        # "bàn giao 102 ha, còn 18 ha": what is left is no part of what was reached
        if other.percent == level.percent
        and is_of_unit(text, other, level)
        and not _LEFT_RE.search(text, 0, other.start)
    ]
    if makes_whole(level, alike) or of_another_body(text, one.said, (one.low, one.turn)):
        return False
    if len(alike) > 1 and not (shown or bears_out(text, one.reached, one.level, one.said)):
        return False  # "quý I 80 lao động, quý II 110 lao động, …, vượt kế hoạch": which of them is judged
    opens = any(form.match(text, parts.begin) for form in (ANSWERS_RE, SOON_RE, COUNTS_RE))
    echoes = bool(telling(text[parts.low : parts.turn]) & telling(text[parts.begin : reached.start]))
    if one.said is None and (not plan or SPENT_RE.search(text, parts.low, parts.turn)):
        if level.percent and opens and RATE_RE.search(text, 0, reached.start):
            # "… 100% xã: đã kết nối 107/107 xã, đạt 100%": a rate with its counts, or told of what was asked
            proves = named or _is_bound(text, level) or level.value == "100"
            return proves if shown else one.asks is not None and echoes
        leads = _LEADS_RE.fullmatch(text, parts.begin, reached.start) if parts.sign else None
        return leads is not None and bool(leads["says"] or back)
    if parts.sign:
        return (
            named
            or shown
            or _is_bound(text, level)
            or bears_out(text, one.reached, one.level, one.said)
            or (opens and echoes)
        )
    given = one.asks is not None and _LEADS_RE.fullmatch(text, one.asks[1], level.start)
    return named and bool(opens or echoes or shown or given)


def with_answered(
    text: str, low: int, levels: list[tuple[Quantity, Comparator]], answer: Answer
) -> list[tuple[Quantity, Comparator]]:
    """The levels of a clause that begins at `low`, with the one that is answered and those of its kind."""
    mine = replace(answer.level, start=answer.level.start - low, end=answer.level.end - low)
    words = text[low : answer.turn]
    kept = [
        (one, how)
        for one, how in levels
        if one.start == mine.start or (one.percent == mine.percent and is_of_unit(words, one, mine))
    ]
    if all(one.start != mine.start for one, _ in kept):
        kept.append((mine, read_level(words, mine.start, mine.end)[0]))
    return sorted(kept, key=lambda one: one[0].start)


def answered(
    document: Document,
    block: TextBlock,
    over: str | None,
    clause: tuple[int, int],
    answer: Answer,
    targets: list[Target],
) -> Iterator[Target]:
    """The targets read from what a clause sets: the result with the level it is of, the verdict with all.

    `over`: the period of what stands over it.
    """
    text = document.block_text(block).replace("\n", " ")
    start = block.view.start
    place = document.reading.hull(start + answer.level.start, start + answer.level.end)
    sets = " ".join(text[answer.low : answer.turn].split())
    answers = " ".join(text[answer.turn : answer.end].split())
    span = document.reading.hull(*(block.view.start + at for at in clause))
    whole = " ".join(text[slice(*clause)].split())[:LONGEST]
    for target in targets:
        # "… đạt 95%: kết quả năm 2024 đạt 98,7%": the period of what was reached is not that of the level.
        behind = target.period and target.period not in sets and target.period in answers
        period = over if behind else target.period or over
        target = replace(target, span=span, text=whole)
        mine = target.level == place
        if mine:
            target = replace(target, metric=_named(text, answer, target.metric))
        result = as_result(document, block, text, answer.reached, answer.level, target.unit) if mine else None
        yield judged(document, block, replace(target, period=period, result=result), answer.said)


def _named(text: str, answer: Answer, metric: str) -> str:
    """What is asked for: behind the words that ask; before them where they stand at a level that names none."""
    metric = _BY_WHOM_RE.sub("", _ENDS_SAID_RE.sub("", metric))
    if answer.asks is None:
        return metric
    low, high = answer.asks
    name = name_of(text[: answer.turn], high, answer.level, answer.turn, metric)
    name = name if len(name.split()) > 1 else metric
    if len(_GIVEN_RE.sub("", f" {name}").split()) > 1 or not _LEADS_RE.fullmatch(
        _LEVEL_RE.sub("", text[high : answer.level.start])
    ):
        return name
    before = _GIVEN_RE.sub("", _LABEL_RE.sub("", text[answer.low : low])).strip(" ,:;(–-")
    return before or name


def _looks_back(context: Context) -> bool:
    """Whether the nearest words over an item, of those that set goals, speak of results."""
    if not context.sets:
        return False
    over = [lead.text for lead in context.leads[:1]] + list(context.headings[:1])
    return any(RESULT_WORDS_RE.search(words) for words in over)
