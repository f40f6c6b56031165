"""What the command line changes is in the log, by the user of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.settings import Settings
from kb.store.audit import list_entries
from kb.store.store import open_store
from webapp.app import create_app
from webapp.cli import main
from webapp.cli.options import cli_user
from webapp.views.inbox import WORDS as VERDICTS
from webapp.views.records import DETAILS


def logged(home: Path) -> list[tuple[str, str]]:
    with open_store(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")) as store:
        entries = list_entries(store)[::-1]
    assert {entry.who for entry in entries} == {cli_user()} and cli_user().startswith("cli:")
    return [(entry.action, entry.subject) for entry in entries]


def test_every_change_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, paper = tmp_path / "kho", tmp_path / "kế hoạch.txt"
    paper.write_text(
        "Số: 9/KH-UBND\n\nKẾ HOẠCH\n\nRà soát\n\nTheo Nghị định số 61/2018/NĐ-CP.\n", encoding="utf-8"
    )
    for words in (
        ("ingest", str(paper)),
        ("ingest", str(paper)),
        ("works", "pin", "9-kh-ubnd#42", "34-2016-nd-cp"),
        ("works", "decisions", "--withdraw", "1"),
        ("works", "none", "9-kh-ubnd#42"),
        ("catalogue", "add", "999/2024/NĐ-CP", "--source", "thử"),
        ("mute", "FIG", "--reason", "thử"),
        ("mute", "FIG", "--remove"),
    ):
        assert main([*words, "--home", str(home)]) == 0, (words, capsys.readouterr().err)
    assert logged(home) == [
        ("ingest.run", str(paper)),
        ("works.pin", "9-kh-ubnd"),
        ("works.withdraw", "34-2016-nd-cp"),
        ("works.none", "9-kh-ubnd"),
        ("catalogue.add", "999/2024/NĐ-CP"),
        ("check.mute", "FIG"),
        ("check.unmute", "FIG"),
    ]


def test_a_base_that_was_brought_back_says_so(tmp_path: Path) -> None:
    home, archive = tmp_path / "kho", tmp_path / "bản sao.zip"
    paper = tmp_path / "kế hoạch.txt"
    paper.write_text("Số: 9/KH-UBND\n\nKẾ HOẠCH\n\nRà soát\n", encoding="utf-8")
    assert main(["ingest", str(paper), "--home", str(home)]) == 0
    assert main(["backup", str(archive), "--home", str(home)]) == 0
    assert main(["restore", str(archive), "--home", str(tmp_path / "mới")]) == 0
    assert logged(tmp_path / "mới")[-1] == ("backup.restore", "bản sao.zip")


def test_the_page_of_the_log_says_it_in_words(tmp_path: Path) -> None:
    home, paper = tmp_path / "kho", tmp_path / "ke-hoach.txt"
    paper.write_text("Số: 9/KH-UBND\n\nKẾ HOẠCH\n\nRà soát\n", encoding="utf-8")
    for words in (("ingest", str(paper)), ("catalogue", "add", "999/2024/NĐ-CP", "--source", "thử")):
        assert main([*words, "--home", str(home)]) == 0
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    with open_store(settings) as store:
        names = {name for entry in list_entries(store) for name in entry.details}
    assert names and names <= DETAILS.keys() | VERDICTS.keys()
    page = create_app(settings).test_client().get("/kho/nhat-ky").text
    assert "Đã nạp, văn bản mới: 1" in page and "lần nạp " in page
    assert "added" not in page and "load " not in page
