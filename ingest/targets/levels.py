"""How a level is meant: at least, at most, growth, decrease, completion; rows of words around a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.figures.quantities import Quantity
from kb.models import Comparator


@dataclass(frozen=True, slots=True)
class LevelRow:
    """Words before and after a number that say how the level is meant; `example` holds the number in brackets."""

    name: str
    before: str
    after: str
    comparator: Comparator
    example: str


_FILL = (
    r"(?:\s*(?:bình quân|cả nước|là|tương ứng|lần lượt|khoảng|hơn|được|mức|ở mức|đạt|trên|từ|tỷ lệ|\d{1,3}%?,?"
    r"|và|[:;,≥≤]))*"
)
#: Between a number and what is said of it: a note's mark, "/năm".
_RATE = r"\s*[⁰¹²³⁴-⁹]*(?:\s*/\s*(?:năm|tháng|quý|người|hộ))?"
#: A word of a unit: "tạ/ha", "m3/ngày".
_WORD = r"[^\W\d_]+[23²³]?(?:/[^\W\d_]+)*"
#: Rows of a sign, which binds where goals are set and elsewhere only describes.
SIGNS = ("at least by sign", "at most by sign")
#: In this order: the first row whose words stand around the number decides.
LEVEL_ROWS: tuple[LevelRow, ...] = (
    LevelRow(
        "at least after",
        r"",
        rf"{_RATE}(?:\s*điểm(?:\s+phần trăm|\s*%)?(?:\s*/\s*năm)?)?\s*trở lên",
        Comparator.AT_LEAST,
        "tăng từ [10%]/năm trở lên",
    ),
    LevelRow(
        "at least after what is reached",
        r"(?:đạt|giảm|tăng)(?:\s+bình quân)?(?:\s+từ)?",
        rf"{_RATE}(?:\s+{_WORD}){{1,3}}\s+trở lên",
        Comparator.AT_LEAST,
        "đạt [16,5] tiêu chí trở lên",
    ),
    LevelRow(
        "at least after its thing",
        r"từ",
        rf"{_RATE}\s+(?:[^.;:()\d]|20\d\d){{2,90}}?\s+trở lên",
        Comparator.AT_LEAST,
        "từ [30%] giao dịch trở lên",
    ),
    LevelRow("at most after", r"", rf"{_RATE}\s*trở xuống", Comparator.AT_MOST, "từ [5%] trở xuống"),
    LevelRow(
        "decrease",
        r"(?:cắt giảm|tinh giản|tinh giảm|giảm|hạ)(?:,?\s+đơn giản hóa)?(?:\s+(?:ít nhất|tối thiểu|hơn|trên"
        r"|khoảng|thêm|từ|được|đủ))*",
        r"",
        Comparator.DECREASE,
        "giảm tối thiểu [10%] số lượng đơn vị",
    ),
    LevelRow(
        "increase",
        r"(?:tăng|gấp)(?:\s+(?:ít nhất|tối thiểu|hơn|trên|khoảng|thêm|từ|lên|trưởng|bình quân))*",
        r"",
        Comparator.INCREASE,
        "mỗi năm tăng tối thiểu [20%]",
    ),
    LevelRow(
        "at least",
        r"(?:tối thiểu|ít nhất|không dưới|không ít hơn|không thấp hơn|thấp nhất)",
        r"",
        Comparator.AT_LEAST,
        "đạt tối thiểu [90%]",
    ),
    LevelRow(
        "at most",
        r"(?:tối đa|không quá|không vượt(?:\s+(?:quá|mức|dự toán|kế hoạch|hạn mức))*|nhiều nhất|cao nhất là)",
        r"",
        Comparator.AT_MOST,
        "không quá [1%] hồ sơ trễ hạn",
    ),
    LevelRow(
        "among the first",
        r"(?:tốp|top)(?:\s+(?:đầu|các|những))?",
        r"",
        Comparator.AT_MOST,
        "lọt vào tốp [10] cả nước",
    ),
    LevelRow(
        "in the group of the first",
        r"nhóm(?:\s+(?:các|những))?",
        r"\s+[^.;()\d]{3,60}?(?:dẫn đầu|đứng đầu|cao nhất|tốt nhất)(?![^\W\d_])",
        Comparator.AT_MOST,
        "nằm trong nhóm [30] tỉnh dẫn đầu",
    ),
    LevelRow(SIGNS[0], r"(?:≥|>=)", r"", Comparator.AT_LEAST, "tỷ lệ lấp đầy: ≥ [75%]"),
    LevelRow(SIGNS[1], r"(?:≤|<=)", r"", Comparator.AT_MOST, "hao hụt ≤ [2%]"),
    LevelRow("more", r"(?:đạt trên|trên|hơn|vượt|(?<![<-])>)", r"", Comparator.MORE, "đạt trên [95%]"),
    LevelRow("less", r"(?:dưới|ít hơn|nhỏ hơn|<(?!-))", r"", Comparator.LESS, "dưới [2%]"),
    LevelRow(
        "decrease of a rate",
        r"giảm\s+(?:tỷ lệ|tỉ lệ|hộ|số)(?:\s+(?!còn|xuống|dưới|đến|đạt|trên|ở|mức|từ|lên)[^\W\d_]+){0,6}",
        r"",
        Comparator.DECREASE,
        "giảm tỷ lệ hộ nghèo [4%]",
    ),
    LevelRow(
        "from",
        r"từ",
        r"(?!\s*[-–]|[^.;,(]{0,60}?\b(?:xuống|lên|đến|còn|tới)\b)",
        Comparator.AT_LEAST,
        "giải ngân đạt từ [85%] kế hoạch",
    ),
)
_COMPILED = tuple(
    (row, re.compile(rf"(?<![^\W\d_]){row.before}{_FILL}\s*$", re.IGNORECASE) if row.before else None,
     re.compile(row.after) if row.after else None)
    for row in LEVEL_ROWS
)  # fmt: skip
#: Places among others.
RANKS = frozenset({"among the first", "in the group of the first"})
#: Words that only tell how much, not that anything is required.
REQUIRING = frozenset(
    {
        "at least after",
        "at least after its thing",
        "at least after what is reached",
        "at most after",
        "at least",
        "at most",
    }
)


@lru_cache(maxsize=4096)
def read_level(text: str, start: int, end: int) -> tuple[Comparator, str]:
    """How the number ``text[start:end]`` is meant, and the name of the row that said so (``plain`` for none).

    >>> text = "giảm tối thiểu 10% số lượng đơn vị"
    >>> read_level(text, 15, 18)[0].value
    'decrease'
    """
    left = text[max(0, start - 60) : start]
    for row, before, after in _COMPILED:
        if before is not None and not before.search(left):
            continue
        if after is not None and not after.match(text, end):
            continue
        return row.comparator, row.name
    return Comparator.EQUAL, "plain"


def joined(sentence: str, levels: list[tuple[Quantity, Comparator]]) -> list[tuple[Quantity, Comparator]]:
    """Levels of which a plain one that ``và`` joins to another is meant as that: ``giảm 10% số … và 10% số …``."""
    done: list[tuple[Quantity, Comparator]] = []
    for quantity, comparator in levels:
        if done and comparator is Comparator.EQUAL:
            before, meant = done[-1]
            between = sentence[before.end : quantity.start]
            if re.fullmatch(r"[^.;:()]*(?:\bvà|,)\s*", between) and meant in (
                Comparator.DECREASE,
                Comparator.INCREASE,
            ):
                comparator = meant
        done.append((quantity, comparator))
    return done


#: A level within the description of a counted thing: "60 doanh nghiệp có doanh thu đạt 20 triệu USD".
_DESCRIBES_RE = re.compile(
    r"(?P<thing>[^;:.()]*?)(?<![^\W\d_])(?:có|với)\s[^,;:.()]*?(?<![^\W\d_])"
    r"(?:(?:đạt|từ|trên|dưới|hơn|tối thiểu|ít nhất|không quá|khoảng|là|mức)\s*)+$"
)
_WITHIN_RE = re.compile(
    r"\s[^;:.,()]{4,}(?<![^\W\d_])(?:được|có)\s[^;:.,()]*(?<![^\W\d_])(?:ít nhất|tối thiểu|từ|trên|không quá)\s+"
)
#: One more noun of a list that stands before what it has.
_NOUNS_RE = re.compile(r"(?:\s*[^\W\d_]+){1,4}\s*")


#: "kiểm tra tại 120 cơ sở, trong đó Bộ kiểm tra 20 cơ sở, Sở kiểm tra 100 cơ sở": who does how many of a level.
_OF_WHICH_RE = re.compile(r"[^;.]{0,60}?\b(?:trong đó|gồm)\b[^;.\d]*")


def _without_shares(sentence: str, levels: list[tuple[Quantity, Comparator]]) -> list[tuple[Quantity, Comparator]]:
    """The levels without the counts behind the last level that has parts, where they make it."""
    for at, (whole, _) in enumerate(levels):
        parts = [one for one, _ in levels[at + 1 :]]
        if whole.percent or len(parts) < 2 or any(one.percent or one.of for one in (whole, *parts)):
            continue
        total = sum(Decimal(one.value) for one in parts)
        if total == Decimal(whole.value) and _OF_WHICH_RE.fullmatch(sentence, whole.end, parts[0].start):
            return levels[: at + 1]
    return levels


def without_descriptions(
    sentence: str, levels: list[tuple[Quantity, Comparator]]
) -> list[tuple[Quantity, Comparator]]:
    """The levels without those that only describe the things which the level before counts.

    >>> from ingest.figures.quantities import find_quantities
    >>> text = "Có 20 xã có tỷ lệ hộ nghèo dưới 1%, trong đó có 5 xã đảo"
    >>> levels = [(one, Comparator.EQUAL) for one in find_quantities(text)]
    >>> [one.value for one, _ in without_descriptions(text, levels)]
    ['20', '5']
    """
    done: list[tuple[Quantity, Comparator]] = []
    last: Quantity | None = None
    for quantity, comparator in _without_shares(sentence, levels):
        found = _DESCRIBES_RE.fullmatch(sentence[last.end : quantity.start]) if last else None
        if (
            last
            and last.percent
            and not quantity.percent
            and _WITHIN_RE.fullmatch(sentence[last.end : quantity.start])
        ):
            continue  # "70% phụ nữ được khám ít nhất 4 loại bệnh"
        things = found["thing"].split(",") if found else []
        if things and things[0].strip() and all(_NOUNS_RE.fullmatch(one) for one in things[1:]):
            continue
        done.append((quantity, comparator))
        last = quantity
    return done


#: What may not stand before "mục tiêu": "Chương trình mục tiêu quốc gia", "bổ sung có mục tiêu", "thị trường mục
#: tiêu" are names.
_OF_NAMES = ("trình\\s", "sung\\scó\\s", "trợ\\scó\\s", "trường\\s", "nhóm\\s")
#: The word for a goal, which is no part of a name.
GOAL = "".join(f"(?<!{words})" for words in _OF_NAMES) + "mục tiêu"
_OF_NAME = "".join(f"(?<!{words}.)" for words in _OF_NAMES)
#: Words before a number that say it is to be reached; "102% chỉ tiêu" only tells how much of it was, unless the
#: level follows. Their first letters are looked for, then what stands before.
MODAL_RE = re.compile(
    rf"(?-i:[pPmMcCđĐyYlLdDsSbBqQ])(?<=\b.)(?:(?<=p)h(?:ấn đấu|ải đạt)|(?<=m)(?<!\d\s.){_OF_NAME}ục tiêu"
    r"(?:(?<!%\smục\stiêu)|(?=\s+\d))|(?<=c)(?<!\d\s.)hỉ tiêu(?:(?<!%\schỉ\stiêu)|(?=\s+\d))"
    r"(?! xét| biên chế| tuyển|, nhiệm vụ)|(?<=đ)(?:ặt|ề) ra yêu cầu"
    r"|(?<=y)êu cầu(?=\s+(?:đạt|tối thiểu|hoàn thành|phải|(?:(?:đặt|đề) ra\s+)?là\s|\d))|(?<=l)ộ trình"
    r"|(?<=d)ự kiến(?=\s+(?:sẽ|đạt|đến|tiếp tục|giảm|tăng|hoàn thành|có|tỷ|tỉ|\d))"
    r"|(?<=q)uyết tâm(?=\s+(?:giải ngân|đạt|đưa|giảm|tăng|nâng|hoàn thành \d))"
    r"|(?<=s)ẽ (?:tiếp tục\s+)?(?:giảm|tăng|đạt|hoàn thành)"
    r"|(?<!đã .)(?<!luôn .)(?:(?<=b)ảo|(?<=đ)ảm) đảm (?:đạt )?(?=\d))",
    re.IGNORECASE,
)
#: One of these stands wherever `MODAL_RE` finds something: most sentences need no closer look.
_MODAL_HINTS = (
    "phấn đấu",
    "mục tiêu",
    "chỉ tiêu",
    "yêu cầu",
    "lộ trình",
    "dự kiến",
    "sẽ ",
    "phải đạt",
    "quyết tâm",
    "đảm ",
)


@lru_cache(maxsize=2048)
def modal_ends(sentence: str) -> tuple[int, ...]:
    """Where the words of a sentence end that say its numbers are to be reached; asked for each number of it."""
    small = sentence.lower()
    found = MODAL_RE.finditer(sentence) if any(hint in small for hint in _MODAL_HINTS) else ()
    return tuple(one.end() for one in found)


#: The same in papers that order and plan; a report tells with these words what was seen to.
ORDER_RE = re.compile(
    r"(?<!đã )(?<!luôn )(?<!nhằm )\b(?:(?:bảo đảm|đảm bảo|yêu cầu|phải)\s+(?:đạt|giải ngân|hoàn thành|có|duy trì"
    r"|tỷ lệ|tỉ lệ|ít nhất|tối thiểu|trên|cho|\s)*|(?:bảo|đảm) (?:đảm|bảo)\s(?:[^,;.:()\d]|20\d\d){4,80}\sđạt\s"
    r"(?:ít nhất|tối thiểu|trên|từ|khoảng|\s)*)(?=\d)",
    re.IGNORECASE,
)
#: Verbs that a share follows where goals are listed: "bãi bỏ 100% điều kiện".
DOES_RE = re.compile(
    r"\b(?:bãi bỏ|hoàn thành|công khai|cung cấp|thực hiện|bảo đảm|đảm bảo|duy trì|kết nối|số hóa|triển khai"
    r"|giải quyết|xử lý|số hoá|đơn giản hoá|tiết kiệm|thêm"
    r"|phủ sóng|cắt giảm|đơn giản hóa|rà soát|cấp|có|giữ vững|nâng lên|kiểm tra|đưa|thu hút|sử dụng|tái cấu"
    r" trúc)\s*$",
    re.IGNORECASE,
)
#: A task of a plan right before its share: "Giải quyết 100% đơn", "xử lý dứt điểm 100% điểm đen".
TASK_RE = re.compile(
    r"(?:^|[.;:,]\s+|\bvà\s+)[\s*_+•–-]*(?:\(?\w{1,4}[.)]\s+)?(?:(?:giải quyết"
    r"|giải ngân|hoàn thành|phân bổ|phân khai|bàn giao|vận động|chỉnh lý|tiết kiệm|cắt giảm|chi trả"
    r"|kiểm tra|rà soát|xử lý|xóa|xoá|thu hồi"
    r"|lắp đặt|cập nhật|số hóa|số hoá|công khai|di dời|khắc phục|thẩm định|cấp|phủ sóng|tiêm phòng|quản lý"
    r"|thanh tra|tái cấu trúc|đào tạo|tập huấn|bồi dưỡng|kết nối|trang bị|thay thế|sửa chữa|xếp hạng lại"
    r"|thu gom|tiếp nhận)"
    r"(?:,?\s+(?:chi tiết|thêm|dứt điểm|xong|đạt|đủ|hết|lại|bỏ|phân loại|,?\s*(?:xử lý|bồi dưỡng|giải quyết"
    r"|kiểm tra|cấp)))*)\s+$",
    re.IGNORECASE,
)
#: An item that sets a thing to be done without a number begins with one of these.
COMPLETION_RE = re.compile(
    r"^[\s*_“\"+•–-]*(?:[a-zđ]\)|\(?\d{1,2}[.)])?\s*(?:(?:Cơ bản|Phấn đấu|Tiếp tục|Đến năm \d{4},?)\s+)?"
    r"(?:hoàn thành|hoàn thiện|phân định|xây dựng|thiết lập|triển khai|số hóa|nâng cao|bảo đảm|đảm bảo|cắt"
    r" giảm|đưa|kiện toàn"
    r"|rà soát|thực hiện|duy trì|phát triển|hình thành|chuyển đổi|giải quyết|sắp xếp|tinh gọn|không để|chấm dứt"
    r"|kiềm chế|xóa bỏ)\b",
    re.IGNORECASE,
)
#: "đạt 88%, kế hoạch đề ra 85%"; "giảm 06 đoàn so với kế hoạch 20 đoàn".
AGAINST_RE = re.compile(
    r"(?:\b(?:(?:thấp hơn|cao hơn|vượt)\s+)?(?:mức\s+)?"
    r"(?:kế hoạch|nghị quyết|chương trình|đề án)\s+(?:(?:số\s+)?\d[^\s,;.]{0,20}\s+)?"
    r"(?:của\s+(?:[^\W\d_]+\s+){1,5}?)?(?:năm\s+(?:20\d\d\s+)?)?(?:đề ra|đặt ra|giao|yêu cầu)"
    r"|\b(?:(?:thấp hơn|cao hơn|vượt)\s+)?"
    r"mức\s+(?:yêu cầu|đề ra|đặt ra)\s+(?:của|tại|theo)\s+(?:[^\W\d_]+\s+){1,6}?là"
    r"|\bso với\s+(?:mức\s+)?(?:kế hoạch|yêu cầu|chỉ tiêu|mục tiêu)(?:\s+(?:đề ra|đặt ra|được giao|giao|năm))*)"
    r"(?:\s+(?:là|đạt|từ|trên|dưới|ít nhất|tối thiểu|giảm|tăng|không quá))*\s*$",
    re.IGNORECASE,
)
