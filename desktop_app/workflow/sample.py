"""The sample household: invented people to look around with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from desktop_app.domain.goals import GoalAnswers, Income
from desktop_app.domain.household import Household
from desktop_app.domain.language import translator
from desktop_app.domain.resources import resource_path
from desktop_app.domain.statement import AsOfKind
from desktop_app.importers import read_statement

from .target_files import read_target_file

_tr = translator("Sample")


def sample_files() -> tuple[Path, Path]:
    """Return the sample's statement and its target, as they ship."""
    folder = resource_path("sample")
    return folder / "Portfolio_Positions_Sep-30-2026.csv", folder / "targets.json"


def sample_household(today: date) -> Household:
    """Return the sample as if its statement were downloaded a week before `today`."""
    statement_file, target_file = sample_files()
    read = read_statement(statement_file)
    statement = replace(read, as_of=today - timedelta(days=7), as_of_kind=AsOfKind.DOWNLOAD)
    target = replace(
        read_target_file(target_file),
        since=date(today.year - 1, 1, 12),
        reason=_tr(
            "Ten years to retirement: about two thirds in stocks, and next year's spending kept apart."
        ),
    )
    return Household(
        name=_tr("Sample household"),
        is_sample=True,
        statements=(statement,),
        targets=(target,),
        account_names=(
            ("48213", "Birchwood Tools 401(k)"),
            ("70952", "Saltmarsh Clinic 401(k)"),
            ("245671830", "Roth IRA"),
        ),
        goals=GoalAnswers(
            born=today.year - 54,
            retire_at=64,
            plan_to=93,
            needs=Decimal(50000),
            wants=Decimal(24000),
            wishes=Decimal(22000),
            saved=Decimal(24500),
            match=Decimal(4500),
            income=(Income(_tr("Social Security"), Decimal(29400), 67),),
            bucket_years=Decimal(2),
        ),
    )
