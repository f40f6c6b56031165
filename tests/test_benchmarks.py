"""The benchmarks run, on texts of their own that are what they say."""

from __future__ import annotations

import pytest

from ingest.citations.mentions import find_mentions
from ingest.citations.plain import cite_text
from tests.benchmarks import bench_citations, bench_text, score_citations
from tests.benchmarks.__main__ import HERE
from tests.benchmarks.texts import ADVERSARIAL, adversarial, english, real_report, report_like


def test_each_benchmark_can_be_run_by_its_name() -> None:
    for path in HERE.glob("bench_*.py"):
        text = path.read_text("utf-8")
        assert "\ndef run(" in text or "\ndef main(" in text, path.name


def test_a_text_has_the_size_and_the_seed_it_was_asked_for() -> None:
    text = report_like(30_000)
    assert 29_900 <= len(text.encode("utf-8")) < 32_000
    assert text == report_like(30_000)
    assert text != report_like(30_000, seed=8)
    assert 29_900 <= len(english(30_000)) < 32_000


def test_a_text_like_a_report_cites_like_one() -> None:
    """About a paragraph in four cites; two to three mentions a kilobyte, as in the reports of provinces."""
    per_kilobyte = len(find_mentions(report_like(100_000))) / 100
    assert 1 < per_kilobyte < 5


def test_the_real_report_is_repeated_to_size(shared: object) -> None:
    text = real_report(700_000)
    assert text is not None
    assert len(text.encode("utf-8")) >= 700_000


@pytest.mark.parametrize(("name", "piece", "end"), ADVERSARIAL, ids=[name for name, *_ in ADVERSARIAL])
def test_hostile_strings_break_nothing(name: str, piece: str, end: str) -> None:
    text = adversarial(piece, end, 6_000)
    assert len(text) >= 6_000 - len(piece)
    for citation in cite_text(text):
        assert "".join(text[part.start : part.end] for part in citation.parts) == citation.surface


@pytest.mark.parametrize("name", ["amending laws", "open brackets", "nested brackets", "quotes"])
def test_nesting_without_end_breaks_nothing(name: str) -> None:
    piece, end = next((piece, end) for other, piece, end in ADVERSARIAL if other == name)
    cite_text(adversarial(piece, end, 80_000))


def test_speed_and_linearity_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    bench_citations.row("finder", find_mentions, report_like(20_000), runs=1)
    bench_citations.linearity(4_000)
    said = capsys.readouterr().out
    assert "MB/s" in said
    assert "mentions/s" in said
    assert said.count("x") >= 4


def test_pass_one_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    bench_text.pass_one(20_000)
    assert "pass 1 without citations" in capsys.readouterr().out


def test_scores_are_printed_where_the_texts_are(
    shared: object, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    saved = tmp_path_factory.mktemp("scores") / "dev.json"
    score_citations.print_scores("dev", save=saved)
    said = capsys.readouterr().out
    assert "exact F1" in said
    assert "look-alikes" in said
    score_citations.print_difference(saved, saved)
    assert "0 gains, 0 losses, 0 other changes" in capsys.readouterr().out
