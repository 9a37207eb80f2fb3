"""Whether every value in a file of cases can be; if not, which cannot and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from aanspraak.engine import casevalues
from aanspraak.engine.axes import Axis
from aanspraak.engine.bulk_run import Run, number
from aanspraak.engine.casefile import SHOWN, VIEW, CaseFile, DataError

_ROW = "_rij"


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of wrong value: in which columns, how often, what to write instead, and its first places: row, value."""

    kolommen: tuple[str, ...]
    waar: str
    aantal: int
    remedie: str
    plaatsen: tuple[tuple[int, str], ...]


class WrongValues(DataError):
    """A file holds values that cannot be; of all together the first SHOWN places are kept."""

    def __init__(self, cases: CaseFile, faults: list[Fault]) -> None:
        self.faults, total = faults, sum(fault.aantal for fault in faults)
        lines = [f"{cases.path}: foute waarden: {total}; er is niets geschreven."]
        for fault in faults:
            lines.append(f"  {fault.waar}, {fault.aantal}×: {fault.remedie}")
            lines += [f"    rij {row}: «{value}»" for row, value in fault.plaatsen]
        if (hidden := total - SHOWN) > 0:
            lines.append(f"  … en nog {hidden}.")
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Check:
    """Which rows are wrong, what to show of them, and what to write instead."""

    columns: tuple[str, ...]
    title: str
    wrong: exp.Expression
    shown: exp.Expression
    remedy: str


def check(con: duckdb.DuckDBPyConnection, *runs: Run) -> int:
    """The number of rows of the file that the runs share. Raises WrongValues with every kind of wrong value, counted,
    and the first places."""
    checks = list({one.title: one for run in runs for one in _checks(run)}.values())
    counts = [exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=c.wrong)) for c in checks]
    rows, *found = con.execute(exp.select("count(*)", *counts).from_(VIEW).sql("duckdb")).fetchall()[0]
    if not any(found):
        return int(rows)
    faults: list[Fault] = []
    for one, count in zip(checks, found, strict=True):
        if count:
            left = SHOWN - sum(len(fault.plaatsen) for fault in faults)
            faults.append(Fault(one.columns, one.title, count, one.remedy, _places(con, one, left)))
    raise WrongValues(runs[0].cases, faults)


def _checks(run: Run) -> Iterator[_Check]:
    axes = {axis.name: axis for axis in run.table.axes}
    for name in run.used:
        concept = run.table.base.concept(name)
        axis = axes.get(name, Axis(concept, (concept.van,), ()))  # a date from which an input follows
        wrong = casevalues.wrong(axis, run.cases.columns[name])
        shown = exp.column(name, quoted=True)
        yield _Check((name,), f"kolom {name} ({concept.naam})", wrong, shown, casevalues.remedy(axis))
    for concept, how in run.derived:
        found = number(run, how)
        wrong = casevalues.fill(f":number NOT BETWEEN {concept.van} AND {concept.tot}", number=found)
        remedy = f"kan alleen van {concept.van} tot en met {concept.tot} zijn; kijk de datums na"
        yield _Check((how.van, how.tot), f"{concept.naam}, uit {how.van} en {how.tot}", wrong, found, remedy)


def _places(con: duckdb.DuckDBPyConnection, one: _Check, limit: int) -> tuple[tuple[int, str], ...]:
    rows = casevalues.fill(f"row_number() OVER () AS {_ROW}")
    numbered = exp.select("*", rows).from_(VIEW).subquery("genummerd")
    first = exp.select(_ROW, exp.cast(one.shown, "VARCHAR")).from_(numbered).where(one.wrong).order_by(_ROW)
    return tuple(con.execute(first.limit(limit).sql("duckdb")).fetchall())
