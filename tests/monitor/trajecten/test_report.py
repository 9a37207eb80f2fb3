"""The picture of flows, and the words of the report."""

import re
from dataclasses import replace
from itertools import pairwise

import duckdb
import pytest

from aanspraak.monitor.exhibit import Cell, Exhibit
from aanspraak.monitor.trajecten.alluvial import Flow, draw, flows
from aanspraak.monitor.trajecten.beleid import moved_words, term_words, waiting_words
from aanspraak.monitor.trajecten.compute import OPTIONS
from aanspraak.monitor.trajecten.figures import LABELS

DIRECT = Exhibit(
    "stroom_x", "Van <waar> naar waar", "ZIN 2025", "stroom", "trajecten", "Voor", "Na",
    (
        Cell(None, None, "geen Wlz", "geen Wlz", 900.0),
        Cell(None, None, "geen Wlz", "instelling & meer", 100.0),
        Cell(None, None, "thuis", "instelling & meer", None),
        Cell(None, None, "thuis", "thuis", 10.0),
    ),
)  # fmt: skip
THROUGH = Exhibit(
    "stroom_y", "Door de zorgvorm", "ZIN 2025", "stroom", "trajecten", "Toestand", "Zorgvorm",
    (
        Cell(None, "ervoor", "geen Wlz", "ELV", 60.0),
        Cell(None, "ervoor", "thuis", "GRZ", 40.0),
        Cell(None, "erna", "geen Wlz", "ELV", 60.0),
        Cell(None, "erna", "overleden", "GRZ", 40.0),
    ),
)  # fmt: skip


def test_a_small_flow_is_not_drawn() -> None:
    assert flows(DIRECT) == [
        Flow(0, "geen Wlz", "geen Wlz", 900.0),
        Flow(0, "geen Wlz", "instelling & meer", 100.0),
        Flow(0, "thuis", "thuis", 10.0),
    ]


def test_with_rows_the_series_stand_in_the_middle() -> None:
    assert flows(THROUGH)[2:] == [Flow(1, "ELV", "geen Wlz", 60.0), Flow(1, "GRZ", "overleden", 40.0)]
    assert draw(THROUGH).count("<rect ") == 2 + 2 + 2


def test_a_care_form_that_only_small_flows_leave_has_its_bar() -> None:
    cells = [
        replace(cell, value=None) if (cell.row, cell.series) == ("erna", "GRZ") else cell for cell in THROUGH.cells
    ]
    drawn = draw(replace(THROUGH, cells=tuple(cells)))
    assert drawn.count("<rect ") == 2 + 2 + 1
    assert "GRZ 40" in drawn


def test_every_bar_has_its_name_and_number_beside_it() -> None:
    drawn = draw(DIRECT)
    words = re.findall(r"<text [^>]*>([^<]*)</text>", drawn)
    assert words == ["geen Wlz 1.000", "thuis 10", "geen Wlz 900", "instelling &amp; meer 100", "thuis 10"]
    assert 'aria-label="Van &lt;waar&gt; naar waar"' in drawn


def test_the_heights_are_in_proportion_and_words_do_not_overlap() -> None:
    bars = [
        tuple(map(float, bar))
        for bar in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="14" height="([\d.]+)"', draw(DIRECT))
    ]
    left, right = bars[:2], bars[2:]
    assert left[0][2] / left[1][2] == pytest.approx(100, rel=0.05)
    assert right[0][2] / right[1][2] == pytest.approx(9, rel=0.05)
    for column in (left, right):
        assert all(below[1] - above[1] >= 18 for above, below in pairwise(column))


def test_every_code_that_can_be_shown_has_a_label() -> None:
    outside = {kind for kinds in OPTIONS["buiten_trajecten"].values() for kind in kinds}
    assert outside <= LABELS.keys()
    assert len(set(LABELS.values()) & {LABELS[code] for code in ("elv", "grz", "vv9b", "wlz_crisis")}) == 4


def _results(size: int) -> duckdb.DuckDBPyConnection:
    """Result tables with the base year and the year before, `size` trajectories in most cells."""
    con = duckdb.connect()
    con.execute("SET VARIABLE basisjaar = 2023; SET VARIABLE kleinste_cel = 10")
    con.execute(
        f"""CREATE TABLE grz_naar_vv9b AS FROM (VALUES
                (2023, 'met_wlz_zorg', {size}, {30 * size}, {4 * size}, 0.4739, 0.33),
                (2023, 'totaal', 9000, 9000, 9000, 0.9, 0.9), (2022, 'met_wlz_zorg', 9000, 9000, 9000, 0.9, 0.9)
            ) t (jaar, groep, trajecten, ligdagen, vv9b_trajecten, toename_trajecten, toename_ligdagen);
            CREATE TABLE termijn_indicatie AS FROM (VALUES
                ('vv', 2023, 'binnen_termijn', {2 * size}, 0), ('ghz', 2023, 'na_termijn', {size}, 77),
                ('vv', 2023, 'overleden', {size}, 0), ('vv', 2022, 'na_termijn', 9000, 9000)
            ) t (categorie, jaar, uitkomst, trajecten, dagen_te_laat);
            CREATE TABLE wachten_op_plek AS FROM (VALUES
                ('elv', 2023, {3 * size}, {size}, 500), ('grz', 2023, {size}, 0, 0), ('elv', 2022, 9000, 9000, 9000)
            ) t (zorgvorm, jaar, trajecten, met_indicatie, wachtdagen)"""
    )
    return con


def test_the_words_say_what_the_tables_show_of_the_base_year() -> None:
    with _results(1000) as con:
        assert moved_words(con) == [
            "Van de GRZ-trajecten uit 2023 begonnen er 1.000 met Wlz-zorg, met 30.000 ligdagen. Dat is 47,4% van de"
            " VV9b-trajecten en 33,0% van hun ligdagen."
        ]
        assert term_words(con) == [
            "Van de 4.000 crisistrajecten uit 2023 zonder Wlz-zorg en zonder bekende indicatie kreeg 50,0% binnen de"
            " termijn een besluit en 25,0% later, samen 77 dagen te laat."
        ]
        assert waiting_words(con) == [
            "Uit 2023 gingen 4.000 ELV- en GRZ-trajecten naar een Wlz-instelling. Bij 1.000 was voor het ontslag een"
            " indicatie bekend; zij bleven daarna samen nog 500 dagen."
        ]


def test_nothing_is_said_on_too_few_trajectories() -> None:
    with _results(9) as con:
        assert (moved_words(con), term_words(con), waiting_words(con)) == ([], [], [])
