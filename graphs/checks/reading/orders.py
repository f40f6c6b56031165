"""Which deeds come one after the other: rows of data, each with an example that breaks it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """A deed that makes another one possible; `breaks` tells them the wrong way round.

    `far` where there is one of each in a paper: then the next paragraph may tell the second. `ends` where the
    first goes on until its last day, and only then makes the other one possible. `onward` where they are told in
    their order; `other` are words of the second that make it one of another thing.
    """

    first: str
    then: str
    breaks: str
    far: bool = False
    ends: bool = False
    onward: bool = False
    other: str = ""


_RESULT = (
    r"(?:công bố|thông báo|xác nhận|công nhận|phê duyệt)[^.;:\d]{0,12}kết quả"
    r"|kết quả[^.;:\d]{0,25}(?:công bố|xác nhận|phê duyệt)"
)
_LOOK = r"(?:thanh tra|kiểm tra|kiểm toán|giám sát|xác minh)"
ORDERS: tuple[Order, ...] = (
    Order(
        r"thụ lý",
        r"(?:quyết định|trả lời|kết luận)\b[^.;:\d]{0,25}giải quyết|giải quyết xong",
        "Đơn thụ lý ngày 12/9/2023, quyết định giải quyết ngày 05/8/2023.",
    ),
    Order(
        r"(?:tiếp nhận|nhận được|nhận|nộp|gửi)\s+đơn",
        r"thụ lý|(?:quyết định|kết luận|văn bản) giải quyết",
        "Nhận đơn ngày 12/9/2023, thụ lý ngày 05/9/2023.",
    ),
    Order(
        r"(?:tiếp nhận|nộp)\s+hồ sơ",
        r"trả kết quả|cấp\s+(?:giấy chứng nhận|giấy phép)",
        "Tiếp nhận hồ sơ ngày 12/9/2023, trả kết quả ngày 02/9/2023.",
    ),
    Order(
        r"lắp đặt(?: xong)?|đưa vào sử dụng",
        r"(?:ca|lần|lượt|sản phẩm)\b[^.;:\d]{0,15}đầu tiên",
        "Máy lắp đặt xong ngày 20/3/2024; ca chụp đầu tiên ngày 05/3/2024.",
    ),
    Order(
        r"cấp\s+(?:giấy chứng nhận|giấy phép|phép)",
        r"khởi công",
        "Dự án được cấp giấy phép ngày 18/4/2025, khởi công ngày 02/4/2025.",
    ),
    Order(
        r"(?:bồi thường|giải phóng mặt bằng|bàn giao mặt bằng)",
        r"(?:hoàn thành|kết thúc)\s+(?:thi công|xây dựng|công trình|toàn tuyến)|thông xe|khánh thành",
        "Giải phóng mặt bằng xong trong quý IV/2023, hoàn thành thi công trước ngày 30/6/2023.",
    ),
    Order(
        r"khởi công",
        r"hoàn thành|nghiệm thu|bàn giao(?!\s+mặt bằng)|khánh thành|thông xe|đưa vào sử dụng|quyết toán",
        "Cầu khởi công ngày 12/5/2020, khánh thành ngày 30/4/2020.",
    ),
    Order(
        r"nghiệm thu",
        r"(?:phê duyệt|duyệt)\s+quyết toán|đưa vào (?:sử dụng|khai thác|vận hành)",
        "Công trình nghiệm thu ngày 12/5/2020, đưa vào sử dụng ngày 30/4/2020.",
    ),
    Order(
        r"giao (?:dự toán|vốn|kế hoạch vốn)",
        r"phân bổ",
        "Giao dự toán trước ngày 25/12/2024; xã phân bổ trước ngày 20/12/2024.",
    ),
    Order(
        r"(?:mở|đóng|phát hành hồ sơ mời)\s+thầu",
        r"ký(?: kết)? hợp đồng|phê duyệt kết quả (?:lựa chọn nhà thầu|đấu thầu)",
        "Mở thầu ngày 12/5/2020, ký hợp đồng ngày 30/4/2020.",
    ),
    Order(
        r"ký (?:kết )?hợp đồng|hợp đồng[^.;:,\d]{0,40}\bký",
        r"nghiệm thu|bàn giao(?!\s+mặt bằng)|thanh lý|quyết toán",
        "Công trình nghiệm thu ngày 05/3/2020, hợp đồng thi công ký ngày 12/6/2020.",
    ),
    Order(
        r"khởi tố(?: vụ án| bị can)?",
        r"(?:ban hành |ra )?cáo trạng|truy tố|đưa ra xét xử|xét xử|tuyên án",
        "Khởi tố vụ án ngày 14/8/2021, ban hành cáo trạng ngày 20/7/2021.",
    ),
    Order(
        r"va chạm|(?:tai nạn|vụ cháy|vụ nổ|vụ việc)\b[^.;:\d]{0,60}xảy ra"
        r"|(?:xảy ra|gây ra|bị)\s+(?:vụ\s+)?(?:tai nạn|cháy|nổ|đuối nước|ngộ độc)",
        r"khởi tố|khám nghiệm|bắt (?:khẩn cấp|tạm giam|giữ)|thấy thi thể|khắc phục (?:xong|hậu quả)|dập tắt",
        "Xe tải va chạm xe máy ngày 18/8/2023, khởi tố vụ án ngày 08/8/2023.",
    ),
    Order(
        r"(?:bão|lũ|lốc|mưa đá|động đất|áp thấp)\b[^.;:]{0,20}(?:đổ bộ|xảy ra)",
        r"xuất cấp|cứu trợ|khắc phục (?:xong|thiệt hại|hậu quả)",
        "Bão đổ bộ ngày 18/9/2023, xuất cấp gạo cứu trợ ngày 08/9/2023.",
    ),
    Order(r"truy tố|cáo trạng", r"xét xử|tuyên án", "Cáo trạng ban hành ngày 14/8/2021, xét xử ngày 20/7/2021."),
    Order(
        rf"công bố quyết định {_LOOK}",
        rf"kết thúc (?:việc )?{_LOOK}",
        "Công bố quyết định thanh tra ngày 12/4/2021, kết thúc thanh tra ngày 15/3/2021.",
    ),
    Order(
        rf"kết thúc (?:việc )?{_LOOK}",
        rf"(?:báo cáo|kết luận|thông báo)(?: về)?(?: kết quả)? {_LOOK}",
        "Kết thúc thanh tra ngày 15/6/2021. Báo cáo kết quả thanh tra ngày 08/6/2021.",
        True,
    ),
    Order(
        rf"báo cáo kết quả {_LOOK}",
        rf"kết luận {_LOOK}",
        "Đoàn có báo cáo kết quả thanh tra ngày 15/6/2021, kết luận thanh tra ngày 08/6/2021.",
    ),
    Order(
        r"(?:có|gửi|trình|lập)\b[^.;:\d]{0,40}(?:báo cáo|tờ trình|hồ sơ|dự thảo|phương án|quyết toán)",
        r"(?:đã (?:tổ chức )?|họp |thông báo kết quả |báo cáo )(?:thẩm định|thẩm tra)",
        "Huyện trình báo cáo ngày 26/5/2021; Sở Tài chính đã thẩm định ngày 18/5/2021.",
    ),
    Order(
        r"(?:báo cáo|họp|có kết quả|kết quả|tổ chức|đã)\s+(?:thẩm định|thẩm tra)",
        r"(?:được|đã|quyết định|ký)\s+phê duyệt(?!\s+(?:điều chỉnh|chủ trương|nhiệm vụ|dự toán|quyết toán))",
        "Báo cáo thẩm định ngày 26/5/2021, dự án được phê duyệt ngày 18/5/2021.",
    ),
    Order(
        r"(?:hội đồng )?(?:thẩm định|thẩm tra)[^.;:\d]{0,15}\bhọp|họp (?:thẩm định|thẩm tra|góp ý|cho ý kiến)",
        r"tiếp thu[^.;\d]{0,90}(?:trình|ban hành|phê duyệt)",
        "Hội đồng thẩm định họp ngày 14/10/2022; Sở đã tiếp thu, hoàn chỉnh và trình tỉnh ngày 20/9/2022.",
    ),
    Order(
        r"lập biên bản",
        r"(?:ra|ban hành|ký) quyết định xử phạt",
        "Lập biên bản ngày 26/5/2021, ra quyết định xử phạt ngày 18/5/2021.",
    ),
    Order(
        r"(?:tổ chức|tiến hành|diễn ra|ngày)\s+(?:cuộc\s+|việc\s+)?(?:bầu cử|bỏ phiếu)",
        _RESULT + r"|tổng kết (?:cuộc )?bầu cử",
        "Tổ chức bầu cử thêm ngày 06/6/2021 tại 04 đơn vị; kết quả được công bố ngày 04/6/2021.",
    ),
    Order(
        r"(?:tổ chức|diễn ra|khai mạc)\s+(?:kỳ\s+|đợt\s+|vòng\s+)?(?:thi|xét|sát hạch|tuyển dụng)\b",
        _RESULT,
        "Tổ chức thi ngày 06/6/2021; kết quả được công bố ngày 04/6/2021.",
    ),
    Order(
        r"(?:kết thúc|hết (?:hạn|thời gian)|đóng cổng)\b[^.;:,\d]{0,12}(?:(?:phần|vòng|đợt|cuộc|hội|dự) thi|thi\b"
        r"|(?:nhận|nộp|thu|gửi) (?:bài|tác phẩm|hồ sơ dự thi|sản phẩm))"
        r"|\b(?:nhận|nộp|thu|gửi) (?:bài|tác phẩm|sản phẩm)(?: dự thi)?\b",
        r"(?:trao giải|trao thưởng|(?:công bố|xét|tổng kết)[^.;:,\d]{0,20}giải)\b"
        r"(?!\s+(?:tuần|tháng|quý|đợt|vòng))",
        "Cuộc thi kết thúc nhận bài ngày 15/8/2023; Ban Tổ chức đã trao giải ngày 20/7/2023.",
        ends=True,
        onward=True,
        other=r"cuộc thi|hội thi|cuộc vận động|liên hoan|hội diễn|giải thưởng|kế hoạch|thể lệ|quy chế"
        r"|quyết định|cơ cấu",
    ),
    Order(
        r"(?:vận hành|chạy|hoạt động|sử dụng|khai thác|triển khai)\s+(?:thử|thí điểm)(?: nghiệm)?",
        r"khai trương|chính thức (?:vận hành|hoạt động|sử dụng|khai thác|triển khai|đưa vào)"
        r"|(?:vận hành|hoạt động|đưa vào \w+ \w+)[^.;:,\d]{0,12}chính thức",
        "Hệ thống chạy thử từ ngày 05/9/2024 và chính thức vận hành từ ngày 18/6/2024.",
        onward=True,
    ),
    Order(
        r"(?:nhận|nộp|thu|phát hành)\s+(?:phiếu |đơn |hồ sơ )(?:đăng ký|dự|ứng|tham|thi|đấu|mời)?|nhận hồ sơ\b",
        r"(?:tổ chức|tiến hành|diễn ra)\s+(?:kỳ |vòng |đợt |buổi |phiên |cuộc )?"
        r"(?:thi|xét tuyển|sát hạch|phỏng vấn|bốc thăm|đấu giá)\b|phiên đấu giá\b",
        "Nhận hồ sơ dự tuyển đến hết ngày 14/6/2023; Hội đồng tổ chức thi ngày 02/6/2023.",
        ends=True,
        onward=True,
        other=r"kế hoạch|thông báo|quy chế|quyết định|đợt (?:1|trước|đầu)",
    ),
    Order(
        r"(?:hoàn thành|xong|kết thúc)\s+(?:việc\s+)?(?:xây dựng|thi công|lắp đặt|xây lắp)",
        r"nghiệm thu(?!\s+(?:giai đoạn|thiết bị|vật liệu|đề cương|nhiệm vụ|đề tài|đợt|bước|khối lượng))"
        r"|khánh thành",
        "Nhà văn hóa nghiệm thu ngày 22/7/2023, hoàn thành xây dựng ngày 18/9/2023.",
    ),
    Order(
        r"kỳ họp\b[^.;:]{0,50}(?:diễn ra|khai mạc|tổ chức|họp)",
        r"thông qua nghị quyết số\s*[\w/.-]+\s+(?:của [^,.;\d]{3,40}\s)?ngày",
        "Kỳ họp thứ 9 diễn ra từ ngày 04/12/2023 đã thông qua Nghị quyết số 5/NQ-HĐND ngày 28/11/2023.",
        onward=True,
    ),
    Order(r"khai (?:mạc|giảng)", r"bế (?:mạc|giảng)", "Lớp khai giảng ngày 06/6/2021, bế giảng ngày 04/5/2021."),
    Order(
        r"(?:dịch|ca bệnh|ca mắc|vụ cháy|đám cháy)\b[^.;:\d]{0,40}(?:phát hiện|xuất hiện|bùng phát|xảy ra)",
        r"(?:khống chế|dập tắt|tiêu hủy|công bố hết dịch)",
        "Ổ dịch xảy ra ngày 06/6/2021, được khống chế ngày 04/5/2021.",
    ),
    Order(
        r"công bố (?:có )?dịch",
        r"công bố hết dịch",
        "Công bố dịch ngày 06/6/2021, công bố hết dịch ngày 04/5/2021.",
    ),
    Order(
        r"(?:bắt đầu |xong )?(?:gieo cấy|gieo sạ|xuống giống|gieo trồng|thả giống)",
        r"thu hoạch",
        "Xuống giống từ ngày 10/12/2022, thu hoạch xong ngày 15/11/2022.",
    ),
    Order(
        r"thông báo thu hồi đất",
        r"quyết định thu hồi đất",
        "Thông báo thu hồi đất ngày 06/6/2021, quyết định thu hồi đất ngày 04/5/2021.",
    ),
    Order(
        r"lấy ý kiến[^.;:\d]{0,40}",
        r"(?:thông qua|ban hành) (?:nghị quyết|quyết định|kế hoạch|đề án|quy hoạch)",
        "Lấy ý kiến Nhân dân xong ngày 06/6/2021, thông qua đề án ngày 04/5/2021.",
    ),
    Order(
        r"lập danh sách",
        r"niêm yết(?: công khai)? danh sách",
        "Lập danh sách cử tri xong ngày 06/6/2021, niêm yết danh sách cử tri ngày 04/5/2021.",
        True,
    ),
    Order(
        r"thành lập (?:tổ|đoàn|hội đồng)\b",
        r"(?:tổ(?! chức)|đoàn|hội đồng)\b[^.;:,\d]{0,20}(?:tổ chức|tiến hành|làm việc|họp|chấm)",
        "Thành lập Tổ khảo sát ngày 06/6/2021; Tổ khảo sát làm việc tại các xã ngày 04/5/2021.",
    ),
    Order(
        rf"(?:ban hành|ký|có)\s+quyết định (?:về việc )?{_LOOK}|quyết định {_LOOK}[^.;:\d]{{0,25}}(?:ban hành|ký)",
        rf"đoàn\b[^.;:\d]{{0,30}}(?:làm việc|tiến hành|{_LOOK} tại)",
        "Quyết định kiểm tra được ban hành ngày 18/4/2021, Đoàn làm việc tại đơn vị từ ngày 10/4/2021.",
    ),
)
