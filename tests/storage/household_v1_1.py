"""The household that `fixtures/v1_1.keel` holds: that of 1.0 with what 1.1 added, typed by hand.

The file was written once by format 1.1 and is kept: every later program must read it as this value.
"""

from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.hints import ColumnRole, TableMapping

from .household_v1_0 import HOUSEHOLD

_FIRST, _SECOND = HOUSEHOLD.statements
_ACCOUNT, _EMPTY = _FIRST.accounts
_STOCKS, _STABLE = _ACCOUNT.rows

HOUSEHOLD_1_1 = replace(
    HOUSEHOLD,
    statements=(
        replace(
            _FIRST,
            accounts=(
                replace(_ACCOUNT, rows=(_STOCKS._replace(vested=Decimal("5600.00")), _STABLE)),
                _EMPTY,
            ),
        ),
        _SECOND,
    ),
    mappings=(
        TableMapping(
            "heading-0123456789abcdef01234567",
            ((1, ColumnRole.NAME), (4, ColumnRole.VALUE), (2, ColumnRole.VESTED)),
            decimal_comma=True,
        ),
        TableMapping("shape-76543210fedcba9876543210", ((0, ColumnRole.SYMBOL),)),
    ),
)
