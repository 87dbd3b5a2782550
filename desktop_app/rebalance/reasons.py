"""Why a fund is kept or closed: what the engine compares stays English and is translated when it is said."""

from __future__ import annotations

from desktop_app.domain.language import translator

_tr = translator("PlanReasons")

NEVER_SOLD = "it may not be sold"
"""Why a fund is kept that the user wants kept."""
NEVER_BOUGHT = "it may not be bought"
UNKNOWN = "it is not known what it holds"
OWED = "its account owes money or has sold an option"
"""Why nothing of an account is moved that has a holding below zero: the rest may be its security."""
BLOCKED = "it is blocked until "
OWN_WORDS = (NEVER_SOLD, NEVER_BOUGHT, UNKNOWN)
"""Why one fund is kept or closed for a reason of its own."""
GOAL_WORDS = ("the goal is to sell nothing", "the goal is to place new money only")
"""Why the goal of new money lets a fund not be sold, and not be bought."""
ANOTHER_SOLD = "another is sold"
"""Why a fund is kept where only so many may be sold."""


def said(why: str) -> str:
    """Return why a fund is kept or closed in the language in force; what a rule says is in it already."""
    if why.startswith(BLOCKED):
        return _tr("it is blocked until {0}").format(why.removeprefix(BLOCKED))
    return _tr(why)
