"""Something that is not allowed yet because of past exchanges."""

from __future__ import annotations

from datetime import date

from .funds import Fund
from .records import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something of an account that is not allowed before `free_on`; `fund` is None for the whole account."""

    account_id: str
    fund: Fund | None
    words: str
    free_on: date
