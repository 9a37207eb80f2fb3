"""From tables to the attacker's problem: rounded numbers are intervals, totals are sums."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, inf, log2

import numpy as np

from aanspraak.monitor.publication.problem import Problem, Relation
from aanspraak.monitor.publication.tables import Key, Margins, Measure, PublicationSet, closure

Place = tuple[tuple[str, ...], Key]
"""A cell of a table: its dimensions and their values. What stands in one place is shown or suppressed as one."""

_MARK_LOSS = 0.5
"""What readers lose when a cell under ten does not even say so: less than any cell that is left out."""


@dataclass(frozen=True)
class Cells:
    """The problem of a set of tables, and which unit of it is in which place."""

    problem: Problem
    units: dict[Place, int]
    marks: dict[int, int]
    """For the units of counts under ten: the unit of their mark. Where that is suppressed the cell is just left out."""


def rounded(value: float, step: int) -> int:
    """The nearest multiple of `step`, half up. Exact for whole numbers."""
    return floor(value / step + 0.5) * step


def build(wanted: PublicationSet, margins: Margins) -> Cells:
    """The problem: what is published of every cell, what is not, and what ties them together."""
    tables = {table.dimensions: set(table.measures) for table in wanted.tables}
    counted = [one for one in wanted.measures.values() if one.kind != "bedrag"]
    units: dict[Place, int] = {}
    marks: dict[int, int] = {}
    small: list[bool] = []
    loss: list[float] = []
    for dimensions, shown in tables.items():
        for key, numbers in margins[dimensions].items():
            if count := numbers[wanted.count.name]:
                units[dimensions, key] = len(small)
                small.append(any(0 < numbers[one.name] < one.step for one in counted if one.name in shown))
                loss.append(1 + log2(max(1.0, count / wanted.count.step)))
                if count < wanted.count.step:
                    marks[units[dimensions, key]] = len(small)
                    small.append(False)
                    loss.append(_MARK_LOSS)

    index: dict[tuple[str, Place], int] = {}
    bounds: list[tuple[tuple[float, float], tuple[float, float]]] = []
    unit: list[int] = []
    grain: list[float] = []
    need: list[float] = []
    for measure in wanted.measures.values():
        for place in _places(measure, tables, margins):
            published = measure.name in tables.get(place[0], ())
            own = units.get(place, -1) if published else -1
            mark = marks.get(own, -1) if measure is wanted.count else -1
            value = margins[place[0]][place[1]][measure.name]
            index[measure.name, place] = len(unit)
            unit.append(own if mark < 0 else mark)
            bounds.append((_when_shown(measure, value, published), _when_hidden(measure)))
            grain.append(0.0 if measure.kind == "bedrag" else 1 / measure.step)
            need.append(_need(measure, value) if own >= 0 and small[own] else 0.0)
    known = np.array(bounds, float).reshape(-1, 2, 2)
    problem = Problem(
        known[:, 0], known[:, 1], np.array(unit, np.int64), np.array(grain, float), np.array(need, float),
        np.array(small, bool), np.array(loss, float), tuple(_relations(wanted, margins, index)),
    )  # fmt: skip
    return Cells(problem, units, marks)


def _places(measure: Measure, tables: dict[tuple[str, ...], set[str]], margins: Margins) -> Iterator[Place]:
    """Every cell that says something of this measure: those shown, and the sums that tables have in common."""
    written = {frozenset(dimensions): dimensions for dimensions in margins}
    for names in sorted(closure(frozenset(one) for one, shown in tables.items() if measure.name in shown), key=sorted):
        dimensions = written[names]
        for key, numbers in margins[dimensions].items():
            if measure.name in numbers:
                yield dimensions, key


def _when_shown(measure: Measure, value: float, published: bool) -> tuple[float, float]:
    """What a reader knows, in steps, of a number that is rounded, or of a count under ten by its mark "<10".

    20 is from 15 to 24. A reader also knows that a count under ten is not shown, so 10 is from 10 to 14.
    """
    if not published:
        return 0.0, inf
    step = rounded(value, measure.step) / measure.step
    if measure.kind == "bedrag":
        return max(0.0, step - 0.5), step + 0.5
    if value == 0:
        return 0.0, 0.0
    if value < measure.step:
        return 1 / measure.step, 1 - 1 / measure.step
    return max(1.0, step - 0.5), step + 0.5 - 1 / measure.step


def _when_hidden(measure: Measure) -> tuple[float, float]:
    """What a reader knows, in steps, of a cell that is left out: a count is not zero, because zeros are shown."""
    return (0.0 if measure.kind == "bedrag" else 1 / measure.step), inf


def _need(measure: Measure, value: float) -> float:
    """The width to keep in a place that must be protected, in steps: that of 1 to 9 for a count under ten, a whole
    step for its amounts."""
    if measure.kind == "bedrag":
        return 1.0
    return 1 - 2 / measure.step if 0 < value < measure.step else 0.0


def _children(margins: Margins, dimensions: set[tuple[str, ...]]) -> Iterator[tuple[Place, list[Place]]]:
    """Every cell of these tables with the cells of a finer one that it is the sum of."""
    for coarse in sorted(dimensions):
        finer = sorted(one for one in dimensions if set(coarse) < set(one))
        for fine in finer:
            if any(set(between) < set(fine) for between in finer):
                continue  # that the cell is the sum of these follows from the tables in between
            parts: dict[Key, list[Place]] = defaultdict(list)
            at = [fine.index(name) for name in coarse]
            for key in margins[fine]:
                parts[tuple(key[i] for i in at)].append((fine, key))
            for key, places in parts.items():
                yield (coarse, key), places


def _relations(wanted: PublicationSet, margins: Margins, index: dict[tuple[str, Place], int]) -> Iterator[Relation]:
    for name, measure in wanted.measures.items():
        used = {place[0] for one, place in index if one == name}
        for total, parts in _children(margins, used):
            if (name, total) not in index:
                continue
            whole, pieces = index[name, total], [index[name, part] for part in parts if (name, part) in index]
            # persons can be in more than one part
            low = -inf if measure.kind == "uniek" else 0.0
            yield Relation((whole, *pieces), (1.0, *[-1.0] * len(pieces)), low, 0.0)
            if measure.kind == "uniek":
                yield from (Relation((whole, piece), (1.0, -1.0), 0.0, inf) for piece in pieces)
        if measure.kind == "uniek":
            for one, place in index:
                if one == name:
                    cells = index[name, place], index[wanted.count.name, place]
                    yield Relation(cells, (1.0, -wanted.count.step / measure.step), -inf, 0.0)
