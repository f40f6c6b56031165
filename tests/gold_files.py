"""Gold files: what people read in a document, kept as offsets and hashes, no sentence of the text.

The first line of a file tells the document, the others a mention each; docs/accuracy.md has the conventions.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "corpus" / "gold" / "citations"
SHARED = ROOT.parent / "shared"
SPLITS = ("dev", "test")
KINDS = ("number", "name", "alias", "back", "internal", "self")
RELATIONS = (
    "căn cứ",
    "triển khai thực hiện",
    "hướng dẫn",
    "ban hành",
    "kèm theo",
    "sửa đổi bổ sung",
    "thay thế",
    "bãi bỏ",
    "đình chỉ",
    "đính chính",
    "hợp nhất",
    "dẫn chiếu",
)
FIELDS = ("number", "type", "issuer", "date", "year", "pinpoint", "relation", "direction", "use", "footnote")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention, of a person or of the extractor.

    `optional`: neither found nor missed counts. `not_judged`: fields on which careful readers may differ.
    `relations_also`: relations that are right too. `issuer_implied`: the issuer follows from the symbol or
    from the type, it is not printed with this mention.
    """

    parts: tuple[tuple[int, int], ...]
    kind: str
    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    year: int | None = None
    pinpoint: str | None = None
    relation: str | None = None
    direction: str | None = None
    use: str | None = None
    footnote: str | None = None
    optional: bool = False
    issuer_implied: bool = False
    not_judged: tuple[str, ...] = ()
    relations_also: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]

    def cut(self, text: str) -> str:
        return "".join(text[start:end] for start, end in self.parts)


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A document and its mentions; `surfaces` are the first 16 hex digits of the sha256 of each surface."""

    id: str
    source: str
    number: str
    sha256: str
    split: str
    stratum: str
    characters: int
    mentions: tuple[Mention, ...]
    surfaces: tuple[str, ...]


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def load_gold(path: Path) -> GoldFile:
    head, *rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return GoldFile(
        path.stem,
        head["document"]["source"],
        head["document"]["so_hieu"],
        head["sha256"],
        head["split"],
        head["stratum"],
        head["characters"],
        tuple(_mention(row) for row in rows),
        tuple(row["surface_sha256"] for row in rows),
    )


def gold_paths(split: str = "all") -> list[Path]:
    splits = SPLITS if split == "all" else (split,)
    return sorted(path for name in splits for path in (FOLDER / name).glob("*.jsonl"))


def _mention(row: dict) -> Mention:
    parts = row.get("parts") or [[row["start"], row["end"]]]
    return Mention(
        tuple((start, end) for start, end in parts),
        row["kind"],
        *(row[name] for name in ("type", "number", "issuer", "date", "year", "pinpoint")),
        *(row[name] for name in ("relation", "direction", "use", "footnote")),
        optional=row.get("optional", False),
        issuer_implied=row.get("issuer_implied", False),
        not_judged=tuple(row.get("not_judged", ())),
        relations_also=tuple(row.get("relations_also", ())),
    )


def find_texts(files: Iterable[GoldFile], shared: Path = SHARED) -> dict[str, str]:
    """The texts of gold files by the files' ids, as far as they are on this machine."""
    wanted: dict[str, list[GoldFile]] = {}
    for file in files:
        wanted.setdefault(file.source, []).append(file)
    found: dict[str, str] = {}
    for source, group in wanted.items():
        path = shared / source
        if not path.is_file():
            continue
        if path.suffix == ".gz":
            found |= _texts_of(path, {file.sha256: file.id for file in group}, {file.number for file in group})
        else:
            text = path.read_bytes().decode("utf-8-sig")
            found |= {file.id: text for file in group if file.sha256 == hash_of(text)}
    return found


def _texts_of(path: Path, ids: dict[str, str], numbers: set[str]) -> dict[str, str]:
    # Reading a line as JSON costs most of the time; most lines hold none of the numbers.
    marks = {json.dumps(number, ensure_ascii=escaped) for number in numbers for escaped in (True, False)}
    found: dict[str, str] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not any(mark in line for mark in marks):
                continue
            text = json.loads(line).get("text") or ""
            if (sha256 := hash_of(text)) in ids:
                found[ids[sha256]] = text
    return found


def faults_of(file: GoldFile, text: str | None = None) -> list[str]:
    """What is wrong with a gold file, one line a fault; its text is looked at where it is given."""
    faults = [] if file.split in SPLITS else [f"split {file.split!r}"]
    seen: set[tuple[int, int]] = set()
    for mention, surface in zip(file.mentions, file.surfaces, strict=True):
        place = f"{file.id} [{mention.start}:{mention.end}]"
        faults += [f"{place} {fault}" for fault in _faults_of_mention(mention, file.characters)]
        if (mention.start, mention.end) in seen:
            faults.append(f"{place} stands twice")
        seen.add((mention.start, mention.end))
        if text is not None and hash_of(mention.cut(text))[:16] != surface:
            faults.append(f"{place} cuts another surface than was read")
    if [mention.start for mention in file.mentions] != sorted(mention.start for mention in file.mentions):
        faults.append(f"{file.id} mentions are not in reading order")
    if text is not None:
        if hash_of(text) != file.sha256:
            faults.append(f"{file.id} the text is another one")
        if len(text) != file.characters:
            faults.append(f"{file.id} the text has {len(text)} characters, not {file.characters}")
    return faults


def _faults_of_mention(mention: Mention, characters: int) -> list[str]:
    flat = [offset for part in mention.parts for offset in part]
    rules = (
        (flat == sorted(set(flat)) and flat[0] >= 0 and flat[-1] <= characters, "offsets out of order or range"),
        (mention.kind in KINDS, f"kind {mention.kind!r}"),
        (mention.relation in (None, *RELATIONS), f"relation {mention.relation!r}"),
        (set(mention.relations_also) <= set(RELATIONS), f"relations_also {mention.relations_also!r}"),
        (mention.direction in (None, "active", "passive"), f"direction {mention.direction!r}"),
        (mention.use in (None, "past", "rule"), f"use {mention.use!r}"),
        (set(mention.not_judged) <= set(FIELDS), f"not_judged {mention.not_judged!r}"),
        ((mention.number is not None) >= (mention.kind == "number"), "a numbered mention without number"),
        ((mention.pinpoint is not None) >= (mention.kind == "internal"), "an internal mention without place"),
    )
    return [fault for holds, fault in rules if not holds]
