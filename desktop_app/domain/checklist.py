"""The trade checklist: a plan on its way to the plan's website, with ticks and confirmations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .accounts import Account
from .exchange_log import PastExchange
from .funds import Fund
from .plan import Exchange, ExchangePlan, FutureElection, LaterExchange
from .records import dataclass


@dataclass(frozen=True, slots=True)
class ChecklistTick:
    """What the user noted for one exchange, now or later, or for one change of an election."""

    done: bool = False
    confirmation: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A plan turned into paper: `number` counts the household's plans from 1.

    Its steps are counted through the exchanges, the changes of an election, and the exchanges that must wait.
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
    def steps(self) -> tuple[ChecklistTick, ...]:
        """The note of every step."""
        return (*self.ticks, *self.election_ticks, *self._noted_later)

    @property
    def _noted_later(self) -> tuple[ChecklistTick, ...]:
        return self.later_ticks or tuple(ChecklistTick() for _ in self.plan.later)

    @property
    def done_count(self) -> int:
        """Number of steps ticked."""
        return sum(tick.done for tick in self.steps)

    @property
    def step_count(self) -> int:
        """Number of steps."""
        return len(self.steps)

    @property
    def is_done(self) -> bool:
        """Whether every step is ticked, those of a later day too."""
        return self.done_count == self.step_count

    def waits_until(self, today: date) -> date | None:
        """Return the day from which the next step is possible, None when something can be done today.

        None also when everything is done.
        """
        if not all(tick.done for tick in (*self.ticks, *self.election_ticks)):
            return None
        pairs = zip(self.plan.later, self._noted_later, strict=True)
        first = min((later.not_before for later, tick in pairs if not tick.done), default=None)
        return first if first is not None and first > today else None

    def with_tick(self, index: int, tick: ChecklistTick) -> Checklist:
        """Return the checklist with one exchange's note replaced."""
        return replace(self, ticks=(*self.ticks[:index], tick, *self.ticks[index + 1 :]))

    def with_election_tick(self, index: int, tick: ChecklistTick) -> Checklist:
        """Return the checklist with the note of one change of an election replaced."""
        ticks = self.election_ticks
        return replace(self, election_ticks=(*ticks[:index], tick, *ticks[index + 1 :]))

    def with_later_tick(self, index: int, tick: ChecklistTick) -> Checklist:
        """Return the checklist with the note of one later step replaced."""
        ticks = self._noted_later
        return replace(self, later_ticks=(*ticks[:index], tick, *ticks[index + 1 :]))

    def step(self, index: int) -> ChecklistTick:
        """Return the note of a step."""
        return self.steps[index]

    def election_of(self, account_id: str) -> tuple[int, FutureElection, ChecklistTick] | None:
        """Return index, election and tick of one account's future contributions, None without any."""
        pairs = zip(self.plan.futures, self.election_ticks, strict=True)
        found = (
            (i, future, tick) for i, (future, tick) in enumerate(pairs) if future.account_id == account_id
        )
        return next(found, None)

    def has_steps(self, account_id: str) -> bool:
        """Tell whether anything is to be entered for an account on the day of the plan."""
        return bool(self.of_account(account_id)) or self.election_of(account_id) is not None

    @property
    def exchange_ticks(self) -> tuple[ChecklistTick, ...]:
        """The notes of all exchanges, of the plan's day and later."""
        return (*self.ticks, *self._noted_later)

    def done_exchanges(self) -> tuple[PastExchange, ...]:
        """Return what was ticked as done, on the day noted or else the day the checklist was made."""
        exchanges: tuple[Exchange | LaterExchange, ...] = (*self.plan.exchanges, *self.plan.later)
        return tuple(
            PastExchange(
                exchange.account_id,
                _called(exchange.source),
                _called(exchange.target),
                exchange.amount,
                tick.done_on or self.made_on,
            )
            for exchange, tick in zip(exchanges, self.exchange_ticks, strict=True)
            if tick.done
        )

    def of_account(self, account_id: str) -> tuple[tuple[int, Exchange, ChecklistTick], ...]:
        """Return index, exchange and tick of each order of one account, in order."""
        return tuple(
            (i, exchange, tick)
            for i, (exchange, tick) in enumerate(zip(self.plan.exchanges, self.ticks, strict=True))
            if exchange.account_id == account_id
        )

    def later_of(self, account_id: str) -> tuple[tuple[int, LaterExchange, ChecklistTick], ...]:
        """Return place among the steps, exchange and tick of what must wait in one account, by its day."""
        first = len(self.ticks) + len(self.election_ticks)
        pairs = zip(self.plan.later, self._noted_later, strict=True)
        places = [(first + i, later, tick) for i, (later, tick) in enumerate(pairs)]
        own = [each for each in places if each[1].account_id == account_id]
        return tuple(sorted(own, key=lambda each: each[1].not_before))


def _called(fund: Fund | None) -> str | None:
    """Return the surest name of a fund: its symbol or CUSIP where it has one."""
    return None if fund is None else fund.symbol or fund.cusip or fund.name
