"""The first page of a check sheet, for the one who signs: what is left to mend, what was decided."""

from __future__ import annotations

from collections import Counter

from kb.models import Finding, Severity
from webapp.outputs.sheet import SEVERITIES, Sheet, rule_name
from webapp.presenters import vietnamese_date


def verdict(sheet: Sheet) -> str:
    """What the one who signs wants to know first: what is left to mend, and that nothing is said of the rest."""
    found = Counter(finding.severity for finding in sheet.report.findings)
    unseen = sum(tally.not_checked for tally in sheet.report.checked.values())
    parts = [f"{found[Severity.ERROR]} lỗi cần sửa trước khi ký"] if found[Severity.ERROR] else []
    parts += [f"{found[Severity.WARNING]} chỗ cần xem lại"] if found[Severity.WARNING] else []
    checked = sum(tally.checked for tally in sheet.report.checked.values())
    nothing = "Không thấy lỗi, không có chỗ cần xem lại" if checked else "Không có gì để kiểm tra trong tệp này"
    parts = parts or [nothing]
    parts += [f"{found[Severity.NOTE]} ghi chú"] if found[Severity.NOTE] else []
    parts += [f"{len(sheet.aside)} phát hiện đã bỏ qua có lý do"] if sheet.aside else []
    rest = f" Còn {unseen} lượt không kiểm tra được, nêu ở cuối phiếu." if unseen else ""
    return f"{'; '.join(parts)}.{rest}"


def basics(sheet: Sheet) -> str:
    """The day that the sheet holds for, and up to when the library is known."""
    day = vietnamese_date(sheet.as_of) or "không đọc được ngày của văn bản"
    known = vietnamese_date(sheet.library_as_of)
    return f"Ngày áp dụng: {day} · {f'Đối chiếu với kho ngày {known}' if known else 'Không đối chiếu với kho'}"


def decision(sheet: Sheet, finding: Finding) -> str:
    """What people decided on a finding; empty while nobody did."""
    note = sheet.agreed.get(sheet.id_of(finding))
    return "" if note is None else f"Đúng, sẽ sửa: {note}" if note else "Đúng, sẽ sửa"


def sentence(words: str) -> str:
    """A message as a sentence begins.

    >>> sentence("số ở bảng 3")
    'Số ở bảng 3'
    """
    return words[:1].upper() + words[1:]


def finding_words(finding: Finding) -> str:
    """A finding as a comment says it: how bad it is and by which rule, what is wrong, what to do."""
    lines = [f"{SEVERITIES[finding.severity]} {finding.rule}: {rule_name(finding.rule)}", sentence(finding.vi)]
    return "\n".join([*lines, *([f"Gợi ý: {finding.suggestion}"] if finding.suggestion else [])])


def worst_first(sheet: Sheet) -> list[Finding]:
    """The findings that must be looked at before signing: errors, then warnings, each in the order of the text."""
    return [
        finding
        for severity in (Severity.ERROR, Severity.WARNING)
        for finding in sheet.report.findings
        if finding.severity is severity
    ]
