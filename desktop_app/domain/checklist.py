"""The trade checklist: a plan on its way to the plan's website, with ticks and confirmations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from .accounts import Account
from .exchange_log import PastExchange
from .funds import Fund
from .plan import Exchange, ExchangePlan, FutureElection, LaterExchange


@dataclass(frozen=True, slots=True)
class ChecklistTick:
    """What the user noted for one exchange or one change of an election."""

    done: bool = False
    confirmation: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A plan turned into paper: `number` counts the household's plans from 1.

    `ticks` runs parallel to `plan.exchanges` and `election_ticks` to `plan.futures`; `later_ticks` to
    `plan.later`, or is empty while none was ticked. `accounts` are those of the snapshot it was made from.
    """

    number: int
    made_on: date
    plan: ExchangePlan
    accounts: tuple[Account, ...]
    ticks: tuple[ChecklistTick, ...]
    election_ticks: tuple[ChecklistTick, ...] = ()
    later_ticks: tuple[ChecklistTick, ...] = ()

    @property
    def done_count(self) -> int:
        """Number of steps ticked: exchanges and changes of an election."""
        return sum(tick.done for tick in (*self.ticks, *self.election_ticks))

    @property
    def step_count(self) -> int:
        """Number of exchanges and changes of an election."""
        return len(self.ticks) + len(self.election_ticks)

    @property
    def is_done(self) -> bool:
        """Whether every step is ticked."""
        return self.done_count == self.step_count

    def with_tick(self, index: int, tick: ChecklistTick) -> Checklist:
        """Return the checklist with one exchange's note replaced."""
        return replace(self, ticks=(*self.ticks[:index], tick, *self.ticks[index + 1 :]))

    def with_election_tick(self, index: int, tick: ChecklistTick) -> Checklist:
        """Return the checklist with the note of one change of an election replaced."""
        ticks = self.election_ticks
        return replace(self, election_ticks=(*ticks[:index], tick, *ticks[index + 1 :]))

    def with_later_tick(self, index: int, tick: ChecklistTick) -> Checklist:
        """Return the checklist with the note of one later step replaced."""
        ticks = self.later_ticks or tuple(ChecklistTick() for _ in self.plan.later)
        return replace(self, later_ticks=(*ticks[:index], tick, *ticks[index + 1 :]))

    def step(self, index: int) -> ChecklistTick:
        """Return the note of a step, counted through the exchanges and then the elections."""
        return (*self.ticks, *self.election_ticks)[index]

    def election_of(self, account_id: str) -> tuple[int, FutureElection, ChecklistTick] | None:
        """Return index, election and tick of one account's future contributions, None without any."""
        pairs = zip(self.plan.futures, self.election_ticks, strict=True)
        found = (
            (i, future, tick) for i, (future, tick) in enumerate(pairs) if future.account_id == account_id
        )
        return next(found, None)

    def has_steps(self, account_id: str) -> bool:
        """Tell whether anything is to be entered for an account."""
        return bool(self.of_account(account_id)) or self.election_of(account_id) is not None

    def done_exchanges(self) -> tuple[PastExchange, ...]:
        """Return what was ticked as done, on the day noted or else the day the checklist was made."""
        pairs: list[tuple[Exchange | LaterExchange, ChecklistTick]] = [
            *zip(self.plan.exchanges, self.ticks, strict=True),
            *(zip(self.plan.later, self.later_ticks, strict=True) if self.later_ticks else ()),
        ]
        return tuple(
            PastExchange(
                exchange.account_id,
                _called(exchange.source),
                _called(exchange.target),
                exchange.amount,
                tick.done_on or self.made_on,
            )
            for exchange, tick in pairs
            if tick.done
        )

    def of_account(self, account_id: str) -> tuple[tuple[int, Exchange, ChecklistTick], ...]:
        """Return index, exchange and tick of each order of one account, in order."""
        return tuple(
            (i, exchange, tick)
            for i, (exchange, tick) in enumerate(zip(self.plan.exchanges, self.ticks, strict=True))
            if exchange.account_id == account_id
        )


def _called(fund: Fund | None) -> str | None:
    """Return the surest name of a fund: its symbol or CUSIP where it has one."""
    return None if fund is None else fund.symbol or fund.cusip or fund.name
