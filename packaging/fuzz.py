"""Reads statement files mutated in thousands of ways and counts what came of it.

Started by `python3 packaging/dev.py fuzz [COUNT] [SEED]`. A mutation that keeps a file's meaning must
read to the same holdings and totals. A damaged file must end in a statement or a sentence, within two
seconds of processor time, with every line that is not empty accounted for.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from environment import ROOT
from tally import Tally

sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "importers")]

from mutations import ONE_TABLE, SAME_MEANING, damage, damage_lines, rows_of  # noqa: E402 - lives beside the tests

from desktop_app.domain.errors import UserError  # noqa: E402 - after the path is known
from desktop_app.domain.statement import Statement  # noqa: E402
from desktop_app.importers import read_statement  # noqa: E402

FIXTURES = ROOT / "tests" / "importers" / "fixtures"
LONGEST = 2.0
"""Seconds a reading may take."""
COUNT = 20_000
TEXT = {".csv", ".tsv"}
KINDS = {".csv", ".tsv", ".txt", ".html", ".ofx", ".qfx", ".xlsx", ".xls", ".ods"}
BY_POSITION = {"fidelity-statement", "ibkr-activity"}
"""Layouts whose rows have cells that belong to no heading: their columns cannot change places."""


def figures(statement: Statement) -> list[tuple[str, str, str, str]]:
    """Return all holdings as account, fund, source and value, in no order that a mutation can change."""
    return sorted(
        (
            "" if account.id == Path(statement.file).stem else account.id,
            row.fund.name,
            row.source or "",
            str(row.value),
        )
        for account in statement.accounts
        for row in account.rows
    )


def lost_lines(data: bytes, statement: Statement) -> list[int]:
    """Return the lines below the first holding of which nothing is said."""
    seen = {row.line for account in statement.accounts for row in account.rows}
    if not seen:
        return []
    first = min(seen)
    seen |= {row.line for row in statement.skipped}
    told = {issue.line for issue in statement.issues if issue.line}
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    if any(line.count('"') % 2 for line in text.split("\n")):
        return []  # a cell over several lines counts as its first
    kept = [(row.line, f"{row.value:,.2f}") for account in statement.accounts for row in account.rows]
    return [
        n
        for n, line in enumerate(text.split("\n"), 1)
        if n > first
        and line.strip(' ,"\t;|')
        and n not in seen | told
        and not any(begun < n and value in line for begun, value in kept)  # a card's value below its name
    ]


def run_share(share: tuple[str, int, int]) -> Tally:
    """Mutate one fixture `count` times, from a seed of its own."""
    name, count, seed = share
    original = FIXTURES / name
    random = Random(f"{name} {seed}")
    tally = Tally()
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        for _ in range(count):
            _one(original, path, random, tally)
    return tally


def _one(original: Path, path: Path, random: Random, tally: Tally) -> None:
    data, kind, same = _mutated(original, random)
    path.write_bytes(data)
    start = time.process_time()
    statement = None
    try:
        statement = read_statement(path)
        outcome = "read" if not statement.issues else "read with remarks"
    except UserError:
        outcome = "refused with a sentence"
    except Exception as error:  # noqa: BLE001 - finding these is what this is for
        outcome = "FAULT"
        _keep(tally, original, data, f"{kind}: {type(error).__name__}: {str(error)[:120]}")
    taken = time.process_time() - start
    tally.slowest = max(tally.slowest, taken)
    if taken > LONGEST:
        _keep(tally, original, data, f"{kind}: took {taken:.1f} s")
    if (
        same
        and outcome != "FAULT"
        and (statement is None or figures(statement) != figures(read_statement(original)))
    ):
        outcome = "CHANGED"
        _keep(tally, original, data, f"{kind}: reads otherwise than the original")
    if kind == "lines" and statement is not None and (lost := lost_lines(data, statement)):
        outcome = "LOST LINES"
        _keep(tally, original, data, f"{kind}: nothing is said of line {lost[0]}")
    tally.counts[f"{kind:<18} {outcome}"] += 1


def _mutated(original: Path, random: Random) -> tuple[bytes, str, bool]:
    """Return the mutated file, the kind of mutation, and whether it keeps the meaning."""
    data = original.read_bytes()
    if original.suffix not in TEXT:
        return damage(data, random), "bytes", False
    text = data.decode("utf-8-sig", errors="replace")
    if original.suffix != ".csv" or random.random() < 0.5:
        return (damage(data, random), "bytes", False) if random.random() < 0.5 else (
            damage_lines(text, random), "lines", False,
        )  # fmt: skip
    layout = read_statement(original).layout
    changes = SAME_MEANING if not _one_table(text) or layout in BY_POSITION else SAME_MEANING + ONE_TABLE
    change = random.choice(changes)
    return change(text, random), change.__name__, True


def _one_table(text: str) -> bool:
    """Tell whether a file starts with its heading and has lines of nearly one width."""
    rows = [row for row in rows_of(text) if any(row)]
    heading = rows[0] if rows else []
    headed = len(heading) > 2 and all(heading[:-1]) and len(rows) > 2
    return headed and all(abs(len(row) - len(heading)) <= 1 or len(row) == 1 for row in rows)


def _keep(tally: Tally, original: Path, data: bytes, words: str) -> None:
    """Keep a finding with the bytes that show it."""
    folder = ROOT / "out" / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{original.stem}-{len(tally.faults)}-{os.getpid()}{original.suffix}"
    kept.write_bytes(data)
    tally.faults.append(f"{original.name}: {words} ({kept.relative_to(ROOT)})")


def shares(count: int, seed: int) -> Iterator[tuple[str, int, int]]:
    """Split the mutations evenly among the fixtures."""
    names = sorted(path.name for path in FIXTURES.iterdir() if path.suffix in KINDS)
    for i, name in enumerate(names):
        yield name, count // len(names) + (i < count % len(names)), seed


def main(arguments: list[str]) -> int:
    """Run all mutations; returns 1 when anything was lost, slow or faulty."""
    count = int(arguments[0]) if arguments else COUNT
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    whole = Tally()
    with ProcessPoolExecutor() as pool:
        for tally in pool.map(run_share, shares(count, seed)):
            whole.add(tally)
    for what, number in sorted(whole.counts.items()):
        print(f"{number:>8,}  {what}")
    print(f"{whole.counts.total():>8,}  mutations, seed {seed}; the slowest took {whole.slowest:.2f} s")
    print(f"{len(whole.faults):>8,}  findings")
    for words in whole.faults[:40]:
        print(f"          {words}")
    return 1 if whole.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
