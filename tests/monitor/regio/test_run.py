"""The whole command: from downloaded files to a report."""

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest

from aanspraak.claims.faults import MissingSoftware
from aanspraak.cli import run as aanspraak
from aanspraak.monitor.report import require_pdf

from .downloads import lines, write

PLACES = [f"PLAATS {i}" for i in range(30)]


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("vektis")
    write(directory / "vektis_2021_gemeente.csv", lines(2021, PLACES), header="hoofdletters")
    write(directory / "vektis_2023_gemeente.csv", lines(2023, PLACES), header="afgekapt")
    write(directory / "vektis_2022_gemeente.csv", lines(2022, PLACES), delimiter=",", encoding="cp1252")
    return directory


def regio(source: Path, target: Path, *options: str) -> int:
    return aanspraak(["monitor", "regio", "--invoer", str(source), "--uitvoer", str(target), *options])


def test_the_report_says_what_the_figures_show(downloads: Path, tmp_path: Path) -> None:
    assert regio(downloads, tmp_path / "uit") == 0
    page = unescape((tmp_path / "uit/rapport.html").read_text())
    with (tmp_path / "uit/landelijk.csv").open() as stream:
        cost = {
            (row["soort"], row["jaar"]): float(row["kosten_per_verzekerdejaar"])
            for row in csv.DictReader(stream, delimiter=";")
        }
    sentences = re.findall(r"Van 2021 tot 2023 (stegen|daalden) de kosten van wijkverpleging .*?\(([+-].*?)%\)", page)
    first, last = cost["wijkverpleging", "2021"], cost["wijkverpleging", "2023"]
    assert [verb for verb, _ in sentences] == ["stegen" if last > first else "daalden"]
    assert float(sentences[0][1].replace(".", "").replace(",", ".")) == pytest.approx(
        100 * (last / first - 1), abs=0.06
    )
    assert page.count("<svg ") == 8
    assert "http" not in page.replace("http://www.w3.org", "")
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert "313.297.922" in page, "the published figure stands beside it"


def test_all_files_and_the_manifest_are_there(downloads: Path, tmp_path: Path) -> None:
    assert regio(downloads, tmp_path / "uit") == 0
    manifest = json.loads((tmp_path / "uit/manifest.json").read_text())
    assert manifest["stap"] == "regio"
    assert manifest["synthetisch"] is False
    assert [one["jaar"] for one in manifest["invoer"]] == [2021, 2022, 2023]
    names = {file.name for file in (tmp_path / "uit").iterdir()}
    assert {"gemeentecijfers.csv", "groei.csv", "landelijk.csv", "ruis.csv", "rapport.html"} <= names
    assert "werk" not in names
    assert regio(downloads, tmp_path / "nogeens") == 0
    assert json.loads((tmp_path / "nogeens/manifest.json").read_text())["uitvoer"] == manifest["uitvoer"]


def test_one_year_gives_a_report_without_growth_or_interval(downloads: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/2023.csv").write_bytes((downloads / "vektis_2023_gemeente.csv").read_bytes())
    assert regio(tmp_path / "in", tmp_path / "uit") == 0
    page = (tmp_path / "uit/rapport.html").read_text()
    assert "In 2023 waren de kosten van wijkverpleging per verzekerd jaar" in page
    assert "De gegevens bevatten hiervoor niets." in page
    assert "hele interval boven 1 en die" not in page


def test_the_report_as_pdf(downloads: Path, tmp_path: Path) -> None:
    try:
        require_pdf()
    except MissingSoftware as missing:
        pytest.skip(str(missing))
    assert regio(downloads, tmp_path / "uit", "--pdf") == 0
    assert (tmp_path / "uit/rapport.pdf").read_bytes().startswith(b"%PDF")


def test_faulty_files_leave_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    made = [{k: v for k, v in one.items() if k != "kosten_eerstelijnsverblijf"} for one in lines(2022, PLACES)]
    write(tmp_path / "in/2022.csv", made)
    assert regio(tmp_path / "in", tmp_path / "uit") == 5
    assert "kolom kosten_eerstelijnsverblijf: de kolom ontbreekt in 2022" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["in"]
