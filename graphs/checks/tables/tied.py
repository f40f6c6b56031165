"""FIG of rows of one table that are tied by what they mean: some of the things of the one are those of the other.

What ties them is a rule of law or the order of the deeds; each tie is a row with its source. A row that counts
more than the one it is a part of contradicts it, wherever the two stand in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphs.checks.reading.named import line_words, plain_name
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding, Span


@dataclass(frozen=True, slots=True)
class TieRow:
    """Things, the words of a part of them and those of the whole, as `plain_name` writes them; where it is said.

    `neither` are words that make a row of something else; `part_of`, `whole_of` are rows that are so tied.
    """

    things: str
    part: str
    whole: str
    neither: str
    source: str
    part_of: str
    whole_of: str


TIES: tuple[TieRow, ...] = (
    TieRow(
        r"văn bản",
        r"trái pháp luật(?!.*(?:đã|được) (?:được )?xử lý)",
        r"(?:cần|phải) (?:phải )?(?:được )?xử lý",
        r"rà soát|tỷ lệ",
        "Nghị định 34/2016/NĐ-CP, Điều 130",
        "Số VBQPPL trái pháp luật về nội dung, thẩm quyền",
        "Tổng số VBQPPL cần phải xử lý sau kiểm tra",
    ),
    TieRow(
        r"phản ánh|kiến nghị",
        r"công khai",
        r"(?:đã|được) (?:được )?xử lý(?!.*công khai)",
        r"tỷ lệ|chuyển",
        "Nghị định 20/2008/NĐ-CP",
        "Số lượng PAKN được xử lý và đã công khai kết quả",
        "Số lượng PAKN đã giải quyết trong năm",
    ),
    TieRow(
        r"hồ sơ",
        r"(?:quá|trễ|chậm) hạn",
        r"(?:đã|được) (?:xử lý|trả kết quả)(?!.*(?:hạn|trực tuyến))",
        r"tỷ lệ|chưa|đang",
        "trình tự công việc",
        "Số hồ sơ giải quyết quá hạn",
        "Số hồ sơ đã giải quyết",
    ),
    TieRow(
        r"ca\b|bệnh nhân|trường hợp",
        r"tử vong",
        r"\bmắc\b",
        r"tỷ lệ",
        "trình tự sự việc",
        "Số trường hợp tử vong",
        "Số trường hợp mắc sốt xuất huyết",
    ),
    TieRow(
        r"học sinh|thí sinh|học viên",
        r"\bđỗ\b|tốt nghiệp",
        r"dự thi|dự xét",
        r"tỷ lệ",
        "trình tự sự việc",
        "Số thí sinh đỗ tốt nghiệp",
        "Số thí sinh dự thi",
    ),
)
_BRACKET_RE = re.compile(r"\([^()]*\)|</?i>|[*_]+")


def check_ties(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``văn bản trái pháp luật`` of a year are among those that ``phải xử lý``."""
    for grid in grids(subject.document) if not subject.is_rule() else ():
        names = [(line, plain_name(_BRACKET_RE.sub(" ", line.label))) for line in grid.lines if not line.rate]
        for tie in TIES:
            alike = [
                (line, name)
                for line, name in names
                if re.search(tie.things, name) and not re.search(tie.neither, name)
            ]
            parts = [line for line, name in alike if re.search(tie.part, name)]
            wholes = [line for line, name in alike if re.search(tie.whole, name) and not re.search(tie.part, name)]
            for part in parts if len(wholes) == 1 else ():
                if _levels(part) == _levels(wholes[0]):
                    yield from _held_against(grid, tie, part, wholes[0], tally)


def _levels(line: Line) -> frozenset[str]:
    return frozenset(word for word in line_words(line) if word.startswith("cấp-"))


def _held_against(grid: Grid, tie: TieRow, part: Line, whole: Line, tally: Tally) -> Iterator[Finding]:
    over: list[int] = []
    apart: list[int] = []
    for column in grid.columns:
        some, all_ = part.value(column), whole.value(column)
        if some is None or all_ is None:
            continue
        if some > all_:
            over.append(column)
        else:
            tally.held += 1
            if some == 0 < all_:
                apart.append(column)
    if not over:
        return
    tally.failed += len(over)
    # Once the two contradict each other, years with some of the whole and none of the part belong to it too.
    shown = sorted([*over, *apart])
    vi = "; ".join(f"{grid.called(at)}: {part.printed(at)} và {whole.printed(at)}" for at in shown)
    en = "; ".join(f"{grid.called(at)}: {part.printed(at)} and {whole.printed(at)}" for at in shown)
    yield TIED.finding(
        tuple(part.span(at) for at in over),
        f"“{part.label}” phải nằm trong “{whole.label}” ({tie.source}), nhưng {vi}",
        f"“{part.label}” are among “{whole.label}” ({tie.source}), but {en}",
        stated=part.printed(over[0]),
        expected=f"không quá {whole.printed(over[0])}",
        evidence=tuple(_evidence(part, whole, over, apart)),
        suggestion=both("đối chiếu số liệu của hai dòng", "compare the numbers of the two rows"),
        page=part.page,
    )


def _evidence(part: Line, whole: Line, over: Sequence[int], apart: Sequence[int]) -> Iterator[Span]:
    yield from (whole.span(at) for at in over)
    for at in apart:
        yield part.span(at)
        yield whole.span(at)


TIED = rule("FIG-265", check_ties)
TIED_RULES = (TIED,)
