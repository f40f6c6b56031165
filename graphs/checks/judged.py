"""TGT in words: what a sentence says of its own result and goal, and levels in units in the tables of goals.

``đạt 43,1%, vượt mục tiêu 45%`` judges itself; so does ``(48,9%, mục tiêu 50%)`` behind words that say how the
goals of a sentence came out. Only numbers of one unit are held against each other, and no goal of which less is
better unless its words say that it is a most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.forms import BARE, PLANNED_RE, Form, Match, Signs, signs_of
from graphs.checks.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.goals import read_columns
from kb.models import Figure, Finding, Severity, Target

_GOAL = r"(?:mục tiêu|chỉ tiêu)"
_MET = r"(?:(?:đã\s+)?(?:hoàn thành|vượt|đạt|cao hơn)(?:\s*(?:,|và)?\s*vượt)?(?:\s+mức)?(?:\s+so với)?)"
_MISSED = r"(?:(?:chưa|không)\s+(?:đạt|hoàn thành|bằng)(?:\s+được)?|thấp hơn|dưới)(?:\s+mức)?(?:\s+so với)?"
#: What stands between "mục tiêu" and its level; "thêm 5%" or "là giảm 3%" is no level.
_LEVEL = f"(?P<level>(?:(?!,){BARE}){{0,70}}?)"
_NUMBER = f"{BARE}{{0,40}}?"

#: A result, the words that judge it, and the goal, in the order in which they stand.
FORMS: tuple[Form, ...] = (
    Form(
        rf"{{result}}{_NUMBER},\s*(?:và\s+)?(?P<met>{_MET})\s+{_GOAL}{_LEVEL}{{goal}}(?P<behind>.{{0,25}})",
        "giải ngân đạt 46,1%, vượt mục tiêu 45%",
    ),
    Form(
        rf"{{result}}{_NUMBER},\s*(?:còn\s+)?(?P<missed>{_MISSED})\s+{_GOAL}{_LEVEL}{{goal}}(?P<behind>.{{0,25}})",
        "đạt 68,5%, chưa đạt mục tiêu 70%",
    ),
    Form(
        rf"{{result}}{_NUMBER}[,(]\s*{_GOAL}{_LEVEL}{{goal}}(?P<behind>.{{0,25}})",
        "không đạt: thanh toán trực tuyến (48,9%, mục tiêu 50%)",
    ),
)
#: Words of a sentence before a bracket of result and goal that say how its goals came out.
_ALL_MET_RE = re.compile(
    r"(?<!chưa )(?<!không )\b(?:hoàn thành|đạt|vượt)[^.;:]{0,30}:|chỉ tiêu (?:đạt|hoàn thành|vượt)",
    re.IGNORECASE,
)
_ALL_MISSED_RE = re.compile(r"\b(?:chưa|không)\s+(?:đạt|hoàn thành)\b[^.;:]{0,30}:", re.IGNORECASE)
_MOST_RE = re.compile(r"\b(?:không quá|không vượt quá|tối đa|dưới|nhỏ hơn|thấp hơn|ít hơn)\s*$", re.IGNORECASE)
_MOST_BEHIND_RE = re.compile(r"\s*[^.,;()\d]{0,15}trở xuống", re.IGNORECASE)
_SAME_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:từ|trên|ít nhất|tối thiểu))?\s*$", re.IGNORECASE)
_NO_LEVEL_RE = re.compile(
    r"\b(?:thêm|tăng|giảm|là|thứ|năm|quý|tháng|hơn|kế hoạch|nghị quyết)\s*$|\b(?:tăng|giảm|thêm)\b", re.IGNORECASE
)
#: Of these less is better, or may be: nothing is said of them unless a most is told.
_LESS_RE = re.compile(
    r"\b(?:còn|xuống|giảm|nghèo|thất nghiệp|tai nạn|trễ hạn|quá hạn|tồn đọng|nợ|suy dinh dưỡng|tử vong|thời gian"
    r"|sinh con thứ|chi phí|vi phạm|bỏ học|lạm phát)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A result and its goal, whether they are said to agree, and whether the goal is a most."""

    result: Figure
    goal: Figure
    met: bool
    most: bool

    @property
    def reached(self) -> bool:
        """Whether the result reaches the goal."""
        result, goal = Decimal(self.result.value), Decimal(self.goal.value)
        return result <= goal if self.most else result >= goal


def judged_in_text(subject: Subject) -> Iterator[tuple[Stated, Judged]]:
    """Results and goals of running text with what is said of them."""
    for where in stated(subject) if not subject.is_rule() else ():
        if "mục tiêu" not in where.text.lower() and "chỉ tiêu" not in where.text.lower():
            continue
        signs = signs_of(where)
        for form in FORMS:
            for match in form.read(signs):
                judged = _judged(signs, match)
                if judged is not None:
                    yield where, judged


def _judged(signs: Signs, match: Match) -> Judged | None:
    result, goal = match.figures["result"], match.figures["goal"]
    low = signs.sentence_start(match.start)
    before, level, behind = signs.text[low : match.start], match.words["level"], match.words["behind"]
    # A goal of a rise or a fall is held against one.
    same = _SAME_WAY_RE.search(level)
    way = bool(same and before.rstrip().lower().endswith(same["way"].lower()))
    if same and way:
        before, level = before.rstrip()[: -len(same["way"])], level[: same.start()]
    if not _alike(result, goal) or _NO_LEVEL_RE.search(level):
        return None
    most = bool(_MOST_RE.search(level) or _MOST_BEHIND_RE.match(behind))
    if PLANNED_RE.search(before) or (not most and not way and _LESS_RE.search(before)):
        return None
    if match.words.get("met"):
        return Judged(result, goal, True, most)
    if match.words.get("missed"):
        return Judged(result, goal, False, most)
    missed, met = _ALL_MISSED_RE.search(before), _ALL_MET_RE.search(before)
    return Judged(result, goal, bool(met), most) if bool(met) != bool(missed) else None


def _alike(result: Figure, goal: Figure) -> bool:
    units = {(one.unit or "").lower().split(" ")[0] for one in (result, goal)}
    return len(units) == 1 and units != {""} and not (result.of or goal.of or result.bound or goal.bound == "~")


def check_judged(subject: Subject, tally: Tally, rule: Rule) -> Iterator[Finding]:
    """What a sentence or a row says of a level is what its result and level give."""
    found = (*judged_in_text(subject), *judged_in_rows(subject), *judged_in_columns(subject))
    for where, judged in found:
        if judged.met == judged.reached:
            tally.held += 1
            continue
        tally.failed += 1
        vi, en = ("đạt", "met") if judged.met else ("chưa đạt", "missed")
        bound = ("không quá", "at most") if judged.most else ("từ", "at least")
        unit = "" if judged.goal.unit in (None, "%") else f" {judged.goal.unit}"
        yield rule.finding(
            (judged.result.span,),
            f"ghi mục tiêu {vi}, nhưng mức đặt ra {bound[0]} {judged.goal.printed}{unit}, kết quả"
            f" {judged.result.printed}",
            f"the goal is said to be {en}, but it is {bound[1]} {judged.goal.printed}{unit} and the result is"
            f" {judged.result.printed}",
            stated="Đạt" if judged.met else "Không đạt",
            expected="Đạt" if judged.reached else "Không đạt",
            evidence=(judged.goal.span,),
            suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
            # What reached its level may yet be missed for another reason.
            severity=None if judged.met else Severity.WARNING,
            page=where.block.page if where else judged.result.page,
        )


_LEAST_IN_CELL_RE = re.compile(
    r"\b(?:ít nhất|tối thiểu|không dưới|từ|trên|đạt|có|bình quân)\b|trở lên", re.IGNORECASE
)
_VERDICTS_MET = ("Đạt", "Hoàn thành", "Vượt")


_LEVEL_HEAD_RE = re.compile(
    r"\b(?:mức|mục tiêu|chỉ tiêu|kế hoạch)\s+(?:phải|cần|đặt|đề|được giao|giao|yêu cầu|năm|kế hoạch|tối thiểu)"
    r"|^\W*(?:kế hoạch|mục tiêu)(?:\s+(?:quý|cả năm|\d+ tháng)\b.{0,20}|\s+(?:19|20)\d\d)?\W*$",
    re.IGNORECASE,
)
_RESULT_HEAD_RE = re.compile(r"^\W*(?:kết quả|thực hiện)", re.IGNORECASE)
_VERDICT_HEAD_RE = re.compile(
    r"đánh giá|mức độ hoàn thành|^\W*(?:nhận xét|nhận định|kết luận|xếp loại)\W*$", re.IGNORECASE
)
_VERDICT_RE = re.compile(r"\W*(?:(?P<missed>chưa|không)\s+)?(?:đạt|hoàn thành|vượt)\b", re.IGNORECASE)


def judged_in_columns(subject: Subject) -> Iterator[tuple[None, Judged]]:
    """Rows of tables that have the name of a goal, its level, its result and its verdict in four columns."""
    at: dict[tuple[int, int, int], list[Figure]] = {}
    for figure in subject.figures:
        if figure.table is not None and figure.row is not None and figure.column is not None:
            at.setdefault((figure.table, figure.row, figure.column), []).append(figure)
    for number, table in enumerate(subject.document.tables):
        level, result, verdict = (
            next((column for column, words in enumerate(table.columns) if pattern.search(words)), None)
            for pattern in (_LEVEL_HEAD_RE, _RESULT_HEAD_RE, _VERDICT_HEAD_RE)
        )
        if level is None or result is None or verdict is None or len({level, result, verdict}) < 3:
            continue
        columns = read_columns(table)
        if columns is not None and columns.goal == level:
            continue  # its rows are targets, and judged as such
        for row, line in enumerate(table.rows):
            goals, results = at.get((number, row, level), []), at.get((number, row, result), [])
            judged = line.cells[verdict].text if verdict < len(line.cells) else None
            said = _VERDICT_RE.match(judged or "")
            if len(goals) != 1 or len(results) != 1 or not said:
                continue
            words = line.cells[level].text or ""
            name = " ".join(cell.text or "" for cell in line.cells[:level])
            mark = re.search(r"[≥≤<>]|không quá|tối đa|dưới|tối thiểu|ít nhất|từ\b", words, re.IGNORECASE)
            if not _alike(results[0], goals[0]) and (mark is None or {goals[0].unit, results[0].unit} != {None}):
                continue  # a number without unit or mark may be better when it is less
            if mark is None and _LESS_RE.search(name):
                continue
            most = bool(mark and mark.group().lower() in ("≤", "<", "không quá", "tối đa", "dưới"))
            yield None, Judged(results[0], goals[0], not said["missed"], most)


def judged_in_rows(subject: Subject) -> Iterator[tuple[None, Judged]]:
    """Rows of tables of goals whose level and result are one number each of one unit that is no rate."""
    cells: dict[tuple[int, int, int], list[Figure]] = {}
    rows: dict[tuple[int, int], list[Target]] = {}
    for target in subject.targets:
        if target.table is not None and target.row is not None and target.verdict:
            rows.setdefault((target.table, target.row), []).append(target)
    for figure in subject.figures if rows else ():
        if figure.table is not None and figure.row is not None and figure.column is not None:
            cells.setdefault((figure.table, figure.row, figure.column), []).append(figure)
    for (table, row), targets in rows.items():
        columns = read_columns(subject.document.tables[table])
        if columns is None or columns.result is None or len(targets) != 1 or targets[0].unit == "%":
            continue
        levels = cells.get((table, row, columns.goal), [])
        results = cells.get((table, row, columns.result), [])
        words = subject.document.tables[table].rows[row].cells[columns.goal].text or ""
        if len(levels) != 1 or len(results) != 1:
            continue
        judged = _judged_row(levels[0], results[0], words, (targets[0].verdict or "") in _VERDICTS_MET)
        if judged is not None:
            yield None, judged


def _judged_row(goal: Figure, result: Figure, words: str, met: bool) -> Judged | None:
    units = [(one.unit or "").lower().split(" ")[0] for one in (goal, result)]
    if "%" in units or not units[0] or units[1] not in ("", units[0]) or goal.of or result.of:
        return None
    before = words[: goal.inside.start] if goal.inside else words
    behind = words[goal.inside.end :] if goal.inside else ""
    most = bool(_MOST_RE.search(before) or _MOST_BEHIND_RE.match(behind))
    least = bool(_LEAST_IN_CELL_RE.search(words))
    if not most and not least and _LESS_RE.search(words):
        return None
    if result.bound == "~" or goal.bound == "~":
        return None
    return Judged(result, goal, met, most)
