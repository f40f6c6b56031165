"""Some rules of a check in a second process, where a second core is free for them.

A process that has threads, or a system without `os.fork`, has all rules run one after the other; so has a short
paper, for which a process would cost more than it saves.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress

from graphs.checks.report import Rule, Subject, Tally
from kb.models import Finding

#: What is told again elsewhere, parts and their whole in prose, numbers that others show to be mistyped: a third
#: of the time that a long paper takes, with little that other rules would read again. None of them asks the base.
_TAKEN = frozenset(
    f"FIG-{number}" for number in (206, 207, 209, 210, 215, 218, 223, 227, 228, 272, 275, 277, 340, 341)
)
#: Of so many figures a paper is long.
_LONG = 500
Outcome = tuple[list[Finding], Tally]


class SecondProcess:
    """Rules that another process runs meanwhile: where they stand among all, and what they found.

    None are taken where a process is not worth it, or the system gives none.
    """

    def __init__(self, rules: Mapping[int, Rule], subject: Subject) -> None:
        self.taken: dict[int, Rule] = {}
        rules = {at: rule for at, rule in rules.items() if rule.id in _TAKEN}
        if not rules or not _is_worth_it(subject):
            return
        sys.stdout.flush()
        sys.stderr.flush()
        self._source, sink = os.pipe()
        try:
            self._child = os.fork()
        except OSError:  # too many processes, or too little memory for one more
            os.close(self._source)
            os.close(sink)
            return
        if self._child == 0:
            try:
                os.close(self._source)
                with os.fdopen(sink, "wb") as out:
                    pickle.dump(_outcomes(rules, subject), out)
            finally:
                os._exit(0)  # nothing of what the first process still has to write or close is this one's
        os.close(sink)
        self.taken = rules

    def outcomes(self) -> dict[int, Outcome]:
        """What the rules found, once they have; those that stopped by a fault are not among them."""
        if not self.taken:
            return {}
        try:
            with os.fdopen(self._source, "rb") as told:
                found: dict[int, Outcome] = pickle.load(told)
        except (EOFError, pickle.UnpicklingError):
            return {}
        finally:
            with suppress(ChildProcessError):  # where ended processes are not kept for anybody
                os.waitpid(self._child, 0)
        return found


def _is_worth_it(subject: Subject) -> bool:
    forks = hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and threading.active_count() == 1
    return forks and len(subject.figures) >= _LONG and len(os.sched_getaffinity(0)) > 1


def _outcomes(rules: Mapping[int, Rule], subject: Subject) -> dict[int, Outcome]:
    found: dict[int, Outcome] = {}
    for at, rule in rules.items():
        tally = Tally()
        with suppress(Exception):
            found[at] = list(rule.run(subject, tally)), tally
    return found
