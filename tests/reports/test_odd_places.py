"""A report never takes the place of a device or a pipe."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from desktop_app.reports import refuse_household
from desktop_app.reports.files import ReportNotWrittenError, write_whole


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    """Whoever waits at its other end would wait for ever; as root even /dev/null was replaced."""
    if sys.platform == "win32":  # has no pipes in folders
        return
    pipe = tmp_path / "out.csv"
    os.mkfifo(pipe)
    for ask in (lambda: write_whole(pipe, b"a,b"), lambda: refuse_household(pipe)):
        with pytest.raises(ReportNotWrittenError, match="not an ordinary file"):
            ask()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_a_device() -> None:
    with pytest.raises(ReportNotWrittenError, match="not an ordinary file"):
        refuse_household(Path(os.devnull))


def test_a_folder_stays_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReportNotWrittenError):
        write_whole(tmp_path, b"a,b")
    assert tmp_path.is_dir()
