"""What in running text only looks like a quantity: dates, numbers of documents, provisions, labels, terms, codes.

The rows of `MASKS`, each with an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.kept_patterns import patterns_kept
from kb.numbers import NUMBER_RE, is_ratio


@dataclass(frozen=True, slots=True)
class Mask:
    """Words and figures that are no quantity; `example` holds one, in brackets."""

    name: str
    pattern: str
    example: str


_UPPER = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x1EFA)) if letter.isupper())
_YEAR = r"(?:19|20)\d\d(?![A-Za-z\d])"
_NO_VALUE = r"(?!\d|[.,/]\d|\s*%)"
_THINGS = (
    r"(?:cơ sở|vụ|trường hợp|hồ sơ|đơn vị|đơn|người|hộ|xã|huyện|di tích|tập thể|khu đất|địa phương)(?![^\W\d_])"
)
_NO_UNIT = (
    r"(?!\s*(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|ha|k?m[²³23]?|kg|tấn|tạ|lít|người|hộ|xã|huyện|lượt|ngày|tháng|năm"
    r"|giờ|vụ|trường hợp|dự án|hồ sơ|cơ sở|công trình|doanh nghiệp|%)(?![^\W\d_]))"
)
#: Of a time by which something is counted: "mỗi ngày 56.000 m3", "hằng tháng 12 buổi".
_NOT_EACH = r"(?<!mỗi )(?<!Mỗi )(?<!hằng )(?<!hàng )(?<!Hằng )(?<!Hàng )(?<!từng )(?<!một )"
#: A day and its month; those of feasts and memory, which may be told one after another.
_DAY = r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/]|[.,]\d|\s*%)"
_FEAST = (
    r"(?:30/0?4|0?1/0?[56]|0?2/0?9|0?8/0?3|20/1[01]|27/0?[27]|22/12|19/0?[58]|26/0?3|21/0?6|10/0?3|0?3/0?2)"
    r"(?![\d/]|[.,]\d|\s*%)"
)
#: Periods first, since a year alone would cut them.
MASKS: tuple[Mask, ...] = (
    Mask(
        "address",
        r"<?https?://\S+|www\.\S+|(?<!\S)[^\s@]{1,200}@\S+|(?<![\w.])\w+(?:\.\w+){0,9}\.(?:vn|com|net|org)\b",
        "tại [https://a.vn/2]",
    ),
    Mask(
        "date",
        rf"(?i:(?:ngày\s+)?\b\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{_YEAR}"
        r"|ngày\s+\d{1,2}(?:\s*,\s*\d{1,2})*\s*(?:,|và|đến|[-–])\s*(?:ngày\s+)?\d{1,2}"
        rf"(?:\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{_YEAR})?|\s?/\s?\d{{1,2}}(?:\s?/\s?{_YEAR})?(?!\d))"
        rf"|{_NOT_EACH}ngày\s+\d{{1,2}}(?!\d|\.\d{{3}})(?:\s?[/-]\s?\d{{1,2}}(?![\d/]))?(?:\s+tháng\s+\d{{1,2}})?(?:\s+năm\s+{_YEAR})?)"
        r"|\b(?:[Đđ]ến|[Tt]rước|[Ss]au|[Hh]ết|[Tt]ừ)\s+(?:hết\s+)?(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])"
        rf"(?!\s+{_THINGS})",
        "ngày [15/7/2021]",
    ),
    Mask(
        "day of a feast",
        rf"\b(?:[Dd]ịp|[Ll]ễ|[Kk]ỷ niệm|[Qq]uốc khánh|[Cc]hào mừng|[Gg]iỗ [Tt]ổ)\s+\(?{_DAY}"
        rf"(?:\s*(?:,|và|[-–])\s*{_FEAST})*|\b30/0?4\s*(?:,|và|[-–])\s*0?1/0?5(?![\d/.,])"
        rf"|\b[Nn]gày\s+[A-ZĐ][^.;()\d\n]{{2,70}}\(\s?(?:ngày\s+)?{_DAY}",
        "dịp [lễ 30/4 - 01/5] đón",
    ),
    Mask(
        "span of years",
        rf"\b(?:[Nn]ăm\s+)?{_YEAR}\s*[-–—]\s*{_YEAR}|\b{_YEAR}\s?[-–—]\s?\d\d\b(?!\.?\d)"
        rf"|\b(?:[Nn]ăm\s+)?{_YEAR}\s+đến\s+(?:năm\s+)?{_YEAR}",
        "giai đoạn [2021-2025]",
    ),
    Mask(
        "month or quarter",
        r"\b[Tt]háng\s+\d{1,2}(?:\s*,\s*\d{1,2})+\s+và\s+(?=tháng)"
        r"|\b[Tt]háng\s+\d{1,2}(?:\s*,\s*\d{1,2}(?=\s*(?:,|và\s)))+\s*(?:,|và)\s*\d{1,2}(?![\d.,]*\s*%)"
        r"|\b[Tt]háng\s+\d{1,2}\s*(?:,|và)\s*\d{1,2}(?=\s*(?:/|năm\s))"
        rf"|{_NOT_EACH}(?i:tháng)\s+\d{{1,2}}(?:\s?[/.-]\s?{_YEAR}|\s+(?i:năm)\s+{_YEAR})?(?!\d|[.,]\d)"
        rf"|{_NOT_EACH}\b[Qq]u[ýí]\s*(?:[IVX]+|\d)(?:\s?[/.-]\s?{_YEAR})?|\b(?:0?[1-9]|1[0-2])/{_YEAR}"
        rf"|(?i:\b\d{{1,2}} tháng (?:đầu|cuối) năm)(?:\s+{_YEAR})?",
        "họp các [tháng 3, 6, 9 và 12]",
    ),
    Mask(
        "year",
        rf"(?:(?i:năm)\s+|[Kk]ỳ\s+|từ\s+|đến\s+|so với\s+|nhiệm kỳ\s+){_YEAR}(?![.,]\d|\s*%)"
        rf"(?:\s*(?:,|và|;|-|–)\s*(?:năm\s+)?{_YEAR})*",
        "so với [2021]",
    ),
    Mask("years in brackets", rf"\(\s*{_YEAR}(?:\s*[,;]\s*{_YEAR})*\s*\)", "3 năm [(2022, 2023, 2024)]"),
    Mask(
        "time",
        r"\b\d{1,2}h\d{0,2}\b|\b\d{1,2}\s?giờ\s?\d{1,2}(?:\s?phút)?\b|(?:lúc|vào|từ|trước|sau)\s+\d{1,2}\s?giờ\b"
        r"(?!\s+(?:làm|công|kể|từ))|\b24/7\b|\b\d{1,2}:\d\d\b",
        "lúc [7h30]",
    ),
    Mask(
        "provision",
        r"\b(?i:điều|khoản|(?<!dứt )(?<!kiểm )(?<!khởi )điểm|mục|tiểu mục|(?<!một )(?<!cổ )(?<!thành )phần|chương"
        r"|phụ lục(?:\s+số)?"
        r"|biểu(?:\s+số)?|bảng|(?<!chi )tiết)\s+(?:số\s+)?\d{1,3}(?:\.\d{1,2})*[a-zđ]?"
        r"(?:\s*(?:,|và|đến)\s*\d{1,3}(?![\d.,]*\s?%)[a-zđ]?(?=\s*(?:,|và|[ĐđKk]|của|Luật|Nghị|Quyết|Thông)))*"
        r"(?:\s*(?:,|và|đến)\s*(?<=\d\.\d và )\d{1,3}\.\d{1,2}(?!\d|\s?%))?"
        r"(?!\d|\.\d{3}(?!\d)|\s+(?:người|hộ|lượt|vụ|cơ sở|tỷ|triệu|ha|km|tấn)(?![^\W\d_]))",
        "tại [khoản 6 Điều 167]",
    ),
    Mask(
        "order",
        rf"\b(?:lần thứ|thứ|khóa|khoá|nhiệm kỳ|phiên bản|cấp độ|mức độ|loại|hạng(?!\s+\d+\s+{_THINGS})|nhóm|quyển"
        r"|tập"
        r"|(?<!trực )(?<!chuyển )tuyến|số thứ tự|(?<!mỗi )(?<!\d )đợt"
        r"|kỳ họp thứ|top|Top|bước|Bước|Trung ương)\s+\d{1,3}(?:\.\d{1,2}(?!\d))?"
        rf"(?:\s*(?:,\s|và\s)\s*\d{{1,2}}{_NO_VALUE}(?!(?:\s[^\W\d_]+){{1,3}} (?:loại|hạng|nhóm)\s))?{_NO_VALUE}",
        "trực tuyến [mức độ 3, 4]",
    ),
    Mask(
        "school year by number",
        r"(?<!\d )(?<!mỗi )\b(?:[Kk]hối )?(?:[Ll]ớp|[Kk]hối)\s+(?:1[0-2]|[1-9])(?![\d.,/]*\d)"
        r"(?:\s*(?:,|và|-|–|đến)\s*(?:lớp\s+)?(?:1[0-2]|[1-9])(?![\d.,/]*\d))*"
        r"(?!\s+(?:người|học viên|học sinh|em|lượt|xã|huyện|đơn vị)(?![^\W\d_]))",
        "học sinh [lớp 12] đỗ tốt nghiệp",
    ),
    Mask(
        "codes of criteria",
        r"\b(?i:tiêu chí|chỉ tiêu|mục|(?<!dứt )điểm|khoản|tiểu mục|nhiệm vụ|nội dung|thứ tự|ô|dòng"
        r"|cột)\s+(?:số\s+)?(?:từ\s+)?"
        r"\d{1,2}(?:\.\d{1,2})+(?!\d)(?:\s*(?:,|;|và|đến)\s*(?:từ\s+)?\d{1,2}(?:\.\d{1,2})*(?!\d|\s*%))*",
        "[tiêu chí 2.1, 2.2, từ 3.1 đến 3.3]",
    ),
    Mask("chainage", r"\b[Kk][Mm]?\s?\d{1,4}\s?\+\s?\d{1,3}(?!\d)(?:[.,]\d{1,2}(?!\d))?", "đoạn [Km7+200]"),
    Mask(
        "numbered thing",
        r"\b(?:[Gg]iai đoạn|[Gg]iai Đoạn|[Đđ]ợt|Nhóm|Loại|Hạng|Dự án|[Tt]iểu dự án|[Tt]iểu dự án thành phần"
        r"|[Hh]ợp phần|[Bb]áo động|mùng|mồng|[Kk]hóa"
        r"|[Vv]ùng|[Kk]hu phố|[Tt]ổ dân phố|[Tt]ổ|[Tt]hôn|[Ấấ]p|[Kk]hu|[Ll]ô|[Qq]uốc lộ|[Đđ]ường tỉnh|[Nn]gõ"
        r"|[Nn]gách|[Pp]hân khu|[Pp]hương án|[Kk]hu vực|[Đđ]oạn|Phòng|Cơ sở|\d{0,3}PL|QĐ|S[TS]T|TT|(?<!quyền )"
        r"(?<!trường )(?<!ổng |đổi |hội |dân |chỉ |trị )(?<!tầng |năng |liệu |điểm )(?<!tế |hệ )số(?=\s[1-9]\d?"
        rf"(?:\s*[,;.)]|\s+(?:và|theo)\b|\s*$)))\s+\d{{1,3}}[a-zA-Z]{{0,2}}{_NO_VALUE}(?:\s*(?:,|và"
        rf"|-)\s*\d{{1,2}}{_NO_VALUE}(?![^\W\d_]))*{_NO_UNIT}",
        "[Tiểu dự án 2] (mở rộng)",
    ),
    Mask(
        "place or plant by number",
        rf"(?<=[^\W\d_]\s)[A-ZĐ][a-zà-ỹ]*\s[A-ZĐÂÔƠƯ][a-zà-ỹ]+\s[1-9]\d?{_NO_VALUE}(?=\s*(?:[:,;.)(–-]|và\b|$))"
        r"(?!\s*[,;]\s(?:[A-ZĐ]\S*\s){1,4}\d)",
        "trạm [Hòa Bình 2], đường dây",
    ),
    Mask(
        "bare year",
        r"(?<![\d.,/-])(?:19[5-9]\d|20[0-4]\d)(?![\d/]|[.,]\d|\s*%|\s+(?!(?:và|đến|của|là|so|trên|do|với"
        r"|theo|về|có|được|đã|cho|tại|trong|nhằm|để|từ|ước|đạt|tăng|giảm)(?![^\W\d_]))[^\W\d_A-ZĐ])",
        "Dự toán [2026]; số liệu",
    ),
    Mask(
        "scheme",
        r"\b(?:Ban [Cc]hỉ đạo|Hệ thống|Tổ công tác"
        r"|Đề án|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị|Chương trình|Luật|Kết luận)\s+(?:số\s+)?"
        rf"\d{{1,4}}(?![A-Za-z\d])(?!\s*%|\s+{_THINGS})",
        "[Đề án 06]",
    ),
    Mask(
        "code",
        r"\b\d\.\d{6}(?:\.\S+)?\b|\b[A-Za-zĐ]{1,6}[.-]?[A-ZĐ]*\d+(?:[.-]\d+)*\b|\b\d+[A-Za-zĐđ]+\d*\b(?!/)"
        r"|\b(?:ISO|IEC|TCVN|QCVN)(?:/[A-Z]+)*\s+\d+(?:-\d+)*(?:\s?:\s?\d{4})?",
        "mã [2.000748]",
    ),
    Mask(
        "telephone",
        r"(?<![\d.,])0\d{2,3}[.\s-]\d{3}[.\s-]?\d{3,4}\b|(?<![\d.,])(?:1800|1900)[.\s]?\d{4}\b|\b0\d{9,10}\b"
        r"|\b(?:ĐT|SĐT|[Ff]ax|[Tt]el|[Hh]otline|[Đđ]iện thoại|[Tt]ổng đài)\s*:?\s*(?:số\s+)?"
        r"\(?\d{2,5}\)?(?:[ .-]\d{2,5}){0,4}(?![\d.,]*%)",
        "gọi [1900 1008]",
    ),
    Mask("grade", r"\b\d(?:\s*(?:-|–|đến)\s*\d)?\s+sao\b(?!\s+chép)", "khách sạn [1 đến 2 sao]"),
    Mask("power of ten", r"(?<=\()10[369]\s(?=[^\W\d_])", "Công suất ([106 ]tấn/năm)"),
    Mask("scale of a map", r"\b1\s?:\s?\d{1,3}(?:\.\d{3})+", "tỷ lệ [1:100.000]"),
    Mask("formula", r"\b[A-Z][A-Za-z]?\*?\d\b|(?<=[A-Z]\*)\d\b", "hàm lượng [H*2]S"),
    Mask(
        "number of a house",
        r"\b[Ss]ố\s+(?:nhà\s+)?\d{1,4}[A-Z]?(?:\s?-\s?\d{1,4})?(?:\s*[,–-]?\s*(?:[Đđ]ường|phố))?\s+"
        r"(?=[A-ZĐ][a-zà-ỹ]+\s+[A-ZĐ])",
        "đền Bạch Mã [số 76 ]Hàng Buồm",
    ),
    Mask(
        "form",
        r"\b[Mm]ẫu(?:\s+số)?(?:(?:\s+|\s*[,;]\s*|\s+và\s+)\d{1,2}[a-zđ]?(?![.,]?\d|\s*%))+"
        r"|\b(?:Mục tiêu|Chỉ tiêu|Nhiệm vụ|Phương án|Nội dung|Tiêu chí|Bước|Quý)\s+\d{1,2}(?=\s*[.:,)](?!\d))"
        r"|\b(?i:kỳ|vòng|lần|tuyến|cụm|tuần|đoàn|đội|khối|bậc)\s+\d{1,2}(?=\s*:\s)",
        "theo [Mẫu 05, 06]; văn bản",
    ),
    # Two digits behind a time before are its value: "giảm 31 so với cùng kỳ (97)".
    Mask(
        "reference",
        r"\(\d\)|(?<!cùng kỳ )(?<!năm trước )(?<!năm (?:19|20)\d\d )\(\d\d\)|\[\d{1,3}\]",
        "cột [(3)]",
    ),
    Mask(
        "heading of a tariff",
        r"(?<![\d.,])0\d\.\d\d(?![\d.,]|\s*%)|\b[Nn]hóm(?:\s+hàng)?\s+\d\d\.\d\d(?![\d.,]|\s*%)",
        "hàng thuộc [Nhóm 98.34]",
    ),
    Mask(
        "item",
        r"(?:(?<=[;:,.]\s)|(?<=[;:,.])|(?<=\n)|(?<=\b(?:và|là)\s)|(?<=gồm\s)|^)\(?(?:\d{1,2}|[a-zđ])\)\s|(?<=\s)\((?:\d{1,2}|[a-zđ])\)\s",
        "gồm: [1) ]hồ sơ",
    ),
    Mask("item of a form", r"(?:(?<=[….]\s)|(?<=…))\d{1,2}\.\s(?=[" + _UPPER + r"])", "họ tên: …… [2. ]Giới tính"),
    Mask("label alone on its line", r"^[ \t]*\d{1,2}(?:\.[1-9]\d?){1,3}[ \t]*$", "[2.1]"),
    Mask("page in a list of contents", r"(?<=[.…]{4})\s*\d{1,4}\b", "Biểu mẫu ........[ 125]"),
    Mask("superscript", r"[⁰¹²³⁴-⁹]+", "98%[⁴⁰]"),
)

_OTHER_RE = re.compile("|".join(f"(?:{mask.pattern})" for mask in MASKS if mask.name != "address"), re.MULTILINE)
#: What an address has, the one mask that may begin anywhere.
_ADDRESS_RE = re.compile(r"@|://|www\.|\.(?:vn|com|net|org)\b")
#: Digits, raised ones too, and how far before them a mask may begin that ends in them, at a bracket or a word
DIGITS_RE = re.compile(r"[\d⁰¹²³⁴-⁹](?:(?<=\d)\d*|(?<!\d)[⁰¹²³⁴-⁹]*)")
_LEAD = 28
_MAY_BEGIN_RE = re.compile(
    r"(?<![^\W\d_])(?:(?P<word>[^\W\d_]{2,})(?=\s)|[^\W\d_])|[(\[]|(?:^|(?<=[.…]))\s", re.MULTILINE
)
#: A mask that begins with a whole word in small letters begins with one of these.
_BEGIN = (
    "biểu báo bước bảng bậc chào chương chỉ cấp cột cụm dòng dịp fax giai giỗ hotline hạng hết hợp khoá khoản khu "
    "khóa khối km kỳ kỷ loại lô lúc lần lễ lớp mùng mẫu mồng mục mức ngày ngách ngõ nhiệm nhóm năm nội phiên phân "
    "phương phần phụ quyển quí quý quốc sau so số tel tháng thôn thứ tiêu tiết tiểu top trước tuyến tuần tập tổ "
    "tổng từ vào vòng vùng điều điểm điện đoàn đoạn đường đến đội đợt ấp"
)
_FIRST_WORDS = frozenset(_BEGIN.split())
#: The label of a provision or of a row (``2. ``, ``“1. ``, ``11.16 Chế độ``, ``76 Găng tay``).
_BARE_LABEL_RE = re.compile(r"^[\s*_>#(“\"‘]*\d{1,4}(?:\.\d{1,3}){0,4}(?:[.)]\s|\s+(?=[" + _UPPER + r"]))")


def masked(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of a text whose figures are no quantity, in no order."""
    yield from _spans_of_masks(text)
    for found in NUMBER_RE.finditer(text):
        if (found["sym"] and not is_ratio(found)) or found["party"] or found["spaced"]:
            yield found.span()
    label = _BARE_LABEL_RE.match(text)
    if label:
        yield label.span()


def _spans_of_masks(text: str) -> Iterator[tuple[int, int]]:
    """What the masks find, tried only where one may begin: most of a text is far from any digit."""
    if _ADDRESS_RE.search(text):
        yield from _spans_everywhere(text)
        return
    at = 0
    for digits in DIGITS_RE.finditer(text):
        near = max(at, digits.start() - _LEAD)
        near = max(near, text.rfind(",", near, digits.start()), text.rfind(";", near, digits.start()))
        begins = (
            one.start()
            for one in _MAY_BEGIN_RE.finditer(text, near, digits.start())
            if one["word"] is None or one["word"] in _FIRST_WORDS or not one["word"].islower()
        )
        for start in (*begins, digits.start()):
            if start >= at and (found := _OTHER_RE.match(text, start)):
                yield found.span()
                at = found.end()


def _spans_everywhere(text: str) -> Iterator[tuple[int, int]]:
    """What the masks find, each tried at each letter."""
    return (found.span() for found in _any_mask().finditer(text))


@lru_cache(maxsize=1)
@patterns_kept()
def _any_mask() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{mask.pattern})" for mask in MASKS), re.MULTILINE)
