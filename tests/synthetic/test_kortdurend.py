"""Short-term care: the monitor finds the published tables, and the lives around it make sense."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from aanspraak.published import published
from aanspraak.synthetic.kortdurend_cijfers import FORMS, STATES, all_kinds, kinds, trajectory_years
from aanspraak.synthetic.kortdurend_ijking import flows
from aanspraak.synthetic.kortdurend_verblijven import draw_stays, pieces
from aanspraak.synthetic.sources import assumptions
from tests.synthetic.conftest import LARGER
from tests.synthetic.kortdurend import EXCEPTIONS, cells, monitored


@pytest.fixture(scope="module")
def found(larger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    con = monitored(larger, tmp_path_factory.mktemp("trajecten"))
    yield con
    con.close()


def test_the_monitor_finds_the_published_tables(found: duckdb.DuckDBPyConnection) -> None:
    everything = list(cells(found, LARGER))
    assert len(everything) > 1100
    # A count is made up of a few draws, each of which is a person off at most; some means are of two people.
    slack = {"ligduur": 2.0, "sd": 2.0, "kosten": 0.0}
    far = [cell for cell in everything if not cell.close(slack.get(cell.name[0], 3 / LARGER))]
    assert [cell for cell in far if not any(holds(cell) for _, holds in EXCEPTIONS)] == []
    assert len(everything) - len(far) > 1000


def test_stays_at_full_size_have_the_printed_numbers_and_lengths() -> None:
    stays = draw_stays(assumptions(), 1.0, np.random.default_rng(3))
    counted = np.bincount(stays.kind, minlength=len(all_kinds()))
    for at, kind in enumerate(kinds()):
        assert abs(counted[at] - kind.finished - kind.unfinished) <= 3, kind
    printed = {(r["zorgvorm"], r["categorie"], int(r["jaar"])): r for r in published("kortdurend_ligduur")}
    closing = stays.finish.max() - 14
    checked = 0
    for at, kind in enumerate(kinds()):
        row = printed.get((kind.form, "totaal" if kind.form == "vv9b" else kind.category, kind.year))
        length = stays.length[(stays.kind == at) & (stays.finish <= closing)]
        if row and len(length) > 30:
            # printed in whole days, crisis care in tenths
            half = 0.05 if "." in row["sd"] else 0.5
            assert abs(length.mean() - float(row["gemiddelde_ligduur"])) <= max(half, 0.01 * length.mean()), kind
            assert abs(length.std(ddof=1) - float(row["sd"])) <= max(half, 0.01 * float(row["sd"])), kind
            checked += 1
    assert checked > 60


@pytest.mark.parametrize("form", FORMS)
def test_flows_add_up_to_the_finished_trajectories(form: str) -> None:
    for year in trajectory_years():
        names = ("vv", "ghz") if form == "wlz_crisis" else ("totaal",)
        total = sum(flows(form, name, year).sum() for name in names)
        assert total == pytest.approx(sum(k.finished for k in kinds() if (k.form, k.year) == (form, year)))
        assert all((flows(form, name, year) >= 0).all() for name in names)


def test_once_wlz_always_wlz_around_vv9b() -> None:
    lasting = [STATES.index(name) for name in STATES[1:4]]
    for year in trajectory_years():
        assert flows("vv9b", "totaal", year)[lasting, 0].sum() == 0


def test_pieces_cover_a_stay_and_lie_within_a_month() -> None:
    stays = draw_stays(assumptions(), 0.01, np.random.default_rng(3))
    stay, begin, finish = pieces(stays)
    assert (np.bincount(stay, weights=finish - begin + 1) == stays.length).all()
    assert (
        begin.astype("datetime64[D]").astype("datetime64[M]") == finish.astype("datetime64[D]").astype("datetime64[M]")
    ).all()
    moved = replace(stays, finish=stays.begin)
    assert len(pieces(moved)[0]) == len(stays)


def test_a_trajectory_that_follows_on_another_is_of_the_same_client(found: duckdb.DuckDBPyConnection) -> None:
    followed = """
        SELECT count(*) FROM trajecten AS one JOIN trajecten AS two USING (client)
        WHERE one.zorgvorm = 'wlz_crisis' AND two.zorgvorm = 'vv9b' AND two.week_voor = 'crisis'
          AND two.start - one.eind BETWEEN 1 AND 7
    """
    alone = "SELECT count(*) FROM trajecten WHERE zorgvorm = 'vv9b' AND week_voor = 'crisis'"
    assert found.execute(followed).fetchone() == found.execute(alone).fetchone()
    assert found.execute(alone).fetchone()[0] > 10  # type: ignore[index]


def test_some_care_at_home_pauses_for_grz(found: duckdb.DuckDBPyConnection) -> None:
    """As often as the source says of those who come from home with Wlz care."""
    shares = found.execute(
        """SELECT sum(doorgetrokken) / sum(trajecten) FROM voor_na
           WHERE zorgvorm = 'grz' AND week_voor = 'thuis_met_wlz' GROUP BY jaar"""
    ).fetchall()
    assert len(shares) == len(trajectory_years())
    assert all(0.28 <= share <= 0.49 for (share,) in shares)
    assert found.execute("SELECT DISTINCT zorgvorm FROM voor_na WHERE doorgetrokken > 0").fetchall() == [("grz",)]


def test_there_is_something_to_find_for_every_question(found: duckdb.DuckDBPyConnection) -> None:
    outcomes = found.execute("SELECT DISTINCT uitkomst FROM termijn_indicatie").fetchall()
    assert {name for (name,) in outcomes} == {"binnen_termijn", "na_termijn", "geen_besluit", "overleden"}
    assert found.execute("SELECT min(wachtdagen) > 0 FROM wachten_op_plek WHERE met_indicatie > 20").fetchone() == (
        True,
    )
    groups = found.execute("SELECT DISTINCT groep FROM grz_naar_vv9b").fetchall()
    assert {"thuis_met_wlz", "verblijf_zonder_behandeling", "indicatie_zonder_zorg", "totaal"} <= {g for (g,) in groups}
