"""What came out of each decision, and all of it as one table with a row for every case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from aanspraak.engine import bulk
from aanspraak.engine.bulk_run import Run
from aanspraak.engine.bulk_words import by_rule, reason
from aanspraak.engine.casevalues import fill
from aanspraak.engine.checklist import Checklist


def counted(con: duckdb.DuckDBPyConnection, run: Run, part: Path) -> dict[str, Any]:
    """What a decided file came to, as `Besluituitslag` of the contract."""
    certain, *possible = (bulk.counts(con, part, column) for column in run.told)
    return {
        "besluit": run.table.decision.id,
        "gebruikt": list(run.used),
        "onbekend": list(run.absent),
        "tellingen": dict(by_rule(certain).most_common() if possible else certain),
        "kan_gelden": dict(by_rule(possible[0]).most_common()) if possible else {},
    }


def join(
    con: duckdb.DuckDBPyConnection, parts: Sequence[tuple[Run, Path]], told: Sequence[Mapping[str, Any]], target: Path
) -> None:
    """Put the decided files, that hold the same rows in the same order, beside each other; with the reason in words
    after every decision that comes to one."""
    query = exp.select()
    for number, ((run, part), counts) in enumerate(zip(parts, told, strict=True)):
        view = f"deel_{number}"
        con.read_parquet(str(part)).create_view(view)
        names = [*([] if number else run.cases.columns), *run.added]
        query = query.select(*(exp.column(name, view, quoted=True) for name in names))
        if not isinstance(run.table, Checklist):
            query = query.select(_reason(run, view, counts["tellingen"]))
        query = query.join(exp.Join(this=exp.to_table(view), method="POSITIONAL")) if number else query.from_(view)
    con.sql(query.sql("duckdb")).write_parquet(str(target), compression="zstd")


def _reason(run: Run, view: str, cells: Mapping[str, int]) -> exp.Expr:
    texts = {cell: reason(run.table.decision, cell) for cell in cells}
    ids, words = (exp.Array(expressions=[*map(exp.Literal.string, part)]) for part in (texts, texts.values()))
    cell = exp.column(run.added[0], view, quoted=True)
    why = fill("MAP_EXTRACT_VALUE(MAP(:ids, :words), :cell)", ids=ids, words=words, cell=cell)
    return exp.alias_(why, f"{run.table.decision.id}_omdat", quoted=True)
