"""Hits ordered by meaning: what is read, what is kept, and when the order changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kb.search.index import SearchIndex, Wanted
from kb.search.meaning import Meaning, meaning_key, read_passages
from kb.search.meaning_door.encoder import SIZE, Encoder, Vector, has_encoder, load_encoder
from kb.search.meaning_door.vectors import Vectors
from kb.search.protocol import Engine
from kb.search.records import WorkFacts
from kb.search.rows import make_rows
from search_base import provision

DAY = date(2025, 7, 1)


class Weddings:
    """A model that knows one thing: whether a text speaks of marriage."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.asked: list[str] = []

    def query(self, text: str) -> Vector:
        self.asked.append(text)
        return self._vector("cưới" in text)

    def passages(self, texts: Sequence[str]) -> Vector:
        self.read += texts
        return np.array([self._vector("kết hôn" in text) for text in texts])

    def _vector(self, speaks: bool) -> Vector:
        vector = np.zeros(SIZE, np.float32)
        vector[0 : 4 if speaks else 2] = 1 / 4
        vector[8:24] = np.sqrt((1 - (vector**2).sum()) / 16)
        return vector


@pytest.fixture
def registry(engine: Engine) -> Engine:
    """Two provisions with the words of the question, of which one answers it."""
    facts = WorkFacts("ho-tich", "12/2030/NĐ-CP", "Nghị định", title="Về hộ tịch", issued="2030-01-01")
    texts = (
        ("1", "Đăng ký xe: hồ sơ đăng ký gồm giấy tờ của xe và hồ sơ thuế."),
        ("2", "Đăng ký kết hôn: hồ sơ gồm tờ khai và giấy xác nhận, đăng ký tại xã."),
    )
    engine.update(make_rows(facts, [provision(article, text) for article, text in texts]))
    return engine


def read(engine: Engine, path: Path, model: Encoder) -> int:
    return sum(read_passages(engine, ["ho-tich"], Vectors(path), model))


def test_meaning_orders_what_words_find(registry: Engine, tmp_path: Path) -> None:
    path, model = tmp_path / "meaning.bin", Weddings()
    assert read(registry, path, model) == 3  # the title and two provisions
    index = SearchIndex(registry, None, Meaning(Vectors(path), lambda: model))
    answer = index.search(Wanted("hồ sơ đăng ký khi cưới", DAY))
    assert answer.hits[0].unit == "art_2"
    assert "xếp thêm theo nghĩa" in answer.explanation
    plain = SearchIndex(registry).search(Wanted("hồ sơ đăng ký khi cưới", DAY))
    assert plain.hits[0].unit == "art_1"
    assert "xếp thêm theo nghĩa" not in plain.explanation
    assert {hit.unit for hit in answer.hits} == {hit.unit for hit in plain.hits}


def test_the_model_is_asked_in_full_words_with_their_marks(registry: Engine, tmp_path: Path) -> None:
    path, model = tmp_path / "meaning.bin", Weddings()
    read(registry, path, model)
    index = SearchIndex(registry, None, Meaning(Vectors(path), lambda: model))
    answer = index.search(Wanted("ho so dang ky xa UBND", DAY))
    assert "xếp thêm theo nghĩa" in answer.explanation
    index.search(Wanted("Hồ sơ UBND xã", DAY))
    assert set(model.asked) == {"hồ sơ đăng ký xã ủy ban nhân dân", "Hồ sơ ủy ban nhân dân xã"}


def test_without_the_model_or_with_few_passages_read_words_alone_count(registry: Engine, tmp_path: Path) -> None:
    path, model = tmp_path / "meaning.bin", Weddings()
    empty = SearchIndex(registry, None, Meaning(Vectors(path), lambda: model))
    gone = SearchIndex(registry, None, Meaning(Vectors(path), lambda: None))
    for index in (empty, gone):
        assert index.search(Wanted("hồ sơ đăng ký khi cưới", DAY)).hits[0].unit == "art_1"


def test_each_passage_is_read_once(registry: Engine, tmp_path: Path) -> None:
    path, model = tmp_path / "meaning.bin", Weddings()
    read(registry, path, model)
    assert read(registry, path, model) == 0
    assert len(model.read) == len(set(model.read)) == 3


def test_a_record_that_a_crash_cut_short_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "meaning.bin"
    vectors = Vectors(path)
    vectors.add([1, 2], Weddings().passages(["a", "kết hôn"]))
    with path.open("ab") as file:
        file.write(b"half a record")
    assert len(vectors) == 2
    Vectors(path).add([3], Weddings().passages(["b"]))
    assert vectors.missing([3, 1, 4, 4]) == [4]
    first, third = vectors.find([1, 3])
    assert first is not None and third is not None
    assert np.allclose(first, third)
    assert abs(float(first @ first) - 1) < 0.01


def test_equal_words_have_one_key() -> None:
    assert meaning_key("Điều 1") == meaning_key("Điều 1") != meaning_key("Điều 2")


@pytest.mark.skipif(not has_encoder(), reason="the model is an extra, and not installed")
def test_the_model_knows_that_a_funeral_is_one() -> None:
    model = load_encoder()
    assert model is not None
    asked = model.query("đám ma được mở nhạc đến mấy giờ")
    passages = model.passages(
        [
            "Trong việc tang không mở loa, kèn, trống trước 6 giờ sáng và sau 22 giờ đêm.",
            "Cửa hàng bán lẻ xăng dầu mở cửa từ 6 giờ đến 22 giờ.",
        ]
    )
    funeral, petrol = passages @ asked
    assert funeral > petrol
