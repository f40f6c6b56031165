"""``cancu targets``: targets of one document, their results and legal bases."""

from __future__ import annotations

import click

from ingest.analysis import analyse
from kb.models import Span, Target
from kb.text.words import cut_short
from webapp.cli.analysed import Rows
from webapp.cli.documents import open_document
from webapp.cli.options import common_options, current_settings, format_option, lay, say_none, write_row
from webapp.target_words import (
    BASIS_WORDS,
    COMPARATORS,
    RESULT_ELSEWHERE,
    VERDICT_ELSEWHERE,
    amount,
    called,
)

#: Where a line goes on; letters of a result that is told in words.
_HANG, _SHORT = 6, 100


@click.command("targets")
@click.argument("name", metavar="FILE|ID")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str, shape: str) -> int:
    """Chỉ tiêu của một văn bản: mức, thời hạn, kết quả, đánh giá, căn cứ.

    Kết quả, đánh giá mà văn bản nêu ở chỗ khác cho cùng chỉ tiêu thì ghi rõ chỗ ấy; các chỗ nêu khác nhau thì
    không lấy.

    The targets of a document: level, deadline, result, verdict, legal bases with their kind. What another place
    of the document tells of the same target is shown with that place; where places differ, nothing is taken.
    """
    analysis = analyse(open_document(name, current_settings()), with_claims=False)
    rows = Rows(analysis)
    say_none(analysis.targets, "chỉ tiêu", "targets")
    for target in analysis.targets:
        if shape != "text":
            write_row(rows.target(target))
            continue
        level = f"{COMPARATORS[target.comparator.value]} {amount(target.value, target.unit)}".strip()
        level = ", ".join(filter(None, (level, target.period)))
        line = rows.place(target.span)["line"]
        bases = [
            f"{called(analysis.citations[basis.citation])} ({BASIS_WORDS[basis.kind]})" for basis in target.bases
        ]
        lay(f"{target.id}  dòng {line}  {target.metric}: {level}", _HANG)
        _echo_reached(rows, target)
        lay(f"    căn cứ: {'; '.join(bases) if bases else 'không thấy'}", _HANG)
    return 0


def _echo_reached(rows: Rows, target: Target) -> None:
    """What was reached of a target, and its verdict where another place tells it."""
    at, judged_at = rows.shown(target)
    if at.result:
        told = amount(at.result.value, at.result.unit) or cut_short(at.result.text, _SHORT)
        place = f"{RESULT_ELSEWHERE} ({_place(rows, at, at.result.span)})" if at is not target else "kết quả"
        lay(f"    {place}: {told}", _HANG)
    if judged_at is target and target.verdict:
        lay(f"    đánh giá: {target.verdict}", _HANG)
    elif judged_at is not target:
        place = _place(rows, judged_at, judged_at.judged or judged_at.span)
        lay(f"    {VERDICT_ELSEWHERE} ({place}): {judged_at.verdict}", _HANG)


def _place(rows: Rows, target: Target, span: Span) -> str:
    return f"dòng {rows.place(span)['line']}, {target.id}"
