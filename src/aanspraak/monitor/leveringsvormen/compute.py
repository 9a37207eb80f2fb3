"""Run the steps of the method on an engine: typed input tables in, result tables out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import yaml

from aanspraak.claims.backends import Backend
from aanspraak.claims.steps import load_steps, outside_inputs

MptDagen = Literal["letterlijk", "inclusief"]
"""How the days of an mpt month count: the method to the letter, or with the last day included."""

HERE = files(__package__)
STEPS = load_steps(HERE)
OPTIONS = yaml.safe_load((HERE / "opties.yaml").read_text(encoding="utf-8"))
_OPTION_TABLES = {"opties", "paramedische_prestaties"}
INPUTS = sorted(outside_inputs(STEPS) - _OPTION_TABLES)

TABLES = {
    "clientmaanden": ("client", "maand"),
    "clienten_per_jaar": ("sector", "bekostiging", "jaar"),
    "clienten_per_profiel": ("sector", "zorgprofiel", "bekostiging", "jaar"),
    "uitgaven_per_dag": ("sector", "bekostiging", "zorgprofiel", "jaar", "soort_zorg"),
    "paramedische_zorg_zvw": ("leveringsvorm", "jaar"),
    "paramedische_zorg_wlz": ("prestatiecode", "leveringsvorm", "jaar"),
    "algemeen_of_specifiek": ("sector", "bekostiging", "jaar"),
    "correcties": ("bestand", "lot"),
    "tellingen": ("telling",),
}
"""The tables that a run writes, with the columns that identify a row, which also sort it."""


def compute(
    backend: Backend,
    inputs: Mapping[str, Path],
    mpt_dagen: MptDagen,
    work: Path,
    directory: Path,
    progress: Callable[[str], None],
) -> dict[str, int]:
    """Run all steps and write every table of `TABLES` to `directory` as Parquet; returns the rows of each.

    `inputs` gives a Parquet file, typed as the schema, for every name in `INPUTS`.
    """
    extra_day = {"letterlijk": 0, "inclusief": 1}[mpt_dagen]
    codes = OPTIONS["paramedische_prestaties"]["waarde"]
    options = {
        "opties": pa.table({"mpt_extra_dag": pa.array([extra_day], pa.int32())}),
        "paramedische_prestaties": pa.table({"prestatiecode": pa.array(codes, pa.string())}),
    }
    for name, table in options.items():
        pq.write_table(table, work / f"{name}.parquet")
        backend.read(name, work / f"{name}.parquet")
    for name in INPUTS:
        backend.read(name, inputs[name])
    rows = {}
    for step in STEPS:
        if step.kept:
            progress(f"{step.name} berekenen")
        if step.name not in TABLES:
            backend.run(step)
            continue
        # Sorted and written as it is computed, and read from there: the largest result is never a table in memory.
        backend.run(replace(step, kept=False))
        parquet = directory / f"{step.name}.parquet"
        rows[step.name] = backend.write(step.name, TABLES[step.name], parquet)
        backend.read(step.name, parquet)
    return rows
