"""`aanspraak besluit`: a decision over a whole file of cases."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import duckdb
import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from aanspraak.cli.options import Besluit, Hervorming, Kennisdatum, Peildatum, day, decision_named, is_table, law
from aanspraak.cli.terminal import err, number, say, table
from aanspraak.counts import share
from aanspraak.engine import bulk
from aanspraak.engine.boxes import value_words
from aanspraak.engine.bulk_check import check
from aanspraak.engine.bulk_run import Run, prepare
from aanspraak.engine.bulk_words import UNDECIDED, by_rule, rules_in
from aanspraak.engine.casefile import open_cases, readable
from aanspraak.engine.cells import IMPOSSIBLE, Table
from aanspraak.engine.checklist import Checklist
from aanspraak.engine.model import PEILDATUM_CONCEPT, Decision, RuleBase, UserError
from aanspraak.engine.phrases import label

T = TypeVar("T")


class Backend(StrEnum):
    """Where the rows are decided."""

    duckdb = "duckdb"
    spark = "spark"


def besluit(
    ctx: typer.Context,
    casussen: Annotated[Path, typer.Argument(help="CSV- of Parquet-bestand met een casus per rij.")],
    uitvoer: Annotated[Path, typer.Option(metavar="BESTAND", help="Waar de uitkomst komt: .csv of .parquet.")],
    besluit: Besluit = "",
    peildatum: Peildatum = "",
    kennisdatum: Kennisdatum = "",
    hervorming: Hervorming = "",
    backend: Annotated[Backend, typer.Option(help="Waarmee de rijen worden beslist.")] = Backend.duckdb,
) -> None:
    """Beslis een heel bestand: elke rij krijgt de uitkomst en het id van de regel."""
    rules = law(ctx, hervorming, kennisdatum)
    name = decision_named(rules.base, besluit).id
    told = day(peildatum, "--peildatum") if peildatum else None
    _check_target(casussen, uitvoer)
    with tempfile.TemporaryDirectory(prefix=".aanspraak-", dir=uitvoer.parent) as folder, duckdb.connect() as con:
        con.execute("SET temp_directory = ?", [folder])
        cases = open_cases(con, casussen)
        part = Path(folder) / f"uitvoer{uitvoer.suffix.lower()}"
        with readable(cases):
            run = prepare(con, rules.base, name, cases, told, date.today())
            decide = _decider(backend, con, run, part)
            rows = _watched(con, "nakijken", lambda: check(con, run))
            _watched(con, "beslissen", decide)
        counts = [bulk.counts(con, part, column) for column in run.told]
        part.replace(uitvoer)
    if run.peildatum:
        today = "" if told else " (vandaag; kies een andere met --peildatum)"
        say(f"Peildatum voor alle rijen: {value_words(run.peildatum, PEILDATUM_CONCEPT)}{today}")
    if rules.base.kennisdatum:
        say(f"Met de regels zoals bekend op {value_words(rules.base.kennisdatum, PEILDATUM_CONCEPT)}")
    _report_columns(run)
    if isinstance(run.table, Checklist):
        _report_list(run.table, rows, *counts)
    else:
        _report(rules.base, run.table, rows, *counts)
    say(f"{number(rows)} rijen.")
    say()
    command = ["aanspraak", "toets", str(uitvoer), "--rij", "1", "--besluit", name]
    command += ["--peildatum", run.peildatum.isoformat()] if run.peildatum else []
    command += ["--kennisdatum", known.isoformat()] if (known := rules.base.kennisdatum) else []
    command += ["--hervorming", hervorming] if hervorming else []
    say(f"Geschreven: {uitvoer}. Een rij uitleggen: {shlex.join(command)}")


def _check_target(source: Path, target: Path) -> None:
    if not is_table(target):
        raise UserError(f"--uitvoer {target}: geef een naam die eindigt op .csv of .parquet.")
    if target.is_dir() or not target.parent.is_dir():
        raise UserError(f"--uitvoer {target}: geef een bestand in een map die bestaat.")
    if not os.access(target.parent, os.W_OK):
        raise UserError(f"--uitvoer {target}: in die map mag u niet schrijven; kies een andere.")
    if source.exists() and target.exists() and source.samefile(target):
        raise UserError(f"--uitvoer {target}: dat is de invoer zelf; kies een andere naam.")


def _decider(backend: Backend, con: duckdb.DuckDBPyConnection, run: Run, part: Path) -> Callable[[], object]:
    if backend is Backend.duckdb:
        return lambda: bulk.write(con, run, part)
    from aanspraak.engine import bulk_spark  # an optional extra, and slow to start

    bulk_spark.require()
    return lambda: bulk_spark.write(con, run, part)


def _watched(con: duckdb.DuckDBPyConnection, what: str, work: Callable[[], T]) -> T:
    """Do the work in a thread of its own, with a bar in the terminal; an interrupt stops DuckDB as well."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    shown = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
    with ThreadPoolExecutor(1) as pool, shown as progress:
        bar = progress.add_task(what, total=100)
        job = pool.submit(work)
        try:
            while not wait((job,), timeout=0.1).done:
                progress.update(bar, completed=max(0.0, con.query_progress()))
        except KeyboardInterrupt:
            con.interrupt()
            raise
        return job.result()


def _report_columns(run: Run) -> None:
    say(f"Gebruikte kolommen: {', '.join(run.used)}")
    if run.absent:
        say(f"Zonder kolom, dus onbekend: {', '.join(run.absent)}")
    say()


def _report(base: RuleBase, decided: Table, rows: int, counts: list[tuple[str, int]]) -> None:
    """How often each outcome came out."""
    outcomes: Counter[tuple[str, ...]] = Counter()
    for rule, count in counts:
        outcomes[_outcome(base, decided.decision, rule)] += count
    fields = [base.concept(field).naam for field in decided.decision.uitkomst]
    found = [(*outcome, number(count), share(count, rows)) for outcome, count in outcomes.most_common()]
    table([*fields, "rijen", "aandeel"], found, numbers=("rijen", "aandeel"))


def _report_list(
    checklist: Checklist, rows: int, certain: list[tuple[str, int]], possible: list[tuple[str, int]]
) -> None:
    """How often each rule of a checklist matches for certain, and how often it still can."""
    hits, maybe = by_rule(certain), by_rule(possible)
    found = [
        (r.id, str(r.gevolg), number(hits[r.id]), share(hits[r.id], rows), number(maybe[r.id]))
        for r in checklist.decision.regels
    ]
    columns = ("regel", "gevolg", "geldt bij", "aandeel", "kan nog gelden bij")
    table(columns, found, numbers=columns[2:])
    if hits[IMPOSSIBLE]:
        say(f"Gegevens kunnen niet samen: {number(hits[IMPOSSIBLE])} rijen.")


def _outcome(base: RuleBase, decision: Decision, rule: str) -> tuple[str, ...]:
    if rule in UNDECIDED:
        return (UNDECIDED[rule], *("" for _ in list(decision.uitkomst)[1:]))
    return tuple(label(base, field, value) for field, value in rules_in(decision, rule)[0].dan.items())
