"""The two roots of exceptions: the world's fault and ours."""

from __future__ import annotations

from .language import translator

_tr = translator("TargetErrors")


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
            _tr(
                "The target adds to {0} %, not 100 %. Change the shares so that they add to exactly 100 %."
            ).format(total_percent)
        )


class UnknownClassError(UserError):
    """A target names something that is not an asset class."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(_tr("“{0}” is not an asset class. Use one of: {1}.").format(name, known))


class OverlappingTargetsError(UserError):
    """Two targets share a leaf of the class tree."""

    def __init__(self, outer: str, inner: str) -> None:
        super().__init__(
            _tr("The target names both “{0}” and “{1}”, which is part of it. Keep only one of them.").format(
                outer, inner
            )
        )


class NegativeTargetError(UserError):
    """A target or fixed amount is below zero."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(
            _tr("The target for “{0}” is {1}. A target cannot be below zero.").format(name, value)
        )


class MixPartError(UserError):
    """A fund's mix has a part below zero."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__(
            _tr("The mix of “{0}” has a part of {1}. No part can be below zero.").format(name, part)
        )


class MixSumError(UserError):
    """A fund's mix does not add to 100 %."""

    def __init__(self, name: str, total_percent: str) -> None:
        super().__init__(
            _tr(
                "The mix of “{0}” adds to {1} %, not 100 %. "
                "Change its parts so that they add to exactly 100 %."
            ).format(name, total_percent)
        )
