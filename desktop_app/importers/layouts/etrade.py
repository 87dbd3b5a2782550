"""E*TRADE: one account per file, its summary above the positions."""

from __future__ import annotations

from desktop_app.importers.account_labels import AccountName, split_label
from desktop_app.importers.rows import Row

from .base import Layout, Peek


class EtradePortfolio(Layout):
    """`PortfolioDownload.csv`; purchase lots may stand below their position."""

    name = "etrade-portfolio"
    labelled = False

    def identify(self, peek: Peek) -> int:
        """Known by the summary's heading or by the positions' own."""
        if peek.any_header("account", "net account value") or peek.any_header(
            "symbol", "last price $", "value $"
        ):
            return 10
        return 0

    def summary_account(self, row: Row) -> AccountName | None:
        """`Individual Brokerage -1234`."""
        return split_label(row.account_id) if row.account_id else None
