"""Texts of any size for benchmarks: sentences of our own, numbers drawn by a seeded die."""

from __future__ import annotations

import random
from pathlib import Path

REPORT = Path(__file__).resolve().parents[3] / "shared" / "documents" / "bao-cao-224-BC-UBND-khanh-hoa-2025.txt"

_BODIES = ("UBND tỉnh", "Chính phủ", "Thủ tướng Chính phủ", "Bộ Nội vụ", "Hội đồng nhân dân tỉnh", "Sở Tư pháp")
_LAWS = ("Luật Đất đai", "Luật Đấu thầu", "Luật Giáo dục", "Luật Tổ chức chính quyền địa phương", "Luật Việc làm")

# As in a report: about three paragraphs in four cite nothing.
_PLAIN = (
    "Công tác tuyên truyền được đổi mới cả về nội dung và hình thức, qua đó nhận thức của cán bộ, công "
    "chức, viên chức và người dân được nâng lên; các cơ quan, đơn vị, địa phương chủ động phối hợp, báo "
    "cáo kịp thời khi có vướng mắc.",
    "Tỷ lệ hồ sơ giải quyết đúng hạn đạt {a},{b}% ({c}/{d} hồ sơ), tăng {b},{a}% so với cùng kỳ; có "
    "12/15 chỉ tiêu đạt và vượt kế hoạch đề ra, 3/15 chỉ tiêu cần tiếp tục phấn đấu trong những tháng "
    "cuối năm.",
    "- Việc số hóa thành phần hồ sơ tại Bộ phận Một cửa các cấp tiếp tục được quan tâm; hạ tầng kỹ "
    "thuật, đường truyền, thiết bị đầu cuối được bố trí đồng bộ, bảo đảm an toàn thông tin và thuận tiện "
    "cho người dân, doanh nghiệp.",
    "Bên cạnh kết quả đạt được, một số địa phương còn lúng túng trong phân công nhiệm vụ; kinh phí bố "
    "trí chưa kịp thời, nhân lực thực hiện kiêm nhiệm nhiều việc nên chất lượng tham mưu có nơi chưa đáp "
    "ứng yêu cầu.",
    "+ Thủ tục mã 1.00{c}, 2.00{d} được cung cấp toàn trình từ ngày 01/7/2025; đường dây nóng (0200) "
    "3.822.{c} hoạt động cả ngày nghỉ, tiếp nhận {d} lượt phản ánh, kiến nghị.",
    "Đội ngũ công chức được sắp xếp theo vị trí việc làm; trong kỳ đã cử {c} lượt người tham gia đào "
    "tạo, bồi dưỡng, trong đó {a} lượt về chuyển đổi số và {b} lượt về kỹ năng giao tiếp, ứng xử.",
)
_CITING = (
    "Thực hiện Nghị quyết số {a}/NQ-CP ngày {b}/3/202{e} của Chính phủ, {body} đã ban hành Kế hoạch số "
    "{c}/KH-UBND ngày {b}/4/202{e} và Công văn số {d}/UBND-NC ngày 0{e}/5/202{e} để triển khai tại các "
    "cơ quan, đơn vị.",
    "Căn cứ khoản {e} Điều {b} {law} và Nghị định số {c}/202{e}/NĐ-CP ngày {b} tháng 6 năm 202{e} của "
    "Chính phủ (được sửa đổi, bổ sung bởi Nghị định số {d}/2024/NĐ-CP), Sở đã hướng dẫn các địa phương "
    "thực hiện thống nhất.",
    "Các Quyết định số: {c}/QĐ-UBND ngày {b}/12/2020; {d}/QĐ-UBND ngày {b}/12/2021; {a}/QĐ-UBND ngày "
    "{b}/12/2022 về kế hoạch hằng năm được công khai trên cổng thông tin điện tử.",
    "Kết luận số {b}-KL/TU ngày {b}/10/202{e} của Ban Thường vụ Tỉnh ủy và Chương trình hành động số "
    "{b}-CTr/TU yêu cầu người đứng đầu chịu trách nhiệm; việc thực hiện theo quy định tại Điều {b} Thông "
    "tư số {b}/202{e}/TT-BNV.",
)


def report_like(size: int, seed: int = 7) -> str:
    die = random.Random(seed)
    parts, length, paragraph = [], 0, 0
    while length < size:
        paragraph += 1
        pattern = die.choice(_CITING) if die.random() < 0.25 else die.choice(_PLAIN)
        text = pattern.format(
            a=die.randint(10, 99),
            b=die.randint(10, 28),
            c=die.randint(100, 999),
            d=die.randint(1000, 9999),
            e=die.randint(1, 5),
            body=die.choice(_BODIES),
            law=die.choice(_LAWS),
        )
        if paragraph % 9 == 0:
            text = f"{paragraph // 9}. Kết quả thực hiện nhiệm vụ {die.randint(1, 30)}\n\n{text}"
        parts.append(text)
        length += len(text.encode("utf-8")) + 2
    return "\n\n".join(parts)


def real_report(size: int) -> str | None:
    if not REPORT.is_file():
        return None
    text = REPORT.read_text(encoding="utf-8")
    return text * -(-size // len(text.encode("utf-8")))


_CASES = (("Marlow", "Pine Creek Bank"), ("State", "Oduya"), ("Hollis", "Vance"), ("Ibarra", "North Harbor Co."))
_ENGLISH_PLAIN = (
    """Text of a report with about so many bytes in UTF-8."""
    "The real report over and over until so "
    "many bytes are reached; None where it is absent."
    "The court considered the record as a whole and "
    "found that the parties had been given a full and fair opportunity to present their arguments, and "
    "that the remaining objections concerned weight rather than admissibility.",
    "In the year under review {c} applications were received and {a}.{b} percent of them were decided in "
    "time; twelve of fifteen measures were met, and the remaining three are expected to be met before "
    "the end of the term.",
    "Counsel for the respondent submitted that the notice had been served on the {b}th of March and that "
    "no reply had been received; the clerk was directed to enter the motion and to inform both parties "
    "without delay.",
)
_ENGLISH_CITING = (
    "As this court held in {x} v. {y}, {c} U.S. {d}, {a} (19{b}), and again in {y} v. {x}, {a} F.3d {d} "
    "(9th Cir. 200{e}), the standard of review is settled; see also {c} F. Supp. 2d {d}.",
    "The claim under 42 U.S.C. § {d} fails; Id. at {a}. Compare {x}, {c} U.S. at {a}, with {y}, supra, at {b}.",
)


def english(size: int, seed: int = 7) -> str:
    die = random.Random(seed)
    parts, length = [], 0
    while length < size:
        x, y = die.choice(_CASES)
        pattern = die.choice(_ENGLISH_CITING) if die.random() < 0.25 else die.choice(_ENGLISH_PLAIN)
        text = pattern.format(
            a=die.randint(10, 99),
            b=die.randint(50, 99),
            c=die.randint(100, 550),
            d=die.randint(100, 1999),
            e=die.randint(1, 9),
            x=x,
            y=y,
        )
        parts.append(text)
        length += len(text) + 2
    return "\n\n".join(parts)


#: Strings that make careless patterns backtrack: name, a piece to repeat, and how it ends.
ADVERSARIAL = (
    ("figures", "1", "/"),
    ("figures and slashes", "12/", "X"),
    ("dots and figures", "1.", "/NĐ"),
    ("dashes", "12-", "QĐ"),
    ("capital letters", "Đ", "-"),
    ("symbol that never ends", "NĐ-", "1"),
    ("spaces", " ", "số"),
    ("blank lines", "\n \n", "Điều"),
    ("number words", "số ", "/"),
    ("type words", "Nghị định ", "x"),
    ("type words and numbers", "Nghị định số 1/", " "),
    ("list of bare numbers", "số 12/NQ-CP, ", "và"),
    ("list without an end", "các Quyết định số: 1/QĐ-UBND ngày 1/1/2020; ", "("),
    ("pinpoints", "khoản 1, ", "Điều"),
    ("points and clauses", "điểm a khoản 1 Điều 2, ", "Luật"),
    ("articles", "Điều 1, 2, 3 và ", "4"),
    ("law names", "Luật Đất đai, ", "Luật"),
    ("capital words", "Luật Tổ Chức Chính Quyền ", "năm"),
    ("amending laws", "Luật sửa đổi, bổ sung một số điều của ", "Luật"),
    ("open brackets", "(được sửa đổi, bổ sung bởi ", ")"),
    ("nested brackets", "(" * 3 + "sau đây gọi tắt là ", "Đề án"),
    ("quotes", "“Đề án ", "”"),
    ("dates", "ngày 01 tháng ", "năm"),
    ("bodies", "của Ủy ban nhân dân tỉnh ", "x"),
    ("references back", "Nghị định này, ", "Luật"),
    ("combining marks", "đ\u0323\u0302\u0301 ", "Nghị"),
    ("note marks", "¹²³ ", "Quyết định"),
    ("recitals", "Căn cứ ", ";"),
)


def adversarial(piece: str, end: str, size: int) -> str:
    return piece * max(1, size // len(piece)) + end
