"""How a paragraph answers a goal behind its level: what came of it, and how that is judged.

``Cấp ít nhất 19.000 giấy; kết quả vượt 890 giấy, đạt``; ``đạt 100% vào năm 2031: đến nay mới 86,6%, chưa đạt``;
``Mục tiêu dựng 25 cầu vì thế không đạt``. The words that open an answer, those that judge, and where both end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graphs.checks.goals.reckoned_verdicts import NUMBER
from ingest.targets.judgements import Judgement
from ingest.targets.levels import modal_ends
from kb.goals import verdict_of
from kb.text.sentences import split_sentences

_GOAL = r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|yêu cầu|kế hoạch|dự toán|tiêu chí|cam kết)"
_GIVEN = (
    r"(?:(?:này|trên|đó|nêu trên|nói trên|đã đề ra|đề ra|đặt ra|được giao|giao|nghị quyết|năm(?:\s+20\d\d)?)\s+)*"
)
_SO = r"(?:như vậy|như thế|do đó|do vậy|vì vậy|vì thế|vì lẽ đó|bởi vậy|tức(?:\s+là)?|nghĩa là|nên|theo đó|qua đó)"
#: Words that say an answer follows.
_OPENS = (
    r"(?:kết quả(?!\s+(?:cần|phải|mong))|(?:trên\s+)?thực tế|đến\s+(?:nay|hạn|thời\s+(?:điểm|hạn)|ngày|\d{1,2}/\d"
    r"|hết|cuối|tháng|đầu|quý|năm)|nay|(?:cuối|hết|kết\s+thúc)\s+(?:năm|quý|kỳ|đợt)"
    r"|năm\s+20\d\d|(?:sau\s+)?\d{1,2}\s+tháng|tính\s+đến|cho\s+đến\s+nay|hiện(?:\s+(?:nay|tại|có|đã"
    r"|mới))?|mới|chỉ|đã|ước|thực hiện|đạt"
    r"|đối chiếu|theo\s+(?:kết quả|số liệu|thống kê)|qua\s+(?:khảo sát|rà soát|kiểm tra|điều tra|đánh giá)|lũy kế"
    r"|luỹ kế|cả năm|trong\s+(?:năm|kỳ)|toàn\s+(?:tỉnh|huyện|xã|thành phố|ngành))"
)
#: The day of the goal before: what stands behind answers it, judged or not.
_BY_THEN_RE = re.compile(
    r"\W*đến\s+(?:thời\s+)?(?:hạn|điểm)\s+(?:trên|đó|này|nêu trên|nói trên|quy định)(?![^\W\d_])", re.IGNORECASE
)
#: The same farther behind in a clause that a semicolon joins: "…; số vụ thực tế giảm 7,4%".
_SOON_RE = re.compile(
    r"(?:\s*[^\W\d_]+){1,7}?\s(?:thực tế|kết quả|đến nay|hiện nay|mới|chỉ|đã|thực hiện(?:\s+được)?"
    r"|đạt(?:\s+được)?|là|có)\s",
    re.IGNORECASE,
)
#: What sums up the goal before, whatever its words are.
_SUMS_RE = re.compile(
    r"\W*(?:kết quả(?!\s+của)|thực tế|đối chiếu|đến\s+(?:thời\s+)?(?:hạn|điểm))(?![^\W\d_])", re.IGNORECASE
)
_NAMES_GOAL_RE = re.compile(r"(?<![^\W\d_])(?:mục tiêu|chỉ tiêu|nhiệm vụ|yêu cầu)(?![^\W\d_])", re.IGNORECASE)
#: A rate of the plan: what was reached is told, if not judged.
_OF_PLAN_RE = re.compile(
    rf"\b(?:bằng|đạt|tương đương)\s+{NUMBER}\s*%\s+(?:so với\s+)?(?:kế hoạch|chỉ tiêu|dự toán"
    rf"|mục tiêu)(?![^\W\d_])"
    r"(?!\s+(?:\d|quý|tháng|năm\s+20))",
    re.IGNORECASE,
)
_TURNS = r"(?:nhưng|tuy nhiên|song|còn|thế nhưng)"
_ANSWERS_RE = re.compile(rf"\W*(?:{_TURNS}\s*,?\s+)?{_OPENS}(?![^\W\d_])|\W*{_TURNS}\s*,?\s+", re.IGNORECASE)
#: What turns to the answer within the sentence of a goal: a dash, a colon, "nhưng".
_TURN_RE = re.compile(
    rf"(?:\s[-–]|:)\s+(?=(?:{_OPENS}|hoàn thành|vượt)(?![^\W\d_]))|,?\s+(?=(?:nhưng|song|tuy nhiên)\s)"
    r"|,\s+(?=(?:thực tế|kết quả|thực hiện|đến\s+(?:nay|ngày|\d{1,2}/\d)|(?:(?:huyện|tỉnh|xã|sở|ngành|đơn vị"
    r"|công ty)\s+)?"
    r"(?:đã|mới|chỉ))\s)|\s\((?=(?:thực hiện|kết quả|đã)\s)",
    re.IGNORECASE,
)
_HOW = (
    r"(?:không|chưa)\s+(?:được\s+)?(?:hoàn\s+thành|đạt)|(?:hoàn\s+thành|đạt)(?:\s+và|,)?\s+vượt(?:\s+mức)?"
    r"|vượt(?:\s+mức)?|hoàn\s+thành|đạt"
)
#: What may stand behind a verdict: its end, the plan it is of, by how much, in what time.
_ENDS = (
    r"(?:\s*[⁰¹²³⁴-⁹]*\s*(?:[.,;()]|$)"
    rf"|\s+(?:so\s+với\s+)?(?:mức\s+)?(?:{_GOAL}|mức giao)(?![^\W\d_])(?!\s+(?:quốc gia|{NUMBER}))"
    rf"|\s+(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu)\s+(?={NUMBER}\s*%)|(?<=ành)\s+100\s*%(?=\s*(?:[.,;)]|$))"
    rf"|(?<=đạt|ành)\s+100\s*%\s+(?:mức\s+)?{_GOAL}(?![^\W\d_])"
    r"|\s+(?:trước|đúng|sớm|kịp)\s+(?:so\s+với\s+)?(?:thời\s+)?(?:hạn|thời gian|tiến độ|kế hoạch))"
)
#: By how much a goal was passed, but not what was before: "vượt 84 tổ", "vượt 7,5 điểm phần trăm so với chỉ tiêu".
_BY = (
    rf"(?:\s+(?P<by>{NUMBER})\s*(?P<unit>%|[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}?)?(?:\s+so\s+với\s+(?:mức\s+)?{_GOAL}"
    rf"(?:\s+[^\W\d_]+){{0,5}})?(?=\s*[⁰¹²³⁴-⁹]*\s*(?:[.,;()]|$)))"
)
#: A verdict: behind a comma, or behind words that sum up; of the goal that is named before it, or of none.
_SAID_RE = re.compile(
    rf"(?:^\s*|[,;:(.–-]\s*|(?<=\s)(?={_SO}\s)|(?<=\s)và\s+(?={_GOAL}\s))(?:(?:{_SO}|được\s+(?:đánh\s+giá"
    rf"|xác\s+định|xác\s+nhận|coi)(?:\s+là)?"
    r"|(?:tự\s+)?đánh\s+giá\s*:?|kết\s+luận\s*:?|kết\s+quả)\s*,?\s+)*"
    rf"(?:{_GOAL}\s+{_GIVEN}(?:(?:đã|được|coi|là|xác nhận|xác định|đánh giá)\s+)*|đã\s+|(?:huyện|tỉnh|xã"
    rf"|ngành)\s+đã\s+)?"
    rf"(?P<how>{_HOW})(?:{_ENDS}|(?<=vượt){_BY})",
    re.IGNORECASE,
)
#: A goal that was missed by so much, where no verdict says it.
_SHORT_RE = re.compile(
    rf"[,;(]\s*(?:còn\s+)?(?P<how>thiếu|hụt)\s+(?P<by>{NUMBER})\s*(?P<unit>%|[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}?)?"
    rf"(?:\s+so\s+với\s+(?:mức\s+)?{_GOAL}(?:\s+[^\W\d_]+){{0,5}})?(?=\s*(?:[.,;)]|$))",
    re.IGNORECASE,
)
#: The same in the sentence of the goal, behind its level: "Mục tiêu dựng 25 cầu trong năm vì thế không đạt".
_OWN_RE = re.compile(
    rf"(?:\s(?:(?:(?:mới|chỉ)\s+)?(?:bằng|đạt)\s+{NUMBER}\s*%\s+(?=nên\s))?"
    r"(?:được\s+(?:đánh\s+giá|xác\s+định|xác\s+nhận|coi|ghi\s+nhận)(?:\s+là)?"
    rf"|{_SO}(?:\s+(?:kết\s+quả|mức\s+này))?(?:\s+đã)?"
    r"|(?:(?:huyện|tỉnh|xã|ngành|thành\s+phố|đơn\s+vị)\s+)?đã|thì\s+(?:kết\s+quả|mức|tỷ\s+lệ)\s+(?:này|trên|đó))"
    rf"|,\s*(?:(?:mới|chỉ)\s+)?(?:bằng|đạt)\s+{NUMBER}\s*%(?:\s+{_GOAL})?,)"
    rf"\s+(?P<how>{_HOW})(?:{_ENDS}|(?<=vượt){_BY})",
    re.IGNORECASE,
)
#: The same right behind the paper that the goal is of: "Mục tiêu … của Kế hoạch số 15 ngày … hoàn thành, với …".
_OF_PAPER_RE = re.compile(
    rf"\s(?:theo|của|tại)\s[^,;:]*\d\S*\s+(?P<how>(?:không|chưa)\s+(?:hoàn thành|đạt)|hoàn thành|đạt|vượt){_ENDS}",
    re.IGNORECASE,
)
#: The same where a clause is of a goal from its first words: "Chỉ tiêu kết nạp 2.000 người không hoàn thành".
_PLAIN_RE = re.compile(
    rf"\s(?:chỉ\s+|cơ\s+bản\s+)?(?P<how>(?:không|chưa)\s+(?:hoàn\s+thành|đạt)"
    rf"|(?:hoàn\s+thành\s+)?vượt(?:\s+mức)?|hoàn\s+thành)"
    rf"(?:{_ENDS}|(?<=vượt){_BY}|\s+(?:do|vì|bởi|nguyên nhân)\s)",
    re.IGNORECASE,
)
_OPENS_GOAL_RE = re.compile(
    r"(?:\W*(?:\(?(?:\d{1,2}|[a-zđ])[.)]\s+)?)(?:riêng\s+|đối với\s+)?(?:mục tiêu|chỉ tiêu|nhiệm vụ"
    r"|yêu cầu)\s(?![^.;]{0,12}:)",
    re.IGNORECASE,
)
_NAMES_RE = re.compile(rf"(?<![^\W\d_])(?:{_GOAL}\s|phấn đấu)", re.IGNORECASE)
#: A sentence that goes on about the goal of the one before.
_BACK_RE = re.compile(
    rf"\W*(?:{_SO}|(?:{_GOAL}|kết quả)\s+(?:này|trên|đó|nêu trên|nói trên))(?![^\W\d_])", re.IGNORECASE
)
_ALONE_RE = re.compile(
    rf"\s*(?:(?:tự\s+)?đánh giá|kết luận)?\s*:?\s*(?:{_HOW})(?:\s+{_GOAL})?\s*\.?\s*", re.IGNORECASE
)
_NAMED_AGAIN_RE = re.compile(
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|yêu cầu)\s+(?:này|trên|đó|nêu trên|nói trên)(?![^\W\d_])", re.IGNORECASE
)
#: What is set, in words that begin a clause of its own: the answer ends before it.
_SETS_RE = re.compile(
    r"\b(?:phấn đấu|đề ra|đặt ra|sẽ|cần|phải|dự kiến|quyết tâm|nhằm|để|tiếp tục)(?![^\W\d_])", re.IGNORECASE
)
_ITEM_RE = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zđ])\)|[-–+])\s")
#: So many sentences behind a goal may answer it.
_MOST = 3
#: So many words that tell make two sentences be of one thing.
_FEW, _SEVERAL = 2, 3


#: Words that every goal has.
_EVERY = frozenset(
    re.findall(
        r"\S+",
        "mục tiêu chỉ tiêu kế hoạch nhiệm vụ phấn đấu đạt vượt hoàn thành năm tháng ngày quý đến trong trước nay"
        " đã có kết quả thực hiện tỷ lệ số tổng tỉnh huyện xã toàn đề ra giao ít nhất tối thiểu trên dưới bằng so"
        " với chưa không đồng triệu tỷ là và các của được cho từ còn mới",
    )
)


@dataclass(frozen=True, slots=True)
class Told:
    """What stands behind a goal: the words that may hold its result, the verdict, and by how much it was passed.

    `low`, `high` bound the words before the verdict; `end` is where the answer ends; `by` the place of a number,
    `less` whether the goal was missed by it; `own` tells that the sentence of the goal judges it.
    """

    low: int
    high: int
    end: int
    said: Judgement | None
    by: tuple[int, int] | None = None
    less: bool = False
    own: bool = False


def told_behind(text: str, low: int, at: int, stop: int) -> Told | None:
    """What a paragraph tells behind the level that ends at `at`, of the goal whose clause begins at `low`.

    `stop`: where the next goal begins.

    >>> text = "Cấp mới ít nhất 19.000 giấy trong năm; kết quả vượt 890 giấy, đạt. Ngoài ra, sửa 20 cầu."
    >>> one = told_behind(text, 0, 27, len(text))
    >>> one.said and one.said.verdict, text[slice(*one.by)], one.less
    ('Đạt', '890', False)
    >>> text = "Mục tiêu dựng 25 cầu trong năm vì thế không đạt."
    >>> one = told_behind(text, 0, 20, len(text))
    >>> one.said and one.said.verdict
    'Không đạt'
    >>> text = "Mục tiêu dựng 25 cầu trong năm; tỉnh đã giao vốn. Xã A không đạt 3 tiêu chí."
    >>> told_behind(text, 0, 20, len(text)) is None
    True
    """
    clauses = split_sentences(text, clauses=True)
    end = next((high for start, high in clauses if start <= at <= high), len(text))
    turn = _TURN_RE.search(text, at, min(end, stop))
    own = _own(text, low, at, min(end, stop))
    if own and (turn is None or own.low < turn.start()):
        return own
    begins = turn.end() if turn else next((start for start, _ in clauses if start >= end), len(text))
    if begins >= stop:
        return None
    joined = turn is not None or text[end - 1 : end] == ";"
    opens = _ANSWERS_RE.match(text, begins) is not None
    if opens or _SOON_RE.match(text, begins):
        high = _answer_end(text, begins, stop)
        if not joined and not _speaks_of(text, (low, end), (begins, high), opens=opens):
            return _referred(text, begins, stop)
        then = _BY_THEN_RE.match(text, begins) or _OF_PLAN_RE.search(text, begins, high)
        return _judged(text, begins, high) or (Told(begins, high, high, None) if then else None)
    return _referred(text, begins, stop)


def _speaks_of(text: str, goal: tuple[int, int], answer: tuple[int, int], *, opens: bool) -> bool:
    """Whether a sentence behind a goal is of it: it sums up, names the goal, or has one of its words.

    A sentence that does not open as an answer does has several of them.
    """
    words = text[slice(*answer)]
    shared = len(_telling(text[slice(*goal)]) & _telling(words))
    if not opens:
        return shared >= _SEVERAL
    return bool(shared >= _FEW or _SUMS_RE.match(words) or _NAMES_GOAL_RE.search(words) or _BACK_RE.match(words))


def _telling(words: str) -> frozenset[str]:
    """The words of a text that say what it is of: no numbers, none of those that every goal has."""
    return frozenset(re.findall(r"[^\W\d_]+", words.lower())) - _EVERY


def turns(text: str, low: int, high: int) -> int | None:
    """Where a clause turns from what it sets to what came of it: ``Không còn … - đã xử lý 2 …``; None for none."""
    found = _TURN_RE.search(text, low, high)
    return found.start() if found else None


def judged_within(text: str, low: int, at: int, high: int) -> Told | None:
    """The verdict on what a clause names as a goal without a level: ``Nhiệm vụ lập … trước ngày … chưa đạt``.

    >>> text = "Nhiệm vụ lập quy hoạch trước ngày 30/9/2031 chưa đạt do vướng đất."
    >>> one = judged_within(text, 0, 8, len(text))
    >>> text[: one.low]
    'Nhiệm vụ lập quy hoạch trước ngày 30/9/2031'
    """
    return _own(text, low, min(at + 1, high), high)


def _own(text: str, low: int, at: int, high: int) -> Told | None:
    """What the sentence of a goal says of it behind its level."""
    if not _NAMES_RE.search(text, low, at):
        return None
    found = _OWN_RE.search(text, at, high) or _OF_PAPER_RE.search(text, at, high)
    if found is None and _OPENS_GOAL_RE.match(text, low):
        found = _PLAIN_RE.search(text, at, high)
    if found is None:
        return None
    by = found.span("by") if found.groupdict().get("by") else None
    return Told(found.start(), high, high, _said(found), by, own=True)


def _referred(text: str, low: int, stop: int) -> Told | None:
    """A verdict in one of the next sentences that names the goal again: ``Chỉ tiêu này không hoàn thành``."""
    behind = [place for place in split_sentences(text[:stop]) if place[0] >= low][:_MOST]
    for start, end in behind:
        if _NAMED_AGAIN_RE.match(text, start):
            told = _judged(text, start, end)
            return replace(told, low=low) if told else None
        if modal_ends(text[start:end]) or _SETS_RE.search(text, start, end):
            return None
    return None


def _answer_end(text: str, low: int, stop: int) -> int:
    """Where an answer ends: with its sentence and those that speak of the same, before what is set anew."""
    high, taken, judges = low, 0, False
    for start, end in split_sentences(text, clauses=True):
        if end <= low:
            continue
        begins = max(start, low)
        goes_on = taken == 0 or text[high - 1 : high] == ";" or _goes_on(text, begins, end)
        if not goes_on or taken >= _MOST or begins >= stop:
            break
        if taken and (_sets_anew(text, begins, end) or (judges and not _goes_on(text, begins, end))):
            break
        high, taken, judges = min(end, stop), taken + 1, judges or _SAID_RE.search(text[begins:end]) is not None
    return high


def _goes_on(text: str, low: int, high: int) -> bool:
    """Whether a sentence sums up the one before, or is no more than a verdict."""
    return bool(_BACK_RE.match(text, low) or _ALONE_RE.fullmatch(text[low:high]))


def _sets_anew(text: str, low: int, high: int) -> bool:
    """Whether a clause is an item of its own, or sets something that is not the goal before."""
    if _BACK_RE.match(text, low):
        return False
    return bool(_ITEM_RE.match(text, low) or _SETS_RE.search(text, low, high) or modal_ends(text[low:high]))


def _judged(text: str, low: int, high: int) -> Told | None:
    words = text[low:high]
    found = [one for one in _SAID_RE.finditer(words) if not _plans(words[: one.start()])]
    short = _SHORT_RE.search(words)
    short = None if short is None or _plans(words[: short.start()]) else short
    first = [*found, *([short] if short else [])]
    if not first:
        return None
    # "vượt 84 tổ, đạt": the last word judges; how far apart level and result are the first number says.
    apart = next((one for one in found if one["by"]), None) or short
    said = _said(found[-1]) if found else Judgement("Chưa đạt", *first[0].span("how"))
    return Told(
        low,
        low + min(one.start() for one in first),
        high,
        said.moved(low),
        (low + apart.start("by"), low + apart.end("by")) if apart else None,
        less=apart is not None and apart is short,
    )


def _plans(words: str) -> bool:
    """Whether what stands before a verdict only says what is to come."""
    return _SETS_RE.search(words) is not None and not re.search(r"\d", words)


def _said(found: re.Match[str]) -> Judgement:
    words = " ".join(found["how"].lower().split()).replace(" được ", " ").removesuffix(" mức")
    return Judgement(verdict_of(words), *found.span("how"))
