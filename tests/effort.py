"""How long the tests search: a little in every run, five times as long before a release.

`packaging/dev.py test --thorough` sets `EVEN_KEEL_THOROUGH`.
"""

from __future__ import annotations

import os

THOROUGH = bool(os.environ.get("EVEN_KEEL_THOROUGH"))
FURTHER = 5


def tries(usual: int) -> int:
    """Return how many random cases to try, where `usual` are enough for every run."""
    return usual * FURTHER if THOROUGH else usual
