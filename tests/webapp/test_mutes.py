from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.search.saved import SavedSearch, keep_saved, list_saved
from kb.settings import Settings
from kb.store.backup import backup_base, restore_base
from kb.store.store import open_store
from webapp.cli.main import main
from webapp.mutes import drop_mute, keep_mute, list_mutes

REPORT = """Số: 05/BC-UBND

Bình An, ngày 10 tháng 8 năm 2025

BÁO CÁO

Khảo sát

Đã khảo sát 15,357 phiếu.
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]], str]:
    status = main(list(arguments))
    out, err = capsys.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err


def test_a_finding_set_aside_stays_so_with_its_reason_and_in_the_backup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, home = tmp_path / "bao-cao.txt", tmp_path / "kho"
    report.write_text(REPORT, encoding="utf-8")
    check = ("--home", str(home), "check", str(report), "--format", "jsonl")
    _, before, _ = run(capsys, *check)
    name = next(str(row["id"]) for row in before if row.get("rule") == "FIG-205")

    assert run(capsys, "--home", str(home), "mute", name)[0] == 3
    assert "lý do" in run(capsys, "--home", str(home), "mute", name)[2]
    assert run(capsys, "--home", str(home), "mute", "FIG-999", "--reason", "x")[0] == 1
    assert run(capsys, *check, "--mute", "FIG-999=x")[0] == 1
    assert run(capsys, "--home", str(home), "mute", name, "--reason", "mẫu của bộ")[0] == 0
    _, after, _ = run(capsys, *check)
    assert name not in {row.get("id") for row in after}
    assert after[-1]["muted"] == [{"id": name, "reason": "mẫu của bộ"}]

    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    open_store(settings).close()
    backup_base(settings, tmp_path / "kho.zip")
    other = Settings(tmp_path / "moi", f"sqlite:///{tmp_path / 'moi' / 'cancu.sqlite3'}")
    restore_base(other, tmp_path / "kho.zip")
    assert [(mute.what, mute.reason) for mute in list_mutes(other.home)] == [(name, "mẫu của bộ")]

    assert run(capsys, "--home", str(home), "mute", name, "--remove")[0] == 0
    assert name in {row.get("id") for row in run(capsys, *check)[1]}


def test_of_many_who_decide_at_once_none_undoes_another(tmp_path: Path) -> None:
    names = [f"FIG-205-{number:08x}" for number in range(40)]
    settings = Settings(tmp_path, "sqlite://")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: keep_mute(tmp_path, name, "đã biết"), names))
        list(pool.map(lambda name: keep_saved(settings, SavedSearch(name, "x", {}, "relevance")), names))
    assert sorted(mute.what for mute in list_mutes(tmp_path)) == names
    assert sorted(saved.name for saved in list_saved(settings)) == names
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: drop_mute(tmp_path, name), names[1:]))
    assert [mute.what for mute in list_mutes(tmp_path)] == names[:1]
