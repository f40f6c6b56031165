"""Who issued a document, read from the words beside its number: ``của Bộ trưởng Bộ Nội vụ``, ``của UBND tỉnh``.

A name of the vocabulary is taken whole, the longest first; local bodies go on with their place
(``tỉnh Khánh Hòa``); other bodies are a known head (``Cục``, ``Trường`` ...) and the words up to the next verb.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from ingest.citations.letters import LOWER, NO_LETTER, UPPER
from kb.kept_patterns import patterns_kept
from kb.numbers import DocumentNumber
from kb.vocabulary.issuers import Issuer, issuer_codes, issuer_of_code, issuer_of_name, load_issuers


@dataclass(frozen=True, slots=True)
class IssuerPart:
    """A printed body: its range, its words with white space folded, its key in the vocabulary."""

    start: int
    end: int
    name: str
    key: str | None


_OF_RE = re.compile(
    r"[”\"’»)]?[¹²³⁰⁴-⁹]{0,4}[ \n]{0,2},?[ \n]{0,2}(?:của|do|CỦA)[ \n]{1,2}(?:các[ \n]|liên[ \n](?=Bộ[ \n]))?"
)
_PROPER = rf"(?!V/v|(?:Ủy|Uỷ)[ ])[{UPPER}][{LOWER}]*{NO_LETTER}"
#: What goes on behind a body in a title set in capitals.
_VERBS = "(?:BÃI|BAN|VỀ|QUY|SỬA|PHÊ|CÔNG|THỰC|HƯỚNG|THAY|ĐIỀU|HỦY|HUỶ|GIAO|TRIỂN|TRÌNH|VÀ|NGÀY|NĂM|KHÓA|DO|ĐỂ|CHO)"
_LOCAL = (
    r"(?:tỉnh|thành phố|Thành phố|TP\.?|Tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|Tỉnh"
    r"|Huyện|Quận|Phường|Xã)"
)
_PLACE_RE = re.compile(
    rf"(?:[ \n](?:các[ ])?{_LOCAL}(?:[ ](?:{_PROPER}(?:(?:[ ]|[ ]?[-–][ ]?){_PROPER}){{0,4}}"
    rf"|\d{{1,2}}(?![\d/])))?"
    rf"|[ ]{_PROPER}(?:(?:[ ]|[ ]?[-–][ ]?){_PROPER}){{0,3}}"
    r"|[ \n](?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG)"
    rf"(?:[ \n](?!{_VERBS}[ \n])[{UPPER}]{{1,7}}{NO_LETTER}){{0,3}})"
)
#: The branch of a department: ``Cục Thuế TP Hà Nội``.
_BRANCH_RE = re.compile(
    rf"[ \n](?:tỉnh|thành phố|Thành phố|TP\.?|Tp\.?)[ ]{_PROPER}(?:(?:[ ]|[ ]?[-–][ ]?){_PROPER}){{0,3}}"
)
_TERM_RE = re.compile(
    r"[ ](?:Đảng[ ])?(?:[Kk]h(?:óa|oá)[ ](?:thứ[ ])?[IVXLC]+|[Ll]ần thứ[ ][^\W\d_]+(?:[ ][^\W\d_]+)?(?=,|\.|;))"
)
_PERSON_RE = re.compile(
    r"(?:Bộ trưởng,?[ \n](?:và[ ])?Chủ nhiệm|Bộ trưởng|Thứ trưởng|Chủ tịch(?=[ ]Hội đồng Bộ)|Chủ nhiệm"
    r"|Phó Chủ nhiệm|Thống đốc"
    r"|Tổng Giám đốc|Giám đốc|Cục trưởng"
    r"|Tổng cục trưởng|Chánh án|Viện trưởng|Hội nghị lần thứ[ ][^\W\d_]+(?:[ ](?:một|hai|ba|tư|lăm))?"
    r"|Trưởng ban|Trưởng Ban(?= Chỉ)|Chánh Văn phòng)[ \n]{1,2}"
)
_HEAD_RE = re.compile(
    r"(?:Tổng cục|Cục|Chi cục|Vụ|Ban|Hội đồng|Hội|Trường|Trung tâm|Viện|Công an|Đảng ủy|Đảng uỷ"
    r"|Liên đoàn|Văn phòng|Phòng|Sở|Bộ|Tòa án"
    r"|Toà án|Học viện|Đại học|Tổng công ty|Tập đoàn|Bệnh viện|Thường trực|Ủy ban|Uỷ ban|Tổng"
    r"|Liên hiệp|Thuế(?= tỉnh| thành| cơ)|Hải quan(?= khu)|Hiệp hội|Quỹ|Đoàn|Kho bạc|Bảo hiểm)(?=[ \n])"
)
_STOP = (
    r"(?:về|quy|ban hành|hướng|sửa|phê|thì|được|đã|có|là|để|nhằm|cho|từ|tại|trong|theo|ngày|năm|số|trên|nêu"
    r"|này|công bố|công nhận|triển|thực|tổ chức"
    r"|giao|yêu|kèm|bãi|hủy|chấp|thay|điều chỉnh|kiện|phân|gửi|đến|tiếp|tăng|do|với|khi|và các"
    r"|thông qua|kiểm tra|thành lập|đẩy|đề nghị|bổ|xây|báo cáo|xin|kính|V/v)"
)
#: "Sở Văn hóa, Thể thao" goes on behind a comma, "Cục Đăng kiểm, Cục báo cáo" does not.
_REST_RE = re.compile(
    rf"(?:(?:[ \n]|[ ]?[-–][ ]?|,[ ](?={_PROPER})(?!\w+[ \n]{_STOP}(?:[ \n]|$)))"
    rf"(?!{_STOP}(?:[ \n]|$))[^\W\d_¹²³⁰⁴-⁹][^\W\d_¹²³⁰⁴-⁹]*){{1,10}}"
)


@lru_cache(maxsize=1)
@patterns_kept()
def _names_by_word() -> dict[str, re.Pattern[str]]:
    """For each first word, one pattern of all names that begin with it, longest first."""
    groups: dict[str, set[str]] = defaultdict(set)
    for row in load_issuers():
        for name in (row.name, *row.aliases):
            groups[name.split()[0].lower()].add(name)
    patterns = {}
    for word, names in groups.items():
        options = "|".join(_spelling(name) for name in sorted(sorted(names), key=len, reverse=True))
        patterns[word] = re.compile(rf"(?:{options})(?![^\W\d_¹²³⁰⁴-⁹])", re.IGNORECASE)
    return patterns


def _spelling(name: str) -> str:
    """A name as a pattern: any white space, either way to write ủy, any dash."""
    pattern = r"\s{1,2}".join(map(re.escape, name.split()))
    return re.sub(
        r"[ủụ]y|u[ỷỵ]",
        "(?:ủy|uỷ)",
        pattern.replace("Ủy", "(?:Ủy|Uỷ)").replace("Uỷ", "(?:Ủy|Uỷ)") if "(?:" not in pattern else pattern,
    )


_FIRST_WORD_RE = re.compile(r"[^\W\d_]+")


def read_issuer(text: str, at: int, *, joint: bool = True) -> IssuerPart | None:
    """The body named after ``của`` at a place right behind a number or its date.

    >>> part = read_issuer("76/NQ-CP của Ủy ban nhân dân tỉnh Bình Định về việc", 8)
    >>> part.name, part.key
    ('Ủy ban nhân dân tỉnh Bình Định', 'UBND')
    """
    lead = _OF_RE.match(text, at)
    return match_issuer(text, lead.end(), joint=joint) if lead else None


def match_issuer(text: str, start: int, *, joint: bool = True) -> IssuerPart | None:
    """The body whose name begins exactly at a place.

    With `joint`, several bodies linked by a comma or ``và`` are one name (joint acts).
    """
    end = _match_body(text, start)
    if end is None:
        return None
    while joint:
        link = _JOINT_RE.match(text, end)
        more = _match_body(text, link.end()) if link else None
        if more is None:
            break
        end = more
    name = " ".join(text[start:end].split()).replace("–", "-")
    found = issuer_of_name(name)
    return IssuerPart(start, end, _spoken(name, found), found.key if found else None)


def _spoken(name: str, found: Issuer | None) -> str:
    """A name set in capitals, as one writes it in a sentence; any other as printed."""
    if not name.isupper() or found is None or " " not in name:
        return name
    words, known = name.split(), found.name.split()
    if [word.lower() for word in words[: len(known)]] != [word.lower() for word in known]:
        return name
    rest = words[len(known) :]
    local = 2 if rest[:1] in (["THÀNH"], ["THỊ"]) else 1
    return " ".join([*known, *(word.lower() for word in rest[:local]), *(w.capitalize() for w in rest[local:])])


_JOINT_RE = re.compile(
    r"(?:[ ]\(nay là[ ][^()\n]{3,60}\))?(?:,[ \n]|[ \n]?[-–][ \n]?|[ \n]và[ \n])(?=(?:Bộ|Ban|Tổng|Tòa"
    r"|Toà|Viện|Ủy|Uỷ|Chính|Chủ tịch|Thanh|Kiểm|Ngân)[ \n])"
)


_JOINT_NAME = rf"{_PROPER}(?:[ ][{LOWER}]{{1,6}}{NO_LETTER})?"
#: ``Liên Bộ Tài chính - Nội vụ``
_JOINT_NAMES_RE = re.compile(rf"[ ]{_JOINT_NAME}(?:[ ]?[-–][ ]?{_JOINT_NAME}){{1,4}}")
#: What follows the party body of a body: its name, or ``các cơ quan Đảng tỉnh``.
_PARTY_OF_RE = re.compile(
    r"[ \n](?=(?:UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Bộ|Sở|Chính phủ|Quốc hội|Công an|Văn phòng|Ban|Tòa án|Viện"
    r"|các cơ quan|Các cơ quan|Mặt trận|Tổng|Tập đoàn|Ngân hàng)(?![^\W\d_]))"
)
#: ``Ban Chỉ đạo Trung ương``, ``Ban Chỉ đạo quốc gia``, ``Ban Chỉ đạo 35``, ``Ban Chỉ đạo tỉnh``.
_STEERING_RE = re.compile(
    rf"(?:[ \n](?:Trung ương|Nhà nước|[Qq]uốc gia|của Chính phủ|[Ll]iên ngành|\d{{2,3}})){{0,2}}{NO_LETTER}"
)
_BODIES_RE = re.compile(r"[Cc]ác cơ quan (?:[Đđ]ảng|chính quyền|Trung ương)")
_CONFERENCE_RE = re.compile(
    r"Hội nghị (?:Trung ương (?:lần thứ )?\w{1,4}|lần thứ \w{1,4}(?!\w))(?:[ ]khóa[ ][IVX]+)?(?![ ](?:Ban|BCH))"
)


def _match_body(text: str, start: int) -> int | None:
    meeting = _CONFERENCE_RE.match(text, start)
    if meeting:
        return meeting.end()
    person = _PERSON_RE.match(text, start)
    at = person.end() if person else start
    word = _FIRST_WORD_RE.match(text, at)
    if word is None or not word.group()[0].isupper():
        return None
    known = _names_by_word().get(word.group().lower())
    found = known.match(text, at) if known else None
    if found is None:
        head = _HEAD_RE.match(text, at)
        rest = _REST_RE.match(text, head.end()) if head else None
        return rest.end() if rest else None
    body = issuer_of_name(" ".join(found.group().split()))
    end = found.end()
    if body and body.key == "ĐU" and (over := _PARTY_OF_RE.match(text, end)):
        # "Đảng ủy UBND tỉnh", "Đảng ủy Bộ Nội vụ": the party body of another one.
        inner = _of_bodies(text, over.end()) or _match_body(text, over.end())
        end = inner or end
    elif body and body.key == "BCĐ" and (over := _STEERING_RE.match(text, end)):
        end = over.end()
        place = _PLACE_RE.match(text, end)
        end = place.end() if place else end
    elif body and (body.level == "province" or body.key in ("TU", "HU", "QU", "ĐU", "CAT", "BCHQS")):
        place = _PLACE_RE.match(text, end)
        end = place.end() if place else end
    elif body and body.key in ("CT", "CTK", "CHQ") and (branch := _BRANCH_RE.match(text, end)):
        end = branch.end()
    elif found.group().lower() == "liên bộ":
        bodies = _JOINT_NAMES_RE.match(text, end)
        end = bodies.end() if bodies else end
    elif body and body.level == "party":
        term = _TERM_RE.match(text, end)
        end = term.end() if term else end
    return end


def _of_bodies(text: str, start: int) -> int | None:
    found = _BODIES_RE.match(text, start)
    if found is None:
        return None
    place = _PLACE_RE.match(text, found.end())
    return place.end() if place else found.end()


def fits(part: IssuerPart, number: DocumentNumber) -> bool:
    """Whether a printed body can be the one its number names.

    >>> from kb.numbers import parse_number
    >>> fits(match_issuer("Bộ Nội vụ", 0), parse_number("1/2024/TT-BTC"))
    False
    """
    if part.key is None or not number.issuers:
        return False
    codes = {issuer.key for code in number.issuers if (issuer := issuer_of_code(code))}
    if part.key in codes:
        return True
    if codes & {"TW"}:
        return part.key in ("BCT-TW", "BBT", "TW")
    if codes & {"UBND", "CTUBND"}:
        return part.key in ("UBND", "CTUBND")
    return bool(codes & {"TTg", "CP"}) and part.key in ("CP", "TTg")


def known_code(code: str) -> bool:
    """Whether a code is a body's: of the vocabulary, or built like one (``UBND…``, ``VP…``, ``TT…``)."""
    return code.lower() in issuer_codes() or issuer_of_code(code) is not None or bool(_BUILT_RE.match(code))


_BUILT_RE = re.compile(
    r"(?:UBND|HĐND|BQL|BCĐ|HĐ|VP|S[A-ZĐ]{2,}|B[A-ZĐ]{2,}|CC|TT[A-ZĐ]{2,}|PGDĐT|P[A-ZĐ]{3,}|CA|TAND|VKS"
    r"|CTK|ĐH)[A-ZĐ&a-z]*$"
)
