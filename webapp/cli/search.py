"""``cancu search``: find documents, provisions, table rows, footnotes."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date, datetime
from importlib import import_module
from typing import Any

import click

from kb.errors import NotFound
from kb.search.answers import Answer, Hit
from kb.search.home import open_index
from kb.search.index import Wanted
from kb.search.protocol import Sort
from kb.search.rows import bare_title
from kb.search.saved import SavedSearch, keep_saved
from kb.search.unanswered import note_unanswered
from kb.settings import Settings
from webapp.cli.options import common_options, current_settings, format_option, lay, say, write_row

#: Options that filter by a value of a facet.
_FILTERS = ("type", "issuer", "level", "year", "status", "field", "held")
_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


class _Search(click.Command):
    """A command whose words may begin with a dash: ``-loại:luật`` leaves out, and is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {one}" if _LEFT_OUT_RE.match(one) else one for one in args])


#: A dash that begins no option: those of one letter are ``-h`` and ``-n``.
_LEFT_OUT_RE = re.compile(r"-(?!-|[hn]$|n\d)")


@click.command("search", cls=_Search)
@click.argument("words", metavar="QUERY", nargs=-1)
@click.option("--limit", "-n", type=click.IntRange(1, 200), default=10, help="Số kết quả / how many hits")
@click.option("--offset", type=click.IntRange(0, 10_000), default=0, help="Bỏ qua / skip so many")
@click.option("--sort", type=click.Choice(list(map(str, Sort))), default="relevance", help="Thứ tự / order")
@click.option(
    "--as-of",
    type=_DAY,
    metavar="NGÀY",
    help="Ngày xét hiệu lực, YYYY-MM-DD hoặc D/M/YYYY / day of the states [hôm nay / today]",
)
@click.option(
    "--in-force", type=_DAY, metavar="NGÀY", help="Chỉ văn bản còn hiệu lực vào ngày này / in force on a day only"
)
@click.option("--type", "type_", multiple=True, help="Loại văn bản / type")
@click.option("--issuer", multiple=True, help="Cơ quan ban hành / issuer")
@click.option("--level", multiple=True, help="Trung ương, Cấp tỉnh, Cấp huyện, Cấp xã, Địa phương, Đảng / level")
@click.option("--year", multiple=True, help="Năm ban hành / year")
@click.option("--status", multiple=True, help="Tình trạng hiệu lực / state of force")
@click.option("--field", multiple=True, help="Lĩnh vực / field")
@click.option("--held", multiple=True, help="Có trong kho, Chỉ được viện dẫn / held or only cited")
@click.option("--like", metavar="ID", help="Văn bản tương tự văn bản này / documents like this one")
@click.option("--save", metavar="NAME", help="Lưu tìm kiếm này / keep this search under a name")
@format_option("text", "json")
@common_options
def command(words: tuple[str, ...], shape: str, like: str | None, save: str | None, **options: Any) -> int:  # noqa: ANN401
    """Tìm trong kho: số, từ (có dấu hay không), "đúng cụm", loại:nghị định, năm:2021, AND OR NOT.

    Search the base: numbers, words, "phrases", fields (docs/query-language.md).
    """
    query = " ".join(words)
    settings = current_settings()
    if not query.strip() and not like:
        message = "hãy ghi điều cần tìm / say what to look for"
        raise click.UsageError(message)
    named = {name: options["type_" if name == "type" else name] for name in _FILTERS}
    filters = {name: tuple(values) for name, values in named.items() if values}
    if save:
        keep_saved(settings, SavedSearch(save, query, filters, options["sort"]))
    wanted = Wanted(
        query,
        _day(options["as_of"]) or date.today(),
        _day(options["in_force"]),
        filters,
        Sort(options["sort"]),
        options["limit"],
        options["offset"],
    )
    show_answer(ask(settings, wanted, like), shape)
    return 0


def ask(settings: Settings, wanted: Wanted, like: str | None = None) -> Answer:
    """The answer of the base; a query without one is noted."""
    if settings.database_url.startswith("sqlite") and not (settings.home / "cancu.sqlite3").exists():
        raise NotFound(
            code="base.absent", vi=f"chưa có kho ở {settings.home}", en=f"there is no base at {settings.home}"
        )
    index = open_index(settings)
    try:
        if like:
            return index.like(_work_named(settings, like), wanted.limit, wanted.day)
        answer = index.search(wanted)
    finally:
        index.close()
    note_unanswered(settings, answer)
    return answer


def _work_named(settings: Settings, name: str) -> str:
    """The id of the one work that a name means."""
    # The readers of documents take as long to load as a whole search.
    documents = import_module("webapp.cli.documents")
    with documents.open_existing(settings, name) as store:
        found: str = documents.find_one(store, name).id
    return found


def answer_row(answer: Answer) -> dict[str, Any]:
    """An answer as the contract's JSON object."""
    return asdict(answer)


def show_answer(answer: Answer, shape: str) -> None:
    """Print an answer: one JSON object, or lines for a person."""
    if shape == "json":
        write_row(answer_row(answer))
        return
    for line in answer.explanation:
        click.echo(f"· {line}", err=True)
    for old, new in answer.slips.items():
        click.echo(f"· không nơi nào có “{old}”, tìm gần đúng: {new}", err=True)
    for group in answer.groups:
        title = bare_title(group.type, group.number, group.title)
        head = " ".join(filter(None, (group.type, group.number, title)))
        first = answer.hits[group.hits[0]]
        about = [first.status]
        if not first.held:
            about.append("chỉ được viện dẫn, chưa có toàn văn")
        if first.authority:
            about.append(f"trọng lượng {first.authority:.2f}".replace(".", ","))
        lay(f"{click.style(head or group.work, bold=True)}  [{'; '.join(about)}]  {group.work}", 4)
        for at in group.hits:
            if answer.hits[at].kind != "title":  # the line above says it
                _print_hit(answer.hits[at])
    if not answer.total:
        say("hãy bớt từ, bỏ bộ lọc, hoặc gõ số, ký hiệu", "try fewer words, no filters, or a number")
    if answer.did_you_mean:
        say(f"có phải ý bạn là: {answer.did_you_mean}", f"did you mean: {answer.did_you_mean}")
    _say_counts(answer)


def _say_counts(answer: Answer) -> None:
    """How many places were found in all, and in how many documents those stand that are shown."""
    shown, documents = len(answer.hits), len(answer.groups)
    vi, en = f"{answer.total} chỗ", f"{answer.total} {_plural('place', answer.total)}"
    if shown < answer.total:
        vi, en = f"{vi}; ở đây {shown} chỗ", f"{en}; here {shown}"
    if shown:
        vi, en = f"{vi} trong {documents} văn bản", f"{en} in {documents} {_plural('document', documents)}"
    say(f"{vi}, {answer.took_ms:.0f} ms", en)


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"


def _print_hit(hit: Hit) -> None:
    where = " › ".join(hit.crumbs[-3:])
    page = f"trang {hit.page}" if hit.page else ""
    line = f"dòng {hit.line}" if hit.line else ""
    place = ", ".join(filter(None, (where, hit.unit and f"#{hit.unit}", page, line)))
    lay(f"  {place}", 4)
    lay(f"    {_marked(hit)}", 4)


def _marked(hit: Hit) -> str:
    out, at = [], 0
    for start, end in hit.marks:
        out += [hit.snippet[at:start], click.style(hit.snippet[start:end], bold=True, fg="yellow")]
        at = end
    return "".join([*out, hit.snippet[at:]])


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None
