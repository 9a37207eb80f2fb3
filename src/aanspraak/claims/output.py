"""Result directories: complete or not there at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from aanspraak.claims.backends.duckdb import sql_path
from aanspraak.claims.faults import UserError


@contextmanager
def output_directory(target: Path) -> Iterator[Path]:
    """A hidden sibling of `target` to write in; it becomes `target` only when the block ends well.

    What a killed run left behind is removed. Raises `UserError` when `target` already holds something or cannot be
    made.
    """
    target = target.absolute()
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise UserError(f"{target} bestaat al. Kies met --uitvoer een nieuwe map, of verwijder deze eerst.")
    unfinished = target.with_name(f".{target.name}.onaf")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
    except OSError as error:
        reason = error.strerror or "onbekende fout"
        raise UserError(f"{target} is niet te maken ({reason}). Kies met --uitvoer een andere map.") from error
    try:
        yield unfinished
        if target.exists():
            target.rmdir()
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def csv_beside(parquet: Path) -> Path:
    """The same table as CSV beside its Parquet file: semicolons, decimal points, ISO dates."""
    csv = parquet.with_suffix(".csv")
    with duckdb.connect() as con:
        con.execute("SET preserve_insertion_order = true")
        con.read_parquet(str(parquet)).create_view("tabel")
        con.execute(f"COPY tabel TO {sql_path(csv)} (HEADER, DELIMITER ';')")
    return csv
