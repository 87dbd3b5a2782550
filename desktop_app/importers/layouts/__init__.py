"""The layouts we know by name, behind one door."""

from __future__ import annotations

from desktop_app.importers.grid import Grid

from .base import AsOf, Layout, Peek, Rearranged, account_in_name
from .etrade import EtradePortfolio
from .fidelity import FidelityPositions, FidelityStatement
from .ibkr import IbkrActivity
from .merrill import MerrillExport, MerrillHoldings
from .others import M1Holdings, TiaaHoldings, TransamericaFunds, TRowePriceAccounts, TspStatement
from .schwab import SchwabPositions
from .vanguard import VanguardDownload
from .wealth import AmeripriseHoldings, JpmorganPositions, MorganStanleyHoldings

__all__ = [
    "LAYOUTS",
    "AsOf",
    "Layout",
    "Peek",
    "Rearranged",
    "account_in_name",
    "claimants",
    "rearrange",
    "recognise",
]

PLAIN = Layout()

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
    MerrillExport(),
    JpmorganPositions(),
    MorganStanleyHoldings(),
    AmeripriseHoldings(),
    M1Holdings(),
    IbkrActivity(),
    PLAIN,
)


def claimants(peek: Peek, layouts: tuple[Layout, ...] = LAYOUTS) -> tuple[Layout, ...]:
    """Return the layouts surest of a file: one, unless two claim the same."""
    scored = [(layout.identify(peek), layout) for layout in layouts]
    best = max(score for score, _ in scored)
    return tuple(layout for score, layout in scored if score == best)


def recognise(peek: Peek, layouts: tuple[Layout, ...] = LAYOUTS) -> Layout:
    """Return the layout surest of a file; where several claim it, or none does, the plain one.

    Tables of several providers in one file, or a heading of both, are no defect: read by the roles of
    their columns alone, nothing of them is lost.
    """
    found = claimants(peek, layouts)
    return found[0] if len(found) == 1 else PLAIN


def rearrange(grid: Grid) -> Rearranged:
    """Return a file's rows as tables; only layouts whose sections are none as they stand change them."""
    for layout in LAYOUTS:
        found = layout.rearrange(grid)
        if found is not None:
            return found
    return Rearranged(grid)
