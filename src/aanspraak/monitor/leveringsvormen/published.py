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


@dataclass(frozen=True)
class Paramedical:
    """One published number of paramedical care: `what` is a label, `of` the delivery form or performance code."""

    source: str
    what: str
    of: str
    year: int
    published: float
    computed: float


def compare(con: duckdb.DuckDBPyConnection) -> list[Comparison]:
    """Every published cell of a year that the data have."""
    years = _years(con)
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


def compare_paramedical(con: duckdb.DuckDBPyConnection) -> list[Paramedical]:
    """Clients per form and treatment from the Wlz (all forms but stay with treatment), for the years of the data."""
    numbers = (
        ("paramedische_zorg_zvw", "leveringsvorm", "unieke_clienten", "clienten"),
        ("paramedische_zorg_zvw", "leveringsvorm", "met_paramedische_zorg", "clienten_met_paramedische_zorg_zvw"),
        ("paramedische_zorg_wlz", "prestatiecode", "aantal", "aantal"),
        ("paramedische_zorg_wlz", "prestatiecode", "bedrag", "bedrag"),
    )
    years = _years(con)
    found = []
    for table, key, printed, column in numbers:
        outside = " AND leveringsvorm IS DISTINCT FROM 'verblijf_met_behandeling'" if key == "prestatiecode" else ""
        query = f"SELECT coalesce(sum({column}), 0) FROM {table} WHERE {key} = ? AND jaar = ?{outside}"  # noqa: S608
        for row in published(table):
            if (year := int(row["jaar"])) in years:
                computed = con.execute(query, [row[key], year]).fetchall()[0][0]
                found.append(Paramedical(row["bron"], printed, row[key], year, float(row[printed]), float(computed)))
    return found


def _years(con: duckdb.DuckDBPyConnection) -> set[int]:
    return {row[0] for row in con.execute("SELECT DISTINCT jaar FROM clienten_per_jaar").fetchall()}


def _computed(con: duckdb.DuckDBPyConnection, row: dict[str, str], profile: int | None) -> float:
    found = con.execute(
        """SELECT coalesce(sum(gewogen_clienten), 0) FROM clienten_per_profiel
           WHERE sector = $sector AND jaar = $year AND ($form IS NULL OR bekostiging = $form)
             AND ($profile IS NULL OR zorgprofiel = $profile)""",
        {"sector": row["sector"], "year": int(row["jaar"]), "form": row.get("bekostiging"), "profile": profile},
    ).fetchall()
    return float(found[0][0])
