"""Measures planning, reading and looking back."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import version
from itertools import product
from pathlib import Path

from bench_file import write_export
from bench_table import Row, p95
from environment import ROOT

LIMIT = 30.0
"""Seconds after which a size is measured no further."""

RUNS = 5
"""Runs of each of two programs that are compared, turn by turn; the quickest of each counts."""

SIZES = ((1, 12, 30), (4, 25, 150), (20, 30, 1000))
"""Accounts, funds on the menu of each, milliseconds to reach."""

PATIENCE = 12_000
"""Milliseconds a plan may take with patience: its longest search, and to end it."""

SEEDS = 40


def plan_rows() -> Iterator[Row]:
    """Plan random households of three sizes without and with limits, each in a process of its own.

    Most is the plan found at once: with patience a search for a closer one goes on for up to
    `desktop_app.rebalance.watch.LONGEST` seconds where that is not proved to be the least. Both are measured
    in whole dollars, as the window offers them.
    """
    for (accounts, funds, reach), limited in product(SIZES, (False, True)):
        what = f"{accounts} × {funds} funds" + (", minimums and limits" if limited else "")
        size = f"{accounts}, {funds}, limited={limited}"
        yield _plan_row(f"plan at once, p95: {what}", size, reach)
    for accounts, funds, reach in SIZES:
        what, size = (
            f"{accounts} × {funds} funds, whole dollars",
            f"{accounts}, {funds}, limited=True, step='1'",
        )
        yield _plan_row(f"plan at once, p95: {what}, limits", size, reach)
        yield _plan_row(f"plan with patience, p95: {what}, limits", f"{size}, is_patient=True", PATIENCE)


def _plan_row(what: str, size: str, reach: int) -> Row:
    code = f"import bench_work; bench_work.time_plans({size})"
    words, answer = _answer([sys.executable, "-c", code], folder=Path(__file__).parent)
    if answer is None:
        return Row(what, f"≤ {reach:,} ms", why=f"planning failed ({words})")
    plans = [line.split() for line in answer.splitlines()]
    worst, busy = (p95([float(plan[column]) for plan in plans]) * 1000 for column in (0, 1))
    proven = sum(plan[2] == "optimal" for plan in plans)
    count = f"{proven} of {len(plans)} proven the least"
    measured = f"{worst:,.0f} ms   (processor {busy:,.0f} ms; {count})"
    return Row(what, f"≤ {reach:,} ms", measured, worst <= reach)


def time_plans(
    accounts: int, funds: int, *, limited: bool, step: str = "0.01", is_patient: bool = False
) -> None:
    """Print for up to `SEEDS` plans seconds by the clock, seconds of processor, and what their proof says.

    There are at least five, then no more than `LIMIT` allows.
    """
    sys.path.insert(0, str(ROOT))
    from bench_households import household

    from desktop_app.rebalance import make_plan, warm_up

    warm_up()
    spent = 0.0
    for seed in range(SEEDS):
        snapshot, target, rules = household(accounts, funds, seed, limited=limited)
        rules = replace(rules, round_to=Decimal(step))
        start, busy = time.perf_counter(), time.process_time()
        plan = make_plan(snapshot, target, rules, is_patient=is_patient)
        taken = time.perf_counter() - start
        print(taken, time.process_time() - busy, plan.proof.status)
        spent += taken
        if seed >= 4 and spent > LIMIT:
            break


def outlook_rows() -> Iterator[Row]:
    """Compare seven rules over 99 years of months, in a process that has numpy and the table already."""
    what = "7 policies × 99 years monthly"
    code = (
        "import sys, time, numpy\n"
        "from decimal import Decimal\n"
        "from desktop_app.outlook.policies import POLICIES\n"
        "from desktop_app.outlook.returns import monthly_returns\n"
        "from desktop_app.outlook.simulate import compare\n"
        "from desktop_app.outlook.stand_ins import series_mix, two_part_mix\n"
        "whole = monthly_returns(); table = whole.between(len(whole) - 99 * 12, len(whole))\n"
        "mix = series_mix(two_part_mix(Decimal('0.6')))\n"
        "def once():\n"
        "    began = time.perf_counter(); compare(mix, table, POLICIES[:7])\n"
        "    return time.perf_counter() - began\n"
        "print(*(once() for _ in range(20)))"
    )
    words, answer = _answer([sys.executable, "-c", code], folder=ROOT)
    if answer is None:
        yield Row(what, "≤ 150 ms", why=f"comparing failed ({words})")
        return
    times = [float(text) for text in answer.split()]
    worst = p95(times) * 1000
    yield Row(what, "≤ 150 ms", f"{worst:.0f} ms   (p95 of {len(times)} runs)", worst <= 150)


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
        name = f"pandas {version('pandas')}"
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
