"""The attacker: how closely linear programming bounds every suppressed cell from all that is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from aanspraak.monitor.publication.problem import Bounds, Problem, Relation

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Exposed:
    """A cell whose interval is too narrow, and by how much each unit would widen it if that were suppressed too."""

    cell: int
    low: float
    high: float
    helps: dict[int, float]


def attack(problem: Problem, suppressed: NDArray[np.bool_]) -> list[Exposed]:
    """Every cell that a reader can bound more closely than its `need`."""
    return [found for part in range(len(problem.parts)) for found in attack_part(problem, part, suppressed)]


def attack_part(problem: Problem, part: int, suppressed: NDArray[np.bool_]) -> Iterator[Exposed]:
    """The same for one of `problem.parts`."""
    cells = problem.parts[part]
    known = problem.known(suppressed)[cells]
    program = _Program(cells, problem.relations_of[part], known)
    # Every solution is a set of values that fits what is published, so it may show that a cell is safe unasked.
    least, most = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)
    targets = np.flatnonzero(problem.need[cells] > 0)
    for target in targets:
        cell = int(cells[target])
        need = problem.need[cell] - TOLERANCE
        if most[target] - least[target] >= need:
            continue
        prices = []
        for sign in (1.0, -1.0):
            values, price = program.push(int(target), sign)
            np.minimum(least, values, out=least)
            np.maximum(most, values, out=most)
            prices.append(price)
        low, high = _inward(least[target], most[target], problem.grain[cell])
        if high - low < need:
            gap = max(problem.need[cell] - (most[target] - least[target]), 10 * TOLERANCE)
            yield Exposed(cell, low, high, _helps(problem, cells, suppressed, known, prices, gap))


def _inward(low: float, high: float, grain: float) -> tuple[float, float]:
    """The bounds on the values that the cell can have."""
    if not grain:
        return low, high
    return float(np.ceil(low / grain - TOLERANCE) * grain), float(np.floor(high / grain + TOLERANCE) * grain)


def _helps(
    problem: Problem,
    cells: NDArray[np.int64],
    suppressed: NDArray[np.bool_],
    known: Bounds,
    prices: list[NDArray[np.float64]],
    gap: float,
) -> dict[int, float]:
    """By duality: a bound with a price limits the interval; without it the interval widens by no more than this.

    In parts of `gap`; 1 closes it, and units that together do not reach 1 cannot protect the cell.
    """
    helps: dict[int, float] = {}
    hidden = problem.hides(suppressed)
    for price in prices:
        for i in np.flatnonzero(np.abs(price) > TOLERANCE):
            unit = int(problem.unit[cells[i]])
            if unit < 0 or hidden[cells[i]]:
                continue
            side = 0 if price[i] > 0 else 1
            wider = abs(float(price[i]) * (problem.hidden[cells[i], side] - known[i, side]))
            if wider > 0:
                helps[unit] = min(1.0, helps.get(unit, 0.0) + wider / gap)
    return helps


class _Program:
    """The linear program of one part: the cells within what is known of them, tied by their relations."""

    def __init__(self, cells: NDArray[np.int64], relations: list[Relation], known: Bounds) -> None:
        place = {int(cell): i for i, cell in enumerate(cells)}
        # An infinite bound would make programs unbounded; far above every sum of what is shown it never matters.
        finite = known[:, 1][np.isfinite(known[:, 1])]
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(cells), len(relations)
        program.col_cost_ = np.zeros(len(cells))
        program.col_lower_ = known[:, 0]
        program.col_upper_ = np.minimum(known[:, 1], 1000 + 2 * finite.sum())
        program.row_lower_ = np.array([relation.low for relation in relations])
        program.row_upper_ = np.array([relation.high for relation in relations])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *(len(relation.cells) for relation in relations)])
        program.a_matrix_.index_ = np.array([place[cell] for relation in relations for cell in relation.cells])
        program.a_matrix_.value_ = np.array([weight for relation in relations for weight in relation.weights])
        self._solver = solver(program)

    def push(self, target: int, sign: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The solution with the lowest (sign 1) or highest (-1) value of the target; reduced costs as prices."""
        self._solver.changeColCost(target, sign)
        found = solve(self._solver)
        self._solver.changeColCost(target, 0.0)
        return np.array(found.col_value), np.array(found.col_dual)


def solver(program: Any) -> Any:
    """HiGHS with this program: quiet, on one thread, always the same way."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    made.setOptionValue("output_flag", False)
    made.setOptionValue("threads", 1)
    made.passModel(program)
    return made


def solve(program: Any) -> Any:
    """The optimal solution. A program without one is a fault of ours: the true values always fit."""
    program.run()
    status = program.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise AssertionError(f"HiGHS: {program.modelStatusToString(status)}")
    return program.getSolution()
