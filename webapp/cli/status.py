"""``cancu status``: in force on a day? since when, why, by which provision, how certain."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

from graphs.finding import FoundWork
from graphs.status import Answer, answer_status, describe, describe_event
from kb.mentions import printed_place, stored_places
from kb.validity import Event
from webapp.cli.options import common_options, current_settings, format_option, write_row
from webapp.cli.works_named import Proofs, one_work, open_graph, work_line


@click.command("status")
@click.argument("name", metavar="ID")
@click.option(
    "--as-of", "day", metavar="NGÀY", help="Ngày hỏi, YYYY-MM-DD hoặc D/M/YYYY / the day [hôm nay / today]"
)
@click.option("--at", "place", metavar="VỊ TRÍ", default="", help="Một phần: “khoản 2 Điều 5” / a part of it")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str, day: str | None, place: str, shape: str) -> int:
    """Văn bản có hiệu lực vào một ngày không? Từ bao giờ, vì sao, theo quy định nào, chắc chắn đến đâu.

    Is a work in force on a day? Since when, why, by which provision, how certain.
    """
    on = read_day(day)
    where = stored_places(place)[0] if place else ""
    with open_graph(current_settings()) as store:
        work = one_work(store, name)
        answer = answer_status(store, work.id, on, where)
        row = status_row(answer, work, Proofs(store))
    if shape == "text":
        _print(answer, work, row)
    else:
        write_row(row)
    return 0


def read_day(text: str | None) -> str:
    """The ISO day that a person typed; today without one."""
    if not text:
        return date.today().isoformat()
    printed = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip())
    iso = f"{printed[3]}-{int(printed[2]):02d}-{int(printed[1]):02d}" if printed else text.strip()
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError as error:
        message = f"“{text}” không phải ngày / is no date"
        raise click.BadParameter(message) from error


def status_row(answer: Answer, work: FoundWork, proofs: Proofs) -> dict[str, Any]:
    """The answer as a row of JSON."""
    standing = answer.standing
    vi, en = describe(answer)

    return {
        "work": answer.work,
        "number": answer.number,
        "year": int(work.issued[:4]) if work.issued else None,
        "title": answer.title,
        "as_of": answer.as_of,
        "status": standing.word.value,
        "from": standing.start,
        "to": standing.end,
        "because": [event_row(event, proofs) for event in standing.because],
        "certain": standing.certain,
        "reason": standing.reason,
        "explanation": {"vi": vi, "en": en},
        "rule": answer.rule or None,
        "note": answer.note or None,
        "place": printed_place(answer.place) or None,
        "successors": list(answer.successors),
        "parts": [event_row(event, proofs) for event in answer.parts],
        "conflicts": [event_row(event, proofs) for event in standing.conflicts],
        "held": work.held,
    }


def event_row(event: Event, proofs: Proofs) -> dict[str, Any]:
    """An event as a row of JSON."""
    return {
        "event": event.change.value,
        "on": event.on,
        "by": event.by,
        "evidence": proofs.of_event(event),
        "place": printed_place(event.place) or None,
        "origin": event.origin.value,
        "certainty": event.certainty,
        "rule": event.rule or None,
    }


def _print(answer: Answer, work: FoundWork, row: dict[str, Any]) -> None:
    standing = answer.standing
    where = f", {printed_place(answer.place)}" if answer.place else ""
    click.echo(f"{work_line(work)}{where}")
    span = " ".join(
        filter(
            None,
            (
                f"từ {standing.start}" if standing.start else "",
                f"đến trước {standing.end}" if standing.end else "",
            ),
        )
    )
    click.echo(f"{answer.as_of}: {standing.word.value}" + (f" ({span})" if span else ""))
    vi, en = describe(answer)
    click.echo(f"  vì / because: {vi} ({en})")
    click.echo(f"  chắc chắn / certain: {'có / yes' if standing.certain else 'không / no'}")
    if answer.note:
        click.echo(f"  {answer.note}")
    for event, shown in zip(standing.because, row["because"], strict=True):
        _print_event(describe_event(event), answer.names.get(event.by or ""), shown)
    for event in standing.conflicts:
        source = event.evidence.text if event.evidence else event.origin.value
        click.echo(f"  MÂU THUẪN / CONFLICT: {describe_event(event)} {event.on} ({event.origin.value}: {source})")


def _print_event(words: str, name: str | None, shown: dict[str, Any]) -> None:
    by = f" bởi {name}" if name else ""
    click.echo(f"  {shown['on'] or '?'}  {words}{by}  [{shown['origin']}, {shown['certainty']}]")
    proof = shown["evidence"]
    if proof and proof["text"]:
        place = ", ".join(
            str(part) for part in (proof["work"], proof["unit"], proof["line"] and f"dòng {proof['line']}") if part
        )
        click.echo(f"      “{proof['text'][:300]}” ({place})")
