"""CIT: numbers that no document can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both, english, recalled
from kb.models import Citation, Finding, ResolutionStatus, Severity
from kb.numbers import DOUBTS, TOO_LONG, parse_number
from kb.symbols import LOST_TERM
from kb.vocabulary.issuers import issuer_of_code, load_issuers
from kb.vocabulary.types import type_of_code

#: The term of the Assembly set apart from its letters: ``73/2006/QH 11``.
_APART_RE = re.compile(r"\s(?:[89]|1\d)(?![\w/.,-]*\d)")


def check_suspects(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A number that no document can have."""
    yield from _letters_for_figures(subject, tally)
    for citation in subject.citations:
        if citation.status is not ResolutionStatus.SUSPECT:
            meant = _meant(citation) if citation.number else None
            if meant is None:
                tally.held += 1
                continue
            tally.failed += 1
            yield SUSPECT.finding(
                (citation.span,),
                f"“{citation.surface}”: không có loại văn bản, cơ quan nào ký hiệu như vậy, gần nhất là {meant}",
                f"“{citation.surface}”: no type and no body has such a code, the nearest is {meant}",
                stated=citation.number,
                expected=meant,
                suggestion=both("đối chiếu bản gốc, sửa ký hiệu", "look at the original and mend the symbol"),
                severity=Severity.WARNING,
                page=citation.page,
            )
            continue
        if citation.reason == str(LOST_TERM) and _APART_RE.match(subject.document.text, citation.span.end):
            tally.held += 1
            continue
        if citation.reason == str(TOO_LONG) and not _has_known_body(citation):
            tally.skip(both("số theo cách riêng của đơn vị gửi", "a number in a sender's own way"))
            continue
        tally.failed += 1
        why = recalled(citation.reason, DOUBTS) if citation.reason else both("không đọc được", "unreadable")
        yield SUSPECT.finding(
            (citation.span,),
            f"“{citation.surface}”: số, ký hiệu có vẻ sai ({why})",
            f"“{citation.surface}”: the number looks wrong ({english(why)})",
            stated=citation.number,
            suggestion=both("đối chiếu bản gốc, sửa số, ký hiệu", "look at the original and mend the number"),
            page=citation.page,
        )


#: Letters where figures stand: ``l11/2022/NĐ-CP``, ``2O5/QĐ-UBND``, ``O12/SYT-NVY``.
_LETTERS_RE = re.compile(
    r"\bsố:?\s+(?P<number>(?=[\dOolI]*[OolI])(?=[\dOolI]*\d)[\dOolI]{2,6})"
    r"(?P<rest>/(?:(?:19|20)\d\d/)?(?:TTr|CTr|[A-ZĐ]{2,10})-[A-ZĐ][\w-]*)"
)
_FIGURES = str.maketrans("OolI", "0011")


def _letters_for_figures(subject: Subject, tally: Tally) -> Iterator[Finding]:
    reading = subject.document.reading
    for found in _LETTERS_RE.finditer(reading.text):
        tally.failed += 1
        printed, meant = found["number"] + found["rest"], found["number"].translate(_FIGURES) + found["rest"]
        yield SUSPECT.finding(
            (reading.hull(found.start("number"), found.end("rest")),),
            f"“{printed}”: có chữ cái thay cho chữ số",
            f"“{printed}”: letters stand for figures",
            stated=printed,
            expected=meant,
            suggestion=both("đối chiếu bản gốc, sửa số", "look at the original and mend the number"),
        )


def _meant(citation: Citation) -> str | None:
    """The code that was meant for one that there is not."""
    number = citation.number or ""
    first = number.split("/")[-1].partition("-")[0]
    plain = _DOUBLED_RE.sub(r"\1", first)
    if plain != first and type_of_code(first) is None and type_of_code(plain) == citation.type:
        return plain
    return _ministry_meant(number) or _type_meant(number) or _decree_meant(number) or _local_meant(number)


def _has_known_body(citation: Citation) -> bool:
    number = parse_number(citation.number or "")
    if number is None:
        return True
    # "CV" is no code of the state's papers: firms number their letters with it.
    typed = bool(number.type_code) and number.type_code != "CV"
    return typed or any(issuer_of_code(code) for code in number.issuers)


#: Types whose codes are long enough for a slip to be told from another code.
_LONG_CODES = ("TTLT", "NQLT", "VBHN")


def _type_meant(number: str) -> str | None:
    """The type whose code an unknown one differs from by one letter (``TTTLT``); None for any other."""
    first, _, rest = number.split("/")[-1].partition("-")
    if not rest or issuer_of_code(rest.split("-")[0]) is None or issuer_of_code(first) or first in _LONG_CODES:
        return None
    return next((code for code in _LONG_CODES if _one_letter_apart(first, code)), None)


#: One letter twice, as scans read ``QĐÐ``.
_DOUBLED_RE = re.compile(r"([A-ZĐ])\1")


def _one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) == len(short) + 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


#: Who issues decrees: the Government, before it the Council of Ministers.
_OF_DECREES = ("CP", "HĐBT", "HĐCP")


def _decree_meant(number: str) -> str | None:
    """``NĐ-CP`` for a decree with the code of a body that issues none (``NĐ-TTg``); None for any other.

    A misread code is no body's.

    >>> _decree_meant("108/2014/NĐ-TTg"), _decree_meant("108/2014/NĐ-CP"), _decree_meant("108/2014/NĐ-CE")
    ('NĐ-CP', None, None)
    """
    parsed = parse_number(number)
    if parsed is None or parsed.type_code != "NĐ" or len(parsed.issuers) != 1:
        return None
    body = issuer_of_code(parsed.issuers[0])
    return "NĐ-CP" if body and parsed.issuers[0] not in _OF_DECREES else None


#: Committees and councils of every place; what lacks a letter of the second may be another body (HND).
_LOCAL = ("UBND", "HĐND")
_OF_LOCAL = ("QĐ", "NQ", "KH", "CT", "BC", "TB", "TTr", "CTr")


def _local_meant(number: str) -> str | None:
    """``UBND`` or ``HĐND`` for a code that no body has and that is one of them with a slip; None for any other.

    >>> [_local_meant(f"205/QĐ-{code}") for code in ("UBDN", "UBN", "UBNDD", "UBND", "HND", "BQL", "UBBC")]
    ['UBND', 'UBND', 'UBND', None, None, None, None]
    """
    parsed = parse_number(number)
    code = parsed.issuers[0] if parsed and parsed.type_code in _OF_LOCAL and len(parsed.issuers) == 1 else ""
    if not code or issuer_of_code(code):
        return None
    for name in _LOCAL:
        swapped = len(code) == len(name) and code != name and sorted(code) == sorted(name) and code[0] == name[0]
        longer = len(code) == len(name) + 1 and _one_letter_apart(code, name)
        if swapped or longer or (name == "UBND" and len(code) == len(name) - 1 and _one_letter_apart(code, name)):
            return name
    return None


_MINISTRY_RE = re.compile(r"B(?!CĐ|CH|QL)[A-ZĐ]{2,9}")
#: Types that ministries issue; reports and notices come from boards of councils too (BĐT, BVHXH).
_OF_MINISTRIES = ("QĐ", "TT", "TTLT", "VBHN")
_SAME_BEGINNING = 3


def _begins_alike(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _ministry_meant(number: str) -> str | None:
    """The ministry whose code an unknown code begins like (``BLĐTĐ``); None for a known code, or for no such one.

    A code typed without its Đ is known.
    """
    parsed = parse_number(number)
    code = parsed.issuers[0] if parsed and parsed.type_code in _OF_MINISTRIES and len(parsed.issuers) == 1 else ""
    if not _MINISTRY_RE.fullmatch(code) or issuer_of_code(code):
        return None
    plain = code.replace("Đ", "D")
    names = [name for body in load_issuers() if body.level == "central" for name in body.codes]
    names = [name for name in names if _MINISTRY_RE.fullmatch(name)]
    if any(name.replace("Đ", "D") == plain for name in names):
        return None
    near = [name for name in names if name.replace("Đ", "D")[:_SAME_BEGINNING] == plain[:_SAME_BEGINNING]]
    return max(
        near,
        key=lambda name: (_begins_alike(name, code), SequenceMatcher(None, name, code).ratio()),
        default=None,
    )


SUSPECT = rule("CIT-007", check_suspects)
SUSPECT_RULES = (SUSPECT,)
