"""Everything that needs Qt."""

from .binding import lean_binding
from .lean_enums import make_enums_lean

with lean_binding():
    import PySide6.QtCore  # noqa: F401

make_enums_lean()
