"""The trial of a short-term bucket in sentences."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.language import translator
from desktop_app.outlook.bucket import BucketResult
from desktop_app.outlook.returns import BILLS_SINCE

from .guided import BucketTrial
from .guided_words import mix_words, tier_title
from .share_words import held, percent, years_words

_tr = translator("GuidedWords")


def bucket_words(trial: BucketTrial) -> str:
    """Return in words how often a bucket bridged a fall, and that it changes the outcome little."""
    result = trial.made_up
    lasted = _tr("The money lasted in {0}; without the rule, in the same mix rebalanced every year, in {1}.")
    return " ".join(
        (
            *_filled_words(trial.held_years, trial.filled_years),
            _bridged_words(result, min(trial.held_years, trial.filled_years)),
            _rest_words(trial),
            lasted.format(held(result.lasted), held(result.plain_lasted)),
        )
    )


def _rest_words(trial: BucketTrial) -> str:
    if trial.is_held:
        said = _tr("The rest had {0} in stocks, as your target has it beside the bucket.")
        return said.format(percent(trial.rest))
    return _tr("The rest was in {0}, the mix shown for {1}.").format(
        mix_words(trial.rest), tier_title(trial.tier).lower()
    )


def begin_words(trial: BucketTrial, age: int) -> str:
    """Say with what a bucket that is not needed yet begins; empty once retired at the `age` of today."""
    if trial.age <= age:
        return ""
    wait = years_words(Decimal(trial.age - age))
    return _tr(
        "It begins at {0} with ${1:,.0f}, what half of history had by then; held from today on, the dollars "
        "wait {2} before they are needed."
    ).format(trial.age, trial.at_first, wait)


def _filled_words(held_years: Decimal, filled_years: Decimal) -> list[str]:
    if filled_years >= held_years:
        return []
    words = _tr("All the money there is at the start pays for {0} of spending, not for {1}.")
    return [words.format(years_words(filled_years), years_words(held_years))]


def _bridged_words(result: BucketResult, years: Decimal) -> str:
    lives = _tr("{0:,} lives put together from history since {1}").format(result.lives, BILLS_SINCE[:4])
    if result.bridged is not None:
        words = _tr("{0} held safe bridged {1} of {2:,} falls in {3}.")
        return words.format(years_words(years), percent(result.bridged), result.falls, lives)
    if not result.lasted:
        return _tr("In {0} the money ran out before anything could fall.").format(lives)
    return _tr("Nothing fell in {0} while the money lasted.").format(lives)
