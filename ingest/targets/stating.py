"""Which sentences state a fact: by the paper that they stand in, and by their words."""

from __future__ import annotations

import re

from kb.models import Document, TextBlock

_ISSUED_RE = re.compile(
    r"\b[Đđ]ã\s+(?:(?!được\b)\w+\s+){0,3}?(?:ban hành|trình|phê duyệt|công bố|tổ chức|triển khai|thành lập"
    r"|chỉ đạo|có"
    r"|thực hiện"
    r"|gửi|tham mưu|báo cáo|thông qua|quyết định|ký|sửa đổi|thẩm định)\b|\bchính thức (?:triển khai|hoạt động)\b"
    r"|(?<!của )\b(?:UBND|Ủy ban nhân dân)\b(?![^.;]{0,40}\bcủa\b)[^.;]{0,40}?\bban hành\b"
    r"|\bđược\s+(?:ban hành|phê duyệt|thành lập)\s+(?:tại|theo|kèm theo|bằng)\b"
)
#: A paper that a body issued, named by its kind alone; "nhiều văn bản" names none.
_PAPER_RE = re.compile(
    r"\b(?:[Đđ]ã|đều|đã chủ động)\s+(?:\w+\s+){0,2}?(?:ban hành|phê duyệt|ký)\s+(?:và triển khai\s+)?"
    r"(?:Kế hoạch|Quyết định|Chỉ thị|Chương trình|Đề án|Quy chế|Quy định|Nghị quyết|kế hoạch|quy chế|đề án)\b"
)
#: A system that was put to work.
_SET_UP_RE = re.compile(
    r"\b(?:[Đđ]ã|đã được|được)\s+(?:\w+\s+){0,2}?(?:thiết lập|triển khai|xây dựng|đưa vào|vận hành|kết nối"
    r"|tích hợp)\b"
)
#: Words of a thing that is so, or was done.
_FACT_RE = re.compile(
    r"\bđã\b|\bhiện (?:có|nay|tại|đang)|\bhiện\b|\bđến nay\b|\bkết quả\b|\btính đến\b|\blũy kế\b|\bluỹ kế\b"
    r"|\bso với (?:cùng kỳ|năm"
    r"|tháng|quý)\b|\bước (?:đạt|thực hiện|tính|khoảng)\b|\bvượt\b|\bcó tổng\b|\btổng (?:số|cộng|kinh phí"
    r"|giá trị)\b|\bluôn\b"
    r"|\b(?:trong|năm|quý|tháng|giai đoạn)\s[\dIVX/-]+[^.;]{0,120}\b(?:đạt|là|có|tăng|giảm|chiếm|bằng)\b"
    r"|\bchiếm\b|\bđạt được\b",
    re.IGNORECASE,
)
#: Words of a rule, an order or a plan: what they say is to be, not is.
_RULE_RE = re.compile(
    r"\b(?:thời hạn|trong vòng|không quá|tối đa|tối thiểu|ít nhất|không dưới|trở lên|trở xuống|phải|có trách"
    r" nhiệm|được tính"
    r"|mức (?:chi|thu|phạt|hỗ trợ)|hệ số|phấn đấu|mục tiêu|chỉ tiêu|yêu cầu|bảo đảm|đảm bảo|dự kiến|sẽ|cần"
    r"|trường hợp|nếu|kể từ ngày"
    r"|theo quy định)\b",
    re.IGNORECASE,
)
_ORDER_RE = re.compile(
    r"^[\s*_“\"+•–-]*(?:(?:\w{1,3}|\d{1,2}(?:\.\d{1,2})*)[.)]\s+)?(?:Tiếp tục|Chỉ đạo|Yêu cầu|Giao|Hướng dẫn"
    r"|Tổ chức|Triển khai"
    r"|Thực hiện|Phối hợp|Chủ trì|Tăng cường|Đẩy mạnh|Kịp thời|Rà soát|Xây dựng|Nâng cao|Nghiên cứu|Căn cứ"
    r"|Theo đề nghị|Đề nghị"
    r"|Hoàn thành|Hoàn thiện|Tập trung|Ban hành kèm theo|Kèm theo|Khẩn trương|Chủ động|Quyết định này|Bãi bỏ"
    r"|Sửa đổi|Thay thế"
    r"|Phê duyệt)\b"
)
#: How far behind its last figure a clause goes on.
_NEAR = 60
#: Papers that report.
_REPORTS = ("Báo cáo", "Tờ trình", "Thông báo", "Công điện", "Đề án", "Kết luận")
#: A section of a plan that tells how things stand.
_WAS_RE = re.compile(
    r"\W*(?:[IVX]{1,4}|\d{1,2}(?:\.\d+)*|[a-zđA-Z])?[.)–-]?\s*(?:kết quả|tình hình|thực trạng|hiện trạng"
    r"|đánh giá|tồn tại|hạn chế|khó khăn|bối cảnh)(?![^\W\d_])",
    re.IGNORECASE,
)
_CASE_RE = re.compile(r"\b(?:trường hợp|đối với|nếu|khi|thì|thời hạn|kể từ|tiêu chuẩn|điểm|hoặc)\b", re.IGNORECASE)
_PROPOSES_RE = re.compile(
    r"\b(?:đề xuất|kiến nghị|phương hướng|nhiệm vụ,? giải pháp|nhiệm vụ trọng tâm|mục tiêu|yêu cầu)\b",
    re.IGNORECASE,
)
#: A heading of what comes next: "Nhiệm vụ quý IV", "Kế hoạch 6 tháng cuối năm"; "Kết quả nhiệm vụ" is none.
_NEXT_RE = re.compile(
    r"\W*(?:(?:[IVX]{1,4}|\d{1,2}(?:\.\d+)*|[a-zđA-Z])[.)–-])?\s*(?:một số\s+)?"
    r"(?:nhiệm vụ|kế hoạch|phương hướng|giải pháp)"
    r"(?:\s+(?:công tác|chủ yếu|chính|trọng tâm|cụ thể|còn lại))*"
    r"(?:\s*$|\s+(?:(?:trong\s+)?(?:năm|quý|tháng|thời gian|giai đoạn|học kỳ|kỳ|tuần)|\d+\s+tháng)(?![^\W\d_]))",
    re.IGNORECASE,
)
_NOW_RE = re.compile(r"\b(?:hiện|đến nay|tính đến|kết quả|so với cùng kỳ)\b", re.IGNORECASE)
#: What a paper is issued with, and what it is based on, is told of the paper itself.
_KEPT_OUT_RE = re.compile(
    r"^\W*(?:\w{1,3}[.)]\s+)?(?:Bãi bỏ|Sửa đổi|Thay thế|Đối với|Trường hợp|Ban hành kèm theo|Kèm theo|Theo đề nghị"
    r"|Tiếp tục|Nhằm|Chỉ đạo|Giao|Yêu cầu)\b"
)
#: An order, whatever it says was done before.
_URGES_RE = re.compile(r"(?<!đã )\bkhẩn trương\b|\b(?:chịu trách nhiệm|có trách nhiệm)\b", re.IGNORECASE)
#: What a report tells of the time to come, or as a rule.
_TO_COME_RE = re.compile(
    r"\b(?:sẽ|phải|nếu|bị trả lại|không được)\b|\d+\s*(?:%|lần)?\s*trở (?:lên|xuống)|\btối đa \d"
    r"|\bdưới \d+ tuổi\b|\b(?:dự báo|năm tới)\b",
    re.IGNORECASE,
)


def is_claim(
    sentence: str,
    *,
    figures: bool,
    cited: bool,
    issues: bool,
    aimed: bool,
    reports: bool,
    norm: bool,
    own: bool,
    system: bool = False,
    proposes: bool = False,
) -> bool:
    """Whether a sentence says that something is so or was done.

    Where a paper reports (`reports`) every figure is claimed unless the sentence sets something (`aimed`);
    elsewhere a sentence has to say so by its words, most plainly in a text of articles (`norm`). What begins as an
    order does is one, but in a report of a body on its `own` work, which leaves itself unnamed. Without
    `figures` it is one that says that a document which it names (`cited`) was issued (`issues`), or where a paper
    reports, that one of a kind was, or that a `system` which it names was put to work. Under a heading that
    `proposes` only what was done, or is so now, is claimed: "bố trí 540 triệu đồng, tăng 12% so với năm 2030".
    """
    if not re.search(r"[^\W\d_]{2,}", sentence) or sentence.isupper() or (not own and _URGES_RE.search(sentence)):
        return False
    fact = _FACT_RE.search(sentence) is not None
    done = re.search(r"\b[Đđ]ã\b", sentence) is not None
    if proposes and not (done or _NOW_RE.search(sentence)):
        return False
    kept_out = _KEPT_OUT_RE.match(sentence) and not (reports and done)
    if cited and (issues or _ISSUED_RE.search(sentence)) and (done or not norm) and not kept_out:
        return True
    if reports and not figures and not kept_out:
        return _PAPER_RE.search(sentence) is not None or (system and _SET_UP_RE.search(sentence) is not None)
    if not figures or (_ORDER_RE.match(sentence) and not (done or reports)):
        return False
    if reports:
        ordered = _ORDER_RE.match(sentence) and not (done or own)
        return not ordered and (done or not (aimed or _TO_COME_RE.search(sentence[: _told_to(sentence)])))
    if norm and (not done or _CASE_RE.search(sentence)):
        return False  # "… đã được cấp thì …": the case of a rule
    return fact and not aimed and (done or not _RULE_RE.search(sentence))


def _told_to(sentence: str) -> int:
    """Where what a sentence tells in figures ends: what it foresees far behind them is said of other things."""
    digits = [found.end() for found in re.finditer(r"\d", sentence)]
    return digits[-1] + _NEAR if digits else len(sentence)


def is_proposing(document: Document, block: TextBlock) -> bool:
    """Whether a paragraph stands under a heading of what is proposed, asked for or to be done next."""
    units = {unit.eid: unit for unit in document.units}
    unit = units.get(block.unit or "")
    while unit is not None:
        if unit.span.start != block.span.start and _tells_ahead(unit.heading):
            return True
        unit = units.get(unit.parent or "")
    return False


def _tells_ahead(heading: str) -> bool:
    return _PROPOSES_RE.search(heading) is not None or _NEXT_RE.match(" ".join(heading.split())) is not None


def is_reporting(document: Document, block: TextBlock) -> bool:
    """Whether a paragraph is of a paper that reports, or looks back by a heading, and under none that proposes."""
    kind = document.metadata.type
    if document.grammar == "norm" or kind is None:
        return False
    tells = kind.value in _REPORTS
    units = {unit.eid: unit for unit in document.units}
    unit = units.get(block.unit or "")
    while unit is not None:
        if unit.span.start != block.span.start:
            if _tells_ahead(unit.heading):
                return False
            tells = tells or _WAS_RE.match(" ".join(unit.heading.split())) is not None
        unit = units.get(unit.parent or "")
    return tells
