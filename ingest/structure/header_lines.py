"""The head of a document as lines: what stands over the first recital or heading, without mottos and stamps.

Readers give the two columns of a printed head in any order, some on one line, some cut in the middle of a name;
the head is therefore one string with its line ends, and patterns run over it with any white space between words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.labels import read_label
from ingest.structure.letters import LOWER, UPPER
from ingest.structure.nodes import Paragraph
from ingest.structure.recitals import recital_starts
from kb.models import BlockKind

_MOST_PARAGRAPHS = 120
_MOST_LETTERS = 9000

MOTTO_RE = re.compile(
    r"""
    (?:NƯỚC\s+)?C\s*[ỘÔO]NG\s+H[OÒÓ][ÀAÁ]?\s+X[ÃA]\s+H[ỘÔO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆÊE]T(?:\s+NAM)?+
      (?![ ]+(?:Ở|VÀ|VỚI|TẠI|TRONG|ĐỐI|CHO)\b)  # the name of the State in a title goes on
    | Đ[ộôo]c\s+l[ậâa]p\s*[-–—―−=~.]*\s*T[ựưu]\s+[dđ]o\s*[-–—―−=~.]*\s*H[ạa]nh\s+ph[úu]c
    | (?:THE\s+)?SOCIALIST\s+REPUBLIC\s+OF\s+VIET\s*-?\s*NAM
    | Independence\s*[-–—]\s*Freedom\s*[-–—]\s*Happiness
    | ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM
    """,
    re.VERBOSE | re.IGNORECASE,
)
PARTY_RE = re.compile(r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
#: What only a consolidated text (văn bản hợp nhất) says of itself, at its head or at its end.
CONSOLIDATED_RE = re.compile(
    r"VĂN\s+BẢN\s+HỢP\s+NHẤT|được\s+sửa\s+đổi,?\s+bổ\s+sung\s+(?:bởi|theo)\s*:|/VBHN-|[Vv]ăn\s+bản\s+này\s+được\s+hợp\s+nhất"
)
#: Lines that belong to the carrier of the text: the gazette, a digital signature, a website, a stamp.
_CARRIER_RE = re.compile(
    r"""
    ^[ \t]*(?:(?!(?:19|20)\d\d\s*$)\d{1,4}\s*$|\d{0,4}\s*CÔNG\s+BÁO\s*/.*|VĂN\s+BẢN\s+QUY\s+PHẠM\s+PHÁP\s+LUẬT\s*$
    |VĂN\s+BẢN\s+(?:PHÁP\s+LUẬT\s+KHÁC|HỢP\s+NHẤT\s*[-–]).*
    |PHẦN\s+(?:[IV]+\.?\s+)?VĂN\s+BẢN\b.*
    |Người\s+ký\s*:.*|.{0,12}Email\s*:.*|Cơ\s+quan\s*:.*|Thời\s+gian\s+ký\s*:.*|Ký\s+bởi\s*:.*|Ngày\s+ký\s*:.*|.{0,12}\w+@\w+.*
    |(?:TỐI\s+|TUYỆT\s+)?MẬT\s*$|(?:HỎA|THƯỢNG)\s+(?:TỐC|KHẨN).{0,20}|KHẨN\s*$|.{0,3}DỰ\s+THẢO.{0,20}$|.{0,20}THÔNG\s*TIN\s+ĐIỆN\s+TỬ.{0,30}
    |\(?\s*ĐẾN\b.{0,40}$|[\s*_\-–—=~.•|+/\\^:,;()\[\]oO0★☆⁎]{1,60})[ \t]*$
    """,
    re.VERBOSE | re.MULTILINE,
)
_BEFORE_NUMBER_RE = re.compile(r"[ ](?=(?:Số|SỐ|Luật số)[ ]?[:.][ ]?\d)")
_AFTER_DATE_RE = re.compile(
    rf"(ngày[ ]{{1,2}}\d{{1,2}}[ ]{{1,2}}tháng[ ]{{1,2}}\d{{1,2}}[ ]{{1,2}}năm[ ]\d{{4}})[ ](?=[{UPPER}]{{2}})"
)
_AFTER_NUMBER_RE = re.compile(rf"((?:Số|SỐ)[ ]?[:.][ ]?\d[^\s]{{2,40}})[ ](?=[{UPPER}][{LOWER}]|V/v)")
_BODY_STYLES = frozenset(("part", "chapter", "section", "article", "upper", "roman", "arabic", "decimal"))


@dataclass(frozen=True, slots=True)
class HeadText:
    """The head: its text with mottos and stamps blanked out, letter for letter; where its paragraphs begin.

    `offset` is where it begins in the view; `limit` is the place of the first paragraph after it.
    """

    text: str
    offset: int
    limit: int
    motto: bool
    consolidated: bool
    party: bool

    def place_of(self, at: int, paragraphs: Sequence[Paragraph]) -> int:
        """The place of the paragraph that holds an offset of `text`."""
        low, high = 0, self.limit
        while low + 1 < high:
            middle = (low + high) // 2
            if paragraphs[middle].at - self.offset <= at:
                low = middle
            else:
                high = middle
        return low


def read_head_text(paragraphs: Sequence[Paragraph]) -> HeadText:
    """The text over the first recital, article or numbered heading."""
    limit = letters = 0
    for paragraph in paragraphs[:_MOST_PARAGRAPHS]:
        if letters > _MOST_LETTERS or _begins_body(paragraph):
            break
        letters += len(paragraph.text)
        limit += 1
    if not limit:
        return HeadText("", 0, 0, motto=False, consolidated=False, party=False)
    offset = paragraphs[0].at
    pieces: list[str] = []
    length = 0
    for paragraph in paragraphs[:limit]:
        gap = paragraph.at - offset - length
        text = (
            paragraph.text.replace("\t", "\n")
            if paragraph.kind is not BlockKind.NOTE
            else " " * len(paragraph.text)
        )
        pieces.append("\n" * gap + text)
        length += gap + len(text)
    text = "".join(pieces)
    motto = MOTTO_RE.search(text) is not None
    party = PARTY_RE.search(text) is not None
    text = _part_lines(MOTTO_RE.sub(_blank, text))
    consolidated = CONSOLIDATED_RE.search(text) is not None
    return HeadText(_CARRIER_RE.sub(_blank, text), offset, limit, motto, consolidated, party)


def _part_lines(text: str) -> str:
    """The head with a line end for the space where one printed line begins behind another, letter for letter."""
    return _AFTER_NUMBER_RE.sub(r"\1\n", _AFTER_DATE_RE.sub(r"\1\n", _BEFORE_NUMBER_RE.sub("\n", text)))


def _blank(found: re.Match[str]) -> str:
    return "".join("\n" if letter == "\n" else " " for letter in found.group())


def _begins_body(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.kind is not BlockKind.TEXT:
        return False
    if recital_starts(text) and "\t" not in text[:80]:
        return True
    label = read_label(text)
    if label is None or label.style not in _BODY_STYLES:
        return False
    if label.style == "article" and label.text.rstrip().endswith("."):
        return True  # an extract may begin with any article
    if label.value != 1:
        return False
    return label.style != "arabic" or not text[label.end : label.end + 3].isupper()
