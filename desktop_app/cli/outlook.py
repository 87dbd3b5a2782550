"""The commands `outlook` and `goals`: what history says about a mix and about a plan."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import UserError
from desktop_app.domain.money import Money
from desktop_app.workflow.bucket_words import bucket_words
from desktop_app.workflow.goal_files import read_goal_file, read_mix_file
from desktop_app.workflow.guided import GuidedPlan, make_guided_plan, try_bucket, untried_words
from desktop_app.workflow.guided_words import EDUCATION, tier_words
from desktop_app.workflow.outlook import INSIDE_WORDS, SINCE, Outlook, both_sides, decade_words, look_back

from .outlook_answers import bucket_answer, goals_answer, outlook_answer

BALANCE = "250000"
"""Dollars a loss is shown of unless a balance is given."""


class WrongBalanceError(UserError):
    """The balance is not an amount of money."""

    def __init__(self, text: str) -> None:
        super().__init__(f"--balance {text} is not an amount. Give dollars of zero or more, such as 250000.")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe both commands to the parser."""
    outlook = commands.add_parser("outlook", help="show what a mix lived through, and what rebalancing did")
    outlook.add_argument("--mix", type=Path, required=True, metavar="MIX.json", help="shares of 1 by class")
    outlook.add_argument("--balance", default=BALANCE, metavar="DOLLARS", help=f"default {BALANCE}")
    outlook.add_argument("--from", dest="since", default=SINCE, metavar="MONTH", help=f"default {SINCE}")
    outlook.add_argument("--json", action="store_true", help="answer as JSON")
    goals = commands.add_parser("goals", help="find the return a plan needs and the mixes that carried it")
    goals.add_argument("file", type=Path, metavar="GOALS.json")
    goals.add_argument("--from", dest="since", metavar="MONTH", help="first month of history (default: all)")
    goals.add_argument("--json", action="store_true", help="answer as JSON")


def run_outlook(options: argparse.Namespace) -> dict[str, Any] | str:
    """Return the answer of `outlook`: JSON where it is asked for, else words."""
    balance = _balance(options.balance)
    outlook = look_back(read_mix_file(options.mix), balance, options.since)
    return outlook_answer(outlook, balance) if options.json else _outlook_words(outlook, balance)


def run_goals(options: argparse.Namespace) -> dict[str, Any] | str:
    """Return the answer of `goals`: JSON where it is asked for, else words; warnings go to standard error."""
    file = read_goal_file(options.file, date.today())
    guided = make_guided_plan(file.plan, file.today, options.since)
    years = file.bucket_years
    bucket = None if years is None else try_bucket(guided, years)
    for issue in guided.remarks:
        sys.stderr.write(f"even-keel: {issue.severity}: {issue.message} {issue.fix}\n")
    if options.json:
        return goals_answer(guided) | ({} if years is None else {"bucket": bucket_answer(bucket)})
    lines = _goal_lines(guided)
    if bucket is not None:
        lines.append(bucket_words(bucket))
    elif years is not None:
        lines.append(untried_words(guided))
    return "\n".join((*lines, EDUCATION))


def _balance(text: str) -> Money:
    try:
        balance = Decimal(text)
    except InvalidOperation:
        raise WrongBalanceError(text) from None
    if not balance.is_finite() or not 0 <= balance < Decimal(10) ** 15:
        raise WrongBalanceError(text)
    return balance


def _outlook_words(outlook: Outlook, balance: Money) -> str:
    lines = [f"Crises, rebalanced every December ({outlook.source}):", f"  {INSIDE_WORDS}"]
    for item in outlook.crises:
        crisis, fall = item.crisis, item.crisis.fall
        back = crisis.months_to_recover
        recovered = "not yet back when the figures end" if back is None else f"back {_months(back)} later"
        lines.append(
            f"  {crisis.name:<17} {fall.peak} to {fall.trough}  {fall.loss:>7.1%}  "
            f"−${-item.dollars:,.0f}, {recovered}"
        )
    if outlook.decade is not None:
        lines.append(f"Worst ten years, after inflation: {decade_words(outlook.decade, balance)}")
    lines.append(f"Rules, {outlook.period[0]} to {outlook.period[1]}:")
    lines.append(f"  {'':<45} growth   real  swings  worst fall  rebalances")
    lines += [
        f"  {each.rule:<45} {each.growth:>6.2%} {each.real_growth:>6.2%} {each.volatility:>7.2%} "
        f"{each.worst_fall:>11.1%} {each.rebalances:>11,}"
        for each in outlook.policies
    ]
    lines += [f"{item.node.value}: {item.words}." for item in outlook.stand_ins if not item.is_exact]
    return "\n".join((*lines, *both_sides(outlook), outlook.caution))


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _goal_lines(guided: GuidedPlan) -> list[str]:
    lines = [tier_words(result, guided.plan) for result in guided.tiers]
    if guided.distribution is not None:
        lines.append(
            f"The law asks to take out ${guided.distribution.amount:,.2f} this year, if none of it is Roth."
        )
    return lines
