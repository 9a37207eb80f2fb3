"""What every result folder has in common: it describes itself, and it can be made again."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aanspraak.cli import run as aanspraak
from aanspraak.cli.terminal import FOUND
from aanspraak.monitor.figures import open_results, stored_exhibits
from aanspraak.monitor.leveringsvormen.compute import TABLES
from aanspraak.monitor.leveringsvormen.figures import exhibits

from .datasets import write
from .regio import downloads
from .trajecten.histories import histories

KINDS = {"dimensie", "aantal", "euro", "dagen", "aandeel", "verhouding", "cel", "overig"}


@pytest.fixture(scope="module")
def made(claims: Path, result: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """What each command was given and the folder that it made."""
    here = tmp_path_factory.mktemp("mappen")
    (here / "verblijven").mkdir()
    write(histories(400, 1), here / "verblijven")
    (here / "vektis").mkdir()
    for year in (2021, 2022):
        downloads.write(here / f"vektis/{year}.csv", downloads.lines(year, ["URK", "VAALS"]))
    found = {"leveringsvormen": (claims, result)}
    for name, source, *command in (
        ("trajecten", here / "verblijven", "monitor", "trajecten", "--aansluiting", "2", "--sluitdatum", "2023-06-30"),
        ("regio", here / "vektis", "monitor", "regio"),
        ("publicatie", result, "publicatie"),
    ):
        found[name] = source, here / name
        assert aanspraak([*command, "--invoer", str(source), "--uitvoer", str(here / name)]) == 0
    return found


@pytest.mark.parametrize("name", ["leveringsvormen", "trajecten", "regio", "publicatie"])
def test_the_manifest_describes_every_table_and_figure(made: dict[str, tuple[Path, Path]], name: str) -> None:
    _, folder = made[name]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["stap"], manifest["synthetisch"]) == (name, False)
    assert manifest["veilig"] is (name in ("regio", "publicatie"))
    assert f"<h1>{manifest['titel']}</h1>" in (folder / "rapport.html").read_text()
    assert {f"{one['naam']}.parquet" for one in manifest["tabellen"]} == {one.name for one in folder.glob("*.parquet")}
    for table in manifest["tabellen"]:
        data = duckdb.read_parquet(str(folder / table["bestand"]))
        assert (folder / table["bestand"]).with_suffix(".csv").is_file()
        columns = {one["naam"]: one for one in table["kolommen"]}
        assert list(columns) == data.columns
        assert table["rijen"] == len(data)
        assert all(one["titel"] and one["soort"] in KINDS for one in columns.values())
        keys = [one["naam"] for one in columns.values() if one["soort"] == "dimensie"]
        assert len(data.project(", ".join(keys)).distinct()) == len(data), "the dimensions identify a row"
        assert table["per_client"] is ("client" in keys)
    assert {one["bestand"] for one in manifest["figuren"]} == {f"figuren/{o.name}" for o in folder.glob("figuren/*")}


def test_figures_come_back_from_the_folder_as_they_were(result: Path) -> None:
    stored = stored_exhibits(result, json.loads((result / "manifest.json").read_text())["figuren"])
    with open_results(result, TABLES) as con:
        assert stored == exhibits(con)


@pytest.mark.parametrize("name", ["leveringsvormen", "trajecten", "regio", "publicatie"])
def test_a_result_is_made_again_from_its_manifest(
    made: dict[str, tuple[Path, Path]], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, then = made[name]
    assert again(then, source, tmp_path / "nu") == 0
    assert "Elk bestand is gelijk" in capsys.readouterr().out
    one, other = manifest(then), manifest(tmp_path / "nu")
    assert one["uitvoer"] == other["uitvoer"], "the same input gives the same bytes"
    assert one["opties"] == other["opties"]


def test_a_file_that_came_out_otherwise_is_named(
    made: dict[str, tuple[Path, Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, then = made["regio"]
    first = manifest(then)["uitvoer"][0]
    text = (then / "manifest.json").read_text().replace(first["sha256"], "0" * 64)
    (tmp_path / "manifest.json").write_text(text)
    assert again(tmp_path, source, tmp_path / "anders") == FOUND
    assert f"Anders dan toen: {first['bestand']}." in capsys.readouterr().err


def again(then: Path, source: Path, target: Path) -> int:
    return aanspraak(["monitor", "herhalen", str(then), "--invoer", str(source), "--uitvoer", str(target)])


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return found
