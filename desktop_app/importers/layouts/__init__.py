"""The layouts we know by name, behind one door."""

from __future__ import annotations

from desktop_app.domain.errors import BugError

from .base import AsOf, Layout, Peek
from .etrade import EtradePortfolio
from .fidelity import FidelityPositions, FidelityStatement
from .others import MerrillHoldings, TiaaHoldings, TransamericaFunds, TRowePriceAccounts, TspStatement
from .schwab import SchwabPositions
from .vanguard import VanguardDownload

__all__ = ["LAYOUTS", "AsOf", "Layout", "Peek", "recognise"]

LAYOUTS: tuple[Layout, ...] = (
    FidelityPositions(),
    FidelityStatement(),
    SchwabPositions(),
    VanguardDownload(),
    MerrillHoldings(),
    EtradePortfolio(),
    TiaaHoldings(),
    TRowePriceAccounts(),
    TspStatement(),
    TransamericaFunds(),
    Layout(),
)


def recognise(peek: Peek, layouts: tuple[Layout, ...] = LAYOUTS) -> Layout:
    """Return the layout surest of a file; raise `BugError` when two are equally sure."""
    scored = sorted(((layout.identify(peek), layout) for layout in layouts), key=lambda pair: -pair[0])
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        names = f"{scored[0][1].name} and {scored[1][1].name}"
        raise BugError(f"Two layouts claim the same file: {names}.")
    return scored[0][1]
