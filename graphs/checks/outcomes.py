"""What the rules of a check find and count, each for itself."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import ParamSpec, TypeVar

from graphs.checks.learned.alone import numbers_alone
from graphs.checks.report import Alone, Rule, Subject, Tally
from kb.bilingual import Bilingual, both
from kb.models import Finding
from kb.second_process import from_both_ends

_LOG = logging.getLogger(__name__)
Outcome = tuple[list[Finding], Tally]
Asked = ParamSpec("Asked")
Told = TypeVar("Told")
#: Where the rules stand that weigh each number of a paper against all others, which takes half of the time of a
#: check: those that ask of what others a number is made, then those that ask where it is told again.
_ON_NUMBERS = ("graphs.checks.learned.", "graphs.checks.restated.", "graphs.checks.learned.misprints")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of rules by their places, of notes, and the numbers that stand alone; without what stopped."""

    of_rules: dict[int, Outcome] = field(default_factory=dict)
    alone: tuple[Alone, ...] | None = None
    of_notes: list[Finding] | None = None


def by_two_processes(
    rules: Mapping[int, Rule], subject: Subject, of_notes: Callable[[], list[Finding]]
) -> Outcomes:
    """What rules find where a second process runs those on numbers first, and helps with the others then.

    Rules that read the same of a paper's numbers are neighbours, so that hardly anything is read by both.
    """
    places = sorted(rules, key=lambda at: _reading(rules[at]))
    pieces = [partial(_of_rule, at, rules[at], subject) for at in places]
    pieces.insert(0, partial(_of_notes, of_notes))
    if any(_reading(rule) for rule in rules.values()):
        pieces.append(partial(_of_numbers, subject))
    parts = from_both_ends(pieces, on=subject.document.text)
    found = {at: one for part in parts for at, one in part.of_rules.items()}
    notes = next((part.of_notes for part in parts if part.of_notes is not None), None)
    return Outcomes(found, next((part.alone for part in parts if part.alone is not None), None), notes)


def _of_notes(of_notes: Callable[[], list[Finding]]) -> Outcomes:
    return Outcomes(of_notes=of_notes())


def _of_rule(at: int, rule: Rule, subject: Subject) -> Outcomes:
    return Outcomes({at: outcome(rule, subject, forgiving=False)})


def _of_numbers(subject: Subject) -> Outcomes:
    return Outcomes(alone=numbers_alone(subject))


def _reading(rule: Rule) -> int:
    """How late a rule comes in the order of what is read of numbers."""
    fits = (at for at, part in enumerate(_ON_NUMBERS, 1) if rule.run.__module__.startswith(part))
    return max(fits, default=0)


def asked_here(subject: Subject) -> Subject:
    """The subject whose base only this process may ask: what another one does with an open base may harm it."""
    return replace(
        subject,
        library=_by_this_process(subject.library),
        twins=_by_this_process(subject.twins),
        namesakes=_by_this_process(subject.namesakes),
    )


def _by_this_process(ask: Callable[Asked, Told] | None) -> Callable[Asked, Told] | None:
    here = os.getpid()

    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Told:
        if os.getpid() != here or ask is None:
            raise RuntimeError(here)
        return ask(*args, **kwargs)

    return asked if ask else None


def outcome(rule: Rule, subject: Subject, *, forgiving: bool) -> Outcome:
    """What one rule finds, and what it counts."""
    found: list[Finding] = []
    tally = Tally()
    with costing_no_other(both("quy tắc {rule}", "rule {rule}", rule=rule.id), tally, forgiving=forgiving):
        found.extend(rule.run(subject, tally))
    return found, tally


@contextmanager
def costing_no_other(what: Bilingual, tally: Tally, *, forgiving: bool) -> Iterator[None]:
    """A step of the check; where it stops by a fault and is forgiven, its family counts it as not checked."""
    try:
        yield
    except Exception as error:
        if not forgiving:
            raise
        _LOG.exception("%s", what.en)
        tally.skip(
            both(
                "{what} dừng vì lỗi của chương trình ({error}); báo cho người phát triển",
                "{what} stopped by a fault of the program ({error}); report it",
                what=what,
                error=type(error).__name__,
            )
        )
