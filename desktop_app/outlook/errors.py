"""What can be asked of history that it cannot answer."""

from __future__ import annotations

from desktop_app.domain.errors import UserError


class PeriodError(UserError):
    """A first month is asked for that the table of returns does not have."""

    def __init__(self, period: str, first: str, last: str) -> None:
        super().__init__(f"There are no returns for “{period}”. Give a period from {first} to {last}.")


class TooShortError(UserError):
    """Too few periods are left to say anything."""

    def __init__(self, period: str, last: str) -> None:
        super().__init__(
            f"From {period} to {last} is too short to judge a mix. Begin at least two years earlier."
        )


class NegativeShareError(UserError):
    """A share of a mix is below zero."""

    def __init__(self, name: str, percent: str) -> None:
        super().__init__(f"The share of {name} is {percent} %. Give shares of 1, each zero or more.")


class MixTotalError(UserError):
    """The weights of a mix do not add to one."""

    def __init__(self, total_percent: str) -> None:
        super().__init__(
            f"The mix adds to {total_percent} %, not 100 %. "
            "Give shares of 1, each zero or more, that add to exactly 1."
        )
