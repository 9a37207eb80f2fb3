"""Short-term care: the monitor finds the published tables, and the lives around it make sense."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from aanspraak.synthetic.kortdurend_cijfers import trajectory_years
from aanspraak.synthetic.kortdurend_verblijven import draw_stays, pieces
from aanspraak.synthetic.sources import assumptions
from tests.synthetic.conftest import SHORT_TERM
from tests.synthetic.kortdurend import cells, monitored
from tests.synthetic.kortdurend_uitzonderingen import CONTRADICTIONS, NO_TRAJECTORIES


@pytest.fixture(scope="module")
def found(short_term: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    con = monitored(short_term, tmp_path_factory.mktemp("trajecten"))
    yield con
    con.close()


def test_the_monitor_finds_the_published_tables(found: duckdb.DuckDBPyConnection) -> None:
    everything = list(cells(found, SHORT_TERM))
    assert len(everything) > 1190
    # A count is made up of a few draws, each of which is a person off at most; some means are of few people.
    slack = {"ligduur": 1.0, "sd": 1.0, "kosten": 0.0}
    far = {cell.name for cell in everything if not cell.close(slack.get(cell.name[0], 3 / SHORT_TERM))}
    known = (*CONTRADICTIONS, NO_TRAJECTORIES)
    assert far <= frozenset().union(*(each.cells for each in known))
    assert [each.why for each in known if len(far & each.cells) > each.missed] == []


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
