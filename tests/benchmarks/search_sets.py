"""Public sets of Vietnamese legal questions as records of our own, and the measures of ranking."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from kb.search.records import Record, RecordKind, WorkFacts
from kb.text.normalize import fold


@dataclass(frozen=True)
class Question:
    """A question, the articles that answer it, and the part of the set it belongs to."""

    text: str
    relevant: frozenset[str]
    part: str


def article_records(name: str, law: str, number: str, heading: str, text: str) -> tuple[WorkFacts, list[Record]]:
    """One article as a work of its own: a record a clause, under the heading of the article."""
    heading = f"Điều {number}. {heading}".strip()
    facts = WorkFacts(name, type="Luật" if law.startswith(("Luật", "Bộ luật", "Hiến")) else None, title=law)
    passages = clauses(text) or [heading]
    return facts, [
        Record(RecordKind.PROVISION, passage, f"art_{number}", (heading,), heading, article=number)
        for passage in passages
    ]


def clauses(text: str) -> list[str]:
    """The clauses of an article: a paragraph that begins with a figure opens one."""
    out: list[list[str]] = []
    for paragraph in filter(None, (part.strip() for part in text.split("\n"))):
        figure = paragraph.split(".")[0]
        if not out or (figure[:1].isdigit() and len(figure) < 4):
            out.append([])
        out[-1].append(paragraph)
    return [" ".join(parts) for parts in out]


def alqac(folder: Path) -> tuple[list[tuple[WorkFacts, list[Record]]], list[Question]]:
    """ALQAC 2023: 2,249 articles; the first line of each is its heading."""
    articles = []
    for line in (folder / "alqac2023_corpus.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        heading, _, body = row["text"].partition("\n")
        articles.append(article_records(_key(row), row["law_id"], row["article_id"], heading, body))
    questions = []
    for line in (folder / "alqac2023_questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["relevant"]:
            relevant = frozenset(_key(each) for each in row["relevant"])
            questions.append(Question(row["question"], relevant, "train" if row["split"] == "train" else "test"))
    return articles, questions


def zalo(folder: Path) -> tuple[list[tuple[WorkFacts, list[Record]]], list[Question]]:
    """Zalo 2021 over 117,552 articles; the questions all of whose articles are there, halved by turns."""
    articles = list(corpus(folder))
    held = {facts.work for facts, _ in articles}
    questions = []
    for line in (folder / "zalo2021_train_joined.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        relevant = frozenset(_key(each) for each in row["relevant"])
        if relevant and relevant <= held and all(each["found"] for each in row["relevant"]):
            questions.append(Question(row["question"], relevant, "train" if len(questions) % 2 else "test"))
    return articles, questions


def corpus(folder: Path) -> Iterator[tuple[WorkFacts, list[Record]]]:
    """The articles of the large corpus; one that stands in it twice is taken once."""
    seen = set()
    with gzip.open(folder / "articles_corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if _key(row) not in seen:
                seen.add(_key(row))
                yield article_records(_key(row), row["law_id"], row["article_id"], row["heading"], row["text"])


def _key(row: dict[str, str]) -> str:
    return f"{row['law_id'].casefold()}|{row['article_id']}"


def unmarked(text: str) -> str:
    """The text as typed without marks."""
    return fold(text)


def reciprocal_rank(found: Sequence[str], relevant: frozenset[str]) -> float:
    """1 / place of the first relevant work."""
    return next((1 / at for at, work in enumerate(found, 1) if work in relevant), 0.0)


def recall(found: Sequence[str], relevant: frozenset[str], depth: int) -> float:
    """Share of the relevant works among the first ones."""
    return len(relevant & set(found[:depth])) / len(relevant)


def ndcg(grades: Sequence[int], all_grades: Sequence[int], depth: int = 10) -> float:
    """Normalised discounted gain of graded hits."""

    def gain(values: Sequence[int]) -> float:
        return sum((2**value - 1) / math.log2(at + 2) for at, value in enumerate(values[:depth]))

    best = gain(sorted(all_grades, reverse=True))
    return gain(grades) / best if best else 0.0


def averaged(values: Sequence[float]) -> float:
    """The mean, 0 of nothing."""
    return mean(values) if values else 0.0
