"""A fund as the household knows it, and how one row of a file is tied to it."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from .classes import AssetClass
from .language import translator
from .mix import AssetMix
from .records import dataclass

FundKey: TypeAlias = str
"""What makes two rows the same fund: symbol, else CUSIP, else the name without case and spacing."""


class ClassifiedBy(StrEnum):
    """How a fund's mix was decided."""

    SYMBOL = "symbol"
    NAME = "name"
    USER = "user"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fund:
    """One investment choice.

    `expense_ratio` is in percent a year. `estimated` marks a mix that is an estimate (target-date
    funds), `note` says in words where the mix comes from.
    """

    key: FundKey
    name: str
    mix: AssetMix
    classified_by: ClassifiedBy
    symbol: str | None = None
    cusip: str | None = None
    expense_ratio: Decimal | None = None
    estimated: bool = False
    note: str = ""

    @property
    def is_one_company(self) -> bool:
        """Whether this is the stock of one company, the employer's or another."""
        noted = "Shares of one large US company."
        alone = self.mix.main is AssetClass.COMPANY_STOCK and len(self.mix.parts) == 1
        return alone or (bool(self.note) and self.note in {noted, translator("Estimates")(noted)})

    def is_called(self, text: str) -> bool:
        """Tell whether `text` names this fund by symbol, CUSIP or name (case and spacing aside)."""
        wanted = normal_name(text)
        return wanted in {
            normal_name(word) for word in (self.key, self.name, self.symbol, self.cusip) if word
        }


@lru_cache(maxsize=4096)
def normal_name(text: str) -> str:
    """Return a name without case, doubled spaces and outer punctuation, for comparing only."""
    return re.sub(r"\s+", " ", text).strip(" .,*").casefold()


_WINDOW_WORDS = (
    "brokeragelink", "selfdirectedbrokerage", "selfdirectedaccount", "selfdirectedoption", "brokeragewindow",
    "brokerageoption", "personalchoiceretirement", "schwabpcra", "mutualfundwindow", "fundwindow",
    "tradelink", "selfmanagedaccount",
)  # fmt: skip
_WINDOW_BEGINS = ("pcra", "sdba", "sdbo")
_LONGEST = 1000


def is_window_name(name: str) -> bool:
    """Tell whether a fund or account is called as brokerage windows are; long texts are cut."""
    letters = "".join(char for char in name[:_LONGEST].lower() if char.isalpha())
    return (
        letters == "selfdirected"
        or letters.startswith(_WINDOW_BEGINS)
        or any(word in letters for word in _WINDOW_WORDS)
    )


def fund_key(symbol: str | None, cusip: str | None, name: str) -> FundKey:
    """Return the key under which a row's fund is remembered."""
    return (symbol or cusip or normal_name(name)).strip()
