"""Processes: whether one is still there, told by its number, and what a crash of this one leaves."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


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


def leave_no_memory_image() -> None:
    """Let a crash leave no image of the memory on the disk: household, key and passphrase are in it.

    A limit of one byte stops Linux also where it hands images to a program that collects them, which a
    limit of nothing does not. Windows keeps none of a program unless it is told to.
    """
    if sys.platform == "win32":
        return
    import resource

    hardest = resource.getrlimit(resource.RLIMIT_CORE)[1]
    least = 1 if hardest == resource.RLIM_INFINITY else min(1, hardest)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (least, least))
