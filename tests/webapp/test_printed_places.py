from __future__ import annotations

from pathlib import Path

from ingest.citations.find import find_citations
from ingest.document import build_document
from ingest.page_picture import picture_page
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import Box, Document
from pdf_maker import Sheet, make_pdf
from webapp.printed_places import Printed, printed_at

HEAD = [
    "Tỉnh đã giao các sở rà soát thủ tục hành chính của mình, công khai kết quả",
    "trên cổng thông tin; việc này làm theo Nghị định số 63/2010/NĐ-CP, Nghị định",
]
TAIL = ["số 92/2017/NĐ-CP của Chính phủ và kế hoạch hằng năm mà Ủy ban nhân dân tỉnh", "đã ban hành."]


def first(sheet: Sheet) -> None:
    sheet.centered(370, 60, "BÁO CÁO", 15, "SerifBold")
    sheet.centered(370, 85, "Kết quả kiểm soát thủ tục hành chính", 14, "SerifBold")
    top = sheet.paragraph(130, ["Báo cáo nêu việc đã làm trong năm theo Nghị định số 63/2010/NĐ-CP."])
    for number in range(1, 32):
        top = sheet.paragraph(top, [f"{number}. Cơ quan thứ {number} đã công khai đủ thủ tục."])
    sheet.paragraph(top + 20, HEAD)


def second(sheet: Sheet) -> None:
    top = sheet.paragraph(80, TAIL, indent=0)
    sheet.paragraph(top + 20, ["Báo cáo gửi Ủy ban nhân dân tỉnh để biết."])


def made(folder: Path) -> tuple[Path, Document]:
    path = folder / "bao-cao.pdf"
    data = make_pdf(first, second)
    path.write_bytes(data)
    source = source_of(path.name, data)
    return path, build_document(source, read_source(source, data))


def inside(box: Box, line: Box) -> bool:
    return line.top <= box.top and box.bottom <= line.bottom and line.x0 <= box.x0 and box.x1 <= line.x1


def test_every_line_of_a_paragraph_and_of_cited_words_is_boxed_over_the_end_of_a_page(tmp_path: Path) -> None:
    path, document = made(tmp_path)
    cited = [one for one in find_citations(document) if one.number == "92/2017/NĐ-CP"]
    assert len(cited) == 1 and " ".join(cited[0].surface.split()) == "Nghị định số 92/2017/NĐ-CP"
    before = printed_at(picture_page(path, 1), document, 1, cited[0].span.start, cited[0].parts)
    after = printed_at(picture_page(path, 2), document, 2, cited[0].span.start, cited[0].parts)
    assert len(before.paragraph) == 2 and len(after.paragraph) == 2
    assert len(before.words) == len(after.words) == 1
    assert inside(before.words[0], before.paragraph[1]) and inside(after.words[0], after.paragraph[0])
    # The words end the line of the first page and begin that of the second.
    assert before.words[0].x1 == before.paragraph[1].x1 and after.words[0].x0 == after.paragraph[0].x0
    assert (before.before, before.after, after.before, after.after) == (False, True, True, False)


def test_of_words_that_stand_twice_those_of_the_paragraph_are_boxed(tmp_path: Path) -> None:
    path, document = made(tmp_path)
    picture = picture_page(path, 1)
    same = [one for one in find_citations(document) if one.number == "63/2010/NĐ-CP"]
    boxed = [printed_at(picture, document, 1, one.span.start, one.parts) for one in same]
    assert [len(one.words) for one in boxed] == [1, 1]
    assert boxed[0].words[0].top < boxed[1].words[0].top
    assert all(one.paragraph[0].top - 1 <= one.words[0].top <= one.paragraph[-1].bottom for one in boxed)


def test_a_page_without_letters_has_no_boxes(tmp_path: Path) -> None:
    path, document = made(tmp_path)
    picture = picture_page(path, 1)
    bare = type(picture)(picture.png, picture.width, picture.height)
    assert printed_at(bare, document, 1, document.text.index("Tỉnh đã giao"), ()) == Printed()
