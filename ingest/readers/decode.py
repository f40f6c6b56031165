"""From bytes to text: Unicode first, then the encodings of older Vietnamese files, by name and never silently."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from kb.errors import UnreadableFile
from kb.models import Problem, Severity, Span
from kb.text.legacy import convert_legacy, detect_legacy, find_legacy
from kb.text.normalize import nfc

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text is written with; form feed, and the vertical tab of Word exports, do occur.
_BINARY_RE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Letters with marks in the words without which no page of an administrative document is written.
_VIETNAMESE_RE = re.compile(
    r"\b(?:của|và|các|có|được|trong|người|nước|số|điều|định|nghị|quyết|chính|phủ|tỉnh|ủy|nhân|dân|ngày|tháng"
    r"|năm|về|việc|cộng|hòa|hoà|xã|hội|chủ|nghĩa|việt|độc|lập|tự|hạnh|phúc|luật|thông|tư|bộ|quan|tại|là|với|những"
    r"|này|đã|từ|đến|thực|hiện|phải|khoản|điểm|căn|cứ)\b"
)


def decode_text(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    r"""The text of a text file, its byte order mark dropped and its line ends untouched, and what is odd about it.

    Strict UTF-8 first; UTF-16 and UTF-32 by their mark; then windows-1258, TCVN3 (ABC) and VNI when the words so
    decoded are Vietnamese. Anything else is refused: a wrong guess would make a text that looks right.

    >>> decode_text("Điều 1.\r\n".encode("utf-8-sig"))
    ('Điều 1.\r\n', ())
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _unlegacy(_checked(_strict(data[len(mark) :], name)))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in data[:4096]:
            return _decode_wide(data)
        return _decode_old(data, error)
    # UTF-16 of plain letters is UTF-8 too, with a NUL after each.
    return _decode_wide(data) if _is_binary(text) else _unlegacy(text)


def _unlegacy(text: str) -> tuple[str, tuple[Problem, ...]]:
    """A Unicode file may hold text that was pasted from a TCVN3 or VNI font, whole or line by line."""
    encoding = detect_legacy(text)
    if encoding is not None:
        return convert_legacy(text, encoding), (_converted(encoding),)
    return convert_passages(text)


def convert_passages(text: str, same_length: bool = False) -> tuple[str, tuple[Problem, ...]]:
    """The text with its lines in the codes of an old font converted, and how many there were.

    With `same_length` a line stays as it is where letters and codes are not one for one (VNI), and is said.
    """
    parts: list[str] = []
    done: Counter[str] = Counter()
    left: dict[str, list[Span]] = {}
    at = 0
    for start, end, encoding in find_legacy(text):
        line = convert_legacy(text[start:end], encoding)
        if same_length and len(line) != end - start:
            left.setdefault(encoding, []).append(Span(start, end))
            continue
        done[encoding] += 1
        parts += (text[at:start], line)
        at = end
    said = [_lines_converted(name, count) for name, count in done.items()]
    said += [_lines_left(name, spans) for name, spans in left.items()]
    return "".join(parts) + text[at:], tuple(said)


def _decode_wide(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """UTF-16 without its mark: every other byte of the spaces and digits is zero."""
    for name in ("utf-16-le", "utf-16-be"):
        if len(data) % 2 == 0:
            text = data.decode(name, errors="replace")
            if "\ufffd" not in text and not _is_binary(text) and _is_vietnamese(text):
                return text, (_converted(name.upper()),)
    raise binary_file()


def _decode_old(data: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[Problem, ...]]:
    if _is_binary(data[:65536].decode("latin-1")):
        raise binary_file()
    legacy = data.decode("latin-1")
    encoding = detect_legacy(legacy)
    if encoding is not None:
        return convert_legacy(legacy, encoding), (_converted(encoding),)
    try:
        text = nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if _is_vietnamese(text):
        return text, (_converted("windows-1258"),)
    at = error.start
    raise UnreadableFile(
        code="text.encoding",
        vi=f"không nhận ra bảng mã của văn bản (byte thứ {at + 1} không phải UTF-8); hãy lưu lại ở dạng UTF-8",
        en=f"unknown text encoding (byte {at + 1} is not UTF-8); save the file as UTF-8",
    ) from error


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            code="text.encoding",
            vi=f"tệp ghi là {name.upper()} nhưng byte thứ {error.start + 1} không hợp lệ",
            en=f"the file says it is {name.upper()}, but byte {error.start + 1} is not valid",
        ) from error


def _checked(text: str) -> str:
    if _is_binary(text):
        raise binary_file()
    return text


def _is_binary(text: str) -> bool:
    """Whether characters are no text: more control characters, and NULs, than slips of an export explain."""
    nuls = text.count("\x00")
    # One or two between plainly Vietnamese words are slips, however short the text.
    if nuls > max(len(text) // 1000, 2) or (nuls > len(text) // 1000 and not _is_vietnamese(text)):
        return True
    return len(_BINARY_RE.findall(text)) > max(len(text) // 200, 2)


def binary_file() -> UnreadableFile:
    """The refusal of data that is no text and no known format."""
    return UnreadableFile(
        "file.binary",
        "tệp nhị phân hoặc định dạng không được hỗ trợ",
        "binary data, or a format that is not supported",
    )


def _is_vietnamese(text: str) -> bool:
    sample = text[:20000].lower()
    return len(_VIETNAMESE_RE.findall(sample)) >= max(3, len(sample.split()) // 10)


def _converted(encoding: str) -> Problem:
    return Problem(
        __name__,
        "text.converted",
        f"văn bản dùng bảng mã {encoding}, đã chuyển sang Unicode",
        f"text in {encoding}, converted to Unicode",
        severity=Severity.NOTE,
    )


def _lines_converted(encoding: str, count: int) -> Problem:
    return Problem(
        __name__,
        "text.converted",
        f"{count} dòng dùng bảng mã {encoding} nằm trong văn bản Unicode, đã chuyển sang Unicode",
        f"{count} lines in {encoding} inside Unicode text, converted to Unicode",
        severity=Severity.NOTE,
    )


def _lines_left(encoding: str, spans: list[Span]) -> Problem:
    return Problem(
        __name__,
        "text.legacy",
        f"{len(spans)} dòng dùng bảng mã {encoding} nằm trong văn bản Unicode, chưa chuyển được: đọc sẽ sai chữ",
        f"{len(spans)} lines in {encoding} inside Unicode text were not converted: their letters are wrong",
        tuple(spans),
    )
