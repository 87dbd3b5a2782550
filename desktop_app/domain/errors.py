"""The two roots of exceptions: the world's fault and ours."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend; its text says what happened and what to do.

    Subclasses build their own sentence from plain facts. `exit_code` is what the headless
    commands end with (HEADLESS contract: 2 wrong call, 3 unreadable file, 4 rules contradict).
    """

    exit_code = 2


def short(name: str, most: int = 80) -> str:
    """Return a name for a sentence, cut where it is longer than any real one."""
    return name if len(name) <= most else name[: most - 1] + "…"


class BugError(Exception):
    """A promise of our own was broken; never the user's fault."""


class TargetSumError(UserError):
    """The target's shares do not add to 100 %."""

    def __init__(self, total_percent: str) -> None:
        super().__init__(
            f"The target adds to {total_percent} %, not 100 %. "
            "Change the shares so that they add to exactly 100 %."
        )


class UnknownClassError(UserError):
    """A target names something that is not an asset class."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(f"“{name}” is not an asset class. Use one of: {known}.")


class OverlappingTargetsError(UserError):
    """Two targets share a leaf of the class tree."""

    def __init__(self, outer: str, inner: str) -> None:
        super().__init__(
            f"The target names both “{outer}” and “{inner}”, which is part of it. Keep only one of them."
        )


class NegativeTargetError(UserError):
    """A target or fixed amount is below zero."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"The target for “{name}” is {value}. A target cannot be below zero.")


class MixPartError(UserError):
    """A fund's mix has a part below zero."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__(f"The mix of “{name}” has a part of {part}. No part can be below zero.")


class MixSumError(UserError):
    """A fund's mix does not add to 100 %."""

    def __init__(self, name: str, total_percent: str) -> None:
        super().__init__(
            f"The mix of “{name}” adds to {total_percent} %, not 100 %. "
            "Change its parts so that they add to exactly 100 %."
        )
