"""Rules, families and single findings that people set aside, and findings that they accept, in the home."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from graphs.checks.report import rule_table
from graphs.checks.run import FAMILIES
from kb.errors import CanCuError, NotFound

if TYPE_CHECKING:
    from filelock import FileLock

_FINDING_RE = re.compile(r"([A-Z]{3}-\d{3})-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Mute:
    """What is set aside: a rule (``FIG-205``), a family (``FIG``) or a finding (``FIG-205-1a2b3c4d``).

    `accepted`: it is not set aside but held to be right, and is to be mended.
    """

    what: str
    reason: str
    made: str = ""
    accepted: bool = False


def list_mutes(home: Path) -> list[Mute]:
    """All that is set aside, oldest first."""
    return [mute for mute in _all(home) if not mute.accepted]


def accepted(home: Path) -> dict[str, str]:
    """The findings that people accepted, with what they noted."""
    return {mute.what: mute.reason for mute in _all(home) if mute.accepted}


def reasons(home: Path) -> dict[str, str]:
    """What is set aside, with why."""
    return {mute.what: mute.reason for mute in list_mutes(home)}


def keep_mute(home: Path, what: str, reason: str) -> Mute:
    """Set something aside; a reason is asked for, since others will read the sheet."""
    check_name(what)
    if not reason.strip():
        raise CanCuError(code="mute.no_reason", vi="hãy ghi lý do bỏ qua", en="say why it is set aside")
    return _keep(home, Mute(what, " ".join(reason.split())))


def check_name(what: str) -> None:
    """Refuse what names no rule, no family and no finding: nothing would be set aside."""
    known = _FINDING_RE.fullmatch(what)
    if what not in FAMILIES and what not in rule_table() and not (known and known[1] in rule_table()):
        raise NotFound(
            code="mute.unknown", vi=f"không có quy tắc, nhóm nào tên “{what}”", en=f"no rule or family “{what}”"
        )


def accept(home: Path, what: str, note: str = "") -> Mute:
    """Accept a finding: it is right; a note is welcome."""
    known = _FINDING_RE.fullmatch(what)
    if not (known and known[1] in rule_table()):
        raise NotFound(code="mute.unknown", vi=f"không có phát hiện “{what}”", en=f"there is no finding “{what}”")
    return _keep(home, Mute(what, " ".join(note.split()), accepted=True))


def drop_mute(home: Path, what: str) -> None:
    """Take it back, whether it was set aside or accepted."""
    with _alone(home):
        mutes = _all(home)
        left = [mute for mute in mutes if mute.what != what]
        if len(left) == len(mutes):
            raise NotFound(
                code="mute.absent", vi=f"“{what}” đang không bị bỏ qua", en=f"“{what}” is not set aside"
            )
        _write(home, left)


def _all(home: Path) -> list[Mute]:
    try:
        rows = json.loads(_path(home).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError as error:
        raise CanCuError(
            code="mutes.damaged", vi=f"tệp {_path(home)} không đọc được", en=f"{_path(home)} cannot be read"
        ) from error
    return [Mute(**row) for row in rows]


def _keep(home: Path, mute: Mute) -> Mute:
    made = replace(mute, made=datetime.now(UTC).isoformat(timespec="seconds"))
    with _alone(home):
        _write(home, [*(one for one in _all(home) if one.what != made.what), made])
    return made


def _alone(home: Path) -> FileLock:
    """Of several people who decide at once, in whatever process, none undoes what another one did."""
    home.mkdir(parents=True, exist_ok=True)
    # Loaded where something is set aside: every check reads what was.
    lock: FileLock = import_module("filelock").FileLock(_path(home).with_suffix(".lock"))
    return lock


def _path(home: Path) -> Path:
    return home / "mutes.json"


def _write(home: Path, mutes: list[Mute]) -> None:
    fresh = home / f"mutes.{os.getpid()}.tmp"
    fresh.write_text(json.dumps([asdict(mute) for mute in mutes], ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(_path(home))
