"""The words that open an answer to a goal, those that judge it, and those by which one speaks of the other."""

from __future__ import annotations

import re

from graphs.checks.goals.reckoned_verdicts import NUMBER

_GOAL = r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|yêu cầu|kế hoạch|dự toán|tiêu chí|cam kết)"
_ASKED = r"mục tiêu|chỉ tiêu|nhiệm vụ|yêu cầu|kế hoạch|dự toán"
_GIVEN = (
    r"(?:(?:này|trên|đó|nêu trên|nói trên|đã đề ra|đề ra|đặt ra|được giao|giao|nghị quyết|năm(?:\s+20\d\d)?)\s+)*"
)
_SO = r"(?:như vậy|như thế|do đó|do vậy|vì vậy|vì thế|vì lẽ đó|bởi vậy|tức(?:\s+là)?|nghĩa là|nên|theo đó|qua đó)"
#: Words that say an answer follows.
OPENS = (
    r"(?:kết quả(?!\s+(?:cần|phải|mong))|(?:trên\s+)?thực tế|đến\s+(?:nay|hạn|thời\s+(?:điểm|hạn)|ngày|\d{1,2}/\d"
    r"|hết|cuối|tháng|đầu|quý|năm)|nay|(?:năm|thời gian)\s+qua|(?:cuối|hết|kết\s+thúc)\s+(?:năm|quý|kỳ|đợt)"
    r"|năm\s+20\d\d|(?:sau\s+)?\d{1,2}\s+tháng|tính\s+đến|cho\s+đến\s+nay|hiện(?:\s+(?:nay|tại|có|đã"
    r"|mới))?|mới|chỉ(?!\s+(?:tiêu|số)(?!\w))|đã|ước|thực hiện|đạt"
    r"|đối chiếu|theo\s+(?:kết quả|số liệu|thống kê)|qua\s+(?:khảo sát|rà soát|kiểm tra|điều tra|đánh giá)|lũy kế"
    r"|luỹ kế|cả năm|trong\s+(?:năm|kỳ)|toàn\s+(?:tỉnh|huyện|xã|thành phố|ngành))"
)
#: The day of the goal before: what stands behind answers it, judged or not.
BY_THEN_RE = re.compile(
    r"\W*đến\s+(?:thời\s+)?(?:hạn|điểm)\s+(?:trên|đó|này|nêu trên|nói trên|quy định)(?![^\W\d_])", re.IGNORECASE
)
#: The same farther behind in a clause that a semicolon joins: "…; số vụ thực tế giảm 7,4%".
SOON_RE = re.compile(
    r"(?:\s*[^\W\d_]+){1,7}?\s(?:thực tế|kết quả|đến nay|hiện nay|mới|chỉ|đã|thực hiện(?:\s+được)?"
    r"|đạt(?:\s+được)?|là|có)\s",
    re.IGNORECASE,
)
#: What sums up the goal before, whatever its words are.
SUMS_RE = re.compile(
    r"\W*(?:kết quả(?!\s+của)|thực tế|đối chiếu|đến\s+(?:thời\s+)?(?:hạn|điểm)"
    r"|[^.;\d]{0,30}\b(?:tỷ lệ|tỉ lệ|con số|chỉ số|mức|số)\s+(?:này|đó))(?![^\W\d_])",
    re.IGNORECASE,
)
#: A body or a paper asks for something, or something is called a goal.
ASKS_RE = re.compile(
    rf"(?<![^\W\d_])(?<!%\s)(?:(?:đề ra|đặt ra|đặt(?=\s+(?:mục|chỉ|kế|nhiệm|yêu)\s)"
    r"|(?<!bàn )(?<!chuyển )(?<!tiếp )giao"
    r"(?!\s+(?:thông|dịch|lưu|ban|nhận|đấu|tiếp|mùa|thương|đất|rừng|khu|khoán|nộp|quân))"
    r"|(?<!theo )(?:yêu cầu|quy định)|phấn đấu|cam kết"
    rf"|(?<!không )(?<!số )(?<!số việc )(?<!số tiền )phải)(?:\s+(?:{_ASKED}))?|{_ASKED})(?![^\W\d_])"
    r"(?!\s+(?:quốc gia|kinh tế|tiếp theo|trọng tâm|trên|này|khác|đó|số|chi tiết|phối hợp)(?![^\W\d_]))",
    re.IGNORECASE,
)
#: The place that was reached.
PLACE_RE = re.compile(
    r"(?:xếp(?:\s+hạng)?|đứng|hạng)\s+(?:thứ\s+)?(?P<at>\d{1,3})(?:/\d{1,3})?(?!\d|[.,/]\d)", re.IGNORECASE
)
NAMES_GOAL_RE = re.compile(r"(?<![^\W\d_])(?:mục tiêu|chỉ tiêu|nhiệm vụ|yêu cầu)(?![^\W\d_])", re.IGNORECASE)
#: A rate of the plan: what was reached is told, if not judged.
OF_PLAN_RE = re.compile(
    rf"\b(?:bằng|đạt|tương đương)\s+{NUMBER}\s*%\s+(?:so với\s+)?(?:kế hoạch|chỉ tiêu|dự toán"
    rf"|mục tiêu)(?![^\W\d_])"
    r"(?!\s+(?:\d|quý|tháng|năm\s+20))",
    re.IGNORECASE,
)
#: What was reached, told plainly right behind: "…; thực tế 98,6%".
PLAINLY_RE = re.compile(
    r"\W*(?:kết quả|(?:trên )?thực tế|(?:ước )?thực hiện)(?:\s+(?:là|đạt|được|còn|có|cả năm"
    r"|năm 20\d\d))*\s*:?\s+\d",
    re.IGNORECASE,
)
_TURNS = r"(?:nhưng|tuy nhiên|song|còn|thế nhưng)"
ANSWERS_RE = re.compile(rf"\W*(?:{_TURNS}\s*,?\s+)?{OPENS}(?![^\W\d_])|\W*{_TURNS}\s*,?\s+", re.IGNORECASE)
#: What turns to the answer within the sentence of a goal: a dash, a colon, "nhưng".
TURN_RE = re.compile(
    rf"(?:\s[-–]|:)\s+(?=(?:{OPENS}|hoàn thành|vượt)(?![^\W\d_]))|,?\s+(?=(?:nhưng|song|tuy nhiên)\s)"
    r"|,\s+(?=(?:thực tế|kết quả|thực hiện|đến\s+(?:nay|ngày|\d{1,2}/\d)|(?:(?:huyện|tỉnh|xã|sở|ngành|đơn vị"
    r"|công ty)\s+)?"
    r"(?:đã|mới|chỉ))\s)|\s\((?=(?:thực hiện|kết quả|đã)\s)",
    re.IGNORECASE,
)
HOW = (
    r"(?:không|chưa)\s+(?:được\s+)?(?:hoàn\s+thành|đạt)|(?:hoàn\s+thành|đạt)(?:\s+và|,)?\s+vượt(?:\s+mức)?"
    r"|vượt(?:\s+mức)?|hoàn\s+thành|đạt"
)
HOW_RE = re.compile(rf"(?:{HOW})(?![^\W\d_])", re.IGNORECASE)
#: The level of a goal, called by what it is: "mức đề ra", "mức phấn đấu".
_MARK = r"mức\s+(?:(?:đã\s+)?(?:đề ra|đặt ra|được giao|giao|yêu cầu|phấn đấu))"
#: What may stand behind a verdict: its end, the plan it is of, by how much, in what time.
_ENDS = (
    r"(?:\s*[⁰¹²³⁴-⁹]*\s*(?:[.,;()]|$)"
    rf"|\s+(?:so\s+với\s+)?(?:(?:mức\s+)?{_GOAL}|{_MARK})(?![^\W\d_])(?!\s+(?:quốc gia|{NUMBER}))"
    rf"|\s+(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu)\s+(?={NUMBER}\s*%)|(?<=ành)\s+100\s*%(?=\s*(?:[.,;)]|$))"
    r"|\s+(?:do|vì|bởi)\s(?=[^\W\d_])"
    rf"|(?<=vượt)\s+(?:mức\s+)?{_GOAL}\s+{NUMBER}\s*điểm(?![^\W\d_])"
    rf"|(?<=đạt|ành)\s+100\s*%\s+(?:mức\s+)?{_GOAL}(?![^\W\d_])"
    r"|\s+với\s(?=[^.;]*\d)|\s+(?:trước|đúng|sớm|kịp)\s+(?:so\s+với\s+)?(?:thời\s+)?(?:hạn|thời gian|tiến độ"
    r"|kế hoạch))"
)
#: By how much a goal was passed, but not what was before: "vượt 84 tổ", "vượt 7,5 điểm phần trăm so với chỉ tiêu".
_BY = (
    rf"(?:\s+(?:mức\s+)?(?P<by>{NUMBER})\s*(?P<unit>%|[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}?)?(?:\s+so\s+với\s+(?:mức\s+)?{_GOAL}"
    rf"(?:\s+[^\W\d_]+){{0,5}})?(?=\s*[⁰¹²³⁴-⁹]*\s*(?:[.,;()]|$)))"
)
#: What leads to a number in brackets that another is held against: "tăng 5% so với năm 2022 (9.156 tỷ đồng)".
HELD_AGAINST_RE = re.compile(
    r"\b(?:so với|so cùng|gấp|cùng kỳ|năm (?:trước|ngoái))(?![^\W\d_])[^;:.()]*\(\s*$", re.IGNORECASE
)
#: A verdict: behind a comma, "là", or words that sum up; of the goal that is named before it, or of none.
SAID_RE = re.compile(
    rf"(?:^\s*|[,;:(.–-]\s*|(?<=\s)(?={_SO}\s)|(?<=\s)và\s+(?=(?:(?:{HOW})\s+(?:mức\s+)?)?{_GOAL}\s*[^\W\d_]*)"
    r"|(?<=\s)(?:thì\s+|nên\s+)?là\s+|(?<=%\s)(?=đã\s)"
    rf"|(?<=\s)(?=được\s+(?:đánh|xác|coi)\s))(?:(?:{_SO}|được\s+(?:đánh\s+giá"
    rf"|xác\s+định|xác\s+nhận|coi)(?:\s+là)?"
    r"|(?:tự\s+)?đánh\s+giá\s*:?|kết\s+luận\s*:?|kết\s+quả)\s*,?\s+)*"
    rf"(?:(?:đây là\s+(?:một\s+)?)?{_GOAL}\s+{_GIVEN}(?:(?:đã|được|coi|là|xác nhận|xác định|đánh giá)\s+)*"
    rf"|đã\s+|(?:huyện|tỉnh|xã|ngành)\s+đã\s+)?"
    rf"(?P<how>{HOW})(?:{_ENDS}|(?<=vượt){_BY})",
    re.IGNORECASE,
)
#: A goal that was missed by so much, where no verdict says it.
SHORT_RE = re.compile(
    rf"[,;(]\s*(?:còn\s+)?(?P<how>thiếu|hụt)\s+(?P<by>{NUMBER})\s*(?P<unit>%|[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}?)?"
    rf"(?:\s+so\s+với\s+(?:mức\s+)?{_GOAL}(?:\s+[^\W\d_]+){{0,5}})?(?=\s*(?:[.,;)]|$))",
    re.IGNORECASE,
)
#: The same in the sentence of the goal, behind its level: "Mục tiêu dựng 25 cầu trong năm vì thế không đạt".
OWN_RE = re.compile(
    rf"(?:\s(?:(?:(?:mới|chỉ)\s+)?(?:bằng|đạt)\s+{NUMBER}\s*%\s+(?=nên\s))?"
    r"(?:được\s+(?:đánh\s+giá|xác\s+định|xác\s+nhận|coi|ghi\s+nhận)(?:\s+là)?"
    rf"|{_SO}(?:\s+(?:kết\s+quả|mức\s+này))?(?:\s+đã)?"
    r"|(?:(?:huyện|tỉnh|xã|ngành|thành\s+phố|đơn\s+vị)\s+)?đã|thì\s+(?:kết\s+quả|mức|tỷ\s+lệ)\s+(?:này|trên|đó))"
    rf"|,\s*(?:(?:mới|chỉ)\s+)?(?:bằng|đạt)\s+{NUMBER}\s*%(?:\s+{_GOAL})?,)"
    rf"\s+(?P<how>{HOW})(?:{_ENDS}|(?<=vượt){_BY})",
    re.IGNORECASE,
)
#: The rate that a verdict names: "vượt mục tiêu giải ngân 95%"; "vượt kế hoạch giao 5%" tells by how much.
OWN_LEVEL_RE = re.compile(
    rf"\s+(?:so với\s+)?(?:mức\s+)?{_GOAL}(?!\s+(?:giao|được|đề ra|đặt ra|cả|năm|của|do|tại|theo|tỉnh|huyện|xã"
    rf"|Trung ương|ngành)\s)(?:\s+[^\W\d_]+){{1,6}}?\s+(?P<level>{NUMBER})\s*%(?!\s*so với)",
    re.IGNORECASE,
)
#: "vượt kế hoạch Trung ương giao"
GIVEN_BY_RE = re.compile(
    r"\s+(?:mức\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)\s+(?:do\s+)?(?P<by>[^.,;:()\d]{2,40}?)\s+(?:đã\s+)?"
    r"(?:giao|đề ra|đặt ra)(?![^\W\d_])",
    re.IGNORECASE,
)
#: The same right behind the paper that the goal is of: "Mục tiêu … của Kế hoạch số 15 ngày … hoàn thành, với …".
OF_PAPER_RE = re.compile(
    rf"\s(?:theo|của|tại)\s[^,;:]*\d\S*\s+(?P<how>(?:không|chưa)\s+(?:hoàn thành|đạt)|hoàn thành|đạt|vượt){_ENDS}",
    re.IGNORECASE,
)
#: The same where a clause is of a goal from its first words: "Chỉ tiêu kết nạp 2.000 người không hoàn thành".
PLAIN_RE = re.compile(
    rf"\s(?:chỉ\s+|cơ\s+bản\s+)?(?P<how>(?:không|chưa)\s+(?:hoàn\s+thành|đạt)"
    r"|(?:hoàn\s+thành\s+)?vượt(?:\s+mức)?|hoàn\s+thành|được\s+(?:bảo đảm|đảm bảo)(?=,[^.;]*\d))"
    rf"(?:{_ENDS}|(?<=vượt){_BY}|\s+(?:do|vì|bởi|nguyên nhân)\s)",
    re.IGNORECASE,
)
OPENS_GOAL_RE = re.compile(
    r"(?:\W*(?:\(?(?:\d{1,2}|[a-zđ])[.)]\s+)?)(?:riêng\s+|đối với\s+)?(?:mục tiêu|chỉ tiêu|nhiệm vụ"
    r"|yêu cầu|kế hoạch)\s(?![^.;]{0,12}:)",
    re.IGNORECASE,
)
NAMES_RE = re.compile(rf"(?<![^\W\d_])(?:{_GOAL}\s|phấn đấu)", re.IGNORECASE)
#: A sentence that goes on about the goal of the one before.
BACK_RE = re.compile(
    rf"\W*(?:{_SO}|(?:{_GOAL}|kết quả)\s+(?:này|trên|đó|nêu trên|nói trên))(?![^\W\d_])", re.IGNORECASE
)
ALONE_RE = re.compile(
    rf"\s*(?:(?:tự\s+)?đánh giá|kết luận)?\s*:?\s*(?:{HOW})(?:\s+{_GOAL})?\s*\.?\s*", re.IGNORECASE
)
NAMED_AGAIN_RE = re.compile(
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|yêu cầu)\s+(?:này|trên|đó|nêu trên|nói trên)(?![^\W\d_])"
    r"|đây là (?:một )?(?:mục tiêu|chỉ tiêu|nhiệm vụ)(?=\s+(?:đã |được )*(?:không|chưa|đạt|vượt|hoàn thành)\s)",
    re.IGNORECASE,
)
#: What is set, in words that begin a clause of its own: the answer ends before it.
SETS_RE = re.compile(
    r"\b(?:phấn đấu|đề ra|đặt ra|sẽ|cần|phải|dự kiến|quyết tâm|nhằm|để|tiếp tục)(?![^\W\d_])", re.IGNORECASE
)
ITEM_RE = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zđ])\)|[-–+])\s")
#: Money that is given is a goal only where something judges it.
SPENT_RE = re.compile(r"\b(?:kinh phí|vốn|ngân sách|biên chế|chi)(?![^\W\d_])", re.IGNORECASE)
#: Words that tell how things stand, where nothing calls a level one.
STANDS_RE = re.compile(
    r"\b(?:đã|đang|vừa|có|còn|gồm|tổng|bình quân|trung bình|tiếp nhận|phát hiện|xảy ra|xử phạt|trong đó"
    r"|so với)(?![^\W\d_])",
    re.IGNORECASE,
)
#: How an answer begins, that one of a count does not: "có 90/120 trạm", "cả 96 tổ", "đủ 12 mẫu", "bình quân".
COUNTS_RE = re.compile(r"\W*(?:có|còn|cả|đủ|mới|bình quân|xảy ra|khảo sát|tổng)\s", re.IGNORECASE)
#: Words that every goal has.
EVERY = frozenset(
    re.findall(
        r"\S+",
        "mục tiêu chỉ tiêu kế hoạch nhiệm vụ phấn đấu đạt vượt hoàn thành năm tháng ngày quý đến trong trước nay"
        " đã có kết quả thực hiện tỷ lệ số tổng tỉnh huyện xã toàn đề ra giao ít nhất tối thiểu trên dưới bằng so"
        " với chưa không đồng triệu tỷ là và các của được cho từ còn mới hiện qua ước cả"
        " vừa cuối đầu kỳ lũy kế",
    )
)
#: Times, whose numbers are none of what was reached.
TIMES_RE = re.compile(
    r"(?:năm\s+)?(?<!\d)20\d\d(?!\d)|\d{1,2}/\d{1,2}(?:/\d{4})?|tháng\s+\d{1,2}(?!\d)|\d{1,2}\s+tháng"
    r"|quý\s+[IVX]+",
    re.IGNORECASE,
)
