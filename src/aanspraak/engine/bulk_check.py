"""Whether every value in a file of cases can be; if not, which cannot and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from aanspraak.engine import casevalues
from aanspraak.engine.axes import Axis
from aanspraak.engine.bulk_run import Run, number
from aanspraak.engine.casefile import SHOWN, VIEW, DataError

_ROW = "_rij"


@dataclass(frozen=True, slots=True)
class _Check:
    """Which rows are wrong, what to show of them, and what to write instead."""

    title: str
    wrong: exp.Expression
    shown: exp.Expression
    remedy: str


def check(con: duckdb.DuckDBPyConnection, run: Run) -> int:
    """The number of rows. Raises DataError with every kind of wrong value, counted, and the first places."""
    checks = list(_checks(run))
    counts = [exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=c.wrong)) for c in checks]
    rows, *found = con.execute(exp.select("count(*)", *counts).from_(VIEW).sql("duckdb")).fetchall()[0]
    if not any(found):
        return int(rows)
    lines = [f"{run.cases.path}: foute waarden: {sum(found)}; er is niets geschreven."]
    left = SHOWN
    for one, count in zip(checks, found, strict=True):
        if count:
            lines.append(f"  {one.title}, {count}×: {one.remedy}")
            lines += (places := [f"    rij {n}: «{v}»" for n, v in _places(con, one, left)])
            left -= len(places)
    if (hidden := sum(found) - SHOWN) > 0:
        lines.append(f"  … en nog {hidden}.")
    raise DataError("\n".join(lines))


def _checks(run: Run) -> Iterator[_Check]:
    axes = {axis.name: axis for axis in run.table.axes}
    for name in run.used:
        concept = run.table.base.concept(name)
        axis = axes.get(name, Axis(concept, (concept.van,), ()))  # a date from which an input follows
        wrong = casevalues.wrong(axis, run.cases.columns[name])
        shown = exp.column(name, quoted=True)
        yield _Check(f"kolom {name} ({concept.naam})", wrong, shown, casevalues.remedy(axis))
    for concept, how in run.derived:
        found = number(run, how)
        wrong = casevalues.fill(f":number NOT BETWEEN {concept.van} AND {concept.tot}", number=found)
        remedy = f"kan alleen van {concept.van} tot en met {concept.tot} zijn; kijk de datums na"
        yield _Check(f"{concept.naam}, uit {how.van} en {how.tot}", wrong, found, remedy)


def _places(con: duckdb.DuckDBPyConnection, one: _Check, limit: int) -> list[tuple[int, str]]:
    rows = casevalues.fill(f"row_number() OVER () AS {_ROW}")
    numbered = exp.select("*", rows).from_(VIEW).subquery("genummerd")
    first = exp.select(_ROW, exp.cast(one.shown, "VARCHAR")).from_(numbered).where(one.wrong).order_by(_ROW)
    return con.execute(first.limit(limit).sql("duckdb")).fetchall()
