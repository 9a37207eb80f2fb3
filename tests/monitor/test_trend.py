"""How a figure went, in a sentence."""

import pytest

from aanspraak.monitor.dutch import count
from aanspraak.monitor.trend import trend

TEXTS = {
    "stijging": "{wat} van {begin} naar {eind} ({groei})",
    "daling": "{wat} omlaag van {begin} naar {eind} ({groei}) in {van}–{tot}",
    "gelijk": "{wat} bleef {eind}",
    "een_jaar": "{wat} was {eind} in {tot}",
}


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([(2018, 1000), (2019, 5), (2020, 1250)], "zorg van 1.000 naar 1.250 (+25,0%)"),
        ([(2018, 1000), (2020, 900)], "zorg omlaag van 1.000 naar 900 (-10,0%) in 2018–2020"),
        ([(2018, 10.2), (2020, 10.4)], "zorg bleef 10"),
        ([(2020, 7)], "zorg was 7 in 2020"),
    ],
)
def test_the_sentence_fits_the_figures_as_written(points: list[tuple[int, float]], sentence: str) -> None:
    assert trend(TEXTS, points, count, wat="zorg") == sentence
