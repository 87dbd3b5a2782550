"""Writes a report whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from desktop_app.domain.errors import UserError


class ReportNotWrittenError(UserError):
    """The system refused to write a report."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"“{path.name}” could not be written: {reason}. Nothing was changed. "
            "If another program has this file open, close it there; otherwise choose another folder or name."
        )


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` into `path` through a temporary file beside it, so that no half-written report is left.

    Raises `ReportNotWrittenError`; an older file of that name is then untouched.
    """
    temporary = path.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise ReportNotWrittenError(path, error.strerror or type(error).__name__) from error
