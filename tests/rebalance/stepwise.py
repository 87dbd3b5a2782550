"""Random households whose orders go in steps, and a whole-number program for them written another way.

The columns are the numbers that are typed: whole percents of the fund as it is held, thousandths of a
unit, or steps of `round_to` dollars. Nothing of the program's own search is used.
"""

from __future__ import annotations

import itertools
import math
import random
from collections import defaultdict
from decimal import ROUND_FLOOR, Decimal

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import NEVER_TRADED
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, OrderStyle, PlanRules
from desktop_app.domain.targets import TargetAllocation
from tests.rebalance.households import Case, draw_household, some
from tests.rebalance.program import INF, Stages

CENT = 0.01


def draw_stepped(seed: int, style: OrderStyle, step: str = "0.01", *, limits: bool = False) -> Case:
    """Return one or two accounts of up to four funds that order in `style`, amounts in `step` dollars."""
    chance = random.Random(seed)

    def own(names: list[str], menu: tuple) -> AccountRules:
        return AccountRules(
            menu=menu,
            no_sell=some(chance, names, 0.12),
            no_buy=some(chance, names, 0.12),
            cap=tuple((n, Decimal(chance.randint(10, 90)) / 100) for n in some(chance, names, 0.12)),
            minimum_exchange=Decimal(chance.choice([0, 0, 100, 2500])) if limits else Decimal(0),
            max_exchanges=chance.choice([None, None, 1, 2, 3]) if limits else None,
            order_style=style,
        )

    sizes = chance.choice([[chance.randint(2, 4)], [chance.randint(2, 4)], [chance.randint(2, 3), 2]])
    snapshot, target, rules = draw_household(chance, sizes, own, None)
    if chance.random() < 0.6:
        stocks = Decimal(chance.randint(1, 19)) / 20
        target = TargetAllocation.from_names({"stocks": str(stocks), "fixed_income": str(1 - stocks)})
    if style is OrderStyle.UNITS:
        snapshot = Snapshot(tuple(_with_units(chance, account) for account in snapshot.accounts))
    return (
        snapshot,
        target,
        PlanRules(rules.today, cash_flow=rules.cash_flow, accounts=rules.accounts, round_to=Decimal(step)),
    )


def _with_units(chance: random.Random, account: Account) -> Account:
    holdings = []
    for holding in account.holdings:
        price = Decimal(chance.choice([100, 1234, 5117, 30259])) / 100
        units = (holding.value / price).quantize(Decimal("0.001"))
        value = (units * price).quantize(Decimal("0.01"))
        holdings.append(Holding(holding.fund, value, units=units, price=price))
    return Account(account.id, account.name, tuple(holdings))


class Steps(Stages):
    """The program of one household; `away` are columns off target, `moved` those between funds."""

    def __init__(self, case: Case, *, seconds: float = 60.0, cash_in_steps: bool = True) -> None:
        snapshot, target, self._rules = case
        self._cash_in_steps = cash_in_steps
        super().__init__(1e-7, 1e-3)
        self._solver.setOptionValue("time_limit", seconds)
        self._solver.setOptionValue("threads", 1)
        total = snapshot.total + sum(cash for _, cash in self._rules.cash_flow)
        self._cells = target.cells(max(total, Decimal(0)))
        self.moved: dict[int, float] = {}
        self.flags: dict[int, float] = {}
        self._mix = [defaultdict(float) for _ in self._cells]
        self._held = [0.0 for _ in self._cells]
        for account in snapshot.accounts:
            self._add_account(account)
        if self._rules.max_exchanges is not None:
            self._row(-INF, self._rules.max_exchanges, self.flags)
        self.away: dict[int, float] = {}
        for cell, held, terms in zip(self._cells, self._held, self._mix, strict=True):
            over, short = self._solver.addVariable(0.0, INF).index, self._solver.addVariable(0.0, INF).index
            gap = float(cell.dollars) - held
            self._row(gap, gap, {**terms, over: -1.0, short: 1.0})
            self.away |= {over: 0.5, short: 0.5}

    def _add_account(self, account: Account) -> None:
        own, cash = self._rules.for_account(account.id), float(self._rules.cash_for(account.id))
        funds = [h.fund for h in account.holdings] + list(own.menu)
        held = [float(h.value) for h in account.holdings] + [0.0] * len(own.menu)
        units = [h.units for h in account.holdings] + [None] * len(own.menu)
        known = [not any(leaf in NEVER_TRADED for leaf, _ in fund.mix) for fund in funds]
        sold = [i for i, f in enumerate(funds) if held[i] and known[i] and f.name not in own.no_sell]
        bought = [k for k, f in enumerate(funds) if known[k] and f.name not in own.no_buy]
        pairs = [(i, k) for i, k in itertools.product(sold, bought) if i != k]
        pairs += [(-1, k) for k in bought if cash > 0] + [(i, -1) for i in sold if cash < 0]
        terms: dict[tuple[int, int], dict[int, float]] = {}
        odd: dict[int, float] = {}
        own_flags: dict[int, float] = {}
        for i, k in pairs:
            most = min(held[i] if i >= 0 else cash, -cash if k < 0 else INF)
            terms[i, k] = self._amount(own, i, k, held, units, most, cash, odd)
            flag = self._solver.addBinary().index
            least = float(own.minimum_exchange)
            least = max(min(least, abs(cash)) if min(i, k) < 0 else least, CENT)
            self._row(-INF, 0.0, {**terms[i, k], flag: -most - 1e-6})
            self._row(-0.006 if min(i, k) >= 0 else 0.0, INF, {**terms[i, k], flag: -least})
            own_flags[flag] = 1.0
            if min(i, k) >= 0:
                self.moved |= terms[i, k]
        self.flags |= own_flags
        if odd:
            self._row(1.0, 1.0, odd)
        if own.max_exchanges is not None and pairs:
            self._row(-INF, own.max_exchanges, own_flags)
        self._row(abs(cash), abs(cash), _summed(t for pair, t in terms.items() if min(pair) < 0))
        self._add_funds(account, funds, held, terms)

    def _add_funds(self, account: Account, funds: list, held: list[float], terms: dict) -> None:
        """Nobody gives more than it has, no fund is bought and sold, caps hold, and every class adds up."""
        own, cash = self._rules.for_account(account.id), float(self._rules.cash_for(account.id))
        for i, fund in enumerate(funds):
            gone = _summed(t for (source, _), t in terms.items() if source == i)
            come = _summed(t for (_, sink), t in terms.items() if sink == i)
            if gone:
                self._row(-INF, held[i] + 1e-6, gone)
            if gone and come:
                one_way = self._solver.addBinary().index
                whole = sum(held) + abs(cash)
                self._row(-INF, 0.0, {**gone, one_way: -held[i] - 1e-6})
                self._row(-INF, whole, {**come, one_way: whole})
            net = come | {column: -worth for column, worth in gone.items()}
            for name, share in own.cap:
                if name == fund.name:
                    whole = sum((h.value for h in account.holdings), Decimal(0))
                    limit = share * (whole + self._rules.cash_for(account.id))
                    limit = limit.quantize(Decimal("0.01"), ROUND_FLOOR)
                    self._row(-INF, float(limit) - held[i] + 1e-6, net)
            for c, cell in enumerate(self._cells):
                part = float(sum(fund.mix.share(leaf) for leaf in cell.leaves))
                self._held[c] += part * held[i]
                for column, worth in net.items():
                    self._mix[c][column] += part * worth

    def _amount(self, own, i, k, held, units, most, cash, odd) -> dict[int, float]:
        """Return dollars of an exchange as columns and what one of each is worth."""
        if min(i, k) >= 0:
            worth = float(self._rules.round_to)
            if own.order_style is OrderStyle.PERCENT_OF_FUND:
                worth = held[i] / 100
            elif own.order_style is OrderStyle.UNITS and units[i]:
                worth = held[i] / float(units[i]) / 1000
        else:
            worth = float(self._rules.round_to) if self._cash_in_steps else CENT
        if worth <= CENT and min(i, k) < 0:
            return {self._solver.addVariable(0.0, most).index: 1.0}
        found = {self._solver.addIntegral(0.0, math.floor(most / worth + 1e-9)).index: worth}
        if min(i, k) < 0 and (left := round(abs(cash) - math.floor(abs(cash) / worth + 1e-9) * worth, 2)):
            one = self._solver.addBinary().index
            odd[one] = 1.0
            found[one] = left
        return found


def _summed(parts) -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for terms in parts:
        for column, worth in terms.items():
            found[column] += worth
    return dict(found)


def wrong_steps(plan: ExchangePlan) -> list[str]:
    """Return the exchanges that are not in whole percents, thousandths of units or steps of dollars."""
    found = []
    for exchange in plan.exchanges:
        own = plan.rules.for_account(exchange.account_id)
        if exchange.source is None or exchange.target is None:
            continue
        held = {t.fund.key: t.before for t in plan.trades if t.account_id == exchange.account_id}
        before = held[exchange.source.key]
        if own.order_style is OrderStyle.PERCENT_OF_FUND:
            share = exchange.percent_of_fund * 100
            if share != int(share) or abs(before * share / 100 - exchange.amount) > Decimal("0.01"):
                found.append(f"{exchange.amount} is {share} % of {before}")
        elif own.order_style is OrderStyle.DOLLARS and exchange.amount % plan.rules.round_to:
            found.append(f"{exchange.amount}")
    return found
