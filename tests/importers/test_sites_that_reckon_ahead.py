"""Pasted pages that begin with what the site reckons for later years, and list shares below each fund."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

D = Decimal


@pytest.mark.parametrize(
    "ahead",
    [
        "On track! Estimated monthly income at 65: $1,910",
        "Projected annual retirement income: $22,800",
        "Estimated balance at 67: $310,000",
    ],
)
@pytest.mark.parametrize("share", ["Share of account", "Portion of total", "% of account"])
def test_what_is_reckoned_for_later_is_not_held(ahead: str, share: str) -> None:
    text = [
        "Overview", "Accounts", "Retirement income", "Beneficiaries", "",
        "Your total savings", "$1,950.00", "As of Aug 28, 2026 market close", "", ahead, "",
        "457(b) Deferred Compensation", "Account ending in 6120", "$1,650.00", "Hide details",
        "Fund name", "Balance", share, "",
        "Larch Equity Index Fund", "$1,200.00", "72.7%", "30.0000 units @ $40.0000", "",
        "Larch Stable Income Fund", "$450.00", "27.3%", "300.0000 units @ $1.5000", "",
        "Account total", "$1,650.00", "100%", "",
        "401(a) Employer Contribution", "Account ending in 6138", "$300.00", "Hide details",
        "Fund name", "Balance", share, "",
        "Larch Equity Index Fund", "$200.00", "66.7%", "5.0000 units @ $40.0000", "",
        "Larch Core Bond Fund", "$100.00", "33.3%", "10.0000 units @ $10.0000", "",
        "Account total", "$300.00", "100%", "",
    ]  # fmt: skip
    statement = read_table_text("\n".join(text), "pasted.txt")
    assert {
        account.id: [(row.fund.name, row.value) for row in account.rows] for account in statement.accounts
    } == {
        "6120": [("Larch Equity Index Fund", D("1200.00")), ("Larch Stable Income Fund", D("450.00"))],
        "6138": [("Larch Equity Index Fund", D("200.00")), ("Larch Core Bond Fund", D("100.00"))],
    }
