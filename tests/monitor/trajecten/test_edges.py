"""The edges of the method, each as a small history with what must come out."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.monitor.trajecten.compute import Choices, compute
from tests.monitor.datasets import write

from .histories import PAKKETTEN, PRESTATIES
from .oracle import Row, Tables


def day(month_and_day: str, year: int = 2020) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")


def zvw(sector: str, begin: date, end: date, zorgsoort: str | None = None) -> Row:
    return {
        "client": "a", "sector": sector, "zorgsoort": zorgsoort, "prestatiecode": None, "begindatum": begin,
        "einddatum": end, "aantal": Decimal(1), "bedrag": Decimal(100), "verzekering": "basis", "zorgaanbieder": None,
    }  # fmt: skip


def wlz(code: str, begin: date, end: date, pakket: str | None = None) -> Row:
    return {
        "client": "a", "prestatiecode": code, "begindatum": begin, "einddatum": end, "aantal": Decimal(1),
        "bedrag": Decimal(100), "zorgaanbieder": None, "zorgzwaartepakket": pakket,
    }  # fmt: skip


def indication(begin: date) -> Row:
    return {
        "client": "a", "afgiftedatum": begin, "ingangsdatum": begin, "einddatum": None, "zorgzwaartepakket": "754",
    }  # fmt: skip


def trajecten(tmp_path: Path, **tables: list[Row]) -> list[dict[str, Any]]:
    """The trajectories of one client, in a data set that goes on until the end of 2020."""
    last: Row = {**zvw("HAZ", day("12-31"), day("12-31")), "client": "b"}
    data: Tables = {
        "prestaties": PRESTATIES, "zorgzwaartepakketten": PAKKETTEN, "wlz_declaraties": [], "pgb_toekenningen": [],
        "indicaties": [], "overlijden": [], **tables,
        "zvw_declaraties": [*tables.get("zvw_declaraties", []), last],
    }  # fmt: skip
    (tmp_path / "uit").mkdir()
    backend = DuckDBBackend(tmp_path)
    compute(backend, write(data, tmp_path), Choices(), tmp_path, tmp_path / "uit", lambda _: None)
    backend.close()
    found = duckdb.read_parquet(str(tmp_path / "uit/trajecten.parquet")).order("start, zorgvorm")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize(
    ("second", "lengths"),
    [
        (("03-11", "03-20"), [20]),  # the next day
        (("03-05", "03-14"), [14]),  # overlap
        (("03-12", "03-20"), [10, 9]),  # a day between
    ],
)
def test_stays_that_touch_or_overlap_are_one(tmp_path: Path, second: tuple[str, str], lengths: list[int]) -> None:
    lines = [zvw("GRZ", day("03-01"), day("03-10")), zvw("GRZ", *map(day, second))]
    assert [one["ligduur"] for one in trajecten(tmp_path, zvw_declaraties=lines)] == lengths


def test_a_short_claim_within_a_long_one_does_not_end_it(tmp_path: Path) -> None:
    days = [("03-01", "03-31"), ("03-02", "03-03"), ("04-01", "04-02")]
    lines = [zvw("ELV", day(begin), day(end)) for begin, end in days]
    assert [one["ligduur"] for one in trajecten(tmp_path, zvw_declaraties=lines)] == [33]


def test_a_transfer_from_elv_to_grz_makes_two_trajectories(tmp_path: Path) -> None:
    lines = [
        zvw("ELV", day("03-01"), day("03-10"), "hoog_complex"),
        zvw("GRZ", day("03-10"), day("04-10"), "trauma"),
    ]
    found = trajecten(tmp_path, zvw_declaraties=lines)
    assert [(one["zorgvorm"], one["categorie"], one["week_voor"]) for one in found] == [
        ("elv", "hoog_complex", "geen_wlz"),
        ("grz", "trauma", "geen_wlz"),
    ]
    assert found[0]["twee_weken_na"] == "geen_wlz", "GRZ is no Wlz care"


@pytest.mark.parametrize(
    ("died", "after"),
    [("03-05", "overleden"), ("03-10", "overleden"), ("03-24", "overleden"), ("03-25", "verblijf_met_behandeling")],
)
def test_death_up_to_two_weeks_after_discharge(tmp_path: Path, died: str, after: str) -> None:
    found = trajecten(
        tmp_path,
        zvw_declaraties=[zvw("GRZ", day("03-01"), day("03-10"))],
        wlz_declaraties=[wlz("ZI", day("03-24"), day("03-31"))],
        overlijden=[{"client": "a", "datum": day(died)}],
    )
    assert [one["twee_weken_na"] for one in found] == [after]


def test_a_stay_across_years_belongs_to_the_year_it_began(tmp_path: Path) -> None:
    lines = [zvw("GRZ", day("12-20", 2019), day("12-31", 2019)), zvw("GRZ", day("01-01"), day("01-10"))]
    (one,) = trajecten(tmp_path, zvw_declaraties=lines)
    assert (one["jaar"], one["ligduur"], one["kosten"]) == (2019, 22, Decimal(200))


@pytest.mark.parametrize(
    ("begins", "moment"),
    [
        ("02-29", None), ("03-01", "tijdens"), ("03-10", "tijdens"), ("03-11", "binnen_2_weken_na"),
        ("03-24", "binnen_2_weken_na"), ("03-25", None),
    ],
)  # fmt: skip
def test_an_indication_on_the_last_day_is_during_the_stay(tmp_path: Path, begins: str, moment: str | None) -> None:
    (one,) = trajecten(
        tmp_path, zvw_declaraties=[zvw("GRZ", day("03-01"), day("03-10"))], indicaties=[indication(day(begins))]
    )
    assert one["indicatie_moment"] == moment


@pytest.mark.parametrize(("end", "number"), [("12-17", 1), ("12-18", 0)])
def test_the_closing_date_is_two_weeks_before_the_end_of_the_data(tmp_path: Path, end: str, number: int) -> None:
    assert len(trajecten(tmp_path, zvw_declaraties=[zvw("ELV", day("12-01"), day(end))])) == number


@pytest.mark.parametrize(
    ("ends", "before"), [("02-22", "geen_wlz"), ("02-23", "thuis_met_wlz"), ("03-10", "thuis_met_wlz")]
)
def test_the_week_before_has_seven_days(tmp_path: Path, ends: str, before: str) -> None:
    (one,) = trajecten(
        tmp_path,
        zvw_declaraties=[zvw("GRZ", day("03-01"), day("03-10"))],
        wlz_declaraties=[wlz("M1", day("02-01"), day(ends), "754")],
    )
    assert one["week_voor"] == before


def test_once_wlz_always_wlz_but_not_after_crisis_care(tmp_path: Path) -> None:
    """The crisis stay is later, so that it is no care around the GRZ."""
    lines = [
        wlz("M1", day("02-01"), day("02-29"), "754"),
        wlz("M1", day("05-01"), day("05-31"), "754"),
        wlz("CV", day("06-01"), day("06-10")),
    ]
    claims = [zvw("GRZ", day("03-01"), day("03-10"))]
    found = {one["zorgvorm"]: one for one in trajecten(tmp_path, zvw_declaraties=claims, wlz_declaraties=lines)}
    assert (found["grz"]["twee_weken_na"], found["grz"]["doorgetrokken"]) == ("thuis_met_wlz", True)
    assert found["wlz_crisis"]["week_voor"] == "thuis_met_wlz"
    assert (found["wlz_crisis"]["twee_weken_na"], found["wlz_crisis"]["doorgetrokken"]) == ("geen_wlz", False)


def test_a_credited_claim_is_no_care(tmp_path: Path) -> None:
    line = zvw("ELV", day("03-01"), day("03-10"))
    assert trajecten(tmp_path, zvw_declaraties=[line, {**line, "bedrag": Decimal(-100)}]) == []


def test_palliative_care_is_no_trajectory_but_has_costs(tmp_path: Path) -> None:
    lines = [zvw("ELV", day("03-01"), day("03-10"), "palliatief_terminaal")]
    assert trajecten(tmp_path, zvw_declaraties=lines) == []
    costs = duckdb.read_parquet(str(tmp_path / "uit/kosten.parquet")).fetchall()
    assert ("elv", "palliatief_terminaal", 2020, 1, Decimal(100)) in costs
