"""Run the steps on the lines of the files."""

from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import yaml

from aanspraak.claims.backends import Backend
from aanspraak.claims.steps import load_steps
from aanspraak.monitor.described import read_described
from aanspraak.monitor.options import option_tables
from aanspraak.monitor.runner import run_steps

HERE = files(__package__)
STEPS = load_steps(HERE)
MERGERS: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "herindelingen.yaml").read_text(encoding="utf-8"))

TABLES, COLUMNS = read_described(HERE)


def compute(
    backend: Backend,
    inputs: Mapping[str, Path],
    _choices: None,
    work: Path,
    directory: Path,
    progress: Callable[[str], None],
) -> dict[str, int]:
    """Run all steps and write every table of `TABLES` to `directory` as Parquet; returns the rows of each.

    `inputs` gives what `read` wrote, as `regels`.
    """
    pairs = {
        "samengevoegd": [(old, one["naar"]) for one in MERGERS["samengevoegd"] for old in one["van"]],
        "gesplitst": [(one["van"], new) for one in MERGERS["gesplitst"] for new in one["over"]],
    }
    options = {
        name: pa.table({"oud": [old for old, _ in rows], "nieuw": [new for _, new in rows]})
        for name, rows in pairs.items()
    }
    given = {**inputs, **option_tables(options, work)}
    return run_steps(backend, STEPS, TABLES, given, directory, progress)
