"""`aanspraak synthese`."""

import json
from pathlib import Path

import pytest
import typer

from aanspraak.claims.faults import UserError
from aanspraak.cli.synthese import synthese

app = typer.Typer()
app.command()(synthese)


def test_it_writes_a_data_set_and_says_that_it_is_synthetic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "uit"
    app(["--uitvoer", str(target), "--schaal", "0.002", "--zaad", "3", "--formaat", "csv"], standalone_mode=False)
    shown = capsys.readouterr().out
    assert "wlz_declaraties: " in shown
    assert "synthetisch" in shown
    manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    assert (manifest["zaad"], manifest["schaal"], manifest["formaat"]) == (3, 0.002, "csv")
    assert (target / "wlz_declaraties.csv").read_text("utf-8").startswith("client;prestatiecode;begindatum")


def test_a_mistake_is_told_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "mijn.txt").touch()
    with pytest.raises(UserError, match=r"bestaat al\. Kies met --uitvoer een nieuwe map"):
        app(["--uitvoer", str(tmp_path)], standalone_mode=False)
