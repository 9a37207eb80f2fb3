"""Results are read back as they were made, or not at all; what is chosen of them is what is there."""

from __future__ import annotations

import contextvars
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aanspraak.claims.manifest import sha256
from aanspraak.errors import UserError
from aanspraak.monitor.result_manifest import Column
from aanspraak.monitor.results import Result, find_results, read_result, visible
from aanspraak.monitor.results_figures import MOST, drawing, exhibit
from aanspraak.monitor.results_rows import Choice, chosen, label, values
from aanspraak.users import Role, User, serve_to
from tests.web.results import GROUP, ODD
from tests.web.results import folder as folder
from tests.web.results import results as results

pytestmark = GROUP

Change = Callable[[dict[str, Any]], object]


def test_a_folder_gives_its_results_and_no_data_set(results: dict[str, Result], folder: Path) -> None:
    assert (folder / "nederland" / "manifest.json").is_file()
    assert {name: one.public for name, one in results.items()} == {
        "leveringsvormen": False, "publicatie": True, "trajecten": False, ODD: True,
    }  # fmt: skip
    assert results["publicatie"].sources == ["de monitor trajecten"]
    assert "wlz_declaraties.parquet" in results["leveringsvormen"].sources


def test_a_table_with_a_row_per_person_is_not_there(results: dict[str, Result], folder: Path) -> None:
    for name, table in [("leveringsvormen", "clientmaanden"), ("trajecten", "trajecten")]:
        assert (folder / name / f"{table}.parquet").is_file()
        assert table not in results[name].tables


def test_one_result_and_a_folder_of_them_can_be_given_together(folder: Path) -> None:
    assert list(find_results([folder / "trajecten", folder])) == ["trajecten", "leveringsvormen", "publicatie", ODD]


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(folder / "publicatie", tmp_path / "kopie")


def test_a_folder_without_a_result_is_refused(tmp_path: Path, folder: Path) -> None:
    for place in (tmp_path, tmp_path / "nergens"):
        with pytest.raises(UserError, match=r"geen resultaat van een monitor. Geef een map die aanspraak monitor"):
            find_results([place])
    with pytest.raises(UserError, match=r"nederland/manifest\.json: bij «stap» .* Maak het resultaat opnieuw"):
        find_results([folder / "nederland"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda m: m.pop("tabellen"), r"manifest\.json: bij «tabellen» staat niet"),
        (lambda m: m.update(synthetisch="misschien"), r"manifest\.json: bij «synthetisch» staat niet"),
        (lambda m: m["figuren"].append({"naam": "x"}), r"manifest\.json: bij «figuren\.0\.titel» staat niet"),
        (lambda m: m["tabellen"][0].update(bestand="anders.parquet"), r"anders\.parquet ontbreekt of is veranderd"),
    ],
)
def test_a_manifest_that_is_older_or_wrong_is_refused(copy: Path, change: Change, says: str) -> None:
    file = copy / "manifest.json"
    manifest = json.loads(file.read_text())
    change(manifest)
    file.write_text(json.dumps(manifest))
    with pytest.raises(UserError, match=f"{says}.*Maak het resultaat opnieuw"):
        read_result(copy)


def test_a_manifest_that_is_no_json_is_refused_by_name(copy: Path) -> None:
    (copy / "manifest.json").write_text("{")
    with pytest.raises(UserError, match=r"kopie/manifest\.json is niet te lezen"):
        find_results([copy.parent])


def test_a_table_that_was_changed_is_refused(copy: Path) -> None:
    file = copy / "trajecten_per_zorgvorm.parquet"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(UserError, match=r"trajecten_per_zorgvorm\.parquet ontbreekt of is veranderd"):
        read_result(copy)


def test_a_file_beside_the_result_is_not_read(copy: Path) -> None:
    beside, manifest = copy.parent / "geheim.parquet", json.loads((copy / "manifest.json").read_text())
    (copy / "trajecten_per_zorgvorm.parquet").rename(beside)
    manifest["tabellen"][0]["bestand"] = "../geheim.parquet"
    manifest["uitvoer"].append({"bestand": "../geheim.parquet", "sha256": sha256(beside)})
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(UserError, match=r"geheim\.parquet ontbreekt of is veranderd"):
        read_result(copy)


def test_two_results_of_one_name_are_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "publicatie", tmp_path / "publicatie")
    with pytest.raises(UserError, match=r"Twee resultaten heten publicatie: .* Hernoem er een"):
        find_results([folder, tmp_path])


@pytest.mark.parametrize(("role", "count"), [(Role.lezer, 2), (Role.analist, 4), (Role.beheerder, 4)])
def test_a_reader_sees_what_may_go_out(results: dict[str, Result], role: Role, count: int) -> None:
    def seen() -> dict[str, Result]:
        serve_to(User("iemand", role))
        return visible(results)

    found = contextvars.copy_context().run(seen)
    assert len(found) == count
    assert "publicatie" in found


@pytest.mark.parametrize(
    ("choice", "where"),
    [
        ((), "true"),
        ((("jaar", ("2021",)), ("sector", ("vv", "vg"))), "jaar = 2021 AND sector IN ('vv', 'vg')"),
        ((("zorgprofiel", ("leeg",)), ("soort_zorg", ("wlz",))), "zorgprofiel IS NULL AND soort_zorg = 'wlz'"),
    ],
)
def test_what_is_chosen_is_what_the_file_has(results: dict[str, Result], choice: Choice, where: str) -> None:
    result = results["leveringsvormen"]
    table = result.tables["uitgaven_per_dag"]
    rows = chosen(result, table, choice).to_pylist()
    with duckdb.connect() as con:
        truth = con.read_parquet(str(result.file(table))).filter(where).fetchall()
    assert rows
    assert sorted(map(str, (tuple(row.values()) for row in rows))) == sorted(map(str, truth))


def test_rows_and_choices_are_in_the_order_of_the_labels(results: dict[str, Result]) -> None:
    result = results["leveringsvormen"]
    table = result.tables["uitgaven_per_dag"]
    order = {name: list(found) for name, found in values(result, table).items()}
    assert order["sector"][:2] == ["ghz", "vg"]
    first, *profiles = order["zorgprofiel"]
    assert first == "leeg"
    assert profiles == sorted(profiles, key=int)
    assert "10" in profiles
    assert values(result, table)["zorgprofiel"]["leeg"] == "alle"
    rows = chosen(result, table, ()).to_pylist()
    places = [[order[d].index("leeg" if row[d] is None else str(row[d])) for d in order] for row in rows]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "onbekend"),
        (True, "ja"),
        (False, "nee"),
        (1.5, "1,50"),
        (2021, "2021"),
        ("zzp_incl", "zzp incl."),
        ("?", "?"),
    ],
)
def test_a_value_is_said_as_readers_say_it(results: dict[str, Result], value: object, words: str) -> None:
    column = Column(naam="iets", titel="Iets", soort="overig")
    assert label(results["leveringsvormen"], column, value) == words


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ((("prijs", ("1",)),), "De tabel clienten_per_jaar heeft geen «prijs». Kies uit sector, bekostiging, jaar."),
        ((("sector", ("vv", "xx")),), "sector: «xx» is er niet. Kies uit ghz, vg"),
    ],
)
def test_what_is_not_there_cannot_be_chosen(results: dict[str, Result], choice: Choice, says: str) -> None:
    result = results["leveringsvormen"]
    with pytest.raises(UserError) as error:
        chosen(result, result.tables["clienten_per_jaar"], choice)
    assert says in str(error.value)


def test_a_figure_has_years_below_and_the_others_by_colour_and_panel(results: dict[str, Result]) -> None:
    result = results["leveringsvormen"]
    table = result.tables["clienten_per_profiel"]
    number = table.numbers[0]
    drawn = exhibit(result, table, (("sector", ("vv",)), ("zorgprofiel", ("4", "5"))), number)
    assert drawn
    assert (drawn.x_title, drawn.series_title, drawn.y_title) == ("Jaar", "Bekostiging", "Gewogen cliënten")
    assert {cell.row for cell in drawn.cells} == {"4", "5"}
    rows = chosen(result, table, (("sector", ("vv",)), ("zorgprofiel", ("4", "5")))).to_pylist()
    assert sorted(cell.value or 0 for cell in drawn.cells) == sorted(float(row[number.naam]) for row in rows)


def test_nothing_is_drawn_of_one_number_or_of_too_many(results: dict[str, Result]) -> None:
    result = results["leveringsvormen"]
    table = result.tables["clienten_per_profiel"]
    assert chosen(result, table, ()).num_rows > MOST
    assert exhibit(result, table, (), table.numbers[0]) is None
    one = (("sector", ("vv",)), ("zorgprofiel", ("5",)), ("bekostiging", ("zzp_incl",)), ("jaar", ("2021",)))
    assert chosen(result, table, one).num_rows == 1
    assert exhibit(result, table, one, table.numbers[0]) is None
    assert drawing(result, table.naam, one, table.numbers[0].naam) == ""


def test_the_mark_is_in_the_drawing_where_it_applies(results: dict[str, Result], copy: Path) -> None:
    name, words = "trajecten_per_zorgvorm", "Synthetisch: verzonnen gegevens"
    synthetic = drawing(results["publicatie"], name, (), "trajecten")
    assert synthetic.startswith("<svg ")
    assert words in synthetic
    assert "Niet om te publiceren" not in synthetic
    assert "Niet om te publiceren" in drawing(results["trajecten"], "stroom", (), "waarde")
    manifest = json.loads((copy / "manifest.json").read_text()) | {"synthetisch": False}
    (copy / "manifest.json").write_text(json.dumps(manifest))
    real = drawing(read_result(copy), name, (), "trajecten")
    assert real.startswith("<svg ")
    assert words not in real
