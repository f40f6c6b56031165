"""TGT: goals that name no document which sets them, told once for all of a paper."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from graphs.checks.goals.tallied import is_judged
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.models import Finding, Target

#: So many goals are called by name; of the others the number and the places are told.
_NAMED = 3
_METRIC = 90
_NUMBERLESS = both("không nêu số của văn bản", "and no number of a document")


def check_bases(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A target says, somewhere, what it rests on; those that do not are one finding for each way to say so."""
    without: dict[tuple[str, Bilingual | None], list[Target]] = defaultdict(list)
    for target in subject.targets:
        if target.bases:
            tally.held += 1
            continue
        if subject.is_rule():
            tally.skip(both("văn bản quy phạm tự đặt ra quy định", "a text of law sets its rules itself"))
            continue
        if target.table is not None and not is_judged(subject, target):
            tally.skip(both("bảng chỉ tiêu không nêu văn bản giao", "a table of levels that names no document"))
            continue
        if target.value is None and target.period and target.table is None:
            own = both("việc có thời hạn mà chính văn bản giao", "a thing with a day that the paper itself orders")
            tally.skip(own)
            continue
        if target.table is None and target.unnamed is None and _is_held_against(target):
            tally.skip(both("mức nêu cạnh kết quả để so", "a level told beside a result, to compare"))
            continue
        tally.failed += 1
        without[_called(subject, target)].append(target)
    for (words, which), targets in without.items():
        yield _without_basis(subject, targets, words, which)


#: A result beside the level that it is compared with: "đạt 97,8% kế hoạch (171 tỷ đồng)", "(chỉ tiêu từ 70%)",
#: "kế hoạch từ 74% trở lên: vượt"; those counted that reach one ("3/8 đơn vị đạt từ 95%"); the least of all.
_COMPARED_RE = re.compile(
    r"\b(?:so với|vượt|đạt|bằng|đúng|hụt|thiếu|dưới|(?:thấp|cao|nhiều|ít) hơn)\b[^.;]{0,60}?"
    r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|yêu cầu|mức|dự toán)\b|[(,]\s*(?:kế hoạch|chỉ tiêu|mục tiêu|yêu cầu)\b"
    r"|\b(?:kế hoạch|chỉ tiêu|mục tiêu)\b[^.;]{0,80}"
    r"(?:\b(?:(?:chưa|không|đều) đạt|vượt|thấp hơn|cao hơn|thiếu|bằng \d)|:\s*đạt)\b"
    r"|^\W*\d+(?:/\d+)?\s[^\d.;]{1,30}\b(?:đạt|dưới|trên)\b|:\s*\d+/\d+\s"
    r"|\b(?:thấp|cao|ít|nhiều) nhất\s*[,:]",
    re.IGNORECASE,
)


def _is_held_against(target: Target) -> bool:
    """Whether running text sets no goal, but tells a result and the level that it is held against."""
    return target.result is not None or target.verdict is not None or bool(_COMPARED_RE.search(target.text))


def _called(subject: Subject, target: Target) -> tuple[str, Bilingual | None]:
    """The words by which a basis is called without its number, and which it may be; nothing where none is."""
    if target.unnamed is None:
        return "", None
    words = " ".join(target.unnamed.cut(subject.document.text).split())
    perhaps = ", ".join(subject.citations[at].number or subject.citations[at].surface for at in target.perhaps)
    return words, both("có thể là {several}", "perhaps {several}", several=perhaps) if perhaps else _NUMBERLESS


def _without_basis(subject: Subject, targets: list[Target], words: str, which: Bilingual | None) -> Finding:
    """No basis; or one that is called without its number, a plan or the body that gave the level."""
    names = list(dict.fromkeys(f"“{one.metric[:_METRIC]}”" for one in targets))
    told, more = ", ".join(names[:_NAMED]), len(targets) - min(len(names), _NAMED)
    count, goals = (f"{len(targets)} ", f"{len(targets)} targets") if len(targets) > 1 else ("", "the target")
    rest, rest_en = (f" và {more} chỗ khác", f" and {more} more") if more > 0 else ("", "")
    vi, en = (
        (
            f"{count}mục tiêu {told}{rest}: lời văn chỉ ghi “{words}”, {which}",
            f"{goals} {told}{rest_en}: the text says only “{words}”, {which.en}",
        )
        if which
        else (
            f"không thấy căn cứ cho {count}mục tiêu {told}{rest}",
            f"no basis found for {goals} {told}{rest_en}",
        )
    )
    unnamed = [one.unnamed for one in targets if one.unnamed]
    perhaps = [subject.citations[at].span for one in targets for at in one.perhaps]
    return NO_BASIS.finding(
        tuple(dict.fromkeys(one.span for one in targets)),
        vi,
        en,
        stated=words or None,
        evidence=tuple(dict.fromkeys((*unnamed, *perhaps))),
        suggestion=both("dẫn số, ngày của văn bản giao", "cite number and day of the document that sets it"),
        page=targets[0].page,
    )


NO_BASIS = rule("TGT-002", check_bases)
