"""The whole document as one immutable value; undo swaps an old one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date

from .accounts import Account, AccountLabel, Holding, Snapshot
from .checklist import Checklist
from .exchange_log import ExchangeLog, PastExchange
from .funds import ClassifiedBy, Fund, FundKey
from .goals import GoalAnswers
from .hints import TableMapping
from .language import translator
from .mix import AssetMix
from .paychecks import Paychecks
from .records import dataclass
from .rules import AccountRules, Goal
from .schedule import CheckSchedule
from .statement import Statement, StatementAccount
from .targets import TargetAllocation

_tr = translator("Household")


def _usual_name() -> str:
    return _tr("My household")


@dataclass(frozen=True, slots=True)
class WizardDraft:
    """What the user had chosen when the rebalance wizard was left; `page` is its name."""

    page: str
    goal: Goal = Goal.TARGET
    cash_flow: tuple[tuple[str, str], ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Household:
    """Everything that is saved.

    `statements` stand in the order they were imported; `fund_mixes` are the user's own answers and
    win over classification; `account_names` and `account_rules` are kept per account id; `targets` are
    versions, the newest last; `mappings` say what the columns of tables the user explained hold. `log` are
    past exchanges that stand on no checklist, `paychecks` the contributions of accounts, `looked_on` the day
    on which the user last said that the mix was looked at. `goals` are the answers of the guided plan,
    `comfort` the places of the answers chosen to its questions, by question. `known_as` is how files call
    accounts where the user said which account is meant. `max_exchanges` is the most one plan may have over
    all accounts.
    """

    name: str = field(default_factory=_usual_name)
    is_sample: bool = False
    statements: tuple[Statement, ...] = ()
    fund_mixes: tuple[tuple[FundKey, AssetMix], ...] = ()
    account_names: tuple[tuple[str, str], ...] = ()
    account_rules: tuple[tuple[str, AccountRules], ...] = ()
    targets: tuple[TargetAllocation, ...] = ()
    schedule: CheckSchedule = field(default_factory=CheckSchedule)
    checklists: tuple[Checklist, ...] = ()
    draft: WizardDraft | None = None
    mappings: tuple[TableMapping, ...] = ()
    log: tuple[PastExchange, ...] = ()
    paychecks: tuple[tuple[str, Paychecks], ...] = ()
    looked_on: date | None = None
    goals: GoalAnswers | None = None
    comfort: tuple[tuple[str, int], ...] = ()
    known_as: tuple[AccountLabel, ...] = ()
    max_exchanges: int | None = None

    def target_on(self, today: date) -> TargetAllocation | None:
        """Return the target in force: the newest whose time is not over, None when there is none."""
        for target in reversed(self.targets):
            if target.until is None or target.until >= today:
                return target
        return None

    @property
    def own(self) -> Household:
        """The household that statements are imported into: the sample makes room for the user's own."""
        return Household() if self.is_sample else self

    @property
    def checklist(self) -> Checklist | None:
        """The newest checklist, None before the first plan."""
        return self.checklists[-1] if self.checklists else None

    def exchange_log(self) -> ExchangeLog:
        """Return every exchange known to be done: those noted and those ticked on any checklist."""
        ticked = (past for checklist in self.checklists for past in checklist.done_exchanges())
        return ExchangeLog((*self.log, *ticked))

    def newest(self) -> tuple[tuple[StatementAccount, date | None], ...]:
        """Return every account as its newest statement has it, with the date, in order of first appearance.

        The newest is the one with the latest date; statements without a date count in the order they
        were imported.
        """
        places = newest_places(self.statements)
        return tuple((self.statements[s].accounts[a], self.statements[s].as_of) for s, a in places)

    def snapshot(self) -> Snapshot:
        """Return every account at its newest statement, in order of first appearance.

        The user's own mixes and account names replace those of the file.
        """
        mixes = dict(self.fund_mixes)
        names = dict(self.account_names)
        accounts = []
        for read, as_of in self.newest():
            holdings = tuple(
                Holding(with_user_mix(row.fund, mixes), row.value, row.units, row.price, row.source)
                for row in read.rows
            )
            accounts.append(Account(read.id, names.get(read.id, read.name), holdings, as_of))
        return Snapshot(tuple(accounts))


def newest_places(statements: Sequence[Statement]) -> tuple[tuple[int, int], ...]:
    """Return where every account has its newest figures: places of statements and of their accounts.

    Accounts stand in order of first appearance. The newest is the one with the latest date; statements
    without a date count in their order.
    """
    newest: dict[str, tuple[int, int]] = {}
    for s, statement in enumerate(statements):
        for a, read in enumerate(statement.accounts):
            if read.id in newest:
                known = statements[newest[read.id][0]].as_of
                if known and statement.as_of and statement.as_of < known:
                    continue
            newest[read.id] = (s, a)
    return tuple(newest.values())


def with_user_mix(fund: Fund, mixes: dict[FundKey, AssetMix]) -> Fund:
    """Return the fund with the user's own mix, if the user gave one."""
    mix = mixes.get(fund.key)
    if mix is None:
        return fund
    return replace(fund, mix=mix, classified_by=ClassifiedBy.USER, estimated=False, note="")
