"""The end of a document: recipients (Nơi nhận), in what capacity it is signed, and by whom.

Capacities: Nghị định 30/2020/NĐ-CP, Phụ lục I (TM., Q., KT., TL., TUQ.); Hướng dẫn 36-HD/VPTW (T/M, K/T, T/L).
"""

from __future__ import annotations

import re

from ingest.structure.letters import UPPER

_MARK = r"[\s*_#|]{0,6}"
_ACTING = r"(?:TM|T/M|KT|K/T|TL|T/L|TUQ|TU?Q|Q|TTr)"
_CAPACITY = (
    r"(?:(?:QUYỀN|PHÓ|THỨ|Q\.)\s+)*(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|TRƯỞNG|THỦ\s+TƯỚNG|THỐNG\s+ĐỐC|GIÁM\s+ĐỐC|TỔNG\s+GIÁM\s+ĐỐC|TỔNG\s+CỤC\s+TRƯỞNG"
    r"|CỤC\s+TRƯỞNG|CHI\s+CỤC\s+TRƯỞNG|VỤ\s+TRƯỞNG|CHÁNH\s+(?:VĂN\s+PHÒNG|ÁN|THANH\s+TRA)|VIỆN\s+TRƯỞNG|TỔNG\s+KIỂM\s+TOÁN|TỔNG\s+THANH\s+TRA"
    r"|CHỦ\s+NHIỆM|BÍ\s+THƯ|TỔNG\s+BÍ\s+THƯ|HIỆU\s+TRƯỞNG|TRƯỞNG\s+(?:BAN|PHÒNG)|TƯ\s+LỆNH|CHỈ\s+HUY\s+TRƯỞNG|CHÁNH\s+VĂN\s+PHÒNG|TỔNG\s+BIÊN\s+TẬP"
    r"|THƯỜNG\s+TRỰC|CHÁNH\s+ÁN|TỔNG\s+TƯ\s+LỆNH|(?:HẠT|TRẠM|ĐỘI|ĐỒN|ĐOÀN|TỔ)\s+TRƯỞNG|CHÍNH\s+(?:ỦY|UỶ))"
)
#: TM. CHÍNH PHỦ; KT. BỘ TRƯỞNG; T/M BAN THƯỜNG VỤ
ACTING_RE = re.compile(rf"{_MARK}{_ACTING}(?:\.\s*|\s+)(?=[{UPPER}]{{2}})")
#: CHỦ TỊCH; PHÓ THỦ TƯỚNG; CHỦ TỊCH QUỐC HỘI
CAPACITY_RE = re.compile(rf"{_MARK}{_CAPACITY}(?=[\s*_,]|$)")
RECIPIENTS_RE = re.compile(r"[\s*_#|>]{0,6}(?:Nơi\s+nhận|NƠI\s+NHẬN|N[ơo]i\s+nhậ?n\s*:|Recipients?\s*:)")
#: A line that only says that someone acts for another: the capacity is broken behind it.
_ALONE_RE = re.compile(rf"{_MARK}(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\.?[\s*_]*")
#: Recipients in one line, with the signature in the cell beside them.
_BESIDE_RE = re.compile(rf";\s*-\s*Lưu\s?:[^|\t]{{1,60}}[|\t]\s*{_ACTING}\.\s*[{UPPER}]{{2}}")
_LONGEST = 120
_LONGEST_CAPACITY = 70


def closes_document(text: str, *, begun: bool = True) -> bool:
    """Whether a paragraph (or a table that only places words) begins the end of a document.

    A bare capacity (CHỦ TỊCH ...) closes only what has `begun`: over the body it names who issues.

    >>> [closes_document(t) for t in ("Nơi nhận:", "**KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Chủ tịch giao nhiệm vụ")]
    [True, True, True, False]
    """
    head = text[:1]
    if head == "-" and begun:
        return _BESIDE_RE.search(text) is not None
    if head not in _FIRST:
        return False
    if begun and _ALONE_RE.fullmatch(text):
        return True
    if RECIPIENTS_RE.match(text):
        return True
    line = text[:_LONGEST]
    if ACTING_RE.match(line):
        return line[:60].upper() == line[:60] or "\t" in line
    return begun and (
        len(text) < _LONGEST_CAPACITY
        and CAPACITY_RE.match(line) is not None
        and text.upper() == text
        and text[-1:] not in ":;,"
    )


_FIRST = frozenset("NTKQCPBGVHL*_#|> \tRn")
