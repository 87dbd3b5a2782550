"""What can be asked of history that it cannot answer."""

from __future__ import annotations

from desktop_app.domain.errors import UserError
from desktop_app.domain.language import translator

_tr = translator("OutlookErrors")


class PeriodError(UserError):
    """A first month is asked for that the table of returns does not have."""

    def __init__(self, period: str, first: str, last: str) -> None:
        super().__init__(
            _tr("There are no returns for “{0}”. Give a period from {1} to {2}.").format(period, first, last)
        )


class TooShortError(UserError):
    """Too few periods are left to say anything."""

    def __init__(self, period: str, last: str) -> None:
        super().__init__(
            _tr("From {0} to {1} is too short to judge a mix. Begin at least two years earlier.").format(
                period, last
            )
        )


class NegativeShareError(UserError):
    """A share of a mix is below zero."""

    def __init__(self, name: str, percent: str) -> None:
        super().__init__(
            _tr("The share of {0} is {1} %. Give shares of 1, each zero or more.").format(name, percent)
        )


class MixTotalError(UserError):
    """The weights of a mix do not add to one."""

    def __init__(self, total_percent: str) -> None:
        super().__init__(
            _tr(
                "The mix adds to {0} %, not 100 %. "
                "Give shares of 1, each zero or more, that add to exactly 1."
            ).format(total_percent)
        )
