"""`python -m desktop_app`: a window, or a headless command when the arguments name one."""

from __future__ import annotations

import sys

STOPPED = 130
"""What a program ends with that the interrupt key stopped, as shells count."""


def main() -> int:
    """Run the program; returns its exit code."""
    try:
        from .app import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # also while the program is still being loaded
        sys.stderr.write("even-keel: stopped.\n")
        return STOPPED


if __name__ == "__main__":
    sys.exit(main())
