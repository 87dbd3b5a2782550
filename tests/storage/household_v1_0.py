"""The household that `fixtures/v1_0.keel` holds, typed by hand.

The file was written once by format 1.0 and is kept: every later program must read it as this value.
"""

from datetime import date
from decimal import Decimal

from desktop_app.domain.accounts import Account, Holding
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import BandState, ClassDrift, DriftReport, Verdict
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household, WizardDraft
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import Election, Exchange, ExchangePlan, LaterExchange, Proof, Trade, Unmet
from desktop_app.domain.rules import AccountRules, EquityWash, Goal, OrderStyle, PlanRules
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.domain.statement import (
    AsOfKind,
    SkippedRow,
    SkipReason,
    Statement,
    StatementAccount,
    StatementRow,
)
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand

D = Decimal
STOCKS = Fund(
    key="HBRIX",
    name="Harbor Index “500” Fund",
    mix=AssetMix.single(AssetClass.US_LARGE),
    classified_by=ClassifiedBy.SYMBOL,
    symbol="HBRIX",
    expense_ratio=D("0.040"),
)
BALANCED = Fund(
    key="99887X101",
    name="Lantern Balanced",
    mix=AssetMix.from_names({"us_large": "0.55", "us_bond": "0.45"}),
    classified_by=ClassifiedBy.NAME,
    cusip="99887X101",
    estimated=True,
    note="from its name",
)
STABLE = Fund(
    "quay stable value", "Quay Stable Value", AssetMix.single(AssetClass.STABLE_VALUE), ClassifiedBy.USER
)
TARGET = TargetAllocation(
    weights=((AssetClass.STOCKS, D("0.6")), (AssetClass.FIXED_INCOME, D("0.4"))),
    fixed=((AssetClass.SHORT_TERM, D("4000.00")),),
    band=ToleranceBand(D("0.04"), D("0.2"), BandRule.GREATER, D("0.01")),
    since=date(2025, 3, 1),
    reason="Two years of spending aside",
    until=date(2027, 3, 1),
)
RULES = AccountRules(
    menu=(BALANCED,),
    no_sell=("Quay Stable Value",),
    no_buy=("HBRIX",),
    cap=(("HBRIX", D("0.75")),),
    blocked_until=(("Lantern Balanced", date(2026, 12, 31)),),
    minimum_exchange=D("25.00"),
    order_style=OrderStyle.REALIGN_PERCENT,
    equity_wash=EquityWash(("Quay Stable Value",), ("Money Market",), 90),
    max_exchanges=3,
)
BEFORE = DriftReport(
    total=D("10000.00"),
    rows=(
        ClassDrift(
            node=AssetClass.STOCKS,
            value=D("7000.00"),
            weight=D("0.7"),
            target=D("0.6"),
            target_value=D("6000.00"),
            drift=D("0.1"),
            band=D("0.05"),
            used=D("2"),
            state=BandState.OUTSIDE,
        ),
        ClassDrift(AssetClass.US_LARGE, D("7000.00"), D("0.7")),
        ClassDrift(AssetClass.SHORT_TERM, D("3000.00"), D("0.3"), fixed=True),
    ),
    gauge=D("2"),
    decided_by=AssetClass.STOCKS,
    verdict=Verdict.DEFENSIVE,
    drift=D("0.1"),
    misallocated=D("1000.00"),
)
AFTER = DriftReport(D("10000.00"), (), D("0"), None, Verdict.HOLD, D("0"), D("0.00"))
PLAN = ExchangePlan(
    total=D("10000.00"),
    target=TARGET,
    rules=PlanRules(
        today=date(2026, 11, 20),
        goal=Goal.HALFWAY,
        cash_flow=(("K-20417", D("-150.00")),),
        accounts=(("K-20417", RULES),),
        max_exchanges=6,
        tidy=D("0.001"),
        round_to=D("1"),
    ),
    before=BEFORE,
    after=AFTER,
    turnover=D("1000.00"),
    exchanges=(
        Exchange(
            "K-20417", STOCKS, STABLE, D("1000.00"), "Stocks are above target.", D("12.345"), D("0.1429")
        ),
        Exchange("K-20417", None, BALANCED, D("50.00"), "New money."),
    ),
    trades=(Trade("K-20417", STOCKS, D("7000.00"), D("-1000.00")),),
    elections=(Election("K-20417", "realign", ((STOCKS, 60), (STABLE, 40))),),
    later=(LaterExchange(date(2027, 2, 20), "K-20417", STABLE, BALANCED, D("10.00"), "equity wash"),),
    unmet=(Unmet(AssetClass.REIT, D("-12.34"), "No fund holds it."),),
    proof=Proof(
        "optimal", D("0.00"), fewest_exchanges=True, words="No plan with fewer exchanges is as close."
    ),
)
HOUSEHOLD = Household(
    name="The Quays",
    is_sample=True,
    statements=(
        Statement(
            file="positions October.csv",
            layout="fidelity-positions",
            as_of=date(2026, 10, 31),
            as_of_kind=AsOfKind.VALUATION,
            accounts=(
                StatementAccount(
                    "K-20417",
                    "QUAY MARINE 401(K)",
                    (
                        StatementRow(5, STOCKS, D("7000.00"), D("86.420"), D("81.00"), "Employee"),
                        StatementRow(6, STABLE, D("3000.00")),
                    ),
                    D("10000.00"),
                ),
                StatementAccount("R-9", "Empty IRA", ()),
            ),
            skipped=(SkippedRow(7, "Total,10000.00", SkipReason.TOTAL),),
            issues=(
                Issue(Severity.WARNING, "One price is old.", "Import again.", 6),
                Issue(Severity.INFO, "Read."),
            ),
            digest="ab" * 32,
        ),
        Statement("typed by hand", "generic", None, None, ()),
    ),
    fund_mixes=(("quay stable value", AssetMix.single(AssetClass.STABLE_VALUE)), ("99887X101", BALANCED.mix)),
    account_names=(("K-20417", "Sam’s 401(k)"),),
    account_rules=(("K-20417", RULES), ("R-9", AccountRules())),
    targets=(TargetAllocation.from_names({"us_large": "0.7", "bonds": "0.3"}), TARGET),
    schedule=CheckSchedule(6),
    checklists=(
        Checklist(
            number=1,
            made_on=date(2026, 11, 20),
            plan=PLAN,
            accounts=(
                Account(
                    "K-20417",
                    "Sam’s 401(k)",
                    (
                        Holding(STOCKS, D("7000.00"), D("86.420"), D("81.00"), "Employee"),
                        Holding(STABLE, D("3000.00")),
                    ),
                    date(2026, 10, 31),
                ),
            ),
            ticks=(ChecklistTick(True, "CN-5512", date(2026, 11, 21)), ChecklistTick()),
        ),
    ),
    draft=WizardDraft("rules", Goal.NEW_MONEY, (("K-20417", "500"),), exact=True),
)
