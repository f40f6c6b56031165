"""From words to printed lines: rows from top to bottom, cut where a wide gap may divide columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.readers.pdf_print import Segment, Word
from kb.models import LineKind
from kb.text.normalize import nfc

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What may stand raised as the mark of a note (or a power: m²).
_MARK_RE = re.compile(r"[0-9]{1,3}(?:[,;][0-9]{1,3})*[.,;:)]?")
_SPACE_RE = re.compile(r"\s+")

# A raised mark is set in two thirds of the size (Word: 65 %, TeX: 70 %), a third of the size above the line.
_SMALL = 0.82
_RAISED_MIN, _RAISED_MAX = 0.12, 0.75
_RAISED_LETTERS = 6
# Words of one line lie on one baseline; hand-set letterheads miss it by a point or two.
_BASELINE_SLACK = 0.3
# A space is a quarter of the size; justification makes it up to the size, tabs and columns more.
_GLUE_MAX = 0.13
_GLUE_RAISED = 0.13
_LETTERS_MIN = 6
_WIDE_GAP = 1.6
_HEAD_GAP = 0.4
# What the right column of a letterhead says : quốc hiệu, tiêu ngữ, place and date.
_HEAD_RE = re.compile(
    r"""(?<!\S)(?: CỘNG\ H[ÒO][ÀA]?\ XÃ\ HỘI | ĐẢNG\ CỘNG\ SẢN | Độc\ lập\ -
          | [A-ZĐÀ-Ỹ]\S*(?:\ \S+){0,4}?,?\ ngày\b.{1,16}tháng\b.{1,12}năm\ [\d.…]*\ ?$ )""",
    re.VERBOSE,
)


def build_rows(words: Iterable[Word]) -> list[list[Segment]]:
    """The printed lines from top to bottom, each as its segments from left to right.

    Raised figures are superscript digits, without a space when none is printed. Words that run sideways
    or aslant come last, a segment a run; aslant ones (watermarks, stamps) are furniture.
    """
    level = [word for word in words if word.angle == 0]
    rows = [_cut(row) for row in _raise(_cluster(level))]
    return rows + [[segment] for segment in _turned_segments([word for word in words if word.angle != 0])]


def join_segments(segments: Sequence[Segment]) -> Segment:
    """The segments of a row as one."""
    if len(segments) == 1:
        return segments[0]
    longest = max(segments, key=lambda segment: len(segment.text))
    confidences = [s.confidence for s in segments if s.confidence is not None]
    return Segment(
        " ".join(segment.text for segment in segments),
        min(s.x0 for s in segments),
        min(s.top for s in segments),
        max(s.x1 for s in segments),
        max(s.bottom for s in segments),
        longest.baseline,
        longest.size,
        longest.bold,
        longest.italic,
        min(confidences) if confidences else None,
        longest.kind,
    )


def _cluster(words: list[Word]) -> list[list[Word]]:
    """Words by baseline, top first."""
    rows: list[list[Word]] = []
    base = slack = 0.0
    for word in sorted(words, key=lambda word: word.baseline):
        if rows and word.baseline - base <= min(slack, _BASELINE_SLACK * word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
            base, slack = word.baseline, _BASELINE_SLACK * word.size
    return rows


def _raise(rows: list[list[Word]]) -> list[list[Word]]:
    """The rows with raised and lowered small words put back into the row they belong to."""
    taken: set[int] = set()
    added: dict[int, list[Word]] = {}
    for index, row in enumerate(rows):
        for other in (index + 1, index + 2, index - 1):
            if not 0 <= other < len(rows) or other in taken:
                continue
            moved = [word for word in row if _belongs(word, rows[other])]
            if moved and len(moved) == len(row):
                taken.add(index)
                added.setdefault(other, []).extend(moved)
                break
            if moved and other > index:
                added.setdefault(other, []).extend(moved)
                row[:] = [word for word in row if word not in moved]
    return [row + added.get(index, []) for index, row in enumerate(rows) if index not in taken]


def _belongs(word: Word, row: list[Word]) -> bool:
    """Whether a small word stands raised (or lowered) beside a word of the row."""
    if len(word.text) > _RAISED_LETTERS:
        return False
    for near in row:
        if word.size > _SMALL * near.size:
            continue
        rise = (near.baseline - word.baseline) / near.size
        if not (_RAISED_MIN <= rise <= _RAISED_MAX or -0.4 <= rise < 0):
            continue
        if -0.5 * near.size <= word.x0 - near.x1 <= 0.5 * near.size:
            return True
        if -0.5 * near.size <= near.x0 - word.x1 <= near.size:
            return True
    return False


def _cut(row: list[Word]) -> list[Segment]:
    """The segments of a row, left to right."""
    row = sorted(row, key=lambda word: word.x0)
    size = max(word.size for word in row)
    heads = _column_heads(row)
    parts = [[row[0]]]
    right = row[0].x1
    for index, word in enumerate(row[1:], 1):
        gap = word.x0 - right
        if gap > _WIDE_GAP * size or (index in heads and gap > _HEAD_GAP * size):
            parts.append([])
        parts[-1].append(word)
        right = max(right, word.x1)
    return [build_segment(part) for part in parts]


def _column_heads(row: Sequence[Word]) -> set[int]:
    """Where in a row the right column of a letterhead begins, by its words; the columns may nearly touch."""
    text, starts = "", {}
    for index, word in enumerate(row):
        if index and _space_between(row[index - 1], word):
            text += " "
        starts[len(text)] = index
        text += word.text
    text = nfc(text)
    return {starts[found.start()] for found in _HEAD_RE.finditer(text) if found.start() in starts}


def build_segment(words: Sequence[Word]) -> Segment:
    """Words of one line, left to right, as text with its style."""
    sizes: Counter[float] = Counter()
    bold = italic = letters = 0
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
        letters += len(word.text)
        bold += len(word.text) if word.bold else 0
        italic += len(word.text) if word.italic else 0
    size = sizes.most_common(1)[0][0]
    baseline = max(word.baseline for word in words if round(word.size, 1) == size)
    confidences = [word.confidence for word in words if word.confidence is not None]
    return Segment(
        join_words(words, size, baseline),
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
        baseline,
        size,
        2 * bold > letters,
        2 * italic > letters,
        sum(confidences) / len(confidences) if confidences else None,
    )


def join_words(words: Sequence[Word], size: float, baseline: float) -> str:
    """The text of words of one line; raised figures become superscript digits."""
    pieces: list[str] = []
    last: Word | None = None
    letter_spaced = _letter_spaced(words)
    for index, word in enumerate(words):
        if last is not None and index not in letter_spaced and _space_between(last, word):
            pieces.append(" ")
        raised = word.baseline < baseline - _RAISED_MIN * size and (
            word.size <= _SMALL * size or word.baseline < baseline - 0.25 * size
        )
        if raised and _MARK_RE.fullmatch(word.text):
            pieces.append(word.text.translate(_SUPERSCRIPT))
        else:
            pieces.append(word.text)
        last = word
    return nfc(_SPACE_RE.sub(" ", "".join(pieces)).strip())


def _letter_spaced(words: Sequence[Word]) -> set[int]:
    """Where single capitals set apart for emphasis (``K Ế  H O Ạ C H``) go on with the word before.

    Only where two widths of gap tell letters from words; otherwise nothing is joined.
    """
    joined: set[int] = set()
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and len(words[end].text) == 1 and words[end].text.isupper():
            end += 1
        if end - at >= _LETTERS_MIN:
            gaps = [(words[i].x0 - words[i - 1].x1, i) for i in range(at + 1, end)]
            narrow = min(gaps)[0]
            if narrow > 0 and max(gaps)[0] > 1.7 * narrow:
                joined |= {i for gap, i in gaps if gap < 1.35 * narrow}
        at = end + 1
    return joined


def _space_between(last: Word, word: Word) -> bool:
    """Whether a space stands between two words; around a raised mark pdfium makes spaces up: the gap decides."""
    gap = word.x0 - last.x1
    size = max(last.size, word.size)
    if abs(word.baseline - last.baseline) > _RAISED_MIN * size:
        return gap > _GLUE_RAISED * size
    return (word.spaced and gap > -0.1 * size) or gap > _GLUE_MAX * size


def _turned_segments(words: list[Word]) -> list[Segment]:
    """Runs of sideways or aslant words, in the order of the file."""
    segments: list[Segment] = []
    run: list[Word] = []
    for word in words:
        if run and (word.angle != run[-1].angle or not _follows(run[-1], word)):
            segments.append(_turned(run))
            run = []
        run.append(word)
    if run:
        segments.append(_turned(run))
    return segments


def _follows(last: Word, word: Word) -> bool:
    reach = 3 * max(last.size, word.size)
    return (
        abs(word.x0 - last.x1) < reach * 3
        and min(abs(word.top - last.bottom), abs(last.top - word.bottom), abs(word.top - last.top)) < reach
    )


def _turned(run: list[Word]) -> Segment:
    segment = build_segment(run)
    segment.text = nfc("".join((" " if word.spaced else "") + word.text for word in run).strip())
    segment.turned = True
    if run[0].angle % 90:
        segment.kind = LineKind.FURNITURE
    return segment
