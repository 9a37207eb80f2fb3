"""A real PostgreSQL server for the tests, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_SETTINGS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c unix_socket_directories={}"


@contextmanager
def postgres() -> Iterator[str]:
    """The SQLAlchemy URL of its database."""
    if not (programs := _programs()):
        pytest.skip("PostgreSQL ontbreekt: apt-get install postgresql")
    pytest.importorskip("psycopg", reason="psycopg ontbreekt: uv sync --extra postgres")
    with TemporaryDirectory(prefix="aanspraak-pg-", ignore_cleanup_errors=True) as name:
        folder, data = Path(name), Path(name) / "data"
        if os.geteuid() == 0:  # PostgreSQL will not run as root
            shutil.chown(folder, "nobody")

        def run(program: str, *arguments: str) -> None:
            as_nobody = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
            command = [*as_nobody, programs / program, "-D", data, *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

        run("initdb", "--auth=trust", "--username=proef", "--no-sync", "--locale=C.UTF-8")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", _SETTINGS.format(folder), "start")
        try:
            yield f"postgresql://proef@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


def _programs() -> Path | None:
    """Where initdb and pg_ctl are: of the newest version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None
