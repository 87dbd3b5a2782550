"""The planning problem written as columns and rows: by buys and sells, or by single exchanges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType

from desktop_app.domain.money import ZERO
from desktop_app.domain.records import dataclass

from .cover import least_left, realigns
from .problem import Desk, Problem, Slot
from .solver import INFINITE, Model
from .standing import hold_standing

PARTS = 1000.0
"""The household is this many units, so that solver tolerances mean the same for every size."""

LOOSE = 1e-4
"""Bounds worked out by the solver are taken this many units wider than found."""

EXACT = 0.004
"""Dollars by which a whole-number search may stay off its optimum: nobody can order less than a cent."""
ROUGH = 0.05
"""The same where several accounts are realigned: their whole percents come within cents of any sum, and
what a search for the last one takes is better spent on moving less."""

PATIENCE = 2.0
"""Seconds after which a search for whole percents ends when next to nothing is left to find."""

LITTLE = 1e-7
"""What rounding in the solver may add, in units."""


WORTH = 0.02
"""Dollars by which exchanges have to come closer to the target to be worth the while."""


@dataclass(frozen=True, slots=True, order=True)
class Arc:
    """A possible exchange: from slot to slot of one desk; −1 stands for the cash that comes or goes."""

    desk: int
    source: int
    target: int

    @property
    def is_cash(self) -> bool:
        """Whether new money or money raised moves here."""
        return self.source < 0 or self.target < 0


@dataclass(slots=True)
class Layout:
    """A model with the columns the stages speak about; money is in units of the household / 1000.

    `change[c]` are the terms by which cell c changes, `over` and `short` its distance from target, `aims[c]`
    the row that says so, `balances[d]` the row by which account d gives what it gets, `outside` the money
    outside the zones, `idle` the misallocation as it is now, `movement` the dollars moved, `count` the
    exchanges.
    A whole-number search is done within `exact` dollars; `make` is the kind of model it is written in.
    """

    unit: float
    exact: float = EXACT
    make: type[Model] = Model
    model: Model = field(init=False)
    change: list[dict[int, float]] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    aims: list[int] = field(default_factory=list)
    balances: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)
    idle: float = 0.0
    movement: dict[int, float] = field(default_factory=dict)
    count: dict[int, float] = field(default_factory=dict)
    level: int = -1
    flows: dict[Arc, int] = field(default_factory=dict)
    flags: dict[Arc, int] = field(default_factory=dict)
    counts: dict[Arc, int] = field(default_factory=dict)
    sells: dict[tuple[int, int], int] = field(default_factory=dict)
    buys: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.model = self.make(max(self.exact / self.unit, LITTLE / 100))

    @property
    def misallocation(self) -> dict[int, float]:
        """Half the money off target."""
        return dict.fromkeys([*self.over, *self.short], 0.5)

    def money_outside(self) -> dict[int, float]:
        """Money outside the zones."""
        return dict.fromkeys(self.outside, 1.0)


def primary_of(layout: Layout, problem: Problem) -> dict[int, float]:
    """Return what the goal makes least first: money outside the zones of a goal of bands, else off target."""
    return layout.money_outside() if problem.by_zone else layout.misallocation


def unit_of(problem: Problem) -> float:
    """Return the dollars one solver unit stands for."""
    before = sum(float(slot.value) for desk in problem.desks for slot in desk.slots)
    return max(before, float(problem.total), 1.0) / PARTS


def flow_layout(problem: Problem) -> Layout:
    """Write the problem by what each fund buys and sells: small, and enough without exchange rules."""
    layout = Layout(unit_of(problem))
    layout.change = [{} for _ in problem.cells]
    model = layout.model
    for d, desk in enumerate(problem.desks):
        balance: dict[int, float] = {}
        nets: list[dict[int, float]] = []
        buys = best_buys(desk)
        for s, slot in enumerate(desk.slots):
            net: dict[int, float] = {}
            if slot.can_sell:
                over = ZERO if slot.limit is None else max(slot.value - slot.limit, ZERO)
                column = model.column(float(over) / layout.unit, float(slot.saleable) / layout.unit)
                layout.sells[d, s] = column
                net[column] = -1.0
            if s in buys:
                room = desk.room_of(s)
                column = model.column(0.0, INFINITE if room is None else float(room) / layout.unit)
                layout.buys[d, s] = column
                net[column] = 1.0
            balance.update(net)
            nets.append(net)
            add_change(layout, slot, net)
        add_shared_caps(layout, desk, nets)
        cash = float(desk.cash) / layout.unit
        layout.balances.append(model.row(cash, cash, balance))
        by_cash = {layout.buys[d, s]: 1.0 for s in buys if desk.slots[s].only_cash}
        if by_cash:
            model.row(-INFINITE, max(cash, 0.0), by_cash)
        moved = layout.sells if cash >= 0 else layout.buys
        layout.movement.update({column: 1.0 for (at, _), column in moved.items() if at == d})
    add_aims(layout, problem)
    hold_standing(layout.model, layout.change, layout.unit, problem)
    return layout


def arc_layout(
    problem: Problem,
    arcs: Iterable[Arc],
    *,
    counted: bool,
    bound: bool,
    one_way: bool = False,
    least: Sequence[float] = (),
    most: Mapping[Arc, float] = MappingProxyType({}),
    make: type[Model] = Model,
) -> Layout:
    """Write the problem by single exchanges.

    `counted` adds a yes-or-no per exchange; with `bound` the rules that count or size exchanges
    hold too; `one_way` lets no fund be bought and sold at once. `least` gives the smallest amount of
    each exchange in dollars, `most` the largest where it is known; `make` is the kind of model.
    """
    realigned = sum(desk.by_percent for desk in problem.desks)
    layout = Layout(unit_of(problem), ROUGH if realigned > 1 else EXACT, make)
    layout.change = [{} for _ in problem.cells]
    model = layout.model
    model.seeks = len(problem.desks) > 1 and not bound
    model.patience = PATIENCE if realigned else None
    for i, arc in enumerate(arcs):
        lower = least[i] / layout.unit if least else 0.0
        upper = min(most_of(problem, arc) / layout.unit, most.get(arc, INFINITE) / layout.unit + LOOSE)
        layout.flows[arc] = model.column(lower, upper)
        if not arc.is_cash:
            layout.movement[layout.flows[arc]] = 1.0
    for d, desk in enumerate(problem.desks):
        add_desk(layout, d, desk)
    add_aims(layout, problem)
    hold_standing(layout.model, layout.change, layout.unit, problem)
    if counted:
        for arc, column in layout.flows.items():
            if problem.desks[arc.desk].by_percent:
                continue  # its one order is counted with the percents
            flag = model.column(0.0, 1.0, whole=True)
            layout.flags[arc] = flag
            layout.count[flag] = 1.0
            model.row(-INFINITE, 0.0, {column: 1.0, flag: -model.bounds(column)[1]})
    if bound:
        _add_exchange_rules(layout, problem)
    if one_way:
        for d, desk in enumerate(problem.desks):
            _add_directions(layout, d, desk)
    return layout


def best_buys(desk: Desk) -> list[int]:
    """Return the slots worth buying.

    Of funds that are the same to the aim and to the rules only the first is bought (held funds
    come first, the stock of one company last): money split between them could as well go to one.
    """
    buys: dict[object, int] = {}
    washes = desk.has_wash
    for s, slot in sorted(enumerate(desk.slots), key=lambda place: place[1].fund.is_one_company):
        alone = desk.is_capped(s) or desk.by_percent or (washes and slot.can_sell)
        if slot.can_buy:
            like = (slot.shares, slot.washes, slot.competes, bool(slot.only_cash), s if alone else -1)
            buys.setdefault(like, s)
    return sorted(buys.values())


def useful_arcs(problem: Problem) -> list[Arc]:
    """Return every exchange worth thinking of.

    Money never goes from a fund to its like, nor from a stable-value source to a competing fund.
    """
    arcs: list[Arc] = []
    for d, desk in enumerate(problem.desks):
        buys = best_buys(desk)
        sells = [s for s, slot in enumerate(desk.slots) if slot.can_sell]
        if desk.cash > 0:
            arcs.extend(Arc(d, -1, g) for g in buys)
        for f in sells:
            if desk.cash < 0:
                arcs.append(Arc(d, f, -1))
            arcs.extend(Arc(d, f, g) for g in buys if may_move(problem, d, f, g))
    return arcs


def may_move(problem: Problem, d: int, f: int, g: int) -> bool:
    """Tell whether money may go from one fund to another, and that is of any use."""
    source, target = problem.desks[d].slots[f], problem.desks[d].slots[g]
    if f == g or target.only_cash or (source.washes and target.competes):
        return False
    like = source.shares == target.shares
    return not like or problem.desks[d].is_capped(f) or problem.desks[d].by_percent


def most_of(problem: Problem, arc: Arc) -> float:
    """Return the most dollars an exchange could carry."""
    desk = problem.desks[arc.desk]
    cash = abs(desk.cash)
    source = None if arc.source < 0 else desk.slots[arc.source]
    give = cash if source is None else source.saleable
    if arc.target < 0:
        return float(min(give, cash))
    if source is not None and desk.slots[arc.target].competes:
        give = source.straight
    room = desk.room_of(arc.target)
    return float(give if room is None else min(give, room))


def add_desk(layout: Layout, d: int, desk: Desk) -> None:
    """Tie the flows of one account: nobody gives more than it has, the cash goes where it must."""
    own = [(arc, column) for arc, column in layout.flows.items() if arc.desk == d]
    cash = {column: 1.0 for arc, column in own if arc.is_cash}
    amount = abs(float(desk.cash)) / layout.unit
    if amount or cash:
        layout.model.row(amount, amount, cash)
    nets: list[dict[int, float]] = []
    for s, slot in enumerate(desk.slots):
        gone = {column: -1.0 for arc, column in own if arc.source == s}
        come = {column: 1.0 for arc, column in own if arc.target == s}
        if gone:
            layout.model.row(-float(slot.saleable) / layout.unit, INFINITE, gone)
        if slot.is_washed:
            straight = {column: 1.0 for arc, column in own if arc.source == s and _competes(desk, arc)}
            if straight:
                layout.model.row(-INFINITE, float(slot.straight) / layout.unit, straight)
        net = {**gone, **come}
        nets.append(net)
        add_change(layout, slot, net)
        add_cap(layout, slot, net)
    add_shared_caps(layout, desk, nets)


def _competes(desk: Desk, arc: Arc) -> bool:
    return arc.target >= 0 and desk.slots[arc.target].competes


def add_change(layout: Layout, slot: Slot, net: dict[int, float]) -> None:
    """Let the cells change by what a fund gets (+) and gives (−)."""
    for c, share in enumerate(slot.shares):
        if share and net:
            terms = layout.change[c]
            for column, sign in net.items():
                terms[column] = terms.get(column, 0.0) + sign * float(share)


def add_cap(layout: Layout, slot: Slot, net: dict[int, float]) -> None:
    """Keep a fund within its cap."""
    if slot.limit is not None and (net or slot.value > slot.limit):
        layout.model.row(-INFINITE, float(slot.limit - slot.value) / layout.unit, net)


def add_shared_caps(layout: Layout, desk: Desk, nets: Sequence[Mapping[int, float]]) -> None:
    """Keep funds of an account within the caps they share; `nets` is what each gets (+) and gives (−)."""
    for cap in desk.caps:
        terms: dict[int, float] = {}
        for s in cap.slots:
            for column, sign in nets[s].items():
                terms[column] = terms.get(column, 0.0) + sign
        terms = {column: sign for column, sign in terms.items() if sign}
        layout.model.row(-INFINITE, float(cap.most - cap.held(desk.slots)) / layout.unit, terms)


def add_aims(layout: Layout, problem: Problem) -> None:
    """Add each cell's distance from target and, for band goals, the money outside each zone."""
    model = layout.model
    held = [
        sum(slot.value * slot.shares[c] for desk in problem.desks for slot in desk.slots)
        for c in range(len(problem.cells))
    ]
    for c, cell in enumerate(problem.cells):
        over, short = model.column(), model.column()
        gap = float(cell.dollars - held[c]) / layout.unit
        layout.aims.append(model.row(gap, gap, {**layout.change[c], over: -1.0, short: 1.0}))
        layout.over.append(over)
        layout.short.append(short)
        layout.idle += abs(gap) / 2
    if problem.zones and problem.may_rest and not problem.may_stray:
        spare = -WORTH / layout.unit if problem.has_to_help else LITTLE
        model.row(-INFINITE, layout.idle + spare, layout.misallocation)
    for zone in problem.zones:
        width = float(zone.width) / layout.unit
        stray = model.column()
        layout.outside.append(stray)
        above = {layout.over[c]: 1.0 for c in zone.cells} | {layout.short[c]: -1.0 for c in zone.cells}
        model.row(-INFINITE, width, {**above, stray: -1.0})
        model.row(-width, INFINITE, {**above, stray: 1.0})
    layout.level = model.column()


def _add_exchange_rules(layout: Layout, problem: Problem) -> None:
    """Add limits on the number and the size of exchanges, waiting rules and whole percents.

    A realign by percent is one order however many funds it touches: it counts as one exchange and
    its minimum is for all it moves.
    """
    for d, desk in enumerate(problem.desks):
        if desk.by_percent:
            add_percents(layout, d, desk)
            continue
        most = desk.rules.max_exchanges
        flags = {flag: 1.0 for arc, flag in layout.flags.items() if arc.desk == d}
        if most is not None and flags:
            layout.model.row(-INFINITE, float(most), flags)
        _add_minimum(layout, d, desk)
    household = problem.rules.max_exchanges
    if household is not None:
        layout.model.row(-INFINITE, float(household), dict(layout.count))


def _add_minimum(layout: Layout, d: int, desk: Desk) -> None:
    for arc, column in layout.flows.items():
        if arc.desk == d and (least := least_of(desk, arc)):
            layout.model.row(0.0, INFINITE, {column: 1.0, layout.flags[arc]: -least / layout.unit})


def least_of(desk: Desk, arc: Arc) -> float:
    """Return the smallest dollars an exchange may carry; new money below the minimum goes in whole."""
    least = desk.rules.minimum_exchange
    return float(min(least, abs(desk.cash)) if arc.is_cash else least)


def _add_directions(layout: Layout, d: int, desk: Desk) -> None:
    """A fund is bought or sold, never both: a detour must not get round a minimum or a wait."""
    for s, slot in enumerate(desk.slots):
        gone = {c: 1.0 for arc, c in layout.flows.items() if arc.desk == d and arc.source == s}
        come = {c: 1.0 for arc, c in layout.flows.items() if arc.desk == d and arc.target == s}
        if gone and come:
            buying = layout.model.column(0.0, 1.0, whole=True)
            out, into = float(slot.saleable) / layout.unit, float(desk.total_after) / layout.unit + 1.0
            layout.model.row(-INFINITE, out, {**gone, buying: out})
            layout.model.row(-INFINITE, 0.0, {**come, buying: -into})


def add_percents(layout: Layout, d: int, desk: Desk) -> dict[tuple[int, ...], int]:
    """Every fund of a realigned account ends at whole percents of it, or nothing is ordered there.

    Returns the yes-or-no of each set of funds the order may cover.
    """
    model = layout.model
    acts = {slots: model.column(0.0, 1.0, whole=True) for slots in realigns(desk)}
    once = dict.fromkeys(acts.values(), 1.0)
    layout.count.update(once)
    most = 1.0 if desk.rules.max_exchanges is None else min(1.0, desk.rules.max_exchanges)
    model.row(1.0 if desk.cash else 0.0, most, once)
    if desk.rules.minimum_exchange and not desk.cash:
        flows = {column: 1.0 for arc, column in layout.flows.items() if arc.desk == d}
        least = float(desk.rules.minimum_exchange) / layout.unit
        model.row(0.0, INFINITE, flows | dict.fromkeys(once, -least))
    ends: dict[int, dict[int, float]] = {s: {} for s in range(len(desk.slots))}
    for slots, act in acts.items():
        whole = float(sum((desk.slots[s].value for s in slots), desk.cash)) / layout.unit
        shares = {s: model.column(0.0, 100.0, whole=True) for s in slots}
        model.row(0.0, 0.0, {**dict.fromkeys(shares.values(), 1.0), act: -100.0})
        for s, share in shares.items():
            held = least_left(desk.slots[s])
            if held and whole > 0:
                least = 100.0 * float(held) / layout.unit / whole
                model.row(0.0, INFINITE, {share: 1.0, act: -least})
            ends[s] |= {share: -whole / 100.0, act: float(desk.slots[s].value) / layout.unit}
    for s, end in ends.items():
        net = {c: -1.0 for arc, c in layout.flows.items() if arc.desk == d and arc.source == s}
        net |= {c: 1.0 for arc, c in layout.flows.items() if arc.desk == d and arc.target == s}
        if net or end:
            model.row(0.0, 0.0, net | end)
    return acts
