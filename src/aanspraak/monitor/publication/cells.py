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


@dataclass(frozen=True)
class Cells:
    """The problem of a set of tables, and which unit of it is in which place."""

    problem: Problem
    units: dict[Place, int]
    marked: frozenset[int]
    """The units that may be shown as "<10"; that of another suppressed unit is a mark that says nothing."""


def rounded(value: float, step: int) -> int:
    """The nearest multiple of `step`, half up. Exact for whole numbers."""
    return floor(value / step + 0.5) * step


def build(wanted: PublicationSet, margins: Margins, all_marked: bool = False) -> Cells:
    """The problem: what is published of every cell, what is not, and what ties them together.

    `all_marked`: every count under ten is marked "<10", also where that says too much, as the source does.
    """
    tables = {table.dimensions: set(table.measures) for table in wanted.tables}
    counted = [one for one in wanted.measures.values() if one.kind != "bedrag"]
    units: dict[Place, int] = {}
    small: list[bool] = []
    loss: list[float] = []
    for dimensions, shown in tables.items():
        for key, numbers in margins[dimensions].items():
            if count := numbers[wanted.count.name]:
                units[dimensions, key] = len(units)
                small.append(any(0 < numbers[one.name] < one.step for one in counted if one.name in shown))
                loss.append(1 + log2(max(1.0, count / wanted.count.step)))

    index: dict[tuple[str, Place], int] = {}
    shown_, hidden, grain, need = [], [], [], []
    unit: list[int] = []
    nested = set() if all_marked else _nested(wanted.count, margins)
    marked = set()
    for measure in wanted.measures.values():
        for place in _places(measure, tables, margins):
            published = measure.name in tables.get(place[0], ())
            number = units.get(place, -1) if published else -1
            value = margins[place[0]][place[1]][measure.name]
            primary = number >= 0 and small[number]
            is_marked = primary and measure is wanted.count and 0 < value < measure.step and place not in nested
            if is_marked:
                marked.add(number)
            index[measure.name, place] = len(unit)
            unit.append(number)
            shown_.append(_when_shown(measure, value) if published else (0.0, inf))
            hidden.append(_when_hidden(measure, is_marked))
            grain.append(0.0 if measure.kind == "bedrag" else 1 / measure.step)
            need.append(_need(measure, value, primary))
    problem = Problem(
        np.array(shown_, float).reshape(-1, 2), np.array(hidden, float).reshape(-1, 2), np.array(unit, np.int64),
        np.array(grain, float), np.array(need, float), np.array(small, bool), np.array(loss, float),
        tuple(_relations(wanted, margins, index)),
    )  # fmt: skip
    return Cells(problem, units, frozenset(marked))


def _places(measure: Measure, tables: dict[tuple[str, ...], set[str]], margins: Margins) -> Iterator[Place]:
    """Every cell that says something of this measure: those shown, and the sums that tables have in common."""
    written = {frozenset(dimensions): dimensions for dimensions in margins}
    for names in sorted(closure(frozenset(one) for one, shown in tables.items() if measure.name in shown), key=sorted):
        dimensions = written[names]
        for key, numbers in margins[dimensions].items():
            if measure.name in numbers:
                yield dimensions, key


def _when_shown(measure: Measure, value: float) -> tuple[float, float]:
    """What rounding tells, in steps: 20 is from 15 to 24. A reader knows that a count under ten is not shown."""
    if value == 0 and measure.kind != "bedrag":
        return 0.0, 0.0
    step = rounded(value, measure.step) / measure.step
    if measure.kind == "bedrag":
        return max(0.0, step - 0.5), step + 0.5
    return max(1.0, step - 0.5), step + 0.5 - 1 / measure.step


def _when_hidden(measure: Measure, marked: bool) -> tuple[float, float]:
    """What the mark tells, in steps: "<10" is from 1 to 9; another is from 1 up, because zeros are shown."""
    if measure.kind == "bedrag":
        return 0.0, inf
    return 1 / measure.step, 1 - 1 / measure.step if marked else inf


def _need(measure: Measure, value: float, primary: bool) -> float:
    """The width to keep, in steps: that of 1 to 9 for a count under ten, a whole step for its amounts."""
    if not primary:
        return 0.0
    if measure.kind == "bedrag":
        return 1.0
    return 1 - 2 / measure.step if 0 < value < measure.step else 0.0


def _children(margins: Margins, dimensions: set[tuple[str, ...]]) -> Iterator[tuple[Place, list[Place]]]:
    """Every cell of these tables with the cells of a finer one that it is the sum of."""
    for coarse in dimensions:
        finer = [one for one in dimensions if set(coarse) < set(one)]
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


def _nested(count: Measure, margins: Margins) -> set[Place]:
    """The places of totals under ten with more than one part, and of those parts.

    Nine parts that all say "<10" under a total that says so too are nine times 1: there the mark would say too much.
    """
    nested: set[Place] = set()
    equal: list[tuple[Place, Place]] = []
    for total, parts in _children(margins, set(margins)):
        if 0 < margins[total[0]][total[1]][count.name] < count.step:
            counted = [part for part in parts if margins[part[0]][part[1]][count.name]]
            if len(counted) == 1:
                equal.append((total, counted[0]))
            else:
                nested.update((total, *counted))
    while more := {place for pair in equal if not nested.isdisjoint(pair) for place in pair} - nested:
        nested |= more
    return nested
