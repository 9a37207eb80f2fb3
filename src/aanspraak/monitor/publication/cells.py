"""From tables to the attacker's problem: rounded numbers are intervals, totals are sums."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, inf

import numpy as np

from aanspraak.monitor.publication.margins import Margins
from aanspraak.monitor.publication.problem import Problem, Relation
from aanspraak.monitor.publication.tables import Key, Measure, PublicationSet
from aanspraak.monitor.publication.units import Units, all_units, excess

Place = tuple[tuple[str, ...], Key]
"""A cell: its dimensions and their values."""


@dataclass(frozen=True)
class Cells:
    """The problem of a set of tables, and which unit of it is what."""

    problem: Problem
    units: Units


def rounded(value: float, step: int) -> int:
    """The nearest multiple of `step`, half up. Exact for whole numbers."""
    return floor(value / step + 0.5) * step


def build(wanted: PublicationSet, margins: Margins, largest: Margins) -> Cells:
    """The problem: what is published of every cell, what is not, and what ties them together."""
    units = all_units(wanted, margins, largest)
    index: dict[tuple[str, Place], int] = {}
    bounds: list[tuple[tuple[float, float], tuple[float, float]]] = []
    unit: list[int] = []
    row: list[int] = []
    grain: list[float] = []
    need: list[float] = []
    for measure in wanted.measures.values():
        shown = wanted.shown_in(measure.name)
        for dimensions, key in _places(wanted, measure, margins):
            home = next((one for one in shown if one.all_dimensions == dimensions and one.has(key)), None)
            value = margins[dimensions][key][measure.name]
            own = units.rows.get((home.id, key), -1) if home else -1
            amount = units.amounts.get((home.id, key, measure.name), -1) if home else -1
            mark = units.marks.get(own, -1) if home and measure.name == home.measures[0] else -1
            index[measure.name, (dimensions, key)] = len(unit)
            unit.append(mark if mark >= 0 else amount if amount >= 0 else own)
            row.append(own if amount >= 0 else -1)
            bounds.append((_when_shown(measure, value, home is not None), _when_hidden(measure, value)))
            grain.append(1 / measure.step if measure.counts else 0.0)
            most = largest.get(dimensions, {}).get(key, {}).get(measure.name, 0.0)
            protected = own >= 0 and (units.small[own] or (amount >= 0 and units.small[amount]))
            need.append(_need(measure, value, most) if protected else 0.0)
    known = np.array(bounds, float).reshape(-1, 2, 2)
    problem = Problem(
        known[:, 0], known[:, 1], np.array(unit, np.int64), np.array(row, np.int64), np.array(grain, float),
        np.array(need, float), np.array(units.small, bool), np.array(units.loss, float),
        tuple(_relations(wanted, margins, index)),
    )  # fmt: skip
    return Cells(problem, units)


def _places(wanted: PublicationSet, measure: Measure, margins: Margins) -> Iterator[Place]:
    """Every cell that says something of this measure: those shown, and the sums that tables have in common."""
    written = {frozenset(dimensions): dimensions for dimensions in margins}
    for names in sorted(wanted.places(measure), key=sorted):
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
    if not measure.counts:
        return max(0.0, step - 0.5), step + 0.5
    if value == 0:
        return 0.0, 0.0
    if value < measure.step:
        return 1 / measure.step, 1 - 1 / measure.step
    return max(1.0, step - 0.5), step + 0.5 - 1 / measure.step


def _when_hidden(measure: Measure, value: float) -> tuple[float, float]:
    """What a reader knows, in steps, of a cell that is left out: a count is not zero, because zeros are shown. Of
    persons with some care in a cell that is left out as a whole, none can have it: then nothing is known."""
    return (1 / measure.step if measure.counts and value else 0.0), inf


def _need(measure: Measure, value: float, most: float) -> float:
    """The width to keep in a place that must be protected, in steps: that of 1 to 9 for a count under ten; for its
    amounts what rounding leaves open of such an amount, and more for one that is mostly one person's."""
    if not measure.counts:
        low, high = _when_shown(measure, value, published=True)
        return max(high - low, excess(value, most) / measure.step)
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
    used: dict[str, list[Place]] = defaultdict(list)
    for name, place in index:
        used[name].append(place)
    for name, measure in wanted.measures.items():
        for total, parts in _children(margins, {place[0] for place in used[name]}):
            if (name, total) not in index:
                continue
            whole, pieces = index[name, total], [index[name, part] for part in parts if (name, part) in index]
            # persons can be in more than one part
            low = -inf if measure.kind == "uniek" else 0.0
            yield Relation((whole, *pieces), (1.0, *[-1.0] * len(pieces)), low, 0.0)
            if measure.kind == "uniek":
                yield from (Relation((whole, piece), (1.0, -1.0), 0.0, inf) for piece in pieces)
        for place in used[name]:
            yield from _within_a_cell(wanted, measure, place, index)


def _within_a_cell(
    wanted: PublicationSet, measure: Measure, place: Place, index: dict[tuple[str, Place], int]
) -> Iterator[Relation]:
    """What measures of one cell say of each other."""
    own = index[measure.name, place]
    if (measure.part_of, place) in index:
        ratio = wanted.measures[measure.part_of].step / measure.step
        other = index[measure.part_of, place]
        yield Relation((own, other), (1.0, -ratio), -inf, 0.0)
        if measure.most:
            yield Relation((own, other), (float(measure.most), -ratio), 0.0, inf)
    if measure.sum_of and all((name, place) in index for name in measure.sum_of):
        parts = [index[name, place] for name in measure.sum_of]
        weights = [-wanted.measures[name].step / measure.step for name in measure.sum_of]
        yield Relation((own, *parts), (1.0, *weights))
