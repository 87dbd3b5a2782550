"""Which mix lasted often enough and why the average alone misleads, in words."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.goals import Tier
from desktop_app.outlook.crises import deepest_fall
from desktop_app.outlook.stand_ins import SeriesMix
from desktop_app.ui import words
from desktop_app.workflow.guided_advice import advice
from desktop_app.workflow.guided_desk import GuidedDesk
from desktop_app.workflow.guided_words import needed_sentence
from desktop_app.workflow.share_words import asked_share, held

from .guided_lines import mix_name


def _tr(text: str) -> str:
    return QCoreApplication.translate("GuidedPage", text)


def _deepest(mix: SeriesMix) -> tuple[str, str, str]:
    """Return a mix's deepest fall in percent, and its first and last month."""
    fall = deepest_fall(mix)
    return words.percent(Decimal(-fall.loss), 1), fall.peak, fall.trough


def trap_words(found: GuidedDesk, tier: Tier) -> str:
    """Say why the average alone misleads, and which mix is the calmest that lasted often enough."""
    result, plan = found.guided.tier(tier), found.guided.plan
    asked = words.tied(asked_share(plan.lasting))
    parts = []
    trap, chosen = result.average, result.chosen
    if trap is not None and trap.lived.held < float(plan.lasting) and result.required is not None:
        parts.append(
            _tr(
                "{0} earns the {1} needed on average, but order matters: it lasted in {2} of past stretches."
            ).format(
                mix_name(trap.record.stocks),
                words.percent(Decimal(result.required), 1),
                words.tied(held(trap.lived.held)),
            )
        )
    if chosen is not None:
        parts.append(
            _tr(
                "{0} is the calmest mix that lasted in at least {1} of them: it never fell more than {2} "
                "({3} to {4})."
            ).format(mix_name(chosen.record.stocks), asked, *_deepest(chosen.record.mix))
        )
    elif result.shown.lived.windows:
        best = result.best
        if result.required is None:
            parts.append(needed_sentence(result, plan))
        parts.append(
            _tr("No historical mix reached this: the best, {0}, lasted in {1}; {2} were asked for.").format(
                mix_name(best.record.stocks), words.tied(held(best.lived.held)), asked
            )
            if best.lived.held
            else _tr("No historical mix reached this: none lasted even once; {0} were asked for.").format(
                asked
            )
        )
        parts.append(advice(plan, tier))
    return " ".join(parts)
