"""What governs an item: the lead-in over its list, the headings it stands under, and what they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.figures.measures import PERIOD_RE, periods
from ingest.targets.headings import is_answered, is_of_hindrance, is_of_money
from ingest.targets.levels import GOAL
from ingest.targets.named import GOALS_OF_RE
from ingest.targets.titles import is_of, main_part, part_to_come
from kb.models import BlockKind, Document, Target, TextBlock, Unit, UnitKind
from kb.text.items import list_style
from kb.text.sentences import split_sentences

#: Words of a lead-in or heading that speak of what is to be reached.
TARGET_WORDS_RE = re.compile(
    rf"\b(?:{GOAL}|chỉ tiêu|phấn đấu|yêu cầu (?:cao hơn|cụ thể|đặt ra|sau|chính|chủ yếu|tập trung)|đặt ra"
    r"|đề ra|kết quả cần đạt|nội dung,"
    r" mục tiêu|nhiệm vụ,? giải pháp trọng tâm|định hướng đến năm|lộ trình)\b",
    re.IGNORECASE,
)
#: A heading or lead-in that reports what was done.
RESULT_WORDS_RE = re.compile(
    r"\b(?:kết quả(?! cần)|đã đạt|đã hoàn thành|tồn tại|hạn chế|nguyên nhân|tình hình|ưu điểm|thực trạng"
    r"|hiện trạng|tiến độ thực hiện)\b|^\W*(?:\w{1,4}[.)–-])?\W*(?:những\s+)?(?:khó khăn|tiến độ)\b",
    re.IGNORECASE,
)
#: "… các chủ đầu tư bảo đảm:", "… UBND tỉnh giao cho năm 2025:"
_ASKS_RE = re.compile(
    r"\b(?:yêu\s+cầu\b(?:(?!\bphải\b|\bđiều\s+kiện\b)[^.;:]){2,200}\b(?:bảo|đảm)\s+(?:đảm|bảo)"
    r"|(?:Các|các)\s+(?:tỉnh|huyện|xã|địa phương|đơn vị|sở)\b(?:(?!\bphải\b|\bđiều\s+kiện\b)[^.;:]){0,60}"
    r"\b(?:bảo|đảm)\s+(?:đảm|bảo)|giao\s+(?:cho\s+)?(?:trong\s+)?năm\s+20\d\d)\s*:\W*$",
    re.IGNORECASE,
)
#: The opening words of a paper: what it tells stands under none of what they name.
_TELLS_RE = re.compile(
    r"\b(?:báo cáo|thông báo|kính trình|(?<!chương )(?<!tiến )(?<!quá )trình|tổng hợp)\b[^.;:]{0,90}:\W*$",
    re.IGNORECASE,
)
#: The title of what is issued with a paper names its programme; it is no heading over goals.
_TITLE_RE = re.compile(
    r"\W*(?:kế hoạch|chương trình|đề án|chiến lược|quy hoạch|phương án|dự án|quy chế|quy định)(?![^\W\d_])",
    re.IGNORECASE,
)
_REACHED_RE = re.compile(r"\b(?:đã đạt|đã hoàn thành|đạt được|hoàn thành)\s+(?:được\s+)?[\d/]+", re.IGNORECASE)
#: The end of a lead-in that lists parts of what was: "… ước 12.208 tỷ đồng, tăng 9% so với năm 2022, trong đó:".
_TOLD_RE = re.compile(r"\b(?:đã|ước)\b[^.;:]*\d|\d[^.;:]*\bso với (?:cùng kỳ|năm)\b", re.IGNORECASE)
_WAS_RE = re.compile(
    r"\W*(?:kết quả|tình hình|thực trạng|hiện trạng|tồn tại|hạn chế|nguyên nhân)(?![^\W\d_])", re.I
)
_MISSED_RE = re.compile(r"\b(chưa|không)\s+(?:đạt|hoàn thành)\b", re.IGNORECASE)
_MET_TOO_RE = re.compile(r"\b\d+ (?:(?:mục|chỉ) tiêu|nhiệm vụ) (?:đã )?(?:vượt|đạt|hoàn thành)\b", re.IGNORECASE)
_ENDS_OPEN_RE = re.compile(r"[:：]\s*[*_)⁰¹²³⁴-⁹\s]*$|như sau\s*[⁰¹²³⁴-⁹]*\s*[:.]?\s*$")
#: What stands beside the period in a heading that is no more than one: its label, "tầm nhìn", "trong".
_PERIOD_ALONE_RE = re.compile(
    r"\W*(?:(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)])?\W*(?:(?:tầm nhìn|trong|định hướng"
    r"|giai đoạn)\W*)*",
    re.IGNORECASE,
)
#: "Giai đoạn 1 (2026 - 2028)", and the day by which a list is to be reached.
_STAGE_RE = re.compile(r"\bgiai đoạn\s+(?:\d|I{1,3})\s*[(:,]?\s*(?P<years>20\d\d\s*[-–]\s*20\d\d)", re.IGNORECASE)
_DAY_RE = re.compile(
    r"(?:\b(?:trước|vào|đến|hết)\s+)+(?:ngày\s+)?(?:\d{1,2}/\d{1,2}/20\d\d|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+20\d\d)",
    re.IGNORECASE,
)
#: A school year, a season of crops: "năm học 2025 - 2026", "vụ Đông Xuân 2025 - 2026".
SCHOOL_YEAR_RE = re.compile(
    r"\b(?:năm học|(?<!nhiệm )vụ\s+(?:Đông\s*[-–]?\s*Xuân|Hè\s*[-–]?\s*Thu|Thu\s*[-–]?\s*Đông|Mùa|Xuân|Đông))"
    r"\s+20\d\d(?:\s*[-–]\s*20\d\d)?",
    re.IGNORECASE,
)
#: By when, in the words that lead in to a list, and that they set something.
_AIMS_RE = re.compile(r"\b(?:giảm|tăng|đạt|còn|phấn đấu|mục tiêu|chỉ tiêu)\b", re.IGNORECASE)
_BY_YEAR_RE = re.compile(
    r"(?<!hướng )(?<!nhìn )\b(đến\s+(?:hết\s+|cuối\s+)?năm\s+20\d\d)(?!\s*[-–])", re.IGNORECASE
)
_AHEAD_RE = re.compile(
    r"\b(?:phương hướng|định hướng|(?<!chức năng, )(?<!với các )nhiệm vụ)\b|^\W*(?:(?:đề xuất,?\s+)?kiến nghị\b"
    r"|(?:[IVX\d]+[.)]\s*)?kế hoạch(?:\s+công tác)?\s+(?:năm|quý|vụ)\s+[\dIVX])", re.IGNORECASE)  # fmt: skip
_LONGEST_ASIDE = 300
#: Papers that tell; what they say is to be stands under headings that say so.
TELL = ("Báo cáo", "Công văn", "Tờ trình")


@lru_cache(maxsize=2048)
def _speaks(words: str) -> tuple[bool, bool]:
    """Whether a lead-in or heading speaks of targets, of results; the same words stand over many items."""
    return bool(TARGET_WORDS_RE.search(words)) and not is_answered(words), bool(RESULT_WORDS_RE.search(words))


@lru_cache(maxsize=2048)
def _tells_at_last(words: str) -> bool:
    sentences = split_sentences(words)
    last = words[slice(*sentences[-1])] if len(sentences) > 1 else ""
    return _TOLD_RE.search(last) is not None and TARGET_WORDS_RE.search(last) is None


@lru_cache(maxsize=2048)
def _announces(words: str) -> bool:
    sets = TARGET_WORDS_RE.search(words) or _ASKS_RE.search(words)
    return bool(sets) and not _TELLS_RE.search(words)


@lru_cache(maxsize=2048)
def _is_no_goal(words: str) -> bool:
    """Whether a heading inside a list is of how things were, or of money: ``I. HIỆN TRẠNG``, ``IV. KINH PHÍ``."""
    targets, results = _speaks(words)
    return not targets and (is_of_money(words) or (results and _WAS_RE.match(words) is not None))


def _is_period(words: str) -> bool:
    """Whether a heading is a period and nothing else."""
    return _PERIOD_ALONE_RE.fullmatch(PERIOD_RE.sub(" ", words)) is not None


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A block that governs others: its index among the document's blocks and its words."""

    block: int
    text: str

    @property
    def sets(self) -> bool:
        """Whether it announces targets; one that ends by telling what came of something announces none."""
        return _announces(self.text) and not _tells_at_last(self.text)

    @property
    def verdict(self) -> str | None:
        """What it says of all under it: Đạt, Chưa đạt, Không đạt; nothing where it counts goals met and missed."""
        missed = _MISSED_RE.search(self.text)
        if missed:
            return None if _MET_TOO_RE.search(self.text) else f"{missed[1].capitalize()} đạt"
        return "Đạt" if _REACHED_RE.search(self.text) else None


@dataclass(frozen=True, slots=True)
class Context:
    """What governs one block, nearest first: lead-ins, then headings; and what the title says is to come.

    `within` counts the headings that stand nearer than every lead-in.
    """

    leads: tuple[LeadIn, ...]
    headings: tuple[str, ...]
    coming: str = ""
    within: int = 0

    @property
    def sets(self) -> bool:
        """Whether the nearest lead-in, or else the nearest heading that decides, announces targets.

        Of the headings, the first `within` stand behind the lead-in: of how things were, or of money, they end it.
        """
        if any(map(_is_no_goal, self.headings[: self.within])):
            return False
        if self.leads and (self.leads[0].sets or _speaks(self.leads[0].text)[1]):
            return self.leads[0].sets
        for words in (*(lead.text for lead in self.leads[1:]), *self.headings):
            targets, results = _speaks(words)
            if targets or results:
                return targets and not is_of_hindrance(words)
        return False

    @property
    def ahead(self) -> bool:
        """Whether the nearest heading that says so is of the time to come, not of what was."""
        for words in self.headings:
            if _speaks(words)[1]:
                return False
            if _AHEAD_RE.search(words) or is_of(words, self.coming):
                return True
        return False

    @property
    def period(self) -> str | None:
        """The period that the nearest lead-in or heading which announces targets gives them; of several none.

        A heading that is a period and nothing else (``a) Đến năm 2030``) gives its own.
        """
        by = {found[1] for found in _BY_YEAR_RE.finditer(self.leads[0].text)} if self.leads else set()
        if len(by) == 1 and _AIMS_RE.search(self.leads[0].text):
            return by.pop()  # "Đến năm 2030 giảm 10% so với năm 2024:" gives its year to what it lists
        for words in (*(lead.text for lead in self.leads), *self.headings):
            words = words.lower() if words.isupper() else words
            # Of what was, a title tells the time in its first part: "… 9 tháng, nhiệm vụ quý IV năm 2023".
            words = words if self.ahead else main_part(words)
            stage = _STAGE_RE.search(words)
            if stage:
                return stage["years"]
            school = SCHOOL_YEAR_RE.search(words)
            if school and (TARGET_WORDS_RE.search(words) or _AHEAD_RE.search(words)):
                return " ".join(school.group().split())
            told = {" ".join(one.group().split()) for one in periods(words, 0, len(words))}
            day = _DAY_RE.search(words) if TARGET_WORDS_RE.search(words) else None
            if day and all(one in " ".join(day.group().split()) for one in told):
                return " ".join(day.group().split())
            speaks = TARGET_WORDS_RE.search(words) or _AHEAD_RE.search(words) or is_of(words, self.coming)
            if len(told) == 1 and (speaks or _is_period(words)):
                return told.pop()
        return None

    @property
    def judging(self) -> LeadIn | None:
        """The nearest lead-in that says a verdict."""
        return next((lead for lead in self.leads if lead.verdict), None)


def read_contexts(document: Document) -> tuple[Context | None, ...]:
    """The context of each block; None for what is no running text."""
    units = {unit.eid: unit for unit in document.units}
    texts = [document.block_text(block) for block in document.blocks]
    title = document.metadata.title
    coming = part_to_come(title.value) if title else ""
    open_leads: list[tuple[LeadIn, str | None]] = []
    found: list[Context | None] = []
    for at, block in enumerate(document.blocks):
        if block.kind is not BlockKind.TEXT:
            found.append(None)
            continue
        style = list_style(texts[at])
        _leave(open_leads, block, units, document.blocks)
        _close(open_leads, style, texts, at, document.blocks)
        leads = tuple(lead for lead, _ in reversed(open_leads))
        found.append(Context(leads, _headings(block, units), coming, _within(leads, block, units, document)))
        if _ENDS_OPEN_RE.search(texts[at]):
            open_leads.append((LeadIn(at, texts[at]), style))
        elif style is not None and not open_leads and GOALS_OF_RE.search(texts[at]) and not _heads(block, units):
            # "- Về thể chế, mục tiêu của Chương trình là …": the items that follow set out its goals too.
            open_leads.append((LeadIn(at, texts[at]), None))
    return tuple(found)


def _heads(block: TextBlock, units: dict[str, Unit]) -> bool:
    """Whether a paragraph is the heading of a unit and no more: what stands under it is told by that unit."""
    unit = units.get(block.unit or "")
    return unit is not None and unit.span.start == block.span.start and unit.span.end > block.span.end


#: "2. Mục tiêu thực hiện Chương trình: …", "3. Hạn chế: …": a paragraph that says what it sets, or tells.
_OWN_LABEL_RE = re.compile(
    r"\W*(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,4})[.)]\s*)?"
    r"(?P<label>(?:Các\s+)?(?:Mục tiêu|Chỉ tiêu|Hạn chế|Tồn tại|Ưu điểm|Khó khăn|Nguyên nhân)\b[^:;.\d]{0,80}:)"
    r"\s+\S"
)


#: The same among what is to come: "Huyện đặt ra 03 chỉ tiêu: …", "Các mục tiêu còn lại của năm: …".
_OWN_GOALS_RE = re.compile(
    r"(?P<label>[^:;.]{0,100}\b(?:\d{1,2}|các|những)\s+(?:chỉ|mục) tiêu\b[^:;.\d]{0,60}:)\s+\S", re.IGNORECASE
)


def with_own_label(context: Context, at: int, text: str) -> Context:
    """The context of a paragraph, led in to by its own first words where they call it goals, or what was."""
    found = _OWN_LABEL_RE.match(text) or (_OWN_GOALS_RE.match(text) if context.ahead else None)
    return replace(context, leads=(LeadIn(at, found["label"]), *context.leads), within=0) if found else context


def context_of(document: Document, contexts: tuple[Context | None, ...], target: Target) -> Context | None:
    """What governs the paragraph of a target; None in a table."""
    at = document.block_at(target.span.start)
    return None if at is None else contexts[at]


def _leave(
    open_leads: list[tuple[LeadIn, str | None]],
    block: TextBlock,
    units: dict[str, Unit],
    blocks: Sequence[TextBlock],
) -> None:
    """Close the lead-ins of another section: a list ends where a unit outside of what holds its lead-in begins."""
    if not open_leads or block.unit not in units:
        return
    held = {unit.eid for unit in _chain(block, units)}
    for place, (lead, _) in enumerate(open_leads):
        around = _chain(blocks[lead.block], units)
        over = around[1:2]
        if (over and over[0].eid not in held) or _is_next(around, blocks[lead.block], block, units):
            del open_leads[place:]
            return


def _is_next(around: list[Unit], lead: TextBlock, block: TextBlock, units: dict[str, Unit]) -> bool:
    """Whether a block stands in a section that follows the one which holds a lead-in: ``6.`` behind ``5.``.

    A list may restart its numbers beside the section of its lead-in, and dashes are no sections.
    """
    if not around or around[0].span.start == lead.span.start or not re.search(r"\w", around[0].label):
        return False
    beside = next((unit for unit in _chain(block, units) if unit.parent == around[0].parent), None)
    if beside is None or beside.eid == around[0].eid:
        return False
    label = re.search(r"\w+", beside.label)
    return label is not None and label.group().lower() not in ("1", "01", "a", "i")


def _chain(block: TextBlock, units: dict[str, Unit]) -> list[Unit]:
    """The units that hold a block, innermost first."""
    found = []
    unit = units.get(block.unit or "")
    while unit is not None:
        found.append(unit)
        unit = units.get(unit.parent or "")
    return found


def _close(
    open_leads: list[tuple[LeadIn, str | None]],
    style: str | None,
    texts: Sequence[str],
    at: int,
    blocks: Sequence[TextBlock],
) -> None:
    """Close the lead-ins that this block does not stand under."""
    if style is None:  # a short paragraph between two items of one list does not end it
        after = next((n for n in range(at + 1, min(at + 3, len(texts))) if blocks[n].kind is BlockKind.TEXT), None)
        aside = after is not None and len(texts[at]) < _LONGEST_ASIDE and not _ENDS_OPEN_RE.search(texts[at])
        goes_on = list_style(texts[after or at]) if aside else None
        while open_leads and not (goes_on and goes_on in map(list_style, texts[open_leads[-1][0].block + 1 : at])):
            open_leads.pop()
        return
    for place, (_, own) in enumerate(open_leads):
        if own == style:
            del open_leads[place:]
            return


def _within(leads: tuple[LeadIn, ...], block: TextBlock, units: dict[str, Unit], document: Document) -> int:
    """How many headings over a block stand behind its nearest lead-in."""
    if not leads:
        return 0
    floor = document.blocks[leads[0].block].span.start
    return sum(bool(words) and start > floor for words, start in _heads_over(block, units))


def _headings(block: TextBlock, units: dict[str, Unit]) -> tuple[str, ...]:
    """Headings of the units that hold a block, innermost first, its own opening words left out."""
    return tuple(words for words, _ in _heads_over(block, units) if words)


def _heads_over(block: TextBlock, units: dict[str, Unit]) -> Iterator[tuple[str, int]]:
    for unit in _chain(block, units):
        title = unit.kind is UnitKind.ATTACHMENT and _TITLE_RE.match(unit.heading)
        if not title and (unit.span.start != block.span.start or (unit.level == 1 and unit.label)):
            yield " ".join(unit.heading.split()).rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹"), unit.span.start
