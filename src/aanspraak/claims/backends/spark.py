"""Spark: the same steps, translated by sqlglot, for data that outgrows one machine."""

import os
import shutil
from pathlib import Path

import duckdb
import pyspark
import sqlglot
from pyspark.sql import SparkSession

from aanspraak.claims.backends.duckdb import write_sorted
from aanspraak.claims.faults import MissingSoftware
from aanspraak.claims.steps import DIALECT, Step


class SparkBackend:
    name = "spark"
    version = pyspark.__version__

    def __init__(self, work: Path) -> None:
        self._work = work
        self._spark = _session(work)

    def read(self, name: str, parquet: Path) -> None:
        self._spark.read.parquet(str(parquet)).createOrReplaceTempView(name)

    def run(self, step: Step) -> None:
        result = self._spark.sql(translate(step.sql))
        if not step.kept:
            result.createOrReplaceTempView(step.name)
            return
        # On disk a result is computed once and its plan ends there; a cache could be dropped and computed again.
        result.write.mode("overwrite").parquet(str(self._kept(step.name)))
        self.read(step.name, self._kept(step.name))

    def write(self, name: str, order: tuple[str, ...], parquet: Path) -> int:
        with duckdb.connect() as con:
            # One writer for all engines: the files of a run do not depend on the engine.
            con.execute("SET temp_directory = ?", [str(self._work)])
            con.read_parquet(str(self._kept(name) / "*.parquet")).create_view(name)
            return write_sorted(con, name, order, parquet)

    def close(self) -> None:
        self._spark.stop()

    def _kept(self, name: str) -> Path:
        return self._work / f"{name}.stap"


def translate(sql: str) -> str:
    """A step in Spark's dialect; what sqlglot cannot translate is an error, never a guess."""
    return sqlglot.transpile(sql, read=DIALECT, write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]


def _session(work: Path) -> SparkSession:
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise MissingSoftware("Spark heeft Java 17 of nieuwer nodig. Installeer Java of zet JAVA_HOME.")
    return (
        SparkSession.builder.master("local[2]")
        .appName("aanspraak")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", str(work))
        .config("spark.sql.warehouse.dir", str(work / "warehouse"))
        .config("spark.log.level", "ERROR")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
