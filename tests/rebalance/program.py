"""What the independent programs of these tests share: columns, rows, and one stage after another."""

from __future__ import annotations

import highspy

INF = highspy.kHighsInf


class Stages:
    """A whole-number program that is minimised stage by stage; `tolerance` is how far a row may give way.

    `presolves` are the ways of presolving that are tried until one ends with an optimum.
    """

    def __init__(
        self, tolerance: float = 1e-9, gap: float = 1e-6, presolves: tuple[str, ...] = ("choose", "off")
    ) -> None:
        self._presolves = presolves
        self._solver = highspy.Highs()
        self._solver.silent()
        for option in ("mip", "primal", "dual"):
            self._solver.setOptionValue(f"{option}_feasibility_tolerance", tolerance)
        self._solver.setOptionValue("mip_abs_gap", gap)
        self._solver.setOptionValue("mip_rel_gap", 0.0)

    def _column(self, most: float = INF) -> int:
        return self._solver.addVariable(0.0, most).index

    def _flag(self) -> int:
        return self._solver.addBinary().index

    def _row(self, low: float, high: float, terms: dict[int, float]) -> None:
        self._solver.addRow(low, high, len(terms), list(terms), list(terms.values()))

    def hold(self, costs: dict[int, float], most: float) -> None:
        """Let no later stage have more than `most` of this sum."""
        self._row(-INF, most, costs)

    def least(self, costs: dict[int, float]) -> float | None:
        """Return the least sum of columns at their costs, None when no plan is legal."""
        states = highspy.HighsModelStatus
        for column in range(self._solver.getNumCol()):
            self._solver.changeColCost(column, costs.get(column, 0.0))
        for presolve in self._presolves:
            self._solver.setOptionValue("presolve", presolve)
            self._solver.clearSolver()
            self._solver.run()
            if self._solver.getModelStatus() == states.kOptimal:
                return self._solver.getInfo().objective_function_value
            if self._solver.getModelStatus() == states.kTimeLimit:
                raise TimeoutError
        assert self._solver.getModelStatus() == states.kInfeasible
        return None
