from __future__ import annotations

import pytest

from ingest.readers.html import read_html
from kb.errors import UnreadableFile
from kb.models import LineKind, Reading

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def texts(reading: Reading, kind: LineKind | None = None) -> list[str]:
    return [line.span.cut(reading.text) for line in reading.lines if kind in {None, line.kind}]


def read(body: str) -> Reading:
    return read_html(
        f"<html><head><title>x</title><style>p {{}}</style></head><body>{body}</body></html>".encode()
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Điều   1.\n  Phạm vi</p><p>Một</p>", ["Điều 1. Phạm vi", "Một"]),
        ("<p><span>Q</span><b>uyết</b> định</p>", ["Quyết định"]),
        ("Chữ trần<div>Khối</div>sau khối", ["Chữ trần", "Khối", "sau khối"]),
        ("<p>&#272;i&#7873;u&nbsp;&nbsp;5 &amp; 6</p>", ["Điều 5 & 6"]),
        ("<p align=center>Một<br>hai</p>", ["Một", "hai"]),
        ("<p>theo Nghị định số<br>30/2020/NĐ-CP</p>", ["theo Nghị định số 30/2020/NĐ-CP"]),
        ("<p>Nghi\u0323 đi\u0323nh</p>", ["Nghị định"]),
        ("<pre>Một\nHai.\nBa</pre>", ["Một Hai.", "Ba"]),
        ("<ol start=3><li>Ba</li><li><p>Bốn</p></li></ol><ul><li>gạch</li></ul>", ["3. Ba", "4. Bốn", "- gạch"]),
        ("<ol type=a><li>x</li><li>y</li></ol>", ["a) x", "b) y"]),
        ("<p>100 m<sup>2</sup> theo Luật<sup>[3]</sup></p>", ["100 m² theo Luật³"]),
        ("<p>Luật <span style='vertical-align: super'>1</span><sup>2</sup></p>", ["Luật ¹²"]),
        ("<p>a<script>b()</script><!-- c -->d</p>", ["ad"]),
        ("<p style='text-transform:uppercase'>báo cáo</p>", ["BÁO CÁO"]),
    ],
)
def test_words_are_as_a_browser_shows_them(body: str, expected: list[str]) -> None:
    assert texts(read(body)) == expected


def test_looks_come_from_tags_and_styles() -> None:
    reading = read("<p style='text-align:center'><b>QUYẾT ĐỊNH</b></p><p><em>Căn cứ</em></p><h2>Mục</h2>")
    first, second, third = (line.style for line in reading.lines)
    assert (first.bold, first.centered, second.italic, third.heading) == (True, True, True, 2)


@pytest.mark.parametrize("attributes", ["border=1 style='border-style:hidden'", "border=1", ""])
def test_head_and_foot_are_lines(attributes: str) -> None:
    reading = read(
        f"<table {attributes}><tr><td>UBND TỈNH A</td><td>{MOTTO}<br>Độc lập - Tự do</td></tr>"
        "<tr><td>Số: 1/QĐ-UBND</td><td>A, ngày 1 tháng 2 năm 2024</td></tr></table><p>QUYẾT ĐỊNH</p>"
        f"<table {attributes}><tr><td><p>Nơi nhận:</p><p>- Như trên;</p></td><td><p>CHỦ TỊCH</p></td></tr></table>"
    )
    assert texts(reading) == [
        "UBND TỈNH A",
        "Số: 1/QĐ-UBND",
        MOTTO,
        "Độc lập - Tự do",
        "A, ngày 1 tháng 2 năm 2024",
        "QUYẾT ĐỊNH",
        "Nơi nhận:",
        "- Như trên;",
        "CHỦ TỊCH",
    ]


def test_tables_have_rows_columns_and_merged_cells() -> None:
    reading = read(
        "<table border=1><thead><tr><th rowspan=2>TT</th><th colspan=2>Kết quả</th></tr>"
        "<tr><th>Tổng</th><th>Đúng hạn</th></tr></thead>"
        "<tr><td>1<td><p>20</p><p>hồ sơ</p><td>19</table>"
    )
    assert texts(reading) == ["TT\tKết quả\t", "\tTổng\tĐúng hạn", "1\t20 hồ sơ\t19"]
    grid = reading.grids[0]
    assert [[(cell.colspan, cell.rowspan) for cell in row] for row in grid.rows] == [
        [(1, 2), (2, 1)],
        [(1, 1), (1, 1)],
        [(1, 1), (1, 1), (1, 1)],
    ]
    assert grid.header_rows == 2
    assert [span.cut(reading.text) for span in grid.rows[2][1].spans] == ["20", "hồ sơ"]


def test_a_table_in_a_cell_is_flattened() -> None:
    inner = "<table border=1><tr><td>a</td><td>b</td></tr></table>"
    reading = read(f"<table border=1><tr><td>1</td><td>Gồm {inner}</td></tr><tr><td>2</td><td>c</td></tr></table>")
    assert texts(reading) == ["1\tGồm a b", "2\tc"]


def test_notes_of_word_exports() -> None:
    reading = read(
        "<p>Chính phủ<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a> ban hành.</p><p>Sau.</p>"
        "<hr><div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Nghị quyết A.</p><p>Dòng hai.</p></div>"
        "<p>Hết.</p>"
    )
    assert texts(reading) == ["Chính phủ¹ ban hành.", "Sau.", "¹ Nghị quyết A.", "Dòng hai.", "Hết."]
    assert [line.kind.value for line in reading.lines] == ["text", "text", "note", "note", "text"]


def test_notes_are_links_that_lead_to_each_other_whatever_their_names() -> None:
    reading = read(
        "<p>Chính phủ<a name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup></a> và tỉnh<sup id=x>"
        "<a href='#y'>2</a></sup>, xem <a href='#muc3'>3</a>.</p><p id=muc3>Mục ba</p>"
        "<div id='sdfootnote1'><p><a name='sdfootnote1sym' href='#sdfootnote1anc'>1</a>Nghị quyết A.</p></div>"
        "<p id=y><a href='#x'>2</a> Tỉnh B.</p>"
    )
    assert texts(reading) == ["Chính phủ¹ và tỉnh², xem 3.", "Mục ba", "¹ Nghị quyết A.", "² Tỉnh B."]
    assert [line.kind.value for line in reading.lines] == ["text", "text", "note", "note"]


def test_the_frame_of_a_site_is_furniture_and_nothing_is_lost() -> None:
    body = "<p>Điều 1. Nội dung dài của văn bản được quy định tại đây.</p>" * 8
    reading = read(
        "<nav><a href='/'>Trang chủ</a></nav><div id=main-menu><a href=a>Văn bản</a></div>"
        f"<div class=wrap><div class=title>Quyết định 5</div><div><div><p>{MOTTO}</p>{body}</div></div>"
        "<div><p>Nơi nhận:</p><p>- Như trên;</p></div></div>"
        "<div class='box'>" + "<a href=x>Văn bản liên quan</a> " * 6 + "</div>"
        "<div class='comments'><p>Bình luận của bạn đọc</p></div><footer>Bản quyền</footer>"
    )
    furniture = texts(reading, LineKind.FURNITURE)
    assert {"Trang chủ", "Văn bản", "Bình luận của bạn đọc", "Bản quyền"} <= set(furniture)
    assert any("Văn bản liên quan" in line for line in furniture)
    text = texts(reading, LineKind.TEXT)
    assert text[0] == MOTTO and text[-2:] == ["Nơi nhận:", "- Như trên;"] and len(text) == 11


def test_parts_of_a_document_in_elements_of_their_own_are_no_frame() -> None:
    first = f"<p>{MOTTO}</p>" + "<p>Nội dung của quyết định được ban hành.</p>" * 30
    second = "<p>Nội dung của quy chế được ban hành kèm theo.</p>" * 20
    reading = read(f"<div>{first}</div><div>{second}</div><div>\nPHỤ LỤC\n<p>Danh mục</p></div>")
    assert not texts(reading, LineKind.FURNITURE)


def test_hidden_words_are_furniture_but_a_hidden_document_is_read() -> None:
    reading = read("<p>Điều 1<span style='display:none'>chú giải</span>.</p>")
    assert [(line.kind.value, line.span.cut(reading.text)) for line in reading.lines] == [
        ("text", "Điều 1."),
        ("furniture", "chú giải"),
    ]
    assert len(texts(read("<div style='display:none'>" + "<p>Nội dung của điều này.</p>" * 30 + "</div>"))) == 30


@pytest.mark.parametrize(
    "data",
    [
        "<p>Nghị định của Chính phủ</p>".encode("utf-16"),
        "<meta charset=utf-8><p>Nghị định của Chính phủ</p>".encode(),
        "<meta charset=windows-1252><p>Nghị định của Chính phủ</p>".encode(),
        "<?xml version='1.0' encoding='utf-8'?><html><p>Nghị định của Chính phủ</p></html>".encode(),
        b"<meta charset=windows-1258>" + "<p>Nghị định của Chính phủ</p>".encode("ascii", "xmlcharrefreplace"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"PHA+Tmdo4buLIMSR4buLbmggY+G7p2EgQ2jDrW5oIHBo4bunPC9wPg==\r\n--b--\r\n",
    ],
    ids=["utf-16", "utf-8", "wrong name", "xml declaration", "references", "web archive"],
)
def test_the_encoding_is_found(data: bytes) -> None:
    assert texts(read_html(data)) == ["Nghị định của Chính phủ"]


def test_a_page_without_words_is_refused() -> None:
    for data in (b"<html><body></body></html>", b"<html><script>x</script></html>", b"<!-- x -->"):
        with pytest.raises(UnreadableFile):
            read_html(data)


def test_deep_nesting_and_long_tables_are_read_whole() -> None:
    deep = "<div>" * 3000 + "Điều 1" + "</div>" * 3000 + "<p>Điều 2</p>"
    assert texts(read(deep)) == ["Điều 1", "Điều 2"]
    row, item = "<tr><td>1<td>Thủ tục<td>15,5</tr>", "<li>Mục</li>"
    assert len(read(f"<table border=1>{row * 10_000}</table>").lines) == 10_000
    assert len(read(f"<ol>{item * 10_000}</ol>").lines) == 10_000


def test_real_pages_lose_no_word(shared) -> None:
    for path in sorted((shared / "originals" / "portal-html").glob("*.html"))[::5]:
        reading = read_html(path.read_bytes())
        covered = "".join(line.span.cut(reading.text) for line in reading.lines)
        assert "".join(covered.split()) == "".join(reading.text.split())
        assert MOTTO.casefold() not in " ".join(texts(reading, LineKind.FURNITURE)).casefold()


def test_tables_in_tables_without_end_are_read() -> None:
    def nested(depth: int) -> str:
        return "<table><tr><td>" * depth + "Số: 12/BC-UBND" + "</td></tr></table>" * depth

    assert "Số: 12/BC-UBND" in read(nested(500)).text
    with pytest.raises(UnreadableFile, match="nested too deep"):
        read(nested(3000))
