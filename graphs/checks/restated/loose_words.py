"""FIG of shares told in loose words: ``hầu hết`` beside 34%, ``hơn 90%`` beside 89,3%.

Which share is meant is read where it stands surest: in a bracket behind the word, right before it, by a name.
Where any share in reach fits, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from graphs.checks.learned.ways import values_of_paper
from graphs.checks.reading.loose import Loose, closely
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, grids
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.called_values import called_values
from graphs.checks.restated.loose_amounts import Exact, Round, exact_ones, rounds
from graphs.checks.restated.loose_apart import of_apart
from graphs.checks.restated.loose_beside import Meant, in_bracket, just_told, right_before, right_behind
from graphs.checks.restated.loose_changes import of_change, of_row_change, times_said
from graphs.checks.restated.loose_far import of_named
from graphs.checks.restated.loose_named import by_name, of_cell, of_totals
from graphs.checks.restated.loose_of_tables import of_rows, of_table
from graphs.checks.restated.loose_of_two import of_two, worked_out
from graphs.checks.restated.loose_said import LooseSaid, loose_said
from graphs.checks.restated.out_of_each import out_of_each
from graphs.checks.restated.said_of_all import texts_of
from graphs.checks.restated.shares_again import rests_elsewhere, told_elsewhere
from graphs.checks.restated.shares_near import Near, distinct, every_share
from kb.bilingual import both
from kb.models import Finding, Severity

#: Behind loose words: they are of what is not done, and what is may be told elsewhere.
_NOT_DONE_RE = re.compile(r"\s(?:chưa|còn lại)\s", re.IGNORECASE)


def check_loose_words(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``52,8%, chưa đến một nửa``: no share is both."""
    if subject.is_rule():
        return
    told = stated(subject)
    figures = {where.block.view.start: where for where in told}
    before: Stated | None = None
    tables = grids(subject.document)
    for block, text in texts_of(subject):
        where = figures.get(block.view.start) or Stated(block, text, ())
        for said in loose_said(where):
            meant = _meant(said, before, tables) or of_apart(said, values_of_paper(subject))
            meant = meant or of_two(said, before, said.before + said.behind)
            meant = meant or of_named(said, called_values(subject))
            if meant is not None:
                around = chain(_beside(said, tables), worked_out(said, before))
                printed = meant.sure and not any(one.worked_out for one in meant.shares)
                loose = closely(said.loose) if printed else said.loose
                left = _NOT_DONE_RE.search(where.text, said.loose.end, said.high) is not None
                if left and before is not None:
                    around = chain(around, (one.rest for one in every_share(before, 0, len(before.text))))
                yield from _held(subject, where, loose, meant, tally, around, left=left)
            elif far := told_elsewhere(subject, said):
                yield from _held(subject, where, closely(said.loose), far[0], tally, far[1])
        for times, meant in (*times_said(where), *out_of_each(where, before, called_values(subject))):
            yield from _held(subject, where, times, meant, tally, ())
        for rest, meant, beside in rests_elsewhere(subject, where):
            yield from _held(subject, where, rest, meant, tally, beside)
        for one in rounds(where):
            yield from _round(subject, where, one, *exact_ones(one, where, told, tables), tally)
        before = where


def _meant(said: LooseSaid, before: Stated | None, tables: Sequence[Grid]) -> Meant | None:
    """The shares that a loose word may be said of, where it stands surest."""
    if said.way:
        return of_change(said) or of_row_change(said, tables)
    beside = (
        of_rows(said, tables)
        or in_bracket(said)
        or right_behind(said)
        or right_before(said)
        or of_cell(said, tables)
    )
    return beside or by_name(said, before, tables) or just_told(said, before) or of_table(said, before, tables)


def _beside(said: LooseSaid, tables: Sequence[Grid]) -> Iterable[Near]:
    """The shares that bear a loose word out, whatever is named: of its sentence, of the count before it."""
    if said.way:
        return
    around = every_share(said.where, said.low, said.high)
    yield from (one for one in around if not said.loose.start <= one.start < said.loose.end)  # no "gần 2/3" itself
    yield from of_totals(said, tables)


def _held(
    subject: Subject,
    where: Stated,
    loose: Loose,
    meant: Meant,
    tally: Tally,
    beside: Iterable[Near],
    *,
    left: bool = False,
) -> Iterator[Finding]:
    shares = distinct(meant.shares)
    if any(loose.fits(one.value) for one in chain(meant.shares, beside)):
        tally.held += 1
        return
    # What is not surely said of a share, or said of what is not done, may be said of what it leaves.
    if len(shares) != 1 or ((left or not meant.sure) and loose.fits(shares[0].rest.value)):
        return
    tally.failed += 1
    share = shares[0]
    view = where.block.view.start
    span = subject.document.reading.hull(view + loose.start, view + loose.end)
    words = " ".join(loose.words.split())
    yield LOOSE.finding(
        (span,),
        f"nói “{words}”, nhưng tỷ lệ nêu cho việc đó là {share.told}",
        f"“{words}” is said, but the share told of it is {share.told}",
        stated=words,
        expected=share.told,
        evidence=share.spans,
        suggestion=both("đối chiếu lời văn và tỷ lệ", "compare the words and the share"),
        page=where.block.page,
        severity=None if meant.sure else Severity.NOTE,
    )


def _round(
    subject: Subject, where: Stated, one: Round, right: Sequence[Exact], wrong: Sequence[Exact], tally: Tally
) -> Iterator[Finding]:
    if right:
        tally.held += 1
        return
    if len({exact.value for exact in wrong}) != 1:
        return
    tally.failed += 1
    view, (low, high) = where.block.view.start, one.span
    exact = wrong[0]
    yield LOOSE.finding(
        (subject.document.reading.hull(view + low, view + high),),
        f"nói “{one.words}”, nhưng số nêu ở chỗ khác là {exact.printed}",
        f"“{one.words}” is said, but the number told elsewhere is {exact.printed}",
        stated=one.words,
        expected=exact.printed,
        evidence=(exact.span,),
        suggestion=both("đối chiếu số nói tròn và số đầy đủ", "compare the round number and the exact one"),
        page=where.block.page,
    )


LOOSE = rule("FIG-340", check_loose_words)
LOOSE_RULES = (LOOSE,)
