"""Pages that are kept are never older than the base, nor another visitor's."""

from __future__ import annotations

import re

import pytest

from kb.settings import Settings
from kb.store import accounts as rows
from kb.store.accounts import KeyKind, Role
from kb.store.store import open_store
from tests.webapp.bases import corpus_home
from webapp.app import create_app
from webapp.serving import Serving
from webapp.views import documents


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = corpus_home(tmp_path_factory.mktemp("kho"))
    return Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")


def tokens_of(page: str) -> set[str]:
    return set(re.findall(r'name="csrf_token" value="([^"]+)"', page))


def test_a_page_is_made_once_until_something_is_written(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    read = documents.read_surroundings
    monkeypatch.setattr(documents, "read_surroundings", lambda *given: made.append(1) or read(*given))
    client, other = create_app(settings).test_client(), create_app(settings).test_client()
    with open_store(settings) as store:
        path = f"/van-ban/{store.list_documents()[0].id}"
    first, again, elsewhere = client.get(path).text, client.get(path).text, other.get(path).text
    assert len(made) == 1
    assert first == again
    # The same page in another session, but for the token of its forms.
    assert tokens_of(first).isdisjoint(tokens_of(elsewhere))
    assert len(tokens_of(elsewhere)) == 1
    (mine,), (theirs,) = tokens_of(first), tokens_of(elsewhere)
    assert first.replace(mine, "") == elsewhere.replace(theirs, "")
    browser = {"Origin": "http://localhost"}
    follow = re.search(r'action="(/tac-pham/[^"]+/theo-doi)"', elsewhere)
    assert follow
    assert other.post(follow[1], data={"csrf_token": theirs}, headers=browser).status_code == 303
    assert "Thôi theo dõi" in client.get(path).text
    assert len(made) == 2
    client.get(path + "?ngay=2020-01-01")
    assert len(made) == 3


def test_a_page_is_not_shown_to_somebody_else(settings: Settings) -> None:
    with open_store(settings) as store:
        path = f"/van-ban/{store.list_documents()[0].id}"
        boss = rows.add_account(store, "sếp", Role.ADMIN, "-", "cli:me")
        other = rows.add_account(store, "ân", Role.READER, "-", "cli:me")
        one = rows.open_key(store, boss, KeyKind.TOKEN, "", None, "cli:me")
        two = rows.open_key(store, other, KeyKind.TOKEN, "", None, "cli:me")
    client = create_app(settings, Serving(exposed=True)).test_client()
    seen = [client.get(path, headers={"Authorization": f"Bearer {token}"}).text for token in (one, two)]
    assert ["sếp" in page for page in seen] == [True, False]
    assert client.get(path).status_code == 302
