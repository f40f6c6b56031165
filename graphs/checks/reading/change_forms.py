"""Forms in which a change is told with two values: since an earlier one, from one to another, without by how much.

Each form is a row with a sentence that has it; `graphs.checks.reading.moved` reads them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graphs.checks.reading.forms import BARE, SIGN, WORDS, Form, Match, Signs
from kb.models import Figure

UP = r"tăng|cao hơn|nhiều hơn|lớn hơn|vượt|thêm|nâng|mở rộng"
DOWN = r"giảm|thấp hơn|ít hơn|kém hơn|bớt|hụt|hạ|rút ngắn|cắt giảm"
_WAY = rf"\b(?P<way>{UP}|{DOWN})(?:\s+(?:thêm|được|là|tới|đi|khoảng|gần|hơn))*\s*"
_TIMES = r"\b(?P<way>gấp)(?:\s+(?:khoảng|gần|hơn))*\s*"
_MORE = (
    r"(?<!nhanh )(?<!sớm )(?<!chậm )(?<!ngắn )(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!lớn )\b(?P<way>hơn|kém)\s+"
)
_SINCE = r"so với(?:\s+(?:mức|con số|số))?\s*"
_TIME = (
    r"(?:cùng kỳ|năm|quý|tháng|trước|đầu|cuối|thời điểm|kế hoạch|dự toán|chỉ tiêu|mục tiêu|ước|nhiệm kỳ|giai đoạn"
    r"|bình quân|vụ|niên vụ|mùa|\d{1,2}/\d{1,2}/\d{4})"
)
_WHEN = rf"{WORDS}{{0,40}}?\b{_TIME}\b{WORDS}{{0,40}}?"
#: A time before: it may name the value in a bracket without "so với".
_BEFORE = r"(?:cùng kỳ|năm(?: học)? trước|nhiệm kỳ trước|kỳ trước|trước đó|năm\s+(?:19|20)\d\d)"
_OPEN = rf"\(\s*(?:{BARE}{{0,20}}?(?:(?:19|20)\d\d)?{BARE}{{0,20}}?:?\s*)?"
#: A time and nothing behind a comma; it leads to its value by few words.
_NEAR = rf"(?:(?!,|\bvà\b){WORDS})"
_WHEN_IS = rf"{_NEAR}{{0,40}}?\b{_TIME}\b{_NEAR}{{0,30}}?(?:là|đạt|có|ở mức|\s)\s*"
_NO_PLAN = rf"(?={BARE}{{0,30}}(?:[,.;)]|$))(?!{BARE}{{0,20}}(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|so với))"
#: A time before that names its value behind a stop: "(cùng kỳ 345 vụ), tăng 9%", "; năm trước 345 vụ; tăng 9%".
_PAST = (
    r"(?:(?:cùng kỳ|năm|kỳ|quý|tháng)(?:\s+năm)?\s+(?:trước|ngoái|(?P<year>(?:19|20)\d\d))|cùng kỳ)"
    r"(?:\s*(?:chỉ|là|đạt|có|thu|còn|ở mức|:|(?:tỷ lệ|con số|số|mức) (?:này|đó)))*\s*"
)
_CLOSE = rf"{BARE}{{0,30}}?(?:,[^()]{{0,40}})?\)"
_TO = r"\b(?<!trở )(?P<to>lên(?: đến)?|xuống(?: còn)?|giảm còn|còn)\s*"
_SO = r",?\s*\(?\s*(?:(?:tức|tương ứng|tương đương|hay|như vậy|và|bằng|tỷ lệ)\s*(?:là\s*)?)?"

#: "…, bằng 46% kế hoạch", "…, bằng 91% cùng kỳ": a share of what is to be reached, or of what was, is no change.
_NO_SHARE = (
    r"(?!\s*(?:so với\s+|của\s+)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|tổng|số|KH|DT)\b)"
    r"(?!\s*(?:của\s+)?(?:cùng kỳ|năm trước)\b)"
)
#: A change told as a share too.
_SHARE = (
    rf"(?:{BARE}{{0,30}}?(?:\(\s*|,\s*)(?:tức|tương ứng|tương đương|bằng|tỷ lệ|giảm|tăng|với|là|\s){{0,4}}"
    r"{share}\)?)?"
)
#: A change since an earlier value; the later value is sought before it.
SINCE_FORMS: tuple[Form, ...] = (
    Form(
        rf"{_WAY}{{change}}~{_SINCE}{_WHEN}{_OPEN}{{earlier}}{_CLOSE}{_SO}(?:tăng|giảm)?\s*{{share}}{_NO_SHARE}",
        "giảm 28 tỷ so với 31/12/2021 (712 tỷ), tương ứng giảm 3,9%",
    ),
    Form(
        rf"{_WAY}{{change}}{_SHARE}~{_SINCE}{_WHEN}{_OPEN}{{earlier}}{_CLOSE}",
        "tăng 3 con (2%) so với cùng kỳ (150 con)",
    ),
    Form(rf"{_TIMES}{{change}}~{_SINCE}{_WHEN}{_OPEN}{{earlier}}{_CLOSE}", "gấp 2 lần so với năm 2021 (40.000)"),
    Form(
        rf"{_WAY}{{change}}{_SHARE}~{_SINCE}{{earlier}}{_WHEN}(?=[,.;)]|$)",
        "giảm 68 đơn vị so với 740 của năm 2021",
    ),
    Form(
        rf"{_SINCE}{_WHEN}{_OPEN}{{earlier}}{_CLOSE}\s*,?\s*(?:thì\s+)?{_WAY}{{change}}",
        "so với năm 2023 (80) tăng 5%",
    ),
    # Behind "và" a change is since another time: "vượt 6 đơn so với 50 đơn của kế hoạch và tăng 9%".
    Form(rf"{_SINCE}{{earlier}}{_WHEN},?\s*(?<!\bvà ){_WAY}{{change}}", "so với 52 đơn của năm 2018 tăng 9%"),
    Form(
        rf"{_SINCE}(?:cùng kỳ\s+)?năm\s+(?:trước|(?:19|20)\d\d)\s*,?\s*{_WAY}{{change}}{BARE}{{0,20}}"
        rf"\(\s*{{earlier}}(?!~(?:so với|từ)){BARE}{{0,12}}\)",
        "so với năm 2019 giảm 05 đoàn (51 đoàn)",
    ),
    Form(
        rf"{_WAY}(?:{_SINCE})?{_BEFORE}~{_OPEN}{{earlier}}{_CLOSE}\s*là\s*{{change}}",
        "cao hơn năm 2022 (90%) là 2 điểm",
    ),
    Form(
        rf"{_WAY}(?:{_SINCE})?{_BEFORE}\s*(?:là\s*)?{{change}}{BARE}{{0,20}}{_OPEN}{{earlier}}{_CLOSE}",
        "ít hơn cùng kỳ 22 lượt (140 lượt)",
    ),
    Form(
        rf"{_WAY}{{change}}{BARE}{{0,20}}\(\s*{_BEFORE}{BARE}{{0,20}}?{{earlier}}{_CLOSE}",
        "tăng 02 vụ (cùng kỳ 12 vụ)",
    ),
    Form(
        rf"{_WAY}{{change}}{_SHARE}~{_SINCE}{_WHEN_IS}{{earlier}}{_NO_PLAN}",
        "giảm 14 tỷ so với năm 2022 là 110 tỷ",
    ),
    Form(
        rf"(?P<open>[(,;])\s*(?P<this>trong khi\s+|con số (?:này|đó)\s+)?{_PAST}{{earlier}}{BARE}{{0,40}}?\)?\s*"
        rf"[,;(]\s*(?:(?:tức|như vậy|nghĩa là|tương ứng|hay)\s+)?(?:(?:năm|kỳ) (?:nay|này)\s+)?(?:là\s+|đã\s+)?"
        rf"{_WAY}{{change}}"
        rf"(?!{BARE}{{0,30}}so với)",
        "312 lượt (cùng kỳ 345 lượt), giảm 33 lượt",
    ),
    Form(
        rf"(?P<open>[(,;])\s*(?P<this>trong khi\s+|con số (?:này|đó)\s+)?{_PAST}{{earlier}}{BARE}{{0,40}}?\)?\s*"
        rf"[,;(]\s*(?:(?:tức|như vậy|nghĩa là|hay)\s+)?(?:là\s+|đã\s+)?{_TIMES}{{change}}(?!{BARE}{{0,30}}so với)",
        "840 lượt, năm trước 400 lượt, gấp 2,1 lần",
    ),
    Form(
        rf"{_MORE}(?:{_SINCE})?{_BEFORE}~{_OPEN}"
        rf"{{earlier}}{_CLOSE}\s*(?:là\s*)?{{change}}",
        "hơn năm 2020 (85,92%) 1,24 điểm phần trăm",
    ),
    Form(
        rf"{_MORE}(?:{_SINCE})?{_BEFORE}\s*(?:là\s*)?{{change}}{BARE}{{0,20}}{_OPEN}{{earlier}}{_CLOSE}",
        "kém năm trước 53 em (năm trước 267 em)",
    ),
)
#: More or less than an earlier value, without by how much.
MORE_FORMS: tuple[Form, ...] = (
    Form(
        rf"\b(?P<way>(?:cao|thấp|nhiều|ít|lớn) hơn){_WHEN}{_OPEN}{{earlier}}{_CLOSE}(?!\s*là\s)",
        "cao hơn năm 2025 (37,1%)",
    ),
    Form(
        rf"\b(?P<way>tăng|giảm)\s+từ\s*{{earlier}}{_WHEN}(?=[,.;)]|$)(?!{WORDS}{{0,60}}\b(?:lên|xuống|còn|đến)\b)",
        "40 trường hợp, giảm từ 97 trường hợp của năm 2022",
    ),
    Form(rf"\b(?P<way>tăng|giảm)\s+{_SINCE}{_WHEN}{_OPEN}{{earlier}}{_CLOSE}", "tăng so với năm 2025 (37,1%)"),
    Form(
        r"\b(?P<way>tăng|giảm|(?:cao|thấp|nhiều|ít|lớn) hơn)\s+"
        rf"(?:{_SINCE})?{{earlier}}{BARE}{{0,20}}?\bcủa\s+"
        rf"{_WHEN}(?=[,.;)]|$)",
        "giảm so với 691 nghìn tấn của năm trước",
    ),
    Form(
        rf"\b(?P<way>(?:cao|thấp|nhiều|ít|lớn) hơn)\s+(?:mức|tỷ lệ|con số)\s+{{earlier}}{BARE}{{0,20}}?\bcủa\s+"
        rf"{_BEFORE}",
        "đạt 4,1%, thấp hơn tỷ lệ 5,7% của năm 2020",
    ),
)
#: Words of a clause that tell of one thing, and of no change.
_SAME = rf"(?:(?!,|\btăng\b|\bgiảm\b|\btrong đó\b){BARE})"
_FROM = r"\btừ\s*{earlier}"
#: Behind a value its share, or what it is of: "(12,4%)", "(cuối năm; 14/190 hộ)".
_ASIDE = r"(?:\s*\([^()]{0,60}\)\s*)?"
_UNTIL = rf"(?:{_TO}|\bđến\s*){{later}}"
#: From one value to another, and the change behind, between or before them.
FROM_FORMS: tuple[Form, ...] = (
    Form(rf"{_FROM}…{_ASIDE}{_UNTIL}…{_ASIDE}{_SO}{_WAY}{{change}}", "từ 40 ngày xuống 30 ngày, tức giảm 25%"),
    Form(
        rf"{_FROM}…,\s*(?:đến|sang|nay)\b~{_TO}{{later}}…{_ASIDE}{_SO}{_WAY}{{change}}",
        "từ 80 máy năm 2022, đến năm 2024 số máy lên 100 máy, tăng 25%",
    ),
    Form(rf"{_FROM}…{_UNTIL}…{_SO}{_TIMES}{{change}}", "từ 20 triệu đồng lên 35 triệu đồng, gấp 1,75 lần"),
    Form(
        rf"{_FROM}…{_UNTIL}…{_SO}(?:{UP}|{DOWN})\s*{{by}}…{_SO}{_TIMES}{{change}}",
        "từ 20 lên 35, thêm 15, gấp 1,75 lần",
    ),
    Form(
        rf"{_FROM}…{_UNTIL}…,?\s*{_WAY}{{by}}{BARE}{{0,30}}?(?:\(\s*)?{_SO}(?:tăng|giảm)?\s*{{change}}\s*(?=[,.;)]|$)",
        "từ 120 phòng còn 96 phòng, giảm 24 phòng (tương ứng 20%)",
    ),
    Form(rf"{_FROM}…{_WAY}{{change}}…,?\s*{_TO}{{later}}", "từ 580 hộ giảm 490 hộ, còn 90 hộ"),
    Form(
        rf"{_SINCE}{_WHEN}{_OPEN}{{earlier}}{_CLOSE}\s*,?~{_WAY}{{change}}{BARE}{{0,30}},\s*(?:xuống\s+)?(?:còn|đạt|lên)\s*"
        r"{later}",
        "so với năm 2022 (345 hộ), số hộ nghèo giảm 33 hộ, còn 312 hộ",
    ),
    Form(
        rf"{_WAY}{{change}}{BARE}{{0,40}}(?:\(|,)\s*(?:(?:nâng|đưa|hạ|kéo|tức|cụ thể)\s(?:(?!,){BARE}){{0,30}}?)?"
        rf"{_FROM}…{_UNTIL}",
        "giảm 07 cơ quan (từ 21 cơ quan còn 14",
    ),
    Form(
        rf"\b(?:tỷ lệ|chiếm)\s*{{earlier}}\s*[,;]\s*(?:đến\s+)?(?:cuối|nay|hết|hiện)\b{WORDS}{{0,40}}?{{count}}"
        rf"{BARE}{{0,20}},\s*(?:tỷ lệ|chiếm)\s*{{later}}\s*,\s*(?:tăng|giảm)\s*{{by}}{BARE}{{0,20}}{_SO}{_WAY}"
        r"{change}\s*(?=điểm)",
        "đầu năm 90 hộ, tỷ lệ 9,0%; cuối năm còn 70 hộ, tỷ lệ 7,0%, giảm 20 hộ, tương ứng giảm 2,0 điểm phần trăm",
    ),
    Form(
        rf"{_WAY}{{change}}{WORDS}{{0,60}}(?:\(|:)\s*{{later}}{BARE}{{0,30}}?\bso với\s+"
        rf"(?:(?:cùng kỳ|mức)\s+)?{{earlier}}{BARE}{{0,30}}(?=[).;,]|$)",
        "giảm 8 vụ (23 vụ so với 31 vụ)",
    ),
    Form(
        rf"\b(?:cùng kỳ|(?:cùng kỳ )?năm (?:trước|ngoái|(?P<y1>(?:19|20)\d\d)))(?P<l1>{_SAME}{{0,40}}?){{earlier}}"
        rf"(?P<one>{_SAME}{{0,60}})[,;]\s*(?:đến\s+)?(?:năm nay|kỳ này|nay|năm (?P<y2>(?:19|20)\d\d))"
        rf"(?P<l2>{_SAME}{{0,24}}?){{later}}(?P<other>{_SAME}{{0,60}}?),?\s*\(?(?:(?:tức|như vậy|nghĩa là)\s+)?"
        rf"{_WAY}{{change}}(?!~(?:so với|cùng kỳ|kế hoạch))",
        "năm 2021 có 15 trạm; năm 2022 có 18 trạm, tăng 03 trạm",
    ),
)
#: From one value to another: the words for the way, and the numbers.
TO_FORMS: tuple[Form, ...] = (
    Form(
        r"(?:\b(?P<way>tăng|giảm|nâng|hạ|rút ngắn)(?:\s+(?:mạnh|nhanh|dần|đều|rõ rệt))?,?\s*)?"
        rf"{_FROM}…{_TO}{{later}}",
        "tăng từ 41 xã lên 46 xã",
    ),
)
#: What is told now and what was, in one: "giảm 02 người (11/13)".
PAIR_FORM = Form(rf"{_WAY}{{change}}{BARE}{{0,30}}\(\s*{{pair}}{BARE}{{0,25}}\)", "giảm 06 vụ (38/44 vụ)")

#: Behind a change or the value that it is since: the same as a share, and of nothing else.
_SINCE_PLAN_RE = re.compile(
    r"[^,;.()]{0,40}\bso với\s+(?:mức\s+)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|yêu cầu)\b", re.IGNORECASE
)
_RATE_RE = re.compile(
    rf"(?:(?!,){BARE}){{0,30}}?(?:\(\s*|,\s*)(?:(?:hay|và)\s+)?"
    r"(?:tức|tương ứng|tương đương|bằng|hay|(?<=\()tỷ lệ)\s+"
    rf"(?:(?:với|tỷ lệ|là|tăng|giảm|khoảng)\s+){{0,3}}(?P<share>{SIGN})\s*(?:[,.;)(]|$|so với)",
    re.IGNORECASE,
)


def share_behind(signs: Signs, *places: int) -> Figure | None:
    """The rate of a change that is told right behind one of some places."""
    found = next((found for at in places if (found := _RATE_RE.match(signs.text, at))), None)
    return signs.of(found["share"]) if found and not signs.of(found["share"]).bound else None


#: Words between a year and its value that say nothing of what it is.
_LINK_RE = re.compile(r"\b(?:là|có|đạt|còn|ước|xảy ra|thực hiện|toàn tỉnh|toàn huyện|cả tỉnh|được giao|chỉ)\b|,")
_YEARS_RE = re.compile(r"(?:19|20)\d\d")


def _is_since_plan(signs: Signs, match: Match) -> bool:
    """Whether a change behind an earlier value says that it is since a plan.

    ``tăng 0,5% so với năm 2023 (61,0%), vượt 0,2% so với chỉ tiêu 61,3%``: 0,2 is nothing of 61,0.
    """
    change = match.figures.get("change")
    if change is None:
        return False
    at, earlier = (signs.text.index(signs.sign(one)) for one in (change, match.figures["earlier"]))
    return earlier < at and _SINCE_PLAN_RE.match(signs.text, at + 1) is not None


def is_of_another(signs: Signs, match: Match) -> bool:
    """Whether what seems an earlier value is of a year no earlier than its sentence, or the change of a plan."""
    if _is_since_plan(signs, match):
        return True
    year = match.words.get("year")
    if not year:
        return False
    years = _YEARS_RE.findall(signs.text, signs.sentence_start(match.start), match.start)
    return any(one <= year for one in years) or (
        not years and match.words.get("open") != "(" and not match.words.get("this")
    )


def said_alike(match: Match, one: str, other: str) -> bool:
    """Whether the words at two places of a form say the same, as far as both say anything."""
    first, second = (_LINK_RE.sub("", match.words.get(name, "")).strip() for name in (one, other))
    return first.startswith(second) or second.startswith(first)


_PERSONS_RE = re.compile(
    r"(?:công chức|cán bộ|viên chức|đảng viên|giáo viên|hội viên|đoàn viên|học sinh|lao động|cá nhân|đối tượng)\b"
)


def persons_before(signs: Signs, at: int, earlier: Figure) -> Figure | None:
    """The one count of a clause that is of persons, as an earlier one is: ``14 công chức …; giảm 5 người``."""
    told = [figure for _, figure in signs.before(at)]
    if len(told) != 1 or earlier.unit != "người" or not _PERSONS_RE.match((told[0].unit or "").lower()):
        return None
    return None if told[0].of or told[0].bound else replace(told[0], unit=earlier.unit)
