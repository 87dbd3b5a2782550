"""One account as the engine sees it, with the caps that several of its funds share."""

from __future__ import annotations

from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import AccountRules, OrderStyle

from .slot import Cap, Slot


@dataclass(frozen=True, slots=True)
class Desk:
    """One account as the engine sees it; `cash` is dollars in (+) or out (−), `caps` are of several funds."""

    id: str
    name: str
    slots: tuple[Slot, ...]
    cash: Money
    rules: AccountRules
    caps: tuple[Cap, ...] = ()

    @property
    def total_after(self) -> Money:
        """Dollars in the account when the plan is done."""
        return sum((slot.value for slot in self.slots), ZERO) + self.cash

    @property
    def by_percent(self) -> bool:
        """Whether the plan takes one set of whole percents for the whole balance."""
        return self.rules.order_style is OrderStyle.REALIGN_PERCENT

    @property
    def is_over(self) -> bool:
        """Whether it holds more than a cap allows, so that something has to be sold."""
        return any(slot.is_over for slot in self.slots) or any(map(self.is_over_together, self.caps))

    def is_over_together(self, cap: Cap) -> bool:
        """Tell whether funds together hold more than the cap they share."""
        return cap.held(self.slots) > cap.most

    def caps_of(self, s: int) -> list[Cap]:
        """Return the caps a fund shares with others."""
        return [cap for cap in self.caps if s in cap.slots] if self.caps else []

    def is_capped(self, s: int) -> bool:
        """Tell whether a cap of its own or a shared one limits a fund."""
        return self.slots[s].limit is not None or (bool(self.caps) and bool(self.caps_of(s)))

    def room_of(self, s: int) -> Money | None:
        """Return the most dollars that may come into a fund, other funds sold as they may be; None: any."""
        if not self.caps:
            return self.slots[s].room
        rooms = [self.slots[s].room]
        for cap in self.caps_of(s):
            left = cap.most - sum((self.slots[other].held for other in cap.slots if other != s), ZERO)
            rooms.append(max(left - self.slots[s].value, ZERO))
        return min((room for room in rooms if room is not None), default=None)

    @property
    def is_bound(self) -> bool:
        """Whether a rule counts or sizes single exchanges, so that whole decisions are needed."""
        rules = self.rules
        is_counted = bool(rules.minimum_exchange) or rules.max_exchanges is not None
        return is_counted or self.has_wash or any(slot.only_cash for slot in self.slots)

    @property
    def has_wash(self) -> bool:
        """Whether an equity-wash rule bites on what is held and offered."""
        return any(slot.is_washed for slot in self.slots) and any(slot.competes for slot in self.slots)
