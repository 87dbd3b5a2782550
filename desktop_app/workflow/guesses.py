"""What a holding nobody knows may be: options and bank deposits are no funds, the rest is guessed by name."""

from __future__ import annotations

import re
from typing import TypeAlias

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.language import translator
from desktop_app.domain.mix import AssetMix
from desktop_app.importers import best_guesses

_tr = translator("LikelyKinds")
Guess: TypeAlias = tuple[str, AssetMix]

_OPTION = re.compile(
    r"\b(?:call|put)s?\b.*\d|\d.*\b(?:call|put)s?\b|^-?[A-Z.]{1,6}\s*\d{6}[CP]\d+(?:\.\d+)?$", re.IGNORECASE
)
_FUND = re.compile(r"\b(?:covered|write|premium|income|strategy|fund|etf|trust|index)\b", re.IGNORECASE)
"""Words of funds that deal in options, such as those of covered calls."""
_DEPOSIT = re.compile(r"\b(?:CDs?|certificates?\s+of\s+deposit|time\s+deposit)\b", re.IGNORECASE)

_LONGEST = 200
"""Characters of a name that are looked at: a file may hold one of a megabyte."""


def likely_kinds(name: str) -> tuple[Guess, ...]:
    """Return up to two likely mixes for a holding nobody knows, each with its words.

    An option is a claim on one company's stock, unless the user knows better; a bank's certificate of
    deposit is cash that is not free yet. Neither is ever offered as a fund.
    """
    name = name[:_LONGEST]
    if _OPTION.search(name) and not _FUND.search(name):
        return ((_tr("company stock"), AssetMix.single(AssetClass.COMPANY_STOCK)),)
    if _DEPOSIT.search(name):
        return (
            (_tr("cash"), AssetMix.single(AssetClass.CASH)),
            (_tr("short-term bonds"), AssetMix.single(AssetClass.US_BOND_SHORT)),
        )
    return best_guesses(name)
