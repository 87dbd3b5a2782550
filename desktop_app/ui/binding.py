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
from _thread import RLock
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Protocol

EMBEDDED = "EmbeddableZipImporter"
"""The name PySide6 gives its finder of modules inside its library."""
_NAMES = ("errorhandler", "layout", "mapping", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")
RARELY = frozenset(f"shibokensupport.signature.{name}" for name in _NAMES)
"""What is only needed for a signature, a help text or the words of a mistaken call."""
FEATURE = "shibokensupport.feature"
STANDARD = frozenset({"bz2", "inspect", "lzma", "shutil", "tempfile", "textwrap", "traceback"})
"""Modules of Python that PySide6 brings along for the same ends, with a dozen others behind them."""
PICKED = {"shibokensupport.signature.mapping": ("update_mapping",), "textwrap": ("dedent",)}
"""Functions that PySide6 picks out of a module, which it need not be loaded for."""


_loading = RLock()


class Loader(Protocol):
    """What Python has a module made and filled by; the standard class is slow to load."""

    def create_module(self, spec: ModuleSpec, /) -> ModuleType | None:
        """Return a new module, None for a usual one."""

    def exec_module(self, module: ModuleType, /) -> None:
        """Run what the module consists of."""


class Finder(Protocol):
    """What Python asks for modules."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return how to load a module, None when it is not found here."""


class _Waiting(ModuleType):
    """A module that is loaded when one of its names is first asked for, on whatever thread."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        _load_now(self)
        try:
            return vars(self)[name]
        except KeyError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None


def _load_now(module: ModuleType) -> None:
    with _loading:
        load = vars(module).pop("_waiting_for", None)
        if load is not None:
            load(module)


def _ask(module: ModuleType, name: str, /, *arguments: object) -> object:
    """Call a function of a module that waits; once it is loaded, its own stands in this one's place."""
    _load_now(module)
    return vars(module)[name](*arguments)


class _LaterLoader:
    def __init__(self, name: str, loader: Loader) -> None:
        self._name = name
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Waiting(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["_waiting_for"] = self._load
        for name in PICKED.get(self._name, ()):
            vars(module)[name] = partial(_ask, module, name)

    def _load(self, module: ModuleType) -> None:
        """Fill the module under the name it was found by; PySide6 has given it another one since."""
        spec = module.__spec__
        if spec is None:
            return
        later, spec.name = spec.name, self._name
        self._loader.exec_module(module)
        spec.name = later


class _FeatureLoader:
    """Loads the module behind `from __feature__ import` without its look into the source of all others."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        vars(module)["feature_imported"] = _look_at_nothing


def _look_at_nothing(_module: ModuleType) -> None:
    """Leave an imported module alone: nothing here uses what PySide6 would look for in it."""


class _LaterFinder:
    """Finds what another finder finds, and has it loaded later."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return how to load one of PySide6's modules for help texts."""
        spec = None
        if fullname in RARELY or fullname == FEATURE:
            spec = self._finder.find_spec(fullname, path, target)
        if spec is None or spec.loader is None:
            return None
        lean = _FeatureLoader(spec.loader) if fullname == FEATURE else _LaterLoader(fullname, spec.loader)
        return ModuleSpec(fullname, lean)  # type: ignore[arg-type]  # all it needs


class _StandardFinder:
    """Finds some modules of Python where Python finds them, and has them loaded later."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return how to load one of Python's modules that PySide6 hardly needs."""
        spec = PathFinder.find_spec(fullname, path, target) if fullname in STANDARD else None
        if spec is None or spec.loader is None:
            return None
        spec.loader = _LaterLoader(fullname, spec.loader)  # type: ignore[assignment]  # all it needs
        return spec


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
    mended = _Finders([_StandardFinder(), *finders])
    sys.meta_path = mended
    try:
        yield
    finally:
        finders[:] = [finder for finder in mended if not isinstance(finder, _LaterFinder | _StandardFinder)]
        sys.meta_path = finders
        builtins.__import__ = plain_import
