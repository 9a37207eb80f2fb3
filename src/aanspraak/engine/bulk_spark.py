"""The same run with the rows decided by Spark (extra `spark`): DuckDB reads and checks, Spark runs the SQL."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import duckdb
from sqlglot import exp

from aanspraak.engine import bulk
from aanspraak.engine.bulk_run import Run
from aanspraak.engine.model import UserError


def require() -> None:
    """Raises UserError with what to install where PySpark or Java is missing."""
    if find_spec("pyspark") is None:
        raise UserError(
            "PySpark ontbreekt. Installeer het met: pip install 'aanspraak[spark]', of kies --backend duckdb."
        )
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise UserError("Java ontbreekt; Spark heeft Java 17 of hoger nodig. Installeer het, of kies --backend duckdb.")


def write(con: duckdb.DuckDBPyConnection, run: Run, target: Path) -> None:
    """Decide every row in Spark (the session there is, or a local one) and write the output in the input's order.
    The files in between stand beside the target."""
    from pyspark.sql import SparkSession  # an optional extra

    cases, decided = target.with_name("gevallen.parquet"), target.with_name("beslist")
    con.sql(bulk.relation(run, "spark").sql("duckdb")).write_parquet(str(cases))
    quiet: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    spark = SparkSession.builder.master("local[*]").config(map=quiet).getOrCreate()
    spark.read.parquet(cases.resolve().as_uri()).createOrReplaceTempView(bulk.CASES)
    spark.sql(bulk.query(run, "spark").sql("spark")).write.parquet(decided.resolve().as_uri())
    con.read_parquet(str(decided / "*.parquet")).create_view("beslist")
    ordered = exp.select("*").from_("beslist").order_by(bulk.ROW)
    bulk.save(con.sql(bulk.output(run, ordered).sql("duckdb")), run, target)
