"""The parts of the window around the pages: rail, tool bar, menus, progress of a reading."""

from .fault_bar import FaultBar
from .rail import Rail
from .reading_bar import ReadingBar
from .tool_bar import ToolBar
from .unsaved_bar import UnsavedBar
from .waiting_bar import WaitingBar

__all__ = ["FaultBar", "Rail", "ReadingBar", "ToolBar", "UnsavedBar", "WaitingBar"]
