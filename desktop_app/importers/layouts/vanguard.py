"""Vanguard: brokerage, workplace plan and old fund accounts in one download."""

from __future__ import annotations

from desktop_app.importers.account_labels import AccountName
from desktop_app.importers.patterns import late_regex

from .base import Layout, Peek

_FUND_ACCOUNT = late_regex(r"[0-9]{3,4}-([0-9]{6,})")


class VanguardDownload(Layout):
    """`OfxDownload.csv`: tables one below the other, transactions among them, no date at all."""

    name = "vanguard-download"
    dated = False
    labelled = False

    def identify(self, peek: Peek) -> int:
        """Known by any of its three positions headings."""
        own = (
            ("account number", "investment name", "symbol", "shares", "share price", "total value"),
            ("plan number", "plan name", "fund name", "shares", "price", "total value"),
            ("fund account number", "fund name", "shares", "total value"),
        )
        return 10 if any(peek.any_header(*keys) for keys in own) else 0

    def row_account(self, account_id: str, name: str) -> AccountName:
        """Old fund accounts write the fund's number before the account's: `0584-12345678`."""
        found = _FUND_ACCOUNT.fullmatch(account_id)
        return AccountName(found[1] if found else account_id, name)
