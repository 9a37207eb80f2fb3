"""`aanspraak synthese`."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aanspraak.cli import run


def test_it_writes_a_data_set_and_says_that_it_is_synthetic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "uit"
    options = ["--uitvoer", str(target), "--schaal", "0.002", "--zaad", "3", "--formaat", "csv"]
    assert run(["synthese", *options]) == 0
    shown = capsys.readouterr().out
    assert "wlz_declaraties: " in shown
    assert "synthetisch" in shown
    manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    assert (manifest["zaad"], manifest["schaal"], manifest["formaat"]) == (3, 0.002, "csv")
    assert (target / "wlz_declaraties.csv").read_text("utf-8").startswith("client;prestatiecode;begindatum")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "bestaat al. Kies met --uitvoer een nieuwe map"),
        (["--schaal", "0"], "De schaal 0.0 kan niet. Kies een getal van 0.001 tot en met 10."),
        (["--zaad", "-4"], "Het zaad -4 kan niet. Kies een heel getal van 0 of hoger."),
        (["--formaat", "xlsx"], "bij --formaat"),
        (["--schaal", "nan"], "De schaal nan kan niet."),
    ],
)
def test_a_mistake_is_told_in_dutch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    (tmp_path / "mijn.txt").touch()
    assert run(["synthese", "--uitvoer", str(tmp_path), *options]) == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert [path.name for path in tmp_path.iterdir()] == ["mijn.txt"]


def test_a_polite_kill_leaves_nothing(tmp_path: Path) -> None:
    program = "from aanspraak.cli import main; main()"
    command = [sys.executable, "-c", program, "synthese", "--uitvoer", str(tmp_path / "uit"), "--schaal", "0.1"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".uit*/wlz_declaraties.parquet")) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 143
    assert list(tmp_path.iterdir()) == []
