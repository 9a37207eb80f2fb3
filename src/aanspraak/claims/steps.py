"""Steps: one SQL file each, with named inputs and one output, run in the order that their inputs dictate.

The file's name is the name of its output. `<name>.sql` is kept as a table; `<name>.view.sql` is only a name for a
query, so that an engine can run it in one pass with the step that uses it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from importlib.resources.abc import Traversable

import sqlglot
from sqlglot import expressions as exp

DIALECT = "duckdb"
_VIEW = ".view.sql"


@dataclass(frozen=True)
class Step:
    name: str
    sql: str
    inputs: frozenset[str]
    kept: bool


def load_steps(directory: Traversable) -> list[Step]:
    """Every step in `directory`, each after the steps it reads from."""
    found = {
        step.name: step
        for file in sorted(directory.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".sql")
        for step in [_step(file)]
    }
    graph = {name: step.inputs & found.keys() for name, step in found.items()}
    return [found[name] for name in TopologicalSorter(graph).static_order()]


def outside_inputs(steps: Sequence[Step]) -> set[str]:
    """The tables that no step makes: what has to be read before the first step runs."""
    return set[str]().union(*(step.inputs for step in steps)) - {step.name for step in steps}


def _step(file: Traversable) -> Step:
    sql = file.read_text(encoding="utf-8")
    tree = sqlglot.parse_one(sql, read=DIALECT)
    local = {cte.alias_or_name for cte in tree.find_all(exp.CTE)}
    inputs = frozenset(table.name for table in tree.find_all(exp.Table) if table.name) - local
    name = file.name.removesuffix(_VIEW).removesuffix(".sql")
    return Step(name, sql, inputs, kept=not file.name.endswith(_VIEW))
