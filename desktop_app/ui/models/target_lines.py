"""The lines of the target editor, ready to be shown."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.classes import AssetClass, ancestors_of, children_of, is_leaf, leaves_of
from desktop_app.domain.money import HUNDRED, ONE, ZERO, Money, plain, to_step
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import BandRule, ToleranceBand
from desktop_app.ui import words
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.target_draft import DraftRow, TargetDraft

from .drift_words import band_parts, class_name
from .now_shares import now_shares
from .rounding import TENTHS, spread

USUAL = frozenset(
    {
        AssetClass.STOCKS,
        AssetClass.US_LARGE,
        AssetClass.US_MID,
        AssetClass.US_SMALL,
        AssetClass.INTL_DEVELOPED,
        AssetClass.EMERGING,
        AssetClass.REIT,
        AssetClass.FIXED_INCOME,
        AssetClass.BONDS,
        AssetClass.US_BOND,
        AssetClass.TIPS,
        AssetClass.SHORT_TERM,
        AssetClass.STABLE_VALUE,
        AssetClass.MONEY_MARKET,
        AssetClass.CASH,
    }
)
"""Classes that are offered even where nothing is held and no share is set."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One line of the editor in words; `share` is percent of the rest, dollars for a bucket."""

    node: AssetClass
    name: str
    level: int
    share: Decimal
    is_bucket: bool
    is_open: bool
    can_open: bool
    was: str
    of_all: str
    dollars: str
    band: str
    now: str


@dataclass(frozen=True, slots=True)
class TargetTable:
    """All lines with what stands around them; `sum_words` names what is missing, `hidden` counts classes."""

    buckets: tuple[TargetLine, ...]
    rest_words: str
    lines: tuple[TargetLine, ...]
    sum_share: str
    sum_words: str
    sum_of_all: str
    sum_dollars: str
    sum_now: str
    is_complete: bool
    hidden: int


def target_table(desk: Desk, draft: TargetDraft, old: TargetDraft, *, show_all: bool) -> TargetTable:
    """Prepare the editor of `draft`; shares that differ from `old` carry what they were."""
    return _Table(desk, draft, old, show_all=show_all).build()


def share_words(share: Decimal) -> str:
    """Write a share given in percent without needless digits: "38 %", "7.5 %"."""
    return f"{plain(share.quantize(Decimal('0.01')))}{words.NO_BREAK_SPACE}%"


def left_words(draft: TargetDraft) -> str:
    """Say what is missing to 100 %; empty when nothing is."""
    if draft.is_complete:
        return ""
    if draft.left > 0:
        return _tr("{0} left").format(share_words(draft.left))
    return _tr("{0} too much").format(share_words(-draft.left))


def band_words(band: ToleranceBand) -> str:
    """Say when a class counts as out, for the rule chosen."""
    points, share = band_parts(band)
    shapes = {
        BandRule.LESSER: _tr("Out at {0} points, or at {1} of the target if that is less."),
        BandRule.GREATER: _tr("Out at {0} points, or at {1} of the target if that is more."),
        BandRule.ABSOLUTE: _tr("Out at {0} points from the target, large or small."),
        BandRule.RELATIVE: _tr("Out at {1} of the target, however few points that is."),
    }
    return shapes[band.rule].format(points, share)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TargetEditor", text)


class _Table:
    """Numbers shared by all lines of one table."""

    def __init__(self, desk: Desk, draft: TargetDraft, old: TargetDraft, *, show_all: bool) -> None:
        self.draft, self.old, self.show_all = draft, old, show_all
        self.held = desk.snapshot.by_leaf()
        self.total = desk.snapshot.total
        self.has_bucket = bool(draft.dollars(AssetClass.SHORT_TERM))
        fixed = sum((amount for _, amount in draft.fixed), ZERO)
        scale = min(ONE, self.total / fixed) if fixed else ONE
        self.fixed = {node: amount * scale for node, amount in draft.fixed}
        self.rest = self.total - sum(self.fixed.values(), ZERO)
        self._round()

    def _round(self) -> None:
        """Round the dollars of each line so that they add to their sum; see `now_shares` for what is held."""
        standing = [node for node, _ in self.draft.shares]
        wanted = [*self.fixed.values(), *(self.rest * share / HUNDRED for _, share in self.draft.shares)]
        keys = [("fixed", node) for node in self.fixed] + [("share", node) for node in standing]
        whole = sum(wanted, ZERO)
        self.all_dollars = int(to_step(whole, ONE))
        self.whole = whole
        self.dollars = dict(zip(keys, spread(wanted, self.all_dollars), strict=True))
        now = now_shares(self.held)
        self.now = {node: now[node].tenths for node in standing}

    def build(self) -> TargetTable:
        rows = self.draft.rows()
        shown = tuple(row for row in rows if self._is_shown(row))
        nodes = dict.fromkeys((AssetClass.SHORT_TERM, *self.fixed))
        return TargetTable(
            buckets=tuple(self._bucket(node) for node in nodes),
            rest_words=self._rest_words(),
            lines=tuple(self._line(row) for row in shown),
            sum_share=share_words(self.draft.total),
            sum_words=left_words(self.draft),
            sum_of_all=self._of_all(self.whole),
            sum_dollars=words.dollars(Decimal(self.all_dollars)),
            sum_now=_percent(TENTHS if self.total > 0 else 0),
            is_complete=self.draft.is_complete,
            hidden=len(rows) - len(shown) - self._is_bucket_row_hidden(),
        )

    def _rest_words(self) -> str:
        """Say what the buckets leave; empty without a bucket."""
        if not self.fixed:
            return ""
        if 0 < self.total < sum((amount for _, amount in self.draft.fixed), ZERO):
            return _tr("More than the household holds; everything would go into the bucket.")
        return _tr("The rest, {0}, is shared out:").format(words.dollars(self.rest))

    def _held(self, node: AssetClass) -> Money:
        return sum((self.held.get(leaf, ZERO) for leaf in leaves_of(node)), ZERO)

    def _is_bucket_row_hidden(self) -> bool:
        return self.has_bucket and not self.draft.share(AssetClass.SHORT_TERM)

    def _is_shown(self, row: DraftRow) -> bool:
        below_bucket = AssetClass.SHORT_TERM in (row.node, *ancestors_of(row.node))
        if below_bucket and self._is_bucket_row_hidden():
            return False
        return (
            self.show_all
            or row.node in USUAL
            or bool(row.share)
            or bool(self._held(row.node))
            or bool(self.old.share(row.node))
        )

    def _bucket(self, node: AssetClass) -> TargetLine:
        amount = self.draft.dollars(node)
        was = self.old.dollars(node)
        name = _tr("Short-term bucket")
        if node is not AssetClass.SHORT_TERM:
            name = _tr("{0}, fixed dollars").format(class_name(node))
        apart = node is AssetClass.SHORT_TERM and self._is_bucket_row_hidden()
        in_bucket = sum((self.now[at] for at in self.now if at in _branch(node)), 0)
        return TargetLine(
            node=node,
            name=name,
            level=0,
            share=amount,
            is_bucket=True,
            is_open=False,
            can_open=False,
            was=_tr("was {0}").format(words.dollars(was)) if was != amount and self.old.total else "",
            of_all=self._of_all(self.fixed[node]) if amount else "",
            dollars=words.dollars(Decimal(self.dollars.get(("fixed", node), 0))) if amount else "",
            band=self._band(self.fixed[node]) if amount else "",
            now=_percent(in_bucket) if apart else "",
        )

    def _line(self, row: DraftRow) -> TargetLine:
        under = [node for node, _ in self.draft.shares if node in _branch(row.node)]
        dollars = sum((self.dollars[("share", node)] for node in under), 0)
        exact = self.rest * row.share / HUNDRED
        return TargetLine(
            node=row.node,
            name=class_name(row.node),
            level=row.level,
            share=row.share,
            is_bucket=False,
            is_open=row.is_open,
            can_open=row.can_open,
            was=self._was(row),
            of_all=self._of_all(exact),
            dollars=words.dollars(Decimal(dollars)),
            band=self._band(exact + self._fixed_below(row.node)),
            now=_percent(sum((self.now[node] for node in under), 0)),
        )

    def _of_all(self, dollars: Money) -> str:
        """Write a part of the household, rounded by itself as on every other screen."""
        return words.percent(dollars / self.total if self.total > 0 else ZERO)

    def _fixed_below(self, node: AssetClass) -> Money:
        return sum((amount for at, amount in self.fixed.items() if at in _branch(node)), ZERO)

    def _was(self, row: DraftRow) -> str:
        before = self.old.share(row.node) if self.old.total else None  # a first target was nothing before
        if before is None or before == row.share or (row.is_open and not is_leaf(row.node)):
            return ""
        return _tr("was {0}").format(plain(before.quantize(Decimal("0.01"))))

    def _band(self, dollars: Money) -> str:
        target = dollars / self.total if self.total > 0 else ZERO
        return f"± {words.plain_points(self.draft.band.half_width(target))}"


@cache
def _branch(node: AssetClass) -> frozenset[AssetClass]:
    """Return a node with everything below it."""
    return frozenset({node, *(below for child in children_of(node) for below in _branch(child))})


def _percent(tenths: int) -> str:
    return words.percent(Decimal(tenths) / TENTHS)
