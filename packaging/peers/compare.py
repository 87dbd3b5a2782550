"""Prints Even Keel beside the programs that can be installed with pip, measured in this run.

Started by `python3 packaging/dev.py peers` inside the project's environment; the argument is the Python of
the environment the peers are installed in. Every program answers in a process of its own.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import mean, median

from problems import Problem, cases, random_problems
from scoring import Score, Trades, score

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PATIENCE = 300
"""Seconds a program has for all problems."""

NEAR_POINTS = Decimal("0.001")
"""Drift that is called as close as the closest."""

CENTS = Decimal("0.00002")
"""Points of drift, and share of a class, that come of rounding to cents."""


@dataclass(frozen=True)
class Program:
    """A program asked: its name in the table and its adapter with arguments.

    `own` runs in the project's environment; `several` is asked about several accounts only.
    """

    name: str
    adapter: tuple[str, ...]
    own: bool = False
    several: bool = False


PROGRAMS = (
    Program("Even Keel", ("use_even_keel.py",), own=True),
    Program("lakshmi 3.1.0", ("use_lakshmi.py", "1")),
    Program("lakshmi, 5 rounds", ("use_lakshmi.py", "5"), several=True),
    Program("rebalance 0.5.1", ("use_rebalance.py",)),
    Program("realloc 0.1.5.2", ("use_realloc.py",)),
)


@dataclass(frozen=True)
class Answer:
    """What came back for a problem: its score and milliseconds, or None and in `remark` why not."""

    score: Score | None
    ms: float = 0
    remark: str = ""


@dataclass
class Answers:
    """All of one program: seconds until it could be asked, answers by problem."""

    program: Program
    ready: float = 0
    given: dict[str, Answer] = field(default_factory=dict)


def ask(program: Program, problems: Sequence[Problem], peers_python: str) -> Answers:
    """Put every problem to a program; what it had no time for is answered with that."""
    problems = [problem for problem in problems if len(problem.accounts) > 1 or not program.several]
    lines = "".join(json.dumps(asdict(problem), default=str) + "\n" for problem in problems)
    command = [sys.executable if program.own else peers_python, str(HERE / program.adapter[0])]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)} if program.own else dict(os.environ)
    began = time.time()
    try:
        done = subprocess.run(
            [*command, *program.adapter[1:]], input=lines, capture_output=True, text=True, timeout=PATIENCE,
            cwd=HERE, env=surroundings, check=False,
        )  # fmt: skip
        output, last = done.stdout, (done.stderr.strip().splitlines() or ["it ended"])[-1]
    except subprocess.TimeoutExpired as late:
        output, last = (late.stdout or b"").decode(), f"no answer within {PATIENCE} s"
    said = [json.loads(line) for line in output.splitlines()]
    answers = Answers(program, said[0]["ready"] - began if said else 0)
    for number, problem in enumerate(problems, 1):
        reply = said[number] if number < len(said) else {"cannot": last}
        answers.given[problem.name] = _answer(problem, reply)
    return answers


def _answer(problem: Problem, reply: dict[str, object]) -> Answer:
    if "cannot" in reply:
        return Answer(None, remark=str(reply["cannot"]))
    trades: Trades = {
        (str(account), str(fund)): Decimal(str(amount))
        for account, fund, amount in reply["trades"]  # type: ignore[attr-defined]
    }
    return Answer(score(problem, trades), float(str(reply["ms"])), str(reply["remark"]))


def case_rows(problems: Sequence[Problem], answers: Sequence[Answers]) -> Iterable[Sequence[str]]:
    """Return the table of the named cases, heading first."""
    yield (
        "case", "program", "drift left", "trades", "moved $", "oversold $", "rule broken $", "cents lost",
        "ms", "remark",
    )  # fmt: skip
    for problem, one in ((problem, one) for problem in problems for one in answers):
        given = one.given.get(problem.name)
        if given is None:
            continue
        got = given.score
        measured: Sequence[str] = ("cannot", "", "", "", "", "", "")
        if got is not None:
            measured = (
                f"{got.drift:.2f}", str(got.trades), f"{got.moved:,.2f}", f"{got.oversold:,.2f}",
                f"{got.broken:,.2f}", str(got.cents_lost), f"{given.ms:,.1f}",
            )  # fmt: skip
        yield problem.name, one.program.name, *measured, given.remark


def random_rows(problems: Sequence[Problem], answers: Sequence[Answers]) -> Iterable[Sequence[str]]:
    """Return the table of the random problems, heading first, a row per kind and program."""
    yield (
        "kind", "program", "answered", "can be done", "oversell", "worst $", "break rules", "lose cents",
        "closest", "drift more", "worst", "moved $", "trades", "ms, median", "worst",
    )  # fmt: skip
    for kind in dict.fromkeys(problem.kind for problem in problems):
        own = [problem for problem in problems if problem.kind == kind]
        for one in answers:
            given = [(problem, one.given[problem.name]) for problem in own if problem.name in one.given]
            if given:
                yield kind, one.program.name, *_summary(given, answers)


def _summary(given: Sequence[tuple[Problem, Answer]], answers: Sequence[Answers]) -> Sequence[str]:
    done = [(problem, each.score, each.ms) for problem, each in given if each.score is not None]
    answered = f"{len(done)} of {len(given)}"
    if not done:
        return (answered, *("" for _ in range(12)))
    scores = [each for _, each, _ in done]
    times = [ms for _, _, ms in done]
    more = [max(Decimal(0), each.drift - least_drift(problem, answers)) for problem, each, _ in done]
    closest = [each.feasible and gap <= NEAR_POINTS for each, gap in zip(scores, more, strict=True)]
    return (
        answered,
        str(sum(each.feasible for each in scores)),
        str(sum(each.oversold > 0 for each in scores)),
        f"{max(each.oversold for each in scores):,.2f}",
        str(sum(each.broken > 0 for each in scores)),
        str(sum(each.cents_lost > 0 for each in scores)),
        str(sum(closest)),
        f"{mean(more):.2f}",
        f"{max(more):.2f}",
        f"{mean(each.moved for each in scores):,.0f}",
        f"{mean(each.trades for each in scores):.1f}",
        f"{median(times):,.1f}",
        f"{max(times):,.1f}",
    )


def _feasible(problem: Problem, answers: Iterable[Answers]) -> dict[str, Score]:
    """Return the answers to a problem that can be carried out, by program."""
    given = {one.program.name: one.given[problem.name] for one in answers if problem.name in one.given}
    return {name: each.score for name, each in given.items() if each.score and each.score.feasible}


def least_drift(problem: Problem, answers: Iterable[Answers]) -> Decimal:
    """Return the least drift any program leaves with trades that can be carried out, in points."""
    return min((each.drift for each in _feasible(problem, answers).values()), default=Decimal(0))


def beaten(problem: Problem, answers: Sequence[Answers]) -> str:
    """Say where another answer that can be carried out is better than our own, empty where none is.

    Better is closer to the target, or as close and as level with more than a dollar less moved.
    """
    feasible = _feasible(problem, answers)
    own = feasible.pop(next(one.program.name for one in answers if one.program.own), None)
    if own is None or own.cents_lost:
        return f"{problem.name}: our own answer cannot be carried out"
    for name, other in feasible.items():
        if other.drift < own.drift - CENTS:
            return f"{problem.name}: {name} comes closer"
        as_good = other.drift <= own.drift + CENTS and other.lowest >= own.lowest - CENTS
        if as_good and other.moved < own.moved - 1:
            return f"{problem.name}: {name} comes as close with less moved"
    return ""


def show(rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown, in columns for the eye as well."""
    table = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    table.insert(1, ["-" * width for width in widths])
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print(f"| {' | '.join(cells)} |")
    print(flush=True)


def main(peers_python: str) -> int:
    """Ask everybody and print; returns 1 where our own answer is not the best one that can be carried out."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    named, drawn = cases(), tuple(random_problems())
    answers = [ask(program, (*named, *drawn), peers_python) for program in PROGRAMS]
    print(f"{date.today():%Y-%m-%d}, Python {sys.version.split()[0]}, {len(drawn)} random problems\n")
    show(case_rows(named, answers))
    show(random_rows(drawn, answers))
    show([("program", "ready to be asked, s"), *((one.program.name, f"{one.ready:.2f}") for one in answers)])
    worse = [words for problem in (*named, *drawn) if (words := beaten(problem, answers))]
    print("\n".join(worse) or "No program found a better answer that can be carried out than Even Keel's.")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
