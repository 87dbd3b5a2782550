"""Providers whose tables need little more than to be known by name."""

from __future__ import annotations

from .base import Layout, Peek


class TiaaHoldings(Layout):
    """Plans one below the other, each with its total above its rows; tickers inside the names."""

    name = "tiaa-holdings"

    def identify(self, peek: Peek) -> int:
        """Known by its first heading."""
        return 10 if peek.any_header("your investments", "total value") else 0


class TRowePriceAccounts(Layout):
    """The fund stands under “Account Name”, the registration under “Account Type”."""

    name = "troweprice-accounts"
    dated = False

    def identify(self, peek: Peek) -> int:
        """Known by its account columns beside a ticker."""
        own = ("account type", "account name", "ticker", "account number", "quantity", "market value")
        return (
            10 if any(header.has(*own) and "asset class" not in header.keys for header in peek.headers) else 0
        )


class TspStatement(Layout):
    """One plan, opening and closing balances side by side over a range of dates."""

    name = "tsp-statement"

    def identify(self, peek: Peek) -> int:
        """Known by its balances and range."""
        return 10 if peek.any_header("fund name", "date range", "opening balance", "closing balance") else 0


class TransamericaFunds(Layout):
    """Two files of the same money: by fund, and by contribution source."""

    name = "transamerica-funds"
    dated = False

    def identify(self, peek: Peek) -> int:
        """Known by either heading."""
        own = (
            ("fund name", "percentage", "balance", "number of units", "unit value"),
            ("source name", "total balance", "vested percentage", "vested balance"),
        )
        return 10 if any(peek.any_header(*keys) for keys in own) else 0


class M1Holdings(Layout):
    """`Holdings-Oct-07-2026.csv`: one account, prices only as averages paid, no date inside."""

    name = "m1-holdings"

    def identify(self, peek: Peek) -> int:
        """Known by its gain and average columns."""
        own = ("symbol", "name", "quantity", "avg. price", "unrealized gain ($)", "value")
        return 10 if peek.any_header(*own) else 0
