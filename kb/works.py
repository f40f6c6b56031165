"""Which document a text is: identity and readable ids.

A number is not an identity: ``02/NQ-HĐND`` comes back in every province every year. Two texts are one work when
their numbers are equal and date and issuer agree, or the number alone says it all (``34/2016/NĐ-CP``). What
cannot be told apart by its header gets an id of its own, with a piece of the file's hash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from kb.models import Document, Field
from kb.numbers import issuer_of, number_key, parse_number
from kb.text.normalize import fold, nfc, unify_tones
from kb.vocabulary.issuers import issuer_of_name

#: Letters of a hash in an id: two of a million texts share them once in 280,000 bases.
_HASH = 10
_SLUG = 60
_PLACE_RE = re.compile(
    r"(?:(?:uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd|tinh uy|thanh uy|van phong)\W*)?"
    r"\b(?:tinh|thanh pho|tp\.?|(?<!co )(?<!hai )quan|huyen|thi xa|xa(?! hoi\b)|(?<!dia )phuong|dac khu)\s+(.+)"
)
#: Committees of the party: ``Tỉnh ủy Khánh Hòa``, ``Ban Thường vụ Tỉnh ủy`` (of no place said).
_PARTY_RE = re.compile(r"\b(?:tinh|thanh|huyen|quan|thi|dang) uy\b(?:\s+(?:tinh|thanh pho|huyen|quan)\b)?\s*(.*)")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself; `issuer_key` and `title_key` are folded; `alone`: the number says it all."""

    number: str | None
    number_key: str | None
    type: str | None
    issuer: str | None
    issuer_key: str
    place: str
    issued: str | None
    title: str | None
    title_key: str
    alone: bool


def identify(document: Document) -> Identity:
    """The identity that the header of a document states."""
    meta = document.metadata
    number = _value(meta.number)
    issuer = "; ".join(field.value for field in meta.issuers) or None
    parsed = parse_number(number) if number else None
    body = issuer_of(parsed) if parsed else None
    # A number with its year and a central body is given once.
    alone = bool(
        parsed and not parsed.suspect and body and body.level == "central" and _dated(parsed.year, number)
    )
    place = place_of(issuer) or place_of(_value(meta.parent_issuer))
    title = _value(meta.title)
    return Identity(
        number,
        fold_key(number_key(number)) if number else None,
        _value(meta.type),
        issuer,
        _issuer_key(issuer, place),
        place,
        _value(meta.issued),
        title,
        slug(title or "", 400),
        alone,
    )


def same_work(one: Identity, other: Identity) -> bool:
    """Whether two texts are certainly one work."""
    if not one.number_key:
        full = one.title_key and one.issued and one.issuer_key
        return bool(not other.number_key and full and _rest(one) == _rest(other))
    if one.number_key != other.number_key:
        return False
    if one.alone and other.alone:
        return True
    if perhaps_different(one, other):
        return False
    if one.issued and other.issued and (one.issuer_key or other.issuer_key):
        return bool(one.issuer_key and other.issuer_key)
    return bool(one.title_key) and one.title_key == other.title_key and one.issuer_key == other.issuer_key


def perhaps_different(one: Identity, other: Identity) -> bool:
    """Whether date or issuer, where both texts state it, differ."""
    dates = one.issued and other.issued and one.issued != other.issued
    issuers = one.issuer_key and other.issuer_key and one.issuer_key != other.issuer_key
    return bool(dates or issuers)


def work_id(identity: Identity, path: str, sha256: str) -> str:
    """A readable id: number, place of a local body, date unless the number says it all.

    Without a number: type, title and date, or the name of the file and a piece of its hash.
    """
    if identity.number:
        # Without leading zeros: 08/QĐ-UBND and 8/QĐ-UBND are one number.
        parts = [slug(number_key(identity.number), _SLUG), identity.place[:_SLUG]]
        if not identity.alone:
            parts.append(identity.issued or "")
        return ".".join(filter(None, parts))
    if identity.title_key:
        name = slug(f"{identity.type or ''} {identity.title}", _SLUG)
        return f"{name}.{identity.issued or sha256[:_HASH]}"
    stem = slug(PurePath(path.replace("\\", "/")).stem, _SLUG) or "van-ban"
    return f"{stem}.{sha256[:_HASH]}"


def distinct_id(name: str, sha256: str) -> str:
    """An id for a text whose own id another work already has.

    >>> distinct_id("02-nq-hdnd", "abcdef0123456789")
    '02-nq-hdnd.abcdef0123'
    """
    return name if name.endswith(sha256[:_HASH]) else f"{name}.{sha256[:_HASH]}"


def slug(text: str, length: int) -> str:
    """The text in plain small letters and hyphens, cut at a word.

    >>> slug("224/BC-UBND", 60), slug("Về việc  đẩy mạnh cải cách", 20)
    ('224-bc-ubnd', 've-viec-day-manh-cai')
    """
    words = re.findall(r"[a-z0-9]+", fold(nfc(text)))
    out = ""
    for word in words:
        longer = f"{out}-{word}" if out else word[:length]
        if len(longer) > length:
            break
        out = longer
    return out


def fold_key(text: str) -> str:
    """A number for look-up: no marks, no spaces round its signs.

    >>> fold_key("76 / NQ-CP"), fold_key("30/2020/NĐ - CP")
    ('76/nq-cp', '30/2020/nd-cp')
    """
    return re.sub(r"\s*([/&-])\s*", r"\1", fold(nfc(text))).strip()


def _value(field: Field | None) -> str | None:
    return nfc(field.value) if field and field.value else None


def _rest(identity: Identity) -> tuple[str | None, str, str, str | None]:
    return identity.type and fold(identity.type), identity.title_key, identity.issuer_key, identity.issued


def _dated(year: int | None, number: str | None) -> bool:
    return year is not None or bool(number and re.search(r"QH\d+$", number))


def place_of(issuer: str | None) -> str:
    """The province, district or commune that a body belongs to, as a slug.

    >>> [
    ...     place_of(name)
    ...     for name in ("ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA", "Tỉnh ủy Khánh Hòa", "Tỉnh ủy", "Bộ Xã hội A")
    ... ]
    ['khanh-hoa', 'khanh-hoa', '', '']
    """
    words = fold(unify_tones(nfc(issuer or "")).split(";")[0])
    party = _PARTY_RE.search(words)
    found = party or _PLACE_RE.search(words)
    return slug(found[1] or "", _SLUG) if found else ""


def _issuer_key(issuer: str | None, place: str) -> str:
    """What two spellings of a body share: ``UBND TỈNH X`` and ``Ủy ban nhân dân tỉnh X``."""
    if not issuer:
        return ""
    bodies = [part.strip() for part in issuer.split(";")]
    known = [issuer_of_name(body.capitalize()) or issuer_of_name(body) for body in bodies]
    keys = sorted(slug(row.key if row else body, 200) for row, body in zip(known, bodies, strict=True))
    return "+".join(filter(None, [*keys, place]))
