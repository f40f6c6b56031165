"""Small Word files made part by part, for what python-docx cannot write."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ROOTS = {
    "document": "document",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header1": "hdr",
    "footer1": "ftr",
}


def word(body: str, prefix: str = "", chunk: bytes = b"", **parts: str) -> bytes:
    """A Word file with a body and other parts, each the inside of its root element; `chunk` has the id rchunk."""
    parts = {"document": f"<w:body>{body}</w:body>", **parts}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{_kind(name)}+xml"/>' for name in parts
        )
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="bin" ContentType="text/html"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
        archive.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "word/document.xml")}))
        related = {f"r{name}": (name.rstrip("1"), f"{name}.xml") for name in parts if name != "document"}
        if chunk:
            related["rchunk"] = ("aFChunk", "chunk.bin")
            archive.writestr("word/chunk.bin", chunk)
        archive.writestr("word/_rels/document.xml.rels", _relations(related))
        for name, content in parts.items():
            root = _ROOTS[name]
            archive.writestr(f"word/{name}.xml", f"{prefix}<w:{root} {_NS}>{content}</w:{root}>")
    return target.getvalue()


def p(text: str = "", properties: str = "") -> str:
    """A paragraph: plain text, or runs when it begins with a tag."""
    inner = text if text.startswith("<") else r(text)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def sup(text: str) -> str:
    """A superscript run."""
    return r(text, '<w:vertAlign w:val="superscript"/>')


def listed(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def note(kind: str, key: int, *paragraphs: str) -> str:
    """A footnote or endnote."""
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    first, *others = paragraphs
    body = f"<w:p>{mark}{r(' ' + first)}</w:p>" + "".join(map(p, others))
    return f'<w:{kind} w:id="{key}">{body}</w:{kind}>'


def ref(key: int, kind: str = "footnote", custom: str = "") -> str:
    """The mark of a note."""
    if custom:
        return f'<w:r><w:{kind}Reference w:customMarkFollows="1" w:id="{key}"/><w:t>{custom}</w:t></w:r>'
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{key}"/></w:r>'


def table(*rows: str, borders: str = "single") -> str:
    """A table of rows."""
    sides = "".join(
        f'<w:{side} w:val="{borders}"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tc(text: str = "", properties: str = "") -> str:
    """A cell: plain text, or blocks when it begins with a tag."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def level(index: int, text: str, form: str = "decimal", start: int = 1, extra: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, abstract_key: int, overrides: str = "") -> str:
    """A list."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract_key}"/>{overrides}</w:num>'


def _kind(name: str) -> str:
    return "document.main" if name == "document" else name.rstrip("1")


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
