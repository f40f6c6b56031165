"""Real documents with what official sources say of them: status, relations, articles amended from a day on.

They lie beside the project, not in it (``../shared``): a benchmark that needs them says so where they are absent.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.numbers import number_key

SHARED = Path(__file__).resolve().parents[3] / "shared"
TEXTS = SHARED / "texts"
EVENTS = SHARED / "labels" / "phapdien_amendment_events.jsonl"

#: Published words for relations, as one of ours and whether the document that has the row is the one acted upon.
RELATIONS: dict[str, tuple[str, bool]] = {
    "can_cu": ("căn cứ", False),
    "la_can_cu_cua": ("căn cứ", True),
    "duoc_dan_chieu_boi": ("dẫn chiếu", True),
    "sua_doi_bo_sung": ("sửa đổi bổ sung", False),
    "duoc_sua_doi_boi": ("sửa đổi bổ sung", True),
    "thay_the": ("thay thế", False),
    "bi_thay_the_boi": ("thay thế", True),
    "bai_bo": ("bãi bỏ", False),
    "bi_bai_bo_boi": ("bãi bỏ", True),
    "bai_bo_mot_phan": ("bãi bỏ", False),
    "bi_bai_bo_mot_phan_boi": ("bãi bỏ", True),
}


@dataclass(slots=True)
class Published:
    """What is published: documents by number, pairs (acting, acted upon) with relations, label events."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    pairs: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)


def held() -> bool:
    """Whether the documents are there."""
    return TEXTS.is_dir() and EVENTS.is_file()


def all_rows() -> Iterator[dict[str, Any]]:
    """Every Vietnamese document with a number."""
    for path in sorted(TEXTS.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["so_hieu"] and row["lang"] != "en":
                    yield row


@lru_cache(maxsize=1)
def read_published() -> Published:
    """What is published, and the documents that any of it concerns."""
    found = Published()
    found.events = [json.loads(line) for line in EVENTS.read_text(encoding="utf-8").splitlines()]
    rows = list(all_rows())
    for row in rows:
        own = number_key(row["so_hieu"])
        for told in row["relations"] or ():
            if told["type"] not in RELATIONS:
                continue
            relation, passive = RELATIONS[told["type"]]
            other = number_key(told["target"])
            pair = (other, own) if passive else (own, other)
            found.pairs.setdefault(pair, set()).add(relation)
    wanted = {name for pair in found.pairs for name in pair}
    wanted |= {number_key(row["so_hieu"]) for row in rows if row["tinh_trang"]}
    wanted |= {number_key(event[key]) for event in found.events for key in ("by_so_hieu", "target_so_hieu")}
    for row in sorted(rows, key=lambda one: _RANK[one["text_kind"]]):
        own = number_key(row["so_hieu"])
        if own not in wanted or not row["text"]:
            continue
        if is_stranger(row):
            found.strangers.append(row["so_hieu"])
        elif own in found.rows:
            found.rows[own]["tinh_trang"] = found.rows[own]["tinh_trang"] or row["tinh_trang"]
        else:
            found.rows[own] = row
    return found


#: Of two texts of one document the better is taken.
_RANK = {"full": 0, "articles": 1, "pdf_text": 2, "ocr_ours": 3, "ocr_text": 4, "phap_dien_reassembled": 5}
_RANK["metadata_only"] = 9


def printed_numbers(text: str) -> list[str]:
    """The numbers behind ``Số:`` in the head of a text."""
    head = text[:1500].partition("Căn cứ")[0]
    return re.findall(r"(?:^|\s)[Ss]ố\s*:\s*(\d+[^\s,;]*/[^\s,;]+)", head)


def is_stranger(row: dict[str, Any]) -> bool:
    """Whether the text is that of another document than the row says: its head bears quite another number."""
    printed = printed_numbers(row["text"] or "")
    return bool(printed) and all(re.split(r"\W", one)[0] != re.split(r"\W", row["so_hieu"])[0] for one in printed)


def head_of(row: dict[str, Any]) -> str:
    """A head for a text without one, of the fields that the source gave."""
    if printed_numbers(row["text"]):
        return ""
    day = row["ngay_ban_hanh"]
    lines = [(row["co_quan"] or "").upper(), f"Số: {row['so_hieu']}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    if day:
        lines.append("Hà Nội, ngày {2} tháng {1} năm {0}".format(*day.split("-")))
    return "\n".join([*lines, "", (row["loai"] or "").upper(), row["trich_yeu"] or "", "", ""])


def write_texts(rows: Iterable[dict[str, Any]], folder: Path) -> None:
    """The documents as text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        name = re.sub(r"[^\w.-]", "-", row["so_hieu"])
        (folder / f"{name}.txt").write_text(head_of(row) + row["text"], encoding="utf-8")
