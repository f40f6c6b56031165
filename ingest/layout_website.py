"""The frame of a website round a document that was saved from it as text: menus above, all below the signature.

What sites print is a vocabulary, not a place: one row a phrase. A frame is told by several of them close together,
and by no words of a document behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.layout_lines import Sheet, Strip
from ingest.layout_words import is_open
from kb.models import LineKind

# Lines of legal portals, Vietnamese and English; each as a whole line or its beginning.
_PHRASES = (
    r"Văn bản này (?:chưa|đã|đang) cập nhật",
    r"Văn bản (?:liên quan|gốc|tiếng Anh|bị thay thế|thay thế|hợp nhất|hướng dẫn|căn cứ)$",
    r"(?:Nội dung|Văn bản) được (?:sửa đổi|hướng dẫn|dẫn chiếu|căn cứ)$",
    r"Hiệu lực:\s*Đã biết",
    r"Tình trạng(?: hiệu lực)?:",
    r"Cập nhật:",
    r"Ban hành:$",
    r"NỘI DUNG SỬA ĐỔI, HƯỚNG DẪN$",
    r"Tải (?:về|văn bản|xuống|file|toàn văn)\b",
    r"Bản (?:in|PDF|Word)$",
    r"In (?:trang|văn bản|bài)",
    r"(?:Gửi|Chia sẻ)(?: qua)? (?:e?mail|facebook|zalo|bài|cho bạn)",
    r"Chia sẻ\b",
    r"(?:Tweet|Facebook|Twitter|Zalo|Youtube|Google\+?|Linkedin|Print|Like|Share)$",
    r"(?:Số )?[Ll]ượt (?:xem|tải|truy cập|đọc)",
    r"Đăng (?:nhập|ký|xuất)(?: tài khoản| thành viên)?$",
    r"Quên mật khẩu",
    r"(?:Ý kiến )?[Bb]ình luận(?:\s*\(\d+\))?$",
    r"Trang (?:chủ|trước|sau)$",
    r"Bản quyền\b",
    r"©|Copyright\b",
    r"(?:Về|Lên) đầu trang",
    r"Tin (?:liên quan|mới|khác|bài)",
    r"Các (?:tin|văn bản|bài) (?:khác|liên quan|mới)",
    r"FILE (?:ĐƯỢC ĐÍNH KÈM|ATTACHED)",
    r"Click (?:trái|phải|vào)",
    r"Double click",
    r"Rà chuột",
    r"Tắt so sánh",
    r"Từ khóa:?$",
    r"Thuộc tính(?: văn bản)?$",
    r"Lược đồ$",
    r"VB (?:song ngữ|liên quan|gốc)$",
    r"Toàn văn$",
    r"Bạn (?:vừa bị|chưa|cần|phải|có thể) (?:Đ|đ)ăng",
    r"Tài khoản\b.{0,40}(?:Đăng|dùng)",
    r"Cảm ơn đã dùng",
    r"Giấy phép (?:thiết lập|hoạt động|số)",
    r"Hotline\b",
    r"Sơ đồ (?:site|trang|cổng)",
    r"(?:Tổng )?[Ll]ượt truy cập",
    r"Liên hệ$",
    r"Giới thiệu$",
    r"Hỏi đáp$",
    r"Thư điện tử:?$",
    r"RSS$",
    r"Tìm kiếm(?: nâng cao)?$",
    r"(?:English|Tiếng Anh|Tiếng Việt)$",
    r"Home$",
    r"Menu$",
)
_PHRASE_RE = re.compile("(?:" + "|".join(_PHRASES) + ")")
_FIRST = frozenset("VNHTBCISGFYZLPDĐQĐKRMÝWEX©ýlL")
#: What only a document prints; a frame does not reach over it.
_DOCUMENT_RE = re.compile(
    r"CỘNG\s+HÒA\s+XÃ\s+HỘI|CỘNG\s+HOÀ\s+XÃ\s+HỘI|Độc lập - Tự do|Điều\s+\d+[a-z]?\.|Nơi nhận|PHỤ LỤC"
    r"|Căn cứ\s+(?:Luật|Nghị|Quyết|Hiến|Thông|Pháp|Bộ)"
)
_TITLE_RE = re.compile(
    r"(?:Bộ luật|Luật|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Công văn|Công điện|Kế hoạch"
    r"|Thông báo|Báo cáo|Văn bản hợp nhất|Hướng dẫn|Kết luận|Quy định|Tờ trình|Chương trình|Lệnh|Pháp lệnh|Đề án)"
    r"\s+(?:\d\S*/\S+\s|(?:số\s+)?\d\S*\s+(?:năm\s+\d{4}|ngày\s+\d{1,2}[/.-]))"
)
_NEAR = 14
_LEAST = 3
_WINDOW = 400


def mark_website(sheet: Sheet) -> None:
    """Mark the lines of a website's frame."""
    strips = sheet.strips
    told = [at for at, strip in enumerate(strips) if _is_phrase(strip)]
    if len(told) < _LEAST:
        return
    tail = _tail(strips, told)
    if tail is not None:
        for strip in strips[tail:]:
            strip.kind = LineKind.FURNITURE
    head = _head(strips, told)
    for strip in strips[:head]:
        strip.kind = LineKind.FURNITURE


def _is_phrase(strip: Strip) -> bool:
    return (
        strip.text[0] in _FIRST
        and len(strip.text) < 120
        and strip.kind is LineKind.TEXT
        and _PHRASE_RE.match(strip.text) is not None
    )


def _tail(strips: Sequence[Strip], told: Sequence[int]) -> int | None:
    """The first line of the frame below the document; None when there is none."""
    last = next((at for at in range(len(strips) - 1, -1, -1) if _is_document(strips[at])), -1)
    for place, at in enumerate(told):
        if at <= last:
            continue
        near = sum(other - at <= _NEAR for other in told[place : place + _NEAR])
        if near >= _LEAST or (near >= 1 and len(told) - place >= _LEAST and len(strips) - at < _WINDOW // 4):
            return _with_title(strips, at)
    return None


def _is_document(strip: Strip) -> bool:
    return strip.text[0] in "CĐNP" and _DOCUMENT_RE.match(strip.text) is not None


def _with_title(strips: Sequence[Strip], at: int) -> int:
    """The page's own title for the document (``Công văn 12/BTC-QLN năm 2025 về ...``) belongs to the frame."""
    for back in range(1, 4):
        if at - back > 0 and _TITLE_RE.match(strips[at - back].text) and is_open(strips[at - back].text):
            return at - back
    return at


def _head(strips: Sequence[Strip], told: Sequence[int]) -> int:
    """How many lines above the document are a frame."""
    first = next((at for at, strip in enumerate(strips[:_WINDOW]) if _is_document(strip)), 0)
    above = [at for at in told if at < first]
    if len(above) < _LEAST or 3 * len(above) < above[-1] - above[0] + 1:
        return 0
    return above[-1] + 1
