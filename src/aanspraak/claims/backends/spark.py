"""Spark: the same steps, translated by sqlglot, for data that outgrows one machine."""

import os
import shutil
import warnings
from pathlib import Path

import duckdb
import sqlglot
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import SparkSession

from aanspraak.claims.backends.duckdb import write_sorted
from aanspraak.claims.faults import MissingSoftware, UserError
from aanspraak.claims.steps import DIALECT, Step

REMOTE = "SPARK_REMOTE"
"""The environment variable in which Spark's own programs look for a cluster that speaks Spark Connect."""

_PATIENCE = 30
"""Seconds to wait for the cluster: by itself the client keeps trying for many minutes."""

_SAME_RESULTS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}


class SparkBackend:
    name = "spark"

    def __init__(self, work: Path) -> None:
        self._work = work
        remote = os.environ.get(REMOTE)
        self._spark = _cluster(remote, work) if remote else _local(work)
        for setting, value in _SAME_RESULTS.items():
            self._spark.conf.set(setting, value)
        self.version = self._spark.version

    def read(self, name: str, parquet: Path) -> None:
        try:
            self._spark.read.parquet(_url(parquet)).createOrReplaceTempView(name)
        except AnalysisException as error:
            if error.getCondition() != "PATH_NOT_FOUND":
                raise
            raise UserError(
                f"De Spark-server ziet {parquet} niet. Zet de gegevens in een map die daar dezelfde naam heeft."
            ) from error

    def run(self, step: Step) -> None:
        result = self._spark.sql(translate(step.sql))
        if not step.kept:
            result.createOrReplaceTempView(step.name)
            return
        # On disk a result is computed once and its plan ends there; a cache could be dropped and computed again.
        result.write.mode("overwrite").parquet(_url(self._kept(step.name)))
        self.read(step.name, self._kept(step.name))

    def write(self, name: str, order: tuple[str, ...], parquet: Path) -> int:
        unsorted = self._work / f"{name}.uitvoer"
        self._spark.table(name).write.mode("overwrite").parquet(_url(unsorted))
        with duckdb.connect() as con:
            # One writer for all engines: the files of a run do not depend on the engine.
            con.execute("SET temp_directory = ?", [str(self._work)])
            con.read_parquet(str(unsorted / "*.parquet")).create_view(name)
            return write_sorted(con, name, order, parquet)

    def close(self) -> None:
        self._spark.stop()

    def _kept(self, name: str) -> Path:
        return self._work / f"{name}.stap"


def translate(sql: str) -> str:
    """A step in Spark's dialect; what sqlglot cannot translate is an error, never a guess."""
    return sqlglot.transpile(sql, read=DIALECT, write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]


def _url(path: Path) -> str:
    """A file of this machine, also where the cluster has another file system of its own."""
    return f"file://{path.absolute()}"


def _local(work: Path) -> SparkSession:
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise MissingSoftware("Spark heeft Java 17 of nieuwer nodig. Installeer Java of zet JAVA_HOME.")
    return (
        SparkSession.builder.master("local[*]")
        .appName("aanspraak")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", str(os.cpu_count()))
        .config("spark.local.dir", str(work))
        .config("spark.sql.warehouse.dir", str(work / "warehouse"))
        .config("spark.log.level", "ERROR")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )


def _cluster(remote: str, work: Path) -> SparkSession:
    """A session on the cluster at `remote` (sc://host:port), which has to share `work` with this machine."""
    # The client says of itself that it knows pandas 2 best; nothing here goes through pandas.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    try:
        import grpc  # type: ignore[import-untyped]
        from pyspark.sql.connect.client import DefaultChannelBuilder
    except ImportError as error:
        raise MissingSoftware(
            "Spark Connect mist een pakket. Installeer het met: pip install 'aanspraak[spark]'."
        ) from error
    address = remote.partition(";")[0]  # what comes after may hold a password
    try:
        grpc.channel_ready_future(DefaultChannelBuilder(remote).toChannel()).result(_PATIENCE)
    except (PySparkException, grpc.FutureTimeoutError) as error:
        raise UserError(
            f"Er antwoordt geen Spark-server op {REMOTE}={address}. Geef daar sc://computer:poort van een server met"
            " Spark Connect, of verwijder de variabele voor Spark op deze computer."
        ) from error
    session = SparkSession.builder.remote(remote).getOrCreate()
    probe = work / "proef"
    try:
        session.range(1).write.parquet(_url(probe))
        seen = any(probe.glob("*.parquet"))
        shutil.rmtree(probe)
    except (PySparkException, OSError):
        seen = False
    if not seen:
        session.stop()
        raise UserError(
            f"De Spark-server op {address} deelt de map {work.parent.parent} niet met deze computer. Kies met --uitvoer"
            " een map die hij onder dezelfde naam ziet en mag beschrijven."
        )
    return session
