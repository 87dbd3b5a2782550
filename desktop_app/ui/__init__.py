"""Everything that needs Qt.

PySide6 puts a hook of its own around Python's `import`: it reads the source of every module imported after,
in search of `from __feature__ import`, which nothing here uses. That costs 50 ms and 5 MB on the way to the
first window, and more for the heavy libraries; so the plain `import` is put back once Qt is there.
"""

import builtins

_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401 - between the two lines that keep and put back

builtins.__import__ = _plain_import
