"""Patterns kept compiled from one start of the program to the next, as Python itself keeps modules.

The compiler of patterns is written in Python: for those of a check it takes an eighth of the time, at every start.
What it makes of a pattern and its flags is always the same, and so is what `kb.pattern_starts` adds. It is kept
where Python keeps compiled modules (``__pycache__``, or below ``PYTHONPYCACHEPREFIX``), found by the words of the
pattern, so it cannot be old; where Python keeps none (``-B``, a folder that may not be written to), nothing is
kept.

The compiler has no public door. This stands on the inside of CPython 3.11 to 3.13; on any other Python, and where
what was kept cannot be read, every pattern is compiled as ever. Only patterns of the program are kept, none that
is made of the words of a document: those that are compiled inside `patterns_kept`.

The methods that `dataclasses` writes for each class and compiles at every start are kept beside them.
"""

from __future__ import annotations

import atexit
import marshal
import os
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from threading import RLock, get_ident
from types import CodeType, ModuleType
from typing import Any

_KNOWN = sys.implementation.name == "cpython" and (3, 11) <= sys.version_info[:2] <= (3, 13)
_MOST = 7000
_DEBUG = int(re.DEBUG)  # to ask a number is ten times faster than to ask a flag
#: Raised where `kb.pattern_starts` makes another code of the same pattern.
_CODE = 1
#: A pattern and its flags as they were asked for; what `dataclasses` writes has no flags.
_Asked = tuple[str, int]
_NO_FLAGS = -1
#: All flags, the code, how many groups, their names by number and by place.
_Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]


class _Kept:
    """What is kept, read once a process; the patterns that are new are written when it ends."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._compiler: Any = import_module("re._compiler")
        self._parser: Any = import_module("re._parser")
        self._matcher: Any = import_module("_sre")
        self._dataclasses: Any = import_module("dataclasses")
        self._plain: Callable[..., re.Pattern[str]] = self._compiler.compile
        self._version = f"{sys.version} {self._matcher.MAGIC} {_CODE}"
        self._patterns: dict[_Asked, Any] = self._read()
        self._used: set[_Asked] = set()
        self._new = False
        self._one = RLock()
        self._thread = 0

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """What this thread asks for meanwhile is kept; the compiler is as it was afterwards."""
        with self._one:
            before = self._thread, self._compiler.compile, vars(self._dataclasses).get("exec", exec)
            self._thread, self._compiler.compile = get_ident(), self._compile
            self._dataclasses.exec = self._execute
            try:
                yield
            finally:
                self._thread, self._compiler.compile, self._dataclasses.exec = before

    def _execute(self, written: str, *spaces: dict[str, Any]) -> None:
        """Execute what `dataclasses` wrote; it is compiled once for all starts."""
        if get_ident() != self._thread:
            exec(written, *spaces)
            return
        asked = written, _NO_FLAGS
        self._used.add(asked)
        try:
            code = marshal.loads(self._patterns[asked])
        except (ValueError, EOFError, TypeError, KeyError):
            code = None
        if not isinstance(code, CodeType):
            code = compile(written, "<string>", "exec")
            self._patterns[asked] = marshal.dumps(code)
            self._new = True
        exec(code, *spaces)

    def _compile(self, pattern: object, flags: int = 0) -> re.Pattern[str]:
        flags = int(flags)
        if not isinstance(pattern, str) or flags & _DEBUG or get_ident() != self._thread:
            return self._plain(pattern, flags)
        self._used.add((pattern, flags))
        made = self._patterns.get((pattern, flags))
        if made is not None:
            try:
                return self._again(pattern, made)
            except (RuntimeError, TypeError, ValueError):
                pass  # the matcher looks at the code before it takes it
        self._patterns[pattern, flags] = made = self._make(pattern, flags)
        self._new = True
        return self._again(pattern, made)

    def _make(self, pattern: str, flags: int) -> _Made:
        """What becomes of a pattern, as the compiler's own `compile` hands it to the matcher."""
        parsed = self._parser.parse(pattern, flags)
        state = parsed.state
        code = array("I", import_module("kb.pattern_starts").code_of(parsed, flags)).tobytes()
        places: list[str | None] = [None] * state.groups
        for name, place in state.groupdict.items():
            places[place] = name
        return flags | state.flags, code, state.groups - 1, dict(state.groupdict), tuple(places)

    def _again(self, pattern: str, made: _Made) -> re.Pattern[str]:
        flags, code, groups, names, places = made
        again: re.Pattern[str] = self._matcher.compile(
            pattern, flags, array("I", code).tolist(), groups, names, places
        )
        return again

    def _read(self) -> dict[_Asked, Any]:
        with suppress(OSError, ValueError, EOFError, TypeError):
            version, patterns = marshal.loads(self._file.read_bytes())
            if version == self._version:
                return dict(patterns)
        return {}

    def write(self) -> None:
        """Keep what is new, in one step; a folder that may not be written to is no fault."""
        if not self._new or sys.dont_write_bytecode:
            return
        fresh = self._file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            fresh.parent.mkdir(parents=True, exist_ok=True)
            told = self._patterns
            if len(told) > _MOST:  # those of programs that were here before
                told = {asked: told[asked] for asked in self._used & told.keys()}
            fresh.write_bytes(marshal.dumps((self._version, told)))
            fresh.replace(self._file)


def _open() -> _Kept | None:
    if not _KNOWN:
        return None
    try:
        kept = _Kept(Path(cache_from_source(__file__)).with_suffix(".patterns"))
    except (ImportError, AttributeError, NotImplementedError):
        return None
    atexit.register(kept.write)
    return kept


_HELD: list[_Kept | None] = []


@contextmanager
def patterns_kept() -> Iterator[None]:
    r"""Patterns that are compiled meanwhile are kept for the next start; also a decorator.

    >>> import re
    >>> with patterns_kept():
    ...     found = re.compile(r"(?P<number>\d+)/QĐ").match("12/QĐ")
    >>> found["number"]
    '12'
    """
    if not _HELD:
        _HELD.append(_open())
    kept = _HELD[0]
    if kept is None:
        yield
        return
    with kept.keeping():
        yield


def loaded(module: str) -> ModuleType:
    """A module of the program that is loaded where it is needed; its patterns are kept too.

    >>> loaded("kb.bilingual").both("ngày", "day").en
    'day'
    """
    with patterns_kept():
        return import_module(module)
