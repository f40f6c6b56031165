"""Vietnamese text typed before Unicode: TCVN3 (ABC, fonts named ``.Vn...``) and VNI (fonts named ``VNI-...``).

Both borrow the codes of Latin-1 letters, so that a reader without the font sees ``Céng hßa x· héi``
(TCVN3) or ``Coäng hoøa xaõ hoäi`` (VNI). Tables: TCVN 5712:1993, VN3; VNI for Windows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.errors import UnreadableFile
from kb.text.normalize import nfc

TCVN3 = "TCVN3"
VNI = "VNI"

_TCVN3_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(_TCVN3_CODES, _TCVN3_LETTERS)

# A VNI letter is a base and a mark that follows it; i, y, đ, ơ, ư and their tones have codes of their own.
_VNI_MARKS = {
    "aeouyôö": {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"},
    "aeo": {
        "â": "\u0302",
        "á": "\u0302\u0301",
        "à": "\u0302\u0300",
        "å": "\u0302\u0309",
        "ã": "\u0302\u0303",
        "ä": "\u0302\u0323",
    },
    "a": {
        "ê": "\u0306",
        "é": "\u0306\u0301",
        "è": "\u0306\u0300",
        "ú": "\u0306\u0309",
        "ü": "\u0306\u0303",
        "ë": "\u0306\u0323",
    },
}
_VNI_SINGLE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    for bases, marks in _VNI_MARKS.items():
        for base in bases:
            for mark, signs in marks.items():
                table[base + mark] = nfc(_VNI_SINGLE.get(base, base) + signs)
    for key, value in list(table.items()):
        table[key.upper()] = value.upper()
        if len(key) == 2:
            table[key[0].upper() + key[1]] = value.upper()
    return table


_VNI_TABLE = _vni_table()
_VNI_RE = re.compile("|".join(sorted(map(re.escape, _VNI_TABLE), key=len, reverse=True)))

_FONT_RE = re.compile(r"(?:^|\+)\.?(?P<vn>Vn[A-Z]\w*)|(?P<vni>VNI[-_ ])", re.ASCII)

# Letters of today's Vietnamese that neither encoding can produce as a code: one of them proves Unicode.
_UNICODE_RE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]"
)
# Codes of the two that Unicode Vietnamese has no use for.
_ODD_RE = re.compile("[µ¸¶·¹¨»¾¼½Æ©ÇËÎÏÑªÖ×ØÞßäå«æç®¬ëîïñöø÷ûü¡¢§£¤¥¦\u00ad]")
_LINE_RE = re.compile(r"[^\r\n\f\v\u2028\u2029]+")
# A word without plain small letters, with a marked small one and two capitals, or one after it: ``HOạCH``, ``ủY``.
_MARKED = "[" + _TCVN3_LETTERS[:-7] + "]"
_SHOUTED_RE = re.compile(
    rf"(?<!\w)(?=[^\Wa-z]{{0,40}}{_MARKED})(?:(?=(?:[^\Wa-z]{{0,40}}?[A-Z]){{2}})|(?=[^\Wa-z]{{0,40}}?{_MARKED}[A-Z]))"
    r"[^\Wa-z_]{2,40}(?!\w)"
)
_SMALL_RE = re.compile("[a-z]")
# Syllables without which no page of an administrative document is written.
_COMMON = frozenset(
    [
        "của",
        "và",
        "các",
        "có",
        "được",
        "trong",
        "cho",
        "người",
        "nước",
        "số",
        "điều",
        "định",
        "nghị",
        "quyết",
        "quy",
        "chính",
        "phủ",
        "tỉnh",
        "ủy",
        "ban",
        "nhân",
        "dân",
        "ngày",
        "tháng",
        "năm",
        "về",
        "việc",
        "cộng",
        "hòa",
        "hoà",
        "xã",
        "hội",
        "chủ",
        "nghĩa",
        "việt",
        "nam",
        "độc",
        "lập",
        "tự",
        "do",
        "hạnh",
        "phúc",
        "luật",
        "thông",
        "tư",
        "bộ",
        "cơ",
        "quan",
        "theo",
        "tại",
        "là",
        "với",
        "không",
        "những",
        "này",
        "đã",
        "từ",
        "đến",
        "thực",
        "hiện",
        "phải",
        "khoản",
        "điểm",
        "căn",
        "cứ",
        "một",
        "hành",
        "kèm",
        "ban",
        "thi",
        "trưởng",
    ]
)


def detect_legacy(text: str) -> str | None:
    """``TCVN3`` or ``VNI`` when the text is Vietnamese in that encoding, else None.

    A text is taken for one only when its words, converted, are the common ones of Vietnamese, and as
    written are not; French or German text is neither.

    >>> (
    ...     detect_legacy("Céng hßa x· héi chñ nghÜa ViÖt Nam"),
    ...     detect_legacy("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"),
    ... )
    ('TCVN3', 'VNI')
    >>> detect_legacy("Cộng hòa xã hội chủ nghĩa Việt Nam") is None
    True
    """
    sample = text[:20000]
    if sample.isascii() or len(_UNICODE_RE.findall(sample)) > len(sample) // 200:
        return None
    plain = _common_marked(sample)
    scores = {name: _common_marked(convert_legacy(sample, name)) for name in (TCVN3, VNI)}
    best = max(scores, key=lambda name: scores[name])
    words = len(sample.split())
    return best if scores[best] >= max(3, words // 10) and scores[best] > 2 * plain else None


def find_legacy(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Where a Unicode text holds lines that were pasted from an old font: start, end, encoding of each line.

    Lines that stand together are judged together, up to one that has letters of Unicode alone; of these a
    line is given only when it holds a code that Unicode Vietnamese never writes.

    >>> list(find_legacy("Điều 1\nNghÞ ®Þnh cña ChÝnh phñ vÒ c¸c tØnh\nĐiều 2"))
    [(7, 42, 'TCVN3')]
    """
    if _ODD_RE.search(text) is None:
        return
    block: list[tuple[int, int]] = []
    for found in _LINE_RE.finditer(text):
        if _UNICODE_RE.search(text, *found.span()) is None:
            block.append(found.span())
        else:
            yield from _of_block(text, block)
            block = []
    yield from _of_block(text, block)


def _of_block(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    odd = [span for span in block if _ODD_RE.search(text, *span)]
    encoding = detect_legacy("\n".join(text[start:end] for start, end in odd)) if odd else None
    if encoding is not None:
        for start, end in odd:
            yield start, end, encoding


def convert_legacy(text: str, encoding: str) -> str:
    """The text in Unicode (NFC); refuses an encoding it has no table for by name.

    >>> convert_legacy("NghÞ ®Þnh cña ChÝnh phñ", "TCVN3"), convert_legacy("Nghò ñònh cuûa Chính phuû", "VNI")
    ('Nghị định của Chính phủ', 'Nghị định của Chính phủ')

    TCVN3 has no codes for capitals with a tone: among capitals they are capitals.

    >>> convert_legacy("KÕ HO¹CH", TCVN3)
    'KẾ HOẠCH'
    """
    if encoding == TCVN3:
        return nfc(_capitals(text.translate(_TCVN3)))
    if encoding == VNI:
        return nfc(_VNI_RE.sub(lambda found: _VNI_TABLE[found.group()], text))
    raise UnreadableFile(
        code="text.encoding",
        vi=f"không có bảng chuyển mã cho bảng mã {encoding}; hãy chuyển văn bản sang Unicode",
        en=f"no conversion from the encoding {encoding}; convert the text to Unicode",
    )


def _capitals(text: str) -> str:
    """The text with small marked letters raised where plain letters round them are capitals.

    In a line of capitals alone every letter is one: ``Kế HOạCH``.
    """
    if _SHOUTED_RE.search(text) is None:
        return text
    return _LINE_RE.sub(lambda found: _raised(found.group()), text)


def _raised(line: str) -> str:
    if _SHOUTED_RE.search(line) is not None and _SMALL_RE.search(line) is None:
        return line.upper()
    return _SHOUTED_RE.sub(lambda found: found.group().upper(), line)


def font_encoding(name: str) -> tuple[str | None, bool]:
    """The encoding that a font's name tells, and whether the font prints small letters as capitals.

    >>> font_encoding("ABCDEF+.VnTimeH"), font_encoding("VNI-Times"), font_encoding("TimesNewRomanPSMT")
    (('TCVN3', True), ('VNI', False), (None, False))
    """
    found = _FONT_RE.search(name)
    if found is None:
        return None, False
    if found["vni"]:
        return VNI, False
    return TCVN3, re.sub(r"[-,](?:Bold|Italic|BoldItalic)$", "", found["vn"]).endswith("H")


def _common_marked(text: str) -> int:
    """How many words of the text are common Vietnamese words that carry a mark."""
    return sum(not word.isascii() and word in _COMMON for word in text.lower().replace(",", " ").split())
