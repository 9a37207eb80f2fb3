"""Run the steps of the method on an engine: typed input tables in, result tables out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]

from aanspraak.claims.backends import Backend
from aanspraak.claims.steps import load_steps, outside_inputs
from aanspraak.monitor.described import read_described
from aanspraak.monitor.options import option_tables, read_options
from aanspraak.monitor.runner import run_steps

HERE = files(__package__)
STEPS = load_steps(HERE)
OPTIONS = read_options(HERE)
_OPTION_TABLES = {"opties", "eens_wlz", "buiten_trajecten"}
_READ_AS = {"indicaties": "indicatiebesluiten"}
"""What the steps call an input whose name is also that of a result."""

INPUTS = sorted({*(outside_inputs(STEPS) - _OPTION_TABLES - set(_READ_AS.values())), *_READ_AS})
TABLES, COLUMNS = read_described(HERE)


@dataclass(frozen=True)
class Choices:
    """What a user may choose. Without a `closing_date` it is so long before the end of the data as the window after."""

    gap: int = OPTIONS["aansluiting"]
    closing_date: date | None = None
    once_wlz: bool = True
    start_years: tuple[int, int] = (OPTIONS["startjaren"][0], OPTIONS["startjaren"][1])


def compute(
    backend: Backend,
    inputs: Mapping[str, Path],
    choices: Choices,
    work: Path,
    directory: Path,
    progress: Callable[[str], None],
) -> dict[str, int]:
    """Run all steps and write every table of `TABLES` to `directory` as Parquet; returns the rows of each.

    `inputs` gives a Parquet file, typed as the schema, for every name in `INPUTS`.
    """
    given = {_READ_AS.get(name, name): inputs[name] for name in INPUTS}
    given |= option_tables(_option_tables(choices), work)
    return run_steps(backend, STEPS, TABLES, given, directory, progress)


def _option_tables(choices: Choices) -> dict[str, pa.Table]:
    first, last = choices.start_years
    whole = {
        "aansluiting": choices.gap,
        "eerste_jaar": first,
        "laatste_jaar": last,
        "venster_voor": OPTIONS["venster_voor"],
        "venster_na": OPTIONS["venster_na"],
        "termijn_indicatie": OPTIONS["termijn_indicatie"],
        "herstel_profiel": OPTIONS["herstelprofiel"]["zorgprofiel"],
    }
    one = {name: pa.array([value], pa.int32()) for name, value in whole.items()}
    one["sluitdatum"] = pa.array([choices.closing_date], pa.date32())
    one["herstel_sector"] = pa.array([OPTIONS["herstelprofiel"]["sector"]], pa.string())
    outside = [(form, kind) for form, kinds in OPTIONS["buiten_trajecten"].items() for kind in kinds]
    return {
        "opties": pa.table(one),
        "eens_wlz": pa.table(
            {"zorgvorm": pa.array(OPTIONS["eens_wlz_altijd_wlz"] if choices.once_wlz else [], pa.string())}
        ),
        "buiten_trajecten": pa.table(
            {
                "zorgvorm": pa.array([form for form, _ in outside], pa.string()),
                "categorie": pa.array([kind for _, kind in outside], pa.string()),
            }
        ),
    }
