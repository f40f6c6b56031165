"""Numbers as people type them, and the keys under which documents answer to them.

``76/NQ-CP``, ``nq 76``, ``nghi quyet so 76 nam 2021``, ``34/2016``, ``18 nq tw`` and plain ``76`` each make one
key; a document has one for every way it may be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.numbers import DocumentNumber, parse_number, type_of
from kb.search.analysis import number_key_of
from kb.search.signs import WORDLIKE_RE, plain_signs
from kb.text.normalize import fold, nfc
from kb.vocabulary.issuers import issuer_codes
from kb.vocabulary.types import load_types, type_codes


@dataclass(frozen=True, slots=True)
class NumberWish:
    """The number that a query asks for.

    `keys` must all be a document's; `year` and `type` (a key such as ``@nghi-dinh``) rank those that agree first;
    `start` and `end` are its range in the folded query; `sure` is False for figures that may be just a figure.
    `nearly` are keys that one slip may have made this one of, the likeliest last; `issued` is the day behind it.
    """

    keys: tuple[str, ...]
    year: int | None
    type: str | None
    start: int
    end: int
    sure: bool
    nearly: tuple[str, ...] = ()
    issued: date | None = None


def number_keys(number: str | None, type_word: str | None, year: int | None) -> tuple[str, ...]:
    """All keys a document answers to.

    >>> number_keys("34/2016/NĐ-CP", "Nghị định", 2016)[:5]
    ('34', '34/2016', '34/2016/nd', '34/nd', '34/2016/nd-cp')
    """
    parsed = parse_number(number) if number else None
    if parsed is None:
        return (fold(number).replace(" ", ""),) if number else ()
    figure = f"{parsed.number.lstrip('0') or '0'}{fold(parsed.letter)}{parsed.series}"
    # Nghị quyết 30c/NQ-CP is also looked for as 30, but 66.22/2026 is not 66.
    keys = [figure, *([parsed.number.lstrip("0")] if parsed.letter else [])]
    parts = [fold(part) for part in re.split(r"[-/,]", parsed.symbol) if part]
    years = [str(each) for each in dict.fromkeys((parsed.year, year)) if each]
    keys += [f"{figure}/{each}" for each in years[:1]]
    for length in range(1, len(parts) + 1):
        for shown in ([parts[0:length], years[:1] + parts[0:length]] if years else [parts[0:length]])[::-1]:
            keys.append(number_key_of(figure, shown))
    if len(parts) > 1:
        keys += [number_key_of(figure, [*some, "".join(parts)]) for some in ([], years[:1])]  # 58/2016/NDCP
        keys += [number_key_of(figure, parts[1:2]), *([number_key_of(figure, parts[1:])] if parts[2:] else [])]
    keys += [f"{figure}@{slug}" for slug in sorted(_type_slugs(parsed, type_word))]
    return tuple(dict.fromkeys(keys))


def _type_slugs(number: DocumentNumber, type_word: str | None) -> set[str]:
    words = {fold(nfc(type_word))} if type_word else set()
    told = type_of(number)
    if told:
        words.add(fold(told))
    return {re.sub(r"\W+", "-", word) for word in words}


def find_wish(text: str) -> NumberWish | None:
    """The number that a query asks for; None when it asks for none.

    >>> [find_wish(typed).keys for typed in ("nq 76", "nghi quyet so 076", "34/2016", "18 nq tw", "76")]
    [('76@nghi-quyet',), ('76@nghi-quyet',), ('34/2016',), ('18/nq-tw',), ('76',)]
    >>> find_wish("mức độ hài lòng 2024"), find_wish("giai đoạn 2021-2030"), find_wish("dịch vụ công mức 3-4")
    (None, None, None)
    >>> find_wish("kiểm tra CCHC quý 1/2025"), find_wish("kiểm tra 1/2025").keys
    (None, ('1/2025',))
    >>> find_wish("dieu 5 nd 30/2020").keys, find_wish("khoản 1 điều 4 nđ 61").keys
    (('30/2020',), ('61@nghi-dinh',))
    >>> [
    ...     find_wish(typed).keys
    ...     for typed in ("34 2016 nd cp", "nđ-cp 34/2016", "12/98/NĐ-CP.", "nghị định ba mươi tư")
    ... ]
    [('34/2016/nd-cp',), ('34/2016/nd-cp',), ('12/1998/nd-cp',), ('34@nghi-dinh',)]
    """
    return next(find_wishes(text), None)


def find_wishes(text: str) -> Iterator[NumberWish]:
    """The numbers that a query asks for; those after the first only where they are no mere figures.

    >>> [wish.keys for wish in find_wishes("nghị định 76/2015/NĐ-CP và 99/2015/NĐ-CP")]
    [('76/2015/nd-cp',), ('99/2015/nd-cp',)]
    """
    typed = plain_signs(nfc(text))
    first = True
    for found in _WISH_RE.finditer(typed):
        wish = _read(typed, found)
        if wish and (first or (wish.sure and found["parts"])):
            first = False
            yield wish


def _read(typed: str, found: re.Match[str]) -> NumberWish | None:
    word = found["type"]
    kind = _type_words().get(" ".join(word.split())) if word else None
    figure = _figure_of(found)
    if figure is None:
        return None
    parts = [part for each in re.split(r"\s*[/-]\s*", found["parts"] or "") if (part := _bare(each))]
    if not parts and (found["codes"] or ""):
        parts = re.split(r"[\s/-]+", found["codes"].strip())
    if len(parts) > 1 and re.fullmatch(r"\d\d", parts[0]) and _is_code(parts[1]):
        parts[0] = _whole_year(parts[0])  # "12/98/NĐ-CP", "30/20/NĐ-CP"
    elif kind and kind not in _LOOSE_TYPES and len(parts) == 1 and re.fullmatch(r"\d\d", parts[0]):
        parts[0] = _whole_year(parts[0])  # "nghị định 30/20"
    if found["by"] and len(parts) < 2:
        parts += [found["by"]] if " " in word else [word, found["by"]]
    named = kind is not None and kind not in _LOOSE_TYPES
    if _is_date(figure, parts) or _is_period(figure, parts, named and "/" in (found["parts"] or "")):
        return None
    dated = found if found["year"] else _LATER_RE.match(typed, found.end())
    year = int(dated["year"]) if dated else None
    alone = typed[: found.start()].strip() == "" and typed[found.end() :].strip(" .?") == ""
    if parts and not alone and not kind and all(part.isdigit() and not _is_year(part) for part in parts):
        return None  # "mức độ 3-4", "tỷ lệ 1/2"
    if not kind and not found["so"] and _PERIOD_RE.search(typed[: found.start()]):
        return None  # "quý 1/2025", "học kỳ 2/2024"
    # "76" alone is a number; "năm 2021" is a year; "21 bộ phận" is neither.
    if not parts and not kind and not found["so"] and not (alone and not _is_year(figure)):
        return None
    if found["so"] and not kind and not parts and typed[: found.start()].strip():
        return None  # "mẫu số 01", "đoàn số 06": the label of something else
    yearly = bool(kind and not parts and _is_year(figure) and not found["so"])
    if yearly and not (named and (found["year"] or (alone and kind in _MANY_A_YEAR))):
        return None  # "luật 2024", "kế hoạch 2025"
    type_key = f"{figure}@{kind}" if kind else None
    keys: tuple[str, ...] = (number_key_of(figure, parts) if parts else type_key or figure,)
    if len(parts) == 2 and _is_year(parts[0]) and parts[1] in _known_codes() and parts[1] not in _type_words():
        keys = (number_key_of(figure, parts[:1]), number_key_of(figure, parts[1:]))  # "TT26/2025/BTP"
    told = alone or (named and found["figure"] is not None)
    sure = bool(parts or found["so"] or (named and year) or (told and not yearly))
    near = _nearly(typed, found, figure, parts, type_key)
    return NumberWish(keys, year, type_key, found.start(), found.end(), sure, near, _issued(found))


def _issued(found: re.Match[str]) -> date | None:
    """The day that was typed behind a number; None where there is none or no such day."""
    with suppress(ValueError):
        if found["day"]:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    return None


def _figure_of(found: re.Match[str]) -> str | None:
    """The figure that was typed, in figures or in words ("nghị định ba mươi tư")."""
    if found["figure"]:
        return found["figure"].lstrip("0") or "0"
    hundreds, _, rest = found["worded"].rpartition("tram")
    tens, _, ones = rest.rpartition("muoi")
    value = 100 * _UNITS.get(hundreds.strip(), 0)
    if "muoi" in rest:
        value += 10 * _UNITS.get(tens.split()[-1] if tens.strip() else "", 1)
    return str(value + _UNITS.get(ones.split()[-1] if ones.strip() else "", 0))


def _bare(part: str) -> str:
    """A part of a number without what ends the sentence behind it."""
    bare = part.rstrip(".,")
    return bare if "(" in bare else bare.rstrip(".,)")


@lru_cache(maxsize=1)
def _known_codes() -> frozenset[str]:
    return frozenset(map(fold, (*type_codes(), *issuer_codes())))


def _is_code(part: str) -> bool:
    return part in _known_codes() or re.fullmatch(r"(?:ubtv)?qh\d\d?", part) is not None


def _whole_year(printed: str) -> str:
    return ("19" if printed >= "45" else "20") + printed


def _nearly(
    typed: str, found: re.Match[str], figure: str, parts: list[str], type_key: str | None
) -> tuple[str, ...]:
    """Keys of what was perhaps meant: the body typed wrong or cut short, a space in the figure."""
    codes = [at for at, part in enumerate(parts) if not part[0].isdigit()]
    near = [number_key_of(figure, parts[: codes[0] + 1])] if len(codes) > 1 else []
    if parts[-1:] == ["ubnd"] or parts[-1:] == ["hdnd"]:
        near.clear()  # who types a local body means no other: theirs bear every figure
    elif type_key and codes:
        near.insert(0, type_key)
    if len(parts) == 2 and _is_year(parts[0]) and re.match(r"(?:ubtv)?qh", parts[1]):
        near.append(number_key_of(figure, parts[:1]))
    apart = re.search(r"(?<![\w/.-])(\d{1,3}) $", typed[: found.start()])
    if apart and parts and found.start("figure") == found.start():
        near.append(number_key_of(apart[1].lstrip("0") + found["figure"], parts))
    return tuple(near)


_UNITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9
}  # fmt: skip
_BODY_WORDS = r"chinh\sphu|thu\stuong|quoc\shoi|ubnd|hdnd|uy\sban|hoi\sdong|tinh\suy|bo|so|tinh|thanh\spho|tp"
# The year behind the name of the body: "nghị định 34 của Chính phủ năm 2016".
_LATER_RE = re.compile(
    rf"\s+(?:cua\s+)?(?:{_BODY_WORDS})(?!\w)"
    r"(?:\s[^\W\d]+){0,9}?\s+(?:nam\s+)?(?P<year>(?:19|20)\d\d)[\s.?]*$"
)
# What stands before the figure of a part of a year.
_PERIOD_RE = re.compile(r"(?<!\w)(?:quy|thang|tuan|ky|dot)\s*$")


def _is_year(figure: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", figure) is not None


def _is_date(figure: str, parts: list[str]) -> bool:
    """``27/6/2025``, ``6/2025``; but ``34/2016`` and ``06/2022`` with a type are numbers."""
    return len(parts) == 2 and parts[0].isdigit() and _is_year(parts[1])


def _is_period(figure: str, parts: list[str], named: bool) -> bool:
    """``2021-2030``; but ``quyết định 2015/2025`` is a number, as the type before it says."""
    return _is_year(figure) and len(parts) == 1 and _is_year(parts[0]) and not named


#: Types of which one body issues thousands in a year.
_MANY_A_YEAR = frozenset({"quyet-dinh", "cong-van"})
#: Types whose words stand before figures that are no number: "kế hoạch 5 năm", "báo cáo 6 tháng".
_LOOSE_TYPES = frozenset({"ke-hoach", "bao-cao", "chuong-trinh", "de-an", "du-an", "thong-bao", "huong-dan"})


@lru_cache(maxsize=1)
def _type_words() -> dict[str, str]:
    """Slugs of types by their words and codes, folded."""
    words: dict[str, str] = {}
    for row in load_types():
        slug = re.sub(r"\W+", "-", fold(row.name))
        for word in (row.name, *row.words):
            words.setdefault(fold(word), slug)
    for row in load_types():
        for code in row.codes:
            if len(code) > 1:
                words.setdefault(fold(code), re.sub(r"\W+", "-", fold(row.name)))
    # As people type them; the first types of the table have the codes that others share.
    words.update({"nghi dinh so": "nghi-dinh", "cong van": "cong-van", "cv": "cong-van"})
    return words


#: What follows a quantity: "kế hoạch 5 năm", but "nghị quyết 76 năm 2021".
_MEASURES = r"nam(?!\s+(?:19|20)\d\d)|thang|ngay(?!\s+\d)|tuan|quy|nguoi|ty|trieu|nghin|dong|phan\s+tram"


def _wish_pattern() -> str:
    types = "|".join(
        r"\s+".join(map(re.escape, word.split())) for word in sorted(sorted(_type_words()), key=len)[::-1]
    )
    codes = {fold(code) for code in issuer_codes() if len(code) > 1 and re.fullmatch(r"\w+", code)}
    codes |= {word for word in _type_words() if len(word) < 5 and " " not in word}
    longest = sorted(sorted(codes), key=len, reverse=True)
    code = "|".join(map(re.escape, longest))
    # The figure of a provision is no number: "điều 5 nđ 30/2020" asks for 30/2020.
    units = ("dieu", "khoan", "diem", "muc", "chuong", "phan", r"phu\sluc")
    within = "".join(rf"(?<!\b{unit}\s)" for unit in units)
    # "21 thủ tục" names no Thành ủy: the first code typed after a space is no word of the language.
    bare = [one for one in longest if not WORDLIKE_RE.search(one)]
    first = "|".join([r"ub(?:nd)?", r"(?:ubtv)?qh\d\d?", *bare])
    bodies = "|".join([r"ub(?:nd)?", *(one for one in bare if one not in types.split("|"))])
    short = "|".join(word for word in types.split("|") if len(word) < 5)
    return rf"""
        (?<![\w/.-])
        (?:(?P<type>{types})(?:{_body_between()}|[\s-](?P<by>tu|tw|{bodies})(?=[\s:]))?\s*[.:-]?\s*)?
        (?:(?<!\w)(?P<so>so(?:\s+hieu)?|(?:van\s+ban|vb)(?:\s+so)?)\s*:?\s*)?
        (?(type)|(?<![\w/-]){within})
        (?:(?P<figure>\d{{1,6}}[a-z]?(?:\.\d{{1,3}}(?=\s?[/-]))?)|(?(type)(?P<worded>{_worded()})|(?!)))
        (?:(?P<parts>(?:(?:{short})(?=[/-]))?(?:\s?[/-]\s?[^\W_][\w&.,()]*)+)
          |(?P<codes>\s+(?:{first})(?:[\s-]+(?:{code}|[^\W\d_aeiouy]{{2,6}}))*(?!\w)
            |\s?(?:{short})(?:{bodies})(?!\w)|(?(type)(?:{bodies})(?!\w)|(?!))))?
        (?![\w/%]|\s+(?:{_MEASURES})(?!\w))
        (?:[.,]?\s+(?:nam\s+|ngay\s+)?(?:(?P<day>\d{{1,2}})(?:[/.-]|\s+thang\s+)(?P<month>\d{{1,2}})(?:[/.-]|\s+nam\s+))?
          (?P<year>(?:19|20)\d\d)(?!\w))?
    """


def _body_between() -> str:
    """The body between a type and its number: "nghị quyết của Chính phủ số 76"."""
    named = rf"\s+(?:cua\s+)?(?:{_BODY_WORDS})(?:\s(?!(?:ve|mau|ho|bieu|phu|tai)\b)[^\W\d]+){{0,6}}?"
    return rf"{named}(?=\s+so\s*:?\s*\d)"


def _worded() -> str:
    """A figure in words, of two syllables or before a year: "ba mươi tư", "chín năm 2015"."""
    unit = "|".join(_UNITS)
    ones = rf"(?:\s(?:(?!nam\s+(?:19|20)\d\d)(?:{unit})))?"
    tens = rf"(?:(?:{unit})\smuoi{ones}|muoi\s(?!nam)(?:{unit}))"
    hundreds = rf"(?:{unit})\stram(?:\s(?:le|linh)\s(?:{unit})|\s{tens}|\smuoi)?"
    return rf"(?:{hundreds}|{tens}|(?:{unit}|muoi)(?=\s+nam\s+(?:19|20)\d\d))(?!\w)"


_WISH_RE = re.compile(_wish_pattern(), re.VERBOSE)
