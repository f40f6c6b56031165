"""``cancu trace FILE#TARGET``: a target, its basis, its twin in the basis, the chain above."""

from __future__ import annotations

from typing import Any

from graphs.base import open_base
from ingest.analysis import analyse
from kb.text.words import cut_short
from webapp.cli.documents import open_document
from webapp.cli.options import current_settings, lay, say, write_row
from webapp.target_trace import find_target, trace_target
from webapp.target_words import BASIS_WORDS
from webapp.twins import COMPARISONS

_BASIS = {kind.value: words for kind, words in BASIS_WORDS.items()}


def show_target(name: str, on: str, shape: str) -> int:
    """Print the trace of the target that ``FILE#TARGET`` or ``ID#TARGET`` names."""
    document_name, _, target_id = name.rpartition("#")
    settings = current_settings()
    analysis = analyse(open_document(document_name, settings), with_claims=False)
    target = find_target(analysis, target_id)
    with open_base(settings) as store:
        row = trace_target(store, analysis, target, name, on)
    if shape == "text":
        _print(row)
    else:
        write_row(row)
    if row["gaps"]:
        say(f"còn {len(row['gaps'])} chỗ chưa truy được", f"{len(row['gaps'])} gaps")
    return 0


def _print(row: dict[str, Any]) -> None:
    nodes = {node["work"]: node for node in row["nodes"]}
    root = nodes[row["root"]]
    lay(root["title"])
    told = [edge for edge in row["edges"] if edge.get("told")]
    for edge in told:
        target, proof = nodes[edge["target"]]["target"], edge["evidence"]
        words = target["result"]["text"] if edge["told"] == "result" else target["verdict"]
        lay(f"  {edge['relation']}, dòng {proof['line']}, {target['id']}: “{cut_short(words, 200)}”", 6)
    shown: dict[tuple[str, str, str], list[str]] = {}
    for edge in (edge for edge in row["edges"] if edge not in told):
        node = nodes.get(edge["target"], {})
        words = node.get("number") or node.get("title") or edge["target"]
        how = (
            _BASIS.get(edge.get("kind") or "", "")
            or COMPARISONS.get(edge.get("compared") or "", "")
            or edge["relation"]
            or ""
        )
        proof = edge["evidence"] or {}
        place = f"dòng {proof['line']}" if proof.get("line") else ""
        below = nodes.get(edge["source"], {})
        source = (below.get("self") and below["number"]) or _end_of(edge["source"])
        # One sentence may bind a target in two ways: it is told once.
        shown.setdefault((f"{source} → {words}", place, proof.get("text") or ""), []).append(how)
    for (step, place, text), ways in shown.items():
        lay(f"  {step}  [{'; '.join(dict.fromkeys(ways))}]  {place}".rstrip(), 6)
        if text:
            lay(f"      “{cut_short(text, 200)}”", 8)
    for gap in row["gaps"]:
        lay(f"  ? {gap}", 4)


def _end_of(name: str) -> str:
    """A target without the document it stands in; the last part of a path or an address.

    >>> _end_of("224/BC-UBND#t-9ef9b765"), _end_of("ho-so/bao-cao.txt")
    ('t-9ef9b765', 'bao-cao.txt')
    """
    return name.rpartition("#")[2].rpartition("/")[2]
