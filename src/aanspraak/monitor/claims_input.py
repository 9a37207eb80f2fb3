"""What the monitors over claims share: their input, and what their reports say of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aanspraak.claims.read import read
from aanspraak.monitor.dutch import count
from aanspraak.monitor.exhibit import Table
from aanspraak.monitor.report import Block
from aanspraak.monitor.runner import Input, Run


def read_claims(names: Sequence[str]) -> Callable[[Path, Path, Callable[[str], None]], Input]:
    """A reader of these tables of a data set."""

    def reader(source: Path, work: Path, progress: Callable[[str], None]) -> Input:
        sources, warnings = read(source, names, work, progress)
        files = [{"bestand": one.file.name, "rijen": one.rows, "sha256": one.sha256} for one in sources]
        return Input({one.table: one.parquet for one in sources}, files, warnings)

    return reader


def input_block(given: Run[Any]) -> Block:
    """The files that were read."""
    rows = tuple((one["bestand"], one["sha256"], count(one["rijen"])) for one in given.input.files)
    return Block("invoer-bestanden", "Bestanden", Table(("Bestand", "SHA-256", "Regels"), rows, names=2))
