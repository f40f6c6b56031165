"""What is wrong with a command line, in both languages: the library that reads it speaks English alone."""

from __future__ import annotations

import re

import click

from kb.bilingual import Bilingual, both
from webapp.cli.options import say

#: What the library says, and the same in Vietnamese.
_SAID = tuple(
    (re.compile(pattern, re.DOTALL), vi)
    for pattern, vi in (
        (r"No such option:? '?(?P<it>[^']+?)'?\.?", "không có tùy chọn “{it}”"),
        (r"No such command '(?P<it>.+?)'\.?", "không có lệnh “{it}”"),
        (r"Got unexpected extra arguments? \((?P<it>.+)\)\.?", "trên dòng lệnh thừa “{it}”"),
        (r"Option '(?P<it>.+?)' requires .+", "tùy chọn “{it}” thiếu giá trị"),
        (r"Option '(?P<it>.+?)' does not take a value\.?", "tùy chọn “{it}” không nhận giá trị"),
        (r"'(?P<it>.*?)' is not a valid (?:integer|float)(?: range)?\.?", "“{it}” không phải là số"),
        (r"(?P<it>\S+) is not in the range (?P<all>.+?)\.?", "{it} nằm ngoài khoảng {all}"),
        (r"'(?P<it>.*?)' is not one of (?P<all>.+?)\.?", "“{it}” không dùng được ở đây; chọn một trong {all}"),
        (
            r"'(?P<it>.*?)' does not match the formats? .+",
            "“{it}” không phải ngày; ghi như 27/6/2025 hoặc 2025-06-27",
        ),
        (r"\w+ '(?P<it>.*?)' does not exist\.?", "không có tệp “{it}”"),
        (r"\w+ '(?P<it>.*?)' is a directory\.?", "“{it}” là thư mục, cần một tệp"),
        (r"\w+ '(?P<it>.*?)' is a file\.?", "“{it}” là tệp, cần một thư mục"),
        (r"\w+ '(?P<it>.*?)' is not readable\.?", "không được phép đọc “{it}”"),
        (r"\w+ '(?P<it>.*?)' is not writable\.?", "không được phép ghi “{it}”"),
    )
)
_HINT_RE = re.compile(r"\s*(?:\(?(?:Did you mean|Possible options:)\s*(?P<ones>.+?)\??\)?)$", re.DOTALL)


def say_misuse(error: click.UsageError) -> None:
    """Print how the command is used and what is wrong with the line that was typed."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # a group without a command: its help is the message
        click.echo(error.format_message(), err=True)
        return
    context = error.ctx
    if context is not None:
        click.echo(context.get_usage(), err=True)
        click.echo(f"Xem / see: {context.command_path} --help", err=True)
    told = told_misuse(error)
    say(told, told.en)


def told_misuse(error: click.UsageError) -> Bilingual:
    """What is wrong; a message of our own, which is in both languages, stays as it is.

    >>> told_misuse(click.UsageError("No such command 'kiemtra'."))
    'không có lệnh “kiemtra”'
    >>> told_misuse(click.UsageError("hãy ghi điều cần tìm / say what to look for")).en
    'say what to look for'
    """
    if isinstance(error, click.MissingParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else error.param_hint or ""
        return both("thiếu {name}", "missing {name}", name=str(name).replace("'", ""))
    hint = _HINT_RE.search(error.message)
    message = error.message[: hint.start()] if hint else error.message
    own, _, en = message.partition(" / ")
    for pattern, vi in _SAID:
        if found := pattern.fullmatch(message):
            own, en = vi.format(**found.groupdict()), message.rstrip(".")
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.get_error_hint(error.ctx) if error.ctx else error.param.name
        own, en = (f"{one} ({str(name).replace(chr(39), '')})" for one in (own, en or own))
    told = Bilingual(own, en or own)
    possible = list(getattr(error, "possibilities", None) or ()) or ([hint["ones"].strip("'")] if hint else [])
    if not possible:
        return told
    return both("{told}; có phải {ones}?", "{told}; did you mean {ones}?", told=told, ones=", ".join(possible))
