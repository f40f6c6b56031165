"""Learn the weights of ``graphs/checks/learned/data/vouched.csv`` from papers whose numbers are sound.

    python tools/fit_vouched.py FOLDER [FOLDER…] > graphs/checks/learned/data/vouched.csv

All that rules find wrong with the numbers of a sound paper is false. Then one by one things of it are altered that
others prove: what a rule finds new where one stands, or where its proof does, is true.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from graphs.checks.learned.trusted import trusted
from graphs.checks.learned.vouched import is_asked, signs
from graphs.checks.report import Subject, Tally
from graphs.checks.run import RULES
from kb.models import Finding
from tests import proved_by_value
from tools.fit_meant import Row, learn, read

#: So many things are altered in a paper; what they are cited by is no number.
MOST, _SEED, _MANY = 16, 20, 400
_NO_NUMBERS = "of a citation"
#: A false finding counts as so many true ones, for there are few; one that is not trusted anyway counts half.
_FALSE, _UNTRUSTED = 4.0, 2.0
#: What the square of a weight costs; a sign that is seen less often is chance.
_COST, _FEWEST = 2.0, 3


def rows_of(text: str, most: int = MOST) -> Iterator[Row]:
    """What rules find in a sound paper, which is false, then what they find of things altered, which is true."""
    subject = read(text)
    sound = list(_found(subject))
    kept = {id(one) for one in trusted(subject, sound, Tally())}
    for one in sound:
        yield dict(signs(subject, one)), False, _FALSE if id(one) in kept else _UNTRUSTED
    known = {(one.rule, one.vi) for one in sound}
    faults = proved_by_value.plant(subject.document, _SEED, _MANY)
    for fault in [one for one in faults if not one.kind.endswith(_NO_NUMBERS)][:most]:
        broken = read(fault.text)
        for one in _found(broken):
            spans = [(span.start, span.end) for span in (*one.spans, *one.evidence)]
            if (one.rule, one.vi) not in known and fault.touched_by(spans):
                yield dict(signs(broken, one)), True, 1.0


def _found(subject: Subject) -> Iterator[Finding]:
    for rule in RULES:
        if rule.id.startswith("FIG"):
            yield from (one for one in rule.run(subject, Tally()) if is_asked(subject, one))


def main(folders: Sequence[str]) -> None:
    """Print the table."""
    paths = (path for folder in folders for path in sorted(Path(folder).glob("*.txt")))
    rows = [row for path in paths for row in rows_of(path.read_text(encoding="utf-8"))]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("sign", "worth"))
    out.writerows((sign, f"{worth:.2f}") for sign, worth in sorted(learn(rows, _COST, _FEWEST).items()))


if __name__ == "__main__":
    main(sys.argv[1:])
