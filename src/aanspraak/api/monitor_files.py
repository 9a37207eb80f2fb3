"""What is chosen of a table as a file: CSV as spreadsheets read it, Excel or Parquet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from aanspraak.monitor.result_manifest import Table
from aanspraak.monitor.results import Result
from aanspraak.monitor.results_rows import Choice, chosen

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}

SYNTHETIC = "synthetisch"
"""The column that synthetic rows carry, and the word in the name of their file."""


def disposition(result: Result, table: Table, kind: str, how: str = "attachment") -> str:
    """The header that says what a file of a table or figure is called."""
    mark = f"-{SYNTHETIC}" if result.manifest.synthetisch else ""
    return f"{how}; filename*=UTF-8''{quote(f'{result.name}-{table.naam}{mark}.{kind}', safe='')}"


def table_file(result: Result, table: Table, choice: Choice, kind: str) -> bytes:
    """All chosen rows, with codes and not words; of synthetic data every row says so. Raises `UserError`."""
    # here and not above: a server without results does without these, and starts sooner
    import duckdb
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    from aanspraak.api.sheets import write_csv, write_excel

    rows = chosen(result, table, choice)
    if result.manifest.synthetisch:
        rows = rows.append_column(SYNTHETIC, pa.array(["ja"] * rows.num_rows, pa.string()))
    with TemporaryDirectory(prefix="aanspraak-") as folder, duckdb.connect() as con:
        source, target = Path(folder) / "rijen.parquet", Path(folder) / f"tabel.{kind}"
        pq.write_table(rows, source)
        if kind == "parquet":
            return source.read_bytes()
        {"csv": write_csv, "xlsx": write_excel}[kind](con, source, target)
        return target.read_bytes()
