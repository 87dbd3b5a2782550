"""Events of a life that are a reason to look at the target again, with what to think of."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain.records import dataclass
from desktop_app.ui.widgets import QuietButton
from desktop_app.workflow.desk import Desk

NEAR_RETIREMENT = "retirement"
NEAR_YEARS = 5


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event: its name in the menu, the reason it makes, what to think of, and whether it may pass."""

    key: str
    name: str
    reason: str
    advice: str
    may_pass: bool = False


def life_events() -> tuple[LifeEvent, ...]:
    """Return the events in the order of the menu, in the language in use."""
    tr = QCoreApplication.translate
    return (
        LifeEvent(
            "job",
            tr("LifeEvents", "A job was lost"),
            tr("LifeEvents", "A job was lost."),
            tr(
                "LifeEvents",
                "Without pay you can bear less loss. Think of what you live on until the next job: put it "
                "into the short-term bucket, or lower stocks for a while. After the last day below, the "
                "target you have now counts again by itself.",
            ),
            may_pass=True,
        ),
        LifeEvent(
            "income",
            tr("LifeEvents", "Income has changed"),
            tr("LifeEvents", "Income has changed."),
            tr(
                "LifeEvents",
                "With less income, or a less certain one, you can bear less loss; with more you can bear "
                "more. A few points are often enough. If it may pass, keep the last day below; else "
                "take the tick away.",
            ),
            may_pass=True,
        ),
        LifeEvent(
            "marriage",
            tr("LifeEvents", "Marriage"),
            tr("LifeEvents", "Married."),
            tr(
                "LifeEvents",
                "Import your partner’s accounts as well: one target then holds for both, and each account "
                "gives what its funds do best. Two incomes can bear more than one; agree on the loss that "
                "neither of you would sell at.",
            ),
        ),
        LifeEvent(
            "child",
            tr("LifeEvents", "A child"),
            tr("LifeEvents", "A child."),
            tr(
                "LifeEvents",
                "Life will cost more, and one income may rest. What is needed in the next few years belongs "
                "in the short-term bucket, not in stocks. Guided plan counts what the new yearly costs "
                "mean for retirement.",
            ),
        ),
        LifeEvent(
            "inheritance",
            tr("LifeEvents", "An inheritance"),
            tr("LifeEvents", "An inheritance."),
            tr(
                "LifeEvents",
                "Import what came in first: shares are counted over everything you hold. With more savings "
                "the same plans need less return, so less risk may do. Inherited retirement accounts must "
                "often be emptied by a set year; ask about yours.",
            ),
        ),
        LifeEvent(
            NEAR_RETIREMENT,
            tr("LifeEvents", "Five years to retirement"),
            tr("LifeEvents", "Five years to retirement."),
            tr(
                "LifeEvents",
                "A crash in the years around the last paycheck hurts most. Many keep a year or two of "
                "spending in the short-term bucket by then, and hold less in stocks than before. Guided plan "
                "counts it out with your own numbers.",
            ),
        ),
    )


def coming_event(desk: Desk) -> LifeEvent | None:
    """Return the event the answers of the guided plan tell of, None once the target is newer than it."""
    goals, target = desk.household.goals, desk.target
    age = None if goals is None else goals.age_on(desk.today)
    if goals is None or age is None or target is None or target.since is None:
        return None
    left = goals.retire_at - age
    came = desk.today.year - (NEAR_YEARS - left)
    if not 0 < left <= NEAR_YEARS or target.since.year >= came:
        return None
    return next(event for event in life_events() if event.key == NEAR_RETIREMENT)


class LifeEventsButton(QuietButton):
    """Asks what has happened. Signal: `happened(LifeEvent)`."""

    happened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", None, parent)
        self.setText(self.tr("Has your life changed?"))
        self.setToolTip(self.tr("What to think of after a lost job, a marriage, a child and the like"))
        menu = QMenu(self)
        for event in life_events():
            menu.addAction(event.name).triggered.connect(
                lambda _on=False, chosen=event: self.happened.emit(chosen)
            )
        self.setMenu(menu)
