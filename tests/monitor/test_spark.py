"""Spark, on this machine and on a cluster: the files are those of DuckDB."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest

from aanspraak.claims.faults import UserError
from aanspraak.monitor.leveringsvormen.compute import TABLES

pytestmark = pytest.mark.spark


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of Spark Connect, in a Java machine of its own, that sees the files of this one."""
    home = Path(pytest.importorskip("pyspark", reason="PySpark ontbreekt: uv sync --extra spark").__file__).parent
    pytest.importorskip("grpc", reason="grpcio ontbreekt: uv sync --extra spark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java ontbreekt: Spark heeft Java 17 of hoger nodig (apt-get install openjdk-17-jre-headless)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    work = tmp_path_factory.mktemp("cluster")
    settings = {
        "spark.connect.grpc.binding.port": port,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": 2,
        "spark.sql.warehouse.dir": work / "warehouse",
    }
    options = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    main = "org.apache.spark.sql.connect.service.SparkConnectServer"
    start = [home / "bin/spark-submit", "--master", "local[2]", "--class", main, *options, "spark-internal"]
    with (work / "log").open("w") as log:
        server = subprocess.Popen(start, cwd=work, stdout=log, stderr=log, env={**os.environ, "SPARK_HOME": str(home)})
        try:
            _wait_for(port, server, work / "log")
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_both_engines_give_the_same_files(claims: Path, result: Path, tmp_path: Path) -> None:
    done = on_spark(claims, tmp_path / "uit", os.environ)
    assert done.returncode == 0, done.stderr
    assert_same(tmp_path / "uit", result)


def test_a_cluster_gives_the_same_files(claims: Path, result: Path, tmp_path: Path, cluster: str) -> None:
    """A server of Spark Connect; the machine that asks has no Java."""
    done = on_spark(claims, tmp_path / "uit", {"SPARK_REMOTE": cluster})
    assert done.returncode == 0, done.stderr
    assert_same(tmp_path / "uit", result)
    manifest = json.loads((tmp_path / "uit/manifest.json").read_text())
    assert manifest["backend"] == {"naam": "spark", "versie": version("pyspark")}


def test_a_cluster_that_does_not_answer_or_share_the_directory_is_explained(
    claims: Path, tmp_path: Path, cluster: str
) -> None:
    here = Path("/proc/self/cwd")  # the same name for another directory in the process of the server
    if not here.exists():
        pytest.skip("dit systeem heeft geen /proc")
    (tmp_path / "in").symlink_to(claims)
    nobody = "Er antwoordt geen Spark-server op SPARK_REMOTE=computer:1."
    apart = f"De Spark-server op {cluster} deelt de map {here} niet met deze computer"
    for source, target, address, words in (
        (claims, tmp_path / "uit", "computer:1;token=geheim", nobody),
        (claims, here / "uit", cluster, apart),
        (here / "in", tmp_path / "uit", cluster, f"De Spark-server ziet {here}/in/"),
    ):
        done = on_spark(source, target, {"SPARK_REMOTE": address}, tmp_path)
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert "geheim" not in done.stderr
        assert "Warning" not in done.stderr
        assert done.returncode == UserError.code
        assert [file.name for file in tmp_path.iterdir()] == ["in"]


def on_spark(
    claims: Path, target: Path, environment: Mapping[str, str], at: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """In a process of its own: a session of Spark belongs to one directory."""
    program = [sys.executable, "-c", "import sys; from aanspraak.cli import main; sys.exit(main())"]
    options = ["monitor", "leveringsvormen", "--invoer", claims, "--uitvoer", target, "--backend", "spark"]
    return subprocess.run([*program, *options], capture_output=True, text=True, check=False, env=environment, cwd=at)


def assert_same(one: Path, other: Path) -> None:
    for name in TABLES:
        assert (one / f"{name}.csv").read_bytes() == (other / f"{name}.csv").read_bytes(), name
        types = [duckdb.read_parquet(str(directory / f"{name}.parquet")).types for directory in (one, other)]
        assert types[0] == types[1], name
