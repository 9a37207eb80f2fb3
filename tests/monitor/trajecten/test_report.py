"""The picture of flows, and the words of the report."""

import re
from itertools import pairwise

import pytest

from aanspraak.monitor.exhibit import Cell, Exhibit
from aanspraak.monitor.trajecten.alluvial import Flow, draw, flows
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
