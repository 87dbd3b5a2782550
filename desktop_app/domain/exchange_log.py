"""Exchanges made in the past: what waiting times and limits are counted from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from .funds import Fund
from .money import ZERO, Money
from .records import dataclass


@dataclass(frozen=True, slots=True)
class PastExchange:
    """One exchange that was carried out on `day`: `amount` dollars, funds named by symbol, CUSIP or name.

    `source` is None for new money, `target` for money paid out. `automatic` marks what the plan did by
    itself (contributions, reinvested dividends, scheduled rebalancing): no trading rule counts that.
    """

    account_id: str
    source: str | None
    target: str | None
    amount: Money
    day: date
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class ExchangeLog:
    """Past exchanges of every account, in any order."""

    entries: tuple[PastExchange, ...] = ()

    def of(self, account_id: str, today: date) -> ExchangeLog:
        """Return what a person ordered in one account up to `today`, oldest first."""
        own = (
            entry
            for entry in self.entries
            if entry.account_id == account_id and not entry.automatic and entry.day <= today
        )
        return ExchangeLog(tuple(sorted(own, key=lambda entry: entry.day)))

    def since(self, day: date) -> ExchangeLog:
        """Return the entries from `day` on."""
        return ExchangeLog(tuple(entry for entry in self.entries if entry.day >= day))

    def naming(self, fund: Fund) -> ExchangeLog:
        """Return the entries a fund took part in."""
        return ExchangeLog(
            tuple(
                entry
                for entry in self.entries
                if any(name is not None and fund.is_called(name) for name in (entry.source, entry.target))
            )
        )

    def into(self, fund: Fund) -> dict[date, Money]:
        """Return dollars that went into a fund per day, oldest first."""
        return self._by_day(lambda entry: entry.target is not None and fund.is_called(entry.target))

    def out_of(self, fund: Fund) -> dict[date, Money]:
        """Return dollars that left a fund per day, oldest first."""
        return self._by_day(lambda entry: entry.source is not None and fund.is_called(entry.source))

    def days(self) -> tuple[date, ...]:
        """Return the days on which something was exchanged between funds, oldest first."""
        found = {entry.day for entry in self.entries if entry.source is not None and entry.target is not None}
        return tuple(sorted(found))

    def _by_day(self, counts: Callable[[PastExchange], bool]) -> dict[date, Money]:
        found: dict[date, Money] = {}
        for entry in sorted(self.entries, key=lambda entry: entry.day):
            if counts(entry):
                found[entry.day] = found.get(entry.day, ZERO) + entry.amount
        return found


NO_LOG = ExchangeLog()
"""Nothing is known to have been exchanged."""
