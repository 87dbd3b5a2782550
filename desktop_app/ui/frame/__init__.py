"""The parts of the window around the pages: rail, tool bar, menus."""

from .rail import Rail
from .tool_bar import ToolBar

__all__ = ["Rail", "ToolBar"]
