"""What the next statement shows of a checklist, in words."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.money import ZERO
from desktop_app.domain.plan import LaterExchange
from desktop_app.domain.reconciliation import Cause, Doubt, Finding, Mark, Reconciliation
from desktop_app.domain.records import dataclass
from desktop_app.ui import words
from desktop_app.workflow.reconciled import ticked_but_missing


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What a statement shows of one step: an icon with its colour, the word, and what it rests on."""

    icon: str
    color: str
    word: str
    text: str

    @property
    def spoken(self) -> str:
        """The whole line."""
        return f"{self.word}: {self.text}" if self.text else self.word


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reconciliation", text)


def headline(checklist: Checklist, found: Reconciliation, *, dated: bool = False) -> str:
    """Say in one line how many exchanges are in the statement; `dated` names it by its date."""
    where = _tr("this statement")
    if dated and found.as_of is not None:
        where = _tr("the statement of {0}").format(words.day(found.as_of))
    elif dated:
        where = _tr("the newest statement")
    pure = all(exchange.source and exchange.target for exchange in checklist.plan.exchanges)
    count, done = len(found.exchanges), found.count(Mark.DONE)
    if not count:
        return _tr("No exchange was to be made; {0} is in.").format(where).rstrip(".")
    if count == 1:
        return _single(found.exchanges[0].mark, where, pure=pure)
    if done == count:
        return (_tr("All {0} exchanges are in {1}") if pure else _tr("All {0} orders are in {1}")).format(
            count, where
        )
    return "; ".join((_lead(done, count, where, pure=pure), *_others(found, is_none=not done)))


def _single(mark: Mark, where: str, *, pure: bool) -> str:
    name = _tr("The exchange") if pure else _tr("The order")
    shape = {
        Mark.DONE: _tr("{0} is in {1}"),
        Mark.PARTLY: _tr("{0} is in {1} in part"),
        Mark.NOT_DONE: _tr("{0} is not in {1}"),
    }.get(mark, _tr("{0} cannot be told from {1} yet"))
    return shape.format(name, where)


def _lead(done: int, count: int, where: str, *, pure: bool) -> str:
    if not done:
        shape = (
            _tr("None of {0} exchanges is wholly in {1}")
            if pure
            else _tr("None of {0} orders is wholly in {1}")
        )
        return shape.format(count, where)
    if done == 1:
        shape = _tr("1 of {0} exchanges is in {1}") if pure else _tr("1 of {0} orders is in {1}")
        return shape.format(count, where)
    shape = _tr("{2} of {0} exchanges are in {1}") if pure else _tr("{2} of {0} orders are in {1}")
    return shape.format(count, where, done)


def _others(found: Reconciliation, *, is_none: bool) -> list[str]:
    partly, missing, unknown = (found.count(mark) for mark in (Mark.PARTLY, Mark.NOT_DONE, Mark.UNKNOWN))
    said = []
    if partly:
        said.append(_counted(partly, _tr("one is in part"), _tr("{0} are in part")))
    if missing and not (is_none and missing == len(found.exchanges)):
        said.append(_counted(missing, _tr("one is not"), _tr("{0} are not")))
    if unknown:
        said.append(_counted(unknown, _tr("one cannot be told yet"), _tr("{0} cannot be told yet")))
    return said


def _counted(count: int, one: str, many: str) -> str:
    few = (_tr("two"), _tr("three"), _tr("four"), _tr("five"), _tr("six"))
    return one if count == 1 else many.format(few[count - 2] if count - 2 < len(few) else count)


def origin(checklist: Checklist, found: Reconciliation) -> str:
    """Say what is compared with what."""
    made = words.day(checklist.made_on)
    if found.as_of is None:
        return _tr("The newest statement, which has no date, beside the plan of {0}.").format(made)
    return _tr("Statement of {0} beside the plan of {1}.").format(words.day(found.as_of), made)


def notes(checklist: Checklist, found: Reconciliation) -> tuple[str, ...]:
    """Return what is worth a word of its own: ticks the statement contradicts, steps whose day has come."""
    said = []
    missing = len(ticked_but_missing(checklist, found))
    if missing:
        said.append(
            _counted(
                missing,
                _tr(
                    "One exchange is ticked, but the statement does not show it. Look at the plan's website."
                ),
                _tr("{0} exchanges are ticked, but not in the statement. Look at the plan's website."),
            )
        )
        said[-1] = said[-1][:1].upper() + said[-1][1:]
    ticks = checklist.exchange_ticks[len(checklist.ticks) :]
    steps = zip(checklist.plan.later, found.later, ticks, strict=True)
    return (*said, *(_possible(later) for later, finding, tick in steps if _is_open(finding, tick)))


def _is_open(finding: Finding, tick: ChecklistTick) -> bool:
    return finding.mark is Mark.NOT_DONE and not tick.done


def _possible(later: LaterExchange) -> str:
    what = _tr("{0} from {1} to {2}").format(
        words.dollars_cents(later.amount), later.source.name, later.target.name
    )
    return _tr("Later step, {0}: can be done since {1}.").format(what, words.day(later.not_before))


def finding_lines(checklist: Checklist, found: Reconciliation) -> tuple[FindingLine, ...]:
    """Return a line for every step, in the order of the checklist's steps."""
    return tuple(
        _line(finding, is_ticked=tick.done)
        for finding, tick in zip(found.steps, checklist.steps, strict=True)
    )


def _line(finding: Finding, *, is_ticked: bool) -> FindingLine:
    if finding.mark is Mark.DONE:
        return FindingLine("check", "drift.inside", _tr("In the statement"), _seen(finding))
    if finding.mark is Mark.PARTLY:
        moved = _tr("{0} of {1} moved, {2} to go").format(
            words.dollars_cents(finding.seen),
            words.dollars_cents(finding.ordered),
            words.dollars_cents(finding.ordered - finding.seen),
        )
        return FindingLine("part-done", "drift.near", _tr("In part"), moved)
    if finding.mark is Mark.NOT_DONE:
        text = _tr("although it is ticked") if is_ticked else ""
        return FindingLine(
            "not-done", "drift.near" if is_ticked else "text", _tr("Not in the statement"), text
        )
    if finding.mark is Mark.NOT_DUE:
        return FindingLine("calendar", "muted", _tr("Not due"), _tr("the statement is from before its day"))
    return FindingLine("question", "muted", _tr("Cannot be told"), _why(finding))


def _seen(finding: Finding) -> str:
    if finding.units is not None:
        return _tr("{0} units left the fund").format(f"{finding.units:,.3f}")
    return _tr("judged by dollars, it has no units") if finding.ordered else ""


def _why(finding: Finding) -> str:
    day = "" if finding.as_of is None else words.day(finding.as_of)
    return {
        Doubt.NO_STATEMENT: _tr("no newer statement of this account yet"),
        Doubt.ACCOUNT_GONE: _tr("this account is no longer here"),
        Doubt.TOO_EARLY: _tr("the statement is of {0}, too early to show it").format(day),
        Doubt.TOO_SMALL: _tr("without units, prices may have moved more than this order"),
        Doubt.NO_MONEY: _tr("no contributions have come in yet"),
        Doubt.MIXED: _tr("what came in fits no election"),
        None: "",
    }[finding.doubt]


def cause_word(cause: Cause) -> str:
    """Return the head of a column: a few words for where drift came from."""
    return {
        Cause.PLAN: _tr("Left by plan"),
        Cause.UNDONE: _tr("Orders not done"),
        Cause.UNSEEN: _tr("Not seen yet"),
        Cause.BEYOND: _tr("Beyond orders"),
        Cause.MONEY: _tr("Money in, out"),
        Cause.MARKETS: _tr("Markets"),
    }[cause]


def drift_sentence(found: Reconciliation) -> str:
    """Say how large the new drift is and what made it, in points that add as they are shown."""
    if found.whole is None:
        return ""
    lead = _tr("Drift is now {0} points, {1}").format(
        words.plain_points(found.whole.points), words.dollars(found.whole.dollars)
    )
    steps = stepwise([part.points for part in found.whole.parts], Decimal("0.001"))
    said = [
        f"{_cause_in_sentence(part.cause)} {words.points(points)}"
        for part, points in zip(found.whole.parts, steps, strict=True)
        if points
    ]
    return f"{lead}: {', '.join(said)}." if said else f"{lead}."


def _cause_in_sentence(cause: Cause) -> str:
    return {
        Cause.PLAN: _tr("left by the plan"),
        Cause.UNDONE: _tr("orders that did not happen"),
        Cause.UNSEEN: _tr("orders not seen yet"),
        Cause.BEYOND: _tr("moves beyond the orders"),
        Cause.MONEY: _tr("money in and out"),
        Cause.MARKETS: _tr("markets"),
    }[cause]


def stepwise(parts: list[Decimal], step: Decimal) -> list[Decimal]:
    """Round parts so that they add to their sum as rounded: each is the change of the running sum."""
    shown, exact, before = [], ZERO, ZERO
    for part in parts:
        exact += part
        now = exact.quantize(step)
        shown.append(now - before)
        before = now
    return shown
