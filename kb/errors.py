"""Errors a person can act on.

    CanCuError                 anything we refuse, with a message in Vietnamese and in English
    ├── UnreadableFile         the bytes cannot become a document (empty, truncated, password, bomb ...)
    │   └── MissingTool        they could, with a program that is not installed
    ├── StoreError             the base cannot be opened or written (locked, full disk, wrong schema)
    └── NotFound               nothing answers to an id
        └── Several            more than one thing does; it names them

Bad data inside a document is a `kb.models.Problem`, never an exception.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping

from kb.bilingual import Bilingual

#: What a system says most, in the words of a person.
_SYSTEM = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "hệ thống không cho phép",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã hết hạn mức đĩa",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EIO: "đĩa bị lỗi",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "trong đường dẫn có một tệp thay vì thư mục",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.ELOOP: "liên kết dẫn vòng quanh",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.EADDRINUSE: "cổng đang được chương trình khác dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
    errno.EEXIST: "đã có tệp này",
}


def system_reason(error: OSError) -> Bilingual:
    """What the system says of an error, in both languages; its own words where none are known.

    >>> system_reason(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    'không có tệp hoặc thư mục này'
    """
    own = error.strerror or str(error) or type(error).__name__
    return Bilingual(_SYSTEM.get(error.errno or 0, own), own)


class CanCuError(Exception):
    """A refusal with a code, a message in Vietnamese and in English, and an exit status."""

    exit_code = 3

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(f"{vi} ({en})")
        self.code = code
        self.vi = vi
        self.en = en


class UnreadableFile(CanCuError):
    """The file cannot be read as a document; the rest of a batch goes on."""

    exit_code = 1


class MissingTool(UnreadableFile):
    """The file needs an outside program that is not installed; the message names the package."""


class StoreError(CanCuError):
    """The knowledge base cannot be opened or written."""


class NotFound(CanCuError):
    """No single thing answers to the id that was asked for."""

    exit_code = 1


class Several(NotFound):
    """More than one thing answers; `candidates` gives the id of each with what is known of it."""

    def __init__(self, name: str, candidates: Mapping[str, str]) -> None:
        listed = "\n  ".join(f"{key}  {words}".rstrip() for key, words in candidates.items())
        super().__init__(
            code="work.several",
            vi=f"“{name}” có thể là {len(candidates)} văn bản, hãy ghi rõ một mã",
            en=f"“{name}” may be {len(candidates)} documents, name one id:\n  {listed}\n",
        )
        self.candidates = candidates
