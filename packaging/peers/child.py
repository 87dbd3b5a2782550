"""The loop every adapter runs: one problem per line in, one answer per line out."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

TURNS = 3
"""Each problem is solved this often and the quickest counts, unless one turn takes longer than a second."""


class CannotError(Exception):
    """The program has no way to say the problem; the text says what is missing."""


def serve(solve: Callable[[dict[str, Any]], tuple[list[tuple[str, str, float | str]], str]]) -> None:
    """Answer until standard input ends; `solve` returns trades (account, fund, dollars) and a remark."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the program and its solver print is not an answer
    print(json.dumps({"ready": time.time()}), file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(solve, line)), file=out, flush=True)


def _answer(solve: Callable[[dict[str, Any]], tuple[list[Any], str]], line: str) -> dict[str, Any]:
    times: list[float] = []
    trades: list[Any] = []
    remark = ""
    try:
        while len(times) < TURNS and sum(times) < 1:
            problem = json.loads(line)
            began = time.perf_counter()
            trades, remark = solve(problem)
            times.append(time.perf_counter() - began)
    except CannotError as reason:
        return {"cannot": str(reason)}
    except Exception as error:  # noqa: BLE001 - whatever the program raises is its answer
        return {"cannot": f"failed: {type(error).__name__}: {error}"}
    return {"trades": trades, "remark": remark, "ms": min(times) * 1000}
