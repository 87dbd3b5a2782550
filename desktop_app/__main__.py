"""`python -m desktop_app`: a window, or a headless command when the arguments name one."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program; returns its exit code."""
    from .app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
