"""Every published cell beside what the data set gives."""

from dataclasses import dataclass

import duckdb

from aanspraak.published import published

_GROUPS = {
    "verblijf_met_behandeling": ("zzp_incl",),
    "verblijf_zonder_behandeling": ("zzp_excl",),
    "vpt": ("vpt_incl", "vpt_excl"),
}


@dataclass(frozen=True)
class Cell:
    """`printed` and `found` are on the scale of the whole country; `people` is how many clients the cell rests on."""

    name: str
    printed: float
    found: float
    people: float

    @property
    def close(self) -> bool:
        """Within 0.5% or 5 clients."""
        return abs(self.found - self.printed) <= max(0.005 * self.printed, 5)


def cells(con: duckdb.DuckDBPyConnection, scale: float) -> list[Cell]:
    """Tables 1-6 of nza-2023 and 2-3 of significant-2022."""
    counts = {
        (form, sector, profile, year): months / 12 / scale
        for form, sector, profile, year, months in con.execute(
            "SELECT bekostiging, sector, zorgprofiel, jaar, count(*) FROM client_months GROUP BY ALL"
        ).fetchall()
    }
    found = []
    for name in (
        "clienten_per_leveringsvorm",
        "clienten_per_zorgprofiel",
        "clienten_per_leveringsvorm_zorgprofiel",
    ):
        for row in published(name):
            total = sum(clients for key, clients in counts.items() if _matches(row, key))
            label = " ".join(row[key] for key in ("bekostiging", "sector", "zorgprofiel", "jaar") if key in row)
            found.append(Cell(label, float(row["gewogen_clienten"]), total, total * scale))
    return found + _unique(con, scale) + _treatment(con, scale)


def _matches(row: dict[str, str], key: tuple[str, str, int, int]) -> bool:
    form, sector, profile, year = key
    sectors = {sector, "vv" if sector == "vv" else "ghz"}
    return (
        row["sector"] in sectors
        and int(row["jaar"]) == year
        and row.get("bekostiging", form) == form
        and int(row.get("zorgprofiel", profile)) == profile
    )


def _unique(con: duckdb.DuckDBPyConnection, scale: float) -> list[Cell]:
    found = []
    for row in published("paramedische_zorg_zvw"):
        forms = ", ".join(f"'{form}'" for form in _GROUPS[row["leveringsvorm"]])
        unique, treated = con.execute(
            "SELECT count(DISTINCT client), count(DISTINCT client) FILTER (WHERE pmz > 0) FROM client_months"
            f" WHERE jaar = {int(row['jaar'])} AND bekostiging IN ({forms})"
        ).fetchall()[0]
        name = row["leveringsvorm"]
        found.append(Cell(f"{name} uniek", float(row["unieke_clienten"]), unique / scale, unique))
        found.append(Cell(f"{name} paramedisch", float(row["met_paramedische_zorg"]), treated / scale, treated))
    return found


def _treatment(con: duckdb.DuckDBPyConnection, scale: float) -> list[Cell]:
    (row,) = published("paramedische_zorg_wlz")
    lines, volume, amount = con.execute(
        "SELECT count(*), sum(aantal)::DOUBLE, sum(bedrag)::DOUBLE FROM kept"
        f" WHERE prestatiecode = '{row['prestatiecode']}' AND year(begindatum) = {int(row['jaar'])}"
    ).fetchall()[0]
    return [
        Cell("paramedisch Wlz aantal", float(row["aantal"]), volume / scale, lines),
        Cell("paramedisch Wlz bedrag", float(row["bedrag"]), amount / scale, lines),
    ]
