"""Passwords as hashes (Argon2id): made, compared, made anew when the method has moved on."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kb.errors import CanCuError
from kb.text.normalize import nfc

#: Characters of the shortest and the longest password; the longest bounds the work of a log-in.
SHORTEST, LONGEST = 10, 200

_HASHER = PasswordHasher()
# What is compared when nobody has the name that was typed, so that the answer takes as long.
_NOBODY = _HASHER.hash("không ai có mật khẩu này")


def hash_password(password: str) -> str:
    """The hash to store; a password that is too short or too long is refused.

    >>> hash_password("bốn từ không liên quan").startswith("$argon2id$")
    True
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise CanCuError(
            code="password.length",
            vi=f"mật khẩu cần từ {SHORTEST} đến {LONGEST} ký tự",
            en=f"a password has {SHORTEST} to {LONGEST} characters",
        )
    return _HASHER.hash(nfc(password))


def fits(stored: str | None, password: str) -> bool:
    """Whether a password is the one of a hash; `stored` is None when no account has the name.

    >>> fits(hash_password("bốn từ không liên quan"), "bốn từ không liên quan")
    True
    >>> fits(None, "không ai có mật khẩu này")
    False
    """
    try:
        _HASHER.verify(stored or _NOBODY, nfc(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_dated(stored: str) -> bool:
    """Whether a hash was made with weaker settings than those of today."""
    return _HASHER.check_needs_rehash(stored)
