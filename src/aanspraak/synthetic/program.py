"""Numbers that must obey sums and come close to what is printed: a linear program, solved by HiGHS."""

from dataclasses import dataclass, field

import highspy
import numpy as np

from aanspraak.synthetic.arrays import Bools, Floats

Name = tuple[str, ...]
Terms = dict[Name, float]
"""A sum of named numbers, each times its factor. Every number is at least 0."""

Row = tuple[dict[int, float], float, float]
"""A sum of columns, and the least and the most that it may be."""

_PRICES = (0.1, 1.0, 100.0, 1.0)
"""Of being off, per tolerance: within the rounding, up to nearly the tolerance, up to all of it, and beyond."""

_MISSED = 0.01
"""The part of its price that a target has which is missed in any case."""

_NEARLY = 0.9

_EQUAL = 1e-4
"""Choices of what is missed that cost hardly more are equal."""


@dataclass(frozen=True)
class Target:
    """A printed cell: the sum is `value`, or up to `rounding` away from it, or, less well, up to `tolerance`."""

    name: tuple[str, ...]
    terms: Terms
    value: float
    rounding: float
    tolerance: float
    weight: float = 1.0

    @property
    def price(self) -> float:
        """What it costs to miss it; of two, the larger is less wrong."""
        return self.weight + 1 / max(self.value, 1)

    @property
    def most(self) -> float:
        """More than it is ever off; not more than needed, which keeps the solver quick and exact."""
        return 5 * self.value + 1000

    def steps(self, missed: bool) -> Floats:
        """How far it can be off in each of the parts of `_PRICES`."""
        nearly = max(np.floor(_NEARLY * self.tolerance), self.rounding)
        beyond = self.most if missed else 0.0
        return np.array([self.rounding, nearly - self.rounding, self.tolerance - nearly, beyond])


@dataclass
class Program:
    """Sums that must lie between bounds, and targets that should be met."""

    targets: list[Target] = field(default_factory=list)
    _bounds: list[tuple[Terms, float, float]] = field(default_factory=list)

    def between(self, least: float, terms: Terms, most: float = highspy.kHighsInf) -> None:
        self._bounds.append((terms, least, most))

    def solve(self) -> tuple[dict[Name, float], list[Target]]:
        """The numbers, and the targets that they miss: as few as can be, and the rest as close as can be."""
        missed = self._fewest()
        found = self._closest(missed)
        numbers = {name: float(found[at]) for name, at in self._names().items()}
        return numbers, [target for target, misses in zip(self.targets, missed, strict=True) if misses]

    def _fewest(self) -> Bools:
        """Which targets to miss; per target one column says so, and one how far it is outside its tolerance."""
        names, count = self._names(), len(self.targets)
        missed, out = len(names), len(names) + count
        rows = [(_columns(terms, names), low, high) for terms, low, high in self._bounds]
        for at, target in enumerate(self.targets):
            terms = _columns(target.terms, names)
            rows += [
                (terms | {out + at: 1.0}, target.value - target.tolerance, highspy.kHighsInf),
                (terms | {out + at: -1.0}, -highspy.kHighsInf, target.value + target.tolerance),
                ({out + at: 1.0, missed + at: -target.most}, -highspy.kHighsInf, 0.0),
            ]
        costs = np.array([*[0.0] * len(names), *(target.price for target in self.targets), *[0.0] * count])
        whole = np.repeat([False, True, False], [len(names), count, count])
        found: Bools = minimised(costs, np.where(whole, 1.0, highspy.kHighsInf), rows, whole)[whole] > 0.5
        return found

    def _closest(self, missed: Bools) -> Floats:
        """The numbers; after them how far every target is off in each of the parts of `_PRICES`."""
        names, parts = self._names(), len(_PRICES)
        rows = [(_columns(terms, names), low, high) for terms, low, high in self._bounds]
        for at, target in enumerate(self.targets):
            steps = range(len(names) + parts * at, len(names) + parts * (at + 1))
            terms = _columns(target.terms, names)
            rows += [
                (terms | dict.fromkeys(steps, 1.0), target.value, highspy.kHighsInf),
                (terms | dict.fromkeys(steps, -1.0), -highspy.kHighsInf, target.value),
            ]
        prices = [np.array(_PRICES) / target.tolerance for target in self.targets]
        prices = [each * (_MISSED if misses else 1) for each, misses in zip(prices, missed, strict=True)]
        highest = [target.steps(misses) for target, misses in zip(self.targets, missed.tolist(), strict=True)]
        costs = np.concatenate([np.zeros(len(names)), *prices])
        most = np.concatenate([np.full(len(names), highspy.kHighsInf), *highest])
        return minimised(costs, most, rows, np.zeros(len(costs), dtype=bool))

    def _names(self) -> dict[Name, int]:
        every = (*(bound[0] for bound in self._bounds), *(target.terms for target in self.targets))
        return {name: at for at, name in enumerate(dict.fromkeys(name for terms in every for name in terms))}


def _columns(terms: Terms, names: dict[Name, int]) -> dict[int, float]:
    return {names[name]: part for name, part in terms.items()}


def minimised(costs: Floats, highest: Floats, rows: list[Row], whole: Bools, lowest: Floats | None = None) -> Floats:
    """The values from 0 or `lowest` to `highest`, some `whole`, with the lowest costs; on one thread, always the same.

    Raises AssertionError when there are none: what is asked here always exists.
    """
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(rows)
    program.col_cost_, program.col_upper_ = costs, highest
    program.col_lower_ = np.zeros(len(costs)) if lowest is None else lowest
    program.row_lower_ = np.array([low for _, low, _ in rows])
    program.row_upper_ = np.array([high for _, _, high in rows])
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in rows)])
    program.a_matrix_.index_ = np.array([at for terms, _, _ in rows for at in terms])
    program.a_matrix_.value_ = np.array([part for terms, _, _ in rows for part in terms.values()])
    if whole.any():
        program.integrality_ = [highspy.HighsVarType.kInteger if w else highspy.HighsVarType.kContinuous for w in whole]
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", _EQUAL)
    solver.passModel(program)
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise AssertionError(f"HiGHS: {solver.modelStatusToString(status)}")
    return np.array(solver.getSolution().col_value)
