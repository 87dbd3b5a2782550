"""How HiGHS is set up: always the same way, as exact as it can be."""

from __future__ import annotations

OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "mip_rel_gap": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_allow_restart": False,
}

BRANCHES: dict[str, bool | int] = {"mip_allow_cut_separation_at_nodes": False, "mip_pscost_minreliable": 1}
"""What a search that branches at once leaves out: cuts below the root, and trying before each branch."""

SEARCHES = (
    "mip_heuristic_run_rins",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_root_reduced_cost",
    "mip_heuristic_run_zi_round",
    "mip_heuristic_run_shifting",
)
"""The searches of HiGHS for a good plan that solve whole-number models of their own, or round."""
