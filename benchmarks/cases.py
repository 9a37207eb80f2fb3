"""What every benchmark decides: the largest real decision, and random situations that can exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import prod

import duckdb
import numpy as np
import pyarrow as pa

from aanspraak.engine.axes import Axis
from aanspraak.engine.cells import IMPOSSIBLE, Table, compile_decision
from aanspraak.engine.columns import decision_query
from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import PEILDATUM, Box, Decision, Rule, RuleBase, contains

DAY = date(2026, 11, 22)
"""The day of a single case."""

_EPOCH = date(1970, 1, 1).toordinal()
_CHUNK = 500_000


@dataclass(frozen=True, slots=True)
class Step:
    """A decision as every engine with a first-hit table can serve it: its rules, exceptions first, each with its
    conditions; `peildatum` is one of them where the rule holds for a part of the decision's days."""

    decision: Decision
    rules: tuple[tuple[Rule, dict[str, Box]], ...]


def largest(base: RuleBase) -> Table:
    """The decision with most situations."""
    tables = [compile_decision(base, d.id) for d in base.besluiten.values() if not d.verzamel]
    return max(tables, key=situations)


def situations(table: Table) -> int:
    """The size of the product of the segments of its inputs."""
    return prod(axis.width for axis in table.axes)


def steps(table: Table, day: date | None = None) -> list[Step]:
    """The decision last, and before it those it rests on; with `day`, only the rules of that day."""
    return [Step(d, tuple(_ordered(d, day))) for d in decisions_under(table.base, table.decision)]


def _ordered(decision: Decision, day: date | None) -> Iterator[tuple[Rule, dict[str, Box]]]:
    left = list(decision.regels)
    while left:
        rule = next(r for r in left if not any(r.id in other.in_afwijking_van for other in left))
        left.remove(rule)
        if day is None:
            when = {PEILDATUM: (rule.geldig,)} if rule.geldig != decision.geldig else {}
            yield rule, {**when, **rule.als}
        elif contains((rule.geldig,), day.toordinal()):
            yield rule, dict(rule.als)


def random_cases(table: Table, count: int, seed: int, day: date | None = None) -> pa.Table:
    """`count` random situations that can exist, a column an input: each input's segment is drawn evenly, and in it
    a value. `day` fixes the peildatum."""
    rng = np.random.default_rng(seed)
    names = [axis.name for axis in table.axes]
    query = decision_query(table, "getrokken", names).sql("duckdb")
    kept: list[pa.Table] = []
    with duckdb.connect() as database:
        while sum(part.num_rows for part in kept) < count:
            drawn = {axis.name: _draw(axis, min(_CHUNK, 20 * count), rng) for axis in table.axes}
            if day:
                drawn[PEILDATUM] = pa.array([day] * len(drawn[PEILDATUM]))
            database.register("getrokken", pa.table(drawn))
            columns = ", ".join(f'"{name}"' for name in names)
            rule = f'"{table.decision.id}_regel"'
            possible = database.sql(f"SELECT {columns} FROM ({query}) WHERE {rule} <> '{IMPOSSIBLE}'")  # noqa: S608
            kept.append(possible.to_arrow_table())
    return pa.concat_tables(kept).slice(0, count).combine_chunks()


def _draw(axis: Axis, count: int, rng: np.random.Generator) -> pa.Array:
    segment = rng.integers(0, axis.width, count)
    if axis.values:
        return pa.DictionaryArray.from_arrays(pa.array(segment.astype(np.int8)), pa.array(axis.values)).cast(
            pa.string()
        )
    first = np.array(axis.starts)[segment]
    last = np.array([*(start - 1 for start in axis.starts[1:]), axis.concept.tot])[segment]
    number = rng.integers(first, last, endpoint=True)
    if axis.concept.soort == "datum":
        return pa.array((number - _EPOCH).astype("datetime64[D]"))
    return pa.array(number.astype(np.int32))
