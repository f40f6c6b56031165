"""A small base to search in, in words of our own."""

from __future__ import annotations

from kb.search.records import Interval, Record, RecordKind, WorkFacts
from kb.search.rows import Row, make_rows

FORCE, PARTLY, STOPPED = "Còn hiệu lực", "Hết hiệu lực một phần", "Ngưng hiệu lực"


def provision(article: str, text: str, heading: str = "", unit: str | None = None) -> Record:
    head = f"Điều {article}. {heading}".strip()
    return Record(
        RecordKind.PROVISION,
        text,
        unit or f"art_{article}",
        (head,),
        head if heading else "",
        line=7,
        article=article,
    )


def paragraph(text: str, *crumbs: str) -> Record:
    return Record(RecordKind.PARAGRAPH, text, "itm_1", crumbs, crumbs[-1] if crumbs else "", line=3, page=2)


def works() -> list[tuple[WorkFacts, list[Record]]]:
    """Documents of our own words, of several provinces, with intervals of force."""
    return [
        (
            WorkFacts(
                "76-nq-cp", "76/NQ-CP", "Nghị quyết", "Chính phủ", "central", "2021-07-15",
                "Ban hành Chương trình tổng thể cải cách hành chính", authority=0.8,
                intervals=(Interval("Chưa có hiệu lực", None, "2021-07-15"), Interval(FORCE, "2021-07-15")),
            ),
            [paragraph("Mức độ hài lòng của người dân đạt tối thiểu 90%", "Mục tiêu"),
             paragraph("Đẩy mạnh CCHC, đơn giản hóa thủ tục hành chính", "Nhiệm vụ")],
        ),
        (
            WorkFacts(
                "34-2016-nd-cp", "34/2016/NĐ-CP", "Nghị định", "Chính phủ", "central", "2016-05-14",
                "Quy định chi tiết một số điều của Luật Ban hành văn bản quy phạm pháp luật", authority=0.5,
                intervals=(
                    Interval("Chưa có hiệu lực", None, "2016-07-01"), Interval(FORCE, "2016-07-01", "2021-01-01"),
                    Interval(PARTLY, "2021-01-01", "2025-04-01"),
                    Interval("Hết hiệu lực toàn bộ", "2025-04-01"),
                ),
            ),
            [provision("1", "Nghị định này quy định việc xây dựng, ban hành văn bản.", "Phạm vi điều chỉnh"),
             provision("5", "Nội dung đánh giá thủ tục hành chính trong đề nghị.", "Đánh giá tác động")],
        ),
        (
            WorkFacts(
                "02-nq-hdnd.binh-dinh", "02/NQ-HĐND", "Nghị quyết", "HĐND tỉnh Bình Định", "province",
                "2023-03-01", "Về kế hoạch đầu tư công trung hạn",
                intervals=(Interval(FORCE, "2023-03-10", "2024-01-01"), Interval(STOPPED, "2024-01-01")),
            ),
            [paragraph("Bố trí vốn cho đường giao thông nông thôn", "Điều 1")],
        ),
        (
            WorkFacts(
                "02-nq-hdnd.ha-noi", "02/NQ-HĐND", "Nghị quyết", "HĐND thành phố Hà Nội", "province", "2024-03-29",
                "Về mức thu học phí",
            ),
            [paragraph("Mức thu học phí của trường công lập năm học 2024-2025", "Điều 1"),
             Record(RecordKind.NOTE, "Theo báo cáo của Sở Giáo dục và Đào tạo.", None, ("Chú thích 1",), line=40)],
        ),
        (
            WorkFacts(
                "15-bc-ubnd", "15/BC-UBND", "Báo cáo", "UBND tỉnh Bình Định", "province", "2024-12-20",
                "Kết quả thực hiện cải cách hành chính năm 2024",
            ),
            [paragraph("Tỉnh đã thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ.", "I. Tình hình"),
             paragraph("Thủ tục đất đai được cắt giảm thời gian. Đất rừng được giao cho dân.", "II. Kết quả"),
             Record(
                 RecordKind.ROW, "Chỉ số: Mức độ hài lòng; Năm 2023: 85,1%; Năm 2024: 87,9%", "app_1",
                 ("Phụ lục 1. Các chỉ số",), "Phụ lục 1. Các chỉ số", line=90, table=0, row=2,
             ),
             Record(
                 RecordKind.ROW, "Chỉ số: Hồ sơ trực tuyến; Năm 2023: 60%; Năm 2024: 71%", "app_1",
                 ("Phụ lục 1. Các chỉ số",), "Phụ lục 1. Các chỉ số", line=91, table=0, row=3,
             )],
        ),
        (
            WorkFacts(
                "18-nq-tw", "18-NQ/TW", "Nghị quyết", "Ban Chấp hành Trung ương", "party", "2022-06-16",
                "Tiếp tục đổi mới, hoàn thiện thể chế, chính sách đất đai", held=False,
            ),
            [],
        ),
    ]  # fmt: skip


def rows() -> list[Row]:
    return [row for facts, records in works() for row in make_rows(facts, records)]
