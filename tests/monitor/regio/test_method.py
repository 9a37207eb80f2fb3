"""Standardisation, mergers and uncertainty, against plain Python."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.monitor.figures import open_results
from aanspraak.monitor.regio.compute import TABLES, compute
from aanspraak.monitor.regio.read import read

from .downloads import AGES, lines, write

SHARED = Path(__file__).parents[4] / "shared" / "data" / "vektis_open_data"
PLACES = ["URK", "UTRECHT", "VAALS"]


def results(regels: Path, work: Path) -> duckdb.DuckDBPyConnection:
    backend = DuckDBBackend(work)
    compute(backend, {"regels": regels}, None, work, work, lambda _: None)
    backend.close()
    return open_results(work, TABLES)


def computed(directory: Path) -> duckdb.DuckDBPyConnection:
    read(directory, directory / "regels.parquet", lambda _: None)
    return results(directory / "regels.parquet", directory)


def test_the_ratio_is_that_of_plain_python(tmp_path: Path) -> None:
    for year in (2021, 2022):
        write(tmp_path / f"{year}.csv", lines(year, PLACES))
    insured, costs = defaultdict(float), defaultdict(float)
    own: dict[tuple[int, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for year in (2021, 2022):
        for line in lines(year, PLACES)[:-1]:
            years, spent = float(line["aantal_verzekerdejaren"]), float(line["kosten_verpleging_en_verzorging"])
            group = (year, line["geslacht"], line["leeftijdsklasse"])
            insured[group] += years
            costs[group] += spent
    for year in (2021, 2022):
        for line in lines(year, PLACES)[:-1]:
            group = (year, line["geslacht"], line["leeftijdsklasse"])
            pair = own[year, line["gemeentenaam"], "wijkverpleging"]
            pair[0] += float(line["kosten_verpleging_en_verzorging"])
            pair[1] += float(line["aantal_verzekerdejaren"]) * costs[group] / insured[group]
    rows = (
        computed(tmp_path)
        .execute(
            """SELECT jaar, gemeente, soort, verhouding, verwachte_kosten, kosten, gestandaardiseerd, verschil
           FROM gemeentecijfers WHERE soort = 'wijkverpleging'"""
        )
        .fetchall()
    )
    assert len(rows) == len(own) == 6
    for year, place, kind, ratio, expected, spent, standardised, difference in rows:
        assert float(spent) == pytest.approx(own[year, place, kind][0], abs=0.01)
        assert float(expected) == pytest.approx(own[year, place, kind][1], abs=0.01)
        assert float(ratio) == pytest.approx(own[year, place, kind][0] / own[year, place, kind][1], abs=0.0001)
        mean = sum(v for k, v in costs.items() if k[0] == year) / sum(v for k, v in insured.items() if k[0] == year)
        assert float(standardised) == pytest.approx(float(ratio) * mean, abs=0.01)
        assert float(difference) == pytest.approx((float(ratio) - 1) * mean, abs=0.01)


def test_the_country_holds_what_has_no_municipality(tmp_path: Path) -> None:
    made = lines(2022, PLACES)
    write(tmp_path / "2022.csv", made)
    con = computed(tmp_path)
    total, outside = con.execute("SELECT kosten, zonder_gemeente FROM landelijk WHERE soort = 'gzsp'").fetchall()[0]
    assert float(total) == pytest.approx(sum(float(line["kosten_gzsp"]) for line in made), abs=0.01)
    assert float(outside) == float(made[-1]["kosten_gzsp"])
    of_places = con.execute("SELECT sum(kosten) FROM gemeentecijfers WHERE soort = 'gzsp'").fetchall()[0][0]
    assert of_places == total - outside
    assert con.execute("SELECT count(laag) FROM gemeentecijfers").fetchall() == [(0,)], "one year teaches no interval"
    assert con.execute("SELECT count(*) FROM groei").fetchall() == [(0,)]


def test_mergers_are_added_up_and_a_split_place_is_not_compared(tmp_path: Path) -> None:
    write(tmp_path / "2018.csv", lines(2018, ["UDEN", "LANDERD", "HAAREN", "VUGHT", "URK"]))
    write(tmp_path / "2023.csv", lines(2023, ["MAASHORST", "VUGHT", "URK"]))
    con = computed(tmp_path)
    spent = dict(
        con.execute("SELECT gemeente, kosten FROM gemeentecijfers WHERE soort = 'gzsp' AND jaar = 2023").fetchall()
    )
    assert spent.keys() == {"MAASHORST", "VUGHT", "URK"}
    before = dict(
        con.execute(
            "SELECT gemeente, kosten FROM gemeentecijfers WHERE soort = 'wijkverpleging' AND jaar = 2018"
        ).fetchall()
    )
    together = sum(
        float(line["kosten_verpleging_en_verzorging"])
        for line in lines(2018, ["UDEN", "LANDERD", "HAAREN", "VUGHT", "URK"])
        if line["gemeentenaam"] in ("UDEN", "LANDERD")
    )
    assert float(before["MAASHORST"]) == pytest.approx(together, abs=0.01)
    assert "HAAREN" in before
    growth = dict(con.execute("SELECT gemeente, groei FROM groei WHERE soort = 'wijkverpleging'").fetchall())
    assert growth.keys() == {"MAASHORST", "VUGHT", "URK"}
    assert growth["VUGHT"] is None, "in 2018 a part of the later Vught was Haaren"
    assert growth["URK"] is not None


def test_the_interval_holds_the_truth_as_often_as_it_says(tmp_path: Path) -> None:
    """400 made-up places whose true ratio stays the same; every year adds noise for their size."""
    random = np.random.default_rng(5)
    size = random.lognormal(9, 1, 400)
    truth = random.normal(1, 0.2, 400).clip(0.3)
    noise = 40.0
    columns: dict[str, list[object]] = defaultdict(list)
    for year in range(2018, 2024):
        costs = 100 * size * (truth + random.normal(0, 1, 400) * np.sqrt(noise / (100 * size)))
        for place in range(400):
            columns["jaar"].append(year)
            columns["gemeente"].append(f"P{place}")
            columns["geslacht"].append("M")
            columns["leeftijdsklasse"].append(AGES[2])
            columns["soort"].append("gzsp")
            columns["verzekerdejaren"].append(float(size[place]))
            columns["kosten"].append(float(costs[place]))
    pq.write_table(pa.table(columns), tmp_path / "regels.parquet")
    con = results(tmp_path / "regels.parquet", tmp_path)
    level = float((size * truth).sum() / size.sum())
    rows = con.execute("SELECT gemeente, laag, hoog FROM gemeentecijfers WHERE jaar = 2023").fetchall()
    holds = [float(low) <= truth[int(place[1:])] / level <= float(high) for place, low, high in rows]
    assert 0.92 < np.mean(holds) < 0.98


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    if not SHARED.is_dir():
        pytest.skip("../shared/data/vektis_open_data is er niet")
    work = tmp_path_factory.mktemp("vektis")
    found, warnings = read(SHARED, work / "regels.parquet", lambda _: None)
    assert [one.year for one in found] == [2018, 2019, 2020, 2021, 2022, 2023]
    assert warnings == [], "every column of the real files is known"
    with results(work / "regels.parquet", work) as con:
        yield con


def test_real_municipalities_are_the_same_in_all_years(real: duckdb.DuckDBPyConnection) -> None:
    names = {
        year: {row[0] for row in real.execute("SELECT gemeente FROM gemeentecijfers WHERE jaar = ?", [year]).fetchall()}
        for year in range(2018, 2024)
    }
    assert len(names[2023]) == 342
    assert names[2018] - names[2023] == {"HAAREN"}
    assert all(names[year] == names[2023] for year in range(2019, 2024))
    unknown = real.execute(
        "SELECT gemeente FROM groei WHERE soort = 'wijkverpleging' AND groei IS NULL ORDER BY 1"
    ).fetchall()
    assert unknown == [("BOXTEL",), ("OISTERWIJK",), ("TILBURG",), ("VUGHT",)]


def test_real_totals_agree_with_the_published_ones(real: duckdb.DuckDBPyConnection) -> None:
    """ELV and GRZ of ZIN 2025, bijlage 5A, within 1.6%."""
    published = {
        "eerstelijnsverblijf": [272880366, 277411905, 279276998, 330255694, 299280281, 313297922],
        "geriatrische_revalidatiezorg": [732941697, 748594325, 652136781, 726515767, 769932480, 849954490],
    }
    for kind, totals in published.items():
        found = real.execute("SELECT kosten FROM landelijk WHERE soort = ? ORDER BY jaar", [kind]).fetchall()
        assert [float(row[0]) for row in found] == pytest.approx(totals, rel=0.016)


def test_real_expected_costs_add_up_to_the_real_costs(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute(
        "SELECT sum(kosten), sum(verwachte_kosten) FROM gemeentecijfers GROUP BY soort, jaar"
    ).fetchall()
    assert len(rows) == 34
    for spent, expected in rows:
        assert float(expected) == pytest.approx(float(spent), rel=1e-6)
