"""Write the documents of the corpus and the list of their sources from the digests in `tools/digests/texts`.

Run ``python -m tools.make_corpus`` from the root of the repository; names as arguments limit it to those digests.
ODT, RTF and DOC need LibreOffice; without it they are left as they are, and said so.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

from tools.digests.page import as_html
from tools.digests.pdf import write_pdf
from tools.digests.plain import as_markdown, as_text
from tools.digests.scan import write_scan
from tools.digests.source import Digest, read_digest
from tools.digests.word import convert, write_docx

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tools" / "digests" / "texts"
CORPUS = ROOT / "corpus"
_SUFFIX = {"scan": ".scan.pdf"}
_WRITTEN = "2026-11-24"
_COLUMNS = ("file", "number", "type", "issued", "kind", "work", "facts", "written", "by")


def file_name(digest: Digest) -> str:
    """The name of the file a digest becomes."""
    return digest.name + _SUFFIX.get(digest.format, f".{digest.format}")


def write_document(digest: Digest, folder: Path) -> bool:
    """Write one digest in its format; False where the program that writes it is missing."""
    path = folder / file_name(digest)
    texts = {"txt": as_text, "md": as_markdown, "html": as_html}
    if digest.format in texts:
        path.write_text(texts[digest.format](digest), encoding="utf-8")
    elif digest.format == "pdf":
        write_pdf(digest, path)
    elif digest.format == "scan":
        write_scan(digest, path)
    elif digest.format == "docx":
        write_docx(digest, path)
    else:
        with tempfile.TemporaryDirectory() as work:
            source = Path(work) / f"{digest.name}.docx"
            write_docx(digest, source)
            return convert(source, digest.format, path)
    return True


def source_row(digest: Digest) -> dict[str, str]:
    """What `corpus/sources.csv` says of a digest."""
    words = digest.date.split()
    issued = f"{words[-1]}-{int(words[3]):02}-{int(words[1]):02}"
    values = (
        f"documents/{file_name(digest)}",
        digest.number,
        digest.type.capitalize(),
        issued,
        "lược thuật",
        digest.work,
        digest.facts,
        _WRITTEN,
        "Nhóm biên soạn kho Căn Cứ",
    )
    return dict(zip(_COLUMNS, values, strict=True))


def main(names: list[str]) -> int:
    """Write all digests, or those named; 1 when one could not be written."""
    digests = [read_digest(path) for path in sorted(TEXTS.glob("*.txt"))]
    left = [
        digest.name
        for digest in digests
        if (not names or digest.name in names) and not write_document(digest, CORPUS / "documents")
    ]
    with (CORPUS / "sources.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(source_row(digest) for digest in digests)
    for name in left:
        sys.stderr.write(f"left as it is, LibreOffice is not installed: {name}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
