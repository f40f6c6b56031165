"""Takes a sound report and breaks one thing at a time: a cell, a total, a rate, a date, a verdict, a citation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

REPORTS = sorted((Path(__file__).parent / "reports" / "sound").glob("*.txt"))


@dataclass(frozen=True)
class Fault:
    """One broken report: what was done, the family that must see it, the text."""

    name: str
    family: str
    text: str


def _sub(text: str, found: re.Match[str], group: str | int, new: str) -> str:
    return text[: found.start(group)] + new + text[found.end(group) :]


def _other(printed: str, chance: random.Random) -> str:
    """A number near a printed one that no rounding explains: its first digit but one changed."""
    digits = [at for at, letter in enumerate(printed) if letter.isdigit()]
    at = digits[0] if len(digits) == 1 else digits[min(1, len(digits) - 1)]
    new = str((int(printed[at]) + chance.randint(2, 7)) % 10)
    if at == digits[0] and new == "0":
        new = "1" if printed[at] != "1" else "2"
    return printed[:at] + new + printed[at + 1 :]


_ROW = (
    r"^(?P<ordinal>\d+(?:\.\d+)?)\t(?P<label>[^\t]+)"
    r"\t(?P<one>[\d.,%]+)\t(?P<two>[\d.,%]+)(?:\t(?P<three>[\d.,%]+))?$"
)


def _table(
    text: str, chance: random.Random, wanted: Callable[[re.Match[str]], bool], name: str
) -> Iterator[Fault]:
    rows = [row for row in re.finditer(_ROW, text, re.MULTILINE) if wanted(row)]
    for row in rows:
        column = chance.choice([name_ for name_ in ("one", "two", "three") if row[name_]])
        yield Fault(f"{name}: {row['label']}", "FIG", _sub(text, row, column, _other(row[column], chance)))


def cells(text: str, chance: random.Random) -> Iterator[Fault]:
    """A count that is a part of a total or of a rate."""
    return _table(text, chance, lambda row: "." in row["ordinal"], "cell")


def totals(text: str, chance: random.Random) -> Iterator[Fault]:
    """A total over its parts."""
    return _table(
        text, chance, lambda row: row["label"].startswith("Tổng số") and "." not in row["ordinal"], "total"
    )


def rates(text: str, chance: random.Random) -> Iterator[Fault]:
    """A rate, in a table or in the text."""
    yield from _table(text, chance, lambda row: row["label"].startswith("Tỷ lệ"), "rate")
    for found in re.finditer(r"(?:đạt|chiếm)(?: tỷ lệ)? (?P<rate>\d+(?:,\d+)?%)(?=\.)", text):
        before = text[max(0, found.start() - 60) : found.start()]
        if re.search(r"\d/\d|trên tổng số", before):
            yield Fault(f"rate: {found.group()}", "FIG", _sub(text, found, "rate", _other(found["rate"], chance)))


def sums(text: str, chance: random.Random) -> Iterator[Fault]:
    """A total of the text that says what it is made of."""
    for found in re.finditer(r"(?P<total>\d[\d.]*) [^.;()\d]{3,30}, (?:bao )?gồm \d", text):
        yield Fault(f"sum: {found.group()}", "FIG", _sub(text, found, "total", _other(found["total"], chance)))


def changes(text: str, chance: random.Random) -> Iterator[Fault]:
    """An increase or a decrease between two stated values."""
    for found in re.finditer(
        r"từ \d[\d.,%]*[^.;]{0,40}?(?:lên|xuống) \d[\d.,%]*[^.;]{0,30}?, (?:tăng|giảm) (?P<by>\d[\d.,]*)", text
    ):
        yield Fault(f"change: {found.group()}", "FIG", _sub(text, found, "by", _other(found["by"], chance)))


def dates(text: str, chance: random.Random) -> Iterator[Fault]:
    """A cited date that cannot be, or that lies after the document."""
    for found in re.finditer(r"(?:NQ|QĐ|KH|BNV)-\S+ ngày (?P<date>\d{2}/\d{1,2}/20\d\d)", text):
        yield Fault(
            f"date: {found.group()}", "CIT", _sub(text, found, "date", chance.choice(["31/02/2024", "05/9/2031"]))
        )


def citations(text: str, chance: random.Random) -> Iterator[Fault]:
    """A type word that is not that of the symbol."""
    for found in re.finditer(r"(?P<type>Kế hoạch|Quyết định|Nghị quyết) số \d+/(?:KH|QĐ|NQ)-", text):
        new = chance.choice([one for one in ("Kế hoạch", "Quyết định", "Chỉ thị") if one != found["type"]])
        yield Fault(f"type: {found.group()}", "CIT", _sub(text, found, "type", new))


def verdicts(text: str, chance: random.Random) -> Iterator[Fault]:
    """A verdict against level and result."""
    for found in re.finditer(
        r"^\d+\t[^\t\n]*\d+%[^\t\n]*\t[^\t\n]*\d%?[^\t\n]*\t(?P<verdict>Đạt|Không đạt)$", text, re.MULTILINE
    ):
        new = "Không đạt" if found["verdict"] == "Đạt" else "Đạt"
        yield Fault(f"verdict: {found.group()[:40]}", "TGT", _sub(text, found, "verdict", new))


def lists(text: str, chance: random.Random) -> Iterator[Fault]:
    """A count of things that are then listed."""
    for found in re.finditer(
        r"\b(?P<count>0\d) (?:nội dung|nhóm|tỉnh|huyện|mục tiêu|nhiệm vụ)[^.;:\d]{0,30}: *(?=\(1\)|[A-ZĐ])", text
    ):
        new = f"{int(found['count']) + chance.choice((1, 2)):02}"
        yield Fault(f"list: {found.group()}", "FIG", _sub(text, found, "count", new))


def years(text: str, chance: random.Random) -> Iterator[Fault]:
    """A total of several years that a row of a table adds up to: one more, or some."""
    for found in re.finditer(r"(?P<total>\d[\d.]*) (?:văn bản|phiếu|hồ sơ)[^.;]{0,60}", text):
        before = text[max(0, found.start() - 80) : found.start()]
        if re.search(r"(?:[Gg]iai đoạn|[Tt]ừ năm) 20\d\d", before):
            total = int(found["total"].replace(".", ""))
            new = f"{total + chance.choice((1, 2)):,}".replace(",", ".")
            yield Fault(f"years: {found.group()[:30]}", "FIG", _sub(text, found, "total", new))


def periods(text: str, chance: random.Random) -> Iterator[Fault]:
    """A period that leaves out a year of its parts."""
    for found in re.finditer(r"[Gg]iai đoạn 20\d\d-(?P<last>20\d\d)[^.;()]{0,40}\(năm 20\d\d:", text):
        yield Fault(f"period: {found.group()}", "FIG", _sub(text, found, "last", str(int(found["last"]) - 1)))


def notes(text: str, chance: random.Random) -> Iterator[Fault]:
    """A letter in a note of years before the time of its sentence."""
    for found in re.finditer(r"^¹ Công văn số \S+ ngày \d{2}/\d{1,2}/(?P<year>20\d\d)", text, re.MULTILINE):
        yield Fault(f"note: {found.group()}", "CIT", _sub(text, found, "year", str(int(found["year"]) - 3)))


def _columns(text: str) -> Iterator[tuple[list[tuple[str, int]], list[list[tuple[str, int]]], bool]]:
    """Tables drawn with tabs: head, rows, whether it goes on from the page before; cells with their places."""
    before, end = "", 0
    for block in re.finditer(r"(?:^.*\t.*$\n?)+", text, re.MULTILINE):
        rows, at = [], block.start()
        for line in block.group().splitlines(keepends=True):
            cells, start = [], at
            for cell in line.rstrip("\n").split("\t"):
                cells.append((cell, start))
                start += len(cell) + 1
            rows.append(cells)
            at += len(line)
        head = block.group().partition("\n")[0]
        again = head == before and not any(letter.isalpha() for letter in text[end : block.start()])
        before, end = head, block.end()
        yield rows[0], rows[1:], again


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?\d[\d.,]*%?", cell)) and any(letter in "123456789" for letter in cell)


def columns(text: str, chance: random.Random) -> Iterator[Fault]:
    """A cell of a column that is worked out of others: a rate, a share, a change, an amount."""
    kinds = (
        ("rate column", r"Tỷ lệ|Cơ cấu"),
        ("change column", r"Tăng|So sánh"),
        ("amount column", r"Thành tiền"),
    )
    for head, rows, _ in _columns(text):
        for at, (name, _) in enumerate(head):
            kind_ = next((one for one, words in kinds if re.match(words, name)), None)
            for row in rows if kind_ else ():
                if at < len(row) and _is_number(row[at][0]) and row[at][0] != "100" and row[1][0][:4] != "Tổng":
                    cell, start = row[at]
                    new = text[:start] + _other(cell, chance) + text[start + len(cell) :]
                    yield Fault(f"{kind_}: {row[1][0]}", "FIG", new)


def groups(text: str, chance: random.Random) -> Iterator[Fault]:
    """A count of a group row under a Roman numeral, of a row of a table that goes on, of the last total."""
    for head, rows, again in _columns(text):
        counts = [
            at for at, (name, _) in enumerate(head) if at > 1 and not re.match(r"Tỷ lệ|Cơ cấu|Tăng|So|Đơn", name)
        ]
        for row in rows:
            roman, total = re.fullmatch(r"[IVX]+", row[0][0]), row[1][0] in ("Tổng cộng", "Tổng số", "Cộng")
            fit = [at for at in counts if at < len(row) and _is_number(row[at][0])]
            if fit and (roman or total or again):
                cell, start = row[chance.choice(fit)]
                kind_ = "group row" if roman else "split table" if again else "last total"
                new = text[:start] + _other(cell, chance) + text[start + len(cell) :]
                yield Fault(f"{kind_}: {row[1][0]}", "FIG", new)


def cell_sentences(text: str, chance: random.Random) -> Iterator[Fault]:
    """A rate, a sum, a change in a sentence within a cell; a rate whose whole stands in the sentence before."""
    cell = r"(?<=\t)[^\t\n]*"
    for name, pattern in (
        ("cell sentence", rf"{cell}\d/\d+ [^\t\n]*?đạt (?P<it>[\d,]+)%"),
        ("cell sentence", rf"{cell} (?P<it>\d+) lượt người, gồm "),
        ("cell sentence", rf"{cell} lên [\d,]+%[^\t\n]*?, tăng (?P<it>[\d,]+)%"),
        ("rate apart", r"[Tt]ổng số [^.\t\n]*? là [^\n\t%/]*?đạt (?P<it>[\d,]+)%"),
        ("rate apart", r"tiếp nhận \d+ đơn[^\n\t%/]*?đạt (?P<it>[\d,]+)%"),
    ):
        for found in re.finditer(pattern, text):
            yield Fault(f"{name}: {found['it']}", "FIG", _sub(text, found, "it", _other(found["it"], chance)))


MAKERS = (
    cells,
    totals,
    rates,
    sums,
    changes,
    dates,
    citations,
    verdicts,
    lists,
    years,
    periods,
    notes,
    columns,
    groups,
    cell_sentences,
)


def plant(text: str, seed: int = 0) -> Iterator[Fault]:
    """Every fault that the makers find a place for, each alone in its own copy of the text."""
    chance = random.Random(seed)
    for make in MAKERS:
        yield from make(text, chance)


def kind(fault: Fault) -> str:
    """What was broken: the name of its maker's fault, before the colon."""
    return fault.name.partition(":")[0]
