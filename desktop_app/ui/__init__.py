"""Everything that needs Qt."""

from .binding import lean_binding
from .lean_enums import make_enums_lean

make_enums_lean()  # beforehand: a thousand members are made while QtCore is loaded
with lean_binding():
    import PySide6.QtCore  # noqa: F401
