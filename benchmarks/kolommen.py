"""Whole columns: the largest decision over millions of rows, ours against other ways, with the same answers.

python kolommen.py [rows]           # in memory; 10 million by default
python kolommen.py --parquet [rows] # ours and the hand-written CASE from a Parquet file; 100 million by default
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow.parquet as pq

import measure
from aanspraak.engine import chain, columns
from aanspraak.engine.cells import Table
from aanspraak.engine.model import RuleBase
from cases import Step, largest, random_cases, steps
from measure import Section, best_with_cpu, show
from peers import openfisca, polars_when
from peers.sql_case import case_query

ROWS, PARQUET_ROWS = 10_000_000, 100_000_000
_DIFFERENT = 1_000_000
_BLOCKS = (16, 64, 256, 1024, 4096, 16384)
_Counts = dict[str, int]


def section(base: RuleBase, rows: int = ROWS) -> Section:
    """Seconds from a Parquet file with texts to the rule id of every row, counted per rule."""
    table = largest(base)
    served = steps(table)
    with tempfile.TemporaryDirectory() as directory, duckdb.connect() as database:
        file, copies = _write(database, table, Path(directory), rows)
        ours, by_hand = _ours(table, "bestand"), case_query(base, served, "bestand")
        _same_row_by_row(database, ours, by_hand)
        times = _timed(
            [
                ("Aanspraak in DuckDB", lambda: _counts(database, ours)),
                ("hand-written CASE in DuckDB", lambda: _counts(database, by_hand)),
                ("Polars when/then, on enums", _polars(base, served, file)),
                ("OpenFisca-core", _openfisca(base, served, lambda names: _as_its_user(base, names, file))),
                (
                    "OpenFisca-core, on numbers that DuckDB makes",
                    _openfisca(base, served, lambda names: _as_numbers(base, names, database)),
                ),
            ]
        )
    ours_wall = times[0][1]
    return Section(
        "Columns from a file",
        f"`{table.decision.id}`, {copies * _DIFFERENT / 1e6:.0f} million rows of a Parquet file "
        f"({_DIFFERENT / 1e6:.0f} million different random cases that can exist, repeated), {len(table.axes)} columns "
        "of texts, numbers and days: from the file to the rule id of every row, counted. The counts are equal, and "
        "the two DuckDB ways row by row. Our query is made once, see below. Best of 3.",
        ("what", "seconds", "CPU seconds", "seconds against ours"),
        tuple((label, f"{wall:.2f}", f"{cpu:.2f}", f"{wall / ours_wall:.2f}×") for label, wall, cpu in times),
    )


def memory_section(base: RuleBase, rows: int = ROWS) -> Section:
    """The same out of a table in DuckDB's memory, where texts have no dictionary; and with unknown inputs."""
    table = largest(base)
    with duckdb.connect() as database:
        _fill(database, table, rows)
        ours, by_hand = _ours(table, "gevallen"), case_query(base, steps(table), "gevallen")
        with_gaps = _ours(table, "met_onbekend")
        times = _timed(
            [
                ("Aanspraak in DuckDB", lambda: _counts(database, ours)),
                ("hand-written CASE in DuckDB", lambda: _counts(database, by_hand)),
            ]
        )
        label = "Aanspraak in DuckDB, 5% of the inputs unknown"
        times.append((label, *best_with_cpu(lambda: _counts(database, with_gaps), rounds=3)))
        times.append(("making our query, once", *best_with_cpu(lambda: _ours(table, "gevallen"), rounds=3)))
    cpu_of_ours = times[0][2]
    return Section(
        "Columns in memory",
        f"As before, {rows / 1e6:.0f} million rows in a table of DuckDB in memory, where a text has no dictionary. "
        "Best of 3.",
        ("what", "seconds", "CPU seconds", "CPU against ours"),
        tuple((label, f"{wall:.2f}", f"{cpu:.2f}", f"{cpu / cpu_of_ours:.2f}×") for label, wall, cpu in times),
    )


def parquet_section(base: RuleBase, rows: int = PARQUET_ROWS) -> Section:
    """Seconds for the rule id of every row of a large Parquet file, counted per rule."""
    table = largest(base)
    with tempfile.TemporaryDirectory() as directory, duckdb.connect() as database:
        file, copies = _write(database, table, Path(directory), rows)
        ours, by_hand = _ours(table, "bestand"), case_query(base, steps(table), "bestand")
        times = _timed(
            [
                ("Aanspraak in DuckDB", lambda: _counts(database, ours)),
                ("hand-written CASE in DuckDB", lambda: _counts(database, by_hand)),
            ],
            rounds=2,
        )
        size = file.stat().st_size / 1e9
    return Section(
        "Columns from a large file",
        f"`{table.decision.id}`, {copies * _DIFFERENT / 1e6:.0f} million rows, {size:.1f} GB. Best of 2.",
        ("what", "seconds", "CPU seconds", "million rows a second"),
        tuple((label, f"{s:.1f}", f"{cpu:.1f}", f"{copies * _DIFFERENT / s / 1e6:.1f}") for label, s, cpu in times),
    )


def block_section(base: RuleBase, rows: int = ROWS // 5) -> Section:
    """How large the look-up arrays of chain.py may be: CPU seconds to plan, and to decide every row."""
    table = largest(base)
    chosen = chain._ENTRIES
    results = []
    with duckdb.connect() as database:
        _fill(database, table, rows)
        for block in _BLOCKS:
            chain._ENTRIES = block
            query = _ours(table, "gevallen")
            _, plan = best_with_cpu(lambda q=query: database.execute(f"EXPLAIN {q}"), rounds=3)  # type: ignore[misc]
            _, whole = best_with_cpu(lambda q=query: _counts(database, q), rounds=3)  # type: ignore[misc]
            results.append((str(block), f"{len(query) / 1000:.0f}", f"{plan:.2f}", f"{whole - plan:.2f}"))
    chain._ENTRIES = chosen
    return Section(
        "Size of the look-up arrays",
        f"`{table.decision.id}`, {rows / 1e6:.0f} million rows in memory. `chain.py` uses {chosen}. Best of 3.",
        ("entries at most", "query, kB", "to plan, CPU s", "to decide, CPU s"),
        tuple(results),
    )


def _write(database: duckdb.DuckDBPyConnection, table: Table, directory: Path, rows: int) -> tuple[Path, int]:
    """A Parquet file of so many rows, `bestand` in the database, and how often the different cases are in it."""
    file, copies = directory / "gevallen.parquet", max(1, rows // _DIFFERENT)
    database.register("getrokken", random_cases(table, _DIFFERENT, seed=1))
    database.sql(f"SELECT getrokken.* FROM range({copies}), getrokken").write_parquet(str(file))  # noqa: S608
    database.execute(f"CREATE VIEW bestand AS FROM '{file}'")
    return file, copies


def _fill(database: duckdb.DuckDBPyConnection, table: Table, rows: int) -> None:
    """`gevallen` with every input known, and `met_onbekend` with 5% of the values NULL."""
    drawn = random_cases(table, min(rows, _DIFFERENT), seed=1)
    database.register("getrokken", drawn)
    copies = rows // drawn.num_rows
    database.execute(f"CREATE TABLE gevallen AS SELECT getrokken.* FROM range({copies}), getrokken")  # noqa: S608
    known = ", ".join(f'CASE WHEN random() >= 0.05 THEN "{a.name}" END AS "{a.name}"' for a in table.axes[1:])
    database.execute("SELECT setseed(0.5)")
    database.execute(f'CREATE TABLE met_onbekend AS SELECT "{table.axes[0].name}", {known} FROM gevallen')  # noqa: S608


def _ours(table: Table, relation: str) -> str:
    query = columns.decision_query(table, relation, [axis.name for axis in table.axes]).sql("duckdb")
    return f'SELECT "{table.decision.id}_regel" AS regel FROM ({query})'  # noqa: S608


def _counts(database: duckdb.DuckDBPyConnection, query: str) -> _Counts:
    return dict(database.execute(f"SELECT regel, count(*) FROM ({query}) GROUP BY regel").fetchall())  # noqa: S608


def _same_row_by_row(database: duckdb.DuckDBPyConnection, one: str, other: str) -> None:
    ((different,),) = database.execute(
        f"SELECT count(*) FROM ({one}) AS a POSITIONAL JOIN ({other}) AS b WHERE a.regel IS DISTINCT FROM b.regel"  # noqa: S608
    ).fetchall()
    if different:
        raise SystemExit(f"{different} rows differ between ours and the hand-written CASE")


def _timed(ways: list[tuple[str, Callable[[], _Counts]]], rounds: int = 3) -> list[tuple[str, float, float]]:
    times = []
    expected: _Counts = {}
    for label, run in ways:
        found = run()
        expected = expected or found
        if found != expected:
            raise SystemExit(f"{label}: other answers than {ways[0][0]}: {Counter(found) - Counter(expected)}")
        times.append((label, *best_with_cpu(run, rounds)))
    return times


def _polars(base: RuleBase, served: list[Step], file: Path) -> Callable[[], _Counts]:
    names = pl.read_parquet_schema(file)
    kinds = {name: pl.Enum(list(base.concept(name).waarden)) for name in names if base.concept(name).discrete}
    cast = [pl.col(name).cast(kind) for name, kind in kinds.items()]
    query = polars_when.decided(base, served, pl.scan_parquet(file).with_columns(cast))
    return lambda: dict(query.group_by("regel").len().collect(engine="streaming").iter_rows())


def _openfisca(
    base: RuleBase, served: list[Step], read: Callable[[list[str]], dict[str, np.ndarray]]
) -> Callable[[], _Counts]:
    made = openfisca.system(base, served)
    outcomes = {field for step in served for field in step.decision.uitkomst}
    names = sorted({n for step in served for _, conditions in step.rules for n in conditions} - outcomes)
    rule = f"{served[-1].decision.id}_regel"
    ids = [rule.id for rule, _ in served[-1].rules]

    def run() -> _Counts:
        numbers = np.bincount(openfisca.vectors(made, read(names), rule), minlength=len(ids))
        return {rule_id: int(n) for rule_id, n in zip(ids, numbers, strict=True) if n}

    return run


def _as_its_user(base: RuleBase, names: list[str], file: Path) -> dict[str, np.ndarray]:
    """The columns as OpenFisca documents its input: texts for an Enum, which it encodes itself."""
    columns = {}
    for name in names:
        column = pq.read_table(file, columns=[name])[name].to_numpy()
        kind = base.concept(name).soort
        columns[name] = column.astype(str) if kind == "keuze" else column == "ja" if kind == "ja_nee" else column
    return columns


def _as_numbers(base: RuleBase, names: list[str], database: duckdb.DuckDBPyConnection) -> dict[str, np.ndarray]:
    """The columns with every Enum encoded by DuckDB, sooner than OpenFisca can."""
    select = ", ".join(f'{_as_openfisca(base, name)} AS "{name}"' for name in names)
    columns = database.execute(f"SELECT {select} FROM bestand").fetchnumpy()  # noqa: S608
    return {name: np.asarray(column) for name, column in columns.items()}


def _as_openfisca(base: RuleBase, name: str) -> str:
    concept = base.concept(name)
    if concept.soort == "keuze":
        return f'(list_position({list(concept.waarden)}, "{name}") - 1)::UTINYINT'
    return f"\"{name}\" = 'ja'" if concept.soort == "ja_nee" else f'"{name}"'


if __name__ == "__main__":
    from aanspraak.engine.reader import read_rules

    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    print(measure.machine())  # noqa: T201
    if "--parquet" in sys.argv:
        show([parquet_section(read_rules(), *numbers)])
    else:
        rules = read_rules()
        show([section(rules, *numbers), memory_section(rules, *numbers), block_section(rules, *numbers)])
