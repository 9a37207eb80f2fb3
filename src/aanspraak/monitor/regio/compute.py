"""Run the steps on the lines of the files."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import yaml

from aanspraak.claims.backends import Backend
from aanspraak.claims.steps import load_steps

HERE = files(__package__)
STEPS = load_steps(HERE)
MERGERS: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "herindelingen.yaml").read_text(encoding="utf-8"))

TABLES = {
    "landelijk": ("soort", "jaar"),
    "gemeentecijfers": ("soort", "gemeente", "jaar"),
    "groei": ("soort", "gemeente"),
    "ruis": ("soort", "kwart"),
}
"""The tables that a run writes, with the columns that identify a row, which also sort it."""


def compute(backend: Backend, lines: Path, work: Path, progress: Callable[[str], None]) -> None:
    """Run all steps; afterwards every name in `TABLES` is a table of the engine. `lines` is what `read` wrote."""
    pairs = {
        "samengevoegd": [(old, one["naar"]) for one in MERGERS["samengevoegd"] for old in one["van"]],
        "gesplitst": [(one["van"], new) for one in MERGERS["gesplitst"] for new in one["over"]],
    }
    for name, rows in pairs.items():
        old, new = zip(*rows, strict=True)
        pq.write_table(pa.table({"oud": list(old), "nieuw": list(new)}), work / f"{name}.parquet")
        backend.read(name, work / f"{name}.parquet")
    backend.read("regels", lines)
    for step in STEPS:
        if step.kept:
            progress(f"{step.name} berekenen")
        backend.run(step)
