"""The published figures beside the computed ones."""

from dataclasses import dataclass

import duckdb

from aanspraak.published import published

_TABLES = ("clienten_per_leveringsvorm", "clienten_per_zorgprofiel", "clienten_per_leveringsvorm_zorgprofiel")


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
        for name in _TABLES
        for row in published(name)
        if int(row["jaar"]) in years
        for profile in [int(row["zorgprofiel"]) if "zorgprofiel" in row else None]
    ]  # fmt: skip


def _computed(con: duckdb.DuckDBPyConnection, row: dict[str, str], profile: int | None) -> float:
    found = con.execute(
        """SELECT coalesce(sum(gewogen_clienten), 0) FROM clienten_per_profiel
           WHERE sector = $sector AND jaar = $year AND ($form IS NULL OR bekostiging = $form)
             AND ($profile IS NULL OR zorgprofiel = $profile)""",
        {"sector": row["sector"], "year": int(row["jaar"]), "form": row.get("bekostiging"), "profile": profile},
    ).fetchall()
    return float(found[0][0])
