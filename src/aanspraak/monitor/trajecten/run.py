"""The monitor of the trajectories, for the runner."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb

from aanspraak.monitor.claims_input import read_claims
from aanspraak.monitor.runner import Monitor, Run, Shown
from aanspraak.monitor.trajecten.compute import COLUMNS, INPUTS, OPTIONS, STEPS, TABLES, Choices, compute
from aanspraak.monitor.trajecten.content import report
from aanspraak.monitor.trajecten.figures import LABELS, exhibits


def _show(con: duckdb.DuckDBPyConnection, given: Run[Choices]) -> Shown:
    shown = exhibits(con)
    return Shown(report(con, shown, given), list(shown.values()))


def _options(choices: Choices) -> dict[str, Any]:
    """What the user chose, and what the method takes as given."""
    return {
        **OPTIONS,
        "aansluiting": choices.gap,
        "sluitdatum": choices.closing_date and choices.closing_date.isoformat(),
        "eens_wlz_altijd_wlz": OPTIONS["eens_wlz_altijd_wlz"] if choices.once_wlz else [],
        "startjaren": list(choices.start_years),
    }


def _choices(options: Mapping[str, Any]) -> Choices:
    first, last = options["startjaren"]
    closing = options["sluitdatum"]
    return Choices(
        options["aansluiting"],
        date.fromisoformat(closing) if closing else None,
        bool(options["eens_wlz_altijd_wlz"]),
        (first, last),
    )


MONITOR = Monitor[Choices](
    name="trajecten",
    safe=False,
    tables=TABLES,
    columns=COLUMNS,
    labels=LABELS,
    stages=len(INPUTS) + sum(step.kept for step in STEPS) + 2,
    read=read_claims(INPUTS),
    compute=compute,
    show=_show,
    options=_options,
    choices=_choices,
)
