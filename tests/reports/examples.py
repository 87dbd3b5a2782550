"""Invented checklists: funds, amounts and rules made up for the tests."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.accounts import Account, Holding
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import DriftReport, Verdict
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import (
    Election,
    Exchange,
    ExchangePlan,
    FutureElection,
    LaterExchange,
    PaycheckPlan,
    Proof,
    Trade,
    Unmet,
)
from desktop_app.domain.rules import AccountRules, EquityWash, PlanRules
from desktop_app.domain.targets import TargetAllocation

TODAY = date(2026, 11, 22)
STATEMENT = date(2026, 10, 30)


def fund(name: str, leaf: AssetClass = AssetClass.US_LARGE, symbol: str | None = None) -> Fund:
    """Return an invented fund of one class."""
    return Fund(name.casefold(), name, AssetMix.single(leaf), ClassifiedBy.USER, symbol)


def money(text: str) -> Decimal:
    """Return dollars from "1,234.56"."""
    return Decimal(text.replace(",", ""))


def account(number: str, name: str, held: list[tuple[Fund, str]], as_of: date | None = STATEMENT) -> Account:
    """Return an account from funds and dollars."""
    return Account(number, name, tuple(Holding(each, money(value)) for each, value in held), as_of)


def exchange(
    number: str,
    source: Fund | None,
    target: Fund | None,
    amount: str,
    *,
    units: str | None = None,
    share: str | None = None,
    why: str = "Brings the mix back",
) -> Exchange:
    """Return an order of account `number`."""
    return Exchange(
        number,
        source,
        target,
        money(amount),
        why,
        Decimal(units) if units else None,
        Decimal(share) if share else None,
    )


def checklist(
    accounts: list[Account],
    exchanges: list[Exchange],
    *,
    rules: dict[str, AccountRules] | None = None,
    cash: dict[str, str] | None = None,
    elections: tuple[Election, ...] = (),
    later: tuple[LaterExchange, ...] = (),
    unmet: tuple[Unmet, ...] = (),
    number: int = 3,
) -> Checklist:
    """Return a checklist of the exchanges, with the trades they add up to."""
    total = sum((each.total for each in accounts), Decimal(0))
    drift = DriftReport(total, (), Decimal(0), None, Verdict.HOLD, Decimal(0), Decimal(0))
    plan = ExchangePlan(
        total=total,
        target=TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"}),
        rules=PlanRules(
            TODAY,
            cash_flow=tuple((key, money(value)) for key, value in (cash or {}).items()),
            accounts=tuple((rules or {}).items()),
        ),
        before=drift,
        after=drift,
        turnover=sum((order.amount for order in exchanges), Decimal(0)),
        exchanges=tuple(exchanges),
        trades=tuple(_trades(accounts, exchanges)),
        elections=elections,
        later=later,
        unmet=unmet,
        proof=Proof("optimal", Decimal(0), fewest_exchanges=True, words=""),
    )
    return Checklist(number, TODAY, plan, tuple(accounts), tuple(ChecklistTick() for _ in exchanges))


def _trades(accounts: list[Account], exchanges: list[Exchange]) -> list[Trade]:
    trades = []
    for each in accounts:
        funds = {holding.fund.key: holding.fund for holding in each.holdings}
        orders = [order for order in exchanges if order.account_id == each.id]
        for order in orders:
            if order.target is not None:
                funds.setdefault(order.target.key, order.target)
        for key, held in funds.items():
            before = sum((h.value for h in each.holdings if h.fund.key == key), Decimal(0))
            came = sum((o.amount for o in orders if o.target is not None and o.target.key == key), Decimal(0))
            went = sum((o.amount for o in orders if o.source is not None and o.source.key == key), Decimal(0))
            trades.append(Trade(each.id, held, before, came - went))
    return trades


STOCK = fund("Prairie 500 Index", symbol="PRXIX")
SMALL = fund("Prairie Small Company", AssetClass.US_SMALL)
ABROAD = fund("Global ex-US Pool", AssetClass.INTL_DEVELOPED)
BOND = fund("Core Bond Index", AssetClass.US_BOND)
TIPS = fund("Inflation-Linked Bond", AssetClass.TIPS)
STABLE = fund("Stable Income Fund", AssetClass.STABLE_VALUE)
MARKET = fund("Government Money Market", AssetClass.MONEY_MARKET)
CORE = "004417-88213"
IRA = "552090137"


def birch() -> Checklist:
    """Return the Birch household's plan: a 401(k) with three exchanges and an IRA with one and new money.

    The 401(k) holds 92,310.44 + 31,007.25 + 18,650.00 + 40,122.31 + 9,874.00 + 27,036.00 = 219,000.00
    and moves 15,400.12 + 3,250.50 + 1,118.75 = 19,769.37. The IRA holds 30,500.00, gets 2,000.00 of new
    money and moves 1,500.00.
    """
    plan = account(
        CORE,
        "Birch Tools 401(k)",
        [
            (STOCK, "92,310.44"),
            (SMALL, "31,007.25"),
            (ABROAD, "18,650.00"),
            (BOND, "40,122.31"),
            (TIPS, "9,874.00"),
            (STABLE, "27,036.00"),
        ],
    )
    ira = account(IRA, "Rollover IRA", [(STOCK, "20,500.00"), (BOND, "10,000.00")])
    return checklist(
        [plan, ira],
        [
            exchange(CORE, STOCK, BOND, "15,400.12", units="61.204", share="0.16683"),
            exchange(CORE, STOCK, TIPS, "3,250.50", units="12.918", share="0.04226"),
            exchange(CORE, SMALL, STABLE, "1,118.75", share="0.03608"),
            exchange(IRA, None, BOND, "2,000.00"),
            exchange(IRA, STOCK, ABROAD, "1,500.00", units="5.961", share="0.07317"),
        ],
        rules={
            CORE: AccountRules(
                menu=(MARKET,),
                no_buy=("Global ex-US Pool",),
                cap=((SMALL.name, Decimal("0.15")),),
                blocked_until=(("Global ex-US Pool", date(2026, 12, 31)),),
                minimum_exchange=Decimal(100),
                equity_wash=EquityWash((STABLE.name,), (MARKET.name,)),
            )
        },
        cash={IRA: "2000.00"},
        later=(
            LaterExchange(
                date(2027, 2, 20), CORE, ABROAD, MARKET, money("1,204.40"), "equity wash of 90 days"
            ),
        ),
        unmet=(Unmet(AssetClass.INTL_DEVELOPED, money("-512.36"), "The fund takes no new money."),),
    )


LONG_NAMES = (
    "Northwestern Institutional Total Stock Market Index Trust R6",
    "Northwestern Institutional Extended Market Index Trust Unit 2",
    "Grandview Small and Mid Capitalization Growth Equity Fund I3",
    "Grandview International Developed Markets Value Equity Fund Z",
    "Harborlight Emerging Markets Sustainable Opportunities Pool A",
    "Harborlight Long-Term Inflation-Protected Securities Index K6",
)


def long_list(count: int = 12) -> Checklist:
    """Return one account with six 60-character fund names and `count` exchanges between them."""
    funds = [fund(name) for name in LONG_NAMES]
    number = "8800123456"
    held = [(each, f"{120000 + 1111 * index}.37") for index, each in enumerate(funds)]
    orders = [
        exchange(
            number,
            funds[i % 3],
            funds[3 + i % 3],
            f"{1000 + 37 * i}.5{i % 10}",
            units=f"{10 + i}.125",
            share="0.0125",
        )
        for i in range(count)
    ]
    name = "Consolidated Harbor and Inland Freight Forwarding Company 401(k) Savings and Profit Sharing Plan"
    return checklist([account(number, name, held)], orders, number=11)


def with_election(
    made: Checklist, *, done: bool = False, now: tuple[tuple[Fund, int], ...] = ()
) -> Checklist:
    """Return the checklist with an election of the 401(k) for the next twelve paychecks of $850.00."""
    future = FutureElection(
        account_id=CORE,
        amount=money("850.00"),
        per_year=26,
        count=12,
        last_on=date(2027, 5, 7),
        percents=((BOND, 75), (TIPS, 25)),
        now=now,
        afterwards=((STOCK, 60), (BOND, 40)),
        gains=((BOND, money("7650.00")), (TIPS, money("2550.00"))),
        to_band=None,
        to_target=31,
        why="Fills what is missing.",
    )
    nothing = money("0")
    paid = PaycheckPlan((future,), nothing, nothing, nothing, nothing, nothing)
    tick = ChecklistTick(done=done, confirmation="E-7" if done else "", done_on=TODAY if done else None)
    return replace(made, plan=replace(made.plan, paychecks=paid), election_ticks=(tick,))
