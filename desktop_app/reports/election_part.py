"""What future contributions are to buy, as a section of the printed checklist."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator
from desktop_app.domain.plan import FutureElection
from desktop_app.domain.records import dataclass

from .words import count_text, day_text, dollars_text, masked, name_text, whole_percent_text

_tr = translator("Sheet")


@dataclass(frozen=True, slots=True)
class ElectionRow:
    """One election to enter: what it is for, and each fund with its whole percent."""

    lead: str
    shares: tuple[tuple[str, str], ...]
    done: bool = False
    confirmation: str = ""
    done_on: str = ""


@dataclass(frozen=True, slots=True)
class ElectionPart:
    """The section with what future contributions are to buy, now and afterwards."""

    title: str
    rows: tuple[ElectionRow, ...]
    note: str


def election_part(checklist: Checklist, future: FutureElection, tick: ChecklistTick) -> ElectionPart:
    """Return the section for one account: a row to enter now and one for when the paychecks are in."""
    paychecks = count_text(future.count, _tr("paycheck"), _tr("paychecks"))
    last = day_text(future.last_on)
    rows = (
        ElectionRow(
            _tr("Now, for the next {0}").format(paychecks)
            if future.count > 1
            else _tr("Now, for the next paycheck"),
            _elected(checklist, future.percents),
            done=tick.done,
            confirmation=name_text(tick.confirmation, checklist.accounts),
            done_on=day_text(tick.done_on) if tick.done_on else "",
        ),
        ElectionRow(_tr("Then, about {0}").format(last), _elected(checklist, future.afterwards)),
    )
    kept = _tr("They are elected so already: leave them. ") if future.is_set_already else ""
    why = masked(future.why, checklist.accounts)
    note = _tr("{0}{1} Counted with {2} a paycheck at today’s prices.").format(
        kept, why, dollars_text(future.amount)
    )
    return ElectionPart(_tr("Change future contributions"), rows, note)


def _elected(checklist: Checklist, shares: Sequence[tuple[Fund, int]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name_text(fund.name, checklist.accounts), whole_percent_text(share)) for fund, share in shares
    )
