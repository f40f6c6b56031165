"""Types of documents as headers print them: name, abbreviation in numbers, whether they hold articles.

Names and abbreviations: Nghị định 30/2020/NĐ-CP, Phụ lục III; Luật Ban hành văn bản quy phạm pháp luật
64/2025/QH15, Điều 4; Hướng dẫn 36-HD/VPTW for the papers of the Party.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.text.normalize import fold, unify_tones


class DocumentKind(NamedTuple):
    """A type of document: its name, the abbreviations that stand for it in a number, its English name."""

    name: str
    codes: tuple[str, ...] = ()
    english: str = ""


#: Longer names first where one begins another.
KINDS = (
    DocumentKind("Văn bản hợp nhất", ("VBHN",), "CONSOLIDATED TEXT"),
    DocumentKind("Thông tư liên tịch", ("TTLT", "TTLB"), "JOINT CIRCULAR"),
    DocumentKind("Nghị quyết liên tịch", ("NQLT",), "JOINT RESOLUTION"),
    DocumentKind("Hiến pháp", (), "CONSTITUTION"),
    DocumentKind("Bộ luật", (), "CODE"),
    DocumentKind("Luật", (), "LAW"),
    DocumentKind("Pháp lệnh", ("PL",), "ORDINANCE"),
    DocumentKind("Sắc lệnh", ("SL",), ""),
    DocumentKind("Lệnh", ("L",), "ORDER"),
    DocumentKind("Nghị quyết", ("NQ",), "RESOLUTION"),
    DocumentKind("Nghị định", ("NĐ",), "DECREE"),
    DocumentKind("Thông tư", ("TT",), "CIRCULAR"),
    DocumentKind("Quyết định", ("QĐ",), "DECISION"),
    DocumentKind("Chỉ thị", ("CT",), "DIRECTIVE"),
    DocumentKind("Quy chế", ("QC",), "REGULATION"),
    DocumentKind("Quy định", ("QyĐ", "QĐi"), ""),
    DocumentKind("Thông cáo", ("TC",), "COMMUNIQUE"),
    DocumentKind("Thông báo", ("TB",), "NOTICE"),
    DocumentKind("Hướng dẫn", ("HD",), "GUIDANCE"),
    DocumentKind("Chương trình hành động", ("CTr",), ""),
    DocumentKind("Chương trình", ("CTr", "CTR"), "PROGRAM"),
    DocumentKind("Kế hoạch", ("KH",), "PLAN"),
    DocumentKind("Phương án", ("PA",), ""),
    DocumentKind("Đề án", ("ĐA",), "SCHEME"),
    DocumentKind("Dự án", ("DA",), ""),
    DocumentKind("Báo cáo", ("BC",), "REPORT"),
    DocumentKind("Biên bản", ("BB",), ""),
    DocumentKind("Tờ trình", ("TTr", "TTR"), ""),
    DocumentKind("Hợp đồng", ("HĐ",), ""),
    DocumentKind("Công điện", ("CĐ",), "TELEGRAM"),
    DocumentKind("Kết luận", ("KL",), "CONCLUSION"),
    DocumentKind("Thông tri", (), ""),
    DocumentKind("Điều lệ", (), "CHARTER"),
    DocumentKind("Tuyên bố", (), ""),
    DocumentKind("Lời kêu gọi", (), ""),
    DocumentKind("Bản ghi nhớ", ("BGN",), ""),
    DocumentKind("Bản thỏa thuận", ("BTT",), ""),
    DocumentKind("Giấy ủy quyền", ("GUQ",), ""),
    DocumentKind("Giấy mời", ("GM",), ""),
    DocumentKind("Giấy giới thiệu", ("GGT",), ""),
    DocumentKind("Giấy nghỉ phép", ("GNP",), ""),
    DocumentKind("Phiếu gửi", ("PG",), ""),
    DocumentKind("Phiếu chuyển", ("PC",), ""),
    DocumentKind("Phiếu báo", ("PB",), ""),
    DocumentKind("Thư công", (), ""),
)

#: The letter without a type of its own (công văn).
LETTER = "Công văn"

#: What is issued with a decision and has its own title page.
ATTACHED = (
    "Quy chế", "Quy định", "Quy trình", "Điều lệ", "Nội quy", "Chương trình", "Kế hoạch", "Đề án", "Phương án",
    "Danh mục", "Danh sách", "Hướng dẫn", "Quy chuẩn", "Tiêu chuẩn", "Bộ tiêu chí", "Chiến lược",
    "Quy hoạch", "Bảng giá",
    "Đề cương", "Quy tắc", "Dự án", "Nội dung", "Bộ chỉ số", "Khung", "Định mức", "Biểu mức", "Chế độ", "Bảng",
)  # fmt: skip


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


_UPPER = {unify_tones(kind.name.upper()): kind.name for kind in KINDS}
#: Names of two words and more, as they read without marks.
_MISREAD = {fold(name): name for name in _UPPER.values() if " " in name}
TYPE_LINE_RE = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(_spaced(name) for name in sorted(_UPPER, key=len, reverse=True))
    + r")(?![^\W\d_])"
)
_ENGLISH = {kind.english: kind.name for kind in KINDS if kind.english}
ENGLISH_TYPE_RE = re.compile(
    r"\b(?:" + "|".join(_spaced(name) for name in sorted(_ENGLISH, key=len, reverse=True)) + r")\b"
)


def kind_of_line(printed: str) -> str | None:
    """The type a capital line names; recognised letters may have lost or changed their marks.

    >>> kind_of_line("BÁO CÁO"), kind_of_line("JOINT  CIRCULAR"), kind_of_line("QUYÉT ĐỊNH")
    ('Báo cáo', 'Thông tư liên tịch', 'Quyết định')
    """
    words = unify_tones(" ".join(printed.split()))
    return _UPPER.get(words) or _ENGLISH.get(words) or (_MISREAD.get(fold(words)) if words.isupper() else None)


def kind_of_number(number: str) -> str | None:
    """The type that the abbreviation in a number stands for; a letter for ``N/CƠQUAN-ĐƠNVỊ``; None when unsure.

    >>> kind_of_number("224/BC-UBND"), kind_of_number("12-CTr/TU"), kind_of_number("4211/UBND-NC&KSTT")
    ('Báo cáo', 'Chương trình', 'Công văn')
    >>> kind_of_number("31/2024/QH15") is None
    True
    """
    pieces = [piece for piece in re.split(r"[/\-]", number)[1:] if not piece.isdigit()]
    if not pieces or re.match(r"(?:UBTV)?QH\d", pieces[0]):
        return None
    for kind in KINDS:
        if pieces[0] in kind.codes and kind.name != "Chương trình hành động":
            return kind.name
    if pieces[0] == "CV":
        return LETTER
    return LETTER if len(pieces) > 1 and "-" in number and len(pieces[0]) > 2 else None
