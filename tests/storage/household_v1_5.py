"""The household that `fixtures/v1_5.keel` holds: that of 1.4 with what 1.5 added, typed by hand.

The file was written once by format 1.5 and is kept: every later program must read it as this value.
"""

from dataclasses import replace

from desktop_app.domain.accounts import AccountLabel

from .household_v1_4 import HOUSEHOLD_1_4

HOUSEHOLD_1_5 = replace(
    HOUSEHOLD_1_4,
    known_as=(
        AccountLabel("991220417", "Sam’s 401(k)", "K-20417"),
        AccountLabel("...0417", "Account ending 0417", "K-20417"),
        AccountLabel("november-plan", "november-plan", "K-20417"),
    ),
)
