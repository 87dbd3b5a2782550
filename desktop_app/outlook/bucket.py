"""Years of spending held safe: refilled from gains in good years, left alone in bad ones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.money import ONE, ZERO, Money
from desktop_app.domain.records import dataclass

from .returns import BILLS_SINCE, MONTHS, monthly_returns
from .simulate import Watch
from .stand_ins import SeriesMix, series_mix
from .windows import NOISE, yearly_growth

BLOCK_YEARS = 5
"""Years drawn in one piece, so that a fall and its recovery stay together."""
LIVES = 1000
"""Made-up lives in one bootstrap."""
SEED = 19290903
"""Where the draw begins: the same question always gets the same answer."""
TOLD_EVERY = 20

_BILLS = series_mix({AssetClass.SHORT_TERM: ONE})

Year = tuple[float, float]
"""One year's real growth of a dollar in the long-term mix and in 3-month bills."""


@dataclass(frozen=True, slots=True)
class BucketPlan:
    """What is tried: `total` dollars, and `spending` at the start of each year, all in today's dollars.

    The bucket is full with the spending of the coming `held_years`; at first it is filled as far as the
    money goes. The rest is in `long_term`. `one_off` are amounts at the start of the same years, above
    zero what comes in, below what goes out; empty where there are none.
    """

    total: Money
    spending: tuple[Money, ...]
    held_years: Decimal
    long_term: SeriesMix
    one_off: tuple[Money, ...] = ()

    @property
    def at_first(self) -> Money:
        """Dollars there are on the first day, the one-off amount of the first year counted."""
        return self.total + (self.one_off[0] if self.one_off else ZERO)

    @property
    def filled_years(self) -> Decimal:
        """The years of spending the bucket holds on the first day, at most `held_years`."""
        money, filled = max(self.at_first, ZERO), ZERO
        for spending in self.spending:
            wanted = min(self.held_years - filled, ONE)
            if spending * wanted > money:
                return filled + money / spending
            money, filled = money - spending * wanted, filled + wanted
        return self.held_years

    def full(self) -> tuple[float, ...]:
        """Return the dollars a full bucket holds at the start of every year, before it pays."""
        whole = int(self.held_years)
        part = self.held_years - whole
        ahead = (*self.spending, *(ZERO,) * (whole + 1))
        return tuple(
            float(sum(ahead[year : year + whole], ZERO) + part * ahead[year + whole])
            for year in range(len(self.spending))
        )

    def flows(self) -> tuple[tuple[float, float], ...]:
        """Return spending and one-off amount of every year, the latter of the first day counted already."""
        later = self.one_off[1:] or (ZERO,) * (len(self.spending) - 1)
        return tuple(zip(map(float, self.spending), map(float, (ZERO, *later)), strict=True))


@dataclass(frozen=True, slots=True)
class BucketLife:
    """One life with the bucket.

    `falls` are runs of years in which the long-term part stood below an earlier high; `bridged` those in
    which nothing of it had to be sold for spending. `lasted` says whether the money did, `plain_lasted`
    whether it did without the rule: the same dollars, rebalanced every year to the weights of the first day.
    """

    falls: int
    bridged: int
    lasted: bool
    plain_lasted: bool
    left: float


@dataclass(frozen=True, slots=True)
class BucketResult:
    """Shares of 1 over `lives`; `bridged` is None where nothing ever fell.

    `never_sold_low` is the share of lives that never sold below an earlier high.
    """

    lives: int
    falls: int
    bridged: float | None
    never_sold_low: float
    lasted: float
    plain_lasted: float


def live_through(plan: BucketPlan, years: Sequence[Year]) -> BucketLife:
    """Follow one life, in today's dollars.

    At each start the bucket pays the year's spending, the long-term part what the bucket cannot. A one-off
    amount that comes in fills the bucket first, one that goes out leaves it for last. At each end a good
    year (the long-term part grew more than prices) refills the bucket, with no more than that year's gain;
    after a bad year the long-term part is left alone.
    """
    flows = plan.flows()
    full = plan.full()
    bucket = min(full[0], max(float(plan.at_first), 0.0))
    long_term = float(plan.at_first) - bucket
    coming = (*full[1:], 0.0)
    fall, high, index = _Falls(), 1.0, 1.0
    for (spending, one_off), now, following, (growth, safe) in zip(flows, full, coming, years, strict=True):
        filled = min(max(one_off, 0.0), max(now - bucket, 0.0))
        bucket += filled
        from_bucket = min(bucket, spending)
        arrived = max(one_off, 0.0) - filled
        fall.note(below=index < high, sold=spending - from_bucket - arrived > NOISE)
        bucket -= from_bucket
        long_term += one_off - filled - (spending - from_bucket)
        if long_term < 0:
            bucket, long_term = bucket + long_term, 0.0
        if bucket < -NOISE:
            return BucketLife(*fall.counts(), lasted=False, plain_lasted=_plain_lasts(plan, years), left=0.0)
        gain = max(long_term * (growth - 1), 0.0)
        long_term, bucket = long_term * growth, max(bucket, 0.0) * safe
        refill = min(gain, max(following - bucket, 0.0))
        long_term, bucket = long_term - refill, bucket + refill
        index *= growth
        high = max(high, index)
    left = long_term + bucket
    return BucketLife(*fall.counts(), lasted=True, plain_lasted=_plain_lasts(plan, years), left=left)


class _Falls:
    """Counts the stretches below an earlier high and those in which nothing was sold."""

    def __init__(self) -> None:
        self._found: list[bool] = []
        self._inside = False

    def note(self, *, below: bool, sold: bool) -> None:
        """Look at the start of one year."""
        if below and not self._inside:
            self._found.append(True)
        if below and sold:
            self._found[-1] = False
        self._inside = below

    def counts(self) -> tuple[int, int]:
        """Return how many falls there were and how many were bridged."""
        return len(self._found), sum(self._found)


def _plain_lasts(plan: BucketPlan, years: Sequence[Year]) -> bool:
    """Tell whether the same money lasts when it is rebalanced every year to its first weights."""
    flows = plan.flows()
    money = float(plan.at_first)
    held = min(plan.full()[0], money)
    safe_share = held / money if money > 0 else 0.0
    for (spending, one_off), (growth, safe) in zip(flows, years, strict=True):
        money += one_off - spending
        if money < -NOISE:
            return False
        money *= safe_share * safe + (1 - safe_share) * growth
    return True


def bootstrap(plan: BucketPlan, lives: int = LIVES, watch: Watch | None = None) -> BucketResult:
    """Try a bucket in lives put together from history in pieces of five years in a row.

    Pieces begin in any month since 1928, drawn with a fixed seed; each keeps the order its years had.
    `watch` is told the share done and may raise `CancelledError`.
    """
    growths = _real_years(plan.long_term)
    dice = random.Random(SEED)  # noqa: S311 - the same draw every time is what is wanted
    found = []
    for done in range(lives):
        if watch and not done % TOLD_EVERY:
            watch(done / lives)
        found.append(live_through(plan, _draw(growths, len(plan.spending), dice)))
    return _summed(found)


def in_real_order(plan: BucketPlan) -> BucketResult:
    """Try a bucket in every stretch of history since 1928 that is long enough; none gives no lives."""
    growths = _real_years(plan.long_term)
    years = range(len(plan.spending))
    starts = range(max(len(growths) - (len(years) - 1) * MONTHS, 0))
    lives = [live_through(plan, [growths[start + year * MONTHS] for year in years]) for start in starts]
    return _summed(lives)


def _draw(growths: Sequence[Year], years: int, dice: random.Random) -> list[Year]:
    found: list[Year] = []
    last = len(growths) - (BLOCK_YEARS - 1) * MONTHS
    while len(found) < years:
        start = dice.randrange(last)
        found.extend(growths[start + year * MONTHS] for year in range(BLOCK_YEARS))
    return found[:years]


def _summed(lives: Sequence[BucketLife]) -> BucketResult:
    count = len(lives) or 1
    falls = sum(life.falls for life in lives)
    return BucketResult(
        lives=len(lives),
        falls=falls,
        bridged=sum(life.bridged for life in lives) / falls if falls else None,
        never_sold_low=sum(life.falls == life.bridged for life in lives) / count,
        lasted=sum(life.lasted for life in lives) / count,
        plain_lasted=sum(life.plain_lasted for life in lives) / count,
    )


@lru_cache(maxsize=8)
def _real_years(mix: SeriesMix) -> tuple[Year, ...]:
    """Return the year that begins with each month since bills are known."""
    table = monthly_returns().since(BILLS_SINCE)
    safe = yearly_growth(_BILLS, table)
    return tuple(zip(yearly_growth(mix, table).tolist(), safe.tolist(), strict=True))
