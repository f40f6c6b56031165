"""Accounts: who may come in, with which role; sessions and tokens that open them.

Passwords come here as hashes and secrets leave only once, when a key is made. Every change writes its own line in
the log of changes, in the same transaction.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from kb.errors import CanCuError, NotFound
from kb.store.audit import write_entry
from kb.store.engine import said
from kb.store.revisions import Touch
from kb.store.schema import account_keys, accounts
from kb.store.store import Store
from kb.text.normalize import nfc

_NAME_RE = re.compile(r"[\w.@+-]{1,60}")


class Role(StrEnum):
    """What an account may do: read and check; change the base; look after accounts too."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Its place, from the least: a role may do all that those before it may.

        >>> Role.READER.rank < Role.EDITOR.rank < Role.ADMIN.rank
        True
        """
        return list(Role).index(self)


class KeyKind(StrEnum):
    """What opens an account: the session of a browser, the token of a program."""

    SESSION = "session"
    TOKEN = "token"


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `password` is the hash that was stored, `made` is ISO 8601 in UTC."""

    id: int
    name: str
    role: Role
    password: str
    made: str


@dataclass(frozen=True, slots=True)
class Key:
    """A session or a token of an account, without its secret."""

    id: int
    kind: KeyKind
    label: str
    made: str
    ends: str


def any_account(store: Store) -> bool:
    """Whether anybody has to log in."""
    with said(), store.connect() as connection:
        return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def has_admin(store: Store) -> bool:
    """Whether somebody can look after the accounts."""
    with said(), store.connect() as connection:
        return _admins(connection, but=0) > 0


def list_accounts(store: Store) -> list[Account]:
    """All accounts, by name."""
    with said(), store.connect() as connection:
        return [_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.name_key))]


def find_account(store: Store, name: str) -> Account | None:
    """The account of a name as people type it; None when there is none."""
    with said(), store.connect() as connection:
        row = connection.execute(select(accounts).where(accounts.c.name_key == _folded(name))).first()
    return _account(row) if row else None


def get_account(store: Store, name: str) -> Account:
    """The account of a name; `NotFound` when there is none."""
    found = find_account(store, name)
    if found is None:
        raise NotFound(
            code="account.absent", vi=f"không có tài khoản “{name}”", en=f"there is no account “{name}”"
        )
    return found


def add_account(store: Store, name: str, role: Role, password: str, who: str) -> Account:
    """A new account; the first one of a base is an admin, since somebody must look after the others."""
    if not _NAME_RE.fullmatch(nfc(name)):
        raise CanCuError(
            code="account.name",
            vi="tên tài khoản gồm chữ, số, dấu . _ - + @, tối đa 60 ký tự, không có dấu cách",
            en="a name has letters, digits, . _ - + @, at most 60 characters, no spaces",
        )
    row = {
        "name": nfc(name),
        "name_key": _folded(name),
        "role": role.value,
        "password": password,
        "made": _now(),
    }
    with said(), store.transaction(Touch.DESK) as connection:
        if connection.execute(select(accounts.c.id).where(accounts.c.name_key == row["name_key"])).first():
            raise CanCuError(
                code="account.taken", vi=f"đã có tài khoản “{name}”", en=f"there is an account “{name}” already"
            )
        if role is not Role.ADMIN and _admins(connection, but=0) == 0:
            raise CanCuError(
                code="account.first",
                vi="tài khoản đầu tiên phải là quản trị (--role admin)",
                en="the first account must be an admin (--role admin)",
            )
        connection.execute(insert(accounts).values(**row))
        write_entry(connection, who, "account.add", nfc(name), {"role": role.value})
    return get_account(store, name)


def remove_account(store: Store, name: str, who: str) -> None:
    """Remove an account with its sessions and tokens; the last admin goes last."""
    account = get_account(store, name)
    with said(), store.transaction(Touch.DESK) as connection:
        others = connection.execute(select(accounts.c.id).where(accounts.c.id != account.id).limit(1)).first()
        if others and account.role is Role.ADMIN and _admins(connection, but=account.id) == 0:
            raise _last_admin(account.name)
        connection.execute(delete(account_keys).where(account_keys.c.account_id == account.id))
        connection.execute(delete(accounts).where(accounts.c.id == account.id))
        write_entry(connection, who, "account.remove", account.name)


def set_role(store: Store, name: str, role: Role, who: str) -> None:
    """Give an account another role; it holds from the next request on."""
    account = get_account(store, name)
    with said(), store.transaction(Touch.DESK) as connection:
        if role is not Role.ADMIN and account.role is Role.ADMIN and _admins(connection, but=account.id) == 0:
            raise _last_admin(account.name)
        connection.execute(update(accounts).where(accounts.c.id == account.id).values(role=role.value))
        write_entry(connection, who, "account.role", account.name, {"role": role.value, "was": account.role.value})


def set_password(store: Store, name: str, password: str, who: str) -> None:
    """Give an account another password (its hash) and end its sessions; its tokens stay."""
    account = get_account(store, name)
    sessions = account_keys.c.account_id == account.id, account_keys.c.kind == KeyKind.SESSION.value
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        connection.execute(update(accounts).where(accounts.c.id == account.id).values(password=password))
        connection.execute(delete(account_keys).where(*sessions))
        write_entry(connection, who, "account.password", account.name)


def keep_hash(store: Store, account: Account, password: str) -> None:
    """Keep the same password under a newer method of hashing; nothing else changes."""
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        connection.execute(update(accounts).where(accounts.c.id == account.id).values(password=password))


# --- keys ---


def open_key(store: Store, account: Account, kind: KeyKind, label: str, lasts: timedelta | None, who: str) -> str:
    """The secret of a new key, told this once; keys whose time is over are cleared away."""
    secret = ("cancu_" if kind is KeyKind.TOKEN else "") + secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    row = {
        "account_id": account.id,
        "kind": kind.value,
        "sha256": _hash(secret),
        "label": " ".join(label.split())[:100],
        "made": now.isoformat(timespec="seconds"),
        "ends": (now + lasts).isoformat(timespec="seconds") if lasts else "",
    }
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        connection.execute(
            delete(account_keys).where(account_keys.c.ends != "", account_keys.c.ends < row["made"])
        )
        connection.execute(insert(account_keys).values(**row))
        action = "account.token" if kind is KeyKind.TOKEN else "account.login"
        write_entry(connection, who, action, account.name, {"label": row["label"]})
    return secret


def account_of(store: Store, kind: KeyKind, secret: str) -> Account | None:
    """The account that a secret opens now; None for one that is unknown or over."""
    wanted = (
        select(accounts)
        .join(account_keys)
        .where(account_keys.c.kind == kind.value, account_keys.c.sha256 == _hash(secret))
        .where(or_(account_keys.c.ends == "", account_keys.c.ends > _now()))
    )
    with said(), store.connect() as connection:
        row = connection.execute(wanted).first()
    return _account(row) if row else None


def close_key(store: Store, secret: str) -> None:
    """End the session or token of a secret."""
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        connection.execute(delete(account_keys).where(account_keys.c.sha256 == _hash(secret)))


def list_tokens(store: Store, account: Account) -> list[Key]:
    """The tokens of an account, latest first."""
    columns = [account_keys.c[name] for name in Key.__dataclass_fields__]
    owned = account_keys.c.account_id == account.id, account_keys.c.kind == KeyKind.TOKEN.value
    with said(), store.connect() as connection:
        rows = connection.execute(select(*columns).where(*owned).order_by(account_keys.c.id.desc())).all()
    return [Key(row.id, KeyKind(row.kind), row.label, row.made, row.ends) for row in rows]


def drop_token(store: Store, account: Account, number: int, who: str) -> None:
    """End a token of an account by its number."""
    owned = (
        account_keys.c.account_id == account.id,
        account_keys.c.kind == KeyKind.TOKEN.value,
        account_keys.c.id == number,
    )
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        if not connection.execute(delete(account_keys).where(*owned)).rowcount:
            raise NotFound(
                code="token.absent",
                vi=f"{account.name} không có khóa số {number}",
                en=f"{account.name} has no token {number}",
            )
        write_entry(connection, who, "account.token_end", account.name, {"token": number})


def _admins(connection: Connection, but: int) -> int:
    wanted = select(accounts.c.id).where(accounts.c.role == Role.ADMIN.value, accounts.c.id != but)
    return len(connection.execute(wanted.limit(1)).all())


def _last_admin(name: str) -> CanCuError:
    return CanCuError(
        code="account.last_admin",
        vi=f"“{name}” là quản trị cuối cùng; hãy đặt một quản trị khác trước",
        en=f"“{name}” is the last admin; make another one first",
    )


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.name, Role(row.role), row.password, row.made)


def _folded(name: str) -> str:
    return nfc(name).strip().casefold()


def _hash(secret: str) -> str:
    """SHA-256 is enough for a secret of 256 random bits; only passwords need a slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
