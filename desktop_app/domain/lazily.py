"""Names of a package that are loaded when they are first asked for, so that a start loads little."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def loader(package: str, names: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """Return the `__getattr__` (PEP 562) of a package; `names` are what each of its modules has to offer.

    A name is looked up once and then stands in the package. Asking for any other raises `AttributeError`.
    """
    home = {name: module for module, offered in names.items() for name in offered}

    def load(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{package}.{home[name]}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return load
