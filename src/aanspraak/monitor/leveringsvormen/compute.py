"""Run the steps of the method on an engine: typed input tables in, result tables out."""

from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pyarrow as pa  # type: ignore[import-untyped]

from aanspraak.claims.backends import Backend
from aanspraak.claims.steps import load_steps, outside_inputs
from aanspraak.monitor.described import read_described
from aanspraak.monitor.options import option_tables, read_options
from aanspraak.monitor.runner import run_steps

MptDagen = Literal["letterlijk", "inclusief"]
"""How the days of an mpt month count: the method to the letter, or with the last day included."""

HERE = files(__package__)
STEPS = load_steps(HERE)
OPTIONS = read_options(HERE)
INPUTS = sorted(outside_inputs(STEPS) - {"opties", "paramedische_prestaties"})
TABLES, COLUMNS = read_described(HERE)


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
    options = {
        "opties": pa.table({"mpt_extra_dag": pa.array([extra_day], pa.int32())}),
        "paramedische_prestaties": pa.table(
            {"prestatiecode": pa.array(OPTIONS["paramedische_prestaties"], pa.string())}
        ),
    }
    given = {**inputs, **option_tables(options, work)}
    return run_steps(backend, STEPS, TABLES, given, directory, progress)
