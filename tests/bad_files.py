"""Files that must be refused, each with the code of its refusal."""

from __future__ import annotations

import io
import zipfile

from pdf_maker import make_pdf
from word_files import word


def pdf(encrypt: str | None = None) -> bytes:
    return make_pdf(lambda sheet: sheet.paragraph(100, ["Kế hoạch số 9/KH-UBND", "Nội dung"]), encrypt=encrypt)


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 400_000_000)
    return target.getvalue()


def billion_laughs() -> bytes:
    laughs = ['<!ENTITY l0 "lol">'] + [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9)]
    return word("<w:p><w:r><w:t>&l8;</w:t></w:r></w:p>", prefix=f"<!DOCTYPE d [{''.join(laughs)}]>")


#: Names, bytes, and the code of the refusal.
BAD = {
    "rỗng.txt": (b"", "file.empty"),
    "chỉ có khoảng trắng.txt": (b"  \n\t\n", "file.empty"),
    "nhị phân.txt": (bytes(range(256)) * 40, "file.binary"),
    "cụt.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "pdf.damaged"),
    "có mật khẩu.pdf": (None, "pdf.encrypted"),
    "bom nén.docx": (None, "file.zip_bomb"),
    "bom xml.docx": (None, "file.xml_entities"),
    "cụt.docx": (b"PK\x03\x04\x14\x00\x00\x00", None),
    "bảng mã lạ.txt": ("Điều".encode() + b"\xc3\x28\xff\xfe abc", None),
}


def bad_bytes(name: str) -> bytes:
    """The bytes of one of `BAD`."""
    made = {"có mật khẩu.pdf": lambda: pdf("bí mật"), "bom nén.docx": bomb, "bom xml.docx": billion_laughs}
    data, _ = BAD[name]
    return made[name]() if data is None else data
