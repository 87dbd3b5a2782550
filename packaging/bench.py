"""Prints the table of speed and size, every ratio measured side by side in this run.

Started by `python3 packaging/dev.py bench`, inside the project's environment.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from itertools import chain

from bench_table import Row
from bench_window import edit_rows, frozen_rows, history_rows, start_rows
from bench_work import outlook_rows, plan_rows, reading_rows


def rows() -> Iterator[Row]:
    """Measure everything, one row after the other."""
    groups: tuple[Callable[[], Iterator[Row]], ...] = (
        start_rows,
        edit_rows,
        history_rows,
        plan_rows,
        reading_rows,
        outlook_rows,
        frozen_rows,
    )
    return chain.from_iterable(group() for group in groups)


def main() -> int:
    """Print the table; returns 1 when a measured row misses its mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    print(f"{'what':<48} {'reach':>11}   measured", flush=True)
    missed = 0
    for row in rows():
        print(row.line(), flush=True)
        missed += row.held is False
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
