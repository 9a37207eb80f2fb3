"""How numbers become words, tables and drawings."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from aanspraak.monitor.charts import svg
from aanspraak.monitor.dutch import amount, count, share
from aanspraak.monitor.exhibit import Cell, Exhibit, wide
from aanspraak.monitor.leveringsvormen.figures import LABELS
from aanspraak.monitor.report import Block, Report, Section, block, html

EXHIBIT = Exhibit(
    "figuur_x",
    "Aantal <cliënten> & meer",
    "NZa 2023",
    "gestapeld",
    "clienten",
    "Jaar",
    "Bekostiging",
    (
        Cell("profiel 3", "vg", "2018", "mpt", 1234.5),
        Cell("profiel 3", "vg", "2018", "pgb", None),
        Cell("profiel 4", "vg", "2018", "mpt", 20.0),
        Cell("profiel 4", "vv", "2018", "mpt", 30.0),
    ),
    ("mpt", "pgb"),
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (count(1234567), "1.234.567"),
        (count(2.5), "3"),
        (count(0), "0"),
        (amount(Decimal("-1234.505")), "-1.234,51"),
        (amount(0.005), "0,01"),
        (amount(12.25, 1), "12,3"),
        (share(0.1235), "12,4%"),
        (share(-0.0001), "-0,0%"),
    ],
)
def test_numbers_are_dutch_and_rounded_half_up(written: str, expected: str) -> None:
    assert written == expected


def test_the_table_under_a_figure_has_the_series_beside_each_other() -> None:
    table = wide(EXHIBIT)
    assert table.columns == ("Groep", "Deelgroep", "Jaar", "mpt", "pgb")
    assert table.names == 3
    assert table.rows == (
        ("vg", "profiel 3", "2018", "1.235", "<10"),
        ("vg", "profiel 4", "2018", "20", "–"),
        ("vv", "profiel 4", "2018", "30", "–"),
    )


def test_without_series_the_panels_stand_beside_each_other() -> None:
    cells = tuple(Cell(sector, None, profile, None, 12.0) for sector in ("vg", "vv") for profile in ("1", "2"))
    table = wide(replace(EXHIBIT, series_title=None, x_title="Zorgprofiel", cells=cells))
    assert table.columns == ("Zorgprofiel", "vg", "vv")
    assert table.rows == (("1", "12", "12"), ("2", "12", "12"))


def test_a_share_on_too_few_clients_is_a_dot() -> None:
    assert wide(replace(EXHIBIT, unit="aandeel")).rows[0][3:] == ("123.450,0%", "·")


def test_a_drawing_can_be_read_aloud_and_keeps_its_ids_to_itself() -> None:
    drawn = svg(EXHIBIT)
    assert 'role="img" aria-label="Aantal &lt;cliënten&gt; &amp; meer"' in drawn
    assert 'id="figuur_x-' in drawn or "id=" not in drawn


def test_a_panel_without_numbers_keeps_its_place() -> None:
    """Of the grid of two by two panels that of profiel 3 and vv is empty."""
    _, *parts = re.split(
        r'<g transform="translate\((\d+),(\d+)\)"><path class="background"[^>]*d="M0,0h\d\d+v', svg(EXHIBIT)
    )
    parts[-1] = parts[-1].split("role-legend")[0]
    panels = {(int(x) > 0, int(y) > 0): body for x, y, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}
    bar = 'fill="#0072B2"'
    assert bar in panels[False, False]
    assert bar in panels[True, False]
    assert bar not in panels[False, True]
    assert bar in panels[True, True]


def test_text_in_a_report_is_never_markup() -> None:
    section = Section("s", "<b>kop</b>", ["een <script>"], ["punt & meer"], [block(replace(EXHIBIT, kind="tabel"))])
    page = html(Report("titel", False, [("naam", "<i>")], [section]))
    assert "&lt;b&gt;kop&lt;/b&gt;" in page
    assert "<script>" not in page
    assert "<svg" not in page
    assert "&lt;10" in page


def test_an_empty_table_says_so() -> None:
    empty = Block("leeg", "Leeg", wide(replace(EXHIBIT, cells=())))
    assert "De gegevens bevatten hiervoor niets." in html(Report("t", True, [], [Section("s", "s", blocks=[empty])]))


def test_every_code_that_can_be_shown_has_a_label() -> None:
    from aanspraak.claims.schema import WLZ_SECTOREN, ZVW_SECTOREN

    assert {*WLZ_SECTOREN, *(f"zvw_{sector.lower()}" for sector in ZVW_SECTOREN)} <= LABELS.keys()
