"""The whole command: from the directory of a monitor to one that may go out."""

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from aanspraak.claims.faults import MissingSoftware
from aanspraak.cli import run as aanspraak
from aanspraak.monitor.publication.publish import Unsafe
from aanspraak.monitor.publication.tables import available, read_set
from aanspraak.monitor.report import require_pdf

from ..datasets import together, write
from ..test_method import generated
from .small import trajectories


@pytest.fixture(scope="module")
def monitored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("monitor")
    (directory / "in").mkdir()
    write(together(generated(600)), directory / "in")
    arguments = ["--invoer", str(directory / "in"), "--uitvoer", str(directory / "uit")]
    assert aanspraak(["monitor", "leveringsvormen", *arguments]) == 0
    return directory / "uit"


def publicatie(source: Path, target: Path, *options: str) -> int:
    return aanspraak(["publicatie", "--invoer", str(source), "--uitvoer", str(target), *options])


def cells(directory: Path, table: str) -> list[dict[str, str]]:
    with (directory / f"{table}.csv").open() as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def test_published_numbers_are_the_rounded_numbers_of_the_monitor(monitored: Path, tmp_path: Path) -> None:
    assert publicatie(monitored, tmp_path / "uit") == 0
    true = {
        (sector, form, str(year)): months / 12
        for sector, form, year, months in duckdb.sql(
            f"SELECT sector, bekostiging, year(maand), count(*) FROM '{monitored}/clientmaanden.parquet' GROUP BY ALL"
        ).fetchall()
    }
    shown = 0
    for cell in cells(tmp_path / "uit", "clienten_per_sector_en_bekostiging"):
        sector = None if cell["sector"] == "onbekend" else cell["sector"]
        weighted = true.pop((sector, cell["bekostiging"], cell["jaar"]))
        if cell["cel"] == "getoond":
            shown += 1
            assert int(cell["clienten"]) == int((weighted + 5) // 10) * 10 >= 10
        else:
            assert not any(cell[name] for name in ("clienten", "dagen", "uitgaven_wlz", "aandeel", "wlz_per_dag"))
        assert weighted >= 10 or cell["cel"] in ("<10", "onderdrukt")
        assert cell["cel"] != "<10" or 0 < weighted < 10
    assert shown > 5
    assert not true, "every cell is in the table, published or suppressed"


def test_unique_clients_and_paramedical_care_are_those_of_the_monitor(monitored: Path, tmp_path: Path) -> None:
    assert publicatie(monitored, tmp_path / "uit") == 0
    for table, count, key, monitor, of in (
        ("clienten_per_sector_en_bekostiging", "unieke_clienten", ("sector", "bekostiging"), "clienten_per_jaar",
         "unieke_clienten"),
        ("paramedische_zorg_zvw", "clienten_zvw", ("leveringsvorm",), "paramedische_zorg_zvw",
         "clienten_met_paramedische_zorg_zvw"),
        ("paramedische_behandeling_wlz", "clienten_wlz", ("prestatiecode", "leveringsvorm"), "paramedische_zorg_wlz",
         "clienten"),
        ("algemeen_of_specifiek", "clienten_zonder_wlz", ("sector", "bekostiging"), "algemeen_of_specifiek",
         "zonder_paramedische_zorg_wlz"),
    ):  # fmt: skip
        columns = ", ".join(f"coalesce({name}, 'onbekend')" for name in key)
        rows = duckdb.sql(f"SELECT {columns}, jaar, {of} FROM '{monitored}/{monitor}.parquet'").fetchall()
        true = {(*names, str(year)): n for *names, year, n in rows}
        shown = [one for one in cells(tmp_path / "uit", table) if one[count]]
        assert shown, table
        for cell in shown:
            n = true[*(cell[name] for name in key), cell["jaar"]]
            assert int(cell[count]) == (n + 5) // 10 * 10, (table, cell)
            assert n == 0 or n >= 10


def test_shares_and_means_follow_from_what_is_published(monitored: Path, tmp_path: Path) -> None:
    assert publicatie(monitored, tmp_path / "uit") == 0
    whole = {(one["groep"], one["jaar"]): one["clienten"] for one in cells(tmp_path / "uit", "clienten_per_groep")}
    seen = 0
    for cell in cells(tmp_path / "uit", "clienten_per_groep_en_bekostiging"):
        if cell["aandeel"]:
            seen += 1
            expected = int(cell["clienten"]) / int(whole[cell["groep"], cell["jaar"]])
            assert float(cell["aandeel"]) == pytest.approx(expected, abs=0.0006)
        if cell["wlz_per_dag"]:
            assert float(cell["wlz_per_dag"]) == pytest.approx(
                int(cell["uitgaven_wlz"]) / int(cell["dagen"]), abs=0.006
            )
    assert seen > 5


def test_the_manifest_and_report_say_that_it_is_safe_and_hold_no_number_of_the_input(
    monitored: Path, tmp_path: Path
) -> None:
    assert publicatie(monitored, tmp_path / "uit") == 0
    manifest = json.loads((tmp_path / "uit/manifest.json").read_text())
    assert manifest["veilig"] is True
    assert manifest["nauwer_te_bepalen"] == 0
    assert manifest["primair_onderdrukt"] > 0
    assert "correcties" not in manifest
    assert not [one for one in manifest["tabellen"] if one["per_client"]]
    for file in (tmp_path / "uit").glob("*.parquet"):
        assert "client" not in duckdb.read_parquet(str(file)).columns
    page = (tmp_path / "uit/rapport.html").read_text()
    assert "ja: de aanval vindt niets" in page
    assert "&lt;10" in page
    assert "ONVEILIG" not in page


def test_the_way_of_the_source_is_marked_unsafe_wherever_it_is_shown(
    monitored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publicatie(monitored, tmp_path / "uit", "--bronwijze") == 0
    assert "Onveilig" in capsys.readouterr().err
    manifest = json.loads((tmp_path / "uit/manifest.json").read_text())
    assert manifest["veilig"] is False
    assert manifest["nauwer_te_bepalen"] > 0
    assert manifest["secundair_onderdrukt"] == 0
    tables = list((tmp_path / "uit").glob("*.csv"))
    assert tables
    assert all(file.stem.endswith("_onveilig") for file in tables)
    page = (tmp_path / "uit/rapport.html").read_text()
    headings = [part.split("</h")[0] for part in page.split("<h")[1:] if part[:1] in "123"]
    assert sum("ONVEILIG: " in one for one in headings) == len(headings) - 1, "all but the one on the method"


def test_the_report_as_pdf(monitored: Path, tmp_path: Path) -> None:
    try:
        require_pdf()
    except MissingSoftware as missing:
        pytest.skip(str(missing))
    assert publicatie(monitored, tmp_path / "uit", "--pdf") == 0
    assert (tmp_path / "uit/rapport.pdf").read_bytes().startswith(b"%PDF")


def test_a_publication_that_does_not_stand_is_refused(
    monitored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault in the suppression is planted: only the primary cells are left out."""
    monkeypatch.setattr("aanspraak.monitor.publication.publish.protect", lambda problem: problem.primary)
    assert publicatie(monitored, tmp_path / "uit") == Unsafe.code
    assert "De publicatie is niet veilig" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_no_monitor_made_is_named(
    monitored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "leeg").mkdir()
    assert publicatie(tmp_path / "leeg", tmp_path / "uit") == 5
    assert "manifest.json" in capsys.readouterr().err
    assert publicatie(tmp_path / "weg", tmp_path / "uit") == 2
    shutil.copytree(monitored, tmp_path / "half")
    (tmp_path / "half/clientmaanden.parquet").unlink()
    assert publicatie(tmp_path / "half", tmp_path / "uit") == 5
    assert "clientmaanden.parquet: het bestand ontbreekt" in capsys.readouterr().err
    (tmp_path / "half/clientmaanden.parquet").write_text("geen Parquet")
    assert publicatie(tmp_path / "half", tmp_path / "uit") == 5
    assert "clientmaanden.parquet: is geen leesbaar Parquet-bestand" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


def test_an_empty_monitor_gives_an_empty_publication(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write({**together([]), "prestaties": [], "zorgzwaartepakketten": []}, tmp_path / "in")
    arguments = ["--invoer", str(tmp_path / "in"), "--uitvoer", str(tmp_path / "monitor")]
    assert aanspraak(["monitor", "leveringsvormen", *arguments]) == 0
    assert publicatie(tmp_path / "monitor", tmp_path / "uit") == 0
    assert cells(tmp_path / "uit", "clienten_per_groep") == []


@pytest.mark.parametrize("monitor", available())
def test_every_set_names_what_it_uses(monitor: str) -> None:
    wanted = read_set(monitor)
    dimensions = {table.all_dimensions for table in wanted.tables}
    assert wanted.person
    for table in wanted.tables:
        assert set(table.measures) <= wanted.measures.keys()
        assert wanted.measures[table.measures[0]].counts
        assert {*table.dimensions, "cel", *table.columns} <= wanted.columns.keys()
        assert {one for mean in table.means for one in mean[1:]} <= set(table.measures)
        assert table.within is None or table.within in dimensions
        alike = [one for one in wanted.tables if set(one.all_dimensions) == set(table.all_dimensions)]
        assert len({one.all_dimensions for one in alike}) == 1, "the numbers of the same cells are in one place"
    for measure in wanted.measures.values():
        assert {measure.part_of, *measure.sum_of} - {""} <= wanted.measures.keys()
        assert wanted.places(measure), "every measure is in a table, and its tables tie no circle"


def test_trajectories_are_published_by_the_same_command(tmp_path: Path) -> None:
    trajectories(tmp_path / "monitor")
    assert publicatie(tmp_path / "monitor", tmp_path / "uit") == 0
    # 200 trajectories a year, of 197 users; of those 10 and 0 for a stroke
    (even, odd) = cells(tmp_path / "uit", "trajecten_per_zorgvorm")
    assert (even["jaar"], even["trajecten"], even["gebruikers"], even["ligdagen"]) == ("2020", "200", "200", "6000")
    (left_out,) = cells(tmp_path / "uit", "niet_afgerond")
    assert (left_out["afloop"], left_out["trajecten"]) == ("na_sluitdatum", "30")
    every = {cell["jaar"]: cell["trajecten"] for cell in cells(tmp_path / "uit", "verblijven_per_zorgvorm")}
    assert every == {"2020": "200", "2021": "230"}
    assert (odd["trajecten"], odd["kosten"], odd["gemiddelde_ligduur"]) == ("200", "1800000", "30.0")
    strokes = [cell for cell in cells(tmp_path / "uit", "trajecten_per_categorie") if cell["categorie"] == "cva"]
    assert [cell["jaar"] for cell in strokes] == ["2020"], "a real zero is not there"
    small = [cell["cel"] for cell in cells(tmp_path / "uit", "week_voor") if cell["week_voor"] == "thuis_met_wlz"]
    assert small == ["onderdrukt"], "what is under ten in two parts is not marked as such"
    assert json.loads((tmp_path / "uit/manifest.json").read_text())["nauwer_te_bepalen"] == 0
