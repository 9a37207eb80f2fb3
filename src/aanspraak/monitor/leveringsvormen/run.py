"""The monitor of the delivery forms, for the runner."""

from collections.abc import Mapping
from typing import Any

import duckdb

from aanspraak.monitor.claims_input import read_claims
from aanspraak.monitor.leveringsvormen.compute import COLUMNS, INPUTS, STEPS, TABLES, MptDagen, compute
from aanspraak.monitor.leveringsvormen.content import incomplete_years, report
from aanspraak.monitor.leveringsvormen.figures import LABELS, exhibits
from aanspraak.monitor.runner import Monitor, Run, Shown


def _show(con: duckdb.DuckDBPyConnection, given: Run[MptDagen]) -> Shown:
    shown = exhibits(con)
    return Shown(report(con, shown, given), list(shown.values()), incomplete_years(con))


def _choices(options: Mapping[str, Any]) -> MptDagen:
    days: MptDagen = options["mpt_dagen"]
    return days


MONITOR = Monitor[MptDagen](
    name="leveringsvormen",
    safe=False,
    tables=TABLES,
    columns=COLUMNS,
    labels=LABELS,
    stages=len(INPUTS) + sum(step.kept for step in STEPS) + 2,
    read=read_claims(INPUTS),
    compute=compute,
    show=_show,
    options=lambda days: {"mpt_dagen": days},
    choices=_choices,
)
