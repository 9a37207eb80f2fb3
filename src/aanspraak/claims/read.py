# ruff: noqa: S608 - file names are quoted here and column names come from the schema
"""Read a data set: find the files, check every value, and hand typed Parquet to the engines.

A Parquet file that already has the types of the schema is used in place; anything else is converted once,
into the work directory. Whatever comes in, the steps read one thing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from aanspraak.claims.backends.duckdb import sql_path
from aanspraak.claims.checks import Check, checks, fits_in_place, typed
from aanspraak.claims.columns import Table
from aanspraak.claims.faults import SHOWN, Fault, InputFaults, Place, UserError
from aanspraak.claims.files import RawFile, at_lines, open_csv, open_parquet, rejected_lines
from aanspraak.claims.manifest import sha256
from aanspraak.claims.schema import TABLES


@dataclass(frozen=True)
class Source:
    """One table of the data set: the file it came from, and the typed Parquet that the steps read."""

    table: str
    file: Path
    parquet: Path
    rows: int
    sha256: str


@dataclass(frozen=True)
class Checked:
    """A table without a fault. `query` gives its columns, typed as the schema says, in the order of the file."""

    con: duckdb.DuckDBPyConnection
    query: str
    rows: int
    sha256: str
    warnings: list[str]
    typed_already: bool
    """A Parquet file that the steps can read as it is."""


def read(
    directory: Path, tables: Sequence[str], work: Path, progress: Callable[[str], None]
) -> tuple[list[Source], list[str]]:
    """The named tables of a data set, checked and typed, with warnings for the user.

    Raises `InputFaults` with every fault of every file; `UserError` when `directory` is not a directory.
    """
    if not directory.is_dir():
        raise UserError(f"De map {directory} bestaat niet. Geef met --invoer de map met de gegevens.")
    sources: list[Source] = []
    faults: list[Fault] = []
    warnings: list[str] = []
    for name in tables:
        progress(f"{name} lezen en nakijken")
        try:
            file = _find(directory, name)
            with checked(file, TABLES[name], work) as found:
                parquet = file if found.typed_already else _typed_parquet(found, work / f"{name}.parquet")
        except InputFaults as refused:
            faults += refused.faults
            continue
        sources.append(Source(name, file, parquet, found.rows, found.sha256))
        warnings += found.warnings
    if faults:
        raise InputFaults(faults)
    return sources, warnings


@contextmanager
def checked(file: Path, table: Table, spill: Path | None) -> Iterator[Checked]:
    """The rows of `file`, once all of them are found to be without a fault; nothing is written.

    What does not fit in memory goes to the directory `spill`; with None it goes nowhere, and too little memory is an
    error. Raises `InputFaults` with every fault.
    """
    with duckdb.connect() as con:
        con.execute("SET temp_directory = ?", [str(spill or "")])
        try:
            raw = open_csv(file) if file.suffix == ".csv" else open_parquet(con, file)
            rows, faults = _check(con, raw, table)
            if faults:
                raise InputFaults(faults)
            names = ", ".join(column.name for column in table.columns)
            query = f"SELECT {names} FROM ({_typed_select(raw, table)})"
            yield Checked(con, query, rows, sha256(file), _unknown_columns(raw, table), _typed_already(raw, table))
        except duckdb.Error as error:
            problem = f"is niet te lezen ({str(error).splitlines()[0]})"
            remedy = "Lever het bestand opnieuw aan, als Parquet of als CSV in UTF-8."
            raise InputFaults([Fault(file.name, None, problem, remedy)]) from error


def _find(directory: Path, name: str) -> Path:
    files = [file for suffix in (".parquet", ".csv") if (file := directory / (name + suffix)).is_file()]
    if not files:
        remedy = f"Zet {name}.parquet of {name}.csv in de map; zonder gegevens volstaat een kopregel."
        raise InputFaults([Fault(name, None, "het bestand ontbreekt", remedy)])
    if len(files) > 1:
        raise InputFaults([Fault(name, None, "staat er als Parquet én als CSV", "Laat er één van staan.")])
    return files[0]


def _check(con: duckdb.DuckDBPyConnection, raw: RawFile, table: Table) -> tuple[int, list[Fault]]:
    """Row count and faults. Without the right columns the rows cannot be judged, so those come first."""
    faults = list(_column_faults(raw, table))
    if faults:
        return 0, faults
    todo = checks(table)
    flags = ", ".join(f"coalesce({check.faulty}, false) AS fout_{i}" for i, check in enumerate(todo))
    counts = ", ".join(f"count(*) FILTER (WHERE fout_{i})" for i in range(len(todo)))
    judged = f"SELECT *, {flags} FROM ({_typed_select(raw, table)})"
    # fetchall: DuckDB keeps its list of rejected lines only once a result is read to its end
    rows, *found = con.execute(f"SELECT count(*), {counts} FROM ({judged})").fetchall()[0]
    rejected = rejected_lines(con) if raw.file.suffix == ".csv" else {}
    faults += [
        Fault(raw.file.name, None, problem, "Verbeter de regels.", len(lines), _no_values(lines))
        for problem, lines in rejected.items()
    ]
    for i, (check, count) in enumerate(zip(todo, found, strict=True)):
        if count:
            query = f"SELECT rij_, {_shown(check)} FROM ({judged}) WHERE fout_{i} ORDER BY rij_ LIMIT {SHOWN}"
            places = [Place(*row) for row in con.execute(query).fetchall()]
            if raw.file.suffix == ".csv":
                places = at_lines(raw, places)
            faults.append(Fault(raw.file.name, check.column.name, check.problem, check.remedy, count, tuple(places)))
    return rows, faults


def _column_faults(raw: RawFile, table: Table) -> Iterable[Fault]:
    for column in table.columns:
        physical = raw.types.get(column.name)
        if physical is None:
            remedy = f"Voeg de kolom toe ({column.kind.label}); gevonden: {', '.join(raw.types)}."
            yield Fault(raw.file.name, column.name, "de kolom ontbreekt", remedy)
        elif typed(column, physical) is None:
            remedy = f"Verwacht: {column.kind.label}."
            yield Fault(raw.file.name, column.name, f"de kolom heeft het type {physical}", remedy)


def _typed_select(raw: RawFile, table: Table) -> str:
    names = [column.name for column in table.columns]
    bron = ", ".join(f'"{name}" AS bron_{name}' for name in names)
    values = ", ".join(f"{typed(column, raw.types[column.name])} AS {column.name}" for column in table.columns)
    return f"SELECT *, {values} FROM (SELECT {bron}, rij_ FROM ({raw.scan}))"


def _typed_already(raw: RawFile, table: Table) -> bool:
    return raw.file.suffix == ".parquet" and all(
        fits_in_place(column, raw.types[column.name]) for column in table.columns
    )


def _typed_parquet(table: Checked, target: Path) -> Path:
    table.con.execute(f"COPY ({table.query}) TO {sql_path(target)}")
    return target


def _unknown_columns(raw: RawFile, table: Table) -> list[str]:
    unknown = sorted(raw.types.keys() - {column.name for column in table.columns})
    return [f"{raw.file.name}: kolom {name} is onbekend en wordt niet gebruikt." for name in unknown]


def _shown(check: Check) -> str:
    return "NULL" if check.column.private else f"CAST(bron_{check.column.name} AS VARCHAR)"


def _no_values(lines: list[int]) -> tuple[Place, ...]:
    return tuple(Place(line, None) for line in lines[:SHOWN])
