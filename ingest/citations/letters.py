"""Sets of letters for regular expressions; a range such as ``À-Ỹ`` would take capitals and small letters alike."""

from __future__ import annotations

_BASES = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKED = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"

#: For use inside square brackets.
LOWER = _BASES + _MARKED
UPPER = LOWER.upper()
#: Superscript figures: the marks of notes.
MARKS = "¹²³⁰⁴-⁹"
#: No letter follows; a note's mark, which Python takes for a word character, may.
NO_LETTER = rf"(?![^\W\d_{MARKS}])"
