"""Places of a sound report that its facts prove: verdicts, goals that are met, counts of lists, cited papers."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tests.proved_by_value.faults import Proved
from tests.proved_by_value.numbers import Number, Place, numbers_in
from tests.proved_by_value.pages import Drawn, Printed

_MET = re.compile(
    r"(?:đạt|vượt|hoàn thành)(?:(?:,| và| hoặc)? (?:đạt|vượt|hoàn thành|kế hoạch|chỉ tiêu|mức|mục tiêu))*",
    re.IGNORECASE,
)
_UNMET = re.compile(r"(?:không|chưa) (?:đạt|hoàn thành)(?: (?:kế hoạch|chỉ tiêu|mục tiêu))?", re.IGNORECASE)
_AT_MOST = re.compile(r"≤|<|dưới|không quá|không vượt|tối đa|giảm còn|còn dưới|trở xuống", re.IGNORECASE)


@dataclass(frozen=True)
class _Judged:
    """A row of a table of verdicts: the verdict with its place, level, result."""

    word: str
    place: Place
    level: Number
    result: Number
    label: str

    @property
    def met(self) -> bool:
        return not _UNMET.fullmatch(self.word)

    @property
    def holds(self) -> bool:
        """Whether level and result say the same as the verdict."""
        if _AT_MOST.search(self.label):
            return self.met == (self.result.value <= self.level.value)
        return self.met == (self.result.value >= self.level.value)


def _verdict_column(table: Drawn) -> int | None:
    """The column of which at least three cells, and nearly all, are verdicts."""
    count: Counter[int] = Counter()
    for row in table.rows:
        count.update(at for at, (cell, _) in enumerate(row) if _is_verdict(cell))
    column, most = max(count.items(), key=lambda one: one[1], default=(0, 0))
    return column if most >= 3 and most >= 0.7 * len(table.rows) else None


def _is_verdict(cell: str) -> bool:
    return bool(_MET.fullmatch(cell.strip()) or _UNMET.fullmatch(cell.strip()))


def _judged(table: Drawn, column: int, level: int, result: int) -> list[_Judged]:
    """Rows that state a level, a result and a verdict; the first number of a cell counts."""
    found = []
    for row in table.rows:
        if column >= len(row) or not _is_verdict(row[column][0]):
            continue
        numbers = [next(numbers_in(row[at][0], row[at][1][0]), None) for at in (level, result)]
        if numbers[0] and numbers[1]:
            cell, (start, _) = row[column]
            low = start + len(cell) - len(cell.lstrip())
            words = " ".join(one for one, _ in row[:result])
            found.append(_Judged(cell.strip(), (low, low + len(cell.strip())), numbers[0], numbers[1], words))
    return found


def verdicts(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A verdict beside the level and the result that it was read from: all rows of the table agree on how."""
    for table in read.tables:
        column = _verdict_column(table)
        if column is None:
            continue
        ways = [_judged(table, column, at, at + 1) for at in range(int(table.numbering), column - 1)]
        best = max(ways, key=lambda rows: sum(row.holds for row in rows), default=[])
        if len(best) < 3 or sum(row.holds for row in best) < 0.9 * len(best):
            continue
        no = next((row.word for row in best if not row.met), "Không đạt")
        counts = tuple((one.start, one.end) for one in goals(read, random.Random(0)))
        for row in best:
            if row.holds:
                proofs = (row.level.place, row.result.place)
                yield Proved("verdict", *row.place, no if row.met else "Đạt", proofs, counts)


_GOALS = re.compile(
    r"(?P<count>\d{1,2})(?:/(?P<all>\d{1,2}))? (?:chỉ tiêu|mục tiêu)(?P<behind>[^\d.;:()]{0,50})", re.IGNORECASE
)


def goals(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """How many goals are met, or not, against the verdicts of a table."""
    for table in read.tables:
        column = _verdict_column(table)
        if column is None:
            continue
        cells = [row[column] for row in table.rows if column < len(row) and _is_verdict(row[column][0])]
        words = Counter(cell.strip().lower() for cell, _ in cells)
        unmet = sum(count for word, count in words.items() if _UNMET.fullmatch(word))
        for found in _GOALS.finditer(read.text):
            before = read.text[max(0, found.start() - 25) : found.start()].rpartition(",")[2]
            said = (before + found["behind"]).lower()
            no = re.search(r"(?:không|chưa) (?:đạt|hoàn thành)", said)
            if not no and not re.search(r"đạt|hoàn thành|vượt", said):
                continue
            counts = {unmet} if no else {len(cells) - unmet, *(words[word] for word in words if word[0] in "vđh")}
            all_ = int(found["all"] or len(cells))
            inside = table.place[0] <= found.start() < table.place[1]
            if int(found["count"]) in counts and all_ == len(cells) and not inside:
                yield _one_off("goals met", found, "count", chance, [place for _, place in cells])


def _one_off(kind: str, found: re.Match[str], group: str, chance: random.Random, proofs: list[Place]) -> Proved:
    """A count one too high or one too low, printed as it was."""
    count = int(found[group]) + chance.choice((1, -1) if int(found[group]) > 2 else (1,))
    return Proved(kind, found.start(group), found.end(group), f"{count:0{len(found[group])}}", tuple(proofs))


_ANNOUNCED = re.compile(
    r"(?<![\d.,/])(?P<count>0?[2-9]|1\d)(?![\d.,/%]) (?P<noun>[^\W\d_](?:[^\d.;:\n]|(?<=năm )20\d\d){2,70}?)"
    r"(?P<mark>:|,? (?:bao )?gồm:?|,? là:?|,? như sau:)(?P<end>[ ]*\n|[ ]+)",
    re.IGNORECASE,
)
_BULLETS = (r"[-+•*]\s", r"\(?\d{1,2}[.)]\s", r"\(?[a-zđ]\)\s", r"\([ivx]+\)\s", r"\d+(?:\.\d+)+\.?\s")


def lists(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A count of things that are listed right behind it, parted by marks or on lines of their own."""
    for found in _ANNOUNCED.finditer(read.text):
        listed = _below(read.text, found.end()) if "\n" in found["end"] else _behind(read.text, found)
        if (
            listed
            and listed[0] == int(found["count"])
            and not re.search(r"\b(?:năm|tháng|ngày|quý)\b", found["noun"][:6])
        ):
            yield _one_off("announced list", found, "count", chance, [listed[1]])


_COUNTED = r"(?<![\d.,/])(?P<count>0?[2-9]|1\d)(?:/\d{1,2})? (?P<noun>[^\W\d_][^.;:()\n]{2,60}?)"
_THING = r"[^.;:()\n\d]{2,60}? \([^()\n]+\)"
_NAME = r"[A-ZĐÀ-Ỹ][^,.;:()\n\d]{1,30}"
#: Things with a bracket behind each, and names in one bracket.
_EACH = re.compile(rf"{_COUNTED}(?:: | là | gồm )(?P<things>{_THING}(?:(?:, | và ){_THING})+)(?=[.;,\n]|$)")
_NAMED = re.compile(rf"{_COUNTED} \((?P<things>{_NAME}(?:(?:, | và ){_NAME})+)\)")


def named_lists(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A count of things that each have a bracket behind them, or are the names of one bracket."""
    for form, mark, ends in ((_EACH, r"\(", 0), (_NAMED, r", | và ", 1)):
        for found in form.finditer(read.text):
            alone = not re.search(r"\d [^\W\d_]|^(?:năm|tháng|ngày|quý)\b", found["noun"])
            if alone and len(re.findall(mark, found["things"])) + ends == int(found["count"]):
                yield _one_off("named list", found, "count", chance, [found.span("things")])


def _below(text: str, start: int) -> tuple[int, Place] | None:
    """How many lines of one kind of bullet stand below."""
    kinds, count, end = set(_BULLETS), 0, start
    for line in re.finditer(r"[^\n]+", text[start : start + 6000]):
        own = {one for one in kinds if re.match(r"\s*" + one, line.group())}
        if not own:
            break
        kinds, count, end = own, count + 1, start + line.end()
    return (count, (start, end)) if count else None


def _behind(text: str, found: re.Match[str]) -> tuple[int, Place] | None:
    """How many items stand in the rest of the sentence: parted by semicolons, else names parted by commas."""
    rest = re.match(r"[^\n]*?(?=\.(?:\s|$)|\n|$)", text[found.end() :])
    if not rest or not rest.group():
        return None
    place = (found.end(), found.end() + rest.end())
    items = [item for item in rest.group().split(";") if item.strip()]
    if len(items) > 2:
        return len(items), place
    plain = re.sub(r"\([^()]*\)", "", rest.group())
    if ";" in plain or re.search(r"\b(?:trong đó|với|đạt|để)\b", plain):
        return None
    names = [item for item in re.split(r",(?! \d)| và (?=[^,]*$)", plain) if item.strip()]
    return (len(names), place) if len(names) > 2 else None


_TYPES = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Kế hoạch": "KH",
    "Chỉ thị": "CT",
    "Nghị định": "NĐ",
    "Thông tư": "TT",
    "Kết luận": "KL",
    "Thông báo": "TB",
    "Báo cáo": "BC",
    "Tờ trình": "TTr",
    "Hướng dẫn": "HD",
}
CITED = re.compile(
    rf"(?:(?P<type>{'|'.join(_TYPES)}) )?(?:liên tịch )?số:? "
    r"(?P<symbol>(?P<number>\d+)(?:/(?P<year>20\d\d|19\d\d))?[-/](?P<code>[A-ZĐ][\w&/.-]*\w))"
    r"(?:,? ngày (?P<date>(?P<day>\d{1,2})(?:/| tháng )(?P<month>\d{1,2})(?:/| năm )(?P<of>\d{4})))?"
)
_DAY = re.compile(r"ngày (?P<date>(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<of>\d{4}))")


def dates(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """The day of a paper that is cited twice, or of the report itself, in one place."""
    cited: dict[str, list[re.Match[str]]] = defaultdict(list)
    for found in CITED.finditer(read.text):
        day = found if found["date"] else None
        if day is None and read.text[: found.start()].rpartition("\n")[2].strip() == "" and found.start() < 1000:
            day = _DAY.search(read.text, found.end(), found.end() + 120)
        if day:
            cited[found["symbol"]].append(day)
    for places in cited.values():
        days = [(int(day["day"]), int(day["month"]), int(day["of"])) for day in places]
        if len(places) < 2 or len(set(days)) > 1:
            continue
        for day in places:
            other = chance.choice([one for one in range(1, 29) if abs(one - int(day["day"])) > 1])
            proofs = tuple(one.span("date") for one in places if one is not day)
            yield Proved("date of a citation", *day.span("day"), f"{other:02}", proofs)


def numbers(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A digit of the number of a paper that is cited twice."""
    cited: dict[str, list[re.Match[str]]] = defaultdict(list)
    for found in CITED.finditer(read.text):
        cited[found["symbol"]].append(found)
    for symbol, places in cited.items():
        for found in places if len(places) > 1 else ():
            number, at = found["number"], chance.randrange(len(found["number"]))
            digit = str((int(number[at]) + chance.randint(1, 9)) % 10)
            other = number[:at] + digit + number[at + 1 :]
            if other.startswith("0") == number.startswith("0") and symbol.replace(number, other, 1) not in cited:
                proofs = tuple(one.span("symbol") for one in places if one is not found)
                yield Proved("number of a citation", *found.span("number"), other, proofs)


def types(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """The type of a cited paper, which its symbol tells."""
    for found in CITED.finditer(read.text):
        if found["type"] and re.match(rf"{_TYPES[found['type']]}(?![a-zà-ỹđ])", found["code"]):
            other = chance.choice([one for one in list(_TYPES)[:6] if one != found["type"]])
            yield Proved("type of a citation", *found.span("type"), other, (found.span("symbol"),))


def years(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """The year in the symbol of a cited paper, which its day tells."""
    for found in CITED.finditer(read.text):
        if found["date"] and found["year"] == found["of"]:
            other = str(int(found["year"]) - chance.randint(1, 3))
            yield Proved("year of a citation", *found.span("year"), other, (found.span("date"),))
