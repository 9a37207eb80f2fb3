"""The published figures beside the computed ones."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import duckdb

# The figures are kept once, with the calibration of the synthetic data that stands on them as well.
_PUBLISHED = files("aanspraak.synthetic") / "ijking"
_FILES = (
    "clienten_per_leveringsvorm.csv",
    "clienten_per_zorgprofiel.csv",
    "clienten_per_leveringsvorm_zorgprofiel.csv",
)


@dataclass(frozen=True)
class Comparison:
    """Weighted clients of one cell; `form` or `profile` None means all."""

    source: str
    sector: str
    form: str | None
    profile: int | None
    year: int
    published: float
    computed: float


def compare(con: duckdb.DuckDBPyConnection) -> list[Comparison]:
    """Every published cell of a year that the data have."""
    years = {row[0] for row in con.execute("SELECT DISTINCT jaar FROM clienten_per_jaar").fetchall()}
    return [
        Comparison(
            row["bron"], row["sector"], row.get("bekostiging"), profile, int(row["jaar"]),
            float(row["gewogen_clienten"]), _computed(con, row, profile),
        )
        for row in _rows()
        if int(row["jaar"]) in years
        for profile in [int(row["zorgprofiel"]) if "zorgprofiel" in row else None]
    ]  # fmt: skip


def _rows() -> Iterator[dict[str, str]]:
    for name in _FILES:
        lines = (_PUBLISHED / name).read_text(encoding="utf-8").splitlines()
        yield from csv.DictReader(lines, delimiter=";")


def _computed(con: duckdb.DuckDBPyConnection, row: dict[str, str], profile: int | None) -> float:
    found = con.execute(
        """SELECT coalesce(sum(gewogen_clienten), 0) FROM clienten_per_profiel
           WHERE sector = $sector AND jaar = $year AND ($form IS NULL OR bekostiging = $form)
             AND ($profile IS NULL OR zorgprofiel = $profile)""",
        {"sector": row["sector"], "year": int(row["jaar"]), "form": row.get("bekostiging"), "profile": profile},
    ).fetchall()
    return float(found[0][0])
