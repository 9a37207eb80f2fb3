"""The yearly report: from the results of monitors to one that may go out."""

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest

from aanspraak.cli import run as aanspraak

from ..datasets import together, write
from ..publication.small import trajectories
from ..regio import downloads
from ..test_method import generated


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the result of every monitor; the trajectories are synthetic."""
    here = tmp_path_factory.mktemp("resultaten")
    (here / "claims").mkdir()
    write(together(generated(600)), here / "claims")
    (here / "vektis").mkdir()
    for year in (2021, 2022):
        downloads.write(here / f"vektis/{year}.csv", downloads.lines(year, ["URK", "VAALS"]))
    for monitor, source in (("leveringsvormen", "claims"), ("regio", "vektis")):
        assert aanspraak(["monitor", monitor, "--invoer", str(here / source), "--uitvoer", str(here / monitor)]) == 0
    trajectories(here / "trajecten")
    return here


def jaar(target: Path, *sources: Path) -> int:
    return aanspraak(["monitor", "jaar", *map(str, sources), "--uitvoer", str(target)])


def page(directory: Path) -> str:
    return unescape((directory / "rapport.html").read_text())


def test_all_monitors_are_in_one_report_in_a_fixed_order(results: Path, tmp_path: Path) -> None:
    order = [results / name for name in ("regio", "trajecten", "leveringsvormen")]
    assert jaar(tmp_path / "uit", *order) == 0
    text = page(tmp_path / "uit")
    assert re.findall(r'<section id="(\w+)"', text) == [
        "leveringsvormen", "trajecten", "landelijk", "spreiding", "vergelijking", "methode",
    ]  # fmt: skip
    assert "Synthetisch: verzonnen gegevens" in text
    manifest = json.loads((tmp_path / "uit/manifest.json").read_text())
    assert [one["monitor"] for one in manifest["invoer"]] == ["leveringsvormen", "trajecten", "regio"]
    assert manifest["synthetisch"] is True
    ids = [part.split('"')[0] for part in text.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert text.count("<svg ") == 4


def test_the_words_say_what_may_be_published(results: Path, tmp_path: Path) -> None:
    assert jaar(tmp_path / "uit", results / "trajecten", results / "leveringsvormen") == 0
    text = page(tmp_path / "uit")
    assert "In 2020 en in 2021 waren er 200 afgeronde trajecten GRZ." in text
    assert "In 2021 was de grootste groep na afloop «geen Wlz», met 100,0% van de trajecten." in text
    publish = ["--invoer", str(results / "leveringsvormen"), "--uitvoer", str(tmp_path / "publicatie")]
    assert aanspraak(["publicatie", *publish]) == 0
    with (tmp_path / "publicatie/clienten_per_groep.csv").open() as lines:
        shown = {
            (row["groep"], row["jaar"]): int(row["clienten"])
            for row in csv.DictReader(lines, delimiter=";")
            if row["clienten"]
        }
    years = sorted(year for group, year in shown if group == "vv")
    first, last = shown["vv", years[0]], shown["vv", years[-1]]
    verb = "steeg" if last > first else "daalde"
    assert f"Van {years[0]} tot {years[-1]} {verb} het aantal gewogen cliënten in de verpleging en verzorging" in text
    assert f"van {first} naar {last}" in text.replace(".", "")


def test_one_monitor_alone_will_do(results: Path, tmp_path: Path) -> None:
    assert jaar(tmp_path / "uit", results / "regio") == 0
    text = page(tmp_path / "uit")
    assert "Synthetisch" not in text
    assert "Hoe dit rapport beschermt" not in text, "open data need no protection"


def test_wrong_directories_are_named_and_nothing_is_written(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jaar(tmp_path / "uit", results / "regio", results / "regio") == 2
    assert "allebei van de monitor regio" in capsys.readouterr().err
    assert jaar(tmp_path / "uit", results / "vektis") == 5
    assert "noemt geen van deze monitors" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
