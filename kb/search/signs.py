r"""Numbers of documents with the signs that hands and scanners gave them, as they are printed.

``34 2016 nd cp``, ``34.2016.NĐ-CP``, ``34\2016\NĐ-CP``, ``34_2016_NĐ_CP`` and ``34/2O16/NĐ-CP`` are all
``34/2016/NĐ-CP``. One letter stands for one letter, so that places survive.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kb.symbols import PLAIN_SIGNS
from kb.text.normalize import fold
from kb.vocabulary.issuers import issuer_codes
from kb.vocabulary.types import load_types

#: Letters that scanners and hands put for figures.
_FIGURES = str.maketrans("oli", "011")
#: In what may be a word of the language, typed small and without marks: no syllable holds no vowel, none "yt".
WORDLIKE_RE = re.compile(r"[aeiou]|y$")
_YEAR = r"(?:19|20)\d\d"


def plain_signs(text: str) -> str:
    r"""A typed text (NFC) folded, its numbers with strokes and dashes where they are printed with them.

    >>> plain_signs("34 2016 nđ cp"), plain_signs("9.2015.QĐ-TTg"), plain_signs("36l7\\QĐ_UBND")
    ('34/2016/nd-cp', '9/2015/qd-ttg', '3617/qd-ubnd')
    >>> plain_signs("12/2025 ctubnd"), plain_signs("đoàn 12 2025 người"), plain_signs("bồi dưỡng 30.2021")
    ('12/2025/ctubnd', 'doan 12 2025 nguoi', 'boi duong 30.2021')
    >>> plain_signs("Phu luc_NQ so 12_2015_QH13.doc"), plain_signs("QD.07.2013.QD.TTg.docx")
    ('phu luc nq so 12/2015/qh13    ', 'qd 07/2013/qd-ttg     ')
    """
    line = fold(text.translate(PLAIN_SIGNS))
    if not any(map(str.isdigit, line)):
        return line
    line = _LAW_RE.sub(" ", line)
    line = _SLIP_RE.sub(lambda found: found[0].translate(_FIGURES), line)
    line = re.sub(r"(?<=[\da-z])\\(?=[\da-z])|(?<=\d)/(?=/)", "/", line)
    line = re.sub(r"(?<=/)/", " ", line)
    line = _FILE_RE.sub(lambda found: " " * len(found[0]), line)
    line = _code_re().sub(lambda found: found["code"] + ("-" if found["line"] else " "), line)
    line = re.sub(r"(?<=\d)_(?=[\da-z])", "/", line).replace("_", " ")
    line = _joints_re().sub(lambda found: "/".join((*filter(None, found.group("figure", "year")), "")), line)
    return _behind_re().sub(lambda found: f"{found['code']}-", line)


# A file is called after its document: "QD.07.2013.QD.TTg.docx".
_FILE_RE = re.compile(r"\.(?:docx?|pdf|rtf|odt|txt|xlsx?)(?!\w)")
# "L80/2015", "L 80/2015/QH13": the letter of a law before its number.
_LAW_RE = re.compile(r"(?<![\w/.-])l(?=\s?\d{1,3}/(?:19|20)\d\d(?:/qh\d\d?)?(?![\w/-]))")
# Figures with such letters among them before a stroke, or behind one where a year stands; terms of the assembly.
_SLIP_RE = re.compile(
    r"(?<![\w/])(?=[\doli]*\d)[\doli]{2,5}(?=[/\\_-]\w)"
    r"|(?<=[/\\_])[12l][\doli]{3}(?!\w|_\W)|(?<=qh)[1li][\doli](?!\w)"
)


def _longest(codes: set[str]) -> str:
    return "|".join(map(re.escape, sorted(sorted(codes), key=len, reverse=True)))


@lru_cache(maxsize=1)
def _codes() -> tuple[str, str]:
    """Codes of types, and of bodies that are no words of the language, as patterns; folded."""
    types = {fold(code) for row in load_types() for code in row.codes if len(code) > 1}
    bodies = {fold(code) for code in issuer_codes() if re.fullmatch(r"\w{2,}", code)}
    return _longest(types), _longest({code for code in bodies if not WORDLIKE_RE.search(code)} | {"ub", "ubnd"})


@lru_cache(maxsize=1)
def _code_re() -> re.Pattern[str]:
    """The code of a type before a line under the text, or a point that a figure follows."""
    return re.compile(rf"(?<![^\W_])(?P<code>{_codes()[0]})(?:(?P<line>_)(?=[a-z])|\.(?=\d))")


@lru_cache(maxsize=1)
def _joints_re() -> re.Pattern[str]:
    """Figure, perhaps a year, and a code, with points or spaces between them."""
    types, bodies = _codes()
    code = rf"(?:(?:{types})(?:{bodies}|tu|tw)?|(?:ubtv)?qh\d\d?|{bodies})(?![^\W_])"
    return re.compile(
        rf"(?<![\w/.-])(?P<figure>\d{{1,5}}[a-z]?)(?:[./ ](?P<year>{_YEAR})[. /](?={code})|\.(?=(?:{types})[-/.]))"
    )


@lru_cache(maxsize=1)
def _behind_re() -> re.Pattern[str]:
    """The code of a type behind a stroke, and that of a body behind a space, a point or a stroke."""
    types, bodies = _codes()
    return re.compile(rf"(?<=/)(?P<code>{types})[ ./](?=(?:{bodies}|tu)(?!\w))")
