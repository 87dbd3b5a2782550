"""Random households that use every value a document can hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from desktop_app.domain.accounts import Account, AccountLabel, Holding
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import LEAVES, ROOTS, AssetClass
from desktop_app.domain.drift import BandState, ClassDrift, DriftReport, Verdict
from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.goals import GoalAnswers, Income, OneOff
from desktop_app.domain.hints import ColumnRole, TableMapping
from desktop_app.domain.household import Household, WizardDraft
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import plain
from desktop_app.domain.paychecks import Paychecks
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
from desktop_app.domain.rules import (
    AccountRules,
    CoreMinimum,
    EquityWash,
    Goal,
    NoSale,
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
from desktop_app.domain.schedule import CheckKind, CheckSchedule, LookEvery, YearDay
from desktop_app.domain.statement import (
    AsOfKind,
    SkippedRow,
    SkipReason,
    Statement,
    StatementAccount,
    StatementRow,
)
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand
from desktop_app.domain.waiting import Waiting

TURNING = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Marks that turn words round: they are taken out of what a file holds."""
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters=TURNING), max_size=12),
    st.sampled_from(["", "VG 500 “INDEX”", "even-keel-checksum:00000000", "'; DROP TABLE funds; --", "a\0b"]),
)
days = st.dates(date(1926, 1, 1), date(2200, 12, 31))
money = st.decimals(-(10**12), 10**12, places=2)
exact = st.one_of(
    money,
    st.sampled_from(
        [Decimal(1) / 3, Decimal("-0.00"), Decimal("1E+9"), Decimal("0E-20"), Decimal("100.000")]
    ),
)
positive = st.decimals(0, 10**9, places=4)
whole = st.integers(0, 2**31)
nodes = st.sampled_from(AssetClass)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


def tuples(strategy, most=3):
    return st.lists(strategy, max_size=most).map(tuple)


def pairs(first, second, most=3):
    return tuples(st.tuples(first, second), most)


@st.composite
def shares(draw, candidates, most=4):
    """Return (node, share) pairs that add to exactly one, in random order."""
    chosen = draw(st.lists(st.sampled_from(candidates), min_size=1, max_size=most, unique=True))
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=len(chosen) - 1, max_size=len(chosen) - 1)))
    edges = [0, *cuts, 10_000]
    return tuple(
        (node, Decimal(high - low) / 10_000)
        for node, low, high in zip(chosen, edges, edges[1:], strict=False)
    )


mixes = shares(LEAVES).map(AssetMix)
funds = st.builds(
    Fund,
    key=texts,
    name=texts,
    mix=mixes,
    classified_by=st.sampled_from(ClassifiedBy),
    symbol=maybe(texts),
    cusip=maybe(texts),
    expense_ratio=maybe(positive),
    estimated=st.booleans(),
    note=texts,
)
issues = st.builds(
    Issue, st.sampled_from(Severity), texts, texts, maybe(whole), quick=st.just(()), sheet=st.just("")
)
statement_rows = st.builds(
    StatementRow, whole, funds, exact, maybe(exact), maybe(exact), maybe(texts), maybe(exact)
)
mappings = st.builds(
    TableMapping, texts, pairs(st.integers(0, 99), st.sampled_from(ColumnRole)), maybe(st.booleans())
)
statements = st.builds(
    Statement,
    file=texts,
    layout=texts,
    as_of=maybe(days),
    as_of_kind=maybe(st.sampled_from(AsOfKind)),
    accounts=tuples(st.builds(StatementAccount, texts, texts, tuples(statement_rows), maybe(exact))),
    skipped=tuples(st.builds(SkippedRow, whole, texts, st.sampled_from(SkipReason), sheet=st.just(""))),
    issues=tuples(issues),
    digest=texts,
)
bands = st.builds(ToleranceBand, positive, positive, st.sampled_from(BandRule), positive)
targets = st.builds(
    TargetAllocation,
    weights=st.one_of(shares(ROOTS), shares(LEAVES)),
    fixed=st.one_of(
        st.just(()),
        st.tuples(st.tuples(st.just(AssetClass.SHORT_TERM), positive)),
        pairs(st.just(LEAVES[0]), positive, 1),
    ),
    band=bands,
    since=maybe(days),
    reason=texts,
    until=maybe(days),
)
washes = st.builds(EquityWash, tuples(texts), tuples(texts), whole)
terms = st.one_of(
    washes,
    st.builds(RepurchaseBlock, whole, money, tuples(texts), tuples(texts)),
    st.builds(
        RoundTrip, whole, money, whole, whole, whole, whole, st.booleans(), tuples(texts), tuples(texts)
    ),
    st.builds(RedemptionFee, positive, whole, tuples(texts), tuples(texts)),
    st.builds(TransferLimit, whole, st.sampled_from(Period), tuples(texts)),
    st.builds(CoreMinimum, money, tuples(texts)),
    st.builds(StockCap, positive, tuples(texts)),
    st.builds(NoSale, tuples(texts)),
)
restrictions = st.builds(Restriction, terms, texts, texts, maybe(days), texts, st.booleans())
past_exchanges = st.builds(PastExchange, texts, maybe(texts), maybe(texts), money, days, st.booleans())
account_rules = st.builds(
    AccountRules,
    menu=tuples(funds, 2),
    no_sell=tuples(texts),
    no_buy=tuples(texts),
    cap=pairs(texts, positive),
    blocked_until=pairs(texts, days),
    minimum_exchange=money,
    order_style=st.sampled_from(OrderStyle),
    equity_wash=maybe(washes),
    max_exchanges=maybe(whole),
    restrictions=tuples(restrictions),
    provider=texts,
)
paychecks = st.builds(
    Paychecks, money, st.integers(1, 366), maybe(whole), maybe(days), pairs(texts, st.integers(0, 100), 2)
)
whole_shares = pairs(funds, st.integers(0, 100), 2)
paycheck_plans = st.builds(
    PaycheckPlan,
    elections=tuples(
        st.builds(
            FutureElection,
            account_id=texts,
            amount=money,
            per_year=whole,
            count=whole,
            last_on=days,
            percents=whole_shares,
            now=whole_shares,
            afterwards=whole_shares,
            gains=pairs(funds, money, 2),
            to_band=maybe(whole),
            to_target=maybe(whole),
            why=texts,
        ),
        1,
    ),
    off_before=money,
    off_without=money,
    off_after=money,
    gauge_after=exact,
    exchange_without=money,
)
year_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: YearDay(day.month, day.day))
schedules = st.one_of(
    st.builds(
        CheckSchedule,
        st.sampled_from([1, 2, 3, 4, 6, 12]),
        kind=st.sampled_from(CheckKind),
        every=st.sampled_from(LookEvery),
    ),
    st.builds(CheckSchedule, st.integers(1, 120), start=days),
    st.builds(CheckSchedule, days=st.lists(year_days, min_size=1, max_size=3).map(tuple)),
)
class_drifts = st.builds(
    ClassDrift,
    node=nodes,
    value=exact,
    weight=exact,
    target=maybe(exact),
    target_value=maybe(exact),
    drift=maybe(exact),
    band=maybe(exact),
    used=maybe(exact),
    state=maybe(st.sampled_from(BandState)),
    fixed=st.booleans(),
)
reports = st.builds(
    DriftReport,
    total=exact,
    rows=tuples(class_drifts),
    gauge=exact,
    decided_by=maybe(nodes),
    verdict=st.sampled_from(Verdict),
    drift=exact,
    misallocated=exact,
)
plans = st.builds(
    ExchangePlan,
    total=money,
    target=targets,
    rules=st.builds(
        PlanRules,
        today=days,
        goal=st.sampled_from(Goal),
        cash_flow=pairs(texts, money, 2),
        accounts=pairs(texts, account_rules, 1),
        max_exchanges=maybe(whole),
        tidy=positive,
        round_to=positive,
        log=st.builds(ExchangeLog, tuples(past_exchanges, 2)),
        paychecks=pairs(texts, paychecks, 1),
    ),
    before=reports,
    after=reports,
    turnover=money,
    exchanges=tuples(
        st.builds(
            Exchange, texts, maybe(funds), maybe(funds), money, texts, maybe(exact), maybe(exact), money
        ),
        2,
    ),
    trades=tuples(st.builds(Trade, texts, funds, money, money), 2),
    elections=tuples(st.builds(Election, texts, texts, pairs(funds, st.integers(0, 100), 2)), 1),
    later=tuples(st.builds(LaterExchange, days, texts, funds, funds, money, texts), 1),
    unmet=tuples(st.builds(Unmet, nodes, money, texts), 2),
    proof=st.builds(Proof, texts, money, st.booleans(), texts),
    paychecks=maybe(paycheck_plans),
    waits=tuples(st.builds(Waiting, texts, maybe(funds), texts, days), 2),
)
accounts = st.builds(
    Account,
    texts,
    texts,
    tuples(st.builds(Holding, funds, exact, maybe(exact), maybe(exact), maybe(texts)), 2),
    maybe(days),
)
ticks = st.builds(ChecklistTick, st.booleans(), texts, maybe(days))
checklists = st.builds(
    Checklist,
    number=whole,
    made_on=days,
    plan=plans,
    accounts=tuples(accounts, 2),
    ticks=tuples(ticks, 2),
).flatmap(
    lambda checklist: st.builds(
        replace,
        st.just(checklist),
        election_ticks=st.tuples(*(ticks for _ in checklist.plan.futures)),
        later_ticks=st.tuples(*(ticks for _ in checklist.plan.later)),
    )
)
goals = st.builds(
    GoalAnswers,
    born=maybe(st.integers(1900, 2100)),
    retire_at=st.integers(0, 200),
    plan_to=st.integers(0, 200),
    needs=exact,
    wants=exact,
    wishes=exact,
    saved=exact,
    match=exact,
    less=exact,
    income=tuples(st.builds(Income, texts, exact, st.integers(0, 120))),
    one_off=tuples(st.builds(OneOff, st.integers(0, 120), exact)),
    lasting=positive,
    bucket_years=positive,
)
households = st.builds(
    Household,
    name=texts,
    is_sample=st.booleans(),
    statements=tuples(statements),
    fund_mixes=pairs(texts, mixes),
    account_names=pairs(texts, texts),
    account_rules=pairs(texts, account_rules),
    targets=tuples(targets),
    schedule=schedules,
    checklists=tuples(checklists, 2),
    draft=maybe(
        st.builds(WizardDraft, texts, st.sampled_from(Goal), pairs(texts, exact.map(plain)), st.booleans())
    ),
    mappings=tuples(mappings),
    log=tuples(past_exchanges),
    paychecks=pairs(texts, paychecks),
    looked_on=maybe(days),
    goals=maybe(goals),
    comfort=pairs(texts, st.integers(0, 9)),
    known_as=tuples(st.builds(AccountLabel, texts, texts, texts)),
    max_exchanges=maybe(st.integers(0, 99)),
)
