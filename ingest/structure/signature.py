"""Who receives copies of a document, in what capacity it is signed, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.structure.closing import ACTING_RE, CAPACITY_RE, RECIPIENTS_RE
from ingest.structure.letters import UPPER
from ingest.structure.nodes import Paragraph
from kb.models import Field, Span
from kb.text.view import View


@dataclass(frozen=True, slots=True)
class Signature:
    """The foot of a document."""

    recipients: tuple[Field, ...] = ()
    signing: Field | None = None
    signer: Field | None = None


#: (start in the view, text)
Piece = tuple[int, str]
_PIECE_RE = re.compile(r"(?:(?!\s{3})[^\t\n|])+")
_MARKS = " \t*_#|"
_BULLET_RE = re.compile(r"[\s*_]*[-–+•]\s*")
_SIGNED_RE = re.compile(
    r"[\s*_(\[]*(?:đã\s+ký|ký\s+tên|đã\s+kí|ký,|chữ\s+ký|signed|daky|ký\s+và|đóng\s+dấu)[^\n]{0,40}?[)\]:]?(?=[\s*_]|$)",
    re.IGNORECASE,
)
_RANKS = r"(?:(?:GS|PGS|TS|ThS|BS|CKI{1,2}|Đại|Thượng|Trung|Thiếu|Đại\s+tướng|tướng|tá|úy|đốc|[.,])\.?\s*){0,8}"
_NAME_RE = re.compile(rf"{_RANKS}[{UPPER}][^\W\d_]*(?:[\s’'-]+[{UPPER}][^\W\d_]*){{1,5}}")
_DEPUTY_RE = re.compile(r"(?<=[^\W\d_])\s+(?=(?:PHÓ|THỨ)\s+[^\W\d_])(?<!\.\s)")
_GLUED_RE = re.compile(r"(?:(?<=QUỐC HỘI)|(?<=NHÂN DÂN)|(?<=CHÍNH PHỦ))(?=CHỦ TỊCH|THỦ TƯỚNG|KT\.|PHÓ )")
_IN_LINE_RE = re.compile(r"[^\s;-](?:(?!;\s*-)[^\n])*")
_MOST_PIECES = 60
_NO_NAME_RE = re.compile(
    r"(?:Nơi|Căn|Phụ|Lưu|Điều|Như|Số|Ngày|Công|Trung|Tài|Bộ|Sở|Ủy|Ban|Hội|Văn|Đảng|Hà Nội|Nghị|Thông|Quyết)(?!\w)"
    r"|(?:CỘNG|ĐẢNG|PHỤ|MẪU|DANH|QUY|BIỂU|NGHỊ|THÔNG|QUYẾT|KẾ|BẢNG|BỘ|SỞ|ỦY|UỶ|HỘI|CÔNG|XÁC|SỐ|TỈNH|THÀNH|CHỦ|BAN)(?!\w)"
)


def read_signature(paragraphs: Sequence[Paragraph], view: View) -> Signature:
    """The foot that the paragraphs of the conclusions hold."""
    pieces = [
        (paragraph.at + found.start(), found.group())
        for paragraph in paragraphs[:_MOST_PIECES]
        for found in _PIECE_RE.finditer(paragraph.text)
        if found.group().strip(_MARKS)
    ]
    beside = any(_CELL_BESIDE_RE.match(text) for _, text in pieces)
    pieces = list(_joined([part for piece in pieces for part in _apart(*piece, beside=beside)], view.text))
    signing: list[Piece] = []
    name: Piece | None = None
    for at, text in pieces:
        words = text.strip(_MARKS)
        if name is None and _signs(words, begun=bool(signing)):
            signing.append((at, text))
        elif signing and name is None:
            name = _name(at, text)
    return Signature(
        tuple(_recipients(pieces, view)),
        _field(" / ".join(_capacity(text) for _, text in signing), signing, view) if signing else None,
        _field(_words(name[1]), [name], view) if name else None,
    )


def _apart(at: int, text: str, *, beside: bool) -> Iterator[Piece]:
    """A line, in two where it ends with what stood in the cell beside it: ``- Lưu: VT. BỘ TRƯỞNG``.

    Where a capacity stands `beside` the label of the recipients, more of it and the name may stand beside them.
    """
    found = _CELL_BESIDE_RE.search(text) or (beside and _MORE_BESIDE_RE.search(text)) or None
    if found and (found["capacity"] is None or _signs(found["capacity"], begun=beside)):
        low = found.start(found.lastgroup or 0)
        yield at, text[:low].rstrip()
        yield at + low, text[low:]
    else:
        yield at, text


_CAPITALS = rf"(?P<capacity>[{UPPER}][{UPPER}.]+\s[{UPPER}. ]{{3,60}})$"
_CELL_BESIDE_RE = re.compile(rf"(?:-\s*Lưu\s?:[^\n]{{1,60}}?[.;\w]|^{RECIPIENTS_RE.pattern}\s*:)\s+{_CAPITALS}")
_MORE_BESIDE_RE = re.compile(
    rf"^[\s*_]*[-–+•][^\n]{{1,90}}?[;.]\s+{_CAPITALS}"
    rf"|-\s*Lưu\s?:[^\n]{{1,60}}?\.\s+(?P<name>{_NAME_RE.pattern})$"
)


def _joined(pieces: Sequence[Piece], text: str) -> Iterator[Piece]:
    """The pieces, a capacity or a body that lines break in its middle whole again: ``KT.`` over ``CHỦ TỊCH``."""
    held: Piece | None = None
    for at, piece in pieces:
        if held is not None and _goes_on(held[1], piece):
            held = (held[0], text[held[0] : at + len(piece)])
            continue
        if held is not None:
            yield held
        held = (at, piece)
    if held is not None:
        yield held


def _goes_on(first: str, second: str) -> bool:
    """Whether a line ends amid a phrase of signatures that the next one goes on with."""
    before, after = _words(first).split(), _words(second).split()
    if not before or not after or first.upper() != first or second.upper() != second:
        return False
    if len(before) == 1 and _ACTING_ALONE_RE.fullmatch(before[0]):
        return True
    for phrase in _PHRASES:
        for cut in range(1, len(phrase)):
            if before[-cut:] == phrase[:cut] and after[: len(phrase) - cut] == phrase[cut:]:
                return True
    return False


_ACTING_ALONE_RE = re.compile(r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\.?")
#: What lines of signatures say, in the order of words.
_PHRASES = tuple(
    phrase.split()
    for phrase in (
        "ỦY BAN NHÂN DÂN",
        "UỶ BAN NHÂN DÂN",
        "HỘI ĐỒNG NHÂN DÂN",
        "BAN THƯỜNG VỤ",
        "BAN CHẤP HÀNH",
        "CHỦ TỊCH",
        "BỘ TRƯỞNG",
        "THỨ TRƯỞNG",
        "CỤC TRƯỞNG",
        "GIÁM ĐỐC",
        "CHÁNH VĂN PHÒNG",
        "BÍ THƯ",
        "THỦ TƯỚNG",
        "PHÓ CHỦ",
        "PHÓ GIÁM",
        "PHÓ BÍ",
        "PHÓ CỤC",
        "PHÓ THỦ",
    )
)


def _signs(words: str, *, begun: bool) -> bool:
    if len(words) > 90 or words.upper() != words:
        return False
    if ACTING_RE.match(words) or CAPACITY_RE.match(words):
        return True
    return begun and re.match(r"(?:PHÓ|THỨ|QUYỀN)\s", words) is not None


def _name(at: int, text: str) -> Piece | None:
    """The name of a person that a line is, a note that it was signed before it left out."""
    signed = _SIGNED_RE.match(text)
    start = signed.end() if signed else 0
    rest = text[start:]
    bare = rest.strip(_MARKS + ".,;:()[]")
    if not bare or len(bare) > 60 or _NO_NAME_RE.match(bare) or _BULLET_RE.match(rest):
        return None
    if _NAME_RE.fullmatch(bare) is None or bare.endswith((";", ":")):
        return None
    return at + start + rest.index(bare), bare


def _capacity(text: str) -> str:
    """The words of a capacity; two lines that a reader joined are two again: KT. BỘ TRƯỞNG / THỨ TRƯỞNG."""
    return _DEPUTY_RE.sub(" / ", _GLUED_RE.sub(" / ", _words(text)))


def _words(text: str) -> str:
    return " ".join(text.replace("*", "").split()).strip(_MARKS)


def _field(value: str, pieces: Sequence[Piece], view: View) -> Field:
    spans: list[Span] = []
    for at, text in pieces:
        start = at + len(text) - len(text.lstrip(_MARKS))
        spans.extend(view.to_source(start, at + len(text.rstrip(_MARKS))))
    return Field(value, tuple(spans))


def _recipients(pieces: Sequence[Piece], view: View) -> Iterator[Field]:
    """The lines under ``Nơi nhận:``."""
    begun = bulleted = False
    for at, text in pieces:
        if not begun:
            found = RECIPIENTS_RE.match(text)
            if found is None:
                continue
            begun = True
            rest = text[found.end() :].lstrip(" :*_")
            at, text = at + len(text) - len(rest), rest
        words = _words(text)
        if not words or words.startswith("("):
            continue
        if _signs(words, begun=True):
            continue
        if "; -" in text or ";-" in text:
            for part in _IN_LINE_RE.finditer(text):
                yield _field(_recipient(part.group()), [(at + part.start(), part.group())], view)
            bulleted = True
            continue
        bullet = _BULLET_RE.match(text)
        if bullet is None and bulleted and not text.rstrip().endswith(";"):
            if text[:1].isupper():
                return
            continue
        bulleted = bulleted or bullet is not None
        yield _field(_recipient(text), [(at, text)], view)


def _recipient(text: str) -> str:
    return _words(text).lstrip("-–+• ").rstrip(" ;.,")
