"""The drawing library without its views in other processes, which bring sockets and are not used here."""

from __future__ import annotations

import sys
from types import ModuleType

_name = "pyqtgraph.widgets.RemoteGraphicsView"
_empty = ModuleType(_name)
_empty.__dict__["RemoteGraphicsView"] = None
sys.modules.setdefault(_name, _empty)

import pyqtgraph  # type: ignore[import-untyped] # noqa: E402 - once the place is taken

__all__ = ["pyqtgraph"]
