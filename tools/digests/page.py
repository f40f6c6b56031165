"""Digests as a page of a legal portal (HTML)."""

from __future__ import annotations

from html import escape

from tools.digests.source import ANCHOR_RE, MOTTO, NATION, Block, Digest, note_numbers

_STYLE = "body{max-width:46rem;margin:auto;font-family:serif}table{border-collapse:collapse}.c{text-align:center}"


def as_html(digest: Digest) -> str:
    """The digest as a page: head in two columns, notes linked both ways."""
    numbers = note_numbers(digest)
    body, appendix = digest.split_at_appendix()
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="vi"><head><meta charset="utf-8"><title>{escape(digest.work)}</title>',
        f"<style>{_STYLE}</style></head><body>",
        f"<p><i>{escape(digest.mark)}</i></p>",
        _head(digest),
        f'<p class="c"><b>{escape(digest.type)}</b></p><p class="c"><b>{escape(digest.title)}</b></p>',
        *(_block(block, numbers) for block in body),
        _closing(digest),
        *(_block(block, numbers) for block in appendix),
        *(_note(numbers[key], text) for key, text in digest.notes.items()),
        f"<p>{escape(digest.ending)}</p>",
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _head(digest: Digest) -> str:
    left = "<br>".join(map(escape, digest.issuers))
    rows = (
        (f"<b>{left}</b><br>-------", f"<b>{NATION}</b><br><b>{MOTTO}</b><br>---------------"),
        (escape(f"{digest.label} {digest.number}"), f"<i>{escape(digest.place)}, {escape(digest.date)}</i>"),
    )
    cells = "".join(f'<tr><td class="c">{one}</td><td class="c">{two}</td></tr>' for one, two in rows)
    return f'<table width="100%">{cells}</table>'


def _block(block: Block, numbers: dict[str, int]) -> str:
    if block.kind == "table":
        rows = []
        for index, row in enumerate(block.rows):
            tag = "th" if index == 0 else "td"
            rows.append("<tr>" + "".join(f"<{tag}>{_inline(cell, numbers)}</{tag}>" for cell in row) + "</tr>")
        return '<table border="1">' + "".join(rows) + "</table>"
    text = _inline(block.text, numbers)
    if block.kind == "article":
        return f"<p><b>{text}</b></p>"
    if block.kind == "paragraph":
        return f"<p>{text}</p>"
    return f'<p class="c"><b>{text}</b></p>'


def _inline(text: str, numbers: dict[str, int]) -> str:
    def link(key: str) -> str:
        number = numbers[key]
        return f'<a href="#_ftn{number}" name="_ftnref{number}"><sup>[{number}]</sup></a>'

    return ANCHOR_RE.sub(lambda found: link(found.group(1)), escape(text))


def _note(number: int, text: str) -> str:
    return f'<p><a href="#_ftnref{number}" name="_ftn{number}"><sup>[{number}]</sup></a> {escape(text)}</p>'


def _closing(digest: Digest) -> str:
    left = ""
    if digest.recipients:
        names = "<br>".join(f"- {escape(name)};" for name in digest.recipients)
        left = f"<b><i>Nơi nhận:</i></b><br>{names}"
    right = "<br>".join(f"<b>{escape(line)}</b>" for line in digest.signature)
    if not left and not right:
        return ""
    return f'<table width="100%"><tr><td>{left}</td><td class="c">{right}</td></tr></table>'
