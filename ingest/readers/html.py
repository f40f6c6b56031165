"""Pages as legal portals give them: the document's paragraphs, tables and notes; the site's frame kept apart."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.flow import FlowBlock, FlowParagraph, write_reading
from ingest.readers.html_flow import PageReader
from ingest.readers.html_frame import find_frame
from ingest.readers.html_page import parse_page
from kb.errors import UnreadableFile
from kb.models import LineKind, Reading


def read_html_blocks(data: bytes) -> list[FlowBlock]:
    """The paragraphs and tables of a page that has no frame around it."""
    root, _ = parse_page(data)
    return PageReader(frozenset()).read(root)


def read_html(data: bytes) -> Reading:
    """The text of an HTML page as a browser shows it; menus, links and comments around it are FURNITURE lines."""
    root, problems = parse_page(data)
    body = root.find("body")
    if body is None:
        body = root
    reader = PageReader(find_frame(body))
    blocks: Sequence[FlowBlock] = reader.read(body)
    hidden = [FlowParagraph((text,), LineKind.FURNITURE) for text in reader.hidden]
    reading = write_reading([*blocks, *hidden], None, problems)
    if not reading.lines:
        deep = next((problem for problem in problems if problem.code == "html.depth"), None)
        if deep:  # what was cut off may have held the text
            raise UnreadableFile(
                code=deep.code,
                vi="trang lồng bảng quá sâu, không đọc được chữ nào",
                en="tables nested too deep, no word can be read",
            )
        raise UnreadableFile(
            code="file.no_text", vi="trang HTML không có chữ nào", en="the HTML page holds no text"
        )
    return reading
