"""Loads PySide6 without what it brings along for its own help texts.

PySide6 carries modules that write signatures, stubs and the words of a `TypeError`. It keeps them as source
inside one of its libraries and compiles all of it at every start, which takes as long as all of its Qt
libraries together. Here each of them is loaded when something in it is first asked for: nothing else of
PySide6 changes, and what it offers stays whole. A PySide6 that is put together in another way is loaded as
it loads itself.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Protocol

EMBEDDED = "EmbeddableZipImporter"
"""The name PySide6 gives its finder of modules inside its library."""
RARELY = frozenset(
    f"shibokensupport.signature.{name}"
    for name in ("errorhandler", "layout", "mapping", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")
)
"""What is only needed for a signature, a help text or the words of a mistaken call."""


class Finder(Protocol):
    """What Python asks for modules."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return how to load a module, None when it is not found here."""


class _Waiting(ModuleType):
    """A module that is loaded when one of its names is first asked for."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        loader = vars(self).pop("_waiting_for", None)
        if loader is not None:
            loader.exec_module(self)
        try:
            return vars(self)[name]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None


class _LaterLoader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Waiting(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["_waiting_for"] = self._loader


class _LaterFinder:
    """Finds what another finder finds, and has it loaded later."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return how to load one of PySide6's modules for help texts."""
        spec = self._finder.find_spec(fullname, path, target) if fullname in RARELY else None
        if spec is None or spec.loader is None:
            return None
        return ModuleSpec(fullname, _LaterLoader(spec.loader))


class _Finders(list[Finder]):
    """Python's finders; PySide6's own, put in front while it loads, is met by one in front of it."""

    def insert(self, index: int, finder: Finder, /) -> None:  # type: ignore[override]
        """Put a finder in its place."""
        super().insert(index, finder)
        if type(finder).__name__ == EMBEDDED:
            super().insert(index, _LaterFinder(finder))


@contextmanager
def lean_binding() -> Iterator[None]:
    """While this lasts, PySide6 loads no more of itself than it needs.

    PySide6 also puts a hook around Python's `import`: it reads the source of every module imported after, in
    search of `from __feature__ import`, which nothing here uses. That costs 50 ms and 5 MB on the way to the
    first window, and more for the heavy libraries; so the plain `import` is put back at the end.
    """
    plain_import, finders = builtins.__import__, sys.meta_path
    mended = _Finders(finders)
    sys.meta_path = mended
    try:
        yield
    finally:
        finders[:] = [finder for finder in mended if not isinstance(finder, _LaterFinder)]
        sys.meta_path = finders
        builtins.__import__ = plain_import
