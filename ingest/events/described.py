"""Parts of a document that words describe and no number names: ``các quy định về học phí tại Nghị định số …``.

What a command takes away stands between its verb and the document. Where those words name something *in* the
document (its annexes, rows of a list, rules about a matter), the document itself stays; where they name what was
issued with it (a regulation, a programme), the whole is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.events.days import TYPES
from kb.models import Pinpoint

_HEAD_RE = re.compile(
    r"(?:[\s,:;]|(?:(?:bãi\s+)?bỏ|bổ\s+sung|sửa\s+đổi|thay\s+thế|h[uủ][yỷ]\s+bỏ|và|nay|cho|đối\s+với)(?=[\s,]))*",
    re.IGNORECASE,
)
_NUMBERED_RE = re.compile(rf"(?:\b(?:{TYPES})\s*)?(?:\bsố\s*:?)?\s*$", re.IGNORECASE)
#: What ties words to the document behind them.
_TIE_RE = re.compile(
    r"[\s,]*\b(?:của|tại|trong|thuộc|theo|đã|các|những|kèm|(?:được\s+)?ban\s+hành|(?:được\s+)?quy\s+định|được|nêu)[\s,]*$",
    re.IGNORECASE,
)
_SOME = r"(?:(?:các|những|một\s+số|một\s+phần|tên|toàn\s+bộ|\d+|\(\d+\))\s+)*"
#: Heads of what is inside a document, however it is tied to it.
_INNER_RE = re.compile(
    rf"{_SOME}(?:phụ\s+lục|(?:biểu\s+)?mẫu|biểu|số\s+thứ\s+tự|STT|mục\s+(?:số|\d|[IVX])|phần\s+(?:[IVX]|\d|thứ)"
    r"|nội\s+dung|đoạn|cụm|từ(?=[,\s])|dấu|dòng|điều(?!\s+lệ)|khoản|điểm|tiết|thủ\s+tục|TTHC)(?!\w)",
    re.IGNORECASE,
)
_INSIDE_RE = re.compile(
    r"\b(?:tại|trong|thuộc|của)\s+(?:các\s+)?(?:phụ\s+lục|mục|phần|điều|khoản|biểu)\s", re.IGNORECASE
)
#: Rules and lists: a part where they are described, the whole where they were issued with the document.
_LOOSE_RE = re.compile(rf"{_SOME}(?:quy\s+định|danh\s+mục)(?!\w)", re.IGNORECASE)
#: Rules of it in general, which the command names nearer: ``bãi bỏ một số điều của …``.
_SOME_RULES_RE = re.compile(
    r"(?:một\s+số|một\s+phần|các)?(?:[\s,]*(?:và\s+)?(?:chương|mục|điều|khoản|điểm|nội\s+dung|quy\s+định))+",
    re.IGNORECASE,
)
_PLURAL_RE = re.compile(r"(?:các|những|một\s+số|một\s+phần)\s", re.IGNORECASE)
#: What a document issues by its name, whole.
_ISSUED_RE = re.compile(
    r"(?:bản\s+)?(?:Quy\s+chế|Quy\s+trình|Điều\s+lệ|Chương\s+trình|Đề\s+án|Kế\s+hoạch|Chiến\s+lược|Nội\s+quy|Quy\s+hoạch)\s"
)
#: Words that take the whole of it.
_WHOLE_RE = re.compile(
    r"(?:toàn\s+bộ|các|những|nội\s+dung|hiệu\s+lực|thi\s+hành|pháp\s+lý|văn\s+bản|quy\s+phạm\s+pháp\s+luật|quy\s+định|\s)*",
    re.IGNORECASE,
)
_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Object:
    """The words that a command is about, and what ties them to the document behind them."""

    words: str
    tie: str

    @property
    def attached(self) -> bool:
        return bool(re.search(r"kèm|ban\s+hành\s+(?:tại|theo)", self.tie, re.IGNORECASE))


def is_attached(text: str, low: int, start: int) -> bool:
    """Whether the words before a document name what it issued: ``Quy định … kèm theo Quyết định số …``."""
    found = _object(text, low, start)
    return found.attached and bool(_LOOSE_RE.match(found.words)) and not _is_part(found)


def part_before(text: str, low: int, start: int) -> tuple[Pinpoint, ...]:
    """The part that the words between a verb and a document describe; none where the whole document is meant.

    >>> [place.path for place in part_before("Thay thế Phụ lục kèm theo Thông tư số 4", 8, 26)]
    [(('nội dung', 'Phụ lục'),)]
    >>> part_before("Bãi bỏ Quy định về bếp ăn ban hành kèm theo Quyết định số 5", 6, 44)
    ()
    >>> [place.path for place in part_before("Bãi bỏ hàng thứ 5 tại Thông tư số 7", 6, 22)]
    [(('nội dung', 'hàng thứ 5'),)]
    >>> part_before("Bãi bỏ hiệu lực thi hành của Quyết định số 5", 6, 29)
    ()
    """
    found = _object(text, low, start)
    if not _is_part(found):
        return ()
    words = re.sub(r"[/;|\s]+", " ", found.words).split()
    label = " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
    return (Pinpoint((("nội dung", label.removeprefix("nội dung ")),)),)


def last_of_list(text: str, low: int, start: int) -> int:
    """Where the words about the last of several documents begin: behind the mark or the word that joins it."""
    between = text[low:start]
    at = between.rfind(";")
    found = None if at >= 0 else next(reversed(list(re.finditer(r",|\bvà\b", between))), None)
    return low + (at + 1 if at >= 0 else found.end() if found else 0)


def _object(text: str, low: int, start: int) -> _Object:
    before = text[low:start]
    words = _NUMBERED_RE.sub("", before)
    while found := _TIE_RE.search(words):
        words = words[: found.start()]
    head = _HEAD_RE.match(words)
    return _Object(words[head.end() if head else 0 :].strip(" ,\n"), before[len(words) :])


def _is_part(found: _Object) -> bool:
    words = found.words
    if not words or _WHOLE_RE.fullmatch(words) or _SOME_RULES_RE.fullmatch(words):
        return False
    if _INNER_RE.match(words):
        return True
    if found.attached:
        described = _LOOSE_RE.match(words) and _PLURAL_RE.match(words)
        return bool(described or _INSIDE_RE.search(words))
    if _LOOSE_RE.match(words):
        return True
    if not re.search(r"\b(?:của|tại|trong|thuộc|theo)\b", found.tie, re.IGNORECASE):
        return False
    return not _ISSUED_RE.match(words)
