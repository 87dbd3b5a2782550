"""Keeps None, True and False alive where PySide6 gives back references it never took."""

from __future__ import annotations

import ctypes
import sys

IMMORTAL_SINCE = (3, 12)
"""From this Python on nobody counts references to None, True and False."""

MANY = 1 << 40


def hold_singletons() -> None:
    """Raise the reference counts of None, True and False so far that they can never reach zero.

    PySide6 6.12 counts on Python 3.12, where these three live for ever (PEP 683): on 3.11 every call
    that answers None drops one reference too many, and after a few thousand painted lines the
    interpreter ends with "deallocating None". Nothing is freed twice by this: they are never freed.
    """
    if sys.version_info < IMMORTAL_SINCE and sys.implementation.name == "cpython":
        for single in (None, True, False):
            ctypes.c_ssize_t.from_address(id(single)).value += MANY
