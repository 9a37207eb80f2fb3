"""Tiny data sets for the monitor: a koppellijst with every kind of line, and strategies full of edge cases."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aanspraak.claims.arrow import arrow_schema

from .oracle import ZVW, Row, Tables

SWITCH = date(2020, 2, 1)


def entry(code: str, soort: str, vorm: str = "", sector: str = "", profiel: int = 0, **more: Any) -> Row:
    """A row of the koppellijst; `vorm` is a financing form such as zzp_incl, or mpt, or nothing."""
    leveringsvorm, _, behandeling = vorm.partition("_")
    return {
        "prestatiecode": code, "soort": soort, "leveringsvorm": leveringsvorm or None,
        "behandeling": behandeling or None, "sector": sector or None, "zorgprofiel": profiel or None,
        "dagprestatie": True, "eenheid": None, "geldig_van": date(2000, 1, 1), "geldig_tot": None, **more,
    }  # fmt: skip


PRESTATIES = [
    entry("ZI1", "basis", "zzp_incl", "vv", 5),
    entry("ZI2", "basis", "zzp_incl", "vg", 6, geldig_tot=SWITCH),
    entry("ZI2", "basis", "zzp_incl", "lg", 4, geldig_van=SWITCH),
    entry("AZI", "basis", "zzp_incl", "vv", 7, dagprestatie=False),
    entry("ZE", "basis", "zzp_excl", "vv", 4),
    entry("VI", "basis", "vpt_incl", "vg", 3),
    entry("ZVE", "basis", "vpt_excl", "vv", 4),
    entry("9B", "vv9b", "zzp_incl", "vv", 9),
    entry("M1", "modulair", "mpt", dagprestatie=False),
    entry("M2", "basis", "mpt", dagprestatie=False),
    entry("H330", "modulair", "mpt", dagprestatie=False),
    entry("LOS", "modulair", dagprestatie=False),
    entry("OUD", "basis", "zzp_excl", "vg", 1, geldig_tot=SWITCH),
    entry("T", "toeslag", "zzp_incl", "vv", 5),
    entry("TM", "toeslag", "mpt"),
    entry("MUT", "mutatiedag", "zzp_incl", "vv", 5),
    entry("MUTM", "mutatiedag", "mpt"),
    entry("CR", "crisis", "zzp_incl", "vv", 5),
    entry("ELV", "elv"),
    entry("GZSP", "gzsp"),
    entry("REST", "overig"),
]
CODES = [*sorted({row["prestatiecode"] for row in PRESTATIES}), "ONBEKEND"]
PAKKETTEN = [
    {"zorgzwaartepakket": "754", "sector": "vv", "zorgprofiel": 5},
    {"zorgzwaartepakket": "804", "sector": "vg", "zorgprofiel": 3},
    {"zorgzwaartepakket": "998", "sector": None, "zorgprofiel": None},
]

# Few clients, days and lengths: lines must meet in one month and tie.
_clients = st.sampled_from(["a", "a", "b", "b", "c", "", "0", None])
_tying = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 29)]
_begins = st.sampled_from(_tying) | st.dates(date(2019, 12, 20), date(2020, 3, 5))
_lengths = st.sampled_from([0, 0, 1, 30, 60])
_amounts = st.sampled_from(["-100.10", "-0.01", "0", "0.01", "33.33", "100.10", "2500.55"]).map(Decimal)
_counts = st.sampled_from(["0", "1", "0.5", "28", "31", "-1"]).map(Decimal)
_packages = st.sampled_from([None, "000", "754", "804", "998", "999"])


@st.composite
def _period(draw: st.DrawFn) -> Row:
    begin = draw(_begins)
    return {"begindatum": begin, "einddatum": begin + timedelta(days=draw(_lengths))}


_codes = st.sampled_from([*CODES, "H330", "H330", "ZI1", "ZE", "ZVE"])
_wlz = st.builds(
    lambda period, **row: {**row, **period, "zorgaanbieder": None},
    _period(), client=_clients, prestatiecode=_codes, aantal=_counts, bedrag=_amounts,
    zorgzwaartepakket=_packages,
)  # fmt: skip
_pgb = st.builds(
    lambda period, **row: {**row, **period},
    _period(), client=_clients, bedrag=_amounts, zorgzwaartepakket=_packages,
)  # fmt: skip
_zvw = st.builds(
    lambda period, **row: {
        **row, **period, "zorgsoort": None, "prestatiecode": None, "aantal": Decimal(1), "zorgaanbieder": None,
    },
    _period(), client=_clients | st.just("geen wlz"), sector=st.sampled_from([*ZVW, *["PMZ"] * 10]),
    bedrag=_amounts, verzekering=st.sampled_from(["basis", "aanvullend"]),
)  # fmt: skip


@st.composite
def _with_ties(draw: st.DrawFn) -> list[Row]:
    """Claim lines, some of them twice with another code or zorgzwaartepakket on the same dates."""
    lines = draw(st.lists(_wlz, min_size=15, max_size=30))
    twins = draw(st.lists(st.tuples(st.integers(0, 14), st.none() | _codes, _packages), max_size=10))
    return lines + [
        {**lines[i], "prestatiecode": code or lines[i]["prestatiecode"], "zorgzwaartepakket": package}
        for i, code, package in twins
    ]


datasets: st.SearchStrategy[Tables] = st.fixed_dictionaries(
    {
        "wlz_declaraties": _with_ties(),
        "pgb_toekenningen": st.lists(_pgb, max_size=5),
        "zvw_declaraties": st.lists(_zvw, min_size=5, max_size=15),
        "prestaties": st.just(PRESTATIES),
        "zorgzwaartepakketten": st.just(PAKKETTEN),
    }
)


@cache
def generated(number: int) -> list[Tables]:
    """So many data sets, the same ones every time."""
    many: list[Tables] = []

    @settings(max_examples=number, database=None, derandomize=True, phases=[Phase.generate], deadline=None)
    @given(data=datasets)
    def collect(data: Tables) -> None:
        many.append(data)

    collect()
    return many


def together(many: list[Tables]) -> Tables:
    """Many data sets as one; the clients of each keep apart, the lists of codes are shared."""
    result: Tables = {"prestaties": PRESTATIES, "zorgzwaartepakketten": PAKKETTEN}
    for name in ("wlz_declaraties", "pgb_toekenningen", "zvw_declaraties"):
        result[name] = [
            {**row, "client": f"{i}-{row['client']}" if (row["client"] or "").strip("0 ") else row["client"]}
            for i, data in enumerate(many)
            for row in data[name]
        ]
    return result


def write(data: Tables, directory: Path) -> dict[str, Path]:
    """The tables as Parquet files, typed as the schema."""
    paths = {}
    for name, rows in data.items():
        paths[name] = directory / f"{name}.parquet"
        pq.write_table(pa.Table.from_pylist(rows, arrow_schema(name)), paths[name])
    return paths
