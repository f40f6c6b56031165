"""The shape of the house: short rooms, a name on every door, imports where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("kb", "ingest", "graphs", "webapp")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
FILE_WALL, FUNCTION_WALL = 350, 60
HEAVY = (
    "spacy",
    "underthesea",
    "networkx",
    "pdfplumber",
    "pypdfium2",
    "docx",
    "sqlalchemy",
    "alembic",
    "flask",
    "whoosh",
    "lxml",
    "rich",
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_and_stays_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "a module says in its first line what it holds"
    assert source.count("\n") <= FILE_WALL, "name the second noun that lives here and move it"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < FUNCTION_WALL, f"{node.name} is too long"


def test_corpus_holds_no_code() -> None:
    assert not list((ROOT / "corpus").rglob("*.py"))


#: What a line of a terminal must not wait for, besides heavy libraries.
SLOW = ("importlib.metadata", "email", "http", "urllib.request", "multiprocessing")


@pytest.mark.parametrize(
    "words", [["--help"], ["cite", "FILE"], ["cite", "FILE", "--format", "jsonl"]], ids=" ".join
)
def test_help_and_citations_of_a_file_load_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "mot-dong.txt"
    file.write_text("Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ;\n", encoding="utf-8")
    arguments = [str(file) if word == "FILE" else word for word in words]
    code = (
        "import sys\n"
        "from webapp.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        f"print([name for name in {(*HEAVY, *SLOW)!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]" and done.stdout.strip()
