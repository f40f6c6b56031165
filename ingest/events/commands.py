"""Commands that change other documents: ``Bãi bỏ khoản 2 Điều 5 và Điều 9 của Nghị định số …``.

A paragraph is cut into segments, each ruled by one verb; a segment names places, documents, or both. A place
belongs to the document that follows it, else to the one that the article or the lead-in above names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.citations.pinpoints import PinpointRun, find_pinpoints
from ingest.events.days import OWN
from ingest.events.described import is_attached, last_of_list, part_before
from ingest.events.listed import main_mentions
from ingest.events.paragraphs import Mentions
from kb.models import Change, Pinpoint


@dataclass(frozen=True, slots=True)
class Verb:
    """One way of commanding a change; every row has an example, which the tests walk."""

    name: str
    words: str
    change: Change
    example: str


_PHRASE = (
    r"(?:các\s+|một số\s+|những\s+)?(?:cụm\s+từ|từ|chữ|số|dấu|ký hiệu|nội dung cụm từ|cụm)"
    r"(?=\s+(?:sau|[“\"«]|tại|như|và|“))"
)

#: In this order; a phrase replaced, added or struck out amends the provision that holds it.
VERBS: tuple[Verb, ...] = (
    Verb(
        "phrase",
        rf"(?:thay(?:\s+thế)?|bổ\s+sung|bãi\s+bỏ|lược\s+bỏ|bỏ|sửa(?:\s+đổi)?(?:,?\s+bổ\s+sung)?|hủy\s+bỏ|thêm)\s+(?:{_PHRASE})",
        Change.AMEND,
        "Thay thế cụm từ “Sở Nội vụ” bằng cụm từ “Sở Tư pháp” tại khoản 1 Điều 3",
    ),
    Verb(
        "amend",
        r"sửa\s+đổi,?\s*(?:và\s+)?bổ\s+sung|sửa\s+đổi|điều\s+chỉnh,?\s+bổ\s+sung|sửa\s+lại",
        Change.AMEND,
        "Sửa đổi, bổ sung khoản 2 Điều 5 như sau",
    ),
    Verb("insert", r"bổ\s+sung|thêm", Change.INSERT, "Bổ sung khoản 2a vào sau khoản 2 Điều 5 như sau"),
    Verb(
        "replace",
        r"thay\s+thế(?:\s+cho)?|thay(?!\s+(?:đổi|mặt|vì|vào))",
        Change.REPLACE,
        "Thay thế Phụ lục I ban hành kèm theo Thông tư số 3/2019/TT-BNV",
    ),
    Verb(
        "repeal",
        r"bãi\s+bỏ|h[ủu][yỷ]\s+bỏ|huỷ\s+bỏ|bỏ(?=\s+(?:khoản|điểm|Điều|điều|các|Phụ|Mục|Chương|tiết))",
        Change.REPEAL,
        "Bãi bỏ Điều 9",
    ),
    Verb("correct", r"đính\s+chính", Change.CORRECT, "Đính chính Thông tư số 3/2019/TT-BNV"),
    Verb(
        "suspend",
        r"(?:tạm\s+)?ngưng\s+hiệu\s+lực(?:\s+thi\s+hành)?|đình\s+chỉ\s+(?:việc\s+)?thi\s+hành",
        Change.SUSPEND,
        "Ngưng hiệu lực thi hành Điều 5 Thông tư số 3/2019/TT-BNV",
    ),
)
_VERB_RE = re.compile("|".join(f"(?P<{verb.name}>{verb.words})" for verb in VERBS), re.IGNORECASE)
_BY_NAME = {verb.name: verb for verb in VERBS}
#: Where a command may begin inside a sentence: behind a separator, the document that speaks, its own effect.
_BEFORE_RE = re.compile(
    rf"(?:[;:,.]\s*(?:và\s+|đồng\s+thời\s+|nay\s+)?|\s(?:và|đồng\s+thời|nay|để)\s+|{OWN}\s+(?:được\s+ban\s+hành\s+)?)$",
    re.IGNORECASE,
)
_HEAD_RE = re.compile(r"(?:nay\s+|việc\s+)?$", re.IGNORECASE)
#: A sign that is never closed takes the rest with it, so that it is looked at once, and stays as it is.
_QUOTED_RES = (re.compile(r"[“«][^”»]*(?:[”»]|\Z)"), re.compile(r"\"[^\"]*\""))
#: Changes of which it matters whether they take the whole document.
WHOLES = frozenset((Change.REPLACE, Change.REPEAL, Change.END, Change.SUSPEND))
#: ``vào sau khoản 2``, ``vào cuối điểm a``: where new wording goes, not what changes.
_ANCHOR_RE = re.compile(
    r"(?:vào\s+)?(?:sau|trước|ngay\s+sau|cuối|đầu)\s+(?=(?:khoản|điểm|[Đđ]iều|các|[Mm]ục|[Cc]hương|tiết))|vào\s+"
)
_SOME_RE = re.compile(
    r"\s*(?:một\s+số|một\s+phần|các)\s+(?:điều|khoản|điểm|nội\s+dung|quy\s+định|phụ\s+lục|biểu|mẫu)?",
    re.IGNORECASE,
)
_PARTLY_RE = re.compile(
    r"\s*(?:một\s+số|một\s+phần|nội\s+dung|quy\s+định|các\s+(?:điều|khoản|quy\s+định|nội\s+dung))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What one command does: to the document `target` (None: the one in question), to `places` of it.

    `whole` says that no place was meant; `some` that parts were meant which the lead-in does not name.
    """

    change: Change
    target: int | None
    places: tuple[Pinpoint, ...]
    start: int
    end: int
    some: bool = False


#: ``Khoản 3 Điều 6 được sửa đổi, bổ sung như sau``: what changes stands before the verb.
_PASSIVE_RE = re.compile(
    r"\s+(?:được|bị)\s+(?:(?P<amend>sửa\s+đổi(?:,?\s*(?:và\s+)?bổ\s+sung)?|sửa|chỉnh\s+sửa)|(?P<insert>bổ\s+sung)"
    r"|(?P<replace>thay(?:\s+thế)?)|(?P<repeal>bãi\s+bỏ|h[ủu][yỷ]\s+bỏ|huỷ\s+bỏ))"
    r"(?=\s*(?:như\s+sau|thành|bằng\s+cụm|vào|[.;:,]|$|lại|đoạn|nội\s+dung))",
    re.IGNORECASE,
)
_PLACE_HEAD_RE = re.compile(
    r"(?:tên\s+(?:của\s+)?|nội\s+dung\s+|các\s+|đoạn\s+(?:đầu|cuối|mở\s+đầu|thứ\s+\w+)\s+(?:của\s+)?|gạch\s+đầu\s+dòng\s)*"
    r"(?:khoản|điểm|điều|tiết|chương|mục|phụ\s+lục|gạch|mẫu|tiểu\s+mục|phần)\s",
    re.IGNORECASE,
)


def read_passive(text: str, offset: int, mentions: Mentions) -> Iterator[Deed]:
    """What a paragraph that begins with places says was done to them."""
    if not _PLACE_HEAD_RE.match(text):
        return
    low = 0
    for found in _PASSIVE_RE.finditer(text):
        if re.search(r"[.:]\s|\b(?:khi|nếu|trường\s+hợp)\s", text[low : found.start()], re.IGNORECASE):
            return
        if text.count("(", low, found.start()) > text.count(")", low, found.start()):
            continue  # "(đã được sửa đổi bởi Nghị định số 80)": told of others, in passing
        verb = _BY_NAME[found.lastgroup or "amend"]
        cited = main_mentions(text, offset, mentions, low, found.start())
        places = find_pinpoints(text, low, found.start())
        runs = [run for run in places if not _of_other(text, run, cited, offset)]
        for run in runs:
            target = next((one for one in cited if one[0] - offset >= run.end), None)
            yield Deed(
                verb.change, target[2] if target else None, run.pinpoints, offset + low, offset + found.end()
            )
        low = found.end()


def mask(text: str) -> str:
    """The text with what stands in quotation marks blanked, every offset kept.

    >>> mask("thay “Điều 5” bằng “b”")
    'thay “      ” bằng “ ”'
    """
    for pattern in _QUOTED_RES:
        text = pattern.sub(_blanked, text)
    return text


def _blanked(found: re.Match[str]) -> str:
    words = found.group()
    return f"{words[0]}{' ' * (len(words) - 2)}{words[-1]}" if words[-1] in '”»"' and len(words) > 1 else words


def find_verbs(text: str, own_effect: int = -1) -> list[tuple[Verb, int, int]]:
    """The commanding verbs of a paragraph.

    One stands at its head, behind a separator when another stood at the head already, or behind the document that
    speaks; `own_effect` is where its own clause of effect ends.
    """
    found: list[tuple[Verb, int, int]] = []
    for match in _VERB_RE.finditer(text):
        before = text[: match.start()]
        head = bool(_HEAD_RE.fullmatch(before))
        owned = bool(re.search(rf"{OWN}\s+(?:được\s+ban\s+hành\s+(?:để\s+)?)?$", before, re.IGNORECASE))
        behind = bool(_BEFORE_RE.search(before)) and (bool(found) or 0 <= own_effect <= match.start())
        behind = behind or (before.endswith(". ") and match.group()[0].isupper())
        if (head or owned or behind) and not _passive(text, match):
            verb = _BY_NAME[match.lastgroup or "amend"]
            found.append((verb, match.start(), match.end()))
    return found


def _passive(text: str, match: re.Match[str]) -> bool:
    return bool(
        re.search(r"(?:được|bị|đã|việc|dự\s+thảo|khi|nếu|trường\s+hợp)\s+$", text[: match.start()], re.IGNORECASE)
    )


def read_deeds(
    text: str, offset: int, mentions: Mentions, verbs: Sequence[tuple[Verb, int, int]], stop: int | None = None
) -> Iterator[Deed]:
    """What the commands of a paragraph do; `offset` is that of its text in the reading text."""
    stop = len(text) if stop is None else stop
    for number, (verb, start, end) in enumerate(verbs):
        high = verbs[number + 1][1] if number + 1 < len(verbs) else stop
        yield from _segment(text, offset, mentions, verb, start, end, high)


def _segment(
    text: str, offset: int, mentions: Mentions, verb: Verb, start: int, low: int, high: int
) -> Iterator[Deed]:
    anchor = None if verb.name == "phrase" else _ANCHOR_RE.search(text, low, high)
    aside = _ASIDE_RE if verb.change in (Change.AMEND, Change.INSERT) else _UNTIL_RE
    cited = main_mentions(text, offset, mentions, low, high)
    cited = [one for one in cited if not aside.search(text, low, one[0] - offset)]
    runs = [
        run
        for run in find_pinpoints(text, low, high)
        if not _of_other(text, run, cited, offset) and not _in_title(text, run, cited, offset)
    ]
    before = [run for run in runs if anchor is None or run.start < anchor.start()]
    after = [run for run in runs if anchor is not None and run.start >= anchor.start()]
    if anchor is not None and not before:
        before, after = after, []
        if verb.change is Change.INSERT and before:
            verb = _BY_NAME["amend"] if verb.name == "amend" else verb
    some = bool(_PARTLY_RE.match(text, low))
    used: set[int] = set()
    found: list[tuple[int, Deed]] = []
    for run in before:
        target = next((one for one in cited if one[0] - offset >= run.end), None)
        if target is not None and ";" in text[run.end : target[0] - offset]:
            target = None if _more_runs(before, run) else target
        used.update(() if target is None else {target[2]})
        places = run.pinpoints
        if after and not any(level == "điều" for place in places for level, _ in place.path):
            places = _within(places, after[0])
        change = change_at(text, low, run.start, verb.change)
        deed = Deed(change, target[2] if target else None, places, offset + start, offset + high, some)
        found.append((run.start, deed))
    last, part = low, tuple[Pinpoint, ...]()
    for begin, finish, index in cited:
        at = begin - offset
        if index not in used and _alone(at, before, cited, offset):
            begun = low if last == low else last_of_list(text, last, at)
            part = _described(text, verb, begun, at, high, part if last > low and ";" not in text[last:at] else ())
            partly = some and not is_attached(text, begun, at)
            found.append((at, Deed(verb.change, index, part, offset + start, offset + high, partly)))
        last = finish - offset
    yield from (deed for _, deed in sorted(found, key=lambda one: one[0]))
    if not before and not cited:
        yield Deed(verb.change, None, (), offset + start, offset + high, some=some)


_PHRASE_AT_RE = re.compile(
    r"(?:cụm\s+từ|từ|chữ|dấu)\s+[“«\"]\s*[”»\"][^;“«\"]*?\b(?:tại|ở|trong)\s+(?:các\s+)?(?:(?:khoản|điểm|[Đđ]iều)\s[^;]*)?$"
)


def change_at(text: str, low: int, at: int, change: Change) -> Change:
    """What a command does to a place of its list: one that only loses a phrase is amended, not repealed.

    >>> words = "Bãi bỏ Điều 5 và cụm từ “   ” tại khoản 1 Điều 6"
    >>> change_at(words, 6, 7, Change.REPEAL).value, change_at(words, 6, 34, Change.REPEAL).value
    ('bãi bỏ', 'sửa đổi bổ sung')
    """
    return Change.AMEND if change in WHOLES and _PHRASE_AT_RE.search(text, low, at) else change


#: Behind these words stands what a deed waits for or follows, not what it is done to.
_UNTIL_WORDS = r"\bđến\s+(?:khi|ngày|thời\s+điểm)\s[^;:]*$"
_UNTIL_RE = re.compile(_UNTIL_WORDS)
_ASIDE_RE = re.compile(
    rf"{_UNTIL_WORDS}|\b(?:phù\s+hợp|thống\s+nhất|đồng\s+bộ)\s+với\s[^;:]*$"
    r"|\btheo\s+(?:đúng\s+)?(?:các\s+)?(?:quy\s+định|hướng\s+dẫn|yêu\s+cầu)\s+(?:tại|của)\s[^;:]*$"
)


def _described(
    text: str, verb: Verb, low: int, at: int, high: int, before: tuple[Pinpoint, ...]
) -> tuple[Pinpoint, ...]:
    """The described part of a document that a command takes.

    It is that of the one before it where only ``và`` stands between them (``Phụ lục của Nghị định A và
    Nghị định B``).
    """
    if verb.change not in WHOLES:
        return ()
    words = text[low:at].strip()
    if _BLANKED_RE.fullmatch(words) and re.search(r"\bbằng\s", text[at:high]):
        return (Pinpoint((("nội dung", "phần được thay thế"),)),)
    return part_before(text, low, at) or (before if not words else ())


#: Quoted words (blanked) that were issued with the document behind them.
_BLANKED_RE = re.compile(
    r"[“«\"]\s*[”»\"]\s*(?:được\s+)?(?:ban\s+hành\s+)?(?:kèm\s+theo|tại|của|trong)(?:\s+.*)?", re.DOTALL
)


def _alone(at: int, runs: Sequence[PinpointRun], cited: Sequence[tuple[int, int, int]], offset: int) -> bool:
    """Whether a document stands by itself, not as the owner of the places that follow it (``Luật A: Điều 5``)."""
    after = next((run for run in runs if run.start > at), None)
    return after is None or any(begin - offset >= after.end for begin, _, _ in cited)


#: What may stand between a document and places that are not those of its title.
_APART_RE = re.compile(
    r"(?:[;,:\n]|\bvà|\bcùng)\s*(?:(?:các|những|một\s+số|toàn\s+bộ|quy\s+định|nội\s+dung|tại|của|đoạn|tên)\s+)*$"
)
_AT_RE = re.compile(r"(?!.*\b(?:về|quy\s+định|hướng\s+dẫn|sửa\s+đổi|thi\s+hành)\b)[^;]{0,90}\btại\s+(?:các\s+)?$")


def _in_title(text: str, run: PinpointRun, cited: Sequence[tuple[int, int, int]], offset: int) -> bool:
    """Whether a run is told by the title of the document before it: ``Thông tư … hướng dẫn Điều 5 Luật …``."""
    end = max((finish - offset for _, finish, _ in cited if finish - offset <= run.start), default=None)
    if end is None:
        return False
    between = text[end : run.start]
    return not (_APART_RE.search(between) or _AT_RE.match(between))


def _more_runs(runs: Sequence[PinpointRun], run: PinpointRun) -> bool:
    return runs[-1] is not run


def _of_other(text: str, run: PinpointRun, cited: Sequence[tuple[int, int, int]], offset: int) -> bool:
    """Whether a run points into the amending text itself, or stands in a bracket."""
    if run.self_ended:
        return True
    opened = text.rfind("(", 0, run.start)
    return opened > text.rfind(")", 0, run.start) and text.find(")", run.end) > 0


def _within(places: tuple[Pinpoint, ...], anchor: PinpointRun) -> tuple[Pinpoint, ...]:
    """New units take the article of the unit they follow."""
    outer = tuple(part for part in anchor.pinpoints[0].path if part[0] in ("chương", "mục", "điều"))
    levels = {level for level, _ in outer}
    more = anchor.pinpoints[0].path
    clause = tuple(part for part in more if part[0] == "khoản")

    def joined(place: Pinpoint) -> Pinpoint:
        if place.path[0][0] in ("phần", "chương", "mục", "tiểu mục"):
            return place
        own = tuple(part for part in place.path if part[0] not in levels)
        inner = clause if own and own[0][0] in ("điểm", "tiết") else ()
        return Pinpoint((*outer, *inner, *own))

    return tuple(map(joined, places))
