"""The words for the state of a base: others see a write at once, a restored state is never taken for another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb.settings import Settings
from kb.store.accounts import KeyKind, Role, add_account, open_key
from kb.store.audit import record
from kb.store.backup import backup_base, restore_base
from kb.store.follows import keep_follow
from kb.store.revisions import Revision, read_revision
from kb.store.store import open_store

_WRITE = """
import sys
from pathlib import Path
from kb.settings import Settings
from kb.store.store import open_store
home = Path(sys.argv[1])
with open_store(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")) as store, store.transaction():
    pass
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = tmp_path / "kho"
    open_store(made := Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")).close()
    return made


def now(settings: Settings) -> Revision:
    told = read_revision(settings)
    assert told is not None
    return told


def test_a_base_that_is_not_there_or_on_a_server_has_none(tmp_path: Path) -> None:
    assert read_revision(Settings(tmp_path, f"sqlite:///{tmp_path / 'absent.sqlite3'}")) is None
    assert read_revision(Settings(tmp_path, "postgresql://nobody@localhost/none")) is None
    assert not (tmp_path / "absent.sqlite3").exists()


def test_the_log_and_sessions_change_nothing_that_is_kept(settings: Settings) -> None:
    with open_store(settings) as store:
        account = add_account(store, "ân", Role.ADMIN, "-", "cli:me")
        before = now(settings)
        record(store, "ân", "search.save", "x")
        open_key(store, account, KeyKind.TOKEN, "", None, "ân")
        assert now(settings) == before
        keep_follow(store, "1-kh-ubnd.an-giang.2030", ())
        followed = now(settings)
        assert followed.content == before.content
        assert followed.desk != before.desk
        with store.transaction():
            pass
        assert now(settings).content != before.content
        assert now(settings).desk != followed.desk


def test_what_is_given_up_changes_nothing(settings: Settings) -> None:
    before = now(settings)
    with open_store(settings) as store, pytest.raises(RuntimeError), store.transaction():
        raise RuntimeError
    assert now(settings) == before


def test_a_write_of_another_process_is_seen_at_once(settings: Settings) -> None:
    before = now(settings)
    subprocess.run([sys.executable, "-c", _WRITE, str(settings.home)], check=True)
    assert now(settings) != before


def test_a_restored_base_has_the_word_of_what_it_holds(settings: Settings, tmp_path: Path) -> None:
    saved = now(settings)
    backup_base(settings, tmp_path / "kho.zip")
    words = {saved}
    with open_store(settings) as store:
        with store.transaction():
            pass
        words.add(now(settings))
        restore_base(settings, tmp_path / "kho.zip", force=True)
    assert now(settings) == saved
    with open_store(settings) as store, store.transaction():
        pass
    assert now(settings) not in words
