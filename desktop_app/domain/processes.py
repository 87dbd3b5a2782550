"""Whether a process is still there, told by its number."""

from __future__ import annotations

import os
import sys


def is_running(process: int) -> bool:
    """Tell whether a process of that number runs; Windows itself keeps a file that is being written."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
