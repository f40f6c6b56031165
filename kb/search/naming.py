"""What a query says about the document it looks for, besides words: its type, its name, that it be in force."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

from kb.search.analysis import analyse
from kb.search.questions import telling_runs
from kb.text.normalize import fold, nfc
from kb.vocabulary.types import load_types

#: The fewest words that "còn hiệu lực" may stand behind as a wish.
_LEAST_WORDS = 2

# A question that asks which document something stands in.
_WHICH_RE = re.compile(r"(?<!\w)(?:o|tai|trong|theo) van ban nao[ .?!]*$")


# "… còn hiệu lực" behind what is looked for is a wish about it, but lists of documents in force are a thing.
_FORCE_RE = re.compile(
    r"(?<!van ban)(?<!qppl)(?<!phap luat)[\s,(]+(?:hien |dang )?(?:con|dang co) hieu luc[\s.,)]*$"
)
# With a day behind it it is always one.
_FORCE_ON_RE = re.compile(
    r"(?:^|[\s,(]+)(?:con|co|dang co) hieu luc (?:(?:vao|tai|den|tinh den) )?(?:(?:ngay|thoi diem) )?"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})[\s.,)]*$"
)


def without_force(text: str) -> str | None:
    """What is looked for where a query ends with the wish that it be in force; None where it does not.

    >>> without_force("thông tư về học phí còn hiệu lực"), without_force("danh mục văn bản còn hiệu lực")
    ('thông tư về học phí', None)
    """
    found = _FORCE_RE.search(fold(nfc(text)))
    if found is None or len(text[: found.start()].split()) < _LEAST_WORDS:
        return None
    words = analyse(text)
    asks = telling_runs(words.words, words.marks) != [(0, len(words.words))]
    return None if asks else nfc(text)[: found.start()]


def in_force_on(text: str) -> tuple[str, date] | None:
    """What is looked for and the day on which it must be in force, where a query ends so; None where it does not.

    >>> in_force_on("nghị định về văn thư còn hiệu lực ngày 01/7/2024")
    ('nghị định về văn thư', datetime.date(2024, 7, 1))
    >>> in_force_on("còn hiệu lực vào ngày 31/2/2024"), in_force_on("nghị định có hiệu lực")
    (None, None)
    """
    found = _FORCE_ON_RE.search(fold(nfc(text)))
    if found is None:
        return None
    with suppress(ValueError):
        return nfc(text)[: found.start()], date(int(found["year"]), int(found["month"]), int(found["day"]))
    return None


def named_in(text: str) -> tuple[str, str, str | None] | None:
    """The type that a text begins with, what the document is called and its year; None where it names none.

    >>> named_in("luật đất đai 2024"), named_in("Nghị định về công tác văn thư"), named_in("đất đai")
    (('Luật', 'dat dai', '2024'), ('Nghị định', 'cong tac van thu', None), None)
    """
    found = _named_re().match(" ".join(fold(nfc(text)).split()))
    return (_types_asked()[1][found[1]], found[2], found[3]) if found else None


@lru_cache(maxsize=1)
def _named_re() -> re.Pattern[str]:
    types = "|".join(map(re.escape, sorted(_types_asked()[1], key=len, reverse=True)))
    return re.compile(rf"({types}) (?:ve (?:viec )?)?([^\W\d]\S* \S.*?)(?: (?:nam )?((?:19|20)\d\d))?[ .?!]*$")


@lru_cache(maxsize=1)
def _types_asked() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {fold(word): row.name for row in load_types() for word in (row.name, *row.words)}
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})\s+nao(?!\w)"), names


def type_begun(text: str) -> tuple[str, str] | None:
    """The type of document that folded words begin with, and the words that name it.

    >>> type_begun("thong tu huong dan nghi dinh"), type_begun("huong dan")
    (('Thông tư', 'thong tu'), None)
    """
    names = _types_asked()[1]
    word = next((word for word in sorted(names, key=len, reverse=True) if text.startswith(f"{word} ")), None)
    return (names[word], word) if word and names[word] != "Hướng dẫn" else None


def type_asked_for(text: str) -> str | None:
    """The type of document that a question asks for.

    >>> type_asked_for("học phí do thông tư nào quy định?"), type_asked_for("học phí")
    ('Thông tư', None)
    """
    pattern, names = _types_asked()
    found = pattern.search(fold(nfc(text)))
    return names[found[1]] if found and found[1] != "van ban" else None


def asks_which(text: str) -> bool:
    """Whether a question asks in which document something stands.

    >>> asks_which("học phí quy định ở văn bản nào?"), asks_which("văn bản nào phải thẩm định")
    (True, False)
    """
    return _WHICH_RE.search(fold(nfc(text))) is not None
