"""A target while it is being edited: which classes it stands on, and what each gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.classes import ROOTS, AssetClass, ancestors_of, children_of, leaves_of, walk
from desktop_app.domain.drift import DriftReport
from desktop_app.domain.errors import NegativeTargetError
from desktop_app.domain.money import HUNDRED, ONE, ZERO, Money, Weight, largest_remainder, plain
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand

HALF = Decimal("0.5")
HUNDREDTH = Decimal("0.01")
RISEN_FROM = Decimal("0.005")

Shares = tuple[tuple[AssetClass, Decimal], ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One line of the editor: `share` in percent of the rest; open rows show the sum of those below."""

    node: AssetClass
    level: int
    share: Decimal
    is_open: bool
    can_open: bool


FINE = Decimal("1E-20")
"""Weights of a preview end here: sums of longer ones are rounded and miss one by a hair."""


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target that need not add to 100 % yet.

    `shares` are percents on nodes that never overlap and together cover the whole tree. `fixed` are
    dollars that come first. `held` and `remembered` are shares per leaf (of any size) that say how a
    group is divided when it is opened: as it was before it was closed, else as the money lies now.
    """

    shares: Shares
    fixed: tuple[tuple[AssetClass, Money], ...] = ()
    band: ToleranceBand = field(default_factory=ToleranceBand)
    reason: str = ""
    until: date | None = None
    held: Shares = ()
    remembered: Shares = ()

    @classmethod
    def of(cls, shares: Mapping[AssetClass, Decimal], held: Mapping[AssetClass, Decimal]) -> TargetDraft:
        """Start from percents on nodes that do not overlap; what they leave out gets 0."""
        return cls(_covering(shares), held=tuple(held.items()))

    @classmethod
    def from_target(cls, target: TargetAllocation | None, held: Mapping[AssetClass, Decimal]) -> TargetDraft:
        """Start from a saved target; without one every top-level class has 0."""
        if target is None:
            return cls.of({}, held)
        shares = {node: weight * HUNDRED for node, weight in target.weights}
        draft = cls.of(_without_bucket(shares, dict(target.fixed)), held)
        return replace(draft, fixed=target.fixed, band=target.band, reason=target.reason, until=target.until)

    @property
    def total(self) -> Decimal:
        """Sum of the shares in percent."""
        return sum((share for _, share in self.shares), ZERO)

    @property
    def left(self) -> Decimal:
        """Percents not shared out yet; negative when there are too many."""
        return HUNDRED - self.total

    @property
    def is_complete(self) -> bool:
        """Whether the shares add to exactly 100 %."""
        return self.total == HUNDRED

    def is_same_as(self, other: TargetDraft) -> bool:
        """Tell whether both would save the same target, however their rows are opened."""
        return self._said == other._said

    @property
    def _said(self) -> tuple[object, ...]:
        shares = tuple((node, share) for node, share in self.shares if share)
        return shares, self.fixed, self.band, self.reason.strip(), self.until

    def share(self, node: AssetClass) -> Decimal | None:
        """Return the percent of a node: its own, or the sum of those below; None below a closed group."""
        under = [
            share for standing, share in self.shares if standing is node or node in ancestors_of(standing)
        ]
        return sum(under, ZERO) if under else None

    def most_raised(self, before: TargetDraft) -> tuple[AssetClass, Decimal] | None:
        """Return the class whose percent rose most, with that percent; None where none did."""
        rises = [(share - (before.share(node) or ZERO), node, share) for node, share in self.shares]
        rise, node, share = max(rises, key=lambda each: each[0], default=(ZERO, None, ZERO))
        return None if node is None or rise <= 0 else (node, share)

    def stands_on(self, node: AssetClass) -> bool:
        """Tell whether the node has a share of its own."""
        return any(standing is node for standing, _ in self.shares)

    def dollars(self, node: AssetClass) -> Money:
        """Return the fixed dollars of a node."""
        return dict(self.fixed).get(node, ZERO)

    def set_share(self, node: AssetClass, percent: Decimal) -> TargetDraft:
        """Give a node a share: an open group is closed for it, a closed group above it is opened."""
        if percent < 0:
            raise NegativeTargetError(node.value, plain(percent))
        if node is AssetClass.FIXED_INCOME and self.dollars(AssetClass.SHORT_TERM):
            node = AssetClass.BONDS
        draft = self if self.stands_on(node) else self._reach(node)
        shares = tuple((at, percent if at is node else share) for at, share in draft.shares)
        return replace(draft, shares=shares)

    def set_fixed(self, node: AssetClass, dollars: Money) -> TargetDraft:
        """Hold dollars in a class before the percents share out the rest; 0 for none.

        A share on all fixed income becomes one on bonds while a short-term bucket stands, because
        the bucket is the rest of it.
        """
        if dollars < 0:
            raise NegativeTargetError(node.value, plain(dollars))
        had = self.dollars(node)
        amounts = {**dict(self.fixed), node: dollars}
        fixed = tuple((at, amounts[at]) for at in walk() if amounts.get(at))
        shares = dict(self.shares)
        if dollars:
            shares = _without_bucket(shares, amounts)
        elif had and node is AssetClass.SHORT_TERM:
            shares = _with_short_term(shares)
        return replace(self, fixed=fixed, shares=_covering(shares, fixed))

    def split(self, node: AssetClass) -> TargetDraft:
        """Open a group: its share is divided over its children, to the half point where it can be."""
        if not self.stands_on(node) or not children_of(node):
            return self
        share = dict(self.shares)[node]
        parts = dict(self.shares)
        del parts[node]
        return replace(
            self, shares=_covering({**parts, **self._divide(share, children_of(node))}, self.fixed)
        )

    def merge(self, node: AssetClass) -> TargetDraft:
        """Close a group: it gets the sum of what stood below it, and remembers how that was divided."""
        share = self.share(node)
        if share is None or self.stands_on(node):
            return self
        below = {at: part for at, part in self.shares if node in ancestors_of(at)}
        kept = {at: part for at, part in self.shares if at not in below}
        return replace(
            self, shares=_covering({**kept, node: share}, self.fixed), remembered=self._remembering(below)
        )

    def with_shares(self, shares: Iterable[tuple[AssetClass, Decimal]]) -> TargetDraft:
        """Replace all shares, as a preset does; the bucket, the bands and the reason stay."""
        wanted = _without_bucket(dict(shares), dict(self.fixed))
        return replace(self, shares=_covering(wanted, self.fixed), remembered=())

    def with_rule(self, rule: BandRule) -> TargetDraft:
        """Choose how the bands are measured."""
        return replace(self, band=replace(self.band, rule=rule))

    def with_reason(self, reason: str) -> TargetDraft:
        """Say why this target was chosen."""
        return replace(self, reason=reason)

    def with_until(self, until: date | None) -> TargetDraft:
        """Let the target end on a day, or never."""
        return replace(self, until=until)

    def with_held(self, held: Mapping[AssetClass, Decimal]) -> TargetDraft:
        """Take over what is held now; no share changes."""
        return replace(self, held=tuple(held.items()))

    def rows(self) -> tuple[DraftRow, ...]:
        """Return the lines of the editor in tree order, parents before children."""
        return tuple(row for root in self._roots() for row in self._rows_under(root, 0))

    def to_target(self) -> TargetAllocation:
        """Return the target; raises `TargetSumError` unless the shares add to exactly 100 %."""
        return self._target({node: share / HUNDRED for node, share in self.shares if share})

    def to_preview(self) -> TargetAllocation | None:
        """Return the target as if the shares were scaled to 100 %; None while all are 0."""
        if self.is_complete:
            return self.to_target()
        if not self.total:
            return None
        weights = {node: (share / self.total).quantize(FINE) for node, share in self.shares if share}
        largest = max(weights, key=lambda node: weights[node])
        weights[largest] += ONE - sum(weights.values(), ZERO)
        return self._target(weights)

    def _target(self, weights: Mapping[AssetClass, Weight]) -> TargetAllocation:
        target = TargetAllocation.of(weights, dict(self.fixed), self.band)
        return replace(target, reason=self.reason.strip(), until=self.until)

    def _reach(self, node: AssetClass) -> TargetDraft:
        """Return the draft changed so that `node` has a share of its own."""
        draft = self.merge(node)
        for above in reversed(ancestors_of(node)):
            draft = draft.split(above)
        return draft

    def _divide(self, share: Decimal, children: tuple[AssetClass, ...]) -> dict[AssetClass, Decimal]:
        basis = self._basis(children)
        step = HALF if share % HALF == 0 else HUNDREDTH
        whole = int(share / step)
        counts = largest_remainder(basis, whole)
        parts = {child: count * step for child, count in zip(children, counts, strict=True)}
        rest = share - whole * step
        parts[max(children, key=lambda child: parts[child])] += rest
        return parts

    def _basis(self, children: tuple[AssetClass, ...]) -> list[Decimal]:
        for known in (self.remembered, self.held):
            found = [sum((part for leaf, part in known if leaf in leaves_of(c)), ZERO) for c in children]
            if any(found):
                return found
        return [ONE, *(ZERO for _ in children[1:])]

    def _remembering(self, below: Mapping[AssetClass, Decimal]) -> Shares:
        memory = dict(self.remembered)
        for node, share in below.items():
            under = leaves_of(node)
            inner = [dict(self.remembered).get(leaf, dict(self.held).get(leaf, ZERO)) for leaf in under]
            whole = sum(inner, ZERO)
            for i, leaf in enumerate(under):
                memory[leaf] = share * inner[i] / whole if whole else (share if i == 0 else ZERO)
        return tuple(memory.items())

    def _roots(self) -> tuple[AssetClass, ...]:
        if not self.dollars(AssetClass.SHORT_TERM):
            return ROOTS
        return tuple(
            node
            for root in ROOTS
            for node in (children_of(root) if root is AssetClass.FIXED_INCOME else (root,))
        )

    def _rows_under(self, node: AssetClass, level: int) -> tuple[DraftRow, ...]:
        share = self.share(node)
        below = children_of(node)
        is_open = not self.stands_on(node)
        row = DraftRow(node, level, share or ZERO, is_open, can_open=bool(below))
        if not is_open:
            return (row,)
        return (row, *(line for child in below for line in self._rows_under(child, level + 1)))


def _covering(shares: Mapping[AssetClass, Decimal], fixed: Iterable[tuple[AssetClass, Money]] = ()) -> Shares:
    """Return the shares in tree order with 0 on the highest nodes none of them touches.

    While a short-term bucket stands nothing stands on all fixed income, because the bucket is part of it.
    """
    apart = {AssetClass.FIXED_INCOME} if dict(fixed).get(AssetClass.SHORT_TERM) else set()
    taken = {leaf for node in shares for leaf in leaves_of(node)}
    found: dict[AssetClass, Decimal] = {}
    for node in walk():
        if node in shares:
            found[node] = shares[node]
        elif node not in apart and taken.isdisjoint(leaves_of(node)):
            found[node] = ZERO
            taken.update(leaves_of(node))
    return tuple(found.items())


def _without_bucket(
    shares: Mapping[AssetClass, Decimal], fixed: Mapping[AssetClass, Decimal]
) -> dict[AssetClass, Decimal]:
    """Return the shares with one on all fixed income moved to bonds when a short-term bucket stands."""
    changed = dict(shares)
    if fixed.get(AssetClass.SHORT_TERM) and AssetClass.FIXED_INCOME in changed:
        changed[AssetClass.BONDS] = changed.pop(AssetClass.FIXED_INCOME)
    return changed


def _with_short_term(shares: Mapping[AssetClass, Decimal]) -> dict[AssetClass, Decimal]:
    """Return the shares with one on all bonds widened to fixed income, unless short-term has its own."""
    changed = dict(shares)
    if AssetClass.BONDS in changed and changed.get(AssetClass.SHORT_TERM) == ZERO:
        del changed[AssetClass.SHORT_TERM]
        changed[AssetClass.FIXED_INCOME] = changed.pop(AssetClass.BONDS)
    return changed


def raised_after_rising(before: DriftReport, after: DriftReport) -> AssetClass | None:
    """Return the class that has risen furthest above its target when the new target is higher there.

    Only classes the old target stands on count, and only from half a point on: less is noise.
    """
    cells = [row for row in before.rows if row.drift is not None and not _has_judged_below(before, row.node)]
    risen = max(cells, key=lambda row: row.drift or ZERO, default=None)
    if risen is None or (risen.drift or ZERO) < RISEN_FROM or risen.target is None:
        return None
    for node in (risen.node, *ancestors_of(risen.node)):
        old, new = before.row(node), after.row(node)
        if old is not None and new is not None and new.target is not None and old.target is not None:
            return risen.node if new.target > old.target else None
    return None


def _has_judged_below(report: DriftReport, node: AssetClass) -> bool:
    return any(row.target is not None and node in ancestors_of(row.node) for row in report.rows)
