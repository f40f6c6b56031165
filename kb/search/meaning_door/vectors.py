"""The vectors of passages that were read already, in one file of a home: records of a key and a vector.

What a passage means is kept under the hash of its words, so it outlives every rebuild of an index, and equal
passages share it. Records are only added; a last one that a crash cut short is left out and written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from kb.search.meaning_door.encoder import SIZE, Vector

#: Numbers of a vector of length one, of 384 numbers, are small: so many steps to one, in a byte.
_STEPS = 400
_RECORD = np.dtype([("key", "<u8"), ("vector", "i1", (SIZE,))])


class Vectors:
    """The vectors of a file, which need not be there yet; what others add is seen at the next question."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = -1
        self._records: NDArray[np.void] = np.empty(0, _RECORD)
        self._order: NDArray[np.intp] = np.empty(0, np.intp)
        self._keys: NDArray[np.uint64] = np.empty(0, np.uint64)

    def __len__(self) -> int:
        self._look()
        return len(self._records)

    def find(self, keys: Sequence[int]) -> list[Vector | None]:
        """The vectors of some keys, None for one that there is none of."""
        places = self._places(keys)
        return [
            None if place < 0 else self._records[place]["vector"].astype(np.float32) / _STEPS for place in places
        ]

    def missing(self, keys: Sequence[int]) -> list[int]:
        """The keys without a vector, each once."""
        places = self._places(keys)
        return list(dict.fromkeys(key for key, place in zip(keys, places, strict=True) if place < 0))

    def add(self, keys: Iterable[int], vectors: Vector) -> None:
        """Add vectors at the end of the file."""
        records = np.empty(len(vectors), _RECORD)
        records["key"] = np.fromiter(keys, np.uint64)
        records["vector"] = np.clip(np.rint(vectors * _STEPS), -127, 127)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._path}.lock"):
            whole = self._size_now() // _RECORD.itemsize * _RECORD.itemsize
            with self._path.open("r+b" if self._path.exists() else "w+b") as file:
                file.seek(whole)
                file.write(records.tobytes())

    def _places(self, keys: Sequence[int]) -> list[int]:
        self._look()
        if not len(self._keys):
            return [-1] * len(keys)
        wanted = np.fromiter(keys, np.uint64)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found = self._keys[at] == wanted
        return [int(place) if held else -1 for place, held in zip(self._order[at], found, strict=True)]

    def _look(self) -> None:
        size = self._size_now() // _RECORD.itemsize
        if size == self._size:
            return
        self._size = size
        self._records = np.memmap(self._path, _RECORD, "r", shape=(size,)) if size else np.empty(0, _RECORD)
        self._order = np.argsort(self._records["key"], kind="stable")
        self._keys = self._records["key"][self._order]

    def _size_now(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0
