"""Accounts and keys in the store: names, roles, the last admin, what ends with what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kb.errors import CanCuError, NotFound
from kb.settings import Settings
from kb.store import accounts as rows
from kb.store.accounts import KeyKind, Role
from kb.store.audit import list_entries
from kb.store.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(Settings(tmp_path, f"sqlite:///{tmp_path / 'cancu.sqlite3'}")) as opened:
        rows.add_account(opened, "Hạnh", Role.ADMIN, "hash", "cli:me")
        yield opened


def test_the_first_account_is_an_admin(tmp_path: Path) -> None:
    with open_store(Settings(tmp_path, f"sqlite:///{tmp_path / 'cancu.sqlite3'}")) as store:
        assert not rows.any_account(store)
        with pytest.raises(CanCuError, match="admin"):
            rows.add_account(store, "an", Role.EDITOR, "hash", "cli:me")
        assert not rows.any_account(store)


def test_a_name_is_one_however_it_is_typed(store: Store) -> None:
    assert rows.get_account(store, " hạnh ").name == "Hạnh"
    with pytest.raises(CanCuError, match="already"):
        rows.add_account(store, "HẠNH", Role.READER, "hash", "cli:me")


@pytest.mark.parametrize("name", ["", "hai từ", "a\nb", "<b>", "x" * 61, "../a"])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    with pytest.raises(CanCuError, match="name"):
        rows.add_account(store, name, Role.READER, "hash", "cli:me")


def test_the_last_admin_stays_while_others_are_there(store: Store) -> None:
    rows.add_account(store, "an", Role.READER, "hash", "cli:me")
    for change in (
        lambda: rows.remove_account(store, "Hạnh", "cli:me"),
        lambda: rows.set_role(store, "Hạnh", Role.EDITOR, "cli:me"),
    ):
        with pytest.raises(CanCuError, match="last admin"):
            change()
    rows.set_role(store, "an", Role.ADMIN, "cli:me")
    rows.remove_account(store, "Hạnh", "cli:me")
    rows.remove_account(store, "an", "cli:me")
    assert not rows.any_account(store)


def test_a_key_opens_its_account_until_it_is_over(store: Store) -> None:
    account = rows.get_account(store, "Hạnh")
    session = rows.open_key(store, account, KeyKind.SESSION, "", timedelta(hours=1), "Hạnh")
    token = rows.open_key(store, account, KeyKind.TOKEN, "báo cáo", None, "Hạnh")
    over = rows.open_key(store, account, KeyKind.TOKEN, "", timedelta(seconds=-5), "Hạnh")
    assert rows.account_of(store, KeyKind.SESSION, session) == account
    assert rows.account_of(store, KeyKind.TOKEN, session) is None
    assert rows.account_of(store, KeyKind.TOKEN, over) is None
    rows.set_password(store, "Hạnh", "other", "Hạnh")
    assert rows.account_of(store, KeyKind.SESSION, session) is None
    assert rows.account_of(store, KeyKind.TOKEN, token) is not None
    (_, kept) = rows.list_tokens(store, account)
    assert (kept.label, kept.ends) == ("báo cáo", "")
    rows.drop_token(store, account, kept.id, "Hạnh")
    assert rows.account_of(store, KeyKind.TOKEN, token) is None
    with pytest.raises(NotFound):
        rows.drop_token(store, account, kept.id, "Hạnh")


def test_keys_go_with_their_account_and_no_secret_is_stored(store: Store) -> None:
    account = rows.add_account(store, "an", Role.READER, "hash", "cli:me")
    token = rows.open_key(store, account, KeyKind.TOKEN, "", None, "cli:me")
    assert token.encode() not in b"".join(path.read_bytes() for path in store.settings.home.glob("cancu.sqlite3*"))
    rows.remove_account(store, "an", "cli:me")
    assert rows.account_of(store, KeyKind.TOKEN, token) is None


def test_every_change_is_in_the_log_without_passwords(store: Store) -> None:
    rows.add_account(store, "an", Role.READER, "secret-hash", "cli:me")
    rows.set_role(store, "an", Role.EDITOR, "Hạnh")
    rows.set_password(store, "an", "other-hash", "an")
    rows.remove_account(store, "an", "Hạnh")
    told = list_entries(store)
    assert [(one.who, one.action, one.subject) for one in reversed(told)] == [
        ("cli:me", "account.add", "Hạnh"),
        ("cli:me", "account.add", "an"),
        ("Hạnh", "account.role", "an"),
        ("an", "account.password", "an"),
        ("Hạnh", "account.remove", "an"),
    ]
    assert "hash" not in str(told)
