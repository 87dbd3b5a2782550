"""The planning problem as plain data: what each account holds, may buy and may sell, and the aim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from desktop_app.domain.accounts import Account, Snapshot
from desktop_app.domain.classes import NEVER_TRADED, AssetClass, leaves_of
from desktop_app.domain.funds import Fund, normal_name
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import AccountRules, Goal, OrderStyle, PlanRules
from desktop_app.domain.targets import TargetAllocation, TargetCell

from .desk import Desk
from .drift import band_dollars, judged_targets
from .errors import (
    CapBelowLockedError,
    CashBeyondAccountError,
    CashBeyondSaleableError,
    EmptyHouseholdError,
    NegativeHoldingError,
    NoRoomError,
    RuleValueError,
    UnknownAccountInRulesError,
    dollars,
    until,
)
from .reasons import BLOCKED, GOAL_WORDS, NEVER_BOUGHT, NEVER_SOLD, OWED, UNKNOWN, said
from .rule_names import refuse_unknown_funds
from .rule_slots import Ledger, restrict
from .slot import Cap, Slot

__all__ = [
    "Desk",
    "Problem",
    "Slot",
    "Standing",
    "Zone",
    "build_problem",
]

_tr = translator("RuleErrors")


@dataclass(frozen=True, slots=True)
class Zone:
    """A judged node that should stay within `width` dollars of `aim`; `cells` are indexes of its cells."""

    node: AssetClass
    cells: tuple[int, ...]
    aim: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the mix may stand from target today, where the plan counts on money that comes later.

    `aims` are dollars per cell for what the first `desks` accounts hold today, `most` the dollars off them.
    """

    desks: int
    aims: tuple[Decimal, ...]
    most: Money


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan is searched in; money after the cash flow is `total` dollars.

    With a `standing` today's exchanges also keep the mix as close to today's target as that; under a goal of
    bands a plan that `has_to_help` ends closer to the target than rest does, not only as close; one that
    `may_stray` may end further from it.
    """

    desks: tuple[Desk, ...]
    cells: tuple[TargetCell, ...]
    zones: tuple[Zone, ...]
    total: Money
    rules: PlanRules
    target: TargetAllocation
    standing: Standing | None = None
    has_to_help: bool = False
    may_stray: bool = False

    @property
    def by_zone(self) -> bool:
        """Whether the goal is to be inside zones rather than on target."""
        return self.rules.goal in {Goal.BAND_EDGE, Goal.HALFWAY}

    @property
    def has_cash(self) -> bool:
        """Whether money comes into some account or leaves one."""
        return any(desk.cash for desk in self.desks)

    @property
    def may_rest(self) -> bool:
        """Whether doing nothing is a legal plan: no cash moves and no cap forces a sale."""
        return not any(desk.cash or desk.is_over for desk in self.desks)

    @property
    def is_bound(self) -> bool:
        """Whether some rule counts or sizes single exchanges."""
        return self.rules.max_exchanges is not None or any(desk.is_bound for desk in self.desks)


def build_problem(
    snapshot: Snapshot, target: TargetAllocation, rules: PlanRules, standing: Standing | None = None
) -> Problem:
    """Lay out the problem and refuse what cannot be planned.

    Raises `NegativeHoldingError`, `EmptyHouseholdError`, `UnknownFundInRulesError`,
    `UnknownAccountInRulesError`, `RuleValueError` and the `ContradictoryRulesError` family.
    """
    _refuse_bad_rules(snapshot, rules)
    _refuse_negative(snapshot, rules)
    total = snapshot.total + sum((cash for _, cash in rules.cash_flow), ZERO)
    if not snapshot.total and not any(cash > 0 for _, cash in rules.cash_flow):
        raise EmptyHouseholdError
    cells = target.cells(max(total, ZERO))
    desks = tuple(_desk(account, cells, rules) for account in snapshot.accounts)
    for desk in desks:
        _refuse_contradictions(desk)
    desks = tuple(_with_whole_cents(desk) for desk in desks)
    zones = zones_of(cells, target, total, rules.goal)
    return Problem(desks, cells, zones, total, rules, target, standing)


def _refuse_bad_rules(snapshot: Snapshot, rules: PlanRules) -> None:
    known = [account.id for account in snapshot.accounts]
    logged = (past.account_id for past in rules.log.entries)
    for account_id in (*dict(rules.accounts), *dict(rules.cash_flow), *logged):
        if account_id not in known:
            raise UnknownAccountInRulesError(account_id, known)
    if rules.round_to < CENT or rules.round_to % CENT:
        raise RuleValueError("round_to", rules.round_to, _tr("whole cents, at least 0.01"))
    if rules.tidy < 0:
        raise RuleValueError("tidy", rules.tidy, _tr("zero or more"))
    for _, cash in rules.cash_flow:
        if cash % CENT:
            raise RuleValueError("cash_flow", cash, _tr("whole cents"))
    if rules.max_exchanges is not None and rules.max_exchanges < 0:
        raise RuleValueError("max_exchanges", Decimal(rules.max_exchanges), _tr("zero or more"))
    for _, account in rules.accounts:
        _refuse_bad_account_rules(account)


def _refuse_bad_account_rules(account: AccountRules) -> None:
    if account.minimum_exchange < 0:
        raise RuleValueError("minimum_exchange", account.minimum_exchange, _tr("zero or more"))
    if account.max_exchanges is not None and account.max_exchanges < 0:
        raise RuleValueError("max_exchanges", Decimal(account.max_exchanges), _tr("zero or more"))
    for _, share in account.cap:
        if not 0 <= share <= 1:
            raise RuleValueError("cap", share, _tr("between 0 and 1"))


def _refuse_negative(snapshot: Snapshot, rules: PlanRules) -> None:
    """Refuse money into or out of an account with a holding below zero; it is counted, and nothing moves."""
    for account in snapshot.accounts:
        for holding in account.owed:
            if rules.cash_for(account.id) or snapshot.total <= 0:
                raise NegativeHoldingError(account.name, holding.fund.name, holding.value)


def _desk(account: Account, cells: tuple[TargetCell, ...], rules: PlanRules) -> Desk:
    own = rules.for_account(account.id)
    funds = _funds(account, own.menu)
    refuse_unknown_funds(account, own, funds, rules.log.of(account.id, rules.today))
    cash = rules.cash_for(account.id)
    after = account.total + cash
    slots = tuple(_slot(account, fund, cells, own, rules, after) for fund in funds)
    if account.owed:
        return Desk(account.id, account.name, slots, cash, replace(own, order_style=OrderStyle.DOLLARS))
    slots, caps = restrict(Ledger.of(account.id, own, rules), slots, cash, account.name)
    if rules.goal is Goal.NEW_MONEY and own.order_style is OrderStyle.REALIGN_PERCENT:
        own = replace(own, order_style=OrderStyle.DOLLARS)  # money alone moves: nothing is realigned
    return Desk(account.id, account.name, slots, cash, own, caps)


def _funds(account: Account, menu: Iterable[Fund]) -> list[Fund]:
    """Return the held funds in order, then what the menu adds to them."""
    found: dict[str, Fund] = {holding.fund.key: holding.fund for holding in reversed(account.holdings)}
    found = {holding.fund.key: found[holding.fund.key] for holding in account.holdings}
    known = {name for fund in found.values() for name in _names(fund, fund.key)}
    for fund in menu:
        if fund.key not in found and known.isdisjoint(_names(fund)):
            found[fund.key] = fund
            known.update(_names(fund, fund.key))
    return list(found.values())


def _names(fund: Fund, *more: str) -> set[str]:
    return {normal_name(name) for name in (*more, fund.name, fund.symbol, fund.cusip) if name}


def _slot(
    account: Account,
    fund: Fund,
    cells: tuple[TargetCell, ...],
    own: AccountRules,
    rules: PlanRules,
    after: Money,
) -> Slot:
    held = [holding for holding in account.holdings if holding.fund.key == fund.key]
    units = [holding.units for holding in held]
    caps = [] if account.owed else [share for name, share in own.cap if fund.is_called(name)]
    goal = ("", "")
    if account.owed:
        goal = (OWED, OWED)
    elif rules.goal is Goal.NEW_MONEY:
        goal = why_goal_forbids(rules.cash_for(account.id))
    return Slot(
        fund=fund,
        value=sum((holding.value for holding in held), ZERO),
        shares=_shares(fund, cells),
        lock=_why_kept(fund, own, rules) or goal[0],
        shut=_why_shut(fund, own, rules) or goal[1],
        limit=min(caps) * after if caps else None,
        blocked=_why_blocked(fund, own, rules),
        units=sum((u for u in units if u is not None), ZERO) if held and None not in units else None,
    )


def _shares(fund: Fund, cells: tuple[TargetCell, ...]) -> tuple[Decimal, ...]:
    parts = dict(fund.mix.parts)
    return tuple(sum((parts[leaf] for leaf in cell.leaves if leaf in parts), ZERO) for cell in cells)


def _never_traded(fund: Fund) -> bool:
    return any(leaf in NEVER_TRADED for leaf, _ in fund.mix)


def _why_kept(fund: Fund, own: AccountRules, rules: PlanRules) -> str:
    if _never_traded(fund):
        return UNKNOWN
    if any(fund.is_called(name) for name in own.no_sell):
        return NEVER_SOLD
    return _why_blocked(fund, own, rules)


def _why_shut(fund: Fund, own: AccountRules, rules: PlanRules) -> str:
    if _never_traded(fund):
        return UNKNOWN
    if any(fund.is_called(name) for name in own.no_buy):
        return NEVER_BOUGHT
    return _why_blocked(fund, own, rules)


def _why_blocked(fund: Fund, own: AccountRules, rules: PlanRules) -> str:
    for name, day in own.blocked_until:
        if fund.is_called(name) and day > rules.today:
            return BLOCKED + until(day)
    return ""


def why_goal_forbids(cash: Money) -> tuple[str, str]:
    """Say why the goal of new money lets no fund of an account be sold, and bought; empty where it does.

    An account with money in just buys, one with money out just sells.
    """
    return "" if cash < 0 else GOAL_WORDS[0], "" if cash > 0 else GOAL_WORDS[1]


def zones_of(
    cells: tuple[TargetCell, ...], target: TargetAllocation, total: Money, goal: Goal
) -> tuple[Zone, ...]:
    """Return how far each judged node may stand from its target under a band goal.

    *Band edge*: one cent inside the band, because the edge itself counts as out. *Half-way*: half
    the band, the tolerance of Daryanani (JFP, January 2008); a class inside it is left alone.
    """
    if goal not in {Goal.BAND_EDGE, Goal.HALFWAY} or total <= 0:
        return ()
    zones = []
    for node, aim in judged_targets(cells).items():
        under = leaves_of(node)
        inside = tuple(i for i, cell in enumerate(cells) if cell.leaves[0] in under)
        band = band_dollars(target, aim, total)
        width = band / 2 if goal is Goal.HALFWAY else max(band - CENT, ZERO)
        zones.append(Zone(node, inside, aim, width))
    return tuple(zones)


def _refuse_contradictions(desk: Desk) -> None:
    """Refuse rules no plan can meet; caps, locks and cash of one account decide it without a search."""
    held = desk.total_after - desk.cash
    if any(slot.value < 0 for slot in desk.slots):
        return  # nothing moves there
    if desk.total_after < 0:
        raise CashBeyondAccountError(desk.name, desk.cash, held)
    saleable = sum((slot.saleable for slot in desk.slots), ZERO)
    if desk.cash + saleable < 0:
        raise CashBeyondSaleableError(desk.name, desk.cash, saleable, _first_reason(desk, "kept"))
    forced = ZERO
    for slot in desk.slots:
        over = ZERO if slot.limit is None else slot.value - slot.limit
        if over > slot.saleable:
            share = (slot.limit or ZERO) / desk.total_after if desk.total_after else ZERO
            raise CapBelowLockedError(slot.fund.name, desk.name, share, slot.held, said(slot.kept))
        forced += max(over, ZERO)
    rooms = [slot.room for slot in desk.slots if slot.can_buy]
    room = None if None in rooms else sum((room for room in rooms if room is not None), ZERO)
    if room is not None and desk.cash + forced > room:
        raise NoRoomError(desk.name, desk.cash + forced, room, _placed(desk), _full(desk))


def _placed(desk: Desk) -> str:
    """Say where the money comes from that has to be placed: new money, caps that make funds sell, or both."""
    capped = [slot for slot in desk.slots if slot.is_over]
    parts = [_tr("{0} of new money").format(dollars(desk.cash))] if desk.cash > 0 and capped else []
    if desk.cash > 0 and not capped:
        parts.append(_tr("new money"))
    words = _tr("what “{0}” holds above the {1} of its cap")
    parts += [words.format(slot.fund.name, dollars(slot.limit or ZERO)) for slot in capped]
    return _tr(" and ").join(parts)


def _full(desk: Desk) -> str:
    """Say what keeps the other funds from taking it: every cap, else the first reason."""
    caps = [
        _tr("“{0}” may hold at most {1}").format(slot.fund.name, dollars(slot.limit))
        for slot in desk.slots
        if slot.limit is not None and (slot.can_buy or slot.value >= slot.limit) and not slot.shut
    ]
    return _first_reason(desk, "shut") or ", ".join(caps)


def _with_whole_cents(desk: Desk) -> Desk:
    """Return the account with caps in whole cents; an account that orders by percent keeps them as they are.

    They are rounded down. Where the account's money would then have no room for its last cents, as with
    caps that add to all of it, as many caps as needed are rounded up.
    """
    if desk.by_percent:
        return desk
    slots = [_with_limit(slot, ROUND_FLOOR) for slot in desk.slots]
    caps = [replace(cap, most=cap.most.quantize(CENT, ROUND_FLOOR)) for cap in desk.caps]
    for s, slot in enumerate(desk.slots):
        if not _lacks_room(slots, caps, desk.total_after):
            break
        slots[s] = _with_limit(slot, ROUND_CEILING)
    for i, cap in enumerate(desk.caps):
        if _lacks_room(slots, caps, desk.total_after):
            caps[i] = replace(cap, most=cap.most.quantize(CENT, ROUND_CEILING))
    return replace(desk, slots=tuple(slots), caps=tuple(caps))


def _with_limit(slot: Slot, rounding: str) -> Slot:
    return slot if slot.limit is None else replace(slot, limit=slot.limit.quantize(CENT, rounding))


def _lacks_room(slots: Sequence[Slot], caps: Iterable[Cap], total: Money) -> bool:
    """Tell whether the funds together may hold less than the account will."""
    most = [_most_held(slot) for slot in slots]
    shared: set[int] = set()
    whole = ZERO
    for cap in caps:
        own = [most[s] for s in cap.slots if s not in shared]
        shared.update(cap.slots)
        whole += (
            cap.most if None in own else min(cap.most, sum((part for part in own if part is not None), ZERO))
        )
    rest = [part for s, part in enumerate(most) if s not in shared]
    return None not in rest and whole + sum((part for part in rest if part is not None), ZERO) < total


def _most_held(slot: Slot) -> Money | None:
    """Return the most dollars a fund may hold afterwards, None without a limit."""
    if slot.limit is None:
        return None if slot.can_buy else slot.value
    return slot.limit if slot.can_buy or slot.is_over else slot.value


def _first_reason(desk: Desk, side: str) -> str:
    """Return the name of the first fund that may not be sold or bought, with the reason."""
    found = ((slot.fund.name, getattr(slot, side)) for slot in desk.slots)
    return next((f"“{name}”: {said(reason)}" for name, reason in found if reason), "")
