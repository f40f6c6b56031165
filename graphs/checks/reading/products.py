"""How many, how much each and all together, as sentences tell it: ``40 trạm, mỗi trạm 4,2 tỷ, tổng 168 tỷ``."""

from __future__ import annotations

from collections.abc import Iterator

from graphs.checks.reading.forms import BARE, Form, signs_of
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import everywhere
from graphs.checks.report import Subject
from kb.models import Figure

_SUM = r"(?:cộng(?! dồn)|tổng cộng|tổng số|tổng|tất cả|cả thảy|thành|là)(?:\s+(?:là|được|có))?"
#: How many, how much each, and all together.
PRODUCTS: tuple[Form, ...] = (
    Form(
        rf"{{count}}~\bmỗi\s+[^\W\d_]+~{{each}}~,\s*{_SUM}{BARE}{{0,25}}?{{total}}",
        "96 đơn vị, mỗi đơn vị 3,5 tỷ đồng, cộng 336 tỷ đồng",
    ),
    Form(
        rf"\bmỗi\s+[^\W\d_]+~{{each}}~,\s*{BARE}{{0,20}}?{{count}}~\b{_SUM}\s*{{total}}",
        "mỗi xã 02 máy, 108 xã là 216 máy",
    ),
    Form(
        rf"{{count}}~{{each}}{BARE}{{0,20}}?/\s*(?P<by>[^\W\d_]+)(?!/)~,\s*(?:{_SUM}|hết|cần){BARE}{{0,25}}?{{total}}",
        "40 trạm với suất đầu tư 4,2 tỷ đồng/trạm, tổng 168,0 tỷ đồng",
    ),
    Form(
        rf"{{each}}{BARE}{{0,20}}?/\s*(?P<by>[^\W\d_]+)(?!/){BARE}{{0,30}}?{{count}}~,\s*{_SUM}{BARE}{{0,25}}?{{total}}",
        "3 triệu đồng/học viên, với 260 học viên, tổng 780 triệu đồng",
    ),
    Form(
        rf"{{total}}{BARE}{{0,25}}?\({BARE}{{0,25}}?{{count}}{BARE}{{0,40}}?[x×*]\s*{{each}}"
        rf"{BARE}{{0,20}}?/\s*(?P<by>[^\W\d_]+)(?!/){BARE}{{0,15}}?\)",
        "kinh phí 2.880 triệu đồng (1.440 học viên x 2 triệu đồng/học viên)",
    ),
    Form(
        rf"{{total}}{BARE}{{0,25}}?\({BARE}{{0,25}}?{{each}}{BARE}{{0,20}}?(?:/\s*|\smỗi\s+)(?P<by>[^\W\d_]+)(?!/)"
        rf"{BARE}{{0,15}}?[x×*]\s*{{count}}{BARE}{{0,40}}?\)",
        "kinh phí 2.880 triệu đồng (2 triệu đồng mỗi học viên x 1.440 học viên)",
    ),
)


def right_products(subject: Subject) -> Iterator[Figure]:
    """The figures of products that say how much each is, and that hold: so many, so much each, all together."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if "mỗi" in where.text.lower() or "/" in where.text:
            signs = signs_of(where)
            for match in (one for form in PRODUCTS for one in form.read(signs)):
                count, each, total = (match.figures[name] for name in ("count", "each", "total"))
                if head(each) == head(total) and scaled(count) * scaled(each) == scaled(total):
                    yield from (count, each, total)
