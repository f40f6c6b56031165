"""Digests as text and as Markdown."""

from __future__ import annotations

from tools.digests.source import ANCHOR_RE, MOTTO, NATION, Block, Digest, note_numbers

_SIGNS = {"title": "### ", "article": "#### ", "appendix": "## ", "annex": "### "}


def as_text(digest: Digest) -> str:
    """The digest as a clerk would paste it: one paragraph a line, blank lines between."""
    body, appendix = digest.split_at_appendix()
    lines = [digest.mark, "\n".join((*digest.issuers, "-------"))]
    lines += ["\n".join((NATION, MOTTO, "---------------")), f"{digest.label} {digest.number}"]
    lines += [f"{digest.place}, {digest.date}", f"{digest.type}\n{digest.title}"]
    lines += [ANCHOR_RE.sub("", block.text) for block in body]
    lines += _closing(digest)
    lines += [ANCHOR_RE.sub("", block.text) for block in appendix]
    return "\n\n".join([*lines, digest.ending]) + "\n"


def as_markdown(digest: Digest) -> str:
    """The digest as Markdown, with its notes as Markdown has them."""
    body, appendix = digest.split_at_appendix()
    numbers = note_numbers(digest)
    lines = [digest.mark, *digest.issuers, NATION, MOTTO, f"{digest.label} {digest.number}"]
    lines += [f"{digest.place}, {digest.date}", f"# {digest.type}", f"**{digest.title}**"]
    lines += [_markdown(block, numbers) for block in body]
    lines += _closing(digest)
    lines += [_markdown(block, numbers) for block in appendix]
    lines += [f"[^{numbers[key]}]: {text}" for key, text in digest.notes.items()]
    return "\n\n".join([*lines, digest.ending]) + "\n"


def _markdown(block: Block, numbers: dict[str, int]) -> str:
    def numbered(text: str) -> str:
        return ANCHOR_RE.sub(lambda found: f"[^{numbers[found.group(1)]}]", text)

    if block.kind != "table":
        return _SIGNS.get(block.kind, "") + numbered(block.text)
    rows = ["| " + " | ".join(map(numbered, row)) + " |" for row in block.rows]
    return "\n".join([rows[0], "|" + " --- |" * len(block.rows[0]), *rows[1:]])


def _closing(digest: Digest) -> list[str]:
    lines = []
    if digest.recipients:
        names = [f"- {name}{'.' if name == digest.recipients[-1] else ';'}" for name in digest.recipients]
        lines.append("\n".join(("Nơi nhận:", *names)))
    if digest.signature:
        lines.append("\n".join(digest.signature))
    return lines
