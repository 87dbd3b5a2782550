"""No plan breaks a rule: a small checker that counts days one by one looks at plans for random households."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import ExchangePlan, Trade
from desktop_app.domain.rules import (
    AccountRules,
    CoreMinimum,
    EquityWash,
    Goal,
    OrderStyle,
    Period,
    PlanRules,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    StockCap,
    TransferLimit,
)
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import ContradictoryRulesError, EmptyHouseholdError, make_plan
from tests.effort import tries

CLASSES = ("us_large", "us_bond", "stable_value", "money_market", "company_stock", "intl_developed")
MIXED = AssetMix.from_names({"us_large": "0.5", "us_bond": "0.5"})
CENT = Decimal("0.01")
STABLE, MARKET = AssetClass.STABLE_VALUE, AssetClass.MONEY_MARKET

dollars = st.decimals(0, 60_000, places=2)
shares = st.lists(st.integers(0, 10), min_size=6, max_size=6).filter(sum)
waits = st.sampled_from([1, 30, 60, 90])
overs = st.sampled_from([Decimal(0), Decimal(1000), Decimal(5000)])
terms = st.one_of(
    st.builds(RepurchaseBlock, waits, overs),
    st.builds(RoundTrip, waits, overs, strikes=st.just(2), block=st.sampled_from([0, 85])),
    st.builds(
        TransferLimit, st.integers(1, 3), st.sampled_from(Period), st.sampled_from([(), ("stable_value",)])
    ),
    st.builds(RedemptionFee, st.sampled_from([Decimal("0.01"), Decimal("0.02")]), waits),
    st.builds(StockCap, st.sampled_from([Decimal("0.1"), Decimal("0.5")])),
    st.builds(CoreMinimum, st.just(Decimal(2500)), st.just(("company_stock",))),
    st.builds(EquityWash, st.just(("stable_value",)), st.just(("money_market",)), waits),
)


@st.composite
def households(draw: st.DrawFn) -> tuple[Snapshot, PlanRules]:
    today = draw(st.dates(date(2026, 1, 25), date(2026, 12, 5)))
    accounts, rules, flow, log = [], [], [], []
    for a in range(draw(st.integers(1, 2))):
        mixes = [AssetMix.single(AssetClass(name)) for name in CLASSES] + [MIXED]
        funds = [
            Fund(f"{a}-{i}", f"Fund {a} {i}", mix, ClassifiedBy.USER)
            for i, mix in enumerate(draw(st.permutations(mixes))[: draw(st.integers(2, 6))])
        ]
        held = funds[: draw(st.integers(1, len(funds)))]
        accounts.append(Account(f"a{a}", f"A{a}", tuple(Holding(fund, draw(dollars)) for fund in held)))
        names = [fund.name for fund in funds]
        for _ in range(draw(st.integers(0, 5))):
            source, target = draw(st.permutations(names))[:2]
            amount = Decimal(draw(st.sampled_from([500, 1000, 3000, 9000, 40000])))
            log.append(
                PastExchange(
                    f"a{a}", source, target, amount, today - timedelta(days=draw(st.integers(0, 100))),
                    automatic=draw(st.integers(0, 4)) == 0,
                )
            )  # fmt: skip
        own = AccountRules(
            menu=tuple(funds[len(held) :]),
            minimum_exchange=draw(st.sampled_from([Decimal(0), Decimal(0), Decimal(500)])),
            order_style=draw(st.sampled_from([OrderStyle.DOLLARS, OrderStyle.DOLLARS, *OrderStyle])),
            max_exchanges=draw(st.sampled_from([None, None, None, 1, 3])),
            restrictions=tuple(Restriction(rule) for rule in draw(st.lists(terms, max_size=4))),
        )
        rules.append((f"a{a}", own))
        if draw(st.integers(0, 3)) == 0:
            flow.append((f"a{a}", draw(st.decimals(-9000, 9000, places=2))))
    plan_rules = PlanRules(
        today=today,
        goal=draw(st.sampled_from([Goal.TARGET, Goal.TARGET, *Goal])),
        cash_flow=tuple(flow),
        accounts=tuple(rules),
        tidy=draw(st.sampled_from([Decimal(0), Decimal(0), Decimal("0.002")])),
        round_to=draw(st.sampled_from([Decimal("0.01"), Decimal(1)])),
        log=ExchangeLog(tuple(log)),
    )
    return Snapshot(tuple(accounts)), plan_rules


def target_of(parts: list[int]) -> TargetAllocation:
    weights = [Decimal(part * 1000 // sum(parts)) / 1000 for part in parts]
    weights[0] += 1 - sum(weights)
    return TargetAllocation.of({AssetClass(name): w for name, w in zip(CLASSES, weights, strict=True)})


@st.composite
def washed_households(draw: st.DrawFn) -> tuple[Snapshot, PlanRules]:
    """Stable value, a fund that competes with it and two to wait in; some money is on its way already."""
    today = date(2026, 11, 22)
    accounts, rules, log = [], [], []
    for a in range(draw(st.sampled_from([1, 1, 2]))):
        kinds = ("stable_value", "money_market", "us_large", "us_bond")
        funds = [
            Fund(f"{a}-{name}", f"{name} {a}", AssetMix.single(AssetClass(name)), ClassifiedBy.USER)
            for name in kinds
        ]
        values = [Decimal(draw(st.integers(0, 40))) * 1000 for _ in funds]
        accounts.append(Account(f"a{a}", f"A{a}", tuple(map(Holding, funds, values))))
        for _ in range(draw(st.integers(0, 3))):
            source, target = draw(st.sampled_from([(0, 2), (0, 3), (2, 3), (3, 2), (3, 0), (2, 1)]))
            day = today - timedelta(days=draw(st.sampled_from([1, 29, 60, 89, 90, 91])))
            amount = Decimal(draw(st.integers(1, 30))) * 1000
            log.append(PastExchange(f"a{a}", funds[source].name, funds[target].name, amount, day))
        fee = RedemptionFee(Decimal("0.02"), 60, draw(st.sampled_from([("us_large",), ("us_bond",), ()])))
        wash = EquityWash(("stable_value",), ("money_market",))
        more = [rule for rule in (fee, RoundTrip(30, Decimal(1000))) if draw(st.booleans())]
        own = AccountRules(
            minimum_exchange=draw(st.sampled_from([Decimal(0), Decimal(0), Decimal(500)])),
            order_style=draw(st.sampled_from([OrderStyle.DOLLARS, OrderStyle.DOLLARS, *OrderStyle])),
            max_exchanges=draw(st.sampled_from([None, None, None, 1, 2])),
            restrictions=tuple(map(Restriction, (wash, *more))),
        )
        rules.append((f"a{a}", own))
    goal = draw(st.sampled_from([Goal.TARGET, Goal.TARGET, Goal.BAND_EDGE]))
    tidy = draw(st.sampled_from([Decimal(0), Decimal(0), Decimal("0.002")]))
    asked = PlanRules(today, goal, (), tuple(rules), tidy=tidy, log=ExchangeLog(tuple(log)))
    return Snapshot(tuple(accounts)), asked


few = settings(
    max_examples=tries(20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@few
@given(households(), shares)
def test_no_plan_breaks_a_rule(case, parts):
    keeps_every_rule(*case, target_of(parts))


@few
@given(washed_households(), st.lists(st.integers(0, 10), min_size=4, max_size=4).filter(sum))
def test_no_stable_value_goes_astray(case, parts):
    stock, bond, stable, market = parts
    keeps_every_rule(*case, target_of([stock, bond, stable, market, 0, 0]))


def keeps_every_rule(snapshot: Snapshot, rules: PlanRules, target: TargetAllocation) -> None:
    try:
        plan = make_plan(snapshot, target, rules)
    except (ContradictoryRulesError, EmptyHouseholdError):
        assume(False)
        return
    for account, own in rules.accounts:
        trades = [trade for trade in plan.trades if trade.account_id == account]
        log = [past for past in rules.log.entries if past.account_id == account and not past.automatic]
        lost = sum(e.fee for e in plan.exchanges if e.account_id == account and e.target is not None)
        assert sum(trade.change for trade in trades) == rules.cash_for(account) - lost
        assert all(trade.after >= 0 for trade in trades)
        for rule in own.restrictions:
            broken = list(breaches(rule.terms, trades, log, plan, account))
            assert not broken, (rule, broken)
        told = sum(e.fee for e in plan.exchanges if e.account_id == account)
        assert told == fees(own, trades, log, rules.today)
    check_later(plan, snapshot, target)


def breaches(
    terms, trades: list[Trade], log: list[PastExchange], plan: ExchangePlan, account: str
) -> Iterator[str]:
    """Yield what a rule finds wrong, from its own words: days are counted one at a time."""
    today = plan.rules.today
    match terms:
        case RepurchaseBlock():
            yield from bought_back(terms, trades, log, today)
        case RoundTrip():
            yield from round_trips(terms, trades, log, today)
        case TransferLimit():
            yield from transfers(terms, trades, log, today)
        case StockCap() | CoreMinimum():
            yield from too_much_stock(terms, trades, plan.rules.cash_for(account))
        case EquityWash():
            yield from washed(terms, trades, log, plan, account)


def bought_back(terms, trades: list[Trade], log: list[PastExchange], today: date) -> Iterator[str]:
    for trade in trades:
        for ago in range(terms.days + 1):
            if trade.change > 0 and left(log, trade, today, ago) > terms.over:
                yield f"{trade.fund.name} was sold {ago} days ago"


def round_trips(terms, trades: list[Trade], log: list[PastExchange], today: date) -> Iterator[str]:
    for trade in trades:
        small = terms.over - left(log, trade, today, 0)
        for ago in range(terms.days):
            if -trade.change > max(small, 0) and entered(log, trade, today, ago) > terms.over:
                yield f"{trade.fund.name} was bought {ago} days ago"


def transfers(terms, trades: list[Trade], log: list[PastExchange], today: date) -> Iterator[str]:
    """What comes in is no transfer where it is bought, nor what goes out where it is sold."""
    used = {p.day for p in log if is_same_period(terms, p.day, today)}
    if len(used) < terms.count:
        return
    cash = sum(trade.change for trade in trades)
    is_open = {id(trade): bool(terms.then_into) and trade.fund.mix.main is STABLE for trade in trades}
    bought = sum(trade.change for trade in trades if trade.change > 0 and not is_open[id(trade)])
    sold = -sum(trade.change for trade in trades if trade.change < 0)
    if bought > max(cash, 0) or (not terms.then_into and sold > max(-cash, 0)):
        yield f"{bought} is bought and {sold} sold after {len(used)} transfers"


def too_much_stock(terms, trades: list[Trade], cash) -> Iterator[str]:
    """Company stock plays the brokerage window too: one may not grow beyond what leaves the minimum.

    Of stock that is not bought nothing is sold because a fee makes the account smaller.
    """
    total = sum(trade.after for trade in trades)
    stock = [trade for trade in trades if trade.fund.mix.main is AssetClass.COMPANY_STOCK]
    inside = sum(trade.after for trade in stock)
    whole = total
    if inside <= sum(trade.before for trade in stock):
        whole = sum(trade.before for trade in trades) + cash
    if isinstance(terms, StockCap) and inside > terms.share * whole + CENT:
        yield f"{inside} of company stock"
    grows = any(trade.change > 0 for trade in stock)
    if isinstance(terms, CoreMinimum) and grows and total - inside + CENT < terms.amount:
        yield f"only {total - inside} outside the window"


def is_same_period(terms: TransferLimit, day: date, today: date) -> bool:
    return day == today if terms.per is Period.DAY else (day.year, day.month) == (today.year, today.month)


def left(log: list[PastExchange], trade: Trade, today: date, ago: int) -> Decimal:
    day = today - timedelta(days=ago)
    return sum((p.amount for p in log if p.day == day and p.source == trade.fund.name), Decimal(0))


def entered(log: list[PastExchange], trade: Trade, today: date, ago: int) -> Decimal:
    day = today - timedelta(days=ago)
    return sum((p.amount for p in log if p.day == day and p.target == trade.fund.name), Decimal(0))


def washed(
    terms: EquityWash, trades: list[Trade], log: list[PastExchange], plan: ExchangePlan, account: str
) -> Iterator[str]:
    """Yield bound money that goes to the money market; what left a fund again may have been bound."""
    today = plan.rules.today
    stable = {trade.fund.name for trade in trades if trade.fund.mix.main is STABLE}
    for trade in trades:
        straight = sum(
            e.amount
            for e in plan.exchanges
            if e.account_id == account and e.source == trade.fund and e.target and e.target.mix.main is MARKET
        )
        recent = [p for p in log if (today - p.day).days < terms.days]
        came = sum(p.amount for p in recent if p.target == trade.fund.name and p.source in stable)
        went = sum(p.amount for p in recent if p.source == trade.fund.name)
        if straight and trade.fund.name in stable:
            yield f"{trade.fund.name} straight to the money market"
        elif straight and straight > trade.before - max(came - went, 0):
            yield f"{straight} of {trade.fund.name}, of which {came} came from stable value"
        fresh = sum(
            e.amount - e.fee
            for e in plan.exchanges
            if e.account_id == account and e.source and e.source.name in stable and e.target == trade.fund
        )
        own = [step for step in plan.later if step.account_id == account and step.source == trade.fund]
        early = sum(step.amount for step in own if (step.not_before - today).days < terms.days)
        if early > trade.after - fresh:
            yield f"{early} of {trade.fund.name} goes on early, of which {fresh} is fresh"


def fees(own: AccountRules, trades: list[Trade], log: list[PastExchange], today: date) -> Decimal:
    """Return what the dearest fee rule takes of each sale, the oldest money first."""
    whole = Decimal(0)
    for trade in trades:
        dear = (Decimal(0), Decimal(0), Decimal(0))
        for rule in own.restrictions:
            if isinstance(rule.terms, RedemptionFee) and (
                not rule.terms.funds or trade.fund.mix.main.value in rule.terms.funds
            ):
                young = sum(entered(log, trade, today, ago) for ago in range(rule.terms.days + 1))
                young = min(young, trade.before)
                dear = max(dear, (rule.terms.share * young, rule.terms.share, young))
        _, share, young = dear
        sold = max(-trade.change, Decimal(0))
        whole += round(share * max(sold - (trade.before - young), Decimal(0)) + Decimal("1e-9"), 2)
    return whole


def check_later(plan: ExchangePlan, snapshot: Snapshot, target: TargetAllocation) -> None:
    """The later exchanges are paid for, and lead no closer than a plan without the wait."""
    assert (
        plan.after.misallocated <= plan.before.misallocated
        or plan.rules.cash_flow
        or over_cap(snapshot, plan)
    )
    if not plan.later:
        return
    held = {(trade.account_id, trade.fund.key): trade.after for trade in plan.trades}
    funds = {(trade.account_id, trade.fund.key): trade.fund for trade in plan.trades}
    for step in plan.later:
        assert step.amount > 0
        assert step.not_before > plan.rules.today
        held[step.account_id, step.source.key] -= step.amount
        key = (step.account_id, step.target.key)
        held[key] = held.get(key, Decimal(0)) + step.amount
        funds[key] = step.target
    assert min(held.values()) >= 0
    # nothing ends closer than without the wait and the rules on numbers, sizes and steps
    free = tuple(
        (account, replace(own, **FREE, restrictions=no_wash(own))) for account, own in plan.rules.accounts
    )
    ideal = make_plan(snapshot, target, replace(plan.rules, accounts=free, tidy=Decimal(0)))
    end = off(by_class(held, funds), target, plan.total)
    if plan.rules.goal is Goal.TARGET:
        assert end >= ideal.after.misallocated - Decimal("0.1")
        assert plan.proof.bound <= end + CENT


FREE = {"minimum_exchange": Decimal(0), "max_exchanges": None, "order_style": OrderStyle.DOLLARS}


def no_wash(own: AccountRules) -> tuple[Restriction, ...]:
    return tuple(rule for rule in own.restrictions if not isinstance(rule.terms, EquityWash))


def over_cap(snapshot: Snapshot, plan: ExchangePlan) -> bool:
    return any(
        isinstance(rule.terms, StockCap)
        for account in snapshot.accounts
        for rule in plan.rules.for_account(account.id).restrictions
    )


def by_class(held, funds) -> dict[AssetClass, Decimal]:
    found: dict[AssetClass, Decimal] = {}
    for key, value in held.items():
        for leaf, weight in funds[key].mix:
            found[leaf] = found.get(leaf, Decimal(0)) + value * weight
    return found


def off(held: dict[AssetClass, Decimal], target: TargetAllocation, total: Decimal) -> Decimal:
    aims = {cell.node: cell.dollars for cell in target.cells(total)}
    nodes = set(aims) | set(held)
    return sum(abs(held.get(node, Decimal(0)) - aims.get(node, Decimal(0))) for node in nodes) / 2
