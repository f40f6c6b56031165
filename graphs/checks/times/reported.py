"""FIG of deeds that leave a paper behind them: a survey has one report, a yearly duty one paper each year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from graphs.checks.citations.citing import day_of
from graphs.checks.reading.prose import stated
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Citation, Finding, Severity

#: So many surveys, inspections; so many reports of their results behind them.
_DONE_RE = re.compile(
    r"\b(?:tổ chức|tiến hành|triển khai|thực hiện)\s+(?:được\s+)?(?P<count>\d{1,3})\s+(?:cuộc|đoàn|đợt)\s+"
    r"(?P<what>(?:điều tra|khảo sát|kiểm tra|thanh tra|giám sát|kiểm toán)[^.;()\d]{0,60})"
    r"(?P<between>[^.]{0,160}?)"
    r"\b(?:ban hành|có|hoàn thành|xây dựng)\s+(?P<reports>\d{1,3})\s+(?P<kind>báo cáo|kết luận)"
    r"(?P<of>[^.;\d]{0,90})"
)
_OTHERS_RE = re.compile(
    r"kỳ trước|năm trước|chuyển sang|chuyển tiếp|trong đó|bao gồm|của các|định kỳ", re.IGNORECASE
)
_DEEDS = ("điều tra", "khảo sát", "kiểm tra", "thanh tra", "giám sát", "kiểm toán")


def check_reports_of_deeds(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``tổ chức 04 cuộc khảo sát …; ban hành 05 báo cáo kết quả khảo sát`` is one report too many."""
    for where in stated(subject) if not subject.is_rule() else ():
        for found in _DONE_RE.finditer(where.text) if "báo cáo" in where.text or "kết luận" in where.text else ():
            deeds = [deed for deed in _DEEDS if deed in found["what"]]
            if not any(deed in found["of"] for deed in deeds) or _OTHERS_RE.search(found["between"] + found["of"]):
                continue
            count, reports = int(found["count"]), int(found["reports"])
            if reports <= count:
                tally.held += 1
                continue
            places = {where.start(one): one for one in where.figures}
            told = [
                next((one for at, one in places.items() if at <= found.start(name) < where.end(one)), None)
                for name in ("reports", "count")
            ]
            if told[0] is None or told[1] is None:
                continue
            tally.failed += 1
            yield REPORTS.finding(
                (told[0].span,),
                f"ghi {told[0].printed} {found['kind']} kết quả, nhiều hơn {told[1].printed} cuộc"
                f" {found['what'].strip()[:60]}",
                f"{told[0].printed} reports of results are stated, of only {told[1].printed} deeds",
                stated=told[0].printed,
                expected=f"<= {count}",
                evidence=(told[1].span,),
                suggestion=both("đối chiếu số cuộc và số báo cáo kết quả", "compare the deeds and their reports"),
                page=where.block.page,
                severity=Severity.NOTE,
            )


_YEARLY_RE = re.compile(r"\b(?:đầy đủ|hằng năm|hàng năm|từng năm|mỗi năm)\b", re.IGNORECASE)
_FEWEST = 3


def check_years_of_papers(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``công bố đầy đủ …`` with a note that lists decisions of 2022, 2023 and 2025: none is of 2024."""
    listed: dict[str, list[Citation]] = defaultdict(list)
    for citation in subject.citations:
        if citation.footnote and citation.number and day_of(citation.issued):
            listed[citation.footnote].append(citation)
    for note in subject.document.footnotes:
        cited = [
            one for one in listed.get(note.mark, ()) if any(p.start <= one.span.start < p.end for p in note.parts)
        ]
        if note.anchor is None or len(cited) < _FEWEST or len({one.type for one in cited}) != 1:
            continue
        years = sorted(int((one.issued or "")[:4]) for one in cited)
        missing = sorted(set(range(years[0], years[-1])) - set(years))
        said = _YEARLY_RE.search(_sentence(subject, note.anchor.start))
        if said is None or len(set(years)) != len(years) or "..." in note.text or "…" in note.text:
            continue
        if len(missing) != 1:
            tally.held += not missing
            continue
        tally.failed += 1
        shown = ", ".join(map(str, years))
        yield GAP.finding(
            (note.anchor,),
            f"nói “{said.group()}”, nhưng chú thích {note.mark} chỉ dẫn văn bản các năm {shown}: thiếu năm"
            f" {missing[0]}",
            f"“{said.group()}” is said, but note {note.mark} has papers of {shown}: {missing[0]} is missing",
            stated=shown,
            expected=str(missing[0]),
            evidence=tuple(one.span for one in cited),
            suggestion=both(
                "bổ sung văn bản của năm còn thiếu, hoặc nói lại", "add the paper of that year, or say otherwise"
            ),
            severity=Severity.NOTE,
        )


def _sentence(subject: Subject, at: int) -> str:
    """The clause, or item, of running text before a mark."""
    text = subject.document.text
    low = max(text.rfind(mark, 0, at) for mark in (". ", "; ", "\n\n"))
    return text[max(low, at - 500, 0) : at]


REPORTS = rule("FIG-294", check_reports_of_deeds)
GAP = rule("FIG-295", check_years_of_papers)
REPORTED_RULES = (REPORTS, GAP)
