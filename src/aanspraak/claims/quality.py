# ruff: noqa: S608 - names of tables and columns come from the schema
"""The quality of a data set, as a report: what is missing, double, overlapping, unknown or unlikely; sums per month.

Only counts and sums: the report names no client and has no BSN or pseudonym.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader

from aanspraak.claims.faults import SHOWN, Fault, UserError
from aanspraak.claims.intake import Intake
from aanspraak.claims.schema import TABLES
from aanspraak.claims.steps import Step, load_steps

STEPS = load_steps(files("aanspraak.claims.kwaliteit"))


@dataclass(frozen=True)
class Section:
    """A table of the report; without rows there is nothing to report. `unanswered` names the tables it would need."""

    title: str
    explanation: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    unanswered: tuple[str, ...] = ()


def sections(tables: Mapping[str, Path], work: Path) -> list[Section]:
    """Every question, answered for the tables that are there: the name of a table with its typed Parquet file.

    What does not fit in memory goes to the directory `work`.
    """
    with duckdb.connect() as con:
        con.execute("SET temp_directory = ?", [str(work)])
        for name, parquet in tables.items():
            con.read_parquet(str(parquet)).create_view(name)
        lacking: dict[str, set[str]] = {name: set() for name in tables}
        answers = {step.name: _answer(con, step, lacking) for step in STEPS}
        return [_missing(con, tables), _double(con, tables), *(answers[name] for name in sorted(answers))]


def fault_section(faults: Sequence[Fault]) -> Section:
    """What is impossible, so that the data was refused."""
    rows = tuple(
        (fault.file, fault.column or "", fault.problem, fault.count, _places(fault), fault.remedy) for fault in faults
    )
    columns = ("bestand", "veld", "fout", "aantal", f"eerste {SHOWN} rijen", "wat te doen")
    return Section("Fouten", "De invoer is hierom geweigerd; er is niets ingelezen.", columns, rows)


def intake_sections(intake: Intake) -> list[Section]:
    """What was read, of whom, and what had no place in the contract."""
    files_read = tuple((each["bestand"], each["soort"]) for each in intake.inputs)
    return [
        Section("Gelezen bestanden", "In de volgorde van de opdracht.", ("bestand", "soort"), files_read),
        Section(
            "Elfproef",
            "Verzekerden, registerantwoorden en regels van tabellen. Een nummer dat niet voldoet, wordt geweigerd.",
            ("burgerservicenummer", "records"),
            tuple(sorted(intake.people.items())),
        ),
        Section(
            "Niet ingelezen",
            "Regels die geen plaats hebben in de gegevens.",
            ("reden", "regels"),
            tuple(sorted(intake.left_out.items())),
        ),
    ]


def render(found: Iterable[Section], warnings: Sequence[str] = ()) -> str:
    """The report as one self-contained HTML page."""
    environment = Environment(loader=PackageLoader("aanspraak.claims"), autoescape=True)
    environment.filters["cijfers"] = _dutch
    environment.tests["getal"] = _is_number
    return environment.get_template("kwaliteit.html.j2").render(sections=list(found), warnings=warnings)


def write(page: str, file: Path) -> None:
    """Write the report. Raises UserError where it cannot be written."""
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UserError(f"Het rapport {file} kon niet worden geschreven: {error.strerror}.") from error


def _missing(con: duckdb.DuckDBPyConnection, tables: Mapping[str, Path]) -> Section:
    rows: list[tuple[Any, ...]] = []
    for name in tables:
        columns = [column.name for column in TABLES[name].columns]
        counts = ", ".join(f"count(*) - count({column})" for column in columns)
        total, *empty = con.execute(f"SELECT count(*), {counts} FROM {name}").fetchall()[0]
        rows += [(name, column, n, _percent(n, total)) for column, n in zip(columns, empty, strict=True) if n]
    return Section(
        "Ontbrekende waarden", "Kolommen met lege waarden.", ("tabel", "kolom", "leeg", "aandeel"), tuple(rows)
    )


def _double(con: duckdb.DuckDBPyConnection, tables: Mapping[str, Path]) -> Section:
    rows = []
    for name in tables:
        query = f"SELECT sum(n - 1) FROM (SELECT *, count(*) AS n FROM {name} GROUP BY ALL HAVING count(*) > 1)"
        if extra := con.execute(query).fetchall()[0][0]:
            rows.append((name, int(extra)))
    explanation = "Regels die in elke kolom gelijk zijn aan een andere; de eerste telt niet mee."
    return Section("Dubbele regels", explanation, ("tabel", "regels"), tuple(rows))


def _answer(con: duckdb.DuckDBPyConnection, step: Step, lacking: dict[str, set[str]]) -> Section:
    """The answer to a question, as a view that later ones may use; `lacking` knows which tables each would need."""
    title, explanation = (line.removeprefix("-- ") for line in step.sql.splitlines()[:2])
    lacking[step.name] = set[str]().union(*(lacking.get(name, {name}) for name in step.inputs))
    if lacking[step.name]:
        return Section(title, explanation, unanswered=tuple(sorted(lacking[step.name])))
    con.execute(f"CREATE VIEW {step.name} AS {step.sql}")
    result = con.execute(f"FROM {step.name}")
    return Section(title, explanation, tuple(column[0] for column in result.description), tuple(result.fetchall()))


def _places(fault: Fault) -> str:
    return ", ".join(f"{place.row}" + (f" ({place.value!r})" if place.value else "") for place in fault.places)


def _percent(part: int, whole: int) -> str:
    return f"{_dutch(Decimal(100 * part / whole).quantize(Decimal('0.1')))}%"


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal)


def _dutch(value: object) -> str:
    """A count or an amount as Dutch readers write it; other values as they are."""
    if not isinstance(value, int | Decimal):
        return "" if value is None else str(value)
    return f"{value:,}".translate(str.maketrans(",.", ".,"))
