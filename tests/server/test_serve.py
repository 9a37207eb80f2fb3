"""`aanspraak serve` as it is typed."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from aanspraak.cli import run


def test_it_says_where_and_stops_in_order(tmp_path: Path) -> None:
    command = [Path(sys.executable).parent / "aanspraak", "serve", "--poort", "0", "--map", tmp_path]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PYTHONUNBUFFERED": "1"}
    ) as server:
        assert server.stdout
        assert server.stderr
        address = server.stdout.readline().split()[1]
        for _ in range(100):
            try:
                said = httpx.get(f"{address}/v1/besluiten")
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        assert said.status_code == 200
        httpx.get(f"{address}/v1/regels", params={"zoek": "verzonnen"})
        server.send_signal(signal.SIGINT)
        assert server.wait(10) in (0, 130)
        assert "verzonnen" not in server.stdout.read() + server.stderr.read()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "voorbeeld.example"])  # noqa: S104 - refused
def test_beyond_this_machine_is_refused(host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--host", host, "--map", str(tmp_path)]) == 2
    assert "is inloggen nodig. Zet AANSPRAAK_OIDC_ISSUER" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--poort", str(port), "--map", str(tmp_path)]) == 2
    assert f"--poort {port}: is niet te gebruiken" in capsys.readouterr().err
