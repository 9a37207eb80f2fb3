"""What a reader of a publication knows: cells with bounds, and the sums that tie them together.

The terms are those of statistical disclosure control (Hundepool and others, Handbook on Statistical Disclosure
Control; Fischetti and Salazar, Management Science 47(7), 2001): a suppressed cell is protected when what a reader can
work out about it, its feasibility interval, is wide enough.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Bounds = NDArray[np.float64]
"""One row for each cell: lowest and highest value, in rounding steps."""


@dataclass(frozen=True)
class Relation:
    """`low` <= sum of weight × cell <= `high`, which holds for the true values and which every reader knows."""

    cells: tuple[int, ...]
    weights: tuple[float, ...]
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Problem:
    """Cells 0..n-1 and units 0..m-1. Values are in rounding steps, so that 1 is what ten clients stand for.

    A unit is what is shown or suppressed as one: the counts of a cell of a table, the mark "<10" in their place, or an
    amount.
    """

    shown: Bounds
    """What a reader knows of a cell that is published, by its rounding."""
    hidden: Bounds
    """What a reader knows of a cell that is suppressed, by the mark in its place."""
    unit: NDArray[np.int64]
    """The unit of each cell; -1 for one that cannot be suppressed: a real zero, or a sum that no table shows."""
    row: NDArray[np.int64]
    """For an amount the unit of its counts, with which it is suppressed as well; else -1."""
    grain: NDArray[np.float64]
    """A cell is a multiple of this; 0 for any number."""
    need: NDArray[np.float64]
    """How wide the interval of a cell must stay; 0 for a cell that needs no protection."""
    primary: NDArray[np.bool_]
    """Which units must be suppressed for themselves."""
    loss: NDArray[np.float64]
    """What readers lose when a unit is suppressed."""
    relations: tuple[Relation, ...]

    @cached_property
    def parts(self) -> list[NDArray[np.int64]]:
        """The cells that relations tie together, for every such group with a cell to protect."""
        root = list(range(len(self.unit)))

        def find(cell: int) -> int:
            while root[cell] != cell:
                root[cell] = root[root[cell]]
                cell = root[cell]
            return cell

        for relation in self.relations:
            for one, other in pairwise(relation.cells):
                root[find(one)] = find(other)
        groups: dict[int, list[int]] = defaultdict(list)
        for cell in range(len(root)):
            groups[find(cell)].append(cell)
        return [part for cells in groups.values() if (self.need[part := np.array(cells)] > 0).any()]

    @cached_property
    def relations_of(self) -> list[list[Relation]]:
        """The relations of each of `parts`."""
        home = {int(cell): i for i, part in enumerate(self.parts) for cell in part}
        found: list[list[Relation]] = [[] for _ in self.parts]
        for relation in self.relations:
            if relation.cells[0] in home:
                found[home[relation.cells[0]]].append(relation)
        return found

    def known(self, suppressed: NDArray[np.bool_]) -> Bounds:
        """What is known of every cell by itself when these units are suppressed."""
        return np.where(self.hides(suppressed)[:, None], self.hidden, self.shown)

    def hides(self, suppressed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which cells are not shown when these units are suppressed."""
        chosen = np.append(suppressed, False)
        hidden: NDArray[np.bool_] = chosen[self.unit] | chosen[self.row]
        return hidden
