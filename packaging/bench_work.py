"""Measures planning and reading."""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from bench_file import write_export
from bench_table import Row, p95
from environment import ROOT

if TYPE_CHECKING:
    from desktop_app.domain.accounts import Snapshot
    from desktop_app.domain.rules import PlanRules
    from desktop_app.domain.targets import TargetAllocation

LIMIT = 30.0
"""Seconds after which a size is measured no further."""

RUNS = 5
"""Runs of each of two programs that are compared, turn by turn; the quickest of each counts."""

SIZES = ((1, 12, 30, False), (4, 25, 150, False), (20, 30, 1000, False), (20, 30, 1000, True))
"""Accounts, funds in each, milliseconds to reach, whether exchanges are limited in size and number."""


def plan_rows() -> Iterator[Row]:
    """Plan random households of three sizes, each size in a process of its own."""
    for accounts, funds, reach, limited in SIZES:
        what = f"full plan, p95: {accounts} × {funds} funds" + (", minimums and limits" if limited else "")
        code = f"import bench_work; print(*bench_work.plan_times({accounts}, {funds}, limited={limited}))"
        words, answer = _answer([sys.executable, "-c", code], folder=Path(__file__).parent)
        if answer is None:
            yield Row(what, f"≤ {reach:,} ms", why=f"planning failed ({words})")
            continue
        times = [float(text) for text in answer.split()]
        worst = p95(times) * 1000
        yield Row(what, f"≤ {reach:,} ms", f"{worst:,.0f} ms   (of {len(times)} households)", worst <= reach)


def plan_times(accounts: int, funds: int, *, limited: bool = False) -> list[float]:
    """Return the seconds each of up to 40 plans took; at least five, then no more than `LIMIT` allows."""
    sys.path.insert(0, str(ROOT))
    from desktop_app.rebalance import make_plan, warm_up

    warm_up()
    times: list[float] = []
    for seed in range(40):
        case = _household(accounts, funds, seed, limited=limited)
        start = time.perf_counter()
        make_plan(*case)
        times.append(time.perf_counter() - start)
        if len(times) >= 5 and sum(times) > LIMIT:
            break
    return times


def _household(
    accounts: int, funds: int, seed: int, *, limited: bool = False
) -> tuple[Snapshot, TargetAllocation, PlanRules]:
    """Return a random household, a target leaf by leaf and rules: free ones, or limits on exchanges."""
    from desktop_app.domain.accounts import Account, Holding, Snapshot
    from desktop_app.domain.classes import LEAVES, AssetClass
    from desktop_app.domain.funds import ClassifiedBy, Fund
    from desktop_app.domain.mix import AssetMix
    from desktop_app.domain.rules import AccountRules, PlanRules
    from desktop_app.domain.targets import TargetAllocation

    dice = random.Random(seed)
    leaves = [leaf for leaf in LEAVES if leaf.value not in {"brokerage_window", "unclassified"}]

    def fund(number: int) -> Fund:
        if dice.random() < 0.8:
            mix = AssetMix.single(leaves[number % 9])
        else:
            share = Decimal(dice.randrange(20, 81)) / 100
            mix = AssetMix.of({AssetClass.US_LARGE: share, AssetClass.US_BOND: 1 - share})
        return Fund(f"F{number}", f"Fund {number}", mix, ClassifiedBy.USER)

    menu = [fund(number) for number in range(funds)]
    held = tuple(
        Account(
            f"A{index}",
            f"Account {index}",
            tuple(Holding(one, Decimal(dice.randrange(100_000, 5_000_000)) / 100) for one in menu),
        )
        for index in range(accounts)
    )
    target = TargetAllocation.from_names(
        {
            "us_large": "0.35",
            "us_small": "0.10",
            "intl_developed": "0.15",
            "bonds": "0.30",
            "short_term": "0.10",
        }
    )
    own = [
        (
            account.id,
            AccountRules(
                minimum_exchange=Decimal(dice.choice((0, 100, 250, 500, 1000))),
                max_exchanges=dice.choice((None, None, 2, 4, 8, 12, 16)),
            ),
        )
        for account in held
        if limited
    ]
    most = dice.choice((None, None, 60, 120, 200)) if limited else None
    return Snapshot(held), target, PlanRules(date(2026, 11, 22), accounts=tuple(own), max_exchanges=most)


def reading_rows() -> Iterator[Row]:
    """Read a small statement first thing in a process, and huge ones against `pandas.read_csv`."""
    with tempfile.TemporaryDirectory() as folder:
        small, large, distinct = (Path(folder) / f"{name}.csv" for name in ("forty", "huge", "distinct"))
        write_export(small, 40)
        write_export(large, 100_000)
        write_export(distinct, 100_000, distinct=True)
        yield _first_import(small)
        yield _huge_csv("100,000-row CSV / pandas.read_csv of that file", large, reach=2)
        yield _huge_csv("the same with 100,000 different names", distinct, reach=None)


def _first_import(path: Path) -> Row:
    """Read a statement where nothing is loaded but the document's own values, as in a window just opened."""
    what = "40-row statement → preview, first in the process"
    code = (
        "import sys, time, desktop_app.app, desktop_app.domain.household; began = time.perf_counter()\n"
        "from desktop_app.importers import read_statement\n"
        "from pathlib import Path; statement = read_statement(Path(sys.argv[1]))\n"
        "assert sum(len(account.rows) for account in statement.accounts) == 40\n"
        "print(time.perf_counter() - began)"
    )
    times = []
    for run in range(8):
        seconds, words = _seconds(code, path)
        if seconds is None:
            return Row(what, "≤ 200 ms", why=f"reading failed ({words})")
        if run:  # the first one compiles the program, as installing it does
            times.append(seconds)
    worst = p95(times) * 1000
    return Row(
        what, "≤ 200 ms", f"{worst:.0f} ms   (without drawing it, worst of {len(times)})", worst <= 200
    )


def _huge_csv(what: str, path: Path, reach: int | None) -> Row:
    """Compare reading a file with reading its bare cells; each process has read it once beforehand."""
    mark = "" if reach is None else f"≤ {reach} ×"
    own_code = (
        "import sys, time; from pathlib import Path\n"
        "from desktop_app.importers import read_statement\n"
        "read_statement(Path(sys.argv[1]))\n"
        "began = time.perf_counter(); statement = read_statement(Path(sys.argv[1]))\n"
        "ended = time.perf_counter()\n"
        "assert sum(len(account.rows) for account in statement.accounts) == 100_000\n"
        "print(ended - began)"
    )
    if importlib.util.find_spec("pandas"):
        name = "pandas"
        code = "import sys, time, pandas; pandas.read_csv(sys.argv[1]); "
        code += "b = time.perf_counter(); pandas.read_csv(sys.argv[1]); "
    else:
        name = "Python's csv, pandas is not installed"
        code = "import sys, time, csv; list(csv.reader(open(sys.argv[1]))); "
        code += "b = time.perf_counter(); list(csv.reader(open(sys.argv[1]))); "
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        for seconds, program in zip(times, (own_code, code + "print(time.perf_counter() - b)"), strict=True):
            taken, words = _seconds(program, path)
            if taken is None:
                return Row(what, mark, why=f"reading failed ({words})")
            seconds.append(taken)
    own, other = (min(seconds) for seconds in times)
    measured = f"{own / other:.1f} ×   ({own * 1000:,.0f} against {other * 1000:,.0f} ms, {name})"
    return Row(what, mark, measured, reach is None or own <= reach * other)


def _seconds(code: str, path: Path) -> tuple[float | None, str]:
    """Run code in a process of its own; returns the seconds it prints, or None and its last words."""
    words, answer = _answer([sys.executable, "-c", code, str(path)], folder=ROOT)
    return (None if answer is None else float(answer)), words


def _answer(command: list[str], folder: Path) -> tuple[str, str | None]:
    """Return the last words on standard error, and what a process printed unless it failed."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    result = subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )
    lines = result.stderr.strip().splitlines()
    return lines[-1] if lines else "it said nothing", None if result.returncode else result.stdout
