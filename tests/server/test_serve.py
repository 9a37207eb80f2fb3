"""`aanspraak serve` as it is typed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from aanspraak.api import job_store
from aanspraak.cli import run
from aanspraak.database import connect


@contextmanager
def started(folder: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as it is typed; gives the process, and the address when it answers there."""
    command = [Path(sys.executable).parent / "aanspraak", "serve", "--poort", "0", "--map", folder]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={"PYTHONUNBUFFERED": "1", "PATH": os.environ["PATH"], **environment},
    ) as server:  # fmt: skip
        try:
            assert server.stdout
            line = server.stdout.readline()
            assert line, server.communicate()
            wait_for(lambda: answers(line.split()[1]))
            yield server, line.split()[1]
        finally:
            server.kill()


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/gezond").is_success
    except httpx.TransportError:  # refused, or let go while it waited at the door
        return False


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_it_says_where_and_stops_in_order(tmp_path: Path) -> None:
    with started(tmp_path) as (server, address):
        assert httpx.get(f"{address}/v1/besluiten").status_code == 200
        httpx.get(f"{address}/v1/regels", params={"zoek": "verzonnen"})
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=10)
        assert server.returncode in (0, 130)
        assert "verzonnen" not in out + err


def test_what_runs_is_finished_when_it_must_stop(tmp_path: Path) -> None:
    """A request that is half in is taken in whole, and nobody new is let in."""
    body = b"specifieke_kennis_nodig\nja\n"
    with started(tmp_path) as (server, address):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as sender:
            sender.sendall(
                f"POST /v1/taken?besluit=aard_paramedische_zorg HTTP/1.1\r\nHost: {host}\r\n"
                f"Content-Type: text/csv\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                + body[:10]
            )
            wait_for(lambda: any((tmp_path / "taken").glob("*/casussen.csv")))
            server.send_signal(signal.SIGTERM)
            wait_for(lambda: not answers(address))
            sender.sendall(body[10:])
            assert sender.recv(10_000).startswith(b"HTTP/1.1 202")
        server.wait(10)
    with started(tmp_path) as (_, address):
        job = next((tmp_path / "taken").iterdir()).name
        wait_for(lambda: httpx.get(f"{address}/v1/taken/{job}").json()["status"] == "klaar")


def test_a_job_that_runs_goes_back_in_the_queue(tmp_path: Path) -> None:
    rows = b"specifieke_kennis_nodig\n" + b"ja\n" * 900_000
    with started(tmp_path) as (server, address):
        made = httpx.post(
            f"{address}/v1/taken", params={"besluit": "aard_paramedische_zorg"}, content=rows,
            headers={"content-type": "text/csv"},
        )  # fmt: skip
        wait_for(lambda: httpx.get(f"{address}{made.headers['location']}").json()["status"] == "bezig")
        server.send_signal(signal.SIGTERM)
        server.wait(10)
    store = job_store.open_store(connect(tmp_path), tmp_path)
    assert job_store.counts(store) == {"wacht": 1}
    store.database.dispose()


def test_a_log_that_cannot_be_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "weg" / "logboek"
    assert run(["serve", "--poort", "0", "--map", str(tmp_path), "--logboek", str(log)]) == 2
    assert f"Logboek {log}: is niet te schrijven" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "voorbeeld.example"])  # noqa: S104 - refused
def test_beyond_this_machine_is_refused(host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--host", host, "--map", str(tmp_path)]) == 2
    assert "is inloggen nodig. Zet AANSPRAAK_OIDC_ISSUER" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--poort", str(port), "--map", str(tmp_path)]) == 2
    assert f"--poort {port}: is niet te gebruiken" in capsys.readouterr().err


def test_a_folder_without_results_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--map", str(tmp_path), "--resultaten", str(tmp_path)]) == 2
    assert f"In {tmp_path} staat geen resultaat van een monitor" in capsys.readouterr().err
