"""How long the tests search: a little in every run, five times as long before a release.

`packaging/dev.py test --thorough` sets `EVEN_KEEL_THOROUGH`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

THOROUGH = bool(os.environ.get("EVEN_KEEL_THOROUGH"))
FURTHER = 5
EVERY = 3
_T = TypeVar("_T")


def tries(usual: int) -> int:
    """Return how many random cases to try, where `usual` are enough for every run."""
    return usual * FURTHER if THOROUGH else usual


def some(cases: Iterable[_T]) -> list[_T]:
    """Return every third of many cases that ask the same of different files; all of them when thorough."""
    return list(cases)[:: 1 if THOROUGH else EVERY]
