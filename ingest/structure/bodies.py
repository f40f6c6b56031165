"""Issuing bodies as heads print them: capital lines, a name over one to four of them, the parent body above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.vocabulary.issuers import issuer_names, issuer_of_name, name_key

_STARTS_RE = re.compile(
    r"(?:ỦY\s+BAN|UỶ\s+BAN|UBND|HĐND|HỘI\s+ĐỒNG|BỘ|SỞ|TỔNG\s+CỤC|CỤC|CHI\s+CỤC|VỤ|VĂN\s+PHÒNG|BAN|TỔNG\s+(?:BÍ|CÔNG|LIÊN)|ĐẢNG\s+(?:BỘ|ỦY|UỶ|ĐOÀN)"
    r"|(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|ĐẢNG)\s+[ỦU][YỶ]|CHÍNH\s+PHỦ|THỦ\s+TƯỚNG|QUỐC\s+HỘI|CHỦ\s+TỊCH|NGÂN\s+HÀNG|T[ÒO][AÀ]\s+ÁN"
    r"|VIỆN|KIỂM\s+TOÁN|THANH\s+TRA|CÔNG\s+AN|TRUNG\s+TÂM|TRƯỜNG|PHÒNG|LIÊN\s+ĐOÀN|HỘI|ĐẠI\s+HỌC|HỌC\s+VIỆN|KHO\s+BẠC|BẢO\s+HIỂM"
    r"|THUẾ\s+(?:TỈNH|THÀNH|CƠ)|THƯỜNG\s+TRỰC|MẶT\s+TRẬN|TỔ\s+CÔNG\s+TÁC|TẬP\s+ĐOÀN|BỆNH\s+VIỆN|CÔNG\s+TY|ĐÀI|ĐOÀN|QUÂN|BCH|HẠT\s+KIỂM\s+LÂM|ĐIỆN\s+LỰC|THE\s+|MINISTRY|GOVERNMENT|NATIONAL)(?!\w)"
)
#: What cannot be a whole name: the next line goes on with it.
_UNFINISHED = frozenset((
    "VĂN", "VĂN PHÒNG", "THANH TRA", "BỘ", "ỦY", "UỶ", "ỦY BAN", "UỶ BAN", "ỦY BAN NHÂN", "UỶ BAN NHÂN",
    "BAN", "SỞ", "CỤC", "TỔNG CỤC", "THỦ", "THỦ TƯỚNG", "CHỦ TỊCH", "VIỆN", "NGÂN HÀNG", "HỘI", "HỘI ĐỒNG",
    "HỘI ĐỒNG NHÂN", "TÒA ÁN", "BỘ TRƯỞNG", "THƯỜNG TRỰC", "ĐẢNG BỘ", "TRƯỜNG", "LIÊN ĐOÀN", "KIỂM TOÁN",
    "TRUNG TÂM", "BAN CHẤP HÀNH", "BAN CHỈ ĐẠO", "VĂN PHÒNG BAN CHỈ ĐẠO",
))  # fmt: skip
_JOINT_RE = re.compile(
    r"\s+[-–—]\s*(?=(?:BỘ|VIỆN|T[ÒO][AÀ]\s+ÁN|ỦY\s+BAN|NGÂN\s+HÀNG|TỔNG|BAN|THANH\s+TRA|HỘI)\s)|\s{3,}"
    r"|(?:\s+VÀ|,)\s+(?=(?:BỘ|VIỆN\s+KIỂM\s+SÁT|T[ÒO][AÀ]\s+ÁN|NGÂN\s+HÀNG)\s)"
)
_JUNK_RE = re.compile(r"[\W\d]|_")
_TERRITORY_RE = re.compile(
    r"(?P<head>CHỦ TỊCH )?(?P<body>ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND)\s+"
    r"(?P<level>TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)\s+(?P<name>.+)"
)
_LONG_NAMES = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "TP": "thành phố", "TP.": "thành phố"}


@dataclass(frozen=True, slots=True)
class Body:
    """A name in capitals and the ranges of its lines in the head."""

    name: str
    ranges: tuple[tuple[int, int], ...]


def find_bodies(lines: Iterable[tuple[int, int, str]]) -> list[Body]:
    """The bodies that capital lines name, top to bottom; lines are (start, end, text)."""
    bodies: list[Body] = []
    for start, end, text in lines:
        for piece in _JOINT_RE.split(text):
            name = " ".join(piece.split()).strip("*_-–—.,:;| ")
            if len(_JUNK_RE.sub("", name)) < 2:
                continue
            at = start + text.find(piece.strip())
            here = (at, min(end, at + len(piece.strip())))
            last = bodies[-1] if bodies else None
            begins = _STARTS_RE.match(name) is not None
            if last is not None and (not begins or last.name in _UNFINISHED):
                bodies[-1] = Body(f"{last.name} {name}", (*last.ranges, here))
            elif begins or name in _UNFINISHED:
                bodies.append(Body(name, (here,)))
    unique: dict[str, Body] = {}
    for body in bodies:
        if not any(other.name.startswith(f"{body.name} ") for other in bodies):
            unique.setdefault(body.name, body)
    return list(unique.values())


def choose_bodies(bodies: Sequence[Body], codes: Sequence[str]) -> tuple[tuple[Body, ...], Body | None]:
    """The issuing bodies and the body over them; `codes` are those of the document's number."""
    if not bodies:
        return (), None
    if len(codes) > 1 and len(bodies) > 1:
        return tuple(bodies), None
    if len(bodies) == 1:
        return tuple(bodies), None
    if codes:
        for place in range(len(bodies) - 1, -1, -1):
            known = issuer_of_name(bodies[place].name)
            if known is not None and codes[0] in known.codes:
                return (bodies[place],), bodies[place - 1] if place else None
    return (bodies[-1],), bodies[-2]


#: The term and the session of an assembly, behind its name.
_TERM_RE = re.compile(r"[\s,]+(?:KHÓA|KHOÁ|NHIỆM KỲ|KỲ HỌP)\s+(?:[IVXLC]+|THỨ|\d).*$", re.IGNORECASE)


def readable_name(printed: str) -> str:
    """A body's name as running text writes it, where that is known; else as printed.

    >>> readable_name("UBND TỈNH KHÁNH HÒA"), readable_name("BỘ TÀI CHÍNH"), readable_name("SỞ ABC")
    ('Ủy ban nhân dân tỉnh Khánh Hòa', 'Bộ Tài chính', 'SỞ ABC')
    >>> readable_name("BỘ VĂN HOÁ - THỂ THAO VÀ DU LỊCH"), readable_name("BỘ CÔNG THƯƠNG.")
    ('Bộ Văn hóa, Thể thao và Du lịch', 'Bộ Công Thương')
    >>> readable_name("HỘI ĐỒNG NHÂN DÂN TỈNH NINH BÌNH KHOÁ XV, KỲ HỌP THỨ 9"), readable_name("QUỐC HỘI KHÓA XI")
    ('Hội đồng nhân dân tỉnh Ninh Bình', 'Quốc hội')
    """
    name = _TERM_RE.sub("", " ".join(printed.split()))
    local = _TERRITORY_RE.fullmatch(name)
    if local:
        body = _LONG_NAMES.get(local["body"], local["body"].capitalize().replace("Uỷ", "Ủy"))
        level = _LONG_NAMES.get(local["level"], local["level"].lower())
        place = " ".join(
            "-".join(part.capitalize() for part in word.split("-")) for word in local["name"].split(" ")
        )
        return f"{'Chủ tịch ' if local['head'] else ''}{body} {level} {place}"
    known = issuer_names().get(name_key(name))
    return known.name if known else name
