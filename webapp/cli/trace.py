"""``cancu trace``: the chain of legal bases of a work, or what rests on it."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import click

from graphs.lives import Lives
from graphs.status import answer_from
from graphs.trace import BASES, DOWN, HOPS, UP, Chain, walk
from kb.clock import told_day
from kb.mentions import printed_place
from kb.store import graph as rows
from kb.store.store import Store
from kb.text.words import cut_short
from webapp.cli.documents import say_old
from webapp.cli.options import common_options, current_settings, format_option, lay, say, write_row
from webapp.cli.status import read_day
from webapp.cli.works_named import Proofs, one_work, open_graph


@click.command("trace")
@click.argument("name", metavar="ID")
@click.option(
    "--up", "direction", flag_value=UP, default=True, help="Lên căn cứ pháp lý / up the legal bases [mặc định]"
)
@click.option("--down", "direction", flag_value=DOWN, help="Xuống những gì dựa vào nó / down to what rests on it")
@click.option("--depth", type=click.IntRange(1, 20), default=HOPS, show_default=True, help="Số bước / hops")
@click.option("--all", "everything", is_flag=True, help="Mọi quan hệ, cả dẫn chiếu / every relation")
@click.option("--as-of", "day", metavar="NGÀY", help="Ngày xét hiệu lực / day of the statuses [hôm nay / today]")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str, direction: str, depth: int, everything: bool, day: str | None, shape: str) -> int:
    """Chuỗi căn cứ pháp lý của một văn bản, hoặc những văn bản dựa vào nó.

    The chain of legal bases of a work, or what rests on it, each edge with the sentence that proves it.
    """
    on = read_day(day)
    if "#" in name and "://" not in name:
        shown: int = import_module("webapp.cli.target").show_target(name, on, shape)
        return shown
    with open_graph(current_settings()) as store:
        work = one_work(store, name)
        say_old(store, work.id)
        chain = walk(store, work.id, direction or UP, depth, None if everything else BASES)
        row = trace_row(store, chain, on)
    if shape == "text":
        _print(chain, row)
    else:
        write_row(row)
    if not chain.links:
        say("không thấy quan hệ nào theo hướng này", "no relation in this direction is known")
    return 0


def trace_row(store: Store, chain: Chain, on: str | None = None) -> dict[str, Any]:
    """A chain as a row of JSON."""
    on = on or date.today().isoformat()
    proofs = Proofs(store)
    with store.connect() as connection:
        lives = Lives(connection)
        known = {row.id: row for row in rows.node_rows(connection, "id", sorted(chain.hops))}
        nodes = [
            {
                "work": name,
                "number": known[name].number,
                "title": known[name].title,
                "status": answer_from(lives, name, on).standing.word.value,
                "type": known[name].type,
                "issued": known[name].issued,
                "held": bool(known[name].held),
                "hop": hop,
            }
            for name, hop in sorted(chain.hops.items(), key=lambda item: (item[1], item[0]))
            if name in known
        ]
    edges = [
        {
            "source": link.source,
            "target": link.target,
            "relation": link.relation,
            "evidence": proofs.of_link(link),
            "pinpoint": "; ".join(map(printed_place, link.place.split("; "))) if link.place else None,
            "direction": link.direction,
            "origin": link.origin,
            "certainty": link.certainty,
            "unit": link.unit,
        }
        for link in chain.links
    ]
    return {"root": chain.root, "direction": chain.direction, "nodes": nodes, "edges": edges}


def _print(chain: Chain, row: dict[str, Any]) -> None:
    facts = {node["work"]: node for node in row["nodes"]}
    near, far = ("source", "target") if chain.direction == UP else ("target", "source")
    below: dict[str, list[dict[str, Any]]] = {}
    for edge in row["edges"]:
        below.setdefault(edge[near], []).append(edge)
    seen: set[str] = set()

    def show(name: str, depth: int) -> None:
        node = facts.get(name, {})
        parts = (node.get("type"), node.get("number"), told_day(node.get("issued")))
        words = " ".join(str(part) for part in parts if part)
        held = "" if node.get("held") else " (chưa có toàn văn)"
        lay(f"{'  ' * depth}{name}  {words}  [{node.get('status', '?')}]{held}", 2 * depth + 4)
        if name in seen:
            return
        seen.add(name)
        shown: set[tuple[str, str]] = set()
        for edge in below.get(name, ()):
            key = (edge[far], edge["relation"] or "")
            if key in shown:
                continue
            shown.add(key)
            proof = edge["evidence"] or {}
            place = f" {edge['pinpoint']}" if edge["pinpoint"] else ""
            text = f" “{cut_short(proof['text'], 110)}”" if proof.get("text") else ""
            lay(f"{'  ' * depth}  └ {edge['relation'] or '?'}{place}{text}", 2 * depth + 4)
            show(edge[far], depth + 2)

    show(chain.root, 0)
