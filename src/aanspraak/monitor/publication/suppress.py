"""Secondary suppression: the least that must be left out besides, so that the attacker learns nothing."""

import highspy
import numpy as np
from numpy.typing import NDArray

from aanspraak.monitor.publication.attack import attack_part, solve, solver
from aanspraak.monitor.publication.problem import Problem


def protect(problem: Problem) -> NDArray[np.bool_]:
    """Which units to suppress, the primary ones included, so that `attack` finds nothing, with the least loss.

    Attack and suppress in turns: every exposed cell says which units would widen its interval, and of all
    choices that satisfy what was said so far the one with the least loss is attacked again. What is said holds for
    every choice, so the first that stands is the best (within the gap of 1% that the solver is allowed).
    """
    suppressed = problem.primary.copy()
    cuts: list[dict[int, float]] = []
    unsafe = set(range(len(problem.parts)))
    while unsafe:
        found = [one.helps for part in sorted(unsafe) for one in attack_part(problem, part, suppressed)]
        if any(not helps for helps in found):
            raise AssertionError("a cell cannot be protected, not even by suppressing all others")
        cuts += found
        before, suppressed = suppressed, _cheapest(problem, cuts) if found else suppressed
        changed = set(np.flatnonzero(before != suppressed).tolist())
        unsafe = {
            part
            for part, cells in enumerate(problem.parts)
            if not (
                changed.isdisjoint(problem.unit[cells].tolist()) and changed.isdisjoint(problem.row[cells].tolist())
            )
        }
    return suppressed


def _cheapest(problem: Problem, cuts: list[dict[int, float]]) -> NDArray[np.bool_]:
    """The choice with the least loss in which the units of every cut reach 1 together."""
    units = sorted({unit for cut in cuts for unit in cut})
    place = {unit: i for i, unit in enumerate(units)}
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(units), len(cuts)
    program.col_cost_ = problem.loss[units]
    program.col_lower_, program.col_upper_ = np.zeros(len(units)), np.ones(len(units))
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(units)
    program.row_lower_, program.row_upper_ = np.ones(len(cuts)), np.full(len(cuts), highspy.kHighsInf)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.cumsum([0, *(len(cut) for cut in cuts)])
    program.a_matrix_.index_ = np.array([place[unit] for cut in cuts for unit in cut])
    program.a_matrix_.value_ = np.array([part for cut in cuts for part in cut.values()])
    chooser = solver(program)
    chooser.setOptionValue("mip_rel_gap", 0.01)
    chosen = np.array(solve(chooser).col_value) > 0.5
    suppressed = problem.primary.copy()
    suppressed[np.array(units)[chosen]] = True
    return suppressed
