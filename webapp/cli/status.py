"""``cancu status``: in force on a day? since when, why, by which provision, how certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from graphs.finding import FoundWork
from graphs.status import Answer, answer_status, describe, describe_event
from kb import clock
from kb.clock import told_day
from kb.mentions import printed_place, stored_places
from kb.validity import Event, Origin
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
    try:
        return clock.read_day(text).isoformat()
    except ValueError as error:
        message = f"“{text}” không phải ngày / “{text}” is no date"
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
        "then": _ahead_row(answer),
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


def _ahead_row(answer: Answer) -> dict[str, Any] | None:
    ahead = answer.ahead
    return {"status": ahead.word.value, "from": ahead.start, "to": ahead.end} if ahead else None


def _print(answer: Answer, work: FoundWork, row: dict[str, Any]) -> None:
    standing = answer.standing
    where = f", {printed_place(answer.place)}" if answer.place else ""
    click.echo(f"{work_line(work)}{where}")
    span = " ".join(
        filter(
            None,
            (
                f"từ {told_day(standing.start)}" if standing.start else "",
                f"đến trước {told_day(standing.end)}" if standing.end else "",
            ),
        )
    )
    click.echo(f"{told_day(answer.as_of)}: {standing.word.value}" + (f" ({span})" if span else ""))
    vi, en = describe(answer)
    click.echo(f"  vì / because: {vi} ({en})")
    click.echo(f"  chắc chắn / certain: {'có / yes' if standing.certain else 'không / no'}")
    if answer.note:
        click.echo(f"  {answer.note}")
    shown = list(zip(standing.because, row["because"], strict=True))
    for group in group_events(shown):
        _print_events(group, answer)
    more = [pair for pair in zip(answer.parts, row["parts"], strict=True) if pair[0] not in standing.because]
    if more:
        click.echo("  thay đổi khác đã biết / other changes known:")
        for group in group_events(more):
            _print_events(group, answer)
    _print_ahead(answer)
    for event in standing.conflicts:
        source = event.evidence.text if event.evidence else event.origin.value
        told = f"{describe_event(event)} {told_day(event.on)} ({_ORIGINS[event.origin]}: {source})"
        click.echo(f"  MÂU THUẪN / CONFLICT: {told}")


Shown = tuple[Event, dict[str, Any]]


def group_events(shown: Sequence[Shown]) -> list[list[Shown]]:
    """Events that one sentence states together, as one group each, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Shown]] = {}
    for event, row in shown:
        words = row["evidence"]["text"] if row["evidence"] else None
        key = (event.on, event.change, event.by, event.origin, event.certainty, words)
        groups.setdefault(key, []).append((event, row))
    return list(groups.values())


def _print_events(group: Sequence[Shown], answer: Answer) -> None:
    event, row = group[0]
    places = places_in_words([one.place for one, _ in group if one.place])
    words = f"{event.change.value} {places}".strip() + _by(event, answer)
    click.echo(f"  {told_day(event.on) or '?'}  {words}  [{_source_words(event)}]")
    if event.rule:
        click.echo(f"      {event.rule}")
    proof = row["evidence"]
    if proof and proof["text"]:
        parts = (proof["work"], proof["unit"], proof["line"] and f"dòng {proof['line']}")
        place = ", ".join(str(part) for part in parts if part)
        click.echo(f"      “{proof['text'][:300]}” ({place})")


def places_in_words(places: Sequence[str]) -> str:
    """Stored places in one phrase; articles of a row share the word.

    >>> places_in_words(["điều 4", "điều 5", "điều 7/khoản 2"])
    'các Điều 4, 5; khoản 2 Điều 7'
    """
    articles = sorted(
        (place.removeprefix("điều ") for place in places if _ARTICLE_RE.fullmatch(place)), key=_in_order
    )
    others = [printed_place(place) for place in places if not _ARTICLE_RE.fullmatch(place)]
    whole = f"{'các ' if len(articles) > 1 else ''}Điều {', '.join(articles)}" if articles else ""
    return "; ".join(filter(None, [whole, *others]))


_ARTICLE_RE = re.compile(r"điều [^\s/]+")


def _in_order(label: str) -> tuple[int, str]:
    figures = re.match(r"\d+", label)
    return int(figures.group()) if figures else 0, label


def _print_ahead(answer: Answer) -> None:
    """What the day that was asked about did not see yet."""
    ahead = answer.ahead
    if ahead is None:
        return
    events = [event for event in ahead.events if event.on == ahead.start]
    events = [event for event in events if event.by and event.origin is Origin.TEXT] or events
    told = sorted({describe_event(event) + _by(event, answer) for event in events})
    reason = f": {'; '.join(told[:3])}" if told else ""
    click.echo(f"  sau đó / then: từ {told_day(ahead.start)} {ahead.word.value}{reason}")


def _by(event: Event, answer: Answer) -> str:
    return f" bởi {answer.names.get(event.by, event.by)}" if event.by else ""


_ORIGINS = {
    Origin.PERSON: "người dùng / a person",
    Origin.TEXT: "lời văn bản / its text",
    Origin.CATALOGUE: "danh mục / catalogue",
    Origin.LAW: "quy định pháp luật / the law",
}
#: What the certainty of an event adds to where it comes from.
_CERTAINTIES = {"official": "nguồn chính thức / official", "general": "hiểu biết chung / general knowledge"}
_CERTAINTIES["derived"] = "suy ra / derived"


def _source_words(event: Event) -> str:
    return ", ".join(filter(None, (_ORIGINS[event.origin], _CERTAINTIES.get(event.certainty))))
