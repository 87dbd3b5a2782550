"""Everything that needs Qt."""

from .binding import lean_binding

with lean_binding():
    import PySide6.QtCore  # noqa: F401
