"""Result directories are complete or absent, and the manifest says what is in them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from aanspraak.claims.faults import InputFaults, UserError
from aanspraak.claims.manifest import is_synthetic, write_manifest
from aanspraak.claims.output import csv_beside, output_directory


def test_the_directory_appears_only_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "diep" / "uit"
    with output_directory(target) as directory:
        (directory / "a.txt").write_text("a")
        assert not target.exists()
    assert [file.name for file in target.iterdir()] == ["a.txt"]
    assert [file.name for file in target.parent.iterdir()] == ["uit"]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, ValueError])
def test_an_interrupted_run_leaves_nothing_and_can_be_started_again(
    tmp_path: Path, interruption: type[BaseException]
) -> None:
    def interrupted() -> None:
        with output_directory(tmp_path / "uit") as directory:
            (directory / "half.txt").write_text("half")
            raise interruption

    with pytest.raises(interruption):
        interrupted()
    assert list(tmp_path.iterdir()) == []
    with output_directory(tmp_path / "uit") as directory:
        (directory / "heel.txt").write_text("heel")
    assert (tmp_path / "uit/heel.txt").exists()


def test_what_a_killed_run_left_behind_is_not_in_the_next_result(tmp_path: Path) -> None:
    (tmp_path / ".uit.onaf").mkdir()
    (tmp_path / ".uit.onaf/half.txt").write_text("half")
    with output_directory(tmp_path / "uit"):
        pass
    assert list((tmp_path / "uit").iterdir()) == []


def test_a_result_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    with output_directory(tmp_path / "uit") as directory:  # an empty directory is no result
        (directory / "a.txt").write_text("a")
    with pytest.raises(UserError, match="bestaat al"), output_directory(tmp_path / "uit"):
        pass
    (tmp_path / "bestand").write_text("")
    with pytest.raises(UserError, match="is niet te maken"), output_directory(tmp_path / "bestand/uit"):
        pass
    assert (tmp_path / "uit/a.txt").read_text() == "a"


def test_csv_has_semicolons_points_and_iso_dates(tmp_path: Path) -> None:
    table = duckdb.sql("SELECT 'a;b' AS naam, 1.50::DECIMAL(18,2) AS bedrag, DATE '2020-02-29' AS dag, NULL AS leeg")
    table.write_parquet(str(tmp_path / "t.parquet"))
    assert csv_beside(tmp_path / "t.parquet").read_text() == 'naam;bedrag;dag;leeg\n"a;b";1.50;2020-02-29;\n'


def test_the_manifest_has_the_sum_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_text("a")
    write_manifest(tmp_path, "stap", datetime.now(UTC), {"opties": {"x": 1}})
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["opties"] == {"x": 1}
    # sha256 of the letter a
    expected = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert manifest["uitvoer"] == [{"bestand": "sub/a.txt", "sha256": expected}]


def test_a_data_set_says_whether_it_is_synthetic(tmp_path: Path) -> None:
    assert not is_synthetic(tmp_path)
    for content, expected in [('{"synthetisch": true}', True), ('{"synthetisch": false}', False), ("{}", False)]:
        (tmp_path / "manifest.json").write_text(content)
        assert is_synthetic(tmp_path) is expected
    for content in ["geen json", "[]", '{"synthetisch": "ja"}']:
        (tmp_path / "manifest.json").write_text(content)
        with pytest.raises(InputFaults, match="zegt niet of de gegevens synthetisch zijn"):
            is_synthetic(tmp_path)
