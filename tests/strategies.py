"""Texts for property tests: documents with paragraphs, notes, page ends, lists, and the faults of real files."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = (
    "rà soát", "thủ tục", "hành chính", "các cơ quan", "địa phương", "kế hoạch", "triển khai", "kết quả",
    "giải quyết", "hồ sơ", "người dân", "doanh nghiệp", "tỷ lệ", "đúng hạn", "chuyển đổi số", "phân cấp",
    "báo cáo", "đánh giá", "công chức", "thực hiện",
)  # fmt: skip
_BETWEEN = (
    "\n\n", "\n", "\r\n", "\r", "\n\n¹ Ghi chú số một\n\n", "\n\f\n", "\n\n12\n\n", "² và ", "*", "** ",
    "\n-----\n", "\nSTT\tTên\tSố\n1\tHồ sơ\t3\n", "\n| a | b |\n|---|---|\n| 1 | 2 |\n", " <i>nghiêng</i> ",
    "\n[1] Xem phụ lục\n", "[1]", "\n# Đề mục\n", "\x00", "\u00a0", "\n\n(1) Một\n(2) Hai\n", "<sup>3</sup>",
    " _nghiêng_ ", "\\*", "\u200b",
)  # fmt: skip
_PAGES = (
    "\n\n¹ Quyết định số 12/QĐ-UBND ngày 02/3/2031\n\n", "\f", "\n\f\n",
    "\n\n¹ Báo cáo số 7/BC-UBND năm 2031.\n\f\n",
)  # fmt: skip
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def raised(number: int) -> str:
    """A number in superscript digits."""
    return "".join(_MARKS[int(digit)] for digit in str(number))


@st.composite
def sentences(draw: st.DrawFn, most: int = 4) -> str:
    """A paragraph of one to `most` sentences that end with a full stop."""
    found = []
    for _ in range(draw(st.integers(1, most))):
        words = draw(st.lists(st.sampled_from(_WORDS), min_size=4, max_size=14))
        found.append(" ".join(words).capitalize() + ".")
    return " ".join(found)


@st.composite
def documents(draw: st.DrawFn) -> list[str]:
    """Paragraphs of a plain document: headings, items, running text."""
    paragraphs = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        paragraphs.append(f"{number}. {draw(sentences(1))}")
        paragraphs += draw(st.lists(sentences(), min_size=1, max_size=3))
        paragraphs += [f"- {item}" for item in draw(st.lists(sentences(2), max_size=2))]
    return paragraphs


@st.composite
def cut_paragraphs(draw: st.DrawFn) -> tuple[str, str]:
    """A document, and the same with a page end between two words of a sentence: notes, a form feed, or both."""
    paragraphs = draw(documents())
    at = draw(st.integers(0, len(paragraphs) - 1))
    words = paragraphs[at].split(" ")
    places = [place for place in range(2, len(words)) if not words[place - 1].endswith(".") and place > 2]
    place = draw(st.sampled_from(places))
    anchored = " ".join([*words[: place - 1], words[place - 1] + raised(1), *words[place:]])
    head, tail = anchored.split(" ")[:place], words[place:]
    page = draw(st.sampled_from(_PAGES))
    note = "\n\n¹ Báo cáo số 7/BC-UBND năm 2031." if "¹" not in page else ""
    broken = [*paragraphs]
    broken[at] = " ".join(head) + page + " ".join(tail)
    whole = [*paragraphs]
    whole[at] = anchored
    return "\n\n".join(whole) + "\n\n¹ Báo cáo số 7/BC-UBND năm 2031.\n", "\n\n".join(broken) + note + "\n"


@st.composite
def messy_texts(draw: st.DrawFn) -> str:
    """Text with notes, page ends, tables, mark-up and line ends of all kinds anywhere."""
    pieces: list[str] = []
    for paragraph in draw(documents()):
        pieces += [paragraph, draw(st.sampled_from(_BETWEEN))]
    return "".join(pieces)
