"""What the rules of a check find and count, each for itself; those on numbers apart from all others."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import ParamSpec, TypeVar

from graphs.checks.learned.alone import numbers_alone
from graphs.checks.report import Alone, Rule, Subject, Tally
from kb.bilingual import Bilingual, both
from kb.models import Finding

_LOG = logging.getLogger(__name__)
Outcome = tuple[list[Finding], Tally]
Asked = ParamSpec("Asked")
Told = TypeVar("Told")
#: Where the rules stand that weigh each number of a paper against all others of it. That reading takes half of
#: the time of a check, and the other rules ask little of it.
_ON_NUMBERS = ("graphs.checks.learned.", "graphs.checks.restated.")


@dataclass(frozen=True, slots=True)
class OnNumbers:
    """What came of the rules on numbers, by their places among all, and the numbers that stand alone.

    What stopped by a fault of the program is missing.
    """

    outcomes: dict[int, Outcome] = field(default_factory=dict)
    alone: tuple[Alone, ...] | None = None


def is_on_numbers(rule: Rule) -> bool:
    """Whether a rule weighs numbers of a paper against all others of it."""
    return rule.run.__module__.startswith(_ON_NUMBERS)


def on_numbers(rules: Mapping[int, Rule], subject: Subject) -> OnNumbers:
    """What rules on numbers find, and what of the paper's numbers stands alone."""
    outcomes: dict[int, Outcome] = {}
    for at, rule in rules.items():
        with suppress(Exception):
            outcomes[at] = outcome(rule, subject, forgiving=False)
    alone = None
    with suppress(Exception):
        alone = numbers_alone(subject)
    return OnNumbers(outcomes, alone)


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
