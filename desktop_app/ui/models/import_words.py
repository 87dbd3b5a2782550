"""The words above a preview: which files, how they were read, and of which day they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.sources import TYPED
from desktop_app.domain.statement import AsOfKind, Statement
from desktop_app.ui import words
from desktop_app.workflow.statements import FileProblem, Need

LAYOUTS = {
    "fidelity-positions": "a Fidelity positions download",
    "fidelity-statement": "a Fidelity statement",
    "schwab-positions": "a Schwab positions download",
    "vanguard-download": "a Vanguard download",
    "merrill-holdings": "a Merrill holdings download",
    "merrill-export": "a Merrill export",
    "etrade-portfolio": "an E*TRADE portfolio",
    "tiaa-holdings": "TIAA holdings",
    "troweprice-accounts": "T. Rowe Price accounts",
    "jpmorgan-positions": "J.P. Morgan positions",
    "ameriprise-positions": "Ameriprise positions",
    "morganstanley-holdings": "Morgan Stanley holdings",
    "tsp-statement": "a TSP statement",
    "transamerica-funds": "a Transamerica fund list",
    "m1-holdings": "M1 holdings",
    "ibkr-activity": "an Interactive Brokers activity statement",
    "ofx": "an OFX download",
    "generic": "a plain table",
}
"""English names of the layouts (HEADLESS contract), to be passed through translation."""


def title_words(statements: Sequence[Statement], problems: Sequence[FileProblem]) -> str:
    """Say in a headline what a preview is about."""
    if statements:
        return _tr("Check these statements") if len(statements) > 1 else _tr("Check this statement")
    locked = sum(problem.needs is Need.PASSWORD for problem in problems)
    if locked:
        return _tr("These files ask for a password") if locked > 1 else _tr("This file asks for a password")
    if any(problem.needs is Need.COLUMNS for problem in problems):
        return _tr("Which column is which?")
    return _tr("Nothing to import")


FEW_FILES = 3
"""More files than these are counted first and listed when asked for."""


def files_summary(statements: Sequence[Statement]) -> str:
    """Count many files and say between which days their figures are."""
    days = sorted(statement.as_of for statement in statements if statement.as_of is not None)
    said = [_tr("{0} files").format(len(statements))]
    if days:
        first, last = words.day(days[0]), words.day(days[-1])
        said.append(first if first == last else f"{first} – {last}")
    undated = len(statements) - len(days)
    if undated:
        said.append(_tr("{0} without a date").format(undated))
    return " · ".join([*said, _tr("nothing is saved yet")])


def files_words(statements: Sequence[Statement]) -> str:
    """Name the files, how they were read and of which day they are."""
    said = [f"{statement.source} · {_read_words(statement)}" for statement in statements]
    return "\n".join([*said[:-1], f"{said[-1]} · {_tr('nothing is saved yet')}"]) if said else ""


def _read_words(statement: Statement) -> str:
    layout = LAYOUTS.get(statement.layout, statement.layout)
    read = _tr("read as {0}").format(_tr(layout)) if statement.file != TYPED else _tr("not from a file")
    if statement.as_of is None:
        return f"{read} · {_tr('without a date')}"
    dated = _tr("downloaded {0}") if statement.as_of_kind is AsOfKind.DOWNLOAD else _tr("valued {0}")
    return f"{read} · {dated.format(words.day(statement.as_of))}"


def fix_words(quick: QuickFix) -> str:
    """Say what one click does."""
    return {
        QuickFix.COLUMNS: _tr("Change columns…"),
        QuickFix.LEAVE_OUT: _tr("Leave this line out"),
        QuickFix.COUNT: _tr("Count it"),
        QuickFix.VALUE: _tr("Type its value…"),
    }[quick]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
