"""`cancu`: the table of commands, the exit statuses, and how refusals reach a person."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from types import TracebackType

import click

from kb.collector import collector_quiet
from kb.errors import CanCuError, system_reason
from kb.kept_patterns import patterns_kept
from webapp.cli.options import DEBUG, common_options, say

#: Commands by name: the module that holds `command`, and one line of help (Vietnamese, English).
COMMANDS = {
    "ingest": ("webapp.cli.ingest", "Nạp tệp, thư mục vào kho / read files and folders into the base"),
    "show": ("webapp.cli.show", "Xem một văn bản, đơn vị, bảng / show one document, unit or table"),
    "outline": ("webapp.cli.outline", "Cấu trúc của một văn bản / structure of one document"),
    "tables": ("webapp.cli.tables", "Bảng của một văn bản, dạng dữ liệu / tables of one document, as data"),
    "cite": ("webapp.cli.cite", "Viện dẫn của một văn bản / citations of one document"),
    "targets": ("webapp.cli.targets", "Chỉ tiêu, kết quả, căn cứ / targets, results, legal bases"),
    "figures": ("webapp.cli.figures", "Số liệu của một văn bản / quantities that one document states"),
    "claims": ("webapp.cli.claims", "Khẳng định và nguồn / claims and what is offered for them"),
    "check": ("webapp.cli.check", "Kiểm tra một báo cáo / findings on one report"),
    "mute": ("webapp.cli.mute", "Bỏ qua quy tắc, phát hiện, kèm lý do / set rules, findings aside with a reason"),
    "search": ("webapp.cli.search", "Tìm văn bản, điều khoản, dòng bảng / find documents, provisions, table rows"),
    "meaning": (
        "webapp.cli.meaning",
        "Đọc nghĩa các đoạn để xếp kết quả / read passages, to order hits by meaning",
    ),
    "saved": ("webapp.cli.saved", "Tìm kiếm đã lưu / saved searches"),
    "status": ("webapp.cli.status", "Có hiệu lực vào một ngày không, vì sao / in force on a day, and why"),
    "trace": ("webapp.cli.trace", "Chuỗi căn cứ, văn bản dựa vào / chain of legal bases, what rests on a work"),
    "graph": ("webapp.cli.graph", "Đồ thị viện dẫn: xuất, lược đồ / the citation graph: export, diagram"),
    "catalogue": ("webapp.cli.catalogue", "Danh mục văn bản đã biết / the catalogue of known works"),
    "works": ("webapp.cli.works", "Văn bản cần thu thập; gộp, tách, ghim / works to collect; merge, split, pin"),
    "follow": ("webapp.cli.follow", "Theo dõi văn bản, tin mới của nó / follow works, what is new of them"),
    "serve": ("webapp.cli.serve", "Trang web và API / web pages and API"),
    "users": ("webapp.cli.users", "Tài khoản, vai trò, khóa API / accounts, roles, tokens"),
    "doctor": ("webapp.cli.doctor", "Kiểm tra cài đặt và kho / check what is installed and the base"),
    "backup": ("webapp.cli.backup", "Sao lưu kho ra một tệp / write the base to one file"),
    "restore": ("webapp.cli.restore", "Khôi phục kho từ bản sao lưu / bring a base back from its backup"),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on use; its help reads the table only."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        try:
            with collector_quiet(), patterns_kept():
                command: click.Command = import_module(COMMANDS[cmd_name][0]).command
                gc.freeze()  # what is loaded stays: the collector of garbage need not look at it again
        except ModuleNotFoundError as error:
            if error.name != COMMANDS[cmd_name][0]:
                raise
            return None
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands."""
        with formatter.section("Lệnh / Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@common_options
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda c, _, v: _version(c, v),
    help="Phiên bản / the version",
)
def group() -> None:
    """Căn Cứ: kho tra cứu, truy vết, kiểm tra văn bản hành chính, pháp luật.

    A knowledge base over Vietnamese administrative and legal documents.

    Mã thoát / exit status: 0 xong, 1 xong nhưng có phát hiện hoặc có tệp bị từ chối, 2 dùng sai, 3 không làm được.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.excepthook = _fault
    try:
        result = group.main(args=arguments, prog_name="cancu", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        import_module("webapp.cli.misused").say_misuse(error)
        return 2
    except click.ClickException as error:
        error.show()
        return 3
    except (click.Abort, KeyboardInterrupt):
        say("đã dừng theo yêu cầu; phần đã ghi vẫn nguyên vẹn", "stopped; what was written is sound")
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not flush into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CanCuError as error:
        _trace()
        say(error.vi, error.en)
        return error.exit_code
    except OSError as error:
        _trace()
        name = f"{error.filename}: " if error.filename else ""
        why = system_reason(error)
        say(f"hệ thống báo lỗi: {name}{why}", f"system error: {name}{why.en}")
        return 3
    return result if isinstance(result, int) else 0


def _version(context: click.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        metadata = import_module("importlib.metadata")  # a third of the time of `--help`
        try:
            number = metadata.version("cancu")
        except metadata.PackageNotFoundError:
            number = "?"
        click.echo(f"cancu {number}")
        context.exit()


def _trace() -> None:
    if DEBUG.on:
        traceback.print_exc()


def _fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault of the program, in one line; its traceback only with ``--debug``."""
    if DEBUG.on:
        traceback.print_exception(kind, error, trace)
    say(
        f"lỗi của chương trình ({kind.__name__}); chạy lại với --debug và báo cho người phát triển",
        f"a fault of the program ({kind.__name__}); run again with --debug and report it",
    )
