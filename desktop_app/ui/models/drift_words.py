"""The verdict in words: what it is called, one plain sentence, and the facts it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.classes import CLASS_WORDS, FAMILY_WORDS, AssetClass, ClassFamily
from desktop_app.domain.drift import BandState, DriftReport, Verdict
from desktop_app.domain.money import HUNDRED, plain
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import BandRule, ToleranceBand, top_level
from desktop_app.ui import words

QUARTER = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """What the verdict card says: the state, the verdict as a title, one sentence."""

    state: str
    title: str
    sentence: str


def class_name(node: AssetClass) -> str:
    """Return the translated name of a class."""
    return QCoreApplication.translate("AssetClass", CLASS_WORDS[node])


def family_name(family: ClassFamily) -> str:
    """Return the translated short name of a colour family."""
    return QCoreApplication.translate("ClassFamily", FAMILY_WORDS[family])


def verdict_words(report: DriftReport) -> VerdictWords:
    """Say what a report calls for."""
    tell = {
        Verdict.DEFENSIVE: _defensive,
        Verdict.OFFENSIVE: _offensive,
        Verdict.WITHIN: _within,
        Verdict.HOLD: _hold,
    }[report.verdict]
    title, sentence = tell(report)
    return VerdictWords(_state_words(report.state), title, sentence)


def side_words(points: Decimal) -> str:
    """Write a drift (a fraction of 1) as "5.6 points over", "0.3 points under" or "on target"."""
    size = words.plain_points(abs(points))
    if not words.points(points).strip("+0.,"):
        return _tr("on target")
    return (_tr("{0} points over") if points > 0 else _tr("{0} points under")).format(size)


def band_parts(band: ToleranceBand) -> tuple[str, str]:
    """Return the two widths of a band in words: its points, and its share of the target."""
    points = plain(band.absolute * HUNDRED)
    if band.relative == QUARTER:
        return points, _tr("a quarter")
    return points, f"{plain(band.relative * HUNDRED)}{words.NO_BREAK_SPACE}%"


def band_sentence(band: ToleranceBand) -> str:
    """Say in one line how wide the bands are."""
    points, share = band_parts(band)
    sentences = {
        BandRule.LESSER: _tr("Bands: {0} points or {1} of the target, whichever is less."),
        BandRule.GREATER: _tr("Bands: {0} points or {1} of the target, whichever is more."),
        BandRule.ABSOLUTE: _tr("Bands: {0} points."),
        BandRule.RELATIVE: _tr("Bands: {1} of the target."),
    }
    return sentences[band.rule].format(points, share)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verdict", text)


def _state_words(state: BandState) -> str:
    return {
        BandState.INSIDE: _tr("Inside the band"),
        BandState.NEAR: _tr("Near the edge"),
        BandState.OUTSIDE: _tr("Outside the band"),
    }[state]


def _defensive(_report: DriftReport) -> tuple[str, str]:
    return (
        _tr("Defensive rebalance"),
        _tr("Stocks have grown past their band. Keep part of the gain and refill bonds."),
    )


def _offensive(_report: DriftReport) -> tuple[str, str]:
    return (
        _tr("Offensive rebalance"),
        _tr("Stocks have fallen below their band. Use part of the safe side to buy what has fallen."),
    )


def _within(report: DriftReport) -> tuple[str, str]:
    outside = [row.node for row in report.rows if row.state is BandState.OUTSIDE]
    roots = {top_level(node) for node in outside}
    name = class_name(report.decided_by or AssetClass.OTHER)
    sentence = _tr("Stocks as a whole are inside their band, but {0} is not.").format(name)
    if roots.isdisjoint(outside) and roots == {AssetClass.STOCKS}:
        return _tr("Rebalance within stocks"), sentence
    if roots.isdisjoint(outside) and roots == {AssetClass.FIXED_INCOME}:
        return _within_fixed_income(outside), sentence
    return _tr("Rebalance some classes"), sentence


def _within_fixed_income(outside: Iterable[AssetClass]) -> str:
    from_bonds = all(node not in (AssetClass.BONDS, AssetClass.SHORT_TERM) for node in outside)
    return _tr("Rebalance within bonds") if from_bonds else _tr("Rebalance bonds and short-term")


def _hold(report: DriftReport) -> tuple[str, str]:
    if report.state is BandState.NEAR and report.decided_by is not None:
        name = class_name(report.decided_by)
        return _tr("Hold"), _tr("{0} is near the edge of its band. There is no need to act yet.").format(name)
    return _tr("Hold"), _tr("Every class is inside its band. Doing nothing is a good answer today.")
